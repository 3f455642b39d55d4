"""Which times are free: with whom, where, for whom. Families, a push and the waiting list are offered what is here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from casework import holding
from casework.booking.appointments import Appointment, Means
from casework.booking.slots import Specialist, bookable, in_time, is_free, on_day
from casework.centers import KYIV, Center, Disclosure
from casework.holding import BusyTimes
from casework.ids import CenterId, PersonId, StaffId, StructureId
from casework.presence import Absence
from casework.reference import Sort

if TYPE_CHECKING:
    from casework.work import Work

CALL = "call"
"""Stands for a center where people talk by phone or video: any center's specialist may call."""

FIRST: Final = 8
"""Specialists of whom what is taken is read first; of all, it can be a country's."""


def place_of(appointment: Appointment) -> str:
    """Where slots for moving it are looked for."""
    return appointment.center if appointment.means is Means.VISIT else CALL


async def specialists(place: str, structure: StructureId | None, work: Work) -> Sequence[Specialist]:
    center = None if place == CALL else CenterId(place)
    return await work.bookings.specialists(center, structure)


async def by_specialist(place: str, structure: StructureId, work: Work) -> Mapping[Specialist, Sequence[datetime]]:
    """Each specialist's free slots, nearest first."""
    slots = await _by_hours(place, structure, work)
    taken = await _taken(slots, {start for starts in slots.values() for start in starts}, None, work)
    return {one: [start for start in starts if is_free(one, start, taken)] for one, starts in slots.items()}


async def free_times(
    place: str, structure: StructureId, person: PersonId | None, work: Work, at: datetime | None = None
) -> tuple[datetime, ...]:
    """When anybody of that structure is free, and the person too, nearest first; with `at`, only if then.

    What is taken is read of a few specialists, and of more only between the times at which none of those is free."""
    slots = await _by_hours(place, structure, work, at)
    left, free = {start for starts in slots.values() for start in starts}, set[datetime]()
    some, asked = FIRST, iter(slots)
    while left and (next_ones := list(islice(asked, some))):
        taken, shortest = await _taken(next_ones, left, person, work), min(one.timetable.length for one in slots)
        left = {start for start in left if _has_time(person, start, shortest, taken)}
        found = {
            start for one in next_ones for start in left.intersection(slots[one]) if _fits(one, start, person, taken)
        }
        free, left, some = free | found, left - found, 2 * some
    return tuple(sorted(free))


async def who_is_free(
    place: str, structure: StructureId, at: datetime, person: PersonId, work: Work
) -> Sequence[Specialist]:
    """Those with whom that very slot is offered; the family's own center first."""
    there = [one for one, starts in (await _by_hours(place, structure, work, at)).items() if starts]
    taken = await _taken(there, {at}, person, work)
    found = [one for one in there if _fits(one, at, person, taken)]
    if place != CALL:
        return found
    near = await work.centers.answering_for((await work.people.get(person)).profile.region)
    return sorted(found, key=lambda one: one.center != near.id)


async def _by_hours(
    place: str, structure: StructureId, work: Work, at: datetime | None = None
) -> Mapping[Specialist, Sequence[datetime]]:
    """Each specialist's slots by the hours of their center, nearest first; with `at`, only that slot."""
    there = await specialists(place, structure, work)
    centers = {center.id: center for center in await work.centers.all()}
    away = defaultdict[StaffId, list[Absence]](list)
    for absence in await work.bookings.absences(work.now.astimezone(KYIV).date()):
        away[absence.staff].append(absence)

    def since(center: Center) -> datetime:
        # Where the address is not published, somebody has to call before the visit, and does so while the center works.
        confirmed = place != CALL and center.disclosure is Disclosure.CONFIRMED
        return center.working(work.now) if confirmed else work.now

    def slots(one: Specialist) -> list[datetime]:
        center, absences = centers[one.center], away.get(one.staff, ())
        first = since(center)
        return [
            start
            for day in (bookable(first) if at is None else (at.astimezone(KYIV).date(),))
            if work.book.holds(Sort.STRUCTURE, structure, day)
            for start in on_day(center, one.timetable, day, one.staff, absences)
            if in_time(start, first) and at in (None, start)
        ]

    alike: dict[Any, list[datetime]] = {}
    found = {}
    for one in there:
        center = centers[one.center]
        kind = (
            one.timetable,
            center.opens,
            center.closes,
            center.weekdays,
            since(center),
            one.staff in away and one.staff,
        )
        if kind not in alike:
            alike[kind] = slots(one)
        found[one] = alike[kind]
    return found


def _fits(one: Specialist, start: datetime, person: PersonId | None, taken: BusyTimes) -> bool:
    """Have both time then, the specialist and the person?"""
    return is_free(one, start, taken) and _has_time(person, start, one.timetable.length, taken)


def _has_time(person: PersonId | None, start: datetime, length: timedelta, taken: BusyTimes) -> bool:
    return person is None or taken.are_free(holding.person(person), start, start + length)


async def _taken(
    of: Collection[Specialist], starts: Collection[datetime], person: PersonId | None, work: Work
) -> BusyTimes:
    """What is taken of specialists, and of the person, around slots that begin then."""
    if not of or not starts:
        return BusyTimes()
    since = min(starts) - max(one.timetable.pause for one in of)
    return await work.bookings.taken(of, person, since, max(starts) + max(one.timetable.length for one in of))
