"""PostgreSQL ends at once, again and again, while messages come in: is what was accepted there, how soon is it back?

Telegram's real webhook, desk and database over HTTP. A message that is not answered with 200 is sent again under its
number, as Telegram does, so in the end each has to be there, and once.
"""

import asyncio
import json
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Final
from unittest import mock

import aiohttp
import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from benchmarks.row import Measured, Row, Run
from benchmarks.trust.clusters import furnished
from benchmarks.webhooks import SECRET, served
from bot import postgres
from bot.postgres import Server, embedded
from casework.work import Unavailable
from handlers.desk import Desk
from handlers.incoming import Receipt
from handlers.telegram import listening as telegram
from storage.arrivals import arrivals
from storage.connecting import engine_for
from storage.database import migrate

STOPS: Final = 50  # of each of the two servers
FEW: Final = 1
CHATS: Final = 6
SETTLED: Final = 0.4  # seconds of undisturbed work between two stops, at most


@dataclass
class Seen:
    """`taken` are the messages answered with 200; `answers` counts them; `back` are the seconds of each return."""

    taken: int = 0
    answered_at: float = 0.0
    back: list[float] = field(default_factory=list)
    there: int = 0


async def chat(client: aiohttp.ClientSession, url: str, id: int, seen: Seen, over: asyncio.Event) -> None:
    """One person's messages, one after another."""
    number = 0
    while not over.is_set():
        number += 1
        await say(client, url, id, number, seen)


async def say(client: aiohttp.ClientSession, url: str, id: int, number: int, seen: Seen) -> None:
    """One message, again and again until it is taken."""
    person = {"id": id, "is_bot": False, "first_name": "Олена", "language_code": "uk"}
    message = {
        "message_id": number,
        "from": person,
        "chat": {"id": id, "type": "private"},
        "date": int(time.time()),
    }
    update = {"update_id": id * 1_000_000 + number, "message": message | {"text": f"Слово {number}"}}
    while True:
        try:
            headers = {telegram.SECRET_HEADER: SECRET}
            async with client.post(url + telegram.PATH, data=json.dumps(update), headers=headers) as answer:
                if answer.status == 200:
                    break
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(0.02)
    seen.taken += 1
    seen.answered_at = time.monotonic()


async def stopped(url: str, stop: Callable[[], Awaitable[float]], stops: int, chance: Random, first_chat: int) -> Seen:
    """Under load, `stop()` so many times; it gives the moment from which the return is measured."""
    seen, over = Seen(), asyncio.Event()
    await migrate(url)
    async with served(url) as at, aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as client:
        talks = [asyncio.create_task(chat(client, at, first_chat + n, seen, over)) for n in range(CHATS)]
        await answered_after(seen, 0.0)
        for _ in range(stops):
            await asyncio.sleep(chance.random() * SETTLED)
            gone = await stop()
            await answered_after(seen, gone)
            seen.back.append(seen.answered_at - gone)
        over.set()
        await asyncio.gather(*talks)
    seen.there = await kept(url)
    return seen


async def kept(url: str) -> int:
    """How many messages are there, as soon as the server answers."""
    engine = engine_for(url)
    try:
        while True:
            try:
                async with engine.connect() as connection:
                    return await connection.scalar(select(func.count()).select_from(arrivals)) or 0
            except (OSError, DBAPIError):
                await asyncio.sleep(0.05)
    finally:
        await engine.dispose()


async def answered_after(seen: Seen, moment: float) -> None:
    while seen.answered_at <= moment:  # noqa: ASYNC110  it is looked at from outside
        await asyncio.sleep(0.005)


@asynccontextmanager
async def own_server(folder: Path) -> AsyncIterator[Server]:
    """A server that the service reaches as any DATABASE_URL's."""
    server = Server(folder)
    server.launch()
    await asyncio.to_thread(server.wait_until_ready)
    try:
        yield server
    finally:
        await asyncio.to_thread(server.stop)


async def both(run: Run) -> list[Seen]:
    """The embedded server, which its own watch starts again, and one of somebody else's, who does."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    stops, chance = FEW if run.fast else STOPS, Random(run.seed)  # noqa: S311  moments, not a secret

    async def kill(folder: Path) -> int:
        while (pid := _server_in(folder)) is None:  # noqa: ASYNC110  no event tells
            await asyncio.sleep(0.005)
        os.kill(pid, signal.SIGQUIT)  # PostgreSQL's immediate stop: nothing is flushed, recovery follows
        return pid

    async def stop_embedded() -> float:
        pid = await kill(run.folder / "embedded")
        while os.access(f"/proc/{pid}/cwd", os.F_OK):  # noqa: ASYNC110  no event tells
            await asyncio.sleep(0.005)
        return time.monotonic()

    async def stop_and_start(server: Server) -> float:
        await kill(run.folder / "own")
        assert server._process is not None  # noqa: S101  it was launched
        await asyncio.to_thread(server._process.wait)
        server._run()
        await asyncio.to_thread(server.wait_until_ready)
        return time.monotonic()

    for name in ("embedded", "own"):
        await furnished(run.folder / name)
    async with embedded(run.folder / "embedded") as url:
        ours = await stopped(url, stop_embedded, stops, chance, 1000)
    async with own_server(run.folder / "own") as server:
        theirs = await stopped(server.url, partial(stop_and_start, server), stops, chance, 2000)
    return [ours, theirs]


def _server_in(folder: Path) -> int | None:
    try:
        return int((folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    except (FileNotFoundError, IndexError):
        return None


_MEASURED: dict[tuple[bool, int], list[Seen]] = {}


async def measured(run: Run) -> list[Seen]:
    """The one run that two rows are read from."""
    key = run.fast, run.seed
    if run.broken or key not in _MEASURED:
        found = await both(run)
        if run.broken:
            return found
        _MEASURED[key] = found
    return _MEASURED[key]


async def lost(run: Run) -> Measured:
    with mock.patch("handlers.desk.Desk.receive", _says_yes) if run.broken else nullcontext():
        seen = await measured(run)
    return Measured(
        sum(len(each.back) for each in seen),
        sum(abs(each.taken - each.there) for each in seen),
        tuple(f"{each.taken} accepted, {each.there} there" for each in seen if each.taken != each.there),
    )


async def back(run: Run) -> Measured:
    with mock.patch.object(postgres, "SERVER_LOOK_EVERY", 9.0) if run.broken else nullcontext():
        seen = await measured(run)
    return Measured(sum(len(each.back) for each in seen), max(max(each.back) for each in seen))


async def _says_yes(desk: Desk, incoming: object) -> Receipt:
    """The fault: what could not be kept is answered as if it were."""
    try:
        return await _RECEIVE(desk, incoming)  # type: ignore[arg-type]
    except Unavailable:
        return Receipt()


_RECEIVE: Final = Desk.receive

ROWS: Final = (
    Row("database-lost", "accepted and lost when PostgreSQL ends at once, embedded and by DATABASE_URL", 0, lost),
    Row("database-back", "seconds from its end or return to the next answer, the longest", 5, back),
)
