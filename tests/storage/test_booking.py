"""The database itself forbids that a specialist's or a person's time is given away twice."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError

from casework import holding
from casework.actor import Role
from casework.booking.appointments import Means, SlotRequest
from casework.booking.slots import Specialist
from casework.holding import Resource
from casework.ids import AppointmentId, CenterId, StructureId
from storage.database import StoredWork
from storage.holding import Holding, held
from tests.visiting import House

AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
_ids = count(1)


async def specialist(work: StoredWork) -> Specialist:
    person = await work.people.add("uk")
    id = await work.staff.add(
        person, Role.SPECIALIST, center=CenterId("kharkiv"), structure=StructureId("lawyer"), name="Юрченко Ганна"
    )
    return Specialist(id, StructureId("lawyer"), CenterId("kharkiv"))


async def hold(work: StoredWork, appointment: int, resource: Resource, starts: datetime, ends: datetime) -> None:
    """As no program of ours does it: past all rules, straight into the table."""
    await work.connection.execute(
        held.insert().values(id=next(_ids), appointment_id=appointment, resource=resource, during=Range(starts, ends))
    )


async def held_from(work: StoredWork, *resources: Resource) -> list[datetime]:
    """From when on they are held."""
    found = await work.connection.scalars(select(held.c.during).where(held.c.resource.in_(resources)))
    return sorted(during.lower for during in found)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (AT, AT + timedelta(minutes=45)),
        (AT + timedelta(minutes=44), AT + HOUR),
        (AT - HOUR, AT + timedelta(minutes=1)),
        (AT - HOUR, AT + HOUR),
        (AT + timedelta(minutes=10), AT + timedelta(minutes=20)),
    ],
)
@pytest.mark.parametrize("whose", ["specialist", "person"])
async def test_no_time_can_be_held_twice(house: House, whose: str, starts: datetime, ends: datetime) -> None:
    async with house.database.work(house.clock()) as work:
        one, mother = await specialist(work), await work.people.add("uk")
        booked = await work.bookings.book(SlotRequest(mother, one, AT), Means.VISIT, None)
        assert booked is not None
        resource = holding.specialist(one.staff) if whose == "specialist" else holding.person(mother)
        with pytest.raises(IntegrityError) as refused:
            await hold(work, booked[0].id, resource, starts, ends)
        assert getattr(refused.value.orig, "sqlstate", "") == "23P01", "an exclusion violation"
        assert "one_at_a_time" in str(refused.value)


async def test_what_only_touches_is_allowed_and_no_time_at_all_is_not(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        one = await specialist(work)
        mother = await work.people.add("uk")
        booked = await work.bookings.book(SlotRequest(mother, one, AT), Means.VISIT, None)
        assert booked is not None
        ends, resource = booked[0].ends_at, holding.specialist(one.staff)
        await hold(work, booked[0].id, resource, ends, ends + HOUR)
        await hold(work, booked[0].id, resource, AT - HOUR, AT)
        with pytest.raises(IntegrityError, match="some_time"):
            await hold(work, booked[0].id, resource, AT + 9 * HOUR, AT + 9 * HOUR)


async def test_a_time_held_for_no_appointment_does_not_outlast_its_transaction(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        one = await specialist(work)
        await hold(work, 42, holding.specialist(one.staff), AT, AT + HOUR)
        with pytest.raises(IntegrityError, match="appointment_id"):
            await work.commit()


async def test_who_loses_the_race_loses_nothing_else(house: House) -> None:
    """Booking what is taken answers None inside the same transaction, which goes on."""
    async with house.database.work(house.clock()) as work:
        one = await specialist(work)
        mother, father = await work.people.add("uk"), await work.people.add("uk")
        first = await work.bookings.book(SlotRequest(mother, one, AT), Means.VISIT, None)
        assert first is not None
        assert await work.bookings.book(SlotRequest(father, one, AT), Means.VISIT, None) is None
        later = await work.bookings.book(SlotRequest(father, one, AT + HOUR), Means.VISIT, None)
        assert later is not None
        assert await work.bookings.move(later[0], SlotRequest(father, one, AT)) is None
        assert (await work.bookings.get(later[0].id)).starts_at == AT + HOUR
        await work.commit()


async def test_two_who_want_the_same_resources_in_another_order_never_wait_for_each_other(house: House) -> None:
    """Whichever order they are named in, they are taken in their own; the second waits, and then has none of them."""
    resources = [Resource(f"room:{number}") for number in range(6)]

    async def take(wanted: list[Resource], appointment: AppointmentId) -> int:
        async with house.database.work(house.clock()) as work:
            held = await Holding(work.connection, house.database.ids, work.effects).take(
                wanted, AT, AT + HOUR, appointment=appointment
            )
            await work.commit()
            return len(held)

    async with house.database.work(house.clock()) as work:
        one, other = await specialist(work), await specialist(work)
        mother = await work.people.add("uk")
        first = await work.bookings.book(SlotRequest(mother, one, AT + 3 * HOUR), Means.VISIT, None)
        second = await work.bookings.book(SlotRequest(mother, other, AT + 5 * HOUR), Means.VISIT, None)
        assert first is not None
        assert second is not None
        await work.commit()
    taken = await asyncio.gather(take(resources, first[0].id), take(resources[::-1], second[0].id))
    assert sorted(taken) == [0, 6]


async def test_who_cannot_have_all_keeps_none_and_keeps_nobody_waiting(house: House) -> None:
    """A transaction that lost goes on; what it reached for is free for others before it ends."""
    first, last = Resource("room:1"), Resource("room:2")
    async with house.database.work(house.clock()) as work:
        one, mother = await specialist(work), await work.people.add("uk")
        booked = await work.bookings.book(SlotRequest(mother, one, AT), Means.VISIT, None)
        assert booked is not None
        assert await Holding(work.connection, house.database.ids, work.effects).take(
            [last], AT, AT + HOUR, appointment=booked[0].id
        )
        await work.commit()
    async with house.database.work(house.clock()) as loser, house.database.work(house.clock()) as work:
        assert not await Holding(loser.connection, house.database.ids, loser.effects).take(
            [first, last], AT, AT + HOUR, appointment=booked[0].id
        )
        assert await Holding(work.connection, house.database.ids, work.effects).take(
            [first], AT, AT + HOUR, appointment=booked[0].id
        )
        await work.commit()


async def test_of_two_persons_who_are_one_no_time_is_lost(house: House) -> None:
    """Both have an appointment at the same time: both stand, until the person moves one."""
    async with house.database.work(house.clock()) as work:
        one, other = await specialist(work), await specialist(work)
        mother, again = await work.people.add("uk"), await work.people.add("uk")
        assert await work.bookings.book(SlotRequest(mother, one, AT), Means.VISIT, None) is not None
        assert await work.bookings.book(SlotRequest(again, other, AT), Means.VISIT, None) is not None
        assert await work.bookings.book(SlotRequest(again, other, AT + HOUR), Means.VISIT, None) is not None
        await work.commit()
    async with house.database.work(house.clock()) as work:
        assert await work.links.join(mother, again) is not None
        await work.commit()
    async with house.database.work(house.clock()) as work:
        assert len(await work.bookings.of(mother, AT - HOUR)) == 3
        assert await held_from(work, holding.person(mother)) == [AT, AT + HOUR]
        assert len(await held_from(work, holding.specialist(one.staff), holding.specialist(other.staff))) == 3
