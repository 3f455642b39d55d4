"""Call tasks: a human of the center calls a family. Where a message cannot reach, or must not, a person does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from casework.done import Done
from casework.ids import CallId, CenterId, PersonId, ReportId
from casework.letters import AtTime, Say

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

CALL_WITHIN = timedelta(days=1)


class Reason(StrEnum):
    """Why a call is due."""

    NEW_REPORT = "new-report"  # the first word from a human after a report
    ASKED = "asked"  # the family asks for a human
    UNDELIVERED = "undelivered"  # no channel took a message
    REMINDER = "reminder"  # an appointment tomorrow, and no channel to remind on
    CONFIRM = "confirm"  # a visit where the address is not published: speak to the family, then confirm it
    REBOOK = "rebook"  # we called an appointment off, and no channel tells them
    INVITATION = "invitation"  # invite the family to come; never says why
    NUMBER = "number"  # wants notices by telephone: is the number theirs?
    CORRECTED = "corrected"  # who is meant, or the kinship, was changed by the relative after it was verified
    UNREADABLE = "unreadable"  # a message that the program could not handle


@dataclass(frozen=True, slots=True)
class CallTask:
    """A call that is due. `note` is the staff's or the family's words about it, sealed under the person's key."""

    id: CallId
    person: PersonId
    report: ReportId | None
    reason: Reason
    due: datetime
    note: str = ""
    done_at: datetime | None = None


class Calls(Protocol):
    """How call tasks are kept."""

    async def add_task(
        self, reason: Reason, *, person: PersonId, report: ReportId | None = None, due: datetime, note: str = ""
    ) -> CallId: ...

    async def get(self, task: CallId) -> CallTask | None: ...

    async def waiting(self, center: CenterId) -> Sequence[CallTask]:
        """Every open task of the center's families, and of families that no center answers for yet; by due date."""

    async def open_of(self, person: PersonId, report: ReportId | None) -> Sequence[CallTask]:
        """What is open for a person; with a report, only what concerns it or the person as such."""

    async def close(self, task: CallId) -> None: ...
    async def postpone(self, task: CallId, until: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class AskForCall:
    """The family asks to be called. `when` is "today", "tomorrow" or their own words; kept as told."""

    when: str
    about: str


async def ask_for_call(command: AskForCall, actor: Actor, work: Work) -> Done:
    due = work.now + CALL_WITHIN
    note = "\n".join(part for part in (command.when, command.about) if part)
    await work.calls.add_task(Reason.ASKED, person=actor.person, due=due, note=note)
    return Done((Say("human-done", {"by": AtTime(due, style="day")}),))


COMMANDS: dict[type, Any] = {AskForCall: ask_for_call}
QUERIES: dict[type, Any] = {}
