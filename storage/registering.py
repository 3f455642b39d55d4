"""Reports and the cases that they belong to."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    LargeBinary,
    Table,
    Text,
    and_,
    bindparam,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy import Sequence as Counter

from casework.account import Account, Telling
from casework.ids import CaseId, CenterId, PersonId, ReportId, StaffId
from casework.numbers import ReportNumber, make_number
from casework.registering import Claim, Kinship, Report, Whose
from casework.unreadable import UNREADABLE
from casework.values import PersonName
from dialogs.answers.writing import plain
from storage.binding import BoundConnection
from storage.changes import changed
from storage.effects import Effects
from storage.ids import Ids
from storage.keyring import KeyOf
from storage.schema import Holder, among, at_center, bound, found_by_key, key, metadata, moment, names_key, ref, sealed
from storage.sealing import Seals

counter = Counter("report_numbers", metadata=metadata)

cases = Table(
    "cases",
    metadata,
    key(),
    at_center(index=True),
    Column("state", Text, nullable=False, server_default="open"),
    names_key(),
    ref("taken_by", "staff", null=True),
    ref("joined_to", "cases", null=True),
    moment("opened_at", null=False),
    bound("cases", "center", "taken_by", "joined_to"),
    moment("search_ended_at"),
    Column("search_ended_by", BigInteger),
)
"""One missing person. `joined_to`: the case to which this one's reports were moved."""

UNREADABLE_CLAIM: Final = Claim(cast("Kinship", UNREADABLE), PersonName(UNREADABLE))
UNREADABLE_ACCOUNT: Final = Account(circumstances=(UNREADABLE,))

reports = Table(
    "reports",
    metadata,
    key(),
    Column("number", Text, nullable=False, unique=True),
    ref("case_id", "cases"),
    ref("person_id", "people", cascade=True),
    names_key(),
    at_center(),
    moment("filed_at", null=False),
    sealed("claim", "reports.claim", Holder.REPORT, Claim, null=False, broken=UNREADABLE_CLAIM),
    sealed("account", "reports.account", Holder.REPORT, Account, broken=UNREADABLE_ACCOUNT),
    bound("reports", "number", "case_id", "person_id", "center"),
    moment("contact_due_at"),
    moment("contact_look_at"),
    Index("ix_reports_contact_due", "center", "contact_due_at", postgresql_where=text("contact_due_at IS NOT NULL")),
    Index("ix_reports_contact_look", "center", "contact_look_at"),
    found_by_key("reports", "claim"),
)
"""`contact_due_at`: by when the relative is to be in contact, kept with their first report in a case and center; none
where nothing is promised. It is worked out where `contact_look_at` is none: see `storage/contact_dates.py`."""

tellings = Table(
    "tellings",
    metadata,
    key(),
    ref("report_id", "reports", cascade=True),
    Column("staff_id", BigInteger),
    moment("at", null=False),
    sealed("account", "tellings.account", Holder.REPORT, Account, null=False, broken=UNREADABLE_ACCOUNT),
    bound("tellings", "report_id", "staff_id"),
)
"""What was told in the second part at one time, by the relative (no `staff_id`) or by staff for them; only added to.
`reports.account` is what was told before there was this table."""

known_numbers = Table(
    "known_numbers",
    metadata,
    key(),
    ref("report_id", "reports", cascade=True),
    Column("hash", LargeBinary, nullable=False, index=True),
    bound("known_numbers", "report_id", "hash"),
)
"""Keyed hashes of the numbers that other bodies have given: by such a number staff find the report."""

_SPREAD, _START, _ALL = 6_180_339, 2_718_281, 10_000_000


SEEN_LATELY = timedelta(days=30)
"""For so long after an appointment, the center where the family was seen may open the case."""

SHORTEST = 5
"""Digits by which alone a number is looked for."""


def written_as(number: str) -> set[str]:
    """What a number is found by: all its letters and digits, and its longest run of digits and signs alone ("ЄРДР
    12024-0001" by "120240001", too)."""
    runs = re.findall(r"\d[\d\s/.-]*", number)
    digits = max(("".join(filter(str.isdecimal, run)) for run in runs), key=len, default="")
    return {"".join(plain(number).split()), digits if len(digits) >= SHORTEST else ""} - {""}


def spread(count: int) -> int:
    """The count-th number: every one of ten million once, in an order that does not tell how many there are."""
    return (count * _SPREAD + _START) % _ALL


_OF: Final = select(reports).where(reports.c.person_id == bindparam("person")).order_by(reports.c.filed_at)


class StoredReports:
    """How reports are kept: `casework.registering.Reports`."""

    def __init__(self, connection: BoundConnection, seals: Seals, ids: Ids, now: datetime, effects: Effects) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now
        self.draft_key: int | None = None
        self._effects = effects

    async def add(self, person: PersonId, claim: Claim, center: CenterId) -> Report:
        data_key = self.draft_key or await self._seals.new_key(KeyOf.REPORT)
        number = make_number(spread(int(await self._connection.scalar(select(counter.next_value())) or 0)))
        case = CaseId(await self._ids.take(self._connection))
        case_key = await self._seals.new_key(KeyOf.CASE)
        await self._connection.execute(
            cases.insert().values(id=case, center=center, key_id=case_key, opened_at=self._now)
        )
        id = ReportId(await self._ids.take(self._connection))
        await self._connection.execute(
            reports.insert().values(
                id=id,
                number=number.digits,
                case_id=case,
                person_id=person,
                key_id=data_key,
                center=center,
                filed_at=self._now,
                claim=await self._seals.seal(reports.c.claim, id, claim, key=data_key),
            )
        )
        await self._changed(id)
        return Report(id, number, case, person, claim, center, self._now)

    async def _changed(self, report: ReportId) -> None:
        await changed(self._connection, "report", report)
        self._effects.reports = True

    async def of(self, person: PersonId) -> Sequence[Report]:
        return await self._opened(await self._connection.run(_OF, {"person": person}))

    async def at(self, center: CenterId, first: int, most: int) -> Sequence[Report]:
        ours = select(reports).where(reports.c.center == center).order_by(reports.c.filed_at, reports.c.id)
        return await self._read(ours.offset(first).limit(most))

    async def count_at(self, center: CenterId) -> int:
        count = select(func.count()).select_from(reports).where(reports.c.center == center)
        return int(await self._connection.scalar(count) or 0)

    async def in_case(self, case: CaseId) -> Sequence[Report]:
        return await self._read(select(reports).where(reports.c.case_id == case).order_by(reports.c.filed_at))

    async def numbers(self, wanted: Sequence[ReportId]) -> dict[ReportId, ReportNumber]:
        found = await self._connection.execute(
            select(reports.c.id, reports.c.number).where(among(reports.c.id, wanted))
        )
        return {ReportId(row.id): ReportNumber(row.number) for row in found}

    async def people(self, wanted: Sequence[ReportId]) -> Mapping[ReportId, PersonId]:
        query = select(reports.c.id, reports.c.person_id).where(among(reports.c.id, wanted))
        return {ReportId(row.id): PersonId(row.person_id) for row in await self._connection.execute(query)}

    async def cases_of(self, numbers: Collection[ReportNumber]) -> Sequence[CaseId]:
        wanted = reports.c.number.in_([number.digits for number in numbers])
        found = await self._connection.scalars(select(reports.c.case_id).where(wanted).distinct())
        return [CaseId(case) for case in found]

    async def centers(self, case: CaseId) -> Mapping[CenterId, datetime | None]:
        appointments = metadata.tables["appointments"]
        seen = and_(
            appointments.c.person_id == reports.c.person_id,
            or_(appointments.c.report_id.is_(None), appointments.c.report_id == reports.c.id),
            appointments.c.state.not_in(("cancelled", "specialist-absent")),
            appointments.c.ends_at > self._now - SEEN_LATELY,
        )
        found = await self._connection.execute(
            select(
                cases.c.center.label("leads"),
                reports.c.center.label("took"),
                appointments.c.center.label("saw"),
                appointments.c.ends_at,
            )
            .select_from(cases.outerjoin(reports, reports.c.case_id == cases.c.id).outerjoin(appointments, seen))
            .where(cases.c.id == case)
        )
        until: dict[CenterId, datetime | None] = {}
        without_end: set[CenterId] = set()
        for row in sorted(found.all(), key=lambda row: row.ends_at or datetime.min.replace(tzinfo=UTC)):
            if row.saw is not None and row.ends_at is not None:
                until[CenterId(row.saw)] = row.ends_at + SEEN_LATELY
            without_end |= {CenterId(center) for center in (row.leads, row.took) if center is not None}
        return until | dict.fromkeys(without_end)

    async def whose(self, number: ReportNumber) -> Whose | None:
        columns = reports.c.id, reports.c.case_id, reports.c.person_id, reports.c.center
        row = (await self._connection.execute(select(*columns).where(reports.c.number == number.digits))).one_or_none()
        if row is None:
            return None
        return Whose(ReportId(row.id), CaseId(row.case_id), PersonId(row.person_id), CenterId(row.center))

    async def by_number(self, number: ReportNumber) -> Report | None:
        found = await self._read(select(reports).where(reports.c.number == number.digits))
        return found[0] if found else None

    async def get(self, report: ReportId) -> Report:
        return (await self._read(select(reports).where(reports.c.id == report)))[0]

    async def correct(self, report: ReportId, claim: Claim) -> None:
        blob = await self._seals.seal(reports.c.claim, report, claim, holder=report)
        await self._connection.execute(update(reports).where(reports.c.id == report).values(claim=blob))
        await self._changed(report)

    async def tell_more(self, report: ReportId, account: Account, by: StaffId | None) -> None:
        id = await self._ids.take(self._connection)
        blob = await self._seals.seal(tellings.c.account, id, account, holder=report)
        await self._connection.execute(
            tellings.insert().values(id=id, report_id=report, staff_id=by, at=self._now, account=blob)
        )
        for known in account.known_as:
            for written in written_as(known.number):
                await self._connection.execute(
                    known_numbers.insert().values(
                        id=await self._ids.take(self._connection),
                        report_id=report,
                        hash=self._seals.vault.lookup("number", written),
                    )
                )

    async def _read(self, query: Any) -> list[Report]:
        return await self._opened((await self._connection.execute(query)).all())

    async def _opened(self, rows: Sequence[Any]) -> list[Report]:
        await self._seals.learn(row.claim for row in rows)
        told = await self._tellings([row.id for row in rows]) if rows else {}
        return [await self._report(row, told.get(row.id, [])) for row in rows]

    async def _tellings(self, of: Sequence[int]) -> dict[int, list[Telling]]:
        rows = await self._connection.execute(
            select(tellings).where(among(tellings.c.report_id, of)).order_by(tellings.c.at, tellings.c.id)
        )
        found: dict[int, list[Telling]] = {}
        for row in rows.all():
            account = await self._seals.unseal(tellings.c.account, row.id, row.account)
            by = StaffId(row.staff_id) if row.staff_id else None
            found.setdefault(row.report_id, []).append(Telling(row.at, account, by))
        return found

    async def _report(self, row: Any, told: Sequence[Telling]) -> Report:
        first: tuple[Telling, ...] = ()
        if row.account is not None:
            account = await self._seals.unseal(reports.c.account, row.id, row.account)
            first = (Telling(row.filed_at, account),)
        return Report(
            ReportId(row.id),
            ReportNumber(row.number),
            CaseId(row.case_id),
            PersonId(row.person_id),
            await self._seals.unseal(reports.c.claim, row.id, row.claim),
            CenterId(row.center),
            row.filed_at,
            (*first, *told),
        )
