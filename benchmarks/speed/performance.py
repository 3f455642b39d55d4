"""`docs/performance.md`: each row of the last full run with what was seen beside it, its day, machine and commit. A row
that is measured again replaces its part; the others stay."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, commit, machine
from benchmarks.row import Growth
from benchmarks.speed.growth import drawn
from benchmarks.speed.rows import ROWS

FILE: Final = Path(__file__).parents[2] / "docs" / "performance.md"
PICTURES: Final = "performance"
"""Where the pictures are, beside the file."""

NOTES: Final = "run", "profile"
"""Parts that are no rows."""

OF_SOAK: Final = "soak-memory", "soak-queue", "soak-lost"
"""The rows of `make soak`, after those of `make bench`."""

HEAD: Final = """\
# Performance

The figures of `make bench` and, at the end, of `make soak`, each from a full run on the machine, day and commit of its
part. `make bench ROW=id` measures one row again and replaces its part here; a change that was not committed is marked
with `+`. A ratio is the median of at least five paired repetitions, with the least and the greatest. Rates are of this
machine at that hour: compare ratios.

Where the rest of a turn goes stands under turn-python. Tried, and of no use: uvloop (2.4 ms of Python either way: what
is dear is not the loop). Not done: to lock and to read in one statement (what waits for the lock would be read as it
was before), and to send BEGIN and COMMIT along with a statement (asyncpg has no pipeline; `EXECUTE` with values written
into it would make quoting ours). Of the server's time for the reading statement three quarters are the beginning and
the end of a plan over a dozen tables, and not what it reads.

A letter is leased by one statement and marked by another, which commit by themselves: a third of the round trips that
they took within transactions. To send it was as dear as the turn; half of that were python-telegram-bot's types, and
what is left is mostly aiohttp's request. Not done: to lease in the statement that ends a turn (it would save the claim,
and the courier's rules would stand in the desk's statement), and a lease without fsync (less would be known after a
crash of what may have been shown, and rows beside others promise the same).

What a start imports and holds stands in
[decisions.md](decisions.md#a-start-imports-in-one-go-reads-compact-tables-and-its-server-shares-out-32-mb). Packages of
development count in `start` and `memory-idle` where they are installed: rich, click and pygments, which structlog and
httpx import if they are there, are 4 MB and a tenth of a second that an installed service does not have.
"""


def write(figure: Figure, promise: str, seen: Sequence[str], growth: Growth | None = None) -> None:
    """Put a row's part into the file, in the order of the rows, and its picture beside it."""
    known = parts()
    limit = f"{'at most' if figure.better == 'low' else 'at least'} {figure.limit:g}"
    said = f"**{figure.value:g}**, {limit}{'' if figure.holds else ': does not hold'}"
    where = f"{figure.n:,} cases, {datetime.now(UTC):%Y-%m-%d}, commit {commit()}, {machine()}"
    lines = "".join(f"- {line}\n" for line in seen)
    known[figure.id] = f"## {figure.id}\n\n{promise[0].upper()}{promise[1:]}: {said}. {where}.\n\n{lines}"
    if growth is not None:
        picture = FILE.parent / PICTURES / f"{figure.id}.svg"
        picture.parent.mkdir(exist_ok=True)
        picture.write_text(drawn(growth), encoding="utf-8")
        known[figure.id] += f"\n![{growth.of} by {growth.by}]({PICTURES}/{figure.id}.svg)\n"
    _keep(known)


def plotted(points: Mapping[str, float], unit: str) -> tuple[str, ...]:
    """A line for each point, with a bar in proportion to the greatest."""
    wide, most = max(map(len, points)), max(points.values())
    return tuple(
        f"`{name:>{wide}}  {'█' * max(1, round(24 * value / most)):<24}  {value:.3g} {unit}`"
        for name, value in points.items()
    )


def note(name: str, heading: str, lines: Sequence[str]) -> None:
    """Put a part in front of the rows: what the last full run took, where a message's time goes."""
    known = parts()
    listed = "".join(f"- {line}\n" for line in lines)
    known[name] = f"## {name}\n\n{heading}, {datetime.now(UTC):%Y-%m-%d}, commit {commit()}, {machine()}.\n\n{listed}"
    _keep(known)


def _keep(known: Mapping[str, str]) -> None:
    names = [*NOTES, *(row.id for row in ROWS), *OF_SOAK]
    FILE.write_text(HEAD + "".join(f"\n{known[name].rstrip()}\n" for name in names if name in known), encoding="utf-8")


def parts() -> dict[str, str]:
    """Each row's part of the file, by its id."""
    if not FILE.exists():
        return {}
    text = FILE.read_text(encoding="utf-8")
    return {part.split("\n", 1)[0].removeprefix("## "): part for part in re.split(r"\n(?=## )", text)[1:]}
