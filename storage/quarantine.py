"""What came in and could not be handled: kept sealed, for whoever mends the program."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, Table, Text, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.actor import Channel
from casework.ids import PersonId
from storage.effects import Effects
from storage.ids import Ids
from storage.keyring import KeyOf
from storage.schema import Holder, key, metadata, moment, ref, sealed
from storage.sealing import Seals, key_of

KEPT_FOR = timedelta(days=90)
"""Time to mend the program; what was written is told to staff at once, by the call task's note."""

quarantine = Table(
    "quarantine",
    metadata,
    key(),
    ref("person_id", "people", null=True, cascade=True),
    Column("channel", Text, nullable=False),
    moment("at", null=False),
    Column("why", Text, nullable=False),
    Column("script", Text),
    sealed("raw", "quarantine.raw", Holder.PERSON, null=False),
)
"""`why` is an error's type, `script` the conversation that was under way: no data."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A message that waits to be looked at; what it says stays sealed."""

    id: int
    at: datetime
    channel: Channel
    why: str
    script: str | None


class StoredQuarantine:
    """Messages that could not be handled, under their writer's key where that is known: erased with the person."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime, effects: Effects) -> None:
        self._effects = effects
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now

    async def add(self, channel: Channel, raw: str, why: str, *, person: PersonId | None, script: str | None) -> None:
        id = await self._ids.take(self._connection)
        own = await self._seals.new_key(KeyOf.QUARANTINE) if person is None else None
        blob = await self._seals.seal(quarantine.c.raw, id, raw, holder=person, key=own)
        await self._connection.execute(
            quarantine.insert().values(
                id=id, person_id=person, channel=channel, at=self._now, why=why, script=script, raw=blob
            )
        )

    async def all(self) -> Sequence[SetAside]:
        """All that is there, oldest first."""
        found = await self._connection.execute(select(quarantine).order_by(quarantine.c.at))
        return [SetAside(row.id, row.at, Channel(row.channel), row.why, row.script) for row in found]

    async def open(self, id: int) -> str | None:
        """What came, as it came; None if there is none of this id."""
        blob = await self._connection.scalar(select(quarantine.c.raw).where(quarantine.c.id == id))
        return None if blob is None else str(await self._seals.unseal(quarantine.c.raw, id, blob))

    async def forget_old(self) -> None:
        gone = await self._connection.execute(
            delete(quarantine)
            .where(quarantine.c.at < self._now - KEPT_FOR)
            .returning(quarantine.c.raw, quarantine.c.person_id)
        )
        self._effects.left |= {key_of(row.raw) for row in gone if row.person_id is None}
