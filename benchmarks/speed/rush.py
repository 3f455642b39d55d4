"""A rush: two hundred families press "yes" at once, where 50 times are free and where 5,000 are."""

import pickle
import statistics
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import asyncpg
from sqlalchemy.engine import make_url

from benchmarks.row import Measured, Row, Run
from benchmarks.speed.calendars import employ, families, take
from benchmarks.speed.comparing import REPETITIONS, pairs, told
from benchmarks.speed.processes import Spell, started
from benchmarks.speed.servers import Postgres, postgres
from casework.ids import CenterId
from storage.database import Database

FAMILIES: Final = 200
FREE: Final = (50, 5_000)
PROCESSES: Final = 2
CENTER: Final = CenterId("lviv")
ROOT: Final = bytes(range(32))
NOT_SOONER: Final = 10
"""Slots of each specialist that nobody reaches for: they must not pass by while it is measured."""

AGAIN: Final = """
    DELETE FROM appointments WHERE id <> (SELECT min(id) FROM appointments);
    DELETE FROM letters; DELETE FROM drafts; DELETE FROM files; DELETE FROM arrivals;
    UPDATE people SET script = was.script, active = was.active, turn = was.turn, more = was.more,
        asked_letter = was.asked_letter FROM were_people was WHERE was.id = people.id;
"""


DOUBLES: Final = """
    SELECT count(*) FROM appointments a JOIN appointments b ON a.id < b.id
        AND (a.staff_id = b.staff_id OR a.person_id = b.person_id)
        AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
"""


@dataclass(frozen=True, slots=True)
class Rushed:
    """What became of rushes at so many free times: of ours and of the replayed, by repetition; how many were booked in
    each, told to come again, and booked twice in all."""

    ours: Sequence[Spell]
    replayed: Sequence[Spell]
    booked: Sequence[int]
    refused: int
    doubles: int
    promises: str


_HELD: dict[tuple[str, int], Sequence[Rushed]] = {}


async def rushes(run: Run, fault: str = "slow") -> Sequence[Rushed]:
    """At each number of free times, held once; with the planted `fault` where there is one: a "slow" desk, an
    "impatient" pool, times that nothing guards ("unguarded")."""
    fault = fault if run.broken else ""
    key = fault, run.seed
    if key not in _HELD:
        with ExitStack() as stack:
            server = stack.enter_context(await postgres(run.folder / "data"))
            _HELD[key] = [await _rushed(run, free, server, fault) for free in FREE]
    return _HELD[key]


async def _rushed(run: Run, free: int, server: Postgres, fault: str) -> Rushed:
    many = FAMILIES // 4 if run.fast else FAMILIES
    names = [f"rush_{free}_{who}" for who in ("ours", "replayed")]
    ours, replayed = [await _copy(server, name) for name in names]
    await _furnish(ours, free, many)
    if fault == "unguarded":
        await _ask(Postgres(ours, server.pid), "ALTER TABLE held DROP CONSTRAINT one_at_a_time")
    await _copy(server, names[1], of=names[0])
    folder = run.folder / names[0]
    folder.mkdir()
    spells: list[list[Spell]] = [[], []]
    booked, refused, doubles = list[int](), 0, 0
    with ExitStack() as stack:
        groups = []
        for name, url in zip(("rush", "replayed"), (ours, replayed), strict=True):
            at = Postgres(url, server.pid)
            wanted: dict[str, Any] = {"url": url, "dsn": at.dsn, "folder": str(folder)}
            wanted |= {"slow": fault == "slow", "impatient": fault == "impatient"}
            begun = started(name, name, wanted, chats=many, of=PROCESSES, server=server.pid)
            groups.append((stack.enter_context(begun), at))
        for repetition in range((2 if run.fast else REPETITIONS) + 1):
            for number, (group, at) in enumerate(groups):
                await _again(at)
                spell = group.run(1)
                group.check(every=True)
                if repetition > 0:  # the first is for the caches alone
                    spells[number].append(spell)
            booked.append(await _booked(groups[0][1]))
            doubles += await _doubles(groups[0][1])
            told_to_come_again = 0
            for me in range(PROCESSES):
                told_to_come_again += pickle.loads((folder / f"{repetition}-{me}").read_bytes())[1]  # noqa: S301  our own
            refused += told_to_come_again
            if booked[-1] + told_to_come_again < min(free, many):
                raise AssertionError(f"{booked[-1]} appointments at {free} free times for {many} families")
    return Rushed(spells[0], spells[1], booked, refused, doubles, await server.promises())


async def _furnish(url: str, free: int, many: int) -> None:
    database = Database(url, ROOT)
    async with database.work(datetime.now().astimezone()) as work:
        await work.seed()
        await work.commit()
    slots = await employ(database, CENTER, 2 if free < 100 else 40)
    each = free // len(slots)
    wanted = {one: starts[NOT_SOONER : NOT_SOONER + each] for one, starts in slots.items()}
    left = free - sum(len(starts) for starts in wanted.values())
    if left:
        raise AssertionError(f"{left} times too few are there to be free")
    await take(database, {one: [at for at in starts if at not in wanted[one]] for one, starts in slots.items()})
    times = sorted({start for starts in wanted.values() for start in starts})
    await families(database, CENTER, [times[number % len(times)] for number in range(many)])
    async with database.engine.begin() as connection:
        await connection.exec_driver_sql("CREATE TABLE were_people AS SELECT * FROM people")
    await database.close()


async def _copy(server: Postgres, name: str, *, of: str | None = None) -> str:
    """A database of that name, as the first of the server or as another; its address."""
    first = await asyncpg.connect(server.dsn)
    try:
        known = await first.fetchval("SELECT current_database()")
        admin = await asyncpg.connect(server.dsn, database="postgres")
        try:
            await first.close()
            await admin.execute(f'DROP DATABASE IF EXISTS "{name}"')
            await admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{of or known}"')
        finally:
            await admin.close()
    finally:
        await first.close()
    return make_url(server.url).set(database=name).render_as_string(hide_password=False)


async def _again(at: Postgres) -> None:
    connection = await asyncpg.connect(at.dsn)
    try:
        await connection.execute(AGAIN)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


async def _booked(at: Postgres) -> int:
    return int(await _ask(at, "SELECT count(*) - 1 FROM appointments"))


async def _doubles(at: Postgres) -> int:
    """Appointments that overlap another of the same specialist or person."""
    return int(await _ask(at, DOUBLES))


async def _ask(at: Postgres, query: str) -> Any:
    connection = await asyncpg.connect(at.dsn)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


def _lines(rushed: Sequence[Rushed]) -> tuple[str, ...]:
    found = [f"{rushed[0].promises}"]
    for free, one in zip(FREE, rushed, strict=True):
        found.append(f"{free:,} free: {told('ours', one.ours)}; {statistics.median(one.booked):.0f} booked")
        found.append(f"{free:,} free: {told('asyncpg', one.replayed)}")
    return tuple(found)


def _n(rushed: Sequence[Rushed]) -> int:
    return sum(spell.n for one in rushed for spell in one.ours)


async def rush(run: Run) -> Measured:
    """The families' rate beside that of their statements, the worse of both."""
    held = await rushes(run)
    ratios = [pairs([one.rate for one in held_at.ours], [one.rate for one in held_at.replayed]) for held_at in held]
    lines = [f"{free:,} free: ratio {ratio}" for free, ratio in zip(FREE, ratios, strict=True)]
    return Measured(_n(held), min(ratio.median for ratio in ratios), (*_lines(held), *lines))


async def rush_rate(run: Run) -> Measured:
    """Families a second who are told that they are booked, or that somebody was quicker."""
    held = await rushes(run)
    rates = [statistics.median(one.rate for one in held_at.ours) for held_at in held]
    return Measured(_n(held), min(rates), _lines(held))


async def rush_refused(run: Run) -> Measured:
    held = await rushes(run, "impatient")
    return Measured(_n(held), sum(one.refused for one in held), ())


async def rush_doubles(run: Run) -> Measured:
    held = await rushes(run, "unguarded")
    return Measured(_n(held), sum(one.doubles for one in held), ())


ROWS: Final = (
    Row(
        "rush",
        "200 families at 50 and 5,000 free times: rate beside asyncpg with the same statements",
        0.3,
        rush,
        "high",
    ),
    Row("rush-rate", "families of a rush answered a second, the worse of both", 150, rush_rate, "high"),
    Row("rush-refused", "families of a rush who were told to come again (503)", 0, rush_refused),
    Row("rush-doubles", "times of a specialist or a person given twice", 0, rush_doubles),
)
