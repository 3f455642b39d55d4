"""Own words, whatever was asked: kept for their writer alone, and with a press passed on to the center; or into the
correspondence at once, as long as it is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from casework import calls
from casework.actor import Channel
from casework.correspondence.writing import await_answer, open_one, passed, write
from casework.ids import FileId, PersonId
from casework.letters import Say
from casework.result import Result
from casework.values import Phone

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

TALK = timedelta(hours=1)
"""Without a word for so long, a talk is over. Within it the family is asked once whether to pass it on."""


class Kept(StrEnum):
    """What has become of a line."""

    FIRST = "kept"  # it waits, and the family is asked whether to pass it on
    MORE = "kept-too"  # it waits with what was written before it: there is no need to ask again
    JOINED = "joined"  # the family and the center are writing to each other, and it is part of that


async def keep(
    person: PersonId, words: str, work: Work, *, at: datetime, channel: Channel, file: FileId | None = None
) -> tuple[Kept, tuple[Say, ...]]:
    """Keep what nothing asked for; and what is said of it. While a correspondence is open it goes there."""
    if await open_one(person, work) is not None:
        enclosed = () if file is None else (file,)
        found, first = await write(person, (words,), enclosed, work, at=at, channel=channel)
        return Kept.JOINED, await passed(found, first, work, "inbox-goes-on")
    before = await work.inbox.waiting(person)
    await work.inbox.add(person, words, at=at, channel=channel, file=file)
    kept = Kept.MORE if before and at - before[-1].at <= TALK else Kept.FIRST
    return kept, (Say(f"inbox-{kept}"),)


@dataclass(frozen=True, slots=True)
class PassOn:
    """The family lets a human of the center read what it has written; `phone` is where to call, if that is new."""

    phone: Phone | None = None


async def pass_on(command: PassOn, actor: Actor, work: Work) -> Result:
    """Into the correspondence, however many lines; said by when somebody answers."""
    person = await work.people.get(actor.person)
    if command.phone is not None:
        await calls.with_phone(person, command.phone, work)
    if not await work.inbox.waiting(actor.person):
        return Result((Say("inbox-number" if command.phone is not None else "inbox-empty"),))
    found, first = await await_answer(actor.person, work)
    await work.inbox.pass_on(actor.person, found.id)
    return Result(await passed(found, first, work))


@dataclass(frozen=True, slots=True)
class PassFiles:
    """The family lets a human of the center see files that are for nothing we ask for, with what it said of them."""

    files: tuple[FileId, ...]
    words: tuple[str, ...]


async def pass_files_on(command: PassFiles, actor: Actor, work: Work) -> Result:
    found, first = await write(actor.person, command.words, command.files, work, at=work.now, channel=actor.channel)
    return Result(await passed(found, first, work), keeps=True)


COMMANDS: dict[type, Any] = {PassOn: pass_on, PassFiles: pass_files_on}
