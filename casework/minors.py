"""A relative under 18: greeted, brought to a human, and told nothing of the search alone.

The mark is the person's, for all their reports. It is set by their own word, or by a member of staff from papers or a
talk, and it holds at once: `Voices.of` knows it, and so does every letter about the search (`human_voice.instead_of`).
Kept are the mark, by which day they are of age (the end of a month, sealed) and which adult they trust, in their own
words (sealed). No date lifts it: when the day has come a human calls first, and two lift it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol

from casework import calls, human_voice
from casework.asked import Asked
from casework.board import Row, Section
from casework.calls import Reason, phone_of
from casework.centers import KYIV
from casework.ids import CenterId, PersonId, ReportId, StaffId
from casework.letters import AtTime, Letter, OnDay, Private, Purpose, Say, Screen, say
from casework.numbers import ReportNumber, make_number
from casework.queries import Query
from casework.refusal import Refusal
from casework.registering import MAY_BE_YOUNG, for_staff
from casework.result import Result
from casework.staff.proposals import About, Act, Prepared, ProposalState
from casework.unreadable import can_be_read
from casework.values import PartialDate, Phone

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

OF_AGE: Final = 18
"""Years."""

CALLS: Final = frozenset({Reason.MINOR, Reason.OF_AGE})

LOOKED_AT_ONCE: Final = 500
"""Marks that one tick opens: a dozen ticks a day look at 6,000."""

KEEPS: Final = "minor"
"""Under which name it is kept that a second person has still to look at a mark of staff."""


@dataclass(frozen=True, slots=True)
class MinorDetails:
    """What is known beside the mark, sealed: `of_age` is the last day of the month in which they turn 18, `adult` whom
    of the adults they trust, in the words of whoever wrote it."""

    of_age: date | None = None
    adult: str = ""


@dataclass(frozen=True, slots=True)
class Minor:
    """A relative under 18, since when; `by` the member who marked it, None where they said it themselves. `asked_at`:
    since then a human is to call, as the day has come."""

    person: PersonId
    since: datetime
    by: StaffId | None = None
    details: MinorDetails = MinorDetails()
    asked_at: datetime | None = None


class Minors(Protocol):
    """How it is kept who is under 18."""

    async def of(self, person: PersonId) -> Minor | None: ...
    async def begin(self, person: PersonId, by: StaffId | None, *, adult: str = "", of_age: date | None = None) -> None:
        """From now on; for who is marked already, what is known beside it takes the place of what was. What was and
        does not open is left as it is, beside what is known now."""

    async def end(self, person: PersonId) -> None:
        """They are of age, or it was a mistake."""

    async def to_look_at(self, before: datetime, most: int) -> Sequence[Minor]:
        """At most so many who are marked, of whom nobody was asked to call yet, as they are of age, and who were not
        looked at since `before`. From now on they were."""

    async def asked(self, person: PersonId) -> None: ...
    async def at(self, center: CenterId) -> Sequence[tuple[ReportId, Minor]]:
        """Those who reported at a center, each with their first report there."""


def of_age_on(born: PartialDate) -> date:
    """The last day of the month, of the year where no month is known, in which somebody turns 18: never too early."""
    year, month = born.year + OF_AGE, born.month or 12
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class IsUnder18(Query[bool]):
    """Is the acting person marked as under 18?"""

    example: ClassVar[bool] = False


async def is_under_18(query: IsUnder18, actor: Actor, work: Work) -> bool:
    return await work.minors.of(actor.person) is not None


@dataclass(frozen=True, slots=True)
class IsAgeUnknown(Query[bool]):
    """May the acting person be under 18, by what they are to somebody missing, and was never asked?"""

    example: ClassVar[bool] = False


async def is_age_unknown(query: IsAgeUnknown, actor: Actor, work: Work) -> bool:
    if actor.staff is not None or await work.minors.of(actor.person) is not None:
        return False
    profile = (await work.people.get(actor.person)).profile
    if profile.age_asked or not can_be_read(profile):
        return False
    return any(report.claim.kinship in MAY_BE_YOUNG for report in await work.reports.of(actor.person))


@dataclass(frozen=True, slots=True)
class SayAdult:
    """A relative who was not asked when they reported says that they are 18. `then`: the script that they go on to."""

    then: str = ""


async def say_adult(command: SayAdult, actor: Actor, work: Work) -> Result:
    await _was_asked(actor.person, work)
    return Result(then=command.then)


async def _was_asked(id: PersonId, work: Work) -> None:
    """What does not open is left as it is."""
    person = await work.people.get(id)
    if can_be_read(person.profile):
        await work.people.keep(replace(person, profile=replace(person.profile, age_asked=True)))


@dataclass(frozen=True, slots=True)
class SayUnder18:
    """A relative says that they are not 18 yet; which adult they trust, and where to call, if they like."""

    adult: str = ""
    phone: Phone | None = None


async def say_under_18(command: SayUnder18, actor: Actor, work: Work) -> Result:
    """Nothing that they told is lost, and nothing else is asked: somebody of the center calls."""
    person, reports = await work.people.get(actor.person), await work.reports.of(actor.person)
    if command.phone is not None:
        person = await calls.with_phone(person, command.phone, work)
    await work.minors.begin(actor.person, None, adult=command.adult)
    last = reports[-1].id if reports else None
    if reports:
        await work.audit.acted(actor, "minor-said", case=reports[-1].case, report=last)
    task = await calls.plan(Reason.MINOR, actor.person, work, report=last)
    words = "minor-said" if await phone_of(person, work) else "minor-said-no-phone"
    return Result((say(words, by=AtTime(task.due, person.profile.zone, "day")),), keeps=True)


@dataclass(frozen=True, slots=True)
class ShownMinor:
    """The relative of a report, and whether they are marked."""

    number: ReportNumber
    relative: str
    minor: Minor | None = None


@dataclass(frozen=True, slots=True)
class HowOld(Query[ShownMinor]):
    """Is the relative of a report under 18?"""

    number: ReportNumber
    example: ClassVar[ShownMinor] = ShownMinor(
        make_number(1234567),
        "Петренко Марія",
        Minor(PersonId(1), datetime(2026, 11, 24, tzinfo=UTC), None, MinorDetails(date(2028, 3, 31), "бабуся")),
    )


async def how_old(query: HowOld, actor: Actor, work: Work) -> ShownMinor:
    report = await for_staff(query.number, actor, work, "minor")
    name = (await work.people.get(report.person)).profile.name
    return ShownMinor(report.number, name.full if name else "", await work.minors.of(report.person))


@dataclass(frozen=True, slots=True)
class MarkMinor:
    """From papers that were seen, or as it was said in a talk: the relative of a report is under 18. `born` is the
    month and the year."""

    number: ReportNumber
    born: PartialDate | None = None
    adult: str = ""


async def mark_minor(command: MarkMinor, actor: Actor, work: Work) -> Result:
    """It is so at once, and the relative learns it; a second person looks at it within a working day. Where it was so
    already, what is known beside it is written down."""
    report = await for_staff(command.number, actor, work, "minor")
    of_age = of_age_on(command.born) if command.born is not None else None
    before = await work.minors.of(report.person)
    over = of_age is not None and of_age < work.now.astimezone(KYIV).date()
    if of_age is not None and over and before is None:
        forget = (Asked.MINOR_BORN.about(command.number),)
        raise Refusal("minor-of-age", forget=forget, number=str(report.number), on=OnDay(of_age))
    await work.minors.begin(report.person, actor.acting.id, adult=command.adult, of_age=of_age)
    await work.audit.acted(actor, "minor-marked", case=report.case, report=report.id)
    if before is not None:
        return Result((say("minor-over" if over else "minor-written", number=str(report.number)),))
    await human_voice.to_confirm(KEEPS, KeepMinor(report.number), "minor-late", report, actor, work)
    screen = Screen((say("minor-told", number=str(report.number)),), keeps=True)
    await work.send(Letter(report.person, screen, purpose=Purpose.CALL))
    task = await calls.plan(Reason.MINOR, report.person, work, report=report.id)
    return Result((say("minor-marked", number=str(report.number), by=AtTime(task.due)),))


@dataclass(frozen=True, slots=True)
class KeepMinor:
    """A second person finds it right. It is so already: whoever does not, proposes to lift it."""

    number: ReportNumber


@dataclass(frozen=True, slots=True)
class LiftMinor:
    """The relative is of age and a human has spoken with them, or it was a mistake. It takes two: what is told to a
    child alone cannot be taken back."""

    number: ReportNumber


async def prepare(command: KeepMinor | LiftMinor, actor: Actor, work: Work) -> Prepared:
    report = await for_staff(command.number, actor, work, "minor")
    if await work.minors.of(report.person) is None:
        raise Refusal("minor-none", number=str(report.number))
    return Prepared(command, About(report.center, None, report.case, report.id))


async def show_keep(command: KeepMinor, work: Work) -> tuple[Say, ...]:
    return (say("proposal-minor", number=str(command.number)),)


async def show_lift(command: LiftMinor, work: Work) -> tuple[Say, ...]:
    return (say("proposal-lift-minor", number=str(command.number)),)


async def keep_minor(command: KeepMinor, actor: Actor, work: Work) -> Result:
    report = await for_staff(command.number, actor, work, "minor")
    await work.audit.acted(actor, "minor-confirmed", case=report.case, report=report.id)
    return Result((say("minor-confirmed", number=str(report.number)),))


async def lift_minor(command: LiftMinor, actor: Actor, work: Work) -> Result:
    """From now on they are told as everybody is, and learn it. Nothing that was held back is sent afterwards; they can
    open it. Nobody calls them as a child any more."""
    report = await for_staff(command.number, actor, work, "minor")
    if await work.minors.of(report.person) is None:
        raise Refusal("minor-none", number=str(report.number))
    await work.minors.end(report.person)
    await _was_asked(report.person, work)
    for one in await work.proposals.waiting():
        if one.act == KEEPS and one.about.report in [own.id for own in await work.reports.of(report.person)]:
            await work.proposals.end(one.id, ProposalState.OVER)
    for task in await work.calls.open_of(report.person, None):
        if task.reason in CALLS:
            await work.calls.close(task.id)
    screen = Screen((say("minor-ended", number=str(report.number)),), keeps=True)
    await work.send(Letter(report.person, screen, purpose=Purpose.CALL))
    await work.audit.acted(actor, "minor-lifted", case=report.case, report=report.id)
    return Result((say("minor-lifted", number=str(report.number)),))


async def come_of_age(work: Work) -> None:
    """A tick: the day has come, and a human calls, before anything is written to them. Each is looked at once a day."""
    now = work.now.astimezone(KYIV)
    today, midnight = now.date(), now.replace(hour=0, minute=0, second=0, microsecond=0)
    for minor in await work.minors.to_look_at(midnight, LOOKED_AT_ONCE):
        if minor.details.of_age is not None and minor.details.of_age < today:
            reports = await work.reports.of(minor.person)
            await calls.plan(Reason.OF_AGE, minor.person, work, report=reports[-1].id if reports else None)
            await work.minors.asked(minor.person)


def line(minor: Minor) -> tuple[Say, ...]:
    """For staff: on the card of the case, and before a call."""
    says = [say("minor-line", since=AtTime(minor.since, style="day"), whose="staff" if minor.by else "own")]
    if minor.details.of_age is not None:
        says.append(say("minor-line-until", on=OnDay(minor.details.of_age)))
    if minor.details.adult:
        says.append(say("minor-line-adult", adult=Private(minor.details.adult)))
    return tuple(says)


async def minors_section(actor: Actor, work: Work) -> Section | None:
    """For the board: of whom it is not known when they are 18, and who is by now."""
    if actor.staff is None or actor.staff.center is None:
        return None
    found, today = [], work.now.astimezone(KYIV).date()
    for report, minor in await work.minors.at(actor.staff.center):
        until = minor.details.of_age
        if until is None or until < today:
            found.append((report, "unknown" if until is None else "of-age"))
    numbers = await work.reports.numbers([report for report, _ in found])
    rows = tuple(
        Row((str(numbers[id]), Say(f"minors-board.{why}")), ((Say("minors-board.look"), f"/minor {numbers[id]}"),))
        for id, why in found
        if id in numbers
    )
    return Section(Say("minors-board"), rows) if rows else None


ACTS = (
    Act(KEEPS, KeepMinor, prepare, show_keep, stays=True),
    Act("lift-minor", LiftMinor, prepare, show_lift),
)
COMMANDS: dict[type, Any] = {
    SayAdult: say_adult,
    SayUnder18: say_under_18,
    MarkMinor: mark_minor,
    KeepMinor: keep_minor,
    LiftMinor: lift_minor,
}
QUERIES: dict[type, Any] = {IsUnder18: is_under_18, IsAgeUnknown: is_age_unknown, HowOld: how_old}
SECTIONS: dict[str, Any] = {"minors": minors_section}
