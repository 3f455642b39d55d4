"""The support centers: who answers for which region, what may be told of their address. All of it is data of staff."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol

from casework import presence
from casework.ids import CenterId
from casework.queries import Query
from casework.reference import Sort

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

KYIV: Final = presence.KYIV

HEADQUARTERS, CRISIS = "headquarters", "crisis"
"""The step of the line that answers for all centers, and the one under which a person in despair is answered."""


class Disclosure(StrEnum):
    """Who may learn a center's address."""

    PUBLIC = "public"
    CONFIRMED = "confirmed"  # a person whose visit a member of staff confirmed, from 18:00 the day before


@dataclass(frozen=True, slots=True)
class Center:
    """A support center. `name` is its city's Fluent message, "center-lviv"; `address` and `phone` may be unknown.

    `regions` are those it answers for today, "abroad" perhaps among them; `proposed` are among them by distance only,
    until an administrator confirms. `latitude` and `longitude` are the city's, good for distances, until staff have
    `marked` the door.
    """

    id: CenterId
    regions: tuple[str, ...]
    proposed: tuple[str, ...]
    latitude: float
    longitude: float
    disclosure: Disclosure
    address: str | None = None
    phone: str | None = None
    opens: time = time(10)
    closes: time = time(17)
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    marked: bool = False

    def open_at(self, moment: datetime) -> bool:
        """Is the center open then, by its usual hours in Kyiv time?"""
        return presence.there(self, moment)

    def works_on(self, day: date) -> bool:
        return presence.hours(self, day) is not None

    def at(self, day: date, clock: time) -> datetime:
        """A time of a day by the clock in Kyiv; in UTC."""
        return datetime.combine(day, clock, tzinfo=KYIV).astimezone(UTC)

    def working(self, moment: datetime) -> datetime:
        """The moment itself while the center is open, else when it next opens; in UTC."""
        if self.open_at(moment):
            return moment.astimezone(UTC)
        day = moment.astimezone(KYIV).date()
        if not self.works_on(day) or moment >= self.at(day, self.opens):
            day = self.work_day(day, 1)
        return self.at(day, self.opens)

    def by(self, moment: datetime) -> datetime:
        """The last moment until then up to which the center has worked; in UTC. What is to be done by the opening is to
        be done on the working day before."""
        day = moment.astimezone(KYIV).date()
        if not self.works_on(day) or moment <= self.at(day, self.opens):
            day = self.work_day(day, -1)
        return min(moment.astimezone(UTC), self.at(day, self.closes))

    def after(self, moment: datetime, days: int) -> datetime:
        """So many working days later, at the same time of the day: what is promised by then can be kept. What comes
        while the center is closed counts from when it next opens."""
        start = self.working(moment).astimezone(KYIV)
        return self.at(self.work_day(start.date(), days), start.time())

    def work_day(self, day: date, away: int) -> date:
        """The working day that is so many working days after the day, or (`away` negative) before it."""
        step = timedelta(days=1 if away > 0 else -1)
        for _ in range(abs(away)):
            week = (day + step * number for number in range(1, 8))
            day = next((other for other in week if self.works_on(other)), day + step)
        return day


@dataclass(frozen=True, slots=True)
class Line:
    """A telephone line: `name` is its Fluent message "line-<name>"; `step` the family's step that it belongs to, or
    "crisis" for the one that answers a person in despair at any hour. Staff change the number; nobody invents one.

    `phone` is empty as long as the line has no number that two persons have confirmed: no family sees it.
    """

    name: str
    phone: str
    step: str


@dataclass(frozen=True, slots=True)
class CenterContact:
    """The center that answers for the acting person, as everybody may know it."""

    id: CenterId
    phone: str | None
    opens: time
    closes: time


class Centers(Protocol):
    """How centers are kept."""

    async def all(self) -> Sequence[Center]: ...
    async def get(self, center: CenterId) -> Center: ...

    async def answering_for(self, region: str | None) -> Center:
        """The one center that answers today for the region or for those abroad, as is a family that has not said where
        it lives. `LookupError` for what is neither."""

    async def keep(self, center: Center) -> None:
        """Keep what staff changed of a center, or a new one; for which regions it answers is kept by `answers`."""

    async def answers(self, center: CenterId, region: str, since: date) -> None:
        """From that day in Kyiv on, this center answers for the region, and no other; what was planned for later
        days is undone."""

    async def confirm(self, center: CenterId, regions: Collection[str]) -> None:
        """It is no longer a proposal that the center answers for these."""

    async def lines(self) -> Sequence[Line]:
        """Every line, also those that have no number."""

    async def keep_line(self, line: Line) -> None: ...


@dataclass(frozen=True, slots=True)
class AllCenters(Query[tuple[Center, ...]]):
    """Every center, without addresses that are not public."""

    example: ClassVar[tuple[Center, ...]] = (
        Center(CenterId("lviv"), ("lviv",), (), 49.84, 24.03, Disclosure.PUBLIC, "вул. Стрийська, 83"),
        Center(CenterId("kharkiv"), ("kharkiv",), (), 49.99, 36.23, Disclosure.CONFIRMED),
    )


async def all_centers(query: AllCenters, actor: Actor, work: Work) -> tuple[Center, ...]:
    return tuple(published(center) for center in await work.centers.all())


def published(center: Center) -> Center:
    """The center as anybody may see it."""
    return center if center.disclosure is Disclosure.PUBLIC else replace(center, address=None)


@dataclass(frozen=True, slots=True)
class MyCenter(Query[CenterContact]):
    """The center that answers for the acting person's region."""

    example: ClassVar[CenterContact] = CenterContact(CenterId("lviv"), None, time(10), time(17))


async def my_center(query: MyCenter, actor: Actor, work: Work) -> CenterContact:
    person = await work.people.get(actor.person)
    center = await work.centers.answering_for(person.profile.region)
    return CenterContact(center.id, center.phone, center.opens, center.closes)


@dataclass(frozen=True, slots=True)
class Lines(Query[tuple[Line, ...]]):
    """Every telephone line that families may call."""

    example: ClassVar[tuple[Line, ...]] = (Line("police", "102", "police"),)


async def lines(query: Lines, actor: Actor, work: Work) -> tuple[Line, ...]:
    known = {entry.name for entry in work.book.today(Sort.LINE)}
    return tuple(line for line in await work.centers.lines() if line.phone and line.name in known)


async def line_of_all(work: Work) -> str:
    """The number of the line that answers whoever has no center, or none with a number."""
    return next(line.phone for line in await work.centers.lines() if line.name == "headquarters")


async def answering(center: Center, work: Work) -> str:
    """Where somebody answers for a center: its own number, or until there is one, the line that answers for all."""
    return center.phone or await line_of_all(work)


COMMANDS: dict[type, Any] = {}
QUERIES: dict[type, Any] = {AllCenters: all_centers, MyCenter: my_center, Lines: lines}
