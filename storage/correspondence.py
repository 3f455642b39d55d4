"""What families and centers write to each other: whose turn it is, and what members answered. What families wrote are
lines of the inbox."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Boolean, Column, Index, Integer, Table, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.correspondence.record import CenterAnswer, Correspondence
from casework.ids import AnswerId, CenterId, CorrespondenceId, FileId, PersonId, StaffId
from casework.unreadable import UNREADABLE
from storage.ids import Ids
from storage.schema import Holder, at_center, bound, key, metadata, moment, ref, sealed
from storage.sealing import Seals

WAITS = text("waits_since IS NOT NULL")

correspondences = Table(
    "correspondences",
    metadata,
    key(),
    ref("person_id", "people", cascade=True),
    at_center(),
    moment("began_at", null=False),
    moment("waits_since"),
    moment("due_at"),
    ref("holder_id", "staff", null=True),
    Column("kept_from", ARRAY(BigInteger), nullable=False, server_default="{}"),
    moment("closed_at"),
    bound("correspondences-kept-from", "person_id", "center", "holder_id", "kept_from"),
    Index("ix_correspondences_waiting", "center", "waits_since", postgresql_where=WAITS),
    Index("ix_correspondences_open", "center", postgresql_where=text("closed_at IS NULL")),
)

answers = Table(
    "answers",
    metadata,
    key(),
    ref("correspondence_id", "correspondences", cascade=True),
    ref("person_id", "people", cascade=True),
    ref("by_id", "staff"),
    ref("file_id", "files", null=True, cascade=True),
    moment("at", null=False),
    moment("opened_at"),
    Column("note", Boolean, nullable=False, server_default="false"),
    Column("waited", Integer),
    sealed("words", "answers.words", Holder.PERSON, broken=UNREADABLE),
    bound("answers", "correspondence_id", "person_id", "by_id", "file_id"),
)
"""`waited` are the working seconds for which the family's first unanswered words had waited."""


class StoredCorrespondences:
    """How they are kept: `casework.correspondence.record.Correspondences`."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now

    async def begin(self, person: PersonId, center: CenterId) -> Correspondence:
        id = CorrespondenceId(await self._ids.take(self._connection))
        row = {"id": id, "person_id": person, "center": center, "began_at": self._now, "kept_from": []}
        await self._connection.execute(correspondences.insert().values(**row))
        return Correspondence(id, person, center, self._now)

    async def get(self, id: CorrespondenceId, *, lock: bool = False) -> Correspondence | None:
        query = select(correspondences).where(correspondences.c.id == id)
        found = await self._read(query.with_for_update() if lock else query)
        return found[0] if found else None

    async def of(self, person: PersonId) -> Correspondence | None:
        query = select(correspondences).where(correspondences.c.person_id == person)
        found = await self._read(query.order_by(correspondences.c.closed_at.is_not(None), correspondences.c.id.desc()))
        return found[0] if found else None

    async def keep(self, changed: Correspondence) -> None:
        await self._connection.execute(
            update(correspondences)
            .where(correspondences.c.id == changed.id)
            .values(
                center=changed.center,
                waits_since=changed.waits_since,
                due_at=changed.due,
                holder_id=changed.holder,
                kept_from=sorted(changed.kept_from),
                closed_at=changed.closed_at,
            )
        )

    async def waiting(self, center: CenterId) -> Sequence[Correspondence]:
        waits = correspondences.c.center == center, correspondences.c.waits_since.is_not(None)
        order = correspondences.c.waits_since, correspondences.c.id
        return await self._read(select(correspondences).where(*waits).order_by(*order))

    async def kept(self) -> Sequence[Correspondence]:
        waits = correspondences.c.closed_at.is_(None), correspondences.c.waits_since.is_not(None)
        query = select(correspondences).where(*waits, func.cardinality(correspondences.c.kept_from) > 0)
        return await self._read(query.with_for_update(skip_locked=True))

    async def open_at(self, center: CenterId) -> Sequence[Correspondence]:
        query = select(correspondences).where(correspondences.c.center == center, correspondences.c.closed_at.is_(None))
        return await self._read(query.order_by(correspondences.c.id))

    async def _read(self, query: Any) -> list[Correspondence]:
        return [
            Correspondence(
                CorrespondenceId(row.id),
                PersonId(row.person_id),
                CenterId(row.center),
                row.began_at,
                row.waits_since,
                row.due_at,
                StaffId(row.holder_id) if row.holder_id else None,
                frozenset(StaffId(id) for id in row.kept_from),
                row.closed_at,
            )
            for row in (await self._connection.execute(query)).all()
        ]

    async def answer(
        self,
        to: Correspondence,
        by: StaffId,
        words: str,
        *,
        file: FileId | None = None,
        note: bool = False,
        waited: timedelta | None = None,
    ) -> AnswerId:
        id = AnswerId(await self._ids.take(self._connection))
        blob = await self._seals.seal(answers.c.words, id, words, holder=to.person) if words else None
        await self._connection.execute(
            answers.insert().values(
                id=id,
                correspondence_id=to.id,
                person_id=to.person,
                by_id=by,
                file_id=file,
                at=self._now,
                note=note,
                waited=None if waited is None else int(waited.total_seconds()),
                words=blob,
            )
        )
        return id

    async def answers(self, of: CorrespondenceId) -> Sequence[CenterAnswer]:
        query = select(answers).where(answers.c.correspondence_id == of).order_by(answers.c.at, answers.c.id)
        rows = (await self._connection.execute(query)).all()
        await self._seals.learn(row.words for row in rows)
        return [
            CenterAnswer(
                AnswerId(row.id),
                row.at,
                StaffId(row.by_id),
                await self._seals.unseal(answers.c.words, row.id, row.words) if row.words else "",
                FileId(row.file_id) if row.file_id else None,
                row.note,
                row.opened_at,
            )
            for row in rows
        ]

    async def opened(self, of: CorrespondenceId) -> Sequence[AnswerId]:
        unopened = answers.c.correspondence_id == of, answers.c.opened_at.is_(None), ~answers.c.note
        change = update(answers).where(*unopened).values(opened_at=self._now).returning(answers.c.id)
        return [AnswerId(id) for id in (await self._connection.execute(change)).scalars()]

    async def times(self, center: CenterId, most: int) -> Sequence[timedelta]:
        answered = answers.join(correspondences, correspondences.c.id == answers.c.correspondence_id)
        here = correspondences.c.center == center, answers.c.waited.is_not(None)
        query = select(answers.c.waited).select_from(answered).where(*here).order_by(answers.c.at.desc()).limit(most)
        return [timedelta(seconds=int(row)) for row in (await self._connection.execute(query)).scalars()]
