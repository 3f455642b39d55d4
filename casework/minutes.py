"""What the rules of the program cost a center's members in minutes a week, and what they sum to.

A rule costs time by the calls that it plans, for a reason, or by other work that it gives to members. For each there
are the minutes of one, with what is written down after it: our estimates, until the center's head has set others, from
a day on. How often each comes is counted at the center over the last weeks; what a promise of contact costs is worked
out by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol

from casework import presence
from casework.actor import Role
from casework.asked import Asked
from casework.calls import Reason
from casework.centers import KYIV, Center
from casework.ids import CenterId, StaffId
from casework.letters import OnDay, say
from casework.presence import Absence
from casework.queries import Query
from casework.refusal import Refusal
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


class OtherWork(StrEnum):
    """Work of members that is no call."""

    CHECK = "check-made"  # a body is asked about one case or a list, and its answer noted
    UPDATE = "update-written"
    SIGNATURE = "update-signed"
    PAPERS = "papers-decided"  # papers on kinship are looked at, and it is decided
    VISIT = "visit-held"
    ANSWER = "answer-written"  # to what a family wrote
    INQUIRY = "inquiry-written"
    SIGHTING = "sighting-answered"  # a sign of life is looked into


Activity = Reason | OtherWork
"""What takes time."""

ACTIVITIES: Final[tuple[Activity, ...]] = (*Reason, *OtherWork)

ESTIMATES: Final[Mapping[Activity, int]] = {
    Reason.NEW_REPORT: 30,
    Reason.ASKED: 20,
    Reason.UNDELIVERED: 15,
    Reason.REMINDER: 5,
    Reason.CONFIRM: 10,
    Reason.REBOOK: 10,
    Reason.INVITATION: 30,
    Reason.NUMBER: 5,
    Reason.CORRECTED: 15,
    Reason.SILENT: 15,
    Reason.UNREADABLE: 15,
    Reason.WROTE: 15,
    Reason.DOUBTFUL: 10,
    Reason.VOICE: 30,
    Reason.SPOKEN: 20,
    Reason.MINOR: 40,
    Reason.OF_AGE: 20,
    Reason.CONTACT: 20,
    Reason.GO_BETWEEN: 10,
    Reason.INQUIRY: 15,
    Reason.SIGHTING: 15,
    Reason.RELEASE: 30,
    Reason.CRISIS: 60,
    OtherWork.CHECK: 30,
    OtherWork.UPDATE: 30,
    OtherWork.SIGNATURE: 10,
    OtherWork.PAPERS: 20,
    OtherWork.VISIT: 60,
    OtherWork.ANSWER: 15,
    OtherWork.INQUIRY: 40,
    OtherWork.SIGHTING: 30,
}
"""Minutes of one. They hold where the center has set none of its own."""

MOST_MINUTES: Final = 480
"""Of one: more than a working day nothing takes."""

MEASURED: Final = timedelta(weeks=4)
"""So far back it is counted how often something comes, and so far ahead who is there."""

_WEEKS: Final = MEASURED / timedelta(weeks=1)

CALLERS: Final = frozenset({Role.OPERATOR, Role.SPECIALIST, Role.HEAD})
"""Members who call families."""

WORKERS: Final = CALLERS | {Role.VERIFIER}
"""Members among whom all this work is divided."""


@dataclass(frozen=True, slots=True)
class SetMinutes:
    """From a day on, one of an activity takes so many minutes at the center, as its head says."""

    center: CenterId
    activity: str
    minutes: int
    since: date


@dataclass(frozen=True, slots=True)
class CenterMinutes:
    """What is in effect at a center, since when, and who has set it."""

    minutes: int
    since: date
    by: StaffId


@dataclass(frozen=True, slots=True)
class ActivityWeek:
    """How often an activity came in the last weeks at a center (`many`, all of them), and how long one takes. `set` is
    None where that is our estimate."""

    activity: Activity
    many: int
    minutes: int
    set: CenterMinutes | None = None

    @property
    def weekly(self) -> int:
        """Minutes a week."""
        return round(self.many * self.minutes / _WEEKS)


@dataclass(frozen=True, slots=True)
class CenterWeek:
    """Each activity of a center, and the minutes a week that its members have in the coming weeks while it is open,
    without their leave."""

    activities: tuple[ActivityWeek, ...] = ()
    managed: int = 0

    @property
    def others(self) -> int:
        """Minutes a week of all that is not done for the promise of contact."""
        return sum(one.weekly for one in self.activities if one.activity is not Reason.CONTACT)

    @property
    def talk(self) -> int:
        """Minutes of a talk that keeps the promise."""
        own = (one.minutes for one in self.activities if one.activity is Reason.CONTACT)
        return next(own, ESTIMATES[Reason.CONTACT])

    def fits(self, promise: int) -> bool:
        """Is there time for a promise that costs so many minutes a week?"""
        return self.others + promise <= self.managed


NOTHING_KNOWN: Final = CenterWeek()


class Minutes(Protocol):
    """How it is kept what an activity takes at a center, and where it is counted how often each comes."""

    async def set(self, what: SetMinutes, by: StaffId) -> None:
        """From its day on this is in effect; what was planned for later days is undone. All of it stays as history."""

    async def of(self, center: CenterId, day: date) -> Mapping[str, CenterMinutes]:
        """What is in effect at a center on a day in Kyiv, by the activity."""

    async def counted(self, center: CenterId) -> Mapping[str, int]:
        """How often each activity came at a center within `MEASURED`, those that are no calls until now."""


def center_week(
    counted: Mapping[str, int],
    minutes: Mapping[str, CenterMinutes],
    center: Center,
    today: date,
    members: Sequence[StaffId],
    absences: Sequence[Absence] = (),
) -> CenterWeek:
    """`members` are all among whom the work is divided; `today` is a day in Kyiv."""
    activities = (_week(one, counted.get(one, 0), minutes.get(one)) for one in ACTIVITIES)
    days = [today + timedelta(days=number) for number in range(MEASURED.days)]
    there = (presence.hours(center, day, who, absences) for day in days for who in members)
    managed = sum((hours[1] - hours[0] for hours in there if hours), timedelta())
    return CenterWeek(tuple(activities), round(managed / timedelta(minutes=1) / _WEEKS))


def _week(activity: Activity, many: int, own: CenterMinutes | None) -> ActivityWeek:
    return ActivityWeek(activity, many, own.minutes if own else ESTIMATES[activity], own)


async def week_of(center: CenterId, work: Work) -> CenterWeek:
    """What a center's members do in a week, and what they have."""
    today = work.now.astimezone(KYIV).date()
    here = [one.staff for one in await work.staff.all() if one.staff.active and one.staff.center == center]
    return center_week(
        await work.minutes.counted(center),
        await work.minutes.of(center, today),
        await work.centers.get(center),
        today,
        [one.id for one in here if one.role in WORKERS],
        await work.bookings.absences(today),
    )


@dataclass(frozen=True, slots=True)
class MyCenterWeek(Query[CenterWeek | None]):
    """The week of the acting head's center; None for a head without one."""

    example: ClassVar[CenterWeek] = CenterWeek(
        (
            ActivityWeek(Reason.CONTACT, 40, 20),
            ActivityWeek(OtherWork.CHECK, 4, 25, CenterMinutes(25, date(2026, 11, 2), StaffId(1))),
        ),
        25_200,
    )


async def my_center_week(query: MyCenterWeek, actor: Actor, work: Work) -> CenterWeek | None:
    center = actor.acting.center
    return None if center is None else await week_of(center, work)


async def set_minutes(command: SetMinutes, actor: Actor, work: Work) -> Result:
    about = command.activity
    if not 1 <= command.minutes <= MOST_MINUTES:
        raise Refusal("unclear-minutes", most=MOST_MINUTES, forget=(Asked.MINUTES.about(about),))
    if command.since < work.now.astimezone(KYIV).date():
        raise Refusal("minutes-past", forget=(Asked.MINUTES_SINCE.about(about),))
    await work.minutes.set(command, actor.acting.id)
    await work.audit.acted(actor, "minutes")
    return Result((say("minutes-done", minutes=command.minutes, since=OnDay(command.since)),))


COMMANDS: dict[type, Any] = {SetMinutes: set_minutes}
QUERIES: dict[type, Any] = {MyCenterWeek: my_center_week}
