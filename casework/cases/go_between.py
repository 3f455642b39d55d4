"""Asking whom a relative has named to pass on "please call the center": who it is, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework import calls
from casework.calls import Reason
from casework.cases.calling import Whom, whom
from casework.letters import AtTime, say
from casework.reaching import PASSED_ON_WITHIN, ReachKind
from casework.refusal import Refusal
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


@dataclass(frozen=True, slots=True)
class RecordGoBetween:
    """Whom the relative has named was called: do they pass it on?"""

    whom: Whom
    passes: bool


async def record(command: RecordGoBetween, actor: Actor, work: Work) -> Result:
    """It is no contact with the relative. Whoever passes it on is given two working days; then, or at once where nobody
    does, somebody calls the relative."""
    person, report, tasks = await whom(command.whom, actor, work)
    asked = [task for task in tasks if task.reason is Reason.GO_BETWEEN]
    if not asked:
        raise Refusal("call-gone")
    for task in asked:
        await work.calls.close(task.id)
    about, case = (report.id, report.case) if report else (None, None)
    await work.audit.acted(actor, "go-between", person=person, report=about, case=case)
    await work.reaching.add(person, ReachKind.PASSED_ON if command.passes else ReachKind.NOT_PASSED_ON)
    days = PASSED_ON_WITHIN if command.passes else calls.CALL_WITHIN
    task = await calls.plan(Reason.UNDELIVERED, person, work, days=days)
    words = "go-between-passed" if command.passes else "go-between-not-passed"
    return Result((say(words, by=AtTime(task.due)),), then=f"opened {report.number}" if report else "")


COMMANDS: dict[type, Any] = {RecordGoBetween: record}
