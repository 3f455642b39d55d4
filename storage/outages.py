"""Watches and outages: a row for each channel, each gap, each person and gap, so that nobody is asked twice.

Nothing here says what anybody wrote: ids and times.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    PrimaryKeyConstraint,
    Select,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.actor import Channel
from casework.ids import PersonId
from casework.outages import LastSeen, Outage, OutageId, OutageQuestion, Watch
from storage.addresses import addresses
from storage.ids import Ids
from storage.people import drafts, people
from storage.schema import key, metadata, moment, ref

KEPT_FOR = timedelta(days=30)
"""Whoever has not written by then need not be told of it any more."""

ASKED_AT_ONCE = 200
"""Persons whom one tick asks; the rest are asked by the next."""

watches = Table(
    "watches",
    metadata,
    Column("channel", Text, primary_key=True),
    moment("heard_at", null=False),
    Column("probes", Boolean, nullable=False, server_default="false"),
)

outages = Table(
    "outages",
    metadata,
    key(),
    Column("channel", Text, nullable=False),
    moment("began_at", null=False),
    moment("ended_at", null=False),
    UniqueConstraint("channel", "began_at"),
)

missed = Table(
    "missed",
    metadata,
    ref("outage_id", "outages", cascade=True),
    ref("person_id", "people", cascade=True),
    moment("due_at"),
    moment("asked_at"),
    PrimaryKeyConstraint("outage_id", "person_id"),
    Index("ix_missed_due", "due_at", postgresql_where=text("asked_at IS NULL")),
)
"""Who may have written in an outage. Without `due_at` they are asked when they next write; see `StoredPeople.enter`."""


class StoredOutages:
    """How watches and outages are kept: `casework.outages.Outages`."""

    def __init__(self, connection: AsyncConnection, ids: Ids, now: datetime) -> None:
        self._connection, self._ids, self._now = connection, ids, now

    async def watch(self, channel: Channel) -> Watch:
        await self._connection.execute(
            insert(watches).values(channel=channel, heard_at=self._now).on_conflict_do_nothing()
        )
        found = await self._connection.execute(select(watches).where(watches.c.channel == channel).with_for_update())
        return _watch(found.one())

    async def keep(self, watch: Watch) -> None:
        await self._connection.execute(
            update(watches)
            .where(watches.c.channel == watch.channel)
            .values(heard_at=watch.heard_at, probes=watch.probes)
        )

    async def add(self, outage: Outage) -> OutageId | None:
        found: int | None = await self._connection.scalar(
            insert(outages)
            .values(
                id=await self._ids.take(self._connection),
                channel=outage.channel,
                began_at=outage.began_at,
                ended_at=outage.ended_at,
            )
            .on_conflict_do_nothing()
            .returning(outages.c.id)
        )
        return None if found is None else OutageId(found)

    async def seen(self, channel: Channel, since: datetime, before: datetime) -> Sequence[LastSeen]:
        parked = select(drafts.c.id).where(drafts.c.person_id == people.c.id).exists()
        found = await self._connection.execute(
            select(
                addresses.c.person_id,
                func.max(addresses.c.seen_at).label("wrote_at"),
                func.bool_or(or_(people.c.script != "menu", parked)).label("under_way"),
            )
            .join(people, people.c.id == addresses.c.person_id)
            .where(
                addresses.c.channel == channel,
                addresses.c.active,
                or_(addresses.c.expires_at.is_(None), addresses.c.expires_at > self._now),
                addresses.c.seen_at >= since,
                addresses.c.made_at <= before,
            )
            .group_by(addresses.c.person_id)
        )
        return [LastSeen(PersonId(row.person_id), row.wrote_at, row.under_way) for row in found]

    async def ask(self, outage: OutageId, people: Sequence[PersonId]) -> None:
        if people:
            rows = [{"outage_id": outage, "person_id": person, "due_at": self._now} for person in people]
            await self._connection.execute(insert(missed).on_conflict_do_nothing(), rows)

    async def due(self) -> Sequence[OutageQuestion]:
        return await self._askings(
            _ASKING.where(missed.c.due_at <= self._now)
            .order_by(missed.c.due_at)
            .limit(ASKED_AT_ONCE)
            .with_for_update(of=missed, skip_locked=True)
        )

    async def still_to_ask(self, person: PersonId) -> Sequence[OutageQuestion]:
        return await self._askings(
            _ASKING.where(missed.c.person_id == person).order_by(outages.c.began_at).with_for_update(of=missed)
        )

    async def _askings(self, query: Select[Any]) -> Sequence[OutageQuestion]:
        return [
            OutageQuestion(OutageId(row.outage_id), PersonId(row.person_id), _outage(row))
            for row in await self._connection.execute(query)
        ]

    async def postpone(self, asking: OutageQuestion, until: datetime | None) -> None:
        await self._set(asking, due_at=until)

    async def asked(self, asking: OutageQuestion) -> None:
        await self._set(asking, asked_at=self._now)

    async def _set(self, asking: OutageQuestion, **values: Any) -> None:
        await self._connection.execute(
            update(missed).where(missed.c.outage_id == asking.id, missed.c.person_id == asking.person).values(**values)
        )

    async def last(self, many: int) -> Sequence[Outage]:
        found = await self._connection.execute(
            select(
                outages,
                func.count(missed.c.person_id).label("people"),
                func.count(missed.c.asked_at).label("asked"),
            )
            .outerjoin(missed, missed.c.outage_id == outages.c.id)
            .group_by(outages.c.id)
            .order_by(outages.c.ended_at.desc())
            .limit(many)
        )
        return [_outage(row, row.people, row.asked) for row in found]

    async def forget_old(self) -> None:
        old = select(outages.c.id).where(outages.c.ended_at < self._now - KEPT_FOR)
        await self._connection.execute(delete(missed).where(missed.c.asked_at.is_(None), missed.c.outage_id.in_(old)))

    async def watches(self) -> Sequence[Watch]:
        found = await self._connection.execute(select(watches).order_by(watches.c.channel))
        return [_watch(row) for row in found]


_ASKING = (
    select(missed.c.outage_id, missed.c.person_id, outages.c.channel, outages.c.began_at, outages.c.ended_at)
    .join(outages, outages.c.id == missed.c.outage_id)
    .where(missed.c.asked_at.is_(None))
)


def _watch(row: Any) -> Watch:
    return Watch(Channel(row.channel), row.heard_at, row.probes)


def _outage(row: Any, people: int = 0, asked: int = 0) -> Outage:
    return Outage(Channel(row.channel), row.began_at, row.ended_at, people, asked)
