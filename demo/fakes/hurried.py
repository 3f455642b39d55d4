"""A world in which time runs faster: every pause, pace and patience in one event loop shortens alike.

The platforms' limits and our keeping of them stay as they are, in seconds of that world: a chat still takes one message
a second, and a second is over sooner. Only what does not ask the loop (the database, a worker) takes its own time.
"""

import asyncio
import selectors
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from demo import patience

SPEED = 10.0
"""How many seconds pass in one of ours. More, and a slow machine's hiccup would count as somebody's time-out."""

PATIENCE = SPEED * patience.PATIENCE
"""Seconds of that world that people in it wait."""


class _Selector(selectors.DefaultSelector):
    def select(self, timeout: float | None = None) -> Any:
        return super().select(None if timeout is None else timeout / SPEED)


class HurriedLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock runs `SPEED` times as fast."""

    def __init__(self) -> None:
        super().__init__(_Selector())

    def time(self) -> float:
        return super().time() * SPEED


class Clock:
    """The wall clock of that world: it keeps the loop's pace from a fixed moment, and tests turn it forward."""

    def __init__(self, begins: datetime, seconds: Callable[[], float]) -> None:
        self._begins, self._seconds, self._zero = begins, seconds, seconds()

    def __call__(self) -> datetime:
        return self._begins + timedelta(seconds=self._seconds() - self._zero)

    def go_to(self, moment: datetime) -> None:
        """Never back: what has been read off a clock may not come to be ahead of it."""
        self._begins += max(moment - self(), timedelta(0))

    def stands(self) -> None:
        """From now on only tests turn it."""
        self._begins, self._seconds, self._zero = self(), float, 0.0

    def pass_by(self, **much: float) -> None:
        self._begins += timedelta(**much)
