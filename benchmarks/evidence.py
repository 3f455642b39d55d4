"""A file of evidence: the figures of the full runs, each row with its machine, day and commit. A row that is measured
again replaces its line; the other lines stay, so that a long proof can be run row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, commit, machine
from benchmarks.row import Row

DOCS: Final = Path(__file__).parents[1] / "docs"
TABLE: Final = """\
| row | promise | cases | seen | limit | day | commit | machine |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """`head` is what the file says above its table; `rows` are in the order of the proof."""

    file: Path
    head: str
    rows: Sequence[Row]

    def write(self, figure: Figure) -> None:
        """Put a row's line into the file."""
        kept = {line.split("|")[1].strip(" `"): line for line in self._lines()}
        promise = next(row.promise for row in self.rows if row.id == figure.id)
        limit = f"{'at most' if figure.better == 'low' else 'at least'} {figure.limit:g}"
        seen = f"**{figure.value:g}**" if figure.holds else f"**{figure.value:g}: does not hold**"
        cells = (
            f"`{figure.id}`",
            promise,
            f"{figure.n:,}",
            seen,
            limit,
            f"{datetime.now(UTC):%Y-%m-%d}",
            commit(),
            machine(),
        )
        kept[figure.id] = f"| {' | '.join(cells)} |"
        lines = "".join(f"{kept[row.id]}\n" for row in self.rows if row.id in kept)
        self.file.write_text(f"{self.head}\n{TABLE}{lines}", encoding="utf-8")

    def _lines(self) -> list[str]:
        if not self.file.exists():
            return []
        return [line for line in self.file.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
