"""What is kept of a case beside its reports: notes, call attempts, which reports were joined or are likely of one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    and_,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.cases.records import CallAttempt, Case, CaseState, Likely, Note, Papers, Reached
from casework.files import FileState
from casework.ids import CaseId, CenterId, PersonId, ReportId, StaffId
from casework.kinship import UNDECIDED
from casework.unreadable import UNREADABLE
from storage.files import files
from storage.ids import Ids
from storage.kinship import documents, kinships
from storage.registering import cases, reports
from storage.schema import Holder, bound, found_by_key, key, metadata, moment, ref, sealed
from storage.sealing import Seals

notes = Table(
    "notes",
    metadata,
    key(),
    ref("case_id", "cases", cascade=True),
    Column("staff_id", BigInteger, nullable=False),
    moment("at", null=False),
    sealed("text", "notes.text", Holder.CASE, null=False, broken=UNREADABLE),
    bound("notes", "case_id", "staff_id"),
    found_by_key("notes", "text"),
)

call_attempts = Table(
    "call_attempts",
    metadata,
    key(),
    ref("person_id", "people", cascade=True),
    ref("report_id", "reports", null=True, cascade=True),
    Column("staff_id", BigInteger, nullable=False),
    moment("at", null=False),
    Column("how", Text, nullable=False),
    bound("contacts", "person_id", "report_id", "staff_id"),
)

joins = Table(
    "joins",
    metadata,
    key(),
    ref("report_id", "reports", cascade=True),
    ref("from_case", "cases"),
    ref("into_case", "cases"),
    Column("staff_id", BigInteger, nullable=False),
    moment("at", null=False),
    moment("parted_at"),
    bound("joins", "report_id", "from_case", "into_case", "staff_id"),
)

likenesses = Table(
    "likenesses",
    metadata,
    key(),
    ref("report_id", "reports", cascade=True),
    ref("other_id", "reports", cascade=True),
    Column("score", Integer, nullable=False),
    Column("apart", Integer, nullable=False, server_default="0"),
    UniqueConstraint("report_id", "other_id"),
    CheckConstraint("report_id < other_id", name="ordered"),
)
"""Pairs, the smaller id first. `apart` 1: staff said that these are two persons."""


class StoredCases:
    """How cases are kept: `casework.cases.records.Cases`."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now

    async def get(self, case: CaseId) -> Case:
        row = (await self._connection.execute(select(cases).where(cases.c.id == case))).one()
        return Case(
            CaseId(row.id),
            CenterId(row.center),
            CaseState(row.state),
            row.opened_at,
            StaffId(row.taken_by) if row.taken_by else None,
            CaseId(row.joined_to) if row.joined_to else None,
        )

    async def take(self, case: CaseId, by: StaffId) -> None:
        await self._connection.execute(update(cases).where(cases.c.id == case).values(taken_by=by))

    async def add_note(self, case: CaseId, by: StaffId, text: str) -> None:
        id = await self._ids.take(self._connection)
        blob = await self._seals.seal(notes.c.text, id, text, holder=case)
        await self._connection.execute(notes.insert().values(id=id, case_id=case, staff_id=by, at=self._now, text=blob))

    async def notes(self, case: CaseId) -> Sequence[Note]:
        rows = (
            await self._connection.execute(
                select(notes)
                .join(cases, cases.c.id == notes.c.case_id)
                .where(or_(cases.c.id == case, cases.c.joined_to == case))
                .order_by(notes.c.at)
            )
        ).all()
        await self._seals.learn(row.text for row in rows)
        return [
            Note(row.at, StaffId(row.staff_id), await self._seals.unseal(notes.c.text, row.id, row.text))
            for row in rows
        ]

    async def add_attempt(self, person: PersonId, report: ReportId | None, by: StaffId, how: Reached) -> int:
        id = await self._ids.take(self._connection)
        await self._connection.execute(
            call_attempts.insert().values(
                id=id,
                person_id=person,
                report_id=report,
                staff_id=by,
                at=self._now,
                how=how,
            )
        )
        return id

    async def attempts(self, case: CaseId) -> Sequence[CallAttempt]:
        found = await self._connection.execute(
            select(call_attempts)
            .join(reports, reports.c.id == call_attempts.c.report_id)
            .where(reports.c.case_id == case)
            .order_by(call_attempts.c.at)
        )
        return [CallAttempt(row.at, ReportId(row.report_id), StaffId(row.staff_id), Reached(row.how)) for row in found]

    async def join(self, case: CaseId, into: CaseId, by: StaffId) -> None:
        await self._connection.execute(
            select(cases.c.id).where(cases.c.id.in_([case, into])).order_by(cases.c.id).with_for_update()
        )
        moving = await self._connection.execute(select(reports.c.id).where(reports.c.case_id == case))
        for report in moving.scalars():
            await self._connection.execute(
                joins.insert().values(
                    id=await self._ids.take(self._connection),
                    report_id=report,
                    from_case=case,
                    into_case=into,
                    staff_id=by,
                    at=self._now,
                )
            )
        both = reports.c.case_id.in_([case, into])
        await self._connection.execute(update(reports).where(both).values(contact_look_at=None))
        await self._connection.execute(update(reports).where(reports.c.case_id == case).values(case_id=into))
        await self._connection.execute(
            update(cases).where(or_(cases.c.id == case, cases.c.joined_to == case)).values(joined_to=into)
        )

    async def part(self, report: ReportId, by: StaffId) -> bool:
        row = (
            await self._connection.execute(
                select(joins)
                .where(joins.c.report_id == report, joins.c.parted_at.is_(None))
                .order_by(joins.c.at.desc(), joins.c.id.desc())
                .limit(1)
            )
        ).one_or_none()
        if row is None:
            return False
        await self._connection.execute(
            select(cases.c.id)
            .where(cases.c.id.in_([row.from_case, row.into_case]))
            .order_by(cases.c.id)
            .with_for_update()
        )
        await self._connection.execute(update(joins).where(joins.c.id == row.id).values(parted_at=self._now))
        await self._connection.execute(update(cases).where(cases.c.id == row.from_case).values(joined_to=None))
        together = reports.c.case_id == row.into_case
        await self._connection.execute(update(reports).where(together).values(contact_look_at=None))
        await self._connection.execute(update(reports).where(reports.c.id == report).values(case_id=row.from_case))
        return True

    async def was_joined(self, report: ReportId) -> bool:
        found = select(joins.c.id).where(joins.c.report_id == report, joins.c.parted_at.is_(None)).limit(1)
        return await self._connection.scalar(found) is not None

    async def likely(self, of: Sequence[ReportId]) -> Sequence[Likely]:
        return await self._likely(or_(likenesses.c.report_id.in_(of), likenesses.c.other_id.in_(of)))

    async def likely_at(self, center: CenterId) -> Sequence[Likely]:
        own = select(reports.c.id).where(reports.c.center == center)
        return await self._likely(or_(likenesses.c.report_id.in_(own), likenesses.c.other_id.in_(own)))

    async def _likely(self, which: Any) -> Sequence[Likely]:
        other = reports.alias("others")
        found = await self._connection.execute(
            select(likenesses)
            .join(reports, reports.c.id == likenesses.c.report_id)
            .join(other, other.c.id == likenesses.c.other_id)
            .where(which, likenesses.c.apart == 0, reports.c.case_id != other.c.case_id)
            .order_by(likenesses.c.score.desc(), likenesses.c.id)
        )
        return [Likely(ReportId(row.report_id), ReportId(row.other_id), row.score) for row in found]

    async def alike(self, report: ReportId, others: Sequence[tuple[ReportId, int]]) -> None:
        for other, score in others:
            await self._pair(report, other, score, apart=0)

    async def forget_likely(self, report: ReportId) -> None:
        mine = or_(likenesses.c.report_id == report, likenesses.c.other_id == report)
        await self._connection.execute(likenesses.delete().where(mine, likenesses.c.apart == 0))

    async def apart(self, report: ReportId, other: ReportId) -> None:
        await self._pair(report, other, 0, apart=1)

    async def _pair(self, one: ReportId, other: ReportId, score: int, *, apart: int) -> None:
        """One row a pair. What staff decided stands against what the search proposes."""
        values = {"score": score, "apart": apart}
        statement = insert(likenesses).values(
            id=await self._ids.take(self._connection), report_id=min(one, other), other_id=max(one, other), **values
        )
        known = ["report_id", "other_id"]
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=known, set_={"apart": 1})
            if apart
            else statement.on_conflict_do_nothing(index_elements=known)
        )

    async def papers_waiting(self, center: CenterId) -> Sequence[Papers]:
        newest, unseen = func.max(documents.c.at), and_(documents.c.file_id.is_not(None), ~documents.c.looked)
        found = await self._connection.execute(
            select(reports.c.id, reports.c.person_id, newest.label("since"))
            .join(kinships, kinships.c.report_id == reports.c.id)
            .join(documents, documents.c.report_id == reports.c.id)
            .outerjoin(files, files.c.id == documents.c.file_id)
            .where(reports.c.center == center, func.coalesce(files.c.state, "") != FileState.REFUSED)
            .group_by(reports.c.id, kinships.c.state)
            .having(or_(kinships.c.state.in_(UNDECIDED), func.bool_or(unseen)))
            .order_by(newest)
        )
        return [Papers(ReportId(row.id), PersonId(row.person_id), row.since) for row in found]
