"""The quiet hours: no push goes at night, by the clock of where the person lives."""

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

QUIET_FROM: Final = time(21)
QUIET_TO: Final = time(8)

INSTEAD: Final = time(20)
"""What would fall into the quiet hours and cannot wait for the morning goes at this time before them."""


def is_quiet(moment: datetime, zone: ZoneInfo) -> bool:
    local = moment.astimezone(zone).time()
    return local >= QUIET_FROM or local < QUIET_TO


def morning(moment: datetime, zone: ZoneInfo) -> datetime:
    """When the quiet hours end into which the moment falls, in UTC."""
    local = moment.astimezone(zone)
    day = local.date() + timedelta(days=1) if local.time() >= QUIET_FROM else local.date()
    return datetime.combine(day, QUIET_TO, tzinfo=zone).astimezone(UTC)


def by_day(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment itself, or 20:00 before the quiet hours into which it falls; in UTC."""
    if not is_quiet(moment, zone):
        return moment
    local = moment.astimezone(zone)
    evening = local.date() if local.time() >= QUIET_FROM else local.date() - timedelta(days=1)
    return datetime.combine(evening, INSTEAD, tzinfo=zone).astimezone(UTC)


def outside(start: datetime, much: timedelta, zone: ZoneInfo) -> datetime:
    """The moment after so much time outside of the quiet hours, from a start by day; in UTC."""
    while True:
        local = start.astimezone(zone)
        evening = datetime.combine(local.date(), QUIET_FROM, tzinfo=zone).astimezone(UTC)
        left = evening - start.astimezone(UTC)
        if much < left:
            return start.astimezone(UTC) + much
        start, much = morning(evening, zone), much - left
