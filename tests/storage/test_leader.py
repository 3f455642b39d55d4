"""One at a time: a second process waits, and leads when the first is gone, steps back or stands still."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest

from demo.patience import PATIENCE, until
from storage import leader
from storage.leader import Leadership, as_leader


class Stage:
    """Who leads, in the order in which they began."""

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self.begun: list[str] = []
        self.leaderships: dict[str, Leadership] = {}

    def work(self, name: str) -> Callable[[Leadership], Coroutine[Any, Any, None]]:
        async def lead(leadership: Leadership) -> None:
            self.begun.append(name)
            self.leaderships[name] = leadership
            await asyncio.Event().wait()

        return lead

    @asynccontextmanager
    async def candidate(self, name: str, of: str = "token") -> AsyncIterator[asyncio.Task[None]]:
        task = asyncio.create_task(as_leader(self.dsn, of, self.work(name)))
        try:
            yield task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def has_begun(self, *names: str) -> None:
        await until(lambda: self.begun == list(names))


@pytest.fixture
def stage(database_url: str) -> Stage:
    return Stage(database_url.replace("postgresql+asyncpg", "postgresql"))


async def disconnect(stage: Stage, name: str) -> None:
    admin = await asyncpg.connect(stage.dsn)
    await admin.execute("SELECT pg_terminate_backend(pid) FROM leaders WHERE name = $1", name)
    await admin.close()


async def test_the_second_leads_when_the_firsts_connection_is_gone(stage: Stage) -> None:
    async with stage.candidate("first"):
        await stage.has_begun("first")
        async with stage.candidate("second"), stage.candidate("other", "another"):
            await stage.has_begun("first", "other")
            await disconnect(stage, "token")
            await until(lambda: len(stage.begun) == 3)
    assert stage.begun[:2] == ["first", "other"]
    assert stage.begun[2] in ("first", "second"), "the first may come back before the second looks"


async def test_who_steps_back_is_followed_without_waiting(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leader, "LASTS", 10 * PATIENCE)
    async with stage.candidate("second_later"):
        await stage.has_begun("second_later")
    async with stage.candidate("next"):
        await stage.has_begun("second_later", "next")
    assert stage.leaderships["next"].token == stage.leaderships["second_later"].token + 1


async def test_who_stands_still_is_followed_and_finds_that_it_no_longer_leads(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A frozen process: its connection stays, its renewals stop, and it has not run since."""
    monkeypatch.setattr(leader, "LASTS", 0.5)
    monkeypatch.setattr(leader, "RETRY", 0.05)
    monkeypatch.setattr(leader, "RENEWED_EVERY", 10 * PATIENCE)
    frozen = await asyncpg.connect(stage.dsn)
    leadership = await leader._follow(frozen, "token")
    assert leadership.holds()
    async with stage.candidate("second"):
        await stage.has_begun("second")
        assert not leadership.holds(), "it may send nothing more"
        assert stage.leaderships["second"].token == leadership.token + 1
        renewing = asyncio.create_task(leader._renew(frozen, "token", leadership))
        await asyncio.wait_for(renewing, PATIENCE)  # it ends: the renewals are over for this token
    await frozen.close()


async def test_what_the_process_that_stands_still_holds_is_let_go_before_another_leads(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was frozen in the midst of a transaction, whose rows the next leader needs."""
    monkeypatch.setattr(leader, "LASTS", 0.5)
    monkeypatch.setattr(leader, "RETRY", 0.05)
    frozen, held, another = [
        await asyncpg.connect(stage.dsn, server_settings={"application_name": name})
        for name in ("zviazok frozen", "zviazok frozen", "zviazok other")
    ]
    await leader._follow(frozen, "token")
    for connection, key in ((held, 1), (another, 2)):
        await connection.execute("BEGIN")
        await connection.execute("SELECT pg_advisory_xact_lock($1)", key)
    following = await asyncpg.connect(stage.dsn, server_settings={"application_name": "zviazok next"})
    await leader._follow(following, "token")
    await asyncio.wait_for(following.execute("SELECT pg_advisory_lock(1)"), PATIENCE)
    assert not await following.fetchval("SELECT pg_try_advisory_lock(2)"), "what others hold is theirs"
    await until(lambda: frozen.is_closed() and held.is_closed())
    await following.close()
    await another.close()


async def test_a_process_that_lost_its_own_lease_ends_none_of_its_connections(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its new connection follows its old one, which the server has not missed yet."""
    monkeypatch.setattr(leader, "LASTS", 0.5)
    monkeypatch.setattr(leader, "RETRY", 0.05)
    before, anew = [
        await asyncpg.connect(stage.dsn, server_settings={"application_name": "zviazok same"}) for _ in range(2)
    ]
    await leader._follow(before, "token")
    leadership = await leader._follow(anew, "token")
    assert leadership.token == 2
    assert await before.fetchval("SELECT 1") == 1
    await before.close()
    await anew.close()


async def test_who_renews_is_not_followed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leader, "RENEWED_EVERY", 0.05)
    monkeypatch.setattr(leader, "RETRY", 0.05)
    async with stage.candidate("first"), stage.candidate("second"):
        await until(lambda: bool(stage.begun))
        admin = await asyncpg.connect(stage.dsn)
        renewals = 0
        while renewals < 20:
            renewals = await admin.fetchval("SELECT renewals FROM leaders WHERE name = 'token'")
            await asyncio.sleep(0.02)
        await admin.close()
        assert len(stage.begun) == 1


async def test_the_leader_ends_its_work_when_another_token_stands_in_the_row(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leader, "RENEWED_EVERY", 0.05)
    ended = asyncio.Event()

    async def lead(leadership: Leadership) -> None:
        stage.begun.append("first")
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    task = asyncio.create_task(as_leader(stage.dsn, "token", lead))
    await stage.has_begun("first")
    admin = await asyncpg.connect(stage.dsn)
    await admin.execute("UPDATE leaders SET token = token + 1")
    await asyncio.wait_for(ended.wait(), PATIENCE)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await admin.close()


async def test_an_error_of_the_work_is_not_swallowed(stage: Stage) -> None:
    async def breaks(leadership: Leadership) -> None:
        raise ValueError("broken")

    result = await asyncio.gather(as_leader(stage.dsn, "token", breaks), return_exceptions=True)
    assert isinstance(result[0], ValueError)
