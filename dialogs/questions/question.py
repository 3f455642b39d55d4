"""What every question has, and how its answer is kept."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any, Final, Generic, Literal, Protocol, Self, TypeVar

from pydantic import JsonValue, TypeAdapter, ValidationError

from casework.letters import Arg, Say, Wants
from casework.reference import Sort
from casework.values import Unclear
from dialogs.said import Said

T = TypeVar("T")

UNKNOWN: Final = "unknown"
LATER: Final = "later"
AGAIN: Final = "again"
LONG_AGO: Final = datetime.fromisoformat("2025-04-03T07:00:00+00:00")
"""When answers in rehearsals are given."""


class Spellings(Protocol):
    """Every way in which a button's label may be typed, as `plain` compares it, whether there are such words, and which
    entries of a sort there are today (`dialogs/words.py`)."""

    def plain_spellings(self, label: Say) -> Collection[str]: ...

    def has(self, name: str) -> bool: ...

    def listed(self, sort: Sort) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it is kept: parsed once, with its raw text and the time of receipt.

    `done` is false while the answer is still being gathered (a story in several messages, several choices), and where
    the person wants to answer again ("again", with what is gathered so far): then also what was known already is asked.
    `ours`: a button of ours brought it, and the person was never asked.
    """

    value: JsonValue
    raw: str
    at: datetime
    kind: Literal["value", "unknown", "later", "again"] = "value"
    done: bool = True
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One button of a question; `id` is ASCII and short. `ticked`: is it marked now, where several can be? `beside`: it
    is so narrow that it stands in one row with the one before."""

    id: str
    label: Say
    ticked: bool | None = None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Took(Generic[T]):
    """What a question took from a message; not `done` means that more may follow."""

    value: T
    done: bool = True


@cache
def adapter(of: Any) -> TypeAdapter[Any]:
    """Reads and writes the kept values of a type; made once."""
    return TypeAdapter(of)


@dataclass(frozen=True, kw_only=True)
class Question(Generic[T]):
    """What every question has. `example` stands for an answer in rehearsals, maps and tests.

    `unknown` and `later` offer "I don't know" and "later" (both read as None); `blank` is the message of the first
    one's button, where it says rather that there is nothing ("No photo"); `linkable` lets a deep link answer it,
    `on_page` keeps it away from messengers (staff's words about a case); `assumed` is the word that a command takes
    where none was typed ("today"); `words_in_parts` is how many words several messages in a row may make up as one
    answer, and `seems_incomplete` tells one that hardly is all yet (a first name); `args` go into its words.
    `coordinates` of a place are a danger in the enemy's hands: "refused", or "left out" of a story of which nothing
    else may be lost. What is typed to a `secret` one (a code) is kept nowhere before it is sent.
    """

    name: str
    type: Any
    example: T
    unknown: bool = False
    blank: str = "nav.unknown"
    later: bool = False
    linkable: bool = False
    on_page: bool = False
    secret: bool = False
    assumed: str = ""
    words_in_parts: int = 0
    seems_incomplete: Callable[[T], bool] | None = None
    wants: Wants | None = None
    args: Mapping[str, Arg] = field(default_factory=dict)
    check: Callable[[T], Unclear | None] | None = None
    coordinates: Literal["kept", "left out", "refused"] = "kept"

    @property
    def message(self) -> str:
        """The Fluent message with this question's words."""
        return self.name.partition(":")[0]

    @property
    def own_words(self) -> bool:
        """Is it asked for the person's own words, whatever they are?"""
        return False

    @property
    def guesses(self) -> bool:
        """Does its parser take any words for a name or a place that they are like?"""
        return False

    @property
    def gathers(self) -> bool:
        """Is its answer gathered from several messages, so that answering again goes on with it?"""
        return False

    @property
    def pressed(self) -> bool:
        """Do only its buttons answer it?"""
        return False

    def about(self, subject: object) -> Self:
        """The same question about one thing; its answer is kept apart."""
        return replace(self, name=f"{self.message}:{subject}")

    def told(self, **args: Arg) -> Self:
        """The same question with arguments for its words."""
        return replace(self, args={**self.args, **args})

    def options(self, so_far: T | None) -> tuple[Option, ...]:
        """The choices now; `so_far` is what an unfinished answer holds already."""
        return ()

    def put(self) -> Say:
        """The question in words."""
        return Say(self.message, self.args)

    def gathered(self, so_far: T) -> Say | None:
        """What is said instead of the question while more may come: that it was taken, and how to end."""
        return None

    def discreet(self, value: T) -> bool:
        """May this answer stand on a messenger though the question is for the page (a bare number)?"""
        return not self.on_page

    def read(self, said: Said, so_far: T | None, words: Spellings) -> Took[T] | Unclear:
        """Parse what the person said. The general rules ("I don't know", "later") are the conversation's."""
        raise NotImplementedError

    def show(self, value: T) -> Say | str:
        """The value as the review page names it."""
        return str(value)

    def kept(self, value: T) -> Say:
        """The button that leaves the former answer as it was."""
        return Say("nav.keep", {"what": self.show(value)})

    def remember(self, took: Took[T], raw: str, at: datetime) -> Answer:
        return Answer(adapter(self.type).dump_python(took.value, mode="json"), raw, at, done=took.done)

    def recall(self, answer: Answer) -> T | Unclear | None:
        """The kept answer's value; None where there is none; Unclear when the question no longer accepts it."""
        if answer.kind == UNKNOWN:
            return None if self.unknown else Unclear("unclear-asked-again")
        if answer.kind == LATER:
            return None if self.later else Unclear("unclear-asked-again")
        if answer.kind == AGAIN and answer.value is None:
            return None
        try:
            value = self.parsed(answer)
        except ValidationError:
            return Unclear("unclear-asked-again")
        return self.refused(value) or value

    def parsed(self, answer: Answer) -> T:
        """The kept answer's value, whether it is accepted or not; `ValidationError` for one that is of no such type."""
        value: T = adapter(self.type).validate_python(answer.value)
        return value

    def remains(self, answer: Answer) -> T | None:
        """What still holds of a whole answer that is asked again: a story of which one file was refused."""
        return None

    def refused(self, value: T) -> Unclear | None:
        """Why a value is not accepted: another fact has changed, or the question's own check says no."""
        return self.check(value) if self.check else None

    def rehearsed(self) -> Answer:
        return self.remember(Took(self.example), "", LONG_AGO)


@dataclass(frozen=True, kw_only=True)
class OnThePage(Question[Any]):
    """Stands on a messenger for a question that staff answer on the page only; the draft waits there.

    It has the other's name, so that the page goes on with it, and words of its own: where the page is.
    """

    @classmethod
    def instead_of(cls, question: Question[Any], link: str) -> Self:
        return cls(name=question.name, type=question.type, example=question.example, args={"link": link})

    @property
    def message(self) -> str:
        return "staff-on-page"

    def read(self, said: Said, so_far: Any, words: Spellings) -> Took[Any] | Unclear:
        return Unclear("staff-not-kept")

    def recall(self, answer: Answer) -> Unclear:
        """A former answer is not offered again: its button would name it."""
        return Unclear("staff-not-kept")
