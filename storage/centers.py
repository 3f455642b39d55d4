"""The support centers. An address that is not public is sealed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Column, Float, Integer, Table, Text, Time, select, update
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.centers import Center, Disclosure, Line
from casework.ids import CenterId
from storage.ids import Ids
from storage.schema import Holder, key, metadata, ref, sealed
from storage.sealing import Seals

centers = Table(
    "centers",
    metadata,
    key(),
    Column("name", Text, nullable=False, unique=True),
    Column("regions", ARRAY(Text), nullable=False),
    Column("proposed", ARRAY(Text), nullable=False),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    Column("disclosure", Text, nullable=False),
    Column("phone", Text),
    Column("opens", Time, nullable=False),
    Column("closes", Time, nullable=False),
    Column("weekdays", ARRAY(Integer), nullable=False),
    sealed("address", "centers.address", Holder.OWN),
    Column("phone_proposed", Text),
    ref("phone_proposed_by", "staff", null=True),
)


lines = Table(
    "lines",
    metadata,
    key(),
    Column("name", Text, nullable=False, unique=True),
    Column("phone", Text, nullable=False),
    Column("step", Text, nullable=False),
)


class StoredCenters:
    """How centers are kept: `casework.centers.Centers`."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids) -> None:
        self._connection, self._seals, self._ids = connection, seals, ids

    async def all(self) -> Sequence[Center]:
        rows = (await self._connection.execute(select(centers).order_by(centers.c.id))).all()
        return [await self._center(row) for row in rows]

    async def get(self, center: CenterId) -> Center:
        return next(one for one in await self.all() if one.id == center)

    async def answering_for(self, region: str) -> Center:
        every = await self.all()
        return next((center for center in every if region in center.regions), every[0])

    async def keep(self, center: Center) -> None:
        """Keep what staff changed of a center, or a new one."""
        id = await self._connection.scalar(select(centers.c.id).where(centers.c.name == center.id))
        new = id is None
        id = id or await self._ids.take(self._connection)
        values = {field: getattr(center, field) for field in _PLAIN} | {"name": center.id, "address": None}
        if center.address:
            own = await self._seals.new_key("center")
            values["address"] = await self._seals.seal(centers.c.address, id, center.address, key=own)
        if new:
            await self._connection.execute(insert(centers).values(id=id, **values).on_conflict_do_nothing())
        else:
            await self._connection.execute(update(centers).where(centers.c.id == id).values(**values))

    async def lines(self) -> Sequence[Line]:
        rows = (await self._connection.execute(select(lines).order_by(lines.c.id))).all()
        return [Line(row.name, row.phone, row.step) for row in rows]

    async def keep_line(self, line: Line) -> None:
        values = {"phone": line.phone, "step": line.step}
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
        for center in proposed:
            if center.id not in known:
                await self.keep(center)

    async def _center(self, row: Any) -> Center:
        fields = {field: getattr(row, field) for field in _PLAIN}
        center = Center(id=CenterId(row.name), **fields)
        address = await self._seals.unseal(centers.c.address, row.id, row.address) if row.address else None
        return replace(
            center,
            address=address,
            disclosure=Disclosure(row.disclosure),
            regions=tuple(row.regions),
            proposed=tuple(row.proposed),
            weekdays=tuple(row.weekdays),
        )


_PLAIN = (
    "regions",
    "proposed",
    "latitude",
    "longitude",
    "disclosure",
    "phone",
    "opens",
    "closes",
    "weekdays",
    "phone_proposed",
    "phone_proposed_by",
)
