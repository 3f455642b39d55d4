"""Telegram joined to the service: what listens (aiogram), what speaks (python-telegram-bot), what fetches files."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog

import handlers.telegram  # noqa: F401  before aiogram: see there

# isort: split
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiohttp import web
from telegram.ext import ExtBot

from casework.actor import Channel
from casework.letters import Say
from dialogs.menu import commands
from dialogs.words import LANGUAGES, Words
from handlers.channel import Postponed, Rejected
from handlers.telegram import listening, presenting, speaking
from handlers.telegram.pace import TelegramRateLimiter
from storage.leader import Leadership, as_leader

if TYPE_CHECKING:
    from bot.app import Services

log = structlog.get_logger()


async def join(services: "Services", app: web.Application) -> None:
    """Serve Telegram in this process: by webhook when the service has a public URL, else by polling.

    Any process takes webhooks; only one polls and speaks for the token, another takes over within ten seconds.
    """
    settings = services.settings
    assert settings.telegram_token is not None  # noqa: S101  the caller's condition
    token = settings.telegram_token.get_secret_value()
    listener = listening.connect(token, settings.telegram_api_url)
    services.stack.push_async_callback(listener.session.close)
    limiter = TelegramRateLimiter()
    bot = speaking.connect(token, settings.telegram_api_url, limiter)
    await bot.request.initialize()
    speaker = speaking.TelegramSpeaker(bot)
    services.stack.push_async_callback(speaker.close)
    reception = listening.TelegramReception(
        listener, services.desk, speaker, clock=services.clock, words=services.words
    )
    courier = await services.courier(speaker)
    errands = await services.errands(speaker.channel, speaking.TelegramFetcher(bot))
    services.background(find_chat_link(listener, services.chat_links))
    together: list[Any] = [errands.run, partial(introduce, bot, services.words)]
    heard = services.heartbeat(speaker.channel, posted=settings.webhook)
    if settings.webhook:
        assert settings.telegram_secret is not None  # noqa: S101  the settings check it
        assert settings.public_url is not None  # noqa: S101  as `webhook` says
        webhook = listening.TelegramWebhook(
            listener, reception, secret=settings.telegram_secret.get_secret_value(), heard=heard
        )
        app.router.add_post(listening.PATH, webhook.handle)
        together.append(partial(register, webhook, settings.public_url))
    else:
        together.append(listening.Polling(listener, reception, heard=heard).run)

    async def speak_and_listen(leadership: Leadership) -> None:
        limiter.leads = leadership.holds
        async with asyncio.TaskGroup() as group:
            group.create_task(courier.speak_alone(leadership.holds))
            for part in together:
                group.create_task(part())

    services.background(as_leader(services.database.dsn, f"telegram/{listener.id}", speak_and_listen))


async def register(webhook: listening.TelegramWebhook, public_url: str) -> None:
    """Tell Telegram where to post; tried again for as long as it is away."""
    while True:
        try:
            await webhook.register(public_url)
            return
        except AiogramError as error:
            log.warning("Telegram does not take the webhook yet", why=type(error).__name__)
            await asyncio.sleep(5)


async def find_chat_link(listener: Bot, chat_links: dict[Channel, str]) -> None:
    """Where Telegram opens a talk with us: it knows the bot's name. Tried again for as long as it is away."""
    while True:
        try:
            me = await listener.get_me()
        except AiogramError as error:
            log.warning("Telegram does not tell the bot's name yet", why=type(error).__name__)
            await asyncio.sleep(5)
            continue
        chat_links[Channel.TELEGRAM] = f"https://t.me/{me.username}?start={{}}"
        return


async def introduce(bot: ExtBot[int], words: Words) -> None:
    """The bot's commands and description in both languages; tried again for as long as Telegram is away."""
    introductions = [
        presenting.Introduction(
            None if language == "uk" else language,
            tuple((name, words.say(language, what)) for name, what in commands(None)),
            words.say(language, Say("bot-description")),
            words.say(language, Say("bot-short")),
        )
        for language in LANGUAGES
    ]
    while True:
        try:
            await presenting.introduce(bot, introductions)
            return
        except Postponed as later:
            await asyncio.sleep(later.after.total_seconds())
        except Rejected:
            log.warning("Telegram does not take the bot's commands or description")
            return
