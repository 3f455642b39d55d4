"""How long a member of staff waits at 6,000 cases: the queue, its pages and filters, `/doubtful`, opening a case.

`make bench-queue`; FAST=1 is a fifth of it, JSON=1 ends with a line of JSON, BREAK=id plants that row's fault. A row is
what one press or one line costs through the real desk, rules, database and courier, until the answer is on the page, in
milliseconds: the middle of its times. The first, of a process that has just begun, and the slowest are printed beside.
"""

import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final
from unittest import mock

import structlog

from benchmarks.caseload import CENTER, Caseload, fill
from benchmarks.figures import Figure, end, planted
from bot.postgres import Server
from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.board import View
from casework.cases import match
from casework.ids import PersonId, StaffId
from casework.sessions import SESSION_LASTS
from dialogs.said import Text
from dialogs.scripts import SCRIPTS
from dialogs.words import Words
from handlers.channel import Message
from handlers.courier import Courier
from handlers.desk import Desk
from handlers.incoming import Incoming
from storage.audit import StoredAudit
from storage.database import Database, migrate
from tests.visiting import with_code

MANY: Final = 6_000
FEW: Final = 1_200
TIMES: Final = 5
LONGEST: Final = 1_000
"""Milliseconds that anybody waits."""

NOW: Final = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

ROWS: Final = {
    "queue": ("/queue",),
    "queue-page-5": ("/queue all 32",),
    "queue-mine": ("/queue mine",),
    "queue-overdue": ("/queue overdue",),
    "board": (),
    "board-page-5": (),
    "doubtful": ("/doubtful",),
    "case-by-name": ("/find {named}", "/case {number}"),
    "case-by-digits": ("/find {digits}", "/case {number}"),
}
"""What is said for each row; the board is looked at. A case is found, and opened by a press, which is a command too."""


class Page:
    """A member's page: it keeps what came last."""

    channel = Channel.WEB

    def __init__(self) -> None:
        self.text, self._numbers = "", count(1)

    async def send(self, address: str, message: Message) -> str:
        self.text += message.text
        return str(next(self._numbers))

    async def retract(self, address: str, ids: Sequence[str]) -> None:
        pass


@dataclass
class Operator:
    """A member of staff at work. `moment` goes on by a second at each look."""

    database: Database
    person: PersonId
    address: str
    moment: datetime = NOW

    def __post_init__(self) -> None:
        words = Words()
        self.page = Page()
        self.courier = Courier(self.database.work, words, self.page, self.clock)
        self.desk = Desk(self.database.work, words, SCRIPTS, self.clock)
        self._numbers = count(1)

    def clock(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment

    async def says(self, text: str) -> None:
        """Until the answer is there."""
        self.page.text = ""
        said = Incoming(Channel.WEB, self.address, f"m{next(self._numbers)}", self.clock(), Text(text), "uk")
        await self.desk.receive(said)
        while await self.courier.deliver_due():
            pass
        if not self.page.text:
            raise AssertionError(f"{text}: nothing was answered")

    async def looks(self, page: int) -> None:
        async with self.database.work(self.clock()) as work:
            actor = Actor(self.person, "uk", Channel.WEB, await with_code(self.person, work))
            sections = await rulebook.board(actor, work, View(page=page))
            await work.commit()
        if not sections[-1].rows:
            raise AssertionError("the board's queue is empty")


async def hire(database: Database, role: Role, name: str) -> tuple[StaffId, PersonId, str]:
    """A member of the center's staff, with a page open."""
    async with database.work(NOW - timedelta(days=740)) as work:
        person = await work.people.add("uk")
        token = f"token-{name}"
        hash = work.seals.vault.lookup(f"address/{Channel.WEB}", token)
        await work.people.join_address(person, Channel.WEB, str(person), hash, NOW + SESSION_LASTS)
        member = await work.staff.add(person, role, center=CENTER, name=name)
        await work.commit()
    return member, person, token


async def measure(url: str, many: int, chance: random.Random, broken: str) -> tuple[Caseload, dict[str, list[float]]]:
    """Milliseconds of every time, by row."""
    database = Database(url, bytes(range(32)))
    async with database.work(NOW - timedelta(days=740)) as work:
        await work.seed()
        await work.commit()
    hired = [await hire(database, Role.HEAD, name) for name in ("Бондар Ігор", "Ткач Леся", "Мороз Анна", "Жук Ян")]
    began = time.monotonic()
    made = await fill(database, many, NOW, [member for member, _, _ in hired], chance)
    print(f"{many:,} cases, {made.calls:,} calls that wait, {made.papers:,} reports with papers to look at,", end=" ")
    print(f"made in {time.monotonic() - began:.0f} s")
    await database.close()

    database = Database(url, bytes(range(32)))  # as a process that has just begun: no key, no name in its memory
    try:
        _, person, token = hired[0]
        operator = Operator(database, person, token)
        began = time.monotonic()
        for _ in range(2):  # as the service's own tick does: it fills the index of names, and compares what was filed
            async with database.work(operator.clock()) as work:
                await match(work)
                await work.commit()
        print(f"names read into the index in {time.monotonic() - began:.1f} s\n")
        return made, {row: await _times(operator, row, made, row == broken) for row in ROWS}
    finally:
        await database.close()


async def _times(operator: Operator, row: str, made: Caseload, slow: bool) -> list[float]:
    said = [line.format(named=made.named, digits=made.number[-4:], number=made.number) for line in ROWS[row]]
    page = 5 if row.endswith("5") else 1
    steps: list[Callable[[], Awaitable[None]]] = [lambda line=line: operator.says(line) for line in said]  # type: ignore[misc]
    steps = steps or [lambda: operator.looks(page)]
    times = []
    with fault(slow):
        for _ in range(TIMES):
            began = time.monotonic()
            for step in steps:
                await step()
            times.append((time.monotonic() - began) * 1000)
    return times


@contextmanager
def fault(planted: bool) -> Iterator[None]:
    """With a look that waits for something before it is recorded, as behind a lock."""
    if not planted:
        yield
        return
    with mock.patch("storage.audit.StoredAudit.looked", _waiting):
        yield


async def _waiting(audit: StoredAudit, *args: Any, **more: Any) -> None:
    await asyncio.sleep(LONGEST / 1000)
    await LOOKED(audit, *args, **more)


LOOKED: Final = StoredAudit.looked


def main() -> int:
    broken = planted(ROWS)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    many = FEW if os.environ.get("FAST") else MANY
    chosen = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print(f"SEED={chosen}: a center's caseload of two years")
    with tempfile.TemporaryDirectory(prefix="zviazok-queue-") as folder:
        server = Server(Path(folder), fsync=False)
        try:
            url = server.start()
            asyncio.run(migrate(url))
            _, times = asyncio.run(measure(url, many, random.Random(chosen), broken))  # noqa: S311  no secret hangs on it
        finally:
            server.stop()
    print(f"{'':<16}{'first':>9}{'middle':>9}{'slowest':>9}   ms, of {TIMES}")
    for row, found in times.items():
        print(f"{row:<16}{found[0]:>9.0f}{sorted(found)[TIMES // 2]:>9.0f}{max(found):>9.0f}")
    figures = [Figure(row, many, round(sorted(found)[TIMES // 2]), LONGEST) for row, found in times.items()]
    holds = all(figure.holds for figure in figures)
    print("\nNobody waits a second for them." if holds else "\nIT DOES NOT HOLD.")
    return end(figures)


if __name__ == "__main__":
    sys.exit(main())
