"""How many families' data a member's day usually holds. Beyond that nobody is shut out: each further look is slower and
takes a reason, and the head and the auditors are told once.

What is counted is the audit's: cases opened on the page and searches that found somebody, each once a day in Kyiv,
wherever the member did it. Lists and boards do not count, nor what was opened before on that day. Where the
colleagues of the center have much to do as well, much is usual.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from casework.actor import Role, Staff
from casework.audit import Usage
from casework.centers import KYIV
from casework.letters import Letter, Private, Purpose, Say, Screen, say
from casework.refusal import Refusal
from casework.result import Result
from casework.staff.relations import Facts

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


@dataclass(frozen=True, slots=True)
class LooksADay:
    """Cases and searches of a day."""

    cases: int
    searches: int


BUDGETS: Final[Mapping[Role, LooksADay]] = {
    Role.OPERATOR: LooksADay(cases=120, searches=200),
    Role.SPECIALIST: LooksADay(cases=60, searches=80),
    Role.VERIFIER: LooksADay(cases=150, searches=120),
    Role.HEAD: LooksADay(cases=120, searches=150),
}
"""Generous: a visit takes a quarter of an hour, a call some minutes."""

IN_A_MINUTE: Final = 15
"""Searches: nobody who speaks with families types so many."""

BUSY: Final = 2
"""So many times what is usual among the colleagues on that day is usual still."""

REASON_LASTS: Final = timedelta(minutes=2)
SLOWEST: Final = timedelta(seconds=15)

LOOKS_COUNTED: Final = frozenset({"OpenCase", "OpenKinship", "ToBeCalled", "Find"})
"""What opens a case, or finds it by a name."""

OVER: Final = "over-budget"
REASON: Final = "look-reason"
"""Rows of the audit: whoever was told of, and each reason, as "look-reason-task"."""


class LookReason(StrEnum):
    """Why one more case is opened."""

    FAMILY_HERE = "family-here"
    FAMILY_CALLS = "family-calls"
    TASK = "task"
    COLLEAGUE = "colleague"


@dataclass(frozen=True, slots=True)
class GiveReason:
    reason: LookReason


def today(now: datetime) -> datetime:
    """When the day began in Kyiv."""
    return datetime.combine(now.astimezone(KYIV).date(), time(), KYIV)


def excess(role: Role, used: Usage, others: Collection[Usage]) -> int:
    """By how many looks a member is beyond the budget, 1 being the next; 0 within it."""
    budget = BUDGETS.get(role)
    if budget is None:
        return 0
    cases = max(budget.cases, BUSY * _usual(one.cases for one in others))
    searches = max(budget.searches, BUSY * _usual(one.searches for one in others))
    return max(used.cases - cases + 1, used.searches - searches + 1, used.lately - IN_A_MINUTE + 1, 0)


def _usual(counts: Iterable[int]) -> int:
    return int(median(list(counts) or [0]))


async def beyond(member: Staff, work: Work) -> int:
    """By how many looks a member is beyond the budget today; the colleagues are read only where that matters."""
    if member.role not in BUDGETS:
        return 0
    used = (await work.audit.usage([member.id], today(work.now), work.now)).get(member.id, Usage())
    if not excess(member.role, used, ()):
        return 0
    colleagues = [
        one.staff.id
        for one in await work.staff.all()
        if one.staff.active and one.staff.center == member.center and one.staff.id != member.id
    ]
    others = await work.audit.usage(colleagues, today(work.now), work.now)
    return excess(member.role, used, others.values())


async def ask_reason(asked: Any, facts: Facts | None, actor: Actor, work: Work) -> None:
    """`Refusal` where a member who is beyond the budget opens one more case and has not said why; it leads to the
    question, and from there back to what was asked for."""
    if actor.staff is None or not actor.on_page or type(asked).__name__ not in LOOKS_COUNTED:
        return
    if not await beyond(actor.staff, work):
        return
    case = facts.case if facts is not None else None
    member = actor.staff.id
    if await work.audit.seen(member, today(work.now), case=case, searched=getattr(asked, "text", None)):
        return
    if not await work.audit.did(member, REASON, work.now - REASON_LASTS):
        raise Refusal("look-reason-needed", leads="reason")


async def give_reason(command: GiveReason, actor: Actor, work: Work) -> Result:
    await work.audit.acted(actor, f"{REASON}-{command.reason}")
    return Result()


async def pause(member: Staff, work: Work) -> timedelta:
    """How long the next look of a member waits before it is shown: longer with each beyond the budget."""
    return min(timedelta(seconds=await beyond(member, work)), SLOWEST)


async def watch(work: Work) -> None:
    """Tell of whoever is beyond the budget, once a day each."""
    used = await work.audit.usage(None, today(work.now), work.now)
    if not any(excess(role, one, ()) for one in used.values() for role in BUDGETS):
        return
    members = {one.staff.id: one.staff for one in await work.staff.all() if one.staff.active}
    for id, usage in used.items():
        member = members.get(id)
        if member is None:
            continue
        others = [one for other, one in used.items() if other != id and _together(members.get(other), member)]
        if excess(member.role, usage, others) and not await work.audit.did(id, OVER, today(work.now)):
            await _tell(member, usage, members.values(), work)


def _together(one: Staff | None, other: Staff) -> bool:
    return one is not None and one.center == other.center


async def _tell(member: Staff, usage: Usage, members: Collection[Staff], work: Work) -> None:
    """The heads of the center and the auditors; where there is none of them, the administrators."""
    await work.audit.noticed(member.id, OVER)
    others = [one for one in members if one.id != member.id]
    to = [one for one in others if one.role is Role.AUDITOR or (one.role is Role.HEAD and _together(one, member))]
    name = Private(await work.staff.name(member.id), keeps=True)
    center = Say(f"center-{member.center}") if member.center is not None else Say("staff-member.everywhere")
    told = say("budget-alarm", name=name, center=center, cases=usage.cases, searches=usage.searches)
    for one in to or [one for one in others if one.role is Role.ADMINISTRATOR]:
        await work.send(Letter(one.person, Screen((told,), keeps=True), purpose=Purpose.WORK))


COMMANDS: dict[type, Any] = {GiveReason: give_reason}
