"""What commits have brought for couriers, told to other processes afterwards, and for many at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest
from sqlalchemy import text

from casework.actor import Channel
from casework.letters import Letter, LetterKind, Say, Screen
from demo.patience import until
from storage.announcing import Announcer
from storage.connecting import connect
from storage.database import Database
from storage.effects import WOKEN
from tests.visiting import House


@asynccontextmanager
async def listening(database: Database) -> AsyncIterator[None]:
    """Until it is connected, and for as long as the block runs."""
    began = list[str]()
    async with database.woken(began.append):
        task = asyncio.create_task(database.listen())
        await until(lambda: began)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def another_process(house: House) -> AsyncIterator[list[str]]:
    """What it hears."""
    heard = list[str]()
    connection = await connect(house.database.dsn)
    await connection.add_listener(WOKEN, lambda _c, _pid, _on, what: heard.append(str(what)))
    try:
        yield heard
    finally:
        await connection.close()


async def writes(house: House) -> int:
    """A letter to a chat, committed; over which connection."""
    async with house.database.work(house.clock()) as work:
        guest = await work.people.enter(Channel.TELEGRAM, "101", "uk")
        letter = Letter(guest.person.id, Screen((Say("desk-not-read"),)), LetterKind.REPLY)
        await work.outbox.add(letter, (guest.address, Channel.TELEGRAM))
        writer = int(await work.connection.scalar(text("SELECT pg_backend_pid()")) or 0)
        await work.commit()
    return writer


async def test_another_process_hears_of_a_letter_after_its_commit_and_within_it_where_nobody_listens(
    house: House,
) -> None:
    """A NOTIFY within it would make all commits wait for each other: see `storage/announcing.py`."""
    tellers = list[int]()
    other = await connect(house.database.dsn)
    await other.add_listener(WOKEN, lambda _c, pid, _on, _what: tellers.append(pid))
    try:
        writer = await writes(house)
        await until(lambda: tellers, [writer])
        async with listening(house.database):
            writer = await writes(house)
            await until(lambda: len(tellers), 2)
        assert tellers[1] != writer
    finally:
        await other.close()


async def test_what_many_commits_bring_is_told_once(house: House) -> None:
    announcer, connection = Announcer(), await connect(house.database.dsn)
    try:
        async with another_process(house) as heard:
            for _ in range(3):
                announcer.add({Channel.TELEGRAM})
            announcer.add({Channel.VIBER})
            await announcer.tell(connection, within=60)
            await until(lambda: heard, [Channel.TELEGRAM, Channel.VIBER])
            assert not announcer.pending
    finally:
        await connection.close()


async def test_what_a_lost_line_has_not_taken_is_told_over_the_next(house: House) -> None:
    announcer, lost, next_one = Announcer(), await connect(house.database.dsn), await connect(house.database.dsn)
    announcer.add({Channel.TELEGRAM})
    await lost.close()
    with pytest.raises(asyncpg.InterfaceError):
        await announcer.tell(lost, within=60)
    async with asyncio.timeout(60):
        await announcer.wait(600)  # over at once: it has still to be told
    try:
        async with another_process(house) as heard:
            await announcer.tell(next_one, within=60)
            await until(lambda: heard, [Channel.TELEGRAM])
    finally:
        await next_one.close()


async def test_who_has_told_is_not_woken_by_it_again(house: House) -> None:
    """Their couriers looked when it was committed; one more look would find nothing."""
    heard = list[str]()
    async with listening(house.database), another_process(house) as others, house.database.woken(heard.append):
        await writes(house)
        await until(lambda: others, [Channel.TELEGRAM])
        async with house.database.work(house.clock()) as work:
            await work.connection.execute(text("SELECT pg_notify(:on, 'last')"), {"on": WOKEN})
            await work.connection.commit()
        await until(lambda: heard, [Channel.TELEGRAM, "last"])
