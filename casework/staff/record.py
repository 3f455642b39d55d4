"""The audit as an auditor reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from casework.numbers import ReportNumber
from casework.queries import Query
from casework.refusal import Refusal

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

NEWEST = 15


@dataclass(frozen=True, slots=True)
class RecordEntry:
    """Who did what, when, about which report."""

    at: datetime
    who: str
    what: str
    channel: str
    number: ReportNumber | None


@dataclass(frozen=True, slots=True)
class Record(Query[tuple[RecordEntry, ...]]):
    """The newest rows of the audit; of one case, or of all. Looking at it is recorded too."""

    number: ReportNumber | None
    example: ClassVar[tuple[RecordEntry, ...]] = (
        RecordEntry(datetime(2026, 11, 24, tzinfo=UTC), "Коваль Олена", "case", "web", None),
    )


async def record(query: Record, actor: Actor, work: Work) -> tuple[RecordEntry, ...]:
    case = None
    if query.number is not None:
        report = await work.reports.by_number(query.number)
        if report is None:
            raise Refusal("case-unknown", number=str(query.number))
        case = report.case
    entries = await work.audit.latest(case=case, limit=NEWEST)
    await work.audit.looked(actor, "audit", case=case)
    numbers = await work.reports.numbers([entry.report for entry in entries if entry.report])
    lines = []
    for entry in entries:
        number = numbers.get(entry.report) if entry.report else None
        lines.append(RecordEntry(entry.at, await work.staff.name(entry.staff), entry.what, entry.channel, number))
    return tuple(lines)


QUERIES: dict[type, Any] = {Record: record}
