"""Which times are free: the same as by comparing everything with everything, and read no further than is needed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from asyncpg.connection import LoggedQuery
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import Range

from casework import holding
from casework.actor import Role
from casework.booking.finding import CALL, by_specialist, free_times, who_is_free
from casework.booking.slots import AHEAD, HORIZON, Timetable
from casework.centers import KYIV
from casework.holding import BusyTimes, Resource
from casework.ids import CenterId, PersonId, StaffId, StructureId
from casework.presence import Absence
from storage.database import StoredWork
from storage.holding import held
from tests.journeys.booking import labels, lawyer, reviews
from tests.visiting import House

LAWYER = StructureId("lawyer")
CENTERS = ("lviv", "kharkiv", "mykolaiv", "vinnytsia")
NIGHT = datetime(2026, 11, 25, tzinfo=UTC)
Times = tuple[datetime, datetime]

minutes = st.integers(-3000, 3000)


@given(st.lists(st.tuples(minutes, st.integers(1, 2000)), max_size=8), minutes, st.integers(1, 1500))
def test_busy_is_what_overlaps_whatever_midnights_lie_between(
    spans: list[tuple[int, int]], start: int, length: int
) -> None:
    one, other = Resource("specialist:1"), Resource("specialist:2")
    busy, ends = BusyTimes(), start + length
    for since, lasts in spans:
        busy.add(one, _at(since).astimezone(KYIV), _at(since + lasts))
    free = all(ends <= since or start >= since + lasts for since, lasts in spans)
    assert busy.are_free(one, _at(start), _at(ends).astimezone(KYIV)) is free
    assert busy.are_free(other, _at(start), _at(ends))


def _at(minute: int) -> datetime:
    return NIGHT + timedelta(minutes=minute)


async def settle(work: StoredWork, house: House, rolls: Random) -> tuple[PersonId, dict[Resource, list[Times]]]:
    """Twelve lawyers in four cities, of whom some are full, some away, some have other hours; a family with
    appointments of its own. What is taken, of whom."""
    taken: dict[Resource, list[Times]] = {}
    mother = await work.people.add("uk")
    whose = [holding.person(mother)]
    for number in range(12):
        person = await work.people.add("uk")
        member = await work.staff.add(
            person, Role.SPECIALIST, center=CenterId(CENTERS[number % 4]), structure=LAWYER, name="Юрченко Ганна"
        )
        whose.append(holding.specialist(member))
        if number % 5 == 1:
            await work.bookings.keep_timetable(member, Timetable(timedelta(minutes=30)))
        if number % 3 == 0:
            first = house.clock().date() + timedelta(days=rolls.randrange(10))
            await work.bookings.be_absent(Absence(member, first, first + timedelta(days=rolls.randrange(8))), member)
    start, rows = house.clock().replace(minute=0, second=0, microsecond=0), list[dict[str, Any]]()
    for number, resource in enumerate(whose):
        for hour in range(30 * 24):
            since = start + timedelta(hours=hour, minutes=15 * (number % 3))
            until = since + timedelta(minutes=45)
            if 6 <= since.hour <= 16 and rolls.random() < (0.1, 0.9, 0.98)[number % 3]:
                rows.append({"id": len(rows), "offer_id": 1, "resource": resource, "during": Range(since, until)})
                taken.setdefault(resource, []).append((since, until))
    await work.connection.execute(held.insert(), rows)
    return mother, taken


async def by_comparing_all(
    place: str, person: PersonId, taken: dict[Resource, list[Times]], work: StoredWork
) -> dict[StaffId, list[datetime]]:
    """What the rule says, word by word."""
    absences = await work.bookings.absences(date(2026, 1, 1))
    found = {}
    for one in await work.bookings.specialists(None if place == CALL else CenterId(place), LAWYER):
        center, times = await work.centers.get(one.center), one.timetable
        since = center.working(work.now) if place == "kharkiv" else work.now
        starts = []
        for number in range(40):
            day = work.now.astimezone(KYIV).date() + timedelta(days=number)
            away = any(gone.staff == one.staff and gone.first <= day <= gone.last for gone in absences)
            start = center.at(day, center.opens)
            while center.works_on(day) and not away and start + times.length <= center.at(day, center.closes):
                mine = taken.get(holding.person(person), [])
                others = taken.get(holding.specialist(one.staff), [])
                if (
                    since + AHEAD <= start <= since + HORIZON
                    and all(start >= until or start + times.length <= busy for busy, until in mine)
                    and all(start >= until + times.pause or start + times.length <= busy for busy, until in others)
                ):
                    starts.append(start)
                start += times.length + times.pause
        found[one.staff] = starts
    return found


async def test_what_is_free_is_what_a_comparison_of_all_with_all_finds(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        mother, taken = await settle(work, house, Random(7))  # noqa: S311  chooses tests
        nobody = PersonId(0)
        for place in (CALL, "lviv", "kharkiv"):
            theirs = await by_comparing_all(place, mother, taken, work)
            every = sorted({start for starts in theirs.values() for start in starts})
            assert list(await free_times(place, LAWYER, mother, work)) == every
            for at in every[::7]:
                assert await free_times(place, LAWYER, mother, work, at) == (at,)
                who = {one.staff for one in await who_is_free(place, LAWYER, at, mother, work)}
                assert who == {staff for staff, starts in theirs.items() if at in starts}
            for at in (every[0] - timedelta(days=3), every[0] + timedelta(minutes=5)):
                assert await free_times(place, LAWYER, mother, work, at) == ()
            anybody = await by_comparing_all(place, nobody, taken, work)
            found = await by_specialist(place, LAWYER, work)
            assert {one.staff: list(starts) for one, starts in found.items()} == anybody


@contextmanager
def read_of_held(house: House) -> Iterator[list[Sequence[Any]]]:
    """What is asked of the table of times that are taken."""
    asked = list[Sequence[Any]]()

    def note(query: LoggedQuery) -> None:
        if "array_agg(lower(during))" in query.query:
            asked.append(query.args)

    def taken(connection: Any, *about: Any) -> None:
        connection.driver_connection.add_query_logger(note)

    def given_back(connection: Any, *about: Any) -> None:
        connection.driver_connection.remove_query_logger(note)

    pool = house.database.engine.sync_engine.pool
    event.listen(pool, "checkout", taken)
    event.listen(pool, "checkin", given_back)
    try:
        yield asked
    finally:
        event.remove(pool, "checkout", taken)
        event.remove(pool, "checkin", given_back)


async def test_of_a_whole_country_only_as_many_are_read_as_are_needed(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        for number in range(40):
            person = await work.people.add("uk")
            center = CenterId(CENTERS[number % 4])
            await work.staff.add(person, Role.SPECIALIST, center=center, structure=LAWYER, name="Юрченко Ганна")
        await work.commit()
    with read_of_held(house) as asked:
        async with house.database.work(house.clock()) as work:
            assert await free_times(CALL, LAWYER, None, work)
    assert [len(resources) for resources, *_ in asked] == [8]


async def test_once_a_time_is_chosen_only_that_time_is_looked_at(house: House) -> None:
    await lawyer(house)
    mother = house.guest()
    await mother.registers()
    await reviews(mother)
    with read_of_held(house) as asked:
        await mother.says("гм")
    spans = [until - since for (resource, *_), since, until in asked if resource.startswith("specialist:")]
    assert spans == [timedelta(hours=1)], "the visit and the pause before it"
    await mother.presses("Так, записати")
    assert mother.sees("Вас записано")


async def test_a_time_that_is_gone_meanwhile_is_asked_again_with_all_that_are_free(house: House) -> None:
    await lawyer(house)
    mother, father = house.guest(), house.guest()
    for guest in (mother, father):
        await guest.registers()
        await reviews(guest)
    await father.presses("Так, записати")
    await mother.says("гм")
    assert mother.hears("unclear-slot-gone")
    assert len([label for label in labels(mother) if ":" in label]) == 6
