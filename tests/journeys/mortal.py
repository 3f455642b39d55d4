"""A service that somebody kills (`kill -9`) again and again, and that is started again each time.

In a process of its own, `python -m tests.journeys.mortal`, with its embedded PostgreSQL, in the hurried world of the
test beside it. Killed, it takes its database down with it, unflushed.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from bot.app import serving
from bot.logs import set_up
from bot.settings import load
from demo.fakes.hurried import HurriedLoop

LIFE = (5.0, 40.0)
"""Seconds, of that world, that it lives at least and at most."""

CLOCK = "MORTAL_CLOCK"
"""The variable that names the clock's file."""


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
        self._env = {**os.environ, **settings, CLOCK: str(clock)}
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

    async def _start(self) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", __name__, env=self._env, stdout=asyncio.subprocess.PIPE
        )
        if process.stdout is None or await process.stdout.readline() != b"alive\n":
            raise AssertionError("the service did not start again")
        return process

    async def _live(self, process: asyncio.subprocess.Process) -> None:
        await self._doomed.wait()
        while self.kills < self._last and not await self._ends_within(self._chance.uniform(*LIFE)):
            process.kill()
            await process.wait()
            self.kills += 1
            process = await self._start()
        await self._over.wait()
        process.send_signal(signal.SIGTERM)
        await process.wait()

    async def _ends_within(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._over.wait(), seconds)
        return self._over.is_set()


async def _serve() -> None:
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    settings = load()
    set_up(settings)
    clock = SharedClock(Path(os.environ[CLOCK]), loop.time)
    async with serving(settings, clock=clock, tick_every=0.5):
        sys.stdout.write("alive\n")
        sys.stdout.flush()
        await stopped.wait()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=HurriedLoop) as runner:
        runner.run(_serve())
