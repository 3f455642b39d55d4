"""My reports: what families ask for most stands there, on every channel and in both languages."""

import pytest

from casework.actor import Channel, Role
from tests.visiting import House


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.TELEGRAM, Channel.VIBER])
async def test_it_tells_how_the_report_stands(house: House, channel: Channel) -> None:
    mother = house.guest(channel)
    await mother.registers()
    await mother.says("/reports")
    assert mother.hears("standing-unknown")
    assert mother.sees("ще не перевірено за документами")
    assert mother.sees("Документів від вас ще немає.")
    assert mother.sees("центр: Харків.")
    assert mother.sees("Вам зателефонують не пізніше п’ятниці, 27 листопада 2026 року.")
    assert not mother.sees("Остання розмова")


async def test_it_tells_of_papers_the_lead_and_the_last_talk(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.says(f"/papers {number}")
    await mother.sends_photo()
    await mother.presses("Це все")
    await mother.says("Прізвище змінено після шлюбу")
    await mother.says("/reports")
    assert mother.sees("1 файл, чекає на перегляд")
    verifier, operator = await house.staff(Role.VERIFIER), await house.staff(Role.OPERATOR, name="Бондар Ігор")
    await verifier.says(f"/kinship {number}")
    await verifier.confirms()
    await operator.says(f"/take {number}")
    await mother.says("/reports")
    assert mother.sees("Родинний зв’язок: підтверджено.")
    assert mother.sees("1 файл, переглянуто")
    assert mother.sees("Справу веде один із працівників центру.")
    assert not mother.sees("Бондар"), "a member of staff is named only with their consent"


async def test_it_is_told_in_english_too(house: House) -> None:
    sister = house.guest(Channel.WEB, "en")
    await sister.consents()
    await sister.registers()
    await sister.says("/reports")
    assert sister.sees("not yet checked against documents")
    assert sister.sees("Somebody will call you by")
