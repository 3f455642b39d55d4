"""A circuit breaker for a platform: closed while the platform answers, else open, and tried less and less often.

While it is open, one letter at a time is sent as a probe (the field calls that half-open). The first that arrives
closes it, and all that waits goes on at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

IN_A_ROW: Final = 3
"""Failures without a success between them that mean the platform, and not a letter or a moment."""

FIRST: Final = timedelta(seconds=5)
LONGEST_WAIT: Final = timedelta(minutes=2)
"""Between probes; doubled up to this. After a day's outage nobody waits longer than that, and 700 probes were sent."""


_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


@dataclass
class CircuitBreaker:
    """One courier's. `clock` gives the moment, aware."""

    clock: Callable[[], datetime]
    _failures: int = 0
    _failed_at: datetime = _LONG_AGO
    _probe_at: datetime = _LONG_AGO
    _between: timedelta = timedelta()

    @property
    def closed(self) -> bool:
        return not self._between

    def answered(self) -> None:
        """The platform took something, or refused it: it is there."""
        self._failures, self._between = 0, timedelta()

    def failed(self) -> None:
        """The platform is away. Many that were under way fail together, and count as one try."""
        self._failures += 1
        self._failed_at = self.clock()
        if self._failures >= IN_A_ROW and self._failed_at >= self._probe_at:
            self._between = min(self._between * 2, LONGEST_WAIT) if self._between else FIRST
            self._probe_at = self._failed_at + self._between

    def hurry(self) -> None:
        """Somebody waits for an answer: the next probe need not wait so long."""
        self._probe_at = min(self._probe_at, self._failed_at + FIRST)

    def may_probe(self) -> bool:
        return self.clock() >= self._probe_at

    def rest(self) -> float:
        """Seconds until the next probe; 0 while it is closed."""
        return 0.0 if self.closed else max((self._probe_at - self.clock()).total_seconds(), 0.0)
