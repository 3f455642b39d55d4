"""Joining a second address to a person: by a code shown on the old, typed on the new, confirmed on the old."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NewType, Protocol

from casework.done import Done
from casework.ids import AddressId, PersonId
from casework.letters import AtTime, Button, Letter, Purpose, Say, Screen
from casework.refusal import Refusal

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

CODE_LASTS = timedelta(minutes=10)
TRIES = 5
TRIES_WITHIN = timedelta(hours=1)
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without look-alikes: no I, L, O, 0, 1."""

LENGTH = 8
LinkId = NewType("LinkId", int)


class Answered(StrEnum):
    """What the owner said on the old address."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Link:
    """A code that was shown to `person` at `shown_at`, and who has typed it since."""

    id: LinkId
    person: PersonId
    shown_at: AddressId | None
    typed_by: PersonId | None
    expires_at: datetime


class Links(Protocol):
    """How codes are kept: by their keyed hash."""

    async def show(self, person: PersonId, at: AddressId | None, until: datetime) -> str:
        """A new code for a person; any earlier one works no more."""

    async def may_try(self, person: PersonId) -> bool:
        """Count a try; False after too many."""

    async def typed(self, code: str, by: PersonId) -> Link | None:
        """Somebody else typed a code: from now on it is theirs. None if it is unknown, old, or taken."""

    async def get(self, link: LinkId) -> Link | None: ...

    async def join(self, link: Link) -> AddressId | None:
        """Every address of whoever typed the code becomes the person's; who they were is dropped. None if they are
        just being served elsewhere."""

    async def end(self, link: LinkId) -> None: ...


@dataclass(frozen=True, slots=True)
class ShowCode:
    """A code for another chat or browser of mine."""


async def show_code(command: ShowCode, actor: Actor, work: Work) -> Done:
    until = work.now + CODE_LASTS
    code = await work.links.show(actor.person, actor.address, until)
    shown = f"{code[:4]}-{code[4:]}"
    return Done((Say("link-code", {"code": shown, "until": AtTime(until, style="time")}),), keeps=True)


@dataclass(frozen=True, slots=True)
class TypeCode:
    """The code that my other chat or browser shows."""

    code: str


async def type_code(command: TypeCode, actor: Actor, work: Work) -> Done:
    """A wrong code is an answer and not a refusal: it has to be counted."""
    if await work.staff.was(actor.person):
        raise Refusal("link-not-from-staff")
    if await work.reports.of(actor.person):
        raise Refusal("link-has-reports")
    if not await work.links.may_try(actor.person):
        raise Refusal("link-too-often")
    link = await work.links.typed(command.code, actor.person)
    if link is None:
        return Done((Say("link-wrong"),))
    question = Screen(
        (Say("link-asked"),),
        (
            (Button(f"/linked {link.id} yes", Say("linked.yes")),),
            (Button(f"/linked {link.id} no", Say("linked.no")),),
        ),
        keeps=True,
        neutral=True,
    )
    await work.send(Letter(link.person, question, at=link.shown_at, purpose=Purpose.REPLY))
    return Done((Say("link-confirm-there"),))


@dataclass(frozen=True, slots=True)
class ConfirmLink:
    """The owner says whether it was they who typed the code."""

    link: LinkId
    answered: Answered


async def confirm_link(command: ConfirmLink, actor: Actor, work: Work) -> Done:
    link = await work.links.get(command.link)
    if link is None or link.person != actor.person or link.typed_by is None or link.expires_at <= work.now:
        raise Refusal("link-old")
    if command.answered is Answered.NO:
        await work.links.end(link.id)
        return Done((Say("link-refused"),))
    if await work.reports.of(link.typed_by) or await work.staff.was(link.typed_by):
        raise Refusal("link-has-reports")
    joined = await work.links.join(link)
    if joined is None:
        raise Refusal("link-busy")
    await work.audit.acted(actor, "linked", person=actor.person)
    welcome = Screen((Say("link-welcome"),), keeps=True, neutral=True)
    await work.send(Letter(actor.person, welcome, at=joined, purpose=Purpose.REPLY))
    return Done((Say("link-done"),), keeps=True)


COMMANDS: dict[type, Any] = {ShowCode: show_code, TypeCode: type_code, ConfirmLink: confirm_link}
QUERIES: dict[type, Any] = {}
