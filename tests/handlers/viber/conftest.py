"""Both halves of the Viber channel against a fake Viber, over HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from aiohttp import web

from demo.fakes.viber import FakeUser, FakeViber
from dialogs.words import Words
from handlers.viber.api import ViberApi
from handlers.viber.listening import PATH, ViberWebhook
from handlers.viber.pace import ViberPace
from handlers.viber.speaking import ViberSpeaker
from tests.handlers.telegram.desk import NotingDesk

PAGE = "https://zviazok.example"
WORDS = Words()


@pytest.fixture
async def viber() -> AsyncIterator[FakeViber]:
    async with FakeViber(repeat_after=0.02, hour=2) as fake:
        yield fake
    assert fake.faults == []


@pytest.fixture
async def api(viber: FakeViber) -> AsyncIterator[ViberApi]:
    api = ViberApi(viber.token, viber.url)
    yield api
    await api.close()


@pytest.fixture
def speaker(api: ViberApi) -> ViberSpeaker:
    return ViberSpeaker(api, WORDS, page=PAGE, link=lambda file: None, pace=ViberPace())


@pytest.fixture
def desk() -> NotingDesk:
    return NotingDesk()


@pytest.fixture
async def webhook(viber: FakeViber, api: ViberApi, desk: NotingDesk) -> AsyncIterator[str]:
    """Its address; registered at Viber."""
    webhook = ViberWebhook(desk, WORDS, token=viber.token, clock=lambda: datetime.now(UTC) + desk.ahead)
    async with listening_at(webhook) as url:
        await webhook.register(api, url.removesuffix(PATH) + "/")
        yield url
        viber.delivery.url = ""


@asynccontextmanager
async def listening_at(webhook: ViberWebhook) -> AsyncIterator[str]:
    """The address to which Viber posts."""
    app = web.Application()
    app.router.add_post(PATH, webhook.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
    await runner.cleanup()


@pytest.fixture
def olena(viber: FakeViber) -> FakeUser:
    """Has written before, so that the bot may write to her; and Viber has some webhook."""
    user = viber.user(101, "Олена")
    user.subscribed = True
    viber.delivery.url = viber.delivery.url or "http://127.0.0.1:9/"
    return user
