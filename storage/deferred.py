"""Messages that came faster than anybody's may be handled: kept, sealed, until their turn comes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Identity, Table, Text, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.actor import Channel
from casework.ids import AddressId, PersonId
from casework.unreadable import NotReadable
from storage.effects import Effects
from storage.ids import Ids
from storage.schema import Holder, bound, key, metadata, moment, ref, sealed
from storage.sealing import Seals

CHATS_AT_ONCE = 100
"""Chats whose next message is looked at in one go."""

deferred = Table(
    "deferred",
    metadata,
    key(),
    ref("person_id", "people", cascade=True),
    Column("address_id", BigInteger, nullable=False, index=True),
    Column("position", BigInteger, Identity(always=True), nullable=False),
    Column("channel", Text, nullable=False),
    moment("came_at", null=False),
    sealed("raw", "deferred.raw", Holder.PERSON, null=False),
    bound("deferred", "person_id", "address_id"),
)
"""`position` grows in the order in which a chat's messages came; the lock on their person keeps it."""


class StoredDeferred:
    """Messages that wait for their turn, each in its chat's order."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime, effects: Effects) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now
        self._effects = effects

    async def add(self, person: PersonId, address: AddressId, channel: Channel, raw: str) -> None:
        self._effects.deferred = True
        id = await self._ids.take(self._connection)
        blob = await self._seals.seal(deferred.c.raw, id, raw, holder=person)
        await self._connection.execute(
            deferred.insert().values(
                id=id, person_id=person, address_id=address, channel=channel, came_at=self._now, raw=blob
            )
        )

    async def next_messages(self) -> Sequence[tuple[int, str | None]]:
        """The message whose turn it is in each chat that waits, the longest waiting chat first: its id, what came. None
        for what does not open."""
        firsts = select(func.min(deferred.c.position)).group_by(deferred.c.address_id)
        rows = (
            await self._connection.execute(
                select(deferred)
                .where(deferred.c.position.in_(firsts))
                .order_by(deferred.c.position)
                .limit(CHATS_AT_ONCE)
            )
        ).all()
        await self._seals.learn(row.raw for row in rows)
        return [(row.id, await self._said(row)) for row in rows]

    async def _said(self, row: Any) -> str | None:
        try:
            said: str = await self._seals.unseal(deferred.c.raw, row.id, row.raw)
        except NotReadable:
            return None
        return said

    async def take(self, id: int) -> bool:
        """It is handled now; False if another process has taken it."""
        done = await self._connection.execute(delete(deferred).where(deferred.c.id == id))
        return bool(done.rowcount)

    async def lose(self, id: int) -> tuple[PersonId, AddressId, Channel] | None:
        """Let go of one that does not open: whose it was, and in which chat; None if another process has."""
        done = await self._connection.execute(
            delete(deferred)
            .where(deferred.c.id == id)
            .returning(deferred.c.person_id, deferred.c.address_id, deferred.c.channel)
        )
        row = done.one_or_none()
        return None if row is None else (PersonId(row.person_id), AddressId(row.address_id), Channel(row.channel))

    async def forget(self, address: AddressId) -> None:
        """Nobody reads any more what a chat sent."""
        await self._connection.execute(delete(deferred).where(deferred.c.address_id == address))
