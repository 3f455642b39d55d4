"""By when the relatives of a center are to be in contact: what was worked out stays with their reports, in an index.

The date is kept with the first report that a relative has in a case, at that center. Where `contact_look_at` is none,
it is no longer known; all reports of a relative lose it together.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    DateTime,
    Select,
    case,
    column,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.calls import Reason
from casework.cases.records import CaseState
from casework.contact.record import ContactWish
from casework.contact.sides import ContactDate, ContactSide
from casework.ids import CallId, CaseId, CenterId, ReportId
from casework.kinship import KinshipState
from casework.updates.values import UpdateState
from storage.calls import calls
from storage.contact import TIED, contact_wishes, contacts, open_calls, sides
from storage.ending import held
from storage.kinship import kinships
from storage.people import people
from storage.registering import cases, reports
from storage.schema import among
from storage.staff import staff
from storage.updates import updates

_due, _look = reports.c.contact_due_at, reports.c.contact_look_at


class StoredContactDates:
    """How they are kept: `casework.contact.sides.ContactDates`."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection, self._now = connection, now

    async def unknown(self, center: CenterId, most: int) -> Sequence[ContactSide]:
        found = (await self._connection.execute(_unknown(center).limit(most))).all()
        return await self._of(center, [(row.person_id, row.case_id) for row in found])

    async def how_many_unknown(self, center: CenterId) -> int:
        return int(await self._connection.scalar(select(func.count()).select_from(_unknown(center).subquery())) or 0)

    async def to_look_at(self, center: CenterId, most: int) -> Sequence[ContactSide]:
        here = select(reports.c.person_id, reports.c.case_id).where(reports.c.center == center)
        found = [(await self._connection.execute(_unknown(center).limit(most))).all()]
        left = most - len(found[0])
        old = here.where(_look <= self._now).order_by(_look).limit(left)
        found.append((await self._connection.execute(old)).all())
        pairs = {(row.person_id, row.case_id) for rows in found for row in rows}
        return await self._of(center, await self._locked(center, pairs))

    async def _locked(self, center: CenterId, pairs: Collection[tuple[int, int]]) -> Collection[tuple[int, int]]:
        """Those of these persons and cases all of whose reports at the center could be locked: before they are read, or
        what moves a date meanwhile would be written over."""
        theirs = select(reports.c.id, reports.c.person_id, reports.c.case_id)
        theirs = theirs.where(reports.c.center == center, _same(pairs)).order_by(reports.c.id)
        locked = theirs.with_for_update(key_share=True, skip_locked=True)
        ours = {row.id for row in await self._connection.execute(locked)}
        rows = (await self._connection.execute(theirs)).all()
        return {(row.person_id, row.case_id) for row in rows} - {
            (row.person_id, row.case_id) for row in rows if row.id not in ours
        }

    async def _sides(self, center: CenterId, which: ColumnElement[bool]) -> Sequence[ContactSide]:
        """Those of whom one report is such, with all their reports in the case, at the center."""
        chosen = select(reports.c.person_id, reports.c.case_id).where(reports.c.center == center, which)
        found = (await self._connection.execute(chosen.distinct())).all()
        return await self._of(center, [(row.person_id, row.case_id) for row in found])

    async def _of(self, center: CenterId, pairs: Collection[tuple[int, int]]) -> Sequence[ContactSide]:
        if not pairs:
            return ()
        return await sides((reports.c.center == center) & _same(pairs), self._connection, self._now)

    async def keep(self, center: CenterId, dates: Sequence[ContactDate]) -> None:
        if not dates:
            return
        worked_out = (
            func.unnest(
                literal([one.side.person for one in dates], ARRAY(BigInteger)),
                literal([one.side.case for one in dates], ARRAY(BigInteger)),
                literal([one.side.report for one in dates], ARRAY(BigInteger)),
                literal([one.due for one in dates], ARRAY(DateTime(timezone=True))),
                literal([one.look for one in dates], ARRAY(DateTime(timezone=True))),
            )
            .table_valued(
                column("person_id", BigInteger),
                column("case_id", BigInteger),
                column("first", BigInteger),
                column("due", DateTime(timezone=True)),
                column("look", DateTime(timezone=True)),
            )
            .render_derived()
        )
        await self._connection.execute(
            update(reports)
            .where(
                reports.c.center == center,
                reports.c.person_id == worked_out.c.person_id,
                reports.c.case_id == worked_out.c.case_id,
            )
            .values(
                contact_due_at=case((reports.c.id == worked_out.c.first, worked_out.c.due)),
                contact_look_at=worked_out.c.look,
            )
        )

    async def uncalled(self, center: CenterId, until: datetime, most: int | None = None) -> Sequence[ContactSide]:
        return await self._nearest(center, most, _due <= until, ~exists().where(*open_calls()))

    async def of(self, center: CenterId, these: Collection[ReportId]) -> Sequence[ContactSide]:
        return await self._sides(center, among(reports.c.id, these))

    async def nearest(self, center: CenterId, most: int) -> Sequence[ContactSide]:
        return await self._nearest(center, most)

    async def _nearest(self, center: CenterId, most: int | None, *which: ColumnElement[bool]) -> Sequence[ContactSide]:
        known = reports.c.center == center, _due.is_not(None), _look.is_not(None)
        found = select(reports.c.id).where(*known, *which).order_by(_due, reports.c.id).limit(most)
        ids = [ReportId(id) for id in (await self._connection.execute(found)).scalars()]
        return await self._sides(center, among(reports.c.id, ids)) if ids else ()

    async def needless(self, center: CenterId, after: datetime, most: int) -> Sequence[CallId]:
        found = (
            _of_cases(select(calls.c.id))
            .join(calls, calls.c.report_id == reports.c.id)
            .where(calls.c.center == center, calls.c.done_at.is_(None), calls.c.reason == Reason.CONTACT)
            .where(_look.is_not(None), or_(_due.is_(None), _due > after, _over()))
            .order_by(calls.c.id)
            .limit(most)
        )
        return [CallId(id) for id in (await self._connection.execute(found)).scalars()]

    async def counted(self, center: CenterId, *until: datetime) -> Sequence[int]:
        each = [func.count().filter(_due < one) for one in until]
        known = reports.c.center == center, _due.is_not(None), _look.is_not(None)
        row: Any = (await self._connection.execute(select(func.count(), *each).where(*known))).one()
        return tuple(row)

    async def relatives(self, center: CenterId) -> int:
        own = select(reports.c.person_id, reports.c.case_id).where(reports.c.center == center, *self._searched())
        tied = func.coalesce(kinships.c.state, KinshipState.DECLARED).in_(TIED)
        here = _of_cases(own).outerjoin(kinships, kinships.c.report_id == reports.c.id).where(tied).distinct()
        return int(await self._connection.scalar(select(func.count()).select_from(here.subquery())) or 0)

    async def with_updates(self, center: CenterId) -> Mapping[CaseId, int]:
        tied = func.coalesce(kinships.c.state, KinshipState.DECLARED).in_(TIED)
        joined = cases.alias("joined")
        family = or_(joined.c.id == reports.c.case_id, joined.c.joined_to == reports.c.case_id)
        released = select(updates.c.id).join(joined, joined.c.id == updates.c.case_id)
        released = released.where(family, updates.c.state == UpdateState.RELEASED).correlate(reports)
        query = (
            _of_cases(select(reports.c.case_id, func.count(reports.c.person_id.distinct()).label("many")))
            .outerjoin(kinships, kinships.c.report_id == reports.c.id)
            .where(reports.c.center == center, tied, *self._searched(), released.exists())
            .group_by(reports.c.case_id)
        )
        return {CaseId(row.case_id): row.many for row in await self._connection.execute(query)}

    async def wishes(self, center: CenterId) -> Mapping[ContactWish, int]:
        person, of = reports.c.person_id, reports.c.case_id
        last = (
            _of_cases(select(contact_wishes.c.wish))
            .where(reports.c.center == center, *self._searched())
            .join(contact_wishes, contact_wishes.c.report_id == reports.c.id)
            .ext(distinct_on(person, of))
            .order_by(person, of, contact_wishes.c.at.desc(), contact_wishes.c.id.desc())
            .subquery()
        )
        found = await self._connection.execute(select(last.c.wish, func.count()).group_by(last.c.wish))
        return {ContactWish(wish): many for wish, many in found}

    @staticmethod
    def _searched() -> tuple[ColumnElement[bool], ...]:
        """What `ContactSide.rests` knows of a case and a person."""
        ours = exists().where(staff.c.person_id == reports.c.person_id)
        return ~_over(), ~held(reports.c.case_id), ~ours

    async def talked(self, center: CenterId, since: datetime) -> int:
        here = select(contacts.c.id).join(reports, reports.c.id == contacts.c.report_id)
        mine = here.where(reports.c.center == center, contacts.c.at >= since).subquery()
        return int(await self._connection.scalar(select(func.count()).select_from(mine)) or 0)


def _unknown(center: CenterId) -> Select[Any]:
    """Persons and cases whose date is not known."""
    return select(reports.c.person_id, reports.c.case_id).where(reports.c.center == center, _look.is_(None)).distinct()


def _same(pairs: Collection[tuple[int, int]]) -> ColumnElement[bool]:
    """Is a report of one of these persons, in that case?"""
    these = (
        func.unnest(
            literal([person for person, _ in pairs], ARRAY(BigInteger)),
            literal([case for _, case in pairs], ARRAY(BigInteger)),
        )
        .table_valued("person_id", "case_id")
        .render_derived()
    )
    return exists().where(these.c.person_id == reports.c.person_id, these.c.case_id == reports.c.case_id)


def _of_cases(query: Select[Any]) -> Select[Any]:
    """With each report's case and relative."""
    of = reports.join(cases, cases.c.id == reports.c.case_id).join(people, people.c.id == reports.c.person_id)
    return query.select_from(of)


def _over() -> ColumnElement[bool]:
    """The search has ended, or the relative leaves."""
    return or_(cases.c.state != CaseState.OPEN, cases.c.search_ended_at.is_not(None), people.c.erase_at.is_not(None))
