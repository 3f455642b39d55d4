"""What has come in: repeats are recognised."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    Text,
    bindparam,
    delete,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from casework.actor import Channel
from casework.ids import AddressId
from dialogs.incoming import Incoming
from storage.binding import BoundConnection
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


_NOTE: Final = insert(arrivals).on_conflict_do_nothing()
_PLACE: Final = (
    update(arrivals)
    .where(arrivals.c.channel == bindparam("on_channel"), arrivals.c.message == bindparam("this_message"))
    .values(address_id=bindparam("address"))
)
_BEGIN: Final = text(
    """
    WITH noted AS (
        INSERT INTO arrivals (channel, message, at, address_id, place)
        SELECT :channel, :message, :at, (SELECT id FROM addresses WHERE hash = :hash AND :place IS NOT NULL), :place
        ON CONFLICT DO NOTHING
        RETURNING address_id
    ), locked AS (
        SELECT people.id FROM noted CROSS JOIN addresses JOIN people ON people.id = addresses.person_id
        WHERE addresses.hash = :hash
        FOR NO KEY UPDATE OF people
    )
    SELECT (SELECT count(*) FROM noted) AS noted, (SELECT address_id FROM noted) AS address,
           (SELECT id FROM locked) AS person
    """
).bindparams(
    bindparam("channel", type_=Text),
    bindparam("message", type_=LargeBinary),
    bindparam("at", type_=DateTime(timezone=True)),
    bindparam("hash", type_=LargeBinary),
    bindparam("place", type_=BigInteger),
)
"""Who is repeated waits for the first one's end, and locks nobody. What is decided by is read when the lock is held."""


class StoredArrivals:
    def __init__(self, connection: BoundConnection, seals: Seals, now: datetime) -> None:
        self._connection, self._seals, self._now = connection, seals, now

    async def is_new(self, channel: Channel, message: str) -> bool:
        """Note that a message came; False if it has come before. Two at once: the second waits for the first's end."""
        hash = self._seals.vault.lookup(f"message/{channel}", message)
        done = await self._connection.execute(_NOTE, {"channel": channel, "message": hash, "at": self._now})
        return bool(done.rowcount)

    async def begin(self, incoming: Incoming, hash: bytes) -> tuple[bool, AddressId | None, bool]:
        """As `is_new`; which address the message's place is in; and whether the person behind the address with this
        `hash` is locked until the transaction ends."""
        asked = {
            "channel": incoming.channel,
            "message": self._seals.vault.lookup(f"message/{incoming.channel}", incoming.message),
            "at": self._now,
            "hash": hash,
            "place": incoming.place,
        }
        [row] = await self._connection.run(_BEGIN, asked)
        address = AddressId(row.address) if row.address is not None else None
        return bool(row.noted), address, row.person is not None

    async def numbered(self, channel: Channel, message: str, number: int) -> None:
        """Note where in the person's thread a message stands."""
        hash = self._seals.vault.lookup(f"message/{channel}", message)
        await self._connection.execute(
            update(arrivals).where(arrivals.c.channel == channel, arrivals.c.message == hash).values(number=number)
        )

    async def came_from(self, channel: Channel, message: str, address: AddressId) -> None:
        """Note in which chat a message stands, where that was made for it."""
        hash = self._seals.vault.lookup(f"message/{channel}", message)
        where = {"on_channel": channel, "this_message": hash, "address": address}
        await self._connection.execute(_PLACE, where)

    async def number_of(self, channel: Channel, message: str) -> int | None:
        """Where in the person's thread a message of before stands."""
        hash = self._seals.vault.lookup(f"message/{channel}", message)
        found: int | None = await self._connection.scalar(
            select(arrivals.c.number).where(arrivals.c.channel == channel, arrivals.c.message == hash)
        )
        return found

    async def forget_old(self) -> None:
        await self._connection.execute(delete(arrivals).where(arrivals.c.at < self._now - KEPT_FOR))
