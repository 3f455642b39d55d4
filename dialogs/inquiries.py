"""How staff ask a body about a case, mark what was sent and what came; and how a relative reads of it."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final

from casework.asked import Asked
from casework.ids import InquiryId
from casework.inquiries.answering import AnswerInquiry, OpenInquiryFiles, WaitingInquiries, line, punctual
from casework.inquiries.asking import (
    LATEST_DUE,
    LONGEST_QUESTION,
    LONGEST_TERM,
    AskBody,
    BeginInquiry,
    MarkSent,
    OpenInquiry,
    SetTerm,
    StopInquiry,
)
from casework.inquiries.telling import ReadInquiry
from casework.inquiries.values import CONSENTS, Enclosed, InquiryState, Outcome
from casework.letters import OnDay, Private, Say, say
from casework.minors import SayAdult, SayUnder18
from casework.queries import Today
from casework.values import PartialDate, Precision, Unclear
from dialogs import answers as parse
from dialogs.ages import asked_age
from dialogs.checks import coming_day
from dialogs.questions import Choice, Option, Question, Several, Told, Typed
from dialogs.reports import NUMBER, at_hand
from dialogs.routing import Redirect
from dialogs.script import ask, look_up, perhaps, say_all, tell

MOST_SHOWN: Final = 8
LONGEST_LAW: Final = 200


def _days(text: str) -> int | Unclear:
    said = text.strip()
    fits = said.isascii() and said.isdecimal() and len(said) < 4 and 1 <= int(said) <= LONGEST_TERM
    return int(said) if fits else Unclear("unclear-term", {"most": LONGEST_TERM})


def _due_day(text: str, today: date) -> date | Unclear:
    return coming_day(text, today, LATEST_DUE)


def _answered_day(text: str, today: date, since: date) -> date | Unclear:
    read = parse.day(text, today, centuries=(2000,))
    if isinstance(read, PartialDate) and read.precision is Precision.DAY and read.first >= since:
        return read.first
    return Unclear("unclear-answered-on")


@dataclass(frozen=True, kw_only=True)
class _DayTyped(Typed[date]):
    def show(self, value: date) -> Say | str:
        return say("write-day", on=OnDay(value))


BODY = Choice(name=Asked.INQUIRY_BODY, type=str, example="nib")
QUESTION = Typed(
    name="inquiry-what",
    type=str,
    example="Чи внесено людину до реєстру?",
    on_page=True,
    parser=partial(parse.free_text, limit=LONGEST_QUESTION),
)
ENCLOSED = Several(name="inquiry-enclosed", among=tuple(Enclosed))
DUE = _DayTyped(
    name=Asked.INQUIRY_DUE, type=date, example=date(2026, 12, 17), parser=lambda text: Unclear("unclear-day")
)
WHICH = Typed(
    name="inquiry-which",
    type=InquiryId,
    example=InquiryId(1),
    parser=lambda text: InquiryId(int(text)) if text.isdecimal() and len(text) < 19 else Unclear("unclear-choice"),
)
DOES_NEXT = Choice(name="inquiry-next", type=str, example="menu")
CAME = Choice(name="inquiry-outcome", type=Outcome, example=Outcome.NOTHING_NEW)
ANSWERED = _DayTyped(
    name=Asked.INQUIRY_ANSWERED, type=date, example=date(2026, 11, 24), parser=lambda text: Unclear("unclear-day")
)
FILES = Told(name="inquiry-files", files_only=True, noun="paper", later=True)
LIST = Choice(name="inquiries", type=str, example="menu")
TERM_OF = Choice(name="term-of", type=str, example="nib")
TERM_DAYS = Typed(name="term-days", type=int, example=30, parser=_days)
TERM_LAW = Typed(name="term-law", type=str, example="—", parser=partial(parse.short_text, limit=LONGEST_LAW))


def _due(today: date) -> Question[date]:
    return replace(DUE, parser=partial(_due_day, today=today))


def _answered(today: date, since: date) -> Question[date]:
    return replace(ANSWERED, parser=partial(_answered_day, today=today, since=since))


async def inquiry() -> AskBody | Redirect:
    """A new one: whom to ask, what, what is enclosed by the relative's consent, and by when the answer is due."""
    number = await at_hand(NUMBER)
    begun = await look_up(BeginInquiry(number))
    await tell("inquiry-begin", number=str(number), name=Private(begun.name), relative=Private(begun.relative))
    if not begun.bodies:
        await tell("inquiry-minor" if begun.minor else "inquiry-nobody-agreed", number=str(number))
        return Redirect(f"opened {number}")
    body = await ask(BODY.about(number).of(*(Option(one, Say(f"update-source.{one}")) for one in begun.bodies)))
    question = await ask(QUESTION.about(number))
    there = tuple(str(part) for part in begun.there)
    parts = await ask(replace(ENCLOSED.about(number), among=there)) if there else ()
    term = next((one for one in begun.terms if one.body == body), None)
    due = None
    if term is None:
        due = await ask(_due(await look_up(Today())).about(number))
    else:
        await tell("inquiry-term", days=term.days, law=term.source)
    return AskBody(number, body, question, tuple(Enclosed(part) for part in parts), due)


async def inquiries() -> Redirect:
    """What is to be sent and what is due, the earliest first; and who answers late."""
    found = await look_up(WaitingInquiries())
    if not found.waiting:
        await tell("inquiries-none")
    await say_all(punctual(one) for one in found.bodies if one.late)
    shown = found.waiting[:MOST_SHOWN]
    await say_all(line(one, found.today) for one in shown)
    rows = [Option(str(one.id), say("inquiries.one", number=one.named, due=OnDay(one.due))) for one in shown]
    chosen = await ask(LIST.of(*rows, Option("new", Say("inquiries.new")), Option("menu", Say("inquiries.menu"))))
    match chosen:
        case "new":
            return Redirect("inquiry")
        case "menu":
            return Redirect("menu")
        case _:
            return Redirect(f"inquired {chosen}")


DOES: Final = {
    InquiryState.WRITTEN: ("sent", "stop", "menu"),
    InquiryState.SENT: ("answer", "stop", "menu"),
    InquiryState.ANSWERED: ("files", "menu"),
    InquiryState.STOPPED: ("menu",),
}
"""What can be done with an inquiry."""


async def inquired() -> MarkSent | StopInquiry | AnswerInquiry | OpenInquiryFiles | Redirect:
    """One of them: its letter, and what is to be done with it."""
    id = await ask(WHICH)
    shown = await look_up(OpenInquiry(id))
    one, today = shown.inquiry, await look_up(Today())
    state = line(one, today)
    await tell(state.name, **state.args)
    await say_all(shown.text)
    if one.state is InquiryState.WRITTEN:
        await tell("inquiry-print" if shown.consents else "inquiry-consent-gone", path=f"/inquiries/{id}.pdf")
    ways = (way for way in DOES[one.state] if way != "files" or one.files)
    options = (Option(way, Say(f"inquiry-next.{way}")) for way in ways)
    match await ask(DOES_NEXT.about(f"{id}.{one.state}").of(*options)):
        case "sent":
            return MarkSent(id)
        case "stop":
            return StopInquiry(id)
        case "files":
            return OpenInquiryFiles(id)
        case "answer":
            outcome = await ask(CAME.about(id))
            since = one.sent_at.date() if one.sent_at is not None else today
            day = await ask(_answered(today, since).about(id))
            story = await perhaps(FILES.about(id))
            return AnswerInquiry(id, outcome, day, story.files if story else ())
        case _:
            return Redirect("inquiries")


async def asked() -> ReadInquiry | SayAdult | SayUnder18:
    """Behind the button of the neutral line."""
    inquiry = await ask(WHICH)
    return await asked_age(f"asked {inquiry}") or ReadInquiry(inquiry)


async def term() -> SetTerm:
    """By which law, and within how many days, a body has to answer. Without a law there is no term."""
    await tell("term-what")
    body = await ask(TERM_OF.of(*(Option(one, Say(f"update-source.{one}")) for one in CONSENTS)))
    days = await ask(TERM_DAYS.about(body))
    return SetTerm(body, days, await ask(TERM_LAW.about(body)))
