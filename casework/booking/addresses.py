"""Addresses that are not published: who is told one, when, and where.

Only a person whose visit a member of staff has confirmed, after having spoken to them or on verified kinship; only from
18:00 on the day before; only on the web page, on request. The letter that shows it holds no address: it is fetched at
the moment of sending, and every condition is looked at once more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from casework.actor import Channel
from casework.booking import wording
from casework.booking.appointments import EXAMPLE, Appointment, Means
from casework.booking.families import known
from casework.booking.reminding import comes_by
from casework.calls import Reason
from casework.centers import Disclosure
from casework.ids import AppointmentId, PersonId, StaffId
from casework.kinship import KinshipState
from casework.letters import Button, Letter, OnPage, Purpose, Say, Screen
from casework.numbers import ReportNumber
from casework.queries import Query
from casework.refusal import Refusal
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


@dataclass(frozen=True, slots=True)
class VisitsToConfirm(Query[tuple[Appointment, ...]]):
    """Visits to the acting member's center that wait to be confirmed, nearest first."""

    example: ClassVar[tuple[Appointment, ...]] = (EXAMPLE,)


async def unconfirmed(query: VisitsToConfirm, actor: Actor, work: Work) -> tuple[Appointment, ...]:
    staff = actor.acting
    if staff.center is None or (await work.centers.get(staff.center)).disclosure is Disclosure.PUBLIC:
        return ()
    return tuple(await work.bookings.to_confirm(staff.center))


@dataclass(frozen=True, slots=True)
class Confirm:
    """A member of staff confirms a visit, on the page, with the second factor. The program never does."""

    number: ReportNumber


@dataclass(frozen=True, slots=True)
class ShowAddress:
    number: ReportNumber


async def confirm(command: Confirm, actor: Actor, work: Work) -> Result:
    staff = actor.acting
    appointment = await known(command.number, work)
    center = await work.centers.get(appointment.center)
    if appointment.means is not Means.VISIT or center.disclosure is Disclosure.PUBLIC:
        raise Refusal("confirm-not-needed", number=str(appointment.number))
    if not appointment.stands or work.now >= appointment.ends_at:
        raise Refusal("visit-over", number=str(appointment.number))
    if not await is_known(appointment.person, work):
        raise Refusal("confirm-call-first", number=str(appointment.number))
    number, since = str(appointment.number), wording.since(appointment.starts_at, work.now, confirmed=True)
    if appointment.confirmed_at is None:
        await work.bookings.confirm(appointment.id, staff.id)
        await work.calls.close_about(appointment.id, Reason.CONFIRM)
        await work.audit.acted(actor, "visit-confirmed", report=appointment.report, person=appointment.person)
        shows = Button(f"/address {appointment.number.digits}", Say("visit-confirmed.address"))
        screen = Screen((Say("visit-confirmed", {"number": number, "since": since}),), ((shows,),), keeps=True)
        reads = f"visit:{appointment.id}"
        by = comes_by(appointment.starts_at, work.now)
        await work.send(Letter(appointment.person, screen, reads=reads, purpose=Purpose.APPOINTMENT, moves_at=by))
    return Result((Say("confirm-done", {"number": number, "since": since}),))


async def is_known(person: PersonId, work: Work, *, but: StaffId | None = None) -> bool:
    """Has a member of staff, `but` this one, spoken to this person in a call, or anybody verified their kinship?"""
    if await work.bookings.spoken_to(person, but=but):
        return True
    for report in await work.reports.of(person):
        if await work.kinships.state(report.id) is KinshipState.VERIFIED:
            return True
    return False


async def show_address(command: ShowAddress, actor: Actor, work: Work) -> Result:
    appointment = await _visit(command.number, work)
    center = await work.centers.get(appointment.center)
    if center.disclosure is Disclosure.PUBLIC:
        city = Say(f"center-{center.id}")
        if center.address is None:
            return Result((Say("address-by-phone", {"city": city}),))
        return Result((Say("visit-where-public", {"city": city, "address": center.address}),))
    await tellable(command.number, work)
    if actor.channel is not Channel.WEB:
        return Result(then=f"way {appointment.number}")
    return Result((Say("address-told"),), keeps=True, opens=f"address:{appointment.id}")


async def _visit(number: ReportNumber, work: Work) -> Appointment:
    appointment = await known(number, work)
    if appointment.means is not Means.VISIT or not appointment.stands or work.now >= appointment.ends_at:
        raise Refusal("visit-over", number=str(appointment.number))
    return appointment


async def tellable(number: ReportNumber, work: Work) -> Appointment:
    """The acting person's visit, if its center's address may be told to them now; a `Refusal` that says when."""
    appointment = await _visit(number, work)
    if appointment.confirmed_at is None or not await is_known(appointment.person, work):
        raise Refusal("address-unconfirmed", since=wording.since(appointment.starts_at, work.now, confirmed=False))
    if work.now < wording.told_from(appointment.starts_at):
        raise Refusal("address-early", since=wording.since(appointment.starts_at, work.now, confirmed=True))
    return appointment


def told_there(appointment: AppointmentId) -> Screen:
    """What shows the address on a page that has just been joined; the letter itself does not hold it."""
    return Screen((Say("address-told"),), keeps=True, opens=f"address:{appointment}")


async def open_address(person: PersonId, id: int, language: str, work: Work) -> tuple[Say, ...]:
    """The address, at the moment at which the answer is sent."""
    appointment = await work.bookings.get(AppointmentId(id))
    center = await work.centers.get(appointment.center)
    if not await _may_know(appointment, person, work) or center.address is None:
        return (Say("address-by-phone", {"city": Say(f"center-{center.id}")}),)
    return (Say("address", {"city": Say(f"center-{center.id}"), "address": OnPage(center.address)}),)


async def _may_know(appointment: Appointment, person: PersonId, work: Work) -> bool:
    return (
        appointment.means is Means.VISIT
        and appointment.stands
        and appointment.confirmed_at is not None
        and wording.told_from(appointment.starts_at) <= work.now < appointment.ends_at
        and await is_known(person, work)
    )


async def may_read_visit(person: PersonId, id: int, work: Work) -> bool:
    """A push about an appointment is dropped when there is none any more."""
    appointment = await work.bookings.get(AppointmentId(id))
    return appointment.stands and work.now < appointment.ends_at
