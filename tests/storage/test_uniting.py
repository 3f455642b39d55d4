"""Two persons become one: of every table that belongs to a person it is decided what happens to its rows."""

from casework.ids import PersonId
from storage.database import metadata
from storage.uniting import MOVED
from tests.visiting import House

APART = {"addresses", "drafts", "people", "thread", "readings", "missed", "owned_keys"}
GO = {"links", "attempts"}


def test_no_table_of_a_person_s_is_forgotten() -> None:
    belongs = {
        table.name
        for table in metadata.sorted_tables
        for reference in table.foreign_keys
        if reference.column.table.name == "people"
    }
    assert belongs == {table.name for table in MOVED} | APART | GO


async def test_nobody_waits_for_whoever_is_just_being_served(house: House) -> None:
    mother, other = house.guest(), house.guest()
    await mother.consents()
    await other.consents()
    people: list[PersonId] = [await mother.person(), await other.person()]
    async with house.database.work(house.clock()) as served:
        await served.people.enter(other.channel, other.address, "uk")
        for person, to in (people, reversed(people)):
            async with house.database.work(house.clock()) as work:
                assert await work.links.join(person, to) is None
    async with house.database.work(house.clock()) as work:
        assert await work.links.join(people[0], people[1]) is not None
        assert await work.links.join(people[0], people[1]) is None, "gone already"
