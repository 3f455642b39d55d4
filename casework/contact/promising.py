"""Promising: a head sees what a promise costs, in relatives and minutes, before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from casework.actor import Role
from casework.asked import Asked
from casework.contact.promise import LONGEST_SILENCE, SHORTEST_SILENCE, ContactCost, Promise, cost
from casework.contact.record import ContactWish
from casework.ids import CenterId
from casework.letters import say
from casework.minutes import MEASURED, NOTHING_KNOWN, CenterWeek, center_week
from casework.queries import Query
from casework.refusal import Refusal
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

CALLERS: Final = frozenset({Role.OPERATOR, Role.SPECIALIST, Role.HEAD})
"""Members who call families."""


@dataclass(frozen=True, slots=True)
class Promising:
    """What a head sees before setting a promise. `sooner` of the relatives are to hear a voice sooner. `week`
    is what else the members do in a week, by our estimates."""

    center: CenterId
    relatives: int
    members: int
    sooner: int = 0
    promise: Promise | None = None
    week: CenterWeek = NOTHING_KNOWN


@dataclass(frozen=True, slots=True)
class HowPromised(Query[Promising | None]):
    """What the acting head's center promises, to how many, and with whom; None for a head without a center."""

    example: ClassVar[Promising] = Promising(CenterId("kharkiv"), 3000, 12)


async def how_promised(query: HowPromised, actor: Actor, work: Work) -> Promising | None:
    center = actor.acting.center
    return None if center is None else await promising(center, work)


async def promising(center: CenterId, work: Work) -> Promising:
    wishes = await work.contact_dates.wishes(center)
    relatives = await work.contact_dates.relatives(center) - wishes.get(ContactWish.SILENCE, 0)
    members = [one.staff for one in await work.staff.all() if one.staff.active and one.staff.center == center]
    callers = sum(one.role in CALLERS for one in members)
    promise = (await work.contacts.promises()).get(center)
    counted = await work.calls.counted(center, work.now - MEASURED)
    week = center_week(counted, await work.centers.get(center), callers)
    return Promising(center, relatives, callers, wishes.get(ContactWish.SOONER, 0), promise, week)


@dataclass(frozen=True, slots=True)
class SetPromise:
    """The head's promise for the center, in days, and how many relatives a day it puts into the queue at most."""

    center: CenterId
    written: int
    voice: int
    sooner: int
    limit: int


async def set_promise(command: SetPromise, actor: Actor, work: Work) -> Result:
    """Only what the members manage: a promise that nobody can keep is told to no family."""
    for days in (command.written, command.voice, command.sooner):
        if not SHORTEST_SILENCE <= days <= LONGEST_SILENCE:
            raise Refusal("unclear-promise", least=SHORTEST_SILENCE, most=LONGEST_SILENCE, forget=ALL_DAYS)
    here = await promising(command.center, work)
    costs = cost_of(here, command)
    if not costs.fits:
        raise Refusal("promise-too-much", days=costs.shortest, members=costs.members, forget=ALL_DAYS)
    if not here.week.fits(costs.minutes):
        raise Refusal(
            "promise-week-full",
            others=here.week.others,
            minutes=costs.minutes,
            managed=here.week.managed,
            forget=ALL_DAYS,
        )
    if command.limit < costs.a_day:
        raise Refusal("promise-limit-low", least=least_limit(costs), forget=(Asked.PROMISE_LIMIT,))
    former = (here.promise.written, here.promise.voice, here.promise.sooner) if here.promise else None
    promise = Promise(command.written, command.voice, command.sooner, command.limit, work.now, actor.acting.id, former)
    await work.contacts.promise(command.center, promise)
    await work.audit.acted(actor, "promise")
    return Result((say("promise-done", written=command.written, voice=command.voice, sooner=command.sooner),))


@dataclass(frozen=True, slots=True)
class EndPromise:
    """The head's center promises nothing any more."""

    center: CenterId


async def end_promise(command: EndPromise, actor: Actor, work: Work) -> Result:
    """No day is named to anybody from now on. Calls that are in the queue stay: these days are known to relatives."""
    if command.center in await work.contacts.promises():
        await work.contacts.promise_nothing(command.center, actor.acting.id)
        await work.audit.acted(actor, "promise-ended")
    return Result((say("promise-ended"),))


ALL_DAYS: Final = (Asked.PROMISE_WRITTEN, Asked.PROMISE_VOICE, Asked.PROMISE_SOONER)


def cost_of(here: Promising, wanted: SetPromise) -> ContactCost:
    return cost(here.relatives, here.members, wanted.written, wanted.voice, here.sooner, wanted.sooner)


def least_limit(costs: ContactCost) -> int:
    """The smallest number a day with which the promise is kept."""
    return int(-(-costs.a_day // 1))


COMMANDS: dict[type, Any] = {SetPromise: set_promise, EndPromise: end_promise}
QUERIES: dict[type, Any] = {HowPromised: how_promised}
