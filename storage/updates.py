"""Updates, their signatures, who may read them under which code; and invitations."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, cast

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    LargeBinary,
    Select,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.ids import CallId, CaseId, PersonId, ReportId, StaffId, UpdateId
from casework.kinship import KinshipState
from casework.releasing import STOPPABLE
from casework.stages import CaseStage
from casework.unreadable import UNREADABLE
from casework.updates.codes import ALPHABET, UPDATE_CODE_LENGTH
from casework.updates.inviting import Stage
from casework.updates.standing import CaseStanding, history
from casework.updates.values import Level, Manner, Source, Statement, Update, UpdateCopy, UpdateState
from storage.calls import calls
from storage.ids import Ids
from storage.kinship import kinships
from storage.registering import cases, reports
from storage.schema import Holder, among, bound, found_by_key, key, metadata, moment, ref, sealed
from storage.sealing import Seals
from storage.staff import staff

CASES_AT_ONCE: Final = 500
"""Cases whose updates are opened in one go."""

UNREADABLE_STATEMENT: Final = Statement(
    cast("Level", UNREADABLE), Source(UNREADABLE, cast("Manner", UNREADABLE), date.min), UNREADABLE
)

updates = Table(
    "updates",
    metadata,
    key(),
    ref("case_id", "cases"),
    Column("state", Text, nullable=False, index=True),
    ref("author_id", "staff"),
    ref("approver_id", "staff", null=True),
    moment("written_at", null=False),
    moment("decided_at"),
    ref("replaced_by_id", "updates", null=True),
    sealed("statement", "updates.statement", Holder.CASE, Statement, null=False, broken=UNREADABLE_STATEMENT),
    sealed("signed", "updates.signed", Holder.UPDATE, null=False, broken=UNREADABLE),
    sealed("reason", "updates.reason", Holder.UPDATE, broken=UNREADABLE),
    bound("updates", "case_id", "state", "author_id", "approver_id"),
    CheckConstraint("approver_id <> author_id", name="two_people"),
    CheckConstraint("state NOT IN ('released', 'replaced') OR approver_id IS NOT NULL", name="two_signatures"),
    found_by_key("updates", "statement"),
)
"""`statement`, `signed` (the signature that both gave) and `reason` are sealed under the case's key."""

readings = Table(
    "readings",
    metadata,
    key(),
    ref("update_id", "updates", cascade=True),
    ref("person_id", "people", cascade=True),
    ref("report_id", "reports", cascade=True),
    Column("code_hash", LargeBinary, unique=True),
    sealed("code", "readings.code", Holder.PERSON, broken=UNREADABLE),
    moment("released_at"),
    moment("opened_at"),
    ref("let_go_by", "staff", null=True),
    sealed("let_go_why", "readings.let_go_why", Holder.PERSON, broken=UNREADABLE),
    bound("readings", "update_id", "person_id", "report_id", "code_hash"),
    UniqueConstraint("update_id", "person_id"),
)
"""A released update for one relative. `code_hash` is the keyed hash of person and code: a code is found only for whom
it is valid. `code` is sealed under the person's key. One that is held has no code, and no time from which it can be
read; `let_go_by` is the head who let it go before a call, and `let_go_why` what they wrote."""

invitations = Table(
    "invitations",
    metadata,
    key(),
    ref("report_id", "reports", cascade=True),
    ref("call_id", "calls", cascade=True),
    moment("made_at", null=False),
    moment("sent_at"),
    bound("invitations", "report_id", "call_id"),
)


class StoredUpdates:
    """How updates are kept: `casework.updates.Updates`."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now

    async def add(self, case: CaseId, author: StaffId, statement: Statement, signed: str) -> UpdateId:
        id = UpdateId(await self._ids.take(self._connection))
        data_key = await self._seals.key(Holder.CASE, case)
        await self._connection.execute(
            updates.insert().values(
                id=id,
                case_id=case,
                state=UpdateState.WAITING,
                author_id=author,
                written_at=self._now,
                statement=await self._seals.seal(updates.c.statement, id, statement, key=data_key),
                signed=await self._seals.seal(updates.c.signed, id, signed, key=data_key),
            )
        )
        return id

    async def get(self, id: UpdateId, *, lock: bool = False) -> Update | None:
        query = _UPDATES.where(updates.c.id == id)
        row = (await self._connection.execute(query.with_for_update(of=updates) if lock else query)).one_or_none()
        return None if row is None else await self._update(row, sure=True)

    async def waiting(self) -> Sequence[Update]:
        query = _UPDATES.where(updates.c.state == UpdateState.WAITING).order_by(updates.c.written_at, updates.c.id)
        return [await self._update(row) for row in (await self._connection.execute(query)).all()]

    async def latest_by(self, case: CaseId, author: StaffId) -> Update | None:
        query = _UPDATES.where(updates.c.case_id == case, updates.c.author_id == author)
        row = (await self._connection.execute(query.order_by(updates.c.id.desc()).limit(1))).one_or_none()
        return None if row is None else await self._update(row, sure=True)

    async def _update(self, row: Any, *, sure: bool = False) -> Update:
        return Update(
            UpdateId(row.id),
            CaseId(row.case_id),
            UpdateState(row.state),
            StaffId(row.author_id),
            PersonId(row.author_person),
            await self._seals.unseal(updates.c.statement, row.id, row.statement, sure=sure),
            await self._seals.unseal(updates.c.signed, row.id, row.signed, sure=sure),
            row.written_at,
            StaffId(row.approver_id) if row.approver_id else None,
            row.decided_at,
            await self._seals.unseal(updates.c.reason, row.id, row.reason) if row.reason else "",
        )

    async def sign(self, id: UpdateId, signed: str) -> None:
        blob = await self._seals.seal(updates.c.signed, id, signed, holder=id)
        await self._connection.execute(update(updates).where(updates.c.id == id).values(signed=blob))

    async def send_back(self, id: UpdateId, by: StaffId, reason: str) -> None:
        blob = await self._seals.seal(updates.c.reason, id, reason, holder=id)
        await self._decided(id, UpdateState.SENT_BACK, by, reason=blob)

    async def release(
        self,
        id: UpdateId,
        by: StaffId,
        recipients: Sequence[PersonId],
        *,
        at: datetime | None = None,
        held: Collection[PersonId] = (),
    ) -> Sequence[UpdateCopy]:
        await self._decided(id, UpdateState.RELEASED, by)
        await self._moves(id)
        case, copies = await self.current_case(id), []
        for person in recipients:
            copy = await self._release_to(id, case, person, None if person in held else at or self._now)
            copies += [copy] if copy is not None else []
        return copies

    async def _moves(self, id: UpdateId) -> None:
        """Perhaps the case stands elsewhere now: what is promised is worked out anew (`storage/contact_dates.py`)."""
        of = reports.c.case_id == await self.current_case(id)
        await self._connection.execute(update(reports).where(of).values(contact_look_at=None))

    async def _decided(self, id: UpdateId, state: UpdateState, by: StaffId, **values: Any) -> None:
        await self._connection.execute(
            update(updates)
            .where(updates.c.id == id, updates.c.state == UpdateState.WAITING)
            .values(state=state, approver_id=by, decided_at=self._now, **values)
        )

    async def _release_to(
        self, update: UpdateId, case: CaseId, person: PersonId, at: datetime | None
    ) -> UpdateCopy | None:
        own = await self._connection.scalar(
            select(func.min(reports.c.id))
            .join(kinships, kinships.c.report_id == reports.c.id)
            .where(
                reports.c.case_id == case,
                reports.c.person_id == person,
                kinships.c.state == KinshipState.VERIFIED,
            )
        )
        if own is None:  # revoked in this very moment
            return None
        id = await self._ids.take(self._connection)
        coded = await self._coded(id, person) if at is not None else {}
        whose = {"update_id": update, "person_id": person, "report_id": own}
        await self._connection.execute(readings.insert().values(id=id, released_at=at, **whose, **coded))
        return UpdateCopy(update, person, ReportId(own), "", at)

    async def _coded(self, copy: int, person: PersonId) -> dict[str, Any]:
        """A code by which the person can check what was written to them."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(UPDATE_CODE_LENGTH))
        sealed_code = await self._seals.seal(readings.c.code, copy, code, holder=person)
        return {"code_hash": self._hash(person, code), "code": sealed_code}

    async def held(self, person: PersonId) -> Sequence[UpdateCopy]:
        here = updates.c.state == UpdateState.RELEASED
        mine = readings.c.person_id == person, readings.c.released_at.is_(None), here
        rows = (await self._connection.execute(_COPIES.where(*mine).order_by(readings.c.id))).all()
        return [await self._reading(row) for row in rows]

    async def let_go(
        self, update_id: UpdateId, person: PersonId, at: datetime, by: StaffId | None, why: str | None
    ) -> None:
        one = readings.c.update_id == update_id, readings.c.person_id == person, readings.c.released_at.is_(None)
        copy = await self._connection.scalar(select(readings.c.id).where(*one).with_for_update())
        if copy is None:
            return
        words = None if why is None else await self._seals.seal(readings.c.let_go_why, copy, why, holder=person)
        coded = await self._coded(copy, person)
        values = {"released_at": at, "let_go_by": by, "let_go_why": words, **coded}
        await self._connection.execute(update(readings).where(readings.c.id == copy).values(**values))

    async def leaving(self) -> Sequence[Update]:
        late = updates.c.decided_at > self._now - STOPPABLE, updates.c.state == UpdateState.RELEASED
        rows = (await self._connection.execute(_UPDATES.where(*late).order_by(updates.c.decided_at))).all()
        return [await self._update(row) for row in rows]

    async def recall(self, id: UpdateId) -> None:
        released = updates.c.id == id, updates.c.state == UpdateState.RELEASED
        await self._connection.execute(delete(readings).where(readings.c.update_id == id))
        await self._connection.execute(update(updates).where(*released).values(state=UpdateState.SENT_BACK))
        former = {"state": UpdateState.RELEASED, "replaced_by_id": None}
        await self._connection.execute(update(updates).where(updates.c.replaced_by_id == id).values(**former))
        await self._moves(id)

    async def replace(self, former: UpdateId, by: UpdateId) -> None:
        released = updates.c.id == former, updates.c.state == UpdateState.RELEASED
        replaced = {"state": UpdateState.REPLACED, "replaced_by_id": by}
        await self._connection.execute(update(updates).where(*released).values(**replaced))

    async def copies(self, id: UpdateId) -> Sequence[UpdateCopy]:
        rows = (await self._connection.execute(_COPIES.where(readings.c.update_id == id))).all()
        return [await self._reading(row) for row in rows]

    def _hash(self, person: PersonId, code: str) -> bytes:
        return self._seals.vault.lookup("code", f"{person}:{code}")

    async def current_case(self, id: UpdateId) -> CaseId:
        case = await self._connection.scalar(select(updates.c.case_id).where(updates.c.id == id))
        while case is not None:
            into = await self._connection.scalar(select(cases.c.joined_to).where(cases.c.id == case))
            if into is None:
                return CaseId(case)
            case = into
        raise LookupError(f"update {id} is not there; updates are never deleted")

    async def released(self, case: CaseId) -> Sequence[tuple[Update, Sequence[UpdateCopy]]]:
        found = []
        for row in (await self._connection.execute(self._released(case))).all():
            told = await self._connection.execute(select(readings).where(readings.c.update_id == row.id))
            found.append((await self._update(row), [await self._reading(each) for each in told.all()]))
        return found

    @staticmethod
    def _released(case: CaseId, *states: UpdateState) -> Select[Any]:
        here = select(cases.c.id).where((cases.c.id == case) | (cases.c.joined_to == case))
        query = _UPDATES.where(updates.c.state.in_((UpdateState.RELEASED, *states)), updates.c.case_id.in_(here))
        return query.order_by(updates.c.decided_at.desc())

    async def stages(self, cases: Collection[CaseId]) -> Mapping[CaseId, CaseStage]:
        stand: dict[CaseId, CaseStage] = {}
        for some in (sorted(cases)[first : first + CASES_AT_ONCE] for first in range(0, len(cases), CASES_AT_ONCE)):
            for case, found in (await self._told_of(some)).items():
                if moved := history(found):
                    stand[case] = moved[-1].change.stage
        return stand

    async def _told_of(self, some: Sequence[CaseId]) -> Mapping[CaseId, Sequence[Update]]:
        """What was released in each of these cases, and in those joined to it."""
        family = func.coalesce(cases.c.joined_to, cases.c.id)
        query = _UPDATES.add_columns(family.label("family")).join(cases, cases.c.id == updates.c.case_id)
        told = updates.c.state.in_((UpdateState.RELEASED, UpdateState.REPLACED))
        rows = (
            await self._connection.execute(
                query.where(told, or_(among(cases.c.id, some), among(cases.c.joined_to, some)))
            )
        ).all()
        await self._seals.learn(row.statement for row in rows)
        found: dict[CaseId, list[Update]] = {}
        for row in rows:
            found.setdefault(CaseId(row.family), []).append(await self._update(row))
        return found

    async def moved(self, case: CaseId) -> Sequence[CaseStanding]:
        rows = (await self._connection.execute(self._released(case, UpdateState.REPLACED))).all()
        return history([await self._update(row) for row in rows])

    async def reading(self, id: UpdateId, person: PersonId) -> UpdateCopy | None:
        found = readings.c.update_id == id, readings.c.person_id == person
        row = (await self._connection.execute(self._readable(*found))).one_or_none()
        return None if row is None else await self._reading(row)

    async def copy(self, id: UpdateId, person: PersonId) -> UpdateCopy | None:
        query = _COPIES.where(
            readings.c.update_id == id, readings.c.person_id == person, updates.c.state == UpdateState.RELEASED
        )
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else await self._reading(row)

    def _readable(self, *which: ColumnElement[bool]) -> Select[Any]:
        """What can be read by now: neither held nor still to be stopped."""
        return _COPIES.where(readings.c.released_at <= self._now, updates.c.state == UpdateState.RELEASED, *which)

    async def readings(self, person: PersonId) -> Sequence[UpdateCopy]:
        query = self._readable(readings.c.person_id == person).order_by(readings.c.id.desc())
        rows = (await self._connection.execute(query)).all()
        return [await self._reading(row) for row in rows]

    async def by_code(self, person: PersonId, code: str) -> UpdateCopy | None:
        here = readings.c.code_hash == self._hash(person, code), readings.c.released_at <= self._now
        query = _COPIES.where(*here, updates.c.state.in_((UpdateState.RELEASED, UpdateState.REPLACED)))
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else await self._reading(row)

    async def _reading(self, row: Any) -> UpdateCopy:
        return UpdateCopy(
            UpdateId(row.update_id),
            PersonId(row.person_id),
            ReportId(row.report_id),
            await self._seals.unseal(readings.c.code, row.id, row.code) if row.code else "",
            row.released_at,
            row.opened_at,
            StaffId(row.let_go_by) if row.let_go_by else None,
            await self._seals.unseal(readings.c.let_go_why, row.id, row.let_go_why) if row.let_go_why else "",
        )

    async def hand_over(self, giver: PersonId, to: PersonId) -> None:
        """What was told to one person is the other's, under the same codes, unless they were told the same."""
        told = select(readings.c.update_id).where(readings.c.person_id == to)
        twice = readings.c.person_id == giver, readings.c.update_id.in_(told)
        await self._connection.execute(delete(readings).where(*twice))
        rows = (await self._connection.execute(select(readings).where(readings.c.person_id == giver))).all()
        for row in rows:
            values: dict[str, Any] = {"person_id": to}
            if row.code is not None:  # what is held has none
                code = await self._seals.unseal(readings.c.code, row.id, row.code, sure=True)
                values["code_hash"] = self._hash(to, code)
            await self._connection.execute(update(readings).where(readings.c.id == row.id).values(**values))

    async def opened(self, id: UpdateId, person: PersonId) -> int | None:
        first = readings.c.update_id == id, readings.c.person_id == person, readings.c.opened_at.is_(None)
        can = readings.c.released_at <= self._now
        change = update(readings).where(*first, can).values(opened_at=self._now).returning(readings.c.id)
        copy = (await self._connection.execute(change)).scalar_one_or_none()
        return None if copy is None else int(copy)


_COPIES = select(readings).join(updates, updates.c.id == readings.c.update_id)
_UPDATES = select(updates, staff.c.person_id.label("author_person")).join(staff, staff.c.id == updates.c.author_id)


class StoredInvitations:
    """How invitations are kept: `casework.updates.Invitations`."""

    def __init__(self, connection: AsyncConnection, ids: Ids, now: datetime) -> None:
        self._connection, self._ids, self._now = connection, ids, now

    async def add(self, report: ReportId, call: CallId) -> None:
        id = await self._ids.take(self._connection)
        await self._connection.execute(
            invitations.insert().values(id=id, report_id=report, call_id=call, made_at=self._now)
        )

    async def stage(self, report: ReportId) -> Stage:
        row = (
            await self._connection.execute(
                select(invitations.c.sent_at, calls.c.done_at)
                .join(calls, calls.c.id == invitations.c.call_id)
                .where(invitations.c.report_id == report)
                .order_by(invitations.c.id.desc())
                .limit(1)
            )
        ).one_or_none()
        if row is None:
            return Stage.NONE
        if row.sent_at is not None:
            return Stage.SENT
        return Stage.CALL if row.done_at is None else Stage.REACHED

    async def sent(self, report: ReportId) -> None:
        unsent = invitations.c.report_id == report, invitations.c.sent_at.is_(None)
        await self._connection.execute(update(invitations).where(*unsent).values(sent_at=self._now))
