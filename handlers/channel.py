"""What a channel must be able to do, and how it says that it could not: the same for every messenger and the page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

from casework.actor import Channel
from casework.ids import FileId
from casework.letters import Live

_OPTION: Final = re.compile(r"\d+\.(?P<option>.+)", re.DOTALL)


def option_of(id: str) -> str | None:
    """The option that a key of a question stands for, whose id begins with the turn on which it was asked; None for a
    push's key, which is a signed command."""
    own = _OPTION.fullmatch(id)
    return own["option"] if own else None


@dataclass(frozen=True, slots=True)
class Key:
    """A button as it is shown: `id` comes back when it is pressed. `ticked`, on the page only: is the box marked?"""

    id: str
    label: str
    ticked: bool | None = None


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a message. `file` is its id in our own keeping, for the page, which links to it."""

    name: str
    type: str
    content: bytes
    file: FileId | None = None


@dataclass(frozen=True, slots=True)
class Venue:
    """A place that goes with a message, for a channel that shows it on a map; the message names it in words too."""

    latitude: float
    longitude: float
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Message:
    """A screen in the words of one person's language, ready for a channel.

    `paragraphs` are plain text: a channel escapes it for its own markup. `contact` and `location` are the labels of the
    buttons that send the person's own number or place, where such a press is wanted. `replaces` is the platform's id of
    the message to edit instead of sending anew, `answers` that of one in the same chat that this is about, `tidies`
    that of the question answered, whose keys are used up (for a speaker that does not remember it); `unshares`: among
    them were those that send a number or a place. `plain`: words alone, its full form could not be shown. `protect`
    forbids forwarding. `commands`, with what each does, are those of a member of staff, none for one who was let go;
    None stands for what every family has. `ref` is the letter's number: the same when it is sent again after a crash.
    `language` is that of the words, for a channel that adds a word of its own. `chat` is the address's number in our
    own keeping: a chat that was left, and entered again, has another one. `farewell`: after it the chat is nobody's, so
    nothing of the person's stays below it. `pressed`, `same`, `question`, `holds`, `compares` and `live` are the
    screen's (`casework/letters.py`), for the page.
    """

    paragraphs: tuple[str, ...]
    keys: tuple[tuple[Key, ...], ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    venue: Venue | None = None
    contact: str | None = None
    location: str | None = None
    staff_voice: bool = False
    replaces: str | None = None
    answers: str | None = None
    tidies: str | None = None
    unshares: bool = False
    plain: bool = False
    protect: bool = False
    commands: tuple[tuple[str, str], ...] | None = None
    ref: str = ""
    language: str = "uk"
    chat: int | None = None
    farewell: bool = False
    pressed: bool = False
    same: bool = False
    question: str | None = None
    holds: str | None = None
    compares: bool = False
    live: Live | None = None

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def asks(self) -> bool:
        """Are its keys those of the question now asked?"""
        return any(option_of(key.id) for row in self.keys for key in row)


class Postponed(Exception):  # noqa: N818
    """Not now, for this address alone: a flood limit (429), a time-out, a 5xx. Nothing was sent, as far as is known."""

    def __init__(self, after: timedelta, why: str) -> None:
        super().__init__(why)
        self.after = after


class Away(Postponed):
    """The platform itself does not answer, or only with failures: so it is for everybody. `perhaps`: it may have taken
    the message all the same, and only its answer was lost; `whole`: then all of its parts are there."""

    def __init__(self, after: timedelta, why: str, *, perhaps: bool = False, whole: bool = True) -> None:
        super().__init__(after, why)
        self.perhaps = perhaps
        self.whole = whole


class Unpaid(Postponed):
    """The platform wants money for it that there is not. What we begin may go another way; an answer waits."""


class Gone(Exception):  # noqa: N818
    """The address takes nothing any more: blocked by the person, chat not found.

    `closed`: the account itself is over, so whoever comes with its id later is somebody else.
    """

    def __init__(self, why: str, *, closed: bool = False) -> None:
        super().__init__(why)
        self.closed = closed


class Rejected(Exception):  # noqa: N818
    """The platform refuses this message for what it is (400): sending it again will not help."""


class Superseded(Exception):  # noqa: N818  no fault: another process speaks on the channel now
    """Nothing more is sent here, and what is under way is another's."""


class Speaker(Protocol):
    """Sends to one channel. One process at a time speaks for a token."""

    channel: Channel

    async def send(self, address: str, message: Message) -> str:
        """Send, and return the platform's ids of all that was sent, in their order with spaces between: what has the
        buttons is the last.

        Raises `Postponed`, `Gone` or `Rejected`; `Superseded` where it has waited for its turn and speaks no longer by
        then; anything else is a bug.
        """

    async def retract(self, address: str, ids: Sequence[str]) -> None:
        """Take back what stands in a chat, the person's own messages too, as far as the platform can; else nothing.

        Raises as `send` does.
        """


class Fetcher(Protocol):
    """Fetches a file that a platform keeps for us."""

    async def fetch(self, source: str, largest: int) -> bytes:
        """The bytes; raises `Postponed` to try again, `Rejected` when it is too large or not to be had."""
