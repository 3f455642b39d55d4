"""Lines of the inbox: what a family sent when nothing asked for it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, Index, Table, Text, bindparam, delete, select, text, update

from casework.actor import Channel
from casework.ids import CallId, CorrespondenceId, FileId, InboxItemId, PersonId
from casework.inbox import KEPT_FOR, InboxItem
from casework.unreadable import UNREADABLE
from storage.binding import BoundConnection
from storage.correspondence import correspondences
from storage.ids import Ids
from storage.schema import Holder, among, bound, key, metadata, moment, ref, sealed
from storage.sealing import Seals

inbox = Table(
    "inbox",
    metadata,
    key(),
    ref("person_id", "people", cascade=True),
    ref("task_id", "calls", null=True, cascade=True),
    ref("correspondence_id", "correspondences", null=True, cascade=True),
    ref("file_id", "files", null=True, cascade=True),
    moment("at", null=False),
    Column("channel", Text, nullable=False),
    sealed("words", "inbox.words", Holder.PERSON, broken=UNREADABLE),
    bound("inbox", "person_id", "task_id", "file_id"),
    Index("ix_inbox_waiting", "person_id", postgresql_where=text("task_id IS NULL AND correspondence_id IS NULL")),
)
"""Without a `task_id` and a `correspondence_id`, a line waits to be passed on. The latter is of the same person, which
binds it well enough: what stands with a correspondence is looked for by both."""

_WAITS = inbox.c.task_id.is_(None), inbox.c.correspondence_id.is_(None)
_WAITING: Final = (
    select(inbox).where(inbox.c.person_id == bindparam("person"), *_WAITS).order_by(inbox.c.at, inbox.c.id)
)


class StoredInbox:
    """`casework.inbox.Inbox`."""

    def __init__(self, connection: BoundConnection, seals: Seals, ids: Ids, now: datetime) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now

    async def add(
        self,
        person: PersonId,
        words: str,
        *,
        at: datetime,
        channel: Channel,
        file: FileId | None = None,
        task: CallId | None = None,
        correspondence: CorrespondenceId | None = None,
    ) -> InboxItemId:
        id = InboxItemId(await self._ids.take(self._connection))
        blob = await self._seal(id, person, words)
        await self._connection.execute(
            inbox.insert().values(
                id=id,
                person_id=person,
                task_id=task,
                correspondence_id=correspondence,
                file_id=file,
                at=at,
                channel=channel,
                words=blob,
            )
        )
        return id

    async def _seal(self, line: InboxItemId, person: PersonId, words: str) -> bytes | None:
        if not words:
            return None
        return await self._seals.seal(inbox.c.words, line, words, holder=person)

    async def waiting(self, person: PersonId) -> Sequence[InboxItem]:
        return await self._opened(await self._connection.run(_WAITING, {"person": person}))

    async def lengthen(self, line: InboxItemId, person: PersonId, words: str) -> None:
        blob = await self._seal(line, person, words)
        await self._connection.execute(
            update(inbox).where(inbox.c.id == line, inbox.c.person_id == person).values(words=blob)
        )

    async def pass_on(self, person: PersonId, correspondence: CorrespondenceId) -> None:
        mine = inbox.c.person_id == person, *_WAITS
        await self._connection.execute(update(inbox).where(*mine).values(correspondence_id=correspondence))

    async def of_correspondence(self, correspondence: CorrespondenceId) -> Sequence[InboxItem]:
        of = correspondences.c.id == correspondence
        whose = select(correspondences.c.person_id).where(of).scalar_subquery()
        return await self._read(inbox.c.correspondence_id == correspondence, inbox.c.person_id == whose)

    async def of_tasks(self, tasks: Sequence[CallId]) -> Sequence[InboxItem]:
        return await self._read(among(inbox.c.task_id, tasks)) if tasks else ()

    async def forget_old(self) -> None:
        await self._connection.execute(delete(inbox).where(*_WAITS, inbox.c.at < self._now - KEPT_FOR))

    async def _read(self, *which: Any) -> list[InboxItem]:
        query = select(inbox).where(*which).order_by(inbox.c.at, inbox.c.id)
        return await self._opened((await self._connection.execute(query)).all())

    async def _opened(self, rows: Sequence[Any]) -> list[InboxItem]:
        await self._seals.learn(row.words for row in rows)
        return [
            InboxItem(
                InboxItemId(row.id),
                row.at,
                Channel(row.channel),
                await self._seals.unseal(inbox.c.words, row.id, row.words) if row.words else "",
                FileId(row.file_id) if row.file_id else None,
                CallId(row.task_id) if row.task_id else None,
                CorrespondenceId(row.correspondence_id) if row.correspondence_id else None,
            )
            for row in rows
        ]
