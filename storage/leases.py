"""Leases: what couriers have in hand of the outbox, and what becomes of it.

A courier leases addresses, not letters, so order is kept for each address; a lease has a token that completion must
present, so a courier that was thought dead cannot finish what another has taken over.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ARRAY,
    BigInteger,
    and_,
    any_,
    bindparam,
    case,
    func,
    literal,
    select,
    update,
)

from casework.actor import Channel, Role
from casework.centers import KYIV
from casework.ids import AddressId, PersonId
from casework.letters import Claimed, DueLetter, Leased, LetterKind, Marked, Purpose, SentLetter
from casework.pushes import MAY_WAIT, rests_until
from casework.unreadable import NotReadable
from storage.addresses import addresses
from storage.arrivals import arrivals
from storage.binding import BoundConnection
from storage.claiming import CLAIM, CLAIM_LATE, MARK, left_behind
from storage.effects import Effects
from storage.outbox import LetterState, Screens, last_part, letters, ready
from storage.people import StoredPeople, people
from storage.schema import AS_THEY_ARE, among
from storage.sealing import Seals

BEGUN = case((letters.c.kind == LetterKind.REPLY, LetterKind.PUSH), else_=letters.c.kind)
"""What a letter is that comes elsewhere, or later, than where and when the person waits for an answer."""

FREE: Final = {"lease": None, "leased_at": None, "leased_until": None}
"""An address that nobody serves."""

BEGAN_LATER = timedelta(minutes=1)
"""What is due at once is due since its transaction began. One may have begun after the courier's own and be committed
already: its letter goes too, or a later one would overtake it."""

_RECEIPTS: Final = select(letters.c.id, letters.c.address_id, letters.c.receipt).where(
    letters.c.id == any_(bindparam("ids", type_=ARRAY(BigInteger)))
)

DELETABLE = timedelta(hours=48)
"""Telegram lets a bot delete what is younger, whoever wrote it; the other messengers let it delete nothing."""


class StoredLeases:
    """The letters that are due, claimed and completed by couriers. `woken` are the channels that have letters anew."""

    def __init__(
        self,
        connection: BoundConnection,
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
        places: int,
        lease_for: timedelta,
        *,
        pushes: int | None = None,
        late: bool = False,
        patient: bool = True,
        but: Collection[AddressId] = (),
        alone: bool = False,
    ) -> Claimed:
        """Lease up to so many addresses that have letters due, those first to whom a reply is; of these alone there may
        be more than `pushes`. `late`: only those where a letter is to go another way by now. Not `patient`: without
        those to whom only goes what can wait. `but` are those that the courier is still serving, however long that
        takes. `alone`: the leases are committed when this returns (see `BoundConnection.run`)."""
        lease = uuid4()
        wanted: dict[str, Any] = {"channel": channel, "places": places, "busy": list(but), "lease": lease}
        wanted |= {"pushes": places if pushes is None else max(pushes, 0)}
        wanted |= {"now": self._now, "soon": self._now + BEGAN_LATER, "until": self._now + lease_for}
        if not late:
            wanted["patient"] = patient
        taken = await self._connection.run(CLAIM_LATE if late else CLAIM, wanted, alone=alone)
        found: dict[int, list[Any]] = {}
        for row in taken:
            if row.taken_id is not None:
                found.setdefault(row.taken_id, []).append(row)
        try:
            claimed = [await self._claimed(lease, address, rows) for address, rows in found.items()]
            receipts = await self._receipts(claim for claim in claimed if claim is not None)
        except Exception:
            if alone:
                await self._give_back(lease, list(found))
            raise
        leased = [_tidying(claim, receipts) for claim in claimed if claim is not None]
        return Claimed(leased, taken[0].next_due)

    async def _give_back(self, lease: UUID, taken: Sequence[int]) -> None:
        """Leases that are committed already, where what they lease cannot be opened now, as the keyring is away: nobody
        would serve these addresses until the leases end, and their letters would count as perhaps sent."""
        await self._connection.rollback()
        held = among(addresses.c.id, taken), addresses.c.lease == lease
        await self._connection.execute(update(addresses).where(*held).values(FREE))
        await self._connection.commit()

    async def _claimed(self, lease: UUID, address: int, rows: Sequence[Any]) -> Leased | None:
        """None for an address that somebody altered: a human calls instead."""
        row, to = rows[0], None
        if row.address_id is not None:
            with suppress(NotReadable):
                to = await self._seals.unseal(addresses.c.address, address, row.address)
        if to is None:
            await self._set_aside(await self._due_as_they_are(address))
            return None
        due = [letter for letter in rows if letter.id is not None]
        if not due and (ids := await self._due_as_they_are(address)):
            good = await self._connection.scalars(select(letters.c.id).where(among(letters.c.id, ids)))
            await self._set_aside(set(ids) - set(good))
        person, zone = PersonId(row.person_id), await self._zone(row, due)
        return Leased(
            self._now,
            lease,
            AddressId(address),
            Channel(row.channel),
            to,
            person,
            row.language,
            row.role is not None,
            row.chosen,
            row.session_until,
            Role(row.role) if row.serves else None,
            tuple([opened for letter in due if (opened := await self._waiting(letter, zone)) is not None]),
            lambda command: self._seals.vault.sign("go", f"{person}:{command}"),
        )

    async def _receipts(self, claims: Iterable[Leased]) -> dict[tuple[AddressId, int], str | None]:
        """The platform's ids of the earlier letters that these tidy, by the address to which those went."""
        wanted = [letter.screen.tidies for claim in claims for letter in claim.letters if letter.screen.tidies]
        if not wanted:
            return {}
        found = await self._connection.run(_RECEIPTS, {"ids": wanted})
        return {(AddressId(row.address_id), row.id): last_part(row.receipt) for row in found}

    async def _set_aside(self, broken: Collection[int]) -> None:
        waiting = among(letters.c.id, broken), letters.c.state == LetterState.WAITING
        await self._connection.execute(update(letters).where(*waiting).values(state=LetterState.SET_ASIDE))
        self._effects.unheard.update(broken)

    async def _due_as_they_are(self, address: int) -> Sequence[int]:
        """Letters that are due there, also those that count for nothing: for them the address would be leased again
        and again."""
        query = ready(letters.c.id).where(letters.c.address_id == address, letters.c.due_at <= self._now)
        found = await self._connection.scalars(query.execution_options(**AS_THEY_ARE), {"now": self._now})
        return found.all()

    async def _zone(self, row: Any, due: Sequence[Any]) -> ZoneInfo | None:
        """The clock of where the person lives, where one of the letters that are due can wait for the morning."""
        if not any(map(_may_rest, due)):
            return None
        if row.profile is None:
            return KYIV
        return ZoneInfo((await self._seals.unseal(people.c.profile, row.person_id, row.profile)).zone)

    async def _waiting(self, row: Any, zone: ZoneInfo | None) -> DueLetter | None:
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
            row.due_at,
            self._screens.reads(row),
            row.tried_at,
            row.moves_at,
            tuple(map(Channel, row.given_up)),
            rests_until(self._now, row.moves_at, zone) if zone is not None and _may_rest(row) else None,
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

    async def mark(self, channel: Channel, sent: Sequence[SentLetter], *, alone: bool = False) -> Sequence[Marked]:
        """The platform has taken these, each the letter of another address. Where none follows, the lease is given back
        with it. In their order. `alone`: as in `claim`."""
        found = await self._connection.run(
            MARK,
            {
                "channel": channel,
                "now": self._now,
                "letters": [one.letter for one in sent],
                "addresses": [one.claim.address_id for one in sent],
                "leases": [one.claim.lease for one in sent],
                "receipts": [one.receipt for one in sent],
                "thens": [one.then for one in sent],
            },
            alone=alone,
        )
        became = {row.letter: Marked(row.done, row.waits, row.more) for row in found}
        return [became[one.letter] for one in sent]

    async def set_aside(self, claim: Leased, letter: int) -> None:
        if await self._change(claim, letter, state=LetterState.SET_ASIDE):
            self._effects.unheard.add(letter)
            self._effects.failed[letter] = claim.channel

    async def drop(self, claim: Leased, letter: int) -> None:
        if await self._change(claim, letter, state=LetterState.DROPPED):
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

    async def _change(self, claim: Leased, letter: int, **values: Any) -> bool:
        """What only the lease's holder may do. False when the lease was lost meanwhile: another courier has it."""
        holds = select(addresses.c.id).where(addresses.c.id == claim.address_id, addresses.c.lease == claim.lease)
        waiting = letters.c.id == letter, letters.c.state == LetterState.WAITING
        done = await self._connection.execute(update(letters).where(*waiting, holds.exists()).values(**values))
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
        theirs = and_(letters.c.address_id == addresses.c.id, *held)
        await self._connection.execute(left_behind(theirs, addresses.c.leased_at))
        await self._connection.execute(update(addresses).where(*held).values(FREE))

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


def _may_rest(letter: Any) -> bool:
    """By what it is, and how it goes: does it wait for the morning where it would wake somebody?"""
    begun = letter.kind == LetterKind.PUSH and letter.purpose in MAY_WAIT
    return begun and Channel(letter.channel).calls_out


def _tidying(claim: Leased, receipts: Mapping[tuple[AddressId, int], str | None]) -> Leased:
    """With the platform's id of what each letter tidies, where that went to the same address."""
    told = (
        replace(letter, tidied=receipts.get((claim.address_id, letter.screen.tidies or 0))) for letter in claim.letters
    )
    return replace(claim, letters=tuple(told))
