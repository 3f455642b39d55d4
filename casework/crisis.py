"""Words of despair: they are answered before anything else, and a human of the center is told of the person at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from casework import calls
from casework.actor import Channel
from casework.calls import CallTask, Reason
from casework.centers import Line
from casework.ids import PersonId
from casework.letters import AtTime, Say

if TYPE_CHECKING:
    from casework.work import Work


async def answer(person: PersonId, words: str, work: Work, *, at: datetime, channel: Channel) -> tuple[Say, ...]:
    """Raise the person, and say who is there now, who calls and when. What was written stands with the call: whoever
    calls should know it. Read by nobody before the center opens, which is said."""
    task = await _raised(person, work)
    await work.inbox.add(person, words, at=at, channel=channel, task=task.id)
    center = await work.centers.get(task.center)
    profile = (await work.people.get(person)).profile
    says = [Say("despair"), *await lines(work)]
    if center.open_at(work.now):
        says.append(Say("despair-raised"))
    else:
        says.append(Say("despair-closed", {"at": AtTime(center.working(work.now), profile.zone)}))
    if profile.phone is None:
        says.append(Say("despair-no-phone"))
    return tuple(says)


async def stranger(work: Work) -> tuple[Say, ...]:
    """The answer to somebody who has not agreed yet to anything being kept: nothing is, so nobody here will call."""
    return (Say("despair"), *await lines(work), Say("despair-nobody-told"))


async def lines(work: Work) -> tuple[Say, ...]:
    """Who answers a person in despair at any hour."""
    found: list[Line] = [line for line in await work.centers.lines() if line.step == "crisis"]
    return tuple(Say(f"despair-{line.name}", {"phone": line.phone}) for line in found)


async def _raised(person: PersonId, work: Work) -> CallTask:
    """One call for the person, due while the center is open at once, else first thing; one that was put off is due
    again."""
    for task in await work.calls.open_of(person, None):
        if task.reason is Reason.CRISIS:
            due = (await work.centers.get(task.center)).working(work.now)
            if task.due > due:
                await work.calls.postpone(task.id, due)
            return task
    return await calls.plan(Reason.CRISIS, person, work, within=timedelta(0))
