"""`kill -9` of the service at random moments, while people write on Telegram, Viber and the page: is all that was
accepted there, and has it had its effect?

Accepted is what the platform was told is done (its offset moved, or 200), or a post of the page that was answered.
Everybody begins to register, under a name of their own, with the real messengers' clients over HTTP, and waits for each
question. Half of it runs with Telegram polled, half with webhooks and Viber; a short run has only the latter.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import uuid4

import aiohttp
from aiohttp import ClientSession

from benchmarks.row import Measured, Row, Run
from benchmarks.trust.clusters import furnished
from benchmarks.trust.lives import Lives
from bot.app import opened
from bot.settings import load
from casework.actor import Channel
from demo.cast import Chat, NotNow, PageChat, TelegramChat, Transcript, ViberChat
from demo.fakes.road import free_port
from demo.fakes.telegram import TOKEN as TELEGRAM_TOKEN
from demo.fakes.telegram import FakeTelegram
from demo.fakes.viber import TOKEN as VIBER_TOKEN
from demo.fakes.viber import FakeViber
from dialogs.words import Words
from handlers.desk import Desk
from handlers.incoming import Incoming, Receipt
from storage.database import Database
from tests.journeys.lines import PatientPerson

MANY, FEW = 500, 3
"""Kills, of each way in which Telegram is heard."""

AT_ONCE: Final = 4
"""People on each channel at a time."""

PATIENT: Final = 400.0
"""Seconds after the last death within which everybody has been answered: Viber comes again after up to five minutes."""

BROKEN_PATIENCE: Final = 8.0
LATER: Final = 0.2
"""Seconds between what the fault answers and what it then does."""

FOR_EVER: Final = 1e6
BORN: Final = "12.03.1994"
WORDS: Final = Words()


LETTERS: Final = "вгдзклмнпрст"


class Unread(Transcript):
    """Nobody reads along."""

    def chapter(self, ukrainian: str, english: str) -> None:
        """Not told."""

    def line(self, who: str, text: str, buttons: list[str] | None = None, *, arrow: str = ":") -> None:
        """Not told."""


class Page(PageChat):
    """A browser that sends again, under the same id, until it is answered; what was answered goes to `accepted`, with
    the session's token."""

    def __init__(self, http: ClientSession, base: str, accepted: list[tuple[str, str]]) -> None:
        super().__init__(http, base)
        self._accepted = accepted

    async def call(self, method: str, path: str, **more: Any) -> Any:
        posts = path == "/api/messages" and method == "POST"
        if posts:
            more["json"] = {**more["json"], "id": str(uuid4())}
        while True:
            try:
                answer = await super().call(method, path, **more)
            except (aiohttp.ClientError, OSError, ValueError, NotNow):
                await asyncio.sleep(0.05)
                continue
            if posts:
                self._accepted.append((self.token, more["json"]["id"]))
            return answer


@dataclass
class Town:
    """Everybody who writes, and what came of it. `named` are the people with the surname that each has given; `posted`
    are the page's messages that were answered, each with its session; `failed` says who did not get on
    within `patience` of the last death."""

    patience: float
    telegram: FakeTelegram = field(init=False)
    viber: FakeViber = field(init=False)
    http: ClientSession = field(init=False)
    base: str = field(init=False)
    updates: list[int] = field(default_factory=list)
    posted: list[tuple[str, str]] = field(default_factory=list)
    named: list[tuple[Channel, str, str]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    _came: int = 0
    _seen: int = 0
    _taken: int = 0

    def note_updates(self) -> None:
        """From now on it is noted which updates Telegram has had for us."""
        add = self.telegram.delivery.add

        def noted(update: dict[str, Any], **more: bool) -> None:
            self.updates.append(update["update_id"])
            add(update, **more)

        setattr(self.telegram.delivery, "add", noted)  # noqa: B010  the fake keeps only what waits

    async def comes(self, channel: Channel, over: asyncio.Event) -> None:
        """One after another, until it is over; the last ends what was begun."""
        while channel is Channel.VIBER and not self.viber.delivery.url:  # noqa: ASYNC110  Viber posts nowhere before that
            await asyncio.sleep(0.05)
        while not over.is_set():
            self._came += 1
            await self._writes(channel, self._came)

    async def _writes(self, channel: Channel, number: int) -> None:
        chat: Chat
        match channel:
            case Channel.TELEGRAM:
                chat = TelegramChat(self.telegram.user(480_000_000 + number, "Марія"))
            case Channel.VIBER:
                chat = ViberChat(self.viber.user(number, "Марія", "uk"))
            case _:
                chat = Page(self.http, self.base, self.posted)
        person = PatientPerson("Марія", chat, Unread(), WORDS, "uk", patience=FOR_EVER)
        await person.opens(then="consent")
        await person.presses("consent.agree", then="menu")
        await person.presses("menu.register", then="kinship")
        await person.presses("kinship.mother", then="missing-name")
        await person.says(f"{_spelt(number)} Іван", then="born")
        await person.says(BORN, then="own-name")
        address = chat.token if isinstance(chat, Page) else str(chat.user.id)
        self.named.append((channel, address, _spelt(number)))

    def accepted(self) -> int:
        """How many messages were said to be taken."""
        return (
            len(self.updates) - len(self.telegram.delivery.waiting) + len(self.viber.delivery.posts) + len(self.posted)
        )

    async def lost(self, database: Database) -> list[str]:
        """What was accepted and has not arrived, or has not had its effect."""
        found = list(self.failed)
        bot = self.telegram.bot["id"]
        waiting = {update["update_id"] for update in self.telegram.delivery.waiting}
        accepted = [(Channel.TELEGRAM, f"{bot}-{id}") for id in self.updates if id not in waiting]
        accepted += [
            (Channel.VIBER, str(post.event["message_token"])) for post in self.viber.delivery.posts if _taken(post)
        ]
        async with database.work(_now()) as work:
            for token, id in self.posted:
                session = await work.sessions.find(token)
                accepted.append((Channel.WEB, f"{getattr(session, 'address', None)}:{id}"))
            for channel, message in dict.fromkeys(accepted):
                if await work.arrivals.is_new(channel, message):
                    found.append(f"{channel}: a message that was accepted has not arrived")
            for channel, address, name in self.named:
                guest = await work.people.enter(channel, address, "uk")
                if name not in str(guest.talk.active.answers):
                    found.append(f"{channel}: an answer is not in its conversation")
        return found


def _taken(post: Any) -> bool:
    return bool(post.status == 200 and post.event["event"] == "message")


def _spelt(number: int) -> str:
    """A surname for a number that nobody else has."""
    found = ""
    while number:
        number, digit = divmod(number, len(LETTERS))
        found += LETTERS[digit]
    return f"Ба{found}енко"


async def kills(run: Run) -> Measured:
    """Both ways, one after the other, over one folder."""
    town, many = Town(BROKEN_PATIENCE if run.broken else PATIENT), FEW if run.fast else MANY
    chance = Random(run.seed)  # noqa: S311  moments, not a secret
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # requests to the platforms are cut off here
    async with AsyncExitStack() as stack:
        town.telegram = await stack.enter_async_context(FakeTelegram(repeat_after=0.05))
        town.viber = await stack.enter_async_context(FakeViber(repeat_after=0.05))
        town.http = await stack.enter_async_context(ClientSession())
        town.note_updates()
        polled, posted = _settings(run.folder, town)
        await furnished(run.folder / "data")
        async with opened(load(**polled)):
            pass  # what a new service begins with is there before the first death
        ways = (posted,) if run.fast else (polled, posted)
        for settings in ways:
            town.base = f"http://127.0.0.1:{settings['port']}"
            channels = [Channel.TELEGRAM, Channel.WEB, *([Channel.VIBER] if settings is posted else [])]
            lives = Lives(settings, chance, _confirm_first if run.broken else None)
            await _half(town, lives, channels, run)
        async with opened(load(**posted)) as database:
            lost = await town.lost(database)
    return Measured(len(ways) * many, len(lost), tuple(lost))


async def _half(town: Town, lives: Lives, channels: Sequence[Channel], run: Run) -> None:
    """People come while it is killed, and end what they have begun under the life that follows."""
    over, at_once = asyncio.Event(), 1 if run.fast else AT_ONCE
    people = [asyncio.create_task(town.comes(channel, over)) for channel in channels for _ in range(at_once)]
    many, soon = (FEW, 1.0) if run.fast else (MANY, 0.5)
    async with lives.after(many, town.accepted, run.progress, soon=soon):
        over.set()
        _, unanswered = await asyncio.wait(people, timeout=town.patience)
    town.failed += ["somebody is not answered any more"] * len(unanswered)
    for each in people:
        each.cancel()
    for ended in await asyncio.gather(*people, return_exceptions=True):
        if isinstance(ended, Exception):
            raise ended


def _settings(folder: Path, town: Town) -> Sequence[Mapping[str, str]]:
    """The same service with Telegram polled, and with webhooks and Viber."""
    port = str(free_port())
    either = {
        "data_dir": str(folder / "data"),
        "root_key_file": str(folder / "root.key"),
        "port": port,
        "telegram_token": TELEGRAM_TOKEN,
        "telegram_api_url": town.telegram.url,
    }
    webhooks = {
        "public_url": f"http://127.0.0.1:{port}",
        "telegram_secret": "a-secret-of-the-webhook",
        "viber_token": VIBER_TOKEN,
        "viber_api_url": town.viber.url,
    }
    return either, either | webhooks


_RECEIVE: Final = Desk.receive
_LATER: Final = set[asyncio.Task[Receipt]]()


def _confirm_first() -> None:
    """The fault: a message is said to be taken, and taken afterwards."""

    async def receive(desk: Desk, incoming: Incoming) -> Receipt:
        async def take() -> Receipt:
            await asyncio.sleep(LATER)
            return await _RECEIVE(desk, incoming)

        _LATER.add(asyncio.create_task(take()))
        return Receipt()

    setattr(Desk, "receive", receive)  # noqa: B010  in the life that is killed


ROWS: Final = (
    Row("kills", "accepted from Telegram, Viber and the page and lost when the service is killed (kill -9)", 0, kills),
)


def _now() -> datetime:
    return datetime.now(UTC)
