"""The line to a platform, as a courier finds it: up, or down and tried less and less often.

While it is down, one letter at a time is sent ahead as a scout. The first that arrives brings the line up, and all that
waits goes on at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

IN_A_ROW: Final = 3
"""Failures without a success between them that mean the platform, and not a letter or a moment."""

FIRST: Final = timedelta(seconds=5)
MOST: Final = timedelta(minutes=2)
"""Between scouts; doubled up to this. After a day's outage nobody waits longer than that, and 700 scouts were sent."""


_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


@dataclass
class Line:
    """One courier's line. `clock` gives the moment, aware."""

    clock: Callable[[], datetime]
    _failures: int = 0
    _failed_at: datetime = _LONG_AGO
    _scout_at: datetime = _LONG_AGO
    _between: timedelta = timedelta()

    @property
    def up(self) -> bool:
        return not self._between

    def answered(self) -> None:
        """The platform took something, or refused it: it is there."""
        self._failures, self._between = 0, timedelta()

    def failed(self) -> None:
        """The platform is away. Many that were under way fail together, and count as one try."""
        self._failures += 1
        self._failed_at = self.clock()
        if self._failures >= IN_A_ROW and self._failed_at >= self._scout_at:
            self._between = min(self._between * 2, MOST) if self._between else FIRST
            self._scout_at = self._failed_at + self._between

    def hurry(self) -> None:
        """Somebody waits for an answer: the next scout need not wait so long."""
        self._scout_at = min(self._scout_at, self._failed_at + FIRST)

    def may_scout(self) -> bool:
        return self.clock() >= self._scout_at

    def rest(self) -> float:
        """Seconds until the next scout; 0 while the line is up."""
        return 0.0 if self.up else max((self._scout_at - self.clock()).total_seconds(), 0.0)
