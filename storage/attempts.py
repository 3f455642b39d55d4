"""How often a person gave a number that could be guessed, within the last hour."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.attempts import MOST, WITHIN, Guess
from casework.ids import PersonId
from storage.schema import metadata, moment

attempts = Table(
    "attempts",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("what", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    moment("since", null=False),
)
"""One row for each person and each thing that is guessed; over an hour after `since` it counts no more."""


class StoredAttempts:
    """`casework.attempts.Attempts`."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection, self._now = connection, now

    async def may(self, person: PersonId, what: Guess) -> bool:
        recent = attempts.c.since.between(self._now - WITHIN, self._now)  # a clock that jumped locks nobody out
        await self._connection.execute(delete(attempts).where(~recent))
        tried = await self._connection.scalar(
            insert(attempts)
            .values(person_id=person, what=what, count=1, since=self._now)
            .on_conflict_do_update(index_elements=["person_id", "what"], set_={"count": attempts.c.count + 1})
            .returning(attempts.c.count)
        )
        return int(tried or 0) <= MOST[what]
