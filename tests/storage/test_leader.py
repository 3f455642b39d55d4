"""One at a time: a second process waits, and takes over when the first one's connection is gone."""

import asyncio

import asyncpg

from storage.leader import as_leader
from tests.patience import PATIENCE


async def test_the_second_takes_over_when_the_firsts_connection_is_gone(database_url: str) -> None:
    dsn = database_url.replace("postgresql+asyncpg", "postgresql")
    begun: list[str] = []
    changed = asyncio.Event()

    async def work(name: str) -> None:
        begun.append(name)
        changed.set()
        await asyncio.Event().wait()

    async def next_one() -> None:
        await asyncio.wait_for(changed.wait(), PATIENCE)
        changed.clear()

    first = asyncio.create_task(as_leader(dsn, "token", lambda: work("first")))
    await next_one()
    second = asyncio.create_task(as_leader(dsn, "token", lambda: work("second")))
    other = asyncio.create_task(as_leader(dsn, "another", lambda: work("another")))
    await next_one()
    assert begun == ["first", "another"]
    admin = await asyncpg.connect(dsn)
    await admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
        " AND (classid::bigint << 32) + objid::bigint = hashtextextended('token', 0)"
    )
    await admin.close()
    await next_one()
    assert begun == ["first", "another", "second"]
    for task in (first, second, other):
        task.cancel()
    await asyncio.gather(first, second, other, return_exceptions=True)


async def test_an_error_of_the_work_is_not_swallowed(database_url: str) -> None:
    async def breaks() -> None:
        raise ValueError("broken")

    result = await asyncio.gather(
        as_leader(database_url.replace("postgresql+asyncpg", "postgresql"), "token", breaks), return_exceptions=True
    )
    assert isinstance(result[0], ValueError)
