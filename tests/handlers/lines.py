"""The speaking half of every channel, each with a person at its other end: for the checks that all of them pass.

Each is opened with a database's address, which most do not need: `STORED` are those that do.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from io import StringIO

from casework.actor import Channel
from casework.ids import PersonId
from casework.people import Profile
from casework.values import Phone
from demo.fakes.telegram import FakeTelegram
from demo.fakes.viber import FakeViber
from dialogs.words import Words
from handlers.channel import Postponed, Speaker
from handlers.phone.gateway import ConsoleGateway
from handlers.phone.speaking import NoticeSpeaker
from handlers.telegram import speaking as telegram_speaking
from handlers.telegram.pace import TelegramPace
from handlers.telegram.speaking import TelegramSpeaker
from handlers.terminal.speaking import TerminalSpeaker
from handlers.viber.api import ViberApi
from handlers.viber.speaking import ViberSpeaker
from handlers.web.speaking import WebSpeaker
from tests.visiting import MORNING, House, open_house


def nothing(kind: str = "") -> None:
    """What a line does where there is nothing to do."""


async def absent() -> None:
    raise LookupError("nobody can leave this channel: leave it out of LEAVABLE")


@dataclass
class Line:
    """A speaker with a person at the other end.

    `sees` are the texts that arrived, `keys` the labels of the latest keys. `trouble` befalls the next sending,
    `leaves` ends it for good; `rests` lets the wait pass that a speaker gives itself after trouble. `longest` is what
    the platform takes at once.
    """

    speaker: Speaker
    address: str
    sees: Callable[[], Awaitable[list[str]]]
    keys: Callable[[], Awaitable[list[str]]]
    longest: int
    trouble: Callable[[str], None] = nothing
    leaves: Callable[[], Awaitable[object]] = absent
    rests: Callable[[], None] = nothing


def telegram_pace() -> TelegramPace:
    return TelegramPace(timedelta(seconds=0.02), timedelta(seconds=0.03))


@asynccontextmanager
async def telegram(url: str) -> AsyncIterator[Line]:
    async with FakeTelegram(second=0.02) as fake:
        speaker = TelegramSpeaker(telegram_speaking.connect(fake.token, fake.url), pace=telegram_pace())
        olena = fake.user(101, "Олена")
        olena.started = True

        async def sees() -> list[str]:
            return [shown.text for shown in olena.sees]

        async def keys() -> list[str]:
            return [button.label for row in olena.sees[-1].buttons for button in row]

        def trouble(kind: str) -> None:
            fake.trouble("sendMessage", kind)  # type: ignore[arg-type]

        def rests() -> None:
            speaker._pace = telegram_pace()

        yield Line(speaker, "101", sees, keys, 4096, trouble, olena.blocks, rests)
        await speaker.close()


@asynccontextmanager
async def viber(url: str) -> AsyncIterator[Line]:
    async with FakeViber() as fake:
        fake.delivery.url = "http://127.0.0.1:9/"
        api = ViberApi(fake.token, fake.url)
        speaker = ViberSpeaker(api, Words(), page="https://zviazok.example", link=lambda file: None)
        olena = fake.user(101, "Олена")
        olena.subscribed = True

        async def sees() -> list[str]:
            return [shown.text for shown in olena.sees]

        async def keys() -> list[str]:
            return [key.label for key in olena.keyboard]

        def trouble(kind: str) -> None:
            fake.trouble(kind)  # type: ignore[arg-type]

        yield Line(speaker, olena.id, sees, keys, 7000, trouble, olena.unsubscribes)
        await api.close()


@asynccontextmanager
async def web(url: str) -> AsyncIterator[Line]:
    async with open_house(url, MORNING) as house:
        yield await web_in(house)


async def web_in(house: House) -> Line:
    database, clock = house.database, house.clock
    async with database.work(clock()) as work:
        person = await work.people.add("uk")
        await work.commit()

    async def sees() -> list[str]:
        async with database.work(clock()) as work:
            return [each.shown.text for each in await work.threads.latest(person)]

    async def keys() -> list[str]:
        async with database.work(clock()) as work:
            return [label for row in (await work.threads.latest(person))[-1].shown.keys for _, label in row]

    async def leaves() -> None:
        await erase(house, person)

    return Line(WebSpeaker(database.work, clock), str(person), sees, keys, 10**9, leaves=leaves)


async def erase(house: House, person: PersonId) -> None:
    async with house.database.work(house.clock()) as work:
        await work.erasing.erase(person)
        await work.commit()


@dataclass
class Screen(StringIO):
    """A terminal's screen, by what was written at once; it may fail for a while."""

    written: list[str] = field(default_factory=list)
    fails: bool = False

    def write(self, text: str) -> int:
        if self.fails:
            self.fails = False
            raise OSError("no terminal")
        self.written.append(text.strip())
        return len(text)


@asynccontextmanager
async def terminal(url: str) -> AsyncIterator[Line]:
    screen = Screen()
    speaker = TerminalSpeaker("olena", screen, Words(), page="https://zviazok.example", language="uk")

    async def sees() -> list[str]:
        return screen.written

    async def keys() -> list[str]:
        found = re.finditer(r"^\d+\. (.+)$|\[(.+?)\]", screen.written[-1], re.MULTILINE)
        return [each[1] or each[2] for each in found]

    def trouble(kind: str) -> None:
        screen.fails = True

    yield Line(speaker, "olena", sees, keys, 10**9, trouble)


class Gateway(ConsoleGateway):
    """May fail for once."""

    fails = False

    async def carry(self, phone: str, notice: str, *, language: str, ref: str) -> str:
        if self.fails:
            self.fails = False
            raise Postponed(timedelta(seconds=5), "busy")
        return await super().carry(phone, notice, language=language, ref=ref)


@asynccontextmanager
async def _phone(url: str, channel: Channel) -> AsyncIterator[Line]:
    """What is said is read on the page; the telephone only says that it is there."""
    async with open_house(url, MORNING) as house:
        page = await web_in(house)
        async with house.database.work(house.clock()) as work:
            person = await work.people.get(PersonId(int(page.address)))
            await work.people.keep(replace(person, profile=Profile(phone=Phone("+380671234567"))))
            await work.commit()
        gateway = Gateway(channel, StringIO())
        begin, words = house.database.work, Words()
        speaker = NoticeSpeaker(channel, gateway, page.speaker, begin, words, house.clock)

        def trouble(kind: str) -> None:
            gateway.fails = True

        yield replace(page, speaker=speaker, address=f"{page.address}:+380671234567", trouble=trouble)


@asynccontextmanager
async def sms(url: str) -> AsyncIterator[Line]:
    async with _phone(url, Channel.SMS) as line:
        yield line


@asynccontextmanager
async def voice(url: str) -> AsyncIterator[Line]:
    async with _phone(url, Channel.VOICE) as line:
        yield line


STORED = (web, sms, voice)
"""Those that need a database."""

SPEAKING = {"sms": sms, "voice": voice, "telegram": telegram, "viber": viber, "web": web, "terminal": terminal}
"""Every channel on which content is said."""

FALLIBLE = {name: line for name, line in SPEAKING.items() if name != "web"}
"""Those behind which something can fail that is not our own database."""

LEAVABLE = {name: line for name, line in SPEAKING.items() if name != "terminal"}
"""Those that a person can leave for good. A terminal that is closed only waits."""

REFUSING = {name: line for name, line in SPEAKING.items() if line not in STORED}
"""Those that refuse what cannot be said. The page keeps any screen."""
