"""Every row of the proof of trust, in the order in which it is printed."""

from typing import Final

from benchmarks.row import Row
from benchmarks.trust import (
    clocks,
    crowds,
    fuzzed,
    keyrings,
    kills,
    logged,
    pauses,
    persons,
    poisoned,
    repeated,
    standby,
    stops,
)
from benchmarks.trust.audited import AUDIT, LOOKS
from benchmarks.trust.tampered import TAMPERING

ROWS: Final[tuple[Row, ...]] = (
    *kills.ROWS,
    *stops.ROWS,
    *standby.ROWS,
    *pauses.ROWS,
    *repeated.ROWS,
    *poisoned.ROWS,
    *keyrings.ROWS,
    *crowds.ROWS,
    LOOKS,
    AUDIT,
    TAMPERING,
    *persons.ROWS,
    *clocks.ROWS,
    *fuzzed.ROWS,
    *logged.ROWS,
)
