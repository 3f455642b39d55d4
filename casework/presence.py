"""Is it there then? The one place that knows the hours of a center and who of it is away. Slots, calls, promises, the
day sheet and the call to those on duty ask here. A room is there while its center is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from casework.ids import StaffId

if TYPE_CHECKING:
    from casework.centers import Center

KYIV: Final = ZoneInfo("Europe/Kyiv")


@dataclass(frozen=True, slots=True)
class Absence:
    """Days, both included, in Kyiv, on which a member of staff sees nobody."""

    staff: StaffId
    first: date
    last: date


def hours(
    center: Center, day: date, who: StaffId | None = None, absences: Sequence[Absence] = ()
) -> tuple[datetime, datetime] | None:
    """From when until when, in UTC, the center is there on a day in Kyiv, or one of its staff; None if not at all.
    `absences` may be of several."""
    away = any(one.staff == who and one.first <= day <= one.last for one in absences)
    return None if away or day.weekday() not in center.weekdays else _between(center.opens, center.closes, day)


@lru_cache(10_000)
def _between(opens: time, closes: time, day: date) -> tuple[datetime, datetime]:
    """By the clock in Kyiv; asked for the same days again and again."""
    first, last = (datetime.combine(day, clock, tzinfo=KYIV).astimezone(UTC) for clock in (opens, closes))
    return first, last


def there(center: Center, at: datetime, who: StaffId | None = None, absences: Sequence[Absence] = ()) -> bool:
    """Is the center, or one of its staff, there at that moment?"""
    found = hours(center, at.astimezone(KYIV).date(), who, absences)
    return found is not None and found[0] <= at < found[1]
