"""Addresses: the chats, Viber ids and browsers of persons, and which of them a push takes."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from os import urandom

from sqlalchemy import Boolean, Column, Index, LargeBinary, Table, Text, and_, case, not_, or_, select, text, update
from sqlalchemy.dialects.postgresql import UUID

from casework.actor import TELEPHONE, Channel
from casework.addresses import SILENCE, Address
from casework.ids import AddressId, PersonId
from storage.binding import BoundConnection
from storage.effects import Effects
from storage.schema import Holder, bound, key, metadata, moment, ref, sealed

addresses = Table(
    "addresses",
    metadata,
    key(),
    ref("person_id", "people", cascade=True),
    Column("channel", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False, unique=True),
    sealed("address", "addresses.address", Holder.PERSON, null=False),
    Column("active", Boolean, nullable=False, server_default="true"),
    Column("chosen", Boolean, nullable=False, server_default="false"),
    moment("made_at", null=False),
    moment("seen_at", null=False),
    moment("session_until"),
    moment("expires_at"),
    Column("lease", UUID(as_uuid=True)),
    moment("leased_at"),
    moment("leased_until"),
    moment("retry_at"),
    moment("factor_at"),
    bound("addresses", "person_id", "channel", "hash", "factor_at"),
    Index("ix_addresses_retry", "channel", "retry_at", postgresql_where=text("retry_at IS NOT NULL")),
)
"""`hash` is the keyed hash of channel and address; `chosen`: the person wants messages here; `lease`… are the
courier's: one sends to an address at a time. Until `session_until` an answer costs nothing on a channel that charges
for what we begin ourselves. `factor_at` is when a member of staff last gave the second factor in this browser."""


_LATER = case(
    {Channel.SMS: 1, Channel.VOICE: 2, Channel.WEB: 3, Channel.TERMINAL: 4}, value=addresses.c.channel, else_=0
)
"""Messengers first; then what says that something waits on the page; then the page, where nobody is told."""


class StoredAddresses:
    """What `casework.people.People` says of addresses."""

    _connection: BoundConnection
    _now: datetime
    _without: Sequence[Channel]
    _effects: Effects

    async def leave(self, address: AddressId, last: int | None = None) -> None:
        """The address no longer belongs to the person: nobody is found behind it, and nothing goes there. Only the
        `last` reply does, by which they see that they have left. A page's replies stand in the person's thread, which
        the browser that was left shows no more."""
        await self.unbind(address)
        await self._connection.execute(
            text(
                "UPDATE letters SET state = 'dropped' WHERE address_id = :address AND state = 'waiting'"
                " AND kind = 'reply' AND channel <> 'web' AND id <> :last"
            ),
            {"address": address, "last": last or 0},
        )
        found = await self._connection.execute(
            select(addresses.c.person_id, addresses.c.channel).where(addresses.c.id == address)
        )
        row = found.one_or_none()
        other = await self.reachable(PersonId(row.person_id)) if row is not None else None
        moved = await self._connection.execute(
            text(
                "UPDATE letters SET address_id = :to, channel = :channel, state = :state, for_session = false"
                " WHERE address_id = :address AND state = 'waiting' AND kind = 'push' RETURNING id"
            ),
            {
                "address": address,
                "to": other[0] if other else None,
                "channel": other[1] if other else None,
                "state": "waiting" if other else "set-aside",
            },
        )
        if row is not None:
            self.note_unheard(moved.scalars(), other, Channel(row.channel))

    def note_unheard(self, letters: Iterable[int], to: tuple[AddressId, Channel] | None, was: Channel) -> None:
        """Remember which letters go another way than `was`, and which of them wake nobody any more, now that they go to
        the page or nowhere: see `StoredWork`."""
        letters = tuple(letters)
        self._effects.failed.update(dict.fromkeys(letters, was))
        if to is None or was.calls_out > to[1].calls_out:
            self._effects.unheard.update(letters)

    async def unbind(self, address: AddressId) -> None:
        """Nobody is found behind the address any more; its row is tidied later."""
        await self._connection.execute(
            update(addresses).where(addresses.c.id == address).values(hash=urandom(32), expires_at=self._now)
        )

    async def reachable(
        self, person: PersonId, rather: AddressId | None = None, but: Collection[Channel] = ()
    ) -> tuple[AddressId, Channel] | None:
        found = await self._connection.execute(
            select(addresses.c.id, addresses.c.channel)
            .where(
                addresses.c.person_id == person,
                addresses.c.channel.not_in([*self._without, *but]),
                addresses.c.active,
                or_(addresses.c.expires_at.is_(None), addresses.c.expires_at > self._now),
            )
            .order_by(
                addresses.c.id != (rather or 0),
                addresses.c.chosen.desc(),
                _LATER,
                addresses.c.seen_at.desc(),
            )
            .limit(1)
        )
        row = found.one_or_none()
        return (AddressId(row.id), Channel(row.channel)) if row else None

    async def on_page(self, person: PersonId) -> AddressId | None:
        """A browser in which the person is signed in now, the one seen last."""
        found = await self._connection.scalar(
            select(addresses.c.id)
            .where(
                addresses.c.person_id == person,
                addresses.c.channel == Channel.WEB,
                addresses.c.active,
                or_(addresses.c.expires_at.is_(None), addresses.c.expires_at > self._now),
            )
            .order_by(addresses.c.seen_at.desc())
            .limit(1)
        )
        return AddressId(found) if found is not None else None

    async def chats(self, person: PersonId) -> Sequence[AddressId]:
        """The person's chats on messengers that take something."""
        found = await self._connection.execute(
            select(addresses.c.id).where(
                addresses.c.person_id == person,
                addresses.c.channel.not_in((Channel.WEB, *TELEPHONE)),
                addresses.c.active,
            )
        )
        return [AddressId(id) for id in found.scalars()]

    async def addresses(self, person: PersonId, *, here: AddressId | None = None) -> Sequence[Address]:
        found = await self._connection.execute(
            select(addresses)
            .where(
                addresses.c.person_id == person,
                addresses.c.channel.not_in(TELEPHONE),
                or_(addresses.c.expires_at.is_(None), addresses.c.expires_at > self._now),
            )
            .order_by(addresses.c.seen_at.desc())
        )
        return [
            Address(AddressId(row.id), Channel(row.channel), row.seen_at, here=row.id == here, chosen=row.chosen)
            for row in found
        ]

    async def choose(self, person: PersonId, address: AddressId | None) -> None:
        await self._connection.execute(
            update(addresses).where(addresses.c.person_id == person).values(chosen=addresses.c.id == (address or 0))
        )

    async def blocked(self, address: AddressId, at: datetime) -> bool:
        """The address took nothing any more at a moment. False, and nothing is changed, where the person was there
        later: a platform may tell of a block when it is over, and where it is not, it will refuse the next letter."""
        over = and_(addresses.c.seen_at > at, addresses.c.seen_at <= self._now)  # later than now: our clock was wrong
        done = await self._connection.execute(
            update(addresses).where(addresses.c.id == address, not_(over)).values(active=False)
        )
        return bool(done.rowcount)

    async def unblocked(self, address: AddressId) -> None:
        """The person lets us write again. Where they were silent for long, only when it is known whose it is now."""
        await self._connection.execute(
            update(addresses)
            .where(addresses.c.id == address, addresses.c.seen_at > self._now - SILENCE)
            .values(active=True, seen_at=self._now)
        )
