"""What has places that people wait for, and what a person answers to an offer of one. The lists' own rules stand in
`casework/waiting_list.py`; what a place is, each kind knows.

To add a kind: its `HasPlaces`, a line in `KINDS`, and a way into the line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from casework.booking import earlier
from casework.booking.lines import SLOT
from casework.ids import OfferId, PersonId
from casework.letters import Say
from casework.queries import Query
from casework.refusal import Refusal
from casework.result import Result
from casework.waiting_list import HasPlaces, OfferState, WaitingFor, offer_one

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

KINDS: Final[Mapping[str, HasPlaces]] = {SLOT: earlier.KIND}
"""By the word with which the names of their lines begin."""


@dataclass(frozen=True, slots=True)
class InLine:
    """What the acting person waits for, in words, and what is offered to them just now."""

    what: str
    named: Say
    offer: OfferId | None = None
    told: tuple[Say, ...] = ()


@dataclass(frozen=True, slots=True)
class MyWaiting(Query[tuple[InLine, ...]]):
    """Where the acting person stands in line."""

    example: ClassVar[tuple[InLine, ...]] = ()


@dataclass(frozen=True, slots=True)
class WaitingHere(Query[int]):
    """How many wait at the acting member's center."""

    example: ClassVar[int] = 2


@dataclass(frozen=True, slots=True)
class AcceptOffer:
    offer: OfferId


@dataclass(frozen=True, slots=True)
class DeclineOffer:
    offer: OfferId


@dataclass(frozen=True, slots=True)
class StopWaiting:
    """Out of the line that is named so; with it goes what is offered."""

    what: str


async def my_waiting(query: MyWaiting, actor: Actor, work: Work) -> tuple[InLine, ...]:
    return tuple([await _in_line(one, work) for one in await work.waiting.of(actor.person)])


async def _in_line(waiting: WaitingFor, work: Work) -> InLine:
    kind, offer = KINDS[waiting.kind], waiting.offer
    named = await kind.named(waiting, work)
    if offer is None:
        return InLine(waiting.what, named)
    return InLine(waiting.what, named, offer.id, await kind.told(waiting, offer, work))


async def waiting_here(query: WaitingHere, actor: Actor, work: Work) -> int:
    center = actor.acting.center
    return await work.waiting.count(center) if center is not None else 0


async def accept(command: AcceptOffer, actor: Actor, work: Work) -> Result:
    waiting = await work.waiting.get(command.offer, lock=True)
    if waiting is None or waiting.offer is None:
        raise Refusal("offer-over")
    return await KINDS[waiting.kind].take(waiting, waiting.offer, actor, work)


async def decline(command: DeclineOffer, actor: Actor, work: Work) -> Result:
    """The turn is kept for the next place; this one is passed on."""
    if await work.waiting.get(command.offer, lock=True) is None:
        raise Refusal("offer-over")
    await work.waiting.end(command.offer, OfferState.DECLINED)
    return Result((Say("offer-declined"),))


async def stop_waiting(command: StopWaiting, actor: Actor, work: Work) -> Result:
    if not await work.waiting.leave(actor.person, command.what):
        raise Refusal("waiting-over")
    return Result((Say("waiting-stopped"),))


async def offer_due(work: Work) -> bool:
    """One step: an offer whose clock has run out ends, or a vacancy is offered. `bot/offers.py` calls it, each time in
    a transaction of its own, until it comes back with False: there is nothing to do."""
    overdue = await work.waiting.overdue()
    if overdue is not None and overdue.offer is not None:
        await work.waiting.end(overdue.offer.id, OfferState.LAPSED)
        return True
    for what in await work.waiting.lines():
        kind = KINDS.get(what.partition(":")[0])
        if kind is not None and await offer_one(kind, what, work):
            return True
    return False


async def may_read(person: PersonId, id: int, work: Work) -> bool:
    """An offer that has not gone while it stood is not sent any more."""
    return await work.waiting.get(OfferId(id)) is not None


async def call_nobody(id: int, work: Work) -> None:
    """Where no message comes, the next in line is asked sooner than anybody could call; the turn is kept, and the offer
    stands on the page."""


COMMANDS: dict[type, Any] = {AcceptOffer: accept, DeclineOffer: decline, StopWaiting: stop_waiting}
QUERIES: dict[type, Any] = {MyWaiting: my_waiting, WaitingHere: waiting_here}
READS = {"offer": may_read}
CALLS = {"offer": call_nobody}
