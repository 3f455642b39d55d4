"""Ids, taken from the database in blocks (hi/lo): unique over all processes, known before the row is written."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import BLOCK, ids


class Ids:
    """One a process. An id says nothing of the order of commits; what needs an order has a column for it."""

    def __init__(self) -> None:
        self._next = self._end = 0

    async def take(self, connection: AsyncConnection) -> int:
        while self._next == self._end:
            first = int(await connection.scalar(select(ids.next_value())) or 0)
            if self._next == self._end:  # nobody else fetched a block while we waited
                self._next, self._end = first, first + BLOCK
        self._next += 1
        return self._next - 1
