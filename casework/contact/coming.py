"""Who is due when: what is promised to relatives, by where the case of each stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from casework.contact.promise import NextContact, Promise, next_contact
from casework.contact.sides import ContactSide
from casework.ids import ReportId

if TYPE_CHECKING:
    from casework.work import Work

Coming = tuple[NextContact, ContactSide]


def by_date(one: Coming) -> tuple[datetime, ReportId]:
    """Whoever is due first, first."""
    return one[0].at, one[1].report


async def coming(sides: Sequence[ContactSide], promise: Promise, work: Work) -> list[Coming]:
    """By when each of them is to be in contact; those to whom nothing is promised are left out."""
    promised = [side for side in sides if not side.rests]
    stages = await work.updates.stages({side.case for side in promised}) if promise.by_stage and promised else {}
    return [(next_contact(side.heard, promise, stages.get(side.case)), side) for side in promised]
