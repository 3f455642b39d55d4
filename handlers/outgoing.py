"""What couriers need of the storage, and of whoever pays: letters on their way out."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Protocol, Self

from casework.actor import Channel, Role
from casework.costs import Way
from casework.ids import AddressId, PersonId
from casework.letters import DeliveryStatus, LetterKind, Purpose, Screen
from casework.pushes import Outbox
from casework.work import Work


class DueLetter(Protocol):
    """A letter that is due."""

    @property
    def id(self) -> int: ...
    @property
    def screen(self) -> Screen: ...
    @property
    def kind(self) -> LetterKind: ...
    @property
    def purpose(self) -> Purpose: ...
    @property
    def reads(self) -> str | None: ...
    @property
    def tried_at(self) -> datetime | None: ...
    @property
    def moves_at(self) -> datetime | None: ...
    @property
    def given_up(self) -> Collection[Channel]: ...


class Leased(Protocol):
    """An address leased to us, with what is due there."""

    @property
    def address_id(self) -> AddressId: ...
    @property
    def address(self) -> str: ...
    @property
    def person(self) -> PersonId: ...
    @property
    def language(self) -> str: ...
    @property
    def staff(self) -> bool:
        """Is or was the person one of the staff?"""

    @property
    def chosen(self) -> bool:
        """Has the person said that messages come here?"""

    @property
    def role(self) -> Role | None: ...
    @property
    def session_until(self) -> datetime | None: ...
    @property
    def letters(self) -> Sequence[DueLetter]: ...


class Leases(Protocol):
    """The outbox as couriers have it in hand. What comes from `claim` is handed back as it is."""

    async def claim(
        self,
        channel: Channel,
        many: int,
        lease_for: timedelta,
        *,
        replies_only: bool = False,
        late: bool = False,
        but: Collection[AddressId] = (),
    ) -> Sequence[Leased]: ...
    async def waits(self, claim: Any, letter: int) -> bool: ...
    async def sent(self, claim: Any, letter: int, receipt: str) -> bool: ...
    async def standing(self, claim: Any) -> Sequence[str] | None: ...
    async def set_aside(self, claim: Any, letter: int) -> None: ...
    async def drop(self, claim: Any, letter: int) -> None: ...
    async def tried(self, claim: Any, letter: int) -> None: ...
    async def perhaps(self, claim: Any, letter: int, since: datetime) -> None: ...
    async def begin(self, claim: Any, letter: Any) -> DueLetter: ...
    async def rest(self, claim: Any, letter: int, until: datetime) -> None: ...
    async def wait(self, claim: Any, letter: int, until: datetime) -> bool: ...
    async def elsewhere(self, claim: Any, letter: int, *, but: Collection[Channel] = ()) -> Channel | None: ...
    async def take_over(self, channel: Channel) -> None: ...
    async def release(self, claim: Any, retry_at: datetime | None = None) -> None: ...
    async def readdress(self, claim: Any, *, closed: bool) -> None: ...
    async def next_due(self, channel: Channel) -> datetime | None: ...


class CourierOutbox(Outbox, Protocol):
    async def delivery_status(self, letter: int) -> DeliveryStatus:
        """What has become of a letter."""


class CourierWork(Work, Protocol):
    """A unit of work with what only couriers need: see `storage/work.py`."""

    @property
    def leases(self) -> Leases: ...
    @property
    def outbox(self) -> CourierOutbox: ...

    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def sign(self, person: PersonId, command: str) -> str: ...


class Paying(Protocol):
    """Asked before each letter, on a channel that charges for what is not said within a session."""

    async def way(self, claim: Leased, letter: DueLetter, work: CourierWork) -> Way:
        """How this letter goes. What it says may be paid for is promised until `settle`."""

    async def refused(self, claim: Leased, letter: DueLetter, work: CourierWork) -> Way:
        """The same once the platform has refused for want of money: never here, and not by paying."""

    async def pay(self, letter: DueLetter, work: CourierWork) -> None:
        """Write the price down, and commit: the transaction that marks the letter as sent, or one of its own when it is
        not known whether the platform has taken it."""

    def settle(self, letter: DueLetter) -> None:
        """A promise is over, if there still is one: it came to nothing."""
