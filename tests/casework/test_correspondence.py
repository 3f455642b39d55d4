"""How long a family waits for an answer, in the hours in which the center is there, and what is said of it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casework.centers import Center, Disclosure
from casework.correspondence.answer_times import LATE_AFTER, after_working, usual, working_time
from casework.ids import CenterId

CENTER = Center(CenterId("lviv"), ("lviv",), (), 49.84, 24.03, Disclosure.PUBLIC)
"""Monday to Friday, 10:00 to 17:00 in Kyiv."""

TWO_YEARS = 2 * 365 * 24 * 60
MOMENTS = st.integers(0, TWO_YEARS).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
HOURS = st.integers(1, 60 * 60).map(lambda minutes: timedelta(minutes=minutes))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A day of November 2026, by the clock in UTC; Kyiv is two hours ahead, the 27th a Friday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def test_nights_and_weekends_are_no_waiting() -> None:
    assert working_time(CENTER, at(27, 8), at(27, 9, 30)) == timedelta(hours=1, minutes=30)
    assert working_time(CENTER, at(27, 14), at(30, 9)) == timedelta(hours=2), "an hour on Friday, one on Monday"
    assert working_time(CENTER, at(28, 8), at(29, 20)) == timedelta()
    assert working_time(CENTER, at(27, 9), at(27, 8)) == timedelta(), "a clock that was set back"


def test_a_promise_from_friday_evening_ends_on_monday() -> None:
    assert after_working(CENTER, at(27, 19), timedelta(hours=2)) == at(30, 10)
    assert after_working(CENTER, at(27, 14), timedelta(hours=2)) == at(30, 9)
    assert after_working(CENTER, at(30, 8), LATE_AFTER) == at(30, 15)


@given(since=MOMENTS, much=HOURS)
def test_so_much_later_so_much_was_waited(since: datetime, much: timedelta) -> None:
    """Across changes of the clock, too."""
    assert working_time(CENTER, since, after_working(CENTER, since, much)) == much


def test_nothing_is_said_before_it_was_measured() -> None:
    hour = timedelta(hours=1)
    assert usual([hour] * 9) is None
    assert usual([timedelta(minutes=5)] * 10) == hour, "no less than an hour"
    assert usual([hour] * 8 + [3 * hour] * 2) == 3 * hour, "nine of ten, and not most of them"


def test_who_waits_longer_than_usual_counts() -> None:
    quick = [timedelta(minutes=30)] * 10
    assert usual(quick, [timedelta(minutes=10)] * 50) == timedelta(hours=1)
    assert usual(quick, [timedelta(hours=20)] * 5) == timedelta(hours=20)
