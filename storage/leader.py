"""What only one process may do at a time (speak for a token, poll for it): a lease in a row, which the work renews.

A frozen process keeps its connections, and with them any lock of the database. So a leader counts up in its row, and
whoever waits takes over when the count has stood still for `LASTS`, as measured on its own steady clock: no clock of
the wall is asked, here or at the server. A leader whose connection is gone is followed at once. The row's token grows
with each leader: a renewal under an old one changes nothing, and tells the work to end.

A process that stands still may do so in the midst of transactions, whose rows the next leader needs, or with an answer
half read. Who follows it ends all of its connections (those of its application_name), before doing anything else.

The leader itself stops a little earlier, by the clock that goes on while the machine sleeps: what was frozen in the
midst of its work and comes back finds `Leadership.holds` false before it sends anything.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Final

import asyncpg
import structlog
from sqlalchemy import BigInteger, Column, DateTime, Integer, Table, Text

from storage.connecting import NOTICED, connect
from storage.schema import metadata

RETRY: Final = 0.5
"""Seconds between looks whether the leader is still there, and until the database is asked again after a loss."""

LASTS: Final = 6.0
"""Seconds without a renewal after which another takes over."""

RENEWED_EVERY: Final = 2.0

leaders = Table(
    "leaders",
    metadata,
    Column("name", Text, primary_key=True),
    Column("token", BigInteger, nullable=False),
    Column("renewals", BigInteger, nullable=False),
    Column(
        "pid", Integer
    ),  # of the server's process that serves the leader's connection; none once it has stepped back
    Column("connected_at", DateTime(timezone=True)),  # that process's beginning: a number comes again, with another
)

_SEEN: Final = """
    SELECT token, renewals, EXISTS (
        SELECT FROM pg_stat_activity a WHERE a.pid = leaders.pid AND a.backend_start = leaders.connected_at
    ) AS connected
    FROM leaders WHERE name = $1
"""
_ME: Final = "pg_backend_pid(), (SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid())"
_BEGIN: Final = f"INSERT INTO leaders VALUES ($1, 1, 0, {_ME}) ON CONFLICT DO NOTHING RETURNING token"  # noqa: S608
_FOLLOW: Final = f"""
    UPDATE leaders SET token = leaders.token + 1, renewals = 0, (pid, connected_at) = (SELECT {_ME})
    FROM leaders before
    WHERE leaders.name = $1 AND leaders.token = $2 AND leaders.renewals = $3 AND before.name = leaders.name
    RETURNING leaders.token, before.pid, before.connected_at
"""  # noqa: S608  our own words
_END: Final = """
    SELECT pg_terminate_backend(theirs.pid)
    FROM pg_stat_activity one JOIN pg_stat_activity theirs USING (application_name, datname, usename)
    WHERE one.pid = $1 AND one.backend_start = $2
        AND application_name NOT IN ('', current_setting('application_name'))
"""
_RENEW: Final = "UPDATE leaders SET renewals = renewals + 1 WHERE name = $1 AND token = $2 RETURNING token"
_STEP_BACK: Final = "UPDATE leaders SET pid = NULL WHERE name = $1 AND token = $2"

log = structlog.get_logger()


class Leadership:
    """What the work asks before it does what only a leader may do. `token` grows with every leader of the name."""

    def __init__(self, token: int, since: float) -> None:
        self.token = token
        self._renewed = since

    def holds(self) -> bool:
        """Whether nobody else can have taken over by now."""
        return _steady() - self._renewed < LASTS

    def renewed(self, asked: float) -> None:
        """The row was renewed at some moment after `asked`."""
        self._renewed = asked


async def as_leader(dsn: str, name: str, work: Callable[[Leadership], Coroutine[Any, Any, None]]) -> None:
    """Run `work(leadership)` while no other process does under this name, for ever; run as a task.

    When the lease cannot be renewed, the work is cancelled, for another process may have begun. An error of the work
    itself ends all.
    """
    while True:
        with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            await _once(dsn, name, work)
        await asyncio.sleep(RETRY)


async def _once(dsn: str, name: str, work: Callable[[Leadership], Coroutine[Any, Any, None]]) -> None:
    connection = await connect(dsn, timeout=10, command_timeout=LASTS, server_settings=NOTICED)
    try:
        leadership = await _follow(connection, name)
        working = asyncio.create_task(work(leadership))
        renewing = asyncio.create_task(_renew(connection, name, leadership))
        try:
            await asyncio.wait({working, renewing}, return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                working.result()
            else:
                log.warning("the leadership was lost", leader=name)
        finally:
            working.cancel()
            renewing.cancel()
            await asyncio.gather(working, renewing, return_exceptions=True)
            with suppress(Exception):
                await connection.execute(_STEP_BACK, name, leadership.token, timeout=2)
    finally:
        with suppress(Exception):
            await connection.close(timeout=2)


async def _follow(connection: asyncpg.Connection, name: str) -> Leadership:
    """Wait until there is no leader, or none that renews; then be it."""
    seen, since = None, _steady()
    while True:
        asked = _steady()
        row = await connection.fetchrow(_SEEN, name)
        now = (row["token"], row["renewals"]) if row else None
        if now != seen:
            seen, since = now, asked
        token = None
        if seen is None:
            token = await connection.fetchval(_BEGIN, name)
        elif not row["connected"] or asked - since > LASTS:
            token = await _take(connection, name, seen)
        if token is not None:
            return Leadership(token, asked)
        await asyncio.sleep(RETRY)


async def _take(connection: asyncpg.Connection, name: str, seen: tuple[int, int]) -> int | None:
    """Take the place of a leader that was last seen so, and let go what its process holds; None if it has moved."""
    taken = await connection.fetchrow(_FOLLOW, name, *seen)
    if taken is None:
        return None
    await connection.execute(_END, taken["pid"], taken["connected_at"])
    token: int = taken["token"]
    return token


async def _renew(connection: asyncpg.Connection, name: str, leadership: Leadership) -> None:
    """Renew for ever; ends when another leads, or when that may be."""
    lost = asyncio.Event()
    connection.add_termination_listener(lambda *_: lost.set())
    while leadership.holds():
        with suppress(TimeoutError):
            await asyncio.wait_for(lost.wait(), RENEWED_EVERY)
        asked = _steady()
        if not leadership.holds():
            return  # it stood still: what waited meanwhile was told that another speaks, and is freed by beginning anew
        if lost.is_set() or await connection.fetchval(_RENEW, name, leadership.token) is None:
            return
        leadership.renewed(asked)


def _steady() -> float:
    """Seconds on a clock that nobody sets, and that goes on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)
