"""Keys that seal nothing: their transaction was undone after the keyring had them, or the draft they were made for is
gone. They are deleted a day later, when no transaction of that time can be under way; those that have a successor,
when the copies from before it are over (`storage/rekeying.py`)."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Table, bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.files import chunks
from storage.keyring import OUTLIVES, Keyring
from storage.schema import AS_THEY_ARE, metadata, sealed_by

REST: Final = timedelta(days=1)
MANY: Final = 5000

_UNNAMED = text(
    """
    SELECT id FROM unnest(CAST(:ids AS bigint[])) AS made (id)
    WHERE NOT EXISTS (SELECT FROM people WHERE key_id = made.id)
      AND NOT EXISTS (SELECT FROM reports WHERE key_id = made.id)
      AND NOT EXISTS (SELECT FROM cases WHERE key_id = made.id)
      AND NOT EXISTS (SELECT FROM owned_keys WHERE key_id = made.id)
      AND NOT EXISTS (SELECT FROM erased_keys WHERE key_id = made.id)
    """
).bindparams(bindparam("ids", type_=ARRAY(BigInteger)))


async def sweep(connection: AsyncConnection, keyring: Keyring, now: datetime) -> int:
    """Delete from the keyring the keys that nothing here names or is sealed under. Returns how many."""
    swept, after = 0, 0
    while ids := await keyring.made_before(now - REST, after, MANY, renewed_before=now - OUTLIVES):
        after = ids[-1]
        idle = set((await connection.execute(_UNNAMED, {"ids": list(ids)})).scalars())
        if idle:
            idle -= await _sealing(connection, idle)
            await keyring.erase(idle, now, noted=False)
            swept += len(idle)
    return swept


async def _sealing(connection: AsyncConnection, ids: Collection[int]) -> set[int]:
    """Those keys under which some value is sealed."""
    names, found = [id.to_bytes(8, "big") for id in ids], set[int]()
    for table in metadata.tables.values():
        for column in sealed_columns(table):
            named = sealed_by(column)
            query = select(named).where(named.in_(names)).distinct().execution_options(**AS_THEY_ARE)
            found |= {int.from_bytes(name, "big") for name in await connection.scalars(query)}
    return found


def bound_to(table: Table, row: Mapping[Any, Any]) -> tuple[int, str]:
    """The id, and the part beside it, to which a row's sealed values are bound."""
    id = row["id"] if "id" in table.columns else next(iter(row.values()))
    return int(id), f".{row['file_id']}.{row['number']}" if table is chunks else ""


def sealed_columns(table: Table) -> list[Column[bytes]]:
    """The columns of a table that are sealed."""
    return [column for column in table.columns if "seal" in column.info]
