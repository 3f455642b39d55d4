"""The five minutes after the second signature, in which either of the two can stop an update before it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from casework import releasing
from casework.board import Row, Section
from casework.contact.wishes import call_about_release
from casework.ids import UpdateId
from casework.letters import AtTime, Button, Letter, Purpose, Say, Screen, say
from casework.numbers import ReportNumber, make_number
from casework.queries import Query
from casework.refusal import Refusal
from casework.releasing import goes_at
from casework.result import Result
from casework.updates.amending import writes_with

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.updates.values import Update
    from casework.work import Work


@dataclass(frozen=True, slots=True)
class LeavingUpdate:
    """An approved update that goes at a moment, of the case that a report's number names."""

    id: UpdateId
    number: ReportNumber
    goes_at: datetime


@dataclass(frozen=True, slots=True)
class LeavingUpdates(Query[tuple[LeavingUpdate, ...]]):
    """What the member wrote or approved and can still stop, the one that goes first at the head."""

    example: ClassVar[tuple[LeavingUpdate, ...]] = (
        LeavingUpdate(UpdateId(1), make_number(1234567), datetime(2026, 11, 24, 9, 5, tzinfo=UTC)),
    )


async def leaving(query: LeavingUpdates, actor: Actor, work: Work) -> tuple[LeavingUpdate, ...]:
    mine = [one for one in await work.updates.leaving() if actor.acting.id in (one.author, one.approver)]
    return tuple([LeavingUpdate(one.id, await _number(one, work), goes_at(one)) for one in mine])


async def _number(update: Update, work: Work) -> ReportNumber:
    reports = await work.reports.in_case(await work.updates.current_case(update.id))
    if not reports:
        raise Refusal("recall-late")
    return reports[0].number


@dataclass(frozen=True, slots=True)
class Recall:
    """It does not go: nobody has seen anything of it, and it is its author's again."""

    update: UpdateId


async def recall(command: Recall, actor: Actor, work: Work) -> Result:
    """Locked since the table asked who signed it. What was approved at the same moment as this is stopped."""
    update = await work.updates.get(command.update, lock=True)
    if update is None or goes_at(update) <= work.now:
        raise Refusal("recall-late")
    number = str(await _number(update, work))
    case = await work.updates.current_case(update.id)
    held = [copy for copy in await work.updates.copies(update.id) if copy.held]
    await work.updates.recall(update.id)
    await work.outbox.drop(f"update:{update.id}")
    for copy in held:
        await releasing.called_off(copy, work)
    if update.statement.amends is not None:
        await _goes_on(update.statement.amends.update, work)
    await work.audit.acted(actor, "update-recalled", case=case)
    for member in (update.author, update.approver):
        if member is None or member == actor.acting.id:
            continue
        other = (await work.staff.get(member)).person
        write = (
            ((Button(f"/{writes_with(update.statement)} {number}", Say("write-came-back.write")),),)
            if member == update.author
            else ()
        )
        stopped = Screen((say("recall-was-stopped", number=number),), write)
        await work.send(Letter(other, stopped, purpose=Purpose.WORK))
    return Result((say("recall-done", number=number),))


async def _goes_on(first: UpdateId, work: Work) -> None:
    """What was to be corrected or withdrawn stands as before: whom its line had not reached by then, it goes to."""
    update = await work.updates.get(first)
    if update is None:
        return
    for copy in await work.updates.copies(first):
        if copy.held:
            await call_about_release(copy, work)
        elif copy.opened_at is None and await work.outbox.came(f"update:{first}", copy.person) is None:
            await releasing.tell(update, copy.person, work.now, work)


async def leaving_section(actor: Actor, work: Work) -> Section | None:
    """What the member wrote or approved and can still stop, with the time that is left."""
    rows = []
    for one in await leaving(LeavingUpdates(), actor, work):
        minutes = -((work.now - one.goes_at) // timedelta(minutes=1))
        cells = str(one.number), say("board-leaving.left", minutes=minutes, at=AtTime(one.goes_at))
        rows.append(Row(cells, ((Say("board-leaving.stop"), f"/recall {one.id}"),)))
    return Section(Say("board-leaving"), tuple(rows)) if rows else None


COMMANDS: dict[type, Any] = {Recall: recall}
QUERIES: dict[type, Any] = {LeavingUpdates: leaving}
