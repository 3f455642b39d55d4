"""`make bench-scale`: what 1, 2 and 4 processes answer over one server; makes the table in `docs/scale.md`.

The processes take turns on every chat, so that each update of a person is another process's. FAST=1 writes nothing.
"""

import asyncio
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.figures import commit, machine
from benchmarks.speed.comparing import for_seconds, in_turn, pairs
from benchmarks.speed.contests import check
from benchmarks.speed.processes import Spell, started
from benchmarks.speed.servers import postgres

FILE: Final = Path(__file__).parents[2] / "docs" / "scale.md"
BEGINS, ENDS = "<!-- make bench-scale -->\n", "<!-- end -->\n"
MANY: Final = 1, 2, 4
CHATS: Final = 32


async def measured(folder: Path, seconds: float) -> Sequence[Sequence[Spell]]:
    """The repetitions of each number of processes, in turn, each over a server of its own."""
    with ExitStack() as stack:
        groups = []
        for many in MANY:
            server = stack.enter_context(await postgres(folder / str(many)))
            group = started(f"{many} processes", "ours", {"url": server.url}, chats=CHATS, of=many, server=server.pid)
            groups.append(stack.enter_context(group))
        spells = in_turn([for_seconds(group, seconds) for group in groups])
        check(groups)
    return spells


def table(spells: Sequence[Sequence[Spell]]) -> str:
    lines = [
        "| processes | turns a second | beside one | ms of ours for a turn | ms of PostgreSQL |",
        "| ---: | ---: | ---: | ---: | ---: |",
    ]
    for many, each in zip(MANY, spells, strict=True):
        rate = statistics.median(one.rate for one in each)
        gained = pairs([one.rate for one in each], [one.rate for one in spells[0]])
        ours, its = (statistics.median(part / one.n for part, one in parts) * 1000 for parts in _costs(each))
        lines.append(f"| {many} | {rate:,.0f} | {gained} | {ours:.2f} | {its:.2f} |")
    where = f"{CHATS} chats, {datetime.now(UTC):%Y-%m-%d}, commit {commit()}, {machine()}"
    return "\n".join([f"{where}; every update of a person is another process's.", "", *lines, ""])


def _costs(spells: Sequence[Spell]) -> tuple[list[tuple[float, Spell]], list[tuple[float, Spell]]]:
    return [(one.cpu, one) for one in spells], [(one.server, one) for one in spells]


def main() -> int:
    fast = bool(os.environ.get("FAST"))
    with tempfile.TemporaryDirectory(prefix="zviazok-scale-") as folder:
        made = table(asyncio.run(measured(Path(folder), 0.3 if fast else 3.0)))
    print(made)
    if not fast:
        before, _, rest = FILE.read_text(encoding="utf-8").partition(BEGINS)
        FILE.write_text(f"{before}{BEGINS}\n{made}\n{ENDS}{rest.partition(ENDS)[2]}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
