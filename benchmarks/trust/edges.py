"""The three edges of the service over one house: Telegram's and Viber's webhooks and the page, over HTTP on loopback.

What comes in is what the platforms send, byte by byte; what goes out stays in the mailboxes of `tests/visiting.py`.
"""

import asyncio
import atexit
import json
import os
import random
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Final

import aiohttp
import structlog
from aiohttp import web
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.webhooks import SECRET, TELEGRAM_TOKEN, VIBER_TOKEN, Silence
from bot.postgres import Server
from casework.actor import Channel
from casework.files import Allowance
from dialogs.bursts import BURST
from handlers.channel import Key
from handlers.courier import Courier
from handlers.rate_limits import Limits, Rate
from handlers.telegram import listening as telegram
from handlers.viber import listening as viber
from handlers.viber.incoming import PRESS
from handlers.web.application import empty, furnish
from handlers.web.ports import Deps
from handlers.web.speaking import WebSpeaker
from storage.database import migrate
from tests.visiting import MORNING, WORDS, House, open_house

MANY: Final = Rate(10**9, timedelta(hours=1))
"""What one address may do in the rows: all of their people come from the same."""

TEMPLATE: Final = "zviazok"
_numbers = count(1)


@cache
def _server() -> Server:
    """One for all rows of this process, without fsync; gone when it ends."""
    folder = tempfile.mkdtemp(prefix="zviazok-trust-edges-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    server = Server(Path(folder), fsync=False)
    atexit.register(server.stop)
    server.start()
    return server


_migrated: set[str] = set()


async def furnish_edges() -> str:
    """The address of the one database with every table and what a service begins with, of which each row has a copy."""
    url = _server().url
    if url not in _migrated:
        await migrate(url)
        async with open_house(url, MORNING):
            pass
        _migrated.add(url)
    return url


async def new_database() -> str:
    """The address of a copy."""
    url = await furnish_edges()
    name = f"row_{os.getpid()}_{next(_numbers)}"
    engine = create_async_engine(url.replace(f"/{TEMPLATE}?", "/postgres?"), isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
    finally:
        await engine.dispose()
    return url.replace(f"/{TEMPLATE}?", f"/{name}?")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request as a platform makes it, and makes again."""

    path: str
    body: bytes
    headers: dict[str, str]


@dataclass
class Edges:
    """The service, and how it is reached. `answers` counts what it answered, by status."""

    url: str
    house: House
    reception: telegram.TelegramReception
    http: aiohttp.ClientSession
    answers: dict[int, int] = field(default_factory=dict)

    async def deliver(self, delivery: Delivery) -> int:
        """The status of the answer."""
        async with self.http.post(self.url + delivery.path, data=delivery.body, headers=delivery.headers) as answer:
            await answer.read()
            self.answers[answer.status] = self.answers.get(answer.status, 0) + 1
            return answer.status

    async def send_letters(self) -> None:
        """Let the couriers of the messengers take what is due. The page's is at work all the time."""
        for channel in (Channel.TELEGRAM, Channel.VIBER):
            while await self.house.couriers[channel].deliver_due():
                pass


@asynccontextmanager
async def edges() -> AsyncIterator[Edges]:
    """A house of its own, with its edges open."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    async with open_house(await new_database(), MORNING) as house:
        database, desk, clock = house.database, house.desk, house.clock
        limits = Limits(sessions=MANY, invitations=MANY, files=Allowance(a_day=10**9))
        deps = Deps(desk, database.work, WORDS, clock, database.woken, limits=limits)
        bot = telegram.connect(TELEGRAM_TOKEN, "http://127.0.0.1:9")
        reception = telegram.TelegramReception(bot, desk, Silence(), clock=clock, words=WORDS)
        app = empty()
        app.router.add_post(telegram.PATH, telegram.TelegramWebhook(bot, reception, secret=SECRET).handle)
        app.router.add_post(viber.PATH, viber.ViberWebhook(desk, WORDS, token=VIBER_TOKEN, clock=clock).handle)
        furnish(app, deps)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        page = Courier(database.work, WORDS, WebSpeaker(database.work, clock), clock)
        jar = aiohttp.DummyCookieJar()
        try:
            async with database.woken(page.wake), _running(page), aiohttp.ClientSession(cookie_jar=jar) as http:
                yield Edges(f"http://127.0.0.1:{runner.addresses[0][1]}", house, reception, http)
        finally:
            await runner.cleanup()


@asynccontextmanager
async def _running(courier: Courier) -> AsyncIterator[None]:
    task = asyncio.create_task(courier.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def telegram_delivery(update: object) -> Delivery:
    return Delivery(telegram.PATH, json.dumps(update).encode(), {telegram.SECRET_HEADER: SECRET})


def viber_delivery(body: bytes) -> Delivery:
    return Delivery(viber.PATH, body, {viber.SIGNATURE_HEADER: viber.signature(body, VIBER_TOKEN)})


@dataclass
class Writer:
    """Somebody who writes on one channel. `makes` gives what their platform would send."""

    at: Edges
    channel: Channel
    number: int
    token: str = ""
    _seen: int = 0
    _buttons: list[Key] = field(default_factory=list)

    @property
    def address(self) -> str:
        """As the service knows it."""
        return {Channel.TELEGRAM: str(1_000_000 + self.number), Channel.VIBER: f"{self.number:012}="}.get(
            self.channel, self.token
        )

    async def opens_page(self) -> None:
        """A session of their own; asked for again while the service is away."""
        while not self.token:
            async with self.at.http.post(self.at.url + "/api/session", json={"language": "uk"}) as answer:
                if answer.status != 503:
                    self.token = (await answer.json())["token"]

    def says(self, words: str) -> Delivery:
        match self.channel:
            case Channel.TELEGRAM:
                return telegram_delivery(self._update({"message": self._message() | {"text": words}}))
            case Channel.VIBER:
                return viber_delivery(self._callback(words))
        return self._posted({"text": words})

    async def presses(self, label: str) -> Delivery | None:
        """The newest button that is called so, or begins so; None where there is none."""
        keys = await self.keys()
        key = next((key for key in keys if key.label == label), None)
        key = key or next((key for key in keys if key.label.startswith(label)), None)
        if key is None:
            return None
        match self.channel:
            case Channel.TELEGRAM:
                press = {"id": str(next(_numbers)), "from": self._account(), "chat_instance": "1", "data": key.id}
                return telegram_delivery(self._update({"callback_query": press | {"message": self._message()}}))
            case Channel.VIBER:
                return viber_delivery(self._callback(PRESS + key.id))
        return self._posted({"choice": key.id})

    async def keys(self) -> list[Key]:
        """The buttons of the newest message that has any."""
        if self.channel is not Channel.WEB:
            for message in reversed(self.at.house.boxes[self.channel].sent.get(self.address, [])):
                if message.keys:
                    return [key for row in message.keys for key in row]
            return []
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.at.http.get(f"{self.at.url}/api/messages?after={self._seen}", headers=headers) as answer:
            for message in (await answer.json())["messages"]:
                self._seen = message["number"]
                self._buttons = [Key(key["id"], key["label"]) for key in message["buttons"]] or self._buttons
        return self._buttons

    def _posted(self, body: dict[str, str]) -> Delivery:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        return Delivery("/api/messages", json.dumps(body | {"id": f"m{next(_numbers)}"}).encode(), headers)

    def _account(self) -> dict[str, Any]:
        return {"id": 1_000_000 + self.number, "is_bot": False, "first_name": "Олена", "language_code": "uk"}

    def _message(self) -> dict[str, Any]:
        place = self.at.house.boxes[Channel.TELEGRAM].place(self.address)
        at = int(self.at.house.clock().timestamp())
        chat = {"id": 1_000_000 + self.number, "type": "private"}
        return {"message_id": place, "from": self._account(), "chat": chat, "date": at}

    def _update(self, content: dict[str, Any]) -> dict[str, Any]:
        return {"update_id": next(_numbers)} | content

    def _callback(self, words: str) -> bytes:
        event = {"event": "message", "timestamp": int(self.at.house.clock().timestamp() * 1000)}
        event |= {"message_token": 5_000_000_000_000_000_000 + next(_numbers)}
        said = {"sender": {"id": self.address, "language": "uk"}, "message": {"type": "text", "text": words}}
        return json.dumps(event | said).encode()


SPOKEN: Final = BURST + timedelta(milliseconds=1)
"""After so long nothing more comes with what was written on Viber."""


def own_name(chance: random.Random, syllables: int = 4) -> str:
    """A name like nobody else's, so that no two reports are of one person."""
    made = "".join(chance.choice("бвгдзклмнпрстх") + chance.choice("аеиоу") for _ in range(syllables))
    return made.capitalize() + chance.choice(("нко", "вич", "ський"))
