"""`make bench`: how much work a message is, row by row, beside what others need for theirs.

FAST=1 ends within three minutes at smaller sizes, and writes nothing. A full run writes `docs/performance.md`. ROW=id
measures one row (several with commas), JSON=1 ends with a line of JSON, BREAK=id plants that row's fault: it turns red.
What cannot be measured here is left out by name.
"""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure, chosen, end, planted
from benchmarks.row import Row, Run
from benchmarks.speed import performance
from benchmarks.speed.rows import ROWS
from benchmarks.speed.servers import NotToBeHad


def measured(row: Row, *, fast: bool, broken: bool) -> Figure | None:
    """One row, in a folder of its own; prints its line and what was seen. None where it cannot be measured."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="zviazok-speed-") as folder:
        try:
            seen = asyncio.run(row.measure(Run(fast, broken, 7, Path(folder))))
        except NotToBeHad as why:
            print(f"{row.id:<16}left out: {why}", flush=True)
            return None
    figure = Figure(row.id, seen.n, float(f"{seen.value:.3g}"), row.limit, row.better)
    took = time.monotonic() - began
    holds = "" if figure.holds else "   RED"
    print(f"{row.id:<16}{figure.n:>10,}{figure.value:>10g}{row.limit:>8g}{took:>8.1f} s  {row.promise}{holds}")
    for line in seen.found:
        print(f"{'':<16}{line}")
    sys.stdout.flush()
    if not (fast or broken):
        performance.write(figure, row.promise, seen.found)
    return figure


def main() -> int:
    broken = planted([row.id for row in ROWS])
    print(f"{'':<16}{'cases':>10}{'seen':>10}{'limit':>8}{'took':>10}")
    rows = chosen(ROWS)
    seen = [measured(row, fast=bool(os.environ.get("FAST")), broken=row.id == broken) for row in rows]
    return end([figure for figure in seen if figure is not None])


if __name__ == "__main__":
    sys.exit(main())
