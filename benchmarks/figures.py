"""The figures of a proof: what each row allows, the line of JSON at the end, the fault that is planted on purpose."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, Protocol, TypeVar


class Named(Protocol):
    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=Named)


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


def chosen(rows: Sequence[R]) -> Sequence[R]:
    """The rows that ROW names, or all; a name that no row has ends the program with 2."""
    wanted = [name for name in os.environ.get("ROW", "").split(",") if name]
    if unknown := set(wanted) - {row.id for row in rows}:
        print(
            f"ROW: there is no {', '.join(sorted(unknown))}. There are: {', '.join(row.id for row in rows)}",
            file=sys.stderr,
        )
        sys.exit(2)
    return [row for row in rows if not wanted or row.id in wanted]


def commit() -> str:
    """The commit that is measured; a change that was not committed is marked with `+`, but for docs/, where figures are
    written."""

    def git(*words: str) -> str:
        command = ["git", *words]
        return subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=Path(__file__).parent
        ).stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", ":/", ":(top,exclude)docs")
    return git("rev-parse", "--short", "HEAD") + ("+" if changed else "")


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}"
