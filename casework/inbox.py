"""The inbox: what a family sends when nothing asked for it. It is kept, and passed on to a human of the center.

A line is words, or a file, or both. Until it is passed on it waits as a draft, which only its writer knows of. Passed
on, it stands with one open call task, to which whatever follows is added: twenty sentences are one call with twenty
lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from casework import calls
from casework.actor import Channel
from casework.calls import CallTask, Reason
from casework.done import Done
from casework.ids import CallId, FileId, LineId, PersonId
from casework.letters import AtTime, Say

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

KEPT_FOR = timedelta(days=7)
"""A line that nobody passed on: as long as a withdrawal can be taken back. Then it is erased."""


@dataclass(frozen=True, slots=True)
class Line:
    """What was sent at a moment, by the platform's clock: `words`, sealed under the person's key, or a `file`, or both.
    `task` is the call that it was passed on with."""

    id: LineId
    at: datetime
    channel: Channel
    words: str = ""
    file: FileId | None = None
    task: CallId | None = None


class Inbox(Protocol):
    """How lines are kept. A line goes with its person, its file and its call task."""

    async def add(
        self,
        person: PersonId,
        words: str,
        *,
        at: datetime,
        channel: Channel,
        file: FileId | None = None,
        task: CallId | None = None,
    ) -> LineId:
        """Keep one line; without a task it waits to be passed on."""

    async def waiting(self, person: PersonId) -> Sequence[Line]:
        """What a person has not passed on yet, in the order in which it was sent."""

    async def lengthen(self, line: LineId, person: PersonId, words: str) -> None:
        """Put other words in a line: the whole of what a messenger has split."""

    async def hand_on(self, person: PersonId, task: CallId) -> int:
        """Let all that waits stand with a call task; how many lines that are."""

    async def of_tasks(self, tasks: Sequence[CallId]) -> Sequence[Line]:
        """What was passed on with these, in the order in which it was sent."""

    async def forget_old(self) -> None:
        """Erase what has waited for too long."""


async def open_task(person: PersonId, work: Work, reason: Reason = Reason.WROTE) -> CallTask:
    """The one open call with which a person's lines stand; planned where there is none yet."""
    for task in await work.calls.open_of(person, None):
        if task.reason is reason:
            return task
    return await calls.plan(reason, person, work)


@dataclass(frozen=True, slots=True)
class PassOn:
    """The family lets a human of the center read what it has written."""


async def pass_on(command: PassOn, actor: Actor, work: Work) -> Done:
    """One task, however many lines; said by when somebody calls."""
    if not await work.inbox.waiting(actor.person):
        return Done((Say("inbox-empty"),))
    task = await open_task(actor.person, work)
    await work.inbox.hand_on(actor.person, task.id)
    zone = (await work.people.get(actor.person)).profile.zone
    return Done((Say("inbox-passed", {"by": AtTime(task.due, zone, "day")}),))


COMMANDS: dict[type, Any] = {PassOn: pass_on}
QUERIES: dict[type, Any] = {}
