"""Every row of `make bench`, in the order in which it is printed."""

from typing import Final

from benchmarks.speed import contests, names
from benchmarks.speed.row import Row

ROWS: Final[tuple[Row, ...]] = (*contests.ROWS, *names.ROWS)
