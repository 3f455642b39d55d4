"""The connections of a process: whatever happens to who uses them, each comes back."""

import asyncio
import os
import signal

import pytest
from sqlalchemy import event, text

from demo.patience import PATIENCE, until
from storage.connecting import PoolQueue, connect
from storage.database import SERVICE, Database
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


async def test_where_nothing_is_to_be_undone_a_connection_is_given_back_without_waiting(house: House) -> None:
    """No task is made for it, and there is no moment at which it could be cut off."""
    work = house.database.work(house.clock())
    async with asyncio.timeout(PATIENCE):
        await work.__aenter__()
        await work.connection.execute(text("SELECT 1"))
        await work.commit()
    with pytest.raises(StopIteration):
        work.__aexit__(None, None, None).send(None)


async def test_what_was_held_by_a_machine_that_is_gone_or_stands_still_is_let_go(house: House) -> None:
    """With the system's own two hours for a lost connection, a reminder that was just being sent would come too late,
    and nobody could write for a person."""
    database = Database(house.database.url, bytes(range(32)), pool=1)
    async with database.engine.connect() as connection:
        given = "SELECT name, reset_val FROM pg_settings WHERE name ~ 'tcp_|idle_in_trans|connection_check'"
        assert dict((await connection.execute(text(given))).all()) == {
            "idle_in_transaction_session_timeout": "8000",
            "client_connection_check_interval": "2000",
            "tcp_keepalives_idle": "3",
            "tcp_keepalives_interval": "2",
            "tcp_keepalives_count": "2",
            "tcp_user_timeout": "7000",
        }
    await database.close()
    async with house.database.work(house.clock()) as work:
        await work.connection.execute(text("SELECT id FROM centers FOR UPDATE"))
        await work.connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = '10ms'"))
        async with house.database.work(house.clock()) as other:
            await other.connection.execute(text("SET LOCAL lock_timeout = '90s'"))
            assert (await other.connection.execute(text("SELECT id FROM centers FOR UPDATE"))).all()


async def test_all_connections_of_a_process_have_its_name_and_no_others(house: House, database_url: str) -> None:
    """By it the next leader ends what a frozen process holds, and a restore sees that somebody is there."""
    other = Database(database_url, bytes(range(32)))
    direct = await connect(house.database.dsn)
    assert await direct.fetchval("SHOW application_name") == house.database.name
    await direct.close()
    async with house.database.work(house.clock()) as work:
        assert await work.connection.scalar(text("SHOW application_name")) == house.database.name
    assert house.database.name.startswith(SERVICE)
    assert other.name != house.database.name
    await other.close()


async def test_a_command_that_nobody_waits_for_may_take_its_time(database_url: str) -> None:
    database = Database(database_url, bytes(range(32)), stands_still=0)
    async with database.work(MORNING) as work:
        assert await work.connection.scalar(text("SHOW idle_in_transaction_session_timeout")) == "0"
    await database.close()


async def test_whoever_waits_is_woken_once_commits_are_heard_of_again(house: House) -> None:
    """What came before may have gone unheard."""
    heard: list[str] = []
    async with house.database.woken(heard.append):
        listening = asyncio.create_task(house.database.listen())
        await until(lambda: heard, ["listening"])
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


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


async def test_a_listener_whose_server_is_gone_without_a_word_listens_anew(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection that is half open brings nothing, and ends never: what comes would wait for the next tick."""
    monkeypatch.setattr("storage.database.HEARD_EVERY", 0.05)
    monkeypatch.setattr("storage.database.ANSWERS_WITHIN", 0.5)
    heard: list[str] = []

    async def backends() -> set[int]:
        whose = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = :name"
        async with house.database.work(house.clock()) as work:
            return set(await work.connection.scalars(text(whose), {"name": house.database.name}))

    async with house.database.woken(heard.append):
        before = await backends()
        listening = asyncio.create_task(house.database.listen())
        await until(lambda: heard, ["listening"])
        [pid] = await backends() - before
        os.kill(pid, signal.SIGSTOP)
        try:
            await until(lambda: heard, ["listening", "listening"])
        finally:
            os.kill(pid, signal.SIGCONT)
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)


async def test_no_connection_is_made_or_dropped_once_there_are_as_many_as_are_used(database_url: str) -> None:
    """A new one is a new process of the server's, and learns all its statements anew."""
    database = Database(database_url, bytes(range(32)), pool=4)
    made, dropped = list[object](), list[object]()
    event.listen(database.engine.sync_engine, "connect", lambda connection, _: made.append(connection))
    event.listen(database.engine.sync_engine, "close", lambda connection, _: dropped.append(connection))

    async def reads() -> None:
        async with database.work(MORNING) as work:
            await work.connection.execute(text("SELECT 1"))
            await asyncio.sleep(0)

    await asyncio.gather(*(reads() for _ in range(40)))
    most = len(made)
    assert most == 4
    for many in (40, 1, 40):
        await asyncio.gather(*(reads() for _ in range(many)))
    assert len(made) == most
    assert not dropped
    await database.close()


async def test_who_waits_behind_others_work_has_their_turn_and_is_not_told_that_the_database_is_away() -> None:
    moment = 0.0
    queue = PoolQueue(1, patience=0.01, clock=lambda: moment)
    await queue.take()
    first, second = asyncio.ensure_future(queue.take()), asyncio.ensure_future(queue.take())
    await asyncio.sleep(0)
    moment = 100.0
    queue.give_back(worked=True)
    await first
    await asyncio.wait({second}, timeout=0.05)
    assert not second.done(), "somebody's work has just come to an end"
    moment = 101.0
    with pytest.raises(TimeoutError, match="the database is away"):
        await second
    queue.give_back(worked=False)
    await queue.take()
    last = asyncio.ensure_future(queue.take())
    await asyncio.sleep(0)
    last.cancel()
    await asyncio.wait({last})
    queue.give_back(worked=True)
    await queue.take()
    assert last.cancelled(), "who goes away takes no place along"
