"""What relatives read of an inquiry: whom we asked, by when the answer is due, and on the day after that, what came.

Another body's promise is not ours: what a law gives it is told as that, and only where the law is known. What we
promise is to tell them on the day after, answer or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from casework import calls, human_voice
from casework.calls import Reason
from casework.centers import KYIV
from casework.contact.wishes import asks_silence
from casework.ids import InquiryId, PersonId
from casework.inquiries.values import Inquiry, InquiryState, Outcome
from casework.letters import Button, Letter, OnDay, Purpose, Say, Screen, say
from casework.pushes import in_place
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

SOON: Final = timedelta(days=3)
"""So long before an answer is due the member who asked is reminded."""


async def tell_all(inquiry: Inquiry, work: Work) -> list[PersonId]:
    """A letter to each relative of the case who may be written to. Returns to whom."""
    told = []
    for person in await work.kinships.verified(inquiry.case):
        reads = f"inquiry:{inquiry.id}"
        if await human_voice.instead_of(person, reads, work) or await asks_silence(person, reads, work):
            continue
        await work.send(letter(inquiry.id, person))
        told.append(person)
    return told


def letter(inquiry: InquiryId, person: PersonId) -> Letter:
    """The neutral line, the same whatever was asked or answered."""
    screen = Screen((Say("inquiry-news"),), ((Button(f"/asked {inquiry}", Say("inquiry-news.read")),),), neutral=True)
    return Letter(person, screen, reads=f"inquiry:{inquiry}", purpose=Purpose.UPDATE)


async def stands(person: PersonId, id: int, work: Work) -> bool:
    """May it still be read? What was not sent, or is asked no more, is nothing to tell."""
    inquiry = await work.inquiries.get(InquiryId(id))
    return inquiry is not None and inquiry.sent_at is not None and inquiry.stopped_at is None


@dataclass(frozen=True, slots=True)
class ReadInquiry:
    """The relative opens what is told of an inquiry."""

    inquiry: InquiryId


async def read(command: ReadInquiry, actor: Actor, work: Work) -> Result:
    instead = await human_voice.instead(actor.person, f"inquiry:{command.inquiry}", work)
    if instead is not None:
        return Result((instead,), keeps=True)
    screen = await in_place(Screen((), opens=f"inquiry:{command.inquiry}"), actor, work)
    return Result(screen.says, keeps=True, opens=screen.opens)


async def told(person: PersonId, id: int, language: str, work: Work) -> tuple[Say, ...]:
    """As it stands when it is sent."""
    inquiry = await work.inquiries.get(InquiryId(id))
    own = await work.inquiries.report_of(InquiryId(id), person)
    if inquiry is None or own is None or inquiry.sent_at is None or inquiry.stopped_at is not None:
        return (say("inquiry-over"),)
    numbers = await work.reports.numbers([own])
    sent, body = inquiry.sent_at.astimezone(KYIV).date(), Say(f"update-source.{inquiry.body}")
    says = [say("inquiry-asked", number=str(numbers[own]), body=body, on=OnDay(sent))]
    today = work.now.astimezone(KYIV).date()
    if inquiry.outcome is not None and inquiry.answered_on is not None:
        says.append(say("inquiry-came", on=OnDay(inquiry.answered_on), outcome=Say(f"inquiry-told.{inquiry.outcome}")))
    elif today > inquiry.due:
        says.append(say("inquiry-late", due=OnDay(inquiry.due)))
    else:
        by_law = say("inquiry-law", due=OnDay(inquiry.due), law=inquiry.law)
        says.append(by_law if inquiry.law else say("inquiry-waits", due=OnDay(inquiry.due)))
        says.append(say("inquiry-then", on=OnDay(inquiry.due + timedelta(days=1))))
    return tuple(says)


async def follow(work: Work) -> None:
    """A tick: on the day after an answer was due the relatives hear, answer or not; and whoever asked is reminded."""
    today = work.now.astimezone(KYIV).date()
    for inquiry in await work.inquiries.to_tell(today):
        await work.inquiries.told(inquiry.id)
        if inquiry.outcome is Outcome.SOMETHING:
            await _say_by_voice(inquiry, work)
        else:
            await tell_all(inquiry, work)
    for inquiry in await work.inquiries.to_remind(today + SOON, today):
        late = inquiry.due < today
        await work.inquiries.reminded(inquiry.id, 2 if late else 1)
        await _remind(inquiry, "inquiry-remind-late" if late else "inquiry-remind", work)


async def _say_by_voice(inquiry: Inquiry, work: Work) -> None:
    """Something was answered: nothing of it is written but in an update that two have signed. Whoever has had none by
    the day that was promised to them is called."""
    since = inquiry.answered_at or work.now
    released = await work.inquiries.released_since(inquiry.case, since)
    for person in await work.kinships.verified(inquiry.case):
        own = await work.inquiries.report_of(inquiry.id, person)
        quiet = await asks_silence(person, f"inquiry:{inquiry.id}", work)
        if person not in released and own is not None and not quiet:
            await calls.plan(Reason.INQUIRY, person, work, report=own)


async def _remind(inquiry: Inquiry, words: str, work: Work) -> None:
    member = await work.staff.get(inquiry.by)
    if not member.active or inquiry.state is not InquiryState.SENT:
        return
    told = say(words, number=inquiry.named, body=Say(f"update-source.{inquiry.body}"), due=OnDay(inquiry.due))
    button = Button(f"/inquired {inquiry.id}", Say("inquiries-board.open"))
    await work.send(Letter(member.person, Screen((told,), ((button,),)), purpose=Purpose.WORK))


COMMANDS: dict[type, Any] = {ReadInquiry: read}
