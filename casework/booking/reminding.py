"""Reminders of appointments: the day before at the same wall time, and two hours before; never at night.

Whoever cannot be reached by a message is called on the last working day before. Which there are is a pure function of a
few times. The database keeps one row for each, so that a restart, a second
process or a late tick neither loses nor doubles any.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from casework import calls
from casework.booking.appointments import Appointment, AppointmentState
from casework.booking.wording import lives_by_another_clock
from casework.calls import Reason
from casework.centers import KYIV, Center
from casework.ids import AppointmentId, PersonId
from casework.letters import AtTime, Button, Letter, Purpose, Say, Screen
from casework.people import Opens
from casework.quiet_hours import by_day, is_quiet, morning

if TYPE_CHECKING:
    from casework.people import Person
    from casework.work import Work

SHORTLY = timedelta(hours=2)

PATIENCE, AT_MOST = 4, timedelta(hours=6)
"""A messenger that does not take a reminder has this part of the time that is left, and so long at most; then it goes
the person's next way while it still means something."""


class Before(StrEnum):
    """Which of an appointment's reminders."""

    DAY = "day"
    HOURS = "hours"
    CALL = "call"  # not a message: a human calls whoever cannot be reached by one


@dataclass(frozen=True, slots=True)
class Reminder:
    """A row that is due. `starts_at` is when the appointment began when it was written: if moved since, it is void."""

    id: int
    appointment: AppointmentId
    before: Before
    starts_at: datetime


class Reminders(Protocol):
    """How reminders are kept."""

    async def add(
        self, appointment: AppointmentId, starts_at: datetime, moments: Sequence[tuple[Before, datetime]]
    ) -> None:
        """One row for each; what is there already stays."""

    async def due(self) -> Sequence[Reminder]:
        """Some that are due, locked until the transaction ends; those that another process has locked are left."""

    async def get(self, reminder: int) -> Reminder | None: ...
    async def sent(self, reminder: int) -> None: ...
    async def drop(self, reminder: int) -> None: ...
    async def postpone(self, reminder: int, until: datetime) -> None: ...


def reminder_times(starts_at: datetime, zone: str, booked_at: datetime) -> tuple[tuple[Before, datetime], ...]:
    """When to remind of an appointment that begins at `starts_at`, for somebody who lives in `zone` (IANA).

    In UTC, in their order. One whose moment had passed when the appointment was booked is left out: the person has
    just read it all.
    """
    clock = ZoneInfo(zone)
    local = starts_at.astimezone(clock)
    day_before = (local.replace(tzinfo=None, fold=0) - timedelta(days=1)).replace(tzinfo=clock)
    wanted = ((Before.DAY, day_before.astimezone(UTC)), (Before.HOURS, starts_at.astimezone(UTC) - SHORTLY))
    moments = ((before, by_day(moment, clock)) for before, moment in wanted)
    return tuple((before, moment) for before, moment in moments if moment > booked_at)


def promised(starts_at: datetime, zone: str, now: datetime) -> tuple[Say, ...]:
    """What the family is told of the reminders that are still to come; nothing where there are none."""
    ahead = {before for before, _ in reminder_times(starts_at, zone, now)}
    match Before.DAY in ahead, Before.HOURS in ahead:
        case True, True:
            return (Say("reminded-twice"),)
        case True, False:
            return (Say("reminded-the-day-before"),)
        case False, True:
            return (Say("reminded-shortly"),)
        case _:
            return ()


def call_time(starts_at: datetime, center: Center, booked_at: datetime) -> datetime | None:
    """When to see whether somebody must be called: on the center's last working day before, at the same wall time. At
    once if it was booked after that; None if that was so late that there is nothing to remind of."""
    local = starts_at.astimezone(KYIV)
    moment = center.at(center.work_day(local.date(), -1), local.time())
    return max(moment, booked_at) if booked_at < starts_at - timedelta(days=1) else None


def moves_on(reminder: Reminder, zone: str, now: datetime) -> datetime:
    """When a reminder that is sent `now` and does not go takes another way; by day, if that is soon enough."""
    over, clock = _over(reminder, zone), ZoneInfo(zone)
    moment = now + min((over - now) / PATIENCE, AT_MOST)
    later = morning(moment, clock)
    return later if is_quiet(moment, clock) and later <= over - SHORTLY / 2 else moment


def comes_by(starts_at: datetime, now: datetime) -> datetime | None:
    """By when what is told of an appointment has to come, at night if need be; None while there is a day until then."""
    left = starts_at - now
    return now + min(left / PATIENCE, AT_MOST) if left < timedelta(days=1) else None


async def schedule(appointment: Appointment, zone: str, work: Work) -> None:
    """Write down an appointment's reminders. Those of a time from which it was moved are void by themselves."""
    at, center = appointment.starts_at, await work.centers.get(appointment.center)
    call = call_time(at, center, work.now)
    called = ((Before.CALL, call),) if call else ()
    await work.reminders.add(appointment.id, at, (*reminder_times(at, zone, work.now), *called))


async def remind(work: Work) -> None:
    """Send what is due. A tick calls this again and again, in as many processes as there are."""
    for reminder in await work.reminders.due():
        appointment = await work.bookings.get(reminder.appointment)
        person = await work.people.get(appointment.person)
        zone = person.profile.zone
        if not means_something(reminder, appointment, zone, work.now):
            await work.reminders.drop(reminder.id)
            continue
        if reminder.before is Before.CALL:
            await _let_call(appointment, work)
            await work.reminders.sent(reminder.id)
            continue
        until = not_before(reminder, zone, work.now)
        if until > work.now:
            await work.reminders.postpone(reminder.id, until)
            continue
        await _send(reminder, appointment, person, work)
        await work.reminders.sent(reminder.id)


def means_something(reminder: Reminder, appointment: Appointment, zone: str, now: datetime) -> bool:
    """Is it still worth sending? After a long outage the day's reminder gives way to the one for the last hours."""
    return _stands(reminder, appointment, now) and now < _over(reminder, zone)


def _stands(reminder: Reminder, appointment: Appointment, now: datetime) -> bool:
    """Is what it reminds of still to come, as it was?"""
    return (
        appointment.state is AppointmentState.BOOKED
        and appointment.starts_at == reminder.starts_at
        and now < appointment.starts_at
    )


def _over(reminder: Reminder, zone: str) -> datetime:
    """From when on it means nothing any more."""
    if reminder.before is Before.DAY:
        return by_day(reminder.starts_at - SHORTLY, ZoneInfo(zone))
    return reminder.starts_at


def not_before(reminder: Reminder, zone: str, now: datetime) -> datetime:
    """The earliest moment for a message that is due: later than `now` if the person has moved to another zone
    since, or if it comes late and has run into the night. Better at night than never."""
    moment = next(at for before, at in reminder_times(reminder.starts_at, zone, _NEVER) if before is reminder.before)
    clock = ZoneInfo(zone)
    if now < moment or not is_quiet(now, clock):
        return max(moment, now)
    later = morning(now, clock)
    return later if later < reminder.starts_at else now


_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


async def _send(reminder: Reminder, appointment: Appointment, person: Person, work: Work) -> None:
    """A neutral line: no place, no name, no specialist; nothing but a notice for whoever reads on the page only. Paused
    persons get it too, as they were told."""
    digits = appointment.number.digits
    buttons = tuple((Button(f"/{name} {digits}", Say(f"reminder.{name}")),) for name in ("coming", "move", "cancel"))
    named = f"reminder:{reminder.id}"
    screen = Screen((), buttons, opens=named, neutral=person.opens is Opens.CHAT)
    moves_at = moves_on(reminder, person.profile.zone, work.now)
    await work.send(Letter(person.id, screen, reads=named, purpose=Purpose.APPOINTMENT, moves_at=moves_at))


async def _let_call(appointment: Appointment, work: Work) -> None:
    """A call by the end of the working day, unless a message can reach the person or they have said that they come."""
    if await must_be_called(appointment.person, work):
        await _call(appointment, work)


async def _call(appointment: Appointment, work: Work) -> None:
    if appointment.coming_at is not None:
        return
    center = await work.centers.get(appointment.center)
    day = center.working(work.now).astimezone(KYIV).date()
    before = min(center.at(day, center.closes), appointment.starts_at)
    await calls.plan(Reason.REMINDER, appointment.person, work, appointment=appointment, before=before)


def _says(appointment: Appointment, person: Person, now: datetime) -> tuple[Say, ...]:
    zone = person.profile.zone
    clock, at = ZoneInfo(zone), appointment.starts_at
    days = (at.astimezone(clock).date() - now.astimezone(clock).date()).days
    day = {0: "today", 1: "tomorrow"}.get(days, "later")
    line = Say(f"reminder-{day}", {"day": AtTime(at, zone, "day"), "time": AtTime(at, zone, "time")})
    if lives_by_another_clock(at, zone):
        return (line, Say("reminder-kyiv", {"time": AtTime(at, style="time")}))
    return (line,)


async def must_be_called(person: PersonId, work: Work) -> bool:
    """Nothing can be pushed to whoever has only the page or a terminal, or nothing at all."""
    reached = await work.people.reachable(person)
    return reached is None or not reached[1].calls_out


async def may_read(person: PersonId, id: int, work: Work) -> bool:
    """A reminder that waited too long for its channel is dropped: moved, cancelled or over meanwhile, or the one for
    the last hours goes already."""
    reminder = await work.reminders.get(id)
    if reminder is None:
        return False
    appointment, whose = await work.bookings.get(reminder.appointment), await work.people.get(person)
    return means_something(reminder, appointment, whose.profile.zone, work.now)


async def call_instead(id: int, work: Work) -> None:
    """It has come to nobody's notice: a human reminds, if there is still something to remind of."""
    reminder = await work.reminders.get(id)
    if reminder is None:
        return
    appointment = await work.bookings.get(reminder.appointment)
    if _stands(reminder, appointment, work.now):
        await _call(appointment, work)


async def told(person: PersonId, id: int, language: str, work: Work) -> tuple[Say, ...]:
    """The line, said as of now: after an outage "tomorrow" has become today."""
    reminder = await work.reminders.get(id)
    if reminder is None:
        return ()
    return _says(await work.bookings.get(reminder.appointment), await work.people.get(person), work.now)
