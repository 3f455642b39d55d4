"""Both halves of the Telegram channel against a fake Telegram, over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest

import handlers.telegram  # noqa: F401  before aiogram, which is light so

# isort: split
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession

from demo.fakes.telegram import FakeTelegram, FakeUser
from handlers.telegram import listening, speaking
from handlers.telegram.listening import Backoff, Polling, TelegramReception
from handlers.telegram.pace import TelegramPace
from handlers.telegram.speaking import TelegramSpeaker
from tests.handlers.telegram.desk import NotingDesk

QUICK = 0.03
"""A "second" of the chats' pace, in seconds, where the test is not about the pace."""


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(second=QUICK, repeat_after=0.02) as fake:
        yield fake
    assert fake.faults == []


@pytest.fixture
async def speaker(telegram: FakeTelegram) -> AsyncIterator[TelegramSpeaker]:
    pace = TelegramPace(timedelta(seconds=QUICK), timedelta(seconds=QUICK * 1.2))
    speaker = TelegramSpeaker(speaking.connect(telegram.token, telegram.url), pace=pace)
    yield speaker
    await speaker.close()


@pytest.fixture
async def listener(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    bot = listening.connect(telegram.token, telegram.url)
    yield bot
    await hang_up(bot)


@pytest.fixture
def desk() -> NotingDesk:
    return NotingDesk()


@pytest.fixture
def reception(listener: Bot, desk: NotingDesk, speaker: TelegramSpeaker) -> TelegramReception:
    return TelegramReception(listener, desk, speaker, clock=lambda: datetime.now(UTC))


@pytest.fixture
def polling(listener: Bot, reception: TelegramReception) -> Polling:
    """Not running; `once` takes what waits, or waits a second for it."""
    quick = Backoff(first=timedelta(milliseconds=10), most=timedelta(milliseconds=50))
    return Polling(listener, reception, hold=timedelta(seconds=1), backoff=quick)


@pytest.fixture
async def olena(telegram: FakeTelegram) -> FakeUser:
    """Has written before, so that the bot may write to her."""
    user = telegram.user(101, "Олена")
    user.started = True
    return user


async def hang_up(bot: Bot) -> None:
    """As `bot.session.close()`, without its quarter of a second for TLS connections, of which there are none."""
    assert isinstance(bot.session, AiohttpSession)
    await (await bot.session.create_session()).close()


@asynccontextmanager
async def running(polling: Polling) -> AsyncIterator[None]:
    task = asyncio.create_task(polling.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
