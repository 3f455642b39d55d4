"""Call tasks."""

from datetime import datetime

from sqlalchemy import Column, Table, Text
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.calls import Reason
from casework.ids import CallId, PersonId, ReportId
from storage.ids import Ids
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
