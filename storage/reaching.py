"""The ways on which relatives were reached: what was found and done, and the letters that nobody opened."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Column, Table, Text, exists, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.actor import TELEPHONE, Channel
from casework.contact.record import SPOKEN
from casework.ids import PersonId
from casework.letters import Letter, LetterKind, Purpose
from casework.reaching import FOLLOWED, ReachKind, ReachStep, UnopenedLetter
from casework.unreadable import NotReadable
from storage.addresses import addresses
from storage.contact import contacts
from storage.ids import Ids
from storage.outbox import Screens, StoredOutbox, letters
from storage.people import StoredPeople
from storage.schema import among, bound, key, metadata, moment, ref
from storage.staff import staff

reach_steps = Table(
    "reach_steps",
    metadata,
    key(),
    ref("person_id", "people", cascade=True),
    Column("way", Text, nullable=False),
    Column("channel", Text),
    moment("at", null=False),
    bound("reach_steps", "person_id", "way"),
)
"""Only added to. `channel` is the one that took nothing, or on which nothing was opened."""

_SPOKEN: Final = exists().where(
    contacts.c.person_id == letters.c.person_id, contacts.c.kind.in_(SPOKEN), contacts.c.at >= letters.c.sent_at
)
"""Somebody has spoken with the relative since."""

QUIET: Final = frozenset(channel for channel in Channel if not channel.calls_out)

_OF_STAFF: Final = exists().where(staff.c.person_id == letters.c.person_id)
_TO_RELATIVES: Final = (letters.c.kind == LetterKind.PUSH, letters.c.purpose.in_(FOLLOWED), ~_OF_STAFF)
_UNOPENED: Final = text("letters.kind = 'push' AND letters.offers AND letters.state = 'sent' AND followed_at IS NULL")
"""As `ix_letters_unopened` has it."""

PASSED_OVER_AT_ONCE: Final = 1000


class StoredReaching:
    """How it is kept: `casework.reaching.Reaching`."""

    def __init__(
        self,
        connection: AsyncConnection,
        ids: Ids,
        now: datetime,
        people: StoredPeople,
        outbox: StoredOutbox,
        screens: Screens,
    ) -> None:
        self._connection, self._ids, self._now = connection, ids, now
        self._people, self._outbox, self._screens = people, outbox, screens

    async def add(self, person: PersonId, step: ReachKind, channel: Channel | None = None) -> None:
        id = await self._ids.take(self._connection)
        row = {"id": id, "person_id": person, "way": step, "channel": channel, "at": self._now}
        await self._connection.execute(reach_steps.insert().values(row))

    async def note(self, failed: Mapping[int, Channel]) -> None:
        if not failed:
            return
        query = select(letters.c.id, letters.c.person_id).where(among(letters.c.id, failed), *_TO_RELATIVES)
        rows = (await self._connection.execute(query)).all()
        for person, channel in dict.fromkeys((PersonId(row.person_id), failed[row.id]) for row in rows):
            if channel.calls_out:
                await self.add(person, ReachKind.NOT_TAKEN, channel)

    async def of(self, person: PersonId, most: int) -> Sequence[ReachStep]:
        mine = select(reach_steps).where(reach_steps.c.person_id == person)
        newest = mine.order_by(reach_steps.c.at.desc(), reach_steps.c.id.desc()).limit(most)
        rows = (await self._connection.execute(newest)).all()
        return [
            ReachStep(ReachKind(row.way), row.at, Channel(row.channel) if row.channel else None)
            for row in reversed(rows)
        ]

    async def asked_since(self, person: PersonId, since: datetime) -> bool:
        asked = reach_steps.c.person_id == person, reach_steps.c.way == ReachKind.ASK, reach_steps.c.at >= since
        return bool(await self._connection.scalar(select(exists().where(*asked))))

    async def unopened(self, before: datetime, most: int) -> Sequence[UnopenedLetter]:
        await self._pass_over(before)
        there = addresses.c.person_id == letters.c.person_id, addresses.c.channel == Channel.WEB
        seen = letters.c.channel.in_((Channel.WEB, *TELEPHONE)) & exists().where(
            *there, addresses.c.seen_at > letters.c.sent_at
        )
        query = (
            select(letters, seen.label("seen"))
            .where(_UNOPENED, letters.c.sent_at <= before, ~_SPOKEN, *_TO_RELATIVES)
            .order_by(letters.c.sent_at, letters.c.id)
            .limit(most)
            .with_for_update(of=letters, skip_locked=True)
        )
        return [
            UnopenedLetter(
                row.id,
                PersonId(row.person_id),
                Purpose(row.purpose),
                self._screens.reads(row),
                Channel(row.channel),
                row.seen,
            )
            for row in (await self._connection.execute(query)).all()
        ]

    async def _pass_over(self, before: datetime) -> None:
        """What is not followed, and letters to whom somebody has spoken since, are not looked at again."""
        never = or_(letters.c.purpose.not_in(FOLLOWED), _OF_STAFF, _SPOKEN)
        some = select(letters.c.id).where(_UNOPENED, letters.c.sent_at <= before, never).limit(PASSED_OVER_AT_ONCE)
        over = letters.c.id.in_(some.with_for_update(of=letters, skip_locked=True))
        await self._connection.execute(update(letters).where(over).values(followed_at=self._now))

    async def followed(self, letter: int) -> None:
        change = update(letters).where(letters.c.id == letter).values(followed_at=self._now)
        await self._connection.execute(change)

    async def on_next_channel(self, letter: int) -> Channel | None:
        row = (await self._connection.execute(select(letters).where(letters.c.id == letter))).one()
        given_up = [*row.given_up, row.channel]
        to = await self._people.reachable(PersonId(row.person_id), but={*QUIET, *map(Channel, given_up)})
        if to is None:
            return None
        try:
            screen = await self._screens.of(row, sure=True)
        except NotReadable:
            return None
        same = Letter(PersonId(row.person_id), screen, reads=self._screens.reads(row), purpose=Purpose(row.purpose))
        added = await self._outbox.row_of(same, to) | {"given_up": given_up}
        await self._connection.execute(letters.insert().values(added))
        return to[1]


def _channel(kept: str | None) -> Channel | None:
    return Channel(kept) if kept is not None else None
