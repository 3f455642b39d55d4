"""Ticks: APScheduler asks the database, again and again, what is due. It holds no business state.

A restart, a second process or a changed clock neither loses nor doubles anything: what a tick does is decided by rows,
under locks, in one transaction; where each of many is by itself, in one for each.
"""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from casework import checks, contact, correspondence, inquiries, leads, minors, outages, rulebook, unreadable
from casework.booking import reminding
from casework.ids import PersonId
from casework.staff import budget
from casework.work import Unavailable
from handlers.desk import where
from storage.database import Database, StoredWork
from storage.retention import retain
from storage.sweeping import sweep
from storage.work import is_away

log = structlog.get_logger()

Tick = Callable[[StoredWork], Awaitable[None]]


@asynccontextmanager
async def _apart(work: StoredWork, tick: Tick) -> AsyncIterator[None]:
    """What is done in the block is committed at its end, so that nobody waits for the rest of the tick. Where it fails,
    it is undone and told, and the tick goes on: one that always fails stops no other."""
    try:
        async with work.savepoint():
            yield
    except Exception as error:
        if is_away(error):
            raise
        log.error("a part of a tick failed; it comes again", tick=tick.__name__, **where(error))
    await work.commit()


async def tidy(work: StoredWork) -> None:
    """End what was kept long enough: `storage/retention.py`."""
    await retain(work, lambda: _apart(work, tidy))


async def erase(work: StoredWork) -> None:
    """Erase those whose seven days are over."""
    seen = set[PersonId]()
    while due := await work.people.due_for_erasure(work.now, seen, most=1):
        async with _apart(work, erase):
            [person] = due
            seen.add(person)
            if not await work.proposals.frozen(person):  # perhaps it was not the family that asked for it
                await work.erasing.erase(person)
    await work.tell_erased()


async def sweep_keys(work: StoredWork) -> None:
    """Delete keys under which nothing came to be sealed."""
    await sweep(work.connection, work.seals.keyring, work.now)


async def remind(work: StoredWork) -> None:
    """Remind of appointments."""
    await reminding.remind(work)


async def ask_again(work: StoredWork) -> None:
    """Ask whoever may have written while nobody heard."""
    await outages.ask_again(work)


async def watch(work: StoredWork) -> None:
    """Tell of members who look at unusually much."""
    await budget.watch(work)


async def tell_broken(work: StoredWork) -> None:
    """Tell of what does not open."""
    await unreadable.tell(work)


async def keep_in_contact(work: StoredWork) -> None:
    """Tell what was checked, and plan the calls, before a promise of contact runs out."""
    for center in await work.contacts.promises():
        more = True
        while more:
            more = False
            async with _apart(work, keep_in_contact):
                more = await contact.keep(center, work, checks.tell_in_time)


async def follow(work: StoredWork) -> None:
    """Try the next way to whoever has not opened what we wrote."""
    await rulebook.follow(work)


async def look_after_correspondence(work: StoredWork) -> None:
    """Hand on what a center has that has closed."""
    await correspondence.look_after(work)


async def follow_inquiries(work: StoredWork) -> None:
    """Tell what came of inquiries when the answer was due, and remind whoever asked."""
    await inquiries.follow(work)


async def appoint(work: StoredWork) -> None:
    """Give each relative somebody who answers."""
    await leads.assign(work)


async def come_of_age(work: StoredWork) -> None:
    """Let a human call relatives who are 18 by now."""
    await minors.come_of_age(work)


TICKS: dict[Tick, int] = {
    tidy: 120,
    erase: 2,
    remind: 1,
    ask_again: 1,
    watch: 1,
    tell_broken: 2,
    sweep_keys: 720,
    keep_in_contact: 60,
    follow_inquiries: 60,
    follow: 20,
    look_after_correspondence: 60,
    appoint: 20,
    come_of_age: 240,
}
"""Each tick, and at how many looks it is taken once: a look is half a minute."""


class Ripening:
    """Counts how long proposals have waited, by the monotonic clock of this process: moving the clock of the machine
    brings none of them nearer. What passed while it did not run is not counted."""

    __name__ = "ripening"

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic, self._last = monotonic, monotonic()

    async def __call__(self, work: StoredWork) -> None:
        at = self._monotonic()
        passed, self._last = timedelta(seconds=at - self._last), at
        await rulebook.ripen(passed, work)


RIPENS = 2
"""At how many looks proposals are counted once."""


class Ticks:
    """Runs every tick while the block lasts."""

    def __init__(self, database: Database, clock: Callable[[], datetime], every: float) -> None:
        self._database, self._clock, self._every = database, clock, every
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "misfire_grace_time": 3600, "max_instances": 1}
        )

    async def __aenter__(self) -> Self:
        for tick, looks in TICKS.items():
            self._scheduler.add_job(self._run, "interval", seconds=looks * self._every, args=[tick])
        self._scheduler.add_job(self._run, "interval", seconds=RIPENS * self._every, args=[Ripening()])
        self._scheduler.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scheduler.shutdown(wait=False)

    async def _run(self, tick: Tick) -> None:
        try:
            async with self._database.work(self._clock()) as work:
                await tick(work)
                await work.commit()
        except Unavailable:
            log.warning("the database is away; the tick comes again", tick=tick.__name__)
        except Exception as error:
            log.error("a tick failed; it comes again", tick=tick.__name__, **where(error))
