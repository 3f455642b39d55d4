"""How long a family waits for an answer, in the hours in which the center is there; and what may be said of it.

What is said comes from what was measured at that center. Where too little was measured, nothing is promised.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING, Final

from casework import presence

if TYPE_CHECKING:
    from casework.centers import Center

LATE_AFTER: Final = timedelta(hours=7)
"""Working hours: words that have waited for so long are late, whatever is usual. A working day."""

MEASURED_FROM: Final = 10
"""Answers, from which on it may be said how long one usually takes."""

MEASURED: Final = 100
"""The last so many answers of a center tell how long one takes there now."""

USUAL: Final = 0.9
"""The share of the answers that came within what is called usual."""

_YEAR: Final = 366


def working_time(center: Center, since: datetime, until: datetime) -> timedelta:
    """How much of the time between two moments the center was there: what a family has truly waited for an answer."""
    day, last = since.astimezone(presence.KYIV).date(), until.astimezone(presence.KYIV).date()
    waited = timedelta()
    while day <= last:
        hours = presence.hours(center, day)
        if hours is not None:
            waited += max(min(hours[1], until) - max(hours[0], since), timedelta())
        day += timedelta(days=1)
    return waited


def after_working(center: Center, since: datetime, much: timedelta) -> datetime:
    """The moment at which the center will have been there for so long since then; in UTC."""
    day, left = since.astimezone(presence.KYIV).date(), much
    for _ in range(_YEAR):
        hours = presence.hours(center, day)
        if hours is not None:
            there = max(hours[1] - max(hours[0], since), timedelta())
            if timedelta() < left <= there:
                return (max(hours[0], since) + left).astimezone(UTC)
            left -= there
        day += timedelta(days=1)
    return (since + much).astimezone(UTC)  # a center that is never there: what is late is seen all the same


def usual(answered: Sequence[timedelta], waiting: Sequence[timedelta] = ()) -> timedelta | None:
    """Within how many whole working hours nine of ten families were answered; None where too little was measured.
    `waiting` are those who wait now: who waits longer than usual counts, or only the quick would be counted."""
    if len(answered) < MEASURED_FROM:
        return None
    ordered = sorted(answered)
    place = min(ceil(USUAL * len(ordered)), len(ordered)) - 1
    late = [one for one in waiting if one > ordered[place]]
    ordered = sorted([*answered, *late])
    place = min(ceil(USUAL * len(ordered)), len(ordered)) - 1
    return timedelta(hours=max(ceil(ordered[place] / timedelta(hours=1)), 1))
