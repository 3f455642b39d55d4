"""The queue of a center: whom to call, whose papers to look at, which reports may be of one person."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from casework import leads
from casework.board import Narrowed, Row, Section, View
from casework.calls import CallTask, Reason, Window, why
from casework.cases.calling import report_here
from casework.cases.records import Papers
from casework.ids import CallId, CaseId, CenterId, PersonId, StaffId
from casework.letters import AtTime, Say, named, say
from casework.numbers import ReportNumber, make_number
from casework.queries import Query
from casework.staff.access import who_may

if TYPE_CHECKING:
    from casework.actor import Actor, Staff
    from casework.work import Work

A_SCREEN = 8
"""Families on one screen of a chat; the board shows `A_PAGE`."""

A_PAGE = 20

ALL, MINE, OVERDUE, PAPERS, ALIKE = "all", "mine", "overdue", "papers", "alike"
FILTERS: tuple[str, ...] = (ALL, MINE, OVERDUE, *Reason, PAPERS, ALIKE)
"""What the queue may be narrowed to: the cases that the member leads, what is late, one reason."""


@dataclass(frozen=True, slots=True)
class ToCall:
    """A family that is to be called, when first and why, and when it would like it. The names are for the page only.

    `also` are the other reasons; `papers` since when papers of theirs wait.
    """

    task: CallId
    number: ReportNumber | None
    reason: Reason
    due: datetime
    relative: str
    missing: str
    wished: Window | None = None
    also: tuple[Reason, ...] = ()
    papers: datetime | None = None


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
    """A page of what waits, one row a family, the oldest promise first; what another answers first, and is not late,
    after the rest. The three counts are of calls, reports with
    papers and pairs in all; `rows_in_all` of the rows under the filter, `narrowed` of those under every filter.
    `people` and `cases` are those that the page names."""

    calls: tuple[ToCall, ...] = ()
    papers: tuple[ToLook, ...] = ()
    likely: tuple[ToJoin, ...] = ()
    calls_in_all: int = 0
    papers_in_all: int = 0
    likely_in_all: int = 0
    decides: bool = False
    rows_in_all: int = 0
    narrowed: Mapping[str, int] = field(default_factory=dict)
    people: tuple[PersonId, ...] = ()
    cases: tuple[CaseId, ...] = ()

    @property
    def rows(self) -> int:
        """Rows on this page."""
        return len(self.calls) + len(self.papers) + len(self.likely)


@dataclass(frozen=True, slots=True)
class Queue(Query[Waiting]):
    """The queue of the acting member's center: one of `FILTERS`, and from which row on."""

    of: str = ALL
    first: int = 0
    most: int = A_SCREEN
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
        rows_in_all=1,
    )


@dataclass(frozen=True, slots=True)
class _Family:
    """What waits of one relative: their open calls, the most urgent first, and their report with papers."""

    person: PersonId
    tasks: tuple[CallTask, ...] = ()
    papers: tuple[Papers, ...] = ()

    def under(self, of: str, led: frozenset[PersonId], now: datetime) -> bool:
        if of == ALL:
            return True
        if of == MINE:
            return self.person in led
        if of == OVERDUE:
            return any(task.due < now for task in self.tasks)
        return bool(self.papers) if of == PAPERS else any(task.reason == of for task in self.tasks)

    def is_urgent(self, now: datetime) -> bool:
        """Does it wait for nobody in particular any more?"""
        return any(task.is_urgent(now) for task in self.tasks)


async def queue(query: Queue, actor: Actor, work: Work) -> Waiting:
    waiting = await _waiting(query, actor.acting, work)
    await work.audit.looked(actor, "queue", cases=waiting.cases, people=waiting.people)
    return waiting


async def _waiting(query: Queue, staff: Staff, work: Work) -> Waiting:
    if staff.center is None:
        return Waiting()
    others_call = await leads.others_call(staff, work)
    waiting = await work.calls.waiting(staff.center)
    tasks = [task for task in waiting if task.person not in others_call or task.is_urgent(work.now)]
    papers = await work.cases.papers_waiting(staff.center)
    likely = await work.cases.likely_at(staff.center)
    theirs = {task.person for task in tasks} | {one.person for one in papers}
    answers = await _answering(staff.center, theirs, work)
    led = frozenset(person for person, who in answers.items() if who == staff.id)
    others = frozenset(answers) - led
    families = sorted(_families(tasks, papers), key=lambda one: one.person in others and not one.is_urgent(work.now))
    narrowed = {of: sum(one.under(of, led, work.now) for one in families) for of in FILTERS if of != ALIKE}
    narrowed[ALIKE] = len(likely)
    narrowed[ALL] += len(likely)
    mine = [] if query.of == ALIKE else [one for one in families if one.under(query.of, led, work.now)]
    pairs = likely if query.of in (ALL, ALIKE) else ()
    shown = mine[query.first : query.first + query.most]
    begin = max(query.first - len(mine), 0)
    joins, cases = [], set[CaseId]()
    for pair in pairs[begin : begin + query.most - len(shown)]:
        one, other = await work.reports.get(pair.report), await work.reports.get(pair.other)
        joins.append(ToJoin(one.number, other.number, pair.score, one.claim.name.full))
        cases |= {one.case, other.case}
    calls = [await _to_call(family, query.of, staff, work) for family in shown if family.tasks]
    looks = [await _to_look(family, work) for family in shown if not family.tasks]
    cases |= set(
        await work.reports.cases_of([*(one.number for one in calls if one.number), *(one.number for one in looks)])
    )
    return Waiting(
        tuple(calls),
        tuple(looks),
        tuple(joins),
        len(tasks),
        len(papers),
        len(likely),
        staff.role in who_may("Decide"),
        len(mine) + len(pairs),
        {of: count for of, count in narrowed.items() if count},
        tuple(family.person for family in shown),
        tuple(sorted(cases)),
    )


async def _answering(center: CenterId, of: Collection[PersonId], work: Work) -> Mapping[PersonId, StaffId]:
    """Who answers these relatives of a center today, by relative: their words and calls are theirs first."""
    sides = await leads.answering(center, of, work)
    people = await work.reports.people(list(sides))
    return {people[report]: who for report, who in sides.items() if report in people}


def _families(tasks: Sequence[CallTask], papers: Sequence[Papers]) -> list[_Family]:
    """One for each relative: first whoever is to be called, by the nearest call; then whose papers wait longest."""
    found: dict[PersonId, _Family] = {}
    for task in tasks:
        family = found.get(task.person, _Family(task.person))
        found[task.person] = replace(family, tasks=(*family.tasks, task))
    for one in papers:
        family = found.get(one.person, _Family(one.person))
        found[one.person] = replace(family, papers=(*family.papers, one))
    return list(found.values())


async def _to_call(family: _Family, of: str, staff: Staff, work: Work) -> ToCall:
    """The call that the filter asks for, else the nearest one, with the other reasons."""
    task = next((task for task in family.tasks if task.reason == of), family.tasks[0])
    report = await work.reports.get(task.report) if task.report else None
    if report is None:
        report = await report_here(task.person, staff, work)
    reasons = dict.fromkeys(other.reason for other in family.tasks if other.reason is not task.reason)
    return ToCall(
        task.id,
        report.number if report else None,
        task.reason,
        task.due,
        await _name(family.person, work),
        report.claim.name.full if report else "",
        task.wished,
        tuple(reasons),
        family.papers[0].since if family.papers else None,
    )


async def _to_look(family: _Family, work: Work) -> ToLook:
    papers = family.papers[0]
    report = await work.reports.get(papers.report)
    return ToLook(report.number, papers.since, await _name(family.person, work), report.claim.name.full)


async def _name(person: PersonId, work: Work) -> str:
    name = (await work.people.get(person)).profile.name
    return name.full if name else ""


async def queue_section(actor: Actor, work: Work, view: View) -> Section:
    """What waits at the acting member's center, for the board: on the page, so with names."""
    of = view.of if view.of in FILTERS else ALL
    waiting = await _waiting(Queue(of, (view.page - 1) * A_PAGE, A_PAGE), actor.acting, work)
    await work.audit.refreshed(actor, "board-queue", cases=waiting.cases, people=waiting.people)
    rows = []
    for call in waiting.calls:
        number = str(call.number) if call.number else ""
        whom = number or f"t{call.task}"
        due = say("queue-due", due=AtTime(call.due, style="short"), late=str(call.due < work.now).lower())
        whys = [why(call.reason, call.wished), *(why(reason, None) for reason in call.also)]
        whys += [Say("queue-next.papers-wait")] if call.papers else []
        commands = [(say("queue-next.call", who=named(call.relative, whom)), f"/call {whom}")]
        if call.papers and number:
            commands.append((say("queue-next.papers", who=named(call.relative, number)), f"/kinship {number}"))
        if number:
            commands.append((say("queue-next.case", who=named(call.missing, number)), f"/case {number}"))
        rows.append(Row((due, *whys, whom, _names(call.relative, call.missing)), tuple(commands)))
    for look in waiting.papers:
        number = str(look.number)
        since = say("queue-since", since=AtTime(look.since, style="short"))
        row = (since, Say("queue-next.papers-wait"), number, _names(look.relative, look.missing))
        opens = (say("queue-next.case", who=named(look.missing, number)), f"/case {number}")
        looks = (say("queue-next.papers", who=named(look.relative, number)), f"/kinship {number}")
        rows.append(Row(row, (looks, opens)))
    for pair in waiting.likely:
        number, other = str(pair.number), str(pair.other)
        row = (say("queue-score", score=pair.score), Say("queue-next.alike"), f"{number}, {other}", pair.missing)
        rows.append(Row(row, ((say("queue-next.likely", number=number, other=other), f"/join {number} {other}"),)))
    narrowed = tuple(Narrowed(one, label(one), waiting.narrowed.get(one, 0)) for one in FILTERS)
    filters = tuple(one for one in narrowed if one.count or one.of == of)
    return Section(Say("staff-menu.queue"), tuple(rows), waiting.rows_in_all, filters, of, view.page, A_PAGE)


def label(of: str) -> Say:
    """What a filter is called; a reason, as it stands in the rows."""
    return Say(f"call-reason.{of}" if of in set(Reason) else f"queue-of.{of}")


def _names(relative: str, missing: str) -> str:
    return f"{relative} → {missing}" if relative or missing else ""


QUERIES: dict[type, Any] = {Queue: queue}
