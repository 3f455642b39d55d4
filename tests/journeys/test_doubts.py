"""What could be read in two ways is asked before it is taken, with a press, on every channel."""

import pytest

from casework.actor import Channel
from tests.visiting import Guest, House

CHANNELS = [Channel.WEB, Channel.TELEGRAM, Channel.VIBER]


async def _at_name(house: House, channel: Channel = Channel.TELEGRAM) -> Guest:
    mother = house.guest(channel)
    await mother.consents()
    await mother.says("/register")
    await mother.says("мама")
    return mother


async def _filed(mother: Guest, house: House) -> tuple[str, str]:
    """The missing person's name and the mother's phone, as they were kept."""
    async with house.database.work(house.clock()) as work:
        person = await mother.person()
        (report,) = await work.reports.of(person)
        return report.claim.name.full, str((await work.people.get(person)).profile.phone)


@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_greeting_is_no_name_and_nothing_is_filed_by_it(house: House, channel: Channel) -> None:
    mother = await _at_name(house, channel)
    await mother.says("Добрий день")
    assert mother.hears("doubt-name-none")
    await mother.says("Мого сина звуть Петренко Іван")
    assert mother.asked("born")
    for words in ("12.03.1990", "Петренко Марія", "067 123 45 67 або 050 123 45 99"):
        await mother.says(words)
    assert mother.hears("doubt-phone-two")
    await mother.presses("+380501234599")
    await mother.says("Харків")
    await mother.says("так")
    assert await _filed(mother, house) == ("Петренко Іван", "+380501234599")


@pytest.mark.parametrize("channel", CHANNELS)
async def test_one_word_asks_for_the_surname_which_may_be_unknown(house: House, channel: Channel) -> None:
    mother = await _at_name(house, channel)
    await mother.says("Іван")
    assert mother.hears("doubt-name-word", typed="Іван")
    await mother.says("не знаю")
    assert mother.asked("born")
    await mother.presses("Назад")
    assert mother.asked("missing-name")
    await mother.says("Іван")
    await mother.says("Петренко")
    assert mother.hears("desk-joined", what="Іван Петренко")
    assert mother.asked("born")


async def test_a_soldier_by_the_name_of_soldier(house: House) -> None:
    mother = await _at_name(house)
    await mother.says("Солдат Іван Петрович")
    await mother.presses("Це ім’я: Солдат Іван Петрович")
    assert mother.asked("born")


async def test_two_persons_are_two_reports(house: House) -> None:
    mother = await _at_name(house)
    await mother.says("Петренко Іван і Петренко Олег")
    assert mother.hears("doubt-name-two")
    await mother.presses("Петренко Олег")
    assert mother.asked("born")


async def test_back_from_a_doubt_opened_by_a_correction_leaves_what_was(house: House) -> None:
    mother = await _at_name(house)
    for words in ("Петренко Іван", "12.03.1990", "Петренко Марія", "067 123 45 67", "Харків", "ні", "Кого шукаємо"):
        await mother.says(words)
    assert mother.asked("missing-name")
    await mother.says("Мій син")
    assert mother.hears("doubt-name-none")
    await mother.presses("Назад")
    assert mother.sees("Кого шукаємо: Петренко Іван")
    await mother.says("так")
    assert await _filed(mother, house) == ("Петренко Іван", "+380671234567")
