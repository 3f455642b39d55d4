"""Leases: what couriers have in hand of the outbox, and what becomes of it.

A courier leases addresses, not letters, so order is kept for each address; a lease has a token that completion must
present, so a courier that was thought dead cannot finish what another has taken over.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ColumnElement,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.actor import Channel, Role
from casework.ids import AddressId, PersonId
from casework.letters import AWAITED, DueLetter, Leased, LetterKind, Purpose
from casework.unreadable import NotReadable
from storage.addresses import addresses
from storage.arrivals import arrivals
from storage.effects import Effects
from storage.outbox import READY, LetterState, Screens, is_next, letters, ready
from storage.people import StoredPeople, people
from storage.schema import AS_THEY_ARE, among
from storage.sealing import Seals
from storage.staff import staff

BEGUN = case((letters.c.kind == LetterKind.REPLY, LetterKind.PUSH), else_=letters.c.kind)
"""What a letter is that comes elsewhere, or later, than where and when the person waits for an answer."""

FREE: Final = {"lease": None, "leased_at": None, "leased_until": None}
"""An address that nobody serves."""

BEGAN_LATER = timedelta(minutes=1)
"""What is due at once is due since its transaction began. One may have begun after the courier's own and be committed
already: its letter goes too, or a later one would overtake it."""

DELETABLE = timedelta(hours=48)
"""Telegram lets a bot delete what is younger, whoever wrote it; the other messengers let it delete nothing."""


_CLAIM = text(
    f"""
    WITH due AS (
        SELECT letters.address_id, min(letters.position) AS first
        FROM letters JOIN people ON people.id = letters.person_id JOIN addresses ON addresses.id = letters.address_id
        WHERE letters.channel = :channel AND letters.due_at <= :now AND {READY}
            AND (letters.moves_at <= :now OR NOT :late)
        GROUP BY letters.address_id HAVING bool_or(letters.kind = ANY(:kinds))
    ), free AS (
        SELECT a.id, a.leased_at FROM addresses a JOIN due ON due.address_id = a.id
        WHERE (a.leased_until IS NULL OR a.leased_until < :now) AND (a.retry_at IS NULL OR a.retry_at <= :now OR :late)
            AND a.id <> ALL(:busy)
        ORDER BY a.retry_at NULLS FIRST, due.first LIMIT :many FOR UPDATE OF a SKIP LOCKED
    )
    UPDATE addresses SET lease = :lease, leased_at = :now, leased_until = :until FROM free WHERE addresses.id = free.id
    RETURNING addresses.id, free.leased_at AS left_at
    """  # noqa: S608  our own words
).bindparams(
    bindparam("lease", type_=addresses.c.lease.type),
    bindparam("busy", type_=ARRAY(BigInteger)),
    bindparam("kinds", type_=ARRAY(Text)),
    bindparam("late", type_=Boolean),
)


class StoredLeases:
    """The letters that are due, claimed and completed by couriers. `woken` are the channels that have letters anew."""

    def __init__(
        self,
        connection: AsyncConnection,
        seals: Seals,
        now: datetime,
        kept: StoredPeople,
        screens: Screens,
        effects: Effects,
    ) -> None:
        self._connection, self._seals, self._now = connection, seals, now
        self._people, self._screens, self._effects = kept, screens, effects

    async def claim(
        self,
        channel: Channel,
        many: int,
        lease_for: timedelta,
        *,
        replies_only: bool = False,
        late: bool = False,
        but: Collection[AddressId] = (),
    ) -> Sequence[Leased]:
        """Lease up to `many` addresses that have letters due: all, or only those to whom a reply is due, or only those
        where one is to go another way by now. `but` are those that the courier is still serving, however long that
        takes."""
        lease = uuid4()
        taken = await self._connection.execute(
            _CLAIM,
            {
                "channel": channel,
                "kinds": list(AWAITED if replies_only else LetterKind),
                "late": late,
                "now": self._now,
                "many": many,
                "lease": lease,
                "until": self._now + lease_for,
                "busy": list(but),
            },
        )
        found = taken.all()
        for row in found:
            if row.left_at is not None:
                await self._left(addresses.c.id == row.id, literal(row.left_at, addresses.c.leased_at.type))
        claimed = [await self._claimed(lease, row.id) for row in found]
        return [claim for claim in claimed if claim is not None]

    async def _claimed(self, lease: UUID, address: int) -> Leased | None:
        """None for an address that somebody altered: a human calls instead."""
        row = (
            await self._connection.execute(
                select(addresses, people.c.language, staff.c.role, staff.c.active.label("serves"))
                .join(people, people.c.id == addresses.c.person_id)
                .outerjoin(staff, staff.c.person_id == people.c.id)
                .where(addresses.c.id == address)
            )
        ).one_or_none()
        to = None
        if row is not None:
            with suppress(NotReadable):
                to = await self._seals.unseal(addresses.c.address, address, row.address)
        due = (
            await self._connection.execute(
                ready(self._now, letters)
                .where(
                    letters.c.address_id == address,
                    or_(
                        letters.c.due_at <= self._now,
                        and_(letters.c.due_at <= self._now + BEGAN_LATER, ~letters.c.gathers),
                    ),
                )
                .order_by(letters.c.position)
                .limit(20)
            )
        ).all()
        if row is None or to is None:
            await self._set_aside(await self._due_as_they_are(address))
            return None
        if not due and (ids := await self._due_as_they_are(address)):
            good = await self._connection.scalars(select(letters.c.id).where(among(letters.c.id, ids)))
            await self._set_aside(set(ids) - set(good))
        return Leased(
            self._now,
            lease,
            AddressId(address),
            Channel(row.channel),
            to,
            PersonId(row.person_id),
            row.language,
            row.role is not None,
            row.chosen,
            row.session_until,
            Role(row.role) if row.serves else None,
            tuple([opened for letter in due if (opened := await self._waiting(letter)) is not None]),
        )

    async def _set_aside(self, broken: Collection[int]) -> None:
        waiting = among(letters.c.id, broken), letters.c.state == LetterState.WAITING
        await self._connection.execute(update(letters).where(*waiting).values(state=LetterState.SET_ASIDE))
        self._effects.unheard.update(broken)

    async def _due_as_they_are(self, address: int) -> Sequence[int]:
        """Letters that are due there, also those that count for nothing: for them the address would be leased again
        and again."""
        query = ready(self._now, letters.c.id).where(letters.c.address_id == address, letters.c.due_at <= self._now)
        return (await self._connection.scalars(query.execution_options(**AS_THEY_ARE))).all()

    async def _waiting(self, row: Any) -> DueLetter | None:
        """None for a letter that does not open: it holds up no other, and a human calls."""
        try:
            screen = await self._screens.of(row, sure=True)
        except NotReadable:
            await self._set_aside([row.id])
            return None
        return DueLetter(
            row.id,
            screen,
            LetterKind(row.kind),
            Purpose(row.purpose),
            self._screens.reads(row),
            row.tried_at,
            row.moves_at,
            tuple(map(Channel, row.given_up)),
        )

    async def waits(self, claim: Leased, letter: int) -> bool:
        """Does it still wait at this address, and is the address still leased to us? A chat may be left meanwhile."""
        found = await self._connection.scalar(
            select(letters.c.id)
            .join(addresses, addresses.c.id == letters.c.address_id)
            .where(letters.c.id == letter, letters.c.state == LetterState.WAITING)
            .where(addresses.c.id == claim.address_id, addresses.c.lease == claim.lease)
        )
        return found is not None

    async def sent(self, claim: Leased, letter: int, receipt: str) -> bool:
        """The platform has taken it."""
        return await self._end(claim, letter, LetterState.SENT, receipt)

    async def set_aside(self, claim: Leased, letter: int) -> None:
        if await self._end(claim, letter, LetterState.SET_ASIDE):
            self._effects.unheard.add(letter)

    async def drop(self, claim: Leased, letter: int) -> None:
        if await self._end(claim, letter, LetterState.DROPPED):
            self._effects.unheard.add(letter)

    async def tried(self, claim: Leased, letter: int) -> None:
        """A platform had no ear for it: from the first time on it is counted how long."""
        await self._change(claim, letter, tried_at=func.coalesce(letters.c.tried_at, self._now))

    async def perhaps(self, claim: Leased, letter: int, since: datetime) -> None:
        """All of it may have been shown since then: the platform's answer was lost."""
        await self._change(claim, letter, perhaps_at=func.coalesce(letters.c.perhaps_at, since))

    async def begin(self, claim: Leased, letter: DueLetter) -> DueLetter:
        """An answer for which nobody waits any more: it is a push from now on."""
        await self._change(claim, letter.id, kind=BEGUN)
        return replace(letter, kind=LetterKind.PUSH)

    async def rest(self, claim: Leased, letter: int, until: datetime) -> None:
        """It is night where the person lives."""
        await self._change(claim, letter, due_at=until)

    async def wait(self, claim: Leased, letter: int, until: datetime) -> bool:
        """It waits for the person's next session there, and at least until then."""
        return await self._change(claim, letter, for_session=True, due_at=until)

    async def elsewhere(self, claim: Leased, letter: int, *, but: Collection[Channel] = ()) -> Channel | None:
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
        moved: dict[str, Any] = {
            "address_id": to,
            "channel": channel,
            "given_up": given_up,
            "for_session": False,
            "perhaps_at": None,
            "kind": BEGUN,
            "moves_at": literal(self._now, letters.c.moves_at.type)
            + (letters.c.moves_at - letters.c.due_at),  # as patiently as here
        }
        if not await self._change(claim, letter, **moved):
            return None
        self._effects.letters.add(channel)
        self._people.note_unheard([letter], other, Channel(row.channel))
        return channel

    async def _end(self, claim: Leased, letter: int, state: LetterState, receipt: str | None = None) -> bool:
        """The letter's end."""
        seen = func.coalesce(letters.c.sent_at, self._now) if state is LetterState.SENT else None
        # Dropped while it was on its way, it was sent all the same: it stands in the chat, and can be taken back.
        before = (LetterState.WAITING, LetterState.DROPPED) if state is LetterState.SENT else (LetterState.WAITING,)
        return await self._change(claim, letter, before, state=state, sent_at=seen, receipt=receipt)

    async def _change(
        self, claim: Leased, letter: int, before: tuple[LetterState, ...] = (LetterState.WAITING,), **values: Any
    ) -> bool:
        """What only the lease's holder may do. False when the lease was lost meanwhile: another courier has it."""
        holds = select(addresses.c.id).where(addresses.c.id == claim.address_id, addresses.c.lease == claim.lease)
        done = await self._connection.execute(
            update(letters).where(letters.c.id == letter, letters.c.state.in_(before), holds.exists()).values(**values)
        )
        return bool(done.rowcount)

    async def release(self, claim: Leased, retry_at: datetime | None = None) -> None:
        """Give the address back; `retry_at` holds back this address alone. Whoever has written since it was leased can
        be answered: what the platform said before that of a push holds nothing back."""
        held = case((addresses.c.seen_at >= claim.at, None), else_=literal(retry_at, addresses.c.retry_at.type))
        await self._connection.execute(
            update(addresses)
            .where(addresses.c.id == claim.address_id, addresses.c.lease == claim.lease)
            .values(FREE | {"retry_at": held})
        )

    async def take_over(self, channel: Channel) -> None:
        """Free what was leased on a channel: whoever held it is dead, and cannot finish it any more."""
        held = addresses.c.channel == channel, addresses.c.lease.is_not(None)
        await self._left(and_(*held), addresses.c.leased_at)
        await self._connection.execute(update(addresses).where(*held).values(FREE))

    async def _left(self, where: ColumnElement[bool], since: ColumnElement[datetime]) -> None:
        """Whoever leased these addresses at `since` did not come back: of each the first letter that was due then may
        have been sent. On the page it is not shown before that is committed."""
        await self._connection.execute(
            update(letters)
            .where(where, letters.c.address_id == addresses.c.id, letters.c.channel != Channel.WEB)
            .where(letters.c.state == LetterState.WAITING, is_next(since))
            .values(perhaps_at=func.coalesce(letters.c.perhaps_at, since))
        )

    async def readdress(self, claim: Leased, *, closed: bool = False) -> None:
        """The address takes nothing any more: what waits there goes the person's other way, or is set aside.
        `closed`: whoever has it next is somebody else. Nothing is changed where the lease was lost, or the person was
        there since it began: the platform may have answered before that, and the next try will tell."""
        held = await self._connection.scalar(
            select(addresses.c.id).where(addresses.c.id == claim.address_id, addresses.c.lease == claim.lease)
        )
        if held is None or not await self._people.blocked(claim.address_id, claim.at):
            return
        if closed:
            await self._people.unbind(claim.address_id)
        other = await self._people.reachable(claim.person)
        waiting = letters.c.address_id == claim.address_id, letters.c.state == LetterState.WAITING
        nothing = letters.c.kind == LetterKind.RETRACT  # to be taken back where nothing can be
        await self._connection.execute(update(letters).where(*waiting, nothing).values(state=LetterState.DROPPED))
        if other is not None:
            given_up = func.array_append(letters.c.given_up, letters.c.channel)
            values: dict[str, Any] = {
                "address_id": other[0],
                "channel": other[1],
                "given_up": given_up,
                "for_session": False,
                "perhaps_at": None,
                "kind": BEGUN,
            }
            self._effects.letters.add(other[1])
        else:
            values = {"state": LetterState.SET_ASIDE}
        gone = await self._connection.execute(update(letters).where(*waiting).values(**values).returning(letters.c.id))
        self._people.note_unheard(gone.scalars(), other, claim.channel)

    async def next_due(self, channel: Channel) -> datetime | None:
        """When the earliest letter of the channel that still waits is due or may be tried again."""
        found: datetime | None = await self._connection.scalar(
            ready(
                self._now, func.min(func.greatest(letters.c.due_at, addresses.c.retry_at, addresses.c.leased_until))
            ).where(letters.c.channel == channel)
        )
        return found

    async def standing(self, claim: Leased) -> Sequence[str] | None:
        """The platform's ids of what was said by either side in a chat that is nobody's any more and can still be
        deleted there, newest first; None for a chat that is somebody's."""
        left = await self._connection.scalar(
            select(addresses.c.id).where(addresses.c.id == claim.address_id, addresses.c.expires_at <= self._now)
        )
        if left is None:  # in whatever way it came here: what is still somebody's stays
            return None
        since = self._now - DELETABLE
        ours = await self._connection.scalars(
            select(letters.c.receipt)
            .where(
                letters.c.person_id == claim.person,
                letters.c.address_id == claim.address_id,
                letters.c.state == LetterState.SENT,
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
