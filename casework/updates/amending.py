"""A released update is corrected or withdrawn, under two signatures as any other, for those who received it.

A correction has other words and is the same in all else; what is wrong beyond its words is withdrawn and written anew.
Whoever is no longer entitled receives nothing, and the two who sign see how many that are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from casework.ids import CaseId, PersonId, UpdateId
from casework.numbers import ReportNumber, make_number
from casework.queries import Query
from casework.refusal import Refusal
from casework.registering import for_staff
from casework.releasing import goes_at
from casework.updates.stages import Amending, Amends
from casework.updates.values import EXAMPLE, Statement, Update, UpdateState

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


@dataclass(frozen=True, slots=True)
class Amendable:
    """A released update that can be corrected or withdrawn. `recipients` received it, or are to, and may still read.
    `told` are those to whom it went: whoever is held for a call has nothing to take
    back."""

    id: UpdateId
    released_at: datetime
    statement: Statement
    recipients: tuple[PersonId, ...]
    told: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class Released:
    """What a family was told, the newest first. `former` is what the author wanted to tell instead, and got back or
    stopped; `reason` why it came back."""

    case: CaseId
    number: ReportNumber
    name: str
    updates: tuple[Amendable, ...]
    former: Statement | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReleasedUpdates(Query[Released]):
    """What of a case can be corrected or withdrawn."""

    number: ReportNumber
    example: ClassVar[Released] = Released(
        CaseId(1),
        make_number(1234567),
        "Петренко Іван",
        (
            Amendable(
                UpdateId(1),
                datetime(2026, 11, 24, 9, tzinfo=UTC),
                EXAMPLE,
                (PersonId(1), PersonId(2)),
                (PersonId(1), PersonId(2)),
            ),
        ),
    )


async def released(query: ReleasedUpdates, actor: Actor, work: Work) -> Released:
    report = await for_staff(query.number, actor, work, "update")
    found = []
    for update, _ in await work.updates.released(report.case):
        if goes_at(update) <= work.now and not update.statement.withdraws:
            to, _ = await recipients(Amends(update.id, Amending.CORRECTED), report.case, work)
            told, _ = await recipients(Amends(update.id, Amending.WITHDRAWN), report.case, work)
            found.append(Amendable(update.id, goes_at(update), update.statement, to, told))
    former = await work.updates.latest_by(report.case, actor.acting.id)
    back = former is not None and former.state is UpdateState.SENT_BACK and former.statement.amends is not None
    here = Released(report.case, report.number, report.claim.name.full, tuple(found))
    return replace(here, former=former.statement, reason=former.reason) if former is not None and back else here


def writes_with(statement: Statement) -> str:
    """The script by which such a statement is written."""
    return "update" if statement.amends is None else "amend"


async def recipients(amends: Amends, case: CaseId, work: Work) -> tuple[tuple[PersonId, ...], int]:
    """Who received an update and may still read; and how many who received it may not. Whoever is held for a call has
    heard nothing yet: the right words wait for that call instead, but what is withdrawn is never told to them."""
    copies = await work.updates.copies(amends.update)
    received = [copy.person for copy in copies if not (amends.withdraws and copy.held)]
    verified = set(await work.kinships.verified(case))
    entitled = tuple(person for person in received if person in verified)
    return entitled, len(received) - len(entitled)


async def former(amends: Amends, statement: Statement, case: CaseId, work: Work) -> Update:
    """The earlier update, locked. `Refusal` if it is gone by now, is another case's, or more than words change."""
    first = await work.updates.get(amends.update, lock=True)
    here = first is not None and await work.updates.current_case(amends.update) == case
    if first is None or not here or first.state is not UpdateState.RELEASED or goes_at(first) > work.now:
        raise Refusal("amend-gone")
    before = first.statement
    same = (statement.level, statement.source) == (before.level, before.source)
    moves = before.stage if amends.how is Amending.CORRECTED else None
    if not same or statement.stage != moves or before.withdraws:
        raise Refusal("amend-gone")
    return first


QUERIES: dict[type, Any] = {ReleasedUpdates: released}
