"""Who writes during the soak: families on three channels, who come, tell, ask, book and go, and the staff who answer.

Each is somebody at the end of a channel (`demo/cast.py`): a step is over when what it should bring has come.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any, Final

import aiohttp

from benchmarks.matching.persons import Person
from benchmarks.speed.pages import Page
from casework.actor import Channel, Role
from casework.ids import CenterId
from casework.letters import Say
from casework.sessions import SESSION_LASTS
from demo.cast import Chat, Missed, PageChat, Player, TelegramChat, Transcript, ViberChat
from demo.fakes.telegram import FakeTelegram
from demo.fakes.viber import FakeViber
from demo.papers import portrait
from dialogs.words import Words
from storage.addresses import addresses
from storage.database import Database

CENTER: Final = CenterId("kharkiv")
LIVES: Final = "Харків"
ANSWERED_WITHIN: Final = 60.0
"""Seconds for which anybody waits for what a step should bring."""

RESTS: Final = 0.5
"""Seconds between two steps of a family."""

OWN_WORDS: Final = "Командир сказав, що він лишився на позиції"
REPLY: Final = "Ми прочитали, дякуємо. Приходьте до нас із документами."

TAKEN: Final = ("slot-taken", "unclear-slot-gone")


class Silent(Transcript):
    """Nobody reads along."""

    def line(self, who: str, text: str, buttons: list[str] | None = None, *, arrow: str = ":") -> None:
        pass


@dataclass
class Town:
    """Where they write. `missed` are the steps that did not bring what they should, `steps` how many there were.
    `families` have come and gone; `taken` times of a specialist were taken by another family meanwhile; `written` are
    the relatives whose words wait for an answer, `answered` those who got one, `read` is how many have read it; `pages`
    are those that were open, `cut` is how many of their streams were cut off."""

    telegram: FakeTelegram
    viber: FakeViber
    client: aiohttp.ClientSession
    url: str
    database: Database
    persons: deque[Person]
    over: asyncio.Event = field(default_factory=asyncio.Event)
    steps: int = 0
    families: int = 0
    taken: int = 0
    read: int = 0
    cut: int = 0
    missed: list[str] = field(default_factory=list)
    written: deque[str] = field(default_factory=deque)
    answered: set[str] = field(default_factory=set)
    pages: list[Page] = field(default_factory=list)
    words: Words = field(default_factory=Words)
    _numbers: Any = field(default_factory=lambda: count(1))

    def player(self, name: str, chat: Chat) -> Player:
        return Player(name, chat, Silent(), self.words, "uk", patience=ANSWERED_WITHIN)

    @asynccontextmanager
    async def at(self, channel: Channel) -> AsyncIterator[Chat]:
        """Somebody who was never there before, for as long as they stay."""
        number = next(self._numbers)
        if channel is Channel.TELEGRAM:
            yield TelegramChat(self.telegram.user(480_000_000 + number, "Марія"))
        elif channel is Channel.VIBER:
            yield ViberChat(self.viber.user(number, "Марія"))
        else:
            async with self.database.work(datetime.now(UTC)) as work:  # the page allows a network only some an hour
                token = await work.sessions.begin("uk")
                await work.commit()
            async with self._browser(token) as chat:
                yield chat

    @asynccontextmanager
    async def _browser(self, token: str) -> AsyncIterator[PageChat]:
        """With its stream open."""
        chat, page = PageChat(self.client, self.url), Page(token, self.client, self.url)
        chat.token = token
        self.pages.append(page)
        listening = asyncio.create_task(self._listens(page))
        try:
            yield chat
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening

    async def _listens(self, page: Page) -> None:
        """As a browser does, which begins its stream anew when it ends or is cut."""
        while True:
            try:
                await page.wait(asyncio.Event())
            except aiohttp.ClientError:
                self.cut += 1
            await asyncio.sleep(RESTS)

    async def family(self, channel: Channel) -> None:
        """One family after another, until it is over."""
        while not self.over.is_set():
            person = self.persons.popleft()
            try:
                async with self.at(channel) as chat:
                    await self._lives(self.player(f"Петренко {person.number}", chat), person, channel)
                self.families += 1
            except (Missed, TimeoutError, aiohttp.ClientError) as step:
                self.missed.append(f"{channel}: {step}")

    async def _lives(self, mother: Player, person: Person, channel: Channel) -> None:
        """All that a family does; it goes when it is over in the midst of it."""
        own = f"{person.surname} Марія"
        year, month, day = person.born.split("-")
        at = mother.word("book-center.own", city=Say(f"center-{CENTER}"))
        steps: list[Callable[[], Any]] = [
            lambda: mother.says("/start", then="consent") if channel is Channel.WEB else mother.opens(then="consent"),
            lambda: mother.presses("consent.agree", then="menu"),
            lambda: mother.presses("menu.register", then="kinship"),
            lambda: mother.presses("kinship.mother", then="missing-name"),
            lambda: mother.says(person.name, then="born"),
            lambda: mother.says(f"{day}.{month}.{year}", then="own-name"),
            lambda: mother.says(own, then="phone"),
            lambda: mother.says("067 123 45 67", then="region"),
            lambda: mother.says(LIVES, then="register-review"),
            lambda: mother.presses("register-review.send", then="registered"),
            lambda: mother.says("/menu", then="menu"),
            lambda: mother.says(OWN_WORDS, then="inbox-kept"),
            lambda: mother.presses("Передати", then="inbox-passed"),
            lambda: self._waits(own),
            lambda: mother.says("/book", then="book-center"),
            lambda: mother.presses(at, then="book-structure"),
            lambda: mother.presses("specialist.lawyer", then="book-slot"),
            lambda: self._books(mother),
            lambda: mother.says("/menu", then="menu"),
            lambda: mother.shows(portrait(), "фото", then="sent-for"),
            lambda: mother.presses("sent-for.photo", then="details-done"),
            lambda: mother.says("/reports", then="report-what"),
            lambda: self._hears_from_staff(own),
            lambda: self._reads(mother, own, channel),
            lambda: mother.says("/menu", then="menu"),
        ]
        for step in steps:
            if self.over.is_set():
                return
            self.steps += 1
            await step()
            await asyncio.sleep(RESTS)

    async def _waits(self, own: str) -> None:
        self.written.append(own)

    async def _hears_from_staff(self, own: str) -> None:
        """Wait until somebody of the staff has answered, or it is over."""
        while own not in self.answered and not self.over.is_set():  # noqa: ASYNC110  whichever comes first
            await asyncio.sleep(RESTS)

    async def _books(self, mother: Player) -> None:
        """The first free time; the next one, where another family takes it meanwhile, which is nobody's fault."""
        while True:
            await mother.says("1")
            if await mother.hears_one("book-review", *TAKEN) == "book-review":
                await mother.presses("book-review.send")
                if await mother.hears_one("booked", *TAKEN) == "booked":
                    return
            self.taken += 1

    async def _reads(self, mother: Player, own: str, channel: Channel) -> None:
        """The answer, by the line that tells of it where its key still stands in the chat, or else by writing again: at
        night the line waits for the morning."""
        told = any(mother.word("correspondence-answered") in one for one in mother.everything)
        if told and channel is Channel.TELEGRAM:
            await mother.presses("correspondence-answered.read")
        else:
            await mother.says("/write")
        await mother.waits_for(REPLY)
        self.read += 1

    async def operator(self, name: str) -> None:
        """Reads the queue, and answers who has written; until it is over."""
        token = await self._hired(name)
        async with self._browser(token) as chat:
            operator = self.player(name, chat)
            while not self.over.is_set():
                try:
                    self.steps += 1
                    await operator.says("/queue", then="queue-head")
                    if self.written:
                        await self._answers(operator, self.written.popleft())
                except (Missed, TimeoutError, aiohttp.ClientError) as step:
                    self.missed.append(f"staff: {step}")
                await asyncio.sleep(4 * RESTS)

    async def _answers(self, operator: Player, whom: str) -> None:
        self.steps += 4
        await operator.says("/correspondence", then="correspondence-which")
        await operator.presses(whom, then="correspondence-answer")
        await operator.says(REPLY, then="correspondence-send")
        await operator.presses("correspondence-send.send", then="correspondence-sent")
        self.answered.add(whom)

    async def _hired(self, name: str) -> str:
        """A member's session, in which the code has just been given."""
        token = f"a-session-of-{name.encode().hex()}"
        async with self.database.work(datetime.now(UTC)) as work:
            person = await work.people.add("uk")
            hash = work.seals.vault.lookup(f"address/{Channel.WEB}", token)
            await work.people.join_address(person, Channel.WEB, str(person), hash, work.now + SESSION_LASTS)
            await work.staff.add(person, Role.OPERATOR, center=CENTER, name=name)
            given = addresses.update().where(addresses.c.person_id == person).values(factor_at=work.now)
            await work.connection.execute(given)
            await work.commit()
        return token
