"""What the service says to a person: words by name, buttons, letters.

Nothing here is text. A `Say` names a Fluent message and its arguments; it becomes text only at the moment of
sending, in the language that the person has then (`dialogs/words.py`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, NamedTuple
from uuid import UUID

from casework.actor import Channel, Role
from casework.ids import AddressId, CenterId, FileId, PersonId
from casework.values import PartialDate


@dataclass(frozen=True, slots=True)
class OnDay:
    """A calendar day among a message's arguments, written out in the reader's language, no finer than it is known.
    `private` ones are for the page only, as `Private` words are."""

    day: date
    precision: Literal["day", "month", "year"] = "day"
    private: bool = False
    kind: Literal["day"] = "day"


def private_day(when: PartialDate | None) -> "OnDay | Say":
    """A day of somebody's life, for staff on the page; where it is not known, that."""
    return Say("common.unknown") if when is None else OnDay(when.first, when.precision.value, private=True)


@dataclass(frozen=True, slots=True)
class AtTime:
    """A moment among a message's arguments; `zone` is the IANA zone in which it is written (Kyiv by default)."""

    at: datetime
    zone: str = "Europe/Kyiv"
    style: Literal["full", "short", "slot", "time", "day"] = "full"
    kind: Literal["time"] = "time"


@dataclass(frozen=True, slots=True)
class Private:
    """A name, unit, phone or other text that staff may read on the page only: a messenger is a stranger's cloud.

    Relatives read their own data everywhere; for a member of staff on a messenger the courier writes `instead`. A
    member's letters and thread hold only that too, unless it `keeps`: then it is of no family (a colleague's name, an
    invitation), and stands on the page for as long as the thread does.
    """

    text: str
    instead: str = "—"
    keeps: bool = False
    kind: Literal["private"] = "private"


LONGEST_LABEL = 28
"""Letters of a name on a button."""


def named(name: str, number: str = "") -> Private:
    """Whom a button is about: the name, then the number, so that no two read alike; on a messenger only the number."""
    short = name if len(name) <= LONGEST_LABEL else f"{name[:LONGEST_LABEL].rstrip()}…"
    return Private(" · ".join(part for part in (short, number) if part), number or "—")


@dataclass(frozen=True, slots=True)
class OnPage:
    """What anybody may read on the web page only, as the address of a center that is not published: every messenger
    gets a dash, whoever reads it there."""

    text: str
    kind: Literal["page"] = "page"


@dataclass(frozen=True, slots=True)
class Land:
    """A country among a message's arguments, by its ISO code; its name is written in the reader's language."""

    code: str
    kind: Literal["land"] = "land"


@dataclass(frozen=True, slots=True)
class Say:
    """A Fluent message by name ("register-done", or "kinship.mother" for an attribute) and its arguments."""

    name: str
    args: Mapping[str, "str | int | OnDay | AtTime | Private | OnPage | Land | Say"] = field(default_factory=dict)
    kind: Literal["say"] = "say"


Arg = str | int | OnDay | AtTime | Private | OnPage | Land | Say


def say(name: str, /, **args: Arg) -> Say:
    """`Say` as it is written in scripts: `say("register-done", number=number)`. `_` in an argument means `-`."""
    return Say(name, args)


def without_private(what: Say) -> Say:
    """As a member's letters and thread hold it: numbers, states and times."""
    return Say(what.name, {name: _without_private(arg) for name, arg in what.args.items()})


def _without_private(arg: Arg) -> Arg:
    match arg:
        case Say():
            return without_private(arg)
        case Private(instead=instead, keeps=False):
            return Private(instead, instead)
        case OnDay(private=True):
            return Private("—")
        case _:
            return arg


@dataclass(frozen=True, slots=True)
class Live:
    """How a member's screen is shown in full for as long as its question is asked: by asking anew, which is recorded.

    `turn` is that of the conversation, and `answered` the answer after which it was asked. `said` is what was told
    before the question and names nobody; `shows` are references to what was opened ("case 1234-5676").
    """

    turn: int
    answered: str | None = None
    said: tuple[Say, ...] = ()
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Button:
    """One press: `id` (ASCII, at most 64 bytes, Telegram's limit) comes back when it is pressed; `label` is words.

    `ticked` is there for one of several that can be marked: is it now? A messenger shows it in the label, the page as a
    checkbox.
    """

    id: str
    label: Say
    ticked: bool | None = None


class Wants(StrEnum):
    """What a messenger may help to send with one press."""

    CONTACT = "contact"  # the person's own phone number
    LOCATION = "location"


class LetterKind(StrEnum):
    """Why a letter is sent."""

    PUSH = "push"  # begins on our side
    REPLY = "reply"  # answers a message of the person
    RETRACT = "unsay"  # says nothing: what stands in the chat is taken back


class Purpose(StrEnum):
    """What a letter is for: what a pause holds back and what may be paid for go by it."""

    REPLY = "reply"  # answers what the person has just done
    APPOINTMENT = "appointment"  # theirs, or an invitation to make one
    UPDATE = "update"  # a verified update can be read
    KINSHIP = "kinship"  # decided on, and perhaps papers are missing
    CALL = "call"  # about a call of ours
    ANSWER = "answer"  # a human has answered what the person wrote
    WORK = "work"  # to a member of staff
    URGENT = "urgent"  # to a member of staff who is needed at once
    ROUTINE = "routine"  # can wait


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a letter: sealed bytes kept under `file`, or `name`d text made by us (an .ics, a QR)."""

    file: FileId
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class ShownAt:
    """A message that stands in a chat: by which address of the person's, and under which of the platform's ids."""

    address: AddressId
    message: str


@dataclass(frozen=True, slots=True)
class Screen:
    """What a person sees at once: paragraphs, buttons in rows, files; the same for every channel.

    `replaces` is the platform's id of the message whose pressed button this answers: a messenger that can, edits that
    message. `keeps` forbids that (a number, an appointment: what must stay). `tidies` is the letter with the question
    that this answers: a messenger that can, takes its buttons away. `noted` of the `says`, the first, answer what the
    person has just sent. `plain`: it could not be shown in its full form, so words alone go. `about_case` asks the
    messenger to forbid forwarding. `opens` names what is told after `says` and fetched only at sending, if the person
    may still read it ("update:17"): the letter itself holds no text. `place` is the center that people are sent to,
    shown on a map if it is published.
    `unshares`: that question had keys that send the person's number or place, which a messenger takes away.
    `farewell`: with it the person leaves the chat.
    `neutral`: a stranger may read it on a lock screen; a push that is not is covered there (`casework/pushes.py`).
    `pressed`: only its buttons answer what it asks, so a field to write in may step back. `same`: it asks what was
    asked before a button was pressed, and where it says the same, other buttons are all that is new. `question` is what
    is asked, by which a browser keeps what is typed; None where it may not. `holds` is a report's number or a code that
    the person should keep: the page shows it large. `compares`: it is answered by looking at papers that stand here or
    above, so the page keeps them in view. `live`: it is a member's, so it holds no family's data, and the page fetches
    them when it shows it. `answers` is the message that this one is about: a messenger that can, shows it as an answer
    to that, in the same chat.
    """

    says: tuple[Say, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    attached: tuple[Attached, ...] = ()
    wants: Wants | None = None
    replaces: str | None = None
    tidies: int | None = None
    unshares: bool = False
    noted: int = 0
    plain: bool = False
    place: CenterId | None = None
    keeps: bool = False
    about_case: bool = False
    opens: str | None = None
    neutral: bool = False
    farewell: bool = False
    pressed: bool = False
    same: bool = False
    question: str | None = None
    holds: str | None = None
    compares: bool = False
    live: Live | None = None
    answers: ShownAt | None = None

    def without_private(self) -> "Screen":
        """As a member's letters and thread hold it."""
        rows = tuple(tuple(replace(key, label=without_private(key.label)) for key in row) for row in self.buttons)
        return replace(self, says=tuple(without_private(what) for what in self.says), buttons=rows)

    @property
    def quotes(self) -> bool:
        """Does it show a human's own words, and nothing of ours?"""
        return not self.says and self.opens is not None and self.opens.startswith("update:")


@dataclass(frozen=True, slots=True)
class DeliveryStatus:
    """What has become of a letter: the address it takes, when it could first be seen there, the platform's id of it.

    `leaving` while a courier is just sending it; `lost` if it never will be seen. `again`: the platform's answer to an
    earlier sending was lost, so `shown_at` is when that began, and `receipt`, if there is any, is of a later copy.
    """

    address: AddressId | None
    shown_at: datetime | None
    receipt: str | None
    leaving: bool = False
    lost: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A screen on its way to a person; which of the person's addresses it takes is the outbox's choice.

    `due` None means now. `reads` names what the person must still be allowed to read when it is sent (an update's
    recipient may have been revoked meanwhile), as "update:<id>"; None for what concerns only the person. `at` is one of
    the person's addresses instead of their usual one, as long as it is theirs. Every push names its `purpose`. What has
    not gone at `moves_at` goes another way, so that it comes in time; None where the courier's usual patience will do.
    """

    to: PersonId
    screen: Screen
    kind: LetterKind = LetterKind.PUSH
    due: datetime | None = None
    reads: str | None = None
    at: AddressId | None = None
    purpose: Purpose = Purpose.REPLY
    moves_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DueLetter:
    """A letter that is due, or will be within a minute. `rests_until` is when the night ends through which it is held
    back; `tidied` the platform's id of the message whose keys it uses up, in the same chat."""

    id: int
    screen: Screen
    kind: LetterKind
    purpose: Purpose
    due: datetime
    reads: str | None
    tried_at: datetime | None
    moves_at: datetime | None
    given_up: tuple[Channel, ...]
    rests_until: datetime | None = None
    tidied: str | None = None


@dataclass(frozen=True, slots=True)
class Leased:
    """An address leased to a courier at a moment, with the letters that are due there, in their order. `staff` is true
    also of somebody who was of the staff once; they have no `role` any more. `sign` signs a command for its person."""

    at: datetime
    lease: UUID
    address_id: AddressId
    channel: Channel
    address: str
    person: PersonId
    language: str
    staff: bool
    chosen: bool
    session_until: datetime | None
    role: Role | None
    letters: tuple[DueLetter, ...]
    sign: Callable[[str], str]


class Claimed(NamedTuple):
    """Addresses leased to a courier, and when there is something to lease again (now, or later): None if nothing is
    known of."""

    leased: Sequence[Leased]
    next_due: datetime | None


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter that the platform has taken, with its receipt; `then` is the one that follows in the same lease."""

    claim: Leased
    letter: int
    receipt: str
    then: int | None


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of a `SentLetter`: whether it could be marked (else the lease was lost), whether the one that follows
    still waits there, and whether more is due at that address."""

    done: bool
    waits: bool
    more: bool
