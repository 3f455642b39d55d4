"""The promise: what is due when, and what it costs."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.contact.promise import (
    CheckedLately,
    ContactCost,
    LastHeard,
    Promise,
    Promised,
    PromiseKind,
    Terms,
    cost,
    longer,
    next_contact,
)
from casework.ids import StaffId
from casework.stages import CaseStage
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
    costs = large(Terms(30, 90, 30))
    assert (round(costs.words), round(costs.words_each), costs.managed) == (571, 48, 1512)
    assert (round(costs.talks), costs.fits) == (4000, False)
    assert (round(costs.written), costs.carried, round(costs.a_day)) == (381, 0, 571), "a voice is a word as well"
    assert large(Terms(239, 239, 239)).fits
    assert not large(Terms(237, 237, 237)).fits
    assert longer(Terms(30, 90, 30), lambda terms: large(terms).fits) == Terms(239, 239, 239)
    assert cost([Promised(600, Terms(30, 90, 30))], 12).minutes == round(600 / 21 * 5 * 20)
    assert cost([Promised(600, Terms(30, 90, 30))], 12, talk=40).minutes == round(600 / 21 * 5 * 40)
    assert not cost([Promised(600, Terms(365, 365, 365))], 0).fits, "nobody is there to keep it"
    assert longer(Terms(30, 90, 30), lambda terms: False) is None


def large(terms: Terms, checked: CheckedLately = CheckedLately()) -> ContactCost:  # noqa: B008  it is frozen
    return cost([Promised(12_000, terms)], 12, checked)


def test_words_from_checks_that_serve_many_take_no_talks() -> None:
    """All 6,000 cases were on lists in the last weeks, and of each hundred words ninety were opened: checks carry nine
    of ten words, so twelve members manage voices each 260 days beside a word each thirty. Fewer than ten words say
    nothing yet; lists that come too seldom carry fewer."""
    lists = CheckedLately(told=12_000, cases=6_000, asked=6_000, sent=500, opened=450)
    costs = large(Terms(30, 260, 260), lists)
    assert round(costs.carried / costs.written, 2) == 0.90
    assert round(costs.a_day) == round(0.1 * costs.written + costs.talks / 21)
    assert large(Terms(30, 365, 365), CheckedLately(12_000, 6_000, 12_000, 500, 490)).fits
    assert not large(Terms(30, 365, 365)).fits
    assert large(Terms(30, 90, 30), CheckedLately(12_000, 6_000, 6_000, 9, 9)).carried == 0
    weekly = large(Terms(7, 90, 30), lists)
    assert round(weekly.carried / weekly.written, 3) == round(0.9 / 4, 3), "asked once in four weeks"
    half = large(Terms(30, 90, 30), CheckedLately(6_000, 3_000, 3_000, 500, 500))
    assert round(half.carried / half.written, 2) == 0.5


def test_each_stage_costs_its_own_and_is_due_by_its_own() -> None:
    captive = Terms(14, 30, 14)
    apart = cost([Promised(900, Terms(30, 90, 30)), Promised(100, captive)], 12)
    assert round(apart.talks) == round(900 / 90 * 30 + 100 / 30 * 30)
    promise = Promise(30, 90, 30, 40, SINCE, StaffId(1), stages={CaseStage.CAPTIVE: captive})
    heard = LastHeard(1, after(-400), after(-1), after(-1))
    assert next_contact(heard, promise).at == next_contact(heard, promise, CaseStage.MISSING).at == after(29)
    assert next_contact(heard, promise, CaseStage.CAPTIVE).at == after(13)
    before = {CaseStage.CAPTIVE: captive}
    looser = Promise(60, 90, 30, 40, SINCE, StaffId(1), former=Terms(30, 90, 30), former_stages=before)
    heard = LastHeard(1, after(-400), after(-10), after(-10))
    assert next_contact(heard, looser, CaseStage.CAPTIVE).at == after(50), "from now on as for all"
    lately = [LastHeard(id, after(-400), after(-61), after(-10)) for id in range(50)]
    dues = [next_contact(one, looser, CaseStage.MISSING).at for one in lately]
    assert dues == [next_contact(one, looser).at for one in lately]


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
