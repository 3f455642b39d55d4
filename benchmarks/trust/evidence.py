"""`docs/evidence.md`: the figures of the full runs, each row with its machine, day and commit. A row that is measured
again replaces its line; the other lines stay, so that a long proof can be run row by row."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, commit, machine
from benchmarks.trust.rows import ROWS

FILE: Final = Path(__file__).parents[2] / "docs" / "evidence.md"
HEAD: Final = """\
# Evidence

The figures of `make prove-trust`, each from a full run on the machine, day and commit of its line. `make prove-trust
ROW=id` measures one row again and replaces its line here; a change that was not committed is marked with `+`.

| row | promise | cases | seen | limit | day | commit | machine |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""


def write(figure: Figure) -> None:
    """Put a row's line into the file, in the order of the rows."""
    kept = {line.split("|")[1].strip(" `"): line for line in _lines()}
    promise = next(row.promise for row in ROWS if row.id == figure.id)
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
    FILE.write_text(HEAD + "".join(f"{kept[row.id]}\n" for row in ROWS if row.id in kept), encoding="utf-8")


def _lines() -> list[str]:
    if not FILE.exists():
        return []
    return [line for line in FILE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
