"""The support centers. An address that is not public is sealed."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    Integer,
    Table,
    Text,
    Time,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, DATERANGE, ExcludeConstraint, aggregate_order_by, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.centers import CRISIS, KYIV, Center, Disclosure, Line
from casework.ids import CenterId
from casework.places import ABROAD
from casework.reference import Sort
from casework.unreadable import UNREADABLE
from storage.ids import Ids
from storage.keyring import KeyOf
from storage.schema import Holder, at_center, key, metadata, naming, sealed
from storage.sealing import Seals

centers = Table(
    "centers",
    metadata,
    key(),
    *naming("name", Sort.CENTER, unique=True),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    Column("disclosure", Text, nullable=False),
    Column("phone", Text),
    Column("opens", Time, nullable=False),
    Column("closes", Time, nullable=False),
    Column("weekdays", ARRAY(Integer), nullable=False),
    sealed("address", "centers.address", Holder.OWN, broken=UNREADABLE),
    Column("marked", Boolean, nullable=False, server_default="false"),
)

center_regions = Table(
    "center_regions",
    metadata,
    key(),
    Column("region", Text, nullable=False),
    at_center(index=True),
    Column("during", DATERANGE, nullable=False),
    Column("proposed", Boolean, nullable=False, server_default="false"),
    CheckConstraint("NOT isempty(during)", name="some_day"),
    ExcludeConstraint(("region", "="), ("during", "&&"), name="one_center_a_day", using="gist"),
)
"""Which center answers for a region, or for "abroad", on which days in Kyiv. Two on one day are excluded; a day without
any is refused at the commit, by the trigger `center_regions_without_gaps` (migration 0210)."""

lines = Table(
    "lines",
    metadata,
    key(),
    *naming("name", Sort.LINE, unique=True),
    Column("phone", Text, nullable=False),
    *naming("step", Sort.STEP, null=True),
)
"""`phone` is empty as long as no number was confirmed by two persons. A line under no step answers a person in despair,
at any hour."""

_listed: Final = func.array_agg(aggregate_order_by(center_regions.c.region, center_regions.c.id))
_answered: Final = (
    select(
        center_regions.c.center,
        _listed.label("regions"),
        _listed.filter(center_regions.c.proposed).label("proposed"),
    )
    .where(center_regions.c.during.contains(bindparam("today", type_=Date)))
    .group_by(center_regions.c.center)
    .subquery()
)
_ALL: Final = (
    select(centers, _answered.c.regions, _answered.c.proposed)
    .outerjoin(_answered, _answered.c.center == centers.c.name)
    .order_by(centers.c.id)
)


class StoredCenters:
    """How centers are kept: `casework.centers.Centers`."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime) -> None:
        self._connection, self._seals, self._ids = connection, seals, ids
        self._today = now.astimezone(KYIV).date()
        self._known: Sequence[Center] = ()

    async def all(self) -> Sequence[Center]:
        """Read once in a transaction, unless it changes them."""
        if not self._known:
            rows = (await self._connection.execute(_ALL, {"today": self._today})).all()
            self._known = [await self._center(row) for row in rows]
        return self._known

    async def get(self, center: CenterId) -> Center:
        return next(one for one in await self.all() if one.id == center)

    async def answering_for(self, region: str | None) -> Center:
        for center in await self.all():
            if (region or ABROAD) in center.regions:
                return center
        raise LookupError(f"no center answers for {region!r}; add it to EVERYWHERE of casework/places and to the seed")

    async def answers(self, center: CenterId, region: str, since: date | None, *, proposed: bool = False) -> None:
        """Since None: from ever on, for a region that nobody answers for yet."""
        self._known = ()
        mine = center_regions.c.region == region
        # Two administrators at once: the second one's word comes after the first's, and stands.
        await self._connection.execute(select(center_regions.c.id).where(mine).with_for_update())
        if since is not None:
            until = func.daterange(func.lower(center_regions.c.during), since)
            during = center_regions.c.during
            await self._connection.execute(delete(center_regions).where(mine, func.lower(during) >= since))
            await self._connection.execute(
                update(center_regions).where(mine, during.contains(since)).values(during=until)
            )
        await self._connection.execute(
            insert(center_regions).values(
                id=await self._ids.take(self._connection),
                region=region,
                center=center,
                during=func.daterange(since, None),
                proposed=proposed,
            )
        )

    async def confirm(self, center: CenterId, regions: Collection[str]) -> None:
        self._known = ()
        of_it = center_regions.c.center == center, center_regions.c.region.in_(regions)
        await self._connection.execute(update(center_regions).where(*of_it).values(proposed=False))

    async def keep(self, center: Center) -> None:
        self._known = ()
        id = await self._connection.scalar(select(centers.c.id).where(centers.c.name == center.id))
        new = id is None
        id = id or await self._ids.take(self._connection)
        values = {field: getattr(center, field) for field in _PLAIN} | {"name": center.id, "address": None}
        if center.address:
            own = await self._seals.new_key(KeyOf.CENTER)
            values["address"] = await self._seals.seal(centers.c.address, id, center.address, key=own)
        if new:
            await self._connection.execute(insert(centers).values(id=id, **values).on_conflict_do_nothing())
        else:
            await self._connection.execute(update(centers).where(centers.c.id == id).values(**values))

    async def lines(self) -> Sequence[Line]:
        rows = (await self._connection.execute(select(lines).order_by(lines.c.id))).all()
        return [Line(row.name, row.phone, row.step or CRISIS) for row in rows]

    async def keep_line(self, line: Line) -> None:
        values = {"phone": line.phone, "step": None if line.step == CRISIS else line.step}
        await self._connection.execute(
            insert(lines)
            .values(id=await self._ids.take(self._connection), name=line.name, **values)
            .on_conflict_do_update(index_elements=["name"], set_=values)
        )

    async def seed(self, proposed: Sequence[Center], numbers: Sequence[Line]) -> None:
        """Load the first centers and lines where there are none; what staff have changed is never overwritten."""
        known_lines = {line.name for line in await self.lines()}
        for line in numbers:
            if line.name not in known_lines:
                await self.keep_line(line)
        known = {center.id for center in await self.all()}
        answered = set(await self._connection.scalars(select(center_regions.c.region)))
        for center in proposed:
            if center.id not in known:
                await self.keep(center)
            for region in center.regions:
                if region not in answered:
                    await self.answers(center.id, region, None, proposed=region in center.proposed)

    async def _center(self, row: Any) -> Center:
        fields = {field: getattr(row, field) for field in _PLAIN}
        center = Center(id=CenterId(row.name), regions=(), proposed=(), **fields)
        address = await self._seals.unseal(centers.c.address, row.id, row.address) if row.address else None
        return replace(
            center,
            address=address,
            disclosure=Disclosure(row.disclosure),
            regions=tuple(row.regions or ()),
            proposed=tuple(row.proposed or ()),
            weekdays=tuple(row.weekdays),
        )


_PLAIN = (
    "latitude",
    "longitude",
    "disclosure",
    "phone",
    "opens",
    "closes",
    "weekdays",
    "marked",
)
