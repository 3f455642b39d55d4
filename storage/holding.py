"""What is held of whom, and when. The constraint makes it impossible to give one resource's time away twice, whatever
the program does.

A row stands only while it holds. Resources are taken in their order, so two who want the same ones never wait for each
other; who cannot have all of them keeps none.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Table,
    Text,
    bindparam,
    delete,
    exists,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range, insert
from sqlalchemy.types import BigInteger

from casework.holding import BusyTimes, Resource
from casework.ids import AppointmentId, OfferId
from storage.binding import BoundConnection
from storage.effects import Effects
from storage.ids import Ids
from storage.schema import key, metadata


def _whose(name: str, to: str) -> Column[int]:
    """Written before what it refers to, so that a lost race leaves nothing behind; checked at the commit."""
    reference = ForeignKey(f"{to}.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED")
    return Column(name, BigInteger, reference, nullable=True, index=True)


held = Table(
    "held",
    metadata,
    key(),
    _whose("appointment_id", "appointments"),
    _whose("offer_id", "offers"),
    Column("resource", Text, nullable=False),
    Column("during", TSTZRANGE, nullable=False),
    CheckConstraint("num_nonnulls(appointment_id, offer_id) = 1", name="by_one"),
    CheckConstraint("NOT isempty(during)", name="some_time"),  # no time at all would conflict with nothing
    ExcludeConstraint(("resource", "="), ("during", "&&"), name="one_at_a_time", using="gist"),
)
"""By an appointment, or by an offer of one."""

_TAKE: Final = insert(held).on_conflict_do_nothing().returning(held.c.id)
_TAKEN: Final = text(
    "SELECT resource, array_agg(lower(during)), array_agg(upper(during)) FROM held WHERE resource = ANY(:resources)"
    " AND during && tstzrange(:since, :until) GROUP BY resource"
).bindparams(
    bindparam("resources", type_=ARRAY(Text)),
    bindparam("since", type_=DateTime(timezone=True)),
    bindparam("until", type_=DateTime(timezone=True)),
)
"""A row for each resource, with all that is taken of it."""


class Holding:
    """Within one transaction, which takes resources once at most: a second time their order would not hold."""

    def __init__(self, connection: BoundConnection, ids: Ids, effects: Effects) -> None:
        self._connection, self._ids, self._effects = connection, ids, effects

    async def take(
        self,
        resources: Iterable[Resource],
        starts_at: datetime,
        ends_at: datetime,
        *,
        appointment: AppointmentId | None = None,
        offer: OfferId | None = None,
    ) -> Sequence[int]:
        """Hold all of them, or none if one is held: the rows, or nothing. Whoever is just taking one is waited for."""
        rows = [
            {
                "id": await self._ids.take(self._connection),
                "appointment_id": appointment,
                "offer_id": offer,
                "resource": resource,
                "during": Range(starts_at, ends_at),
            }
            for resource in sorted(set(resources))
        ]
        async with self._connection.begin_nested() as attempt:
            taken = (await self._connection.scalars(_TAKE, rows)).all()
            if len(taken) == len(rows):
                return taken
            await attempt.rollback()
        return ()

    async def pass_on(self, offer: OfferId, appointment: AppointmentId) -> Sequence[int]:
        """What an offer holds, an appointment holds: the rows, or nothing if it holds nothing any more."""
        mine = update(held).where(held.c.offer_id == offer)
        passed = mine.values(offer_id=None, appointment_id=appointment).returning(held.c.id)
        return (await self._connection.scalars(passed)).all()

    async def free(
        self, *, appointment: AppointmentId | None = None, offer: OfferId | None = None, but: Collection[int] = ()
    ) -> None:
        """End what an appointment or an offer holds, `but` for these rows. The commit wakes who offers what is free."""
        whose = held.c.appointment_id == appointment if offer is None else held.c.offer_id == offer
        await self._connection.execute(delete(held).where(whose, held.c.id.not_in(but)))
        self._effects.places = True

    async def taken(self, resources: Collection[Resource], since: datetime, until: datetime) -> BusyTimes:
        """When they are held between two moments."""
        busy = BusyTimes()
        asked = {"resources": list(resources), "since": since, "until": until}
        for resource, starts, ends in await self._connection.run(_TAKEN, asked):
            for times in zip(starts, ends, strict=True):
                busy.add(Resource(resource), *times)
        return busy

    async def hand_over(self, resource: Resource, to: Resource) -> None:
        """What one holds, another holds; but not at a time at which the other is held already, now or in the past."""
        other = held.alias()
        twice = exists().where(other.c.resource == to, other.c.during.op("&&")(held.c.during))
        await self._connection.execute(delete(held).where(held.c.resource == resource, twice))
        await self._connection.execute(update(held).where(held.c.resource == resource).values(resource=to))
