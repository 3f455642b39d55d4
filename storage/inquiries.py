"""Inquiries of centers to bodies, their answers, and by which law a body has to answer."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from hmac import compare_digest
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    Date,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    and_,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.calls import Reason
from casework.cases.records import CaseState
from casework.centers import KYIV
from casework.contact.record import SPOKEN
from casework.ids import CallId, CaseId, CenterId, FileId, InquiryId, PersonId, ReportId, StaffId
from casework.inquiries.values import Enclosed, Inquiry, Outcome, Punctuality, Term
from casework.kinship import KinshipState
from casework.unreadable import UNREADABLE
from casework.updates.codes import code_from
from storage.calls import calls
from storage.centers import centers
from storage.contact import contacts
from storage.ids import Ids
from storage.kinship import kinships
from storage.registering import cases, reports
from storage.schema import Holder, at_center, bound, key, metadata, moment, ref, sealed
from storage.sealing import Seals
from storage.updates import readings, updates

inquiries = Table(
    "inquiries",
    metadata,
    key(),
    at_center(index=True),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    ref("case_id", "cases", cascade=True),
    ref("report_id", "reports", cascade=True),
    ref("by_id", "staff"),
    Column("body", Text, nullable=False),
    sealed("question", "inquiries.question", Holder.CASE, null=False, broken=UNREADABLE),
    Column("enclosed", ARRAY(Text), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("law", Text, nullable=False),
    moment("made_at", null=False),
    moment("sent_at"),
    Column("outcome", Text),
    Column("answered_on", Date),
    moment("answered_at"),
    Column("files", ARRAY(BigInteger), nullable=False),
    moment("stopped_at"),
    moment("told_at"),
    Column("reminded", Integer, nullable=False, server_default="0"),
    bound("inquiries", "center", "case_id", "report_id", "by_id", "body", "outcome", "files"),
    UniqueConstraint("center", "year", "number"),
)
"""`number` counts those of a center in a year. `files` are the answer, among those of the member who attached it."""

inquiry_terms = Table(
    "inquiry_terms",
    metadata,
    key(),
    Column("body", Text, nullable=False),
    Column("days", Integer, nullable=False),
    Column("source", Text, nullable=False),
    moment("since", null=False),
    ref("by_id", "staff"),
    bound("inquiry_terms", "body", "days", "source", "by_id"),
)
"""Within how many days a body has to answer, and the law that says so; the newest of a body is in force."""


class StoredInquiries:
    """How it is kept: `casework.inquiries.values.Inquiries`."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now

    async def add(
        self,
        center: CenterId,
        case: CaseId,
        report: ReportId,
        by: StaffId,
        *,
        body: str,
        question: str,
        enclosed: Sequence[Enclosed],
        due: date,
        law: str,
    ) -> Inquiry:
        id = InquiryId(await self._ids.take(self._connection))
        year = self._now.astimezone(KYIV).year
        row = {
            "id": id,
            "center": center,
            "year": year,
            "number": await self._next(center, year),
            "case_id": case,
            "report_id": report,
            "by_id": by,
            "body": body,
            "question": await self._seals.seal(inquiries.c.question, id, question, holder=case),
            "enclosed": [str(part) for part in enclosed],
            "due_on": due,
            "law": law,
            "made_at": self._now,
            "files": [],
        }
        await self._connection.execute(insert(inquiries).values(**row))
        added = await self.get(id)
        if added is None:
            raise LookupError(f"inquiry {id} is not there; it was added one statement above")
        return added

    async def _next(self, center: CenterId, year: int) -> int:
        """No two of a center get one number: whoever comes second waits for the first."""
        await self._connection.execute(select(centers.c.name).where(centers.c.name == center).with_for_update())
        here = inquiries.c.center == center, inquiries.c.year == year
        return int(await self._connection.scalar(select(func.max(inquiries.c.number)).where(*here)) or 0) + 1

    async def get(self, id: InquiryId, *, lock: bool = False) -> Inquiry | None:
        query = _INQUIRIES.where(inquiries.c.id == id)
        row = (await self._connection.execute(query.with_for_update(of=inquiries) if lock else query)).one_or_none()
        if row is None:
            return None
        return _inquiry(row, await self._seals.unseal(inquiries.c.question, row.id, row.question))

    async def at(self, center: CenterId) -> Sequence[Inquiry]:
        here = inquiries.c.center == center, inquiries.c.outcome.is_(None), inquiries.c.stopped_at.is_(None)
        query = _INQUIRIES.where(*here).order_by(inquiries.c.due_on, inquiries.c.id)
        return [_inquiry(row) for row in await self._connection.execute(query)]

    async def of_case(self, case: CaseId) -> Sequence[Inquiry]:
        query = _INQUIRIES.where(reports.c.case_id == case).order_by(inquiries.c.id.desc())
        return [_inquiry(row) for row in await self._connection.execute(query)]

    async def punctuality(self, center: CenterId, day: date) -> Sequence[Punctuality]:
        sent = inquiries.c.center == center, inquiries.c.sent_at.is_not(None), inquiries.c.stopped_at.is_(None)
        due, late = Counter[str](), Counter[str]()
        for row in await self._connection.execute(select(inquiries).where(*sent)):
            if row.answered_on is None and row.due_on >= day:
                continue
            due[row.body] += 1
            late[row.body] += row.answered_on is None or row.answered_on > row.due_on
        found = [Punctuality(body, late[body], many) for body, many in due.items()]
        return sorted(found, key=lambda one: (-one.late / one.due, one.body))

    async def sent(self, id: InquiryId, due: date) -> None:
        await self._change(id, sent_at=self._now, due_on=due)

    async def answer(self, id: InquiryId, outcome: Outcome, on: date, files: Sequence[FileId]) -> None:
        answered = {"outcome": outcome, "answered_on": on, "answered_at": self._now, "files": list(files)}
        await self._change(id, **answered, told_at=None)

    async def stop(self, id: InquiryId) -> None:
        await self._change(id, stopped_at=self._now)

    async def told(self, id: InquiryId) -> None:
        await self._change(id, told_at=self._now)

    async def reminded(self, id: InquiryId, times: int) -> None:
        await self._change(id, reminded=times)

    async def _change(self, id: InquiryId, **values: Any) -> None:
        await self._connection.execute(update(inquiries).where(inquiries.c.id == id).values(**values))

    async def to_tell(self, day: date) -> Sequence[Inquiry]:
        over = inquiries.c.due_on < day, inquiries.c.sent_at.is_not(None), inquiries.c.told_at.is_(None)
        query = _INQUIRIES.where(*over, inquiries.c.stopped_at.is_(None)).order_by(inquiries.c.id).limit(100)
        rows = (await self._connection.execute(query.with_for_update(of=inquiries, skip_locked=True))).all()
        return [_inquiry(row) for row in rows]

    async def to_remind(self, soon: date, day: date) -> Sequence[Inquiry]:
        sent = inquiries.c.sent_at.is_not(None), inquiries.c.stopped_at.is_(None), inquiries.c.outcome.is_(None)
        first = (inquiries.c.reminded < 1) & (inquiries.c.due_on <= soon)
        second = (inquiries.c.reminded < 2) & (inquiries.c.due_on < day)
        query = _INQUIRIES.where(*sent, or_(first, second)).order_by(inquiries.c.id).limit(100)
        rows = (await self._connection.execute(query.with_for_update(of=inquiries, skip_locked=True))).all()
        return [_inquiry(row) for row in rows]

    def code(self, id: InquiryId, report: ReportId) -> str:
        return code_from(self._seals.vault.lookup("code of inquiry", f"{report}:{id}"))

    async def by_code(self, person: PersonId, code: str) -> Inquiry | None:
        theirs = reports.alias()
        sent = _INQUIRIES.add_columns(theirs.c.id.label("own"))
        sent = sent.join(theirs, and_(theirs.c.case_id == reports.c.case_id, theirs.c.person_id == person))
        sent = sent.where(inquiries.c.sent_at.is_not(None)).order_by(inquiries.c.id.desc())
        for row in await self._connection.execute(sent):
            if compare_digest(self.code(InquiryId(row.id), ReportId(row.own)), code):
                return _inquiry(row)
        return None

    async def report_of(self, id: InquiryId, person: PersonId) -> ReportId | None:
        about = select(reports.c.case_id).join(inquiries, inquiries.c.report_id == reports.c.id)
        here = reports.alias()
        mine = select(here.c.id).where(
            here.c.person_id == person, here.c.case_id == about.where(inquiries.c.id == id).scalar_subquery()
        )
        found = (await self._connection.execute(mine.order_by(here.c.id).limit(1))).scalar_one_or_none()
        return ReportId(found) if found is not None else None

    async def answered_since(self, case: CaseId) -> Inquiry | None:
        query = _INQUIRIES.where(reports.c.case_id == case, inquiries.c.outcome == Outcome.SOMETHING)
        row = (await self._connection.execute(query.order_by(inquiries.c.answered_at.desc()).limit(1))).one_or_none()
        if row is None:
            return None
        family = select(cases.c.id).where(or_(cases.c.id == case, cases.c.joined_to == case))
        written = updates.c.case_id.in_(family), updates.c.written_at > row.answered_at
        newer = (await self._connection.execute(select(updates.c.id).where(*written).limit(1))).one_or_none()
        return _inquiry(row) if newer is None else None

    async def term(self, body: str) -> Term | None:
        of_body = select(inquiry_terms).where(inquiry_terms.c.body == body)
        order = inquiry_terms.c.since.desc(), inquiry_terms.c.id.desc()
        row = (await self._connection.execute(of_body.order_by(*order).limit(1))).one_or_none()
        return Term(row.body, row.days, row.source) if row is not None else None

    async def set_term(self, term: Term, by: StaffId) -> None:
        id = await self._ids.take(self._connection)
        row = {"body": term.body, "days": term.days, "source": term.source, "since": self._now, "by_id": by}
        await self._connection.execute(insert(inquiry_terms).values(id=id, **row))

    async def overtaken(self) -> Sequence[CallId]:
        own, theirs = reports.alias("own"), reports.alias("theirs")
        same = (theirs.c.person_id == own.c.person_id) & (theirs.c.case_id == own.c.case_id)
        due = calls.c.reason == Reason.INQUIRY, calls.c.done_at.is_(None)
        query = (
            select(calls.c.id)
            .join(own, own.c.id == calls.c.report_id)
            .join(theirs, same)
            .join(readings, readings.c.report_id == theirs.c.id)
            .where(*due, readings.c.released_at <= self._now, readings.c.released_at > calls.c.made_at, _IS_NEWS)
            .distinct()
            .order_by(calls.c.id)
        )
        return [CallId(id) for id in await self._connection.scalars(query)]

    async def uncalled(self, since: datetime) -> Mapping[InquiryId, Collection[PersonId]]:
        theirs, own = reports.alias("theirs"), reports.alias("own")
        same = (own.c.person_id == theirs.c.person_id) & (own.c.case_id == theirs.c.case_id)
        written = exists().where(
            readings.c.report_id == own.c.id,
            same,
            readings.c.update_id == updates.c.id,
            updates.c.decided_at >= inquiries.c.answered_at,
            _IS_NEWS,
        )
        of_case = select(own.c.id).where(same).correlate(theirs)
        spoken = exists().where(
            contacts.c.person_id == theirs.c.person_id,
            contacts.c.kind.in_(SPOKEN),
            contacts.c.at >= inquiries.c.answered_at,
            or_(contacts.c.report_id.is_(None), contacts.c.report_id.in_(of_case)),
        )
        planned = exists().where(
            calls.c.report_id == own.c.id, same, calls.c.reason == Reason.INQUIRY, calls.c.done_at.is_(None)
        )
        query = (
            select(inquiries.c.id, theirs.c.person_id)
            .join(reports, reports.c.id == inquiries.c.report_id)
            .join(theirs, theirs.c.case_id == reports.c.case_id)
            .join(cases, cases.c.id == theirs.c.case_id)
            .join(kinships, kinships.c.report_id == theirs.c.id)
            .where(cases.c.state == CaseState.OPEN, cases.c.search_ended_at.is_(None))
            .where(kinships.c.state == KinshipState.VERIFIED, inquiries.c.outcome == Outcome.SOMETHING)
            .where(inquiries.c.answered_at > since, inquiries.c.stopped_at.is_(None), ~written, ~spoken, ~planned)
            .order_by(inquiries.c.id)
        )
        found: dict[InquiryId, set[PersonId]] = {}
        for id, person in await self._connection.execute(query):
            found.setdefault(InquiryId(id), set()).add(PersonId(person))
        return found

    async def released_since(self, case: CaseId, since: datetime) -> Collection[PersonId]:
        of_case = select(readings.c.person_id).join(reports, reports.c.id == readings.c.report_id)
        lately = readings.c.released_at > since, readings.c.released_at <= self._now
        rows = await self._connection.execute(of_case.where(reports.c.case_id == case, *lately, _IS_NEWS))
        return {PersonId(id) for id in rows.scalars()}


_amended = updates.alias("amended")
_IS_NEWS = ~exists().where(_amended.c.replaced_by_id == readings.c.update_id)
"""What was read says something of its own: a correction or a withdrawal of an older update tells no answer."""

_INQUIRIES = select(inquiries, reports.c.case_id.label("case_now")).join(reports, reports.c.id == inquiries.c.report_id)


def _inquiry(row: Any, question: str = "") -> Inquiry:
    return Inquiry(
        InquiryId(row.id),
        CenterId(row.center),
        row.year,
        row.number,
        CaseId(row.case_now),
        ReportId(row.report_id),
        StaffId(row.by_id),
        row.body,
        question,
        tuple(Enclosed(part) for part in row.enclosed),
        row.due_on,
        row.law,
        row.made_at,
        row.sent_at,
        Outcome(row.outcome) if row.outcome else None,
        row.answered_on,
        row.answered_at,
        tuple(FileId(file) for file in row.files),
        row.stopped_at,
        row.told_at,
        row.reminded,
    )
