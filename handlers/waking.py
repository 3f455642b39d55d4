"""Looking for work: at once when a commit says that there is some, and after a while anyway.

A commit's NOTIFY can be lost with its connection, so whoever is woken looks now and then without it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from casework.work import Unavailable


@dataclass(eq=False)  # it listens under its own identity
class Wake:
    """For commits that bring `what`. `every` is how many seconds pass at most between two looks."""

    what: str
    every: float
    _event: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(self, what: str) -> bool:
        """A commit has brought something; was it meant for us?"""
        if what == self.what:
            self._event.set()
        return what == self.what

    def now(self) -> None:
        """Look at once."""
        self._event.set()

    def clear(self) -> None:
        """Before a look: what comes from now on wakes again."""
        self._event.clear()

    async def wait(self, seconds: float | None = None) -> None:
        """Until a commit brings something, or the time is over."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self.every if seconds is None else seconds):
                await self._event.wait()


async def keep_looking(wake: Wake, look: Callable[[], Awaitable[object]]) -> None:
    """Look for ever; at once again while something is found. Run as a task."""
    while True:
        wake.clear()
        try:
            while await look():
                pass
        except Unavailable:
            pass
        await wake.wait()
