"""Silences: whom a center is in contact with, who is due, who has heard nothing beyond the promise, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar, Final

from casework.actor import Role
from casework.board import Row, Section
from casework.contact.coming import Coming, by_date, coming
from casework.contact.promise import AHEAD, TALKS_A_DAY, NextContact, Promise, PromiseKind
from casework.contact.promising import least_limit, promising
from casework.contact.record import ContactWish
from casework.contact.sides import ContactSide, WhySilent, why_silent
from casework.ids import CenterId, PersonId
from casework.letters import AtTime, Private, Say, named, say
from casework.numbers import ReportNumber, make_number
from casework.queries import Query

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

TO_ADMINISTRATORS: Final = timedelta(days=3)
"""So long after a promise has run out, administrators see that there is such a center."""

SHOWN: Final = 8
"""Relatives that the board and the list name."""

WORKED_OUT: Final = 200
"""Fewer relatives than this have their dates worked out while a member looks; more wait for a tick."""


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
    who asks may set one. `waits`: so many are in none of the counts before the next tick has worked out their dates."""

    promised: bool
    in_contact: int = 0
    due: int = 0
    silent: int = 0
    quiet: int = 0
    shown: tuple[SilentRelative, ...] = ()
    sets: bool = False
    waits: int = 0


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
    unknown, waits = await _unknown(center, promise, work)
    silent, soon, far = await _counted(center, unknown, (work.now, work.now + AHEAD), work)
    quiet = (await work.contact_dates.wishes(center)).get(ContactWish.SILENCE, 0)
    nearest = [*unknown, *await coming(await work.contact_dates.nearest(center, SHOWN), promise, work)]
    first = [one for one in sorted(nearest, key=by_date) if one[0].at <= work.now + AHEAD][:SHOWN]
    shown = tuple([await _shown(next, side, work) for next, side in first])
    return Silences(True, far, soon, silent, quiet, shown, sets, waits), [side.person for _, side in first]


async def _unknown(center: CenterId, promise: Promise, work: Work) -> tuple[Sequence[Coming], int]:
    """Those whose date is not kept and is worked out for this look; or, where they are too many for that, how many wait
    for the next tick."""
    sides = await work.contact_dates.unknown(center, WORKED_OUT)
    if len(sides) < WORKED_OUT:
        return await coming(sides, promise, work), 0
    return (), await work.contact_dates.how_many_unknown(center)


async def _counted(
    center: CenterId, unknown: Sequence[Coming], until: Sequence[datetime], work: Work
) -> tuple[int, ...]:
    """How many relatives of the center are due before the first moment, how many then before the next, how many later.
    `unknown` are those whose dates are not kept."""
    known = await work.contact_dates.counted(center, *until)
    before = [many + sum(one.at < moment for one, _ in unknown) for many, moment in zip(known[1:], until, strict=True)]
    before.append(known[0] + len(unknown))
    return before[0], *(later - sooner for sooner, later in pairwise(before))


async def _shown(next: NextContact, side: ContactSide, work: Work) -> SilentRelative:
    report, name = await work.reports.get(side.report), (await work.people.get(side.person)).profile.name
    why = why_silent(side) if next.at < work.now else None
    return SilentRelative(report.number, name.full if name else "", next.at, next.kind, why)


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
    rows = [Row((told,)) for told in counted(found)]
    if found.sets and (short := await _short(actor.acting.center, work)) is not None:
        rows.append(Row((short,), ((Say("contact-board.set"), "/promise"),)))
    for one in found.shown:
        number = str(one.number)
        press = (say("queue-next.call", who=named(one.name, number)), f"/call {number}")
        rows.append(Row((line(one),), (press,)))
    return Section(Say("contact-board"), tuple(rows), count=found.silent + found.due)


async def _short(center: CenterId, work: Work) -> Say | None:
    """What the head reads where the promise needs more than there is by now: members have left, relatives have come."""
    here = await promising(center, work)
    if here.promise is None:
        return None
    stands, costs = here.promise, here.cost_now(here.promise)
    needed = least_limit(costs)
    if not costs.fits:
        return say("contact-short", needed=needed, managed=here.members * TALKS_A_DAY, why="members")
    if not here.week.fits(costs.minutes):
        needs = here.week.others + costs.minutes
        return say("contact-short", needed=needs, managed=here.week.managed, why="week")
    return say("contact-short", needed=needed, managed=stands.limit, why="limit") if stands.limit < needed else None


def counted(found: Silences) -> tuple[Say, ...]:
    counts = say("contact-counts", contact=found.in_contact, due=found.due, silent=found.silent, quiet=found.quiet)
    return (counts, say("contact-waits", count=found.waits)) if found.waits else (counts,)


async def silences_section(actor: Actor, work: Work) -> Section | None:
    """For administrators: at which centers relatives have heard nothing for days beyond what was promised, or at all
    beyond it where no head is there to see that. Only how many."""
    rows = []
    headed = {one.staff.center for one in await work.staff.all() if one.staff.active and one.staff.role is Role.HEAD}
    for center, promise in (await work.contacts.promises()).items():
        unknown, _ = await _unknown(center, promise, work)
        since = work.now - TO_ADMINISTRATORS if center in headed else work.now
        late, _ = await _counted(center, unknown, (since,), work)
        if late:
            rows.append(Row((Say(f"center-{center}"), say("contact-late", count=late))))
    return Section(Say("contact-board"), tuple(rows)) if rows else None


QUERIES: dict[type, Any] = {InContact: in_contact}
SECTIONS: dict[str, Any] = {"contact": contact_section, "silences": silences_section}
