"""`make bench`: how much work a message is, row by row, beside what others need for theirs.

FAST=1 ends within three minutes at smaller sizes, and writes nothing. A full run writes `docs/performance.md`. ROW=id
measures one row (several with commas), JSON=1 ends with a line of JSON, BREAK=id plants that row's fault: it turns red.
CHECK=1 writes nothing, and fails where a ratio has fallen by a third against that file in two measurements in a row.
What cannot be measured here is left out by name.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import Figure, chosen, end, planted
from benchmarks.row import Row, Run
from benchmarks.speed import performance
from benchmarks.speed.checking import checked
from benchmarks.speed.profiling import profiled
from benchmarks.speed.rows import ROWS
from benchmarks.speed.servers import NotToBeHad


def measured(row: Row, *, fast: bool, broken: bool, kept: bool, seed: int = 7) -> Figure | None:
    """One row, in a folder of its own; prints its line and what was seen, and is `kept`. None where it cannot be
    measured."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="zviazok-speed-") as folder:
        try:
            seen = asyncio.run(row.measure(Run(fast, broken, seed, Path(folder))))
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
    if kept:
        performance.write(figure, row.promise, seen.found, seen.growth)
    return figure


def main() -> int:
    broken, fast = planted([row.id for row in ROWS]), bool(os.environ.get("FAST"))
    rows, check = chosen(ROWS), bool(os.environ.get("CHECK"))
    began = time.monotonic()
    print(f"{'':<16}{'cases':>10}{'seen':>10}{'limit':>8}{'took':>10}")

    def measure(row: Row, seed: int) -> Figure | None:
        kept = not (fast or broken or check)
        return measured(row, fast=fast, broken=row.id == broken, kept=kept, seed=seed)

    if check:
        return _compared([checked(row, measure) for row in rows])
    seen = [measure(row, 7) for row in rows]
    took = f"{len(rows)} rows took {(time.monotonic() - began) / 60:.1f} minutes"
    print(took)
    if not (fast or broken or os.environ.get("ROW")):
        performance.note("run", "The last full run", [took])
        with tempfile.TemporaryDirectory(prefix="zviazok-profile-") as folder:
            spent = asyncio.run(profiled(Path(folder)))
        each = {name: 100 * share for name, share in spent.items()}
        performance.note("profile", "Whose the time of our process is in `talk`", performance.plotted(each, "%"))
    return end([figure for figure in seen if figure is not None])


def _compared(seen: Sequence[tuple[Figure | None, str | None]]) -> int:
    fallen = [said for _, said in seen if said is not None]
    for said in fallen:
        print(f"FALLEN  {said}")
    end([figure for figure, _ in seen if figure is not None])
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
