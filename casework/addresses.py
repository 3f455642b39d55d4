"""A person's addresses: where messages come, and which chat or browser is theirs no longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from casework.actor import Channel
from casework.ids import AddressId
from casework.letters import AtTime, Say
from casework.queries import Query
from casework.refusal import Refusal
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

SILENCE = timedelta(days=180)
"""Unheard for so long, whoever writes from an address is first asked to show that it is they. Operators in Ukraine give
a number that is not used to the next customer after half a year to a year, and with it the accounts that hang on it."""


@dataclass(frozen=True, slots=True)
class Address:
    """A chat or browser of a person's. `here`: it is the one they act from; `chosen`: they want messages there."""

    id: AddressId
    channel: Channel
    seen_at: datetime
    here: bool = False
    chosen: bool = False

    @property
    def label(self) -> Say:
        """How its owner knows it: by its kind and its last use."""
        kind = {"channel": Say(f"channel.{self.channel}")}
        return (
            Say("where.here", kind)
            if self.here
            else Say("where.one", {**kind, "seen": AtTime(self.seen_at, style="slot")})
        )


@dataclass(frozen=True, slots=True)
class MyAddresses(Query[tuple[Address, ...]]):
    """The acting person's addresses, the one last used first."""

    example: ClassVar[tuple[Address, ...]] = (
        Address(AddressId(1), Channel.TELEGRAM, datetime(2026, 11, 24, 9, tzinfo=UTC), here=True),
        Address(AddressId(2), Channel.VIBER, datetime(2026, 11, 20, 9, tzinfo=UTC), chosen=True),
    )


async def my_addresses(query: MyAddresses, actor: Actor, work: Work) -> tuple[Address, ...]:
    return tuple(await work.people.addresses(actor.person, here=actor.address))


@dataclass(frozen=True, slots=True)
class ChooseAddress:
    """Messages come here from now on; None: wherever I have written last."""

    address: AddressId | None


async def choose_address(command: ChooseAddress, actor: Actor, work: Work) -> Result:
    await work.people.choose(actor.person, command.address)
    if command.address is None:
        return Result((Say("where-done-last"),))
    chosen = await _mine(command.address, actor, work)
    return Result((Say("where-done-page" if chosen.channel is Channel.WEB else "where-done", {"where": chosen.label}),))


@dataclass(frozen=True, slots=True)
class LeaveAddress:
    """Another chat or browser is mine no longer: the phone may be lost, so what stands there is taken back."""

    address: AddressId


async def leave_address(command: LeaveAddress, actor: Actor, work: Work) -> Result:
    left = await _mine(command.address, actor, work)
    await work.people.leave(left.id)
    await work.retract(actor.person, left.id, left.channel)
    return Result((Say("where-left", {"where": left.label}),))


async def _mine(wanted: AddressId, actor: Actor, work: Work) -> Address:
    found = [one for one in await work.people.addresses(actor.person, here=actor.address) if one.id == wanted]
    if not found:
        raise Refusal("where-gone")
    return found[0]


COMMANDS: dict[type, Any] = {ChooseAddress: choose_address, LeaveAddress: leave_address}
QUERIES: dict[type, Any] = {MyAddresses: my_addresses}
