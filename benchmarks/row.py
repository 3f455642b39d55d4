"""A row of a proof: what it promises, how it is measured, and the fault that shows that it can fail."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from benchmarks.figures import Figure

MOST_FOUND: Final = 20


@dataclass(frozen=True, slots=True)
class Run:
    """How a row is measured. `fast`: in seconds, with fewer cases. `broken`: with the row's fault planted. `seed`: of
    everything random. `folder`: empty, the row's own, removed afterwards."""

    fast: bool
    broken: bool
    seed: int
    folder: Path

    def progress(self, done: str) -> None:
        """Tell, beside the figures, how far a full run is: it takes minutes."""
        if not self.fast:
            print(f"{datetime.now(UTC):%H:%M:%S}  {done}", file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class Growth:
    """What something costs at several sizes: `of` what, in which `unit`, `by` what it grows; points of size and cost,
    by the name of their line."""

    of: str
    unit: str
    by: str
    lines: Mapping[str, Sequence[tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class Measured:
    """`value` over `n` cases; `found` says in words what was wrong, a line each, without personal data; `growth` is to
    be drawn."""

    n: int
    value: float
    found: tuple[str, ...] = ()
    growth: Growth | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """`promise` is one line; `limit` is the most that holds where `better` is "low", the least where it is "high"."""

    id: str
    promise: str
    limit: float
    measure: Callable[[Run], Coroutine[Any, Any, Measured]]
    better: Literal["low", "high"] = "low"


def measured(
    row: Row, *, fast: bool, broken: bool, seed: int, keep: Callable[[Figure, Measured], None] | None = None
) -> Figure:
    """One row, in a folder of its own; prints its line. A full run that is not broken is kept."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="zviazok-proof-") as folder:
        seen = asyncio.run(row.measure(Run(fast, broken, seed, Path(folder))))
    figure = told(row, seen, time.monotonic() - began)
    if keep is not None and not (fast or broken):
        keep(figure, seen)
    return figure


def told(row: Row, seen: Measured, took: float) -> Figure:
    """The figure of what was seen in so many seconds; prints its line."""
    figure = Figure(row.id, seen.n, round(seen.value, 3), row.limit, row.better)
    holds = "" if figure.holds else "   RED"
    said = [f"{row.id:<18}{figure.n:>9,}{figure.value:>10g}{row.limit:>8g}{took:>8.1f} s  {row.promise}{holds}"]
    said += [f"{'':<18}{line}" for line in seen.found[:MOST_FOUND]]
    print("\n".join(said), flush=True)
    return figure
