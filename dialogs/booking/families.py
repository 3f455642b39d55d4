"""A family books, moves, cancels, looks up what is ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from casework.booking import wording
from casework.booking.addresses import ShowAddress
from casework.booking.appointments import Appointment, Means
from casework.booking.earlier import Wait, WaitEarlier
from casework.booking.families import (
    Book,
    Cancel,
    Changeable,
    Coming,
    FreeSlots,
    Move,
    MyVisits,
    ShowDoorCode,
    Specialties,
    ToBring,
    slot_question,
)
from casework.booking.finding import CALL, place_of
from casework.booking.lines import line_of
from casework.centers import AllCenters, Center, Disclosure
from casework.ids import StructureId
from casework.letters import Say
from casework.numbers import ReportNumber
from casework.offers import MyWaiting
from casework.people import Me
from casework.places import ABOUT, ABROAD, Region, distance_km
from casework.queries import Now
from casework.registering import MyReports, Report
from casework.staff import Acting
from dialogs.booking.questions import (
    CANCEL,
    CENTER,
    CITY,
    MEANS,
    MOVE,
    MOVE_TO,
    NOBODY,
    NONE,
    NUMBER,
    OTHER,
    REPORT,
    SLOT,
    STRUCTURE,
    SlotChoice,
    one_visit,
)
from dialogs.calls import OWN_PHONE as PHONE
from dialogs.offers import in_line
from dialogs.places import Spot, home, spot_named
from dialogs.questions import Choice, Option, Review, YesNo
from dialogs.registering import OWN_NAME
from dialogs.reports import one_line
from dialogs.routing import Redirect
from dialogs.script import ask, given, look_up, say_all, tell

REVIEW = Review(name="book-review")


async def book() -> Book | Wait | Redirect:
    """A place, a specialist, a time. Needs neither a report nor papers: families come to bring them."""
    if await look_up(Acting()) is not None:
        await tell("book-families-only")
        return Redirect("menu")
    me = await look_up(Me())
    region, zone = me.profile.region, me.profile.zone
    if region is None:
        region, zone = await home()
    place = await _place(region)
    means = await ask(MEANS) if place == CALL else Means.VISIT
    specialties = await look_up(Specialties(place))
    if not specialties:
        await tell("book-nobody-there")
        return Redirect(await _elsewhere(place))
    for structure in specialties:
        await tell("specialist-why", who=Say(f"specialist.{structure}"), why=Say(f"specialist-for-{structure}"))
    chosen = await ask(STRUCTURE.of(*(Option(one, Say(f"specialist.{one}")) for one in specialties)))
    report = await _report()
    name = await ask(OWN_NAME) if me.profile.name is None else me.profile.name
    phone = await ask(PHONE) if me.profile.phone is None else me.profile.phone
    number = report.number if report else None
    slot = replace(SLOT, name=slot_question(place, chosen))
    free = await _free(slot, place, chosen)
    if not free:
        await tell("book-no-time")
        to = await _elsewhere(place, _WAIT)
        return Redirect(to) if to != WAIT else Wait(place, means, chosen, number, name, phone, region, zone)
    at: datetime | int = await ask(slot.at(free, zone, await look_up(Now())))
    if isinstance(at, int):
        return Wait(place, means, chosen, number, name, phone, region, zone)
    kinship = report.claim.kinship if report else None
    needed = await look_up(ToBring(chosen, kinship, means))
    await say_all(needed)
    await ask(REVIEW)
    return Book(place, means, chosen, at, number, name, phone, region, zone)


async def _place(region: str) -> str:
    """The center that answers for the family's region, a call, or another city; abroad the call comes first."""
    centers = await look_up(AllCenters())
    own = [
        Option(center.id, Say("book-center.own", {"city": _city(center)}))
        for center in centers
        if region in center.regions and region != ABROAD
    ]
    call, other = (Option(name, Say(f"book-center.{name}")) for name in (CALL, OTHER))
    options = (call, *own, other) if region == ABROAD else (*own, call, other)
    place = await ask(CENTER.among_centers([center.id for center in centers], *options))
    if place != OTHER:
        return place
    spot = await spot_named()
    start = (spot.latitude, spot.longitude) if spot else _middle(region)
    nearest = sorted(centers, key=lambda center: distance_km(start, (center.latitude, center.longitude)))
    return await ask(CITY.of(*(_far(center, start, spot) for center in nearest)))


def _far(center: Center, start: tuple[float, float], spot: Spot | None) -> Option:
    if spot is None:
        return Option(center.id, _city(center))
    far = round(distance_km(start, (center.latitude, center.longitude)), -1)
    return Option(center.id, Say("book-city.far", {"city": _city(center), "km": int(max(far, 10))}))


def _middle(region: str) -> tuple[float, float]:
    """Where the family lives, as far as we know: the capital of its region; Kyiv for those abroad."""
    return ABOUT[Region(region) if region in set(Region) else Region.KYIV].capital


def _city(center: Center) -> Say:
    return Say(f"center-{center.id}")


WAIT = "wait"
_WAIT = Option(WAIT, Say(f"book-nobody.{WAIT}"))


async def _elsewhere(place: str, *more: Option) -> str:
    """Nobody or no time there: a talk by telephone, another place, or a human."""
    ways = [Option(to, Say(f"book-nobody.{to}")) for to in ("book", "human", "menu")]
    if place != CALL:
        ways.insert(0, Option(f"book {CALL}", Say("book-nobody.call")))
    return await ask(NOBODY.about(place).of(*more, *ways))


async def _free(slot: SlotChoice, place: str, structure: StructureId) -> tuple[datetime, ...]:
    """All times that are free there; of one that is chosen, only whether it still is."""
    chosen = await given(slot)
    if isinstance(chosen, datetime) and (free := await look_up(FreeSlots(place, structure, chosen))):
        return free
    return await look_up(FreeSlots(place, structure))


async def _report() -> Report | None:
    """Whom the appointment is about; one may also come without having reported anybody."""
    reports = await look_up(MyReports())
    if len(reports) < 2:
        return reports[0] if reports else None
    none = Option(NONE, Say("book-report.none"))
    chosen = await ask(REPORT.of(*(one_line(report) for report in reports), none))
    return next((report for report in reports if report.number.digits == chosen), None)


async def visits() -> Redirect:
    """What is ahead, and what can be done with it."""
    ahead = await look_up(MyVisits())
    waiting = await look_up(MyWaiting())
    if not ahead and not waiting:
        await tell("visits-none")
        return Redirect("menu")
    me = await look_up(Me())
    centers = {center.id: center for center in await look_up(AllCenters())}
    options = []
    for visit in ahead:
        line = wording.line(visit, centers[visit.center], me.profile.zone)
        await tell(line.name, **line.args)
        kinds = ["code"] if visit.stands and visit.door_code is not None else []
        kinds += ["move", "cancel"]
        if visit.stands and line_of(place_of(visit), visit.structure) not in {one.what for one in waiting}:
            kinds.append("earlier")
        if visit.means is Means.VISIT and centers[visit.center].disclosure is Disclosure.CONFIRMED and visit.stands:
            kinds.append("address")
        options += [_option(kind, visit) for kind in kinds]
    options += await in_line(waiting)
    options += [Option(name, Say(f"visits.{name}")) for name in ("book", "menu")]
    return Redirect(await ask(VISITS.of(*options)))


VISITS = Choice(name="visits", type=str, example="menu")


def _option(kind: str, visit: Appointment) -> Option:
    return Option(f"{kind} {visit.number.digits}", Say(f"visits.{kind}", {"number": str(visit.number)}))


async def _number() -> ReportNumber:
    ahead = await look_up(MyVisits())
    return await ask(NUMBER.of(*(one_visit(visit) for visit in ahead)))


async def move() -> Move | WaitEarlier | Redirect:
    """Another time; the old one is freed in the same moment. From a push the new time may come along."""
    number = await _number()
    visit = await look_up(Changeable(number))
    me = await look_up(Me())
    free = await _free(MOVE_TO, place_of(visit), visit.structure)
    if not free:
        await tell("book-no-time")
        to = await _elsewhere(place_of(visit), _WAIT)
        return Redirect(to) if to != WAIT else WaitEarlier(number)
    zone = me.profile.zone
    at: datetime | int = await ask(MOVE_TO.at(free, zone, await look_up(Now())))
    if isinstance(at, int):
        return WaitEarlier(number)
    if visit.stands:  # what we called off ourselves is taken anew with one press
        sure = MOVE.about(f"{number.digits}.{int(at.timestamp())}")
        sure = sure.told(number=str(number), old=wording.when(visit.starts_at, zone), new=wording.when(at, zone))
        if await ask(sure) is not YesNo.YES:
            return Redirect("visits")
    return Move(number, at, MOVE_TO.name)


async def earlier() -> WaitEarlier | Redirect:
    """Into the line for an earlier time, unless there is one now."""
    number = await _number()
    visit = await look_up(Changeable(number))
    free = await look_up(FreeSlots(place_of(visit), visit.structure))
    if visit.stands and free and free[0] < visit.starts_at:
        await tell("earlier-now")
        return Redirect(f"move {number.digits}")
    return WaitEarlier(number)


async def cancel() -> Cancel | Redirect:
    number = await _number()
    visit = await look_up(Changeable(number))
    me = await look_up(Me())
    question = CANCEL.about(number).told(number=str(number), when=wording.when(visit.starts_at, me.profile.zone))
    return Cancel(number) if await ask(question) is YesNo.YES else Redirect("visits")


async def code() -> ShowDoorCode:
    return ShowDoorCode(await _number())


async def coming() -> Coming:
    return Coming(await _number())


async def address() -> ShowAddress:
    return ShowAddress(await _number())
