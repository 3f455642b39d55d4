"""Alembic's entry: runs the migrations over asyncpg, one process at a time."""

import asyncio

from alembic import context
from sqlalchemy import Connection, text

from storage.connecting import engine_for
from storage.database import metadata

MIGRATING = 0x5A56_4941
"""The advisory lock that keeps two starting processes from migrating at once ("ZVIA")."""


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, compare_type=True)
    with context.begin_transaction():
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})
        context.run_migrations()


async def _connect(url: str) -> None:
    engine = engine_for(url)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_run)
            await connection.commit()
    finally:
        await engine.dispose()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    asyncio.run(_connect(context.config.attributes["url"]))
