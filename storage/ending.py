"""When a search ended, and which cases are under a legal hold: `casework.ending.Endings`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Index, Select, Table, exists, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.ending import LegalHold
from casework.ids import CaseId, PersonId, ReportId, StaffId
from casework.unreadable import UNREADABLE
from storage.ids import Ids
from storage.registering import cases, reports
from storage.schema import Holder, key, metadata, moment, ref, sealed
from storage.sealing import Seals
from storage.staff import staff

legal_holds = Table(
    "legal_holds",
    metadata,
    key(),
    ref("case_id", "cases", cascade=True),
    sealed("ground", "legal_holds.ground", Holder.CASE, null=False, broken=UNREADABLE),
    ref("by_id", "staff"),
    ref("second_id", "staff", null=True),
    moment("at", null=False),
    moment("look_at", null=False),
    moment("ended_at"),
    ref("ended_by", "staff", null=True),
    Index("uq_legal_holds_case_id", "case_id", unique=True, postgresql_where=text("ended_at IS NULL")),
)


def held(case: Any) -> ColumnElement[bool]:
    """Is this case held, or one that was joined to it?"""
    holding = cases.alias("holding")
    of = (legal_holds.c.case_id == holding.c.id) & or_(holding.c.id == case, holding.c.joined_to == case)
    return exists().where(legal_holds.c.ended_at.is_(None), of)


def person_held(person: Any) -> ColumnElement[bool]:
    """Has this person a report in a case that is held?"""
    own = reports.alias("own")
    return exists().where(own.c.person_id == person, held(own.c.case_id))


class StoredEndings:
    """Each method is part of the caller's transaction."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now

    async def ended_at(self, case: CaseId) -> datetime | None:
        found: datetime | None = await self._connection.scalar(
            select(cases.c.search_ended_at).where(cases.c.id == case)
        )
        return found

    async def end(self, case: CaseId, by: StaffId) -> None:
        values = {"search_ended_at": self._now, "search_ended_by": by}
        await self._connection.execute(update(cases).where(self._family(case)).values(values))
        await self._promised_anew(case)

    async def open(self, case: CaseId) -> None:
        values = {"search_ended_at": None, "search_ended_by": None}
        await self._connection.execute(update(cases).where(self._family(case)).values(values))
        await self._promised_anew(case)

    async def hold_of(self, case: CaseId) -> LegalHold | None:
        query = self._open().join(cases, cases.c.id == legal_holds.c.case_id).where(self._family(case))
        row = (await self._connection.execute(query.order_by(legal_holds.c.at).limit(1))).one_or_none()
        if row is None:
            return None
        ground = await self._seals.unseal(legal_holds.c.ground, row.id, row.ground)
        second = StaffId(row.second_id) if row.second_id else None
        return LegalHold(CaseId(row.case_id), ground, StaffId(row.by_id), second, row.at, row.look_at)

    async def hold(self, case: CaseId, ground: str, by: StaffId, second: StaffId | None, look_at: datetime) -> None:
        id = await self._ids.take(self._connection)
        said = await self._seals.seal(legal_holds.c.ground, id, ground, holder=case)
        values = {"id": id, "case_id": case, "by_id": by, "second_id": second, "at": self._now, "look_at": look_at}
        await self._connection.execute(legal_holds.insert().values(values | {"ground": said}))
        await self._promised_anew(case)

    async def release(self, case: CaseId, by: StaffId) -> None:
        await self._change(case, ended_at=self._now, ended_by=by)
        await self._promised_anew(case)

    async def still(self, case: CaseId, look_at: datetime) -> None:
        await self._change(case, look_at=look_at)

    async def held(self, person: PersonId) -> bool:
        return bool(await self._connection.scalar(select(person_held(person))))

    async def to_look_at(self, member: StaffId) -> Sequence[ReportId]:
        query = (
            select(func.min(reports.c.id))
            .select_from(legal_holds)
            .join(cases, cases.c.id == legal_holds.c.case_id)
            .join(reports, reports.c.case_id == func.coalesce(cases.c.joined_to, cases.c.id))
            .join(staff, staff.c.id == member)
            .where(legal_holds.c.ended_at.is_(None), legal_holds.c.look_at <= self._now)
            .where(cases.c.center == staff.c.center)
            .group_by(legal_holds.c.id)
        )
        return [ReportId(id) for id in (await self._connection.scalars(query)).all()]

    async def _change(self, case: CaseId, **values: Any) -> None:
        of = select(cases.c.id).where(self._family(case))
        theirs = legal_holds.c.ended_at.is_(None), legal_holds.c.case_id.in_(of)
        await self._connection.execute(update(legal_holds).where(*theirs).values(values))

    async def _promised_anew(self, case: CaseId) -> None:
        """What is promised to its relatives is worked out anew: `storage/contact_dates.py`."""
        theirs = reports.c.case_id.in_(select(cases.c.id).where(self._family(case)))
        await self._connection.execute(update(reports).where(theirs).values(contact_look_at=None))

    @staticmethod
    def _open() -> Select[Any]:
        return select(legal_holds).where(legal_holds.c.ended_at.is_(None))

    @staticmethod
    def _family(case: CaseId) -> ColumnElement[bool]:
        """The case, and those that were joined to it."""
        return or_(cases.c.id == case, cases.c.joined_to == case)
