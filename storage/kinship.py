"""Kinship and the papers sent for it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, cast

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, Table, Text, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.files import FileState
from casework.ids import CaseId, FileId, PersonId, ReportId, StaffId
from casework.kinship import KinshipState, SeenPapers, Tie
from casework.kinship.ties import Presented
from casework.unreadable import UNREADABLE
from storage.files import files as sent_files
from storage.ids import Ids
from storage.registering import reports
from storage.schema import Holder, bound, key, metadata, moment, ref, sealed
from storage.sealing import Seals

UNREADABLE_PAPERS: Final = SeenPapers((UNREADABLE,), cast("Presented", UNREADABLE), UNREADABLE)

kinships = Table(
    "kinships",
    metadata,
    Column("report_id", BigInteger, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("state", Text, nullable=False),
    moment("changed_at", null=False),
    ref("decided_by", "staff", null=True),
    sealed("reason", "kinships.reason", Holder.REPORT, broken=UNREADABLE),
    sealed("seen", "kinships.seen", Holder.REPORT, SeenPapers, broken=UNREADABLE_PAPERS),
    bound("kinships", "state", "decided_by"),
)
"""`reason` and `seen`, as the documents' `words`, are sealed under the report's key."""

documents = Table(
    "kinship_documents",
    metadata,
    key(),
    ref("report_id", "reports", cascade=True),
    ref("file_id", "files", null=True, cascade=True),
    Column("number", Integer, nullable=False),
    moment("at", null=False),
    Column("looked", Boolean, nullable=False, server_default="false"),
    ref("by_id", "staff", null=True),
    sealed("words", "kinship_documents.words", Holder.REPORT, broken=UNREADABLE),
    bound("kinship_documents", "report_id", "file_id"),
)
"""A paper, or words about papers; `number` gives their order. `looked`: it stood before whoever decided; `by_id` the
member who took it in, none for what the relative sent."""

openings = Table(
    "kinship_openings",
    metadata,
    Column("document_id", BigInteger, ForeignKey("kinship_documents.id", ondelete="CASCADE"), primary_key=True),
    Column("staff_id", BigInteger, ForeignKey("staff.id"), primary_key=True),
    moment("at", null=False),
)
"""Which member has opened a paper on the page, for the first time when."""


class StoredKinships:
    """How kinship is kept: `casework.kinship.Kinships`."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now

    async def declare(self, report: ReportId) -> None:
        await self._connection.execute(
            insert(kinships)
            .values(report_id=report, state=KinshipState.DECLARED, changed_at=self._now)
            .on_conflict_do_nothing()
        )

    async def state(self, report: ReportId) -> KinshipState:
        found = await self._connection.scalar(select(kinships.c.state).where(kinships.c.report_id == report))
        return KinshipState(found) if found else KinshipState.DECLARED

    async def get(self, report: ReportId) -> Tie:
        row = (await self._connection.execute(select(kinships).where(kinships.c.report_id == report))).one_or_none()
        if row is None:
            return Tie(report, KinshipState.DECLARED)
        papers = (
            await self._connection.execute(
                select(documents)
                .outerjoin(sent_files, sent_files.c.id == documents.c.file_id)
                .where(documents.c.report_id == report, func.coalesce(sent_files.c.state, "") != FileState.REFUSED)
                .order_by(documents.c.number)
            )
        ).all()
        sent = [paper for paper in papers if paper.file_id]
        words = [await self._seals.unseal(documents.c.words, paper.id, paper.words) for paper in papers if paper.words]
        return Tie(
            report,
            KinshipState(row.state),
            row.changed_at,
            StaffId(row.decided_by) if row.decided_by else None,
            await self._seals.unseal(kinships.c.reason, report, row.reason) if row.reason else "",
            tuple(FileId(paper.file_id) for paper in sent),
            tuple(words),
            await self._seals.unseal(kinships.c.seen, report, row.seen) if row.seen else None,
            tuple(paper.number for paper in sent),
            tuple(paper.looked for paper in sent),
            tuple(StaffId(paper.by_id) if paper.by_id else None for paper in sent),
        )

    async def verified(self, case: CaseId) -> Sequence[PersonId]:
        found = await self._connection.execute(
            select(reports.c.person_id)
            .join(kinships, kinships.c.report_id == reports.c.id)
            .where(reports.c.case_id == case, kinships.c.state == KinshipState.VERIFIED)
            .distinct()
            .order_by(reports.c.person_id)
        )
        return [PersonId(id) for id in found.scalars()]

    async def decide(
        self,
        report: ReportId,
        before: KinshipState,
        state: KinshipState,
        by: StaffId,
        reason: str = "",
        seen: SeenPapers | None = None,
        shown: int | None = None,
    ) -> bool:
        values = {
            "reason": await self._seals.seal(kinships.c.reason, report, reason, holder=report) if reason else None,
            "seen": await self._seals.seal(kinships.c.seen, report, seen, holder=report) if seen else None,
        }
        await self.declare(report)
        done = await self._connection.execute(
            update(kinships)
            .where(kinships.c.report_id == report, kinships.c.state == before)
            .values(state=state, changed_at=self._now, decided_by=by, **values)
        )
        if not done.rowcount:
            return False
        same = select(reports.c.person_id).where(reports.c.id == report).scalar_subquery()
        await self._connection.execute(update(reports).where(reports.c.person_id == same).values(contact_look_at=None))
        looked = update(documents).where(documents.c.report_id == report).values(looked=True)
        await self._connection.execute(looked if shown is None else looked.where(documents.c.number < shown))
        return True

    async def unsettle(self, report: ReportId) -> bool:
        done = await self._connection.execute(
            update(kinships)
            .where(kinships.c.report_id == report, kinships.c.state == KinshipState.VERIFIED)
            .values(state=KinshipState.CHANGED, changed_at=self._now)
        )
        return bool(done.rowcount)

    async def add_documents(
        self, report: ReportId, files: Sequence[FileId], words: Sequence[str], by: StaffId | None = None
    ) -> None:
        await self.declare(report)
        known = (await self._connection.execute(select(documents.c.id).where(documents.c.report_id == report))).all()
        things: list[tuple[FileId | None, str]] = [*((file, "") for file in files), *((None, text) for text in words)]
        for number, (file, text) in enumerate(things, len(known)):
            id = await self._ids.take(self._connection)
            blob = await self._seals.seal(documents.c.words, id, text, holder=report) if text else None
            await self._connection.execute(
                documents.insert().values(
                    id=id, report_id=report, file_id=file, number=number, at=self._now, words=blob, by_id=by
                )
            )

    async def open(self, file: FileId, by: StaffId) -> None:
        found = select(documents.c.id, literal(by), literal(self._now)).where(documents.c.file_id == file)
        noted = insert(openings).from_select(["document_id", "staff_id", "at"], found).on_conflict_do_nothing()
        await self._connection.execute(noted)

    async def opened(self, report: ReportId, by: StaffId) -> Collection[FileId]:
        found = await self._connection.execute(
            select(documents.c.file_id)
            .join(openings, openings.c.document_id == documents.c.id)
            .where(documents.c.report_id == report, openings.c.staff_id == by)
        )
        return {FileId(file) for file in found.scalars()}
