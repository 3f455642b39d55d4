"""What the desk needs of the storage."""

from collections.abc import Sequence
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from casework.actor import Channel
from casework.ids import AddressId, PersonId
from casework.letters import DeliveryStatus, Letter
from casework.people import People
from casework.pushes import Outbox
from casework.thread import ThreadMessage
from dialogs.needs import Begun, Ended, Guest
from handlers.incoming import Incoming
from handlers.visit import TurnWork


class DeskPeople(People, Protocol):
    """Persons by their addresses, and their conversations, locked until the transaction ends."""

    async def enter(self, channel: Channel, address: str, language: str) -> Guest: ...
    async def leave(self, address: AddressId, last: int | None = None) -> None: ...
    async def blocked(self, address: AddressId, at: datetime) -> bool: ...
    async def unblocked(self, address: AddressId) -> None: ...


class DeskOutbox(Outbox, Protocol):
    """Answers, and what has become of them."""

    async def add(self, letter: Letter, to: tuple[AddressId, Channel]) -> int:
        """Put a letter in for this address. Returns its id."""

    async def delivery_status(self, letter: int) -> DeliveryStatus:
        """What has become of a letter: whether and when the person could see it, and where."""

    async def sent_as(self, channel: Channel, receipt: str) -> int | None:
        """The letter that a platform has taken under this id of its own."""

    async def returned(self, letter: int) -> None:
        """It was not delivered after all: another letter goes instead."""


class MessageToReplay(Protocol):
    """A message that can be heard again: whose it is, what it says, and to which question of which script."""

    @property
    def person(self) -> PersonId: ...
    @property
    def raw(self) -> str: ...
    @property
    def script(self) -> str | None: ...
    @property
    def asked(self) -> str | None: ...


class Quarantine(Protocol):
    """What could not be handled, sealed: see `storage/quarantine.py`."""

    async def add(
        self,
        channel: Channel,
        raw: str,
        why: str,
        *,
        person: PersonId | None,
        script: str | None,
        asked: str | None = None,
        replayable: bool = False,
    ) -> None: ...
    async def replayable(self, id: int) -> MessageToReplay | None: ...
    async def replayed(self, id: int) -> bool: ...


class Deferred(Protocol):
    """Messages that wait for their turn, sealed: see `storage/deferred.py`."""

    async def add(self, person: PersonId, address: AddressId, channel: Channel, raw: str) -> None: ...
    async def next_messages(self) -> Sequence[tuple[int, str | None]]: ...
    async def lose(self, id: int) -> tuple[PersonId, AddressId, Channel] | None: ...
    async def take(self, id: int) -> bool: ...
    async def forget(self, address: AddressId) -> None: ...


class DeskArrivals(Protocol):
    """Messages by the ids of their platforms: see `storage/arrivals.py`."""

    async def is_new(self, channel: Channel, message: str) -> bool:
        """Note a message; False if it has come before."""

    async def numbered(self, channel: Channel, message: str, number: int) -> None:
        """Note where in the person's thread a message stands."""


class DeskThreads(Protocol):
    """What the page shows a person: see `storage/threads.py`."""

    async def add(self, person: PersonId, shown: ThreadMessage) -> int:
        """Append what they said there; returns its number in the thread."""

    async def label_of(self, person: PersonId, button: str) -> str:
        """The words on a button that the page has shown lately; "…" for one that it has not."""


class DeskWork(TurnWork, Protocol):
    """A unit of work with what only the desk needs: see `storage/work.py`."""

    @property
    def people(self) -> DeskPeople: ...
    @property
    def outbox(self) -> DeskOutbox: ...
    @property
    def quarantine(self) -> Quarantine: ...
    @property
    def deferred(self) -> Deferred: ...
    @property
    def arrivals(self) -> DeskArrivals: ...
    @property
    def threads(self) -> DeskThreads: ...

    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    async def begin_turn(self, incoming: Incoming, language: str) -> Begun | None:
        """Note a message, lock its person's row until the transaction ends, and read what a turn begins with; None if
        the message has come before."""

    async def gather(self, guest: Guest, incoming: Incoming) -> Begun:
        """All that a turn reads at its beginning, of a guest who has entered."""

    async def end_turn(self, begun: Begun, ended: Ended) -> None:
        """All that a turn writes at its end; the desk commits. What could not be delivered before comes first."""
