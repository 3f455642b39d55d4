"""What a crowd took of the service's memory is given back when it has gone (`storage/memory.py` says how)."""

import asyncio
from collections.abc import Sized
from typing import Final

from storage.memory import give_back

LOOK_EVERY: Final = 5.0
"""Seconds between looks whether a crowd has gone."""

CROWD: Final = 200
"""Connections: so many fewer than there were are worth a walk through all memory, some hundredths of a second."""


async def giving_back(connections: Sized) -> None:
    """Give back what a crowd has left, for ever; run as a task."""
    most = 0
    while True:
        await asyncio.sleep(LOOK_EVERY)
        most = max(most, len(connections))
        if most - len(connections) >= CROWD and 2 * len(connections) <= most:
            most = len(connections)
            give_back()
