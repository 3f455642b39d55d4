"""One of a few, by a press or in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any, Self, TypeVar

from casework.letters import Say
from casework.reference import Sort
from casework.values import Unclear
from dialogs import answers as parse
from dialogs.questions.question import LONG_AGO, Answer, Option, Question, Spellings, Took, adapter
from dialogs.said import Press, Said, Text

T = TypeVar("T")


@cache
def _fixed(members: type[StrEnum], message: str) -> tuple[Option, ...]:
    """The choices of an enumeration; they are looked at several times for each message."""
    return tuple(Option(str(member), Say(f"{message}.{member}")) for member in members)


@dataclass(frozen=True, kw_only=True)
class Choice(Question[T]):
    """One of a few. Fixed choices are the members of the enumeration `type`; others come as `among`."""

    among: tuple[Option, ...] = ()
    gone: str = "unclear-choice-gone"

    @property
    def pressed(self) -> bool:
        return True

    def options(self, so_far: T | None) -> tuple[Option, ...]:
        if self.among or not issubclass(self.type, StrEnum):
            return self.among  # of fresh facts; typed after a command, before any was looked up, it may be none of them
        return _fixed(self.type, self.message)

    def of(self, *options: Option) -> Self:
        """The same question with choices from fresh facts; a stored choice that is gone is asked again."""
        return replace(self, among=options)

    def read(self, said: Said, so_far: T | None, words: Spellings) -> Took[T] | Unclear:
        chosen = pick(self.options(so_far), said, words)
        if chosen is None:
            return Unclear("unclear-choice")
        value: T = adapter(self.type).validate_python(chosen)
        return self.refused(value) or Took(value)

    def refused(self, value: T) -> Unclear | None:
        if str(value) not in {option.id for option in self.options(None)}:
            return Unclear(self.gone)
        return self.check(value) if self.check else None

    def show(self, value: T) -> Say | str:
        return next((option.label for option in self.options(None) if option.id == str(value)), str(value))

    def rehearsed(self) -> Answer:
        first = self.options(None)[0].id
        known = {option.id for option in self.options(None)}
        value: T = self.example if str(self.example) in known else adapter(self.type).validate_python(first)
        return self.remember(Took(value), "", LONG_AGO)


@dataclass(frozen=True, kw_only=True)
class Listing(Choice[str]):
    """One entry of the reference data, or one of `beside`, which are words of the question's own. Typed after a
    command, before any fact is looked up, it is found among the entries of today; also by its name ("/step police")."""

    type: Any = str
    sort: Sort
    beginning: str
    beside: tuple[str, ...] = ()

    def over(self, names: Iterable[str]) -> Self:
        """The question with its entries: `names` come from fresh facts."""
        entries = (Option(name, Say(f"{self.beginning}{name}")) for name in names)
        return self.of(*entries, *(Option(name, Say(f"{self.message}.{name}")) for name in self.beside))

    def options(self, so_far: str | None) -> tuple[Option, ...]:
        return self.among

    def read(self, said: Said, so_far: str | None, words: Spellings) -> Took[str] | Unclear:
        if not self.among:
            return self.over(words.listed(self.sort)).read(said, so_far, words)
        name = said.text.strip().lower() if isinstance(said, Text) else ""
        return super().read(Press(name) if name in self._names() else said, so_far, words)

    def _names(self) -> set[str]:
        return {option.id for option in self.among}


def pick(options: tuple[Option, ...], said: Said, words: Spellings) -> str | None:
    """The option that was pressed, or typed by its words in any language, or by its number; None if unclear."""
    match said:
        case Press(option) if option in {o.id for o in options}:
            return option
        case Text(text):
            return parse.match_plain(text, {option.id: words.plain_spellings(option.label) for option in options})
        case _:
            return None


class YesNo(StrEnum):
    YES = "yes"
    NO = "no"
