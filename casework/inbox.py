"""The inbox: what a family sends when nothing asked for it. It is kept, and passed on to a human of the center.

A line is words, or a file, or both. Until it is passed on it waits as a draft, which only its writer knows of. Passed
on, it stands with one open call task, to which whatever follows is added: twenty sentences are one call with twenty
lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from casework import calls
from casework.actor import Channel
from casework.calls import CallTask, Reason
from casework.ids import CallId, FileId, InboxItemId, PersonId
from casework.letters import Say
from casework.queries import Query
from casework.result import Result
from casework.values import Phone

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

KEPT_FOR = timedelta(days=7)
"""A line that nobody passed on: as long as a withdrawal can be taken back. Then it is erased."""

TALK = timedelta(hours=1)
"""Without a word for so long, a talk is over. Within it the family is asked once; what follows goes with the rest."""


@dataclass(frozen=True, slots=True)
class InboxItem:
    """What was sent at a moment, by the platform's clock: `words`, sealed under the person's key, or a `file`, or both.
    `task` is the call that it was passed on with."""

    id: InboxItemId
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
    ) -> InboxItemId:
        """Keep one line; without a task it waits to be passed on."""

    async def waiting(self, person: PersonId) -> Sequence[InboxItem]:
        """What a person has not passed on yet, in the order in which it was sent."""

    async def lengthen(self, line: InboxItemId, person: PersonId, words: str) -> None:
        """Put other words in a line: the whole of what a messenger has split."""

    async def hand_on(self, person: PersonId, task: CallId) -> int:
        """Let all that waits stand with a call task; how many lines that are."""

    async def of_tasks(self, tasks: Sequence[CallId]) -> Sequence[InboxItem]:
        """What was passed on with these, in the order in which it was sent."""

    async def forget_old(self) -> None:
        """Erase what has waited for too long."""


class Kept(StrEnum):
    """What has become of a line."""

    FIRST = "kept"  # it waits, and the family is asked whether to pass it on
    MORE = "kept-too"  # it waits with what was written before it: there is no need to ask again
    JOINED = "joined"  # the talk has been passed on already, and so is this


async def keep(
    person: PersonId, words: str, work: Work, *, at: datetime, channel: Channel, file: FileId | None = None
) -> Kept:
    """Keep what nothing asked for."""
    task = await _passed_on(person, at, work)
    before = await work.inbox.waiting(person)
    await work.inbox.add(person, words, at=at, channel=channel, file=file, task=task)
    if task is not None:
        return Kept.JOINED
    return Kept.MORE if before and at - before[-1].at <= TALK else Kept.FIRST


async def last(person: PersonId, work: Work) -> InboxItem | None:
    """The line that was kept last, passed on or not."""
    lines = [*await work.inbox.waiting(person), *await work.inbox.of_tasks(await _open(person, work))]
    return max(lines, key=lambda line: (line.at, line.id), default=None)


async def _open(person: PersonId, work: Work) -> list[CallId]:
    return [task.id for task in await work.calls.open_of(person, None) if task.reason in WITH_LINES]


async def _passed_on(person: PersonId, at: datetime, work: Work) -> CallId | None:
    """The open call with which the talk that is under way stands already."""
    lines = await work.inbox.of_tasks(await _open(person, work))
    return lines[-1].task if lines and at - lines[-1].at <= TALK else None


WITH_LINES = (Reason.WROTE, Reason.CRISIS)
"""The calls that lines stand with."""


async def open_task(person: PersonId, work: Work) -> CallTask:
    """The one open call with which a person's lines stand; planned where there is none yet."""
    for task in await work.calls.open_of(person, None):
        if task.reason is Reason.WROTE:
            return calls.said_anew(task, await work.centers.get(task.center), work.now)
    return await calls.plan(Reason.WROTE, person, work)


@dataclass(frozen=True, slots=True)
class Waits(Query[int]):
    """How many lines of the acting person wait to be passed on."""

    example: ClassVar[int] = 0


async def waits(query: Waits, actor: Actor, work: Work) -> int:
    return len(await work.inbox.waiting(actor.person))


@dataclass(frozen=True, slots=True)
class PassOn:
    """The family lets a human of the center read what it has written; `phone` is where to call, if that is new."""

    phone: Phone | None = None


async def pass_on(command: PassOn, actor: Actor, work: Work) -> Result:
    """One task, however many lines; said by when somebody calls."""
    person = await work.people.get(actor.person)
    if command.phone is not None:
        await calls.with_phone(person, command.phone, work)
    if not await work.inbox.waiting(actor.person):
        return Result((Say("inbox-number" if command.phone is not None else "inbox-empty"),))
    task = await open_task(actor.person, work)
    await work.inbox.hand_on(actor.person, task.id)
    return Result(await calls.answered("inbox-passed", "inbox-passed-no-phone", task, work))


async def pass_files(
    person: PersonId, files: Sequence[FileId], words: Sequence[str], work: Work, *, at: datetime, channel: Channel
) -> CallTask:
    """Put files, and the words that came with them, with the open call."""
    task = await open_task(person, work)
    text = "\n".join(filter(None, words))
    for file in files or (None,):
        if file is not None or text:
            await work.inbox.add(person, text, at=at, channel=channel, file=file, task=task.id)
        text = ""
    return task


@dataclass(frozen=True, slots=True)
class PassFiles:
    """The family lets a human of the center see files that are for nothing we ask for, with what it said of them."""

    files: tuple[FileId, ...]
    words: tuple[str, ...]


async def pass_files_on(command: PassFiles, actor: Actor, work: Work) -> Result:
    task = await pass_files(actor.person, command.files, command.words, work, at=work.now, channel=actor.channel)
    return Result(await calls.answered("inbox-passed", "inbox-passed-no-phone", task, work), keeps=True)


COMMANDS: dict[type, Any] = {PassOn: pass_on, PassFiles: pass_files_on}
QUERIES: dict[type, Any] = {Waits: waits}
