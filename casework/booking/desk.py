"""What the staff of a center do: the day's appointments, who has come, a code at the door, a specialist who is ill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, ClassVar

from casework import calls, holding, leads
from casework.board import Row, Section
from casework.booking import wording
from casework.booking.addresses import VisitsToConfirm, unconfirmed
from casework.booking.appointments import EXAMPLE, Appointment, AppointmentState
from casework.booking.families import entry, known
from casework.booking.finding import free_times, place_of
from casework.booking.reminding import SHORTLY, comes_by, must_be_called
from casework.booking.slots import Timetable
from casework.calls import Reason
from casework.centers import KYIV
from casework.contact.record import Contact, ContactKind
from casework.ids import PersonId, StaffId, StructureId
from casework.letters import AtTime, Button, Letter, OnDay, Private, Purpose, Say, Screen, named, say
from casework.numbers import ReportNumber
from casework.presence import Absence
from casework.queries import Query
from casework.refusal import Refusal
from casework.result import Result
from casework.staff.access import listed
from casework.staff.relations import Facts

if TYPE_CHECKING:
    from casework.actor import Actor, Staff
    from casework.work import Work

OFFERED = 3
"""Slots that a push offers instead of one that we called off."""

LONGEST_ABSENCE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Expected:
    """An appointment of the day, as the center sees it. `name` is for the page only; `who` tells which specialist,
    where the day has two of one structure."""

    appointment: Appointment
    name: str
    who: Say | None = None


@dataclass(frozen=True, slots=True)
class Day(Query[tuple[Expected, ...]]):
    """A day's appointments: a specialist's own, for the others all of their center."""

    day: date
    example: ClassVar[tuple[Expected, ...]] = (Expected(EXAMPLE, "Петренко Марія"),)


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member whom one may mark as absent; a `structure` for specialists."""

    staff: StaffId
    structure: StructureId | None
    name: str


@dataclass(frozen=True, slots=True)
class CenterSpecialists(Query[tuple[Colleague, ...]]):
    """The members of the acting member's center who see or answer families; for a specialist only themselves."""

    example: ClassVar[tuple[Colleague, ...]] = (Colleague(StaffId(1), StructureId("psychologist"), "Коваль Олена"),)


@dataclass(frozen=True, slots=True)
class Touched(Query[tuple[int, int]]):
    """Whom an absence would touch: how many appointments, and how many of them can only be told by a call."""

    staff: StaffId
    first: date
    last: date
    example: ClassVar[tuple[int, int]] = (3, 1)


@dataclass(frozen=True, slots=True)
class Attend:
    """What became of an appointment: arrived, in, done, not come."""

    number: ReportNumber
    state: AppointmentState


@dataclass(frozen=True, slots=True)
class Door:
    """The code that a family shows at the door."""

    token: str


@dataclass(frozen=True, slots=True)
class ShowVisitor:
    """Who has come with a code: as it was shown at the door."""

    number: ReportNumber


@dataclass(frozen=True, slots=True)
class BeAbsent:
    staff: StaffId
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class SetLength:
    """How long the acting specialist's visits last from now on; what is booked stays as it is."""

    minutes: int


async def day(query: Day, actor: Actor, work: Work) -> tuple[Expected, ...]:
    found = await _on(query.day, actor, work)
    await work.audit.looked(actor, "day", people=[one.person for one in found])
    whose = await _whose(found, work)
    return tuple([Expected(one, await _name(one.person, work), whose.get(one.specialist)) for one in found])


async def _whose(found: Sequence[Appointment], work: Work) -> Mapping[StaffId, Say]:
    """Which specialist, for each who shares their structure with another on these appointments."""
    seen = {one.specialist: one.structure for one in found}
    alike = {who: structure for who, structure in seen.items() if list(seen.values()).count(structure) > 1}
    names = await work.bookings.names(list(alike)) if alike else {}
    return {who: wording.colleague(structure, names[who], who) for who, structure in alike.items()}


async def colleagues(query: CenterSpecialists, actor: Actor, work: Work) -> tuple[Colleague, ...]:
    def may_speak_for(one: Staff) -> bool:
        return listed("CenterSpecialists", Facts.of(actor, work.now, member=one.id, desk=one.center))

    center = actor.acting.center
    there = await leads.members_of(center, work) if center is not None else []
    mine = [one for one in there if may_speak_for(one)]
    names = await work.bookings.names([one.id for one in mine])
    return tuple(Colleague(one.id, one.structure, names[one.id]) for one in mine)


async def touched(query: Touched, actor: Actor, work: Work) -> tuple[int, int]:
    found = await _touched(query.staff, query.first, query.last, work)
    unreachable = [one for one in found if await must_be_called(one.person, work)]
    return len(found), len(unreachable)


async def attend(command: Attend, actor: Actor, work: Work) -> Result:
    appointment = await known(command.number, work)
    await _attended(appointment, command.state, actor, work)
    day = appointment.starts_at.astimezone(KYIV).date()
    says = Say("attend-done", {"number": str(appointment.number), "state": Say(f"visit-state.{command.state}")})
    return Result((says,), then=f"day {day}")


async def door(command: Door, actor: Actor, work: Work) -> Result:
    """The code alone says nothing: a staff session of that center does. Another center's is like none."""
    appointment = await work.bookings.by_token(command.token)
    if appointment is None:
        raise Refusal("unclear-door")
    await _attended(appointment, AppointmentState.ARRIVED, actor, work)
    return await show_visitor(ShowVisitor(appointment.number), actor, work)


async def show_visitor(command: ShowVisitor, actor: Actor, work: Work) -> Result:
    appointment = await known(command.number, work)
    await work.audit.looked(actor, "door", person=appointment.person, report=appointment.report)
    says = Say(
        "door-open",
        {
            "number": str(appointment.number),
            "at": AtTime(appointment.starts_at, style="time"),
            "who": Say(f"specialist.{appointment.structure}"),
            "name": Private(await _name(appointment.person, work)),
        },
    )
    return Result((says,), shows=f"door {appointment.number}")


async def be_absent(command: BeAbsent, actor: Actor, work: Work) -> Result:
    """Everyone touched is told at once, with other times of the same structure to take with one press."""
    staff = actor.acting
    if not timedelta(0) <= command.last - command.first <= LONGEST_ABSENCE:
        raise Refusal("absent-too-long", most=LONGEST_ABSENCE.days)
    await work.bookings.be_absent(Absence(command.staff, command.first, command.last), staff.id)
    found = await _touched(command.staff, command.first, command.last, work)
    for appointment in found:
        await work.bookings.mark(appointment.id, AppointmentState.SPECIALIST_ABSENT)
        await work.calls.close_about(appointment.id)
    await work.waiting.withdraw(holding.specialist(command.staff), *whole_days(command.first, command.last))
    for number, appointment in enumerate(found):
        await _tell_it_is_off(appointment, number, work)
    await leads.tell_of_leave(command.staff, command.first, command.last, work)
    await work.audit.acted(actor, "absent")
    name = (await work.bookings.names([command.staff]))[command.staff]
    structure = (await work.staff.get(command.staff)).structure
    whom = say("absent-whom", who=wording.colleague(structure, name, command.staff))
    first, last = OnDay(command.first), OnDay(command.last)
    return Result((whom, Say("absent-done", {"count": len(found), "first": first, "last": last})))


async def set_length(command: SetLength, actor: Actor, work: Work) -> Result:
    staff = actor.acting
    times = Timetable(timedelta(minutes=command.minutes))
    await work.bookings.keep_timetable(staff.id, times)
    return Result((Say("length-done", {"minutes": command.minutes, "pause": times.pause.seconds // 60}),))


async def today_section(actor: Actor, work: Work) -> Section:
    """For the board: today's appointments that stand, each to be marked with one press."""
    today = work.now.astimezone(KYIV).date()
    rows, found = [], [one for one in await _on(today, actor, work) if one.stands]
    await work.audit.refreshed(actor, "board-day", people=[one.person for one in found])
    whose = await _whose(found, work)
    for one in found:
        name, number = await _name(one.person, work), str(one.number)
        press = (say("attend.who", who=named(name, number)), f"/attend {number}")
        rows.append(Row((wording.expected(one, name, whose.get(one.specialist)),), (press,)))
    walkin = ((Say("staff-menu.walkin"), "/walkin"),)
    after = today + timedelta(days=1)
    center = actor.acting.center
    if center is not None:
        after = (await work.centers.get(center)).work_day(today, 1)
    return Section(Say("day-board"), tuple(rows), sheets=(today, after), commands=walkin)


async def to_confirm_section(actor: Actor, work: Work) -> Section | None:
    """For the board: visits whose families wait for a word, nearest first."""
    rows, found = [], await unconfirmed(VisitsToConfirm(), actor, work)
    await work.audit.refreshed(actor, "board-confirm", people=[one.person for one in found])
    for one in found:
        name, number = await _name(one.person, work), str(one.number)
        press = (say("confirm-board.who", who=named(name, number)), f"/confirm {number}")
        at = Say("visit-when-kyiv", {"at": AtTime(one.starts_at, style="slot")})
        rows.append(Row((at, number, name), (press,)))
    return Section(Say("confirm-board"), tuple(rows)) if rows else None


async def _attended(appointment: Appointment, state: AppointmentState, actor: Actor, work: Work) -> None:
    if not appointment.stands and appointment.state not in (AppointmentState.DONE, AppointmentState.NOT_COME):
        raise Refusal("visit-over", number=str(appointment.number))
    today = work.now.astimezone(KYIV).date() == appointment.starts_at.astimezone(KYIV).date()
    early = state is AppointmentState.NOT_COME and work.now < appointment.starts_at
    if not today or early:
        raise Refusal("attend-not-now", number=str(appointment.number), at=AtTime(appointment.starts_at))
    await work.bookings.mark(appointment.id, state)
    await work.calls.close_about(appointment.id)
    if state in (AppointmentState.IN, AppointmentState.DONE):
        met = Contact(appointment.person, appointment.report, ContactKind.VISIT, work.now, appointment.specialist)
        await work.contacts.add(met, appointment.id)
    await work.audit.acted(actor, f"visit-{state}", person=appointment.person, report=appointment.report)


async def _tell_it_is_off(appointment: Appointment, number: int, work: Work) -> None:
    """Each family is offered other slots first, so that not all of them reach for the same one."""
    free = await free_times(place_of(appointment), appointment.structure, None, work)
    start = number * OFFERED if (number + 1) * OFFERED <= len(free) else 0
    digits = appointment.number.digits
    buttons = [
        (Button(f"/move {digits} {int(at.timestamp())}", Say("book-slot.one", {"at": AtTime(at, style="slot")})),)
        for at in free[start : start + OFFERED]
    ]
    buttons += [
        (Button(f"/move {digits}", Say("visit-off.other")),),
        (Button(f"/cancel {digits}", Say("visit-off.no")),),
    ]
    person = await work.people.get(appointment.person)
    at = AtTime(appointment.starts_at, person.profile.zone)
    say = Say("visit-off-slots" if free else "visit-off", {"at": at})
    off = await entry(replace(appointment, state=AppointmentState.SPECIALIST_ABSENT), person, work)
    screen = Screen((say,), tuple(buttons), (off,), keeps=True)
    moves_at = comes_by(appointment.starts_at, work.now)
    await work.send(Letter(appointment.person, screen, purpose=Purpose.APPOINTMENT, moves_at=moves_at))
    if not free or await must_be_called(appointment.person, work):
        before = appointment.starts_at - SHORTLY
        await calls.plan(Reason.REBOOK, appointment.person, work, appointment=appointment, before=before)


async def _on(day: date, actor: Actor, work: Work) -> list[Appointment]:
    """A day's appointments at the acting member's center, as far as they are theirs to see."""

    def theirs(one: Appointment) -> bool:
        return listed("Day", Facts.of(actor, work.now, owner=one.person, desk=one.center, member=one.specialist))

    center = actor.acting.center
    found = await work.bookings.between(*whole_days(day, day), center=center) if center is not None else ()
    return [one for one in found if theirs(one)]


async def _touched(staff: StaffId, first: date, last: date, work: Work) -> list[Appointment]:
    found = await work.bookings.between(*whole_days(first, last), specialist=staff)
    return [one for one in found if one.state is AppointmentState.BOOKED and one.starts_at > work.now]


async def _name(person: PersonId, work: Work) -> str:
    return str((await work.people.get(person)).profile.name or "—")


def whole_days(first: date, last: date) -> tuple[datetime, datetime]:
    """From the first day's midnight in Kyiv to the midnight after the last: 23 or 25 hours where clocks change."""
    after = last + timedelta(days=1)
    return datetime.combine(first, time(), tzinfo=KYIV), datetime.combine(after, time(), tzinfo=KYIV)
