"""A house for tests: the real desk, rules, storage and courier over a real database; only the messenger is ours.

async def test_a_mother_reports(house):
    mother = house.guest()
    await mother.opens()
    await mother.presses("Погоджуюся")
    await mother.says("Іван Петренко")
    assert mother.sees("Дата народження")
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from sqlalchemy import text, update
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncEngine

from casework import rulebook
from casework.actor import Actor, Channel, Role, Staff
from casework.cases import match
from casework.ids import CenterId, PersonId, StructureId
from casework.letters import Arg, Say
from casework.numbers import ReportNumber
from casework.sessions import SESSION_LASTS, Session
from casework.thread import NumberedMessage
from demo.patience import PATIENCE
from dialogs.bursts import BURST
from dialogs.conversation import Scripts
from dialogs.said import Location, Other, SharedPhone, Text
from dialogs.scripts import SCRIPTS
from dialogs.words import Words, language_for
from handlers.channel import Key, Message
from handlers.courier import Courier
from handlers.desk import Desk
from handlers.incoming import ButtonPress, Content, Incoming, Opened, Receipt, Sent, SentFile
from handlers.web import composing
from handlers.web.live import LiveScreens
from storage.addresses import addresses
from storage.database import Database, StoredWork

WORDS = Words()
_numbers = count(1)


class Clock:
    """A clock that tests move; it goes on by a millisecond at each look, as messages do."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def go_to(self, at: datetime) -> None:
        self.at = at

    def pass_by(self, **much: float) -> None:
        self.at += timedelta(**much)


@dataclass
class Mailbox:
    """A speaker that keeps what was sent, by address. Its receipts are such as the platform gives: at Telegram and on
    the page both sides' messages are numbered together, within a chat; Viber's are tokens of nineteen digits."""

    channel: Channel
    sent: dict[str, list[Message]] = field(default_factory=dict)
    live: LiveScreens | None = None
    _places: dict[str, int] = field(default_factory=dict)
    _standing: dict[tuple[str, str], Message] = field(default_factory=dict)

    async def send(self, address: str, message: Message) -> str:
        if self.live is not None and message.live is not None:
            message = await self._shown(address, message)
        self.sent.setdefault(address, []).append(message)
        if self.channel is Channel.VIBER:
            return str(5_741_311_803_571_721_087 + next(_numbers))
        receipt = str(self.place(address))
        self._standing[address, receipt] = message
        return receipt

    async def _shown(self, address: str, message: Message) -> Message:
        """What staff see as the page fetches it."""
        assert self.live is not None
        async with self.live.begin(self.live.clock()) as work:
            person = await work.people.get(PersonId(int(address)))
            browser = await work.people.on_page(person.id)
            member = await work.staff.member_of(person.id, browser)
        if browser is None:
            return message
        session = Session(browser, person.id, person.language, self.live.clock(), staff=member)
        [seen] = await self.live.shown(session, [NumberedMessage(1, self.live.clock(), composing.shown(message))])
        marks = dict(seen.shown.marks)
        keys = tuple(tuple(Key(id, label, marks.get(id)) for id, label in row) for row in seen.shown.keys)
        return replace(message, paragraphs=tuple(seen.shown.text.split("\n\n")), keys=keys)

    def place(self, address: str) -> int:
        """The next number in a chat, whoever writes."""
        self._places[address] = self._places.get(address, 10) + 1
        return self._places[address]

    async def retract(self, address: str, ids: Sequence[str]) -> None:
        """As Telegram does; the others keep what they have."""
        if self.channel is Channel.TELEGRAM:
            gone = [self._standing.pop((address, id), None) for id in ids]
            self.sent[address][:] = [one for one in self.sent[address] if not any(one is other for other in gone)]


@dataclass
class House:
    """Everything but the messengers and the page: each is a mailbox."""

    database: Database
    clock: Clock
    desk: Desk
    boxes: dict[Channel, Mailbox]
    couriers: dict[Channel, Courier]
    visit: str = field(default_factory=lambda: uuid4().hex)
    """Part of every message's id: what an earlier house left in the database (a release's data) knows none of them."""

    def guest(self, channel: Channel = Channel.TELEGRAM, language: str = "uk") -> "Guest":
        """Somebody who has never written."""
        return Guest(self, channel, f"{channel}-{next(_numbers)}", language)

    async def another(self, guest: "Guest", channel: Channel) -> "Guest":
        """A second address of the same person."""
        other, person = self.guest(channel, guest.language), await guest.person()
        other.mailbox = str(person) if channel is Channel.WEB else other.address
        async with self.database.work(self.clock()) as work:
            hash = work.seals.vault.lookup(f"address/{channel}", other.address)
            ends = work.now + SESSION_LASTS if channel is Channel.WEB else None
            await work.people.join_address(person, channel, other.mailbox, hash, ends)
            await work.commit()
        return other

    async def staff(
        self,
        role: Role,
        center: str | None = "kharkiv",
        structure: StructureId | None = None,
        channel: Channel = Channel.WEB,
        name: str = "Коваль Олена",
    ) -> "Guest":
        """A member of staff who has just given the second factor."""
        member = self.guest(channel)
        async with self.database.work(self.clock()) as work:
            person = await work.people.add("uk")
            address = member.address if channel is not Channel.WEB else str(person)
            hash = work.seals.vault.lookup(f"address/{channel}", member.address)
            ends = work.now + SESSION_LASTS if channel is Channel.WEB else None
            await work.people.join_address(person, channel, address, hash, ends)
            await work.staff.add(
                person, role, center=CenterId(center) if center else None, structure=structure, name=name
            )
            await gave_factor(person, work)
            await work.commit()
        member.mailbox = address
        member.code_at = self.clock.at if channel is Channel.WEB else None
        return member

    async def second(self) -> "Guest":
        """A verifier of another center, who has to do with nobody here, signs the newest proposal."""
        verifier = await self.staff(Role.VERIFIER, "lviv", name="Мороз Дарина")
        await verifier.signs()
        return verifier

    async def deliver(self) -> None:
        """Let reports be compared, and every courier take what is due."""
        unmatched, due = await self._waiting()
        if unmatched:
            async with self.database.work(self.clock()) as work:
                await match(work)
                await work.commit()
            _, due = await self._waiting()
        while any([await courier.deliver_due() for courier in due]):
            _, due = await self._waiting()

    async def _waiting(self) -> tuple[bool, list[Courier]]:
        """Is there a report to be compared, and who has something to deliver? One statement, for every message of every
        test asks it."""
        asked = text("""
            SELECT EXISTS (SELECT FROM changes WHERE kind = 'report' AND NOT matched),
                   ARRAY(SELECT DISTINCT channel FROM letters WHERE state = 'waiting' AND due_at <= :now)
        """)
        async with self.database.engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            unmatched, channels = (await connection.execute(asked, {"now": self.clock()})).one()
        return unmatched, [self.couriers[channel] for channel in channels if channel in self.couriers]


async def gave_factor(person: PersonId, work: StoredWork) -> None:
    """As if they had just typed a code of their second factor in each of their browsers."""
    browsers = addresses.c.person_id == person, addresses.c.channel == Channel.WEB
    await work.connection.execute(update(addresses).where(*browsers).values(factor_at=work.now))


async def with_code(person: PersonId, work: StoredWork) -> Staff | None:
    """The member of staff that a person is, as in a session in which they have just given their code."""
    member = await work.staff.member_of(person)
    return None if member is None else replace(member, factor_at=work.now)


@dataclass
class Guest:
    """A person with a chat. A member of staff on the page gives the code once in ten hours, the last time at `code_at`;
    None: never again."""

    house: House
    channel: Channel
    address: str
    language: str
    mailbox: str = ""
    code_at: datetime | None = None

    @property
    def inbox(self) -> list[Message]:
        return self.house.boxes[self.channel].sent.get(self.mailbox or self.address, [])

    @property
    def last(self) -> Message:
        return self.inbox[-1]

    @property
    def keys(self) -> list[Key]:
        """The buttons of the newest message that has any."""
        for message in reversed(self.inbox):
            if message.keys:
                return [key for row in message.keys for key in row]
        return []

    def sees(self, words: str) -> bool:
        """Is it in what came since the person's last message?"""
        return words in self.news

    @property
    def news(self) -> str:
        return "\n\n".join(message.text for message in self.inbox[self._read :])

    _read: int = 0

    async def sends(self, content: Content, *, message: str | None = None, at: datetime | None = None) -> Receipt:
        """Any content, as a channel would hand it to the desk; then every courier delivers."""
        self._read = len(self.inbox)
        if self.code_at is not None and abs(self.house.clock.at - self.code_at) > timedelta(hours=10):
            await self._gives_code()
        numbered = self.channel is Channel.TELEGRAM and not isinstance(content, ButtonPress)
        receipt = await self.house.desk.receive(
            Incoming(
                self.channel,
                self.address,
                message or f"{self.house.visit}-{self.address}-{next(_numbers)}",
                at or self.house.clock(),
                content,
                self.language,
                place=self.house.boxes[self.channel].place(self.address) if numbered else None,
            )
        )
        if self.channel is Channel.VIBER and isinstance(content, Text | Sent):
            self.house.clock.pass_by(seconds=BURST.total_seconds())  # nothing more comes with it
        await self.house.deliver()
        return receipt

    async def _gives_code(self) -> None:
        self.code_at = self.house.clock.at
        async with self.house.database.work(self.house.clock()) as work:
            await gave_factor(PersonId(int(self.mailbox)), work)
            await work.commit()

    async def opens(self, link: str = "") -> None:
        await self.sends(Opened(link))

    async def says(self, text: str) -> None:
        await self.sends(Text(text))

    async def presses(self, label: str) -> None:
        """Press the newest button whose label is, or begins with, these words."""
        key = next((key for key in self.keys if key.label == label), None)
        key = key or next((key for key in self.keys if key.label.startswith(label)), None)
        assert key is not None, f"no button {label!r} among {[key.label for key in self.keys]}"
        await self.sends(ButtonPress(key.id))

    async def reads_push(self) -> None:
        """Press the button of the newest cover: what is under it counts as what came."""
        await self.presses(WORDS.say(language_for(self.language), Say("push.open")))

    async def shares_phone(self, phone: str, *, own: bool = True) -> None:
        await self.sends(SharedPhone(phone, own))

    async def shares_place(self, latitude: float, longitude: float) -> None:
        await self.sends(Location(latitude, longitude))

    async def sends_photo(self, content: bytes = b"\xff\xd8\xff", caption: str = "") -> None:
        await self.sends(Sent((SentFile("image/jpeg", content=content),), caption))

    async def sends_other(self, form: str) -> None:
        await self.sends(Other(form))

    async def consents(self) -> None:
        """Past the door."""
        await self.opens()
        await self.presses("Погоджуюся" if self.language == "uk" else "I agree")

    async def registers(
        self,
        name: str = "Петренко Іван Миколайович",
        own_name: str = "Петренко Марія",
        region: str = "Харків",
        kinship: str = "1",
    ) -> str:
        """From the door to a report's number."""
        if not self.inbox:
            await self.consents()
        await self.says("/register")
        await self.says(kinship)
        await self.says(name)
        await self.says("12.03.1990")
        if self.asked("own-name"):
            await self.says(own_name)
            await self.says("067 123 45 67")
            await self.says(region)
        await self.presses(WORDS.say(language_for(self.language), Say("register-review.send")))
        return next(word.strip(".") for word in self.news.split() if _is_number(word.strip(".")))

    async def confirms(self) -> None:
        """As a verifier, with `/kinship` open: by all papers that prove the tie, sent by the family and opened."""
        number = next(word.strip(".") for word in self.news.split() if _is_number(word.strip(".")))
        papers = await self.opens_papers(number)
        await self.says(f"/kinship {number}")
        await self.presses("Підтвердити")
        for paper in papers:
            await self.presses(WORDS.say("uk", Say(f"paper-of.{paper}")))
        await self.presses("Готово")
        await self.presses("Надіслали")

    async def opens_papers(self, number: str) -> tuple[str, ...]:
        """Those that prove the tie, by name; what the family has not sent yet, it sends."""
        async with self.house.database.work(self.house.clock()) as work:
            report = await work.reports.by_number(ReportNumber(number.replace("-", "")))
            assert report is not None
            papers, sent = work.book.papers_for(report.claim.kinship), (await work.kinships.get(report.id)).documents
            for _ in papers[len(sent) :]:
                paper = await work.files.add(report.person, type="image/jpeg", content=b"paper")
                await work.kinships.add_documents(report.id, [paper], ())
            person = (await work.people.enter(self.channel, self.address, self.language)).person.id
            actor = Actor(person, "uk", Channel.WEB, await with_code(person, work))
            for file in (await work.kinships.get(report.id)).documents:
                shown = await work.files.get(file)
                assert shown is not None
                assert await rulebook.may_open(actor, shown, work)
            await work.commit()
        return papers

    async def signs(self) -> None:
        """The newest of what waits for a second person."""
        await self.says("/proposals")
        await self.presses([key.label for key in self.keys if "·" in key.label][-1])
        await self.presses(WORDS.say(language_for(self.language), Say("proposal-decision.sign")))

    def asked(self, question: str, /, **args: Arg) -> bool:
        """Is this the question now asked?"""
        return self.hears(question, **args)

    def hears(self, name: str, /, **args: Arg) -> bool:
        """Is this message of `locales/` among what came since the person's last message?"""
        return WORDS.say(language_for(self.language), Say(name, args)) in self.news

    async def person(self) -> PersonId:
        async with self.house.database.work(self.house.clock()) as work:
            return (await work.people.enter(self.channel, self.address, self.language)).person.id


def _is_number(word: str) -> bool:
    return len(word) == 9 and word[4] == "-" and word.replace("-", "").isdecimal()


@asynccontextmanager
async def open_house(
    url: str, at: datetime, scripts: Scripts = SCRIPTS, *, keyring_url: str | None = None, furnished: bool = False
) -> AsyncIterator[House]:
    """A house over a database; `furnished` has what a new service begins with, and nothing is compared with that. On a
    busy machine its database is slow and never away: no test is about how soon a connection comes."""
    database = Database(
        url,
        bytes(range(32)),
        pool=10,
        scripts=scripts,
        keyring_url=keyring_url,
        patience=PATIENCE,
        stands_still=PATIENCE,
    )
    _compiled_as_before(database.engine)
    clock = Clock(at)
    words = Words(book=database.book)
    boxes = {channel: Mailbox(channel) for channel in (Channel.WEB, Channel.TELEGRAM, Channel.VIBER)}
    boxes[Channel.WEB].live = LiveScreens(database.work, words, clock, scripts)
    couriers = {channel: Courier(database.work, words, box, clock) for channel, box in boxes.items()}
    try:
        async with database.work(clock()) as work:
            if not furnished:
                await work.seed()
                await work.commit()
        yield House(database, clock, Desk(database.work, words, scripts, clock), boxes, couriers)
    finally:
        await database.close()


_compiled: dict[Any, Any] = {}
_dialects: list[Dialect] = []


def _compiled_as_before(engine: AsyncEngine) -> None:
    """Statements that were compiled for an earlier house are not compiled anew for this one, which took a seventh of a
    test's time. They are kept by dialect: all houses have that of the first which has met the server."""
    engine.sync_engine.update_execution_options(compiled_cache=_compiled)
    known = [one for one in _dialects if one.server_version_info]
    if known:
        engine.sync_engine.dialect = known[0]
    else:
        _dialects.append(engine.dialect)


MORNING = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
"""Tuesday, 10:00 in Kyiv."""
