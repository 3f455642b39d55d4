"""A region is pressed by its first letter: nobody has to type where a press will do."""

import pytest

from casework.actor import Channel
from casework.letters import Say
from tests.visiting import WORDS, Guest, House


async def _at_region(house: House, channel: Channel, language: str = "uk") -> Guest:
    mother = house.guest(channel, language)
    await mother.consents()
    for words in ("/register", "1", "Петренко Іван", "12.03.1990", "Петренко Марія", "067 123 45 67"):
        await mother.says(words)
    assert mother.asked("region")
    return mother


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.TELEGRAM, Channel.VIBER])
async def test_a_region_is_pressed_by_its_letter(house: House, channel: Channel) -> None:
    mother = await _at_region(house, channel)
    assert [[key.label for key in row] for row in mother.last.keys][:3] == [
        ["А–Д", "Ж–І", "К–Л"],
        ["М–Р", "С–Т", "Х–Ч"],
        ["За кордоном"],
    ]
    await mother.presses("Х–Ч")
    assert mother.hears("region-letters")
    await mother.presses("Інші літери")
    assert mother.asked("region")
    await mother.presses("К–Л")
    await mother.presses("Львівська")
    assert mother.asked("register-review")
    assert mother.sees("Львівська область")


async def test_in_english_the_letters_are_english(house: House) -> None:
    mother = await _at_region(house, Channel.TELEGRAM, "en")
    await mother.presses("V–Z")
    await mother.presses("Zhytomyr")
    assert mother.hears("register-review")
    assert mother.sees("Zhytomyr region")


async def test_back_from_letters_is_back_to_the_question(house: House) -> None:
    mother = await _at_region(house, Channel.TELEGRAM)
    await mother.presses("А–Д")
    await mother.presses("Назад")
    assert mother.asked("region")
    await mother.says("Кам'янка")
    assert mother.hears("place-which")
    await mother.presses("Назад")
    assert mother.asked("region")
    await mother.presses("Назад")
    assert mother.asked("phone")
    await mother.presses("Залишити як було")
    assert mother.asked("region")
    assert not any(key.label.startswith("Залишити") for key in mother.keys), "what was let go is no answer"


async def test_one_sets_out_from_a_region_that_is_pressed(house: House) -> None:
    mother = house.guest()
    await mother.registers(region="Харків")
    await mother.says("/book")
    await mother.presses("Інше місто")
    assert mother.asked("book-from")
    assert "Не знаю" in [key.label for key in mother.keys]
    await mother.presses("М–Р")
    await mother.presses("Одеська")
    assert mother.asked("book-city")
    assert mother.keys[0].label.startswith(WORDS.say("uk", Say("center-mykolaiv")))
