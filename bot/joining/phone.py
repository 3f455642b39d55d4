"""SMS and voice joined to the service: only what speaks, through the gateways that the settings name."""

from typing import TYPE_CHECKING

from aiohttp import web

from handlers.phone.gateway import GATEWAYS
from handlers.phone.speaking import NoticeSpeaker
from handlers.web.speaking import WebSpeaker
from storage.alone import alone

if TYPE_CHECKING:
    from bot.app import House


async def join(house: "House", app: web.Application) -> None:
    """Carry notices: one process at a time does, another takes over within ten seconds. `app` gets nothing."""
    database = house.database
    page = WebSpeaker(database.work, house.clock)
    for channel, name in house.settings.gateways.items():
        speaker = NoticeSpeaker(channel, GATEWAYS[name](channel), page, database.work, house.words, house.clock)
        courier = await house.courier(speaker)
        house.background(alone(database.dsn, f"phone/{channel}", courier.speak_alone))
