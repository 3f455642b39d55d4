"""Whether a center or one of its staff is there: by the clock in Kyiv, on the nights when it changes too."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.booking.slots import Timetable, on_day
from casework.centers import KYIV, Center, Disclosure
from casework.ids import CenterId, StaffId
from casework.presence import Absence, hours, there

CENTER = Center(CenterId("lviv"), ("lviv",), (), 49.84, 24.03, Disclosure.PUBLIC)
ILL, WELL = StaffId(1), StaffId(2)
ABSENCES = (Absence(ILL, date(2026, 11, 24), date(2026, 11, 25)),)


def kyiv(day: int, hour: int, minute: int = 0) -> datetime:
    """In November 2026; the 27th is a Friday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=KYIV)


@pytest.mark.parametrize(
    ("at", "who", "is_there"),
    [
        (kyiv(24, 10), None, True),
        (kyiv(24, 9, 59), None, False),
        (kyiv(24, 17), None, False),
        (kyiv(28, 12), None, False),
        (kyiv(24, 12), ILL, False),
        (kyiv(25, 16, 59), ILL, False),
        (kyiv(26, 10), ILL, True),
        (kyiv(24, 12), WELL, True),
        (kyiv(28, 12), WELL, False),
    ],
)
def test_there_is_whoever_works_then_and_is_not_away(at: datetime, who: StaffId | None, is_there: bool) -> None:
    assert there(CENTER, at, who, ABSENCES) is is_there
    assert there(CENTER, at.astimezone(UTC), who, ABSENCES) is is_there


@given(st.dates(date(2025, 1, 1), date(2030, 1, 1)), st.sampled_from([ILL, WELL]))
def test_every_slot_lies_where_its_specialist_is_there(day: date, who: StaffId) -> None:
    center = Center(CenterId("lviv"), (), (), 0, 0, Disclosure.PUBLIC, opens=time(0), weekdays=tuple(range(7)))
    slots = list(on_day(center, Timetable(), day, who, ABSENCES))
    assert bool(slots) is (hours(center, day, who, ABSENCES) is not None)
    assert all(there(center, at, who, ABSENCES) for at in slots)
    assert all(later - at >= timedelta(minutes=59) for at, later in pairwise(slots))
