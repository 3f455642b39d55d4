"""The page joined to the service, with a courier of its own: every process may have one."""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from aiohttp import web

from casework import rulebook
from handlers.web.application import furnish
from handlers.web.ports import Deps
from handlers.web.speaking import WebSpeaker

if TYPE_CHECKING:
    from bot.app import House

LEASE: Final = timedelta(seconds=10)
"""The page takes a letter in milliseconds: after a death nobody waits for it as long as for a messenger's."""


async def join(house: "House", app: web.Application) -> None:
    """Serve the page in this process."""
    settings, database = house.settings, house.database
    token = settings.metrics_token
    deps = Deps(
        desk=house.desk,
        begin=database.work,
        words=house.words,
        clock=house.clock,
        woken=database.woken,
        board=rulebook.board,
        doors=house.doors,
        public_url=settings.public_url,
        trusted_proxies=settings.trusted_proxies,
        metrics_token=token.get_secret_value() if token else None,
    )
    courier = await house.courier(WebSpeaker(database.work, house.clock), lease=LEASE)
    house.background(courier.run())
    furnish(app, deps)
