"""Exactly one center answers for each region, and for families abroad, on every day."""

import asyncio
from collections.abc import Coroutine
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from casework import seed
from casework.centers import KYIV
from casework.ids import CenterId
from casework.places import ABROAD, EVERYWHERE
from storage.database import Database, StoredWork
from tests.conftest import Databases

TODAY = date(2026, 11, 24)
DAYS = st.integers(0, 60).map(lambda days: TODAY + timedelta(days=days))
CENTERS = st.sampled_from([center.id for center in seed.centers()])
MOVES = st.lists(st.tuples(st.sampled_from(["poltava", "lviv", ABROAD]), CENTERS, DAYS), max_size=8)

Moves = list[tuple[str, CenterId, date]]


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=KYIV)


async def _seeded(url: str) -> Database:
    database = Database(url, bytes(range(32)))
    async with database.work(noon(TODAY)) as work:
        await work.seed()
        await work.commit()
    return database


async def _who(database: Database, region: str | None, day: date) -> CenterId:
    async with database.work(noon(day)) as work:
        return (await work.centers.answering_for(region)).id


async def test_everybody_has_a_center_from_the_first_day(database_url: str) -> None:
    database = await _seeded(database_url)
    for day in (date(2022, 2, 24), TODAY, date(2040, 1, 1)):
        for region in EVERYWHERE:
            assert await _who(database, region, day) in {center.id for center in seed.centers()}
        assert await _who(database, None, day) == await _who(database, ABROAD, day)
    with pytest.raises(LookupError, match="no center answers"):
        await _who(database, "atlantis", TODAY)
    await database.close()


@given(moves=MOVES)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_moved_when_each_day_has_one_answer(databases: Databases, furnished: str, moves: Moves) -> None:
    name = databases.create(template=furnished)
    try:
        databases.run(_moved(databases.address(name), moves))
    finally:
        databases.drop(name)


async def _moved(url: str, moves: Moves) -> None:
    database = await _seeded(url)
    expected = {
        (region, TODAY + timedelta(days=ahead)): await _who(database, region, TODAY)
        for region in ("poltava", "lviv", ABROAD)
        for ahead in range(-1, 62)
    }
    for region, center, since in moves:
        async with database.work(noon(TODAY)) as work:
            await work.centers.answers(center, region, since)
            await work.commit()
        expected |= {key: center for key in expected if key[0] == region and key[1] >= since}
    async with database.work(noon(TODAY)) as work:
        rows = await work.connection.execute(text("SELECT region, center, during FROM center_regions"))
        ranges = [(row.region, row.center, row.during) for row in rows]
    for (region, day), center in expected.items():
        held = [one for where, one, during in ranges if where == region and _within(day, during)]
        assert held == [center], (region, day)
    await database.close()


def _within(day: date, during: object) -> bool:
    lower, upper = during.lower, during.upper  # type: ignore[attr-defined]
    return (lower is None or lower <= day) and (upper is None or day < upper)


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM center_regions WHERE region = 'poltava'",
        "UPDATE center_regions SET during = daterange(NULL, '2027-01-01') WHERE region = 'abroad'",
        "INSERT INTO center_regions (id, region, center, during) VALUES (1, 'lviv', 'kharkiv', '[2027-01-01,]')",
        "INSERT INTO center_regions (id, region, center, during) VALUES (1, 'new', 'kharkiv', '[2027-01-01,)')",
    ],
)
async def test_the_database_takes_no_day_with_none_or_two(database_url: str, harm: str) -> None:
    database = await _seeded(database_url)
    async with database.work(noon(TODAY)) as work:
        with pytest.raises(IntegrityError):
            await _harmed(work, harm)
    await database.close()


async def _harmed(work: StoredWork, harm: str) -> None:
    await work.connection.execute(text(harm))
    await work.commit()


async def test_of_two_who_move_a_region_at_once_the_later_word_stands(database_url: str) -> None:
    database = await _seeded(database_url)

    async def moved(center: str) -> None:
        async with database.work(noon(TODAY)) as work:
            await work.centers.answers(CenterId(center), "poltava", TODAY)
            await work.commit()

    both: list[Coroutine[None, None, None]] = [moved("lviv"), moved("vinnytsia")]
    await asyncio.gather(*both)
    assert await _who(database, "poltava", TODAY) in ("lviv", "vinnytsia")
    assert await _who(database, "poltava", TODAY - timedelta(days=1)) == "kharkiv"
    await database.close()
