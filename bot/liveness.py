"""Watches over the channels: were we able to hear all the time? A look goes out, and comes in by our own front door.

A dead proxy, name or certificate keeps every callback away while everything here seems well. So each look asks our own
public address, as a platform would.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import aiohttp
import structlog
from prometheus_client import Counter, Gauge

from casework.actor import Channel
from casework.outages import Outage, Signs, look
from casework.work import Unavailable
from handlers.desk import where
from storage.database import Database

REACHED_WITHIN: Final = aiohttp.ClientTimeout(total=5)
"""A platform waits hardly longer, and a look may not last until the next."""

OUTAGES: Final = Counter("zviazok_outages", "Gaps in which messages of a channel may have got lost", ["channel"])
HEARD: Final = Gauge("zviazok_heard_timestamp_seconds", "When a channel was last known to be heard here", ["channel"])

log = structlog.get_logger()


@dataclass
class Heartbeat:
    """What one channel hears in this process: called for everything genuine that was taken in.

    `posted`: the platform posts to us, and might at any moment; otherwise we ask, and every answer is a sign. `linked`
    tells whether a platform that posts is there itself and knows where to; None where another process has to know.
    """

    channel: Channel
    clock: Callable[[], datetime]
    posted: bool
    linked: bool | None = True
    heard_at: datetime | None = None

    def __call__(self) -> None:
        self.heard_at = self.clock()


@dataclass
class LivenessProbe:
    """The watches of one process, every so many seconds. `public_url` is where platforms post to."""

    database: Database
    clock: Callable[[], datetime]
    heartbeats: Sequence[Heartbeat]
    public_url: str | None
    every: float
    _silent_since: datetime | None = None

    async def run(self) -> None:
        """Look for ever; run as a task."""
        while True:
            try:
                await self.look()
            except Unavailable:
                log.warning("the database is away; nothing can be taken in")
            except Exception as error:
                log.error("a look at the channels failed; it comes again", **where(error))
            await asyncio.sleep(self.every)

    async def look(self) -> None:
        """One look at every channel."""
        reached = None
        if self.public_url is not None and any(heartbeat.posted for heartbeat in self.heartbeats):
            reached = await self._answers(self.public_url)
        found: list[Outage] = []
        async with self.database.work(self.clock()) as work:
            for heartbeat in self.heartbeats:
                signs = Signs(
                    heartbeat.heard_at, reached if heartbeat.posted and heartbeat.linked else None, self._silent_since
                )
                watch, outage = await look(heartbeat.channel, signs, work)
                HEARD.labels(heartbeat.channel).set(watch.heard_at.timestamp())
                if outage is not None:
                    found.append(outage)
            await work.commit()
        for outage in found:
            OUTAGES.labels(outage.channel).inc()
            hours = (outage.ended_at - outage.began_at).total_seconds() / 3600
            log.warning(
                "messages may have got lost", channel=outage.channel, hours=round(hours, 1), people=outage.people
            )

    async def _answers(self, public_url: str) -> bool:
        """Does our public address answer, and is it us?"""
        answers = await reached(public_url)
        if answers:
            self._silent_since = None
        elif self._silent_since is None:
            self._silent_since = self.clock()
            log.warning("our public address does not answer from here", remedy="see PUBLIC_URL, proxy and certificate")
        return answers


async def reached(public_url: str) -> bool:
    """Whether the service answers at its public address, over the way that everybody takes to it."""
    try:
        async with (
            aiohttp.ClientSession(timeout=REACHED_WITHIN, trust_env=False) as client,
            client.get(f"{public_url}/health/live", allow_redirects=False) as answer,
        ):
            return answer.status == 200 and await answer.json() == {"live": True}
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return False
