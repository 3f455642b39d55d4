"""A member who looks at unusually much: each further look is slower and takes a reason, head and auditor are told once,
and nobody is shut out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.actor import Channel, Role
from casework.audit import Usage
from casework.staff import budget
from casework.staff.budget import BUDGETS, LooksADay, excess
from tests.visiting import Guest, House

FAMILIES = ("Петренко Іван", "Бондар Олег", "Ткач Роман", "Мельник Ігор", "Гриценко Павло")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "BUDGETS", {Role.OPERATOR: LooksADay(cases=3, searches=3)})


async def _numbers(house: House) -> list[str]:
    return [await house.guest().registers(name) for name in FAMILIES]


def _rests(house: House) -> list[float]:
    """How long the page waited before it showed something."""
    rested: list[float] = []

    async def rest(seconds: float) -> None:
        rested.append(seconds)

    box = house.boxes[Channel.WEB]
    assert box.live is not None
    box.live = replace(box.live, rest=rest)
    return rested


async def _watched(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        await budget.watch(work)
        await work.commit()
    await house.deliver()


@pytest.mark.usefixtures("small")
async def test_beyond_the_budget_a_case_takes_a_reason_and_a_while(house: House) -> None:
    numbers = await _numbers(house)
    head, auditor = await house.staff(Role.HEAD), await house.staff(Role.AUDITOR, None)
    elsewhere = await house.staff(Role.HEAD, "lviv")
    operator = await house.staff(Role.OPERATOR, name="Ткач Оксана")
    rested = _rests(house)
    for number in (numbers[0], numbers[0], numbers[1], numbers[0], numbers[2]):
        await operator.says(f"/case {number}")
        assert operator.sees("Дата народження") or operator.sees(number)
        assert not operator.hears("look-reason-needed")
    await _watched(house)
    assert rested, "the third is the last: from the next on the page waits"
    rested.clear()
    other = await house.another(operator, Channel.WEB)
    other.code_at = house.clock.at - timedelta(days=1)
    await other.says(f"/case {numbers[3]}")
    assert other.hears("look-reason-needed"), "by whatever browser"
    assert not other.sees("Мельник")
    await other.presses("Родина телефонує")
    assert other.sees("Мельник"), "what was asked for goes on"
    house.clock.pass_by(minutes=3)
    await operator.says(f"/case {numbers[4]}")
    await operator.presses("Дзвінок чи папери")
    assert operator.sees("Гриценко")
    assert rested == sorted(rested)
    assert rested[-1] > rested[0], "each waits longer"
    for _ in range(2):
        await _watched(house)
    told = [len([one for one in who.inbox if "Ткач Оксана" in one.text]) for who in (head, auditor, elsewhere)]
    assert told == [1, 1, 0]
    await operator.says(f"/case {numbers[1]}")
    assert operator.sees("Бондар"), "what was opened today is open without a reason"
    house.clock.pass_by(days=1)
    await operator.says(f"/case {numbers[3]}")
    assert not operator.hears("look-reason-needed"), "another day"


@pytest.mark.usefixtures("small")
async def test_searches_that_find_nobody_lists_and_messengers_do_not_count(house: House) -> None:
    numbers = await _numbers(house)
    operator = await house.staff(Role.OPERATOR)
    chat = await house.another(operator, Channel.TELEGRAM)
    for said in ("/find Невідомий", "/find Ніхто", "/find Нікого", "/find Ніде", "/queue", "/queue", "/day"):
        await operator.says(said)
        assert not operator.hears("look-reason-needed")
    for number in numbers:
        await chat.says(f"/case {number}")
        assert not chat.hears("look-reason-needed")
    for name in FAMILIES[:3]:
        await operator.says(f"/find {name}")
        assert operator.sees(name)
    await operator.says(f"/find {FAMILIES[0]}")
    assert operator.sees(FAMILIES[0])
    await operator.says(f"/find {FAMILIES[3]}")
    assert operator.hears("look-reason-needed")
    await operator.presses("Просить колега")
    assert operator.sees(FAMILIES[3])


async def test_many_searches_in_a_minute_are_no_talk_with_families(house: House) -> None:
    await _numbers(house)
    operator = await house.staff(Role.OPERATOR)
    asked = [await _searches(operator, f"{FAMILIES[at % 5]} {'а' * (at // 5)}") for at in range(20)]
    assert asked.index(True) == budget.IN_A_MINUTE


async def _searches(operator: Guest, name: str) -> bool:
    await operator.says(f"/find {name}")
    return operator.hears("look-reason-needed")


def test_a_day_on_which_everybody_works_much_is_no_day_for_alarms() -> None:
    limit = BUDGETS[Role.OPERATOR].cases
    much = Usage(cases=limit + 50)
    assert excess(Role.OPERATOR, much, ()) > 0
    assert excess(Role.OPERATOR, much, [Usage(cases=limit + 20)] * 3) == 0
    assert excess(Role.OPERATOR, much, [Usage(cases=20)] * 3) > 0
    assert excess(Role.OPERATOR, Usage(cases=limit - 1), ()) == 0
    assert excess(Role.AUDITOR, much, ()) == 0
