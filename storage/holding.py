"""What is held of whom, and when. The constraint makes it impossible to give one resource's time away twice, whatever
the program does.

A row stands only while it holds. Resources are taken in their order, so two who want the same ones never wait for each
other; who cannot have all of them keeps none.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, Text, delete, exists, select, update
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range, insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import BigInteger

from casework.holding import Busy, Resource
from casework.ids import AppointmentId
from storage.ids import Ids
from storage.schema import key, metadata

held = Table(
    "held",
    metadata,
    key(),
    Column(
        "appointment_id",
        BigInteger,
        ForeignKey("appointments.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED"),
        nullable=False,
        index=True,
    ),
    Column("resource", Text, nullable=False),
    Column("during", TSTZRANGE, nullable=False),
    CheckConstraint("NOT isempty(during)", name="some_time"),  # no time at all would conflict with nothing
    ExcludeConstraint(("resource", "="), ("during", "&&"), name="one_at_a_time", using="gist"),
)
"""Written before its appointment, so that a lost race leaves nothing behind; the reference is checked at the commit."""


class Holding:
    """Within one transaction, which takes resources once at most: a second time their order would not hold."""

    def __init__(self, connection: AsyncConnection, ids: Ids) -> None:
        self._connection, self._ids = connection, ids

    async def take(
        self, resources: Iterable[Resource], starts_at: datetime, ends_at: datetime, appointment: AppointmentId
    ) -> Sequence[int]:
        """Hold all of them, or none if one is held: the rows, or nothing. Whoever is just taking one is waited for."""
        rows = [
            {
                "id": await self._ids.take(self._connection),
                "appointment_id": appointment,
                "resource": resource,
                "during": Range(starts_at, ends_at),
            }
            for resource in sorted(set(resources))
        ]
        async with self._connection.begin_nested() as attempt:
            taking = insert(held).values(rows).on_conflict_do_nothing().returning(held.c.id)
            taken = (await self._connection.scalars(taking)).all()
            if len(taken) == len(rows):
                return taken
            await attempt.rollback()
        return ()

    async def free(self, appointment: AppointmentId, *, but: Collection[int] = ()) -> None:
        """End what an appointment holds, `but` for these rows."""
        old = held.c.appointment_id == appointment, held.c.id.not_in(but)
        await self._connection.execute(delete(held).where(*old))

    async def taken(self, resources: Collection[Resource], since: datetime) -> Sequence[Busy]:
        later = held.c.resource.in_(resources), held.c.during.op("&&")(Range(since, None))
        found = await self._connection.execute(select(held.c.resource, held.c.during).where(*later))
        return [Busy(Resource(row.resource), row.during.lower, row.during.upper) for row in found]

    async def hand_over(self, resource: Resource, to: Resource) -> None:
        """What one holds, another holds; but not at a time at which the other is held already, now or in the past."""
        other = held.alias()
        twice = exists().where(other.c.resource == to, other.c.during.op("&&")(held.c.during))
        await self._connection.execute(delete(held).where(held.c.resource == resource, twice))
        await self._connection.execute(update(held).where(held.c.resource == resource).values(resource=to))
