"""Call tasks."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Table, Text, and_, exists, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.calls import CallTask, Reason, Window
from casework.ids import AppointmentId, CallId, CenterId, PersonId, ReportId
from casework.unreadable import UNREADABLE
from storage.booking import appointments
from storage.ids import Ids
from storage.schema import Holder, at_center, bound, key, metadata, moment, ref, sealed
from storage.sealing import Seals

calls = Table(
    "calls",
    metadata,
    key(),
    ref("person_id", "people", cascade=True),
    ref("report_id", "reports", null=True, cascade=True),
    ref("appointment_id", "appointments", null=True, cascade=True),
    at_center(),
    Column("reason", Text, nullable=False),
    moment("due_at", null=False),
    moment("made_at", null=False),
    moment("done_at"),
    Column("wished", Text),
    sealed("note", "calls.note", Holder.PERSON, broken=UNREADABLE),
    bound("calls", "person_id", "report_id", "appointment_id", "center"),
    Index("ix_calls_open", "center", "due_at", postgresql_where=text("done_at IS NULL")),
    Index("ix_calls_contact", "center", "made_at", postgresql_where=text("reason = 'contact'")),
    Index(
        "uq_calls_appointment_id_reason",
        "appointment_id",
        "reason",
        unique=True,
        postgresql_where=text("done_at IS NULL"),
    ),
)
"""One open task for an appointment and a reason, whoever plans it and however often."""


class StoredCalls:
    """How call tasks are kept: `casework.calls.Calls`."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now

    async def add_task(
        self,
        reason: Reason,
        *,
        person: PersonId,
        center: CenterId,
        due: datetime,
        report: ReportId | None = None,
        appointment: AppointmentId | None = None,
        wished: Window | None = None,
        note: str = "",
    ) -> CallId:
        id = CallId(await self._ids.take(self._connection))
        blob = None
        if note:
            blob = await self._seals.seal(calls.c.note, id, note, holder=person)
        added = (
            insert(calls)
            .values(
                id=id,
                person_id=person,
                report_id=report,
                appointment_id=appointment,
                center=center,
                reason=reason,
                due_at=due,
                made_at=self._now,
                wished=wished,
                note=blob,
            )
            .on_conflict_do_nothing(index_elements=["appointment_id", "reason"], index_where=calls.c.done_at.is_(None))
            .returning(calls.c.id)
        )
        done = await self._connection.scalar(added)
        if done is None:
            open_one = calls.c.appointment_id == appointment, calls.c.reason == reason, calls.c.done_at.is_(None)
            change = update(calls).where(*open_one).values(due_at=due, center=center)
            done = (await self._connection.scalars(change.returning(calls.c.id))).one()
        return CallId(done)

    async def get(self, task: CallId) -> CallTask | None:
        found = await self._read(select(calls).where(calls.c.id == task))
        return found[0] if found else None

    async def waiting(self, center: CenterId) -> Sequence[CallTask]:
        return await self._read(
            select(calls)
            .where(self._open(), calls.c.center == center)
            .order_by(calls.c.reason != Reason.CRISIS, calls.c.due_at, calls.c.id)
        )

    def _open(self) -> Any:
        """Not done, and not about an appointment that is over; one that we called off is still owed another time."""
        over = exists().where(appointments.c.id == calls.c.appointment_id, appointments.c.ends_at <= self._now)
        return and_(calls.c.done_at.is_(None), or_(calls.c.reason == Reason.REBOOK, ~over))

    async def open_of(self, person: PersonId, report: ReportId | None) -> Sequence[CallTask]:
        query = select(calls).where(calls.c.person_id == person, self._open()).order_by(calls.c.due_at)
        if report is not None:
            query = query.where(or_(calls.c.report_id.is_(None), calls.c.report_id == report))
        return await self._read(query)

    async def planned(self, reason: Reason, center: CenterId) -> frozenset[ReportId]:
        about = select(calls.c.report_id).where(calls.c.reason == reason, calls.c.center == center)
        found = await self._connection.execute(about.where(calls.c.report_id.is_not(None)))
        return frozenset(ReportId(id) for id in found.scalars())

    async def counted(self, center: CenterId, since: datetime) -> Mapping[Reason, int]:
        here = calls.c.center == center, calls.c.made_at >= since
        query = select(calls.c.reason, func.count().label("many")).where(*here).group_by(calls.c.reason)
        return {Reason(row.reason): row.many for row in await self._connection.execute(query)}

    async def close(self, task: CallId) -> None:
        await self._connection.execute(update(calls).where(calls.c.id == task).values(done_at=self._now))

    async def close_about(self, appointment: AppointmentId, *reasons: Reason) -> None:
        about = [calls.c.appointment_id == appointment, calls.c.done_at.is_(None)]
        if reasons:
            about.append(calls.c.reason.in_(reasons))
        await self._connection.execute(update(calls).where(*about).values(done_at=self._now))

    async def hand_over(self, task: CallId, to: CenterId) -> None:
        await self._connection.execute(update(calls).where(calls.c.id == task).values(center=to))

    async def postpone(self, task: CallId, until: datetime) -> None:
        await self._connection.execute(update(calls).where(calls.c.id == task).values(due_at=until))

    async def _read(self, query: Any) -> list[CallTask]:
        rows = (await self._connection.execute(query)).all()
        await self._seals.learn(row.note for row in rows)
        return [
            CallTask(
                CallId(row.id),
                PersonId(row.person_id),
                CenterId(row.center),
                ReportId(row.report_id) if row.report_id else None,
                Reason(row.reason),
                row.due_at,
                await self._seals.unseal(calls.c.note, row.id, row.note) if row.note else "",
                row.done_at,
                AppointmentId(row.appointment_id) if row.appointment_id else None,
                Window(row.wished) if row.wished else None,
            )
            for row in rows
        ]
