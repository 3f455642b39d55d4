"""A line for each channel: the whole service with its real client code, and people at the other end, over real HTTP.

async def test_a_mother_opens(line):
    mother = line.relative("Марія")
    await mother.opens(then="consent")

What the platforms' fakes do not do by themselves the weather does: `line.storm`.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random, SystemRandom
from typing import Any
from uuid import uuid4

import aiohttp
from aiohttp import ClientSession, FormData, TCPConnector
from sqlalchemy import text

from bot.app import RunningService, serving
from bot.settings import Settings, load
from casework.actor import Channel, Role
from casework.ids import CenterId, StructureId
from casework.letters import Arg
from demo.cast import Chat, Missed, NotNow, PageChat, Player, TelegramChat, Transcript, ViberChat
from demo.fakes.hurried import PATIENCE, Clock
from demo.fakes.road import Road, free_port
from demo.fakes.storm import Storm
from demo.fakes.telegram import TOKEN as TELEGRAM_TOKEN
from demo.fakes.telegram import FakeTelegram
from demo.fakes.viber import TOKEN as VIBER_TOKEN
from demo.fakes.viber import FakeViber
from demo.patience import until
from tests.visiting import MORNING, WORDS

TICK = 2.0
"""Seconds, of the hurried world, between two looks at what is due: five looks in one of ours, each of some forty
statements."""


@dataclass
class Member:
    """One of the staff: on the page, where everything can be done, and on the line's own channel."""

    page: Player
    chat: Player


@dataclass(frozen=True)
class Former:
    """What is none of the present journey's: letters given up, messages not understood, chats closed; their ids."""

    given_up: set[int] = field(default_factory=set)
    quarantined: set[int] = field(default_factory=set)
    closed: set[int] = field(default_factory=set)


@dataclass
class Line:
    """A service with one channel beside the page. `fake` is the platform, `faults` what it has noted against us."""

    service: RunningService = field(init=False)

    name: str
    channel: Channel
    clock: Clock
    settings: Settings
    storm: Storm
    http: ClientSession
    meet: Callable[[str], Chat]
    faults: list[str] = field(default_factory=list)
    blocks: Callable[[Player], Awaitable[object]] | None = None
    unblocks: Callable[[Player], Awaitable[object]] | None = None
    fake: Any = None
    book: Transcript = field(default_factory=Transcript)
    former: Former = field(default_factory=Former)
    _house: AsyncExitStack | None = None

    @property
    def url(self) -> str:
        return f"http://{self.settings.host}:{self.settings.port}"

    async def starts(self) -> None:
        """The service begins, with what the database holds."""
        self._house = house = AsyncExitStack()
        running = serving(self.settings, clock=self.clock, tick_every=TICK, patience=PATIENCE)
        self.service = await house.enter_async_context(running)

    async def stops(self) -> None:
        """The service ends in order; platforms and people go on."""
        house, self._house = self._house, None
        if house is not None:
            await house.aclose()

    async def begins(self) -> None:
        """A journey begins, and answers for what happens from here on: whatever an earlier one has left behind, the
        weather is calm, the platform in reach and the service up."""
        self.weather(trouble=False)
        if getattr(self.fake, "gone", False):
            self.fake.comes_back()
        if self._house is None:
            await self.starts()
        self.faults.clear()
        async with self.service.database.work(self.clock()) as work:
            found = await work.connection.execute(text("SELECT id FROM letters WHERE state = 'set-aside'"))
            letters = set(found.scalars())
            quarantined = set((await work.connection.execute(text("SELECT id FROM quarantine"))).scalars())
            closed = set((await work.connection.execute(text("SELECT id FROM addresses WHERE NOT active"))).scalars())
        self.former = Former(letters, quarantined, closed)

    def weather(self, *, trouble: bool) -> None:
        """From now on."""
        self.storm.hangs = 2
        self.storm.blows = trouble

    def relative(self, name: str = "Марія") -> Player:
        """Somebody who has never written."""
        return self._person(name, self.meet(name))

    def relative_on_page(self, name: str = "Марія") -> Player:
        """The same, on the page and in calm weather."""
        return self._person(name, PageChat(self.http, self.url))

    async def on_page(self, role: Role, name: str, structure: StructureId | None = None) -> Player:
        """Somebody of the Kharkiv center's staff, enrolled with a second factor, on the page."""
        async with self.service.database.work(self.clock()) as work:
            person = await work.people.add("uk")
            id = await work.staff.add(person, role, center=CenterId("kharkiv"), structure=structure, name=name)
            code = await work.staff.invite(id)
            await work.commit()
        page = PageChat(self.http, self.url)
        await page.enrol(code, self.clock())
        return self._person(name, page)

    async def member(self, role: Role, name: str) -> Member:
        """The same with the line's channel beside the page, linked by a code; on the page's own line they are one."""
        page = await self.on_page(role, name)
        if self.channel is Channel.WEB:
            return Member(page, page)
        chat = self._person(f"{name} ({self.name})", self.meet(name))
        await page.says("/link", then="link")
        shown = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", await page.press_and_hear("link.show", "link-code"))
        assert shown is not None
        await chat.says(f"/link {shown[0]}", then="link-confirm-there")
        await page.hears("link-asked")
        await page.presses("linked.yes", then="link-done")
        await chat.hears("link-welcome-staff")
        return Member(page, chat)

    def _person(self, name: str, chat: Chat) -> Player:
        return PatientPerson(name, chat, self.book, WORDS, "uk", patience=PATIENCE)


@dataclass
class PatientPerson(Player):
    """Does what the service asks of people in trouble: what it did not take for an answer is sent again.

    So it asks where it could not tell that a question had been shown, since the platform's "taken" was lost.
    """

    said: str = ""

    async def says(self, text: str, *, then: str | None = None, **args: Arg) -> None:
        self.said = text
        await super().says(text, then=then, **args)

    async def presses(self, name: str, *, then: str | None = None, **args: Arg) -> None:
        self.said = ""
        await super().presses(name, then=then, **args)

    async def listens(self) -> None:
        await super().listens()
        if self.said and self.word("desk-early", text=self.said) in self.heard:
            self.book.line(self.name, self.said)
            self.heard = ""
            await self.chat.type(self.said)


class PatientPage(PageChat):
    """A browser on a bad road. As the page's own script does, it sends again, under the same id, until it is heard."""

    async def call(self, method: str, path: str, **more: Any) -> Any:
        if path == "/api/messages" and method == "POST":
            more["json"] = {**more["json"], "id": str(uuid4())}
        return await self._insist(lambda: PageChat.call(self, method, path, **more))

    async def send_photo(self, content: bytes) -> None:
        id = str(uuid4())

        def send() -> Awaitable[Any]:
            form = FormData()
            form.add_field("id", id)
            form.add_field("file", content, filename="photo.jpg", content_type="image/jpeg")
            return PageChat.call(self, "POST", "/api/files", data=form)

        await self._insist(send)

    async def open_file(self, url: str) -> bytes:
        found: bytes = await self._insist(lambda: PageChat.open_file(self, url))
        return found

    @staticmethod
    async def _insist(attempt: Callable[[], Awaitable[Any]]) -> Any:
        while True:
            try:
                return await attempt()
            except (aiohttp.ClientError, OSError, ValueError, NotNow):
                await asyncio.sleep(1)


def dice() -> Random:
    """Chance from a seed that is printed, so that SEED=… repeats a failure."""
    seed = int(os.environ.get("SEED", "0")) or SystemRandom().randrange(1, 10**6)
    print(f"SEED={seed} repeats this weather")
    return Random(seed)  # noqa: S311  weather, not secrets


def settings(folder: Path, database_url: str, *, public: bool, **more: Any) -> Settings:
    """The settings of a service at a port of its own; `public`: reached from outside, so by webhooks."""
    port = free_port()
    return load(
        data_dir=folder / "data",
        root_key_file=folder / "root.key",
        database_url=database_url,
        host="127.0.0.1",
        port=port,
        public_url=f"http://127.0.0.1:{port}" if public else None,
        **more,
    )


@asynccontextmanager
async def opened(name: str, folder: Path, database_url: str) -> AsyncIterator[Line]:
    """The line of a name in `LINES`, its service running. Needs a hurried loop."""
    async with AsyncExitStack() as stack:
        clock = Clock(MORNING, asyncio.get_running_loop().time)
        line = await LINES[name](stack, clock, folder, database_url)
        await line.starts()
        stack.push_async_callback(line.stops)
        if line.channel is Channel.VIBER:
            await until(lambda: line.fake.delivery.url)
        yield line
        line.weather(trouble=False)


async def web(stack: AsyncExitStack, clock: Clock, folder: Path, url: str) -> Line:
    storm, chosen = Storm(dice()), settings(folder, url, public=False)
    road = await stack.enter_async_context(Road(f"http://{chosen.host}:{chosen.port}"))
    road.storm = storm
    http = await stack.enter_async_context(ClientSession(connector=TCPConnector(force_close=True)))
    return Line("web", Channel.WEB, clock, chosen, storm, http, lambda name: PatientPage(http, road.url), fake=road)


async def _telegram(stack: AsyncExitStack, clock: Clock, folder: Path, url: str, *, webhook: bool) -> Line:
    fake = await stack.enter_async_context(FakeTelegram(clock=lambda: clock().timestamp()))
    storm, numbers = Storm(dice()), count(480_015_523)
    fake.storm(storm)
    secret = {"telegram_secret": "a-secret-of-the-webhook"} if webhook else {}
    return Line(
        "telegram_webhook" if webhook else "telegram_polling",
        Channel.TELEGRAM,
        clock,
        settings(folder, url, public=webhook, telegram_token=TELEGRAM_TOKEN, telegram_api_url=fake.url, **secret),
        storm,
        await stack.enter_async_context(ClientSession()),
        lambda name: TelegramChat(fake.user(next(numbers), name)),
        fake.faults,
        lambda person: user_of(person).blocks(),
        lambda person: user_of(person).unblocks(),
        fake,
    )


async def telegram_polling(stack: AsyncExitStack, clock: Clock, folder: Path, url: str) -> Line:
    return await _telegram(stack, clock, folder, url, webhook=False)


async def telegram_webhook(stack: AsyncExitStack, clock: Clock, folder: Path, url: str) -> Line:
    return await _telegram(stack, clock, folder, url, webhook=True)


async def viber(stack: AsyncExitStack, clock: Clock, folder: Path, url: str) -> Line:
    fake = await stack.enter_async_context(FakeViber(clock=lambda: clock().timestamp()))
    storm, numbers = Storm(dice()), count(4242)
    fake.storm(storm)
    return Line(
        "viber",
        Channel.VIBER,
        clock,
        settings(folder, url, public=True, viber_token=VIBER_TOKEN, viber_api_url=fake.url, viber_budget=1000),
        storm,
        await stack.enter_async_context(ClientSession()),
        lambda name: ViberChat(fake.user(next(numbers), name, "uk")),
        fake.faults,
        lambda person: user_of(person).unsubscribes(),
        lambda person: user_of(person).subscribes(),
        fake,
    )


def user_of(person: Player) -> Any:
    """The fake's user behind a person on a messenger."""
    if not isinstance(person.chat, TelegramChat | ViberChat):
        raise Missed(f"{person.name} is on no messenger")
    return person.chat.user


LINES = {each.__name__: each for each in (web, telegram_polling, telegram_webhook, viber)}
