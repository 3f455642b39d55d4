"""What only one process may do at a time: guarded by a PostgreSQL advisory lock on a direct connection."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import asyncpg
import structlog

RETRY = 1.0
"""Seconds until the database is asked again after a lost connection."""

NOTICED = {"tcp_keepalives_idle": "3", "tcp_keepalives_interval": "2", "tcp_keepalives_count": "2"}
"""The server notices within seven seconds that a machine is gone, and lets go what it held: another then speaks within
ten, and takes up what was due."""

log = structlog.get_logger()


async def as_leader(dsn: str, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run `work()` while no other process does under this name, for ever; run as a task.

    The lock lives and dies with its connection: when that is lost, the work is cancelled, for another process may have
    begun. An error of the work itself ends all.
    """
    while True:
        with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            await _once(dsn, name, work)
        await asyncio.sleep(RETRY)


async def _once(dsn: str, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    connection = await asyncpg.connect(dsn, timeout=10, server_settings=NOTICED)
    lost = asyncio.Event()
    connection.add_termination_listener(lambda *_: lost.set())
    try:
        await connection.execute("SELECT pg_advisory_lock(hashtextextended($1, 0))", name)
        working = asyncio.create_task(work())
        watching = asyncio.create_task(lost.wait())
        try:
            await asyncio.wait({working, watching}, return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                working.result()
            log.warning("the lock was lost with its connection", lock=name)
        finally:
            working.cancel()
            watching.cancel()
            await asyncio.gather(working, watching, return_exceptions=True)
    finally:
        with suppress(Exception):
            await connection.close(timeout=2)
