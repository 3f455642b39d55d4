"""The queue of a center: whom to call, whose papers to look at, which reports may be of one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from casework.calls import Reason
from casework.ids import CallId
from casework.numbers import ReportNumber, make_number
from casework.queries import Query
from casework.staff import CASEWORKERS, DECIDERS

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

SHOWN = 8


@dataclass(frozen=True, slots=True)
class ToCall:
    """A call that is due. `names` are whom it is about, for the page only."""

    task: CallId
    number: ReportNumber | None
    reason: Reason
    due: datetime
    relative: str
    missing: str


@dataclass(frozen=True, slots=True)
class ToLook:
    """Papers that wait for a decision, since when."""

    number: ReportNumber
    since: datetime
    relative: str
    missing: str


@dataclass(frozen=True, slots=True)
class ToJoin:
    """Two reports that may be of one person; `score` from 0 to 100."""

    number: ReportNumber
    other: ReportNumber
    score: int
    missing: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits, the oldest promise first; the counts are of all, the rows the first of them."""

    calls: tuple[ToCall, ...] = ()
    papers: tuple[ToLook, ...] = ()
    likely: tuple[ToJoin, ...] = ()
    calls_in_all: int = 0
    papers_in_all: int = 0
    likely_in_all: int = 0
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Queue(Query[Waiting]):
    """The queue of the acting member's center."""

    example: ClassVar[Waiting] = Waiting(
        calls=(
            ToCall(
                CallId(1),
                make_number(1234567),
                Reason.NEW_REPORT,
                datetime(2026, 11, 24, tzinfo=UTC),
                "Петренко Марія",
                "Петренко Іван",
            ),
        ),
        calls_in_all=1,
    )


async def queue(query: Queue, actor: Actor, work: Work) -> Waiting:
    staff = actor.must_be(*CASEWORKERS)
    await work.audit.looked(actor, "queue")
    if staff.center is None:
        return Waiting()
    tasks = await work.calls.waiting(staff.center)
    papers = await work.cases.papers_waiting(staff.center)
    likely = await work.cases.likely_at(staff.center)
    calls = []
    for task in tasks[:SHOWN]:
        report = await work.reports.get(task.report) if task.report else None
        if report is None:
            report = next(iter(await work.reports.of(task.person)), None)
        person = await work.people.get(task.person)
        calls.append(
            ToCall(
                task.id,
                report.number if report else None,
                task.reason,
                task.due,
                person.profile.name.full if person.profile.name else "",
                report.claim.name.full if report else "",
            )
        )
    looks = []
    for report, since in papers[:SHOWN]:
        person = await work.people.get(report.person)
        name = person.profile.name.full if person.profile.name else ""
        looks.append(ToLook(report.number, since, name, report.claim.name.full))
    joins = []
    for pair in likely[:SHOWN]:
        one, other = await work.reports.get(pair.report), await work.reports.get(pair.other)
        joins.append(ToJoin(one.number, other.number, pair.score, one.claim.name.full))
    return Waiting(
        tuple(calls),
        tuple(looks),
        tuple(joins),
        len(tasks),
        len(papers),
        len(likely),
        staff.role in DECIDERS,
    )


QUERIES: dict[type, Any] = {Queue: queue}
