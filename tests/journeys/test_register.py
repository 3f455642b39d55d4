"""A relative registers a missing person."""

from casework.letters import Letter, Say, Screen
from tests.visiting import House


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
    assert mother.sees("Звернення зареєстровано")
    assert mother.sees("п’ятниця")
    await mother.presses("Розповісти більше")
    assert mother.sees("Петренко Іван Миколайович")


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
