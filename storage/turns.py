"""A turn's beginning and end, in as few statements as its rules allow.

It begins with one that notes the message and locks its person, and one that reads, when the lock is held, all that a
turn begins with; it ends with one that keeps where the conversation is and puts the answer in. What few messages meet
(drafts that wait, offers, half an album, letters set aside) is only asked whether it is there, and read by statements
of its own. All of them are made once: to make one takes longer than PostgreSQL does to answer it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Protocol

from sqlalchemy import (
    ColumnElement,
    Select,
    Update,
    bindparam,
    delete,
    exists,
    insert,
    literal_column,
    select,
    update,
)

from casework.actor import Channel
from casework.addresses import SILENCE
from casework.costs import SESSION
from casework.ids import AddressId, PersonId
from casework.letters import DeliveryStatus, Letter, LetterKind
from casework.pushes import OpenButtons
from dialogs.conversation import Conversation
from dialogs.incoming import ButtonPress, Incoming
from dialogs.needs import Begun, Ended, Guest
from dialogs.said import Text
from storage.addresses import addresses
from storage.arrivals import StoredArrivals
from storage.binding import bound_row
from storage.effects import Effects
from storage.outbox import COLUMNS, WAITS, LetterState, StoredOutbox, letters, status_columns, status_of, written
from storage.people import StoredPeople, drafts, people
from storage.staff import StoredStaff, staff

_MISSED: Final[ColumnElement[bool]] = literal_column(
    "EXISTS (SELECT FROM missed WHERE missed.person_id = people.id AND missed.asked_at IS NULL)"
)
_DEFERRED: Final[ColumnElement[bool]] = literal_column(
    "EXISTS (SELECT FROM deferred WHERE deferred.address_id = addresses.id)"
)
_WROTE: Final[ColumnElement[datetime | None]] = literal_column(
    "(SELECT max(inbox.at) FROM inbox WHERE inbox.person_id = people.id)"
)

_asked, _there = letters.alias("asked"), addresses.alias("there")
_ENTERS: Final[Select[Any]] = (
    select(
        people,
        addresses.c.id.label("at_address"),
        addresses.c.seen_at,
        *status_columns(_asked, _there),
        _MISSED.label("missed_outage"),
        _WROTE.label("wrote_at"),
        _DEFERRED.label("deferred"),
        exists().where(drafts.c.person_id == people.c.id).label("has_drafts"),
        exists()
        .where(letters.c.address_id == addresses.c.id, letters.c.offers, letters.c.state == written(LetterState.SENT))
        .label("has_offers"),
        exists()
        .where(letters.c.address_id == addresses.c.id, letters.c.gathers, letters.c.state == WAITS)
        .label("has_unsaid"),
        exists()
        .where(letters.c.person_id == people.c.id, letters.c.state == written(LetterState.SET_ASIDE))
        .where(letters.c.resumed_at.is_(None))
        .label("has_set_aside"),
        exists().where(staff.c.person_id == people.c.id, staff.c.active.is_(True)).label("is_member"),
    )
    .join(addresses, addresses.c.person_id == people.c.id)
    .outerjoin(_asked, _asked.c.id == people.c.asked_letter)
    .outerjoin(_there, _there.c.id == _asked.c.address_id)
)
_BY_HASH: Final = _ENTERS.where(addresses.c.hash == bindparam("hash")).with_for_update(
    of=people,
    key_share=True,  # a letter to the person need not wait for it
)
_BY_ID: Final = _ENTERS.where(addresses.c.id == bindparam("id"))
_LOCK: Final = (
    select(people.c.id)
    .join(addresses, addresses.c.person_id == people.c.id)
    .where(addresses.c.hash == bindparam("hash"))
    .with_for_update(of=people, key_share=True)
)

_KEPT: Final = "script", "active", "turn", "more", "asked_letter", "serving"
# Whoever has just written can be answered, whatever held back what we began: a limit, a balance.
_SEEN: Final = (
    update(addresses)
    .where(addresses.c.id == bindparam("here"))
    .values(seen_at=bindparam("now"), session_until=bindparam("session_ends"), active=True, retry_at=None)
)
_KEEP: Final[Update] = (
    update(people)
    .where(people.c.id == bindparam("this_person"))
    .values({name: bindparam(f"kept_{name}") for name in _KEPT})
    .add_cte(_SEEN.cte("seen"))
)
_END: Final[Update] = _KEEP.add_cte(
    insert(letters).values({name: bindparam(f"letter_{name}") for name in COLUMNS}).cte("letter")
)


@dataclass(frozen=True, slots=True)
class BesideGuest:
    """What stands beside a guest: what has become of the letter with the question now asked, and which of the rare
    things are there."""

    asked: DeliveryStatus | None
    offers: bool
    unsaid: bool
    set_aside: bool
    member: bool


class Guests(StoredPeople):
    """Persons by the addresses from which they write, with their conversations."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._found: dict[AddressId, BesideGuest] = {}

    def hash_of(self, channel: Channel, address: str) -> bytes:
        """By which an address is found."""
        return self._seals.vault.lookup(f"address/{channel}", address)

    def beside(self, guest: Guest) -> BesideGuest:
        """What was found with a guest of this transaction."""
        return self._found[guest.address]

    async def enter(self, channel: Channel, address: str, language: str, *, locked: bool = False) -> Guest:
        """The person behind an address, locked until the transaction ends; a new one where there is none, and where
        the address is another's than it says. All is read when the lock is held: `locked` tells that it is."""
        hash = self.hash_of(channel, address)
        for attempt in range(3):
            if not locked:
                await self._connection.run(_LOCK, {"hash": hash})
            for row in await self._connection.run(_BY_HASH, {"hash": hash, "now": self._now}):
                # A browser's session ends by itself long before.
                lapsed = channel is not Channel.WEB and row.seen_at <= self._now - SILENCE
                return await self._guest(row, lapsed=lapsed)
            if attempt == 1:  # it is there and counts for nothing: see `storage/binding.py`
                await self._connection.execute(delete(addresses).where(addresses.c.hash == hash))
            await self._welcome(channel, address, hash, language)
        raise LookupError("an address was made and is not there; has somebody deleted it meanwhile?")

    async def guest(self, address: AddressId) -> Guest | None:
        """Who is behind one of our addresses, and where their conversation is, as it is read and not locked."""
        row = (await self._connection.execute(_BY_ID, {"id": address, "now": self._now})).one_or_none()
        return None if row is None else await self._guest(row, lapsed=False)

    async def _guest(self, row: Any, *, lapsed: bool) -> Guest:
        self._seals.knows(row.id, row.key_id)
        address = AddressId(row.at_address)
        asked = None if row.asked_letter is None else status_of(row)
        self._found[address] = BesideGuest(asked, row.has_offers, row.has_unsaid, row.has_set_aside, row.is_member)
        new = row.active is None and row.turn == 0
        active, question = await self._active(row.id, row.script, row.active)
        if row.serving is not None and row.script in self._scripts.in_a_name:
            active = replace(active, of=PersonId(row.serving))
        talk = Conversation(
            active=active,
            parked=await self._parked(row.id) if row.has_drafts else (),
            asked=question,
            turn=row.turn,
            more=row.more,
            serving=PersonId(row.serving) if row.serving is not None else None,
        )
        person = await self._person(row)
        return Guest(
            person, address, talk, row.asked_letter, new, row.missed_outage, lapsed, row.wrote_at, row.deferred
        )

    async def remember(
        self,
        person: PersonId,
        address: AddressId,
        talk: Conversation,
        asked_letter: int | None,
        letter: dict[str, Any] | None = None,
    ) -> None:
        """Keep where the conversation is, and that the person was at this address; put in the `letter` that answers, by
        its row. Drafts that came or went since it was read are written or deleted."""
        given = {
            "this_person": person,
            "kept_script": talk.active.script,
            "kept_active": await self.sealed_talk(person, talk),
            "kept_turn": talk.turn,
            "kept_more": talk.more,
            "kept_asked_letter": asked_letter,
            "kept_serving": talk.serving,
            "here": address,
            "now": self._now,
            "session_ends": self._now + SESSION,
        }
        if letter is None:
            await self._connection.run(_KEEP, given)
        else:
            row = bound_row(self._seals.vault, letters, letter)
            given |= {f"letter_{name}": row[name] for name in COLUMNS}
            await self._connection.run(_END, given)
        await self.keep_drafts(person, talk)


class SigningWork(Protocol):
    """What a turn needs of the unit of work beside its parts: to sign buttons, and to send."""

    def sign(self, person: PersonId, command: str) -> str: ...
    def signed(self, person: PersonId, command: str, signature: str) -> bool: ...
    async def send(self, letter: Letter) -> int: ...


class StoredTurns:
    """How turns begin and end in one transaction."""

    def __init__(
        self,
        now: datetime,
        page: str,
        work: SigningWork,
        guests: Guests,
        members: StoredStaff,
        arrivals: StoredArrivals,
        outbox: StoredOutbox,
        effects: Effects,
    ) -> None:
        self._now, self._page, self._work = now, page, work
        self._guests, self._staff, self._arrivals, self._outbox = guests, members, arrivals, outbox
        self._effects = effects

    async def begin(self, incoming: Incoming, language: str) -> Begun | None:
        """Note a message, lock its person's row until the transaction ends, and read what a turn begins with; None if
        the message has come before."""
        hash = self._guests.hash_of(incoming.channel, incoming.address)
        new, chat, locked = await self._arrivals.begin(incoming, hash)
        if not new:
            return None
        guest = await self._guests.enter(incoming.channel, incoming.address, language, locked=locked)
        if incoming.place is not None and chat != guest.address:
            await self._arrivals.came_from(incoming.channel, incoming.message, guest.address)
        return await self.gather(guest, incoming)

    async def gather(self, guest: Guest, incoming: Incoming) -> Begun:
        """All that a turn reads at its beginning, of a guest who has entered."""
        person, address, content, found = guest.person.id, guest.address, incoming.content, self._guests.beside(guest)
        offers: Sequence[OpenButtons] = ()
        if found.offers and (isinstance(content, Text) or (isinstance(content, ButtonPress) and content.bound)):
            offers = await self._outbox.offers(address)
        earlier = dict[int, bool]()
        if incoming.answers is not None:
            asked = [offer.letter for offer in offers] + [guest.asked_letter or 0]
            earlier = await self._outbox.earlier(incoming.answers, asked)
        sign, signed = self._work.sign, self._work.signed
        return Begun(
            guest=guest,
            now=self._now,
            page=self._page,
            sign=lambda command: sign(person, command),
            signed=lambda command, signature: signed(person, command, signature),
            staff=await self._staff.member_of(person, address) if found.member else None,
            asked=found.asked if isinstance(content, Text) else None,
            offers=offers,
            unsaid=await self._outbox.unsaid(address) if found.unsaid else {},
            earlier=earlier,
        )

    async def end(self, begun: Begun, ended: Ended) -> None:
        """All that a turn writes at its end. What could not be delivered before comes first."""
        guest, here = begun.guest, (begun.guest.address, ended.channel)
        if self._guests.beside(guest).set_aside or self._effects.unheard:
            await self._outbox.resume(guest.person.id, *here)
        for pressed in ended.mark_pressed:
            await self._outbox.mark_pressed(pressed)
        if ended.said and begun.unsaid:
            await self._outbox.take_back(list(begun.unsaid))
        replies = [Letter(ended.person, one.screen, LetterKind.REPLY, due=one.due) for one in ended.replies]
        if ended.talk is None:
            sent = [await self._outbox.add(one, here) for one in replies]
            await self._guests.leave(guest.address, sent[-1] if sent else None)
            return
        for one in replies[:-1]:
            await self._outbox.add(one, here)
        last = await self._outbox.row_of(replies[-1], here) if replies else None
        asked = last["id"] if ended.anew and last is not None else None if ended.anew else guest.asked_letter
        talk = ended.talk
        if ended.own_key and talk.active.answers and talk.active.key is None:
            key = await self._guests.draft_key(ended.person, talk.active, own=True)
            talk = replace(talk, active=replace(talk.active, key=key))
        await self._guests.remember(ended.person, guest.address, talk, asked, last)
        for other, screen in ended.elsewhere:
            await self._work.send(Letter(ended.person, screen, LetterKind.REPLY, at=other))
