"""The second part of registering: told in any order, in parts, by the relative or to an operator who calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.account import Account
from casework.letters import say
from casework.numbers import ReportNumber
from casework.registering import own_or_staff
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


@dataclass(frozen=True, slots=True)
class TellMore:
    """The second part, or more of it. What is not told now, and what is told as it stands already, changes nothing."""

    number: ReportNumber
    account: Account


async def tell_more(command: TellMore, actor: Actor, work: Work) -> Result:
    report = await own_or_staff(command.number, actor, work)
    number = str(report.number)
    told = (report.account or Account()).news(command.account)
    if told == Account():
        return Result((say("details-same", number=number),))
    by = actor.staff.id if actor.staff is not None and report.person != actor.person else None
    await work.audit.acted(actor, "details", case=report.case, report=report.id)
    await work.reports.tell_more(report.id, told, by)
    await work.files.give((*told.files, *told.photo), actor.person, report.person)
    return Result((say("details-done", number=number),), keeps=True)


COMMANDS: dict[type, Any] = {TellMore: tell_more}
QUERIES: dict[type, Any] = {}
