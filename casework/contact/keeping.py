"""Keeping the promise: before it runs out somebody of the center is asked to be in touch."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from math import ceil
from typing import TYPE_CHECKING, Final

from casework.calls import Reason
from casework.centers import KYIV, Center
from casework.contact.coming import Coming, by_date, coming
from casework.contact.promise import AHEAD, MEASURED, MEASURED_DAYS, NextContact, Promise, spread
from casework.contact.sides import ContactDate, ContactSide
from casework.ids import CaseId, CenterId, PersonId, ReportId

if TYPE_CHECKING:
    from casework.work import Work

LOOKED_AT: Final = 1000
"""Relatives at most whose dates are worked out in one transaction: as long as it lasts, no call of theirs is noted."""

LOOKED_AGAIN: Final = timedelta(days=7)
"""For so long at most a date stands that was worked out; different relatives have different parts of it."""

PLANNED_AT_ONCE: Final = 500
"""Relatives at most to whom one transaction writes, for whom it plans calls, or whose calls it closes."""

Lately = Collection[tuple[PersonId, CaseId]]
"""To whom a word went lately that they may still open: each with the case."""

Tell = Callable[[CenterId, Promise, datetime, "Work"], Awaitable[Lately | None]]
"""Tells relatives of a center whose promise of a written word runs out by a moment what was checked, if anything. None
where there are more than can be told in one transaction."""


async def nobody(center: CenterId, promise: Promise, until: datetime, work: Work) -> Lately:
    """There is no word for anybody."""
    return ()


async def keep(center: CenterId, work: Work, tell: Tell = nobody) -> bool:
    """A tick of a center: if it has a promise, `tell` those who are due a written word soon, plan the calls of those
    who are due soon and have none, the nearest first, and close what is no longer needed. Returns whether there is
    more of it than one transaction does: then commit, and ask once more."""
    if not await work.contacts.in_turn(center):
        return False
    sides = await work.contact_dates.to_look_at(center, LOOKED_AT)
    promise = (await work.contacts.promises()).get(center)  # whoever changes it from here on waits for the sides
    if promise is None:
        return False
    await _work_out(center, sides, promise, work)
    if len(sides) >= LOOKED_AT:
        return True
    lately = await tell(center, promise, work.now + AHEAD, work)
    return lately is None or await _ask(await work.centers.get(center), promise, lately, work)


async def _work_out(center: CenterId, sides: Sequence[ContactSide], promise: Promise, work: Work) -> None:
    """Keep by when those are due of whom something has changed."""
    due = {side.report: next.at for next, side in await coming(sides, promise, work)}
    looks = ((side, work.now + LOOKED_AGAIN * (1 + spread(side.report)) / 2) for side in sides)
    await work.contact_dates.keep(center, [ContactDate(side, due.get(side.report), look) for side, look in looks])


async def _ask(center: Center, promise: Promise, lately: Lately, work: Work) -> bool:
    """Whose date has passed is asked for at once, on whatever day: nobody is silent without a human who knows it. On
    working days those who are due soon come as well, up to the head's limit; not those who may still open a word.
    Returns whether there are more."""
    needless = await work.contact_dates.needless(center.id, work.now + AHEAD, PLANNED_AT_ONCE)
    for call in needless:
        await work.calls.close(call)
    passed = await work.contact_dates.uncalled(center.id, work.now, PLANNED_AT_ONCE)
    await _plan(await coming(passed, promise, work), center, work)
    await _work_out(center.id, [side for side in passed if side.rests], promise, work)
    if PLANNED_AT_ONCE in (len(needless), len(passed)):
        return True
    today = work.now.astimezone(KYIV).date()
    if not center.works_on(today):
        return False
    planned = await work.contacts.planned(center.id, datetime.combine(today, time(), KYIV))
    if planned < promise.limit:
        left = promise.limit - planned
        near = await work.contact_dates.uncalled(center.id, work.now + AHEAD, left + len(lately))
        waited = [side for side in near if side.heard.by_voice or (side.person, side.case) not in lately]
        soon = sorted(await coming(waited, promise, work), key=by_date)
        await _plan(soon[:left], center, work)
    return False


async def _plan(who: Sequence[Coming], center: Center, work: Work) -> None:
    for next, side in who:
        if not side.called:
            due = center.by(next.at)
            await work.calls.add_task(Reason.CONTACT, person=side.person, center=center.id, report=side.report, due=due)


async def promised_to(report: ReportId, center: Center, work: Work) -> NextContact | None:
    """By when the relative of a report hears from the center, as far as that is truly promised; nothing where the day
    has passed: then no new one is named. A day that the center does not reach at the pace that was measured is named to
    nobody either."""
    promise = (await work.contacts.promises()).get(center.id)
    side = await work.contacts.side(report) if promise is not None else None
    if promise is None or side is None or side.rests:
        return None
    [(next, _)] = await coming([side], promise, work)
    by = center.by(next.at)
    return replace(next, at=by) if by > work.now and await _reaches(by, center, work) else None


async def _reaches(by: datetime, center: Center, work: Work) -> bool:
    """Is the center through by then with those whose dates have passed, if it goes on as it did in the last weeks? Who
    was not reached in all these weeks, is hardly reached by more calls."""
    _, long_ago, passed = await work.contact_dates.counted(center.id, work.now - MEASURED, work.now)
    behind = passed - long_ago
    if not behind:
        return True
    pace = await work.contact_dates.talked(center.id, work.now - MEASURED) / MEASURED_DAYS
    return pace > 0 and center.after(work.now, ceil(behind / pace)) <= by
