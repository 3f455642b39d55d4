"""What an activity takes at a center, as its head has set it; and how often each comes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, Integer, Select, Table, Text, func, literal, select, union_all
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.booking.appointments import AppointmentState
from casework.ids import CenterId, StaffId
from casework.minutes import MEASURED, CenterMinutes, OtherWork, SetMinutes
from storage.booking import appointments
from storage.calls import calls
from storage.checks import checks
from storage.correspondence import answers, correspondences
from storage.ids import Ids
from storage.inquiries import inquiries
from storage.kinship import kinships
from storage.registering import cases, reports
from storage.schema import at_center, bound, key, metadata, moment, ref
from storage.sightings import sightings
from storage.updates import updates

activity_minutes = Table(
    "activity_minutes",
    metadata,
    key(),
    at_center(index=True),
    Column("activity", Text, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("since", Date, nullable=False),
    moment("set_at", null=False),
    ref("by_id", "staff"),
    bound("activity_minutes", "center", "activity", "minutes", "by_id"),
)
"""Only added to. Of those that begin by a day, the one that was set last is in effect."""

HELD = (AppointmentState.ARRIVED, AppointmentState.IN, AppointmentState.DONE)


class StoredMinutes:
    """How it is kept: `casework.minutes.Minutes`."""

    def __init__(self, connection: AsyncConnection, ids: Ids, now: datetime) -> None:
        self._connection, self._ids, self._now = connection, ids, now

    async def set(self, what: SetMinutes, by: StaffId) -> None:
        row = {"center": what.center, "activity": what.activity, "minutes": what.minutes, "since": what.since}
        id = await self._ids.take(self._connection)
        await self._connection.execute(insert(activity_minutes).values(**row, id=id, set_at=self._now, by_id=by))

    async def of(self, center: CenterId, day: date) -> Mapping[str, CenterMinutes]:
        begun = activity_minutes.c.center == center, activity_minutes.c.since <= day
        rows = await self._connection.execute(select(activity_minutes).where(*begun).order_by(activity_minutes.c.id))
        return {row.activity: CenterMinutes(row.minutes, row.since, StaffId(row.by_id)) for row in rows}

    async def counted(self, center: CenterId) -> Mapping[str, int]:
        since = self._now - MEASURED
        planned = select(calls.c.reason.label("activity"), func.count().label("many"))
        each = [planned.where(calls.c.center == center, calls.c.made_at >= since).group_by(calls.c.reason)]
        each += (_many(one, query) for one, query in _others(center, since, self._now).items())
        return {row.activity: row.many for row in await self._connection.execute(union_all(*each)) if row.many}


def _many(what: OtherWork, which: Select[Any]) -> Any:
    """One row: the name, and how many."""
    return select(literal(str(what)), func.count()).select_from(which.subquery())


def _others(center: CenterId, since: datetime, now: datetime) -> Mapping[OtherWork, Select[Any]]:
    """A row for each time."""
    of_case = select(updates.c.id).join(cases, cases.c.id == updates.c.case_id).where(cases.c.center == center)
    signed = of_case.where(updates.c.decided_at >= since, updates.c.approver_id.is_not(None))
    papers = select(kinships.c.report_id).join(reports, reports.c.id == kinships.c.report_id)
    told = select(sightings.c.id).join(reports, reports.c.id == sightings.c.report_id)
    visits = select(appointments.c.id).where(appointments.c.center == center, appointments.c.state.in_(HELD))
    written = select(answers.c.correspondence_id, answers.c.at).distinct()
    written = written.join(correspondences, correspondences.c.id == answers.c.correspondence_id)
    return {
        OtherWork.CHECK: select(checks.c.id).where(checks.c.center == center, checks.c.at >= since),
        OtherWork.UPDATE: of_case.where(updates.c.written_at >= since),
        OtherWork.SIGNATURE: signed,
        OtherWork.PAPERS: papers.where(
            reports.c.center == center, kinships.c.changed_at >= since, kinships.c.decided_by.is_not(None)
        ),
        OtherWork.VISIT: visits.where(appointments.c.starts_at >= since, appointments.c.starts_at <= now),
        OtherWork.ANSWER: written.where(correspondences.c.center == center, answers.c.at >= since, ~answers.c.note),
        OtherWork.INQUIRY: select(inquiries.c.id).where(inquiries.c.center == center, inquiries.c.made_at >= since),
        OtherWork.SIGHTING: told.where(
            reports.c.center == center, sightings.c.told_at >= since, sightings.c.answer.is_not(None)
        ),
    }
