"""What the journeys about appointments have in common: a specialist to see, booking, what came with a message."""

from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from bot.ticks import remind
from casework.actor import Role
from casework.booking.appointments import Appointment
from casework.calls import CallTask
from casework.ids import CenterId, StructureId
from casework.numbers import ReportNumber
from handlers.channel import Enclosure
from tests.visiting import Guest, House

KYIV = ZoneInfo("Europe/Kyiv")


def kyiv(day: int, hour: int, minute: int = 0) -> datetime:
    """In November 2026, by the clock in Kyiv."""
    return datetime(2026, 11, day, hour, minute, tzinfo=KYIV)


async def lawyer(house: House, center: str = "kharkiv", name: str = "Юрченко Ганна") -> Guest:
    return await house.staff(Role.SPECIALIST, center, StructureId("lawyer"), name=name)


async def booked(guest: Guest, slot: str = "1") -> str:
    """From the menu to an appointment's number, with a lawyer of the own center. `slot` is typed."""
    await reviews(guest, slot)
    await guest.presses("Так, записати")
    return number_in(guest.news)


async def reviews(guest: Guest, slot: str = "1") -> None:
    """As far as the last question."""
    await guest.says("/book")
    await guest.presses(own_center(guest))
    await guest.presses("Юрист")
    await guest.says(slot)


def own_center(guest: Guest) -> str:
    return next(key.label for key in guest.keys if "ваш центр" in key.label)


def labels(guest: Guest) -> list[str]:
    return [key.label for key in guest.keys]


def number_in(text: str) -> str:
    words = (word.strip(".,:()") for word in text.split())
    return next(word for word in words if len(word) == 9 and word[4] == "-" and word.replace("-", "").isdecimal())


def enclosed(guest: Guest, type: str) -> Enclosure:
    return next(file for message in reversed(guest.inbox) for file in message.enclosures if file.type == type)


def event(guest: Guest) -> Event:
    """The calendar entry that came last."""
    (found,) = Calendar.from_ical(enclosed(guest, "text/calendar").content).walk("VEVENT")
    assert isinstance(found, Event)
    return found


def sequence(entry: Event) -> int:
    """How often it has been changed, as calendars count it."""
    return int(str(entry["sequence"]))


def taken_out(guest: Guest, *, of: Event) -> bool:
    """Does the calendar file that came last take an entry out again, as RFC 5546 wants it?"""
    file = Calendar.from_ical(enclosed(guest, "text/calendar").content)
    last = event(guest)
    assert (last["uid"], last["organizer"]) == (of["uid"], of["organizer"])
    assert sequence(last) > sequence(of)
    return (str(file["method"]), str(last["status"])) == ("CANCEL", "CANCELLED")


async def visit(house: House, number: str) -> Appointment:
    async with house.database.work(house.clock()) as work:
        found = await work.bookings.by_number(ReportNumber(number.replace("-", "")))
        assert found is not None
        return found


async def tasks(house: House, center: str) -> list[CallTask]:
    """What the staff of a center have to call about."""
    async with house.database.work(house.clock()) as work:
        return list(await work.calls.waiting(CenterId(center)))


async def ticks(house: House) -> None:
    """The tick of reminders, and what it brings."""
    async with house.database.work(house.clock()) as work:
        await remind(work)
        await work.commit()
    await house.deliver()
