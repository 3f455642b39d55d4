"""What the page needs of the rest: given by `bot/app.py` as `Deps`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network
from types import TracebackType
from typing import Protocol, Self

from casework.actor import Actor, Channel
from casework.board import Section, View
from casework.ids import AddressId, PersonId, StaffId
from casework.people import People
from casework.pushes import Outbox
from casework.sessions import Enrolment, Session, Verdict
from casework.thread import NumberedMessage, ThreadMessage
from casework.work import Work
from dialogs.needs import Begun, Guest
from dialogs.words import Words
from handlers.incoming import Incoming, Receiver
from handlers.rate_limits import Limits
from handlers.visit import TurnWork


class Sessions(Protocol):
    """Whose browser it is: see `storage/sessions.py`."""

    async def begin(self, language: str) -> str: ...
    async def find(self, token: str) -> Session | Enrolment | None: ...
    async def open_invite(self, code: str) -> str | None: ...
    async def secret(self, enrolment: Enrolment) -> str | None: ...
    async def enrol(self, enrolment: Enrolment, code: str, name: str = "") -> tuple[Verdict, str | None]: ...
    async def renew(self, session: Session, code: str) -> Verdict: ...
    async def tries_again_at(self, member: StaffId) -> datetime | None: ...
    async def end(self, session: Session | Enrolment) -> None: ...


class Threads(Protocol):
    async def add(self, person: PersonId, shown: ThreadMessage, letter: int | None = None) -> int: ...
    async def after(self, person: PersonId, number: int, limit: int = 200) -> Sequence[NumberedMessage]: ...
    async def latest(self, person: PersonId, limit: int = 50) -> Sequence[NumberedMessage]: ...


class PageOutbox(Outbox, Protocol):
    async def shown(self, letter: int) -> None: ...
    async def idle(self, address: AddressId) -> bool: ...


class Arrivals(Protocol):
    async def number_of(self, channel: Channel, message: str) -> int | None: ...


class WebPeople(People, Protocol):
    async def guest(self, address: AddressId) -> Guest | None:
        """Who is behind an address, and where their conversation is; not locked."""


class WebWork(TurnWork, Protocol):
    """A unit of work with what only the page needs: see `storage/work.py`."""

    @property
    def people(self) -> WebPeople: ...
    async def gather(self, guest: Guest, incoming: Incoming) -> Begun:
        """All that a turn reads at its beginning."""

    def sign(self, person: PersonId, command: str) -> str:
        """For a button that only this person may press."""

    @property
    def lacks_room(self) -> bool:
        """Whether the database's disk was found full within the last minute."""

    @property
    def broken_rows(self) -> int:
        """How many rows were found since the process began that somebody has changed, moved or put in."""

    @property
    def sessions(self) -> Sessions: ...
    @property
    def threads(self) -> Threads: ...
    @property
    def outbox(self) -> PageOutbox: ...
    @property
    def arrivals(self) -> Arrivals: ...

    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


Begin = Callable[[datetime], WebWork]
Board = Callable[[Actor, Work, View], Awaitable[Sequence[Section]]]


async def empty_board(actor: Actor, work: Work, view: View) -> Sequence[Section]:
    """Until the columns bring their sections."""
    return ()


@dataclass(frozen=True)
class Deps:
    """`woken` calls a listener with what commits have brought ("thread:<person>"), and with "listening" where some went
    unheard; `board` fills the staff's board.
    `chat_links` are the messengers' addresses, as they become known: with a script's name for `{}` its talk begins."""

    desk: Receiver
    begin: Begin
    words: Words
    clock: Callable[[], datetime]
    woken: Callable[[Callable[[str], None]], AbstractAsyncContextManager[None]]
    board: Board = empty_board
    chat_links: Mapping[Channel, str] = field(default_factory=dict)
    public_url: str | None = None
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    metrics_token: str | None = None
    limits: Limits = field(default_factory=Limits)

    @property
    def secure(self) -> bool:
        """Do people reach the page by https?"""
        return (self.public_url or "").startswith("https://")
