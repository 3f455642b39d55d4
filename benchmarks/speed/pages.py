"""Five hundred open pages, each waiting for what comes: what they cost while nothing does, and how soon answers come.

They are opened on the service as it is started, over HTTP, each in a browser session of its own.
"""

import asyncio
import json
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

import aiohttp

from benchmarks.row import Measured, Row, Run
from benchmarks.speed.contestants.ours import ROOT
from benchmarks.speed.processes import processor_time
from benchmarks.speed.servers import NotToBeHad, Postgres, postgres
from benchmarks.speed.service import free_port, served
from handlers.web.api import STREAM_LASTS
from storage.database import Database

PAGES: Final = 500
SETTLES: Final = 15.0
"""Seconds after which all are open, and have seen all that there was."""

IDLE: Final = 60.0
"""Seconds that are measured: four signs of life on each page's stream."""

EVERY: Final = 0.1
"""Seconds between two messages, over all pages."""

ANSWERED_WITHIN: Final = 30.0

LOOKS: Final = """
import handlers.web.api as api
wait = api.wait
async def looks(grown, seconds):
    await wait(grown, seconds)
    return True
api.wait = looks
"""
"""The planted fault: at each sign of life a stream looks into the database, as if it had been woken."""

SLOW: Final = """
import time
from handlers.desk import Desk
receive = Desk.receive
async def slow(self, incoming):
    time.sleep(0.15)
    return await receive(self, incoming)
Desk.receive = slow
"""


@dataclass
class Page:
    """A browser's page. `heard` are the numbers of what the service said, each with the moment."""

    token: str
    client: aiohttp.ClientSession
    url: str
    heard: dict[int, float] = field(default_factory=dict)
    repeats: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def wait(self, opened: asyncio.Event) -> None:
        """Its stream from where the last one ended, until it ends or is cancelled."""
        last = max(self.heard, default=0)
        async with self.client.get(f"{self.url}/api/events?after={last}", headers=self._headers) as stream:
            if stream.status != 200:
                raise AssertionError(f"a stream does not open: {stream.status} {await stream.text()}")
            opened.set()
            async for line in stream.content:
                if line.startswith(b"data: "):
                    said = json.loads(line[6:])
                    self.repeats += said["number"] in self.heard
                    if said["from"] != "you":
                        self.heard[said["number"]] = time.perf_counter()
                        self.news.set()

    async def say(self, text: str) -> float:
        """Milliseconds from the message to its answer on the page."""
        self.news.clear()
        began = time.perf_counter()
        async with self.client.post(f"{self.url}/api/messages", json={"text": text}, headers=self._headers) as taken:
            if taken.status != 202:
                raise AssertionError(f"a message is not taken: {taken.status} {await taken.text()}")
        async with asyncio.timeout(ANSWERED_WITHIN):
            await self.news.wait()
        return (max(self.heard.values()) - began) * 1000


@dataclass(frozen=True, slots=True)
class Open:
    """The service with open pages. `spent` tells how many seconds of processor time its processes and its server's have
    taken; `opening` is how many opening all took, `close` closes them."""

    pages: Sequence[Page]
    spent: Callable[[], float]
    close: Callable[[], Awaitable[None]]
    opening: float

    async def taken(self, seconds: float) -> float:
        """The share of a core that is taken for so long from now on."""
        began, before = time.perf_counter(), self.spent()
        await asyncio.sleep(seconds)
        return (self.spent() - before) / (time.perf_counter() - began)


@asynccontextmanager
async def opened(run: Run, many: int, fault: str) -> AsyncIterator[Open]:
    """The service with so many open pages."""
    async with AsyncExitStack() as stack:
        still = stack.enter_context(ExitStack())
        server = still.enter_context(await postgres(run.folder / "kept"))
        port = free_port()
        key = run.folder / "root.key"
        key.write_text(ROOT.hex())
        key.chmod(0o600)
        process = still.enter_context(
            served(run.folder, None, broken=fault if run.broken else "", port=port, DATABASE_URL=server.dsn)
        )

        def spent() -> float:
            return processor_time(process.pid) + processor_time(server.pid)

        tokens = await new_sessions(server, many)
        await asyncio.sleep(0 if run.fast or run.broken else SETTLES)  # what only a start does
        connector = aiohttp.TCPConnector(limit=0)
        client = await stack.enter_async_context(
            aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=None))
        )
        pages = [Page(token, client, f"http://127.0.0.1:{port}") for token in tokens]
        before = spent()
        waiting = await _open(pages)
        opening = spent() - before

        async def close() -> None:
            for task in waiting:
                task.cancel()
            ended = await asyncio.gather(*waiting, return_exceptions=True)
            if lost := [one for one in ended if isinstance(one, Exception)]:
                raise AssertionError(f"{len(lost)} streams have ended: {lost[0]!r}")

        try:
            yield Open(pages, spent, close, opening)
        finally:
            await close()


async def new_sessions(server: Postgres, many: int) -> list[str]:
    """Browser sessions of people who are new."""
    database = Database(server.url, ROOT)
    try:
        async with database.work(datetime.now(UTC)) as work:
            tokens = [await work.sessions.begin("uk") for _ in range(many)]
            await work.commit()
    finally:
        await database.close()
    return tokens


async def _open(pages: Sequence[Page]) -> list[asyncio.Task[None]]:
    """All of them, some at a time."""
    waiting = []
    for first in range(0, len(pages), 20):
        events = []
        for page in pages[first : first + 20]:
            events.append(asyncio.Event())
            waiting.append(asyncio.create_task(page.wait(events[-1])))
        async with asyncio.timeout(ANSWERED_WITHIN):
            await asyncio.gather(*(event.wait() for event in events))
    return waiting


async def idle(run: Run) -> Measured:
    """What the pages alone add to the service's processes and the server's; with it, their part of what it costs that
    each stream ends after some minutes and is opened anew."""
    if run.fast:
        raise NotToBeHad("what a page does once in some minutes is not seen in seconds: without FAST")
    lasts = IDLE / 4 if run.broken else IDLE
    async with opened(run, PAGES, LOOKS) as there:
        await asyncio.sleep(SETTLES)
        waiting = await there.taken(lasts)
        await there.close()
        await asyncio.sleep(SETTLES)
        quiet = await there.taken(lasts)
        more = max(0.0, waiting - quiet)
        if heard := sum(len(page.heard) for page in there.pages):
            raise AssertionError(f"{heard} messages came while nobody said anything")
    again = there.opening / STREAM_LASTS.total_seconds()
    line = f"{more:.4f} of a core while they wait, {again:.4f} for opening them anew; {quiet:.4f} when they are closed"
    return Measured(PAGES, more + again, (line,))


async def answers(run: Run) -> Measured:
    """Each page in turn says something, ten a second over all, whether the one before is answered or not."""
    many = 100 if run.fast or run.broken else PAGES
    async with opened(run, many, SLOW) as there:
        for page in there.pages[:20]:
            await page.say("/menu")  # what is made at the first time
        before = there.spent()
        asked = []
        for page in there.pages[20:]:
            asked.append(asyncio.create_task(page.say("/menu")))
            await asyncio.sleep(EVERY)
        times = await asyncio.gather(*asked)
        each = (there.spent() - before) / len(times) * 1000
        await asyncio.sleep(1)  # what is told twice comes now
        twice = sum(page.repeats + len(page.heard) - 1 for page in there.pages)
        if twice:
            raise AssertionError(f"{twice} answers came more than once")
    quantiles = statistics.quantiles(times, n=20)
    line = f"p50 {statistics.median(times):.0f} ms, p95 {quantiles[-1]:.0f} ms, the longest {max(times):.0f} ms"
    return Measured(len(times), quantiles[-1], (f"{many} open pages: {line}; {each:.1f} ms of processor time each",))


ROWS: Final = (
    Row("pages-idle", "share of a core that 500 open pages take while nobody writes", 0.01, idle),
    Row("pages-answer", "ms, p95, from a message of one of 500 open pages to its answer there", 120, answers),
)
