"""What waits for a second person, and what became of it. Rows are kept for good; personal data in them is sealed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Interval, Table, Text, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from casework import rulebook
from casework.ids import CaseId, CenterId, PersonId, ReportId, StaffId
from casework.staff.proposals import DELAY, About, Proposal, ProposalId, ProposalState
from casework.unreadable import UNREADABLE
from storage.ids import Ids
from storage.registering import reports
from storage.schema import Holder, at_center, bound, key, metadata, moment, ref, sealed
from storage.sealing import Seals

proposals = Table(
    "proposals",
    metadata,
    key(),
    Column("act", Text, nullable=False),
    Column("open", Text),
    sealed("command", "proposals.command", Holder.MEMBER, broken=UNREADABLE),
    ref("by_id", "staff"),
    moment("at", null=False),
    at_center(null=True),
    ref("member_id", "staff", null=True),
    ref("case_id", "cases", null=True, cascade=True),
    Column("report_id", BigInteger, ForeignKey("reports.id", ondelete="CASCADE"), index=True),
    Column("delayed", Boolean, nullable=False, server_default="false"),
    Column("waited", Interval, nullable=False, server_default="0"),
    moment("counted_at"),
    Column("state", Text, nullable=False, server_default="waiting", index=True),
    ref("ended_by", "staff", null=True),
    moment("ended_at"),
    bound("proposals", "act", "open", "by_id", "center", "member_id", "case_id", "report_id", "state", "ended_by"),
)
"""The command is JSON: `open` where it is public anyway (a telephone, the text of a step), `command`, sealed under the
key of whoever proposed it, where it names somebody. `waited` of a delayed one is counted by ticks, to `counted_at`."""


FROZEN = ProposalState.FROZEN


@cache
def _adapter(act: str) -> TypeAdapter[Any]:
    return TypeAdapter(rulebook.ACTS[act].command)


class StoredProposals:
    """How proposals are kept: `casework.staff.proposals.Proposals`."""

    def __init__(self, connection: AsyncConnection, seals: Seals, ids: Ids, now: datetime) -> None:
        self._connection, self._seals, self._ids, self._now = connection, seals, ids, now

    async def add(self, act: str, command: Any, by: StaffId, about: About, *, delayed: bool) -> ProposalId:
        id = await self._ids.take(self._connection)
        said = _adapter(act).dump_json(command).decode()
        private = rulebook.ACTS[act].private
        await self._connection.execute(
            proposals.insert().values(
                id=id,
                act=act,
                open=None if private else said,
                command=await self._seals.seal(proposals.c.command, id, said, holder=by) if private else None,
                by_id=by,
                at=self._now,
                center=about.center,
                member_id=about.member,
                case_id=about.case,
                report_id=about.report,
                delayed=delayed,
                counted_at=self._now if delayed else None,
            )
        )
        return ProposalId(id)

    async def get(self, id: ProposalId, *, lock: bool = False) -> Proposal | None:
        query = select(proposals).where(proposals.c.id == id)
        row = (await self._connection.execute(query.with_for_update() if lock else query)).one_or_none()
        return None if row is None or row.act not in rulebook.ACTS else await self._proposal(row)

    async def waiting(self) -> Sequence[Proposal]:
        waits = proposals.c.state == ProposalState.WAITING
        return await self._found(select(proposals).where(waits).order_by(proposals.c.at, proposals.c.id))

    async def end(self, id: ProposalId, state: ProposalState, by: StaffId | None = None) -> None:
        values = {"state": state, "ended_by": by, "ended_at": self._now}
        await self._connection.execute(update(proposals).where(proposals.c.id == id).values(**values))

    async def frozen(self, person: PersonId) -> datetime | None:
        theirs = reports.c.id == proposals.c.report_id, reports.c.person_id == person
        since = select(func.max(proposals.c.ended_at)).join(reports, theirs[0])
        found: datetime | None = await self._connection.scalar(since.where(theirs[1], proposals.c.state == FROZEN))
        return found

    async def thaw(self, person: PersonId) -> None:
        theirs = proposals.c.report_id.in_(select(reports.c.id).where(reports.c.person_id == person))
        values = {"state": ProposalState.STOPPED, "ended_at": self._now}
        await self._connection.execute(update(proposals).where(theirs, proposals.c.state == FROZEN).values(**values))

    async def count(self, passed: timedelta) -> Sequence[Proposal]:
        delayed = proposals.c.state == ProposalState.WAITING, proposals.c.delayed
        for row in (await self._connection.execute(select(proposals).where(*delayed).with_for_update())).all():
            since = max(min(passed, self._now - row.counted_at), timedelta())
            counted = {"waited": row.waited + since, "counted_at": self._now}
            await self._connection.execute(update(proposals).where(proposals.c.id == row.id).values(**counted))
        ripe = select(proposals).where(*delayed, proposals.c.waited >= DELAY).order_by(proposals.c.at)
        return await self._found(ripe)

    async def _found(self, query: Any) -> list[Proposal]:
        rows = (await self._connection.execute(query)).all()
        await self._seals.learn(row.command for row in rows)
        return [await self._proposal(row) for row in rows if row.act in rulebook.ACTS]

    async def _proposal(self, row: Any) -> Proposal:
        said = row.open
        if said is None:
            said = await self._seals.unseal(proposals.c.command, row.id, row.command)
        return Proposal(
            ProposalId(row.id),
            row.act,
            said if said == UNREADABLE else _adapter(row.act).validate_json(said),
            StaffId(row.by_id),
            row.at,
            About(
                CenterId(row.center) if row.center else None,
                StaffId(row.member_id) if row.member_id else None,
                CaseId(row.case_id) if row.case_id else None,
                ReportId(row.report_id) if row.report_id else None,
            ),
            row.delayed,
            row.waited,
            ProposalState(row.state),
            rulebook.ACTS[row.act].stays,
        )
