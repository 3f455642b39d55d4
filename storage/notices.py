"""Who is told by telephone: an address like any other, "person:number", behind which nobody who writes is found."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.actor import TELEPHONE, Channel
from casework.ids import AddressId, PersonId
from casework.notices import Chosen
from casework.values import Phone
from storage.addresses import addresses
from storage.people import StoredPeople
from storage.sealing import Seals


class StoredNotices:
    """How notices are kept: `casework.notices.Notices`. An address that is not active waits to be confirmed."""

    def __init__(
        self,
        connection: AsyncConnection,
        seals: Seals,
        now: datetime,
        people: StoredPeople,
        offered: Sequence[Channel],
    ) -> None:
        self._connection, self._seals, self._now, self._people = connection, seals, now, people
        self.offered = offered

    async def of(self, person: PersonId) -> Chosen | None:
        row = (await self._connection.execute(self._kept(person))).first()
        return Chosen(Channel(row.channel), row.active) if row else None

    async def choose(self, person: PersonId, how: Channel, phone: Phone) -> bool:
        wanted = self._hash(person, how, phone)
        at_the_number = {self._hash(person, channel, phone) for channel in TELEPHONE}
        rows = (await self._connection.execute(self._kept(person))).all()
        confirmed = any(row.active for row in rows if row.hash in at_the_number)
        if wanted not in {row.hash for row in rows}:
            await self._people.join_address(person, how, f"{person}:{phone}", wanted)
        await self._connection.execute(
            update(addresses).where(addresses.c.hash == wanted).values(active=confirmed, seen_at=self._now)
        )
        for row in rows:
            if row.hash != wanted:
                await self._people.leave(AddressId(row.id))
        return confirmed

    async def end(self, person: PersonId) -> None:
        for row in (await self._connection.execute(self._kept(person))).all():
            await self._people.leave(AddressId(row.id))

    async def confirm(self, person: PersonId, phone: Phone) -> None:
        at_the_number = [self._hash(person, channel, phone) for channel in TELEPHONE]
        await self._connection.execute(update(addresses).where(addresses.c.hash.in_(at_the_number)).values(active=True))

    def _kept(self, person: PersonId) -> Select[Any]:
        return (
            select(addresses.c.id, addresses.c.channel, addresses.c.hash, addresses.c.active)
            .where(
                addresses.c.person_id == person,
                addresses.c.channel.in_(TELEPHONE),
                or_(addresses.c.expires_at.is_(None), addresses.c.expires_at > self._now),
            )
            .order_by(addresses.c.seen_at.desc())
        )

    def _hash(self, person: PersonId, channel: Channel, phone: Phone) -> bytes:
        """Two who share a telephone stay two: the hash is of person and number."""
        return self._seals.vault.lookup(f"address/{channel}", f"{person}:{phone}")
