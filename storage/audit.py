"""The audit: rows are written and read, never changed. Ids only, so that it outlives what it tells of.

A row is written before what it tells of is shown, and chained as its transaction commits (`storage/chain.py`): the lock
of the chain is held for that statement and the commit.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.actor import Actor, Channel, Role
from casework.audit import BY_SHELL, AuditEntry, Deed, Filter, Group, Groups, NotRecorded, Usage
from casework.ids import AddressId, CaseId, PersonId, ReportId, StaffId, StructureId
from casework.who_looked import Look
from storage.chain import Head, Heads, audit, chain
from storage.ids import Ids
from storage.sealing import Seals
from storage.staff import staff

OPENING = ("case", "kinship")
"""What is written when a report is opened by itself, and not among others."""

RENEWED = timedelta(hours=12)
"""For so long a list that renews itself writes only what was not in it before."""

A_MINUTE = timedelta(minutes=1)

ABOUT = ("case_id", "report_id", "person_id", "searched", "cases", "people", "session_id")
"""Columns that tell what a row is about, as far as it is about anything."""

_AWAY = ("08", "57", "53")
"""Classes of SQLSTATE that say that the database is away, and not that the table refuses the row."""


@contextmanager
def _refused() -> Iterator[None]:
    """`NotRecorded` where the database refuses a row, rather than being away."""
    try:
        yield
    except DBAPIError as error:
        state = str(getattr(error.orig, "sqlstate", None) or "")
        if error.connection_invalidated or not state or state[:2] in _AWAY:
            raise
        raise NotRecorded(
            f"the audit takes no row ({state}); see that its table is there and may be written"
        ) from error


class StoredAudit:
    """How the audit is kept: `casework.audit.Audit`."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime, heads: Heads) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now
        self._heads = heads
        self._rows: list[dict[str, Any]] = []

    async def looked(
        self,
        actor: Actor,
        what: str,
        *,
        case: CaseId | None = None,
        report: ReportId | None = None,
        person: PersonId | None = None,
        cases: Collection[CaseId] = (),
        people: Collection[PersonId] = (),
        searched: str | None = None,
    ) -> None:
        await self._add(Deed.LOOKED, actor, what, case, report, person, cases, people, searched)

    async def refreshed(
        self, actor: Actor, what: str, *, cases: Collection[CaseId] = (), people: Collection[PersonId] = ()
    ) -> None:
        if actor.member is None or not (cases or people):
            return
        before = select(audit.c.cases, audit.c.people).where(
            audit.c.staff_id == actor.member.id, audit.c.what == what, audit.c.at > self._now - RENEWED
        )
        with _refused():
            rows = (await self._connection.execute(before)).all()
        for row in rows:
            cases, people = set(cases) - set(row.cases or ()), set(people) - set(row.people or ())
        if cases or people:
            await self.looked(actor, what, cases=cases, people=people)

    async def acted(
        self,
        actor: Actor,
        what: str,
        *,
        case: CaseId | None = None,
        report: ReportId | None = None,
        person: PersonId | None = None,
    ) -> None:
        await self._add(Deed.ACTED, actor, what, case, report, person, (), (), None)

    async def _add(
        self,
        deed: Deed,
        actor: Actor,
        what: str,
        case: CaseId | None,
        report: ReportId | None,
        person: PersonId | None,
        cases: Collection[CaseId],
        people: Collection[PersonId],
        searched: str | None,
    ) -> None:
        if actor.member is None:
            return
        if actor.by is not None:
            person = actor.person
        searched_for = None if searched is None else self._seals.vault.lookup("search", searched)
        await self._write(
            deed,
            actor.member.id,
            actor.channel,
            what,
            case_id=case,
            report_id=report,
            person_id=person,
            searched=searched_for,
            cases=sorted(set(cases)) or None,
            people=sorted(set(people)) or None,
            session_id=actor.address,
        )

    async def _write(self, deed: Deed, member: StaffId, channel: str, what: str, **about: Any) -> None:
        row = dict.fromkeys(ABOUT) | {
            "id": await self._ids.take(self._connection),
            "at": self._now,
            "staff_id": int(member),
            "deed": str(deed),
            "what": what,
            "channel": str(channel),
        }
        await self.write([row | about])

    async def from_shell(self, what: str, *, person: PersonId | None = None) -> None:
        await self._write(Deed.ACTED, BY_SHELL, "shell", what, person_id=person)

    async def noticed(self, member: StaffId, what: str) -> None:
        await self._write(Deed.ACTED, member, "service", what)

    async def usage(
        self, members: Collection[StaffId] | None, since: datetime, until: datetime
    ) -> Mapping[StaffId, Usage]:
        """The clock may have jumped: rows of another day are not of this one, wherever they lie."""
        found = audit.c.searched.is_not(None) & audit.c.cases.is_not(None)
        searches, lately = func.count(audit.c.searched.distinct()), audit.c.at > until - A_MINUTE
        query = (
            select(
                audit.c.staff_id,
                func.count(audit.c.case_id.distinct()).label("cases"),
                searches.filter(found).label("searches"),
                searches.filter(found, lately).label("lately"),
            )
            .where(_on_page(since), audit.c.at <= until)
            .group_by(audit.c.staff_id)
        )
        if members is not None:
            query = query.where(audit.c.staff_id.in_(members))
        with _refused():
            rows = (await self._connection.execute(query)).all()
        return {StaffId(row.staff_id): Usage(row.cases, row.searches, row.lately) for row in rows}

    async def seen(self, member: StaffId, since: datetime, *, case: CaseId | None, searched: str | None) -> bool:
        one = audit.c.case_id == case
        if searched is not None:
            one = audit.c.searched == self._seals.vault.lookup("search", searched)
        return await self._is_there(_on_page(since) & (audit.c.staff_id == member) & one)

    async def did(self, member: StaffId, what: str, since: datetime) -> bool:
        mine = (audit.c.staff_id == member) & (audit.c.deed == Deed.ACTED) & (audit.c.at >= since)
        return await self._is_there(mine & audit.c.what.startswith(what))

    async def was_shown(
        self, member: StaffId, what: str, since: datetime, *, report: ReportId | None, person: PersonId
    ) -> bool:
        mine = (audit.c.staff_id == member) & (audit.c.deed == Deed.LOOKED) & (audit.c.at >= since)
        about = audit.c.report_id == report if report is not None else audit.c.person_id == person
        return await self._is_there(mine & (audit.c.what == what) & about)

    async def _is_there(self, such: ColumnElement[bool]) -> bool:
        with _refused():
            return bool(await self._connection.scalar(select(exists().where(such))))

    async def write(self, rows: Sequence[dict[str, Any]]) -> None:
        """Raises `NotRecorded` where the table takes them not."""
        with _refused():
            await self._connection.execute(audit.insert(), rows)
        self._rows += rows

    def count(self) -> int:
        return len(self._rows)

    def undo(self, count: int) -> None:
        """Forget the rows after the first `count`: what they tell of was undone."""
        del self._rows[count:]

    def take(self) -> list[dict[str, Any]]:
        """The rows that are not chained yet, once."""
        rows, self._rows = self._rows, []
        return rows

    async def chain(self) -> Head | None:
        """Chain what was written, just before the commit; the new head, or None where nothing was. Raises
        `NotRecorded`."""
        rows = self.take()
        if not rows:
            return None
        with _refused():
            return await chain(self._connection, self._seals.vault, self._heads, rows)

    async def looks_at(self, case: CaseId, report: ReportId, since: datetime, until: datetime) -> Sequence[Look]:
        month = func.date_trunc("month", func.timezone("Europe/Kyiv", audit.c.at))
        of_it = or_(audit.c.case_id == case, audit.c.report_id == report, audit.c.cases.contains([case]))
        query = (
            select(month.label("month"), staff.c.role, staff.c.structure)
            .join(staff, staff.c.id == audit.c.staff_id)
            .where(of_it, audit.c.deed == Deed.LOOKED, audit.c.at >= since, audit.c.at < until)
            .distinct()
        )
        return [
            Look(row.month.date(), Role(row.role), StructureId(row.structure) if row.structure else None)
            for row in await self._connection.execute(query)
        ]

    async def opened(self, member: StaffId, limit: int) -> Sequence[ReportId]:
        found = await self._connection.execute(
            select(audit.c.report_id)
            .where(
                audit.c.staff_id == member,
                audit.c.deed == Deed.LOOKED,
                audit.c.what.in_(OPENING),
                text("EXISTS (SELECT FROM reports WHERE reports.id = audit.report_id)"),
            )
            .group_by(audit.c.report_id)
            .order_by(func.max(audit.c.at).desc())
            .limit(limit)
        )
        return [ReportId(row.report_id) for row in found]

    async def groups(self, wanted: Filter, first: int, most: int) -> Groups:
        hour = func.date_trunc("hour", audit.c.at)
        alike = (*(audit.c[name] for name in _ALIKE), hour)
        newest = func.max(audit.c.number)
        grouped = select(newest.label("number"), func.count().label("many")).where(*_where(wanted)).group_by(*alike)
        found = grouped.order_by(newest.desc()).offset(first).limit(most).subquery()
        query = (
            select(audit, found.c.many).join(found, found.c.number == audit.c.number).order_by(audit.c.number.desc())
        )
        page = tuple(Group(_entry(row), row.many) for row in await self._connection.execute(query))
        whole = grouped.subquery()
        counted = select(func.count(), func.coalesce(func.sum(whole.c.many), 0)).select_from(whole)
        groups, rows = (await self._connection.execute(counted)).one()
        return Groups(page, int(groups), int(rows))

    async def rows(self, wanted: Filter) -> Sequence[AuditEntry]:
        query = select(audit).where(*_where(wanted)).order_by(audit.c.number)
        return [_entry(row) for row in await self._connection.execute(query)]


_ALIKE = ("staff_id", "deed", "what", "channel", "case_id", "report_id", "person_id")


def _on_page(since: datetime) -> ColumnElement[bool]:
    return (audit.c.deed == Deed.LOOKED) & (audit.c.channel == Channel.WEB) & (audit.c.at >= since)


def _where(wanted: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [audit.c.number.is_not(None)]
    if wanted.case is not None:
        found.append(or_(audit.c.case_id == wanted.case, audit.c.cases.contains([wanted.case])))
    if wanted.person is not None:
        found.append(or_(audit.c.person_id == wanted.person, audit.c.people.contains([wanted.person])))
    if wanted.member is not None:
        found.append(audit.c.staff_id == wanted.member)
    if wanted.since is not None:
        found.append(audit.c.at >= wanted.since)
    if wanted.until is not None:
        found.append(audit.c.at < wanted.until)
    return found


def _entry(row: Any) -> AuditEntry:
    return AuditEntry(
        row.at,
        StaffId(row.staff_id),
        Deed(row.deed),
        row.what,
        row.channel,
        CaseId(row.case_id) if row.case_id else None,
        ReportId(row.report_id) if row.report_id else None,
        PersonId(row.person_id) if row.person_id else None,
        tuple(CaseId(id) for id in row.cases or ()),
        tuple(PersonId(id) for id in row.people or ()),
        AddressId(row.session_id) if row.session_id else None,
    )


__all__ = ["StoredAudit", "audit"]
