"""Call tasks: a human of the center calls a family. Where a message cannot reach, or must not, a person does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from casework.done import Done
from casework.ids import CallId, PersonId, ReportId
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
    INVITATION = "invitation"  # invite the family to come; never says why
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
