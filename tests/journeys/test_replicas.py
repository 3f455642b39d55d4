"""Two processes behind one webhook and one database: when the one that speaks is killed, the other speaks.

Whichever process a webhook's post reaches takes it; one at a time sends. A small proxy stands where a load balancer
would: it goes round, and passes over a process that does not answer.
"""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.rootkey import in_file
from demo.fakes.road import free_port
from demo.fakes.telegram import TOKEN, FakeTelegram, FakeUser
from demo.patience import PATIENCE, until
from tests.journeys.test_telegram import says

WITHIN = 10.0
"""Seconds in which another process speaks, as the documentation promises."""


class Balancer:
    """Passes each request to the next of the processes that answers."""

    def __init__(self, ports: list[int]) -> None:
        self._ports, self._turn = ports, count()
        self.taken: list[int] = []

    async def pass_on(self, request: web.Request) -> web.Response:
        body, turn = await request.read(), next(self._turn)
        headers = {name: value for name, value in request.headers.items() if name.startswith(("X-", "Content-Type"))}
        for at in range(len(self._ports)):
            port = self._ports[(turn + at) % len(self._ports)]
            try:
                async with (
                    aiohttp.ClientSession() as client,
                    client.post(f"http://127.0.0.1:{port}{request.path}", data=body, headers=headers) as answer,
                ):
                    self.taken.append(port)
                    return web.Response(status=answer.status, body=await answer.read())
            except aiohttp.ClientError:
                continue
        return web.Response(status=502)

    @asynccontextmanager
    async def standing(self) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_post("/{path:.*}", self.pass_on)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()


async def serve(
    folder: Path, database_url: str, telegram: FakeTelegram, url: str, port: int
) -> asyncio.subprocess.Process:
    """A process of the service, ready."""
    env = os.environ | {
        "DATA_DIR": str(folder / "data"),
        "ROOT_KEY_FILE": str(folder / "root.key"),
        "DATABASE_URL": database_url,
        "PORT": str(port),
        "PUBLIC_URL": url,
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_SECRET": "a-secret-of-the-webhook",
        "TELEGRAM_API_URL": telegram.url,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    assert process.stdout is not None
    while line := await process.stdout.readline():
        if b"Telegram: " in line:
            return process
    raise AssertionError("the service did not start")


async def registers(mother: FakeUser) -> None:
    await says(mother, "/start", "consent")
    await says(mother, "так", "menu")
    await says(mother, "/register", "kinship")
    await says(mother, "мати", "missing-name")


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(second=0.05, burst=20, repeat_after=0.1) as fake:
        yield fake
    assert fake.faults == []


async def test_another_speaks_when_the_one_that_spoke_is_killed(
    tmp_path: Path, database_url: str, telegram: FakeTelegram
) -> None:
    in_file(tmp_path / "root.key", needed=False)
    mother, ports = telegram.user(4242, "Марія"), [free_port(), free_port()]
    balancer = Balancer(ports)
    async with balancer.standing() as url:
        first = await serve(tmp_path, database_url, telegram, url, ports[0])
        await until(lambda: telegram.sent("setWebhook"))  # it speaks now
        second = await serve(tmp_path, database_url, telegram, url, ports[1])
        try:
            began = time.monotonic()
            await registers(mother)
            usual = time.monotonic() - began  # four answers, on this machine and just now
            assert set(balancer.taken) == set(ports), "both take what comes"
            assert len(telegram.sent("setWebhook")) == 1, "one speaks"
            await asyncio.sleep(1)  # what was sent is marked, so that nothing comes again: see test_kill.py for that
            first.kill()
            killed = time.monotonic()
            await says(mother, "Петренко Іван Миколайович", "born")
            assert time.monotonic() - killed < WITHIN + usual
            await says(mother, "12.03.1990", "own-name")
            await says(mother, "Петренко Марія", "phone")
            await says(mother, "067 123 45 67", "region")
            await says(mother, "Харків", "register-review")
            await says(mother, "так", "registered")
        finally:
            for process in (first, second):
                if process.returncode is None:
                    process.terminate()
                    await asyncio.wait_for(process.wait(), PATIENCE)
    written = [shown.text for shown in mother.sees]
    assert len(written) == len(set(written)), "nothing came twice"
    assert telegram.delivery.waiting == [], "nothing was lost"
