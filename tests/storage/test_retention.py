"""How long what is kept: every sealed column is in the table, the table is in the notice, and its end comes."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from bot.ticks import tidy
from casework.actor import Channel, Role
from casework.letters import Say
from casework.people import ERASE_AFTER
from storage.addresses import addresses
from storage.database import metadata
from storage.outbox import letters
from storage.people import people
from storage.retention import RECEIPT, RULES, SEARCH, SENT, Rule, retain, told
from storage.sweeping import sealed_columns
from storage.threads import thread
from storage.work import StoredWork
from tests.visiting import WORDS, House

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


def test_the_consent_promises_what_the_table_keeps() -> None:
    """Three years after the search, seven days to take an erasure back, a session of thirty days: in both languages."""
    told_of = {rule.what: rule for rule in RULES}
    search = told_of["what is told of the missing person, papers, kinship"]
    person = told_of["what a person says of themselves, with addresses, files, drafts"]
    assert search.lasts == person.lasts == told_of["the conversation on the page"].lasts == SEARCH
    assert timedelta(days=3 * 365) <= SEARCH
    assert search.run is not None
    promised = {"uk": ("доки триває пошук", "три роки після"), "en": ("the search", "three years after")}
    for language, words in promised.items():
        for name in ("welcome-kept", "visitor-read", "web-privacy-long-text"):
            text = WORDS.say(language, Say(name)).lower()
            assert all(word in text for word in words), (language, name, text)
        days = f"{ERASE_AFTER.days} "
        assert days in WORDS.say(language, Say("erase-sure"))
        assert days in WORDS.say(language, Say("web-privacy-rights-text"))
    notice = NOTICE.read_text()
    assert f"erased after {ERASE_AFTER.days} days" in notice
    assert "three years after" in notice


async def test_what_a_member_looked_for_is_gone_when_nobody_is_there(house: House) -> None:
    mother, operator = house.guest(), await house.staff(Role.OPERATOR)
    await mother.registers()
    await operator.says("/find Петренко")
    member = await operator.person()

    async def begun(hours: float) -> str:
        house.clock.pass_by(hours=hours)
        async with house.database.work(house.clock()) as work:
            await retain(work)
            await work.commit()
            return repr(await work.people.drafts(member))

    assert "Петренко" in await begun(11)
    assert "Петренко" not in await begun(2)
    await operator.says("/find Іван")
    assert "Петренко Іван" in operator.news


async def test_one_rule_that_fails_stops_no_other(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is committed by itself: what one has ended stays ended, and no transaction holds all of it."""

    async def fails(work: StoredWork) -> None:
        await work.connection.execute(text("DELETE FROM no_such_table"))

    monkeypatch.setattr("storage.retention.RULES", (*RULES, Rule("a fault", (), "", None, "", fails), *RULES[:1]))
    page = house.guest(Channel.WEB)
    await page.registers()
    async with house.database.work(house.clock()) as work:
        work.now += SEARCH + timedelta(days=1)
        await tidy(work)
    async with house.database.work(house.clock()) as work:
        assert await work.connection.scalar(select(thread.c.id).limit(1)) is None
