"""A center's working days and hours, and the promises of calls that are counted in them."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casework.calls import Window, promised
from casework.centers import KYIV, Center, Disclosure
from casework.ids import CenterId

CENTER = Center(CenterId("kharkiv"), ("kharkiv",), (), 49.99, 36.23, Disclosure.CONFIRMED)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
CENTERS = st.builds(
    lambda days, opens, hours: Center(
        CenterId("kharkiv"),
        (),
        (),
        49.99,
        36.23,
        Disclosure.CONFIRMED,
        opens=time(opens),
        closes=time(opens + hours),
        weekdays=tuple(days),
    ),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(7, 12),
    st.integers(1, 11),
)


def kyiv(day: int, hour: int, minute: int = 0) -> datetime:
    """In November 2026; the 27th is a Friday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=KYIV)


@pytest.mark.parametrize(
    ("asked", "wished", "by"),
    [
        (kyiv(24, 11), Window.ANY, kyiv(25, 11)),
        (kyiv(24, 11), Window.MORNING, kyiv(25, 13)),
        (kyiv(24, 11), Window.AFTERNOON, kyiv(25, 17)),
        (kyiv(24, 8), Window.ANY, kyiv(25, 10)),
        (kyiv(27, 15, 30), Window.ANY, kyiv(30, 15, 30)),
        (kyiv(27, 15, 30), Window.MORNING, kyiv(30, 13)),
        (kyiv(27, 20), Window.ANY, datetime(2026, 12, 1, 10, tzinfo=KYIV)),
        (kyiv(28, 12), Window.AFTERNOON, datetime(2026, 12, 1, 17, tzinfo=KYIV)),
    ],
)
def test_a_call_is_promised_for_when_somebody_works(asked: datetime, wished: Window, by: datetime) -> None:
    assert promised(CENTER, asked, wished=wished) == by


def test_a_report_of_thursday_is_answered_by_tuesday() -> None:
    assert promised(CENTER, kyiv(26, 12), days=3) == datetime(2026, 12, 1, 12, tzinfo=KYIV)


@given(CENTERS, MOMENTS, st.integers(1, 5), st.sampled_from(Window))
def test_no_promise_names_a_day_on_which_the_center_is_closed(
    center: Center, now: datetime, days: int, wished: Window
) -> None:
    by = promised(center, now, days, wished)
    local = by.astimezone(KYIV)
    assert by > now
    assert center.works_on(local.date())
    assert center.opens <= local.time() <= center.closes
    assert by.tzinfo is UTC


def test_what_is_to_be_done_by_the_opening_is_done_on_the_working_day_before() -> None:
    assert CENTER.by(kyiv(24, 10)) == kyiv(23, 17)
    assert CENTER.by(kyiv(23, 10)) == kyiv(20, 17)
    assert CENTER.by(kyiv(24, 10, 1)) == kyiv(24, 10, 1)


@given(CENTERS, MOMENTS)
@example(CENTER, kyiv(24, 10).astimezone(UTC))
@example(CENTER, kyiv(24, 17).astimezone(UTC))
def test_working_moments_are_the_nearest_ones(center: Center, moment: datetime) -> None:
    after, before = center.working(moment), center.by(moment)
    assert before <= moment <= after
    assert center.open_at(after)
    assert center.open_at(before - timedelta(microseconds=1))
    if center.open_at(moment):
        assert after == moment
    else:
        hours = int((after - before) / timedelta(hours=1))
        between = (before + timedelta(hours=number, minutes=30) for number in range(hours))
        assert not any(center.open_at(at) for at in between if before < at < after)


@given(st.dates(datetime(2024, 1, 1).date(), datetime(2030, 1, 1).date()), st.integers(1, 9))  # noqa: DTZ001
def test_so_many_working_days_there_and_back(day: object, away: int) -> None:
    there = CENTER.work_day(day, away)  # type: ignore[arg-type]
    assert CENTER.works_on(there)
    back = CENTER.work_day(there, -away)
    assert back == (day if CENTER.works_on(day) else CENTER.work_day(day, -1))  # type: ignore[arg-type]
