"""What counts as an outage of a channel, and who may have written in it."""

from datetime import UTC, datetime, timedelta

import pytest

from casework.actor import Channel
from casework.ids import PersonId
from casework.outages import REPEATED, LastSeen, Outage, Signs, Watch, may_have_written, outage_between, watched

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def viber(heard_at: datetime = NOON, *, probes: bool = True) -> Watch:
    return Watch(Channel.VIBER, heard_at, probes)


def test_a_quiet_night_is_no_outage_where_our_address_answers() -> None:
    watch = viber()
    for look in range(1, 100):
        after = watched(watch, Signs(reached=True), NOON + look * MINUTE)
        assert outage_between(watch, after) is None
        watch = after
    assert watch.heard_at == NOON + 99 * MINUTE


def test_the_watch_stands_still_while_our_address_does_not_answer() -> None:
    silent = Signs(heard_at=NOON - MINUTE, reached=False, silent_since=NOON + MINUTE)
    watch = watched(viber(), silent, NOON + 2 * HOUR)
    assert watch == viber()
    again = watched(watch, Signs(reached=True), NOON + 3 * HOUR)
    assert outage_between(watch, again) == Outage(Channel.VIBER, NOON, NOON + 3 * HOUR)


def test_what_came_in_proves_that_we_are_heard() -> None:
    came = NOON + 2 * MINUTE
    watch = watched(viber(), Signs(heard_at=came, reached=False, silent_since=NOON + 3 * MINUTE), NOON + 4 * MINUTE)
    assert watch == viber(came)


def test_an_address_that_was_never_reached_from_here_is_not_believed() -> None:
    watch = viber(probes=False)
    assert watched(watch, Signs(reached=False, silent_since=NOON), NOON + HOUR) == viber(NOON + HOUR, probes=False)
    assert watched(watch, Signs(reached=True), NOON + HOUR).probes


def test_whoever_calls_amid_the_silence_shows_that_it_means_nothing() -> None:
    amid = Signs(heard_at=NOON + 9 * MINUTE, reached=False, silent_since=NOON + MINUTE)
    watch = watched(viber(), amid, NOON + 10 * MINUTE)
    assert watch == viber(NOON + 9 * MINUTE, probes=False)
    assert watched(watch, amid, NOON + HOUR).heard_at == NOON + HOUR


def test_a_channel_that_we_poll_is_heard_when_it_answers_and_else_not() -> None:
    watch = Watch(Channel.TELEGRAM, NOON)
    assert watched(watch, Signs(), NOON + HOUR) == watch
    answered = watched(watch, Signs(heard_at=NOON + HOUR), NOON + 2 * HOUR)
    assert answered.heard_at == NOON + HOUR
    assert watched(answered, Signs(heard_at=NOON), NOON + 3 * HOUR) == answered, "another process heard it later"


@pytest.mark.parametrize("channel", REPEATED)
def test_what_the_platform_repeats_is_not_lost(channel: Channel) -> None:
    before = Watch(channel, NOON)
    assert outage_between(before, Watch(channel, NOON + REPEATED[channel])) is None
    assert outage_between(before, Watch(channel, NOON + REPEATED[channel] + MINUTE)) is not None


@pytest.mark.parametrize(
    ("before", "under_way", "asked"),
    [
        (timedelta(hours=23), False, True),
        (timedelta(hours=25), False, False),
        (timedelta(hours=25), True, True),
        (timedelta(days=29), True, True),
        (timedelta(days=31), True, False),
        (-3 * HOUR, False, True),  # wrote as soon as we were back; what they wrote before that is lost all the same
    ],
)
def test_who_may_have_written(before: timedelta, under_way: bool, asked: bool) -> None:
    outage = Outage(Channel.VIBER, NOON, NOON + 2 * HOUR)
    assert may_have_written(LastSeen(PersonId(1), NOON - before, under_way), outage) is asked
