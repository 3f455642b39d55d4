"""The whole service as a process that is killed (`kill -9`) and started again, each life forked from this process.

What takes seconds, importing everything, was done before. A life takes its embedded PostgreSQL down with it, unflushed.
"""

import asyncio
import gc
import logging
import multiprocessing
import os
import signal
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from random import Random
from typing import Final

import structlog

from bot.app import serving
from bot.joining import telegram, viber  # noqa: F401  imported once, for all lives
from bot.settings import load
from casework.despair import despairs
from dialogs.words import Words

LIVES_FOR: Final = 0.8
"""Seconds after its start, at most, that a life lasts."""

SOON: Final = 0.1
"""The same after something was accepted, for those whose end comes just then."""

STILLBORN: Final = 0.1
"""The share of lives that are killed while they start."""

TOLD_EVERY: Final = 25

FORKED: Final = multiprocessing.get_context("fork")


class Lives:
    """`settings` are `Settings`, by their names; `fault` is called in each life before it serves."""

    def __init__(self, settings: Mapping[str, str], chance: Random, fault: Callable[[], None] | None) -> None:
        self._settings, self._chance, self._fault = settings, chance, fault
        self._process: BaseProcess | None = None
        Words()
        despairs("")  # what a service reads from its files at the first need, and keeps
        gc.freeze()

    @asynccontextmanager
    async def after(
        self, kills: int, accepted: Callable[[], int], progress: Callable[[str], None], *, soon: float = 0.5
    ) -> AsyncIterator[None]:
        """Killed so many times; the life after the last one serves while the block runs, and is stopped in order.
        `accepted` counts what others were told is done: `soon` is the share of lives that end just after they have told
        somebody so, the others end at any moment. `progress` is told now and then how many have ended."""
        for ended in range(kills):
            if ended % TOLD_EVERY == 0:
                progress(f"{ended:,} of {kills:,} lives ended, {accepted():,} messages accepted")
            alive = await self._begin()
            if self._chance.random() < STILLBORN * (soon < 1):
                await asyncio.sleep(self._chance.random() * LIVES_FOR)
            else:
                await alive
                await _grown(accepted)
                await asyncio.sleep(self._chance.random() * (SOON if self._chance.random() < soon else LIVES_FOR))
            await self._end(signal.SIGKILL)
            alive.cancel()
            await asyncio.gather(alive, return_exceptions=True)
        try:
            await (await self._begin())
            yield
        finally:
            await self._end(signal.SIGTERM)

    async def _begin(self) -> asyncio.Task[None]:
        """A new life; the task ends when it serves."""
        hears, tells = FORKED.Pipe(duplex=False)
        self._process = FORKED.Process(target=_live, args=(self._settings, tells, self._fault))
        self._process.start()
        tells.close()
        return asyncio.create_task(_heard(hears))

    async def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is not None and process.pid is not None:
            os.kill(process.pid, how)
            await asyncio.to_thread(process.join)
            process.close()


async def _grown(count: Callable[[], int]) -> None:
    """Until something more was accepted, but not for ever: people may all wait for a platform's next try."""
    before, until = count(), time.monotonic() + 2 * LIVES_FOR
    while count() == before and time.monotonic() < until:  # noqa: ASYNC110  it is counted elsewhere
        await asyncio.sleep(0.005)


async def _heard(hears: Connection) -> None:
    try:
        await asyncio.to_thread(hears.recv)
    except EOFError:
        raise AssertionError("the service did not start again") from None
    finally:
        hears.close()


def _live(settings: Mapping[str, str], tells: Connection, fault: Callable[[], None] | None) -> None:
    """Without anything of the parent's but its imports and this one pipe."""
    os.closerange(3, tells.fileno())
    os.closerange(tells.fileno() + 1, 1 << 16)
    logging.disable()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    if fault is not None:
        fault()
    with asyncio.Runner() as runner:
        runner.run(_serve(settings, tells))


async def _serve(settings: Mapping[str, str], tells: Connection) -> None:
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    async with serving(load(**settings), tick_every=0.5):
        tells.send("alive")
        await stopped.wait()
