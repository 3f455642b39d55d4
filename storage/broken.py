"""Values that do not open and rows that are not whose they say, as far as an administrator was told of them."""

from sqlalchemy import Column, Table, Text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.binding import BrokenRows
from storage.schema import metadata, moment

broken_values = Table(
    "broken_values",
    metadata,
    Column("place", Text, primary_key=True),
    Column("row", Text, primary_key=True),
    moment("found_at", null=False),
)
"""`place` is a sealed column, "reports.claim", or a bound table. Each is told once, whoever finds it again."""


class StoredBroken:
    """`casework.unreadable.BrokenValues`."""

    def __init__(self, connection: AsyncConnection, now: object, broken: BrokenRows) -> None:
        self._connection, self._now, self._broken = connection, now, broken

    async def new(self) -> int:
        """How many this process has found that nobody found before. They are asked about until that is committed."""
        if not self._broken.untold:
            return 0
        found = [{"place": place, "row": str(row), "found_at": self._now} for place, row in self._broken.untold]
        noted = await self._connection.execute(
            insert(broken_values).values(found).on_conflict_do_nothing().returning(broken_values.c.place)
        )
        fresh = len(noted.all())
        if not fresh:
            self._broken.untold.clear()
        return fresh
