"""Who looked at a case, as its family may ask: the roles, month by month, two weeks late.

No names and no counts: a week in which many look comes before news, and would be read as news. Left out is what the law
keeps secret: members of a structure with `Trait.UNTOLD`. It is never pushed, begins with the relative's own report, and
where only a human speaks with the family (`casework/human_voice.py`) a human tells this too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final

from casework.actor import Role
from casework.ids import StructureId
from casework.numbers import ReportNumber
from casework.queries import Query
from casework.reference import ReferenceBook, Trait
from casework.registering import own_or_staff

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

LATE: Final = timedelta(days=14)
"""What was looked at since is not told yet."""

REACH: Final = timedelta(days=366)
"""How far back it is told."""

READERS: Final = (Role.OPERATOR, Role.SPECIALIST, Role.VERIFIER, Role.HEAD)
"""Who may read cases, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Look:
    """In a month (its first day, in Kyiv) somebody in this role, from this structure, looked at least once."""

    month: date
    role: Role
    structure: StructureId | None = None


@dataclass(frozen=True, slots=True)
class LookedIn:
    """The roles that looked in a month."""

    month: date
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class WhoLooked(Query[tuple[LookedIn, ...] | None]):
    """Who looked at the case of one of the person's own reports, the newest month first; None where a human tells."""

    number: ReportNumber
    example: ClassVar[tuple[LookedIn, ...] | None] = (LookedIn(date(2026, 11, 1), (Role.OPERATOR, Role.HEAD)),)


async def who_looked(query: WhoLooked, actor: Actor, work: Work) -> tuple[LookedIn, ...] | None:
    report = await own_or_staff(query.number, actor, work)
    if await work.voices.of(report.id) is not None:
        return None
    since = max(report.filed_at, work.now - REACH)
    looks = await work.audit.looks_at(report.case, report.id, since, work.now - LATE)
    return by_month(looks, work.book)


def by_month(looks: Iterable[Look], book: ReferenceBook) -> tuple[LookedIn, ...]:
    """The newest month first; without those of whom the law lets nothing be told."""
    found: dict[date, set[Role]] = {}
    for look in looks:
        told = look.structure is None or not book.has(look.structure, Trait.UNTOLD)
        if told and look.role in READERS:
            found.setdefault(look.month, set()).add(look.role)
    return tuple(
        LookedIn(month, tuple(role for role in READERS if role in found[month]))
        for month in sorted(found, reverse=True)
    )


COMMANDS: dict[type, Any] = {}
QUERIES: dict[type, Any] = {WhoLooked: who_looked}
