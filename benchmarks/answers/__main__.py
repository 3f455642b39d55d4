"""`make answers`: measures the parsers and writes `docs/answers.md`.

SEED=n draws other cases; FAST=1 draws few and writes no file; JSON=1 ends with a line of JSON; BREAK=id plants a fault
in one row, which turns red, and the exit code is not 0.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.answers import KINDS
from benchmarks.answers.frame import Row, judge
from benchmarks.figures import Figure, end, planted

DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "answers.md"
SEED: Final = 7
SHOWN: Final = 20
HEAD: Final = ("row", "what is typed", "tried", "right", "asked", "wrong")


def main() -> int:
    seed, broken = int(os.environ.get("SEED") or SEED), planted([kind.id for kind in KINDS])
    few = bool(os.environ.get("FAST"))
    rows = [judge(kind, seed, few=few, broken=kind.id == broken) for kind in KINDS]
    table = "\n".join(_table(rows))
    print(table)
    for line in _wrong(rows):
        print(line)
    if not few and not broken and seed == SEED:
        DOCUMENT.write_text(_document(table, rows), encoding="utf-8")
    return end([Figure(row.id, row.tried, len(row.wrong), 0) for row in rows])


def _table(rows: list[Row]) -> Iterator[str]:
    cells = [
        HEAD,
        *((r.id, r.title, str(r.tried), _share(r, r.right), _share(r, r.asked), str(len(r.wrong))) for r in rows),
    ]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEAD))]
    for number, line in enumerate(cells):
        yield f"| {' | '.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))} |"
        if number == 0:
            yield f"| {' | '.join('-' * width for width in widths)} |"


def _share(row: Row, count: int) -> str:
    return f"{count} ({100 * count / row.tried:.0f} %)" if row.tried else "0"


def _wrong(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        for case, answer in row.wrong[:SHOWN]:
            expected = " or ".join(sorted(case.right)) or "to be asked"
            yield f"WRONG {row.id}: {case.typed!r} became {answer!r} instead of {expected}"
        if len(row.wrong) > SHOWN:
            yield f"WRONG {row.id}: and {len(row.wrong) - SHOWN} more"


def _document(table: str, rows: list[Row]) -> str:
    wrong = "\n".join(f"    {line}" for line in _wrong(rows))
    return (
        f"""# Where answers land

Made by `make answers` with SEED={SEED}; another seed draws other cases. What is typed is written by hand or taken from
the Unicode CLDR, inflected as people write and misspelt by chance; the parsers' own names are the codifier's and
GeoNames'. "Asked" is a question with buttons or the question once more, with the reason: it costs a press. "Wrong" is
an answer that was taken and is another than was meant: it is nought, or `make answers` fails and prints it.

{table}
{wrong}""".rstrip()
        + "\n"
    )


if __name__ == "__main__":
    sys.exit(main())
