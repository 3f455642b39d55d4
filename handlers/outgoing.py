"""What couriers need of the storage, and of whoever pays: letters on their way out."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from types import TracebackType
from typing import Protocol, Self

from casework.actor import Channel
from casework.costs import LetterRoute
from casework.ids import AddressId
from casework.letters import Claimed, DueLetter, Leased, Marked, SentLetter
from casework.pushes import Outbox
from casework.work import Work


class Leases(Protocol):
    """The outbox as couriers have it in hand. What comes from `claim` is handed back as it is."""

    async def claim(
        self,
        channel: Channel,
        places: int,
        lease_for: timedelta,
        *,
        pushes: int | None = None,
        late: bool = False,
        patient: bool = True,
        but: Collection[AddressId] = (),
        alone: bool = False,
    ) -> Claimed: ...
    async def waits(self, claim: Leased, letter: int) -> bool: ...
    async def mark(self, channel: Channel, sent: Sequence[SentLetter], *, alone: bool = False) -> Sequence[Marked]: ...
    async def standing(self, claim: Leased) -> Sequence[str] | None: ...
    async def set_aside(self, claim: Leased, letter: int) -> None: ...
    async def drop(self, claim: Leased, letter: int) -> None: ...
    async def tried(self, claim: Leased, letter: int) -> None: ...
    async def perhaps(self, claim: Leased, letter: int, since: datetime) -> None: ...
    async def begin(self, claim: Leased, letter: DueLetter) -> DueLetter: ...
    async def rest(self, claim: Leased, letter: int, until: datetime) -> None: ...
    async def wait(self, claim: Leased, letter: int, until: datetime) -> bool: ...
    async def elsewhere(self, claim: Leased, letter: int, *, but: Collection[Channel] = ()) -> Channel | None: ...
    async def take_over(self, channel: Channel) -> None: ...
    async def release(self, claim: Leased, retry_at: datetime | None = None) -> None: ...
    async def readdress(self, claim: Leased, *, closed: bool) -> None: ...


class CourierWork(Work, Protocol):
    """A unit of work with what only couriers need: see `storage/work.py`."""

    @property
    def leases(self) -> Leases: ...
    @property
    def outbox(self) -> Outbox: ...

    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Paying(Protocol):
    """Asked before each letter, on a channel that charges for what is not said within a session.

    `deciding` is held around each transaction that asks or pays, from before it begins: one after another."""

    deciding: asyncio.Lock

    def is_free(self, claim: Leased, now: datetime) -> bool:
        """Is everything free that is said at this address now?"""

    async def way(self, claim: Leased, letter: DueLetter, work: CourierWork) -> LetterRoute:
        """How this letter goes. What it says may be paid for is promised until `settle`."""

    async def refused(self, claim: Leased, letter: DueLetter, work: CourierWork) -> LetterRoute:
        """The same once the platform has refused for want of money: never here, and not by paying."""

    async def pay(self, letter: DueLetter, work: CourierWork) -> None:
        """Write the price down, and commit: the transaction that marks the letter as sent, or one of its own when it is
        not known whether the platform has taken it."""

    def settle(self, letter: DueLetter) -> None:
        """A promise is over, if there still is one: it came to nothing."""
