"""The audit as an auditor reads it: in pages, narrowed to a case, a relative, a member or a time, and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from casework.audit import BY_SHELL, AuditEntry, Filter
from casework.centers import KYIV
from casework.ids import StaffId
from casework.letters import Say
from casework.numbers import ReportNumber
from casework.queries import Query
from casework.refusal import Refusal
from casework.registering import Whose
from casework.staff.proposals import how_trusted

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

A_SCREEN = 15
"""Lines in a chat; the page shows `A_PAGE`."""

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Narrow:
    """What an auditor asks for: the case of a report, or the relative whose it is; by a member; on days in Kyiv."""

    number: ReportNumber | None = None
    relative: ReportNumber | None = None
    member: StaffId | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class RecordLine:
    """Who did what, when, about which report. `count` rows alike within an hour are one line, at the newest's time;
    `cases` is how many a list showed."""

    at: datetime
    who: str
    what: str
    channel: str
    number: ReportNumber | None
    count: int = 1
    cases: int = 0


@dataclass(frozen=True, slots=True)
class Recorded:
    """A page of lines, the newest first; how many lines and rows there are in all."""

    lines: tuple[RecordLine, ...] = ()
    lines_in_all: int = 0
    rows_in_all: int = 0


@dataclass(frozen=True, slots=True)
class Record(Query[Recorded]):
    """A page of the audit, from the line `first` on. Looking at it is recorded too."""

    narrow: Narrow = Narrow()
    first: int = 0
    most: int = A_SCREEN
    example: ClassVar[Recorded] = Recorded(
        (RecordLine(datetime(2026, 11, 24, tzinfo=UTC), "Коваль Олена", "case", "web", None),), 1, 1
    )


async def record(query: Record, actor: Actor, work: Work) -> Recorded:
    wanted = await _filter(query.narrow, work)
    found = await work.audit.groups(wanted, query.first, query.most)
    await work.audit.looked(actor, "audit", case=wanted.case, person=wanted.person)
    lines = await _lines([group.newest for group in found.page], [group.count for group in found.page], work)
    return Recorded(lines, found.groups, found.rows)


@dataclass(frozen=True, slots=True)
class WholeRecord(Query[tuple[RecordLine, ...]]):
    """Every row, the oldest first, for a file. That it was taken is recorded."""

    narrow: Narrow = Narrow()
    example: ClassVar[tuple[RecordLine, ...]] = Record.example.lines


async def whole_record(query: WholeRecord, actor: Actor, work: Work) -> tuple[RecordLine, ...]:
    wanted = await _filter(query.narrow, work)
    await work.audit.looked(actor, "audit-export", case=wanted.case, person=wanted.person)
    entries = await work.audit.rows(wanted)
    return await _lines(entries, [1] * len(entries), work)


@dataclass(frozen=True, slots=True)
class MemberTrust:
    """How a member came by their account, who signed that, and since when they have the second factor they give."""

    id: StaffId
    name: str
    active: bool
    says: tuple[Say, ...]


@dataclass(frozen=True, slots=True)
class HowAllAreTrusted(Query[tuple[MemberTrust, ...]]):
    """Of every member that there is or was, by name."""

    example: ClassVar[tuple[MemberTrust, ...]] = ()


async def how_all_are_trusted(query: HowAllAreTrusted, actor: Actor, work: Work) -> tuple[MemberTrust, ...]:
    return tuple(
        [
            MemberTrust(one.staff.id, one.name, one.staff.active, await how_trusted(one.staff.id, work))
            for one in await work.staff.all()
        ]
    )


async def _filter(narrow: Narrow, work: Work) -> Filter:
    case = None if narrow.number is None else (await _whose(narrow.number, work)).case
    person = None if narrow.relative is None else (await _whose(narrow.relative, work)).person
    until = None if narrow.last is None else _midnight(narrow.last + timedelta(days=1))
    since = None if narrow.first is None else _midnight(narrow.first)
    return Filter(case, person, narrow.member, since, until)


async def _whose(number: ReportNumber, work: Work) -> Whose:
    whose = await work.reports.whose(number)
    if whose is None:
        raise Refusal("case-unknown", number=str(number))
    return whose


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=KYIV)


async def _lines(entries: Sequence[AuditEntry], counts: Sequence[int], work: Work) -> tuple[RecordLine, ...]:
    numbers = await work.reports.numbers([entry.report for entry in entries if entry.report])
    names = {member: await work.staff.name(member) for member in {entry.staff for entry in entries}}
    names[BY_SHELL] = "shell"
    return tuple(
        RecordLine(
            entry.at,
            names[entry.staff],
            entry.what,
            entry.channel,
            numbers.get(entry.report) if entry.report else None,
            count,
            len(entry.cases) or len(entry.people),
        )
        for entry, count in zip(entries, counts, strict=True)
    )


QUERIES: dict[type, Any] = {Record: record, WholeRecord: whole_record, HowAllAreTrusted: how_all_are_trusted}
