"""Keeping the promise: before it runs out somebody of the center is asked to be in touch."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from math import ceil
from typing import TYPE_CHECKING, Final

from casework.calls import Reason
from casework.centers import KYIV, Center
from casework.contact.promise import AHEAD, NextContact, Promise, next_contact, spread
from casework.contact.sides import ContactDate, ContactSide
from casework.ids import CaseId, CenterId, PersonId, ReportId

if TYPE_CHECKING:
    from casework.work import Work

LOOKED_AT: Final = 1000
"""Relatives at most whose dates are worked out in one transaction: as long as it lasts, no call of theirs is noted."""

LOOKED_AGAIN: Final = timedelta(days=7)
"""For so long at most a date stands that was worked out; different relatives have different parts of it."""


MEASURED: Final = timedelta(days=28)
MEASURED_DAYS: Final = 20
"""Over so long a center's pace is measured, and the working days of it."""

Lately = Collection[tuple[PersonId, CaseId]]
"""To whom a word went lately that they may still open: each with the case."""

Tell = Callable[[CenterId, Promise, datetime, "Work"], Awaitable[Lately]]
"""Tells relatives of a center whose promise of a written word runs out by a moment what was checked, if anything."""


async def nobody(center: CenterId, promise: Promise, until: datetime, work: Work) -> Lately:
    """There is no word for anybody."""
    return ()


async def keep(center: CenterId, work: Work, tell: Tell = nobody) -> bool:
    """A tick of a center: if it has a promise, `tell` those who are due a written word soon, plan the calls of those
    who are due soon and have none, the nearest first, and close what is no longer needed. Returns whether there are
    more whose dates are to be worked out first: then commit, and ask once more."""
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
    await _ask(await work.centers.get(center), promise, lately, work)
    return False


async def _work_out(center: CenterId, sides: Sequence[ContactSide], promise: Promise, work: Work) -> None:
    """Keep by when those are due of whom something has changed."""
    dates = []
    for side in sides:
        due = None if side.rests else next_contact(side.heard, promise).at
        dates.append(ContactDate(side, due, work.now + LOOKED_AGAIN * (1 + spread(side.report)) / 2))
    await work.contact_dates.keep(center, dates)


async def _ask(center: Center, promise: Promise, lately: Lately, work: Work) -> None:
    """Whose date has passed is asked for at once, on whatever day: nobody is silent without a human who knows it. On
    working days those who are due soon come as well, up to the head's limit; not those who may still open a word."""
    for call in await work.contact_dates.needless(center.id, work.now + AHEAD):
        await work.calls.close(call)
    await _plan(await work.contact_dates.uncalled(center.id, work.now), center, promise, work)
    today = work.now.astimezone(KYIV).date()
    if not center.works_on(today):
        return
    planned = await work.contacts.planned(center.id, datetime.combine(today, time(), KYIV))
    if planned < promise.limit:
        left = promise.limit - planned
        near = await work.contact_dates.uncalled(center.id, work.now + AHEAD, left + len(lately))
        soon = [side for side in near if side.heard.by_voice or (side.person, side.case) not in lately]
        soon.sort(key=lambda side: (next_contact(side.heard, promise).at, side.report))
        await _plan(soon[:left], center, promise, work)


async def _plan(sides: Sequence[ContactSide], center: Center, promise: Promise, work: Work) -> None:
    for side in sides:
        if not (side.rests or side.called):
            due = center.by(next_contact(side.heard, promise).at)
            await work.calls.add_task(Reason.CONTACT, person=side.person, center=center.id, report=side.report, due=due)


async def promised_to(report: ReportId, center: Center, work: Work) -> NextContact | None:
    """By when the relative of a report hears from the center, as far as that is truly promised; nothing where the day
    has passed: then no new one is named. A day that the center does not reach at the pace that was measured is named to
    nobody either."""
    promise = (await work.contacts.promises()).get(center.id)
    side = await work.contacts.side(report) if promise is not None else None
    if promise is None or side is None or side.rests:
        return None
    coming = next_contact(side.heard, promise)
    by = center.by(coming.at)
    return replace(coming, at=by) if by > work.now and await _reaches(by, center, work) else None


async def _reaches(by: datetime, center: Center, work: Work) -> bool:
    """Is the center through by then with those whose dates have passed, if it goes on as it did in the last weeks? Who
    was not reached in all these weeks, is hardly reached by more calls."""
    _, long_ago, passed = await work.contact_dates.counted(center.id, work.now - MEASURED, work.now)
    behind = passed - long_ago
    if not behind:
        return True
    pace = await work.contact_dates.talked(center.id, work.now - MEASURED) / MEASURED_DAYS
    return pace > 0 and center.after(work.now, ceil(behind / pace)) <= by
