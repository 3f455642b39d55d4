"""What may be paid for, what waits, what goes another way; and how the money is counted."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from casework.costs import SOON, WAYS, LetterRoute, Meter, Spent, Tariff, call_within, money, month_of, used, way
from casework.letters import Purpose
from tests.visiting import WORDS

TARIFF = Tariff(monthly=Decimal(100), price=Decimal("0.02"), budget=Decimal(10))


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("elsewhere", [False, True])
@pytest.mark.parametrize("affordable", [False, True])
def test_within_a_session_everything_goes_and_costs_nothing(
    purpose: Purpose, affordable: bool, elsewhere: bool
) -> None:
    assert way(purpose, session=True, affordable=affordable, elsewhere=elsewhere) is LetterRoute.FREE


@pytest.mark.parametrize(
    ("purpose", "affordable", "elsewhere", "goes"),
    [
        (Purpose.UPDATE, True, True, LetterRoute.PAY),
        (Purpose.UPDATE, False, True, LetterRoute.ELSEWHERE),
        (Purpose.UPDATE, False, False, LetterRoute.CALL),
        (Purpose.APPOINTMENT, True, True, LetterRoute.PAY),
        (Purpose.APPOINTMENT, False, True, LetterRoute.ELSEWHERE),
        (Purpose.APPOINTMENT, False, False, LetterRoute.CALL),
        (Purpose.KINSHIP, True, True, LetterRoute.ELSEWHERE),
        (Purpose.KINSHIP, True, False, LetterRoute.PAY),
        (Purpose.KINSHIP, False, False, LetterRoute.CALL),
        (Purpose.CALL, True, False, LetterRoute.PAY),
        (Purpose.CALL, False, False, LetterRoute.WAIT),
        (Purpose.ROUTINE, True, False, LetterRoute.WAIT),
        (Purpose.ROUTINE, True, True, LetterRoute.ELSEWHERE),
        (Purpose.WORK, True, False, LetterRoute.WAIT),
        (Purpose.REPLY, True, True, LetterRoute.PAY),
        (Purpose.REPLY, False, True, LetterRoute.ELSEWHERE),
        (Purpose.REPLY, False, False, LetterRoute.CALL),
    ],
)
def test_outside_a_session_each_purpose_goes_its_way(
    purpose: Purpose, affordable: bool, elsewhere: bool, goes: LetterRoute
) -> None:
    assert way(purpose, session=False, affordable=affordable, elsewhere=elsewhere) is goes


@pytest.mark.parametrize("purpose", Purpose)
def test_without_money_and_without_another_messenger_there_is_a_way_for_all(purpose: Purpose) -> None:
    assert way(purpose, session=False, affordable=False, elsewhere=False) in (LetterRoute.WAIT, LetterRoute.CALL)
    assert WAYS[purpose][-1] in (LetterRoute.WAIT, LetterRoute.CALL)


def _most(purpose: Purpose) -> int:
    """How many messages a month's budget buys for one purpose."""
    count = 0
    while TARIFF.affords(purpose, TARIFF.price * count):
        count += 1
    return count


def test_the_reserve_is_for_appointments_and_updates_and_the_budget_is_never_passed() -> None:
    assert {purpose: _most(purpose) for purpose in (Purpose.UPDATE, Purpose.APPOINTMENT)} == {
        Purpose.UPDATE: 500,
        Purpose.APPOINTMENT: 500,
    }
    assert _most(Purpose.KINSHIP) == _most(Purpose.CALL) == 400


@pytest.mark.parametrize("purpose", Purpose)
def test_without_a_budget_nothing_is_paid(purpose: Purpose) -> None:
    nothing = Tariff(Decimal(100), Decimal("0.02"), Decimal(0))
    assert not nothing.affords(purpose, Decimal(0))
    assert nothing.used(Decimal(0)) == 100


def test_one_push_a_week_to_six_thousand_families() -> None:
    assert TARIFF.weekly(6000) == Decimal("620.00")
    assert WORDS.say("uk", money(TARIFF.weekly(6000))) == "620,00 євро"
    assert WORDS.say("en", money(TARIFF.weekly(6000))) == "620.00 EUR"


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("0", "0.00"), ("0.02", "0.02"), ("0.0145", "0.0145"), ("12.4", "12.40"), ("1600", "1,600.00")],
)
def test_amounts_lose_nothing(amount: str, shown: str) -> None:
    assert WORDS.say("en", money(Decimal(amount))) == f"{shown} EUR"


@pytest.mark.parametrize(
    ("messages", "words"), [(0, "costs-used"), (399, "costs-used"), (400, "costs-warning"), (500, "costs-warning")]
)
def test_staff_are_warned_from_four_fifths_on(messages: int, words: str) -> None:
    meter = Meter(TARIFF, (Spent(Purpose.UPDATE, messages, TARIFF.price * messages),), 6000)
    assert used(meter).name == words


def test_a_month_begins_at_midnight_in_kyiv() -> None:
    assert month_of(datetime(2026, 11, 30, 21, 59, tzinfo=UTC)) == date(2026, 11, 1)
    assert month_of(datetime(2026, 11, 30, 22, 0, tzinfo=UTC)) == date(2026, 12, 1)


def test_about_an_appointment_somebody_calls_soon() -> None:
    assert call_within(Purpose.APPOINTMENT) == SOON < timedelta(hours=2)
    assert call_within(Purpose.UPDATE) is None, "the usual working day"
