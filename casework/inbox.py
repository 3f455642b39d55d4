"""The inbox: what a family sends when nothing asked for it. It is kept, and passed on to a human of the center.

A line is words, or a file, or both. Until it is passed on it waits as a draft, which only its writer knows of. Passed
on, it is part of the person's correspondence (`casework/correspondence`), to which whatever follows is added as long as
that is open. Words of despair stand with their call as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from casework.actor import Channel
from casework.calls import Reason
from casework.ids import CallId, CorrespondenceId, FileId, InboxItemId, PersonId
from casework.queries import Query

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

KEPT_FOR = timedelta(days=7)
"""A line that nobody passed on: as long as a withdrawal can be taken back. Then it is erased."""


@dataclass(frozen=True, slots=True)
class InboxItem:
    """What was sent at a moment, by the platform's clock: `words`, sealed under the person's key, or a `file`, or both.
    `correspondence` is the one that it is part of, `task` the call that it stands with."""

    id: InboxItemId
    at: datetime
    channel: Channel
    words: str = ""
    file: FileId | None = None
    task: CallId | None = None
    correspondence: CorrespondenceId | None = None


class Inbox(Protocol):
    """How lines are kept. A line goes with its person, its file, its call task and its correspondence."""

    async def add(
        self,
        person: PersonId,
        words: str,
        *,
        at: datetime,
        channel: Channel,
        file: FileId | None = None,
        task: CallId | None = None,
        correspondence: CorrespondenceId | None = None,
    ) -> InboxItemId:
        """Keep one line; without a task and a correspondence it waits to be passed on."""

    async def waiting(self, person: PersonId) -> Sequence[InboxItem]:
        """What a person has not passed on yet, in the order in which it was sent."""

    async def lengthen(self, line: InboxItemId, person: PersonId, words: str) -> None:
        """Put other words in a line: the whole of what a messenger has split."""

    async def pass_on(self, person: PersonId, correspondence: CorrespondenceId) -> None:
        """Let all that waits be part of a correspondence."""

    async def of_correspondence(self, correspondence: CorrespondenceId) -> Sequence[InboxItem]:
        """What its relative wrote, in the order in which it was sent."""

    async def of_tasks(self, tasks: Sequence[CallId]) -> Sequence[InboxItem]:
        """What stands with these, in the order in which it was sent."""

    async def forget_old(self) -> None:
        """Erase what has waited for too long."""


async def last(person: PersonId, work: Work) -> InboxItem | None:
    """The line that was kept last, passed on or not."""
    tasks = [task.id for task in await work.calls.open_of(person, None) if task.reason is Reason.CRISIS]
    lines = [*await work.inbox.waiting(person), *await work.inbox.of_tasks(tasks)]
    found = await work.correspondences.of(person)
    if found is not None and found.closed_at is None:
        lines += await work.inbox.of_correspondence(found.id)
    return max(lines, key=lambda line: (line.at, line.id), default=None)


@dataclass(frozen=True, slots=True)
class Waits(Query[int]):
    """How many lines of the acting person wait to be passed on."""

    example: ClassVar[int] = 0


async def waits(query: Waits, actor: Actor, work: Work) -> int:
    return len(await work.inbox.waiting(actor.person))


COMMANDS: dict[type, Any] = {}
QUERIES: dict[type, Any] = {Waits: waits}
