"""The page joined to the service, with a courier of its own: every process may have one."""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from aiohttp import web

from casework import rulebook
from handlers.web.application import furnish
from handlers.web.ports import Deps
from handlers.web.speaking import WebSpeaker

if TYPE_CHECKING:
    from bot.app import Services

LEASE: Final = timedelta(seconds=10)
"""The page takes a letter in milliseconds: after a death nobody waits for it as long as for a messenger's."""


async def join(services: "Services", app: web.Application) -> None:
    """Serve the page in this process."""
    settings, database = services.settings, services.database
    token = settings.metrics_token
    deps = Deps(
        desk=services.desk,
        begin=database.work,
        words=services.words,
        clock=services.clock,
        woken=database.woken,
        board=rulebook.board,
        chat_links=services.chat_links,
        public_url=settings.public_url,
        trusted_proxies=settings.trusted_proxies,
        metrics_token=token.get_secret_value() if token else None,
    )
    courier = await services.courier(WebSpeaker(database.work, services.clock), lease=LEASE)
    services.background(courier.run())
    furnish(app, deps)
