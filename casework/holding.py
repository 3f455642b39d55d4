"""What can be held for a time, and by one only: a specialist, a person; whatever else has hours of its own.

A booking holds several resources at once, or none of them. The database lets no two hold one resource at one time, so
how many do at once is the resource's own matter: what has several places is as many resources.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from casework.ids import PersonId, StaffId

Resource = NewType("Resource", str)
"""Its kind and its id, "specialist:17". Their order as words is the order in which they are taken."""


def specialist(staff: StaffId) -> Resource:
    return Resource(f"specialist:{staff}")


def person(person: PersonId) -> Resource:
    return Resource(f"person:{person}")


@dataclass(frozen=True, slots=True)
class Busy:
    """A time at which a resource is held, half open: `starts <= t < ends`."""

    resource: Resource
    starts: datetime
    ends: datetime
