"""Signs of life that relatives tell: sealed, each with a number, until it is answered and after."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, Select, Table, Text, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.ids import CallId, CenterId, ReportId, SightingId, StaffId
from casework.numbers import ReportNumber, make_number
from casework.sightings import Looked, Seen, Sighting, SightingKind
from casework.unreadable import UNREADABLE
from storage.ids import Ids
from storage.registering import counter, reports, spread
from storage.schema import Holder, bound, key, metadata, moment, ref, sealed
from storage.sealing import Seals

UNREADABLE_SIGHTING: Final = Seen((UNREADABLE,))

sightings = Table(
    "sightings",
    metadata,
    key(),
    Column("number", Text, nullable=False, unique=True),
    ref("report_id", "reports", cascade=True),
    ref("call_id", "calls", cascade=True),
    ref("taken_by", "staff", null=True),
    Column("kind", Text, nullable=False),
    moment("told_at", null=False),
    moment("due_at", null=False),
    Column("answer", Text),
    sealed("seen", "sightings.seen", Holder.REPORT, Seen, null=False, broken=UNREADABLE_SIGHTING),
    bound("sightings", "number", "report_id", "call_id", "taken_by", "answer"),
)
"""`answer` is one of few fixed words; what was told is sealed under the report's key. Its files stand with the call."""


class StoredSightings:
    """How they are kept: `casework.sightings.Sightings`."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now

    async def add(self, report: ReportId, kind: SightingKind, seen: Seen, due: datetime, call: CallId) -> Sighting:
        id = SightingId(await self._ids.take(self._connection))
        number = make_number(spread(int(await self._connection.scalar(select(counter.next_value())) or 0)))
        row = {
            "id": id,
            "number": number.digits,
            "report_id": report,
            "call_id": call,
            "kind": kind,
            "told_at": self._now,
            "due_at": due,
            "seen": await self._seals.seal(sightings.c.seen, id, seen, holder=report),
        }
        await self._connection.execute(sightings.insert().values(row))
        return Sighting(id, number, report, kind, seen, self._now, due, call)

    async def get(self, sighting: SightingId) -> Sighting | None:
        found = await self._read(select(sightings).where(sightings.c.id == sighting).with_for_update())
        return found[0] if found else None

    async def of(self, report: ReportId) -> Sequence[Sighting]:
        own, this = reports.alias("own"), reports.alias("this")
        same = (own.c.person_id == this.c.person_id) & (own.c.case_id == this.c.case_id)
        theirs = select(own.c.id).join(this, same).where(this.c.id == report)
        query = select(sightings).where(sightings.c.report_id.in_(theirs))
        return await self._read(query.order_by(sightings.c.told_at, sightings.c.id))

    async def waiting(self, center: CenterId) -> Sequence[Sighting]:
        here = select(reports.c.id).where(reports.c.center == center)
        query = select(sightings).where(sightings.c.report_id.in_(here), sightings.c.answer.is_(None))
        return await self._read(query.order_by(sightings.c.due_at, sightings.c.id))

    async def take(self, sighting: SightingId, by: StaffId) -> None:
        await self._connection.execute(update(sightings).where(sightings.c.id == sighting).values(taken_by=by))

    async def answered(self, sighting: SightingId, answer: Looked) -> None:
        await self._connection.execute(update(sightings).where(sightings.c.id == sighting).values(answer=answer))

    async def _read(self, query: Select[Any]) -> list[Sighting]:
        return [
            Sighting(
                SightingId(row.id),
                ReportNumber(row.number),
                ReportId(row.report_id),
                SightingKind(row.kind),
                await self._seals.unseal(sightings.c.seen, row.id, row.seen),
                row.told_at,
                row.due_at,
                CallId(row.call_id),
                StaffId(row.taken_by) if row.taken_by is not None else None,
                Looked(row.answer) if row.answer is not None else None,
            )
            for row in (await self._connection.execute(query)).all()
        ]
