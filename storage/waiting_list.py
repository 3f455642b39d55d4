"""Who waits for a place, and what is offered to whom. What an offer holds stands in `storage/holding.py`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.types import BigInteger

from casework import holding
from casework.holding import Resource
from casework.ids import CenterId, OfferId, PersonId, ReportId, WaitingId
from casework.waiting_list import Offer, OfferState, Vacancy, WaitingFor
from storage.binding import BoundConnection
from storage.effects import Effects
from storage.holding import Holding
from storage.ids import Ids
from storage.schema import key, metadata, moment, ref

waiting = Table(
    "waiting",
    metadata,
    key(),
    ref("person_id", "people", cascade=True),
    Column("what", Text, nullable=False),
    Column("center", Text, ForeignKey("centers.name"), nullable=False, index=True),
    Column("report_id", BigInteger, ForeignKey("reports.id", ondelete="SET NULL"), index=True),
    Column("how", Text, nullable=False),
    moment("since", null=False),
    moment("before", null=False),
    UniqueConstraint("person_id", "what"),
    Index("ix_waiting_what_since", "what", "since"),
)
"""One row for a person in a line; their turn is by `since`."""

offers = Table(
    "offers",
    metadata,
    key(),
    ref("waiting_id", "waiting", cascade=True),
    Column("resource", Text, nullable=False),
    moment("starts_at", null=False),
    moment("ends_at", null=False),
    moment("made_at", null=False),
    moment("until", null=False),
    Column("state", Text, nullable=False, server_default=OfferState.OPEN),
    UniqueConstraint("waiting_id", "resource", "starts_at"),
    Index("ix_offers_one_at_a_time", "waiting_id", unique=True, postgresql_where=text("state = 'open'")),
    Index("ix_offers_until", "until", postgresql_where=text("state = 'open'")),
)
"""To a person one at a time, and each place once; those that are over tell what was offered already."""


class StoredWaitingList:
    """`casework.waiting_list.WaitingList`, within one transaction."""

    def __init__(self, connection: BoundConnection, ids: Ids, now: datetime, held: Holding, effects: Effects) -> None:
        self._connection, self._ids, self._now, self._holding, self._effects = connection, ids, now, held, effects

    async def join(
        self,
        person: PersonId,
        what: str,
        center: CenterId,
        *,
        before: datetime,
        how: str = "",
        report: ReportId | None = None,
    ) -> bool:
        id = await self._ids.take(self._connection)
        values = {"center": center, "report_id": report, "how": how, "before": before}
        joined = await self._connection.scalar(
            insert(waiting)
            .values(id=id, person_id=person, what=what, since=self._now, **values)
            .on_conflict_do_update(index_elements=["person_id", "what"], set_=values)
            .returning(waiting.c.id)
        )
        return bool(joined == id)

    async def waits_before(self, person: PersonId, what: str, before: datetime) -> None:
        mine = waiting.c.person_id == person, waiting.c.what == what
        await self._connection.execute(update(waiting).where(*mine).values(before=before))

    async def leave(self, person: PersonId, what: str) -> bool:
        mine = waiting.c.person_id == person, waiting.c.what == what
        left = await self._connection.scalar(delete(waiting).where(*mine).returning(waiting.c.id))
        self._effects.places = True  # what was offered to them goes to the next
        return left is not None

    async def of(self, person: PersonId) -> Sequence[WaitingFor]:
        return [_waiting(row) for row in await self._connection.run(_OF, {"person": person, "now": self._now})]

    async def count(self, center: CenterId) -> int:
        counted = select(func.count()).select_from(waiting.outerjoin(offers, _open()))
        return int(await self._connection.scalar(counted.where(waiting.c.center == center, self._is_not_over())) or 0)

    async def lines(self) -> Sequence[str]:
        found = select(waiting.c.what).outerjoin(offers, _open()).where(*self._is_waiting()).distinct()
        return (await self._connection.scalars(found.order_by(waiting.c.what))).all()

    async def line(self, what: str) -> Sequence[WaitingFor]:
        there = _lines().where(waiting.c.what == what, *self._is_waiting()).order_by(waiting.c.since, waiting.c.id)
        return await self._read(there.with_for_update(of=waiting, skip_locked=True))

    async def offered(self, waiting: WaitingId) -> frozenset[tuple[Resource, datetime]]:
        found = select(offers.c.resource, offers.c.starts_at).where(offers.c.waiting_id == waiting)
        return frozenset((Resource(row.resource), row.starts_at) for row in await self._connection.execute(found))

    async def is_free(self, person: PersonId, vacancy: Vacancy) -> bool:
        mine = holding.person(person)
        busy = await self._holding.taken([mine], vacancy.starts_at, vacancy.ends_at)
        return busy.are_free(mine, vacancy.starts_at, vacancy.ends_at)

    async def offer(self, waiting: WaitingFor, vacancy: Vacancy, until: datetime) -> Offer | None:
        id = OfferId(await self._ids.take(self._connection))
        resources = (vacancy.resource, holding.person(waiting.person))
        if not await self._holding.take(resources, vacancy.starts_at, vacancy.ends_at, offer=id):
            return None
        await self._connection.execute(
            offers.insert().values(
                id=id,
                waiting_id=waiting.id,
                resource=vacancy.resource,
                starts_at=vacancy.starts_at,
                ends_at=vacancy.ends_at,
                made_at=self._now,
                until=until,
            )
        )
        return Offer(id, vacancy.resource, vacancy.starts_at, vacancy.ends_at, until)

    async def get(self, offer: OfferId, *, lock: bool = False) -> WaitingFor | None:
        found = _lines(offered=True).where(offers.c.id == offer)
        return await self._one(found.with_for_update(of=[waiting, offers]) if lock else found)

    async def owner(self, offer: OfferId) -> PersonId | None:
        found = select(waiting.c.person_id).join(offers, offers.c.waiting_id == waiting.c.id)
        person: int | None = await self._connection.scalar(found.where(offers.c.id == offer))
        return None if person is None else PersonId(person)

    async def overdue(self) -> WaitingFor | None:
        over = _lines(offered=True).where(offers.c.until <= self._now).order_by(offers.c.until).limit(1)
        return await self._one(over.with_for_update(of=[waiting, offers], skip_locked=True))

    async def end(self, offer: OfferId, state: OfferState) -> None:
        ended = await self._connection.scalar(
            update(offers).where(offers.c.id == offer).values(state=state).returning(offers.c.waiting_id)
        )
        await self._holding.free(offer=offer)
        if state is OfferState.LAPSED:
            await self._connection.execute(update(waiting).where(waiting.c.id == ended).values(since=self._now))

    async def withdraw(self, resource: Resource, since: datetime, until: datetime) -> None:
        gone = offers.c.resource == resource, offers.c.starts_at >= since, offers.c.starts_at < until
        found = select(offers.c.id).where(*gone, offers.c.state == OfferState.OPEN).order_by(offers.c.id)
        for offer in (await self._connection.scalars(found)).all():
            await self.end(OfferId(offer), OfferState.WITHDRAWN)

    async def forget_over(self) -> None:
        held = select(offers.c.id).where(_open()).exists()
        await self._connection.execute(delete(waiting).where(waiting.c.before <= self._now, ~held))

    def _is_waiting(self) -> tuple[Any, ...]:
        return waiting.c.before > self._now, offers.c.id.is_(None)

    def _is_not_over(self) -> Any:
        return (waiting.c.before > self._now) | offers.c.id.is_not(None)

    async def _one(self, query: Select[Any]) -> WaitingFor | None:
        return next(iter(await self._read(query)), None)

    async def _read(self, query: Select[Any]) -> list[WaitingFor]:
        return [_waiting(row) for row in (await self._connection.execute(query)).all()]


def _open() -> ColumnElement[bool]:
    return (offers.c.waiting_id == waiting.c.id) & (offers.c.state == OfferState.OPEN)


def _lines(*, offered: bool = False) -> Select[Any]:
    """Who waits, each with the open offer; or only those who have one."""
    offer = offers.c.id.label("offer_id"), offers.c.resource, offers.c.starts_at, offers.c.ends_at, offers.c.until
    return select(waiting, *offer).join(offers, _open(), isouter=not offered)


_OF: Final = (
    _lines()
    .where(waiting.c.person_id == bindparam("person"))
    .where((waiting.c.before > bindparam("now")) | offers.c.id.is_not(None))
    .order_by(waiting.c.since, waiting.c.id)
)


def _waiting(row: Any) -> WaitingFor:
    offer = None
    if row.offer_id is not None:
        offer = Offer(OfferId(row.offer_id), Resource(row.resource), row.starts_at, row.ends_at, row.until)
    return WaitingFor(
        WaitingId(row.id),
        PersonId(row.person_id),
        row.what,
        CenterId(row.center),
        row.since,
        row.before,
        row.how,
        ReportId(row.report_id) if row.report_id is not None else None,
        offer,
    )
