"""After a commit that filed or corrected a report: is it of somebody whom another report is about already?

Runs in every process; each report is leased to one. Nothing that a relative sees or waits for depends on it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from casework.cases import match
from casework.work import Unavailable
from handlers.desk import where
from storage.database import Database

log = structlog.get_logger()

LOOK_EVERY = 15.0
"""Seconds between looks without being woken: a NOTIFY can be lost with its connection."""


@dataclass
class Matching:
    """One process's errand over the name index, which it also keeps fresh, so that a search finds it warm."""

    database: Database
    clock: Callable[[], datetime]
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self, what: str) -> None:
        """A commit has filed or corrected a report."""
        if what == "reports":
            self._wake.set()

    async def run(self) -> None:
        """Match for ever; run as a task."""
        while True:
            self._wake.clear()
            try:
                while await self.match():
                    pass
            except Unavailable:
                pass
            except Exception as error:
                log.error("reports could not be compared; they are looked at again", **where(error))
            try:
                await asyncio.wait_for(self._wake.wait(), LOOK_EVERY)
            except TimeoutError:
                continue

    async def match(self) -> int:
        """Compare what waits; how many reports that was."""
        async with self.database.work(self.clock()) as work:
            await work.search.catch_up()
            compared = await match(work)
            await work.commit()
        return compared
