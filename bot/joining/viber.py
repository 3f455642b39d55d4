"""Viber joined to the service: its webhook, what speaks, what fetches files, and what Viber fetches from us."""

import asyncio
import hashlib
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from casework.actor import Channel
from casework.ids import FileId
from handlers.channel import Postponed, Rejected
from handlers.viber.api import ViberApi
from handlers.viber.budget import Budget
from handlers.viber.files import FileLinks
from handlers.viber.listening import PATH, ViberWebhook
from handlers.viber.pace import ViberPace
from handlers.viber.speaking import ViberFetcher, ViberSpeaker
from storage.leader import Leadership, as_leader

if TYPE_CHECKING:
    from bot.app import Services
    from bot.liveness import Heartbeat

log = structlog.get_logger()

CHECK_EVERY = 60.0
"""Seconds between questions whether Viber is there and still knows where to post."""


async def join(services: "Services", app: web.Application) -> None:
    """Serve Viber in this process.

    Any process takes callbacks; only one speaks for the token, another takes over within ten seconds.
    """
    settings, database = services.settings, services.database
    assert settings.viber_token is not None  # noqa: S101  the caller's condition
    assert settings.public_url is not None  # noqa: S101  the settings check it
    token, public_url = settings.viber_token.get_secret_value(), settings.public_url
    api = ViberApi(token, settings.viber_api_url)
    services.stack.push_async_callback(api.close)

    async def read(file: FileId) -> bytes:
        async with database.work(services.clock()) as work:
            return await work.files.read(file)

    vault = database.vault
    files = FileLinks(
        public_url, partial(vault.sign, "viber-file"), partial(vault.signed, "viber-file"), read, services.clock
    )
    app.router.add_routes(files.routes())
    heard = services.heartbeat(Channel.VIBER, posted=True)
    heard.linked = None
    webhook = ViberWebhook(services.desk, services.words, token=token, clock=services.clock, heard=heard)
    app.router.add_post(PATH, webhook.handle)
    pace = ViberPace()
    speaker = ViberSpeaker(api, services.words, page=public_url, link=files.link, pace=pace)
    assert database.tariff is not None  # noqa: S101  as there is a token
    courier = await services.courier(speaker, paying=Budget(database.tariff))
    errands = await services.errands(speaker.channel, ViberFetcher(api))

    async def speak_and_listen(leadership: Leadership) -> None:
        pace.leads = leadership.holds
        async with asyncio.TaskGroup() as group:
            group.create_task(courier.speak_alone(leadership.holds))
            group.create_task(errands.run())
            group.create_task(keep_registered(webhook, api, public_url, speaker.webhook_lost, heard))

    if settings.viber_name is not None:
        services.chat_links[Channel.VIBER] = f"viber://pa?chatURI={settings.viber_name}&context={{}}"
    account = hashlib.sha256(token.encode()).hexdigest()[:16]
    services.background(as_leader(database.dsn, f"viber/{account}", speak_and_listen))


async def keep_registered(
    webhook: ViberWebhook, api: ViberApi, public_url: str, lost: asyncio.Event, heartbeat: "Heartbeat"
) -> None:
    """Tell Viber where to post, and again whenever it has forgotten.

    While it is away, or posts nowhere, nothing can come in, however well our own address answers.
    """
    told = False
    try:
        while True:
            try:
                if not told or not await webhook.is_registered(api, public_url):
                    heartbeat.linked, told = False, False
                    await webhook.register(api, public_url)
                heartbeat.linked, told = True, True
                rest = CHECK_EVERY
            except (Postponed, Rejected) as refused:
                log.warning("Viber does not take the webhook yet", why=str(refused))
                heartbeat.linked = False
                rest = refused.after.total_seconds() if isinstance(refused, Postponed) else 30
            with suppress(TimeoutError):
                await asyncio.wait_for(lost.wait(), rest)
            lost.clear()
    finally:
        heartbeat.linked = None
