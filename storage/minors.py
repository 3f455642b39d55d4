"""Who is under 18: a row for each time that somebody was marked; what ended stays until the person is erased."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Select, Table, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.ids import CenterId, PersonId, ReportId, StaffId
from casework.minors import Minor, MinorDetails
from casework.unreadable import UNREADABLE, can_be_read
from storage.ids import Ids
from storage.registering import reports
from storage.schema import Holder, bound, key, metadata, moment, ref, sealed
from storage.sealing import Seals

UNREADABLE_DETAILS: Final = MinorDetails(adult=UNREADABLE)

minors = Table(
    "minors",
    metadata,
    key(),
    ref("person_id", "people", cascade=True),
    Column("staff_id", BigInteger),
    moment("began_at", null=False),
    moment("ended_at"),
    moment("asked_at"),
    moment("looked_at"),
    sealed("details", "minors.details", Holder.PERSON, MinorDetails, null=False, broken=UNREADABLE_DETAILS),
    bound("minors", "person_id", "staff_id"),
)
"""`staff_id` is the member who marked them, empty where they said it themselves. Two persons who turn out to be one may
both have an open row, and so may who was marked anew where the details did not open: the newer counts, and all end
together. `looked_at`: when it was last looked whether the day has come."""

_OPEN = minors.c.ended_at.is_(None)
_NEWEST = minors.c.began_at.desc(), minors.c.id.desc()


class StoredMinors:
    """How it is kept: `casework.minors.Minors`. Each method is part of the caller's transaction."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now

    async def of(self, person: PersonId) -> Minor | None:
        found = await self._read(select(minors).where(_OPEN, minors.c.person_id == person).order_by(*_NEWEST).limit(1))
        return found[0] if found else None

    async def begin(self, person: PersonId, by: StaffId | None, *, adult: str = "", of_age: date | None = None) -> None:
        before = await self.of(person)
        details = MinorDetails(of_age, adult)
        if before is not None and can_be_read(before.details):
            known = before.details
            details = MinorDetails(of_age or known.of_age, adult or known.adult)
            mine = minors.c.person_id == person, _OPEN
            row = select(minors.c.id).where(*mine).order_by(*_NEWEST).limit(1)
            known_as = (await self._connection.execute(row)).scalar_one()
            sealed = await self._seals.seal(minors.c.details, known_as, details, holder=person)
            # A human calls again by that day.
            anew = {"asked_at": None, "looked_at": None} if of_age not in (None, known.of_age) else {}
            kept = update(minors).where(minors.c.id == known_as).values(details=sealed, **anew)
            await self._connection.execute(kept)
            return
        id = await self._ids.take(self._connection)
        sealed = await self._seals.seal(minors.c.details, id, details, holder=person)
        whose = {"id": id, "person_id": person, "staff_id": by, "began_at": self._now}
        await self._connection.execute(minors.insert().values(whose | {"details": sealed}))
        await self._dates_change(person)

    async def end(self, person: PersonId) -> None:
        mine = minors.c.person_id == person, _OPEN
        await self._connection.execute(update(minors).where(*mine).values(ended_at=self._now))
        await self._dates_change(person)

    async def to_look_at(self, before: datetime, most: int) -> Sequence[Minor]:
        longest_ago = minors.c.looked_at.asc().nulls_first(), minors.c.id
        waits = _OPEN, minors.c.asked_at.is_(None), func.coalesce(minors.c.looked_at < before, true())
        found = await self._read(select(minors).where(*waits).order_by(*longest_ago).limit(most))
        seen = minors.c.person_id.in_([one.person for one in found])
        await self._connection.execute(update(minors).where(seen, *waits).values(looked_at=self._now))
        return found

    async def asked(self, person: PersonId) -> None:
        mine = minors.c.person_id == person, _OPEN
        await self._connection.execute(update(minors).where(*mine).values(asked_at=self._now))

    async def at(self, center: CenterId) -> Sequence[tuple[ReportId, Minor]]:
        first = func.min(reports.c.id).label("report")
        here = select(reports.c.person_id, first).where(reports.c.center == center).group_by(reports.c.person_id)
        marked = here.where(reports.c.person_id.in_(select(minors.c.person_id).where(_OPEN)))
        of = {row.person_id: ReportId(row.report) for row in await self._connection.execute(marked)}
        found = await self._read(select(minors).where(_OPEN, minors.c.person_id.in_(list(of))).order_by(*_NEWEST[::-1]))
        newest = {minor.person: minor for minor in sorted(found, key=lambda one: one.since)}
        return [(of[person], minor) for person, minor in newest.items()]

    async def _dates_change(self, person: PersonId) -> None:
        """By when they are to be in contact, and by whom, is worked out anew: `storage/contact_dates.py`."""
        theirs = update(reports).where(reports.c.person_id == person)
        await self._connection.execute(theirs.values(contact_look_at=None))

    async def _read(self, query: Select[Any]) -> list[Minor]:
        return [
            Minor(
                PersonId(row.person_id),
                row.began_at,
                StaffId(row.staff_id) if row.staff_id is not None else None,
                await self._seals.unseal(minors.c.details, row.id, row.details),
                row.asked_at,
            )
            for row in (await self._connection.execute(query)).all()
        ]
