"""Free times as a family asks for them: of one center, and of all thirty by telephone, with most of the first weeks
taken."""

import random
import statistics
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final
from unittest import mock

from benchmarks.row import Measured, Row, Run
from benchmarks.speed.calendars import LAWYER, employ, take
from benchmarks.speed.servers import postgres
from casework.actor import Actor, Channel
from casework.booking.families import FreeSlots, free_slots
from casework.booking.finding import CALL, by_specialist
from casework.booking.slots import Specialist
from casework.holding import BusyTimes
from casework.ids import AddressId, CenterId
from casework.reference import Sort
from casework.seed import entries
from storage.database import Database

CENTERS: Final = 30
EACH: Final = 5
"""Lawyers of a center."""

NEAR: Final = timedelta(days=14)
TAKEN: Final = {True: 0.95, False: 0.5}
"""Which part of the times is taken: of near ones, and of the others."""

ASKED: Final = 60
ROOT: Final = bytes(range(32))

_HELD: dict[tuple[bool, int], dict[str, list[float]]] = {}


async def asked(run: Run) -> dict[str, list[float]]:
    """Milliseconds of each time that they were asked for, by place; each in a transaction of its own."""
    key = run.broken, run.seed
    if key not in _HELD:
        with ExitStack() as stack:
            server = stack.enter_context(await postgres(run.folder / "data"))
            database = Database(server.url, ROOT)
            await _furnish(database, random.Random(run.seed))  # noqa: S311  makes data
            if run.broken:
                stack.enter_context(mock.patch("casework.booking.finding.is_free", _compared_with_all))
            many = 15 if run.fast or run.broken else ASKED
            _HELD[key] = {place: await _ask(database, place, many) for place in ("lviv", CALL)}
            await database.close()
    return _HELD[key]


async def _furnish(database: Database, chance: random.Random) -> None:
    now = datetime.now(UTC)
    async with database.work(now) as work:
        await work.seed()
        await work.commit()
    async with database.work(now) as work:
        known, like = await work.centers.all(), next(one for one in entries() if one.sort is Sort.CENTER)
        names = [f"center-{number}" for number in range(CENTERS - len(known))]
        await work.reference.seed([replace(like, name=name) for name in names])
        for name in names:
            await work.centers.keep(replace(known[0], id=CenterId(name), regions=(), proposed=()))
        await work.commit()
    async with database.work(now) as work:
        centers = await work.centers.all()
    taken = {}
    for center in centers:
        for one, starts in (await employ(database, center.id, EACH)).items():
            taken[one] = [at for at in starts if chance.random() < TAKEN[at - now < NEAR]]
    await take(database, taken)
    async with database.engine.begin() as connection:
        await connection.exec_driver_sql("ANALYZE")


async def _ask(database: Database, place: str, many: int) -> list[float]:
    took, found = list[float](), tuple[datetime, ...]()
    async with database.work(datetime.now(UTC)) as work:
        person = await work.people.add("uk")
        await work.commit()
    actor = Actor(person, "uk", Channel.TELEGRAM, None, AddressId(1))
    for _ in range(many):
        async with database.work(datetime.now(UTC)) as work:
            began = time.perf_counter()
            found = await free_slots(FreeSlots(place, LAWYER), actor, work)
            took.append((time.perf_counter() - began) * 1000)
    async with database.work(work.now) as work:
        every = {at for starts in (await by_specialist(place, LAWYER, work)).values() for at in starts}
    if set(found) != every or not every:
        raise AssertionError(f"{len(found)} free times at {place}, where there are {len(every)}")
    return took


def _compared_with_all(specialist: Specialist, start: datetime, taken: BusyTimes) -> bool:
    """The planted fault: each slot is compared with all that is taken of anybody."""
    ends, mine = start + specialist.timetable.length, f"specialist:{specialist.staff}"
    since = start - specialist.timetable.pause
    return not [
        busy
        for (resource, _), times in taken._by_day.items()
        for busy in times
        if resource == mine and busy[0] < ends and busy[1] > since
    ]


async def _of(run: Run, place: str) -> Measured:
    took = (await asked(run))[place]
    p95 = statistics.quantiles(took, n=20)[-1]
    return Measured(len(took), p95, (f"median {statistics.median(took):.3g} ms, at most {max(took):.3g} ms",))


async def one_center(run: Run) -> Measured:
    return await _of(run, "lviv")


async def all_centers(run: Run) -> Measured:
    return await _of(run, CALL)


ROWS: Final = (
    Row("free-one", f"free times of a center with {EACH} lawyers, ms at the 95th percentile", 20, one_center),
    Row("free-all", f"free times of all {CENTERS} centers by telephone, ms at the 95th percentile", 40, all_centers),
)
