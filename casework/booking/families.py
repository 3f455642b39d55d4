"""What a family does: book, move, cancel, say that they are coming; and what they may look up for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from casework import calls
from casework.asked import Asked
from casework.booking import attachments, finding, lines, reminding, wording
from casework.booking.appointments import EXAMPLE, Appointment, AppointmentState, Means, SlotRequest
from casework.booking.attachments import CalendarEntry, DoorCode, Drawing
from casework.booking.finding import place_of
from casework.calls import Reason
from casework.centers import Disclosure
from casework.ids import CenterId, FileId, PersonId, StructureId
from casework.letters import Attached, AtTime, Say
from casework.numbers import ReportNumber
from casework.queries import Query
from casework.reference import Sort
from casework.refusal import Refusal
from casework.registering import Kinship
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.people import Person
    from casework.values import PersonName, Phone
    from casework.work import Work

MOST_AHEAD = 4
"""Appointments that one person may have ahead: enough for a day in the center, too few to take a center's days away."""


def slot_question(place: str, structure: StructureId) -> str:
    """The name of the question for a slot there: a refusal must name it."""
    return Asked.BOOK_SLOT.about(f"{place}.{structure}")


@dataclass(frozen=True, slots=True)
class Specialties(Query[tuple[StructureId, ...]]):
    """Which specialists one can see at a place: a center, or `CALL`."""

    place: str
    example: ClassVar[tuple[StructureId, ...]] = (StructureId("lawyer"), StructureId("psychologist"))


async def specialties(query: Specialties, actor: Actor, work: Work) -> tuple[StructureId, ...]:
    there = {one.structure for one in await finding.specialists(query.place, None, work)}
    return tuple(structure for one in work.book.today(Sort.STRUCTURE) if (structure := StructureId(one.name)) in there)


@dataclass(frozen=True, slots=True)
class FreeSlots(Query[tuple[datetime, ...]]):
    """When a specialist of a structure is free at a place, and the acting person too; nearest first. With `at`, only
    that time, if it is free still."""

    place: str
    structure: StructureId
    at: datetime | None = None
    example: ClassVar[tuple[datetime, ...]] = (
        datetime(2026, 11, 25, 8, tzinfo=UTC),
        datetime(2026, 11, 25, 9, tzinfo=UTC),
    )


async def free_slots(query: FreeSlots, actor: Actor, work: Work) -> tuple[datetime, ...]:
    return await finding.free_times(query.place, query.structure, actor.person, work, query.at)


@dataclass(frozen=True, slots=True)
class ToBring(Query[tuple[Say, ...]]):
    """What a family brings to a structure, or has at hand in a call."""

    structure: StructureId
    kinship: Kinship | None
    means: Means
    example: ClassVar[tuple[Say, ...]] = (Say("bring-psychologist"),)


async def to_bring(query: ToBring, actor: Actor, work: Work) -> tuple[Say, ...]:
    return wording.bring(query.structure, query.kinship, query.means, work.book)


@dataclass(frozen=True, slots=True)
class MyVisits(Query[tuple[Appointment, ...]]):
    """The acting person's appointments that are still ahead."""

    example: ClassVar[tuple[Appointment, ...]] = ()


async def my_visits(query: MyVisits, actor: Actor, work: Work) -> tuple[Appointment, ...]:
    return tuple(await work.bookings.of(actor.person, work.now))


@dataclass(frozen=True, slots=True)
class Changeable(Query[Appointment]):
    """One appointment of the acting person, that may still be moved or cancelled."""

    number: ReportNumber
    example: ClassVar[Appointment] = EXAMPLE


async def changeable(query: Changeable, actor: Actor, work: Work) -> Appointment:
    return await to_change(query.number, work)


@dataclass(frozen=True, slots=True)
class Book:
    """A slot, decided on. What the person said of themselves on the way is kept with it."""

    place: str
    means: Means
    structure: StructureId
    at: datetime
    report: ReportNumber | None
    name: PersonName
    phone: Phone
    region: str
    zone: str


@dataclass(frozen=True, slots=True)
class Move:
    """Another time with the same structure at the same place. `question` is asked again if the slot is gone."""

    number: ReportNumber
    at: datetime
    question: str


@dataclass(frozen=True, slots=True)
class Cancel:
    number: ReportNumber


@dataclass(frozen=True, slots=True)
class ShowDoorCode:
    """The code for the door once more: the same picture that came with the confirmation."""

    number: ReportNumber


@dataclass(frozen=True, slots=True)
class Coming:
    """The answer to a reminder: "I am coming"."""

    number: ReportNumber


async def book(command: Book, actor: Actor, work: Work) -> Result:
    await must_have_room(actor.person, work)
    await with_profile(actor.person, command.name, command.phone, command.region, command.zone, work)
    report = await work.reports.by_number(command.report) if command.report else None
    question = slot_question(command.place, command.structure)
    for specialist in await finding.who_is_free(command.place, command.structure, command.at, actor.person, work):
        wish = SlotRequest(actor.person, specialist, command.at)
        booked = await work.bookings.book(wish, command.means, report.id if report else None)
        if booked is not None:
            return await has_booked(*booked, work)
    raise await _taken(command.place, command.structure, question, actor, work)


async def must_have_room(person: PersonId, work: Work) -> None:
    """`Refusal` for whoever has as many appointments ahead as one may."""
    if sum(one.stands for one in await work.bookings.of(person, work.now)) >= MOST_AHEAD:
        raise Refusal("book-enough", most=MOST_AHEAD)


async def has_booked(appointment: Appointment, token: str, work: Work) -> Result:
    """What follows from a new appointment, and what the family is told and given."""
    await lines.follows(appointment, work)
    person = await work.people.get(appointment.person)
    await reminding.schedule(appointment, person.profile.zone, work)
    await _ask_to_confirm(appointment, work)
    kinship = (await work.reports.get(appointment.report)).claim.kinship if appointment.report else None
    says = (
        *await _outline("booked", appointment, person, work),
        *wording.bring(appointment.structure, kinship, appointment.means, work.book),
        Say("booked-files-visit" if appointment.means is Means.VISIT else "booked-files-call"),
        *reminding.promised(appointment.starts_at, person.profile.zone, work.now),
    )
    door = token if appointment.means is Means.VISIT else None
    return Result(says, await _papers(appointment, person, door, work), keeps=True, place=_place(appointment))


async def move(command: Move, actor: Actor, work: Work) -> Result:
    """The number and the code for the door stay; the old slot is free from the same moment."""
    before = await to_change(command.number, work)
    place = place_of(before)
    for specialist in await finding.who_is_free(place, before.structure, command.at, actor.person, work):
        moved = await work.bookings.move(before, SlotRequest(actor.person, specialist, command.at))
        if moved is not None:
            return await has_moved(moved, work)
    raise await _taken(place, before.structure, command.question, actor, work)


async def has_moved(moved: Appointment, work: Work) -> Result:
    """What follows from another time, and what the family is told and given."""
    await lines.follows(moved, work)
    person = await work.people.get(moved.person)
    await reminding.schedule(moved, person.profile.zone, work)
    await work.calls.close_about(moved.id, Reason.REMINDER, Reason.REBOOK)
    await _ask_to_confirm(moved, work)
    says = (
        *await _outline("moved", moved, person, work),
        *reminding.promised(moved.starts_at, person.profile.zone, work.now),
    )
    return Result(says, await _papers(moved, person, None, work), keeps=True, place=_place(moved))


async def cancel(command: Cancel, actor: Actor, work: Work) -> Result:
    appointment = await to_change(command.number, work)
    await work.bookings.mark(appointment.id, AppointmentState.CANCELLED)
    await work.calls.close_about(appointment.id)
    await lines.follows(appointment, work)
    person = await work.people.get(actor.person)
    when = wording.when(appointment.starts_at, person.profile.zone)
    says = (Say("visit-cancelled", {"number": str(appointment.number), "when": when}),)
    return Result(
        says, (await entry(replace(appointment, state=AppointmentState.CANCELLED), person, work),), keeps=True
    )


async def show_door_code(command: ShowDoorCode, actor: Actor, work: Work) -> Result:
    appointment = await known(command.number, work)
    if not appointment.stands or work.now >= appointment.ends_at:
        raise Refusal("visit-over", number=str(appointment.number))
    if appointment.door_code is None:
        raise Refusal("door-code-none", number=str(appointment.number))
    person = await work.people.get(actor.person)
    when = wording.when(appointment.starts_at, person.profile.zone)
    says = (Say("door-code", {"number": str(appointment.number), "when": when}),)
    return Result(says, (_picture(appointment.door_code, person),), keeps=True)


async def coming(command: Coming, actor: Actor, work: Work) -> Result:
    appointment = await known(command.number, work)
    if not appointment.stands or work.now >= appointment.ends_at:
        raise Refusal("visit-over", number=str(appointment.number))
    await work.bookings.coming(appointment.id)
    await work.calls.close_about(appointment.id, Reason.REMINDER)
    person = await work.people.get(actor.person)
    return Result((Say("coming-done", {"when": wording.when(appointment.starts_at, person.profile.zone)}),))


async def known(number: ReportNumber, work: Work) -> Appointment:
    """An appointment, which the rulebook has let whoever acts see."""
    appointment = await work.bookings.by_number(number)
    if appointment is None:
        raise Refusal("visit-unknown", number=str(number))
    return appointment


async def to_change(number: ReportNumber, work: Work) -> Appointment:
    """An appointment that may still be moved or cancelled."""
    appointment = await known(number, work)
    if not appointment.movable(work.now):
        raise Refusal("visit-over", number=str(number))
    return appointment


async def _taken(place: str, structure: StructureId, question: str, actor: Actor, work: Work) -> Refusal:
    """Somebody was quicker: say so, with the next free time, and ask again."""
    free = await free_slots(FreeSlots(place, structure), actor, work)
    if not free:
        return Refusal("slot-taken-last", forget=(question,))
    return Refusal("slot-taken", forget=(question,), next=AtTime(free[0]))


async def with_profile(person: PersonId, name: PersonName, phone: Phone, region: str, zone: str, work: Work) -> None:
    """Name and phone: for the door, and for the call if the center has to close."""
    known = await work.people.get(person)
    profile = replace(known.profile, name=name, phone=phone, region=region, zone=zone)
    if profile != known.profile and not await work.proposals.frozen(person):
        await work.people.keep(replace(known, profile=profile))


async def _ask_to_confirm(appointment: Appointment, work: Work) -> None:
    """Where the address is not published, somebody of the center calls before the visit; moved, by another date."""
    center = await work.centers.get(appointment.center)
    if appointment.means is Means.VISIT and center.disclosure is Disclosure.CONFIRMED:
        since, starts = wording.told_from(appointment.starts_at), appointment.starts_at
        before = since if since > work.now else starts
        await calls.plan(Reason.CONFIRM, appointment.person, work, appointment=appointment, before=before)


async def _outline(name: str, appointment: Appointment, person: Person, work: Work) -> tuple[Say, ...]:
    """What is agreed: number, time, place as far as it may be told, and whom one meets."""
    center = await work.centers.get(appointment.center)
    agreed = Say(
        name,
        {
            "number": str(appointment.number),
            "when": wording.when(appointment.starts_at, person.profile.zone),
            "where": wording.where(center, appointment.means),
            "who": Say(f"specialist.{appointment.structure}"),
        },
    )
    if appointment.means is Means.VISIT and center.disclosure is Disclosure.CONFIRMED:
        since = wording.since(appointment.starts_at, work.now, confirmed=False)
        return (agreed, Say("booked-address-later", {"since": since}))
    return (agreed,)


def _place(appointment: Appointment) -> CenterId | None:
    return appointment.center if appointment.means is Means.VISIT else None


async def _papers(appointment: Appointment, person: Person, token: str | None, work: Work) -> tuple[Attached, ...]:
    """The calendar file, and for a first visit the code for the door."""
    papers = [await entry(appointment, person, work)]
    if token is not None:
        papers.append(await _door_code(appointment, person, token, work))
    return tuple(papers)


async def _door_code(appointment: Appointment, person: Person, token: str, work: Work) -> Attached:
    """Kept once, sealed: later the same picture is shown."""
    made = await _made(DoorCode(token), attachments.CODES[person.language], person, work)
    await work.bookings.keep_door_code(appointment.id, made.file)
    return made


def _picture(door_code: FileId, person: Person) -> Attached:
    return Attached(door_code, attachments.CODES[person.language], DoorCode.type)


async def entry(appointment: Appointment, person: Person, work: Work) -> Attached:
    """The calendar file that puts an appointment into the person's calendar, or takes one that is off out of it."""
    drawing = CalendarEntry.of(appointment, person.language, work.now)
    return await _made(drawing, attachments.named(appointment, person.language), person, work)


async def _made(drawing: Drawing, name: str, person: Person, work: Work) -> Attached:
    return Attached(await work.files.add_drawing(person.id, drawing, name), name, drawing.type)
