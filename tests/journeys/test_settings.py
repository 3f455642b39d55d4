"""Whoever changes a setting sees the settings again, with what has changed; from there one goes where one came from."""

import pytest

from casework.actor import Channel
from casework.letters import Say
from tests.visiting import WORDS, House

CHANGES = [
    ("Мова", "English", "settings-language-done"),
    ("Призупинити повідомлення", "Ні", ""),
    ("Куди нам писати", "Там, де я пишу", "where-done-last"),
    ("Де відкривати повідомлення", "Тут, коли я натисну", "settings-opens-chat"),
    ("Якщо телефон забирають", "", ""),
    ("Вийти на цьому пристрої", "Ні", ""),
    ("Стерти мої дані", "Ні, залишити", ""),
]
"""A part of the settings, what is pressed there, and what is said then."""


@pytest.mark.parametrize("channel", list(Channel)[:3])
@pytest.mark.parametrize(("part", "pressed", "says"), CHANGES)
async def test_a_change_leads_back_to_the_settings(
    house: House, channel: Channel, part: str, pressed: str, says: str
) -> None:
    mother = house.guest(channel)
    await mother.consents()
    await mother.says("/settings")
    await mother.presses(part)
    if pressed:
        await mother.presses(pressed)
    if pressed == "English":
        mother.language = "en"
    assert not says or mother.hears(says)
    assert mother.asked("settings")
    await mother.presses(WORDS.say(mother.language, Say("nav.menu")))
    assert mother.hears("menu")


async def test_a_pause_shows_the_settings_with_its_end(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/settings")
    await mother.presses("Призупинити")
    await mother.presses("Так, призупинити")
    assert mother.sees("Пауза діє до")
    assert mother.asked("settings")
    await mother.presses("Призупинити")
    assert mother.hears("settings-pause-ended")
    assert mother.asked("settings")


async def test_a_setting_that_is_typed_at_the_menu_leads_to_the_settings_too(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/opens")
    await mother.presses("Тут, коли я натисну")
    assert mother.asked("settings")
    await mother.presses("Назад")
    assert mother.hears("menu")


async def test_back_in_a_setting_is_back_to_the_settings_and_then_to_what_they_interrupted(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    await mother.says("мама")
    assert mother.asked("missing-name")
    await mother.says("/settings")
    await mother.presses("Мова")
    await mother.presses("Назад")
    assert mother.asked("settings")
    await mother.presses("Мова")
    await mother.presses("Українською")
    assert mother.asked("settings")
    await mother.presses("Назад")
    assert mother.asked("missing-name")
    await mother.says("/language")
    await mother.presses("Українською")
    assert mother.asked("missing-name"), "a setting that interrupts something goes on with it at once"


async def test_a_photo_in_the_middle_of_a_setting_leads_back_to_it(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/settings")
    await mother.presses("Мова")
    await mother.sends_photo()
    await mother.presses("Надіслано помилково")
    assert mother.asked("language"), "the question stays"
    await mother.presses("Українською")
    assert mother.asked("settings")


async def test_an_erasure_shows_the_menu_where_it_can_be_taken_back(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/settings")
    await mother.presses("Стерти мої дані")
    await mother.presses("Так, стерти")
    await mother.presses("Так, стерти мої дані")
    assert mother.hears("menu")
    await mother.presses("Не стирати")
    assert mother.hears("settings-erase-taken-back")


async def test_a_wrong_code_at_the_door_leads_back_to_the_door(house: House) -> None:
    stranger = house.guest()
    await stranger.opens()
    await stranger.says("ABCD-2345")
    assert stranger.hears("link-wrong")
    assert stranger.asked("consent")
    await stranger.presses("Погоджуюся")
    assert stranger.hears("menu"), "no settings wait behind the door"
