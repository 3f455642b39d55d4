"""How each member of staff came by their account: rows are written, and changed only to say that they were used."""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Boolean, Column, LargeBinary, Table, Text, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.ids import StaffId
from casework.linking import LETTERS, LINK_CODE_LENGTH
from casework.staff.lineage import How, Origin
from storage.ids import Ids
from storage.schema import bound, key, metadata, moment, ref
from storage.sealing import Seals

origins = Table(
    "origins",
    metadata,
    key(),
    ref("staff_id", "staff"),
    Column("how", Text, nullable=False),
    ref("by_id", "staff", null=True),
    ref("signed_by", "staff", null=True),
    Column("founding", Boolean, nullable=False, server_default="false"),
    Column("word", LargeBinary),
    moment("at", null=False),
    moment("used_at"),
    bound("origins", "staff_id", "how", "by_id", "signed_by", "founding", "word"),
)
"""`by_id` is null for the shell. `word` is the keyed hash of what only the second person was told; `used_at` is when
the member enrolled by it."""


class StoredLineage:
    """How origins are kept: `casework.staff.lineage.Lineage`."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids) -> None:
        self._connection, self._seals, self._ids = connection, seals, ids

    async def all(self) -> Sequence[Origin]:
        found = await self._connection.execute(select(origins).order_by(origins.c.at, origins.c.id))
        return [_origin(row) for row in found]

    async def add(self, origin: Origin) -> str:
        word = ""
        if origin.signed_by is not None and origin.how is not How.VOUCHED:
            word = "".join(secrets.choice(LETTERS) for _ in range(LINK_CODE_LENGTH))
        await self._connection.execute(
            origins.insert().values(
                id=await self._ids.take(self._connection),
                staff_id=origin.member,
                how=origin.how,
                by_id=origin.by,
                signed_by=origin.signed_by,
                founding=origin.founding,
                word=word_hash(self._seals, word) if word else None,
                at=origin.at,
                used_at=origin.at if origin.how is How.VOUCHED else None,
            )
        )
        return f"{word[:4]}-{word[4:]}" if word else ""

    async def open_for(self, member: StaffId) -> Origin | None:
        row = (await self._connection.execute(open_origin(member))).one_or_none()
        return None if row is None else _origin(row)


def open_origin(member: int) -> Any:
    """The newest origin of a member by which nobody has enrolled yet."""
    mine = origins.c.staff_id == member, origins.c.used_at.is_(None)
    return select(origins).where(*mine).order_by(origins.c.at.desc(), origins.c.id.desc()).limit(1)


def used(member: int, at: Any) -> Any:
    """The member has enrolled: every open origin of theirs is used."""
    return update(origins).where(origins.c.staff_id == member, origins.c.used_at.is_(None)).values(used_at=at)


def word_hash(seals: Seals, word: str) -> bytes:
    """A word is typed as any code: in small letters or capitals, with or without a gap."""
    return seals.vault.lookup("invite-word", "".join(char for char in word.upper() if char in LETTERS))


def _origin(row: Any) -> Origin:
    def member(id: int | None) -> StaffId | None:
        return None if id is None else StaffId(id)

    return Origin(StaffId(row.staff_id), How(row.how), member(row.by_id), row.at, member(row.signed_by), row.founding)
