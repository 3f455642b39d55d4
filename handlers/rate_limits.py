"""How often anybody may do something: nobody's haste may hold up another."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from casework.files import Allowance

REMEMBERED = 50_000
"""Counters kept in memory, at most; the one unused for longest goes first."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many in such a time, evenly refilled: a burst of `many` is fine after a pause."""

    many: int
    within: timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """What one address or person may do. Thousands of telephones share an operator's address, hence the many."""

    sessions: Rate = Rate(120, timedelta(hours=1))
    invitations: Rate = Rate(20, timedelta(minutes=15))
    messages: Rate = Rate(60, timedelta(minutes=1))
    streams: int = 6
    files: Allowance = field(default_factory=Allowance)


class RateLimiter:
    """Counts against one rate, by key; in the memory of this process."""

    def __init__(self, rate: Rate, clock: Callable[[], datetime]) -> None:
        self._rate, self._clock = rate, clock
        self._left: OrderedDict[object, tuple[float, datetime]] = OrderedDict()

    def wait(self, key: object) -> timedelta | None:
        """Count one more; where it is too many, how long to wait."""
        now, most = self._clock(), float(self._rate.many)
        left, at = self._left.pop(key, (most, now))
        pace = self._rate.within / self._rate.many
        # A clock that was set back takes nothing away.
        left = min(most, left + max(now - at, timedelta()) / pace)
        allowed = left >= 1
        self._left[key] = (left - 1 if allowed else left, now)
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return None if allowed else (1 - left) * pace
