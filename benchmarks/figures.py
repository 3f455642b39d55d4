"""The figures of a proof: what each row allows, the line of JSON at the end, the fault that is planted on purpose."""

import json
import os
import sys
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` over `n` cases. `limit` is the most that holds where `better` is "low", the least where it is "high"."""

    id: str
    n: int
    value: float
    limit: float
    better: Literal["low", "high"] = "low"

    @property
    def holds(self) -> bool:
        return self.value <= self.limit if self.better == "low" else self.value >= self.limit


def planted(ids: Collection[str]) -> str:
    """The row whose fault BREAK plants, "" for none; a name that no row has ends the program with 2."""
    broken = os.environ.get("BREAK", "")
    if broken and broken not in ids:
        print(f"BREAK={broken}: there is no such row. There are: {', '.join(ids)}", file=sys.stderr)
        sys.exit(2)
    return broken


def end(figures: Sequence[Figure]) -> int:
    """The exit code; with JSON=1, the last line is printed before it."""
    if os.environ.get("JSON"):
        print(json.dumps({"rows": [asdict(figure) for figure in figures]}, ensure_ascii=False))
    return 0 if all(figure.holds for figure in figures) else 1
