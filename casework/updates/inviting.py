"""Inviting a family to the center. A human calls first; the letter that may follow is the same for every matter.

Nobody says here why: what is never told by a message is not written down beside the invitation either.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from casework import calls
from casework.calls import Reason
from casework.ids import CallId, ReportId
from casework.letters import Button, Letter, Purpose, Say, Screen, say
from casework.numbers import ReportNumber, make_number
from casework.queries import Query
from casework.refusal import Refusal
from casework.registering import for_staff
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


class Stage(StrEnum):
    """How far an invitation is."""

    NONE = "none"
    CALL = "call"  # a human is to call first
    REACHED = "reached"  # a human has spoken with them: the letter may follow
    SENT = "sent"


class Invitations(Protocol):
    """How invitations are kept."""

    async def add(self, report: ReportId, call: CallId) -> None: ...

    async def stage(self, report: ReportId) -> Stage:
        """Of the newest invitation."""

    async def sent(self, report: ReportId) -> None: ...


@dataclass(frozen=True, slots=True)
class InvitationStage:
    number: ReportNumber
    relative: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class Invitation(Query[InvitationStage]):
    """How far the invitation of a family is."""

    number: ReportNumber
    example: ClassVar[InvitationStage] = InvitationStage(make_number(1234567), "Петренко Марія", Stage.NONE)


async def invitation(query: Invitation, actor: Actor, work: Work) -> InvitationStage:
    report = await for_staff(query.number, actor, work, "invitation")
    name = (await work.people.get(report.person)).profile.name
    return InvitationStage(report.number, name.full if name else "", await work.invitations.stage(report.id))


@dataclass(frozen=True, slots=True)
class InviteFamily:
    """Somebody is to call this relative and invite them."""

    number: ReportNumber


async def invite(command: InviteFamily, actor: Actor, work: Work) -> Result:
    report = await for_staff(command.number, actor, work, "invitation")
    if await work.invitations.stage(report.id) is Stage.CALL:
        raise Refusal("inviting-call-first", number=str(report.number))
    call = await calls.plan(Reason.INVITATION, report.person, work, report=report.id)
    await work.invitations.add(report.id, call.id)
    await work.audit.acted(actor, "invitation", case=report.case, report=report.id)
    return Result((say("inviting-call-made", number=str(report.number)),))


@dataclass(frozen=True, slots=True)
class SendInvitation:
    """The letter, after a human has spoken with them."""

    number: ReportNumber


async def send_invitation(command: SendInvitation, actor: Actor, work: Work) -> Result:
    report = await for_staff(command.number, actor, work, "invitation")
    match await work.invitations.stage(report.id):
        case Stage.REACHED:
            await work.send(
                Letter(report.person, letter(), reads=f"invitation:{report.id}", purpose=Purpose.APPOINTMENT)
            )
            await work.invitations.sent(report.id)
            await work.audit.acted(actor, "inviting-sent", case=report.case, report=report.id)
            return Result((say("inviting-sent", number=str(report.number)),))
        case Stage.SENT:
            raise Refusal("inviting-sent-already", number=str(report.number))
        case Stage.NONE | Stage.CALL:
            raise Refusal("inviting-call-first", number=str(report.number))


def letter() -> Screen:
    """The one letter of every invitation: it takes no arguments, so no wording can give a reason away."""
    return Screen((Say("invitation-letter"),), ((Button("/book", Say("invitation-letter.book")),),))


COMMANDS: dict[type, Any] = {InviteFamily: invite, SendInvitation: send_invitation}
QUERIES: dict[type, Any] = {Invitation: invitation}
