"""Search over the names that are kept sealed: it happens in memory, each search is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from casework.ids import CaseId, CenterId, PersonId, ReportId
from casework.numbers import ReportNumber, make_number
from casework.queries import Query
from casework.staff.access import listed
from casework.staff.relations import Facts
from casework.values import PartialDate

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

LIKELY = 86
"""From here on, of 100, two names are so alike that staff are asked whether it is one person."""

MOST_FOUND = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that a search found; `score` from 0 to 100."""

    report: ReportId
    number: ReportNumber
    case: CaseId
    person: PersonId
    center: CenterId
    name: str
    born: PartialDate | None
    relative: str
    score: int


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found, the likeliest first. Not `whole`: after a start the names are still being read."""

    hits: Sequence[Hit]
    whole: bool = True


class Search(Protocol):
    """The index over names, phones and numbers; it knows what was committed before the call."""

    async def find(self, text: str, limit: int) -> Hits:
        """By a name of the missing person or of the relative, however spelt, with a birth date or without; by a phone,
        or a number."""

    async def like(self, report: ReportId, at_least: int) -> Sequence[Hit]:
        """A report, and others whose missing person's name and birth date are alike."""

    async def unmatched(self) -> Sequence[ReportId]:
        """Reports, new or corrected, not yet compared with the others; leased for this transaction."""

    async def matched(self, report: ReportId) -> None: ...


@dataclass(frozen=True, slots=True)
class Found:
    """What a search shows: reports that the member may open, and the centers that know more."""

    hits: tuple[Hit, ...] = ()
    elsewhere: tuple[CenterId, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Find(Query[Found]):
    """Who is meant by a name, a phone or a number."""

    text: str
    example: ClassVar[Found] = Found(
        (
            Hit(
                ReportId(1),
                make_number(1234567),
                CaseId(1),
                PersonId(1),
                CenterId("lviv"),
                "Петренко Іван",
                None,
                "Петренко Марія",
                100,
            ),
        ),
    )


async def find(query: Find, actor: Actor, work: Work) -> Found:
    """Only what the member's own center answers for is shown; of the rest, whose it is."""
    found = await work.search.find(query.text, 4 * MOST_FOUND)
    mine, elsewhere = [], []
    for hit in found.hits:
        if listed("Find", Facts.of(actor, work.now, centers=await work.reports.centers(hit.case))):
            mine.append(hit)
        else:
            elsewhere.append(hit.center)
    shown = mine[:MOST_FOUND]
    await work.audit.looked(actor, "search", searched=query.text, cases=[hit.case for hit in shown])
    return Found(tuple(shown), tuple(dict.fromkeys(elsewhere)), found.whole)


def may_be_one(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Can two birth dates, as far as they are known, be of one person? A year is often remembered wrong by one, and a
    day written for the month."""
    if one is None or other is None:
        return True
    if one.first <= other.last and other.first <= one.last:
        return True
    if abs(one.year - other.year) <= 1 and (one.month, one.day) == (other.month, other.day):
        return True
    return one.year == other.year and (one.month, one.day) == (other.day, other.month)


async def match(work: Work) -> int:
    """Compare reports that were filed or corrected with all others. Runs after their commit; how many were compared.

    Of two reports filed in the same second by two processes, the one compared later has the other's commit before its
    own look, so at least one of them finds the other.
    """
    waiting = await work.search.unmatched()
    for report in waiting:
        hits = await work.search.like(report, LIKELY)
        own = next((hit for hit in hits if hit.report == report), None)
        found = [
            (hit.report, hit.score)
            for hit in hits
            if own is not None and hit.case != own.case and may_be_one(own.born, hit.born)
        ]
        await work.cases.alike(report, found)
        await work.search.matched(report)
    return len(waiting)


QUERIES: dict[type, Any] = {Find: find}
