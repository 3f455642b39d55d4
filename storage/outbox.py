"""The outbox: letters on their way. They go if, and only if, the transaction that wrote them commits.

A courier leases addresses, not letters, so order is kept for each address; a lease has a token that completion must
present, so a courier that was thought dead cannot finish what another has taken over. `position` is drawn from a
sequence under the person's row lock: it orders the letters of one person.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Identity,
    Index,
    Table,
    Text,
    bindparam,
    func,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.actor import Channel, Role
from casework.ids import AddressId, PersonId
from casework.letters import Fate, Kind, Letter, Purpose, Screen
from casework.pushes import Push
from storage.addresses import addresses
from storage.arrivals import arrivals
from storage.ids import Ids
from storage.people import StoredPeople, people
from storage.schema import key, metadata, moment, ref, sealed
from storage.sealing import Seals
from storage.staff import staff

DELETABLE = timedelta(hours=48)
"""Telegram lets a bot delete what is younger, whoever wrote it; the other messengers let it delete nothing."""

letters = Table(
    "letters",
    metadata,
    key(),
    Column("position", BigInteger, Identity(), nullable=False),
    ref("person_id", "people", cascade=True),
    Column("address_id", BigInteger),
    Column("channel", Text),
    Column("kind", Text, nullable=False),
    Column("purpose", Text, nullable=False, server_default="reply"),
    Column("reads", Text),
    moment("due_at", null=False),
    Column("for_session", Boolean, nullable=False, server_default="false"),
    Column("given_up", ARRAY(Text), nullable=False, server_default="{}"),
    moment("tried_at"),
    Column("state", Text, nullable=False, server_default="waiting"),
    moment("sent_at"),
    Column("receipt", Text),
    Column("gathers", Boolean, nullable=False, server_default="false"),
    sealed("screen", null=False),
    Index("ix_letters_waiting", "channel", "address_id", "position", postgresql_where=text("state = 'waiting'")),
    Index("ix_letters_receipt", "receipt", postgresql_where=text("channel = 'viber' AND state = 'sent'")),
)
"""`receipt` holds the platform's ids of the messages that a letter became, in their order, with spaces between; only
Viber may say later that it could not deliver one. `for_session` waits until the person writes; `tried_at` is when a
platform first had no ear for it; `gathers` is the answer to an album, which waits for the rest of it; `given_up` are
the channels on which it is not tried any more."""


class State(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    SET_ASIDE = "set-aside"  # out of tries or out of addresses: a human calls instead
    RETURNED = "returned"  # the platform took it and could not deliver it: another letter tells it instead
    DROPPED = "dropped"  # the person may no longer read it, or it came too late to mean anything


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter that is due."""

    id: int
    screen: Screen
    kind: Kind
    purpose: Purpose
    reads: str | None
    tried_at: datetime | None
    moved: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """An address leased to a courier, with the letters that are due there, in their order. `staff` is true also of
    somebody who was of the staff once; they have no `role` any more."""

    lease: UUID
    address_id: AddressId
    address: str
    person: PersonId
    language: str
    staff: bool
    session_until: datetime | None
    role: Role | None
    letters: tuple[Waiting, ...]


_READY = """
    letters.state = 'waiting'
    AND NOT (letters.purpose = 'routine' AND coalesce(people.paused_until > :now, false))
    AND NOT (letters.for_session AND coalesce(addresses.session_until <= :now, true))
"""
"""What goes as soon as it is due: a pause, or a session to wait for, holds back single letters and none behind them."""

_CLAIM = text(
    f"""
    WITH due AS (
        SELECT letters.address_id, min(letters.position) AS first
        FROM letters JOIN people ON people.id = letters.person_id JOIN addresses ON addresses.id = letters.address_id
        WHERE letters.channel = :channel AND letters.due_at <= :now AND {_READY}
        GROUP BY letters.address_id HAVING max(letters.kind) >= :kind
    ), free AS (
        SELECT a.id FROM addresses a JOIN due ON due.address_id = a.id
        WHERE (a.leased_until IS NULL OR a.leased_until < :now) AND (a.retry_at IS NULL OR a.retry_at <= :now)
            AND a.id <> ALL(:busy)
        ORDER BY a.retry_at NULLS FIRST, due.first LIMIT :many FOR UPDATE OF a SKIP LOCKED
    )
    UPDATE addresses SET lease = :lease, leased_until = :until FROM free WHERE addresses.id = free.id
    RETURNING addresses.id
    """  # noqa: S608  our own words; 'unsay' > 'reply' > 'push'
).bindparams(bindparam("lease", type_=addresses.c.lease.type), bindparam("busy", type_=ARRAY(BigInteger)))


class Outbox:
    """Letters of one transaction: written by the rules, claimed and completed by couriers."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime, kept: StoredPeople) -> None:
        self._connection, self._seals, self._ids, self._now, self._people = connection, seals, ids, now, kept
        self.woken: set[str] = set()

    async def add(self, letter: Letter, to: tuple[AddressId, Channel] | None = None) -> int:
        """Put a letter in; without an address it takes the person's usual one. Returns the letter's id."""
        id = await self._ids.take(self._connection)
        to = to or await self._people.reachable(letter.to, letter.at)
        data_key = await self._seals.person_key(letter.to)
        blob = await self._seals.seal(data_key, "letters.screen", id, letter.screen, Screen)
        await self._connection.execute(
            letters.insert().values(
                id=id,
                person_id=letter.to,
                address_id=to[0] if to else None,
                channel=to[1] if to else None,
                kind=letter.kind,
                purpose=letter.purpose,
                reads=letter.reads,
                due_at=letter.due or self._now,
                gathers=letter.kind is Kind.REPLY and letter.due is not None,
                state=State.WAITING if to else State.SET_ASIDE,
                screen=blob,
            )
        )
        if to:
            self.woken.add(to[1])
        return id

    async def take_back(self, address: AddressId) -> dict[int, Screen]:
        """Drop the replies to this address that were to wait for the rest of an album; what they would have shown."""
        dropped = await self._connection.execute(
            update(letters)
            .where(
                letters.c.address_id == address,
                letters.c.state == State.WAITING,
                letters.c.gathers,
            )
            .values(state=State.DROPPED)
            .returning(letters.c.id, letters.c.screen)
        )
        return {row.id: await self._seals.unseal("letters.screen", row.id, row.screen, Screen) for row in dropped}

    async def before(self, letter: int, other: int) -> bool | None:
        """Was one letter of a person written before another? None where they are not both of the same person."""
        found = await self._connection.execute(select(letters).where(letters.c.id.in_((letter, other))))
        rows = {row.id: row for row in found}
        if letter not in rows or other not in rows or rows[letter].person_id != rows[other].person_id:
            return None
        return bool(rows[letter].position < rows[other].position)

    async def sent_as(self, channel: Channel, receipt: str) -> int | None:
        """The letter that a platform has taken under this id of its own."""
        found: int | None = await self._connection.scalar(
            select(letters.c.id).where(
                letters.c.channel == channel, letters.c.state == State.SENT, letters.c.receipt == receipt
            )
        )
        return found

    async def returned(self, letter: int) -> PersonId | None:
        """The platform could not deliver what it had taken: it is told there once more, as plainly as can be, and then
        on the person's next channel. Returns who has none, to be called."""
        done = await self._connection.execute(
            update(letters)
            .where(letters.c.id == letter, letters.c.state == State.SENT)
            .values(state=State.RETURNED)
            .returning(letters)
        )
        row = done.one_or_none()
        if row is None:
            return None
        screen = await self._seals.unseal("letters.screen", row.id, row.screen, Screen)
        person, address = PersonId(row.person_id), AddressId(row.address_id)
        if screen.plain:
            await self._people.set_active(address, False)
        again = replace(screen, plain=not screen.plain)
        purpose = Purpose(row.purpose)
        await self.add(Letter(person, again, Kind(row.kind), reads=row.reads, at=address, purpose=purpose))
        return None if await self._people.reachable(person) else person

    async def fate(self, letter: int) -> Fate:
        """What has become of it. The page shows a letter and marks it in one commit, so there none is ever leaving."""
        leased = func.coalesce(addresses.c.leased_until > self._now, False)
        found = await self._connection.execute(
            select(letters, leased.label("leased"))
            .outerjoin(addresses, addresses.c.id == letters.c.address_id)
            .where(letters.c.id == letter)
        )
        row = found.one_or_none()
        if row is None:
            return Fate(None, None, None, lost=True)
        return Fate(
            AddressId(row.address_id) if row.address_id else None,
            row.sent_at,
            row.receipt.rpartition(" ")[2] if row.receipt else None,
            leaving=row.state == State.WAITING and row.leased and row.channel != Channel.WEB,
            lost=row.state in (State.SET_ASIDE, State.RETURNED, State.DROPPED),
        )

    async def claim(
        self,
        channel: Channel,
        many: int,
        lease_for: timedelta,
        *,
        replies_only: bool = False,
        but: Collection[AddressId] = (),
    ) -> Sequence[Claim]:
        """Lease up to `many` addresses that have letters due: all, or only those to whom a reply is due. `but` are
        those that the courier is still serving, however long that takes."""
        lease = uuid4()
        taken = await self._connection.execute(
            _CLAIM,
            {
                "channel": channel,
                "kind": Kind.REPLY if replies_only else Kind.PUSH,
                "now": self._now,
                "many": many,
                "lease": lease,
                "until": self._now + lease_for,
                "busy": list(but),
            },
        )
        found = list(taken.scalars())
        return [await self._claimed(lease, id) for id in found]

    async def _claimed(self, lease: UUID, address: int) -> Claim:
        row = (
            await self._connection.execute(
                select(addresses, people.c.language, staff.c.role, staff.c.active.label("serves"))
                .join(people, people.c.id == addresses.c.person_id)
                .outerjoin(staff, staff.c.person_id == people.c.id)
                .where(addresses.c.id == address)
            )
        ).one()
        due = (
            await self._connection.execute(
                self._ready(letters)
                .where(letters.c.address_id == address, letters.c.due_at <= self._now)
                .order_by(letters.c.position)
                .limit(20)
            )
        ).all()
        return Claim(
            lease,
            AddressId(address),
            await self._seals.unseal("addresses.address", address, row.address),
            PersonId(row.person_id),
            row.language,
            row.role is not None,
            row.session_until,
            Role(row.role) if row.serves else None,
            tuple([await self._waiting(letter) for letter in due]),
        )

    async def _waiting(self, row: Any) -> Waiting:
        screen = await self._seals.unseal("letters.screen", row.id, row.screen, Screen)
        return Waiting(
            row.id, screen, Kind(row.kind), Purpose(row.purpose), row.reads, row.tried_at, bool(row.given_up)
        )

    def _ready(self, *what: Any) -> Any:
        """What is asked of the letters that nothing holds back."""
        together = letters.join(people, people.c.id == letters.c.person_id).join(
            addresses, addresses.c.id == letters.c.address_id
        )
        return select(*what).select_from(together).where(text(_READY).bindparams(now=self._now))

    async def push(self, letter: int) -> Push | None:
        """A push as it was written, however long ago it was sent."""
        found = await self._connection.execute(
            select(letters).where(letters.c.id == letter, letters.c.kind == Kind.PUSH)
        )
        row = found.one_or_none()
        if row is None:
            return None
        screen = await self._seals.unseal("letters.screen", row.id, row.screen, Screen)
        return Push(PersonId(row.person_id), screen, row.reads)

    async def sent(self, claim: Claim, letter: int, receipt: str) -> bool:
        """The platform has taken it."""
        return await self._end(claim, letter, State.SENT, receipt)

    async def set_aside(self, claim: Claim, letter: int) -> bool:
        return await self._end(claim, letter, State.SET_ASIDE)

    async def drop(self, claim: Claim, letter: int) -> bool:
        return await self._end(claim, letter, State.DROPPED)

    async def shown(self, letter: int) -> None:
        """The page shows it from this commit on: an answer may come before the courier has marked it as sent."""
        await self._connection.execute(
            update(letters).where(letters.c.id == letter, letters.c.sent_at.is_(None)).values(sent_at=self._now)
        )

    async def tried(self, claim: Claim, letter: int) -> None:
        """A platform had no ear for it: from the first time on it is counted how long."""
        await self._change(claim, letter, tried_at=func.coalesce(letters.c.tried_at, self._now))

    async def wait(self, claim: Claim, letter: int, until: datetime) -> bool:
        """It waits for the person's next session there, and at least until then."""
        return await self._change(claim, letter, for_session=True, due_at=until)

    async def elsewhere(self, claim: Claim, letter: int, *, but: Collection[Channel] = ()) -> Channel | None:
        """This letter alone goes on the person's next channel, `but` for some and for those that it was given up on: so
        it never goes round in a circle. None where there is no such: then nothing is changed."""
        found = await self._connection.execute(
            select(letters.c.channel, letters.c.given_up).where(letters.c.id == letter)
        )
        row = found.one()
        given_up = [*row.given_up, row.channel]
        other = await self._people.reachable(claim.person, but={*but, *map(Channel, given_up)})
        if other is None:
            return None
        to, channel = other
        if not await self._change(claim, letter, address_id=to, channel=channel, given_up=given_up, for_session=False):
            return None
        self.woken.add(channel)
        return channel

    async def _end(self, claim: Claim, letter: int, state: State, receipt: str | None = None) -> bool:
        """The letter's end."""
        seen = func.coalesce(letters.c.sent_at, self._now) if state is State.SENT else None
        # Dropped while it was on its way, it was sent all the same: it stands in the chat, and can be taken back.
        before = (State.WAITING, State.DROPPED) if state is State.SENT else (State.WAITING,)
        return await self._change(claim, letter, before, state=state, sent_at=seen, receipt=receipt)

    async def _change(
        self, claim: Claim, letter: int, before: tuple[State, ...] = (State.WAITING,), **values: Any
    ) -> bool:
        """What only the lease's holder may do. False when the lease was lost meanwhile: another courier has it."""
        holds = select(addresses.c.id).where(addresses.c.id == claim.address_id, addresses.c.lease == claim.lease)
        done = await self._connection.execute(
            update(letters).where(letters.c.id == letter, letters.c.state.in_(before), holds.exists()).values(**values)
        )
        return bool(done.rowcount)

    async def release(self, claim: Claim, retry_at: datetime | None = None) -> None:
        """Give the address back; `retry_at` holds back this address alone."""
        await self._connection.execute(
            update(addresses)
            .where(addresses.c.id == claim.address_id, addresses.c.lease == claim.lease)
            .values(lease=None, leased_until=None, retry_at=retry_at)
        )

    async def take_over(self, channel: Channel) -> None:
        """Free what was leased on a channel: whoever held it is dead, and cannot finish it any more."""
        await self._connection.execute(
            update(addresses)
            .where(addresses.c.channel == channel, addresses.c.lease.is_not(None))
            .values(lease=None, leased_until=None)
        )

    async def readdress(self, claim: Claim, *, closed: bool = False) -> int:
        """The address takes nothing any more: what waits there goes the person's other way. Returns how many letters
        have no way left (they are set aside, for a call). `closed`: whoever has it next is somebody else."""
        if closed:
            await self._people.unbind(claim.address_id)
        else:
            await self._people.set_active(claim.address_id, False)
        other = await self._people.reachable(claim.person)
        waiting = letters.c.address_id == claim.address_id, letters.c.state == "waiting"
        if other is not None:
            given_up = func.array_append(letters.c.given_up, letters.c.channel)
            values: dict[str, Any] = {
                "address_id": other[0],
                "channel": other[1],
                "given_up": given_up,
                "for_session": False,
            }
            self.woken.add(other[1])
        else:
            values = {"state": State.SET_ASIDE}
        done = await self._connection.execute(update(letters).where(*waiting).values(**values))
        return 0 if other is not None else done.rowcount

    async def next_due(self, channel: Channel) -> datetime | None:
        """When the earliest letter of the channel that still waits is due or may be tried again."""
        found: datetime | None = await self._connection.scalar(
            self._ready(
                func.min(func.greatest(letters.c.due_at, addresses.c.retry_at, addresses.c.leased_until))
            ).where(letters.c.channel == channel)
        )
        return found

    async def standing(self, claim: Claim) -> Sequence[str]:
        """The platform's ids of what was said by either side in a chat that is nobody's any more and can still be
        deleted there, newest first."""
        left = await self._connection.scalar(
            select(addresses.c.id).where(addresses.c.id == claim.address_id, addresses.c.expires_at <= self._now)
        )
        if left is None:  # in whatever way it came here: what is still somebody's stays
            return ()
        since = self._now - DELETABLE
        ours = await self._connection.scalars(
            select(letters.c.receipt)
            .where(
                letters.c.person_id == claim.person,
                letters.c.address_id == claim.address_id,
                letters.c.state == State.SENT,
                letters.c.sent_at > since,
            )
            .order_by(letters.c.position.desc())
        )
        theirs = await self._connection.scalars(
            select(arrivals.c.place).where(
                arrivals.c.address_id == claim.address_id, arrivals.c.place.is_not(None), arrivals.c.at > since
            )
        )
        said = [id for receipt in ours if receipt for id in reversed(receipt.split())]
        return sorted(dict.fromkeys([*said, *(str(place) for place in theirs)]), key=int, reverse=True)

    async def drop_replies(self, address: AddressId) -> None:
        """Nobody is to read there what answers them."""
        await self._connection.execute(
            update(letters)
            .where(letters.c.address_id == address, letters.c.state == State.WAITING, letters.c.kind == Kind.REPLY)
            .values(state=State.DROPPED)
        )

    async def idle(self, address: AddressId) -> bool:
        """Has everything that is due for this address been sent or shown?"""
        found = await self._connection.scalar(
            self._ready(letters.c.id)
            .where(letters.c.address_id == address, letters.c.due_at <= self._now, letters.c.sent_at.is_(None))
            .limit(1)
        )
        return found is None
