"""`make prove-trust`: no one person, no stolen copy, no bad hour can betray a family, measured row by row.

FAST=1 ends within a minute and writes nothing. A full run writes `docs/evidence.md`; CASES=n, where a row's cases are
updates, is one with fewer. ROW=id measures one row (several with commas), SEED=n other random cases, JSON=1 ends with a
line of JSON, BREAK=id plants that row's fault: it has to turn red.
"""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, chosen, end, planted
from benchmarks.trust import evidence
from benchmarks.trust.row import Row, Run
from benchmarks.trust.rows import ROWS

MOST_FOUND: Final = 20


def measured(row: Row, *, fast: bool, broken: bool, seed: int) -> Figure:
    """One row, in a folder of its own; prints its line."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="zviazok-trust-") as folder:
        seen = asyncio.run(row.measure(Run(fast, broken, seed, Path(folder))))
    figure = Figure(row.id, seen.n, round(seen.value, 3), row.limit, row.better)
    took = time.monotonic() - began
    holds = "" if figure.holds else "   RED"
    print(
        f"{row.id:<18}{figure.n:>9,}{figure.value:>10g}{row.limit:>8g}{took:>8.1f} s  {row.promise}{holds}", flush=True
    )
    for line in seen.found[:MOST_FOUND]:
        print(f"{'':<18}{line}")
    return figure


def main() -> int:
    fast, seed = bool(os.environ.get("FAST")), int(os.environ.get("SEED", "7"))
    broken = planted([row.id for row in ROWS])
    print(f"{'':<18}{'cases':>9}{'seen':>10}{'limit':>8}{'took':>10}")
    figures = []
    for row in chosen(ROWS):
        figures.append(measured(row, fast=fast, broken=row.id == broken, seed=seed))
        if not (fast or broken):
            evidence.write(figures[-1])
    return end(figures)


if __name__ == "__main__":
    sys.exit(main())
