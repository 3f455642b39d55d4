"""A search by name: how often the person meant is found, how fast beside pg_trgm, and whether others wait for it."""

import asyncio
import random
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final
from unittest import mock

import asyncpg

from benchmarks.matching import persons, queries
from benchmarks.matching.engines import Ours, Trigrams
from benchmarks.matching.measuring import Seen, measure
from benchmarks.matching.persons import Person
from benchmarks.row import Growth, Measured, Row, Run
from benchmarks.speed.comparing import REPETITIONS, pairs
from benchmarks.speed.servers import postgres
from casework.ids import CenterId
from casework.people import Profile
from casework.registering import Claim, Kinship
from casework.values import PartialDate, PersonName
from storage.database import Database
from storage.names.asking import Entry, LocalNames, NameService
from storage.names.index import Names
from storage.names.process import NameProcess
from storage.names.vocabulary import Vocabulary, Word

MANY, FEW = 100_000, 10_000
LARGE: Final = 1_000_000
EACH, EACH_FAST = 60, 12
"""Queries of each kind."""
SEARCHES_AT_ONCE: Final = 2
STORED: Final = 200
"""Reports in the database that a search shows, beside the many names of the index."""
TICK: Final = 0.002
"""Seconds after which another answer would go on."""
NOW: Final = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

_SEEN: dict[tuple[bool, int], dict[str, Seen]] = {}


@asynccontextmanager
async def holding(people: Sequence[Person], names: NameService) -> AsyncIterator[Ours]:
    try:
        yield await Ours.over(people, names)
    finally:
        await names.close()


async def searched(run: Run) -> dict[str, Seen]:
    """Both engines over the same persons, once for all rows. The fault: every word is only what it was typed as."""
    key = run.broken, run.seed
    if key not in _SEEN:
        people = persons.made(FEW if run.fast else MANY, random.Random(run.seed))  # noqa: S311
        sought = queries.made(people, EACH_FAST if run.fast else EACH, random.Random(run.seed + 1))  # noqa: S311
        with await postgres(run.folder / "data") as server:
            connection = await asyncpg.connect(server.dsn)
            try:
                trigrams = await Trigrams.over(people, connection)
                with mock.patch.object(Vocabulary, "meant", _as_typed if run.broken else Vocabulary.meant):
                    async with holding(people, LocalNames() if run.broken else NameProcess()) as ours:
                        _SEEN[key] = await measure({"ours": ours, "pg_trgm": trigrams}, people, sought)
            finally:
                await connection.close()
    return _SEEN[key]


def _as_typed(self: Vocabulary, typed: str) -> Word:
    time.sleep(0.05)
    sound = typed.casefold()
    return Word(((sound, sound, 1.0),), {self._numbers[sound]: 100.0} if sound in self._numbers else {})


async def p95(run: Run) -> Measured:
    """Our p95 beside theirs, the queries with a birth date in five portions."""
    seen = await searched(run)
    dated = [at for at, (kind, _) in enumerate(seen["ours"].places) if "b" in queries.KINDS[kind][0]]
    portions = [dated[first::REPETITIONS] for first in range(REPETITIONS)]
    each = {
        name: [statistics.quantiles([one.times[at] for at in portion], n=20)[-1] for portion in portions]
        for name, one in seen.items()
    }
    ratio = pairs(each["ours"], each["pg_trgm"])
    lines = [
        f"{name}: p95 {statistics.median(times) * 1000:.3g} ms ({min(times) * 1000:.3g} to {max(times) * 1000:.3g})"
        for name, times in each.items()
    ]
    return Measured(len(dated), ratio.median, (*lines, f"ratio {ratio}"))


async def recall(run: Run) -> Measured:
    seen = await searched(run)
    lines = [f"{name}: at 1 {one.recall(1):.4f}, at 5 {one.recall(5):.4f}" for name, one in seen.items()]
    return Measured(len(seen["ours"].places), seen["ours"].recall(5), tuple(lines))


async def recall_kind(run: Run) -> Measured:
    seen = (await searched(run))["ours"]
    worst, kind = seen.worst()
    return Measured(len(seen.places) // len(seen.kinds), worst, (f"the worst of {len(seen.kinds)} kinds: {kind}",))


async def growth(run: Run) -> Measured:
    """p50 at the larger size beside itself at the smaller; both answer each query in turn. The fault: every name is
    looked at."""
    if run.broken:
        sizes: tuple[int, ...] = (FEW // 10, MANY // 5)
    else:
        sizes = (FEW // 10, MANY) if run.fast else (FEW, MANY, LARGE)
    people = persons.made(sizes[-1], random.Random(run.seed))  # noqa: S311
    sought = queries.made(people[: sizes[0]], EACH_FAST, random.Random(run.seed + 1))  # noqa: S311
    with mock.patch.object(Names, "_gather", _all if run.broken else Names._gather):
        async with AsyncExitStack() as stack:
            engines = {}
            for size in sizes:
                service = LocalNames() if run.broken else NameProcess()
                engines[f"{size:,}"] = await stack.enter_async_context(holding(people[:size], service))
            seen = await measure(engines, people, sought)
    portions = [slice(first, None, REPETITIONS) for first in range(REPETITIONS)]
    by_size = list(seen.values())
    largest, smallest = ([one.quantile(50, portion) for portion in portions] for one in (by_size[-1], by_size[0]))
    ratio = pairs(largest, smallest)
    lines = [f"{name}: p50 {one.quantile(50):.3g} ms, p95 {one.quantile(95):.3g} ms" for name, one in seen.items()]
    drawn = {
        f"p{percent}": [(size, one.quantile(percent)) for size, one in zip(sizes, by_size, strict=True)]
        for percent in (50, 95)
    }
    return Measured(
        len(sought),
        ratio.median,
        (*lines, f"ratio {ratio}"),
        Growth("A search by name", "ms", "names that are known", drawn),
    )


def _all(self: Names, words: Sequence[Word], born: object, look: object) -> dict[int, float]:
    return {place: self._guess(words, place) for place in range(len(self._ids))}


async def beside(run: Run) -> Measured:
    """How much later another answer goes on, p99 of milliseconds: while names are searched, less while they are not.
    The fault: the names are in the process that answers, and each is looked at."""
    people = persons.made(FEW if run.fast or run.broken else MANY, random.Random(run.seed))  # noqa: S311
    names: NameService = LocalNames() if run.broken else NameProcess()
    gather = mock.patch.object(Names, "_gather", _all if run.broken else Names._gather)
    with gather, await postgres(run.folder / "data") as server:
        database = Database(server.url, bytes(range(32)), names=names)
        try:
            await _store(database, people[:STORED])
            await _search(database, people[0].name)
            far: list[Entry] = [(10**12 + one.number, one.name, None, []) for one in people]
            for begin in range(0, len(far), 500):
                await names.ask("put", far[begin : begin + 500])
            quiet, busy = [], []
            for _ in range(REPETITIONS):
                quiet.append(await _late(3.0 if not run.fast else 1.0))
                searching = [
                    asyncio.create_task(_searching(database, people[at:STORED:SEARCHES_AT_ONCE]))
                    for at in range(SEARCHES_AT_ONCE)
                ]
                busy.append(await _late(3.0 if not run.fast else 1.0))
                for task in searching:
                    task.cancel()
                await asyncio.gather(*searching, return_exceptions=True)
        finally:
            await database.close()
    more = [later - sooner for later, sooner in zip(busy, quiet, strict=True)]
    lines = (
        f"p99 quiet {statistics.median(quiet):.3g} ms, while {SEARCHES_AT_ONCE} search without a pause"
        f" {statistics.median(busy):.3g} ms; more by {min(more):.3g} to {max(more):.3g}",
    )
    return Measured(len(people), statistics.median(more), lines)


async def _store(database: Database, people: Sequence[Person]) -> None:
    async with database.work(NOW) as work:
        await work.seed()
        for one in people:
            relative = await work.people.get(await work.people.add("uk"))
            await work.people.keep(replace(relative, profile=Profile(PersonName(f"{one.surname} Марія"))))
            year, month, day = map(int, one.born.split("-"))
            claim = Claim(Kinship.MOTHER, PersonName(one.name), PartialDate(year, month, day))
            await work.reports.add(relative.id, claim, CenterId("kharkiv"))
        await work.commit()


async def _search(database: Database, name: str) -> None:
    async with database.work(NOW) as work:
        found = await work.search.find(name, 32)
    if not found.hits:
        raise AssertionError("a stored report was not found")


async def _searching(database: Database, people: Sequence[Person]) -> None:
    while True:
        for one in people:
            await _search(database, one.name)


async def _late(seconds: float) -> float:
    """p99 of the milliseconds by which a short sleep ends too late, as far as this thread was at work meanwhile: what
    else the machine does is not counted."""
    late, until = [], time.perf_counter() + seconds
    while (now := time.perf_counter()) < until:
        worked = time.thread_time()
        await asyncio.sleep(TICK)
        late.append(min(time.perf_counter() - now - TICK, time.thread_time() - worked) * 1000)
    return statistics.quantiles(late, n=100)[-1]


ROWS: Final = (
    Row("names-p95", "p95 of a search by name and birth date, beside pg_trgm", 0.35, p95),
    Row("names-growth", "p50 of a search in 1,000,000 names, beside itself in 10,000", 8, growth),
    Row("recall", "the person meant is among the first five", 0.99, recall, "high"),
    Row("recall-kind", "the same, for the worst kind of query", 0.97, recall_kind, "high"),
    Row("beside", "ms, p99, that others wait longer while names are searched", 5, beside),
)
