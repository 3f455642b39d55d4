"""What happens while a transaction is open: nothing but the database is waited for, and wherever it is cut off nothing
is half done."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Generator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from types import TracebackType
from typing import Any, Self

import pytest
from sqlalchemy import text

from casework.actor import Channel, Role
from casework.costs import Tariff
from casework.ids import StructureId
from casework.letters import Letter, LetterKind, Purpose, Screen, say
from dialogs.said import Text
from handlers.courier import Courier
from handlers.desk import Desk
from handlers.errands import Errands
from handlers.incoming import Incoming, Sent, SentFile
from handlers.viber.budget import Budget
from storage.database import Database
from storage.work import StoredWork
from tests.handlers.test_cleaning import jpeg
from tests.visiting import House

DATABASE = ("/sqlalchemy/", "/asyncpg/")
"""Who waits for the database, by their files."""

GIVING_BACK = "_give_back"
"""Waits for the connection's return in a task of its own, which a cancelled one cannot cut off."""


@dataclass
class Watch:
    """Looks at each await of every task: where it stands, and whether the task has a transaction open. At the await
    number `cuts`, of all that it has seen, it cancels the task."""

    open: Counter[object] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seen: int = 0
    cuts: int | None = None

    def begin(self, database: Database) -> Callable[[datetime], StoredWork]:
        return lambda now: WatchedWork(database, now, self)

    def looks(self, frames: list[Any]) -> None:
        if not self.open[asyncio.current_task()]:
            return
        self.seen += 1
        files = [frame.f_code.co_filename for frame in frames]
        ours = any(frame.f_code.co_name == GIVING_BACK for frame in frames)
        if not ours and not any(part in file for part in DATABASE for file in files):
            where = [f"{file.rpartition('/')[2]}:{frame.f_lineno}" for file, frame in zip(files, frames, strict=True)]
            self.wrong.append(" > ".join(where))

    def task(self, loop: asyncio.AbstractEventLoop, doing: Any, **more: Any) -> asyncio.Task[Any]:
        return asyncio.Task(self._watched(doing), loop=loop, **more)

    async def _watched(self, doing: Coroutine[Any, Any, Any]) -> Any:
        return await _Driven(doing, self)


@dataclass
class _Driven:
    doing: Coroutine[Any, Any, Any]
    watch: Watch

    def __await__(self) -> Generator[Any, Any, Any]:
        reply, error = None, None
        while True:
            try:
                waits = self.doing.send(reply) if error is None else self.doing.throw(error)
            except StopIteration as end:
                return end.value
            self.watch.looks(frames_of(self.doing))
            reply, error = None, None
            if self.watch.cuts == self.watch.seen:
                self.watch.cuts = None
                waits.cancel()
            try:
                reply = yield waits
            except BaseException as thrown:
                error = thrown


def frames_of(doing: Any) -> list[Any]:
    """Where a suspended coroutine stands, from the outside in."""
    frames = []
    while doing is not None:
        kind = next((kind for kind in ("cr", "gi", "ag") if hasattr(doing, f"{kind}_frame")), None)
        if kind is None:
            break
        frame = getattr(doing, f"{kind}_frame")
        frames.append(frame)
        doing = getattr(doing, "gi_yieldfrom" if kind == "gi" else f"{kind}_await")
        if frame.f_code.co_filename == contextlib.__file__:  # its awaits of a generator do not tell which
            doing = frame.f_locals["self"].gen
    return frames


class WatchedWork(StoredWork):
    """A transaction, open in its task from its first statement until its connection is given back."""

    def __init__(self, database: Database, now: datetime, watch: Watch) -> None:
        super().__init__(database, now)
        self._watch = watch

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self._watch.open[asyncio.current_task()] += 1
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            await super().__aexit__(kind, error, trace)
        finally:
            self._watch.open[asyncio.current_task()] -= 1


@pytest.fixture
async def watch(house: House) -> AsyncIterator[Watch]:
    """The house with a watch over all its transactions."""
    watch = Watch()
    begin, loop = watch.begin(house.database), asyncio.get_running_loop()
    house.desk = Desk(begin, house.desk.words, house.desk.scripts, house.clock)
    paying = Budget(Tariff(Decimal(0), Decimal("0.02"), Decimal(100)))
    for channel, courier in house.couriers.items():
        house.couriers[channel] = Courier(
            begin, courier.words, courier.speaker, house.clock, paying=paying if channel is Channel.VIBER else None
        )
    loop.set_task_factory(watch.task)
    yield watch
    loop.set_task_factory(None)


class Photos:
    """A messenger that keeps a photo."""

    async def fetch(self, source: str, largest: int) -> bytes:
        await asyncio.sleep(0)  # as from a network
        return jpeg()


async def watched(story: Awaitable[None]) -> None:
    """In a task that the watch sees."""

    async def told() -> None:
        await story

    await asyncio.create_task(told())


async def test_no_transaction_waits_for_anything_but_the_database(house: House, watch: Watch) -> None:
    """A family registers, books, sends a photo and is written to; staff search, open, note and look at their day."""

    async def story() -> None:
        mother = house.guest(Channel.TELEGRAM)
        number = await mother.registers()
        await mother.says("що далі")
        await mother.says(f"/papers {number}")
        await mother.sends(Sent((SentFile("image/jpeg", source="photo-1"),)))
        errands = Errands(watch.begin(house.database), Channel.TELEGRAM, Photos(), house.clock)
        assert await errands.fetch_next()
        await house.deliver()
        for role in (Role.HEAD, Role.OPERATOR, Role.VERIFIER):
            member = await house.staff(role, structure=None)
            for command in ("/queue", "/find Петренко Іван", f"/case {number}", "/day", "/board"):
                await member.says(command)
        await house.staff(Role.SPECIALIST, structure=StructureId("lawyer"))
        await mother.says("/book")
        await mother.says("1")

    await watched(story())
    assert watch.seen > 900
    assert watch.wrong == []


async def test_nor_does_what_has_its_price(house: House, watch: Watch) -> None:
    """Ten at once, outside of their sessions: what they cost is counted one after another."""

    async def story() -> None:
        mothers = [house.guest(Channel.VIBER) for _ in range(10)]
        for mother in mothers:
            await mother.consents()
        house.clock.pass_by(days=2)
        async with house.database.work(house.clock()) as work:
            for mother in mothers:
                person = (await work.people.enter(Channel.VIBER, mother.address, "uk")).person.id
                await work.send(Letter(person, Screen((say("menu"),)), LetterKind.PUSH, purpose=Purpose.UPDATE))
            await work.commit()
        await house.couriers[Channel.VIBER].deliver_due()
        assert all(mother.last.text for mother in mothers)

    await watched(story())
    assert watch.wrong == []


async def test_a_watch_sees_what_it_is_for(house: House, watch: Watch) -> None:
    async def sleeps() -> None:
        async with watch.begin(house.database)(house.clock()) as work:
            await work.connection.execute(text("SELECT 1"))
            await asyncio.sleep(0.001)

    await watched(sleeps())
    [wrong] = watch.wrong
    assert "test_transactions.py" in wrong


async def test_a_turn_that_is_cut_off_anywhere_is_not_half_done(house: House, watch: Watch) -> None:
    """Cancelled at each of its awaits in turn; the platform repeats the message, and it is done once."""
    mother = house.guest(Channel.TELEGRAM)
    await mother.consents()
    await mother.says("/register")
    await mother.says("1")
    person, at = await mother.person(), 0
    cut = 0
    while True:
        at += 1
        before, watch.seen, watch.cuts = await state(house, person), 0, at
        message = Incoming(
            Channel.TELEGRAM, mother.address, f"cut-{at}", house.clock(), Text("/menu" if at % 2 else "/register"), "uk"
        )
        done = await asyncio.gather(asyncio.create_task(house.desk.receive(message)), return_exceptions=True)
        if watch.cuts is not None:  # it has fewer awaits than that
            watch.cuts = None
            break
        cut += 1
        after = await state(house, person)
        if isinstance(done[0], asyncio.CancelledError):
            assert after == before or after[0] == before[0] + 1, "all of it, or nothing"
        receipt = await house.desk.receive(message)
        assert receipt.repeat is (after != before)
        once = await state(house, person)
        assert once[0] == before[0] + 1
        assert once[1] == before[1] + 1, "one turn"
        await house.deliver()
    assert cut > 10
    assert house.database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


async def state(house: House, person: int) -> tuple[int, int, int]:
    """How many messages are known, how many turns the person has had, how many letters there are."""
    async with house.database.engine.connect() as connection:
        row = await connection.execute(
            text(
                "SELECT (SELECT count(*) FROM arrivals), (SELECT turn FROM people WHERE id = :id),"
                " (SELECT count(*) FROM letters WHERE person_id = :id)"
            ),
            {"id": person},
        )
        messages, turns, letters = row.one()
    return messages, turns, letters
