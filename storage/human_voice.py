"""Who is spoken to by a human only: a row for each time, of a case or of one report; what ended stays as history."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    Index,
    Select,
    Table,
    and_,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.human_voice import Voice
from casework.ids import ReportId, StaffId
from storage.ids import Ids
from storage.minors import minors
from storage.registering import cases, reports
from storage.schema import bound, key, metadata, moment, ref

OPEN = text("ended_at IS NULL")

voices = Table(
    "voices",
    metadata,
    key(),
    ref("case_id", "cases", null=True, cascade=True),
    ref("report_id", "reports", null=True, cascade=True),
    Column("staff_id", BigInteger),
    moment("began_at", null=False),
    moment("ended_at"),
    bound("voices", "case_id", "report_id", "staff_id"),
    CheckConstraint("(case_id IS NULL) <> (report_id IS NULL)", name="one"),
    Index("uq_voices_case_id", "case_id", unique=True, postgresql_where=OPEN),
    Index("uq_voices_report_id", "report_id", unique=True, postgresql_where=OPEN),
)


class StoredVoices:
    """How it is kept: `casework.human_voice.Voices`. Each method is part of the caller's transaction."""

    def __init__(self, connection: AsyncConnection, ids: Ids, now: datetime) -> None:
        self._connection, self._ids, self._now = connection, ids, now

    async def of(self, report: ReportId) -> Voice | None:
        found = await self._connection.execute(
            select(voices).where(self._about(report)).order_by(voices.c.case_id.is_(None), voices.c.began_at).limit(1)
        )
        row = found.one_or_none()
        if row is not None:
            return Voice(row.began_at, StaffId(row.staff_id) if row.staff_id else None)
        whose = select(reports.c.person_id).where(reports.c.id == report).scalar_subquery()
        marked = select(minors).where(minors.c.person_id == whose, minors.c.ended_at.is_(None)).limit(1)
        young = (await self._connection.execute(marked)).one_or_none()
        return Voice(young.began_at, None, minor=True) if young is not None else None

    async def begin(self, report: ReportId, by: StaffId | None) -> None:
        """Cases that were joined get a row each: parted again, a report takes it along."""
        if by is None:
            await self._add({"report_id": report})
            return
        for case in [row.id for row in await self._connection.execute(self._cases(report))]:
            await self._add({"case_id": case, "staff_id": by})

    async def _add(self, whose: Mapping[str, int]) -> None:
        id = await self._ids.take(self._connection)
        await self._connection.execute(
            insert(voices).values(id=id, began_at=self._now, **whose).on_conflict_do_nothing()
        )

    async def end(self, report: ReportId) -> None:
        await self._connection.execute(update(voices).where(self._about(report)).values(ended_at=self._now))

    @staticmethod
    def _cases(report: ReportId) -> Select[tuple[int]]:
        """The case of a report, and those that were joined to it."""
        now_in = select(reports.c.case_id).where(reports.c.id == report).scalar_subquery()
        return select(cases.c.id).where(or_(cases.c.id == now_in, cases.c.joined_to == now_in))

    def _about(self, report: ReportId) -> ColumnElement[bool]:
        whose = or_(voices.c.report_id == report, voices.c.case_id.in_(self._cases(report)))
        return and_(voices.c.ended_at.is_(None), whose)
