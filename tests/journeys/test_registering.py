"""A relative registers a missing person."""

import pytest

from casework.actor import Channel, Role
from casework.letters import Letter, Say, Screen
from tests.visiting import Guest, House


async def test_six_answers_make_a_report(house: House) -> None:
    mother = house.guest()
    await mother.opens()
    assert mother.hears("welcome-never")
    await mother.presses("Погоджуюся")
    await mother.presses("Повідомити про зниклу людину")
    await mother.presses("Мати")
    await mother.says("петренко іван миколайович")
    await mother.says("12.03.1990")
    await mother.says("Петренко Марія")
    await mother.shares_phone("+380671234567")
    await mother.says("Харьков")
    for line in (
        "Кого шукаємо: Петренко Іван Миколайович",
        "Дата народження: 12 березня 1990",
        "Ваш телефон: +380671234567",
        "Де живе родина: Харківська область",
    ):
        assert mother.sees(line)
    await mother.presses("Так, усе правильно")
    assert mother.sees("Звернення зареєстровано")
    assert mother.sees("п’ятниці, ")
    await mother.presses("Розповісти більше")
    assert mother.sees("Петренко Іван Миколайович")


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.TELEGRAM, Channel.VIBER])
async def test_what_was_misunderstood_is_corrected_before_it_is_filed(house: House, channel: Channel) -> None:
    mother = house.guest(channel)
    await mother.consents()
    for words in ("/register", "1", "Петренко Іван", "12.03.1990", "Петренко Марія", "067 123 45 67", "Харків"):
        await mother.says(words)
    assert mother.asked("register-review")
    await mother.says("ні")
    assert [key.label for key in mother.keys][:6] == [
        "Хто ви",
        "Кого шукаємо",
        "Дата народження",
        "Ваше ім’я",
        "Ваш телефон",
        "Де живе родина",
    ]
    await mother.says("назад")
    assert mother.sees("Ваш телефон: +380671234567")
    await mother.says("Виправити")
    await mother.says("телефон")
    assert mother.asked("phone")
    await mother.says("050 123 45 99")
    assert mother.sees("Ваш телефон: +380501234599")
    assert mother.asked("register-review")
    await mother.says("угу")
    assert mother.sees("Звернення зареєстровано")
    async with house.database.work(house.clock()) as work:
        person = await mother.person()
        assert [report.claim.name.full for report in await work.reports.of(person)] == ["Петренко Іван"]
        assert str((await work.people.get(person)).profile.phone) == "+380501234599"


async def test_a_second_person_is_asked_nothing_of_the_relative(house: House) -> None:
    mother = house.guest()
    first = await mother.registers()
    await mother.presses("Поки що все")
    second = await mother.registers("Петренко Олег")
    assert first != second
    await mother.says("/reports")
    assert [key.label for key in mother.keys][:2] == [
        f"{first}: Петренко Іван Миколайович",
        f"{second}: Петренко Олег",
    ]


async def test_back_loses_nothing_and_start_changes_nothing(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    await mother.says("мама")
    await mother.says("Іван Петренко")
    await mother.presses("Назад")
    assert mother.asked("missing-name")
    await mother.presses("Залишити як було: Іван Петренко")
    assert mother.asked("born")
    await mother.opens()
    assert mother.asked("born")
    await mother.says("/menu")
    await mother.presses("Продовжити")
    assert mother.asked("born")


async def test_everything_may_be_told_later(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.presses("Розповісти більше")
    await mother.presses("Чоловік")
    await mother.presses("Так, на службі")
    await mother.presses("Національна гвардія")
    await mother.says("12 бригада")
    await mother.says("солдат")
    await mother.says("березень 2025")
    await mother.says("Покровський напрямок")
    await mother.says("Дзвонив увечері.")
    await mother.sends_photo()
    await mother.says("Потім тиша.")
    await mother.presses("Це все")
    assert mother.asked("captivity")
    await mother.presses("Ще")
    await mother.presses("Пропустити решту")
    assert mother.sees("Частина: 12 бригада")
    assert mother.sees("Коли зник зв’язок: ")
    await mother.presses("Змінити")
    await mother.presses("Звання")
    await mother.says("сержант")
    assert mother.sees("Звання: сержант")
    await mother.presses("Так, зберегти")
    assert mother.sees(f"Збережено у зверненні {number}")


async def _tells(mother: Guest, number: str) -> None:
    """A soldier, his brigade, a story with a photo; the rest is left for later."""
    await mother.says(f"/details {number}")
    await mother.presses("Чоловік")
    await mother.presses("Так, на службі")
    await mother.presses("Національна гвардія")
    await mother.says("12 бригада")
    await mother.says("не знаю")
    await mother.says("березень 2025")
    await mother.says("Покровський напрямок")
    await mother.says("Дзвонив увечері.")
    assert mother.hears("circumstances.more", files=0)
    assert not mother.asked("circumstances"), "that it was taken is said, and not the whole question again"
    await mother.sends_photo()
    await mother.presses("Це все")
    await mother.presses("Ще")
    await mother.presses("Пропустити решту")
    await mother.presses("Так, зберегти")
    await mother.presses("Поки що все") if any(key.label == "Поки що все" for key in mother.keys) else None


async def test_what_was_told_is_not_asked_again_and_any_one_answer_can_be_changed(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await _tells(mother, number)
    house.clock.pass_by(days=90)
    await mother.says(f"/details {number}")
    assert mother.sees("Ось що вже розказано")
    assert mother.sees("Частина: 12 бригада")
    assert mother.sees("Звання: невідомо")
    assert mother.sees("Ознаки полону: розповісте пізніше")
    assert mother.asked("details-review")
    await mother.presses("Змінити або доповнити")
    await mother.presses("Частина")
    assert mother.asked("unit")
    await mother.presses("Назад")
    assert mother.sees("Частина: 12 бригада"), "back to the page that it was opened from"
    await mother.presses("Змінити або доповнити")
    await mother.presses("Частина")
    await mother.says("13 бригада")
    assert mother.sees("Частина: 13 бригада")
    await mother.presses("Змінити або доповнити")
    await mother.presses("Обставини")
    assert mother.hears("circumstances.again")
    await mother.says("Товариш бачив його у березні.")
    await mother.presses("Назад")
    assert mother.sees("Дзвонив увечері. Товариш бачив його")
    await mother.presses("Відповісти ще на 5 запитань")
    assert mother.asked("captivity")
    await mother.says("Було відео")
    assert mother.asked("marks", sex="man")
    await mother.presses("Назад")
    assert mother.sees("Ознаки полону: Було відео")
    await mother.presses("Так, зберегти")
    assert mother.hears("details-done", number=number)
    await mother.says(f"/details {number}")
    await mother.presses("Так, зберегти")
    assert mother.hears("details-same", number=number)


async def test_nothing_told_is_lost_and_staff_see_who_said_it(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await _tells(mother, number)
    house.clock.pass_by(days=1)
    operator = await house.staff(Role.OPERATOR)
    await operator.says(f"/details {number}")
    for what, answer in (("Частина", "13 бригада"), ("Обставини", "Каже, що бачили його живим.")):
        await operator.presses("Змінити або доповнити")
        await operator.presses(what)
        await operator.says(answer)
    await operator.presses("Це все")
    await operator.presses("Змінити або доповнити")
    await operator.presses("Коли зник")
    await operator.presses("Не знаю")
    await operator.presses("Так, зберегти")
    await operator.says(f"/case {number}")
    assert operator.sees("Частина: 13 бригада (Коваль Олена, 25 листопада 2026)")
    assert operator.sees("Частина, сказано раніше: 12 бригада (родина, 24 листопада 2026)")
    assert operator.sees("Коли зник зв’язок: невідомо (Коваль Олена")
    assert operator.sees("Коли зник зв’язок, сказано раніше: березень 2025 (родина")
    assert operator.sees("Обставини (родина, вівторок, 24 листопада 2026 року, 10:00, 1 файл): Дзвонив увечері.")
    assert operator.sees("Обставини (Коваль Олена, середа, 25 листопада 2026 року")
    assert operator.sees("народження: 12 березня 1990")


async def test_a_telling_that_waits_is_gone_on_with(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.says(f"/details {number}")
    await mother.presses("Чоловік")
    await mother.says("/menu")
    house.clock.pass_by(days=3)
    await mother.says(f"/details {number}")
    assert mother.asked("military", sex="man"), "and not from the beginning"


@pytest.mark.parametrize(
    ("typed", "zone"), [("Прага", "Europe/Prague"), ("в Ірландії", "Europe/Dublin"), ("+2", "Etc/GMT-2")]
)
async def test_a_family_abroad_names_its_city_country_or_offset(house: House, typed: str, zone: str) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    await mother.says("мама")
    await mother.says("Петренко Іван")
    await mother.says("не знаю")
    await mother.says("Петренко Марія")
    await mother.says("+420 601 123 456")
    await mother.presses("За кордоном")
    await mother.says("США")
    assert mother.hears("unclear-zone-several")
    await mother.says("десь далеко")
    assert mother.hears("unclear-zone")
    await mother.says(typed)
    assert mother.sees("Отже, зараз у вас ")
    await mother.says("так")
    assert mother.sees("Звернення зареєстровано")
    async with house.database.work(house.clock()) as work:
        assert (await work.people.get(await mother.person())).profile.zone == zone


async def test_leaving_a_device_leaves_nothing_there(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    person = await mother.person()
    await mother.says("/leave")
    await mother.presses("Так, вийти")
    assert mother.hears("settings-left")
    async with house.database.work(house.clock()) as work:
        await work.send(Letter(person, Screen((Say("settings-pause-ended"),))))
        await work.commit()
    before = len(mother.inbox)
    await house.deliver()
    assert len(mother.inbox) == before, "nothing is pushed to a device that was left"
    await mother.says("добрий день")
    assert mother.asked("consent"), "whoever writes from it now is nobody we know"


async def test_back_from_what_a_button_of_ours_began_leads_to_the_menu(house: House) -> None:
    """Nobody typed the report's number: to be asked for it would be a riddle."""
    mother = house.guest()
    await mother.registers()
    assert mother.asked("registered")
    await mother.presses("Назад")
    assert mother.asked("menu")
