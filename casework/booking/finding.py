"""Which times are free: with whom, where, for whom. Families, a push and the waiting list are offered what is here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from casework.booking.appointments import Appointment, Means
from casework.booking.slots import Specialist, free_for
from casework.centers import KYIV, Disclosure
from casework.ids import CenterId, PersonId, StructureId
from casework.reference import Sort

if TYPE_CHECKING:
    from casework.work import Work

CALL = "call"
"""Stands for a center where people talk by phone or video: any center's specialist may call."""


def place_of(appointment: Appointment) -> str:
    """Where slots for moving it are looked for."""
    return appointment.center if appointment.means is Means.VISIT else CALL


async def specialists(place: str, structure: StructureId | None, work: Work) -> Sequence[Specialist]:
    center = None if place == CALL else CenterId(place)
    return await work.bookings.specialists(center, structure)


async def free(
    place: str, structure: StructureId, person: PersonId | None, work: Work
) -> Mapping[Specialist, Sequence[datetime]]:
    """Each specialist's free slots, nearest first, without the times at which the person has something else."""
    there = await specialists(place, structure, work)
    centers = {center.id: center for center in await work.centers.all()}
    taken = await work.bookings.taken(there, work.now)
    absences = await work.bookings.absences(work.now.astimezone(KYIV).date())
    mine = await work.bookings.taken_by(person, work.now) if person is not None else ()
    found = {}
    for specialist in there:
        length, center = specialist.timetable.length, centers[specialist.center]
        # Where the address is not published, somebody has to call before the visit, and does so while the center works.
        confirmed = place != CALL and center.disclosure is Disclosure.CONFIRMED
        since = center.working(work.now) if confirmed else work.now
        found[specialist] = [
            start
            for start in free_for(specialist, center, taken, absences, since)
            if all(start >= busy.ends or start + length <= busy.starts for busy in mine)
            and work.book.holds(Sort.STRUCTURE, specialist.structure, start.astimezone(KYIV).date())
        ]
    return found


async def free_times(place: str, structure: StructureId, person: PersonId | None, work: Work) -> tuple[datetime, ...]:
    """When anybody of that structure is free, nearest first."""
    return tuple(sorted(set(chain.from_iterable((await free(place, structure, person, work)).values()))))


async def who_is_free(
    place: str, structure: StructureId, at: datetime, person: PersonId, work: Work
) -> Sequence[Specialist]:
    """Those with whom that very slot is offered; the family's own center first."""
    near = await work.centers.answering_for((await work.people.get(person)).profile.region)
    found = [one for one, slots in (await free(place, structure, person, work)).items() if at in slots]
    return sorted(found, key=lambda one: one.center != near.id)
