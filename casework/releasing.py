"""News of a release is told by voice first. Each relative's copy of it is held until a call reached that relative.

Until then nothing about it leaves: no line, no entry in a list, no code; the copy has no code yet that could open it.
A call counts where somebody entered it who signed neither side of the update. The head of the center can let it go
instead, in writing. Each relative is held for themselves: a call with the mother opens nothing to the wife.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final

from casework.calls import Reason
from casework.ids import PersonId, ReportId, StaffId
from casework.letters import AtTime, Button, Letter, Purpose, Say, Screen, say
from casework.numbers import ReportNumber, make_number
from casework.queries import Query
from casework.refusal import Refusal
from casework.registering import for_staff
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.updates.values import Statement, Update, UpdateCopy
    from casework.work import Work

STOPPABLE: Final = timedelta(minutes=5)
"""So long either of the two who signed can stop what was approved. Nothing of it leaves before."""


def goes_at(update: Update) -> datetime:
    """When nobody can stop it any more."""
    return (update.decided_at or update.written_at) + STOPPABLE


async def withdrawn_from(statement: Statement, work: Work) -> datetime | None:
    """From when the update is that a statement withdraws; None for one that withdraws nothing."""
    if statement.amends is None or not statement.withdraws:
        return None
    first = await work.updates.get(statement.amends.update)
    return None if first is None else goes_at(first)


async def tell(update: Update, person: PersonId, at: datetime, work: Work) -> None:
    """The neutral line, the same whatever the update says; `at` is when it goes. A pause does not hold it back. What
    corrects or withdraws an earlier one names it by its day, in the chat where that one's line came; where no line of
    that had come, there is nothing to withdraw."""
    amends, said, before = update.statement.amends, Say("update-news"), None
    if amends is not None:
        came = await work.outbox.came(f"update:{amends.update}", person)
        if came is None and amends.withdraws:
            return
        if came is not None:
            before, sent = came
            zone = (await work.people.get(person)).profile.zone
            said = say(f"update-news-{amends.how}", at=AtTime(sent, zone, "day"))
    button = Button(f"/read {update.id}", Say("update-news.read"))
    screen = Screen((said,), ((button,),), neutral=True, answers=before if before and before.message else None)
    place = before.address if before is not None else None
    reads = f"update:{update.id}"
    await work.send(Letter(person, screen, due=at, reads=reads, at=place, purpose=Purpose.UPDATE))


async def called_off(copy: UpdateCopy, work: Work) -> None:
    """What was held for a relative is stopped or taken back: where nothing else is, nobody calls them about it."""
    if copy.report in [one.report for one in await work.updates.held(copy.person)]:
        return
    for task in await work.calls.open_of(copy.person, copy.report):
        if task.reason is Reason.RELEASE and task.report == copy.report:
            await work.calls.close(task.id)


async def reached(person: PersonId, report: ReportId | None, by: StaffId, work: Work) -> tuple[Say, ...]:
    """A call about a report reached the relative: what was held for them in its case goes, but for what can still be
    stopped: whoever called has not seen that. What is said to whoever entered the call."""
    says: dict[str, Say] = {}
    for copy, update in await _held(person, report, work):
        if goes_at(update) > work.now:
            continue
        goes = by not in (update.author, update.approver)
        if goes:
            await _let_go(copy, update, work)
        said = say("release-goes" if goes else "release-not-yours")
        says[said.name] = said
    return tuple(says.values())


async def _held(person: PersonId, report: ReportId | None, work: Work) -> list[tuple[UpdateCopy, Update]]:
    """What is held for a relative in the case of a report."""
    if report is None:
        return []
    case, found = (await work.reports.get(report)).case, []
    for copy in await work.updates.held(person):
        update = await work.updates.get(copy.update)
        if update is not None and await work.updates.current_case(copy.update) == case:
            found.append((copy, update))
    return found


async def _let_go(
    copy: UpdateCopy, update: Update, work: Work, by: StaffId | None = None, why: str | None = None
) -> None:
    at = max(work.now, goes_at(update))
    await work.updates.let_go(copy.update, copy.person, at, by, why)
    await tell(update, copy.person, at, work)


@dataclass(frozen=True, slots=True)
class HeldRelease:
    """What waits for a call with a relative: `written` when it was approved, `tries` the calls since then that did not
    reach them."""

    number: ReportNumber
    relative: str
    approved: tuple[datetime, ...] = ()
    tries: int = 0


@dataclass(frozen=True, slots=True)
class HeldFor(Query[HeldRelease]):
    """What is held for the relative of a report."""

    number: ReportNumber
    example: ClassVar[HeldRelease] = HeldRelease(
        make_number(1234567), "Петренко Марія", (datetime(2026, 11, 24, 8, tzinfo=UTC),), 2
    )


async def held_for(query: HeldFor, actor: Actor, work: Work) -> HeldRelease:
    report = await for_staff(query.number, actor, work, "case")
    name = (await work.people.get(report.person)).profile.name
    approved = [update.decided_at or update.written_at for _, update in await _held(report.person, report.id, work)]
    since = min(approved, default=work.now)
    attempts = await work.cases.attempts(report.case)
    tries = sum(one.report == report.id and one.at >= since for one in attempts)
    return HeldRelease(report.number, name.full if name else "", tuple(approved), tries)


@dataclass(frozen=True, slots=True)
class LetGo:
    """The head lets news of a release go to one relative before a call reached them, and writes why."""

    number: ReportNumber
    reason: str


async def let_go(command: LetGo, actor: Actor, work: Work) -> Result:
    report = await for_staff(command.number, actor, work, "case")
    held = await _held(report.person, report.id, work)
    if not held:
        raise Refusal("release-none", number=str(report.number))
    await work.audit.acted(actor, "release-let-go", case=report.case, report=report.id, person=report.person)
    for copy, update in held:
        await _let_go(copy, update, work, actor.acting.id, command.reason)
    at = max(goes_at(update) for _, update in held)
    return Result((say("release-done", number=str(report.number), at=AtTime(max(at, work.now))),))


COMMANDS: dict[type, Any] = {LetGo: let_go}
QUERIES: dict[type, Any] = {HeldFor: held_for}
