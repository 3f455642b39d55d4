"""Lines that say nothing, or too little: they are cut, and nobody else waits for them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import pytest
from aiohttp import web

from demo.patience import PATIENCE, until
from handlers.web import connections
from handlers.web.connections import Connections, standing


@dataclass
class Place:
    """A site with one page, which takes bodies."""

    url: str
    port: int
    taken: list[int]


@asynccontextmanager
async def place(most: int = 100) -> AsyncIterator[Place]:
    taken: list[int] = []

    async def take(request: web.Request) -> web.Response:
        taken.append(len(await request.read()))
        return web.Response(text="taken")

    watched = Connections(most)
    app = web.Application(middlewares=[watched.middleware()])

    async def wait(request: web.Request) -> web.Response:
        request[connections.WAITS] = event = asyncio.Event()
        taken.append(0)
        await event.wait()
        return web.Response()

    async def refuse(request: web.Request) -> web.Response:
        return web.Response(status=503)

    app.router.add_post("/", take)
    app.router.add_get("/", take)
    app.router.add_post("/refused", refuse)
    app.router.add_get("/waits", wait)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, lingering_time=10 * PATIENCE)
    await runner.setup()
    async with standing(runner, watched, "127.0.0.1", 0):
        port = runner.addresses[0][1]
        yield Place(f"http://127.0.0.1:{port}/", port, taken)
    await runner.cleanup()


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is waited for a short while."""
    for name, value in {"HEAD": 0.5, "WINDOW": 0.5, "LOOK_EVERY": 0.1, "IDLE": 0.5}.items():
        monkeypatch.setattr(connections, name, value)


async def line(site: Place, said: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(said)
    return reader, writer


async def is_cut(reader: asyncio.StreamReader) -> bool:
    """Whether it ends without an answer."""
    try:
        return await asyncio.wait_for(reader.read(), PATIENCE) == b""
    except ConnectionResetError:
        return True


async def answers(site: Place) -> bool:
    async with aiohttp.ClientSession() as client, client.get(site.url) as answer:
        return answer.status == 200


HEAD_OF_A_BODY = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n"


async def test_what_waits_for_a_line_that_is_lost_is_woken() -> None:
    async with place() as site:
        before = len(asyncio.all_tasks())
        _, writer = await line(site, b"GET /waits HTTP/1.1\r\nHost: x\r\n\r\n")
        await until(lambda: len(site.taken), 1)
        writer.close()
        await until(lambda: len(asyncio.all_tasks()), before)


async def test_of_a_line_that_was_refused_and_has_gone_nothing_stays() -> None:
    async with place() as site:
        before = len(asyncio.all_tasks())
        reader, writer = await line(site, HEAD_OF_A_BODY.replace(b" / ", b" /refused ") + b"abc")
        assert (await asyncio.wait_for(reader.readline(), PATIENCE)).startswith(b"HTTP/1.1 503")
        assert len(asyncio.all_tasks()) > before, "the rest of the body is waited for"
        writer.close()
        await until(lambda: len(asyncio.all_tasks()), before)


@pytest.mark.parametrize("said", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n", HEAD_OF_A_BODY + b"abc"])
async def test_a_line_that_does_not_go_on_is_cut(said: bytes) -> None:
    async with place() as site:
        reader, writer = await line(site, said)
        assert await is_cut(reader)
        writer.close()
        assert await answers(site)


async def test_a_head_that_comes_byte_by_byte_is_cut() -> None:
    async with place() as site:
        reader, writer = await line(site, b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        ended = asyncio.create_task(is_cut(reader))
        while not ended.done():
            writer.write(b"x")
            await asyncio.sleep(0.05)
        assert await ended
        writer.close()


async def test_a_head_may_come_in_pieces_and_what_is_none_is_refused_at_once() -> None:
    async with place() as site:
        reader, writer = await line(site, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Le")
        await writer.drain()
        writer.write(b"ngth: 3\r\n\r")
        await writer.drain()
        writer.write(b"\nabc")
        assert (await asyncio.wait_for(reader.readline(), PATIENCE)).startswith(b"HTTP/1.1 200")
        assert site.taken == [3]
        writer.close()
        for nonsense in (b"\x16\x03\x01\x02\x00\x01", b"GET / HTTP/9\r\n\r\n", b"GET /" + 20_000 * b"x"):
            reader, writer = await line(site, nonsense)
            assert (await asyncio.wait_for(reader.readline(), PATIENCE)).startswith(b"HTTP/1.0 400")
            writer.close()


async def test_a_second_request_of_a_line_has_its_own_time() -> None:
    async with place() as site:
        reader, writer = await line(site, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert (await asyncio.wait_for(reader.readline(), PATIENCE)).startswith(b"HTTP/1.1 200")
        await asyncio.wait_for(reader.readuntil(b"taken"), PATIENCE)
        writer.write(b"GET / HTTP")
        assert await is_cut(reader)
        writer.close()


async def test_a_body_that_comes_slowly_but_steadily_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "LEAST", 10)
    async with place() as site:
        reader, writer = await line(site, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 400\r\n\r\n")
        for _ in range(20):
            writer.write(b"x" * 20)
            await asyncio.sleep(0.1)
        assert b"200" in await asyncio.wait_for(reader.readline(), PATIENCE)
        assert site.taken == [400]
        writer.close()


async def test_where_there_is_no_room_who_asks_for_nothing_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD", 10 * PATIENCE)
    async with place(most=5) as site:
        silent = [await line(site, b"GET /") for _ in range(5)]
        assert await answers(site)
        assert await is_cut(silent[0][0]), "the one that has waited longest"
        for _, writer in silent:
            writer.close()


async def test_who_is_being_answered_is_never_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long poll has said all it had to say."""
    waiting = asyncio.Event()
    watched = Connections(100)

    async def wait(request: web.Request) -> web.Response:
        await waiting.wait()
        return web.Response(text="at last")

    app = web.Application(middlewares=[watched.middleware()])
    app.router.add_get("/", wait)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    async with standing(runner, watched, "127.0.0.1", 0):
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        async with aiohttp.ClientSession() as client:
            asking = asyncio.create_task(client.get(url))
            await asyncio.sleep(1.5)
            waiting.set()
            answer = await asyncio.wait_for(asking, PATIENCE)
            assert await answer.text() == "at last"
    await runner.cleanup()
