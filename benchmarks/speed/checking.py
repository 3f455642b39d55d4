"""`make bench CHECK=1`: has a ratio fallen by a third against `docs/performance.md`, twice in a row?

Rates and milliseconds are of a machine at an hour; ratios of what ran side by side are compared. What seems to have
fallen is measured once more before it counts.
"""

import re
from collections.abc import Callable
from typing import Final

from benchmarks.figures import Figure
from benchmarks.row import Row
from benchmarks.speed.performance import parts

THIRD: Final = 1 / 3
_VALUE: Final = re.compile(r"\*\*([-\d.e+]+)\*\*")


def kept(id: str) -> float | None:
    """The ratio of a row in `docs/performance.md`; None for a row that is not there, or is no ratio."""
    part = parts().get(id, "")
    found = _VALUE.search(part)
    return float(found[1]) if found and "ratio" in part else None


def fell(figure: Figure, before: float) -> bool:
    """Is it worse than before by a third or more?"""
    if figure.better == "high":
        return figure.value < before * (1 - THIRD)
    return figure.value > before / (1 - THIRD)


def checked(row: Row, measured: Callable[[Row, int], Figure | None]) -> tuple[Figure | None, str | None]:
    """A row's figure, and what is to be said if its ratio has fallen in two measurements in a row."""
    figure, before = measured(row, 7), kept(row.id)
    if figure is None or before is None or not fell(figure, before):
        return figure, None
    again = measured(row, 8)
    if again is None or not fell(again, before):
        return again, None
    return again, f"{row.id}: {before:g} in docs/performance.md, now {figure.value:g} and {again.value:g}"
