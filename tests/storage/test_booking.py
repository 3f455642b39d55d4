"""The database itself forbids that a specialist's or a person's time is given away twice."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError

from casework.actor import Role, Structure
from casework.booking.appointments import Means, Wish
from casework.booking.slots import Specialist
from casework.ids import CenterId, PersonId, StaffId
from storage.booking import held
from storage.database import StoredWork
from tests.visiting import House

AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
_ids = count(1)


async def specialist(work: StoredWork) -> Specialist:
    person = await work.people.add("uk")
    id = await work.staff.add(
        person, Role.SPECIALIST, center=CenterId("kharkiv"), structure=Structure.LAWYER, name="Юрченко Ганна"
    )
    return Specialist(id, Structure.LAWYER, CenterId("kharkiv"))


async def hold(
    work: StoredWork, appointment: int, staff: StaffId, person: PersonId, starts: datetime, ends: datetime
) -> None:
    """As no program of ours does it: past all rules, straight into the table."""
    await work.connection.execute(
        held.insert().values(
            id=next(_ids),
            appointment_id=appointment,
            staff_id=staff,
            person_id=person,
            during=Range(starts, ends),
        )
    )


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
@pytest.mark.parametrize("whose", ["staff", "person"])
async def test_no_time_can_be_held_twice(house: House, whose: str, starts: datetime, ends: datetime) -> None:
    async with house.database.work(house.clock()) as work:
        one, other = await specialist(work), await specialist(work)
        mother, father = await work.people.add("uk"), await work.people.add("uk")
        booked = await work.bookings.book(Wish(mother, one, AT), Means.VISIT, None)
        assert booked is not None
        staff, person = (one.staff, father) if whose == "staff" else (other.staff, mother)
        with pytest.raises(IntegrityError) as refused:
            await hold(work, booked[0].id, staff, person, starts, ends)
        assert getattr(refused.value.orig, "sqlstate", "") == "23P01", "an exclusion violation"
        assert f"one_at_a_time_{whose}_id" in str(refused.value)


async def test_what_only_touches_is_allowed_and_no_time_at_all_is_not(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        one = await specialist(work)
        mother = await work.people.add("uk")
        booked = await work.bookings.book(Wish(mother, one, AT), Means.VISIT, None)
        assert booked is not None
        ends = booked[0].ends_at
        await hold(work, booked[0].id, one.staff, mother, ends, ends + HOUR)
        await hold(work, booked[0].id, one.staff, mother, AT - HOUR, AT)
        with pytest.raises(IntegrityError, match="some_time"):
            await hold(work, booked[0].id, one.staff, mother, AT + 9 * HOUR, AT + 9 * HOUR)


async def test_a_time_held_for_no_appointment_does_not_outlast_its_transaction(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        one = await specialist(work)
        mother = await work.people.add("uk")
        await hold(work, 42, one.staff, mother, AT, AT + HOUR)
        with pytest.raises(IntegrityError, match="appointment_id"):
            await work.commit()


async def test_who_loses_the_race_loses_nothing_else(house: House) -> None:
    """Booking what is taken answers None inside the same transaction, which goes on."""
    async with house.database.work(house.clock()) as work:
        one = await specialist(work)
        mother, father = await work.people.add("uk"), await work.people.add("uk")
        first = await work.bookings.book(Wish(mother, one, AT), Means.VISIT, None)
        assert first is not None
        assert await work.bookings.book(Wish(father, one, AT), Means.VISIT, None) is None
        later = await work.bookings.book(Wish(father, one, AT + HOUR), Means.VISIT, None)
        assert later is not None
        assert await work.bookings.move(later[0], Wish(father, one, AT)) is None
        assert (await work.bookings.get(later[0].id)).starts_at == AT + HOUR
        await work.commit()
