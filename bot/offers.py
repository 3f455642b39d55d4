"""Offering what came free to those who wait for it, and passing on what nobody answered to.

Runs in every process, at once when a commit has freed something, and after a while anyway: clocks run out, absences
end. Who is asked is decided by rows, under locks; one offer is one transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from casework import offers
from casework.work import Unavailable
from handlers.desk import where
from handlers.waking import Wake, keep_looking
from storage.database import Database

log = structlog.get_logger()


@dataclass
class Offering:
    """One process's part in it. `every` is the seconds between looks without being woken."""

    database: Database
    clock: Callable[[], datetime]
    every: float
    wake: Wake = field(init=False)

    def __post_init__(self) -> None:
        self.wake = Wake("places", self.every)

    async def run(self) -> None:
        """Offer for ever; run as a task."""
        await keep_looking(self.wake, self._look)

    async def _look(self) -> bool:
        try:
            return await self.offer()
        except Unavailable:
            raise
        except Exception as error:
            log.error("what is free could not be offered; it is looked at again", **where(error))
            return False

    async def offer(self) -> bool:
        """One step; False: there is nothing to do."""
        async with self.database.work(self.clock()) as work:
            done = await offers.offer_due(work)
            await work.commit()
        return done
