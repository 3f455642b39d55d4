"""The audit: rows are written and read, never changed. Ids only, so that it outlives what it tells of."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, Column, LargeBinary, Table, Text, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.actor import Actor
from casework.audit import AuditEntry, Deed
from casework.ids import CaseId, PersonId, ReportId, StaffId
from storage.ids import Ids
from storage.schema import key, metadata, moment
from storage.sealing import Seals

audit = Table(
    "audit",
    metadata,
    key(),
    Column("at", moment("at").type, nullable=False, index=True),
    Column("staff_id", BigInteger, nullable=False, index=True),
    Column("deed", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("case_id", BigInteger, index=True),
    Column("report_id", BigInteger),
    Column("person_id", BigInteger),
    Column("searched", LargeBinary),
)
"""`searched` is the keyed hash of what was looked for: two searches for the same can be told, no name can be read."""


OPENING = ("case", "kinship")
"""What is written when a report is opened by itself, and not among others."""


class StoredAudit:
    """How the audit is kept: `casework.audit.Audit`."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now

    async def looked(
        self,
        actor: Actor,
        what: str,
        *,
        case: CaseId | None = None,
        report: ReportId | None = None,
        person: PersonId | None = None,
        searched: str | None = None,
    ) -> None:
        await self._write(Deed.LOOKED, actor, what, case, report, person, searched)

    async def acted(
        self,
        actor: Actor,
        what: str,
        *,
        case: CaseId | None = None,
        report: ReportId | None = None,
        person: PersonId | None = None,
    ) -> None:
        await self._write(Deed.ACTED, actor, what, case, report, person, None)

    async def _write(
        self,
        deed: Deed,
        actor: Actor,
        what: str,
        case: CaseId | None,
        report: ReportId | None,
        person: PersonId | None,
        searched: str | None,
    ) -> None:
        if actor.member is None:
            return
        if actor.by is not None:
            person = actor.person
        await self._connection.execute(
            audit.insert().values(
                id=await self._ids.take(self._connection),
                at=self._now,
                staff_id=actor.member.id,
                deed=deed,
                what=what,
                channel=actor.channel,
                case_id=case,
                report_id=report,
                person_id=person,
                searched=None if searched is None else self._seals.vault.lookup("search", searched),
            )
        )

    async def opened(self, member: StaffId, limit: int) -> Sequence[ReportId]:
        found = await self._connection.execute(
            select(audit.c.report_id)
            .where(
                audit.c.staff_id == member,
                audit.c.deed == Deed.LOOKED,
                audit.c.what.in_(OPENING),
                text("EXISTS (SELECT FROM reports WHERE reports.id = audit.report_id)"),
            )
            .group_by(audit.c.report_id)
            .order_by(func.max(audit.c.at).desc())
            .limit(limit)
        )
        return [ReportId(row.report_id) for row in found]

    async def latest(self, *, case: CaseId | None = None, limit: int = 20) -> Sequence[AuditEntry]:
        query = select(audit).order_by(audit.c.at.desc(), audit.c.id.desc()).limit(limit)
        if case is not None:
            query = query.where(audit.c.case_id == case)
        return [
            AuditEntry(
                row.at,
                StaffId(row.staff_id),
                Deed(row.deed),
                row.what,
                row.channel,
                CaseId(row.case_id) if row.case_id else None,
                ReportId(row.report_id) if row.report_id else None,
                PersonId(row.person_id) if row.person_id else None,
            )
            for row in await self._connection.execute(query)
        ]
