"""What a turn needs: what it reads at its beginning, asks for on its way, and leaves to be written at its end.

A turn (`dialogs/turn.py`) is pure. Whoever drives it (`handlers/visit.py` over the database, `bot/talk.py` with
examples) hands it a `Begun`, replies to each `Need`, and keeps what it returns, an `Ended`.
"""

from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from casework.actor import Actor, Channel, Staff
from casework.ids import AddressId, PersonId
from casework.letters import DeliveryStatus, Screen
from casework.people import Person
from casework.pushes import OpenButtons
from casework.queries import Query
from casework.result import Result
from casework.work import Work
from dialogs.conversation import Conversation

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Guest:
    """Who writes: the person, from which address, where the conversation is.

    `asked_letter` is the letter that carries the question now asked; `new` tells the very first message;
    `missed_outage` that there was an outage of which they have not been told yet; `lapsed` that nothing was heard from
    the address for so long that it may be somebody else's now; `wrote_at` when they last wrote what nothing had asked
    for; `deferred` that earlier messages of the chat wait for their turn.
    """

    person: Person
    address: AddressId
    talk: Conversation
    asked_letter: int | None = None
    new: bool = False
    missed_outage: bool = False
    lapsed: bool = False
    wrote_at: datetime | None = None
    deferred: bool = False


@dataclass(frozen=True, slots=True)
class Begun:
    """What is read at a turn's beginning, all of it at once.

    `asked` is what has become of the letter with the question now asked. `offers` are the buttons of letters that wait
    to be pressed, the newest first, where the message may press one. `unsaid` are answers that wait for the rest of an
    album: what they say is said with the answer to the rest. `earlier`: of letters that the message may answer, was
    each written after the one that stood last in the chat? `sign` and `signed` are for buttons that only this person
    may press.
    """

    guest: Guest
    now: datetime
    page: str
    sign: Callable[[str], str]
    signed: Callable[[str, str], bool]
    staff: Staff | None = None
    asked: DeliveryStatus | None = None
    offers: Sequence[OpenButtons] = ()
    unsaid: Mapping[int, Screen] = field(default_factory=dict)
    earlier: Mapping[int, bool] = field(default_factory=dict)


class Need(Generic[T]):
    """What only the driver can give: `fact = yield from Fetch(query, actor)`."""

    def __iter__(self) -> Generator["Need[Any]", Any, T]:
        reply: T = yield self
        return reply


@dataclass(frozen=True)
class Fetch(Need[Any]):
    """A fact, if the actor may know it. A `Refusal` is thrown into the turn."""

    query: Query[Any]
    actor: Actor


@dataclass(frozen=True)
class Carried:
    """What came of a command, and the person as they are afterwards."""

    done: Result
    person: Person


@dataclass(frozen=True)
class CarryOut(Need[Carried]):
    """What the person decided on. A `Refusal` is thrown into the turn, and all that the command wrote is undone.
    `draft` is the key of the draft that it comes from: what it files is sealed under the same."""

    command: Any
    actor: Actor
    draft: int | None


@dataclass(frozen=True)
class Call(Need[T]):
    """A rule of `casework` that is no command of anybody's: `Call(lambda work: inbox.last(person, work), None)`.
    `example` is the reply where there is no database, in the terminal."""

    rule: Callable[[Work], Awaitable[T]]
    example: T


Asks = Generator[Need[Any], Any, T]
"""A part of a turn: it yields needs, takes the replies, and returns a T."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A screen that answers; it goes at `due`, or at once."""

    screen: Screen
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """What is written at a turn's end, all of it at once.

    `replies` go to where the message came from, `elsewhere` to other addresses of the person's. `talk` is where the
    conversation is; None: the address is the person's no longer. `anew`: the last reply carries the question that is
    asked from now on. `own_key`: the draft is about somebody else, and is sealed under a key of its own. `said`: the
    replies say what the `unsaid` would have said. `mark_pressed` are letters whose buttons have been pressed. `unknown`
    are names of ours that were kept, and that nobody here knows: for the log.
    """

    person: PersonId
    channel: Channel
    replies: tuple[Reply, ...]
    talk: Conversation | None
    anew: bool = True
    elsewhere: tuple[tuple[AddressId, Screen], ...] = ()
    own_key: bool = False
    said: bool = False
    mark_pressed: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()
