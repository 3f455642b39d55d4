"""A row of the proof of trust: what it promises, how it is measured, and the fault that shows that it can fail."""

import sys
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Run:
    """How a row is measured. `fast`: in seconds, with fewer cases. `broken`: with the row's fault planted. `seed`: of
    everything random. `folder`: empty, the row's own, removed afterwards."""

    fast: bool
    broken: bool
    seed: int
    folder: Path

    def progress(self, done: str) -> None:
        """Tell, beside the figures, how far a full run is: it takes minutes."""
        if not self.fast:
            print(f"{datetime.now(UTC):%H:%M:%S}  {done}", file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class Measured:
    """`value` over `n` cases; `found` says in words what was wrong, a line each, without personal data."""

    n: int
    value: float
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """`promise` is one line; `limit` is the most that holds where `better` is "low", the least where it is "high"."""

    id: str
    promise: str
    limit: float
    measure: Callable[[Run], Coroutine[Any, Any, Measured]]
    better: Literal["low", "high"] = "low"
