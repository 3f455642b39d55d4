"""Typed words, a telephone, a place."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from casework.letters import OnDay, Say, Wants
from casework.values import PartialDate, Phone, Unclear
from dialogs import answers as parse
from dialogs.questions.choices import pick
from dialogs.questions.question import Option, Question, Spellings, Took, adapter
from dialogs.said import Contact, Location, Said, Text

T = TypeVar("T")

EXAMPLE_PHONE = Phone("+380671234567")


@dataclass(frozen=True, kw_only=True)
class Typed(Question[T]):
    """Typed words, read by a parser of `dialogs/answers.py`."""

    parser: Callable[[str], T | Unclear]

    @property
    def own_words(self) -> bool:
        return isinstance(self.parser, partial) and self.parser.func is parse.free_text

    def read(self, said: Said, so_far: T | None, words: Spellings) -> Took[T] | Unclear:
        if not isinstance(said, Text):
            return Unclear("unclear-text-wanted")
        value = self.parser(said.text)
        return value if isinstance(value, Unclear) else (self.refused(value) or Took(value))

    def show(self, value: T) -> Say | str:
        if isinstance(value, PartialDate):
            return Say("common.day", {"day": OnDay(value.first, value.precision.value)})
        return str(value)


@dataclass(frozen=True, kw_only=True)
class PhoneNumber(Question[Phone]):
    """A telephone: typed, or the sender's own contact; somebody else's contact is not taken for the sender's."""

    type: Any = Phone
    example: Phone = EXAMPLE_PHONE
    wants: Wants | None = Wants.CONTACT

    def read(self, said: Said, so_far: Phone | None, words: Spellings) -> Took[Phone] | Unclear:
        match said:
            case Contact(own=False):
                return Unclear("unclear-contact-foreign")
            case Contact(phone=text) | Text(text):
                value = parse.phone(text)
                return value if isinstance(value, Unclear) else Took(value)
            case _:
                return Unclear("unclear-text-wanted")


@dataclass(frozen=True, kw_only=True)
class Place(Question[T]):
    """A place: typed, or a shared location."""

    parser: Callable[[str], T | Unclear]
    nearest: Callable[[float, float], T]
    wants: Wants | None = Wants.LOCATION
    among: tuple[Option, ...] = ()

    def options(self, so_far: T | None) -> tuple[Option, ...]:
        return self.among

    def read(self, said: Said, so_far: T | None, words: Spellings) -> Took[T] | Unclear:
        chosen = pick(self.among, said, words) if self.among else None
        if chosen is not None:
            return Took(adapter(self.type).validate_python(chosen))
        match said:
            case Location(latitude, longitude):
                return Took(self.nearest(latitude, longitude))
            case Text(text):
                value = self.parser(text)
                return value if isinstance(value, Unclear) else Took(value)
            case _:
                return Unclear("unclear-text-wanted")
