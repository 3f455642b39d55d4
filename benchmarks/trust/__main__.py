"""`make prove-trust`: no one person, no stolen copy, no bad hour can betray a family, measured row by row.

FAST=1 ends within a minute and writes nothing: its rows are measured side by side, and printed as they end. A full run
writes `docs/evidence.md`; CASES=n, where a row's cases are updates, is one with fewer. ROW=id measures one row (several
with commas), SEED=n other random cases, JSON=1 ends with a line of JSON, BREAK=id plants that row's fault: it has to
turn red.
"""

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, groupby
from multiprocessing.connection import Connection
from typing import Final

import structlog

from benchmarks.figures import Figure, chosen, end, planted
from benchmarks.row import Row, measured
from benchmarks.trust import clusters, edges
from benchmarks.trust.evidence import EVIDENCE
from benchmarks.trust.rows import ROWS

SIDE_BY_SIDE: Final = 3
"""Groups of rows that a short run measures at a time: what most of them do is wait."""

FORKED: Final = multiprocessing.get_context("fork")


def briefly(rows: Iterable[Row], *, broken: str, seed: int) -> list[Figure]:
    """The rows of each module in a process of their own, forked when all is imported and the databases are furnished of
    which each has a copy."""
    groups = [list(group) for _, group in groupby(rows, lambda row: row.measure.__module__)]
    if len(groups) > 1:
        asyncio.run(clusters.furnish())
        asyncio.run(edges.furnish_edges())
    with ThreadPoolExecutor(SIDE_BY_SIDE) as lanes:
        return list(chain.from_iterable(lanes.map(lambda group: _forked(group, broken, seed), groups)))


def _forked(rows: Sequence[Row], broken: str, seed: int) -> list[Figure]:
    hears, tells = FORKED.Pipe(duplex=False)
    process = FORKED.Process(target=_group, args=(rows, broken, seed, tells))
    process.start()
    tells.close()
    try:
        figures: list[Figure] = hears.recv()
    except EOFError:
        raise AssertionError(f"{', '.join(row.id for row in rows)}: could not be measured") from None
    finally:
        process.join()
    return figures


def _group(rows: Sequence[Row], broken: str, seed: int, tells: Connection) -> None:
    tells.send([measured(row, fast=True, broken=row.id == broken, seed=seed) for row in rows])


def main() -> int:
    fast, seed = bool(os.environ.get("FAST")), int(os.environ.get("SEED", "7"))
    broken = planted([row.id for row in ROWS])
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))  # faults are meant here
    print(f"{'':<18}{'cases':>9}{'seen':>10}{'limit':>8}{'took':>10}")
    if fast:
        return end(briefly(chosen(ROWS), broken=broken, seed=seed))
    figures = []
    for row in chosen(ROWS):
        figures.append(measured(row, fast=False, broken=row.id == broken, seed=seed))
        if not broken:
            EVIDENCE.write(figures[-1])
    return end(figures)


if __name__ == "__main__":
    sys.exit(main())
