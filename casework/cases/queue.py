"""The queue of a center: whom to call, whose papers to look at, which reports may be of one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from casework.board import Row, Section
from casework.calls import Reason, Window, why
from casework.ids import CallId
from casework.letters import AtTime, Say, say
from casework.numbers import ReportNumber, make_number
from casework.queries import Query
from casework.staff import CASEWORKERS, DECIDERS

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

SHOWN = 8


@dataclass(frozen=True, slots=True)
class ToCall:
    """A call that is due, and when the family would like it. The names are for the page only."""

    task: CallId
    number: ReportNumber | None
    reason: Reason
    due: datetime
    relative: str
    missing: str
    wished: Window | None = None


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
            mine = [one for one in await work.reports.of(task.person) if one.center == staff.center]
            report = mine[0] if mine else None
        person = await work.people.get(task.person)
        calls.append(
            ToCall(
                task.id,
                report.number if report else None,
                task.reason,
                task.due,
                person.profile.name.full if person.profile.name else "",
                report.claim.name.full if report else "",
                task.wished,
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


async def queue_section(actor: Actor, work: Work) -> Section | None:
    """What waits at the acting member's center, for the board: on the page, so with names. None for other roles."""
    if actor.staff is None or actor.staff.role not in CASEWORKERS:
        return None
    waiting = await queue(Queue(), actor, work)
    rows = []
    for call in waiting.calls:
        number = str(call.number) if call.number else ""
        cells = (why(call.reason, call.wished), number, _names(call.relative, call.missing))
        whom = number or f"t{call.task}"
        rows.append(
            Row((say("queue-due", due=AtTime(call.due, style="short")), *cells), _commands("call", whom, number))
        )
    for look in waiting.papers:
        number = str(look.number)
        since = say("queue-since", since=AtTime(look.since, style="short"))
        command = "kinship" if waiting.decides else "case"
        row = (since, Say("queue-next.papers-wait"), number, _names(look.relative, look.missing))
        rows.append(Row(row, _commands(command, number, number)))
    for pair in waiting.likely:
        number, other = str(pair.number), str(pair.other)
        row = (say("queue-score", score=pair.score), Say("queue-next.alike"), f"{number}, {other}", pair.missing)
        rows.append(Row(row, ((Say("staff-menu.join"), f"/join {number} {other}"),)))
    return Section(Say("staff-menu.queue"), tuple(rows))


def _names(relative: str, missing: str) -> str:
    return f"{relative} → {missing}" if relative or missing else ""


def _commands(command: str, whom: str, number: str) -> tuple[tuple[Say, str], ...]:
    first = ((Say(f"staff-menu.{command}"), f"/{command} {whom}"),)
    return (*first, (Say("staff-menu.case"), f"/case {number}")) if number and command != "case" else first


QUERIES: dict[type, Any] = {Queue: queue}
