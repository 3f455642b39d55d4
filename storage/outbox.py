"""The outbox: letters on their way. They go if, and only if, the transaction that wrote them commits.

`position` is drawn from a sequence under the person's row lock: it orders the letters of one person.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, cast

import structlog
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Identity,
    Index,
    Select,
    Table,
    Text,
    bindparam,
    case,
    func,
    literal_column,
    select,
    text,
    update,
)

from casework import rulebook
from casework.actor import Channel
from casework.ids import AddressId, PersonId
from casework.letters import DeliveryStatus, Letter, LetterKind, Purpose, Say, Screen, ShownAt
from casework.pushes import OpenButtons, Push, is_covered, offered
from casework.staff import access
from casework.unreadable import UNREADABLE, NotReadable
from dialogs.retired import Retired
from storage.addresses import addresses
from storage.binding import BoundConnection
from storage.effects import Effects
from storage.ids import Ids
from storage.people import StoredPeople, people
from storage.schema import Holder, among, bound, key, metadata, moment, put_in, ref, sealed
from storage.sealing import Seals

log = structlog.get_logger()

RANK = "((kind = 'push')::integer + (for_session OR purpose = 'routine')::integer * 2)"
"""Which letters a courier takes first: 0 what somebody waits for, 1 what we begin; 2 more where it can wait itself."""

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
    moment("moves_at"),
    Column("state", Text, nullable=False, server_default="waiting"),
    moment("sent_at"),
    moment("resumed_at"),
    moment("followed_at"),
    Column("receipt", Text),
    moment("perhaps_at"),
    Column("gathers", Boolean, nullable=False, server_default="false"),
    Column("offers", Boolean, nullable=False, server_default="false"),
    sealed(
        "screen", "letters.screen", Holder.PERSON, Screen, null=False, broken=Screen((Say(UNREADABLE),)), shows=True
    ),
    bound("letters", "person_id", "reads"),
    Index("ix_letters_waiting", "channel", "address_id", "position", postgresql_where=text("state = 'waiting'")),
    Index("ix_letters_due", "channel", text(RANK), "due_at", "position", postgresql_where=text("state = 'waiting'")),
    Index(
        "ix_letters_moves", "channel", "moves_at", postgresql_where=text("state = 'waiting' AND moves_at IS NOT NULL")
    ),
    Index(
        "ix_letters_over",
        "kind",
        text("coalesce(sent_at, due_at)"),
        postgresql_where=text("state IN ('sent', 'returned', 'dropped')"),
    ),
    Index(
        "ix_letters_begun",
        text("coalesce(sent_at, due_at)"),
        postgresql_where=text("kind = 'push' AND reads IS NULL AND state IN ('sent', 'returned', 'dropped')"),
    ),
    Index(
        "ix_letters_unopened",
        "sent_at",
        postgresql_where=text("kind = 'push' AND offers AND state = 'sent' AND followed_at IS NULL"),
    ),
    Index("ix_letters_receipt", "sent_at", postgresql_where=text("receipt IS NOT NULL")),
    Index("ix_letters_set_aside", "person_id", postgresql_where=text("state = 'set-aside' AND resumed_at IS NULL")),
    Index("ix_letters_offers", "address_id", "position", postgresql_where=text("offers AND state = 'sent'")),
    Index(
        "ix_letters_receipts",
        text("string_to_array(receipt, ' ')"),
        postgresql_using="gin",
        postgresql_where=text("channel = 'viber'"),
    ),
)
"""`receipt` holds the platform's ids of the messages that a letter became, in their order, with spaces between; only
Viber may say later that it could not deliver one. `for_session` waits until the person writes; `tried_at` is when a
platform first had no ear for it; at `moves_at` it goes another way; `gathers` is the answer to an album, which waits
for the rest of it; `offers`: it has buttons bound to its recipient, and none was pressed; `given_up` are the channels
on which it is not tried any more; at `resumed_at` it was taken up again for a person who had come back, once only; at
`followed_at` it was looked whether anybody has opened it, see `storage/reaching.py`; from
`perhaps_at` on all of it may stand in the chat, though nobody has said so: the platform's answer was lost, or the
process that sent it died."""

MOST_OFFERS = 5
"""Of those that lie unpressed in one chat, the newest; nobody answers older ones in words."""


class LetterState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    SET_ASIDE = "set-aside"  # out of tries or out of addresses: a human calls instead
    RETURNED = "returned"  # the platform took it and could not deliver it: another letter tells it instead
    DROPPED = "dropped"  # the person may no longer read it, or it came too late to mean anything


def written(state: LetterState) -> ColumnElement[str]:
    """A state written into a statement: a plan that is made once does not know its parameters, and would walk all
    letters instead of the index of those in that state."""
    return literal_column(f"'{state}'")


WAITS: Final = written(LetterState.WAITING)

READY = """
    letters.state = 'waiting'
    AND letters.person_id = addresses.person_id
    AND NOT (letters.purpose = 'routine' AND coalesce(people.paused_until > :now, false))
    AND NOT (letters.for_session AND coalesce(addresses.session_until <= :now, true))
"""
"""What goes as soon as it is due: a pause, or a session to wait for, holds back single letters and none behind them. A
letter goes to an address of its own person alone: whose each of the two is, is bound; where the letter goes is not."""


def ready(*what: Any) -> Select[Any]:
    """What is asked of the letters that nothing holds back at the parameter `now`."""
    together = letters.join(people, people.c.id == letters.c.person_id).join(
        addresses, addresses.c.id == letters.c.address_id
    )
    now = bindparam("now", type_=letters.c.due_at.type)
    return select(*what).select_from(together).where(text(READY).bindparams(now))


_DUE: Final = (
    ready(letters.c.id)
    .where(letters.c.address_id == bindparam("address"), letters.c.due_at <= bindparam("now"))
    .where(letters.c.sent_at.is_(None))
    .limit(1)
)
"""Made once: the page asks again and again until its answer is there."""


def is_next(since: ColumnElement[datetime], of: Any = letters) -> ColumnElement[bool]:
    """Of the letters at its address, does a courier who leased that at a moment send this one now, or first?"""
    due = letters.alias()
    first = (
        select(func.min(due.c.position))
        .where(due.c.channel == of.c.channel, due.c.address_id == of.c.address_id)
        .where(due.c.state == WAITS, due.c.due_at <= since, due.c.person_id == of.c.person_id)
        .scalar_subquery()
    )
    return cast("ColumnElement[bool]", of.c.position == first)


def status_columns(of: Any, there: Any) -> tuple[ColumnElement[Any], ...]:
    """What tells at the moment `now` what has become of a letter, and of the lease of its address."""
    names = "id", "state", "channel", "address_id", "perhaps_at", "sent_at", "receipt"
    return (
        *(of.c[name].label(f"letter_{name}") for name in names),
        func.coalesce(there.c.leased_until > bindparam("now"), False).label("letter_leased"),
        case((is_next(there.c.leased_at, of), there.c.leased_at)).label("letter_sending_since"),
    )


def last_part(receipt: str | None) -> str | None:
    """The platform's id of the last message that a letter became."""
    return receipt.rpartition(" ")[2] if receipt else None


def status_of(row: Any) -> DeliveryStatus:
    """What has become of a letter by `status_columns`. The page shows one and marks it in one commit, so there none is
    ever leaving. One that is just being sent may be shown already, as far as we can know: since it was leased."""
    if row.letter_id is None:
        return DeliveryStatus(None, None, None, lost=True)
    leaving = row.letter_state == LetterState.WAITING and row.letter_leased and row.letter_channel != Channel.WEB
    return DeliveryStatus(
        AddressId(row.letter_address_id) if row.letter_address_id else None,
        row.letter_perhaps_at or row.letter_sent_at or (row.letter_sending_since if leaving else None),
        last_part(row.letter_receipt),
        leaving=leaving,
        lost=row.letter_state in (LetterState.SET_ASIDE, LetterState.RETURNED, LetterState.DROPPED),
        again=row.letter_perhaps_at is not None,
    )


# What many messages ask, made once: to make such a statement takes longer than PostgreSQL does to answer it.
_STATUS: Final = (
    select(*status_columns(letters, addresses))
    .select_from(letters)
    .outerjoin(addresses, addresses.c.id == letters.c.address_id)
    .where(letters.c.id == bindparam("letter"))
)
COLUMNS: Final = (
    *("id", "person_id", "address_id", "channel", "kind", "purpose", "reads", "due_at", "moves_at", "gathers"),
    *("offers", "state", "screen", "bound"),
)
"""Those of a new letter's row."""

_ADD: Final = put_in(letters, *COLUMNS)
_UNSAID: Final = (
    select(letters.c.id, letters.c.screen)
    .where(letters.c.address_id == bindparam("address"), letters.c.state == WAITS, letters.c.gathers)
    .order_by(letters.c.position)
    .with_for_update()
)


class Screens:
    """Opens the letters' rows. What the access table reads and opens is all that a letter can refer to; whatever else
    it names nobody may read, and a human calls instead."""

    def __init__(self, seals: Seals, retired: Retired) -> None:
        self._seals, self._retired = seals, retired

    async def of(self, row: Any, *, sure: bool = False) -> Screen:
        """What the letter of a row shows. `NotReadable` where somebody must be `sure` of it and it does not open."""
        kept: Screen = await self._seals.unseal(letters.c.screen, row.id, row.screen, sure=sure)
        screen = self._retired.screen(kept, rulebook.OPENS)
        if kept.opens is not None and screen.opens is None:
            self._tell(kept.opens)
        return screen

    def reads(self, row: Any) -> str | None:
        """What its person must still be allowed to read; under its old name where that is no more."""
        if row.reads is None:
            return None
        reads = self._retired.reference(row.reads) or str(row.reads)
        if f"reads:{reads.partition(':')[0]}" not in access.LINES:
            self._tell(reads)
        return reads

    def _tell(self, reference: str) -> None:
        kind = reference.partition(":")[0]
        if kind not in self._retired.references:
            log.error("a letter names what is unknown; add it to dialogs/retired.py", name=kind)


class StoredOutbox:
    """Letters of one transaction, as the rules write them; for couriers there are `storage.leases`."""

    def __init__(
        self,
        connection: BoundConnection,
        seals: Seals,
        ids: Ids,
        now: datetime,
        kept: StoredPeople,
        screens: Screens,
        effects: Effects,
    ) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now
        self._people, self._screens = kept, screens
        self._effects = effects

    async def add(self, letter: Letter, to: tuple[AddressId, Channel] | None = None) -> int:
        """Put a letter in; without an address it takes the person's usual one. Returns the letter's id."""
        row = await self.row_of(letter, to or await self._people.reachable(letter.to, letter.at))
        await self._connection.run(_ADD, row)
        return int(row["id"])

    async def row_of(self, letter: Letter, to: tuple[AddressId, Channel] | None) -> dict[str, Any]:
        """A letter's new row, which the caller puts in: here or beside what else it writes."""
        id = await self._ids.take(self._connection)
        if to:
            self._effects.letters.add(to[1])
        elif letter.kind is LetterKind.PUSH:
            self._effects.unheard.add(id)
        return {
            "id": id,
            "person_id": letter.to,
            "address_id": to[0] if to else None,
            "channel": to[1] if to else None,
            "kind": letter.kind,
            "purpose": letter.purpose,
            "reads": letter.reads,
            "due_at": letter.due or self._now,
            "moves_at": letter.moves_at,
            "gathers": letter.kind is LetterKind.REPLY and letter.due is not None,
            "offers": is_covered(letter.kind, letter.purpose, letter.screen) or _binds(letter.screen),
            "state": LetterState.WAITING if to else LetterState.SET_ASIDE,
            "screen": await self._seals.seal(letters.c.screen, id, letter.screen, holder=letter.to),
        }

    async def resume(self, person: PersonId, address: AddressId, channel: Channel) -> None:
        """What was set aside for want of a way to the person goes to the address from which they write now, before any
        answer and in its order. An answer of then is none any more: its question is asked anew."""
        done = await self._connection.execute(
            update(letters)
            .where(
                letters.c.person_id == person,
                letters.c.state == LetterState.SET_ASIDE,
                letters.c.resumed_at.is_(None),
                letters.c.kind == LetterKind.PUSH,
            )
            .values(
                state=LetterState.WAITING,
                address_id=address,
                channel=channel,
                due_at=self._now,
                resumed_at=self._now,
                tried_at=None,
                moves_at=None,
                for_session=False,
                perhaps_at=None,
            )
        )
        if done.rowcount:
            self._effects.letters.add(channel)

    async def unsaid(self, address: AddressId) -> dict[int, Screen]:
        """The replies to this address that wait for the rest of an album, locked until the transaction ends, and what
        they would show."""
        waiting = await self._connection.execute(_UNSAID, {"address": address})
        return {row.id: await self._screens.of(row) for row in waiting}

    async def take_back(self, unsaid: Sequence[int]) -> None:
        """Drop such replies: what they would have shown is shown with the next."""
        await self._connection.execute(
            update(letters).where(among(letters.c.id, unsaid)).values(state=LetterState.DROPPED)
        )

    async def earlier(self, letter: int, others: Sequence[int]) -> dict[int, bool]:
        """Was one letter of a person written before each of others? Only of those that are the same person's. One that
        is not there any more was (`storage/retention.py`)."""
        found = await self._connection.execute(select(letters).where(among(letters.c.id, (letter, *others))))
        rows = {row.id: row for row in found}
        first = rows.get(letter)
        if first is None:  # what is gone was before all that stands
            return dict.fromkeys(rows, True)
        return {id: first.position < row.position for id, row in rows.items() if row.person_id == first.person_id}

    async def sent_as(self, channel: Channel, receipt: str) -> int | None:
        """The letter of which a platform has taken the whole, or a part, under this id of its own."""
        found: int | None = await self._connection.scalar(
            select(letters.c.id).where(
                letters.c.channel == channel,
                text("string_to_array(receipt, ' ') @> ARRAY[CAST(:receipt AS text)]").bindparams(receipt=receipt),
            )
        )
        return found

    async def failed(self, reads: str, persons: Collection[PersonId]) -> frozenset[PersonId]:
        aside = func.bool_and(letters.c.state == LetterState.SET_ASIDE)
        query = (
            select(letters.c.person_id)
            .where(
                among(letters.c.person_id, persons), letters.c.reads == reads, letters.c.state != LetterState.RETURNED
            )
            .group_by(letters.c.person_id)
            .having(aside)
        )
        return frozenset(PersonId(id) for id in await self._connection.scalars(query))

    async def came(self, reads: str, person: PersonId) -> tuple[ShownAt, datetime] | None:
        sent = letters.c.reads == reads, letters.c.person_id == person, letters.c.state == LetterState.SENT
        query = select(letters).where(*sent, letters.c.address_id.is_not(None)).order_by(letters.c.position.desc())
        row = (await self._connection.execute(query.limit(1))).one_or_none()
        if row is None:
            return None
        first, *_ = (row.receipt or "").split() or [""]
        return ShownAt(AddressId(row.address_id), first), row.sent_at

    async def drop(self, reads: str) -> None:
        waits = letters.c.reads == reads, letters.c.state == LetterState.WAITING
        await self._connection.execute(update(letters).where(*waits).values(state=LetterState.DROPPED))

    async def returned(self, letter: int) -> None:
        """The platform could not deliver what it had taken: it is told there once more, as plainly as can be, and then
        on the person's next channel."""
        done = await self._connection.execute(
            update(letters)
            .where(letters.c.id == letter, letters.c.state == LetterState.SENT)
            .values(state=LetterState.RETURNED)
            .returning(letters)
        )
        row = done.one_or_none()
        if row is None:
            return
        try:
            screen = await self._screens.of(row, sure=True)
        except NotReadable:
            self._effects.unheard.add(letter)
            return
        person, address = PersonId(row.person_id), AddressId(row.address_id)
        if screen.plain:
            await self._people.blocked(address, row.sent_at)
        again = replace(screen, plain=not screen.plain)
        to = await self._people.reachable(person, address)
        kind = LetterKind(row.kind) if to is not None and to[0] == address else LetterKind.PUSH
        id = await self.add(
            Letter(person, again, kind, reads=self._screens.reads(row), purpose=Purpose(row.purpose)), to
        )
        self._people.note_unheard([id], to, Channel(row.channel))

    async def unheard(self) -> Sequence[tuple[PersonId, Purpose, str | None]]:
        """To whom the letters are, and what for, that this transaction has left without anybody who is woken by them;
        each is told once."""
        wanted, self._effects.unheard = self._effects.unheard, set()
        if not wanted:
            return ()
        found = await self._connection.execute(
            select(letters).where(among(letters.c.id, wanted)).order_by(letters.c.position)
        )
        return [(PersonId(row.person_id), Purpose(row.purpose), self._screens.reads(row)) for row in found]

    async def delivery_status(self, letter: int) -> DeliveryStatus:
        """What has become of it."""
        row = (await self._connection.execute(_STATUS, {"letter": letter, "now": self._now})).one_or_none()
        return DeliveryStatus(None, None, None, lost=True) if row is None else status_of(row)

    async def push(self, letter: int) -> Push | None:
        """A push as it was written, however long ago it was sent. One that began as an answer edits no message."""
        found = await self._connection.execute(
            select(letters).where(letters.c.id == letter, letters.c.kind == LetterKind.PUSH)
        )
        row = found.one_or_none()
        if row is None:
            return None
        screen = await self._screens.of(row)
        return Push(PersonId(row.person_id), replace(screen, replaces=None), self._screens.reads(row))

    async def offers(self, address: AddressId) -> Sequence[OpenButtons]:
        """What the letters that were sent to an address offer, and nobody has pressed: the newest first."""
        later = letters.alias()
        answered = select(later.c.id).where(
            later.c.person_id == letters.c.person_id,
            later.c.address_id == letters.c.address_id,
            later.c.kind == LetterKind.REPLY,
            later.c.sent_at > letters.c.sent_at,
        )
        found = await self._connection.execute(
            select(letters, answered.exists().label("answered"))
            .where(letters.c.address_id == address, letters.c.offers, letters.c.state == written(LetterState.SENT))
            .order_by(letters.c.position.desc())
            .limit(MOST_OFFERS)
        )
        offers = []
        for row in found:
            screen = await self._screens.of(row)
            buttons = offered(row.id, LetterKind(row.kind), Purpose(row.purpose), screen, Channel(row.channel))
            offers.append(OpenButtons(row.id, buttons, row.sent_at, last=not row.answered))
        return offers

    async def mark_pressed(self, letter: int) -> None:
        """One of its buttons was pressed, or typed."""
        await self._connection.execute(update(letters).where(letters.c.id == letter).values(offers=False))

    async def shown(self, letter: int) -> None:
        """The page shows it from this commit on: an answer may come before the courier has marked it as sent."""
        await self._connection.execute(
            update(letters).where(letters.c.id == letter, letters.c.sent_at.is_(None)).values(sent_at=self._now)
        )

    async def idle(self, address: AddressId) -> bool:
        """Has everything that is due for this address been sent or shown?"""
        return not await self._connection.run(_DUE, {"address": address, "now": self._now})


def _binds(screen: Screen) -> bool:
    """Has it buttons that are bound to its recipient?"""
    return any(button.id.startswith("/") for row in screen.buttons for button in row)
