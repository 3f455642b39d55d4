"""A service that somebody kills (`kill -9`) again and again, and that is started again each time.

In a process of its own, with its embedded PostgreSQL, in the hurried world of the test beside it. Killed, it takes its
database down with it, unflushed. Each life is forked from a process that has imported everything and done nothing: to
import anew takes longer than to live.
"""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from typing import Final

from bot.app import serving
from bot.joining import telegram, viber  # noqa: F401  imported once, for all lives
from bot.logs import set_up
from bot.settings import load
from casework.despair import despairs
from demo.fakes.hurried import PATIENCE, HurriedLoop
from dialogs.words import Words

LIFE = (5.0, 40.0)
"""Seconds, of that world, that it lives at least and at most."""

CLOCK = "MORTAL_CLOCK"
"""The variable that names the clock's file."""

FORKED: Final = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload([__name__])

# What a service reads from its files at the first need, and keeps.
Words()
despairs("")


class SharedClock:
    """The wall clock of a hurried world of several processes: they have the machine's own clock in common, and a file
    keeps how far this one is ahead of it. `seconds` is the loop's time."""

    def __init__(self, file: Path, seconds: Callable[[], float]) -> None:
        self.file, self._seconds = file, seconds

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(float(self.file.read_text()) + self._seconds(), UTC)

    def go_to(self, moment: datetime) -> None:
        """Never back, once it goes."""
        if self.file.exists():
            moment = max(moment, self())
        fresh = self.file.with_suffix(".new")
        fresh.write_text(repr(moment.timestamp() - self._seconds()))
        fresh.replace(self.file)


class Mortal:
    """`settings` are environment variables; `kills` counts its deaths, at most `last`."""

    def __init__(self, settings: Mapping[str, str], clock: Path, chance: Random, last: int) -> None:
        self._env = {**settings, CLOCK: str(clock)}
        self._chance, self._last = chance, last
        self._doomed, self._over = asyncio.Event(), asyncio.Event()
        self.kills = 0

    def doom(self) -> None:
        """From now on it is killed; until now it only lived."""
        self._doomed.set()

    @asynccontextmanager
    async def living(self) -> AsyncIterator[None]:
        """Alive, but for the kills, while the block lasts; then stopped in order."""
        process = await self._start()
        task = asyncio.create_task(self._live(process))
        try:
            yield
        finally:
            self._doomed.set()
            self._over.set()
            await task

    async def _start(self) -> BaseProcess:
        alive, tells = FORKED.Pipe(duplex=False)
        process = FORKED.Process(target=_live, args=(self._env, tells))
        await asyncio.to_thread(process.start)
        tells.close()
        try:
            await asyncio.to_thread(alive.recv)
        except EOFError:
            raise AssertionError("the service did not start again") from None
        finally:
            alive.close()
        return process

    async def _live(self, process: BaseProcess) -> None:
        await self._doomed.wait()
        while self.kills < self._last and not await self._ends_within(self._chance.uniform(*LIFE)):
            process.kill()
            await self._gone(process)
            self.kills += 1
            process = await self._start()
        await self._over.wait()
        process.terminate()
        await self._gone(process)

    @staticmethod
    async def _gone(process: BaseProcess) -> None:
        await asyncio.to_thread(process.join)
        process.close()

    async def _ends_within(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._over.wait(), seconds)
        return self._over.is_set()


def _live(env: Mapping[str, str], tells: Connection) -> None:
    os.environ.update(env)
    with asyncio.Runner(loop_factory=HurriedLoop) as runner:
        runner.run(_serve(tells))


async def _serve(tells: Connection) -> None:
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    settings = load()
    set_up(settings)
    clock = SharedClock(Path(os.environ[CLOCK]), loop.time)
    async with serving(settings, clock=clock, tick_every=2, patience=PATIENCE):
        tells.send("alive")
        await stopped.wait()
