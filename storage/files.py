"""Photos and papers, sealed in chunks; a file on its way is an errand until it is fetched."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Column, Integer, Table, Text, any_, delete, func, literal, or_, select, text, update
from sqlalchemy.dialects.postgresql import UUID

from casework.booking.attachments import Drawing
from casework.files import File, FileState
from casework.ids import CaseId, CenterId, FileId, PersonId, ReportId
from casework.unreadable import UNREADABLE, NotReadable
from storage.binding import BoundConnection
from storage.effects import Effects
from storage.ids import Ids
from storage.schema import Holder, among, bound, key, metadata, moment, put_in, ref, sealed
from storage.sealing import Seals

CHUNK = 256 * 1024 - 1
"""Bytes of plain content in a sealed chunk; with the padding's mark it is of a class of sizes."""

LEASE = timedelta(minutes=2)

files = Table(
    "files",
    metadata,
    key(),
    ref("person_id", "people", cascade=True),
    Column("state", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("size", Integer, nullable=False, server_default="0"),
    moment("at", null=False),
    Column("channel", Text),
    sealed("source", "files.source", Holder.PERSON),
    sealed("name", "files.name", Holder.PERSON, broken=UNREADABLE),
    sealed("drawing", "files.drawing", Holder.PERSON, Drawing),
    Column("lease", UUID(as_uuid=True)),
    moment("leased_until"),
    moment("retry_at"),
    Column("refused_for", Text),
    bound("files", "person_id"),
)
"""`refused_for` names the words that tell why a file came to nothing. What has a `drawing` has no chunks."""

chunks = Table(
    "chunks",
    metadata,
    key(),
    ref("file_id", "files", cascade=True),
    Column("number", Integer, nullable=False),
    sealed("content", "chunks", Holder.PERSON, bytes, null=False),
)


_ADD: Final = put_in(
    files, "id", "person_id", "state", "type", "size", "at", "channel", "source", "name", "drawing", "bound"
)
_TAKEN_BY_NOTHING = text(
    "NOT EXISTS (SELECT FROM kinship_documents d WHERE d.file_id = files.id)"
    " AND NOT EXISTS (SELECT FROM inbox i WHERE i.file_id = files.id)"
    " AND NOT EXISTS (SELECT FROM answers a WHERE a.file_id = files.id)"
    " AND NOT EXISTS (SELECT FROM inquiries q WHERE files.id = ANY(q.files))"
)
MADE = ("text/calendar", "image/png")
"""What we make for people: a calendar, a code for the door. What somebody sent is kept as none of these."""


class StoredFiles:
    def __init__(self, connection: BoundConnection, seals: Seals, ids: Ids, now: datetime, effects: Effects) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now
        self._effects = effects

    async def _add(
        self,
        person: PersonId,
        state: FileState,
        type: str,
        *,
        channel: str | None = None,
        size: int = 0,
        source: str | None = None,
        name: str = "",
        drawing: Drawing | None = None,
    ) -> FileId:
        id = await self._ids.take(self._connection)
        row = {
            "id": id,
            "person_id": person,
            "channel": channel,
            "state": state,
            "type": type,
            "size": size,
            "at": self._now,
            "source": await self._seals.seal(files.c.source, id, source, holder=person) if source else None,
            "name": await self._seals.seal(files.c.name, id, name, holder=person) if name else None,
            "drawing": await self._seals.seal(files.c.drawing, id, drawing, holder=person) if drawing else None,
        }
        await self._connection.run(_ADD, row)
        return FileId(id)

    async def note(self, person: PersonId, *, channel: str, type: str, source: str, name: str = "") -> FileId:
        """A file on its way: the errand will fetch it from the platform."""
        self._effects.files = True
        return await self._add(person, FileState.ARRIVING, type, channel=channel, source=source, name=name)

    async def add(self, person: PersonId, *, type: str, content: bytes, name: str = "") -> FileId:
        """A file that is here already, cleaned."""
        id = await self._add(person, FileState.HERE, type, size=len(content), name=name)
        await self._fill(id, person, content)
        return id

    async def add_drawing(self, person: PersonId, drawing: Drawing, name: str) -> FileId:
        """A file of ours, which is drawn when it is read."""
        return await self._add(person, FileState.HERE, drawing.type, name=name, drawing=drawing)

    async def _fill(self, file: FileId, person: PersonId, content: bytes) -> None:
        for number, start in enumerate(range(0, len(content), CHUNK)):
            id = await self._ids.take(self._connection)
            part, place = content[start : start + CHUNK], f".{file}.{number}"
            blob = await self._seals.seal(chunks.c.content, id, part, holder=person, part=place)
            await self._connection.execute(chunks.insert().values(id=id, file_id=file, number=number, content=blob))

    async def get(self, file: FileId) -> File | None:
        row = (await self._connection.execute(select(files).where(files.c.id == file))).one_or_none()
        if row is None:
            return None
        return File(FileId(row.id), PersonId(row.person_id), FileState(row.state), row.type, row.size, row.at)

    async def give(self, given: Sequence[FileId], giver: PersonId, to: PersonId) -> None:
        """The content stays sealed as it is: every chunk names its key."""
        await self._connection.execute(
            update(files).where(among(files.c.id, given), files.c.person_id == giver).values(person_id=to)
        )

    async def refused(self, person: PersonId) -> Sequence[tuple[FileId, str]]:
        found: Any = await self._connection.execute(
            select(files.c.id, func.coalesce(files.c.refused_for, "file-not-had"))
            .where(files.c.person_id == person, files.c.state == FileState.REFUSED)
            .order_by(files.c.id)
        )
        return [(FileId(id), why) for id, why in found]

    async def sent_for(self, file: FileId) -> ReportId | None:
        papers = metadata.tables["kinship_documents"]
        found = await self._connection.scalar(select(papers.c.report_id).where(papers.c.file_id == file))
        return ReportId(found) if found else None

    async def drop(self, dropped: Sequence[FileId], person: PersonId) -> None:
        await self._connection.execute(
            delete(files).where(among(files.c.id, dropped), files.c.person_id == person, _TAKEN_BY_NOTHING)
        )

    async def passed_on_to(self, file: FileId) -> Sequence[CenterId]:
        calls, inbox = metadata.tables["calls"], metadata.tables["inbox"]
        found = await self._connection.scalars(
            select(calls.c.center)
            .distinct()
            .select_from(calls.join(inbox, inbox.c.task_id == calls.c.id))
            .where(inbox.c.file_id == file)
        )
        correspondences, answers = metadata.tables["correspondences"], metadata.tables["answers"]
        written = await self._connection.scalars(
            select(correspondences.c.center)
            .distinct()
            .where(
                or_(
                    correspondences.c.id.in_(select(inbox.c.correspondence_id).where(inbox.c.file_id == file)),
                    correspondences.c.id.in_(select(answers.c.correspondence_id).where(answers.c.file_id == file)),
                )
            )
        )
        return [*dict.fromkeys(CenterId(center) for center in (*found, *written))]

    async def shown_in(self, file: FileId) -> Sequence[tuple[ReportId, CaseId]]:
        names = "reports", "kinship_documents", "inbox", "inquiries"
        reports, papers, inbox, inquiries = (metadata.tables[name] for name in names)
        columns = reports.c.id, reports.c.case_id
        told = reports.join(inbox, inbox.c.person_id == reports.c.person_id)
        shown = reports.join(papers, papers.c.report_id == reports.c.id)
        passed_on = inbox.c.file_id == file, inbox.c.task_id.is_not(None)
        found = [
            *await self._connection.execute(select(*columns).select_from(told).where(*passed_on)),
            *await self._connection.execute(select(*columns).select_from(shown).where(papers.c.file_id == file)),
        ]
        answered = reports.join(inquiries, inquiries.c.report_id == reports.c.id)
        found += await self._connection.execute(
            select(*columns).select_from(answered).where(literal(file) == any_(inquiries.c.files))
        )
        return [*dict.fromkeys((ReportId(row.id), CaseId(row.case_id)) for row in found)]

    async def read(self, file: FileId) -> bytes:
        """The whole content."""
        drawing = await self._connection.scalar(select(files.c.drawing).where(files.c.id == file))
        if drawing is not None:
            kept: Drawing = await self._seals.unseal(files.c.drawing, file, drawing)
            return kept.draw()
        found = await self._connection.execute(select(chunks).where(chunks.c.file_id == file).order_by(chunks.c.number))
        opened = [
            await self._seals.unseal(chunks.c.content, row.id, row.content, part=f".{file}.{row.number}")
            for row in found
        ]
        return b"".join(opened)

    async def name(self, file: FileId) -> str:
        blob = await self._connection.scalar(select(files.c.name).where(files.c.id == file))
        return await self._seals.unseal(files.c.name, file, blob) if blob else ""

    async def counted(self, person: PersonId, since: datetime) -> tuple[int, int]:
        """How many files the person has sent since then, and the bytes of all that are kept."""
        row: Any = (
            await self._connection.execute(
                select(
                    func.count().filter(files.c.at > since),
                    func.coalesce(func.sum(files.c.size), 0),
                ).where(files.c.person_id == person, or_(files.c.channel.is_not(None), files.c.type.not_in(MADE)))
            )
        ).one()
        return int(row[0]), int(row[1])

    async def claim_arriving(self, channel: str) -> tuple[File, str | None] | None:
        """Lease one file that waits to be fetched: the file and the platform's reference; None for one that does not
        open."""
        free = (
            select(files.c.id)
            .where(
                files.c.state == FileState.ARRIVING,
                files.c.channel == channel,
                or_(files.c.leased_until.is_(None), files.c.leased_until < self._now),
                or_(files.c.retry_at.is_(None), files.c.retry_at <= self._now),
            )
            .order_by(files.c.at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = (
            await self._connection.execute(
                update(files)
                .where(files.c.id == free.scalar_subquery())
                .values(lease=uuid4(), leased_until=self._now + LEASE)
                .returning(files)
            )
        ).one_or_none()
        if row is None:
            return None
        file = File(FileId(row.id), PersonId(row.person_id), FileState(row.state), row.type, row.size, row.at)
        try:
            source: str = await self._seals.unseal(files.c.source, row.id, row.source)
        except NotReadable:
            return file, None
        return file, source

    async def arrived(self, file: File, *, type: str, content: bytes) -> None:
        """The errand is done; a file that another process brought meanwhile stays as it is."""
        done = await self._connection.execute(
            update(files)
            .where(files.c.id == file.id, files.c.state == FileState.ARRIVING)
            .values(state=FileState.HERE, type=type, size=len(content), source=None, lease=None, leased_until=None)
        )
        if done.rowcount:
            await self._fill(file.id, file.person, content)

    async def refuse(self, file: FileId, why: str) -> None:
        await self._connection.execute(
            update(files).where(files.c.id == file).values(state=FileState.REFUSED, source=None, refused_for=why)
        )

    async def postponed(self, file: FileId, until: datetime) -> None:
        await self._connection.execute(
            update(files).where(files.c.id == file).values(leased_until=None, retry_at=until)
        )
