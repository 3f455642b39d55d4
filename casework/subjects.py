"""What a command or query is about, as far as anybody's right to it depends on it: gathered once, before the rule runs.

One function for each kind of thing (`casework.staff.relations.Of`): it reads what is in clear (of a file also which
report tells of it, which is sealed), and comes back with a `Facts` for each thing that is named, or with none where
there is no such thing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from casework.ids import (
    AppointmentId,
    CallId,
    CaseId,
    CorrespondenceId,
    InquiryId,
    NoNewsId,
    OfferId,
    ReportId,
    UpdateId,
)
from casework.refusal import Refusal
from casework.staff import proposals
from casework.staff.proposals import ProposalId, ProposalState
from casework.staff.relations import Facts, Of
from casework.updates.values import UpdateState

if TYPE_CHECKING:
    from casework.booking.appointments import Appointment
    from casework.files import File
    from casework.numbers import ReportNumber
    from casework.work import Work

Gather = Callable[[Any, Facts, "Work"], Awaitable[Sequence[Facts]]]
"""What is asked (the command or query itself), who acts, the unit of work; all facts, empty where there is nothing."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a letter names, "update:17"."""

    kind: str
    id: int


async def _report(number: ReportNumber, who: Facts, work: Work) -> Facts | None:
    report = await work.reports.whose(number)
    if report is None:
        return None
    return replace(
        who,
        number=str(number),
        owner=report.person,
        centers=await work.reports.centers(report.case) if who.staff is not None else {},
        answers=report.center,
        case=report.case,
        reports=(report.id,),
    )


async def _one_report(asked: Any, who: Facts, work: Work) -> Sequence[Facts]:
    """By its number, or as a letter names it."""
    if isinstance(asked, Reference):
        number = (await work.reports.numbers([ReportId(asked.id)])).get(ReportId(asked.id))
    else:
        number = asked.number
    found = await _report(number, who, work) if number is not None else None
    return [found] if found else []


async def _reports(asked: Any, who: Facts, work: Work) -> Sequence[Facts]:
    """Each of them; as one that is not there, the first that is not."""
    found = [await _report(number, who, work) for number in asked.numbers]
    return [one for one in found if one] if all(found) else []


async def _mentioned(asked: Any, who: Facts, work: Work) -> Sequence[Facts]:
    """A visit for no report in particular is for the person's own matters."""
    found = await _report(asked.report, who, work) if asked.report else replace(who, owner=who.person)
    return [found] if found else []


async def _pair(asked: Any, who: Facts, work: Work) -> Sequence[Facts]:
    first = await _report(asked.number, who, work)
    second = await _report(asked.other, who, work)
    if first is None or second is None:
        return []
    likely = await work.cases.likely(first.reports)
    alike = any(second.reports[0] in (pair.report, pair.other) for pair in likely)
    return [first, replace(second, beside=first.centers) if alike else second]


async def _call(asked: Any, who: Facts, work: Work) -> Sequence[Facts]:
    """A family by a report's number, or by a call that is still open; a call alone, as a letter names it."""
    if isinstance(asked, Reference):
        named = await work.calls.get(CallId(asked.id))
        return [replace(who, desk=named.center)] if named else []
    if asked.whom.number is not None:
        report = await _report(asked.whom.number, who, work)
        if report is None:
            raise Refusal("case-unknown", number=str(asked.whom.number))
        return [report]
    task = await work.calls.get(asked.whom.task) if asked.whom.task else None
    if task is None or task.done_at is not None:
        return []
    if task.report is not None:
        report = await _report((await work.reports.get(task.report)).number, who, work)
        return [report] if report else []
    open_there = {waiting.id for waiting in await work.calls.waiting(task.center)}
    return [replace(who, desk=task.center, owner=task.person)] if task.id in open_there else []


async def _visit(asked: Any, who: Facts, work: Work) -> Sequence[Facts]:
    """By its number, or as a letter names it or a reminder of it."""
    if not isinstance(asked, Reference):
        return _of_visit(await work.bookings.by_number(asked.number), who)
    if asked.kind != "reminder":
        return _of_visit(await work.bookings.get(AppointmentId(asked.id)), who)
    reminder = await work.reminders.get(asked.id)
    return _of_visit(await work.bookings.get(reminder.appointment), who) if reminder else []


async def _door(asked: Any, who: Facts, work: Work) -> Sequence[Facts]:
    return _of_visit(await work.bookings.by_token(asked.token), who)


def _of_visit(visit: Appointment | None, who: Facts) -> Sequence[Facts]:
    if visit is None:
        return []
    return [replace(who, number=str(visit.number), owner=visit.person, desk=visit.center, member=visit.specialist)]


async def _offer(asked: Any, who: Facts, work: Work) -> Sequence[Facts]:
    """Open or over, by its own id or as a letter names it."""
    owner = await work.waiting.owner(OfferId(asked.id) if isinstance(asked, Reference) else asked.offer)
    return [replace(who, owner=owner)] if owner is not None else []


async def _correspondence(asked: Any, who: Facts, work: Work) -> Sequence[Facts]:
    """By its own id, or as a letter names it."""
    id = CorrespondenceId(asked.id) if isinstance(asked, Reference) else asked.correspondence
    found = await work.correspondences.get(id)
    if found is None:
        return []
    return [replace(who, owner=found.person, desk=found.center, member=found.holder, kept_from=found.kept_from)]


async def _update(asked: Any, who: Facts, work: Work) -> Sequence[Facts]:
    """An update that waits, locked until the transaction ends; none where all reports were parted from its case."""
    update = await work.updates.get(asked.update, lock=True)
    if update is None or update.state is not UpdateState.WAITING:
        return []
    written = replace(who, author=update.author, written_by=update.author_person)
    return await _case(await work.updates.current_case(update.id), written, work)


async def _leaving(asked: Any, who: Facts, work: Work) -> Sequence[Facts]:
    """An update that was approved, locked until the transaction ends."""
    update = await work.updates.get(asked.update, lock=True)
    if update is None or update.state is not UpdateState.RELEASED:
        return []
    return [replace(who, author=update.author, approver=update.approver)]


async def _case(case: CaseId, who: Facts, work: Work) -> Sequence[Facts]:
    """A case, as the first of its reports names it."""
    reports = await work.reports.in_case(case)
    if not reports:
        return []
    first = reports[0]
    return [
        replace(
            who,
            number=str(first.number),
            centers=await work.reports.centers(case),
            answers=first.center,
            case=case,
            reports=tuple(report.id for report in reports),
        )
    ]


async def _released(asked: Any, who: Facts, work: Work) -> Sequence[Facts]:
    update = UpdateId(asked.id) if isinstance(asked, Reference) else asked.update
    if await work.updates.reading(update, who.person) is None:
        return []
    return [await _verified(await work.updates.current_case(update), who, work)]


async def _no_news(asked: Any, who: Facts, work: Work) -> Sequence[Facts]:
    """A word to this very person, as a letter names it or opened."""
    word = await work.checks.get(NoNewsId(asked.id) if isinstance(asked, Reference) else asked.word)
    return [await _verified(word.case, who, work)] if word is not None and word.person == who.person else []


async def _inquiry(asked: Any, who: Facts, work: Work) -> Sequence[Facts]:
    """Of the case about which was asked, as it is now."""
    found = await work.inquiries.get(InquiryId(asked.id) if isinstance(asked, Reference) else asked.inquiry)
    if found is None:
        return []
    related = await _case(found.case, who, work)
    return [await _verified(found.case, facts, work) for facts in related]


async def _verified(case: CaseId, who: Facts, work: Work) -> Facts:
    frozen = await work.proposals.frozen(who.person)  # whose chats a stranger may hold is told nothing there
    return replace(who, verified=frozenset() if frozen else frozenset(await work.kinships.verified(case)))


async def _file(asked: File, who: Facts, work: Work) -> Sequence[Facts]:
    """Every reason to see a file: by a report that it was sent for, or by a center to which it was passed on. What was
    sent for nothing yet is its sender's alone."""
    mine = replace(who, owner=asked.person)
    if who.person == asked.person:
        return [mine]
    shown = dict(await work.files.shown_in(asked.id))
    for report in await work.reports.of(asked.person):
        if report.account is not None and asked.id in (*report.account.files, *report.account.photo):
            shown[report.id] = report.case
    cases = [
        replace(mine, centers=await work.reports.centers(case), case=case, reports=(report,))
        for report, case in shown.items()
    ]
    return [*cases, *(replace(mine, desk=center) for center in await work.files.passed_on_to(asked.id))]


async def _member(asked: Any, who: Facts, work: Work) -> Sequence[Facts]:
    wanted = asked.staff if hasattr(asked, "staff") else asked.member
    found = (one.staff for one in await work.staff.all() if one.staff.id == wanted and one.staff.active)
    return [replace(who, member=one.id, role=one.role, desk=one.center) for one in found]


async def _newcomer(asked: Any, who: Facts, work: Work) -> Sequence[Facts]:
    return [replace(who, role=asked.role, desk=asked.center)]


async def _center(asked: Any, who: Facts, work: Work) -> Sequence[Facts]:
    return [replace(who, desk=asked.center)]


async def _proposal(asked: Any, who: Facts, work: Work) -> Sequence[Facts]:
    """One that waits, locked until the transaction ends; as a letter names it, too."""
    id = ProposalId(asked.id) if isinstance(asked, Reference) else asked.proposal
    proposal = await work.proposals.get(id, lock=True)
    if proposal is None or proposal.state is not ProposalState.WAITING:
        return []
    return [await proposals.facts_of(proposal, who, work)]


GATHER: Mapping[Of, Gather] = {
    Of.REPORT: _one_report,
    Of.REPORTS: _reports,
    Of.MENTIONED: _mentioned,
    Of.PAIR: _pair,
    Of.CALL: _call,
    Of.VISIT: _visit,
    Of.OFFER: _offer,
    Of.DOOR: _door,
    Of.UPDATE: _update,
    Of.CORRESPONDENCE: _correspondence,
    Of.LEAVING: _leaving,
    Of.RELEASED: _released,
    Of.NO_NEWS: _no_news,
    Of.INQUIRY: _inquiry,
    Of.FILE: _file,
    Of.MEMBER: _member,
    Of.NEWCOMER: _newcomer,
    Of.CENTER: _center,
    Of.PROPOSAL: _proposal,
}


async def is_kin(facts: Facts, work: Work) -> bool:
    """Is it the member's own report, or do they bear the relative's or the missing person's very name?"""
    if facts.staff is None:
        return True
    own = set((await work.staff.name(facts.staff.id)).casefold().split())
    for id in facts.reports:
        report = await work.reports.get(id)
        profile = (await work.people.get(report.person)).profile
        names = (report.claim.name.full, profile.name.full if profile.name else "")
        if report.person == facts.person or any(len(own & set(name.casefold().split())) >= 2 for name in names):
            return True
    return False
