"""Kinds of questions: what each shows, what it takes for an answer, how the answer is kept.

A question's name is its Fluent message; choices, `.why`, `.hint` and `.label` (its short name on the review page) are
that message's attributes. `question.about(x)` carries in the name what the question is about, so that an old "yes" is
never applied to something else.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, Final, Generic, Literal, Protocol, Self, TypeVar

from pydantic import JsonValue, TypeAdapter, ValidationError

from casework.ids import FileId
from casework.letters import Arg, OnDay, Say, Wants
from casework.values import PartialDate, Phone, Unclear
from dialogs import answers as parse
from dialogs.said import Contact, Files, Location, Press, Said, Text

T = TypeVar("T")

UNKNOWN: Final = "unknown"
LATER: Final = "later"
DONE = "done"
EXAMPLE_PHONE = Phone("+380671234567")


class Spellings(Protocol):
    """Every way in which a button's label may be typed, and whether there are such words (`dialogs/words.py`)."""

    def spellings(self, label: Say) -> Collection[str]: ...

    def has(self, name: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it is kept: parsed once, with its raw text and the time of receipt.

    `done` is false while the answer is still being gathered (a story in several messages, several choices).
    """

    value: JsonValue
    raw: str
    at: datetime
    kind: Literal["value", "unknown", "later"] = "value"
    done: bool = True


@dataclass(frozen=True, slots=True)
class Option:
    """One button of a question; `id` is ASCII and short."""

    id: str
    label: Say


@dataclass(frozen=True, slots=True)
class Took(Generic[T]):
    """What a question took from a message; not `done` means that more may follow."""

    value: T
    done: bool = True


@cache
def _adapter(of: Any) -> TypeAdapter[Any]:
    return TypeAdapter(of)


@dataclass(frozen=True, kw_only=True)
class Question(Generic[T]):
    """What every question has. `example` stands for an answer in rehearsals, maps and tests.

    `unknown` and `later` offer "I don't know" and "later" (both read as None); `linkable` lets a deep link answer it,
    `on_page` keeps it away from messengers (staff's words about a case); `assumed` is the word that a command takes
    where none was typed ("today"); `joins` is how many words several messages in a row may make up as one answer, and
    `scant` tells one that hardly is all yet (a first name); `args` go into its words.
    """

    name: str
    type: Any
    example: T
    unknown: bool = False
    later: bool = False
    linkable: bool = False
    on_page: bool = False
    assumed: str = ""
    joins: int = 0
    scant: Callable[[T], bool] | None = None
    wants: Wants | None = None
    args: Mapping[str, Arg] = field(default_factory=dict)
    check: Callable[[T], Unclear | None] | None = None

    @property
    def message(self) -> str:
        """The Fluent message with this question's words."""
        return self.name.partition(":")[0]

    def about(self, subject: object) -> Self:
        """The same question about one thing; its answer is kept apart."""
        return replace(self, name=f"{self.message}:{subject}")

    def told(self, **args: Arg) -> Self:
        """The same question with arguments for its words."""
        return replace(self, args={**self.args, **args})

    def options(self, so_far: T | None) -> tuple[Option, ...]:
        """The choices now; `so_far` is what an unfinished answer holds already."""
        return ()

    def discreet(self, value: T) -> bool:
        """May this answer stand on a messenger though the question is for the page (a bare number)?"""
        return not self.on_page

    def read(self, said: Said, so_far: T | None, words: Spellings) -> Took[T] | Unclear:
        """Parse what the person said. The general rules ("I don't know", "later") are the conversation's."""
        raise NotImplementedError

    def show(self, value: T) -> Say | str:
        """The value as the review page names it."""
        return str(value)

    def remember(self, took: Took[T], raw: str, at: datetime) -> Answer:
        return Answer(_adapter(self.type).dump_python(took.value, mode="json"), raw, at, done=took.done)

    def recall(self, answer: Answer) -> T | Unclear | None:
        """The kept answer's value; None for unknown and later; Unclear when the question no longer accepts it."""
        if answer.kind == UNKNOWN:
            return None if self.unknown else Unclear("unclear-asked-again")
        if answer.kind == LATER:
            return None if self.later else Unclear("unclear-asked-again")
        try:
            value: T = _adapter(self.type).validate_python(answer.value)
        except ValidationError:
            return Unclear("unclear-asked-again")
        return self.refused(value) or value

    def refused(self, value: T) -> Unclear | None:
        """Why a value is not accepted: another fact has changed, or the question's own check says no."""
        return self.check(value) if self.check else None

    def rehearsed(self) -> Answer:
        return self.remember(Took(self.example), "", _LONG_AGO)


_LONG_AGO = datetime.fromisoformat("2025-04-03T07:00:00+00:00")


@dataclass(frozen=True, kw_only=True)
class Choice(Question[T]):
    """One of a few. Fixed choices are the members of the enumeration `type`; others come as `among`."""

    among: tuple[Option, ...] = ()
    gone: str = "unclear-choice-gone"

    def options(self, so_far: T | None) -> tuple[Option, ...]:
        if self.among:
            return self.among
        return tuple(Option(str(member), Say(f"{self.message}.{member}")) for member in self.type)

    def of(self, *options: Option) -> Self:
        """The same question with choices from fresh facts; a stored choice that is gone is asked again."""
        return replace(self, among=options)

    def read(self, said: Said, so_far: T | None, words: Spellings) -> Took[T] | Unclear:
        chosen = pick(self.options(so_far), said, words)
        if chosen is None:
            return Unclear("unclear-choice")
        value: T = _adapter(self.type).validate_python(chosen)
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
        value: T = self.example if str(self.example) in known else _adapter(self.type).validate_python(first)
        return self.remember(Took(value), "", _LONG_AGO)


def pick(options: tuple[Option, ...], said: Said, words: Spellings) -> str | None:
    """The option that was pressed, or typed by its words in any language, or by its number; None if unclear."""
    match said:
        case Press(option) if option in {o.id for o in options}:
            return option
        case Text(text):
            return parse.match_choice(text, {option.id: words.spellings(option.label) for option in options})
        case _:
            return None


class YesNo(StrEnum):
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, kw_only=True)
class Typed(Question[T]):
    """Typed words, read by a parser of `dialogs/answers.py`."""

    parser: Callable[[str], T | Unclear]

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
            return Took(_adapter(self.type).validate_python(chosen))
        match said:
            case Location(latitude, longitude):
                return Took(self.nearest(latitude, longitude))
            case Text(text):
                value = self.parser(text)
                return value if isinstance(value, Unclear) else Took(value)
            case _:
                return Unclear("unclear-text-wanted")


@dataclass(frozen=True, slots=True)
class Story:
    """Something told in the person's own words: any number of messages and photos."""

    texts: tuple[str, ...] = ()
    files: tuple[FileId, ...] = ()

    def __str__(self) -> str:
        return "\n".join(self.texts)


@dataclass(frozen=True, kw_only=True)
class Told(Question[Story]):
    """A story, a photo, papers: message after message until "That is all". `most` characters, `photos` files."""

    type: Any = Story
    example: Story = Story(("…",))
    most: int = 8000
    photos: int = 10
    files_only: bool = False

    def options(self, so_far: Story | None) -> tuple[Option, ...]:
        return (Option(DONE, Say("common.done")),) if so_far and (so_far.texts or so_far.files) else ()

    def read(self, said: Said, so_far: Story | None, words: Spellings) -> Took[Story] | Unclear:
        story = so_far or Story()
        if self.options(so_far) and pick(self.options(so_far), said, words) == DONE:
            return Took(story)
        match said:
            case Text() if self.files_only:
                return Unclear("unclear-file-wanted")
            case Text(text):
                left = self.most - sum(len(part) for part in story.texts)
                read = parse.free_text(text, left)
                if isinstance(read, Unclear):
                    return read
                return Took(replace(story, texts=(*story.texts, read)), done=False)
            case Files(files, caption):
                if len(story.files) + len(files) > self.photos:
                    return Unclear("unclear-files-enough", {"most": self.photos})
                texts = (*story.texts, caption) if caption else story.texts
                return Took(Story(texts, story.files + files), done=False)
            case _:
                return Unclear("unclear-file-wanted" if self.files_only else "unclear-text-wanted")

    def show(self, value: Story) -> Say | str:
        words = " ".join(value.texts)
        return Say("common.story", {"text": words[:80], "files": len(value.files), "length": len(words)})


@dataclass(frozen=True, kw_only=True)
class Several(Question[tuple[str, ...]]):
    """Any number of a few, on one screen: each press marks or unmarks, "Done" ends."""

    type: Any = tuple[str, ...]
    among: tuple[str, ...]
    example: tuple[str, ...] = ()

    def options(self, so_far: tuple[str, ...] | None) -> tuple[Option, ...]:
        marked = so_far or ()
        each = (
            Option(one, Say("common.marked" if one in marked else "common.unmarked", {"what": self._label(one)}))
            for one in self.among
        )
        return (*each, Option(DONE, Say("common.chosen")))

    def _label(self, one: str) -> Say:
        return Say(f"{self.message}.{one}")

    def read(self, said: Said, so_far: tuple[str, ...] | None, words: Spellings) -> Took[tuple[str, ...]] | Unclear:
        marked = so_far or ()
        plain = (*(Option(one, self._label(one)) for one in self.among), Option(DONE, Say("common.chosen")))
        match pick(plain, said, words):
            case None:
                return Unclear("unclear-choice")
            case "done":
                return Took(marked)
            case one if one in marked:
                return Took(tuple(m for m in marked if m != one), done=False)
            case one:
                return Took((*marked, one), done=False)

    def show(self, value: tuple[str, ...]) -> Say | str:
        return Say("common.count", {"count": len(value)})


SEND = "send"
CHANGE = "change"


@dataclass(frozen=True, kw_only=True)
class Review(Question[str]):
    """Everything answered so far on one page; any one answer can be changed without walking through the rest.

    The conversation fills in `of` with the questions passed. Choosing one forgets its answer alone: the script, played
    again, asks it and comes back here. `fixed` are those that cannot be changed here.
    """

    type: Any = str
    example: str = SEND
    of: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()

    def options(self, so_far: str | None) -> tuple[Option, ...]:
        if so_far == CHANGE:
            return tuple(
                Option(name, Say("common.change-one", {"what": Say(f"{name.partition(':')[0]}.label")}))
                for name in self.of
            )
        return (Option(SEND, Say(f"{self.message}.send")), Option(CHANGE, Say("common.change")))

    def read(self, said: Said, so_far: str | None, words: Spellings) -> Took[str] | Unclear:
        chosen = pick(self.options(so_far), said, words)
        if chosen is None:
            return Unclear("unclear-choice")
        return Took(chosen, done=chosen == SEND)


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
