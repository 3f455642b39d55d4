"""`make soak`: half an hour of a mixed load on the service as it is started: Telegram, Viber, the page.

People write again and again, each after their last message was answered. After it: does the memory grow, does a queue,
was a message lost or answered twice? FAST=1 takes two minutes, ROW=id shows one row, JSON=1, BREAK=id.
"""

import asyncio
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import aiohttp
import asyncpg

from benchmarks.figures import chosen, end, planted
from benchmarks.row import Measured, Row, Run, measured
from benchmarks.speed.contestants.ours import ROOT
from benchmarks.speed.pages import Page, new_sessions
from benchmarks.speed.servers import Postgres, postgres
from benchmarks.speed.service import free_port, held_by, served
from demo.fakes.telegram import TOKEN as TELEGRAM_TOKEN
from demo.fakes.telegram import FakeTelegram
from demo.fakes.viber import TOKEN as VIBER_TOKEN
from demo.fakes.viber import FakeViber

LASTS, LASTS_FAST = 1800.0, 100.0
WARM: Final = 1 / 6
"""The part at the beginning in which memory may grow: five minutes of thirty."""
EACH: Final = 6
"""People on each channel."""
LOOKS: Final = 60
ANSWERED_WITHIN: Final = 60.0
SAYS: Final = "/menu"

LEAKS: Final = """
import handlers.desk
kept, receive = [], handlers.desk.Desk.receive
async def leaking(self, incoming):
    kept.append(bytearray(2_000_000))
    return await receive(self, incoming)
handlers.desk.Desk.receive = leaking
"""
FORGETS: Final = """
from itertools import count
import handlers.courier
numbers, mark = count(1), handlers.courier.Courier._send_and_mark
async def twice(self, claim, letter, then, way, message):
    if next(numbers) % 10 == 0:
        await self.speaker.send(claim.address, message)
    return await mark(self, claim, letter, then, way, message)
handlers.courier.Courier._send_and_mark = twice
"""
QUEUES: Final = """
from datetime import timedelta
import storage.outbox
row_of, numbers = storage.outbox.StoredOutbox.row_of, iter(range(10**9))
async def later(self, letter, to):
    row = await row_of(self, letter, to)
    if next(numbers) % 10 == 0:
        await self._connection.exec_driver_sql(
            "INSERT INTO letters (id, person_id, kind, due_at, screen, channel, address_id) VALUES"
            f" ({10**12 + row['id']}, {row['person_id']}, 'reply', now() + interval '1 day', '', 'telegram', 1)"
        )
    return row
storage.outbox.StoredOutbox.row_of = later
"""


@dataclass
class Soaked:
    """What was seen: `said` and `heard` messages by who said them, megabytes at each look, letters that wait."""

    said: Counter[str] = field(default_factory=Counter)
    heard: Counter[str] = field(default_factory=Counter)
    held: list[float] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    unanswered: int = 0


_SOAKED: Final = dict[str, Soaked]()


async def soaked(run: Run, fault: str) -> Soaked:
    """Held once for all rows, and once for each fault."""
    key = fault if run.broken else ""
    if key not in _SOAKED:
        _SOAKED[key] = await _soak(run, key)
    return _SOAKED[key]


async def _soak(run: Run, fault: str) -> Soaked:
    seen, lasts = Soaked(), LASTS_FAST if run.fast or run.broken else LASTS
    async with AsyncExitStack() as stack:
        server = stack.enter_context(await postgres(run.folder / "kept"))
        telegram = await stack.enter_async_context(FakeTelegram())
        viber = await stack.enter_async_context(FakeViber())
        port, key = free_port(), run.folder / "root.key"
        key.write_text(ROOT.hex())
        key.chmod(0o600)
        wanted = {
            "DATABASE_URL": server.dsn,
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "TELEGRAM_TOKEN": TELEGRAM_TOKEN,
            "TELEGRAM_API_URL": telegram.url,
            "TELEGRAM_SECRET": "a-secret-of-the-webhook",
            "VIBER_TOKEN": VIBER_TOKEN,
            "VIBER_API_URL": viber.url,
        }
        starting = served(run.folder, None, broken=fault, port=port, **wanted)
        process = await asyncio.to_thread(starting.__enter__)  # the fakes answer meanwhile
        stack.push_async_callback(asyncio.to_thread, starting.__exit__, None, None, None)
        client = await stack.enter_async_context(aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)))
        pages = [Page(token, client, f"http://127.0.0.1:{port}") for token in await new_sessions(server, EACH)]
        listening = [asyncio.create_task(page.wait(asyncio.Event())) for page in pages]
        while not viber.delivery.url:  # noqa: ASYNC110  Viber posts nowhere before that
            await asyncio.sleep(0.05)
        over = asyncio.Event()
        people = []
        for number in range(EACH):
            chat, user = telegram.user(480_000_000 + number, "Марія"), viber.user(number, "Марія", "uk")
            page = pages[number]
            for name, sees, says in (
                (f"telegram {number}", partial(_shown, chat), chat.says),
                (f"viber {number}", partial(_shown, user), user.says),
                (f"page {number}", partial(_heard, page), page.say),
            ):
                people.append(asyncio.create_task(_writes(seen, name, sees, says, over)))
        for _ in range(LOOKS):
            await asyncio.sleep(lasts / LOOKS)
            seen.held.append(sum(held_by(process.pid).values()))
            seen.waiting.append(await _waiting(server))
        over.set()
        ended = await asyncio.gather(*people, return_exceptions=True)
        await asyncio.sleep(2)  # what is told twice comes now
        for number, page in enumerate(pages):
            seen.heard[f"page {number}"] = _heard(page)
            seen.heard[f"telegram {number}"] = _sent(telegram.sent("sendMessage"), "chat_id", 480_000_000 + number)
            seen.heard[f"viber {number}"] = _shown(viber.user(number, "Марія", "uk"))
        seen.waiting.append(await _waiting(server))
        seen.unanswered = sum(isinstance(one, TimeoutError) for one in ended)
        for task in listening:
            task.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
        for one in ended:
            if isinstance(one, Exception) and not isinstance(one, TimeoutError):
                raise one
    return seen


def _shown(chat: Any) -> int:
    return len(chat.sees)


def _heard(page: Page) -> int:
    return len(page.heard) + page.repeats


def _sent(requests: Sequence[Any], name: str, value: int) -> int:
    return sum(str(each.params.get(name)) == str(value) for each in requests)


async def _writes(
    seen: Soaked, name: str, sees: Callable[[], int], says: Callable[[str], Awaitable[object]], over: asyncio.Event
) -> None:
    """Again and again, each time after the answer to the last."""
    while not over.is_set():
        before = sees()
        seen.said[name] += 1
        await says(SAYS)
        until = time.monotonic() + ANSWERED_WITHIN
        while sees() <= before:
            if time.monotonic() > until:
                raise TimeoutError
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.5)


async def _waiting(server: Postgres) -> int:
    connection = await asyncpg.connect(server.dsn)
    try:
        return int(await connection.fetchval("SELECT count(*) FROM letters WHERE state = 'waiting'"))
    finally:
        await connection.close()


async def memory(run: Run) -> Measured:
    """The mean of the last quarter beside that of the first one after the warm part, in percent."""
    seen = await soaked(run, LEAKS)
    held = seen.held[round(LOOKS * WARM) :]
    first, last = (statistics.mean(some) for some in (held[: len(held) // 4], held[-(len(held) // 4) :]))
    return Measured(seen.said.total(), (last / first - 1) * 100, (f"{first:.0f} MB, and {last:.0f} MB at the end",))


async def queue(run: Run) -> Measured:
    """Letters that still wait when everybody was answered."""
    seen = await soaked(run, QUEUES)
    return Measured(seen.said.total(), seen.waiting[-1], (f"at most {max(seen.waiting)} waited at a look",))


async def lost(run: Run) -> Measured:
    """Messages that had no answer or more than one."""
    seen = await soaked(run, FORGETS)
    wrong = {name: seen.heard[name] - many for name, many in seen.said.items() if seen.heard[name] != many}
    return Measured(
        seen.said.total(),
        sum(map(abs, wrong.values())) + seen.unanswered,
        tuple(f"{name}: {many:+} answers" for name, many in wrong.items()),
    )


ROWS: Final = (
    Row("soak-memory", "percent that all processes hold more at the end than after the first minutes", 5, memory),
    Row("soak-queue", "letters that wait when everybody was answered", 0, queue),
    Row("soak-lost", "messages without an answer, or with more than one", 0, lost),
)


def main() -> int:
    broken, fast = planted([row.id for row in ROWS]), bool(os.environ.get("FAST"))
    return end([measured(row, fast=fast, broken=row.id == broken, seed=7) for row in chosen(ROWS)])


if __name__ == "__main__":
    sys.exit(main())
