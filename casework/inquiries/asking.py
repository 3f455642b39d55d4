"""Asking a body about a case: what is enclosed and by whose consent, by when it has to answer, whether it was sent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final

from casework.account import Account
from casework.asked import Asked
from casework.centers import KYIV, Disclosure
from casework.ids import CaseId, CenterId, InquiryId, ReportId, StaffId
from casework.inquiries.telling import tell_all
from casework.inquiries.values import CONSENTS, Enclosed, Inquiry, InquiryState, Term, agreed
from casework.letters import OnDay, Private, Say, private_day, say
from casework.numbers import ReportNumber, make_number
from casework.queries import Query
from casework.reference import Sort
from casework.refusal import Refusal
from casework.registering import Report, for_staff
from casework.result import Result
from casework.staff.proposals import Act, Prepared
from casework.updates.values import Office

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

LONGEST_QUESTION: Final = 1500
LATEST_DUE: Final = timedelta(days=365)
LONGEST_TERM: Final = 180
"""Days; no law that we know of gives a body longer."""


@dataclass(frozen=True, slots=True)
class ToAskBody:
    """What a member sees first: whom the relative lets us ask, what of their words there is, and of which body a law
    says by when it has to answer. `minor`: the relative is under 18, and we ask nobody by their consent alone."""

    number: ReportNumber
    name: str
    relative: str
    bodies: tuple[str, ...]
    there: tuple[Enclosed, ...]
    terms: tuple[Term, ...] = ()
    minor: bool = False


@dataclass(frozen=True, slots=True)
class BeginInquiry(Query[ToAskBody]):
    """A case about which a body is to be asked."""

    number: ReportNumber
    example: ClassVar[ToAskBody] = ToAskBody(
        make_number(1234567), "Петренко Іван", "Петренко Марія", ("nib", "unit"), (Enclosed.SERVICE, Enclosed.MARKS)
    )


async def begin(query: BeginInquiry, actor: Actor, work: Work) -> ToAskBody:
    report = await for_staff(query.number, actor, work, "inquiry")
    account = report.account or Account()
    minor = await work.minors.of(report.person) is not None
    bodies = tuple(body for body in CONSENTS if _there(body, work) and agreed(account, body) and not minor)
    terms = [term for body in bodies if (term := await work.inquiries.term(body))]
    there = tuple(part for part in Enclosed if enclosed(account, (part,)))
    name = (await work.people.get(report.person)).profile.name
    relative = name.full if name else ""
    return ToAskBody(report.number, report.claim.name.full, relative, bodies, there, tuple(terms), minor)


def _there(body: str, work: Work) -> bool:
    return body in set(Office) or work.book.holds(Sort.STRUCTURE, body, work.now.astimezone(KYIV).date())


@dataclass(frozen=True, slots=True)
class AskBody:
    """An inquiry is written. `due` is the day that the member sets; a law that says so goes before it."""

    number: ReportNumber
    body: str
    question: str
    enclosed: tuple[Enclosed, ...]
    due: date | None = None


async def ask_body(command: AskBody, actor: Actor, work: Work) -> Result:
    report = await for_staff(command.number, actor, work, "inquiry")
    await _may_be_asked(report, command.body, work)
    term = await work.inquiries.term(command.body)
    due = _due(command, term, work)
    inquiry = await work.inquiries.add(
        report.center,
        report.case,
        report.id,
        actor.acting.id,
        body=command.body,
        question=command.question,
        enclosed=command.enclosed,
        due=due,
        law=term.source if term else "",
    )
    await work.audit.acted(actor, "inquiry-written", case=report.case, report=report.id)
    return Result((say("inquiry-written", number=inquiry.named),), then=f"inquired {inquiry.id}")


async def _may_be_asked(report: Report, body: str, work: Work) -> None:
    forget = (Asked.INQUIRY_BODY.about(report.number),)
    if body not in CONSENTS or not _there(body, work):
        raise Refusal("inquiry-body-gone", forget=forget)
    if await work.minors.of(report.person) is not None:
        raise Refusal("inquiry-minor", forget=forget, number=str(report.number))
    if not agreed(report.account, body):
        to, number = Say(f"update-source.{body}"), str(report.number)
        raise Refusal("inquiry-no-consent", forget=forget, body=to, number=number)


def _due(command: AskBody, term: Term | None, work: Work) -> date:
    today = work.now.astimezone(KYIV).date()
    if term is not None:
        return today + timedelta(days=term.days)
    if command.due is None or not today < command.due <= today + LATEST_DUE:
        forget = (Asked.INQUIRY_DUE.about(command.number),)
        raise Refusal("unclear-coming-day", forget=forget, days=LATEST_DUE.days)
    return command.due


EXAMPLE: Final = Inquiry(
    InquiryId(1),
    CenterId("kharkiv"),
    2026,
    17,
    CaseId(1),
    ReportId(1),
    StaffId(1),
    "nib",
    "Чи внесено людину до реєстру?",
    (Enclosed.SERVICE,),
    date(2026, 12, 17),
    "",
    datetime(2026, 11, 24, 9, tzinfo=UTC),
)


@dataclass(frozen=True, slots=True)
class ShownInquiry:
    """An inquiry as staff see it, and what its letter says: whose `letter` it is, then the text."""

    inquiry: Inquiry
    number: ReportNumber
    head: tuple[Say, ...] = ()
    text: tuple[Say, ...] = ()
    consents: bool = True


@dataclass(frozen=True, slots=True)
class OpenInquiry(Query[ShownInquiry]):
    """One inquiry, and the letter that is printed of it."""

    inquiry: InquiryId
    example: ClassVar[ShownInquiry] = ShownInquiry(EXAMPLE, make_number(1234567))


async def open_inquiry(query: OpenInquiry, actor: Actor, work: Work) -> ShownInquiry:
    inquiry = await known(query.inquiry, work)
    report = await work.reports.get(inquiry.report)
    await work.audit.looked(actor, "inquiry", case=report.case, report=report.id)
    consents = await consented(report, inquiry.body, work)
    head, text = await _letter(inquiry, report, work)
    return ShownInquiry(inquiry, report.number, head, text if consents else (), consents)


async def consented(report: Report, body: str, work: Work) -> bool:
    """Did the relative let us give the body their words, and are they of an age to do so alone?"""
    return agreed(report.account, body) and await work.minors.of(report.person) is None


async def known(id: InquiryId, work: Work, *, lock: bool = False) -> Inquiry:
    inquiry = await work.inquiries.get(id, lock=lock)
    if inquiry is None:
        raise Refusal("inquiry-gone")
    return inquiry


async def _letter(inquiry: Inquiry, report: Report, work: Work) -> tuple[tuple[Say, ...], tuple[Say, ...]]:
    """Every name stands after a colon: none has to be declined. The address of a center only where it is published."""
    center = await work.centers.get(inquiry.center)
    relative = (await work.people.get(report.person)).profile.name
    head = [say("inquiry-from", city=Say(f"center-{center.id}"))]
    if center.disclosure is Disclosure.PUBLIC and center.address:
        head.append(say("inquiry-address", address=center.address))
    if center.phone:
        head.append(say("inquiry-phone", phone=center.phone))
    made = inquiry.made_at.astimezone(KYIV).date()
    head.append(say("inquiry-number", number=inquiry.named, on=OnDay(made)))
    head.append(say("inquiry-to", body=Say(f"update-source.{inquiry.body}")))
    text = [
        say("inquiry-about", name=Private(report.claim.name.full), born=private_day(report.claim.born)),
        say("inquiry-question", question=Private(inquiry.question)),
        *enclosed(report.account or Account(), inquiry.enclosed),
        say("inquiry-consent", relative=Private(relative.full if relative else "")),
        say("inquiry-by-law", due=OnDay(inquiry.due), law=inquiry.law)
        if inquiry.law
        else say("inquiry-by", due=OnDay(inquiry.due)),
        say("inquiry-signed", member=Private(await work.staff.name(inquiry.by), keeps=True)),
    ]
    return tuple(head), tuple(text)


def enclosed(account: Account, parts: Collection[Enclosed]) -> list[Say]:
    """What of a relative's words goes with an inquiry, a line for each part that there is."""
    lines = (_enclosed(account, part) for part in Enclosed if part in parts)
    return [line for line in lines if line is not None]


def _enclosed(account: Account, part: Enclosed) -> Say | None:
    match part:
        case Enclosed.SERVICE:
            service = Say(f"service.{account.service}") if account.service else Say("common.unknown")
            unit, rank = account.unit or "", account.rank or ""
            told = account.service or unit or rank
            return say("inquiry-service", service=service, unit=_or_not(unit), rank=_or_not(rank)) if told else None
        case Enclosed.LOSS:
            where = account.lost_where or ""
            there = account.lost_on is not None or where != ""
            return say("inquiry-loss", on=private_day(account.lost_on), where=_or_not(where)) if there else None
        case Enclosed.CIRCUMSTANCES:
            return _words("inquiry-circumstances", "\n".join(account.circumstances))
        case Enclosed.MARKS:
            return _words("inquiry-marks", account.marks or "")
        case Enclosed.NUMBERS:
            numbers = ", ".join(one.number for one in account.known_as) or account.numbers or ""
            return _words("inquiry-numbers", numbers)


def _or_not(text: str) -> Private | Say:
    return Private(text) if text else Say("common.unknown")


def _words(name: str, text: str) -> Say | None:
    return say(name, text=Private(text)) if text else None


@dataclass(frozen=True, slots=True)
class MarkSent:
    """It went to the body, by the staff's own means: the relatives read of it from now on."""

    inquiry: InquiryId


async def mark_sent(command: MarkSent, actor: Actor, work: Work) -> Result:
    inquiry = await known(command.inquiry, work, lock=True)
    if inquiry.state is not InquiryState.WRITTEN:
        raise Refusal("inquiry-sent-already", number=inquiry.named)
    report = await work.reports.get(inquiry.report)
    await _may_be_asked(report, inquiry.body, work)
    today = work.now.astimezone(KYIV).date()
    term = await work.inquiries.term(inquiry.body) if inquiry.law else None
    due = today + timedelta(days=term.days) if term else inquiry.due
    if due <= today:
        raise Refusal("inquiry-due-past", number=inquiry.named)
    await work.inquiries.sent(inquiry.id, due)
    await work.audit.acted(actor, "inquiry-sent", case=report.case, report=report.id)
    told = await tell_all(replace(inquiry, due=due), work)
    return Result((say("inquiry-sent", number=inquiry.named, relatives=len(told), due=OnDay(due)),))


@dataclass(frozen=True, slots=True)
class StopInquiry:
    """Nobody is asked any more: it was wrong, or the body is not there. Relatives who were told of it read so."""

    inquiry: InquiryId


async def stop(command: StopInquiry, actor: Actor, work: Work) -> Result:
    inquiry = await known(command.inquiry, work, lock=True)
    if inquiry.state not in (InquiryState.WRITTEN, InquiryState.SENT):
        raise Refusal("inquiry-answered-already", number=inquiry.named)
    await work.inquiries.stop(inquiry.id)
    await work.audit.acted(actor, "inquiry-stopped", case=inquiry.case, report=inquiry.report)
    told = await tell_all(inquiry, work) if inquiry.state is InquiryState.SENT else ()
    return Result((say("inquiry-stopped", number=inquiry.named, relatives=len(told)),))


@dataclass(frozen=True, slots=True)
class SetTerm:
    """By which law, and within how many days, a body has to answer. Families read it, so it takes two."""

    body: str
    days: int
    source: str


async def prepare_term(command: SetTerm, actor: Actor, work: Work) -> Prepared:
    if command.body not in CONSENTS:
        raise Refusal("inquiry-body-gone")
    if not 1 <= command.days <= LONGEST_TERM or not command.source.strip():
        raise Refusal("unclear-term", most=LONGEST_TERM)
    return Prepared(command)


async def show_term(command: SetTerm, work: Work) -> tuple[Say, ...]:
    body = Say(f"update-source.{command.body}")
    return (say("proposal-term", body=body, days=command.days, law=command.source),)


async def set_term(command: SetTerm, actor: Actor, work: Work) -> Result:
    await work.inquiries.set_term(Term(command.body, command.days, command.source), actor.acting.id)
    await work.audit.acted(actor, "term")
    return Result((say("term-done"),))


ACTS = (Act("term", SetTerm, prepare_term, show_term),)
COMMANDS: dict[type, Any] = {
    AskBody: ask_body,
    MarkSent: mark_sent,
    StopInquiry: stop,
    SetTerm: set_term,
}
QUERIES: dict[type, Any] = {BeginInquiry: begin, OpenInquiry: open_inquiry}
