"""SMS and voice joined to the service: only what speaks, through the gateways that the settings name."""

from functools import partial
from typing import TYPE_CHECKING

from aiohttp import web

from handlers.courier import Courier
from handlers.phone.gateway import GATEWAYS
from handlers.phone.speaking import NoticeSpeaker
from handlers.web.speaking import WebSpeaker
from storage.leader import Leadership, as_leader

if TYPE_CHECKING:
    from bot.app import Services


async def speak(courier: Courier, leadership: Leadership) -> None:
    await courier.speak_alone(leadership.holds)


async def join(services: "Services", app: web.Application) -> None:
    """Carry notices: one process at a time does, another takes over within ten seconds. `app` gets nothing."""
    database = services.database
    page = WebSpeaker(database.work, services.clock)
    for channel, name in services.settings.gateways.items():
        speaker = NoticeSpeaker(channel, GATEWAYS[name](channel), page, database.work, services.words, services.clock)
        courier = await services.courier(speaker)
        services.background(as_leader(database.dsn, f"phone/{channel}", partial(speak, courier)))
