"""When reminders go: any appointment, any zone, any clock change; never at night, never dropped."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from casework.booking.appointments import EXAMPLE, AppointmentState
from casework.booking.reminding import (
    SHORTLY,
    Before,
    Reminder,
    call_time,
    means_something,
    moves_on,
    not_before,
    reminder_times,
)
from casework.centers import KYIV, Center, Disclosure
from casework.ids import AppointmentId, CenterId
from casework.quiet_hours import INSTEAD, is_quiet, morning

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
ZONES = st.sampled_from(
    [
        "Europe/Kyiv",
        "Europe/Warsaw",
        "Europe/Berlin",
        "Europe/Lisbon",
        "America/New_York",
        "America/Los_Angeles",
        "America/St_Johns",
        "America/Sao_Paulo",
        "Asia/Jerusalem",
        "Asia/Tokyo",
        "Asia/Kolkata",
        "Australia/Sydney",
        "Australia/Lord_Howe",
        "Pacific/Auckland",
        "Pacific/Chatham",
        "UTC",
    ]
)
SLOTS = st.builds(
    lambda day, hour, quarter: datetime.combine(day, time(hour, quarter * 15), tzinfo=KYIV).astimezone(UTC),
    st.dates(datetime(2025, 1, 1).date(), datetime(2029, 12, 31).date()),  # noqa: DTZ001
    st.integers(8, 19),
    st.integers(0, 3),
)
"""Beginnings of appointments, by the clock in Kyiv."""

SPRING = datetime(2026, 3, 30, 11, tzinfo=KYIV)  # Monday: the clocks went forward on Sunday night, 29 March
AUTUMN = datetime(2026, 10, 25, 11, tzinfo=KYIV)  # the Sunday on which they went back


def wall(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def exists(wall_time: datetime, zone: str) -> bool:
    """A clock that goes forward leaves out an hour."""
    return wall(wall_time.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC), zone) == wall_time


@given(SLOTS, ZONES)
@example(SPRING, "Europe/Kyiv")
@example(AUTUMN, "Europe/Kyiv")
@example(datetime(2026, 3, 29, 11, tzinfo=KYIV), "Europe/Kyiv")
@example(datetime(2026, 3, 9, 22, tzinfo=KYIV), "America/New_York")
def test_the_day_before_at_the_same_wall_time_two_hours_before_and_never_at_night(start: datetime, zone: str) -> None:
    clock = ZoneInfo(zone)
    moments = reminder_times(start, zone, LONG_AGO)
    assert [before for before, _ in moments] == [Before.DAY, Before.HOURS], "none is dropped"
    times = dict(moments)
    assert times[Before.DAY] <= times[Before.HOURS] < start
    for moment in times.values():
        assert not is_quiet(moment, clock)
        assert moment.tzinfo is UTC
    day_before = wall(start, zone) - timedelta(days=1)
    for before, wanted in ((Before.DAY, day_before), (Before.HOURS, wall(start - SHORTLY, zone))):
        if time(8) <= wanted.time() < time(21):
            if exists(wanted, zone):
                assert wall(times[before], zone) == wanted
        else:
            assert wall(times[before], zone).time() == INSTEAD
            assert timedelta(0) < wanted - wall(times[before], zone) <= timedelta(hours=12)


@given(SLOTS, ZONES, st.integers(0, 100))
def test_what_is_booked_late_is_reminded_of_as_far_as_there_is_time(start: datetime, zone: str, hours: int) -> None:
    booked = start - hours * HOUR
    moments = reminder_times(start, zone, booked)
    assert moments == tuple(one for one in reminder_times(start, zone, LONG_AGO) if one[1] > booked)
    if hours > 36:  # the night takes at most twelve hours off the day before
        assert len(moments) == 2


@given(SLOTS, ZONES, ZONES, st.lists(st.integers(1, 40), min_size=1, max_size=12), st.integers(0, 60))
def test_whatever_ticks_are_missed_whoever_moves_one_reminder_comes(
    start: datetime, zone: str, then: str, pauses: list[int], first: int
) -> None:
    """Rows are made in one zone, and the family may have gone to another; ticks come when they come, one at least in
    the last hour. Whatever happens: no reminder after the beginning, at night only where there is no other time."""
    visit = replace(EXAMPLE, starts_at=start, ends_at=start + HOUR)
    due = dict(reminder_times(start, zone, LONG_AGO))
    ticks = [start - timedelta(hours=60) + timedelta(hours=first)]
    for pause in pauses:
        ticks.append(ticks[-1] + pause * HOUR)
    ticks = [tick for tick in ticks if tick < start - HOUR] + [start - timedelta(minutes=30)]
    sent: list[datetime] = []
    for now in ticks:
        for before in [before for before, at in due.items() if at <= now]:
            reminder = Reminder(1, visit.id, before, start)
            if not means_something(reminder, visit, then, now):
                assert before is Before.DAY
                assert Before.HOURS in due, "the day's gives way only to one that is still to come"
                del due[before]
                continue
            until = not_before(reminder, then, now)
            assert until >= now
            if until > now:
                assert until < start
                due[before] = until
                continue
            if is_quiet(now, ZoneInfo(then)):
                quarters = range(int((start - now) / timedelta(minutes=15)))
                left = [now + timedelta(minutes=15 * quarter) for quarter in quarters]
                assert all(is_quiet(at, ZoneInfo(then)) for at in left), "there is no other time before it begins"
            sent.append(now)
            del due[before]
    assert sent or all(at > ticks[-1] for at in due.values())
    assert all(at < start for at in [*sent, *due.values()])


@given(SLOTS, ZONES)
def test_a_reminder_that_is_due_on_time_goes_at_once(start: datetime, zone: str) -> None:
    visit = replace(EXAMPLE, starts_at=start, ends_at=start + HOUR)
    for before, moment in reminder_times(start, zone, LONG_AGO):
        reminder = Reminder(1, visit.id, before, start)
        assert means_something(reminder, visit, zone, moment) or before is Before.DAY
        assert not_before(reminder, zone, moment) == moment


@given(SLOTS, ZONES)
def test_what_does_not_go_takes_another_way_in_time_and_by_day_if_it_can(start: datetime, zone: str) -> None:
    clock = ZoneInfo(zone)
    for before, now in reminder_times(start, zone, LONG_AGO):
        reminder = Reminder(1, EXAMPLE.id, before, start)
        if means_something(reminder, replace(EXAMPLE, starts_at=start), zone, now):
            moment = moves_on(reminder, zone, now)
            assert now < moment <= start - HOUR
            assert not is_quiet(moment, clock) or morning(moment, clock) > start - 3 * HOUR
            assert means_something(reminder, replace(EXAMPLE, starts_at=start), zone, moment)


def test_one_reminder_is_left_where_both_fall_on_the_same_evening() -> None:
    """10:00 in Kyiv is 3:00 in New York: two hours before and the day before would both go in the evenings."""
    start = datetime(2026, 11, 25, 10, tzinfo=KYIV)
    day, hours = (moment for _, moment in reminder_times(start, "America/New_York", LONG_AGO))
    assert wall(day, "America/New_York") == datetime(2026, 11, 23, 20)  # noqa: DTZ001
    assert wall(hours, "America/New_York") == datetime(2026, 11, 24, 20)  # noqa: DTZ001


def test_a_reminder_of_what_is_no_more_means_nothing() -> None:
    start = EXAMPLE.starts_at
    soon = start - HOUR
    for before in Before:
        reminder = Reminder(1, AppointmentId(1), before, start)
        for state in AppointmentState:
            meant = means_something(reminder, replace(EXAMPLE, state=state), "Europe/Kyiv", soon - 30 * HOUR)
            assert meant is (state is AppointmentState.BOOKED)
        moved = replace(EXAMPLE, starts_at=start + HOUR)
        assert not means_something(reminder, moved, "Europe/Kyiv", soon - 30 * HOUR)
        assert not means_something(reminder, EXAMPLE, "Europe/Kyiv", start)


@given(SLOTS, st.integers(0, 200))
def test_who_must_be_called_is_called_on_a_working_day(start: datetime, hours: int) -> None:
    center = Center(CenterId("kharkiv"), (), (), 49.99, 36.23, Disclosure.CONFIRMED)
    booked = start - hours * HOUR
    moment = call_time(start, center, booked)
    if hours <= 24:
        assert moment is None, "they have just booked"
    else:
        assert moment is not None
        assert booked <= moment < start
        local = moment.astimezone(KYIV)
        if moment > booked:
            assert center.works_on(local.date())
            assert local.time() == start.astimezone(KYIV).time()
            assert center.work_day(local.date(), 1) >= start.astimezone(KYIV).date()
