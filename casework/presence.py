"""Is it there then? The one place that knows the hours of a center and who of it is away. Slots, calls, promises, the
day sheet and the call to those on duty ask here. A room is there while its center is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
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
    if away or day.weekday() not in center.weekdays:
        return None
    opens, closes = (datetime.combine(day, clock, tzinfo=KYIV) for clock in (center.opens, center.closes))
    return opens.astimezone(UTC), closes.astimezone(UTC)


def there(center: Center, at: datetime, who: StaffId | None = None, absences: Sequence[Absence] = ()) -> bool:
    """Is the center, or one of its staff, there at that moment?"""
    found = hours(center, at.astimezone(KYIV).date(), who, absences)
    return found is not None and found[0] <= at < found[1]
