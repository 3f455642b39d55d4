"""A claim of the courier's, with little and with very much that is due or held back, and a reply in between."""

import statistics
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from unittest import mock

import asyncpg

from benchmarks.row import Growth, Measured, Row, Run
from benchmarks.speed.comparing import pairs
from benchmarks.speed.servers import Postgres, postgres
from casework.actor import Channel
from casework.ids import PersonId
from casework.letters import Claimed, Letter, LetterKind, Purpose, Screen, say
from storage.binding import hashed
from storage.database import Database
from storage.leases import StoredLeases
from storage.outbox import letters
from storage.schema import binding_of, metadata

FEW: Final = 100
BETWEEN: Final = (1_000, 10_000)
MANY: Final = 100_000
CLAIMS: Final = 25
ROOT: Final = bytes(range(32))
SCREEN: Final = Screen((say("common.line", what="1", value="1"),), neutral=True)


Row_ = tuple[Any, ...]
TABLES: Final = metadata.tables
COLUMNS: Final = {
    "people": "id key_id language made_at script paused_until",
    "addresses": "id person_id channel hash address made_at seen_at session_until bound",
    "letters": "id person_id address_id channel kind purpose due_at for_session screen bound",
}


async def furnish(database: Database, server: Postgres, many: int) -> PersonId:
    """So many letters due, as many held back (at night, by a pause, for a session), each to an address of its own, and
    a reply to one of those; to whom."""
    now = datetime.now(UTC)
    people, addresses, waiting = list[Row_](), list[Row_](), list[Row_]()
    async with database.work(now) as work:
        await work.seed()
        key = (await work.people.enter(Channel.TELEGRAM, "1", "uk")).person
        data_key = await work.seals.person_key(key.id)
        for number in range(2 * many):
            person, address, letter = [await database.ids.take(work.connection) for _ in range(3)]
            kind = number % 3 if number >= many else -1
            paused = now + timedelta(hours=9) if kind == 1 else None
            people.append((person, data_key, "uk", now, "menu", paused))
            chat = str(10_000 + number)
            named = database.vault.lookup("address/telegram", chat)
            sealed = await work.seals.seal(TABLES["addresses"].c.address, address, chat, key=data_key)
            bound = _bound(database, "addresses", address, person, "telegram", named, None)
            addresses.append((address, person, "telegram", named, sealed, now, now, now, bound))
            screen = await work.seals.seal(letters.c.screen, letter, SCREEN, key=data_key)
            purpose = Purpose.ROUTINE if kind == 1 else Purpose.URGENT
            at = now + timedelta(hours=8) if kind == 0 else now - timedelta(minutes=5)
            bound = _bound(database, "letters", letter, person, None)
            waiting.append((letter, person, address, "telegram", "push", str(purpose), at, kind == 2, screen, bound))
        await work.commit()
    connection = await asyncpg.connect(server.dsn)
    try:
        for table, rows in (("people", people), ("addresses", addresses), ("letters", waiting)):
            await connection.copy_records_to_table(table, records=rows, columns=COLUMNS[table].split())
        await connection.execute("ANALYZE letters, people, addresses")
    finally:
        await connection.close()
    _, asking, at, *_ = waiting[many + many // 2]
    async with database.work(datetime.now(UTC)) as work:
        await work.outbox.add(Letter(asking, SCREEN, LetterKind.REPLY), (at, Channel.TELEGRAM))
        await work.commit()
    return PersonId(asking)


def _bound(database: Database, table: str, id: int, *values: Any) -> bytes:
    binding = binding_of(TABLES[table])
    assert binding is not None  # noqa: S101  both are bound
    return hashed(database.vault, binding, id, values)


async def claim(database: Database, asking: PersonId) -> float:
    """Milliseconds of a claim with the look when to come again; it is undone, so that each is like the other."""
    async with database.work(datetime.now(UTC)) as work:
        began = time.perf_counter()
        found, _ = await work.leases.claim(Channel.TELEGRAM, 30, timedelta(seconds=60), pushes=25, patient=False)
        took = (time.perf_counter() - began) * 1000
    if found[0].person != asking or found[0].letters[-1].kind is not LetterKind.REPLY:
        raise AssertionError("the reply does not come first")
    return took


async def backlog(run: Run) -> Measured:
    many = 5_000 if run.fast else MANY
    with ExitStack() as stack:
        sizes = (FEW, many) if run.fast or run.broken else (FEW, *BETWEEN, many)
        times: list[list[float]] = [[] for _ in sizes]
        kept = []
        for at, so_many in enumerate(sizes):
            server = stack.enter_context(await postgres(run.folder / str(at)))
            database = Database(server.url, ROOT)
            kept.append((database, await furnish(database, server, so_many), so_many))
        if run.broken:
            stack.enter_context(mock.patch("storage.leases.StoredLeases.claim", _counting))
        for repetition in range(CLAIMS + 3):
            for at, (database, asking, _) in enumerate(kept):
                took = await claim(database, asking)
                if repetition >= 3:
                    times[at].append(took)
        for database, _, so_many in kept:
            async with database.engine.connect() as connection:
                found = await connection.exec_driver_sql("SELECT count(*) FROM letters WHERE state = 'waiting'")
                if found.scalar_one() != 2 * so_many + 1:
                    raise AssertionError("letters are missing")
            await database.close()
    ratio = pairs(times[-1], times[0])
    points = [(so_many, statistics.median(some)) for so_many, some in zip(sizes, times, strict=True)]
    line = f"{points[0][1]:.2f} ms with {FEW}, {points[-1][1]:.2f} ms with {many:,}; ratio {ratio}"
    growth = Growth("A claim of the courier's", "ms", "letters due, and as many held back", {"a claim": points})
    return Measured(many, ratio.median, (line,), growth)


CLAIM: Final = StoredLeases.claim


async def _counting(leases: StoredLeases, *given: Any, **named: Any) -> Claimed:
    """The planted fault: the whole backlog is counted on each look."""
    await leases._connection.exec_driver_sql(
        "SELECT count(DISTINCT (l.address_id, l.position)) FROM letters l JOIN people p ON p.id = l.person_id"
        " JOIN addresses a ON a.id = l.address_id WHERE l.state = 'waiting'"
    )
    return await CLAIM(leases, *given, **named)


ROWS: Final = (
    Row("backlog", "time of a claim with 100,000 letters due and as many held back, by one with 100", 1.2, backlog),
)
