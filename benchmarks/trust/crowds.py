"""A crowd of bad lines: slow, half-open and silent connections, event streams and uploads, all at once; do others wait?

The real service in a process of its own, over HTTP on loopback, with a proxy's header so that each visitor has an
address of their own. The others load the first page and say something, again and again, while the crowd stands.
"""

import asyncio
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import aiohttp

from benchmarks.trust.row import Measured, Row, Run

SILENT, STREAMS, UPLOADS = 2_000, 1_000, 1_000
FEW: Final = 15  # of what the whole run has a thousand of
OTHERS: Final = 12
BETWEEN: Final = 2.5
"""Seconds between two words of one person: sixty a minute are allowed."""

STANDS, STANDS_BRIEFLY = 60.0, 5.0
AFTER, AFTER_BRIEFLY = 30.0, 1.0
"""Seconds that the crowd stands, and that the process has to give back what it took."""


@dataclass
class Seen:
    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    before: float = 0.0
    after: float = 0.0


@dataclass
class Service:
    url: str
    port: int
    pid: int
    client: aiohttp.ClientSession

    async def session(self, number: int) -> dict[str, str]:
        """A visitor's headers, from an address of their own."""
        headers = {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}
        async with self.client.post(self.url + "/api/session", json={"language": "uk"}, headers=headers) as answer:
            token = (await answer.json())["token"]
        return headers | {"Authorization": f"Bearer {token}"}

    def memory(self) -> float:
        """Megabytes that the service's process holds now."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@asynccontextmanager
async def serving(run: Run, row: str) -> AsyncIterator[Service]:
    fault = {"ZVIAZOK_FAULT": row} if run.broken else {}
    env = (
        os.environ
        | fault
        | {
            "DATA_DIR": str(run.folder / "data"),
            "ROOT_KEY_FILE": str(run.folder / "root.key"),
            "PORT": "0",
            "TRUSTED_PROXIES": "127.0.0.1/32",
            "LOG_LEVEL": "error",
        }
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.trust.crowded"), env=env, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None  # noqa: S101  it is a pipe
    try:
        url = (await process.stdout.readline()).decode().strip()
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=60)) as client:
            yield Service(url, int(url.rpartition(":")[2]), process.pid, client)
    finally:
        process.terminate()
        await process.wait()


async def other(service: Service, number: int, seen: Seen, over: asyncio.Event, *, counts: bool = True) -> None:
    """Somebody who loads the first page and writes a word."""
    headers = await service.session(number)
    await asyncio.sleep(BETWEEN * (number % OTHERS) / OTHERS)  # they do not come all at the same instant
    while not over.is_set():
        began = time.monotonic()
        try:
            async with service.client.get(service.url + "/", headers=headers) as answer:
                await answer.read()
            seen.failed += counts and answer.status != 200
            body = {"text": "Чи є новини?"}
            async with service.client.post(service.url + "/api/messages", json=body, headers=headers) as answer:
                await answer.read()
            seen.failed += counts and answer.status != 202
        except aiohttp.ClientError:
            seen.failed += counts
        if counts:
            seen.seconds.append((time.monotonic() - began) / 2)
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), BETWEEN)


async def bad_line(service: Service, kind: int, over: asyncio.Event) -> None:
    """Silent, with half a head, or with a body that comes a byte in five seconds; opened again when it is cut."""
    said = (
        b"",
        b"GET / HTTP/1.1\r\nHost: x\r\n",
        b"POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n",
    )
    while not over.is_set():
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", service.port)
        except OSError:
            await asyncio.sleep(1)
            continue
        writer.write(said[kind % 3])
        ended = asyncio.create_task(reader.read())
        while not over.is_set() and not ended.done():
            await asyncio.wait({ended}, timeout=5)
            if kind % 3 == 2 and not ended.done():
                writer.write(b"x")
        ended.cancel()
        await asyncio.gather(ended, return_exceptions=True)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def stream(service: Service, headers: dict[str, str], over: asyncio.Event) -> None:
    """An event stream that stands, as a page's does; opened again when it ends."""

    async def reads(answer: aiohttp.ClientResponse) -> None:
        async for _ in answer.content.iter_any():
            pass

    while not over.is_set():
        with suppress(aiohttp.ClientError, TimeoutError):
            async with service.client.get(service.url + "/api/events", headers=headers) as answer:
                if answer.status != 200:
                    await asyncio.sleep(2)
                    continue
                reading = asyncio.create_task(reads(answer))
                stop = asyncio.create_task(over.wait())
                await asyncio.wait({reading, stop}, return_when=asyncio.FIRST_COMPLETED)
                for task in (reading, stop):
                    task.cancel()
                await asyncio.gather(reading, stop, return_exceptions=True)


async def upload(service: Service, headers: dict[str, str], over: asyncio.Event) -> None:
    """A file of a megabyte that comes slowly."""

    async def slowly() -> AsyncIterator[bytes]:
        for _ in range(16):
            yield b"\xff" * 65_536
            await asyncio.sleep(0.5)

    while not over.is_set():
        form = aiohttp.FormData()
        form.add_field("file", slowly(), filename="a.jpg", content_type="image/jpeg")
        sending: Any = service.client.post(service.url + "/api/files", data=form, headers=headers)
        with suppress(aiohttp.ClientError, TimeoutError):
            async with sending as answer:
                await answer.read()
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), 2)


async def crowd(run: Run, row: str) -> Seen:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    silent, streams, uploads = (FEW * many // 1000 if run.fast else many for many in (SILENT, STREAMS, UPLOADS))
    seen, over = Seen(), asyncio.Event()
    async with serving(run, row) as service:
        warm = asyncio.Event()
        asyncio.get_running_loop().call_later(1.0, warm.set)
        await asyncio.gather(*(other(service, 200_000 + n, seen, warm, counts=False) for n in range(OTHERS)))
        visitors = [await service.session(n) for n in range(max(streams, uploads))]
        seen.before = service.memory()
        chance = random.Random(run.seed)  # noqa: S311  an order, not a secret
        bad = [bad_line(service, n, over) for n in range(silent)]
        bad += [stream(service, visitors[n], over) for n in range(streams)]
        bad += [upload(service, visitors[n], over) for n in range(uploads)]
        chance.shuffle(bad)
        tasks = [asyncio.create_task(one) for one in bad]
        tasks += [asyncio.create_task(other(service, 100_000 + n, seen, over)) for n in range(OTHERS)]
        await asyncio.sleep(STANDS_BRIEFLY if run.fast else STANDS)
        over.set()
        await asyncio.wait(tasks, timeout=1 if run.fast else 30)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
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
