"""What commits have brought for couriers, told to other processes after the commits: one NOTIFY for many.

A NOTIFY within a transaction holds a lock of the whole server until that is on disk, so all who tell something commit
one after another, and none shares another's fsync. It comes after the commit here, over the line on which the process
listens. Where the process dies between the two, couriers find the letter on their tick, as when a line is lost.
What is told of no tick (threads, erased keys, reference data) stays within its transaction: see `StoredWork`.
"""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

import asyncpg

from storage.effects import WOKEN

APART: Final = 0.03
"""Seconds between two NOTIFYs: what is committed meanwhile is told by one. Telegram takes no more than one message in
that time."""

_TELL: Final = "SELECT pg_notify($1, name) FROM unnest($2::text[]) AS name"


class Announcer:
    """One a process. It is `open` while somebody listens, and so tells: where nobody does, as in a command of the
    shell, a commit tells within its transaction."""

    def __init__(self) -> None:
        self.open = False
        self._untold: set[str] = set()
        self._look = asyncio.Event()
        self._told_at = float("-inf")

    @contextmanager
    def opened(self) -> Iterator[None]:
        self.open = True
        try:
            yield
        finally:
            self.open = False

    def add(self, names: Iterable[str]) -> None:
        """A commit has brought these."""
        self._untold.update(names)
        if self._untold:
            self._look.set()

    def look(self) -> None:
        """Wait no longer: something is to be told, or the line is lost."""
        self._look.set()

    async def wait(self, seconds: float) -> None:
        """Until something is to be told and the last time is long enough ago, or for so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._look.wait()
                await asyncio.sleep(self._told_at + APART - asyncio.get_running_loop().time())

    @property
    def pending(self) -> bool:
        return bool(self._untold)

    async def tell(self, connection: asyncpg.Connection, *, within: float) -> None:
        """Tell what there is; what a lost line has not taken is told over the next."""
        self._look.clear()
        names, self._untold = self._untold, set()
        try:
            await connection.execute(_TELL, WOKEN, sorted(names), timeout=within)
        except BaseException:
            self._untold |= names
            self._look.set()
            raise
        self._told_at = asyncio.get_running_loop().time()
