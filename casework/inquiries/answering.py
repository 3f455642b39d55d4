"""What came of inquiries: the answer, with its fixed outcome; a list of those that wait, and who answers late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Final

from casework.asked import Asked
from casework.board import Row, Section
from casework.centers import KYIV
from casework.checks.values import CheckAnswer
from casework.files import attached
from casework.ids import FileId, InquiryId
from casework.inquiries.asking import EXAMPLE, known
from casework.inquiries.telling import call_all
from casework.inquiries.values import Inquiry, InquiryState, Outcome, Punctuality
from casework.letters import OnDay, Say, say
from casework.numbers import ReportNumber
from casework.queries import Query
from casework.refusal import Refusal
from casework.registering import for_staff
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

SHOWN: Final = 8
"""Inquiries that the board shows."""

CHECKED: Final = {Outcome.NOTHING_NEW: CheckAnswer.NOTHING_NEW, Outcome.SOMETHING: CheckAnswer.SOMETHING}
"""The answers that are checks as well."""


@dataclass(frozen=True, slots=True)
class AnswerInquiry:
    """What the body answered, and on which day; `files` are the answer itself."""

    inquiry: InquiryId
    outcome: Outcome
    on: date
    files: tuple[FileId, ...] = ()


async def answer(command: AnswerInquiry, actor: Actor, work: Work) -> Result:
    """Nothing new is a check, from which relatives are told. Something new is the draft of an update, with its source
    filled in: nobody is told of it in writing before two have signed, and from now on nothing says "no news"."""
    inquiry = await known(command.inquiry, work, lock=True)
    if inquiry.state is InquiryState.ANSWERED:
        raise Refusal("inquiry-answered-already", number=inquiry.named)
    if inquiry.state is not InquiryState.SENT or inquiry.sent_at is None:
        raise Refusal("inquiry-not-sent", number=inquiry.named)
    today, sent = work.now.astimezone(KYIV).date(), inquiry.sent_at.astimezone(KYIV).date()
    if not sent <= command.on <= today:
        raise Refusal("unclear-answered-on", forget=(Asked.INQUIRY_ANSWERED.about(inquiry.id),))
    await work.inquiries.answer(inquiry.id, command.outcome, command.on, command.files)
    await work.audit.acted(actor, "inquiry-answered", case=inquiry.case, report=inquiry.report)
    number = str((await work.reports.numbers([inquiry.report]))[inquiry.report])
    check = CHECKED.get(command.outcome)
    if check is not None:
        await work.checks.add(
            actor.acting.center,
            actor.acting.id,
            [inquiry.case],
            body=inquiry.body,
            on=command.on,
            answer=check,
            again=None,
        )
    match command.outcome:
        case Outcome.NOTHING_NEW:
            return Result((say("inquiry-answer-checked", number=inquiry.named),))
        case Outcome.SOMETHING:
            await call_all(inquiry, work)
            return Result((say("inquiry-answer-draft", number=inquiry.named, report=number),))
        case _:
            return Result((say("inquiry-answer-kept", number=inquiry.named),))


@dataclass(frozen=True, slots=True)
class OpenInquiryFiles:
    """What the body sent is looked at again."""

    inquiry: InquiryId


async def open_files(command: OpenInquiryFiles, actor: Actor, work: Work) -> Result:
    inquiry = await known(command.inquiry, work)
    await work.audit.looked(actor, "inquiry", case=inquiry.case, report=inquiry.report)
    files = await attached(inquiry.files, work)
    says = (say("inquiry-opened-files", number=inquiry.named, files=len(files)),)
    return Result(says, attached=files, then=f"inquired {inquiry.id}")


@dataclass(frozen=True, slots=True)
class OpenInquiries:
    """Inquiries, a center's that are not over or a case's, and how punctually each body answers the center."""

    waiting: tuple[Inquiry, ...]
    bodies: tuple[Punctuality, ...]
    today: date


@dataclass(frozen=True, slots=True)
class WaitingInquiries(Query[OpenInquiries]):
    """What the acting member's center has asked and not yet sent, or not yet been answered."""

    example: ClassVar[OpenInquiries] = OpenInquiries((EXAMPLE,), (Punctuality("nib", 1, 3),), date(2026, 12, 20))


async def waiting(query: WaitingInquiries, actor: Actor, work: Work) -> OpenInquiries:
    found = await _waiting(actor, work)
    await work.audit.looked(actor, "inquiries", cases=[one.case for one in found.waiting])
    return found


async def _waiting(actor: Actor, work: Work) -> OpenInquiries:
    center, today = actor.acting.center, work.now.astimezone(KYIV).date()
    if center is None:
        return OpenInquiries((), (), today)
    return OpenInquiries(
        tuple(await work.inquiries.at(center)), tuple(await work.inquiries.punctuality(center, today)), today
    )


@dataclass(frozen=True, slots=True)
class InquiriesOfCase(Query[OpenInquiries]):
    """What bodies were asked about a report's case, the newest first, also what is over."""

    number: ReportNumber
    example: ClassVar[OpenInquiries] = OpenInquiries((), (), date(2026, 12, 20))


async def of_case(query: InquiriesOfCase, actor: Actor, work: Work) -> OpenInquiries:
    report = await for_staff(query.number, actor, work)
    asked = (await work.inquiries.of_case(report.case))[:SHOWN]
    return OpenInquiries(tuple(asked), (), work.now.astimezone(KYIV).date())


def line(one: Inquiry, today: date) -> Say:
    """An inquiry in the list: its state, and since when it waits."""
    state = "late" if one.state is InquiryState.SENT and one.due < today else str(one.state)
    since = OnDay((one.sent_at or one.made_at).astimezone(KYIV).date())
    body, due = Say(f"update-source.{one.body}"), OnDay(one.due)
    state_of = Say(f"inquiry-state.{state}")
    return say("inquiries-line", number=one.named, body=body, state=state_of, due=due, since=since)


def punctual(one: Punctuality) -> Say:
    return say("inquiries-late", body=Say(f"update-source.{one.body}"), late=one.late, due=one.due)


async def inquiries_section(actor: Actor, work: Work) -> Section | None:
    """For the board: what is to be sent, what is due, and who answers late."""
    found = await _waiting(actor, work)
    await work.audit.refreshed(actor, "board-inquiries", cases=[one.case for one in found.waiting])
    if not found.waiting:
        return None
    rows = [
        Row((line(one, found.today),), ((Say("inquiries-board.open"), f"/inquired {one.id}"),))
        for one in found.waiting[:SHOWN]
    ]
    rows += [Row((punctual(one),)) for one in found.bodies if one.late]
    return Section(Say("inquiries-board"), tuple(rows), count=len(found.waiting))


COMMANDS: dict[type, Any] = {AnswerInquiry: answer, OpenInquiryFiles: open_files}
QUERIES: dict[type, Any] = {WaitingInquiries: waiting, InquiriesOfCase: of_case}
SECTIONS: dict[str, Any] = {"inquiries": inquiries_section}
