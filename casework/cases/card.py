"""The card of a case: everything that is known, by whom, since when. On a messenger: numbers, states and times only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework import ending, leads, minors, reaching, releasing
from casework.calls import CallTask, why
from casework.cases.account import told_of
from casework.cases.records import CaseState
from casework.files import attached
from casework.ids import FileId, StaffId
from casework.inbox import InboxItem
from casework.letters import AtTime, OnDay, Private, Say, private_day, say
from casework.numbers import ReportNumber, written_number
from casework.refusal import Refusal
from casework.registering import Report, for_staff
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.updates.standing import CaseStanding
    from casework.work import Work

LATEST = 6
"""Notes and calls shown on a card."""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Show the whole card of a report's case."""

    number: ReportNumber


async def open_case(command: OpenCase, actor: Actor, work: Work) -> Result:
    report = await for_staff(command.number, actor, work, "case")
    case = await work.cases.get(report.case)
    says = [
        say(
            "case-head",
            number=str(report.number),
            name=Private(report.claim.name.full),
            born=private_day(report.claim.born),
            center=Say(f"center-{case.center}"),
            opened=AtTime(case.opened_at, style="day"),
        )
    ]
    if case.state is CaseState.CLOSED:
        says.append(Say("case-closed"))
    says += await ending.lines_of(report.case, work)
    says.append(
        Say("case-taken", {"by": await named(case.taken_by, work)}) if case.taken_by else Say("case-taken-by-nobody")
    )
    files: list[FileId] = []
    for one in (report, *(r for r in await work.reports.in_case(report.case) if r.id != report.id)):
        says += await _report(one, actor, work)
        if one.account is not None:
            files += [*one.account.files, *one.account.photo]
        files += (await work.kinships.get(one.id)).documents
        calls = [task.id for task in await work.calls.open_of(one.person, one.id)]
        files += [line.file for line in await work.inbox.of_tasks(calls) if line.file is not None]
    says += await _told(report, work)
    says += await _likely(report, work)
    says += await _history(report, actor, work)
    if not actor.on_page:
        says.append(Say("staff-rest-on-page", {"link": work.page}))
    return Result(
        tuple(says),
        attached=await attached(files, work) if actor.on_page else (),
        then=f"opened {report.number}",
        shows=f"case {report.number}",
    )


async def _report(report: Report, actor: Actor, work: Work) -> list[Say]:
    """One relative's report: who they are, what they told, what is due to them."""
    profile = (await work.people.get(report.person)).profile
    state = await work.kinships.state(report.id)
    says = [
        say(
            "case-report",
            number=str(report.number),
            on=AtTime(report.filed_at, style="day"),
            kinship=Say(f"kinship.{report.claim.kinship}"),
            name=Private(profile.name.full if profile.name else ""),
            phone=Private(profile.phone or ""),
            state=Say(f"kinship-state.{state}"),
        )
    ]
    minor = await work.minors.of(report.person)
    if minor is not None:
        says += minors.line(minor)
    voice = await work.voices.of(report.id)
    if voice is not None and not voice.minor:
        whose = "case" if voice.by else "relative"
        says.append(say("case-voice", on=AtTime(voice.since, style="day"), whose=whose))
    if actor.on_page:
        says += [line async for line in told_of(report, work)]
    for visit in await work.bookings.of(report.person, work.now):
        if visit.stands and visit.report in (None, report.id):
            at, means = AtTime(visit.starts_at), Say(f"visit-means.{visit.means}")
            who, center = Say(f"specialist.{visit.structure}"), Say(f"center-{visit.center}")
            says.append(say("case-visit", number=str(visit.number), at=at, means=means, who=who, center=center))
    answers = await work.leads.of(report.id)
    if answers is not None:
        says.append(say("case-lead", by=await named(answers.lead, work)))
    says += [reaching.line(step) for step in await work.reaching.of(report.person, LATEST)]
    calls = await work.calls.open_of(report.person, report.id)
    says += [due(task) for task in calls]
    says += [sent(line) for line in await work.inbox.of_tasks([task.id for task in calls])]
    return says


def sent(line: InboxItem) -> Say:
    """What a family sent when nothing asked for it, as it stands with a call; its words on the page."""
    name = "call-line" if line.file is None else "call-line-file"
    return say(name, at=AtTime(line.at, style="short"), text=Private(line.words))


def due(task: CallTask) -> Say:
    """A call that is due, in a line; its words on the page."""
    reason, at = why(task.reason, task.wished), AtTime(task.due)
    if not task.note:
        return say("case-call", reason=reason, due=at)
    return say("case-call-note", reason=reason, due=at, note=Private(task.note))


async def _told(report: Report, work: Work) -> list[Say]:
    """What the family was told: each update with its words, who of them has opened it, and whom no message reached."""
    says = _stages(await work.updates.moved(report.case))
    for update, readings in (await work.updates.released(report.case))[:LATEST]:
        level, at = Say(f"update-level.{update.statement.level}"), AtTime(update.decided_at or update.written_at)
        first = await releasing.withdrawn_from(update.statement, work)
        if first is None:
            says.append(say("case-update", at=at, level=level, text=Private(update.statement.uk)))
        else:
            says.append(say("case-withdrawn", at=at, on=AtTime(first, style="day")))
        failed = await work.outbox.failed(f"update:{update.id}", [reading.person for reading in readings])
        for reading in readings:
            name = (await work.people.get(reading.person)).profile.name
            who = Private(name.full if name else "")
            if reading.held:
                says.append(say("case-update-held", name=who))
            elif reading.opened_at is None:
                unread = "case-update-failed" if reading.person in failed else "case-update-unread"
                says.append(say(unread, name=who))
            else:
                says.append(say("case-update-read", name=who, at=AtTime(reading.opened_at)))
            if reading.let_go_by is not None:
                by = await named(reading.let_go_by, work)
                says.append(say("case-update-let-go", name=who, by=by, why=Private(reading.let_go_why)))
    return says


def _stages(moved: Sequence[CaseStanding]) -> list[Say]:
    """Where the case stands, and where it stood before, the newest first."""
    says = []
    for one in reversed(moved[-LATEST:]):
        now = "now" if one is moved[-1] else "before"
        stage, sourced = Say(f"update-stage.{one.change.stage}"), OnDay(one.sourced)
        says.append(say("case-stage", now=now, stage=stage, sourced=sourced, at=AtTime(one.since, style="day")))
    return says


async def _likely(report: Report, work: Work) -> list[Say]:
    """Reports that may be of the same person; staff decide."""
    says = []
    own = {one.id for one in await work.reports.in_case(report.case)}
    for pair in await work.cases.likely(tuple(own)):
        other = await work.reports.get(pair.other if pair.report in own else pair.report)
        says.append(Say("case-likely", {"number": str(other.number), "score": pair.score}))
    return says


async def _history(report: Report, actor: Actor, work: Work) -> list[Say]:
    says = []
    for attempt in (await work.cases.attempts(report.case))[-LATEST:]:
        by = await named(attempt.by, work)
        says.append(say("case-contact", at=AtTime(attempt.at), how=Say(f"call-how.{attempt.how}"), by=by))
    for note in (await work.cases.notes(report.case))[-LATEST:]:
        by = await named(note.by, work)
        says.append(say("case-note", at=AtTime(note.at), by=by, text=Private(note.text)))
    return says


async def named(member: StaffId, work: Work) -> Private:
    """A member of staff by name, for colleagues on the page."""
    return Private(await work.staff.name(member), keeps=True)


@dataclass(frozen=True, slots=True)
class Take:
    """The member answers for this case from now on."""

    number: ReportNumber


async def take(command: Take, actor: Actor, work: Work) -> Result:
    staff = actor.acting
    report = await for_staff(command.number, actor, work, "take")
    before = (await work.cases.get(report.case)).taken_by
    await work.audit.acted(actor, "taken", case=report.case, report=report.id)
    sides = [one for one in await work.reports.in_case(report.case) if one.center == staff.center]
    if await leads.take_over(sides, staff, work) == 0 and sides:
        raise Refusal("take-led", number=str(command.number))
    await work.cases.take(report.case, staff.id)
    done = say("take-done", number=str(command.number))
    if before is not None and before != staff.id:
        done = say("take-over-done", number=str(command.number), before=await named(before, work))
    return Result((done,), then=f"opened {report.number}")


@dataclass(frozen=True, slots=True)
class AddNote:
    """Something for colleagues to know; relatives never see it."""

    number: ReportNumber
    text: str


async def add_note(command: AddNote, actor: Actor, work: Work) -> Result:
    staff = actor.acting
    report = await for_staff(command.number, actor, work, "note")
    await work.audit.acted(actor, "note", case=report.case, report=report.id)
    await work.cases.add_note(report.case, staff.id, command.text)
    return Result((Say("note-done", {"number": str(command.number)}),), then=f"opened {report.number}")


COMMANDS: dict[type, Any] = {OpenCase: open_case, Take: take, AddNote: add_note}
SHOWS: dict[str, Any] = {"case": lambda said: OpenCase(written_number(said))}


__all__ = ["COMMANDS", "SHOWS", "AddNote", "OpenCase", "Take", "due", "named", "sent"]
