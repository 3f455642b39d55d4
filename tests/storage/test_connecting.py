"""A primary and its standbys under one address: who takes writes is found, however the others are away."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from casework.work import Unavailable
from demo.fakes.road import free_port
from demo.patience import PATIENCE
from storage.connecting import connect, engine_for
from storage.database import Database
from tests.visiting import MORNING


@pytest.fixture
async def silent() -> AsyncIterator[str]:
    """A machine that takes connections and never says a word."""
    over = asyncio.Event()

    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await over.wait()
        writer.close()

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    yield f"{host}:{port}"
    over.set()
    server.close()
    await server.wait_closed()


def several(url: str, *others: str) -> str:
    """The address with other servers before its own."""
    parts = make_url(url)
    return parts.update_query_dict({"host": (*others, f"{parts.query['host']}:5432")}).render_as_string(False)


async def test_a_server_that_says_nothing_holds_up_nobody(database_url: str, silent: str) -> None:
    database = Database(several(database_url, silent), bytes(range(32)), patience=10 * PATIENCE)

    async def name() -> object:
        async with database.work(MORNING) as work:
            return await work.connection.scalar(text("SELECT current_database()"))

    assert await asyncio.wait_for(name(), PATIENCE) == make_url(database_url).database
    direct = await asyncio.wait_for(connect(database.dsn), PATIENCE)
    await direct.close()
    await database.close()


async def test_a_standby_is_passed_over(database_url: str) -> None:
    """As far as one server can show it: whoever asks for a standby does not get this one."""
    engine = engine_for(several(database_url, f"127.0.0.1:{free_port()}") + "&target_session_attrs=standby")
    with pytest.raises(ConnectionError, match="TargetServerAttributeNotMatched"):
        await engine.connect()
    await engine.dispose()


async def test_where_none_takes_writes_the_database_is_away(database_url: str) -> None:
    nowhere = f"127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}"
    url = make_url(database_url).update_query_dict({"host": nowhere}).render_as_string(False)
    database = Database(url, bytes(range(32)))
    with pytest.raises(Unavailable):
        async with database.work(MORNING):
            raise AssertionError("there is none")
    await database.close()


async def test_what_one_of_them_says_is_told_before_another_is_away(database_url: str) -> None:
    dsn = several(database_url, f"127.0.0.1:{free_port()}").replace("postgresql+asyncpg", "postgresql")
    missing = make_url(dsn).set(database="nobody_made_this").render_as_string(False)
    with pytest.raises(Exception, match="nobody_made_this"):
        await connect(missing)
