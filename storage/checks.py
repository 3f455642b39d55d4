"""What was asked about cases, and to whom it was told that nothing is new."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from hmac import compare_digest
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Date,
    Select,
    Table,
    Text,
    UniqueConstraint,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy import update as change
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.cases.records import CaseState
from casework.checks.values import CaseCheck, CheckAnswer, NoNews, ToAsk, WordGround
from casework.contact.promise import MEASURED, OPENED_WITHIN, CheckedLately
from casework.contact.sides import ContactSide
from casework.ids import CaseId, CenterId, CheckId, NoNewsId, PersonId, ReportId, StaffId
from casework.kinship import KinshipState
from casework.unreadable import UNREADABLE
from casework.updates.codes import code_from
from storage.contact import sides
from storage.human_voice import voices
from storage.ids import Ids
from storage.kinship import kinships
from storage.registering import cases, reports
from storage.schema import Holder, among, at_center, bound, key, metadata, moment, ref, sealed
from storage.sealing import Seals
from storage.updates import readings

checks = Table(
    "checks",
    metadata,
    key(),
    at_center(null=True, index=True),
    ref("by_id", "staff"),
    Column("body", Text, nullable=False),
    Column("asked_on", Date, nullable=False),
    Column("answer", Text, nullable=False),
    Column("again_on", Date),
    moment("at", null=False),
    sealed("words", "checks.words", Holder.CASE, broken=UNREADABLE),
    bound("checks", "center", "by_id", "body", "answer", "at"),
)
"""`words` are a member's own, in a check of one case, sealed under that case's key."""

checked_cases = Table(
    "checked_cases",
    metadata,
    key(),
    ref("check_id", "checks", cascade=True),
    ref("case_id", "cases", cascade=True),
    bound("checked_cases", "check_id", "case_id"),
    UniqueConstraint("check_id", "case_id"),
)
"""About which cases was asked. Cases are joined and parted: what was asked about a case stays that case's."""

no_news = Table(
    "no_news",
    metadata,
    key(),
    ref("person_id", "people", cascade=True),
    ref("report_id", "reports", cascade=True),
    ref("check_id", "checks"),
    ref("by_id", "staff"),
    Column("checks", ARRAY(BigInteger), nullable=False),
    moment("since", null=False),
    Column("never", Boolean, nullable=False),
    moment("sent_at", null=False),
    moment("opened_at"),
    bound("no_news", "person_id", "report_id", "check_id", "by_id", "checks", "sent_at"),
    UniqueConstraint("report_id", "check_id"),
)
"""A word to one relative, made from `checks`, of which `check_id` is the newest: from it none is made again. `since` is
the word before it."""


class StoredChecks:
    """How it is kept: `casework.checks.values.Checks`."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now

    async def add(
        self,
        center: CenterId | None,
        by: StaffId,
        cases: Sequence[CaseId],
        *,
        body: str,
        on: date,
        answer: CheckAnswer,
        again: date | None,
        words: str = "",
    ) -> CheckId:
        id = CheckId(await self._ids.take(self._connection))
        blob = await self._seals.seal(checks.c.words, id, words, holder=cases[0]) if words else None
        values = {"id": id, "center": center, "by_id": by, "body": body, "asked_on": on, "answer": answer}
        more = {"again_on": again, "at": self._now, "words": blob}
        await self._connection.execute(insert(checks).values(**values, **more))
        rows = [{"id": await self._ids.take(self._connection), "check_id": id, "case_id": case} for case in cases]
        await self._connection.execute(insert(checked_cases), rows)
        return id

    async def of_cases(self, cases: Collection[CaseId]) -> Mapping[CaseId, Sequence[CaseCheck]]:
        found: dict[CaseId, list[CaseCheck]] = defaultdict(list)
        rows = (await self._connection.execute(_of(cases))).all()
        await self._seals.learn(row.words for row in rows)
        for row in rows:
            words = await self._seals.unseal(checks.c.words, row.id, row.words) if row.words else ""
            found[CaseId(row.family)].append(
                CaseCheck(
                    CheckId(row.id),
                    row.body,
                    row.asked_on,
                    CheckAnswer(row.answer),
                    row.at,
                    StaffId(row.by_id),
                    row.again_on,
                    words,
                )
            )
        return {case: tuple(dict.fromkeys(of_case)) for case, of_case in found.items()}

    async def sides(self, cases: Collection[CaseId]) -> Sequence[ContactSide]:
        return await sides(among(reports.c.case_id, cases), self._connection, self._now)

    async def told(self, sides: Sequence[ContactSide]) -> Mapping[ReportId, WordGround]:
        persons, here = [side.person for side in sides], [side.case for side in sides]
        theirs = among(reports.c.person_id, persons), among(reports.c.case_id, here)
        whose = reports.c.person_id, reports.c.case_id
        tied = select(*whose).join(kinships, kinships.c.report_id == reports.c.id).where(*theirs)
        verified = await self._connection.execute(tied.where(kinships.c.state == KinshipState.VERIFIED))
        entitled = {(row.person_id, row.case_id) for row in verified}
        waits = select(*whose).join(readings, readings.c.report_id == reports.c.id).where(*theirs)
        held = await self._connection.execute(waits.where(readings.c.released_at.is_(None)))
        entitled -= {(row.person_id, row.case_id) for row in held}  # to them "nothing new" would be a lie
        words: dict[tuple[int, int], list[datetime]] = defaultdict(list)
        ours = select(*whose, no_news.c.sent_at).join(no_news, no_news.c.report_id == reports.c.id)
        released = select(*whose, readings.c.released_at).join(readings, readings.c.report_id == reports.c.id)
        for query in (ours, released):
            for person, case, at in await self._connection.execute(query.where(*theirs)):
                words[person, case].append(at)
        return {
            side.report: _stands(side, (side.person, side.case) in entitled, words[side.person, side.case])
            for side in sides
        }

    async def tell(self, side: ContactSide, told: WordGround, checks: Sequence[CaseCheck]) -> NoNewsId | None:
        id = NoNewsId(await self._ids.take(self._connection))
        row = {
            "id": id,
            "person_id": side.person,
            "report_id": side.report,
            "check_id": max(one.id for one in checks),
            "by_id": checks[-1].by,
            "checks": [one.id for one in checks],
            "since": told.since,
            "never": told.never,
            "sent_at": self._now,
        }
        once = insert(no_news).values(**row).on_conflict_do_nothing(index_elements=["report_id", "check_id"])
        return id if (await self._connection.execute(once)).rowcount else None

    async def due(self, center: CenterId, until: datetime, first: date, after: int, most: int) -> Sequence[ReportId]:
        known = reports.c.center == center, reports.c.contact_due_at <= until, reports.c.contact_look_at.is_not(None)
        here = or_(cases.c.id == reports.c.case_id, cases.c.joined_to == reports.c.case_id)
        told = exists().where(no_news.c.report_id == reports.c.id, no_news.c.check_id >= checks.c.id)
        asked = (
            select(checks.c.id)
            .join(checked_cases, checked_cases.c.check_id == checks.c.id)
            .join(cases, cases.c.id == checked_cases.c.case_id)
            .where(here, checks.c.answer == CheckAnswer.NOTHING_NEW, checks.c.asked_on >= first, ~told)
        )
        found = select(reports.c.id).where(*known, reports.c.id > after, asked.correlate(reports).exists())
        found = found.order_by(reports.c.id).limit(most)
        return [ReportId(id) for id in (await self._connection.execute(found)).scalars()]

    async def lately(self, center: CenterId, since: datetime) -> Collection[tuple[PersonId, CaseId]]:
        unopened = no_news.c.sent_at > since, no_news.c.opened_at.is_(None), reports.c.center == center
        query = select(no_news.c.person_id, reports.c.case_id).join(reports, reports.c.id == no_news.c.report_id)
        rows = await self._connection.execute(query.where(*unopened))
        return {(PersonId(row.person_id), CaseId(row.case_id)) for row in rows}

    async def carried(self, center: CenterId) -> CheckedLately:
        since = self._now - MEASURED
        asked = checks.c.answer == CheckAnswer.NOTHING_NEW, checks.c.at >= since, checks.c.center == center
        made = select(checks.c.id, func.coalesce(cases.c.joined_to, cases.c.id).label("family"))
        made = made.join(checked_cases, checked_cases.c.check_id == checks.c.id)
        of = made.join(cases, cases.c.id == checked_cases.c.case_id).where(*asked).distinct().subquery()
        counted = select(func.count().label("asked"), func.count(of.c.family.distinct()).label("cases"))
        row = (await self._connection.execute(counted.select_from(of))).one()
        by_voice = (
            voices.c.ended_at.is_(None),
            or_(voices.c.case_id == reports.c.case_id, voices.c.report_id == reports.c.id),
        )
        told = (
            select(reports.c.person_id, reports.c.case_id)
            .join(kinships, kinships.c.report_id == reports.c.id)
            .where(reports.c.center == center, kinships.c.state == KinshipState.VERIFIED, ~exists().where(*by_voice))
            .where(reports.c.case_id.in_(select(of.c.family)))
            .distinct()
        )
        ripe = no_news.c.sent_at.between(since - OPENED_WITHIN, self._now - OPENED_WITHIN)
        in_time = no_news.c.opened_at <= no_news.c.sent_at + OPENED_WITHIN
        sent = select(func.count().label("sent"), func.count().filter(in_time).label("opened"))
        sent = sent.select_from(no_news).join(reports, reports.c.id == no_news.c.report_id)
        words = (await self._connection.execute(sent.where(reports.c.center == center, ripe))).one()
        many = await self._connection.scalar(select(func.count()).select_from(told.subquery()))
        return CheckedLately(int(many or 0), row.cases, row.asked, words.sent, words.opened)

    def _code(self, id: int) -> str:
        """Of the row alone, which is one relative's: two chats that turn out to be one person's keep their codes."""
        return code_from(self._seals.vault.lookup("code of no-news", str(id)))

    async def by_code(self, person: PersonId, code: str) -> NoNews | None:
        theirs = select(no_news.c.id).where(no_news.c.person_id == person).order_by(no_news.c.id.desc())
        for id in await self._connection.scalars(theirs):
            if compare_digest(self._code(id), code):
                return await self.get(NoNewsId(id))
        return None

    async def get(self, id: NoNewsId) -> NoNews | None:
        query = select(no_news, reports.c.case_id).join(reports, reports.c.id == no_news.c.report_id)
        row = (await self._connection.execute(query.where(no_news.c.id == id))).one_or_none()
        if row is None:
            return None
        return NoNews(
            NoNewsId(row.id),
            PersonId(row.person_id),
            ReportId(row.report_id),
            CaseId(row.case_id),
            tuple(CheckId(check) for check in row.checks),
            row.since,
            row.never,
            row.sent_at,
            StaffId(row.by_id),
            row.opened_at,
            self._code(row.id),
        )

    async def opened(self, id: NoNewsId) -> bool:
        first = no_news.c.id == id, no_news.c.opened_at.is_(None)
        done = await self._connection.execute(change(no_news).where(*first).values(opened_at=self._now))
        return bool(done.rowcount)

    async def to_ask(self, center: CenterId, day: date) -> Sequence[ToAsk]:
        due = checks.c.center == center, checks.c.again_on <= day
        return await self._to_ask(_again().where(*due).order_by(checks.c.again_on, checks.c.id))

    async def get_to_ask(self, check: CheckId) -> ToAsk | None:
        found = await self._to_ask(_again().where(checks.c.id == check))
        return found[0] if found else None

    async def _to_ask(self, query: Select[Any]) -> Sequence[ToAsk]:
        found: dict[int, ToAsk] = {}
        for row in await self._connection.execute(query):
            before = found[row.id].cases if row.id in found else ()
            asked = (*before, CaseId(row.case_id))
            found[row.id] = ToAsk(CheckId(row.id), CenterId(row.center), row.body, row.again_on, asked)
        return list(found.values())


def _stands(side: ContactSide, entitled: bool, words: Sequence[datetime]) -> WordGround:
    heard = side.heard
    before = [at for at in (heard.any, *words) if at is not None]
    return WordGround(
        entitled=entitled,
        by_voice=heard.by_voice,
        quiet=side.quiet or side.rests,
        since=max(before, default=heard.began),
        never=not before,
    )


def _of(wanted: Collection[CaseId]) -> Select[Any]:
    """What was asked about each of these cases, or about one that was joined to it."""
    family = func.coalesce(cases.c.joined_to, cases.c.id)
    here = or_(among(cases.c.id, wanted), among(cases.c.joined_to, wanted))
    return (
        select(checks, family.label("family"))
        .join(checked_cases, checked_cases.c.check_id == checks.c.id)
        .join(cases, cases.c.id == checked_cases.c.case_id)
        .where(here)
        .order_by(checks.c.at, checks.c.id)
    )


def _again() -> Select[Any]:
    """Checks with a day on which they are made again, a row for each case that is still sought and of which the body
    has not been asked since."""
    later, its = checks.alias("later"), checked_cases.alias("its")
    since = exists().where(
        later.c.id == its.c.check_id,
        or_(its.c.case_id == checked_cases.c.case_id, its.c.case_id == cases.c.joined_to),
        later.c.body == checks.c.body,
        later.c.at > checks.c.at,
    )
    sought = cases.c.state == CaseState.OPEN, cases.c.search_ended_at.is_(None)
    return (
        select(checks, func.coalesce(cases.c.joined_to, cases.c.id).label("case_id"))
        .join(checked_cases, checked_cases.c.check_id == checks.c.id)
        .join(cases, cases.c.id == checked_cases.c.case_id)
        .where(checks.c.again_on.is_not(None), checks.c.center.is_not(None), *sought, ~since)
    )
