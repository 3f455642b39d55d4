"""`docs/performance.md`: each row of the last full run with what was seen beside it, its day, machine and commit. A row
that is measured again replaces its part; the others stay."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, commit, machine
from benchmarks.speed.rows import ROWS

FILE: Final = Path(__file__).parents[2] / "docs" / "performance.md"
HEAD: Final = """\
# Performance

The figures of `make bench`, each from a full run on the machine, day and commit of its part. `make bench ROW=id`
measures one row again and replaces its part here; a change that was not committed is marked with `+`. A ratio is the
median of at least five paired repetitions, with the least and the greatest. Rates are of this machine at that hour:
compare ratios.
"""


def write(figure: Figure, promise: str, seen: Sequence[str]) -> None:
    """Put a row's part into the file, in the order of the rows."""
    parts = _parts()
    limit = f"{'at most' if figure.better == 'low' else 'at least'} {figure.limit:g}"
    said = f"**{figure.value:g}**, {limit}{'' if figure.holds else ': does not hold'}"
    where = f"{figure.n:,} cases, {datetime.now(UTC):%Y-%m-%d}, commit {commit()}, {machine()}"
    lines = "".join(f"- {line}\n" for line in seen)
    parts[figure.id] = f"## {figure.id}\n\n{promise[0].upper()}{promise[1:]}: {said}. {where}.\n\n{lines}"
    FILE.write_text(
        HEAD + "".join(f"\n{parts[row.id].rstrip()}\n" for row in ROWS if row.id in parts), encoding="utf-8"
    )


def _parts() -> dict[str, str]:
    if not FILE.exists():
        return {}
    text = FILE.read_text(encoding="utf-8")
    return {part.split("\n", 1)[0].removeprefix("## "): part for part in re.split(r"\n(?=## )", text)[1:]}
