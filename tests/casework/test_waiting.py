"""How long an offer of a place stands: by day, where the person lives, and not beyond what would be too late."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from casework.quiet_hours import outside
from casework.waiting_list import OfferClock, clock

KYIV = ZoneInfo("Europe/Kyiv")
TORONTO = ZoneInfo("America/Toronto")
LONG = timedelta(days=9)


def kyiv(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=KYIV)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (kyiv(24, 10), 3, kyiv(24, 13)),
        (kyiv(24, 18), 3, kyiv(25, 8)),
        (kyiv(24, 20), 3, kyiv(25, 10)),
        (kyiv(24, 20, 59), 14, kyiv(26, 8, 59)),
        (kyiv(24, 8), 13, kyiv(25, 8)),
    ],
)
def test_the_night_does_not_count(start: datetime, hours: int, end: datetime) -> None:
    assert outside(start, timedelta(hours=hours), KYIV) == end


def test_on_the_night_of_a_clock_change_an_hour_is_an_hour() -> None:
    saturday = datetime(2027, 3, 27, 20, tzinfo=KYIV)
    assert outside(saturday, timedelta(hours=3), KYIV) == datetime(2027, 3, 28, 10, tzinfo=KYIV)


@pytest.mark.parametrize(
    ("now", "answer_by", "zone", "expected"),
    [
        (kyiv(24, 10), kyiv(26, 17), KYIV, (kyiv(24, 10), kyiv(24, 13))),
        (kyiv(24, 10), kyiv(24, 12), KYIV, (kyiv(24, 10), kyiv(24, 12))),
        (kyiv(24, 10), kyiv(24, 10, 59), KYIV, None),
        (kyiv(24, 23), kyiv(26, 17), KYIV, (kyiv(25, 8), kyiv(25, 11))),
        (kyiv(25, 3), kyiv(25, 8, 30), KYIV, None),
        (kyiv(24, 20), kyiv(26, 17), KYIV, (kyiv(24, 20), kyiv(25, 10))),
        # Noon in Kyiv is night in Toronto: it is said at 8:00 there, at 15:00 here.
        (kyiv(24, 12), kyiv(26, 17), TORONTO, (kyiv(24, 15), kyiv(24, 18))),
        # The last moment lies in the night: who lives there could not answer then.
        (kyiv(24, 20), kyiv(25, 7), KYIV, None),
    ],
)
def test_until_when_it_stands(
    now: datetime, answer_by: datetime, zone: ZoneInfo, expected: tuple[datetime, datetime] | None
) -> None:
    found = clock(now.astimezone(UTC), answer_by.astimezone(UTC), zone)
    assert found == (OfferClock(*expected) if expected else None)
