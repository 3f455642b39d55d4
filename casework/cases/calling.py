"""Calling a family: what came of it is recorded, a call that reached them keeps the promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from casework import leads, releasing
from casework.asked import Asked
from casework.calls import CallTask, Reason, phone_of, why
from casework.cases.card import sent
from casework.cases.records import Reached
from casework.contact.record import Contact, ContactKind
from casework.files import attached
from casework.ids import CallId, CenterId, CorrespondenceId, PersonId
from casework.inbox import InboxItem
from casework.letters import AtTime, Letter, Purpose, Say, Screen
from casework.minors import Minor
from casework.notices import confirm_number
from casework.numbers import ReportNumber, make_number, written_number
from casework.people import GoBetween
from casework.queries import Query
from casework.refusal import Refusal
from casework.registering import Report, for_staff
from casework.result import Result
from casework.staff.access import listed, who_may
from casework.staff.relations import Facts

if TYPE_CHECKING:
    from casework.actor import Actor, Staff
    from casework.work import Work

TRY_AGAIN = timedelta(hours=3)
"""How soon a call that nobody answered is due again; if the center is closed by then, when it opens."""

SHOWN_FOR = timedelta(hours=3)
"""How long a member who was shown a number may go on, though the relative has asked for another person meanwhile."""

LOOK = "call"
"""Under which name the audit has it that a member was shown whom to call."""


@dataclass(frozen=True, slots=True)
class Whom:
    """A family to be called: by a report's number, or by a task where there is no report yet."""

    number: ReportNumber | None = None
    task: CallId | None = None

    def __str__(self) -> str:
        return str(self.number) if self.number else f"t{self.task}"

    @classmethod
    def written(cls, text: str) -> Whom:
        """As `str()` has written it."""
        return cls(task=CallId(int(text[1:]))) if text.startswith("t") else cls(written_number(text))


SETTLED_ELSEWHERE = frozenset({Reason.CONFIRM, Reason.REBOOK, Reason.SIGHTING})
"""What a talk alone does not settle: a visit is to be confirmed, another time to be taken or called off, a sign of
life to be answered."""


@dataclass(frozen=True, slots=True)
class UnconfirmedVisit:
    """A visit about which the family is called, and which that call may confirm."""

    number: ReportNumber
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Untold:
    """A released update that the family has not opened; told by the voice of whoever calls. `held`: nothing of it goes
    before they were told. `withdraws` is the day of the earlier one that it takes back: of that no word is said."""

    level: Say
    text: str
    released_at: datetime
    held: bool = False
    withdraws: datetime | None = None


@dataclass(frozen=True, slots=True)
class OtherRelative:
    """Another relative of the same missing person who waits for a call, and why."""

    number: ReportNumber
    relative: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Whom a member of staff is about to call, and why, with what the calls are about; `lines` is what they sent when
    nothing asked for it. `others` of the case wait for calls of their own. `elsewhere` is the center of
    their report, where that is another one. `written` is the correspondence in which they wait for an answer, if the
    member may read it. `go_between` is there where whom they named is to be asked. The
    caller says the `word`, which is good `word_until`. `minor`: the relative is under 18, and is told nothing alone.
    `another`: they have asked for another person since the member was shown the number."""

    number: ReportNumber | None
    relative: str
    phone: str
    missing: str
    tasks: tuple[CallTask, ...]
    lines: tuple[InboxItem, ...] = ()
    visits: tuple[UnconfirmedVisit, ...] = ()
    untold: tuple[Untold, ...] = ()
    others: tuple[OtherRelative, ...] = ()
    elsewhere: CenterId | None = None
    go_between: GoBetween | None = None
    written: CorrespondenceId | None = None
    word: str = ""
    word_until: datetime | None = None
    minor: Minor | None = None
    another: bool = False


@dataclass(frozen=True, slots=True)
class ToBeCalled(Query[Family]):
    """The family behind a number or a task."""

    whom: Whom
    example: ClassVar[Family] = Family(
        make_number(1234567),
        "Петренко Марія",
        "+380671234567",
        "Петренко Іван",
        (
            CallTask(
                CallId(1), PersonId(1), CenterId("kharkiv"), None, Reason.ASKED, datetime(2026, 11, 24, tzinfo=UTC)
            ),
        ),
    )


async def to_be_called(query: ToBeCalled, actor: Actor, work: Work) -> Family:
    staff = actor.acting
    id, report, tasks = await to_call(query.whom, actor, work)
    person, word = await work.people.get(id), await work.call_words.of(id)
    return Family(
        report.number if report else None,
        person.profile.name.full if person.profile.name else "",
        str(await phone_of(person, work) or ""),
        report.claim.name.full if report else "",
        tuple(tasks),
        tuple(await work.inbox.of_tasks([task.id for task in tasks])),
        await _visits(id, tasks, actor, work),
        await _untold(id, tasks, work),
        await _others(report, staff, work) if report else (),
        None if report else await _elsewhere(id, work),
        person.profile.go_between if any(task.reason is Reason.GO_BETWEEN for task in tasks) else None,
        await _written(id, actor, work),
        word.word if word is not None else "",
        word.until if word is not None else None,
        await work.minors.of(id),
        await _wanted_another(id, tasks, actor, work),
    )


async def _written(person: PersonId, actor: Actor, work: Work) -> CorrespondenceId | None:
    """The correspondence in which words of theirs wait: whoever calls should have read them."""
    found = await work.correspondences.of(person)
    if found is None or found.waits_since is None:
        return None
    facts = Facts.of(actor, work.now, owner=person, desk=found.center, member=found.holder, kept_from=found.kept_from)
    return found.id if listed("WaitingCorrespondence", facts) else None


async def _elsewhere(person: PersonId, work: Work) -> CenterId | None:
    reports = await work.reports.of(person)
    return reports[-1].center if reports else None


async def _others(report: Report, staff: Staff, work: Work) -> tuple[OtherRelative, ...]:
    """Whoever else of the case waits: a number of a joined case names one relative, and another may be meant."""
    found: dict[PersonId, OtherRelative] = {}
    for one in await work.reports.in_case(report.case):
        if one.person != report.person and one.person not in found:
            tasks = await _open(one.person, one, staff, work)
            name = (await work.people.get(one.person)).profile.name
            reasons = tuple(dict.fromkeys(task.reason for task in tasks))
            found[one.person] = OtherRelative(one.number, name.full if name else "", reasons)
    return tuple(other for other in found.values() if other.reasons)


async def _visits(
    person: PersonId, tasks: Sequence[CallTask], actor: Actor, work: Work
) -> tuple[UnconfirmedVisit, ...]:
    """The visits to be confirmed, for whoever may confirm them."""
    about = {task.appointment for task in tasks if task.reason is Reason.CONFIRM}
    if not about or actor.acting.role not in who_may("Confirm"):
        return ()
    ahead = await work.bookings.of(person, work.now)
    return tuple(UnconfirmedVisit(one.number, one.starts_at) for one in ahead if one.id in about and one.stands)


async def _untold(person: PersonId, tasks: Sequence[CallTask], work: Work) -> tuple[Untold, ...]:
    """What did not arrive, where the call is due for that: only what the person may read, and nothing that can still
    be stopped."""
    why = {task.reason for task in tasks}
    if not why & {Reason.UNDELIVERED, Reason.VOICE, Reason.RELEASE}:
        return ()
    held = await work.updates.held(person) if Reason.RELEASE in why else ()
    found = []
    for reading in (*held, *await work.updates.readings(person)):
        update = await work.updates.get(reading.update)
        verified = await work.kinships.verified(await work.updates.current_case(reading.update))
        if update is None or person not in verified or reading.opened_at is not None:
            continue
        if not reading.held or releasing.goes_at(update) <= work.now:
            statement, level = update.statement, Say(f"update-level.{update.statement.level}")
            since = reading.released_at or update.decided_at or update.written_at
            text = "" if statement.withdraws else statement.uk
            found.append(Untold(level, text, since, reading.held, await releasing.withdrawn_from(statement, work)))
    return tuple(found)


async def to_call(named: Whom, actor: Actor, work: Work) -> tuple[PersonId, Report | None, Sequence[CallTask]]:
    """As `whom`, before a call. Refused to whom the relative has not wanted, unless somebody has to call at once or the
    member was shown the number already: then they may be speaking. What came of a call can always be recorded."""
    person, report, tasks = await _find(named, actor, work)
    if await _wanted_another(person, tasks, actor, work):
        since, about = work.now - SHOWN_FOR, report.id if report else None
        if not await work.audit.was_shown(actor.acting.id, LOOK, since, report=about, person=person):
            raise Refusal("call-another")
    await _looked(person, report, actor, work)
    return person, report, tasks


async def _wanted_another(person: PersonId, tasks: Sequence[CallTask], actor: Actor, work: Work) -> bool:
    return person in await leads.others_call(actor.acting, work) and not any(one.is_urgent(work.now) for one in tasks)


async def whom(named: Whom, actor: Actor, work: Work) -> tuple[PersonId, Report | None, Sequence[CallTask]]:
    """Whom a number or a task names, their report here, and what one call can settle. The look is recorded."""
    person, report, tasks = await _find(named, actor, work)
    await _looked(person, report, actor, work)
    return person, report, tasks


async def _find(named: Whom, actor: Actor, work: Work) -> tuple[PersonId, Report | None, Sequence[CallTask]]:
    staff = actor.acting
    if named.number is not None:
        report = await for_staff(named.number, actor, work)
        return report.person, report, await _open(report.person, report, staff, work)
    task = await work.calls.get(named.task) if named.task else None
    if task is None:
        raise Refusal("call-gone")
    if task.report is not None:
        report = await for_staff((await work.reports.get(task.report)).number, actor, work)
        return task.person, report, await _open(report.person, report, staff, work)
    here = await report_here(task.person, staff, work)
    return task.person, here, await _open(task.person, None, staff, work)


async def _looked(person: PersonId, report: Report | None, actor: Actor, work: Work) -> None:
    """A refused member was shown nothing, and is not written down as if they had been."""
    if report is None:
        await work.audit.looked(actor, LOOK, person=person)
    else:
        await work.audit.looked(actor, LOOK, case=report.case, report=report.id)


async def report_here(person: PersonId, staff: Staff, work: Work) -> Report | None:
    """The person's last report for which the member's center answers: a call that is about none is still a family's."""
    mine = [report for report in await work.reports.of(person) if report.center == staff.center]
    return mine[-1] if mine else None


async def _open(person: PersonId, report: Report | None, staff: Staff, work: Work) -> Sequence[CallTask]:
    """What one call can settle: all that waits for the person in the case, whichever of its numbers was named; not what
    another center has to say of an appointment there."""
    tasks = await work.calls.open_of(person, None)
    if report is not None:
        case = {one.id for one in await work.reports.in_case(report.case)}
        tasks = [task for task in tasks if task.report is None or task.report in case]
    return [task for task in tasks if task.appointment is None or task.center == staff.center]


@dataclass(frozen=True, slots=True)
class RecordCall:
    """What came of a call; `again_at` is when to call again, `note` what colleagues should know of it, `confirms` a
    visit that was agreed on."""

    whom: Whom
    how: Reached
    again_at: datetime | None = None
    note: str = ""
    confirms: ReportNumber | None = None


async def record_call(command: RecordCall, actor: Actor, work: Work) -> Result:
    """Reached: what a talk settles is done; the rest still waits. No answer: the family is told that we tried, and we
    try again."""
    staff = actor.acting
    if command.note and not actor.on_page:
        raise Refusal("staff-not-kept", forget=(Asked.CALL_HOW.about(command.whom),))
    person, report, tasks = await whom(command.whom, actor, work)
    about, case = (report.id, report.case) if report else (None, None)
    await work.audit.acted(actor, f"call-{command.how}", person=person, report=about, case=case)
    await work.call_words.used(person)
    attempt = await work.cases.add_attempt(person, about, staff.id, command.how)
    if command.how is Reached.REACHED:
        await work.contacts.add(Contact(person, about, ContactKind.CALL, work.now, staff.id), attempt)
        return await _reached(command, person, report, tasks, staff, actor, work)
    center = await work.centers.get(report.center if report else tasks[0].center)
    again = command.again_at or center.working(work.now + TRY_AGAIN)
    if again <= work.now:
        raise Refusal("call-again-past", forget=(Asked.CALL_AGAIN.about(command.whom),))
    for task in tasks:
        await work.calls.postpone(task.id, again)
    if not tasks:
        await work.calls.add_task(Reason.ASKED, person=person, center=center.id, report=about, due=again)
    if command.how is Reached.NO_ANSWER:
        zone = (await work.people.get(person)).profile.zone
        told = Say("call-missed", {"by": AtTime(again, zone, "day")})
        await work.send(Letter(person, Screen((told,), keeps=True), purpose=Purpose.CALL))
    number = str(report.number if report else command.whom)
    return Result((Say("call-again-done", {"number": number, "at": AtTime(again)}),))


@dataclass(frozen=True, slots=True)
class OpenSent:
    """What a family has sent to be heard or seen before it is called."""

    whom: Whom


async def open_sent(command: OpenSent, actor: Actor, work: Work) -> Result:
    """On the page only; each file is recorded when it is opened."""
    _, _, tasks = await to_call(command.whom, actor, work)
    lines = [line for line in await work.inbox.of_tasks([task.id for task in tasks]) if line.file is not None]
    says = tuple(sent(line) for line in lines)
    back = f"call {command.whom}"
    if not actor.on_page:
        return Result((*says, Say("staff-rest-on-page", {"link": work.page})), then=back)
    files = [line.file for line in lines if line.file is not None]
    shown = f"sent {command.whom}"
    return Result(says, attached=await attached(files, work), keeps=True, then=back, shows=shown)


async def _reached(
    command: RecordCall,
    person: PersonId,
    report: Report | None,
    tasks: Sequence[CallTask],
    staff: Staff,
    actor: Actor,
    work: Work,
) -> Result:
    case = report.case if report else None
    says = list(await releasing.reached(person, report.id if report else None, staff.id, work))
    held = {copy.report for copy in await work.updates.held(person)}  # it still waits for a call
    waits = [task for task in tasks if task.reason is Reason.RELEASE and task.report in held]
    settled = [task for task in tasks if task.reason not in SETTLED_ELSEWHERE and task not in waits]
    for task in settled:
        await work.calls.close(task.id)
    await confirm_number(person, work)
    number = str(report.number if report else command.whom)
    says.insert(0, Say("call-done", {"number": number, "tasks": len(settled)}))
    if command.note and case is not None:
        await work.audit.acted(actor, "note", case=case)
        await work.cases.add_note(case, staff.id, command.note)
        says.append(Say("note-done", {"number": number}))
    visit = await work.bookings.by_number(command.confirms) if command.confirms else None
    left = [task for task in tasks if task not in settled and (visit is None or task.appointment != visit.id)]
    says += [Say("call-left", {"reason": why(task.reason, None)}) for task in left]
    if visit is not None:
        return Result(tuple(says), then=f"confirm {visit.number}")
    return Result(tuple(says), then=f"opened {number}" if report else "")


COMMANDS: dict[type, Any] = {RecordCall: record_call, OpenSent: open_sent}
SHOWS: dict[str, Any] = {"sent": lambda said: OpenSent(Whom.written(said))}
QUERIES: dict[type, Any] = {ToBeCalled: to_be_called}
