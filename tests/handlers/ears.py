"""The listening half of every channel, each with a person who writes on it: for the checks that all of them pass."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiohttp import FormData, web
from PIL import Image

from demo.fakes.telegram import FakeTelegram
from demo.fakes.viber import FakeViber
from dialogs.words import Words
from handlers.telegram import listening as telegram_listening
from handlers.telegram import speaking as telegram_speaking
from handlers.telegram.listening import Backoff, Polling
from handlers.telegram.speaking import TelegramSpeaker
from handlers.terminal.listening import TerminalReception
from handlers.terminal.speaking import TerminalSpeaker
from handlers.viber.api import ViberApi
from handlers.viber.listening import PATH as VIBER_PATH
from handlers.viber.listening import ViberWebhook
from tests.handlers.lines import Screen
from tests.handlers.telegram.conftest import hang_up, running
from tests.handlers.telegram.desk import NotingDesk
from tests.handlers.web_site import served
from tests.visiting import MORNING, open_house

SECRET = "a-secret_of-the-webhook"
Act = Callable[[], Awaitable[object]]


async def absent() -> None:
    raise LookupError("there is no such thing on this channel: leave it out of the table at the end of this file")


@dataclass
class Heartbeat:
    """Somebody writes, and the desk takes notes. Whatever is said may still be on its way when `says` returns.

    `again` delivers the last words once more under their id; `garbles` sends what nobody can parse; `sends_other` a
    form that is not taken, `sends_photo` one that is.
    """

    desk: NotingDesk
    says: Callable[[str], Awaitable[object]]
    again: Act
    sends_photo: Act
    garbles: Act = absent
    sends_other: Act = absent
    blocks: Act = absent
    unblocks: Act = absent


def photo() -> bytes:
    content = BytesIO()
    Image.new("RGB", (40, 30), "gray").save(content, format="JPEG")
    return content.getvalue()


@asynccontextmanager
async def _listening(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@asynccontextmanager
async def _telegram(*, webhook: bool) -> AsyncIterator[Heartbeat]:
    desk = NotingDesk()
    async with FakeTelegram(second=0.02, repeat_after=0.02) as fake:
        bot = telegram_listening.connect(fake.token, fake.url)
        speaker = TelegramSpeaker(telegram_speaking.connect(fake.token, fake.url))
        reception = telegram_listening.TelegramReception(bot, desk, speaker, clock=lambda: datetime.now(UTC))
        olena = fake.user(101, "Олена")
        olena.started = True
        said: list[dict[str, Any]] = []

        async def says(text: str) -> None:
            said.append(await olena.says(text))

        ear = Heartbeat(
            desk,
            says,
            lambda: fake.send_again(said[-1]),
            lambda: olena.sends_photo(photo()),
            lambda: fake.deliver_raw({"message": {"message_id": "?", "chat": {"id": 101, "type": "private"}}}),
            lambda: olena.sends("sticker"),
            olena.blocks,
            olena.unblocks,
        )
        if webhook:
            posted = telegram_listening.TelegramWebhook(bot, reception, secret=SECRET)
            app = web.Application()
            app.router.add_post(telegram_listening.PATH, posted.handle)
            async with _listening(app) as url:
                await posted.register(url)
                yield ear
                await bot.delete_webhook()
        else:
            quick = Backoff(first=timedelta(milliseconds=10), most=timedelta(milliseconds=50))
            async with running(Polling(bot, reception, hold=timedelta(seconds=1), backoff=quick)):
                yield ear
        await speaker.close()
        await hang_up(bot)


@asynccontextmanager
async def telegram_polling(url: str, folder: Path) -> AsyncIterator[Heartbeat]:
    async with _telegram(webhook=False) as ear:
        yield ear


@asynccontextmanager
async def telegram_webhook(url: str, folder: Path) -> AsyncIterator[Heartbeat]:
    async with _telegram(webhook=True) as ear:
        yield ear


@asynccontextmanager
async def viber(url: str, folder: Path) -> AsyncIterator[Heartbeat]:
    desk = NotingDesk()
    async with FakeViber(repeat_after=0.02, hour=5) as fake:
        api = ViberApi(fake.token, fake.url)
        webhook = ViberWebhook(desk, Words(), token=fake.token, clock=lambda: datetime.now(UTC))
        app = web.Application()
        app.router.add_post(VIBER_PATH, webhook.handle)
        async with _listening(app) as url:
            await webhook.register(api, url)
            olena = fake.user(101, "Олена")
            olena.subscribed = True
            said: list[dict[str, Any]] = []

            async def says(text: str) -> None:
                said.append(await olena.says(text))

            async def garbles() -> None:
                await fake.send_again(fake.event("message", sender=olena.account(), message=5))

            yield Heartbeat(
                desk,
                says,
                lambda: fake.send_again(said[-1]),
                lambda: olena.sends_picture(photo()),
                garbles,
                lambda: olena.sends("sticker"),
                olena.unsubscribes,
                olena.subscribes,
            )
            fake.delivery.url = ""
        await api.close()


@asynccontextmanager
async def page(url: str, folder: Path) -> AsyncIterator[Heartbeat]:
    """A browser keeps what was not taken, with its id, and sends it again: as `chat.js` does."""
    desk = NotingDesk()
    async with open_house(url, MORNING) as house, served(house, desk=desk) as site:
        visitor = await site.begins()
        desk.taken.clear()
        said: list[dict[str, str]] = []

        async def sends(body: dict[str, str]) -> None:
            while (await visitor.post("/api/messages", body)).status == 503:  # noqa: ASYNC110  no event tells
                await asyncio.sleep(0.01)

        async def says(text: str) -> None:
            said.append({"text": text, "id": uuid4().hex})
            await sends(said[-1])

        async def sends_photo() -> None:
            form = FormData()
            form.add_field("file", photo(), filename="photo.jpg", content_type="image/jpeg")
            answer = await site.http.post(f"{site.url}/api/files", data=form, headers=visitor.headers)
            assert answer.status == 202

        yield Heartbeat(desk, says, lambda: sends(said[-1]), sends_photo)


@dataclass
class Typed:
    """The lines of a terminal."""

    lines: asyncio.Queue[bytes | None] = field(default_factory=asyncio.Queue)

    async def says(self, text: str) -> None:
        self.lines.put_nowait(f"{text}\n".encode())

    async def garbles(self) -> None:
        self.lines.put_nowait(b"\xff\xfe\n")


async def nothing_due() -> None:
    """Nobody answers here."""


@asynccontextmanager
async def terminal(url: str, folder: Path) -> AsyncIterator[Heartbeat]:
    desk, typed = NotingDesk(), Typed()
    speaker = TerminalSpeaker("olena", Screen(), Words(), page="https://zviazok.example", language="uk")
    reception = TerminalReception(
        desk, speaker, name="olena", language="uk", session="s", clock=lambda: datetime.now(UTC)
    )
    (folder / "a photo.jpg").write_bytes(photo())
    listening = asyncio.create_task(reception.run(typed.lines.get, nothing_due))
    yield Heartbeat(
        desk,
        typed.says,
        lambda: reception.take(desk.taken[-1].message, b"?"),
        lambda: typed.says(f"file {folder}/a photo.jpg"),
        typed.garbles,
    )
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


LISTENING = {
    "telegram-polling": telegram_polling,
    "telegram-webhook": telegram_webhook,
    "viber": viber,
    "web": page,
    "terminal": terminal,
}
"""Every channel on which people write."""

PARSING = {name: ear for name, ear in LISTENING.items() if name != "web"}
"""Those on which something can come that nobody can parse, and has to be confirmed all the same. The page refuses it:
its own program made it."""

MANY_FORMS = {name: ear for name, ear in PARSING.items() if name != "terminal"}
"""Messengers: people send stickers, and block."""

STORED = (page,)
"""Those that need a database's address."""
