"""The real service, for `benchmarks/trust/crowds.py`; ZVIAZOK_FAULT plants a row's fault in it."""

import os
import sys
import time
from typing import Any

from bot.__main__ import main
from handlers.web.connections import Connection, Connections

LEAK: list[bytes] = []


def plant(row: str) -> None:
    """Each line holds everybody up whenever it is looked at; or of each line that is gone a megabyte stays."""
    overdue, left = Connection.overdue, Connections.left

    def slowly(connection: Connection, now: float) -> str | None:
        time.sleep(0.05)
        return overdue(connection, now)

    def leaking(watched: Connections, connection: Connection, inner: Any) -> None:
        LEAK.append(os.urandom(1 << 20))
        left(watched, connection, inner)

    faults: dict[str, tuple[type, str, Any]] = {
        "crowd-p95": (Connection, "overdue", slowly),
        "crowd-memory": (Connections, "left", leaking),
    }
    setattr(*faults[row])


if __name__ == "__main__":
    if row := os.environ.get("ZVIAZOK_FAULT"):
        plant(row)
    sys.exit(main(["serve"]))
