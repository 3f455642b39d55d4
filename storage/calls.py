"""Call tasks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, Text, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.calls import CallTask, Reason
from casework.ids import CallId, CenterId, PersonId, ReportId
from storage.ids import Ids
from storage.registering import reports
from storage.schema import key, metadata, moment, ref, sealed
from storage.sealing import Seals

calls = Table(
    "calls",
    metadata,
    key(),
    ref("person_id", "people", cascade=True),
    ref("report_id", "reports", null=True, cascade=True),
    Column("reason", Text, nullable=False),
    moment("due_at", null=False),
    moment("made_at", null=False),
    moment("done_at"),
    sealed("note"),
)


class StoredCalls:
    """How call tasks are kept: `casework.calls.Calls`."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now

    async def add_task(
        self, reason: Reason, *, person: PersonId, report: ReportId | None = None, due: datetime, note: str = ""
    ) -> CallId:
        id = CallId(await self._ids.take(self._connection))
        blob = None
        if note:
            data_key = await self._seals.person_key(person)
            blob = await self._seals.seal(data_key, "calls.note", id, note)
        await self._connection.execute(
            calls.insert().values(
                id=id, person_id=person, report_id=report, reason=reason, due_at=due, made_at=self._now, note=blob
            )
        )
        return id

    async def get(self, task: CallId) -> CallTask | None:
        found = await self._read(select(calls).where(calls.c.id == task))
        return found[0] if found else None

    async def waiting(self, center: CenterId) -> Sequence[CallTask]:
        usual = (
            select(reports.c.center)
            .where(reports.c.person_id == calls.c.person_id)
            .order_by(reports.c.filed_at.desc())
            .limit(1)
            .scalar_subquery()
        )
        own = select(reports.c.center).where(reports.c.id == calls.c.report_id).scalar_subquery()
        return await self._read(
            select(calls)
            .where(calls.c.done_at.is_(None), func.coalesce(own, usual, center) == center)
            .order_by(calls.c.due_at, calls.c.id)
        )

    async def open_of(self, person: PersonId, report: ReportId | None) -> Sequence[CallTask]:
        query = select(calls).where(calls.c.person_id == person, calls.c.done_at.is_(None)).order_by(calls.c.due_at)
        if report is not None:
            query = query.where(or_(calls.c.report_id.is_(None), calls.c.report_id == report))
        return await self._read(query)

    async def close(self, task: CallId) -> None:
        await self._connection.execute(update(calls).where(calls.c.id == task).values(done_at=self._now))

    async def postpone(self, task: CallId, until: datetime) -> None:
        await self._connection.execute(update(calls).where(calls.c.id == task).values(due_at=until))

    async def _read(self, query: Any) -> list[CallTask]:
        rows = (await self._connection.execute(query)).all()
        await self._seals.learn(row.note for row in rows)
        return [
            CallTask(
                CallId(row.id),
                PersonId(row.person_id),
                ReportId(row.report_id) if row.report_id else None,
                Reason(row.reason),
                row.due_at,
                await self._seals.unseal("calls.note", row.id, row.note) if row.note else "",
                row.done_at,
            )
            for row in rows
        ]
