"""Keeping the promise: before it runs out somebody of the center is asked to be in touch, and what ran out is seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final

from casework.actor import Role
from casework.asked import Asked
from casework.board import Row, Section
from casework.calls import Reason
from casework.centers import KYIV, Center
from casework.contact.promise import (
    AHEAD,
    LONGEST_SILENCE,
    SHORTEST_SILENCE,
    ContactCost,
    NextContact,
    Promise,
    PromiseKind,
    cost,
    next_contact,
)
from casework.contact.sides import ContactSide, WhySilent, why_silent
from casework.ids import CenterId, PersonId, ReportId
from casework.letters import AtTime, Private, Say, named, say
from casework.numbers import ReportNumber, make_number
from casework.queries import Query
from casework.refusal import Refusal
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

CALLERS: Final = frozenset({Role.OPERATOR, Role.SPECIALIST, Role.HEAD})
"""Members who call families."""

TO_ADMINISTRATORS: Final = timedelta(days=3)
"""So long after a promise has run out, administrators see that there is such a center."""

SHOWN: Final = 8
"""Relatives that the board and the list name."""


async def keep(work: Work) -> None:
    """A tick: for each center with a promise, plan the calls of those who are due soon, the nearest first, and close
    what is no longer needed."""
    for id, promise in (await work.contacts.promises()).items():
        if await work.contacts.in_turn(id):
            await _keep(await work.centers.get(id), promise, work)


async def _keep(center: Center, promise: Promise, work: Work) -> None:
    today = work.now.astimezone(KYIV).date()
    due = []
    for side in await work.contacts.sides(center.id):
        coming = next_contact(side.heard, promise)
        needed = not side.rests and coming.at <= work.now + AHEAD
        if side.task is not None and not needed:
            await work.calls.close(side.task)
        elif needed and not side.called:
            due.append((coming.at, side))
    if not due or not center.works_on(today):
        return
    planned = await work.contacts.planned(center.id, datetime.combine(today, time(), KYIV))
    nearest = sorted(due, key=lambda one: (one[0], one[1].report))
    for at, side in nearest[: max(promise.limit - planned, 0)]:
        await work.calls.add_task(
            Reason.CONTACT, person=side.person, center=center.id, report=side.report, due=center.by(at)
        )


async def promised_to(report: ReportId, center: Center, work: Work) -> NextContact | None:
    """By when the relative of a report hears from the center, as far as that is truly promised; nothing where the day
    has passed: then no new one is named."""
    promise = (await work.contacts.promises()).get(center.id)
    side = await work.contacts.side(report) if promise is not None else None
    if promise is None or side is None or side.rests:
        return None
    coming = next_contact(side.heard, promise)
    by = center.by(coming.at)
    return replace(coming, at=by) if by > work.now else None


@dataclass(frozen=True, slots=True)
class SilentRelative:
    """A relative of whom the board speaks: due soon, or silent beyond the promise, and why. `name` is for the page."""

    number: ReportNumber
    name: str
    at: datetime
    kind: PromiseKind
    why: WhySilent | None = None


@dataclass(frozen=True, slots=True)
class Silences:
    """Relatives of a center: in contact, due within the agreed days, silent beyond the promise; the first of the silent
    and of the due by name. `quiet` asked us not to write. `promised`: the head has set a promise. `sets`: the member
    who asks may set one."""

    promised: bool
    in_contact: int = 0
    due: int = 0
    silent: int = 0
    quiet: int = 0
    shown: tuple[SilentRelative, ...] = ()
    sets: bool = False


@dataclass(frozen=True, slots=True)
class InContact(Query[Silences]):
    """How the acting member's center keeps in contact with its relatives."""

    example: ClassVar[Silences] = Silences(
        promised=True,
        in_contact=20,
        due=1,
        silent=1,
        shown=(
            SilentRelative(
                make_number(1234567),
                "Петренко Марія",
                datetime.fromisoformat("2026-11-20T10:00+00:00"),
                PromiseKind.VOICE,
                WhySilent.UNANSWERED,
            ),
        ),
    )


async def in_contact(query: InContact, actor: Actor, work: Work) -> Silences:
    found, people = await _silences(actor, work)
    await work.audit.looked(actor, "contact", people=people)
    return found


async def _silences(actor: Actor, work: Work) -> tuple[Silences, Sequence[PersonId]]:
    center = actor.acting.center
    promise = (await work.contacts.promises()).get(center) if center is not None else None
    sets = actor.acting.role is Role.HEAD
    if center is None or promise is None:
        return Silences(promised=False, sets=sets), ()
    coming = await _coming(center, promise, work)
    quiet = sum(side.quiet for side in await work.contacts.sides(center))
    silent = [one for one in coming if one[0].at < work.now]
    due = [one for one in coming if work.now <= one[0].at <= work.now + AHEAD]
    first = [*silent, *due][:SHOWN]
    shown = tuple([await _shown(coming, side, work) for coming, side in first])
    counts = len(coming) - len(silent) - len(due), len(due), len(silent), quiet
    return Silences(True, *counts, shown, sets), [side.person for _, side in first]


async def _coming(center: CenterId, promise: Promise, work: Work) -> list[tuple[NextContact, ContactSide]]:
    """What is promised to each relative of a center, the nearest first."""
    sides = (side for side in await work.contacts.sides(center) if not side.rests)
    found = [(next_contact(side.heard, promise), side) for side in sides]
    return sorted(found, key=lambda one: (one[0].at, one[1].report))


async def _shown(coming: NextContact, side: ContactSide, work: Work) -> SilentRelative:
    report, name = await work.reports.get(side.report), (await work.people.get(side.person)).profile.name
    why = why_silent(side) if coming.at < work.now else None
    return SilentRelative(report.number, name.full if name else "", coming.at, coming.kind, why)


def line(one: SilentRelative) -> Say:
    """A relative in the list of staff."""
    state = say("contact-why", why=Say(f"contact-why.{one.why}")) if one.why else Say(f"contact-due.{one.kind}")
    name = Private(one.name)
    return say("contact-line", number=str(one.number), name=name, by=AtTime(one.at, style="short"), state=state)


async def contact_section(actor: Actor, work: Work) -> Section | None:
    """For the board: how many are in contact, and whom to be in touch with first."""
    if actor.acting.center is None:
        return None
    found, people = await _silences(actor, work)
    await work.audit.refreshed(actor, "board-contact", people=people)
    if not found.promised:
        row = Row((Say("contact-none"),), ((Say("contact-board.set"), "/promise"),))
        return Section(Say("contact-board"), (row,)) if found.sets else None
    rows = [Row((counted(found),))]
    for one in found.shown:
        number = str(one.number)
        press = (say("queue-next.call", who=named(one.name, number)), f"/call {number}")
        rows.append(Row((line(one),), (press,)))
    return Section(Say("contact-board"), tuple(rows), count=found.silent + found.due)


def counted(found: Silences) -> Say:
    return say("contact-counts", contact=found.in_contact, due=found.due, silent=found.silent, quiet=found.quiet)


async def silences_section(actor: Actor, work: Work) -> Section | None:
    """For administrators: at which centers relatives have heard nothing for days beyond what was promised. Only how
    many."""
    rows = []
    for center, promise in (await work.contacts.promises()).items():
        late = [one for one, _ in await _coming(center, promise, work) if one.at < work.now - TO_ADMINISTRATORS]
        if late:
            rows.append(Row((Say(f"center-{center}"), say("contact-late", count=len(late)))))
    return Section(Say("contact-board"), tuple(rows)) if rows else None


@dataclass(frozen=True, slots=True)
class Promising:
    """What a head sees before setting a promise. `sooner` of the relatives are to hear a voice sooner."""

    center: CenterId
    relatives: int
    members: int
    sooner: int = 0
    promise: Promise | None = None


@dataclass(frozen=True, slots=True)
class HowPromised(Query[Promising | None]):
    """What the acting head's center promises, to how many, and with whom; None for a head without a center."""

    example: ClassVar[Promising] = Promising(CenterId("kharkiv"), 3000, 12)


async def how_promised(query: HowPromised, actor: Actor, work: Work) -> Promising | None:
    center = actor.acting.center
    return None if center is None else await promising(center, work)


async def promising(center: CenterId, work: Work) -> Promising:
    sides = [side for side in await work.contacts.sides(center) if not side.rests]
    members = [one.staff for one in await work.staff.all() if one.staff.active and one.staff.center == center]
    callers = sum(one.role in CALLERS for one in members)
    sooner = sum(side.heard.sooner for side in sides)
    return Promising(center, len(sides), callers, sooner, (await work.contacts.promises()).get(center))


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
    if command.limit < costs.a_day:
        raise Refusal("promise-limit-low", least=least_limit(costs), forget=(Asked.PROMISE_LIMIT,))
    former = (here.promise.written, here.promise.voice, here.promise.sooner) if here.promise else None
    promise = Promise(command.written, command.voice, command.sooner, command.limit, work.now, actor.acting.id, former)
    await work.contacts.promise(command.center, promise)
    await work.audit.acted(actor, "promise")
    return Result((say("promise-done", written=command.written, voice=command.voice, sooner=command.sooner),))


ALL_DAYS: Final = (Asked.PROMISE_WRITTEN, Asked.PROMISE_VOICE, Asked.PROMISE_SOONER)


def cost_of(here: Promising, wanted: SetPromise) -> ContactCost:
    return cost(here.relatives, here.members, wanted.written, wanted.voice, here.sooner, wanted.sooner)


def least_limit(costs: ContactCost) -> int:
    """The smallest number a day with which the promise is kept."""
    return int(-(-costs.a_day // 1))


COMMANDS: dict[type, Any] = {SetPromise: set_promise}
QUERIES: dict[type, Any] = {InContact: in_contact, HowPromised: how_promised}
SECTIONS: dict[str, Any] = {"contact": contact_section, "silences": silences_section}
