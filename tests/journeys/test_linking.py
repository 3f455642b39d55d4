"""A second chat or browser: a code shown on the old, typed on the new, confirmed on the old."""

import re

import pytest

from casework.actor import Channel, Role
from tests.visiting import House


async def test_another_chat_is_joined_by_a_code_confirmed_on_the_old(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.says("/link")
    await mother.presses("Показати код")
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", mother.news)
    assert code is not None
    page = house.guest(Channel.WEB)
    await page.opens()
    await page.says(f"/link {code[0].lower()}")
    assert page.sees("Код правильний")
    assert "ввели ваш код" in mother.last.text
    await mother.presses("Так, це я")
    page.mailbox = str(await mother.person())
    await page.says("/reports")
    assert page.sees(number)
    again = house.guest()
    await again.says(f"/link {code[0]}")
    assert again.sees("Цей код не діє")


async def test_staff_on_telegram_are_known_after_linking(house: House) -> None:
    operator = await house.staff(Role.OPERATOR)
    await operator.says("/link")
    await operator.presses("Показати код")
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", operator.news)
    assert code is not None
    chat = house.guest(Channel.TELEGRAM)
    await chat.says(f"/link {code[0]}")
    await operator.presses("Так, це я")
    await chat.says("/queue")
    assert chat.sees("Черга центру")


@pytest.mark.parametrize("answer", ["Ні, це не я", None])
async def test_a_code_that_was_spied_out_opens_nothing(house: House, answer: str | None) -> None:
    mother, thief = house.guest(), house.guest()
    number = await mother.registers()
    await mother.says("/link")
    await mother.presses("Показати код")
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", mother.news)
    assert code is not None
    await thief.consents()
    if answer is None:
        house.clock.pass_by(minutes=11)
    await thief.says(f"/link {code[0]}")
    if answer is not None:
        await mother.presses(answer)
    await thief.says("/reports")
    assert not thief.sees(number)
    for _ in range(5):
        await thief.says("/link ABCD-2345")
    assert thief.sees("Забагато спроб")


async def test_a_chat_with_reports_of_its_own_is_not_swallowed(house: House) -> None:
    mother, other = house.guest(), house.guest()
    await mother.registers()
    own = await other.registers("Шевченко Олег", own_name="Шевченко Ніна")
    await mother.says("/link")
    await mother.presses("Показати код")
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", mother.news)
    assert code is not None
    await other.says(f"/link {code[0]}")
    assert other.sees("вже є власні звернення")
    await other.says("/reports")
    assert other.sees(own)
