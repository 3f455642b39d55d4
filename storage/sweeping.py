"""Keys that seal nothing: their transaction was undone after the keyring had them, or the draft they were made for is
gone. They are deleted a day later, when no transaction of that time can be under way."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import BigInteger, Column, Table, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.keyring import Keyring
from storage.schema import metadata

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
    while ids := await keyring.made_before(now - REST, after, MANY):
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
            named = func.substring(column, 2, 8)
            query = select(named).where(named.in_(names)).distinct()
            found |= {int.from_bytes(name, "big") for name in await connection.scalars(query)}
    return found


def sealed_columns(table: Table) -> list[Column[bytes]]:
    """The columns of a table that are sealed."""
    return [column for column in table.columns if "seal" in column.info]
