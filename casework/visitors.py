"""Visitors: a member of staff registers and books for somebody who came, or called, in that person's name.

What the person could do here themselves, the member does with the same rules; whatever is the person's alone (erasing,
joining chats, reading what is released, consent to others) nobody does for them. Every look and every deed is recorded
with both. The person agrees aloud; a code on paper makes all of it theirs, in a chat or browser of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from casework.letters import AtTime, Private, say
from casework.linking import spaced
from casework.numbers import ReportNumber
from casework.people import CONSENT
from casework.refusal import Refusal
from casework.registering import for_staff
from casework.result import Result
from casework.values import PersonName, Phone

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

HANDED_LASTS = timedelta(days=14)
"""How long the code on the visitor's paper works: once, and until the person has a chat or browser of their own."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """Somebody new, who was read what is kept and agreed aloud."""

    name: PersonName
    phone: Phone


@dataclass(frozen=True, slots=True)
class Serve:
    """Go on in the name of a family that is known: by a report's number, or by an appointment's here."""

    number: ReportNumber


@dataclass(frozen=True, slots=True)
class HandOver:
    """A code on paper for the visitor, with which all that was done becomes theirs."""


@dataclass(frozen=True, slots=True)
class Finish:
    """Done with this visitor."""


def recorded(what: type) -> str:
    """What the audit calls something that was done or looked up in a visitor's name: "for-file-report"."""
    return f"for-{hyphened(what)}"


def hyphened(what: type) -> str:
    """The name of a command or query as the audit writes it: "file-report"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", what.__name__).lower()


async def welcome(command: Welcome, actor: Actor, work: Work) -> Result:
    """The consent that was heard is kept with its date and whoever heard it."""
    staff = actor.acting
    visitor = await work.people.add("uk")
    person = await work.people.get(visitor)
    profile = replace(person.profile, name=command.name, phone=command.phone)
    agreed = replace(person, profile=profile, consent=CONSENT, agreed_at=work.now, heard_by=staff.id)
    await work.people.keep(agreed)
    await work.audit.acted(actor, "visitor-welcomed", person=visitor)
    return Result(serves=visitor)


async def serve(command: Serve, actor: Actor, work: Work) -> Result:
    if await work.reports.whose(command.number) is not None:
        report = await for_staff(command.number, actor, work, "visitor")
        return Result(serves=report.person)
    visit = await work.bookings.by_number(command.number)
    if visit is None:
        raise Refusal("case-unknown", number=str(command.number))
    await work.audit.looked(actor, "visitor", person=visit.person)
    return Result(serves=visit.person)


async def hand_over(command: HandOver, actor: Actor, work: Work) -> Result:
    """Only where there is no chat yet: whoever has one adds another with it."""
    if await work.people.addresses(actor.person):
        return Result((say("visitor-has-chat"),))
    until = work.now + HANDED_LASTS
    code = await work.links.hand(actor.person, until)
    told = say("visitor-code", code=Private(spaced(code), keeps=True), until=AtTime(until, style="day"), page=work.page)
    return Result((told,), keeps=True)


async def finish(command: Finish, actor: Actor, work: Work) -> Result:
    return Result((say("visitor-finished"),), served=True)


COMMANDS: dict[type, Any] = {Welcome: welcome, Serve: serve, HandOver: hand_over, Finish: finish}
QUERIES: dict[type, Any] = {}
