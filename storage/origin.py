"""Where data belong: to which server and which keyring. Data that came back from a copy do not know who was erased
since: they are refused until the ledger of the keyring was replayed on them."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Boolean, CheckConstraint, Column, Table, Text, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.keyring import Keyring
from storage.schema import BLOCK, ids, metadata
from storage.sealing import erased_keys

origin = Table(
    "origin",
    metadata,
    Column("single", Boolean, primary_key=True, server_default="true"),
    Column("cluster", Text, nullable=False),
    Column("keyring", Text, nullable=False),
    CheckConstraint("single", name="single"),
)
"""One row. `cluster` is the server's own number and that of the database on it: no copy that is restored elsewhere has
the same. `keyring` is the keyring's name."""

UNKNOWN: Final = "?"


class Misplaced(Exception):  # noqa: N818
    """These data belong elsewhere; the message says what to do."""


async def cluster_of(connection: AsyncConnection) -> str:
    """The name of the database that one is connected to: of its server and of the database on it."""
    oid = await connection.scalar(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
    try:
        async with connection.begin_nested():
            server = await connection.scalar(text("SELECT system_identifier FROM pg_control_system()"))
    except DBAPIError:  # a provider that does not let us ask
        server = UNKNOWN
    return f"{server}/{oid}"


async def belong(connection: AsyncConnection, keyring: Keyring) -> None:
    """See that these data belong here; the first time, they do from then on. Raises `Misplaced`."""
    here = await cluster_of(connection)
    name = await keyring.name()
    row = (await connection.execute(select(origin))).one_or_none()
    if row is None:
        await settle(connection, keyring)
    elif row.keyring != name:
        raise Misplaced(
            "These data belong to another keyring: put that one in its place (KEYRING_URL, or its copy by"
            " `python -m bot restore`)."
        )
    elif row.cluster != here:
        raise Misplaced(
            "These data came from another server, as a copy: whoever was erased since would come back. Put the newest"
            " keyring in its place, then run `python -m bot restore --replay`."
        )


async def settle(connection: AsyncConnection, keyring: Keyring) -> None:
    """From now on these data belong here."""
    values = {"cluster": await cluster_of(connection), "keyring": await keyring.name()}
    await connection.execute(
        insert(origin).values(single=True, **values).on_conflict_do_update(index_elements=["single"], set_=values)
    )


async def not_replayed(connection: AsyncConnection, keyring: Keyring) -> Sequence[int]:
    """Keys of the ledger of whose erasure these data know nothing."""
    known = set(await connection.scalars(select(erased_keys.c.key_id)))
    return [id for id in await keyring.erased() if id not in known]


async def pass_over(connection: AsyncConnection, keyring: Keyring) -> None:
    """Data that went back in time would give ids anew that the keyring has keys for."""
    last = await keyring.last_id()
    if last >= int(await connection.scalar(text("SELECT last_value FROM ids")) or 0) + BLOCK:
        await connection.execute(select(func.setval(ids.name, last)))
