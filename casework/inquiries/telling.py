"""What relatives read of an inquiry: whom we asked, by when the answer is due, and on the day after that, what came.

Another body's promise is not ours: what a law gives it is told as that, and only where the law is known. What we
promise is to tell them on the day after, answer or not.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from casework import calls, human_voice
from casework.actor import Role
from casework.calls import Reason
from casework.centers import KYIV
from casework.ids import InquiryId, PersonId
from casework.inquiries.values import Inquiry, InquiryState, Outcome, agreed
from casework.letters import Button, Letter, OnDay, Purpose, Say, Screen, say
from casework.pushes import in_place
from casework.result import Result
from casework.updates.codes import grouped

if TYPE_CHECKING:
    from casework.actor import Actor, Staff
    from casework.contact.sides import ContactSide
    from casework.work import Work

DAY: Final = timedelta(days=1)
OWED: Final = timedelta(days=90)
"""So long after something was answered a relative who comes to it later is called about it."""

SOON: Final = timedelta(days=3)
"""So long before an answer is due the member who asked is reminded."""


async def tell_all(inquiry: Inquiry, work: Work) -> list[PersonId]:
    """A letter to each relative of the case who may be written to. Returns to whom."""
    told = await _readers(inquiry, work)
    for person in told:
        await work.send(letter(inquiry.id, person))
    return told


async def _readers(inquiry: Inquiry, work: Work) -> list[PersonId]:
    """Who may be written to of an inquiry."""
    return [side.person for side in await _sides(inquiry, work) if not side.heard.by_voice]


async def _sides(inquiry: Inquiry, work: Work) -> list[ContactSide]:
    """The relatives who hear of an inquiry, by letter or by voice."""
    sides = [await _side(inquiry, person, work) for person in await work.kinships.verified(inquiry.case)]
    return [side for side in sides if side is not None and not side.rests]


async def _side(inquiry: Inquiry, person: PersonId, work: Work) -> ContactSide | None:
    """The person's own side of the case, if they may hear of the inquiry when they ask: their search goes on, and they
    agreed themselves to what was asked. Otherwise it would tell them that somebody else did."""
    own = await work.inquiries.report_of(inquiry.id, person)
    side = await work.contacts.side(own) if own is not None else None
    if side is None or (side.rests and not side.quiet):
        return None
    theirs = [one for one in await work.reports.in_case(inquiry.case) if one.person == person]
    return side if any(agreed(one.account, inquiry.body) for one in theirs) else None


def letter(inquiry: InquiryId, person: PersonId) -> Letter:
    """The neutral line, the same whatever was asked or answered."""
    screen = Screen((Say("inquiry-news"),), ((Button(f"/asked {inquiry}", Say("inquiry-news.read")),),), neutral=True)
    return Letter(person, screen, reads=f"inquiry:{inquiry}", purpose=Purpose.UPDATE)


async def stands(person: PersonId, id: int, work: Work) -> bool:
    """May it still be read? What was not sent is nothing to tell."""
    inquiry = await work.inquiries.get(InquiryId(id))
    if inquiry is None or inquiry.sent_at is None:
        return False
    side = await _side(inquiry, person, work)
    return side is not None and not side.rests


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
    side = await _side(inquiry, person, work) if inquiry is not None else None
    if inquiry is None or inquiry.sent_at is None or side is None:
        return (say("inquiry-over"),)
    numbers = await work.reports.numbers([side.report])
    sent, body = inquiry.sent_at.astimezone(KYIV).date(), Say(f"update-source.{inquiry.body}")
    asked = say("inquiry-asked", number=str(numbers[side.report]), body=body, on=OnDay(sent))
    code = say("update-code", code=grouped(work.inquiries.code(inquiry.id, side.report)))
    return (asked, *await _stage(inquiry, person, work), code)


async def _stage(inquiry: Inquiry, person: PersonId, work: Work) -> tuple[Say, ...]:
    """What came of it. That there is something new is no news of a button: until the promised day it is said by an
    update, or by whoever calls."""
    if inquiry.stopped_at is not None:
        return (say("inquiry-no-more"),)
    today, came = work.now.astimezone(KYIV).date(), str(inquiry.outcome)
    if inquiry.outcome is Outcome.SOMETHING and inquiry.answered_at is not None:
        written = person in await work.inquiries.released_since(inquiry.case, inquiry.answered_at)
        came = "written" if written else came if today > inquiry.due else ""
    if inquiry.answered_on is not None and came:
        return (say("inquiry-came", on=OnDay(inquiry.answered_on), outcome=Say(f"inquiry-told.{came}")),)
    if today > inquiry.due:
        return (say("inquiry-late", due=OnDay(inquiry.due)),)
    by_law = say("inquiry-law", due=OnDay(inquiry.due), law=inquiry.law)
    waits = by_law if inquiry.law else say("inquiry-waits", due=OnDay(inquiry.due))
    return waits, say("inquiry-then", on=OnDay(inquiry.due + DAY))


async def follow(work: Work) -> None:
    """A tick: on the day after an answer was due the relatives hear, answer or not; what came later they hear at once;
    and whoever asked is reminded. Whoever was verified, agreed or wanted to hear again after something was answered is
    called as the others were; whoever could read an update since need not be called."""
    today = work.now.astimezone(KYIV).date()
    for task in await work.inquiries.overtaken():
        await work.calls.close(task)
    for id, persons in (await work.inquiries.uncalled(work.now - OWED)).items():
        answered = await work.inquiries.get(id)
        if answered is not None:
            await call_all(answered, work, persons)
    for inquiry in await work.inquiries.to_tell(today):
        await work.inquiries.told(inquiry.id)
        if inquiry.outcome is not Outcome.SOMETHING:
            await tell_all(inquiry, work)
    for inquiry in await work.inquiries.to_remind(today + SOON, today):
        late = inquiry.due < today
        await work.inquiries.reminded(inquiry.id, 2 if late else 1)
        await _remind(inquiry, late, work)


async def call_all(inquiry: Inquiry, work: Work, only: Collection[PersonId] | None = None) -> None:
    """Something was answered: nothing of it is written but in an update that two have signed. Each relative is called
    by the end of the day that was promised to them; within a working day where that has passed. `only`: of these."""
    promised = datetime.combine(inquiry.due + 2 * DAY, time(), tzinfo=KYIV)
    within, before = (promised - work.now, promised) if promised > work.now else (None, None)
    for side in (one for one in await _sides(inquiry, work) if only is None or one.person in only):
        await calls.plan(Reason.INQUIRY, side.person, work, report=side.report, within=within, before=before)


async def _remind(inquiry: Inquiry, late: bool, work: Work) -> None:
    """The member who asked; the heads of the center where they have left."""
    if inquiry.state is not InquiryState.SENT:
        return
    words, body = "inquiry-remind-late" if late else "inquiry-remind", Say(f"update-source.{inquiry.body}")
    says = [say(words, number=inquiry.named, body=body, due=OnDay(inquiry.due))]
    if await _readers(inquiry, work):
        says.append(say("inquiry-remind-told" if late else "inquiry-remind-promised"))
    screen = Screen(tuple(says), ((Button(f"/inquired {inquiry.id}", Say("inquiries-board.open")),),))
    member = await work.staff.get(inquiry.by)
    to = [member] if member.active else await _heads(inquiry, work)
    for one in to:
        await work.send(Letter(one.person, screen, purpose=Purpose.WORK))


async def _heads(inquiry: Inquiry, work: Work) -> list[Staff]:
    members = [one.staff for one in await work.staff.all()]
    return [one for one in members if one.active and one.role is Role.HEAD and one.center == inquiry.center]


COMMANDS: dict[type, Any] = {ReadInquiry: read}
