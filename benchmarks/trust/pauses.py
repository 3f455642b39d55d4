"""Speakers are frozen (SIGSTOP) and come back: how long is it silent, and do they still send or complete anything?

Processes of `benchmarks/trust/speaker.py`, two at a time over one database, and a sink that stands for the messenger.
"""

import asyncio
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from random import Random
from typing import Final

from aiohttp import web

from benchmarks.trust.row import Measured, Row, Run
from benchmarks.trust.speaker import ROOT
from bot.postgres import embedded
from casework.actor import Channel
from casework.ids import AddressId, PersonId
from casework.letters import Letter, LetterKind, Say, Screen
from storage import leader as leading
from storage.database import Database, migrate

AT_ONCE: Final = 30
"""Addresses that a courier serves side by side: it is paused with so many letters in its hands."""

MANY_STALE, FEW_STALE = 210, 30
MANY_SILENT, FEW_SILENT = 20, 1
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
    """A process that speaks while it leads. `said` counts its lines: "here", "leads", "completed", "refused"."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process, self.said = process, Counter[str]()
        self._listening = asyncio.create_task(self._listen())
        self._told = asyncio.Event()

    async def _listen(self) -> None:
        assert self.process.stdout is not None  # noqa: S101  it is a pipe
        async for line in self.process.stdout:
            self.said[line.decode().split()[0]] += 1
            self._told.set()

    async def until(self, word: str, times: int) -> None:
        while self.said[word] < times:
            self._told.clear()
            await asyncio.wait_for(self._told.wait(), ENOUGH)

    async def until_done(self, times: int) -> None:
        while self.said["completed"] + self.said["refused"] < times:
            self._told.clear()
            await asyncio.wait_for(self._told.wait(), ENOUGH)

    def freeze(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    async def end(self) -> None:
        self.thaw()
        self.process.kill()
        await self.process.wait()
        self._listening.cancel()


@asynccontextmanager
async def stage(run: Run, fault: str) -> AsyncIterator[tuple[Database, Sink, list[Speaker]]]:
    """A database, the sink, and two speakers, the first of which leads."""
    sink, speakers = Sink(), list[Speaker]()
    app = web.Application()
    app.router.add_post("/", sink.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    at = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    async with embedded(run.folder, fsync=False) as url:
        await migrate(url)
        database = Database(url, ROOT)
        try:
            async with database.work(_now()) as work:
                await work.seed()
                await work.commit()
            for _ in range(2):
                process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "benchmarks.trust.speaker", url, at, fault), stdout=asyncio.subprocess.PIPE
                )
                speakers.append(Speaker(process))
                await speakers[-1].until("here", 1)
                if len(speakers) == 1:
                    await speakers[0].until("leads", 1)
            await asyncio.sleep(leading.RETRY)  # the second has looked by now
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


async def stale(run: Run) -> Measured:
    """Each round pauses one process with thirty letters in its hands, and lets it end them after another has."""
    done = paused = 0
    async with stage(run, "stale" if run.broken else "") as (database, sink, speakers):
        people = await families(database, AT_ONCE)
        leader, other = speakers
        while paused < (FEW_STALE if run.fast else MANY_STALE):
            sink.holds, sink.held, sink.free = leader.process.pid, 0, asyncio.Event()
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
            await leader.until_done(before["completed"] + before["refused"] + AT_ONCE)
            done += leader.said["completed"] - before["completed"]
            paused += AT_ONCE
            leader, other = other, leader
    return Measured(paused, done)


async def silent(run: Run) -> Measured:
    chance, longest, pauses = Random(run.seed), 0.0, FEW_SILENT if run.fast else MANY_SILENT  # noqa: S311
    found = []
    async with stage(run, "silent" if run.broken else "") as (database, sink, speakers):
        people = await families(database, 1)
        writing = asyncio.create_task(_write_on(database, people))
        leader, other = speakers
        for number in range(pauses):
            await sink.until_taken([leader.process.pid], time.monotonic())
            await asyncio.sleep(chance.random())
            leader.freeze()
            began = time.monotonic()
            spoke = await sink.until_taken([other.process.pid], began)
            longest = max(longest, spoke - began)
            thawed = time.monotonic()
            leader.thaw()
            await sink.until_taken([other.process.pid], thawed + 1)
            after = [at for pid, at in sink.taken if pid == leader.process.pid and at > thawed]
            if after:
                found.append(f"pause {number}: {len(after)} letters from the one that had been replaced")
                longest = NEVER
            leader, other = other, leader
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
    return Measured(pauses, longest, tuple(found))


async def _write_on(database: Database, people: Sequence[tuple[PersonId, AddressId]]) -> None:
    while True:
        await write(database, people)
        await asyncio.sleep(0.1)


def _now() -> datetime:
    return datetime.now(UTC)


ROWS: Final = (
    Row("paused-stale", "letters completed by couriers that were paused past their lease and came back", 0, stale),
    Row("paused-silent", "seconds of silence after a speaker stands still, the longest", 10, silent),
)
