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
    assert not mother.asked("born"), "a greeting is answered, and is nobody's name"
    await mother.says("Не розумію")
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


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("я його мама", "Мати"), ("мій чоловік", "Дружина"), ("кум", "Близька людина, не родич"), ("my wife", "Чоловік")],
)
async def test_kinship_in_a_sentence(house: House, typed: str, shown: str) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    await mother.says(typed)
    assert mother.asked("register-age" if typed == "кум" else "missing-name"), "whoever may be under 18 is asked that"
    await mother.presses("Назад")
    assert f"Залишити як було: {shown}" in [key.label for key in mother.keys]


async def test_a_son_has_a_mother_and_a_father(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    await mother.says("це мій син")
    assert mother.hears("kinship-which")
    assert [key.label for key in mother.keys][:2] == ["Мати", "Батько"]
    await mother.presses("Мати")
    assert mother.asked("missing-name")


async def test_no_is_pressed_and_is_no_explanation(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.says(f"/details {number}")
    for words in ("чоловік", "так", "нацгвардія", "не знаю"):
        await mother.says(words)
    assert mother.asked("rank")
    await mother.presses("старший солдат")
    for words in ("тиждень тому", "листопад 2026", "не знаю", "не знаю"):
        await mother.says(words)
    assert mother.asked("captivity")
    await mother.says("ні")
    await mother.presses("Немає або не знаю")
    await mother.presses("Фото немає")
    assert mother.asked("numbers")
    await mother.presses("Ще")
    await mother.presses("Пропустити решту")
    assert mother.sees("Звання: старший солдат")
    assert mother.sees("Коли зник зв’язок: листопад 2026")
    assert mother.sees("Ознаки полону: невідомо")
    await mother.says("так")
    await mother.says(f"/papers {number}")
    await mother.sends_photo()
    await mother.presses("Це все")
    await mother.says("Ні")
    assert mother.sees("Отримали")
    async with house.database.work(house.clock()) as work:
        (report,) = await work.reports.of(await mother.person())
        assert report.account is not None
        assert (report.account.captivity, report.account.rank) == (None, "старший солдат")


async def test_nobody_writes_a_number_that_can_be_pressed(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.says("/papers")
    assert mother.asked("number")
    await mother.presses(f"{number}: Петренко Іван Миколайович")
    assert mother.asked("papers")
