"""How often we speak to Viber: its only number is 500 requests in ten seconds, for broadcasts; all keep below it.

That a person gets at most a hundred messages an hour without answering is counted by Viber, which tells us.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from handlers.channel import Superseded

APART: Final = timedelta(seconds=1 / 40)


class ViberPace:
    """One after another, `apart`; whoever comes while others wait goes last. `leads` tells whether this process still
    speaks: one that stood still while it waited has been replaced by another."""

    def __init__(self, apart: timedelta = APART) -> None:
        self._apart = apart.total_seconds()
        self._next = 0.0
        self.leads: Callable[[], bool] = lambda: True

    async def turn(self) -> None:
        now = asyncio.get_running_loop().time()
        mine = max(now, self._next)
        self._next = mine + self._apart
        await asyncio.sleep(mine - now)
        if not self.leads():
            raise Superseded
