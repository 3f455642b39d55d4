"""Reference data: what there is, its versions with days of effect, and the words of each version."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, DATERANGE, ExcludeConstraint, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.ids import StaffId
from casework.reference import ReferenceEntry, Sort
from storage.effects import Effects
from storage.ids import Ids
from storage.schema import key, metadata, moment, ref

reference = Table(
    "reference",
    metadata,
    key(),
    Column("sort", Text, nullable=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("sort", "name"),
)
"""What other tables point to (`naming` of storage/schema.py): it stays, whatever becomes of its versions."""

versions = Table(
    "reference_versions",
    metadata,
    key(),
    ref("reference_id", "reference"),
    Column("during", DATERANGE, nullable=False),
    Column("position", Integer, nullable=False),
    Column("needed_by", ARRAY(Text), nullable=False),
    Column("traits", ARRAY(Text), nullable=False),
    Column("source", Text, nullable=False),
    Column("read", Date),
    ref("made_by", "staff", null=True),
    moment("made_at", null=False),
    CheckConstraint("NOT isempty(during)", name="some_day"),
    ExcludeConstraint(("reference_id", "="), ("during", "&&"), name="one_version_a_day", using="gist"),
)

words = Table(
    "reference_words",
    metadata,
    Column("version_id", BigInteger, ForeignKey("reference_versions.id", ondelete="CASCADE"), primary_key=True),
    Column("language", Text, primary_key=True),
    Column("part", Text, primary_key=True),
    Column("text", Text, nullable=False),
)


class StoredReference:
    """How reference data is kept: `casework.reference.References`. `changed`: in this transaction something was."""

    def __init__(self, connection: AsyncConnection, ids: Ids, now: datetime, effects: Effects) -> None:
        self._connection, self._ids, self._now = connection, ids, now
        self._effects = effects

    async def read(self) -> list[ReferenceEntry]:
        """Every version of every entry."""
        query = (
            select(
                reference.c.sort,
                reference.c.name,
                versions,
                func.jsonb_object_agg(words.c.language + "." + words.c.part, words.c.text).label("said"),
            )
            .join(versions, versions.c.reference_id == reference.c.id)
            .join(words, words.c.version_id == versions.c.id)
            .group_by(reference.c.id, versions.c.id)
        )
        found = []
        for row in await self._connection.execute(query):
            said: dict[str, dict[str, str]] = {}
            for name, text in row.said.items():
                language, _, part = name.partition(".")
                said.setdefault(language, {})[part] = text
            by = None if row.made_by is None else StaffId(row.made_by)
            found.append(
                ReferenceEntry(
                    Sort(row.sort),
                    row.name,
                    row.position,
                    said,
                    row.during.lower,
                    row.during.upper,
                    tuple(row.needed_by),
                    tuple(row.traits),
                    row.source,
                    row.read,
                    by,
                )
            )
        return found

    async def seed(self, entries: Iterable[ReferenceEntry]) -> None:
        """Add what is not known yet; what staff have changed is never overwritten."""
        query = select(reference.c.sort, reference.c.name).where(
            select(versions.c.id).where(versions.c.reference_id == reference.c.id).exists()
        )
        known = {(row.sort, row.name) for row in await self._connection.execute(query)}
        await self._add([entry for entry in entries if (entry.sort, entry.name) not in known])

    async def add(self, entry: ReferenceEntry) -> bool:
        id = await self._ids.take(self._connection)
        new = insert(reference).values(id=id, sort=entry.sort, name=entry.name).on_conflict_do_nothing()
        if await self._connection.scalar(new.returning(reference.c.id)) is None:
            return False
        await self._add([entry])
        return True

    async def keep(self, entry: ReferenceEntry) -> None:
        if entry.since is not None:
            await self.end(entry.sort, entry.name, entry.since)
        await self._add([entry])

    async def end(self, sort: Sort, name: str, since: date) -> None:
        known = select(reference.c.id).where(reference.c.sort == sort, reference.c.name == name)
        # Of two members of staff at once the second one's word comes after the first's.
        await self._connection.execute(known.with_for_update(key_share=True))
        mine, during = versions.c.reference_id == known.scalar_subquery(), versions.c.during
        await self._connection.execute(delete(versions).where(mine, func.lower(during) >= since))
        await self._connection.execute(
            update(versions)
            .where(mine, during.contains(since))
            .values(during=func.daterange(func.lower(during), since))
        )
        self._effects.reference = True

    async def _add(self, entries: Sequence[ReferenceEntry]) -> None:
        if not entries:
            return
        self._effects.reference = True
        named = [{"id": await self._ids.take(self._connection), "sort": e.sort, "name": e.name} for e in entries]
        await self._connection.execute(insert(reference).on_conflict_do_nothing(), named)
        rows = await self._connection.execute(select(reference))
        ids = {(row.sort, row.name): row.id for row in rows}
        numbered = [(await self._ids.take(self._connection), entry) for entry in entries]
        for id, entry in numbered:
            await self._connection.execute(
                insert(versions).values(
                    id=id,
                    reference_id=ids[entry.sort, entry.name],
                    during=func.daterange(entry.since, entry.until),
                    position=entry.position,
                    needed_by=list(entry.needed_by),
                    traits=list(entry.traits),
                    source=entry.source,
                    read=entry.read,
                    made_by=entry.by,
                    made_at=self._now,
                )
            )
        said = [
            {"version_id": id, "language": language, "part": part, "text": text}
            for id, entry in numbered
            for language, parts in entry.words.items()
            for part, text in parts.items()
        ]
        await self._connection.execute(insert(words), said)
