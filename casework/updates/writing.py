"""An update on its way to release: written and signed by one person, looked at and approved by another."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final

from casework import releasing
from casework.asked import Asked
from casework.contact.wishes import call_about_release
from casework.ids import CaseId, PersonId, UpdateId
from casework.kinship import KinshipState
from casework.letters import AtTime, Button, Letter, Private, Purpose, Say, Screen, say
from casework.numbers import ReportNumber, make_number
from casework.queries import Query
from casework.refusal import Refusal
from casework.registering import Kinship, Report, for_staff
from casework.result import Result
from casework.staff.access import listed
from casework.staff.relations import Facts
from casework.unreadable import certain
from casework.updates import standing as stages
from casework.updates.amending import former, writes_with
from casework.updates.forbidden_words import stopped_by
from casework.updates.reach import EXAMPLE_REACH, NOBODY, UpdateReach, UpdateWay, reach
from casework.updates.standing import CaseStanding
from casework.updates.values import (
    EXAMPLE,
    Level,
    Manner,
    Source,
    Statement,
    Update,
    UpdateCopy,
    UpdateState,
    signature,
)
from casework.values import PartialDate

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


@dataclass(frozen=True, slots=True)
class UpdateBegun:
    """What the author sees first. `recipients` are the verified relatives whom it would reach now; `former` what the
    author had written before and got back, and why; `readers` who they are to the missing person; `standing` where the
    case stands; `answer` is the source of the last answer to an inquiry that no update tells of yet."""

    case: CaseId
    number: ReportNumber
    name: str
    recipients: tuple[PersonId, ...]
    former: Statement | None = None
    reason: str = ""
    readers: tuple[Kinship, ...] = ()
    standing: CaseStanding | None = None
    answer: Source | None = None


@dataclass(frozen=True, slots=True)
class BeginUpdate(Query[UpdateBegun]):
    """A case on which an update is to be written."""

    number: ReportNumber
    example: ClassVar[UpdateBegun] = UpdateBegun(
        CaseId(1), make_number(1234567), "Петренко Іван", (PersonId(1), PersonId(2))
    )


async def begin(query: BeginUpdate, actor: Actor, work: Work) -> UpdateBegun:
    staff = actor.acting
    report = await for_staff(query.number, actor, work, "update")
    recipients = tuple(await work.kinships.verified(report.case))
    begun = UpdateBegun(report.case, report.number, report.claim.name.full, recipients)
    readers = await _readers(report.case, recipients, work)
    begun = replace(begun, readers=readers, standing=await stages.standing(report.case, work))
    asked = await work.inquiries.answered_since(report.case)
    if asked is not None and asked.answered_on is not None:
        begun = replace(begun, answer=Source(asked.body, Manner.DOCUMENT, asked.answered_on))
    former = await work.updates.latest_by(report.case, staff.id)
    if former is None or former.state is not UpdateState.SENT_BACK or former.statement.amends is not None:
        return begun
    return replace(begun, former=former.statement, reason=former.reason)


async def _readers(case: CaseId, recipients: Collection[PersonId], work: Work) -> tuple[Kinship, ...]:
    """What each of those whom an update reaches is to the missing person, as it was verified: it is written for all
    of them."""
    reports = [one for one in await work.reports.in_case(case) if one.person in recipients]
    return tuple(
        [certain(one.claim).kinship for one in reports if await work.kinships.state(one.id) is KinshipState.VERIFIED]
    )


@dataclass(frozen=True, slots=True)
class WriteUpdate:
    """The author signs: `seen` is the signature of what they saw, the recipients among it."""

    number: ReportNumber
    statement: Statement
    seen: str


async def write(command: WriteUpdate, actor: Actor, work: Work) -> Result:
    staff = actor.acting
    report = await for_staff(command.number, actor, work, "update")
    number, statement, amends = command.number, command.statement, command.statement.amends
    about = number if amends is None else amends.update
    for question, text in ((Asked.UPDATE_TEXT, statement.uk), (Asked.UPDATE_ENGLISH, statement.en)):
        stopped = () if statement.withdraws else stopped_by(text)  # nobody reads what is withdrawn
        if stopped:
            words = Private(", ".join(stopped), keeps=True)  # of our own list
            forget = question.about(about), Asked.UPDATE_REVIEW.about(about), Asked.SIGN.about(about)
            raise Refusal("write-stopped", forget=forget, words=words, number=str(number))
    stages.check(statement, await stages.standing(report.case, work), number)
    if amends is not None:
        await former(amends, statement, report.case, work)
    recipients, _ = await reach(statement.level, amends, report.case, work)
    if command.seen != signature(report.case, statement, recipients):
        raise Refusal("write-changed", forget=(Asked.SIGN.about(about),))
    if not recipients and not statement.withdraws:
        raise Refusal("write-nobody", number=str(report.number))
    await work.updates.add(report.case, staff.id, command.statement, command.seen)
    await work.audit.acted(actor, "update-written", case=report.case, report=report.id)
    return Result((say("write-done", number=str(report.number)),), keeps=True)


@dataclass(frozen=True, slots=True)
class WaitingUpdate:
    """A line of what waits for a second person."""

    id: UpdateId
    number: ReportNumber
    written_at: datetime
    own: bool
    others: tuple[ReportNumber, ...] = ()

    def about(self, number: ReportNumber) -> bool:
        """Is it of the case with this number? A case that was joined has several."""
        return number in (self.number, *self.others)


@dataclass(frozen=True, slots=True)
class WaitingUpdates(Query[tuple[WaitingUpdate, ...]]):
    """What waits for a second person in the member's center, the oldest first."""

    example: ClassVar[tuple[WaitingUpdate, ...]] = (
        WaitingUpdate(UpdateId(1), make_number(1234567), datetime(2026, 11, 24, 8, tzinfo=UTC), own=False),
        WaitingUpdate(UpdateId(2), make_number(1234567), datetime(2026, 11, 24, 9, tzinfo=UTC), own=True),
    )


async def waiting_updates(query: WaitingUpdates, actor: Actor, work: Work) -> tuple[WaitingUpdate, ...]:
    staff = actor.acting
    found = []
    for update in await work.updates.waiting():
        case = await work.updates.current_case(update.id)
        reports = await work.reports.in_case(case)  # none where all were parted from it: it is nobody's to sign
        facts = Facts.of(actor, work.now, centers=await work.reports.centers(case))
        if reports and listed("WaitingUpdates", facts):
            number, *others = (report.number for report in reports)
            own = update.author == staff.id
            found.append(WaitingUpdate(update.id, number, update.written_at, own, tuple(others)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Signing:
    """An update as whoever is to sign it sees it. `seen` is the signature of just this; `current` tells whether it is
    what the author signed; `recipients` how many it reaches now, and `reach` how each of them. The missing person is
    named by `name` and `born`. `standing` is where the case stands now; `moved`: it is not where the author saw it, so
    the update has to be written anew. `minors` of the recipients are under 18: a human tells them, with an adult."""

    id: UpdateId
    number: ReportNumber
    statement: Statement
    written_at: datetime
    recipients: int
    seen: str
    current: bool
    own: bool
    reach: UpdateReach = NOBODY
    name: str = ""
    born: PartialDate | None = None
    standing: CaseStanding | None = None
    moved: bool = False
    minors: int = 0


@dataclass(frozen=True, slots=True)
class ToSign(Query[Signing]):
    """One update that waits, for its author or for a second person."""

    update: UpdateId
    example: ClassVar[Signing] = Signing(
        UpdateId(1),
        make_number(1234567),
        EXAMPLE,
        datetime(2026, 11, 24, 8, tzinfo=UTC),
        recipients=2,
        seen="0" * 64,
        current=True,
        own=False,
        reach=EXAMPLE_REACH,
    )


async def to_sign(query: ToSign, actor: Actor, work: Work) -> Signing:
    staff = actor.acting
    update, report, recipients, reached = await _waiting(query.update, work)
    await work.audit.looked(actor, "update", case=report.case, report=report.id)
    seen = signature(update.case, update.statement, recipients)
    now_at = await stages.standing(report.case, work)
    return Signing(
        update.id,
        report.number,
        update.statement,
        update.written_at,
        len(recipients),
        seen,
        current=seen == update.signed,
        own=update.author == staff.id,
        reach=reached,
        name=report.claim.name.full,
        born=report.claim.born,
        standing=now_at,
        moved=_moved(update.statement, now_at),
        minors=sum([await work.minors.of(person) is not None for person in recipients]),
    )


def _moved(statement: Statement, now_at: CaseStanding | None) -> bool:
    """Has the case moved since the author saw where it stood?"""
    moves = statement.stage if statement.amends is None else None  # what only corrects words moves nothing
    return moves is not None and moves.over != (now_at.update if now_at else None)


async def _waiting(id: UpdateId, work: Work) -> tuple[Update, Report, tuple[PersonId, ...], UpdateReach]:
    """An update that still waits, locked; a report of its case; and whom it would reach now, and how."""
    update = await work.updates.get(id, lock=True)
    if update is None or update.state is not UpdateState.WAITING:
        raise Refusal("write-decided")
    case = await work.updates.current_case(id)
    reports = await work.reports.in_case(case)
    if not reports:
        raise Refusal("write-decided")
    statement = update.statement
    return update, reports[0], *await reach(statement.level, statement.amends, case, work)


@dataclass(frozen=True, slots=True)
class Approve:
    """The second signature; `seen` is what the approver saw."""

    update: UpdateId
    seen: str


async def approve(command: Approve, actor: Actor, work: Work) -> Result:
    update, report, recipients, reached = await _waiting(command.update, work)
    seen = signature(update.case, update.statement, recipients)
    if not seen == command.seen == update.signed:
        raise Refusal("write-changed", forget=(Asked.DECIDE.about(update.id),))
    stages.check(update.statement, await stages.standing(report.case, work), report.number)
    if not recipients and not update.statement.withdraws:
        raise Refusal("write-nobody", number=str(report.number))
    before: Sequence[UpdateCopy] = ()
    if update.statement.amends is not None:
        first = await former(update.statement.amends, update.statement, report.case, work)
        before = await work.updates.copies(first.id)
        await work.updates.replace(first.id, update.id)
        await work.outbox.drop(f"update:{first.id}")
    told = {copy.person for copy in before if not copy.held}  # a correction of what they know needs no call first
    held = set(recipients) - told if update.statement.level is Level.RELEASED else set()
    at = work.now + releasing.STOPPABLE
    copies = await work.updates.release(update.id, actor.acting.id, recipients, at=at, held=held)
    received = {copy.person for copy in copies}
    await work.audit.acted(actor, "update-approved", case=report.case, report=report.id)
    for copy in before:
        if copy.held:
            await releasing.called_off(copy, work)
    for copy in copies:
        if copy.held:
            await call_about_release(copy, work)
        else:
            await work.audit.acted(actor, "update-released", case=report.case, person=copy.person)
            await releasing.tell(update, copy.person, at, work)
    await work.send(_can_be_stopped(update, str(report.number), at))
    becomes = replace(reached, relatives=tuple(one for one in reached.relatives if one.person in received))
    return Result(_becomes(becomes, str(report.number), at), keeps=True, then=f"recall {update.id}")


def _becomes(reached: UpdateReach, number: str, at: datetime) -> tuple[Say, ...]:
    """How many of them are told in which way."""
    if not reached.relatives:
        return (say("approve-nobody", number=number),)
    counted = {name: reached.by(*ways) for name, ways in _TOLD.items()}
    says = [say(name, number=number, recipients=count) for name, count in counted.items() if count]
    return (*says, say("approve-goes", at=AtTime(at)))


_TOLD: Final = {
    "approve-held": (UpdateWay.HELD,),
    "approve-done": (UpdateWay.WRITTEN, UpdateWay.PAGE, UpdateWay.NOWHERE),
    "approve-called": (UpdateWay.PAGE, UpdateWay.NOWHERE),
    "approve-voice": (UpdateWay.VOICE,),
    "approve-quiet-held": (UpdateWay.HELD_SILENCE,),
    "approve-quiet": (UpdateWay.SILENCE,),
    "approve-unsent": (UpdateWay.UNSENT,),
}


def _can_be_stopped(update: Update, number: str, at: datetime) -> Letter:
    """The author learns that it goes, and can stop it."""
    button = Button(f"/recall {update.id}", Say("recall-can.stop"))
    screen = Screen((say("recall-can", number=number, at=AtTime(at)),), ((button,),))
    return Letter(update.author_person, screen, purpose=Purpose.WORK)


@dataclass(frozen=True, slots=True)
class SendBack:
    """Not released; the author learns why."""

    update: UpdateId
    reason: str


async def send_back(command: SendBack, actor: Actor, work: Work) -> Result:
    update, report, *_ = await _waiting(command.update, work)
    await work.updates.send_back(update.id, actor.acting.id, command.reason)
    await work.audit.acted(actor, "update-sent-back", case=report.case, report=report.id)
    number = str(report.number)
    back = say("write-came-back", number=number)  # the reason is a colleague's words about a family: on opening
    button = Button(f"/{writes_with(update.statement)} {number}", Say("write-came-back.write"))
    await work.send(Letter(update.author_person, Screen((back,), ((button,),)), purpose=Purpose.WORK))
    return Result((say("approve-sent-back", number=number),))


@dataclass(frozen=True, slots=True)
class AskToSign:
    """Something has changed since the author signed: only the author can sign what it is now."""

    update: UpdateId


async def ask_to_sign(command: AskToSign, actor: Actor, work: Work) -> Result:
    update, report, *_ = await _waiting(command.update, work)
    number = str(report.number)
    button = Button(f"/sign {update.id}", Say("write-sign-wanted.sign"))
    wanted = Screen((say("write-sign-wanted", number=number),), ((button,),))
    await work.send(Letter(update.author_person, wanted, purpose=Purpose.WORK))
    return Result((say("write-sign-asked", number=number),))


@dataclass(frozen=True, slots=True)
class Sign:
    """The author signs again, having seen what has changed."""

    update: UpdateId
    seen: str


async def sign(command: Sign, actor: Actor, work: Work) -> Result:
    update, report, recipients, _ = await _waiting(command.update, work)
    seen = signature(update.case, update.statement, recipients)
    if seen != command.seen:
        raise Refusal("write-changed", forget=(Asked.SIGN.about(update.id),))
    stages.check(update.statement, await stages.standing(report.case, work), report.number)
    await work.updates.sign(update.id, seen)
    await work.audit.acted(actor, "update-signed", case=report.case, report=report.id)
    return Result((say("write-done", number=str(report.number)),))


COMMANDS: dict[type, Any] = {
    WriteUpdate: write,
    Approve: approve,
    SendBack: send_back,
    AskToSign: ask_to_sign,
    Sign: sign,
}
QUERIES: dict[type, Any] = {BeginUpdate: begin, WaitingUpdates: waiting_updates, ToSign: to_sign}
