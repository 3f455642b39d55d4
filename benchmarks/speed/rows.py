"""Every row of `make bench`, in the order in which it is printed."""

from typing import Final

from benchmarks.row import Row
from benchmarks.speed import (
    answers,
    backlog,
    caseload,
    contests,
    free_times,
    lengths,
    names,
    outbox,
    pace,
    pages,
    rush,
    service,
)

ROWS: Final[tuple[Row, ...]] = (
    *contests.ROWS,
    *answers.ROWS,
    *outbox.ROWS,
    *lengths.ROWS,
    *backlog.ROWS,
    *pace.ROWS,
    *rush.ROWS,
    *free_times.ROWS,
    *names.ROWS,
    *pages.ROWS,
    *service.ROWS,
    *caseload.ROWS,
)
