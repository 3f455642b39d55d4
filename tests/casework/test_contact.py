"""The promise: what is due when, and what it costs."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.contact.promise import LastHeard, Promise, PromiseKind, cost, next_contact
from casework.ids import StaffId
from casework.values import Unclear
from dialogs.contact import days

SINCE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
PROMISE = Promise(30, 90, 30, 40, SINCE, StaffId(1))
AGO = st.integers(0, 2000).map(lambda days: SINCE - timedelta(days=days))


def after(days: float, moment: datetime = SINCE) -> datetime:
    return moment + timedelta(days=days)


def test_the_figures_of_a_large_center() -> None:
    """6,000 cases with two relatives each: some 570 written words a working day, 48 for each of 12 members, who manage
    1,512 talks a month."""
    costs = cost(relatives=12_000, members=12, written=30, voice=90)
    assert (round(costs.words), round(costs.words_each), costs.managed) == (571, 48, 1512)
    assert (round(costs.talks), costs.fits) == (4000, False)
    assert costs.shortest == 239
    assert cost(12_000, 12, costs.shortest, costs.shortest).fits
    assert not cost(12_000, 12, costs.shortest - 2, costs.shortest - 2).fits
    assert cost(600, 12, 30, 90).minutes == round(600 / 21 * 5 * 20)
    assert not cost(600, 0, 365, 365).fits, "nobody is there to keep it"


def test_each_kind_runs_from_its_own_contact() -> None:
    heard = LastHeard(1, after(-400), after(-10), after(-40))
    assert next_contact(heard, PROMISE) == next_contact(heard, PROMISE)
    assert next_contact(heard, PROMISE).at == after(20)
    assert next_contact(heard, PROMISE).kind is PromiseKind.WRITTEN
    spoken = LastHeard(1, after(-400), after(-1), after(-85))
    assert (next_contact(spoken, PROMISE).at, next_contact(spoken, PROMISE).kind) == (after(5), PromiseKind.VOICE)


def test_a_voice_comes_sooner_to_the_new_and_instead_of_a_word_where_only_a_human_speaks() -> None:
    new = LastHeard(1, after(3), after(20))
    assert (next_contact(new, PROMISE).at, next_contact(new, PROMISE).kind) == (after(33), PromiseKind.VOICE)
    by_voice = LastHeard(1, after(-400), after(-10), after(-10), by_voice=True)
    assert (next_contact(by_voice, PROMISE).at, next_contact(by_voice, PROMISE).kind) == (after(20), PromiseKind.VOICE)


def test_first_dates_are_spread_over_the_interval() -> None:
    """A thousand relatives of whom nobody has heard for years: no day has more than twice its share."""
    found = [next_contact(LastHeard(id, after(-800)), PROMISE).at for id in range(5_000, 6_000)]
    per_day = [sum(after(day) <= at < after(day + 1) for at in found) for day in range(30)]
    assert sum(per_day) == 1000
    assert max(per_day) <= 2 * 1000 / 30
    assert next_contact(LastHeard(5_000, after(-800)), PROMISE).at == found[0], "always the same"


def test_what_was_promised_before_stays_promised() -> None:
    """A head who promises more breaks nothing of what was said; one who promises less moves only what is to come."""
    stricter = Promise(14, 90, 30, 40, SINCE, StaffId(1), former=(30, 90, 30))
    for id in range(100):
        heard = LastHeard(id, after(-400), after(-25), after(-25))
        assert SINCE <= next_contact(heard, stricter).at <= after(5)


@given(st.integers(0, 2**40), AGO, st.none() | AGO, st.none() | AGO, st.booleans(), st.booleans())
def test_nobody_waits_longer_than_an_interval_from_the_promise_or_the_contact(
    id: int, began: datetime, any: datetime | None, spoken: datetime | None, sooner: bool, by_voice: bool
) -> None:
    last = max([began, *(at for at in (any, spoken) if at is not None)])
    heard = LastHeard(id, began, any if spoken is None else max(spoken, any or spoken), spoken, sooner, by_voice)
    coming = next_contact(heard, PROMISE)
    assert SINCE <= coming.at <= max(last, SINCE) + timedelta(days=30)


@pytest.mark.parametrize("typed", ["30", " 30 днів", "30 дн.", "45 days"])
def test_days_are_read(typed: str) -> None:
    assert days(typed) == int(typed.split()[0])


@pytest.mark.parametrize("typed", ["0", "6", "366", "3650", "10 років", "10 years", "тиждень", "-30", "", "30.5"])
def test_no_days_at_all_and_ten_years_are_turned_away(typed: str) -> None:
    assert isinstance(days(typed), Unclear)
