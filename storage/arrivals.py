"""What has come in: repeats are recognised."""

from datetime import datetime, timedelta

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Table, Text, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.actor import Channel
from casework.ids import AddressId
from storage.schema import metadata, moment
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
    Column("address_id", BigInteger, index=True),
    Column("place", BigInteger),
)
"""`message` is a keyed hash: a platform's message ids can hold a person's. `number` is the message's place in the
person's thread, for the page: a repeat is answered with the same. `place` is its id in the chat of `address_id`, by
which it can be deleted there."""


class StoredArrivals:
    def __init__(self, connection: AsyncConnection, seals: Seals, now: datetime) -> None:
        self._connection, self._seals, self._now = connection, seals, now

    async def is_new(self, channel: Channel, message: str) -> bool:
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

    async def placed(self, channel: Channel, message: str, address: AddressId, place: int) -> None:
        """Note where a message stands in a messenger's chat."""
        hash = self._seals.vault.lookup(f"message/{channel}", message)
        await self._connection.execute(
            update(arrivals)
            .where(arrivals.c.channel == channel, arrivals.c.message == hash)
            .values(address_id=address, place=place)
        )

    async def number_of(self, channel: Channel, message: str) -> int | None:
        """Where in the person's thread a message of before stands."""
        hash = self._seals.vault.lookup(f"message/{channel}", message)
        found: int | None = await self._connection.scalar(
            select(arrivals.c.number).where(arrivals.c.channel == channel, arrivals.c.message == hash)
        )
        return found

    async def forget_old(self) -> None:
        await self._connection.execute(delete(arrivals).where(arrivals.c.at < self._now - KEPT_FOR))
