"""Specialists with what is taken of them, and families who stand at the last question of booking."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from sqlalchemy.dialects.postgresql import Range

from casework import holding
from casework.actor import Channel, Role
from casework.booking.appointments import Means, SlotRequest
from casework.booking.families import slot_question
from casework.booking.finding import by_specialist
from casework.booking.slots import Specialist
from casework.ids import CenterId, StructureId
from casework.people import CONSENT
from casework.values import PersonName, Phone
from dialogs.booking.questions import CENTER, SLOT, STRUCTURE
from dialogs.conversation import Conversation
from dialogs.draft import Draft
from dialogs.questions import Answer, Took
from dialogs.questions.question import LONG_AGO
from storage.database import Database
from storage.holding import held

LAWYER: Final = StructureId("lawyer")
Slots = Mapping[Specialist, Sequence[datetime]]


async def employ(database: Database, center: CenterId, many: int) -> Slots:
    """So many lawyers of a center, with all their slots."""
    async with database.work(datetime.now(UTC)) as work:
        for number in range(many):
            person = await work.people.add("uk")
            await work.staff.add(person, Role.SPECIALIST, center=center, structure=LAWYER, name=f"Юрченко {number}")
        slots = await by_specialist(center, LAWYER, work)
        await work.commit()
    return slots


async def take(database: Database, slots: Slots) -> None:
    """Take these times of specialists: by one appointment, for all of them."""
    async with database.work(datetime.now(UTC)) as work:
        first, starts = next((one, starts) for one, starts in slots.items() if starts)
        wish = SlotRequest(await work.people.add("uk"), first, starts[0])
        booked = await work.bookings.book(wish, Means.VISIT, None)
        assert booked is not None  # noqa: S101  nobody else is there
        rows = [
            {
                "id": await database.ids.take(work.connection),
                "appointment_id": booked[0].id,
                "resource": holding.specialist(one.staff),
                "during": Range(start, start + one.timetable.length),
            }
            for one, starts in slots.items()
            for start in starts
            if (one, start) != (first, starts[0])
        ]
        if rows:
            await work.connection.execute(held.insert(), rows)
        await work.commit()


async def families(database: Database, center: CenterId, wanted: Sequence[datetime]) -> None:
    """A family for each of these times, on Telegram as chat 1000 and up, with the time chosen and the last question
    before it."""
    async with database.work(datetime.now(UTC)) as work:
        for number, at in enumerate(wanted):
            guest = await work.people.enter(Channel.TELEGRAM, str(1000 + number), "uk")
            name, phone = PersonName(f"Петренко {number}"), Phone("+380671234567")
            profile = replace(guest.person.profile, name=name, phone=phone, region=str(center))
            await work.people.keep(replace(guest.person, profile=profile, consent=CONSENT))
            talk = Conversation(active=Draft("book", _answers(center, at)), turn=1)
            await work.people.remember(guest.person.id, guest.address, talk, None)
        await work.commit()


def _answers(center: CenterId, at: datetime) -> dict[str, Answer]:
    slot = replace(SLOT, name=slot_question(center, LAWYER))
    return {
        CENTER.name: CENTER.remember(Took(str(center)), "", LONG_AGO),
        STRUCTURE.name: STRUCTURE.remember(Took(LAWYER), "", LONG_AGO),
        slot.name: slot.remember(Took(at), "", LONG_AGO),
    }
