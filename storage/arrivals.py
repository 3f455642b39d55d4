"""What has come in: repeats are recognised, what could not be handled is kept sealed."""

from datetime import datetime, timedelta

from sqlalchemy import Column, Integer, LargeBinary, Table, Text, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.actor import Channel
from storage.ids import Ids
from storage.schema import key, metadata, moment, sealed
from storage.sealing import Seals

KEPT_FOR = timedelta(days=3)
"""Telegram repeats for 24 hours, Viber for one; then a message's id need not be known any more."""

arrivals = Table(
    "arrivals",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("message", LargeBinary, primary_key=True),
    moment("at", null=False),
    Column("number", Integer),
)
"""`message` is a keyed hash: a platform's message ids can hold a person's. `number` is the message's place in the
person's thread, for the page: a repeat is answered with the same."""

quarantine = Table(
    "quarantine",
    metadata,
    key(),
    Column("channel", Text, nullable=False),
    moment("at", null=False),
    Column("why", Text, nullable=False),
    Column("question", Text),
    sealed("raw", null=False),
)


class Arrivals:
    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now

    async def first(self, channel: Channel, message: str) -> bool:
        """Note that a message came; False if it has come before. Two at once: the second waits for the first's end."""
        hash = self._seals.vault.lookup(f"message/{channel}", message)
        done = await self._connection.execute(
            insert(arrivals).values(channel=channel, message=hash, at=self._now).on_conflict_do_nothing()
        )
        return bool(done.rowcount)

    async def numbered(self, channel: Channel, message: str, number: int) -> None:
        """Note where in the person's thread a message stands."""
        hash = self._seals.vault.lookup(f"message/{channel}", message)
        await self._connection.execute(
            update(arrivals).where(arrivals.c.channel == channel, arrivals.c.message == hash).values(number=number)
        )

    async def number_of(self, channel: Channel, message: str) -> int | None:
        """Where in the person's thread a message of before stands."""
        hash = self._seals.vault.lookup(f"message/{channel}", message)
        found: int | None = await self._connection.scalar(
            select(arrivals.c.number).where(arrivals.c.channel == channel, arrivals.c.message == hash)
        )
        return found

    async def set_aside(self, channel: Channel, raw: str, why: str, question: str | None) -> None:
        """Keep what could not be handled, sealed under a key of its own; `why` is the error's type, no data."""
        id = await self._ids.take(self._connection)
        data_key = await self._seals.new_key("quarantine")
        blob = await self._seals.seal(data_key, "quarantine.raw", id, raw)
        await self._connection.execute(
            quarantine.insert().values(id=id, channel=channel, at=self._now, why=why, question=question, raw=blob)
        )

    async def forget_old(self) -> None:
        await self._connection.execute(delete(arrivals).where(arrivals.c.at < self._now - KEPT_FOR))
