"""What the name index must read again after a commit."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Table, Text, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import metadata

changes = Table(
    "changes",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("transaction", BigInteger, nullable=False, index=True),
    Column("matched", Boolean, nullable=False, server_default="false"),
    Index("ix_changes_unmatched", "id", postgresql_where=text("kind = 'report' AND NOT matched")),
)
"""What the index must read again: a report or a person, by id, and the transaction that changed it last."""

_CHANGED = text(
    """
    INSERT INTO changes (id, kind, transaction, matched)
    VALUES (:id, :kind, pg_current_xact_id()::text::bigint, false)
    ON CONFLICT (id) DO UPDATE SET transaction = excluded.transaction, matched = false
    """
)


async def changed(connection: AsyncConnection, kind: str, id: int) -> None:
    """A report's claim or a person's profile was written or erased: the index reads it again after the commit."""
    await connection.execute(_CHANGED, {"id": id, "kind": kind})
