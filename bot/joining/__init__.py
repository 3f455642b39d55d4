"""The channels joined to the service: a module for each, by the channel's name, with `async def join(services, app)`.

A module is imported only where its channel is served: aiogram alone takes seconds.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Final

from aiohttp import web

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.app import Services

SERVED: Final[Mapping[str, Callable[[Settings], bool]]] = {
    "web": lambda settings: True,
    "telegram": lambda settings: settings.telegram_token is not None,
    "viber": lambda settings: settings.viber_token is not None,
    "phone": lambda settings: bool(settings.gateways),
}
"""What `serve` joins, in this order, and where. The terminal is joined by a command of its own, at somebody's side."""


def load_served(settings: Settings) -> None:
    """Import the modules of every channel that the settings name."""
    for name, wanted in SERVED.items():
        if wanted(settings):
            import_module(f"{__name__}.{name}")


async def join(name: str, services: "Services", app: web.Application) -> None:
    """Join one channel: what listens gets routes on `app`, what speaks a courier in the background of `services`."""
    await import_module(f"{__name__}.{name}").join(services, app)


async def join_served(services: "Services", app: web.Application) -> None:
    """Join every channel that the settings name."""
    for name, wanted in SERVED.items():
        if wanted(services.settings):
            await join(name, services, app)
