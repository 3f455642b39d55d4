"""`make prove-contact`: no family is left in silence, measured row by row in a town that lives by the real rules.

20,000 relatives of 10,000 cases live 400 days on a compressed clock, over a real database: the rows of the year are
read off one and the same town. FAST=1 is a smaller town with fewer days and a shorter promise, within a minute, and
writes nothing; a full run writes `docs/evidence-contact.md`. CASES=n and DAYS=n are other sizes, ROW=id prints one row
(several with commas), SEED=n is another story, JSON=1 ends with a line of JSON, BREAK=id plants that row's fault: it
has to turn red.
"""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

import structlog

from benchmarks.contact.evidence import EVIDENCE
from benchmarks.contact.rows import ROWS, SEEN, lived
from benchmarks.figures import chosen, end, planted
from benchmarks.row import Run, measured, told


def main() -> int:
    fast, seed = bool(os.environ.get("FAST")), int(os.environ.get("SEED", "7"))
    broken = planted([row.id for row in ROWS])
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))  # faults are meant here
    print(f"{'':<18}{'cases':>9}{'seen':>10}{'limit':>8}{'took':>10}")
    figures, rows = [], chosen(ROWS)
    if any(row.id in SEEN for row in rows):
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="zviazok-proof-") as folder:
            run = Run(fast, bool(broken), seed, Path(folder))
            year = asyncio.run(lived(run, broken if broken in SEEN else ""))
        took = time.monotonic() - began
        figures = [told(row, SEEN[row.id](year), took) for row in rows if row.id in SEEN]
    figures += [measured(row, fast=fast, broken=row.id == broken, seed=seed) for row in rows if row.id not in SEEN]
    if not (fast or broken or "CASES" in os.environ or "DAYS" in os.environ):
        for figure in figures:
            EVIDENCE.write(figure)
    return end(figures)


if __name__ == "__main__":
    sys.exit(main())
