"""What every message passes goes past SQLAlchemy, and is bound, looked at and found away as everything else."""

import asyncpg
import pytest
from sqlalchemy import bindparam, insert, select, text, update

from casework.ids import PersonId
from casework.work import Unavailable
from storage.addresses import addresses
from storage.connecting import connect
from storage.files import files
from storage.people import people
from tests.visiting import House

PERSONS = select(people.c.id, addresses.c.channel).join(addresses).where(people.c.turn >= bindparam("turn"))
ID = select(people.c.id).where(people.c.id == bindparam("id"))


async def test_the_same_rows_come_as_by_sqlalchemy_in_the_same_transaction(house: House) -> None:
    mother = house.guest()
    await mother.says("/start")
    async with house.database.work(house.clock()) as work:
        await work.connection.execute(update(people).values(turn=70))
        [row] = await work.connection.run(PERSONS, {"turn": 70})
        [same] = await work.connection.execute(PERSONS, {"turn": 70})
        assert (row.id, row.channel) == tuple(same) == tuple(row)
        assert await work.connection.run(PERSONS, {"turn": 71}) == ()
        with pytest.raises(KeyError):
            await work.connection.run(PERSONS, {})
    async with house.database.work(house.clock()) as work:
        assert await work.connection.run(PERSONS, {"turn": 70}) == (), "it was undone with the rest"
        await work.connection.run(text("UPDATE people SET turn = 71"), {})
        await work.commit()
    async with house.database.work(house.clock()) as work:
        assert len(await work.connection.run(PERSONS, {"turn": 71})) == 1, "it was kept"


async def test_a_row_that_is_not_whose_it_says_counts_for_nothing(house: House) -> None:
    mother = house.guest()
    await mother.says("/start")
    async with house.database.engine.begin() as connection:
        await connection.execute(text("UPDATE addresses SET channel = 'viber'"))
    async with house.database.work(house.clock()) as work:
        assert await work.connection.run(PERSONS, {"turn": 0}) == ()


async def test_what_has_to_be_bound_or_changes_with_its_values_is_refused(house: House) -> None:
    bound = insert(addresses), update(addresses).values(person_id=bindparam("other"))
    many = select(people.c.id).where(people.c.id.in_(bindparam("ids", expanding=True)))
    async with house.database.work(house.clock()) as work:
        for statement in (*bound, many):
            with pytest.raises(LookupError, match="execute it"):
                await work.connection.run(statement, {"other": 5, "ids": [5]})


async def test_a_connection_that_was_lost_is_let_go_and_the_next_one_works(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        await work.connection.run(ID, {"id": 1})
    admin = await connect(house.database.dsn)
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1"
    await admin.fetch(f"{others} AND pid <> pg_backend_pid()", house.database.name)
    await admin.close()
    with pytest.raises(Unavailable):
        async with house.database.work(house.clock()) as work:
            await work.connection.run(ID, {"id": 1})
    async with house.database.work(house.clock()) as work:
        assert await work.connection.run(ID, {"id": 1}) == ()


async def test_the_servers_own_refusal_is_told_as_it_is(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        with pytest.raises(asyncpg.DivisionByZeroError):
            await work.connection.run(text("SELECT 1 / 0"), {})


async def test_a_row_that_is_put_in_is_bound_and_a_change_of_what_binds_none_needs_no_binding(house: House) -> None:
    mother = house.guest()
    await mother.says("/start")
    async with house.database.work(house.clock()) as work:
        person = PersonId(await work.connection.scalar(select(people.c.id)) or 0)
        file = await work.files.add(person, type="image/png", content=b"png")
        await work.connection.run(update(files).values(size=bindparam("bytes")), {"bytes": 7})
        await work.commit()
    async with house.database.work(house.clock()) as work:
        kept = await work.files.get(file)
    assert kept is not None
    assert kept.size == 7
    async with house.database.engine.begin() as connection:
        await connection.execute(text("UPDATE files SET bound = 'by hand'"))
    async with house.database.work(house.clock()) as work:
        assert await work.files.get(file) is None
