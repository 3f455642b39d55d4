"""When a specialist can see somebody: the center's hours in Kyiv time, cut into slots. Pure; all moments in UTC."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casework import holding
from casework.centers import Center
from casework.holding import BusyTimes
from casework.ids import CenterId, StaffId, StructureId
from casework.presence import KYIV, Absence, hours

AHEAD = timedelta(hours=2)
"""A slot is offered only if it begins at least so long from now: families travel."""

HORIZON = timedelta(days=30)
"""How far ahead one can book."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """How long a visit to a specialist lasts, and the pause after it."""

    length: timedelta = timedelta(minutes=45)
    pause: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Specialist:
    """Somebody who sees families: of one structure, at one center."""

    staff: StaffId
    structure: StructureId
    center: CenterId
    timetable: Timetable = Timetable()


def on_day(
    center: Center, times: Timetable, day: date, who: StaffId | None = None, absences: Sequence[Absence] = ()
) -> Iterator[datetime]:
    """The beginnings of a day's slots, from when the center opens; none on a day when the specialist is away."""
    open_hours = hours(center, day, who, absences)
    if open_hours is None:
        return
    start, end = open_hours
    while start + times.length <= end:
        yield start
        start += times.length + times.pause


def bookable(now: datetime) -> Sequence[date]:
    """The days in Kyiv on which one can book, the nearest first."""
    today = now.astimezone(KYIV).date()
    return [today + timedelta(days=number) for number in range(HORIZON.days + 1)]


def in_time(start: datetime, now: datetime) -> bool:
    """Is it late enough to come, and early enough to book?"""
    return now + AHEAD <= start <= now + HORIZON


def is_free(specialist: Specialist, start: datetime, taken: BusyTimes) -> bool:
    """Has the specialist time for a visit, and for the pause before it? After a change of length the old visits lie off
    the new grid: their pause is kept all the same."""
    times = specialist.timetable
    return taken.are_free(holding.specialist(specialist.staff), start - times.pause, start + times.length)
