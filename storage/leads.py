"""Who answers each relative: lead and substitute, since when. Only added to."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, ScalarSelect, Table, and_, exists, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.cases.records import CaseState
from casework.ids import CenterId, PersonId, ReportId, StaffId
from casework.leads import LEADING, Duty
from storage.ids import Ids
from storage.registering import cases, reports
from storage.schema import among, bound, key, metadata, moment, ref
from storage.staff import staff

leads = Table(
    "leads",
    metadata,
    key(),
    ref("report_id", "reports", cascade=True),
    ref("lead_id", "staff"),
    ref("substitute_id", "staff", null=True),
    ref("not_wanted_id", "staff", null=True),
    moment("since", null=False),
    moment("made_at", null=False),
    bound("leads", "report_id", "lead_id", "substitute_id", "not_wanted_id", "since"),
    Index("ix_leads_newest", "report_id", "since", "id"),
    Index("ix_leads_not_wanted", "report_id", postgresql_where=text("not_wanted_id IS NOT NULL")),
)
"""The newest of a report that is in force tells who answers its relative. `not_wanted_id`: instead of whom the relative
has asked for another."""


class StoredLeads:
    """How it is kept: `casework.leads.Leads`."""

    def __init__(self, connection: AsyncConnection, ids: Ids, now: datetime) -> None:
        self._connection, self._ids, self._now = connection, ids, now

    def _newest(self) -> ScalarSelect[int]:
        """The row in force for a row of `reports`: one look into the index."""
        one = leads.alias("one")
        in_force = one.c.report_id == reports.c.id, one.c.since <= self._now
        newest = select(one.c.id).where(*in_force).order_by(one.c.since.desc(), one.c.id.desc()).limit(1)
        return newest.correlate(reports).scalar_subquery()

    async def of(self, report: ReportId) -> Duty | None:
        in_force = select(leads).where(leads.c.report_id == report, leads.c.since <= self._now)
        query = in_force.order_by(leads.c.since.desc(), leads.c.id.desc()).limit(1)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _duty(row)

    async def coming(self, report: ReportId) -> Duty | None:
        later = leads.c.report_id == report, leads.c.since > self._now
        query = select(leads).where(*later).order_by(leads.c.id.desc()).limit(1)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _duty(row)

    async def at(
        self,
        center: CenterId,
        of: Collection[PersonId] | None = None,
        led_by: Collection[StaffId] | None = None,
    ) -> Mapping[ReportId, Duty]:
        theirs = [] if of is None else [among(reports.c.person_id, of)]
        theirs += [] if led_by is None else [among(leads.c.lead_id, led_by)]
        here = select(leads).join(reports, reports.c.id == leads.c.report_id).where(reports.c.center == center, *theirs)
        rows = await self._connection.execute(here.where(leads.c.id == self._newest()))
        return {ReportId(row.report_id): _duty(row) for row in rows}

    async def loads(self, center: CenterId) -> Mapping[StaffId, int]:
        sides = select(leads.c.lead_id, func.count()).join(reports, reports.c.id == leads.c.report_id)
        query = sides.where(reports.c.center == center, leads.c.id == self._newest()).group_by(leads.c.lead_id)
        return {StaffId(id): count for id, count in await self._connection.execute(query)}

    async def side(self, person: PersonId, center: CenterId) -> Duty | None:
        theirs = reports.c.person_id == person, reports.c.center == center
        last = select(reports.c.id).where(*theirs).order_by(reports.c.id.desc()).limit(1)
        report = await self._connection.scalar(last)
        return None if report is None else await self.of(ReportId(report))

    async def give(self, report: ReportId, duty: Duty, *, instead_of: StaffId | None = None) -> None:
        id = await self._ids.take(self._connection)
        who = {"lead_id": duty.lead, "substitute_id": duty.substitute, "not_wanted_id": instead_of}
        row = {"id": id, "report_id": report, **who, "since": duty.since, "made_at": self._now}
        await self._connection.execute(leads.insert().values(row))

    async def not_wanted(self, report: ReportId) -> frozenset[StaffId]:
        asked = leads.c.report_id == report, leads.c.not_wanted_id.is_not(None)
        found = await self._connection.scalars(select(leads.c.not_wanted_id).where(*asked))
        return frozenset(StaffId(id) for id in found)

    async def not_wanted_at(self, center: CenterId) -> Mapping[PersonId, frozenset[StaffId]]:
        asked = select(reports.c.person_id, leads.c.not_wanted_id).join(reports, reports.c.id == leads.c.report_id)
        here = asked.where(leads.c.not_wanted_id.is_not(None), reports.c.center == center)
        found: dict[PersonId, frozenset[StaffId]] = {}
        for person, member in await self._connection.execute(here):
            found[PersonId(person)] = found.get(PersonId(person), frozenset()) | {StaffId(member)}
        return found

    async def without(self, most: int) -> Sequence[ReportId]:
        newest = leads.alias("newest")
        other, asked = staff.alias("other"), leads.alias("asked")
        refused = (
            select(asked.c.not_wanted_id)
            .where(asked.c.report_id == reports.c.id, asked.c.not_wanted_id.is_not(None))
            .correlate(reports)
        )
        here = and_(staff.c.id == newest.c.lead_id, staff.c.active, staff.c.center == reports.c.center)
        able = exists().where(
            other.c.active,
            other.c.center == reports.c.center,
            other.c.role.in_(LEADING),
            other.c.id.not_in(refused),
        )
        query = (
            select(reports.c.id)
            .join(cases, cases.c.id == reports.c.case_id)
            .outerjoin(newest, newest.c.id == self._newest())
            .outerjoin(staff, here)
            .where(cases.c.state == CaseState.OPEN, cases.c.search_ended_at.is_(None))
            .where(or_(staff.c.id.is_(None), newest.c.lead_id.in_(refused)), able)
            .order_by(reports.c.id)
            .limit(most)
            .with_for_update(of=reports, skip_locked=True)
        )
        return [ReportId(id) for id in await self._connection.scalars(query)]


def _duty(row: Any) -> Duty:
    substitute = StaffId(row.substitute_id) if row.substitute_id is not None else None
    return Duty(StaffId(row.lead_id), substitute, row.since)
