"""Speakers are frozen (SIGSTOP) and come back: how long is it silent, and do they still send or complete anything?

Processes of `benchmarks/trust/speaker.py`, two at a time over one database, and a sink that stands for the messenger.
"""

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from multiprocessing.process import BaseProcess
from random import Random
from typing import Final, Self

from aiohttp import web

from benchmarks.row import Measured, Row, Run
from benchmarks.trust.clusters import furnished
from benchmarks.trust.lives import FORKED
from benchmarks.trust.speaker import ROOT, speak
from bot.postgres import embedded
from casework.actor import Channel
from casework.ids import AddressId, PersonId
from casework.letters import Letter, LetterKind, Say, Screen
from storage import leader as leading
from storage.database import Database

AT_ONCE: Final = 30
"""Addresses that a courier serves side by side: it is paused with so many letters in its hands."""

MANY_STALE, FEW_STALE = 210, 30
MANY_SILENT, FEW_SILENT = 20, 1
HASTE: Final = 2.0
"""So many times as fast do leases run out in a short run; what it measures is told at the pace of the service."""

ENOUGH: Final = 60.0
"""Seconds after which something that should come is not waited for."""

NEVER: Final = 999.0
"""Seconds that stand for a speaker that sent after it had been replaced."""


class Sink:
    """Takes letters; those of the process `holds` wait for their answer until `free`."""

    def __init__(self) -> None:
        self.taken: list[tuple[int, float]] = []
        self.holds: int | None = None
        self.held = 0
        self.free = asyncio.Event()
        self.came = asyncio.Event()

    async def take(self, request: web.Request) -> web.Response:
        pid = int(request.query["pid"])
        self.taken.append((pid, time.monotonic()))
        self.came.set()
        if pid == self.holds:
            self.held += 1
            await self.free.wait()
        return web.Response(text=f"{pid}-{request.query['ref']}")

    async def until_taken(self, pids: Sequence[int], after: float) -> float:
        """When a letter came from one of these processes after a moment."""
        while True:
            self.came.clear()
            for pid, at in self.taken:
                if pid in pids and at > after:
                    return at
            await asyncio.wait_for(self.came.wait(), ENOUGH)


class Speaker:
    """A process that speaks while it leads. `said` counts its lines: "leads", "served", "completed", "refused"."""

    def __init__(self, process: BaseProcess, lines: asyncio.StreamReader) -> None:
        assert process.pid is not None  # noqa: S101  it was started
        self.process, self.pid, self.said = process, process.pid, Counter[str]()
        self._listening = asyncio.create_task(self._listen(lines))
        self._told = asyncio.Event()

    @classmethod
    async def begin(cls, *how: object) -> Self:
        """Forked from this process, which has imported everything: `how` is what `speak` is told."""
        hears, says = os.pipe()
        process = FORKED.Process(target=speak, args=(*how, says))
        process.start()
        os.close(says)
        lines = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(lines)
        await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, os.fdopen(hears, "rb"))
        return cls(process, lines)

    async def _listen(self, lines: asyncio.StreamReader) -> None:
        async for line in lines:
            self.said[line.decode().split()[0]] += 1
            self._told.set()

    async def until(self, word: str, times: int) -> None:
        while self.said[word] < times:
            self._told.clear()
            await asyncio.wait_for(self._told.wait(), ENOUGH)

    def freeze(self) -> None:
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    async def end(self) -> None:
        self.process.kill()
        await asyncio.to_thread(self.process.join)
        await self._listening
        self.process.close()


@asynccontextmanager
async def stage(run: Run, fault: str, *, leases: bool) -> AsyncIterator[tuple[Database, Sink, list[Speaker]]]:
    """A database, the sink, and two speakers; the first in the list leads. `leases`: the second leaves the connections
    of whom it follows as they are."""
    sink, speakers = Sink(), list[Speaker]()
    app = web.Application()
    app.router.add_post("/", sink.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    at = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    haste = _haste(run)
    await furnished(run.folder)
    async with embedded(run.folder, fsync=False) as url:
        database = Database(url, ROOT)
        try:
            async with database.work(_now()) as work:
                await work.seed()
                await work.commit()
            for ends in (fault != "stale", not leases):
                speakers.append(await Speaker.begin(url, at, fault, haste, ends))
                await speakers[-1].until("here", 1)
                if len(speakers) == 1:
                    await speakers[0].until("leads", 1)
            await asyncio.sleep(leading.RETRY / haste)  # the second has looked by now
            yield database, sink, speakers
        finally:
            sink.free.set()
            for speaker in speakers:
                await speaker.end()
            await database.close()
            await runner.cleanup()


async def write(database: Database, people: Sequence[tuple[PersonId, AddressId]]) -> None:
    """An answer to each."""
    async with database.work(_now()) as work:
        for person, address in people:
            letter = Letter(person, Screen((Say("desk-too-many"),), keeps=True), LetterKind.REPLY)
            await work.outbox.add(letter, (address, Channel.VIBER))
        await work.commit()


async def families(database: Database, many: int) -> list[tuple[PersonId, AddressId]]:
    found = []
    async with database.work(_now()) as work:
        for number in range(many):
            guest = await work.people.enter(Channel.VIBER, f"chat-{number}", "uk")
            found.append((guest.person.id, guest.address))
        await work.commit()
    return found


async def stale(run: Run, database: Database, sink: Sink, speakers: list[Speaker]) -> Measured:
    """Each round pauses one process with thirty letters in its hands, and lets it end them after another has."""
    done = paused = 0
    people = await families(database, AT_ONCE)
    while paused < (FEW_STALE if run.fast else MANY_STALE):
        leader, other = speakers
        sink.holds, sink.held, sink.free = leader.pid, 0, asyncio.Event()
        before, leads = leader.said.copy(), other.said["leads"]
        theirs = other.said["completed"]
        await write(database, people)
        while sink.held < AT_ONCE:
            sink.came.clear()
            await asyncio.wait_for(sink.came.wait(), ENOUGH)
        leader.freeze()
        await other.until("leads", leads + 1)
        if not run.broken:
            await other.until("completed", theirs + AT_ONCE)
        sink.free.set()
        leader.thaw()
        await leader.until("served", before["served"] + AT_ONCE)
        done += leader.said["completed"] - before["completed"]
        paused += AT_ONCE
        speakers.reverse()
    sink.holds = None
    return Measured(paused, done)


async def silent(run: Run, database: Database, sink: Sink, speakers: list[Speaker]) -> Measured:
    """Each pause stops the one that speaks, while letters come all the time."""
    chance, longest, pauses = Random(run.seed), 0.0, FEW_SILENT if run.fast else MANY_SILENT  # noqa: S311
    found, haste = list[str](), _haste(run)
    people = await families(database, 1)
    writing = asyncio.create_task(_write_on(database, people))
    for number in range(pauses):
        leader, other = speakers
        await sink.until_taken([leader.pid], time.monotonic())
        await asyncio.sleep(chance.random() / haste)
        leader.freeze()
        began = time.monotonic()
        spoke = await sink.until_taken([other.pid], began)
        longest = max(longest, (spoke - began) * haste)
        thawed = time.monotonic()
        leader.thaw()
        await sink.until_taken([other.pid], thawed + 1 / haste)
        after = [at for pid, at in sink.taken if pid == leader.pid and at > thawed]
        if after:
            found.append(f"pause {number}: {len(after)} letters from the one that had been replaced")
            longest = NEVER
        speakers.reverse()
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    return Measured(pauses, longest, tuple(found))


async def _write_on(database: Database, people: Sequence[tuple[PersonId, AddressId]]) -> None:
    while True:
        await write(database, people)
        await asyncio.sleep(0.1)


def _now() -> datetime:
    return datetime.now(UTC)


def _haste(run: Run) -> float:
    return HASTE if run.fast else 1.0


MEASURES: Final = {"stale": stale, "silent": silent}
_SHORT: Final = dict[int, dict[str, Measured]]()


async def measured(name: str, run: Run) -> Measured:
    """A short run reads both rows from one stage."""
    if not run.fast or run.broken:
        async with stage(run, name if run.broken else "", leases=name == "stale") as (database, sink, speakers):
            return await MEASURES[name](run, database, sink, speakers)
    if run.seed not in _SHORT:
        async with stage(run, "", leases=True) as (database, sink, speakers):
            _SHORT[run.seed] = {each: await do(run, database, sink, speakers) for each, do in MEASURES.items()}
    return _SHORT[run.seed][name]


ROWS: Final = (
    Row(
        "paused-stale",
        "letters completed by couriers that were paused past their lease and came back",
        0,
        partial(measured, "stale"),
    ),
    Row(
        "paused-silent",
        "seconds of silence after a speaker stands still, the longest",
        10,
        partial(measured, "silent"),
    ),
)
