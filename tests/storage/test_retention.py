"""How long what is kept: every sealed column is in the table, the table is in the notice, and its end comes."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select, text, update

from casework.actor import Channel
from storage.addresses import addresses
from storage.database import metadata
from storage.outbox import letters
from storage.people import people
from storage.retention import RECEIPT, RULES, SEARCH, SENT, retain, told
from storage.sweeping import sealed_columns
from storage.threads import thread
from tests.visiting import House

NOTICE = Path(__file__).parents[2] / "docs" / "privacy.md"


def test_of_each_sealed_column_it_is_said_how_long_it_is_kept() -> None:
    answered = [column for rule in RULES for column in rule.columns]
    sealed = [f"{table.name}.{column.name}" for table in metadata.tables.values() for column in sealed_columns(table)]
    assert sorted(answered) == sorted(sealed), "each belongs to one line of RULES in storage/retention.py"


def test_the_notice_tells_the_table() -> None:
    assert told() in NOTICE.read_text(), f"put this into docs/privacy.md:\n{told()}"


async def test_who_has_no_search_is_erased_three_years_after_the_last_word(house: House) -> None:
    silent, searching = house.guest(), house.guest()
    await silent.consents()
    await searching.registers()
    gone, stays = await silent.person(), await searching.person()
    async with house.database.work(house.clock()) as work:
        work.now += SEARCH - timedelta(days=1)
        await retain(work)
        assert await work.connection.scalar(select(people.c.id).where(people.c.id == gone)) == gone
        await work.connection.execute(update(addresses).values(seen_at=work.now - SEARCH - timedelta(days=1)))
        await retain(work)
        await work.commit()
        left = set((await work.connection.scalars(select(people.c.id))).all())
    assert gone not in left
    assert stays in left


async def test_letters_receipts_and_threads_end(house: House) -> None:
    mother, page = house.guest(), house.guest(Channel.WEB)
    await mother.registers()
    await page.registers()
    person = await mother.person()
    async with house.database.work(house.clock()) as work:
        sent = (letters.c.person_id == person, letters.c.sent_at.is_not(None))
        asked = await work.connection.scalar(select(people.c.asked_letter).where(people.c.id == person))
        before = set(await work.connection.scalars(select(letters.c.id).where(*sent)))
        assert len(before) > 2
        work.now += RECEIPT + timedelta(days=1)
        await retain(work)
        kept = await work.connection.scalars(select(letters.c.id).where(*sent, letters.c.receipt.is_not(None)))
        assert set(kept) <= {asked}
        assert set(await work.connection.scalars(select(letters.c.id).where(*sent))) == before
        work.now += SENT
        await retain(work)
        assert set(await work.connection.scalars(select(letters.c.id).where(*sent))) <= {asked}
        assert await work.connection.scalar(select(thread.c.id).limit(1)) is not None
        work.now += SEARCH
        await retain(work)
        assert await work.connection.scalar(select(thread.c.id).limit(1)) is None


async def test_that_somebody_was_called_outlives_the_words(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    async with house.database.work(house.clock()) as work:
        task = await work.connection.scalar(text("SELECT id FROM calls LIMIT 1"))
        await work.connection.execute(text("UPDATE calls SET done_at = :now, note = '\\x00'"), {"now": work.now})
        work.now += timedelta(days=370)
        await retain(work)
        row = (await work.connection.execute(text("SELECT id, note FROM calls WHERE id = :id"), {"id": task})).one()
    assert row.note is None
