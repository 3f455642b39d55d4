"""The cases that staff are likeliest to mean where they named none: what they opened last, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from casework.ids import ReportId
from casework.numbers import ReportNumber, make_number
from casework.queries import Query

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

OPENED = 3
"""Of those that they opened, the last."""

WAITING = 5
"""Of those that wait at their center, the first."""


@dataclass(frozen=True, slots=True)
class Near:
    """A report by its number, and its missing person."""

    number: ReportNumber
    name: str


@dataclass(frozen=True, slots=True)
class AtHand(Query[tuple[Near, ...]]):
    """What the acting member opened last and what waits first at their center; with `papers`, only for a decision on
    kinship."""

    papers: bool = False
    example: ClassVar[tuple[Near, ...]] = (Near(make_number(1234567), "Петренко Іван"),)


async def at_hand(query: AtHand, actor: Actor, work: Work) -> tuple[Near, ...]:
    """Of the own center only."""
    staff = actor.acting
    if staff.center is None:
        return ()
    waiting = [papers.report for papers in await work.cases.papers_waiting(staff.center)]
    if not query.papers:
        tasks = await work.calls.waiting(staff.center)
        waiting = [task.report for task in tasks if task.report is not None] + waiting
    opened = await work.audit.opened(staff.id, OPENED)
    found, cases = [], []
    for id in dict.fromkeys((*opened, *_first(waiting))):
        report = await work.reports.get(ReportId(id))
        if staff.center in await work.reports.centers(report.case):
            found.append(Near(report.number, report.claim.name.full))
            cases.append(report.case)
    await work.audit.looked(actor, "at-hand", cases=cases)
    return tuple(found)


def _first(waiting: list[ReportId]) -> list[ReportId]:
    return list(dict.fromkeys(waiting))[:WAITING]


QUERIES: dict[type, Any] = {AtHand: at_hand}
