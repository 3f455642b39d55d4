"""Who looked: nothing is read without a row, and what is done to the rows behind the service's back is found.

The one who alters them writes into the whole database, has no key, and can add lines to the place where heads are
published, but takes none away from there.
"""

import asyncio
import os
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from unittest import mock

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from benchmarks.caseload import CENTER, fill
from benchmarks.row import Measured, Row, Run
from benchmarks.trust.clusters import furnished
from benchmarks.trust.looking import look
from bot.postgres import Server
from casework.actor import Actor, Channel, Role, Staff
from casework.audit import NotRecorded
from casework.ids import CaseId, PersonId, ReportId, StaffId
from storage import chain
from storage.chain import Head, Heads, verify
from storage.database import Database
from storage.vault import Vault

ROOT: Final = bytes(range(32))
NOW: Final = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
GROWN: Final = 120
"""Rows of the chain that is altered, in transactions of one to three."""

WHAT: Final = ("case", "search", "queue", "call", "file", "kinship", "update-approved")


@asynccontextmanager
async def fresh_database(run: Run) -> AsyncIterator[Database]:
    """A server of the row's own, with every table, without fsync."""
    with ExitStack() as stack:
        await furnished(run.folder / "postgres")
        server = Server(run.folder / "postgres", fsync=False)
        url = server.start()
        stack.callback(server.stop)
        database = Database(url, ROOT)
        try:
            yield database
        finally:
            await database.close()


async def _grow(database: Database, chance: random.Random) -> list[Head]:
    """A chain as a day makes it, and the heads that were published meanwhile."""
    published = []
    for minute in range(GROWN // 2):
        async with database.work(NOW + timedelta(minutes=minute)) as work:
            for _ in range(chance.randint(1, 3)):
                member = Staff(StaffId(chance.randint(1, 9)), PersonId(1), Role.OPERATOR, None)
                actor = Actor(PersonId(1), "uk", chance.choice((Channel.WEB, Channel.TELEGRAM)), member)
                cases = [CaseId(chance.randint(1, 50)) for _ in range(chance.randint(0, 5))]
                case, report = CaseId(chance.randint(1, 50)), ReportId(chance.randint(1, 50))
                await work.audit.looked(actor, chance.choice(WHAT), case=case, report=report, cases=cases)
            await work.commit()
        published.append(database.heads.known)
    return published


Act = Callable[[AsyncConnection, random.Random, Head, Vault], Awaitable[Sequence[Head]]]
"""What is done, on a chain with this head; the lines that are added where heads are published."""


async def _does(connection: AsyncConnection, statement: str, **values: Any) -> None:
    await connection.execute(text(statement), values)


async def _edit(connection: AsyncConnection, chance: random.Random, head: Head, vault: Vault) -> Sequence[Head]:
    change = chance.choice(
        (
            "case_id = case_id + 1",
            "report_id = NULL",
            "person_id = 7",
            "staff_id = staff_id + 1",
            "what = what || '-'",
            "deed = 'acted'",
            "channel = 'viber'",
            "at = at - interval '1 second'",
            "cases = array_append(cases, 51)",
            "people = '{4}'",
            "session_id = 4",
            "searched = '\\x00'",
            "id = -id",
            "link = sha256(link)",
            "number = number + 100000",
            "number = NULL",
        )
    )
    await _does(connection, f"UPDATE audit SET {change} WHERE number = :at", at=chance.randint(1, head.number))  # noqa: S608
    return ()


async def _delete(connection: AsyncConnection, chance: random.Random, head: Head, vault: Vault) -> Sequence[Head]:
    """One or several in a row; often the rest closes up."""
    at, many = chance.randint(1, head.number - 1), chance.randint(1, 4)
    await _does(connection, "DELETE FROM audit WHERE number >= :at AND number < :to", at=at, to=at + many)
    if chance.random() < 0.5:
        await _does(connection, "UPDATE audit SET number = -number WHERE number > :at", at=at)
        await _does(connection, "UPDATE audit SET number = -number - :many WHERE number < 0", many=many)
    return ()


async def _swap(connection: AsyncConnection, chance: random.Random, head: Head, vault: Vault) -> Sequence[Head]:
    """Two rows take each other's places, with or without their links."""
    one, other = chance.sample(range(1, head.number + 1), 2)
    whole = chance.random() < 0.5
    with_link = "" if whole else ", link = (SELECT link FROM audit o WHERE o.number = {})"
    for place, to, link in ((one, -one, one), (other, one, one), (-one, other, other)):
        keeps = with_link.format(link) if not whole and place != one else ""
        await _does(connection, f"UPDATE audit SET number = {to}{keeps} WHERE number = {place}")  # noqa: S608
    return ()


async def _insert(connection: AsyncConnection, chance: random.Random, head: Head, vault: Vault) -> Sequence[Head]:
    """At the end, in the midst, or outside the chain, with a link of another row."""
    at = chance.choice((head.number + 1, chance.randint(1, head.number), 0, None))
    if at is not None and 0 < at <= head.number:
        await _does(connection, "UPDATE audit SET number = -number WHERE number >= :at", at=at)
        await _does(connection, "UPDATE audit SET number = 1 - number WHERE number < 0")
    await _does(
        connection,
        "INSERT INTO audit (id, at, staff_id, deed, what, channel, case_id, number, link)"
        " SELECT -1, at, staff_id, deed, what, channel, case_id, CAST(:at AS bigint), link FROM audit"
        " WHERE number = :like",
        at=at,
        like=1 if at != 1 else 2,
    )
    return ()


async def _cut(connection: AsyncConnection, chance: random.Random, head: Head, vault: Vault) -> Sequence[Head]:
    """The end goes, from one row to all."""
    first = chance.choice((head.number, chance.randint(1, head.number), 1))
    await _does(connection, "DELETE FROM audit WHERE number >= :first", first=first)
    return ()


async def _roll_back(connection: AsyncConnection, chance: random.Random, head: Head, vault: Vault) -> Sequence[Head]:
    """An older state with its own head published anew; often the service goes on from there."""
    to = chance.randint(1, head.number - 1)
    await _does(connection, "DELETE FROM audit WHERE number > :to", to=to)
    older = await chain.newest(connection)
    if chance.random() < 0.5:
        return (older,)
    added = [
        dict.fromkeys(chain.CHAINED)
        | {"id": -1 - place, "at": NOW, "staff_id": 1, "deed": "looked", "what": "queue", "channel": "web"}
        for place in range(chance.randint(1, 2 * GROWN))
    ]
    await connection.execute(chain.audit.insert(), added)
    return (older, await chain.chain(connection, vault, Heads(), added))


ACTS: Final[tuple[Act, ...]] = (_edit, _delete, _swap, _insert, _cut, _roll_back)


async def _audit(run: Run) -> Measured:
    many, chance, unseen = 150 if run.fast else 5_000, random.Random(run.seed), list[str]()  # noqa: S311
    with ExitStack() as stack:
        if run.broken:  # links that do not cover everything
            covered = tuple(name for name in chain.CHAINED if name not in ("case_id", "staff_id"))
            stack.enter_context(mock.patch.object(chain, "CHAINED", covered))
        async with fresh_database(run) as database:
            published = await _grow(database, chance)
            async with database.engine.connect() as connection:
                broken = (await verify(connection, database.vault, published)).broken
                if broken is not None:
                    unseen.append(f"nothing was done, and {broken}")
                for place in range(many):
                    act = ACTS[place % len(ACTS)]
                    added = await act(connection, chance, published[-1], database.vault)
                    broken = (await verify(connection, database.vault, [*published, *added])).broken
                    if broken is None:
                        unseen.append(f"{act.__name__.strip('_')}, the {place}th")
                    await connection.rollback()
    return Measured(many, len(unseen), tuple(unseen))


async def _staffed(database: Database, families: int) -> tuple[StaffId, list[str]]:
    """An operator who has given their code, and the numbers of some families of the center."""
    async with database.work(datetime.now(UTC)) as work:
        await work.seed()
        member, other = [
            await work.staff.add(await work.people.add("uk"), role, center=CENTER, name="Коваль Олена")
            for role in (Role.OPERATOR, Role.VERIFIER)
        ]
        await work.commit()
    made = await fill(database, families, datetime.now(UTC), [member, other], random.Random(7))  # noqa: S311
    async with database.work(datetime.now(UTC)) as work:
        numbers = [row.number for row in await work.connection.execute(text("SELECT number FROM reports"))]
    assert made.cases == families  # noqa: S101  `fill` says what it made
    return member, numbers


async def _killed(url: str, member: StaffId, numbers: Sequence[str], after: float, *, forgets: bool) -> list[str]:
    """A process that looks, killed after so many seconds of looking; what it was shown until then."""
    told = {**os.environ, "FORGETS": "yes" if forgets else ""}
    command = [sys.executable, "-m", "benchmarks.trust.looking", url, str(member), *numbers]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, env=told)
    assert process.stdout is not None  # noqa: S101  it is piped
    first = await process.stdout.readline()
    await asyncio.sleep(after)
    process.kill()
    rest = await process.stdout.read()
    await process.wait()
    return [line for line in (first + rest).decode().split("\n")[:-1] if line]


async def _looks(run: Run) -> Measured:
    """Reads that were shown and have no row, with the process killed again and again; then reads while the table is
    away, or refuses."""
    kills, refused = (2, 20) if run.fast else (60, 300)
    chance, found, shown, unrecorded = random.Random(run.seed), list[str](), Counter[str](), 0  # noqa: S311
    async with fresh_database(run) as database:
        member, numbers = await _staffed(database, 20)
        for _ in range(kills):
            shown.update(await _killed(database.url, member, numbers, chance.uniform(0.1, 1.0), forgets=run.broken))
        query = text("SELECT what, case_id, count(*) AS many FROM audit GROUP BY what, case_id")
        async with database.engine.connect() as connection:
            kept = {
                f"call {row.case_id}" if row.what == "call" else row.what: row.many
                for row in await connection.execute(query)
            }
        for what, many in shown.items():
            if many > kept.get(what, 0):
                unrecorded += many - kept.get(what, 0)
                found.append(f"{what}: shown {many} times, {kept.get(what, 0)} rows")
        for statement in (
            "CREATE RULE refused AS ON INSERT TO audit DO INSTEAD (SELECT 1 / 0)",
            "ALTER TABLE audit RENAME TO gone",
        ):
            async with database.engine.begin() as connection:
                await connection.execute(text(statement))
            for _ in range(refused):
                with suppress(NotRecorded):
                    await look(database, member, numbers, chance)
                    unrecorded += 1
                    found.append(f"shown after: {statement}")
    return Measured(shown.total() + 2 * refused, unrecorded, tuple(found))


LOOKS: Final = Row(
    "looks", "reads by staff without a row of the audit: under kills, and while it takes none", 0, _looks
)
AUDIT: Final = Row(
    "audit", "edits, deletions, swaps, insertions, cut ends and rollbacks of the audit: unseen", 0, _audit
)
