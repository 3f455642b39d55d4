"""A family books, moves, cancels; the center keeps its day."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar

from casework.actor import Role, Structure
from handlers.channel import Enclosure
from tests.visiting import Guest, House

KYIV = ZoneInfo("Europe/Kyiv")


async def lawyer(house: House, center: str = "kharkiv") -> Guest:
    return await house.staff(Role.SPECIALIST, center, Structure.LAWYER, name="Юрченко Ганна")


async def booked(guest: Guest, slot: int = 0) -> str:
    """From the menu to an appointment's number, with a lawyer of the own center."""
    await guest.says("/book")
    await guest.presses(own_center(guest))
    await guest.presses("Юрист")
    await guest.says(str(slot + 1))
    await guest.presses("Так, записати")
    return number_in(guest.news)


def own_center(guest: Guest) -> str:
    return next(key.label for key in guest.keys if "ваш центр" in key.label)


def number_in(text: str) -> str:
    words = (word.strip(".,:()") for word in text.split())
    return next(word for word in words if len(word) == 9 and word[4] == "-" and word.replace("-", "").isdecimal())


def enclosed(guest: Guest, type: str) -> Enclosure:
    return next(file for message in reversed(guest.inbox) for file in message.enclosures if file.type == type)


async def test_a_mother_books_a_lawyer(house: House) -> None:
    await lawyer(house)
    mother = house.guest()
    await mother.registers()
    await mother.presses("Записатися на прийом")
    assert [key.label for key in mother.keys][:3] == ["Харків: ваш центр", "Телефоном або відео", "Інше місто"]
    await mother.presses("Харків")
    assert mother.sees("Юрист. Виплати")
    await mother.presses("Юрист")
    assert [key.label for key in mother.keys][:2] == ["вт, 24 листопада, 13:00", "вт, 24 листопада, 14:00"]
    await mother.presses("Пізніший час")
    await mother.presses("Раніший час")
    await mother.presses("вт, 24 листопада, 14:00")
    assert mother.sees("свідоцтво про народження вашої дитини")
    assert mother.sees("Час: вт, 24 листопада, 14:00")
    await mother.presses("Так, записати")
    assert mother.sees("Вас записано")
    assert mother.sees("24 листопада 2026, вівторок, 14:00")
    assert mother.sees("Адреси цього центру не публікують")
    event = Calendar.from_ical(enclosed(mother, "text/calendar").content).walk("VEVENT")[0]
    assert str(event["summary"]) == "Зустріч"
    assert event.decoded("dtstart") == datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert enclosed(mother, "image/png").content.startswith(b"\x89PNG")
    await mother.says("/menu")
    await mother.presses("Мої записи")
    assert mother.sees("14:00. Юрист. Харків.")
