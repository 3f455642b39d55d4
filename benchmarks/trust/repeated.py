"""Updates that come again: what each person has done is there once, whatever the platforms repeat, and when.

The same people do the same twice, in two databases: in the one each update comes once, in the other one to five times,
some at the same moment, some when others and they themselves have long gone on. Platforms keep the order of one
person's first deliveries; the persons are shuffled among each other differently each time. Then all that is kept of a
person is compared, row by row, opened. Ids, times and numbers count as such, not by their value.
"""

import asyncio
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final
from unittest import mock

from sqlalchemy import BigInteger, DateTime, Table, select

from benchmarks.row import Measured, Row, Run
from benchmarks.trust.edges import SPOKEN, Delivery, Edges, Writer, edges, own_name
from benchmarks.trust.holdings import FIRST
from casework.actor import Channel, Role
from casework.cases import match
from casework.ids import AddressId, PersonId, StructureId
from casework.letters import Say
from dialogs.incoming import Incoming
from storage.addresses import addresses
from storage.arrivals import StoredArrivals
from storage.booking import appointments
from storage.calls import calls
from storage.deferred import deferred
from storage.inbox import inbox
from storage.outbox import letters
from storage.people import drafts, people
from storage.quarantine import quarantine
from storage.registering import reports
from storage.threads import thread
from tests.visiting import MORNING, WORDS

UPDATES, FEW = 100_000, 100
TOLD_EVERY: Final = 1000
PERSON: Final = 20
"""Updates that one person's story takes, about."""

DAY: Final = re.compile(r"\b(?:пн|вт|ср|чт|пт|понеділ\w+|вівтор\w+|серед\w+|четвер\w*|п[’']ятниц\w+)\b")

Intent = tuple[str, str]


def story(number: int, chance: Random) -> Iterator[Intent]:
    """What somebody does: from the door to a report, and on from there."""
    yield "says", "/start"
    yield "presses", "Погоджуюся"
    yield "says", "/register"
    yield "says", "1"
    yield "says", f"{own_name(chance)} {chance.choice(FIRST)}"
    yield "says", f"{chance.randint(1, 28):02}.{chance.randint(1, 12):02}.{chance.randint(1960, 2005)}"
    yield "says", f"{own_name(chance)} Марія"
    yield "says", f"067 {chance.randint(100, 999)} {chance.randint(10, 99)} {chance.randint(10, 99)}"
    yield "says", "Харків"
    yield "presses", WORDS.say("uk", Say("register-review.send"))
    match number // 3 % 4:
        case 0:
            yield "says", "/book"
            yield "presses", "Харків"
            yield "presses", "Юрист"
            yield "says", _own_slot(number)
            yield "presses", "Так, записати"
            yield "says", "/visits"
        case 1:
            yield "says", f"Чи можна передати {own_name(chance)} листа?"
            yield "says", "/human"
            yield "says", "Передзвоніть, будь ласка, після обіду"
            yield "says", "1"
            yield "says", "/reports"
        case 2:
            yield "says", "/steps"
            yield "says", "1"
            yield "says", "/settings"
            yield "presses", "Мова"
            yield "presses", "English"
            yield "says", "/register"
            yield "says", "2"
        case _:
            yield "says", "/details"
            yield "says", "1"
            yield "says", "Не знаю"
            yield "says", "/menu"
            yield "says", "/pause"
            yield "says", "1"


def _own_slot(number: int) -> str:
    """As it is typed: of eight days with six hours, so that there is a lawyer for each who takes it. Who comes first to
    the same one is no matter of repeats."""
    day, hour = divmod((number // 12 * 3 + number % 3) % 48, 6)
    morning = MORNING + timedelta(days=(1, 2, 3, 6, 7, 8, 9, 10)[day])
    return str(int((morning + timedelta(hours=hour)).timestamp()))


@dataclass
class Storm:
    """The deliveries of one run: each once, or each up to five times."""

    at: Edges
    chance: Random
    again: bool
    late: list[Delivery] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)

    async def deliver(self, delivery: Delivery) -> None:
        copies = self.chance.randint(0, 4) if self.again else 0
        together = self.chance.randint(0, copies) if self.chance.random() < 0.3 else 0
        await asyncio.gather(*(self._insist(delivery) for _ in range(1 + together)))
        self.late += [delivery] * (copies - together)
        while self.late and self.chance.random() < 0.66:
            await self._insist(self.late.pop(self.chance.randrange(len(self.late))))

    async def end(self) -> None:
        for delivery in self.late:
            await self._insist(delivery)

    async def _insist(self, delivery: Delivery) -> None:
        """As platforms and the page do: again, until it is taken."""
        while (status := await self.at.deliver(delivery)) not in (200, 202):
            self.refused[status] += 1
            if status not in (429, 503) or self.refused[status] > 1000:
                return
            self.at.house.clock.pass_by(seconds=1)


@dataclass(frozen=True)
class Outcome:
    """What is kept in the end, of each person, and how many updates there were."""

    kept: list[Counter[str]]
    updates: int
    refused: Counter[int]


async def lived(many: int, seed: int, progress: Callable[[str], None], *, again: bool) -> Outcome:
    """So many updates, once or again and again."""
    chance = Random(seed + again)  # noqa: S311  an order, not a secret
    persons = max(6, many // PERSON)
    async with edges() as at:
        for _ in range(2 + persons // 60):
            await at.house.staff(Role.SPECIALIST, "kharkiv", StructureId("lawyer"), name="Юрченко Ганна")
        storm = Storm(at, chance, again)
        channels = (Channel.TELEGRAM, Channel.VIBER, Channel.WEB)
        writers = [Writer(at, channels[number % 3], number) for number in range(persons)]
        going = [
            (writer, story(writer.number, Random(seed * 1_000_003 + writer.number)))  # noqa: S311
            for writer in writers
        ]
        updates, step = 0, timedelta(seconds=min(1.0, 6000 / many))
        heard: dict[int, datetime] = {}
        for writer in writers:
            if writer.channel is Channel.WEB:
                await writer.opens_page()
        while going:
            writer, intents = chance.choice(going)
            intent = next(intents, None)
            if intent is None:
                going.remove((writer, intents))
                continue
            rests = heard.get(writer.number, at.house.clock() - SPOKEN) + SPOKEN - at.house.clock()
            if writer.channel is Channel.VIBER and rests > timedelta():  # or the two would be taken for one talk
                at.house.clock.pass_by(seconds=rests.total_seconds())
                await at.send_letters()
            at.house.clock.pass_by(seconds=step.total_seconds())
            delivery = writer.says(intent[1]) if intent[0] == "says" else await writer.presses(intent[1])
            await storm.deliver(delivery or writer.says(intent[1]))
            heard[writer.number] = at.house.clock()
            updates += 1
            if updates % TOLD_EVERY == 0:
                progress(f"{updates:,} updates{' again and again' * again}")
            await at.send_letters()
        await storm.end()
        at.house.clock.pass_by(seconds=60)
        await at.send_letters()
        async with at.house.database.work(at.house.clock()) as work:
            await match(work)
            await work.commit()
        return Outcome([await _kept(at, writer) for writer in writers], updates, storm.refused)


BEGIN: Final = StoredArrivals.begin


async def _forgets(arrivals: StoredArrivals, incoming: Incoming, address: bytes) -> tuple[bool, AddressId | None, bool]:
    """The fault: every third message is known by a number that is forgotten at once."""
    message = incoming.message
    passing = f"{message} {time.monotonic_ns()}" if hash(message) % 3 == 0 else message
    return await BEGIN(arrivals, replace(incoming, message=passing), address)


COMPARED: Final[tuple[Table, ...]] = (
    people,
    drafts,
    reports,
    letters,
    appointments,
    calls,
    inbox,
    quarantine,
    deferred,
    thread,
)


async def _kept(at: Edges, writer: Writer) -> Counter[str]:
    """All rows about a person, opened, as lines that two runs can have alike."""
    lines = Counter[str]()
    async with at.house.database.work(at.house.clock()) as work:
        person = PersonId((await work.people.enter(writer.channel, writer.address, "uk")).person.id)
        for table in COMPARED:
            whose = table.c.id if table is people else table.c.person_id
            for row in (await work.connection.execute(select(table).where(whose == person))).mappings():
                said = [table.name]
                for column in table.columns:
                    value = row[column.name]
                    if value is None or isinstance(column.type, BigInteger | DateTime):
                        continue
                    if "seal" in column.info:
                        try:
                            value = await work.seals.unseal(column, row["id"], value)
                        except KeyError:
                            value = "?"
                    elif isinstance(value, bytes):
                        continue
                    said.append(f"{column.name}={_alike(value)}")
                lines[" ".join(said)] += 1
        addressed = select(addresses.c.channel, addresses.c.active).where(addresses.c.person_id == person)
        for at_one in await work.connection.execute(addressed):
            lines[f"addresses {at_one.channel} {at_one.active}"] += 1
    return lines


def _alike(value: Any) -> str:
    """A value without what differs between two runs: ids, moments, the times that were free, and how many reminders a
    visit that is so near still gets, as the moments of booking differ."""
    said = re.sub(r"datetime\.datetime\((?:[^()]|\([^()]*\))*\)", "moment", repr(value))
    said = DAY.sub("day", re.sub(r"\d+", "#", said))
    said = re.sub(r"'reminded-\w+'", "'reminded'", said)
    said = re.sub(r"\(\('#\.#', 'day, # \w+, #:#'\),\),? ?", "", said)
    return re.sub(r"(?:\(?Button\(id='#\.#'[^)]*AtTime\([^)]*\)\)+,?\)?,? ?)+", "slots ", said)


async def repeats(run: Run) -> Measured:
    many = int(os.environ.get("CASES", "0")) or (FEW if run.fast or run.broken else UPDATES)
    once = await lived(many, run.seed, run.progress, again=False)
    with ExitStack() as stack:
        if run.broken:  # a repeat that comes late is taken for something new
            stack.enter_context(mock.patch.object(StoredArrivals, "begin", _forgets))
        again = await lived(many, run.seed, run.progress, again=True)
    found = [f"answered with {status}, {times} times" for status, times in (once.refused + again.refused).items()]
    different = 0
    for number, (one, other) in enumerate(zip(once.kept, again.kept, strict=True)):
        if one != other:
            different += sum((one - other).values()) + sum((other - one).values())
            found += [f"person {number}, once only: {line}" for line in one - other]
            found += [f"person {number}, with repeats only: {line}" for line in other - one]
    return Measured(once.updates, different, tuple(found))


ROWS: Final = (
    Row("repeats", "updates delivered one to five times, persons shuffled: differences from once", 0, repeats),
)
