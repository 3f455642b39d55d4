"""An earlier time with a specialist: who waits for one, which times are vacant, and taking one that was offered.

A line is of one structure at one place: a center, or by telephone and video with whatever center's specialist. What is
offered is booked as any time is; whoever has a later appointment there moves it, under its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from casework import holding
from casework.booking import families, finding, wording
from casework.booking.appointments import Appointment, Means, SlotRequest
from casework.booking.finding import CALL, place_of
from casework.booking.lines import line_of, read_line
from casework.booking.reminding import must_be_called
from casework.booking.slots import AHEAD, HORIZON, Specialist
from casework.centers import Disclosure
from casework.ids import CenterId, PersonId, ReportId, StructureId
from casework.letters import Arg, AtTime, Say
from casework.numbers import ReportNumber
from casework.refusal import Refusal
from casework.result import Result
from casework.values import PersonName, Phone
from casework.waiting_list import HasPlaces, Offer, Vacancy, WaitingFor

if TYPE_CHECKING:
    from datetime import datetime

    from casework.actor import Actor
    from casework.work import Work


FOR_ANY: Final = timedelta(days=90)
"""Where nothing is free at all, one waits for whatever comes, so long."""


@dataclass(frozen=True, slots=True)
class Wait:
    """None of the times there suits, or there are none: tell me of an earlier one. What the person said of themselves
    on the way is kept, so that a time can be booked with one press."""

    place: str
    means: Means
    structure: StructureId
    report: ReportNumber | None
    name: PersonName
    phone: Phone
    region: str
    zone: str


@dataclass(frozen=True, slots=True)
class WaitEarlier:
    """Tell me of an earlier time than that of this appointment."""

    number: ReportNumber


async def wait(command: Wait, actor: Actor, work: Work) -> Result:
    """For what is earlier than anything that is free now: that they have just seen, and it does not suit."""
    later = await _later(actor.person, command.place, command.structure, work)
    if not later:
        await families.must_have_room(actor.person, work)
    await families.with_profile(actor.person, command.name, command.phone, command.region, command.zone, work)
    report = await work.reports.by_number(command.report) if command.report else None
    before = [one.starts_at for one in later if one.stands]
    return await _join(
        actor.person, command.place, command.structure, command.means, report.id if report else None, before, work
    )


async def wait_earlier(command: WaitEarlier, actor: Actor, work: Work) -> Result:
    one = await families.to_change(command.number, work)
    before = [one.starts_at] if one.stands else []
    return await _join(one.person, place_of(one), one.structure, one.means, one.report, before, work)


async def _join(
    person: PersonId,
    place: str,
    structure: StructureId,
    means: Means,
    report: ReportId | None,
    before: Sequence[datetime],
    work: Work,
) -> Result:
    free = await finding.free_times(place, structure, person, work)
    first = min((*free[:1], *before), default=work.now + FOR_ANY)
    zone = (await work.people.get(person)).profile.zone
    center = await _whose(place, person, work)
    what = line_of(place, structure)
    new = await work.waiting.join(person, what, center, before=first, how=means, report=report)
    line = {"who": Say(f"specialist.{structure}"), "where": await _where(place, means, work)}
    joined = Say("waiting-joined" if new else "waiting-already", {**line, **_before(first, zone, work)})
    says = [joined, Say("waiting-how")]
    if await must_be_called(person, work):
        says.append(Say("waiting-on-page"))
    return Result(tuple(says), keeps=True)


def _before(moment: datetime, zone: str, work: Work) -> dict[str, Arg]:
    """Than what it has to be earlier; what lies beyond all that can be booked is no bound."""
    return {"any": "yes" if moment > work.now + HORIZON else "no", "when": wording.when(moment, zone)}


async def _whose(place: str, person: PersonId, work: Work) -> CenterId:
    """By telephone it is the center that answers for where the family lives."""
    if place != CALL:
        return CenterId(place)
    return (await work.centers.answering_for((await work.people.get(person)).profile.region)).id


async def _where(place: str, means: Means, work: Work) -> Say:
    return Say(f"visit-means.{means}") if place == CALL else Say(f"center-{place}")


async def _later(
    person: PersonId, place: str, structure: StructureId, work: Work, than: datetime | None = None
) -> list[Appointment]:
    """The person's appointments in that line that may be moved: what we called off ourselves, and what begins later."""
    return [
        one
        for one in await work.bookings.of(person, work.now)
        if place_of(one) == place
        and one.structure == structure
        and one.movable(work.now)
        and (than is None or not one.stands or one.starts_at > than)
    ]


async def vacancies(what: str, work: Work) -> Sequence[Vacancy]:
    """All that is free in a line, for nobody in particular."""
    place, structure = read_line(what)
    centers = {center.id: center for center in await work.centers.all()}

    def vacancy(specialist: Specialist, at: datetime) -> Vacancy:
        center, answer_by = centers[specialist.center], at - AHEAD
        # Where the address is not published, somebody has to call before the visit, and does so while the center works.
        if place != CALL and center.disclosure is Disclosure.CONFIRMED:
            answer_by = center.by(answer_by)
        ends_at = at + specialist.timetable.length
        return Vacancy(holding.specialist(specialist.staff), at, ends_at, answer_by, at_home=place == CALL)

    free = await finding.by_specialist(place, structure, work)
    found = [vacancy(specialist, at) for specialist, times in free.items() for at in times]
    return sorted(found, key=lambda one: (one.starts_at, one.resource))


async def named(waiting: WaitingFor, work: Work) -> Say:
    place, structure = read_line(waiting.what)
    who, where = Say(f"specialist.{structure}"), await _where(place, Means(waiting.how), work)
    zone = (await work.people.get(waiting.person)).profile.zone
    return Say("waiting-line", {"place": 0, "who": who, "where": where, **_before(waiting.before, zone, work)})


async def told(waiting: WaitingFor, offer: Offer, work: Work) -> tuple[Say, ...]:
    """When and where it is, until when it is held, and what becomes of the appointment that they have."""
    place, structure = read_line(waiting.what)
    zone = (await work.people.get(waiting.person)).profile.zone
    own = wording.lives_by_another_clock(offer.until, zone)
    offered = Say(
        "offer",
        {
            "who": Say(f"specialist.{structure}"),
            "where": await _where(place, Means(waiting.how), work),
            "when": wording.when(offer.starts_at, zone),
        },
    )
    until = {"time": AtTime(offer.until, zone, "time"), "day": AtTime(offer.until, zone, "day")}
    held = Say("offer-until", {**until, "clock": "own" if own else "kyiv"})
    later = await _later(waiting.person, place, structure, work, offer.starts_at)
    if not later:
        return offered, held
    number, old = str(later[0].number), wording.when(later[0].starts_at, zone)
    return offered, Say("offer-moves", {"number": number, "old": old}), held


async def take(waiting: WaitingFor, offer: Offer, actor: Actor, work: Work) -> Result:
    place, structure = read_line(waiting.what)
    there = await finding.specialists(place, structure, work)
    found = [one for one in there if holding.specialist(one.staff) == offer.resource]
    if not found:
        raise Refusal("offer-over")
    times = replace(found[0].timetable, length=offer.ends_at - offer.starts_at)
    wish = SlotRequest(waiting.person, replace(found[0], timetable=times), offer.starts_at)
    later = await _later(waiting.person, place, structure, work, offer.starts_at)
    if later:
        moved = await work.bookings.move(later[0], wish, offer.id)
        if moved is None:
            raise Refusal("offer-over")
        await work.waiting.leave(waiting.person, waiting.what)
        return await families.has_moved(moved, work)
    await families.must_have_room(waiting.person, work)
    booked = await work.bookings.book(wish, Means(waiting.how), waiting.report, offer.id)
    if booked is None:
        raise Refusal("offer-over")
    await work.waiting.leave(waiting.person, waiting.what)
    return await families.has_booked(*booked, work)


KIND: Final = HasPlaces(vacancies, named, told, take)
COMMANDS: dict[type, Any] = {Wait: wait, WaitEarlier: wait_earlier}
