"""The record of contacts, what is promised of the next one, and how each relative stands to it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    DateTime,
    Integer,
    Select,
    Table,
    Text,
    bindparam,
    exists,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.calls import Reason
from casework.cases.records import CaseState, Reached
from casework.contact.promise import LastHeard, Promise, Terms
from casework.contact.record import SPOKEN, Contact, ContactKind, ContactWish
from casework.contact.sides import ContactSide
from casework.ids import CallId, CaseId, CenterId, PersonId, ReportId, StaffId
from casework.kinship import KinshipState
from casework.stages import CaseStage
from storage.addresses import addresses
from storage.calls import calls
from storage.cases import call_attempts
from storage.ending import held
from storage.human_voice import voices
from storage.ids import Ids
from storage.kinship import kinships
from storage.minors import minors
from storage.people import people
from storage.registering import cases, reports
from storage.schema import at_center, bound, key, metadata, moment, ref
from storage.staff import staff

_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)

contacts = Table(
    "contacts",
    metadata,
    key(),
    ref("person_id", "people", cascade=True),
    ref("report_id", "reports", null=True, cascade=True),
    Column("kind", Text, nullable=False),
    moment("at", null=False),
    Column("by_id", BigInteger, nullable=False),
    Column("about", BigInteger, nullable=False, unique=True),
    bound("contact", "person_id", "report_id", "kind", "at", "by_id", "about"),
)
"""Only added to. `about` is the id of what it came of, which may be gone: a copy of an update, a call, a visit."""


promises = Table(
    "promises",
    metadata,
    key(),
    at_center(index=True),
    Column("written", Integer, nullable=False),
    Column("voice", Integer, nullable=False),
    Column("sooner", Integer, nullable=False),
    Column("day_limit", Integer, nullable=False),
    moment("since", null=False),
    ref("by_id", "staff"),
)
"""What a center's head has promised, in days; the newest of a center is in force, the others are its history."""

stage_promises = Table(
    "stage_promises",
    metadata,
    key(),
    ref("promise_id", "promises", cascade=True),
    Column("stage", Text, nullable=False),
    Column("written", Integer, nullable=False),
    Column("voice", Integer, nullable=False),
    Column("sooner", Integer, nullable=False),
)
"""The days of a promise for those whose case stands at a stage."""

contact_wishes = Table(
    "contact_wishes",
    metadata,
    key(),
    ref("report_id", "reports", cascade=True),
    Column("wish", Text, nullable=False),
    moment("at", null=False),
    bound("contact_wishes", "report_id", "wish", "at"),
)
"""What a relative wished, each time; the last is in force."""

TIED = frozenset(KinshipState) - {KinshipState.REFUSED, KinshipState.REVOKED}


class StoredContacts:
    """How it is kept: `casework.contact.record.Contacts`."""

    def __init__(self, connection: AsyncConnection, ids: Ids, now: datetime) -> None:
        self._connection, self._ids, self._now = connection, ids, now

    async def add(self, contact: Contact, about: int) -> None:
        id = await self._ids.take(self._connection)
        values = {
            "person_id": contact.person,
            "report_id": contact.report,
            "kind": contact.kind,
            "at": contact.at,
            "by_id": contact.by,
        }
        once = insert(contacts).values(id=id, about=about, **values).on_conflict_do_nothing(index_elements=["about"])
        await self._connection.execute(once)
        await self._changed(reports.c.person_id == contact.person)

    async def of(self, person: PersonId) -> Sequence[Contact]:
        query = select(contacts).where(contacts.c.person_id == person).order_by(contacts.c.at.desc(), contacts.c.id)
        return [
            Contact(
                PersonId(row.person_id),
                ReportId(row.report_id) if row.report_id else None,
                ContactKind(row.kind),
                row.at,
                StaffId(row.by_id),
            )
            for row in await self._connection.execute(query)
        ]

    async def promise(self, center: CenterId, promise: Promise) -> None:
        values = {"written": promise.written, "voice": promise.voice, "sooner": promise.sooner}
        id = await self._ids.take(self._connection)
        row = values | {"id": id, "center": center, "day_limit": promise.limit, "since": promise.since}
        await self._connection.execute(insert(promises).values(row | {"by_id": promise.by}))
        for stage, terms in promise.stages.items():
            days = {"id": await self._ids.take(self._connection), "promise_id": id, "stage": stage}
            await self._connection.execute(insert(stage_promises).values(days | terms._asdict()))
        await self._changed(reports.c.center == center)

    async def promise_nothing(self, center: CenterId, by: StaffId) -> None:
        """Its newest row puts nobody into the queue."""
        id = await self._ids.take(self._connection)
        nothing = {"written": 0, "voice": 0, "sooner": 0, "day_limit": 0}
        row = nothing | {"id": id, "center": center, "since": self._now, "by_id": by}
        await self._connection.execute(insert(promises).values(row))
        here = update(reports).where(reports.c.center == center)
        await self._connection.execute(here.values(contact_due_at=None, contact_look_at=None))

    async def promises(self) -> Mapping[CenterId, Promise]:
        found: dict[CenterId, Promise] = {}
        stages = await self._stages()
        for row in await self._connection.execute(select(promises).order_by(promises.c.since, promises.c.id)):
            before = found.pop(CenterId(row.center), None)
            if not row.day_limit:
                continue
            days, by = Terms(row.written, row.voice, row.sooner), StaffId(row.by_id)
            former = (before.usual, stages.get(row.id, {}), before.stages) if before else (None, stages.get(row.id, {}))
            found[CenterId(row.center)] = Promise(*days, row.day_limit, row.since, by, *former)
        return found

    async def _stages(self) -> Mapping[int, Mapping[CaseStage, Terms]]:
        """The days by stage of each promise, by its id."""
        found: dict[int, dict[CaseStage, Terms]] = {}
        for row in await self._connection.execute(select(stage_promises)):
            found.setdefault(row.promise_id, {})[CaseStage(row.stage)] = Terms(row.written, row.voice, row.sooner)
        return found

    async def in_turn(self, center: CenterId) -> bool:
        order = promises.c.since.desc(), promises.c.id.desc()
        newest = select(promises.c.id).where(promises.c.center == center).order_by(*order).limit(1).scalar_subquery()
        mine = select(promises.c.id).where(promises.c.id == newest).with_for_update(skip_locked=True)
        return await self._connection.scalar(mine) is not None

    async def planned(self, center: CenterId, since: datetime) -> int:
        mine = calls.c.reason == Reason.CONTACT, calls.c.center == center, calls.c.made_at >= since
        return int(await self._connection.scalar(select(func.count()).select_from(calls).where(*mine)) or 0)

    async def wish(self, report: ReportId) -> ContactWish:
        own, this = reports.alias("own"), reports.alias("this")
        same = (own.c.person_id == this.c.person_id) & (own.c.case_id == this.c.case_id)
        theirs = select(own.c.id).join(this, same).where(this.c.id == report)
        order = contact_wishes.c.at.desc(), contact_wishes.c.id.desc()
        last = select(contact_wishes.c.wish).where(contact_wishes.c.report_id.in_(theirs)).order_by(*order).limit(1)
        found = (await self._connection.execute(last)).scalar_one_or_none()
        return ContactWish(found) if found else ContactWish.USUAL

    async def wish_anew(self, report: ReportId, wish: ContactWish) -> None:
        id = await self._ids.take(self._connection)
        await self._connection.execute(insert(contact_wishes).values(id=id, report_id=report, wish=wish, at=self._now))
        theirs = select(reports.c.person_id).where(reports.c.id == report).scalar_subquery()
        await self._changed(reports.c.person_id == theirs)

    async def sides(self, center: CenterId) -> Sequence[ContactSide]:
        return await sides(reports.c.center == center, self._connection, self._now)

    async def side(self, report: ReportId) -> ContactSide | None:
        own = reports.alias("own")
        same = exists().where(
            own.c.id == report, own.c.person_id == reports.c.person_id, own.c.case_id == reports.c.case_id
        )
        found = await sides(same, self._connection, self._now)
        return found[0] if found else None

    async def _changed(self, which: ColumnElement[bool]) -> None:
        """By when these relatives are to be in contact is worked out anew: `storage/contact_dates.py`."""
        await self._connection.execute(update(reports).where(which).values(contact_look_at=None))


async def sides(which: ColumnElement[bool], connection: AsyncConnection, now: datetime) -> Sequence[ContactSide]:
    """How the relatives of some reports stand, in the order of their first reports."""
    return [
        ContactSide(
            PersonId(row.person_id),
            CaseId(row.case_id),
            ReportId(row.report),
            LastHeard(row.report, row.began, row.last, row.spoken, row.wish == ContactWish.SOONER, row.by_voice),
            CallId(row.task) if row.task else None,
            called=row.called,
            tries=row.tries,
            reachable=row.reachable,
            rests=row.rests or row.wish == ContactWish.SILENCE,
            quiet=row.wish == ContactWish.SILENCE and not row.rests,
        )
        for row in (await connection.execute(_read().where(which), {"now": now})).all()
    ]


@cache
def _read() -> Select[Any]:
    """One row for each relative and case, at the moment `now`: rows are put together, and none is shown as it is."""
    person, case = reports.c.person_id, reports.c.case_id
    last, spoken = _latest(true()), _latest(contacts.c.kind.in_(SPOKEN))
    kept = calls.c.reason == Reason.CONTACT
    task = select(func.min(calls.c.id)).where(*open_calls(), kept).scalar_subquery()
    missed = call_attempts.c.person_id == person, call_attempts.c.how == Reached.NO_ANSWER
    tries = select(func.count()).where(*missed, call_attempts.c.at > func.coalesce(last, _NEVER)).scalar_subquery()
    lives = or_(
        addresses.c.expires_at.is_(None), addresses.c.expires_at > bindparam("now", type_=DateTime(timezone=True))
    )
    joined = cases.alias("joined")
    family = select(joined.c.id).where(or_(joined.c.id == case, joined.c.joined_to == case)).correlate(reports)
    of_case = exists().where(voices.c.ended_at.is_(None), voices.c.case_id.in_(family))
    by_voice = or_(
        of_case,
        exists().where(voices.c.ended_at.is_(None), voices.c.report_id.in_(of(person, case))),
        exists().where(minors.c.ended_at.is_(None), minors.c.person_id == person),
    )
    order = contact_wishes.c.at.desc(), contact_wishes.c.id.desc()
    wished = select(contact_wishes.c.wish).where(contact_wishes.c.report_id.in_(of(person, case)))
    over = or_(cases.c.state != CaseState.OPEN, cases.c.search_ended_at.is_not(None))
    tied = func.coalesce(kinships.c.state, KinshipState.DECLARED).in_(TIED)
    return (
        select(
            person,
            case,
            func.min(reports.c.id).label("report"),
            func.min(reports.c.filed_at).label("began"),
            last.label("last"),
            spoken.label("spoken"),
            by_voice.label("by_voice"),
            wished.order_by(*order).limit(1).scalar_subquery().label("wish"),
            task.label("task"),
            exists().where(*open_calls()).label("called"),
            tries.label("tries"),
            exists().where(addresses.c.person_id == person, addresses.c.active, lives).label("reachable"),
            or_(
                func.bool_or(over),
                func.bool_or(people.c.erase_at.is_not(None)),
                ~func.bool_or(tied),
                held(case),
                exists().where(staff.c.person_id == person),
            ).label("rests"),
        )
        .join(cases, cases.c.id == case)
        .join(people, people.c.id == person)
        .outerjoin(kinships, kinships.c.report_id == reports.c.id)
        .group_by(person, case)
        .order_by(func.min(reports.c.id))
    )


def open_calls() -> tuple[ColumnElement[bool], ...]:
    """The calls that are due to a report's relative, about its case or none."""
    person, case = reports.c.person_id, reports.c.case_id
    here = or_(calls.c.report_id.is_(None), calls.c.report_id.in_(of(person, case)))
    return calls.c.person_id == person, calls.c.done_at.is_(None), calls.c.appointment_id.is_(None), here


def of(person: Any, case: Any) -> Any:
    """The reports of one relative in one case."""
    own = reports.alias()
    return select(own.c.id).where(own.c.person_id == person, own.c.case_id == case).correlate(reports)


def _latest(kinds: ColumnElement[bool]) -> Any:
    """The relative's last contact about the case, or about none in particular."""
    person, case = reports.c.person_id, reports.c.case_id
    about = or_(contacts.c.report_id.is_(None), contacts.c.report_id.in_(of(person, case)))
    mine = contacts.c.person_id == person, about, kinds
    return select(func.max(contacts.c.at)).where(*mine).correlate(reports).scalar_subquery()
