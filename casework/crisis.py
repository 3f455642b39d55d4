"""Words of despair: they are answered before anything else, and humans of the center are told of it at once.

The push says that an urgent call waits, and nothing of whom. While the center is open it goes at once to everybody who
is on duty there, else as soon as the center opens. A push that waits is dropped once somebody has called.

Whom it is pushed to, in this order:

1. whoever is on duty at the family's center on that day and can be told: they have a chat, or the board open;
2. else whoever is at the nearest other center that is open then: the call becomes that center's;
3. else everybody of the family's center who speaks with people in despair, also if they are absent; and each
   administrator is told that nobody is there, and nothing of the family.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from casework import calls, correspondence
from casework.actor import Actor, Channel, Role, Staff
from casework.board import Row, Section
from casework.calls import CallTask, Reason
from casework.cases.calling import report_here
from casework.centers import KYIV, Center, Line
from casework.ids import CallId, PersonId
from casework.letters import AtTime, Button, Letter, Purpose, Say, Screen, named, say
from casework.places import distance_km
from casework.presence import hours
from casework.reference import Trait

if TYPE_CHECKING:
    from casework.work import Work

SECOND_PUSH_AFTER = timedelta(minutes=15)
"""So long after the first push a second one goes, if nobody has called."""


async def answer(person: PersonId, words: str, work: Work, *, at: datetime, channel: Channel) -> tuple[Say, ...]:
    """Raise the person, and say who is there now, who calls and when. What was written stands with the call: whoever
    calls should know it; and in the correspondence, where one is open. Read by nobody before the center opens, which is
    said."""
    task, there = await _raised(person, work)
    written = await correspondence.open_one(person, work)
    if written is not None:
        written, _ = await correspondence.await_answer(person, work)
    beside = written.id if written is not None else None
    await work.inbox.add(person, words, at=at, channel=channel, task=task.id, correspondence=beside)
    center = await work.centers.get(task.center)
    known = await work.people.get(person)
    phone = await calls.phone_of(known, work)
    says = [Say("despair"), *await lines(work)]
    if not center.open_at(work.now):
        says.append(Say("despair-closed", {"at": AtTime(center.working(work.now), known.profile.zone)}))
    else:
        says.append(Say("despair-raised" if there else "despair-waits"))
    says += [Say("despair-no-phone")] if phone is None else calls.by_typed_phone(known, phone)
    return tuple(says)


async def stranger(work: Work) -> tuple[Say, ...]:
    """The answer to somebody who has not agreed yet to anything being kept: nothing is, so nobody here will call."""
    return (Say("despair"), *await lines(work), Say("despair-nobody-told"))


async def lines(work: Work) -> tuple[Say, ...]:
    """Who answers a person in despair at any hour."""
    found: list[Line] = [line for line in await work.centers.lines() if line.step == "crisis"]
    return tuple(Say(f"despair-{line.name}", {"phone": line.phone}) for line in found)


async def _raised(person: PersonId, work: Work) -> tuple[CallTask, bool]:
    """One call for the person, due while the center is open at once, else first thing; one that was put off is due
    again. Staff are told of it when it becomes due, and not of every sentence that follows. With it: is anybody there
    who can be told?"""
    for task in await work.calls.open_of(person, None):
        if task.reason is Reason.CRISIS:
            center = await work.centers.get(task.center)
            due = center.working(work.now)
            if task.due > due:
                await work.calls.postpone(task.id, due)
                return await _alarm(task, center, work)
            return task, bool(await _there(center, due, work))
    task = await calls.plan(Reason.CRISIS, person, work, within=timedelta(0))
    return await _alarm(task, await work.centers.get(task.center), work)


async def _alarm(task: CallTask, center: Center, work: Work) -> tuple[CallTask, bool]:
    """Push by the rule at the top of this file, and once more while the call waits."""
    first = center.working(work.now)
    there = await _there(center, first, work)
    if not there:
        for other in _nearest(center, await work.centers.all()):
            if other.open_at(first) and (there := await _there(other, first, work)):
                await work.calls.hand_over(task.id, other.id)
                center, task = other, replace(task, center=other.id)
                break
    button = Button(f"/call t{task.id}", Say("crisis-waits.call"))
    screen = Screen((Say("crisis-waits"),), ((button,),), neutral=True)
    for at in (first, center.working(first + SECOND_PUSH_AFTER)):
        due = at if at > work.now else None
        for member in await _there(center, at, work) or await _of(center, work):
            reads = f"crisis:{task.id}"
            await work.send(Letter(member.person, screen, due=due, reads=reads, purpose=Purpose.URGENT))
        if not there:
            await _tell_administrators(center, due, work)
    return task, bool(there)


async def _tell_administrators(center: Center, due: datetime | None, work: Work) -> None:
    nobody = Screen((Say("crisis-nobody", {"center": Say(f"center-{center.id}")}),), neutral=True)
    for one in await work.staff.all():
        if one.staff.active and one.staff.role is Role.ADMINISTRATOR:
            await work.send(Letter(one.staff.person, nobody, due=due, purpose=Purpose.URGENT))


def _nearest(center: Center, all: Sequence[Center]) -> list[Center]:
    """The other centers, the nearest first."""
    here = center.latitude, center.longitude
    others = (one for one in all if one.id != center.id)
    return sorted(others, key=lambda one: distance_km(here, (one.latitude, one.longitude)))


async def _there(center: Center, at: datetime, work: Work) -> Sequence[Staff]:
    """Who is on duty at the center on that day and, if that is now, can be told: later they may have the board open."""
    day = at.astimezone(KYIV).date()
    absences = await work.bookings.absences(day)
    on_duty = [one for one in await _of(center, work) if hours(center, day, one.id, absences)]
    return [one for one in on_duty if at > work.now or await work.people.reachable(one.person) is not None]


async def _of(center: Center, work: Work) -> Sequence[Staff]:
    """The active members of a center who speak with people in despair."""
    members = [one.staff for one in await work.staff.all()]
    return [one for one in members if one.active and one.center == center.id and _answers(one, work)]


def _answers(member: Staff, work: Work) -> bool:
    """Is it theirs to speak with a person in despair?"""
    return member.role in (Role.OPERATOR, Role.HEAD) or (
        member.structure is not None and work.book.has(member.structure, Trait.IN_DESPAIR)
    )


async def still_waits(person: PersonId, id: int, work: Work) -> bool:
    """Does the call wait at this moment? Neither done nor put off by a colleague who has tried."""
    task = await work.calls.get(CallId(id))
    return task is not None and task.done_at is None and task.due <= work.now


async def crisis_section(actor: Actor, work: Work) -> Section | None:
    """For the board, above all else: whom to call at once; nothing where nobody waits."""
    staff = actor.acting
    if staff.center is None:
        return None
    rows, people = [], []
    for task in await work.calls.waiting(staff.center):
        if task.reason is not Reason.CRISIS:
            break  # they stand first
        people.append(task.person)
        name = (await work.people.get(task.person)).profile.name
        report = await report_here(task.person, staff, work)
        whom = str(report.number) if report else f"t{task.id}"
        command = say("queue-next.call", who=named(name.full if name else "", whom))
        rows.append(Row((say("crisis-board.due", at=AtTime(task.due)),), ((command, f"/call t{task.id}"),)))
    await work.audit.refreshed(actor, "board-crisis", people=people)
    return Section(Say("crisis-board"), tuple(rows), urgent=True) if rows else None


READS: dict[str, Any] = {"crisis": still_waits}
SECTIONS: dict[str, Any] = {"crisis": crisis_section}
