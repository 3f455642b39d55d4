"""The connections of a process: whatever happens to who uses them, each comes back."""

import asyncio

from sqlalchemy import event, text

from storage.database import Database
from tests.visiting import MORNING


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
