"""Reports filed before answers were shown first: those that look misread go into the queue, to be cleared up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from casework import calls
from casework.calls import Reason
from casework.ids import ReportId
from casework.letters import Say
from casework.numbers import ReportNumber, make_number
from casework.queries import Query
from casework.registering import Claim, Kinship, for_staff
from casework.result import Result
from casework.values import PartialDate, PersonName, Phone

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

WITHIN = 5
"""Working days of the center within which somebody clears it up: these reports have stood for long."""


PORTION = 300
"""So many reports are read at once: reading one takes up to half a millisecond, and everybody else waits meanwhile."""


class Field(StrEnum):
    """What of a report looks misread."""

    MISSING_NAME = "missing-name"
    BORN = "born"
    OWN_NAME = "own-name"
    PHONE = "phone"
    REGION = "region"
    LOST_ON = "lost-on"


@dataclass(frozen=True, slots=True)
class Filed:
    """A report's answers as they were understood then. Names are for the page only."""

    number: ReportNumber
    claim: Claim
    own_name: PersonName | None
    phone: Phone | None
    region: str | None
    lost_on: PartialDate | None
    filed_at: datetime


@dataclass(frozen=True, slots=True)
class FiledReports(Query[tuple[Filed, ...]]):
    """Reports of the acting member's center that were never in the queue for this: of a portion of all, the oldest
    first, from `first` on."""

    first: int = 0
    example: ClassVar[tuple[Filed, ...]] = (
        Filed(
            make_number(1234567),
            Claim(Kinship.MOTHER, PersonName("Добрий день")),
            PersonName("Петренко Марія"),
            Phone("+380671234567"),
            "kharkiv",
            None,
            datetime.fromisoformat("2026-11-24T08:00:00+00:00"),
        ),
    )


async def filed_reports(query: FiledReports, actor: Actor, work: Work) -> tuple[Filed, ...]:
    staff = actor.acting
    if staff.center is None:
        return ()
    before = await work.calls.planned(Reason.DOUBTFUL, staff.center)
    portion = await work.reports.at(staff.center, query.first, PORTION)
    people = await work.people.many([report.person for report in portion])
    found = []
    for report in portion:
        if report.id not in before:
            profile = people[report.person].profile
            lost_on = report.account.lost_on if report.account else None
            found.append(
                Filed(
                    report.number, report.claim, profile.name, profile.phone, profile.region, lost_on, report.filed_at
                )
            )
    await work.audit.looked(actor, "doubtful", cases=[report.case for report in portion if report.id not in before])
    return tuple(found)


@dataclass(frozen=True, slots=True)
class FiledInAll(Query[int]):
    """How many reports the acting member's center has."""

    example: ClassVar[int] = 1


async def filed_in_all(query: FiledInAll, actor: Actor, work: Work) -> int:
    staff = actor.acting
    return await work.reports.count_at(staff.center) if staff.center else 0


@dataclass(frozen=True, slots=True)
class ClearUp:
    """Put a call about each of these reports into the queue; `then` is the first report that is read next."""

    numbers: tuple[ReportNumber, ...]
    then: int | None = None


async def clear_up(command: ClearUp, actor: Actor, work: Work) -> Result:
    before: set[ReportId] = set()
    for number in command.numbers:
        report = await for_staff(number, actor, work, "doubtful")
        if report.id not in before:
            await calls.plan(Reason.DOUBTFUL, report.person, work, report=report.id, days=WITHIN)
            before.add(report.id)
    then = "" if command.then is None else f"doubtful {command.then}"
    return Result((Say("doubtful-done", {"count": len(before)}),), then=then)


COMMANDS: dict[type, Any] = {ClearUp: clear_up}
QUERIES: dict[type, Any] = {FiledReports: filed_reports, FiledInAll: filed_in_all}
