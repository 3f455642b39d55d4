"""The real service, for `benchmarks/trust/crowds.py`: prints where it is. ZVIAZOK_FAULT plants a row's fault."""

import asyncio
import os
import signal
import time
from typing import Any

from bot.app import serving
from bot.logs import set_up
from bot.settings import load
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


async def main() -> None:
    settings = load()
    set_up(settings)
    if row := os.environ.get("ZVIAZOK_FAULT"):
        plant(row)
    over = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, over.set)
    async with serving(settings) as service:
        print(service.url, flush=True)
        await over.wait()


if __name__ == "__main__":
    asyncio.run(main())
