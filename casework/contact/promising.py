"""Promising: a head sees what a promise costs, in relatives and minutes, before it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

from casework.asked import Asked
from casework.contact.promise import (
    LONGEST_SILENCE,
    NOTHING_CHECKED,
    SHORTEST_SILENCE,
    TALKS_A_DAY,
    WORKING_WEEK,
    CheckedLately,
    ContactCost,
    Promise,
    Promised,
    Terms,
    cost,
    longer,
)
from casework.contact.record import ContactWish
from casework.ids import CenterId
from casework.letters import Say, say
from casework.minutes import CALLERS, NOTHING_KNOWN, CenterWeek, week_of
from casework.queries import Query
from casework.refusal import Refusal
from casework.result import Result
from casework.stages import CaseStage

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


@dataclass(frozen=True, slots=True)
class SetPromise:
    """The head's promise for the center, in days, and how many relatives a day it puts into the queue at most. With a
    `stage`, the days are for those whose case stands there."""

    center: CenterId
    written: int
    voice: int
    sooner: int
    limit: int
    stage: CaseStage | None = None

    @property
    def terms(self) -> Terms:
        return Terms(self.written, self.voice, self.sooner)


@dataclass(frozen=True, slots=True)
class Promising:
    """What a head sees before setting a promise. `sooner` of the relatives are to hear a voice sooner; `stages` are how
    many there are whose case stands where: only to be counted with, shown to nobody. `week` is what else the members do
    in a week, `checked` what checks carried."""

    center: CenterId
    relatives: int
    members: int
    sooner: int = 0
    promise: Promise | None = None
    week: CenterWeek = NOTHING_KNOWN
    checked: CheckedLately = NOTHING_CHECKED
    stages: Mapping[CaseStage, int] = field(default_factory=dict)

    def cost(self, usual: Terms, stages: Mapping[CaseStage, Terms], wish: int = 0) -> ContactCost:
        """Of such terms, with `wish` more of the relatives to hear a voice sooner."""
        apart = {stage: min(self.stages.get(stage, 0), self.relatives) for stage in stages}
        groups = [
            (self.relatives - sum(apart.values()), usual),
            *((many, stages[stage]) for stage, many in apart.items()),
        ]
        part = min((self.sooner + wish) / self.relatives, 1) if self.relatives else 0
        promised = [Promised(many, terms, many * part) for many, terms in groups if many > 0]
        return cost(promised, self.members, self.checked, self.week.talk)

    def cost_now(self, promise: Promise, wish: int = 0) -> ContactCost:
        """Of what is promised."""
        return self.cost(promise.usual, promise.stages, wish)

    def with_(self, wanted: SetPromise) -> tuple[Terms, Mapping[CaseStage, Terms]]:
        """What is promised after that: for all, and by stage."""
        stands = self.promise
        if wanted.stage is None or stands is None:
            return wanted.terms, stands.stages if stands else {}
        stages = {**stands.stages, wanted.stage: wanted.terms}
        return stands.usual, {stage: terms for stage, terms in stages.items() if terms != stands.usual}

    def cost_of(self, wanted: SetPromise) -> ContactCost:
        return self.cost(*self.with_(wanted))

    def short(self, costs: ContactCost) -> float:
        """So many relatives a working day are too many for the members and their hours."""
        too_many = costs.a_day - costs.members * TALKS_A_DAY
        too_long = (costs.minutes - (self.week.managed - self.week.others)) / (WORKING_WEEK * self.week.talk)
        return max(too_many, too_long, 0)

    def fits(self, costs: ContactCost) -> bool:
        return costs.fits and self.week.fits(costs.minutes)

    def fitting(self, wanted: SetPromise) -> Terms | None:
        """The shortest terms instead that fit, None where none do."""

        def fits(terms: Terms) -> bool:
            changed = replace(wanted, written=terms.written, voice=terms.voice, sooner=terms.sooner)
            return self.fits(self.cost_of(changed))

        return longer(wanted.terms, fits)


@dataclass(frozen=True, slots=True)
class HowPromised(Query[Promising | None]):
    """What the acting head's center promises, to how many, and with whom; None for a head without a center. `by_stage`:
    with where their cases stand, for which the updates of the center are opened."""

    by_stage: bool = False
    example: ClassVar[Promising] = Promising(CenterId("kharkiv"), 3000, 12)


async def how_promised(query: HowPromised, actor: Actor, work: Work) -> Promising | None:
    center = actor.acting.center
    if center is None:
        return None
    here = await promising(center, work)
    return replace(here, stages=await _stages(center, work)) if query.by_stage else here


async def promising(center: CenterId, work: Work) -> Promising:
    """Where cases stand is looked at only where a promise depends on it."""
    wishes = await work.contact_dates.wishes(center)
    relatives = await work.contact_dates.relatives(center) - wishes.get(ContactWish.SILENCE, 0)
    members = [one.staff for one in await work.staff.all() if one.staff.active and one.staff.center == center]
    promise = (await work.contacts.promises()).get(center)
    return Promising(
        center,
        relatives,
        sum(one.role in CALLERS for one in members),
        wishes.get(ContactWish.SOONER, 0),
        promise,
        await week_of(center, work),
        await work.checks.carried(center),
        await _stages(center, work) if promise and promise.stages else {},
    )


async def _stages(center: CenterId, work: Work) -> Mapping[CaseStage, int]:
    """How many relatives of a center there are whose case stands where."""
    many: dict[CaseStage, int] = {}
    updated = await work.contact_dates.with_updates(center)
    for case, stage in (await work.updates.stages(updated)).items():
        many[stage] = many.get(stage, 0) + updated[case]
    return many


async def set_promise(command: SetPromise, actor: Actor, work: Work) -> Result:
    """Only what the members manage: a promise that nobody can keep is told to no family."""
    for days in command.terms:
        if not SHORTEST_SILENCE <= days <= LONGEST_SILENCE:
            raise Refusal("unclear-promise", least=SHORTEST_SILENCE, most=LONGEST_SILENCE, forget=_days(command))
    here = await promising(command.center, work)
    if command.stage is not None:
        if here.promise is None:
            raise Refusal("promise-stage-first", forget=_days(command))
        here = replace(here, stages=await _stages(command.center, work))
    costs = here.cost_of(command)
    if not here.fits(costs):
        raise Refusal.saying(too_much(here, command, costs), forget=_days(command))
    if command.limit < costs.a_day:
        raise Refusal("promise-limit-low", least=least_limit(costs), forget=(_about(Asked.PROMISE_LIMIT, command),))
    await work.contacts.promise(command.center, _promise(command, here, actor, work))
    await work.audit.acted(actor, "promise")
    promised = command.terms._asdict()
    if command.stage is None:
        return Result((say("promise-done", **promised),))
    return Result((say("promise-done-stage", stage=Say(f"update-stage.{command.stage}"), **promised),))


def _promise(command: SetPromise, here: Promising, actor: Actor, work: Work) -> Promise:
    usual, stages = here.with_(command)
    former = here.promise
    return Promise(
        *usual,
        command.limit,
        work.now,
        actor.acting.id,
        former.usual if former else None,
        stages,
        former.stages if former else {},
    )


def too_much(here: Promising, wanted: SetPromise, costs: ContactCost) -> Say:
    """What does not fit, and what would."""
    instead = here.fitting(wanted)
    days = instead._asdict() if instead else {"written": 0, "voice": 0, "sooner": 0}
    by_checks = costs.carried + here.short(costs)
    return say(
        "promise-beyond",
        members=costs.members,
        needs=here.week.others + costs.minutes,
        managed=here.week.managed,
        talks=costs.members * TALKS_A_DAY,
        relatives=least_limit(costs),
        fits="yes" if instead else "no",
        checks="yes" if here.short(costs) < costs.written - costs.carried else "no",
        least=-int(-by_checks // 1),
        words=-int(-costs.written // 1),
        **days,
    )


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


def _about(question: Asked, command: SetPromise) -> str:
    return question.about(command.stage) if command.stage else str(question)


def _days(command: SetPromise) -> tuple[str, ...]:
    asked = (Asked.PROMISE_WRITTEN, Asked.PROMISE_VOICE, Asked.PROMISE_SOONER)
    return tuple(_about(question, command) for question in asked)


def least_limit(costs: ContactCost) -> int:
    """The smallest number a day with which the promise is kept."""
    return int(-(-costs.a_day // 1))


COMMANDS: dict[type, Any] = {SetPromise: set_promise, EndPromise: end_promise}
QUERIES: dict[type, Any] = {HowPromised: how_promised}
