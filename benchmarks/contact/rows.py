"""The rows of the proof of constant contact. Those of the year are measured together, in one town."""

from __future__ import annotations

import os
from collections.abc import Callable
from math import ceil
from typing import Final

from benchmarks.contact.faults import planted
from benchmarks.contact.growth import growth
from benchmarks.contact.town import PROMISED, town
from benchmarks.contact.watching import Watch
from benchmarks.contact.year import Year
from benchmarks.row import Measured, Row, Run

RELATIVES, DAYS = 20_000, 400
FEW_RELATIVES, FEW_DAYS, SHORT = 100, 26, (14, 28, 10)
"""A fast run: a smaller town, fewer days, and a promise that runs out twice within them."""


async def lived(run: Run, fault: str) -> Watch:
    """A year in a town, with the fault of a row or none."""
    brief = run.fast or run.broken
    relatives = int(os.environ.get("CASES", "0")) or (FEW_RELATIVES if brief else RELATIVES)
    days = int(os.environ.get("DAYS", "0")) or (FEW_DAYS if brief else DAYS)
    promised = SHORT if brief else PROMISED
    with planted(fault):
        async with town(run.folder, relatives, run.seed, promised) as made:
            run.progress(f"{relatives:,} relatives are there")
            year = Year(made, days, Watch(made), run.progress)
            await year.pass_by()
            run.progress(f"{dict(made.seen)}, killed: {dict(year.kills)}")
            return year.watch


def silent(seen: Watch) -> Measured:
    found = () if not seen.worst else (f"on the worst evening {seen.worst:.3f}",)
    return Measured(sum(seen.days), sum(seen.silent) / max(sum(seen.days), 1), found)


def answered(seen: Watch, share: float) -> Measured:
    """So many working hours, or fewer, that share of the families waited; whoever waits still counts with that."""
    place = min(ceil(share * len(seen.hours)), len(seen.hours)) - 1
    return Measured(len(seen.hours), seen.hours[place] if seen.hours else 0)


SEEN: Final[dict[str, Callable[[Watch], Measured]]] = {
    "silent": silent,
    "silent-untold": lambda seen: Measured(sum(seen.silent), len(seen.untold), tuple(seen.untold)),
    "early": lambda seen: Measured(seen.tasks, len(seen.early), tuple(seen.early)),
    "entitled": lambda seen: Measured(seen.messages, len(seen.not_entitled), tuple(seen.not_entitled)),
    "pretended": lambda seen: Measured(seen.words, len(seen.pretended), tuple(seen.pretended)),
    "stuck": lambda seen: Measured(seen.unopened, len(seen.stuck), tuple(seen.stuck)),
    "answer-median": lambda seen: answered(seen, 0.5),
    "answer-late": lambda seen: answered(seen, 0.9),
    "lost": lambda seen: Measured(seen.written, len(seen.lost), tuple(seen.lost)),
    "other": lambda seen: Measured(seen.compared + seen.messages, len(seen.other), tuple(seen.other)),
}
"""How the rows of the year are read off it."""


def of_the_year(id: str, promise: str, limit: float) -> Row:
    """A row that is read off the year; measured alone, it has a year of its own."""

    async def measure(run: Run) -> Measured:
        return SEEN[id](await lived(run, id if run.broken else ""))

    return Row(id, promise, limit, measure)


ROWS: Final = (
    of_the_year("silent", "relatives silent beyond their promise, with or without a task, as a share", 0.05),
    of_the_year("silent-untold", "of these, without a task for a human", 0),
    of_the_year("early", "tasks created more than seven days before they are due, or beyond the head's limit", 0),
    of_the_year("entitled", "messages to somebody not entitled at the moment of sending", 0),
    of_the_year("pretended", '"no news" without a check since the last word, or where only a human speaks', 0),
    of_the_year("lost", "messages lost; repeats without a crash before them", 0),
    of_the_year("other", "facts of one relative's side that reached another relative", 0),
    of_the_year("stuck", "messages unopened for seven days for which no next way was tried", 0),
    of_the_year("answer-median", "first human answer to what a family wrote, in working hours: median", 2),
    of_the_year("answer-late", "the same: 90th percentile", 7),
    Row("growth", "cost a relative, 20,000 against 2,000", 1.3, growth),
)
