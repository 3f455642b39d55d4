"""Words that callers say: sealed, each good once and for a quarter of an hour."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.call_words import NOT_AGAIN, CallWord, words
from casework.ids import PersonId, StaffId
from storage.ids import Ids
from storage.schema import Holder, bound, key, metadata, moment, ref, sealed
from storage.sealing import Seals

call_words = Table(
    "call_words",
    metadata,
    key(),
    ref("person_id", "people", cascade=True),
    ref("by_id", "staff"),
    moment("until", null=False),
    moment("used_at"),
    sealed("word", "call_words.word", Holder.PERSON, null=False, broken=""),
    bound("call_words", "person_id", "by_id", "until"),
)


class StoredCallWords:
    """How they are kept: `casework.call_words.CallWords`."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now

    async def draw(self, person: PersonId, by: StaffId, until: datetime) -> CallWord:
        await self.used(person)
        mine = select(call_words).where(call_words.c.person_id == person)
        last = (await self._connection.execute(mine.order_by(call_words.c.id.desc()).limit(NOT_AGAIN))).all()
        had = {await self._seals.unseal(call_words.c.word, row.id, row.word) for row in last}
        word = secrets.choice([one for one in words() if one not in had])
        id = await self._ids.take(self._connection)
        blob = await self._seals.seal(call_words.c.word, id, word, holder=person)
        row = {"id": id, "person_id": person, "by_id": by, "until": until, "word": blob}
        await self._connection.execute(call_words.insert().values(row))
        return CallWord(id, word, until, by)

    async def of(self, person: PersonId) -> CallWord | None:
        query = select(call_words).where(*self._good(person)).order_by(call_words.c.id.desc()).limit(1)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return None
        word = await self._seals.unseal(call_words.c.word, row.id, row.word)
        return CallWord(row.id, word, row.until, StaffId(row.by_id))

    async def used(self, person: PersonId) -> None:
        change = update(call_words).where(*self._good(person)).values(used_at=self._now)
        await self._connection.execute(change)

    async def stands(self, word: int, person: PersonId) -> bool:
        query = select(call_words.c.id).where(call_words.c.id == word, *self._good(person))
        return await self._connection.scalar(query) is not None

    async def forget_old(self, before: datetime) -> None:
        await self._connection.execute(delete(call_words).where(call_words.c.until < before))

    def _good(self, person: PersonId) -> tuple[Any, ...]:
        whose = call_words.c.person_id == person
        return whose, call_words.c.used_at.is_(None), call_words.c.until > self._now
