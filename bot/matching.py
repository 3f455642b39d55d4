"""After a commit that filed or corrected a report: is it of somebody whom another report is about already?

Runs in every process; each report is leased to one. Nothing that a relative sees or waits for depends on it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from casework.cases import match
from casework.work import Unavailable
from handlers.desk import where
from handlers.waking import Wake, keep_looking
from storage.database import Database

log = structlog.get_logger()

LOOK_EVERY = 15.0
"""Seconds between looks without being woken: a NOTIFY can be lost with its connection."""


@dataclass
class Matching:
    """One process's errand over the name index, which it also keeps fresh, so that a search finds it warm."""

    database: Database
    clock: Callable[[], datetime]
    wake: Wake = field(default_factory=lambda: Wake("reports", LOOK_EVERY))

    def heard(self, what: str) -> None:
        """A commit has brought something: what was erased leaves the index as soon as what is new comes into it."""
        self.wake(self.wake.what if what.startswith("erased:") else what)

    async def run(self) -> None:
        """Match for ever; run as a task."""
        await keep_looking(self.wake, self._look)

    async def _look(self) -> int:
        try:
            return await self.match()
        except Unavailable:
            raise
        except Exception as error:
            log.error("reports could not be compared; they are looked at again", **where(error))
            return 0

    async def match(self) -> int:
        """Compare what waits; how many reports that was."""
        async with self.database.work(self.clock()) as work:
            await work.search.catch_up()
            compared = await match(work)
            await work.commit()
        return compared
