"""What came in and could not be handled: kept sealed, for whoever mends the program, and to be heard again then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Boolean, Column, Table, Text, and_, delete, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.actor import Channel
from casework.ids import PersonId
from storage.effects import Effects
from storage.ids import Ids
from storage.keyring import KeyOf
from storage.schema import Holder, bound, key, metadata, moment, ref, sealed
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
    sealed("asked", "quarantine.asked", Holder.PERSON),
    Column("replayable", Boolean, nullable=False, server_default="false"),
    moment("replayed_at"),
    bound("quarantine", "person_id"),
)
"""`why` is an error's type, `script` the conversation that was under way: no data. `asked` is the question that the
message may have answered. `raw` can be heard again where it is `replayable`; else it is only to be read: what no
library could parse, and what was kept before there was this column."""


_WAITS = and_(quarantine.c.replayable, quarantine.c.replayed_at.is_(None))


@dataclass(frozen=True, slots=True)
class SetAside:
    """A message that waits to be looked at; what it says stays sealed."""

    id: int
    at: datetime
    channel: Channel
    why: str
    script: str | None
    replayable: bool = False
    replayed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Replayable:
    """One that waits to be heard again: whose it is, what it says, and to which question of which script."""

    person: PersonId
    raw: str
    script: str | None
    asked: str | None


class StoredQuarantine:
    """Messages that could not be handled, under their writer's key where that is known: erased with the person."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime, effects: Effects) -> None:
        self._effects = effects
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now

    async def add(
        self,
        channel: Channel,
        raw: str,
        why: str,
        *,
        person: PersonId | None,
        script: str | None,
        asked: str | None = None,
        replayable: bool = False,
    ) -> None:
        id = await self._ids.take(self._connection)
        own = await self._seals.new_key(KeyOf.QUARANTINE) if person is None else None
        blob = await self._seals.seal(quarantine.c.raw, id, raw, holder=person, key=own)
        question = await self._seals.seal(quarantine.c.asked, id, asked, holder=person) if asked and person else None
        await self._connection.execute(
            quarantine.insert().values(
                id=id,
                person_id=person,
                channel=channel,
                at=self._now,
                why=why,
                script=script,
                raw=blob,
                asked=question,
                replayable=replayable,
            )
        )

    async def all(self) -> Sequence[SetAside]:
        """All that is there, oldest first."""
        found = await self._connection.execute(select(quarantine).order_by(quarantine.c.at, quarantine.c.id))
        return [
            SetAside(row.id, row.at, Channel(row.channel), row.why, row.script, row.replayable, row.replayed_at)
            for row in found
        ]

    async def due(self, id: int) -> Sequence[int]:
        """What its writer is to be heard on again up to this one, oldest first: each only after those before it."""
        one = select(quarantine.c.person_id, quarantine.c.at).where(quarantine.c.id == id).subquery()
        found = await self._connection.scalars(
            select(quarantine.c.id)
            .join(one, one.c.person_id == quarantine.c.person_id)
            .where(_WAITS, tuple_(quarantine.c.at, quarantine.c.id) <= tuple_(one.c.at, id))
            .order_by(quarantine.c.at, quarantine.c.id)
        )
        return list(found)

    async def replayable(self, id: int) -> Replayable | None:
        """What it says, for the desk; None if it is not there, cannot be heard again or has been."""
        found = await self._connection.execute(select(quarantine).where(quarantine.c.id == id, _WAITS))
        row = found.one_or_none()
        if row is None:
            return None
        raw = await self._seals.unseal(quarantine.c.raw, id, row.raw)
        asked = await self._seals.unseal(quarantine.c.asked, id, row.asked) if row.asked else None
        return Replayable(PersonId(row.person_id), raw, row.script, asked)

    async def replayed(self, id: int) -> bool:
        """It is heard now, in this transaction; False if another has heard it."""
        done = await self._connection.execute(
            update(quarantine).where(quarantine.c.id == id, _WAITS).values(replayed_at=self._now)
        )
        return bool(done.rowcount)

    async def open(self, id: int) -> tuple[str, PersonId | None] | None:
        """What came, as it came, and who wrote it; None if there is none of this id."""
        found = await self._connection.execute(
            select(quarantine.c.raw, quarantine.c.person_id).where(quarantine.c.id == id)
        )
        row = found.one_or_none()
        if row is None:
            return None
        return await self._seals.unseal(quarantine.c.raw, id, row.raw), row.person_id

    async def forget_old(self) -> None:
        gone = await self._connection.execute(
            delete(quarantine)
            .where(quarantine.c.at < self._now - KEPT_FOR)
            .returning(quarantine.c.raw, quarantine.c.person_id)
        )
        self._effects.left |= {key_of(row.raw) for row in gone if row.person_id is None}
