"""The family's side: words for the center, who reads them and when, and the answer that is opened.

What a family writes waits for an answer from its first unanswered words on. It goes to the relative's lead or,
while they are away, to the substitute; to another where it was handed on; else to those who are on duty at the center.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final

from casework import calls, files, leads, reaching
from casework.actor import Role
from casework.centers import CRISIS, KYIV, Center
from casework.contact.record import Contact, ContactKind
from casework.correspondence.answer_times import LATE_AFTER, MEASURED, after_working, usual, working_time
from casework.correspondence.record import CenterAnswer, Correspondence
from casework.ids import CorrespondenceId, FileId, PersonId, StaffId
from casework.letters import AtTime, Button, Letter, Purpose, Say, Screen, say
from casework.presence import hours
from casework.pushes import in_place
from casework.queries import Query
from casework.refusal import Refusal
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor, Channel, Staff
    from casework.work import Work

ANSWERING: Final = frozenset({Role.OPERATOR, Role.HEAD})
"""Members to whom words go that nobody answers yet."""

UNREAD_AFTER: Final = timedelta(days=3)
"""An answer that was not opened for so long is told by a call."""


async def open_one(person: PersonId, work: Work) -> Correspondence | None:
    """The person's correspondence, as long as nobody has closed it."""
    found = await work.correspondences.of(person)
    return found if found is not None and found.closed_at is None else None


async def add(person: PersonId, words: str, work: Work, *, at: datetime, channel: Channel) -> None:
    """Words that ask for no answer, for whoever reads an open correspondence."""
    found = await open_one(person, work)
    if found is not None:
        await work.inbox.add(person, words, at=at, channel=channel, correspondence=found.id)


async def await_answer(person: PersonId, work: Work) -> tuple[Correspondence, bool]:
    """The person's correspondence, open and waiting for an answer; and whether it waits only from now on."""
    found = await work.correspondences.of(person)
    if found is not None and found.closed_at is None and found.waits_since is not None:
        return found, False
    center = await _center(person, found, work)
    if found is None:
        found = await work.correspondences.begin(person, center.id)
    late = min(await usual_at(center, work) or LATE_AFTER, LATE_AFTER)
    due = after_working(center, center.working(work.now), late)
    changed = replace(found, center=center.id, waits_since=work.now, due=due, closed_at=None)
    changed = replace(changed, kept_from=await _kept_from(changed, found.kept_from, work))
    changed = replace(changed, holder=await _holder(changed, work))
    await work.correspondences.keep(changed)
    await _tell_members(changed, center, work)
    return changed, True


async def _center(person: PersonId, found: Correspondence | None, work: Work) -> Center:
    """Where it is read: the center that it was with before, or whose the family is, as long as that answers for
    anybody; else the one that answers for where the family lives."""
    center = await (work.centers.get(found.center) if found is not None else calls.whose(person, work))
    return center if center.regions else await covering(person, work)


async def covering(person: PersonId, work: Work) -> Center:
    """The center that answers today for where a person lives."""
    return await work.centers.answering_for((await work.people.get(person)).profile.region)


async def _holder(found: Correspondence, work: Work) -> StaffId | None:
    """The member to whom it was handed on; else the relative's lead, or the substitute; else whoever answered before.
    None where none of them is there."""
    duty = await work.leads.side(found.person, found.center)
    answering: tuple[StaffId | None, ...] = (duty.lead, duty.substitute) if duty is not None else ()
    handed_on = found.holder is not None and found.holder not in answering
    for id in (found.holder, *answering) if handed_on else (*answering, found.holder):
        if id is not None and id not in found.kept_from and await _there(await work.staff.get(id), found.center, work):
            return id
    return None


async def _kept_from(found: Correspondence, asked: frozenset[StaffId], work: Work) -> frozenset[StaffId]:
    """Those whom the relative has `asked` to see it no more, and all instead of whom they have asked for another lead;
    where nobody of the center would be left to answer, only those from whom it is kept already."""
    wanted = [await work.leads.not_wanted(one.id) for one in await work.reports.of(found.person)]
    grown = found.kept_from.union(asked, *wanted)
    left = [one for one in await leads.members_of(found.center, work) if one.id not in grown]
    return grown if left else found.kept_from


async def _there(member: Staff, center: str, work: Work) -> bool:
    """Is it an active member of the center who is not absent on its next working day?"""
    place = await work.centers.get(member.center) if member.center == center and member.center else None
    if place is None or not member.active:
        return False
    day = place.working(work.now).astimezone(KYIV).date()
    return hours(place, day, member.id, await work.bookings.absences(day)) is not None


async def _tell_members(found: Correspondence, center: Center, work: Work) -> None:
    """That words wait, and nothing of whom: the member who answers them; or where that is nobody, those on duty, unless
    they have been told of others that wait there."""
    if found.holder is not None:
        told = [await work.staff.get(found.holder)]
    elif any(one.holder is None and one.id != found.id for one in await work.correspondences.waiting(center.id)):
        return
    else:
        members = [one.staff for one in await work.staff.all() if one.staff.role in ANSWERING]
        told = [one for one in members if one.id not in found.kept_from and await _there(one, center.id, work)]
    first = center.working(work.now)
    for member in told:
        await tell_member(member, "correspondence-waits", found, work, due=first if first > work.now else None)


async def tell_member(
    member: Staff, words: str, found: Correspondence, work: Work, *, due: datetime | None = None
) -> None:
    """A push to a member, which a messenger may show: it holds no name and no words."""
    button = Button(f"/correspondence {found.id}", Say("correspondence-waits.open"))
    screen = Screen((Say(words),), ((button,),), neutral=True)
    await work.send(Letter(member.person, screen, due=due, reads=f"words:{found.id}", purpose=Purpose.WORK))


async def usual_at(center: Center, work: Work) -> timedelta | None:
    """How long a family usually waits for an answer there, in working hours, by what was measured."""
    waiting = [one.waits_since for one in await work.correspondences.waiting(center.id) if one.waits_since is not None]
    waited = [working_time(center, since, work.now) for since in waiting]
    return usual(await work.correspondences.times(center.id, MEASURED), waited)


async def promised(found: Correspondence, work: Work) -> tuple[Say, ...]:
    """By when somebody answers, as far as that can be said honestly; and while nobody is there, who answers now."""
    center = await work.centers.get(found.center)
    zone = (await work.people.get(found.person)).profile.zone
    says = []
    if not center.open_at(work.now):
        lifeline = next((one.phone for one in await work.centers.lines() if one.step == CRISIS and one.phone), "")
        says.append(say("correspondence-nobody-there", at=AtTime(center.working(work.now), zone), phone=lifeline))
    usually, since = await usual_at(center, work), center.working(found.waits_since or work.now)
    by = None if usually is None else after_working(center, since, usually)
    if by is not None and by > work.now:
        says.append(say("correspondence-by", by=AtTime(by, zone, "slot")))
    else:
        says.append(Say("correspondence-unmeasured"))
    return tuple(says)


async def write(
    person: PersonId, words: Sequence[str], sent: Sequence[FileId], work: Work, *, at: datetime, channel: Channel
) -> tuple[Correspondence, bool]:
    """Words and files that are for the center. With it: does it wait only since now?"""
    found, first = await await_answer(person, work)
    text = "\n".join(filter(None, words))
    for file in sent or (None,):
        if file is not None or text:
            await work.inbox.add(person, text, at=at, channel=channel, file=file, correspondence=found.id)
        text = ""
    return found, first


@dataclass(frozen=True, slots=True)
class OwnCorrespondence:
    """What a relative knows of their correspondence. `waits`: their last words have no answer yet. `unopened`: there is
    an answer that they have not opened. `said`: who reads it when. `another`: they may ask for another person."""

    open: bool = False
    waits: bool = False
    unopened: CorrespondenceId | None = None
    another: bool = False
    said: tuple[Say, ...] = ()


@dataclass(frozen=True, slots=True)
class MyCorrespondence(Query[OwnCorrespondence]):
    """How the acting person and the center write to each other; and before the first words, when they would be read."""

    example: ClassVar[OwnCorrespondence] = OwnCorrespondence()


async def my_correspondence(query: MyCorrespondence, actor: Actor, work: Work) -> OwnCorrespondence:
    found = await work.correspondences.of(actor.person)
    if found is None or found.closed_at is not None or found.waits_since is None:
        center = await _center(actor.person, found, work)
        said = await promised(Correspondence(CorrespondenceId(0), actor.person, center.id, work.now), work)
    else:
        said = await promised(found, work)
    if found is None:
        return OwnCorrespondence(said=said)
    answers = [one for one in await work.correspondences.answers(found.id) if not one.note]
    unopened = any(one.opened_at is None for one in answers)
    return OwnCorrespondence(
        found.closed_at is None,
        found.closed_at is None and found.waits_since is not None,
        found.id if unopened else None,
        another=bool(answers) or found.holder is not None,
        said=said,
    )


@dataclass(frozen=True, slots=True)
class WriteToCenter:
    """The relative writes to the center: what it holds goes to a human."""

    words: tuple[str, ...]
    files: tuple[FileId, ...] = ()


async def write_to_center(command: WriteToCenter, actor: Actor, work: Work) -> Result:
    found, first = await write(actor.person, command.words, command.files, work, at=work.now, channel=actor.channel)
    return Result(await passed(found, first, work), keeps=True)


async def passed(found: Correspondence, first: bool, work: Work, words: str = "inbox-passed") -> tuple[Say, ...]:
    """What is said of words that go to the center; who reads them when is said once, until there is an answer."""
    return (Say(words), *await promised(found, work)) if first else (Say("inbox-joined"),)


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """The relative opens what the center has answered."""

    correspondence: CorrespondenceId


async def read_answer(command: ReadAnswer, actor: Actor, work: Work) -> Result:
    """An answer that is opened for the first time is a contact. What was opened last is shown again."""
    fresh = frozenset(await work.correspondences.opened(command.correspondence))
    shown = opened_last(await work.correspondences.answers(command.correspondence))
    if not shown:
        raise Refusal("correspondence-no-answer")
    new = [one for one in shown if one.id in fresh]
    if new:
        contact = Contact(actor.person, None, ContactKind.ANSWER, work.now, new[-1].by)
        await work.contacts.add(contact, new[-1].id)
    enclosed = await files.attached([one.file for one in shown if one.file is not None], work)
    opens = f"correspondence:{command.correspondence}"
    screen = await in_place(Screen((), opens=opens, attached=enclosed), actor, work)
    return Result(screen.says, keeps=True, opens=screen.opens, attached=screen.attached)


def opened_last(answers: Sequence[CenterAnswer]) -> list[CenterAnswer]:
    """What was opened at once the last time."""
    opened = [one for one in answers if one.opened_at is not None and not one.note]
    last = max((one.opened_at for one in opened if one.opened_at is not None), default=None)
    return [one for one in opened if one.opened_at == last]


async def told(person: PersonId, correspondence: int, language: str, work: Work) -> tuple[Say, ...]:
    """The answers that were opened last, each with who wrote it; fetched when they are sent."""
    found = await work.correspondences.get(CorrespondenceId(correspondence))
    if found is None:
        return (Say("correspondence-no-answer"),)
    zone, says = (await work.people.get(person)).profile.zone, list[Say]()
    last: tuple[StaffId, datetime] | None = None
    for one in opened_last(await work.correspondences.answers(found.id)):
        if last != (one.by, one.at):
            says.append(await _from(one, found, zone, work))
            last = one.by, one.at
        if one.words:
            says.append(say("correspondence-words", text=one.words))
    if says:
        says.append(Say("correspondence-write-here"))
    return tuple(says)


async def _from(one: CenterAnswer, found: Correspondence, zone: str, work: Work) -> Say:
    """Who answers: by the first name if the member has agreed to that, else the center alone."""
    name, at, city = await work.staff.shown_as(one.by), AtTime(one.at, zone), Say(f"center-{found.center}")
    if not name:
        return say("correspondence-from-center", at=at, city=city)
    return say("correspondence-from", name=name, at=at, city=city)


@dataclass(frozen=True, slots=True)
class AskAnotherPerson:
    """The relative wants somebody else of the center to answer, and is not asked why: it may be a neighbour."""


async def ask_another(command: AskAnotherPerson, actor: Actor, work: Work) -> Result:
    """From now on whoever holds it, or answered last, sees it no more; where there is nobody else, nothing changes, or
    nobody would read it."""
    found = await work.correspondences.of(actor.person)
    if found is None:
        raise Refusal("correspondence-no-answer")
    answers = [one.by for one in await work.correspondences.answers(found.id) if not one.note]
    asked = frozenset(one for one in (found.holder, *answers[-1:]) if one is not None)
    noted = False
    for report in await work.reports.of(actor.person):
        noted |= await leads.another_than(asked, report, actor, work)
    kept_from = await _kept_from(found, asked, work)
    if not asked <= kept_from:
        return Result((say("correspondence-another-none", noted=str(noted).lower()),))
    # What the lead's change has kept is read anew.
    changed = replace(await work.correspondences.get(found.id) or found, kept_from=kept_from, holder=None)
    holder = await _holder(changed, work)
    members = [one for one in await leads.members_of(found.center, work) if one.id not in kept_from]
    if holder is None and all(one.role not in ANSWERING for one in members):
        holder = members[0].id
    changed = replace(changed, holder=holder)
    await work.correspondences.keep(changed)
    if changed.waits_since is not None and changed.closed_at is None:
        await _tell_members(changed, await work.centers.get(changed.center), work)
    return Result((Say("correspondence-another-done"),))


async def is_unopened(person: PersonId, id: int, work: Work) -> bool:
    """Is there an answer that the person has not opened?"""
    answers = await work.correspondences.answers(CorrespondenceId(id))
    return any(one.opened_at is None and not one.note for one in answers)


async def still_waits(person: PersonId, id: int, work: Work) -> bool:
    """Do words of a family wait there still?"""
    found = await work.correspondences.get(CorrespondenceId(id))
    return found is not None and found.closed_at is None and found.waits_since is not None


async def call_where_nothing_comes(id: int, work: Work) -> None:
    """An answer that wakes nobody: a human tells a person without any chat at once; one who reads on the page, if they
    have not opened it for days."""
    found = await work.correspondences.get(CorrespondenceId(id))
    if found is None:
        return
    unopened = [one.at for one in await work.correspondences.answers(found.id) if not (one.note or one.opened_at)]
    old = any(at < work.now - UNREAD_AFTER for at in unopened)
    if unopened and (old or await work.people.reachable(found.person) is None):
        await reaching.by_human(found.person, Purpose.ANSWER, work)


async def look_after(work: Work) -> None:
    """A tick: what a center has that answers for nobody any more goes to the one that does; and what nobody who is left
    there may read, its heads may."""
    for center in await work.centers.all():
        for found in await work.correspondences.open_at(center.id) if not center.regions else ():
            await _to_center(found, await covering(found.person, work), work)
    kept = await work.correspondences.kept()
    everybody = [one.staff for one in await work.staff.all()] if kept else []
    for found in kept:
        here = [one for one in everybody if one.active and one.center == found.center and one.role in READING]
        if here and all(one.id in found.kept_from for one in here):
            await _open_to_heads(found, here, work)


READING: Final = frozenset({*ANSWERING, Role.HEAD})
"""Who reads what families write to their center."""


async def _open_to_heads(found: Correspondence, here: Sequence[Staff], work: Work) -> None:
    """Those whom the relative had not kept away have left: a head reads it, or where there is none, whoever is there.
    It was asked that others answer; that nobody reads it was not."""
    readers = [one for one in here if one.role is Role.HEAD] or list(here)
    await work.correspondences.keep(
        replace(found, kept_from=found.kept_from - {one.id for one in readers}, holder=None)
    )
    for one in readers:
        await tell_member(one, "correspondence-nobody-else", found, work)


async def _to_center(found: Correspondence, center: Center, work: Work) -> None:
    changed = replace(found, center=center.id, holder=None)
    changed = replace(changed, holder=await _holder(changed, work))
    await work.correspondences.keep(changed)
    if changed.waits_since is not None:
        await _tell_members(changed, center, work)


COMMANDS: dict[type, Any] = {
    WriteToCenter: write_to_center,
    ReadAnswer: read_answer,
    AskAnotherPerson: ask_another,
}
QUERIES: dict[type, Any] = {MyCorrespondence: my_correspondence}
READS: dict[str, Any] = {"correspondence": is_unopened, "words": still_waits}
CALLS: dict[str, Any] = {"correspondence": call_where_nothing_comes}
