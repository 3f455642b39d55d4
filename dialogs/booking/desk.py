"""What the staff of a center say and press: the day, who has come, the code at the door, an illness."""

from __future__ import annotations

from datetime import timedelta

from casework.booking import wording
from casework.booking.addresses import Confirm, VisitsToConfirm
from casework.booking.appointments import AppointmentState
from casework.booking.desk import Attend, BeAbsent, CenterSpecialists, Colleague, Day, Door, SetLength, Touched
from casework.ids import StaffId
from casework.letters import OnDay, Say
from casework.numbers import ReportNumber
from casework.offers import WaitingHere
from casework.queries import Today
from casework.values import Unclear
from dialogs.booking.questions import ABSENT_FROM, ABSENT_TO, DAY, NUMBER, exact_day, one_visit, one_visitor
from dialogs.cases import Finds
from dialogs.questions import Choice, Option, Typed, YesNo
from dialogs.routing import Redirect
from dialogs.script import ask, look_up, tell

AFTER_DAY = Finds(name="day-next", type=str, example="menu")
ATTEND = Choice(
    name="attend",
    type=AppointmentState,
    example=AppointmentState.ARRIVED,
    among=tuple(
        Option(state, Say(f"visit-state.{state}"))
        for state in (AppointmentState.ARRIVED, AppointmentState.IN, AppointmentState.DONE, AppointmentState.NOT_COME)
    ),
)
SURE = Choice(name="absent", type=YesNo, example=YesNo.NO)
WHO = Choice(name="absent-who", type=int, example=1, on_page=True)
VISIT_LENGTH = Choice(
    name="length",
    type=int,
    example=45,
    among=tuple(Option(str(minutes), Say("length.minutes", {"minutes": minutes})) for minutes in (30, 45, 60, 90)),
)


def _token(text: str) -> str | Unclear:
    """What a reader of codes has read: the command with its token, or the token alone."""
    token = text.split()[-1] if text.split() else ""
    return token if 20 <= len(token) <= 64 and token.isascii() else Unclear("unclear-door")


TOKEN = Typed(name="door", type=str, example="x" * 22, parser=_token)
MOST_BUTTONS = 20


async def day() -> Redirect:
    """A day's appointments; names open on the page only."""
    today = await look_up(Today())
    chosen = exact_day(await ask(DAY.on(today)), today)
    expected = await look_up(Day(chosen))
    await tell("day-title", day=OnDay(chosen), count=len(expected))
    if waiting := await look_up(WaitingHere()):
        await tell("day-waiting", count=waiting)
    for one in expected:
        line = wording.expected(one.appointment, one.name, one.who)
        await tell(line.name, **line.args)
    options = [one_visitor(one.appointment, one.name) for one in expected if one.appointment.stands][:MOST_BUTTONS]
    near = [Option(f"day {chosen + timedelta(days=way)}", Say(f"day-next.{name}")) for name, way in _WAYS.items()]
    attended = [Option(f"attend {option.id}", option.label) for option in options]
    question = AFTER_DAY.about(chosen).of(*attended, *near, Option("menu", Say("day-next.menu")))
    return Redirect(await ask(question))


_WAYS = {"after": 1, "before": -1}


async def _number() -> ReportNumber:
    """One of today's, with a button each."""
    expected = await look_up(Day(await look_up(Today())))
    return await ask(NUMBER.of(*(one_visitor(one.appointment, one.name) for one in expected[:MOST_BUTTONS])))


async def attend() -> Attend:
    number = await _number()
    return Attend(number, await ask(ATTEND.about(number).told(number=str(number))))


async def confirm() -> Confirm:
    """One that waits for it, or any by its number. What the conditions are, the rule says."""
    waiting = await look_up(VisitsToConfirm())
    return Confirm(await ask(NUMBER.of(*(one_visit(visit) for visit in waiting[:MOST_BUTTONS]))))


async def door() -> Door:
    return Door(await ask(TOKEN))


async def absent() -> BeAbsent | Redirect:
    """Who, and for which days; shows whom it touches before anything happens."""
    today = await look_up(Today())
    who = await _who()
    if who is None:
        await tell("absent-nobody")
        return Redirect("menu")
    staff = who.staff
    await tell("absent-whom", who=wording.colleague(who.structure, who.name, staff))
    first = exact_day(await ask(ABSENT_FROM.on(today, today, today + timedelta(days=1))), today)
    ends = (first, first + timedelta(days=2), first + timedelta(days=6))
    last = exact_day(await ask(ABSENT_TO.about(first).on(today, *ends)), today)
    if last < first:
        await tell("absent-backwards")
        return Redirect("absent")
    touched, silent = await look_up(Touched(staff, first, last))
    await tell("absent-whom", who=wording.colleague(who.structure, who.name, staff))
    await tell("absent-touches", count=touched, silent=silent, first=OnDay(first), last=OnDay(last))
    if await ask(SURE.about(f"{staff}.{first}.{last}")) is YesNo.NO:
        return Redirect("menu")
    return BeAbsent(staff, first, last)


async def _who() -> Colleague | None:
    colleagues = await look_up(CenterSpecialists())
    if len(colleagues) < 2:
        return colleagues[0] if colleagues else None
    chosen = StaffId(await ask(WHO.of(*(_colleague(one) for one in colleagues))))
    return next(one for one in colleagues if one.staff == chosen)


def _colleague(one: Colleague) -> Option:
    return Option(str(one.staff), wording.colleague(one.structure, one.name, one.staff))


async def length() -> SetLength:
    return SetLength(await ask(VISIT_LENGTH))
