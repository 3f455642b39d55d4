"""`make soak`: half an hour of a mixed load on the service as it is started: Telegram, Viber, the page.

Families come one after another: they register, write in their own words, book, send photos, and wait on open pages.
Staff read the queue and answer; pushes become due all the time. After it: does the memory grow, does a queue, was a
message lost or told twice? FAST=1 takes two minutes, ROW=id shows one row, JSON=1, BREAK=id plants that row's fault. A
full run writes its figures at the end of `docs/performance.md`.
"""

import asyncio
import os
import random
import statistics
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import aiohttp
import asyncpg

from benchmarks.figures import Figure, chosen, end, planted
from benchmarks.matching import persons
from benchmarks.row import Measured, Row, Run, measured
from benchmarks.soak.faults import LEAKS, STARVES, TWICE
from benchmarks.soak.people import CENTER, Town
from benchmarks.speed import performance
from benchmarks.speed.calendars import employ
from benchmarks.speed.contestants.ours import ROOT
from benchmarks.speed.servers import Postgres, postgres
from benchmarks.speed.service import free_port, held_by, served
from casework.actor import Channel
from casework.letters import Letter, LetterKind, Purpose, Screen, say
from demo.fakes.telegram import TOKEN as TELEGRAM_TOKEN
from demo.fakes.telegram import FakeTelegram
from demo.fakes.viber import TOKEN as VIBER_TOKEN
from demo.fakes.viber import FakeViber
from storage.database import Database

LASTS, LASTS_FAST = 1800.0, 90.0
WARM, WARM_FAST = 1 / 6, 1 / 2
"""The part at the beginning in which memory may grow: five minutes of thirty, and half of two, in which everything is
done for the first time."""

EACH: Final = {Channel.TELEGRAM: 4, Channel.VIBER: 4, Channel.WEB: 4}
"""Families who write at once."""

OPERATORS: Final = ("Бондар Лариса", "Ткач Леся")
SPECIALISTS: Final = 60
LOOKS: Final = 60
PUSHED_EVERY: Final = 2.0
"""Seconds after which another push becomes due by itself."""

SETTLES: Final = 10.0
"""Seconds after which nothing may be under way any more."""

_OVERDUE: Final = "SELECT count(*) FROM letters WHERE state = 'waiting' AND due_at < now() - interval '5 s'"
_FETCHED: Final = "SELECT count(*) FROM files WHERE state = 'arriving'"


@dataclass
class Soaked:
    """What was seen: megabytes and overdue letters at each look; what was lost, and what came twice, in words."""

    steps: int = 0
    done: str = ""
    held: list[float] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


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
        url = f"http://127.0.0.1:{port}"
        wanted = {
            "DATABASE_URL": server.dsn,
            "PUBLIC_URL": url,
            "TELEGRAM_TOKEN": TELEGRAM_TOKEN,
            "TELEGRAM_API_URL": telegram.url,
            "TELEGRAM_SECRET": "a-secret-of-the-webhook",
            "VIBER_TOKEN": VIBER_TOKEN,
            "VIBER_API_URL": viber.url,
        }
        database = Database(server.url, ROOT)
        stack.push_async_callback(database.close)
        await _furnish(database, telegram, lasts)
        starting = served(run.folder, None, broken=fault, port=port, **wanted)
        process = await asyncio.to_thread(starting.__enter__)  # the fakes answer meanwhile
        stack.push_async_callback(asyncio.to_thread, starting.__exit__, None, None, None)
        client = await stack.enter_async_context(aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)))
        while not viber.delivery.url:  # noqa: ASYNC110  Viber posts nowhere before that
            await asyncio.sleep(0.05)
        people = deque({one.surname: one for one in persons.made(20_000, random.Random(run.seed))}.values())  # noqa: S311
        town = Town(telegram, viber, client, url, database, people)
        living = [asyncio.create_task(town.family(channel)) for channel, many in EACH.items() for _ in range(many)]
        living += [asyncio.create_task(town.operator(name)) for name in OPERATORS]
        stack.push_async_callback(_cancel, living)
        for number in range(LOOKS):
            await asyncio.sleep(lasts / LOOKS)
            seen.held.append(sum(held_by(process.pid).values()))
            seen.waiting.append(await _count(server, _OVERDUE))
            if number % 6 == 5:
                run.progress(f"{town.families} families, {len(town.answered)} answered, {seen.held[-1]:.0f} MB")
        town.over.set()
        await asyncio.gather(*living)
        await asyncio.sleep(SETTLES)
        seen.waiting.append(await _count(server, _OVERDUE))
        seen.waiting[-1] += await _count(server, _FETCHED)
        seen.steps = town.steps
        seen.done = (
            f"{town.families} families have gone, {len(town.answered)} were answered, {town.read} have read it; "
            f"{town.taken} times were taken by another family meanwhile, {town.cut} streams of pages were cut off"
        )
        seen.wrong = [*town.missed, *await _wrong(server, telegram, viber), *_unread(town)]
        if faults := [*telegram.faults, *viber.faults]:
            raise AssertionError(f"a messenger was called as nobody may: {faults}")
    return seen


async def _cancel(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _furnish(database: Database, telegram: FakeTelegram, lasts: float) -> None:
    """Specialists with free times, and pushes that become due one after another."""
    async with database.work(datetime.now(UTC)) as work:
        await work.seed()
        await work.commit()
    await employ(database, CENTER, SPECIALISTS)
    begins = datetime.now(UTC) + timedelta(seconds=15)
    async with database.work(datetime.now(UTC)) as work:
        for number in range(round(lasts / PUSHED_EVERY)):
            user = telegram.user(470_000_000 + number, "Олена")
            user.started = True
            guest = await work.people.enter(Channel.TELEGRAM, str(user.id), "uk")
            screen = Screen((say("common.line", what="1", value="1"),), neutral=True)
            due = begins + timedelta(seconds=number * PUSHED_EVERY)
            await work.send(Letter(guest.person.id, screen, LetterKind.PUSH, due, purpose=Purpose.URGENT))
        await work.commit()


async def _count(server: Postgres, query: str) -> int:
    return int((await _ask(server, query))[0][0])


async def _ask(server: Postgres, query: str) -> Sequence[Any]:
    connection = await asyncpg.connect(server.dsn)
    try:
        found: Sequence[Any] = await connection.fetch(query)
        return found
    finally:
        await connection.close()


async def _wrong(server: Postgres, telegram: FakeTelegram, viber: FakeViber) -> list[str]:
    """What stands in a chat and in no letter, what a letter says that it became and no chat shows, and what could not
    be handled."""
    there = {
        "telegram": {str(shown.id) for user in telegram.users.values() for shown in user.sees},
        # a welcome is the answer to an opened chat, and no letter
        "viber": {str(shown.token) for user in viber.users.values() for shown in user.sees if "receiver" in shown.raw},
    }
    found = []
    for channel, shown in there.items():
        query = f"SELECT receipt FROM letters WHERE channel = '{channel}' AND receipt IS NOT NULL"  # noqa: S608
        told = {id for row in await _ask(server, query) for id in row["receipt"].split()}
        if twice := len(shown - told):
            found.append(f"{channel}: {twice} messages of no letter: told twice")
        if lost := len(told - shown):
            found.append(f"{channel}: {lost} messages that nobody sees")
    if kept := await _count(server, "SELECT count(*) FROM quarantine"):
        found.append(f"{kept} messages could not be handled")
    return found


def _unread(town: Town) -> list[str]:
    """What came twice to a page, or is read by nobody."""
    repeats = sum(page.repeats for page in town.pages)
    found = [f"{repeats} messages came twice to a page"] if repeats else []
    return found if town.read else [*found, "nobody has read an answer"]


async def memory(run: Run) -> Measured:
    """The mean of the last quarter beside that of the first one after the warm part, in percent."""
    seen = await soaked(run, LEAKS)
    held = seen.held[round(LOOKS * (WARM_FAST if run.fast or run.broken else WARM)) :]
    first, last = (statistics.mean(some) for some in (held[: len(held) // 4], held[-(len(held) // 4) :]))
    lines = (f"{first:.0f} MB, and {last:.0f} MB at the end", seen.done)
    return Measured(seen.steps, (last / first - 1) * 100, lines)


async def queue(run: Run) -> Measured:
    """Letters that are overdue, and files that are not fetched, when everybody was answered."""
    seen = await soaked(run, STARVES)
    return Measured(seen.steps, seen.waiting[-1], (f"at most {max(seen.waiting)} were overdue at a look",))


async def lost(run: Run) -> Measured:
    """Steps that did not bring what they should, and what the chats and the letters do not agree upon."""
    seen = await soaked(run, TWICE)
    return Measured(seen.steps, len(seen.wrong), tuple(seen.wrong))


ROWS: Final = (
    Row("soak-memory", "percent that all processes hold more at the end than after the first minutes", 5, memory),
    Row("soak-queue", "letters overdue and files not fetched when everybody was answered", 0, queue),
    Row("soak-lost", "steps without what they should bring; messages lost or told twice", 0, lost),
)


def main() -> int:
    promises = {row.id: row.promise for row in ROWS}
    broken, fast = planted(promises), bool(os.environ.get("FAST"))

    def keep(figure: Figure, seen: Measured) -> None:
        performance.write(figure, promises[figure.id], seen.found)

    return end([measured(row, fast=fast, broken=row.id == broken, seed=7, keep=keep) for row in chosen(ROWS)])


if __name__ == "__main__":
    sys.exit(main())
