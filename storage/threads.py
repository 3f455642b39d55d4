"""The person's thread on the web page: what was said by whom, numbered in its order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Index, Integer, Table, UniqueConstraint, bindparam, func, select, update

from casework.ids import PersonId
from casework.thread import NumberedMessage, ThreadMessage
from casework.unreadable import UNREADABLE
from storage.binding import BoundConnection
from storage.effects import Effects
from storage.ids import Ids
from storage.people import StoredPeople, people
from storage.schema import Holder, bound, key, metadata, moment, ref, sealed
from storage.sealing import Seals

thread = Table(
    "thread",
    metadata,
    key(),
    ref("person_id", "people", cascade=True),
    Column("number", Integer, nullable=False),
    Column("letter", BigInteger, unique=True),
    moment("at", null=False),
    sealed(
        "body",
        "thread.body",
        Holder.PERSON,
        ThreadMessage,
        null=False,
        broken=ThreadMessage("service", UNREADABLE),
        shows=True,
    ),
    bound("thread", "person_id"),
    UniqueConstraint("person_id", "number"),
    Index("ix_thread_at", "at", postgresql_using="brin"),  # appended in its order: a few pages, however many rows
)

_AFTER: Final = (
    select(thread)
    .where(thread.c.person_id == bindparam("person"), thread.c.number > bindparam("after"))
    .order_by(thread.c.number)
    .limit(bindparam("most", type_=BigInteger))
)
_OF_LETTER: Final = select(thread.c.number).where(thread.c.letter == bindparam("letter"))
"""Made once: every message on the page passes them."""


class StoredThreads:
    def __init__(
        self, connection: BoundConnection, seals: Seals, ids: Ids, now: datetime, kept: StoredPeople, effects: Effects
    ) -> None:
        self._connection, self._seals, self._ids, self._now, self._people = connection, seals, ids, now, kept
        self._effects = effects

    async def add(self, person: PersonId, shown: ThreadMessage, letter: int | None = None) -> int:
        """Append; the same letter twice is once. Returns its number. The number is taken under the person's row lock,
        so numbers commit in their order and `after` misses nothing."""
        number = await self._people.next_number(person)
        if letter is not None:
            known = await self._connection.run(_OF_LETTER, {"letter": letter})
            if known:
                return int(known[0].number)
        id = await self._ids.take(self._connection)
        blob = await self._seals.seal(thread.c.body, id, shown, holder=person)
        await self._connection.execute(
            thread.insert().values(id=id, person_id=person, number=number, letter=letter, at=self._now, body=blob)
        )
        self._effects.threads.add(person)
        return number

    async def hand_over(self, giver: PersonId, to: PersonId) -> None:
        """What one person said and read comes at the end of the other's thread, which grows by it."""
        count = await self._connection.scalar(
            select(func.count()).select_from(thread).where(thread.c.person_id == giver)
        )
        newest = await self._connection.scalar(
            update(people).where(people.c.id == to).values(said=people.c.said + count).returning(people.c.said)
        )
        order = func.row_number().over(order_by=thread.c.number).label("place")
        placed = select(thread.c.id, order).where(thread.c.person_id == giver).subquery()
        await self._connection.execute(
            update(thread)
            .where(thread.c.id == placed.c.id)
            .values(person_id=to, number=int(newest or 0) - int(count or 0) + placed.c.place)
        )
        self._effects.threads |= {giver, to}  # whoever waits for the one has to look for the other's

    async def after(self, person: PersonId, number: int, limit: int = 200) -> Sequence[NumberedMessage]:
        """What came after `number`, in order, the oldest `limit` of it."""
        found = await self._connection.run(_AFTER, {"person": person, "after": number, "most": limit})
        return [await self._numbered(row) for row in found]

    async def latest(self, person: PersonId, limit: int = 50) -> Sequence[NumberedMessage]:
        """The newest `limit`, in order."""
        found = await self._connection.execute(
            select(thread).where(thread.c.person_id == person).order_by(thread.c.number.desc()).limit(limit)
        )
        return [await self._numbered(row) for row in reversed(found.all())]

    async def label_of(self, person: PersonId, button: str) -> str:
        """The words on a button shown lately; "…" for one that was not."""
        for numbered in reversed(await self.latest(person, 20)):
            for id, label in (pair for row in numbered.shown.keys for pair in row):
                if id == button:
                    return label
        return "…"

    async def newest(self, person: PersonId) -> int:
        return int(
            await self._connection.scalar(select(func.max(thread.c.number)).where(thread.c.person_id == person)) or 0
        )

    async def _numbered(self, row: Any) -> NumberedMessage:
        return NumberedMessage(row.number, row.at, await self._seals.unseal(thread.c.body, row.id, row.body))
