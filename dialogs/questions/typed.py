"""Typed words, a telephone, a place."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Self, TypeVar

from casework.letters import OnDay, Say, Wants
from casework.values import PartialDate, PersonName, Phone, Unclear
from dialogs import answers as parse
from dialogs.answers import Doubt
from dialogs.questions.choices import pick
from dialogs.questions.question import Answer, Option, Question, Spellings, Took, adapter
from dialogs.said import Location, Said, SharedPhone, Text

T = TypeVar("T")

EXAMPLE_PHONE = Phone("+380671234567")


@dataclass(frozen=True, slots=True)
class Doubted:
    """What was typed and may mean more than one thing, while it is asked which."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Typed(Question[T]):
    """Typed words, read by a parser of `dialogs/answers`, or one of the buttons `among`, by a press or in words.

    Of what the parser doubts, each reading is a button; whoever writes anew is read anew.
    """

    parser: Callable[[str], T | Unclear | Doubt[T]]
    among: tuple[Option, ...] = ()

    def of(self, *options: Option) -> Self:
        """The same question with buttons from fresh facts."""
        return replace(self, among=options)

    def picked(self, said: Said, words: Spellings) -> str | None:
        """The one of `among` that is meant."""
        return pick(self.among, said, words)

    def answer_of(self, option: str) -> T:
        """What a press on one of `among` answers."""
        value: T = adapter(self.type).validate_python(option)
        return value

    @property
    def guesses(self) -> bool:
        return self.type is PersonName

    @property
    def own_words(self) -> bool:
        return isinstance(self.parser, partial) and self.parser.func is parse.free_text

    def read(self, said: Said, so_far: Any, words: Spellings) -> Took[Any] | Unclear:
        doubt = self._doubt(so_far)
        chosen = pick(self._readings(doubt), said, words) if doubt else None
        if doubt and chosen is not None:
            meant = doubt.readings[int(chosen)].value
            return self.refused(meant) or Took(meant)
        option = self.picked(said, words)
        if option is not None:
            return Took(self.answer_of(option))
        if not isinstance(said, Text):
            return Unclear("unclear-text-wanted")
        value = self.parser(said.text)
        if isinstance(value, Doubt):
            return Took(Doubted(said.text), done=False)
        return value if isinstance(value, Unclear) else (self.refused(value) or Took(value))

    def options(self, so_far: Any) -> tuple[Option, ...]:
        doubt = self._doubt(so_far)
        return self._readings(doubt) if doubt else self.among

    def gathered(self, so_far: Any) -> Say | None:
        doubt = self._doubt(so_far)
        return Say(doubt.reason, dict(doubt.args)) if doubt else None

    def _doubt(self, so_far: Any) -> Doubt[T] | None:
        read = self.parser(so_far.text) if isinstance(so_far, Doubted) else None
        return read if isinstance(read, Doubt) else None

    def _readings(self, doubt: Doubt[T]) -> tuple[Option, ...]:
        return tuple(
            Option(str(place), Say(f"{doubt.reason}.{reading.label}", {"value": self.show(reading.value)}))
            for place, reading in enumerate(doubt.readings)
        )

    def remember(self, took: Took[Any], raw: str, at: datetime) -> Answer:
        if isinstance(took.value, Doubted):
            return Answer({"text": took.value.text}, raw, at, done=False)
        return super().remember(took, raw, at)

    def recall(self, answer: Answer) -> Any:
        if answer.done or answer.value is None:
            return super().recall(answer)
        return adapter(Doubted).validate_python(answer.value)

    def show(self, value: T) -> Say | str:
        if isinstance(value, PartialDate):
            return Say("common.day", {"day": OnDay(value.first, value.precision.value)})
        return str(value)


@dataclass(frozen=True, kw_only=True)
class PhoneNumber(Typed[Phone]):
    """A telephone: typed, or the sender's own contact; somebody else's contact is not taken for the sender's."""

    type: Any = Phone
    example: Phone = EXAMPLE_PHONE
    wants: Wants | None = Wants.CONTACT
    parser: Callable[[str], Phone | Unclear | Doubt[Phone]] = parse.phone

    def read(self, said: Said, so_far: Any, words: Spellings) -> Took[Any] | Unclear:
        match said:
            case SharedPhone(own=False):
                return Unclear("unclear-contact-foreign")
            case SharedPhone(phone=text):
                value = parse.international(text)
                return value if isinstance(value, Unclear) else Took(value)
            case _:
                return super().read(said, so_far, words)


@dataclass(frozen=True, kw_only=True)
class TypedPlace(Question[T]):
    """A place: typed, or a shared location."""

    parser: Callable[[str], T | Unclear]
    nearest: Callable[[float, float], T]
    wants: Wants | None = Wants.LOCATION
    among: tuple[Option, ...] = ()

    @property
    def guesses(self) -> bool:
        return True

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
