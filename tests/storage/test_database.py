"""The connections of a process: whatever happens to who uses them, each comes back."""

import asyncio
import os
import signal

from sqlalchemy import event, text

from demo.patience import PATIENCE, until
from storage.database import Database
from tests.visiting import MORNING, House


async def test_a_task_that_is_cancelled_while_its_transaction_is_undone_has_given_the_connection_back(
    database_url: str,
) -> None:
    """Given back later, it would come to a pool that may be closed by then, and nobody would close it."""
    database = Database(database_url, bytes(range(32)), pool=1)

    async def reads() -> None:
        async with database.work(MORNING) as work:
            await work.connection.execute(text("SELECT 1"))

    task = asyncio.create_task(reads())

    @event.listens_for(database.engine.sync_engine, "rollback")
    def is_undone(connection: object) -> None:
        task.cancel()

    (ended,) = await asyncio.gather(task, return_exceptions=True)
    assert isinstance(ended, asyncio.CancelledError)
    assert database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    await database.close()


async def test_what_was_held_by_a_machine_that_is_gone_or_stands_still_is_let_go(house: House) -> None:
    """With the system's own two hours for a lost connection, a reminder that was just being sent would come too late,
    and nobody could write for a person."""
    async with house.database.work(house.clock()) as work:
        given = "SELECT reset_val FROM pg_settings WHERE name ~ 'tcp_keepalives|idle_in_trans' ORDER BY name"
        assert (await work.connection.scalars(text(given))).all() == ["60000", "2", "3", "2"]
        await work.connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = '10ms'"))
        await work.connection.execute(text("SELECT id FROM centers FOR UPDATE"))
        async with house.database.work(house.clock()) as other:
            await other.connection.execute(text("SET LOCAL lock_timeout = '90s'"))
            assert (await other.connection.execute(text("SELECT id FROM centers FOR UPDATE"))).all()


async def test_a_listener_that_is_cancelled_ends_though_the_server_stands_still(house: House) -> None:
    """Or the service would wait for it at its stop, for ever."""
    listening = asyncio.create_task(house.database.listen())
    whose = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'"

    async def backend() -> int | None:
        async with house.database.work(house.clock()) as work:
            pid: int | None = await work.connection.scalar(text(whose))
            return pid

    pid = await until(backend)
    os.kill(pid, signal.SIGSTOP)
    try:
        listening.cancel()
        await asyncio.wait({listening}, timeout=PATIENCE)
        assert listening.cancelled()
    finally:
        os.kill(pid, signal.SIGCONT)
