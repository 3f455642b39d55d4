"""How fast the service speaks to Telegram with a backlog before it, alone and as one of four processes, and how soon
another process speaks when the one that speaks is killed, or stands still.

The Bot API is local and has Telegram's limits; each process has an address of its own there, so that it is known who
speaks.
"""

import asyncio
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Final

import aiohttp
import asyncpg

from benchmarks.row import Measured, Row, Run
from benchmarks.speed.answers import bot_api
from benchmarks.speed.backlog import furnish
from benchmarks.speed.contestants.ours import ROOT
from benchmarks.speed.servers import Postgres, postgres
from benchmarks.speed.service import served
from storage.database import Database

PROCESSES, PROCESSES_FAST = (1, 4), (1, 3)
MANY, FEW = 900, 90
"""Letters of the backlog over which the pace is measured."""

MEANWHILE: Final = 330
"""Letters more, for two others to speak: eleven seconds at Telegram's pace."""

SPEAKS: Final = 2.0
"""Seconds for which each speaks before it is stopped, and for which one that came back is watched."""

WITHIN: Final = 60.0
"""Seconds without a message after which none is waited for."""

IN_FLIGHT: Final = 30
"""Letters that a process which is killed, or stands still, has under way at most: their like may come twice."""

SLOW: Final = "import handlers.telegram.pace as pace\npace.A_SECOND = 20.0\n"
HASTY: Final = "import handlers.telegram.pace as pace\npace.A_SECOND = 45.0\n"
STUBBORN: Final = "import storage.leader as leader\nleader.LASTS = 16.0\n"
"""The planted faults: it speaks too seldom, too often, and leads for too long when it no longer works."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message as it came to the Bot API."""

    at: float
    speaker: int
    chat: str
    taken: bool


@dataclass
class Paced:
    """`rates` are messages a second by the number of processes; `most` in any second; `silent` by what befell whoever
    spoke, in seconds."""

    rates: dict[int, float] = field(default_factory=dict)
    most: int = 0
    refused: int = 0
    letters: int = 0
    silent: dict[str, float] = field(default_factory=dict)


@dataclass
class Ear:
    """What the Bot API has heard so far."""

    url: str
    client: aiohttp.ClientSession
    said: list[Said] = field(default_factory=list)

    async def until(self, there: Callable[[Sequence[Said]], bool]) -> None:
        """Listen until what was said is enough; `AssertionError` where nothing comes any more."""
        heard = time.monotonic()
        while not there(self.said):
            await asyncio.sleep(0.1)
            async with self.client.get(f"{self.url}/seen", params={"after": len(self.said)}) as told:
                new = [Said(*each) for each in await told.json()]
            self.said += new
            if new:
                heard = time.monotonic()
            if time.monotonic() - heard > WITHIN:
                raise AssertionError(f"nobody speaks, after {len(self.said)} messages")

    async def spoke(self, others_than: int, since: float) -> Said:
        """The first message of another process after a moment."""

        def others() -> list[Said]:
            return [one for one in self.said if one.speaker != others_than and one.at > since]

        await self.until(lambda _: bool(others()))
        return others()[0]


_PACED: Final = dict[tuple[str, int], Paced]()


async def paced(run: Run, fault: str) -> Paced:
    """Held once for all rows, and once for each fault."""
    key = fault if run.broken else "", run.seed
    if key not in _PACED:
        _PACED[key] = await _held(run, key[0])
    return _PACED[key]


async def _held(run: Run, fault: str) -> Paced:
    short = run.fast or run.broken
    found, many = Paced(), FEW if short else MANY
    key = run.folder / "root.key"
    key.write_text(ROOT.hex())
    key.chmod(0o600)
    for processes in PROCESSES_FAST if short else PROCESSES:
        run.progress(f"a backlog of {many}, {processes} processes")
        async with AsyncExitStack() as stack:
            await _hold(run, processes, many, fault, found, stack)
    return found


async def _hold(run: Run, processes: int, many: int, fault: str, found: Paced, stack: AsyncExitStack) -> None:
    """One backlog, before so many processes."""
    letters = many + (MEANWHILE if processes > 1 else 0)
    server = stack.enter_context(await postgres(run.folder / f"kept-{processes}"))
    url = stack.enter_context(bot_api("limited"))
    ear = Ear(url, await stack.enter_async_context(aiohttp.ClientSession()))
    key = str(run.folder / "root.key")
    starting = []
    for number in range(processes):
        folder = run.folder / f"{processes}-{number}"
        folder.mkdir()
        service = served(folder, f"{url}/{number}", broken=fault, DATABASE_URL=server.dsn, ROOT_KEY_FILE=key)
        starting.append(asyncio.to_thread(service.__enter__))
        stack.push_async_callback(asyncio.to_thread, service.__exit__, None, None, None)
    running = await asyncio.gather(*starting)
    database = Database(server.url, ROOT)
    stack.push_async_callback(database.close)
    await furnish(database, server, letters)
    await ear.until(lambda said: sum(one.taken for one in said) >= many)
    spoken = [one.at for one in ear.said if one.taken][:many]
    found.rates[processes] = (many - 1) / (spoken[-1] - spoken[0])
    if processes > 1:
        found.silent = await _taken_over(ear, running)
    await ear.until(lambda said: len({one.chat for one in said if one.taken}) > letters)  # and the reply
    await asyncio.sleep(1)  # what is said twice comes now
    await _check(ear.said, server, letters, stopped=len(found.silent) if processes > 1 else 0)
    found.most = max(found.most, most_in_a_second([one.at for one in ear.said]))
    found.refused += sum(not one.taken for one in ear.said)
    found.letters += letters


async def _taken_over(ear: Ear, running: Sequence["subprocess.Popen[bytes]"]) -> dict[str, float]:
    """Kill whoever speaks; then let whoever speaks stand still, and go on when another speaks."""
    killed, _ = await _stopped(ear, running, signal.SIGKILL)
    try:
        frozen, speaker = await _stopped(ear, running, signal.SIGSTOP)
    finally:
        thawed = time.monotonic()
        for one in running:
            if one.poll() is None:
                os.kill(one.pid, signal.SIGCONT)  # it goes on, or would not end either
    await ear.until(lambda said: said[-1].at - thawed > SPEAKS)
    if late := [one for one in ear.said if one.speaker == speaker and one.at > thawed]:
        raise AssertionError(f"{len(late)} messages of a process that had been replaced")
    return {"killed": killed, "frozen": frozen}


async def _stopped(ear: Ear, running: Sequence["subprocess.Popen[bytes]"], how: signal.Signals) -> tuple[float, int]:
    """Seconds until another speaks, and who was stopped."""
    speaker, since = ear.said[-1].speaker, time.monotonic()
    os.kill(running[speaker].pid, how)
    spoke = await ear.spoke(speaker, since)
    await ear.until(lambda said: said[-1].at - spoke.at > SPEAKS)
    return spoke.at - since, speaker


async def _check(said: Sequence[Said], server: Postgres, letters: int, stopped: int) -> None:
    """`AssertionError` where a letter is lost, or told twice for no reason."""
    told = Counter(one.chat for one in said if one.taken)
    twice = sum(many - 1 for many in told.values())
    if twice > stopped * IN_FLIGHT:
        raise AssertionError(f"{twice} messages came twice")
    connection = await asyncpg.connect(server.dsn)
    try:
        waits = await connection.fetchval("SELECT count(*) FROM letters WHERE state = 'waiting'")
    finally:
        await connection.close()
    if waits != letters:  # those that are held back
        raise AssertionError(f"{waits} letters wait, not {letters}")


def most_in_a_second(moments: Sequence[float]) -> int:
    """The most messages in any second, its ends among it; the moments are in their order."""
    most = first = 0
    for last, at in enumerate(moments):
        while at - moments[first] > 1:
            first += 1
        most = max(most, last - first + 1)
    return most


async def pace(run: Run) -> Measured:
    """The slower of both."""
    seen = await paced(run, SLOW)
    lines = tuple(f"{many} processes: {rate:.2f} a second" for many, rate in seen.rates.items())
    return Measured(seen.letters, min(seen.rates.values()), lines)


async def most(run: Run) -> Measured:
    """As they came, taken or not, also while one takes over from another."""
    seen = await paced(run, HASTY)
    return Measured(seen.letters, seen.most, (f"{seen.refused} were refused",))


async def takeover(run: Run) -> Measured:
    """The longer of both."""
    seen = await paced(run, STUBBORN)
    lines = tuple(f"{what}: {seconds:.2f} s" for what, seconds in seen.silent.items())
    return Measured(len(seen.silent), max(seen.silent.values()), lines)


ROWS: Final = (
    Row("pace", "messages a second to a Bot API with Telegram's limits, the worse of 1 and 4 processes", 28.8, pace,
        "high"),
    Row("pace-most", "messages in any sliding second, at most", 30, most),
    Row("pace-takeover", "seconds until another speaks, the speaker killed or frozen", 10, takeover),
)  # fmt: skip
