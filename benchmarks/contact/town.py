"""A town of relatives, two of each case, with the centers and members that a promise to them needs.

Beside the database it keeps what truly happened to each relative, by which the rows judge what the program does.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from math import ceil
from pathlib import Path
from typing import Any, Final

from benchmarks.contact.messenger import Messenger
from benchmarks.trust.clusters import furnished
from bot.postgres import embedded
from casework.actor import Actor, Channel, Role, Staff
from casework.centers import KYIV, Center
from casework.contact.promise import TALKS_A_DAY, LastHeard, NextContact, Promise, Promised, Terms, cost, next_contact
from casework.contact.promising import SetPromise
from casework.ids import CaseId, CenterId, PersonId, ReportId
from casework.kinship import KinshipState
from casework.numbers import ReportNumber
from casework.people import CONSENT, Profile
from casework.registering import Claim, Kinship
from casework.rulebook import carry_out
from casework.values import PartialDate, PersonName, Phone
from dialogs.words import Words
from handlers.courier import Courier
from storage.database import Database, StoredWork

ROOT: Final = bytes(range(32))
BEGINS: Final = date(2026, 11, 24)
"""A Tuesday."""

CENTERS: Final = tuple(CenterId(name) for name in ("kharkiv", "lviv", "mykolaiv", "vinnytsia"))
PROMISED: Final = (100, 200, 75)
"""Days that the centers promise of a written word, of a voice, and of a voice sooner: shorter ones make
a full run, which takes hours, longer by as much."""

BATCH: Final = 100
"""Cases a transaction."""

SPARE: Final = 1.25
"""Members beyond what the promise needs on paper: some are ill, some calls are not answered."""

LETTERS: Final = "абвгдежзиклмнопрстуфхцч"


def own_word(number: int) -> str:
    """A surname that no other relative has, so that it tells whose a message is."""
    word = ""
    for _ in range(5):
        number, at = divmod(number, len(LETTERS))
        word += LETTERS[at]
    return f"Ж{word}енко"


@dataclass(slots=True)
class Relative:
    """A relative, and what truly happened: `any` and `spoken` are the last contacts. `answers`: the chance that a call
    is answered; `reads`: that a message is opened. `promised`: something is promised to them now; `entitled`: updates
    may go to them; `quiet`: they asked us not to write; `sooner`: a voice was granted sooner; `blocked`: they open
    nothing any more. `second` is another chat of theirs, if any; `word_at` our last word to them, opened or not,
    `opened_at` when they last opened one."""

    person: PersonId
    report: ReportId
    number: ReportNumber
    case: CaseId
    center: CenterId
    word: str
    channel: Channel
    address: str
    began: datetime
    answers: float
    reads: float
    any: datetime | None = None
    spoken: datetime | None = None
    promised: bool = True
    entitled: bool = True
    quiet: bool = False
    sooner: bool = False
    blocked: bool = False
    tries: int = 0
    tried_at: datetime | None = None
    second: str = ""
    word_at: datetime | None = None
    opened_at: datetime | None = None

    def expected(self, promise: Promise) -> NextContact:
        """By when they are to be in contact, by what happened to them alone."""
        return next_contact(LastHeard(self.report, self.began, self.any, self.spoken, self.sooner), promise)


@dataclass(slots=True)
class Member:
    """A member of staff who calls; `ill_until` the day on which they are back."""

    staff: Staff
    ill_until: date = date.min


@dataclass
class Town:
    """All of it: `relatives` by person; `promises` as they are in force; `checked`: each time a body answered that of a
    case nothing is new; `by_voice`: the cases of which only a human speaks. `at` is the compressed clock's moment.
    """

    database: Database
    chance: random.Random
    at: datetime
    relatives: dict[PersonId, Relative] = field(default_factory=dict)
    by_case: dict[CaseId, list[Relative]] = field(default_factory=dict)
    members: dict[CenterId, list[Member]] = field(default_factory=dict)
    heads: dict[CenterId, Staff] = field(default_factory=dict)
    centers: dict[CenterId, Center] = field(default_factory=dict)
    promises: dict[CenterId, Promise] = field(default_factory=dict)
    by_address: dict[str, Relative] = field(default_factory=dict)
    checked: dict[CaseId, list[datetime]] = field(default_factory=dict)
    by_voice: set[CaseId] = field(default_factory=set)
    messenger: Messenger = field(default_factory=Messenger)
    couriers: dict[Channel, Courier] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)

    def clock(self) -> datetime:
        """It goes on by a millisecond at each look, as messages do."""
        self.at += timedelta(milliseconds=1)
        return self.at

    def go_to(self, day: date, clock: time) -> None:
        self.at = max(self.at, datetime.combine(day, clock, KYIV).astimezone(UTC))

    def work(self) -> StoredWork:
        return self.database.work(self.clock())

    def acting(self, member: Staff) -> Actor:
        """A member on the page who has just given the second factor."""
        return Actor(member.person, "uk", Channel.WEB, replace(member, factor_at=self.at))

    async def does(self, command: Any, actor: Actor) -> None:
        async with self.work() as work:
            await carry_out(command, actor, work)
            await work.commit()

    def new_courier(self, channel: Channel) -> None:
        self.couriers[channel] = Courier(self.database.work, self.words, self.messenger.on(channel), self.clock)

    @cached_property
    def words(self) -> Words:
        return Words(book=self.database.book)

    async def read_promises(self) -> None:
        async with self.work() as work:
            self.promises = dict(await work.contacts.promises())


@asynccontextmanager
async def town(
    folder: Path, relatives: int, seed: int, promised: tuple[int, int, int] = PROMISED, at: Sequence[CenterId] = CENTERS
) -> AsyncIterator[Town]:
    """A town where nothing has happened yet but a promise; its families belong to the centers `at`."""
    await furnished(folder / "data")
    async with embedded(folder / "data", fsync=False) as url:
        database = Database(url, ROOT, pool=12, stands_still=0)
        chance = random.Random(seed)  # noqa: S311  a story, not a secret
        made = Town(database, chance, datetime.combine(BEGINS, time(9), KYIV).astimezone(UTC))
        try:
            await _settle(made, relatives, promised, at)
            yield made
        finally:
            await database.close()


async def _settle(made: Town, relatives: int, promised: tuple[int, int, int], at: Sequence[CenterId]) -> None:
    written, voice, sooner = promised
    async with made.work() as work:
        await work.seed()
        await work.commit()
    async with made.work() as work:
        for center in at:
            made.centers[center] = await work.centers.get(center)
            each = ceil(cost([Promised(ceil(relatives / len(at)), Terms(*promised))], 1).a_day * SPARE / TALKS_A_DAY)
            made.heads[center] = await _hired(work, Role.HEAD, center)
            made.members[center] = [Member(await _hired(work, Role.OPERATOR, center)) for _ in range(max(each, 2))]
        await work.commit()
    for first in range(0, relatives // 2, BATCH):
        async with made.work() as work:
            for number in range(first, min(first + BATCH, relatives // 2)):
                await _case(made, work, number, at[number % len(at)])
            await work.commit()
    for center, head in made.heads.items():
        here = sum(one.center == center for one in made.relatives.values())
        limit = ceil(cost([Promised(here, Terms(*promised))], 1).a_day * 1.3) + 1
        await made.does(SetPromise(center, written, voice, sooner, limit), made.acting(head))
    await made.read_promises()
    for channel in (Channel.TELEGRAM, Channel.VIBER):
        made.new_courier(channel)


async def _hired(work: StoredWork, role: Role, center: CenterId) -> Staff:
    person = await work.people.add("uk")
    hash = work.seals.vault.lookup(f"address/{Channel.WEB}", str(person))
    await work.people.join_address(person, Channel.WEB, str(person), hash, work.now + timedelta(days=900))
    await work.staff.add(person, role, center=center, name="Коваль Олена")
    member = await work.staff.member_of(person)
    assert member is not None, "they were hired just now"  # noqa: S101
    return member


async def _case(made: Town, work: StoredWork, number: int, center: CenterId) -> None:
    """A case with two relatives who reported it each for themselves, months or days ago, and were joined."""
    chance = made.chance
    missing = PersonName(f"Петренко Іван {own_word(number)[:-4]}ович")
    case: CaseId | None = None
    for at in (2 * number, 2 * number + 1):
        began = made.at - timedelta(days=chance.randrange(10, 700))
        word, channel = own_word(at), chance.choice((Channel.TELEGRAM, Channel.VIBER))
        person = await work.people.get(await work.people.add("uk"))
        profile = Profile(PersonName(f"{word} Марія"), Phone(f"+38067{1_000_000 + at * 13:07}"), "kharkiv")
        await work.people.keep(replace(person, profile=profile, consent=CONSENT, agreed_at=work.now))
        other = Channel.VIBER if channel is Channel.TELEGRAM else Channel.TELEGRAM
        chats = [(channel, f"{channel}-{at}"), *([(other, f"{other}-{at}")] if chance.random() < 0.3 else [])]
        for chat, address in chats:
            hash = work.seals.vault.lookup(f"address/{chat}", address)
            await work.people.join_address(person.id, chat, address, hash)
        claim = Claim(chance.choice((Kinship.MOTHER, Kinship.WIFE)), missing, PartialDate(1990, 3, 12))
        work.reports._now = began
        report = await work.reports.add(person.id, claim, center)
        await work.kinships.declare(report.id)
        by = made.heads[center].id
        entitled = chance.random() < 0.8
        if entitled:
            await work.kinships.decide(report.id, KinshipState.DECLARED, KinshipState.VERIFIED, by)
        if case is not None:
            await work.cases.join(report.case, case, by)
        case = case or report.case
        relative = Relative(
            person.id,
            report.id,
            report.number,
            case,
            center,
            word,
            channel,
            chats[0][1],
            began,
            chance.choice((0.9, 0.9, 0.8, 0.7, 0.4)),
            chance.choice((0.9, 0.8, 0.5, 0.1)),
            entitled=entitled,
            second=chats[-1][1] if len(chats) > 1 else "",
        )
        made.by_address |= {address: relative for _, address in chats}
        made.relatives[person.id] = relative
        made.by_case.setdefault(case, []).append(relative)
