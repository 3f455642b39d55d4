"""What can be held for a time, and by one only: a specialist, a person; whatever else has hours of its own.

A booking holds several resources at once, or none of them. The database lets no two hold one resource at one time, so
how many do at once is the resource's own matter: what has several places is as many resources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NewType

from casework.ids import PersonId, StaffId

Resource = NewType("Resource", str)
"""Its kind and its id, "specialist:17". Their order as words is the order in which they are taken."""


def specialist(staff: StaffId) -> Resource:
    return Resource(f"specialist:{staff}")


def person(person: PersonId) -> Resource:
    return Resource(f"person:{person}")


class BusyTimes:
    """When resources are held, by resource and day: a time is compared with those of its own day only. Times are half
    open: `starts <= t < ends`."""

    def __init__(self) -> None:
        self._by_day: defaultdict[tuple[Resource, date], list[tuple[datetime, datetime]]] = defaultdict(list)

    def add(self, resource: Resource, starts: datetime, ends: datetime) -> None:
        for day in _days(starts, ends):
            self._by_day[resource, day].append((starts, ends))

    def are_free(self, resource: Resource, starts: datetime, ends: datetime) -> bool:
        """Does nothing hold the resource between two moments?"""
        for day in _days(starts, ends):
            for busy_from, busy_until in self._by_day.get((resource, day), ()):
                if busy_from < ends and starts < busy_until:
                    return False
        return True


def _days(starts: datetime, ends: datetime) -> Sequence[date]:
    """The days in UTC that a time touches."""
    first, last = starts.astimezone(UTC).date(), ends.astimezone(UTC).date()
    if first == last:
        return (first,)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
