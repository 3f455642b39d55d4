"""The data of every release is brought to today's tables, opens with its key, and each conversation in it goes on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import pytest
from sqlalchemy import Select, Table, Text, func, select, text

from casework import outages, pushes, rulebook
from casework.places import EVERYWHERE
from casework.reference import Sort
from dialogs.conversation import Conversation
from dialogs.renewing import renewed
from dialogs.retired import RETIRED
from dialogs.scripts import SCRIPTS
from handlers.incoming import ButtonPress
from storage import holding
from storage.binding import bind_all
from storage.booking import appointments
from storage.database import Database, metadata, migrate
from storage.files import chunks
from storage.migrating import downgrade
from storage.outbox import letters
from storage.people import people
from storage.reference import reference
from storage.schema import bindings
from storage.vault import SealBroken
from tests.releases import Left, Release, releases
from tests.releases.story import asked_of
from tests.visiting import WORDS, Guest, House, open_house

LATER = timedelta(hours=1)
"""How long the new release takes to be installed. All that is asked about lies further ahead."""


@asynccontextmanager
async def _restored(release: Release, url: str) -> AsyncIterator[House]:
    connection = await asyncpg.connect(url.replace("postgresql+asyncpg", "postgresql"))
    await connection.execute(release.dump)
    await connection.close()
    await migrate(url)
    async with open_house(url, release.at + LATER) as house:
        yield house


def _guest(house: House, left: Left) -> Guest:
    return Guest(house, left.channel, left.address, left.language, left.mailbox)


@pytest.mark.parametrize("release", releases(), ids=lambda release: release.name)
async def test_everybody_goes_on_where_they_were(release: Release, empty_database_url: str) -> None:
    async with _restored(release, empty_database_url) as house:
        for left in release.people:
            guest = _guest(house, left)
            talk, asked = await asked_of(house, guest)
            assert talk.active.script == RETIRED.command(left.script), left.who
            assert asked == RETIRED.question(left.asked, talk.active.script), left.who
            assert [draft.script for draft in talk.parked] == list(map(RETIRED.command, left.parked)), left.who
            await guest.sends(ButtonPress("999999.gone"))
            assert guest.hears("desk-old-button"), left.who
            for cover in left.covers:
                await guest.sends(ButtonPress(cover))
                assert guest.sees(left.sees), left.who
        async with house.database.work(house.clock()) as work:
            assert (await work.connection.execute(text("SELECT count(*) FROM quarantine"))).scalar_one() == 0


@pytest.mark.parametrize("release", releases(), ids=lambda release: release.name)
async def test_every_name_of_a_release_is_known(release: Release, empty_database_url: str) -> None:
    """In the code, or as a row of `dialogs/retired.py`: of what has been begun, and of what letters bring."""
    begun, buttons, named = 0, set[str](), set[str]()
    async with _restored(release, empty_database_url) as house, house.database.work(house.clock()) as work:
        for person in (await work.connection.execute(select(people.c.id))).scalars().all():
            for draft in await work.people.drafts(person):
                found = renewed(Conversation(active=draft), SCRIPTS, WORDS)
                assert not found.unknown, draft.script
                begun += 1
        for row in (await work.connection.execute(select(letters))).all():
            screen = await work.seals.unseal(letters.c.screen, row.id, row.screen)
            named |= {name for name in (row.reads, screen.opens) if name is not None}
            buttons |= {button.id for line in screen.buttons for button in line if button.id.startswith("/")}
    for old in buttons:
        command = RETIRED.command(old.removeprefix("/"))
        assert command is None or command.split()[0] in {*SCRIPTS, pushes.OPEN, outages.GO_ON}, old
    for old in named:
        reference = RETIRED.reference(old)
        assert reference is None or reference.partition(":")[0] in {*rulebook.READS, *rulebook.OPENS}, old
    assert begun > len(release.people)
    assert buttons
    assert named


@pytest.mark.parametrize("release", releases(), ids=lambda release: release.name)
async def test_letters_that_waited_are_sent(release: Release, empty_database_url: str) -> None:
    async with _restored(release, empty_database_url) as house:
        assert release.waiting > 0
        before = sum(len(sent) for box in house.boxes.values() for sent in box.sent.values())
        await house.deliver()
        sent = sum(len(sent) for box in house.boxes.values() for sent in box.sent.values())
        assert sent - before >= release.waiting
        async with house.database.work(house.clock()) as work:
            left = text("SELECT count(*) FROM letters WHERE state = 'waiting' AND due_at <= :now")
            assert (await work.connection.execute(left, {"now": work.now})).scalar_one() == 0


@pytest.mark.parametrize("release", releases(), ids=lambda release: release.name)
async def test_all_that_is_sealed_opens(release: Release, empty_database_url: str) -> None:
    opened = 0
    async with _restored(release, empty_database_url) as house, house.database.work(house.clock()) as work:
        for table in metadata.tables.values():
            sealed = [column for column in table.columns if "seal" in column.info]
            for row in (await work.connection.execute(select(table))).mappings():
                for column in sealed:
                    blob = row[column.name]
                    if blob is None:
                        continue
                    id = row.get("id", next(iter(row.values())))
                    part = f".{row['file_id']}.{row['number']}" if table is chunks else ""
                    await work.seals.unseal(column, id, blob, part=part)
                    opened += 1
    assert opened > 150  # the threads of staff are gone since they hold nothing that they were shown


@pytest.mark.parametrize("release", releases(), ids=lambda release: release.name)
async def test_no_column_names_entries_without_a_key(release: Release, empty_database_url: str) -> None:
    """By what stands in it, whatever the column is called: a column that holds nothing but names of one sort."""
    seen = 0
    async with _restored(release, empty_database_url) as house, house.database.work(house.clock()) as work:
        for table in metadata.tables.values():
            for column in table.columns:
                if (
                    not isinstance(column.type, Text)
                    or column.foreign_keys
                    or table is reference
                    or column.name == "script"
                ):
                    continue
                values = set((await work.connection.execute(select(column).distinct())).scalars()) - {None}
                seen += bool(values)
                for sort in Sort:
                    names = {entry.name for entry in work.book.entries if entry.sort is sort}
                    assert not values or not values <= names, f"{table.name}.{column.name} names a {sort}: {values}"
    assert seen > 20


@pytest.mark.parametrize("release", releases(), ids=lambda release: release.name)
async def test_another_key_opens_nothing(release: Release, empty_database_url: str) -> None:
    """The dump is worth nothing without its key: nothing even begins."""
    async with _restored(release, empty_database_url) as house:
        stranger = Database(empty_database_url, bytes(32))
        with pytest.raises(SealBroken, match="ROOT_KEY_FILE"):
            async with stranger.work(house.clock()):
                raise AssertionError("nothing may begin")
        await stranger.close()


async def test_each_region_keeps_the_center_that_it_came_to(empty_database_url: str) -> None:
    """Until November 2026 a center had an array of regions, and what was in none came to the first center."""
    release = next(release for release in releases() if release.name == "2026-11")
    connection = await asyncpg.connect(empty_database_url.replace("postgresql+asyncpg", "postgresql"))
    await connection.execute(release.dump)
    kept = await connection.fetch("SELECT name, regions, proposed FROM public.centers ORDER BY id")
    await connection.close()
    await migrate(empty_database_url)
    async with open_house(empty_database_url, release.at + LATER) as house, house.database.work(house.clock()) as work:
        for region in EVERYWHERE:
            before = next((row for row in kept if region in row["regions"]), kept[0])
            now = await work.centers.answering_for(region)
            assert now.id == before["name"], region
            assert (region in now.proposed) == (region in before["proposed"] or region not in before["regions"]), region


@pytest.mark.parametrize("release", releases(), ids=lambda release: release.name)
async def test_own_words_that_waited_with_a_call_wait_for_an_answer(release: Release, empty_database_url: str) -> None:
    """Until December 2026 words that were passed on stood with an open call."""
    connection = await asyncpg.connect(empty_database_url.replace("postgresql+asyncpg", "postgresql"))
    await connection.execute(release.dump)
    await migrate(empty_database_url)
    await downgrade(empty_database_url, "0308")
    task = await connection.fetchrow("SELECT * FROM public.calls WHERE done_at IS NULL ORDER BY id LIMIT 1")
    assert task is not None
    await connection.execute("UPDATE public.calls SET reason = 'wrote' WHERE id = $1", task["id"])
    line = "INSERT INTO public.inbox (id, person_id, task_id, at, channel) VALUES (1, $1, $2, $3, 'telegram')"
    await connection.execute(line, task["person_id"], task["id"], task["due_at"])
    await connection.close()
    await migrate(empty_database_url)
    async with open_house(empty_database_url, release.at + LATER) as house, house.database.work(house.clock()) as work:
        found = await work.correspondences.of(task["person_id"])
        assert found is not None
        assert (found.center, found.due, found.closed_at) == (task["center"], task["due_at"], None)
        assert found in await work.correspondences.waiting(found.center)
        assert [line.task for line in await work.inbox.of_correspondence(found.id)] == [task["id"]]
        assert not await work.inbox.waiting(found.person)
        assert task["id"] not in [one.id for one in await work.calls.open_of(found.person, None)]
    await downgrade(empty_database_url, "0308")
    connection = await asyncpg.connect(empty_database_url.replace("postgresql+asyncpg", "postgresql"))
    again = await connection.fetchval("SELECT done_at FROM public.calls WHERE id = $1", task["id"])
    await connection.close()
    assert again is None, "the former release asks somebody to call"


@pytest.mark.parametrize("release", releases(), ids=lambda release: release.name)
async def test_what_was_booked_is_still_held_of_both_whichever_way_the_data_goes(
    release: Release, empty_database_url: str
) -> None:
    """Until November 2026 a specialist and a person were held in one row."""

    async def held(house: House) -> list[tuple[int, str, datetime, datetime]]:
        async with house.database.work(house.clock()) as work:
            rows = (await work.connection.execute(select(holding.held))).all()
            booked = (await work.connection.execute(select(appointments))).all()
        for one in booked:
            mine = {row.resource for row in rows if row.appointment_id == one.id}
            assert mine == {f"specialist:{one.staff_id}", f"person:{one.person_id}"}
        return sorted((row.appointment_id, row.resource, row.during.lower, row.during.upper) for row in rows)

    async with _restored(release, empty_database_url) as house:
        before = await held(house)
        await downgrade(empty_database_url, "0219")
        await migrate(empty_database_url)
        assert await held(house) == before != []


@pytest.mark.parametrize("release", releases(), ids=lambda release: release.name)
async def test_all_rows_of_a_release_are_bound_once_and_from_then_on_a_moved_one_gains_nothing(
    release: Release, empty_database_url: str
) -> None:
    async with _restored(release, empty_database_url) as house:
        database = house.database
        async with database.engine.connect() as connection:
            rows = [int(await connection.scalar(_count(table)) or 0) for table in _bound()]
        assert await bind_all(database.keyring, database.engine) == sum(rows) > 100
        assert set(bindings()) <= database.vault.bound
        assert await bind_all(database.keyring, database.engine) == 0
        async with database.engine.begin() as connection:
            for table in _bound():
                assert await connection.scalar(_count(table).where(table.c.bound.is_(None))) == 0, table.name
            moved = (await connection.execute(_ONE_OF_EACH)).one()
            for statement in _BY_HAND:
                assert (await connection.execute(text(statement), dict(moved._mapping))).rowcount == 1, statement
        async with database.work(house.clock()) as work:
            assert await work.staff.member_of(moved.thief) is None
            assert await work.people.guest(moved.address) is None
            assert not await work.threads.latest(moved.thief)
        assert database.broken.places == {"staff", "addresses", "thread"}


def _bound() -> list[Table]:
    return list(bindings().values())


def _count(table: Table) -> Select[Any]:
    return select(func.count()).select_from(table)


_ONE_OF_EACH = text("""
    SELECT t.id AS said, a.id AS address, s.id AS member,
           (SELECT min(p.id) FROM people p WHERE p.id NOT IN (SELECT person_id FROM staff)
                AND p.id NOT IN (SELECT person_id FROM thread) AND p.id <> a.person_id) AS thief
    FROM (SELECT id, person_id FROM thread ORDER BY id LIMIT 1) t
    JOIN (SELECT min(id) AS id, person_id FROM addresses GROUP BY person_id) a ON a.person_id = t.person_id
    CROSS JOIN (SELECT min(id) AS id FROM staff) s
""")
_BY_HAND = (
    "UPDATE thread SET person_id = :thief WHERE id = :said",
    "UPDATE addresses SET person_id = :thief WHERE id = :address",
    "INSERT INTO staff (id, person_id, role, center, made_at, active, bound)"
    " SELECT -1, :thief, role, center, made_at, active, bound FROM staff WHERE id = :member",
)
"""What somebody does who can write to the database and has no key of ours."""
