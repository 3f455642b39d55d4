"""What a relative costs a center's ticks, lists and dates, where it has many against where it has few."""

from __future__ import annotations

import statistics
import time
from contextlib import ExitStack
from datetime import timedelta
from typing import Final

from benchmarks.contact.faults import planted
from benchmarks.contact.town import CENTERS, Town, town
from benchmarks.row import Measured, Run
from benchmarks.speed.processes import processor_time
from casework.actor import Actor
from casework.contact import keep
from casework.contact.promising import HowPromised
from casework.contact.record import Contact, ContactKind
from casework.contact.silences import InContact
from casework.ids import StaffId
from casework.reports import MyStanding
from casework.rulebook import answer, board

SMALL, LARGE = 2_000, 20_000
FEW, MANY = 100, 400
DAYS, FEW_DAYS = 14, 2
"""Each has its tick, a sixtieth of the relatives who are in contact and look, the list that members look at, and a head
who looks at the board and at what the promise costs."""

LOOK: Final = 100
"""Relatives for whom there is somebody who looks at the list each day."""


async def growth(run: Run) -> Measured:
    brief = run.fast or run.broken
    small, large = (FEW, MANY) if brief else (SMALL, LARGE)
    with ExitStack() as stack:
        if run.broken:
            stack.enter_context(planted("growth"))
        each = [await _cost(run, many, FEW_DAYS if brief else DAYS) for many in (small, large)]
    said = f"{small:,} relatives: {each[0] * 1e6:.0f} µs each a day; {large:,}: {each[1] * 1e6:.0f} µs"
    return Measured(large, each[1] / each[0], (said,))


async def _cost(run: Run, relatives: int, days: int) -> float:
    """Seconds of processor time, ours and the server's, for a relative and day: the median of the days."""
    folder = run.folder / str(relatives)
    async with town(folder, relatives, run.seed, at=CENTERS[:1]) as made:
        server = int((folder / "data" / "postgres" / "postmaster.pid").read_text().split()[0])
        run.progress(f"{relatives:,} relatives are there")
        await _day(made)
        took = []
        for _ in range(days):
            began = time.process_time() + processor_time(server)
            await _day(made)
            took.append(time.process_time() + processor_time(server) - began)
        return statistics.median(took) / relatives


async def _day(made: Town) -> None:
    made.at += timedelta(days=1)
    people = list(made.relatives.values())
    for relative in made.chance.sample(people, len(people) // 60):
        async with made.work() as work:
            about = await made.database.ids.take(work.connection)
            by = StaffId(made.heads[relative.center].id)
            await work.contacts.add(Contact(relative.person, relative.report, ContactKind.CALL, work.now, by), about)
            await work.commit()
        async with made.work() as work:
            await answer(MyStanding(relative.number), Actor(relative.person, "uk", relative.channel), work)
    async with made.work() as work:
        await keep(CENTERS[0], work)
        await work.commit()
    for _ in range(-(-len(people) // LOOK)):
        async with made.work() as work:
            await answer(InContact(), made.acting(made.heads[CENTERS[0]]), work)
            await work.commit()
    async with made.work() as work:
        head = made.acting(made.heads[CENTERS[0]])
        await board(head, work)
        await answer(HowPromised(), head, work)
        await work.commit()
