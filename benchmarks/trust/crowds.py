"""A crowd of bad lines: slow, half-open and silent connections, event streams and uploads, all at once; do others wait?

The real service and the crowd (`crowding.py`) in processes of their own, over HTTP on loopback, with a proxy's header
so that each visitor has an address of their own. The others load the first page and say something, again and again,
while the crowd stands; half of them come only then.
"""

import asyncio
import os
import re
import statistics
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import aiohttp

from benchmarks.row import Measured, Row, Run
from benchmarks.trust.clusters import furnished
from benchmarks.trust.crowding import session

SILENT, STREAMS, UPLOADS = 2_000, 1_000, 1_000
FEW: Final = 15  # of what the whole run has a thousand of
OTHERS: Final = 12
BETWEEN: Final = 2.5
"""Seconds between two words of one person: sixty a minute are allowed."""

WARM, WARM_BRIEFLY = 2 * BETWEEN, 1.0
"""Seconds in which the others are there without the crowd, before it is measured what the process holds."""

STANDS, STANDS_BRIEFLY = 60.0, 4.0
AFTER, AFTER_BRIEFLY = 30.0, 0.5
"""Seconds that the crowd stands, and that the process has to give back what it took."""


@dataclass
class Seen:
    """`seconds` of each request of the others; megabytes `before` and `after` the crowd."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    before: float = 0.0
    after: float = 0.0


@dataclass
class Service:
    url: str
    pid: int
    client: aiohttp.ClientSession

    def memory(self) -> float:
        """Megabytes that the service's process holds now."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@asynccontextmanager
async def program(module: str, *arguments: object, **env: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """One of ours, spoken to by lines, until the block ends."""
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", f"benchmarks.trust.{module}", *map(str, arguments))
    process = await asyncio.create_subprocess_exec(*command, env=os.environ | env, stdin=pipe, stdout=pipe)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def line(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None  # noqa: S101  it is a pipe
    return (await process.stdout.readline()).decode().strip()


async def told(process: asyncio.subprocess.Process) -> None:
    assert process.stdin is not None  # noqa: S101  it is a pipe
    process.stdin.write(b"\n")
    await process.stdin.drain()


@asynccontextmanager
async def serving(run: Run, row: str) -> AsyncIterator[Service]:
    await furnished(run.folder / "data")
    settings = {
        "DATA_DIR": str(run.folder / "data"),
        "ROOT_KEY_FILE": str(run.folder / "root.key"),
        "PORT": "0",
        "TRUSTED_PROXIES": "127.0.0.1/32",
        "LOG_LEVEL": "error",
        "ZVIAZOK_FAULT": row if run.broken else "",
    }
    async with program("crowded", **settings) as process:
        while (url := re.search(r"is open: (\S+)", said := await line(process))) is None:
            if not said:
                raise AssertionError("the service did not start")
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=60)) as client:
            yield Service(url[1], process.pid, client)


async def other(service: Service, number: int, begin: bool, seen: Seen, over: asyncio.Event) -> None:
    """Somebody who loads the first page and writes a word, again and again; at first they `begin`."""

    async def timed(method: str, path: str, wants: int, headers: dict[str, str], body: object = None) -> None:
        began = time.monotonic()
        try:
            async with service.client.request(method, service.url + path, json=body, headers=headers) as answer:
                await answer.read()
            seen.failed += answer.status != wants
        except (aiohttp.ClientError, TimeoutError):
            seen.failed += 1
        seen.seconds.append(time.monotonic() - began)

    headers = None if begin else await session(service.client, service.url, number)
    await asyncio.sleep(BETWEEN * (number % OTHERS) / OTHERS)  # they do not come all at the same instant
    while not over.is_set():
        if headers is None:
            began = time.monotonic()
            headers = await session(service.client, service.url, number)
            seen.seconds.append(time.monotonic() - began)
        await timed("GET", "/", 200, headers)
        await timed("POST", "/api/messages", 202, headers, {"text": "Чи є новини?"})
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), BETWEEN)


async def crowd(run: Run, row: str) -> Seen:
    sizes = [FEW * many // 1000 if run.fast else many for many in (SILENT, STREAMS, UPLOADS)]
    seen, over = Seen(), asyncio.Event()
    async with serving(run, row) as service, program("crowding", service.url, *sizes, run.seed) as bad:
        await line(bad)
        run.progress("everybody is there; at first without the crowd")
        warm = asyncio.Event()
        asyncio.get_running_loop().call_later(WARM_BRIEFLY if run.fast else WARM, warm.set)
        await asyncio.gather(*(other(service, 200_000 + n, True, Seen(), warm) for n in range(OTHERS)))
        seen.before = service.memory()
        others = [other(service, 100_000 + n, n % 2 == 0, seen, over) for n in range(OTHERS)]
        tasks = [asyncio.create_task(each) for each in others]
        run.progress("the crowd comes")
        await told(bad)
        await asyncio.sleep(STANDS_BRIEFLY if run.fast else STANDS)
        over.set()
        await asyncio.gather(*tasks)
        run.progress("the crowd goes")
        await told(bad)
        await bad.wait()
        await asyncio.sleep(AFTER_BRIEFLY if run.fast else AFTER)
        seen.after = service.memory()
    return seen


_SEEN: dict[tuple[bool, int], Seen] = {}


async def seen_in(run: Run, row: str) -> Seen:
    """The one crowd that two rows are read from."""
    if run.broken:
        return await crowd(run, row)
    if (run.fast, run.seed) not in _SEEN:
        _SEEN[run.fast, run.seed] = await crowd(run, row)
    return _SEEN[run.fast, run.seed]


async def slowness(run: Run) -> Measured:
    seen = await seen_in(run, "crowd-p95")
    p95 = statistics.quantiles(seen.seconds, n=20)[-1] if len(seen.seconds) > 1 else 999.0
    return Measured(
        len(seen.seconds), p95 if not seen.failed else 999.0, (f"{seen.failed} failed",) if seen.failed else ()
    )


async def memory(run: Run) -> Measured:
    seen = await seen_in(run, "crowd-memory")
    return Measured(len(seen.seconds), max(seen.after - seen.before, 0.0))


ROWS: Final = (
    Row(
        "crowd-p95", "seconds for others beside a crowd of bad lines, streams and uploads, 95th percentile", 1, slowness
    ),
    Row("crowd-memory", "megabytes not given back after the crowd", 50, memory),
)
