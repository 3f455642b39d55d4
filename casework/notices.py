"""Notices by telephone: an SMS or a call that says that something waits to be read, and never what.

For whoever chose it and whose number staff have confirmed by a call: a typed number may be anybody's. The letter itself
lies on the person's page, and is read there, in a messenger, or by calling the center.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from casework import calls
from casework.actor import Channel
from casework.calls import Reason
from casework.ids import PersonId
from casework.letters import AtTime, Private, Say
from casework.queries import Query
from casework.refusal import Refusal
from casework.result import Result
from casework.values import Phone

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


@dataclass(frozen=True, slots=True)
class Chosen:
    """How a person is told; nothing goes until the number is confirmed."""

    how: Channel
    confirmed: bool


class Notices(Protocol):
    """How the choice is kept. `offered` are the ways for which there is a gateway."""

    offered: Sequence[Channel]

    async def of(self, person: PersonId) -> Chosen | None: ...

    async def choose(self, person: PersonId, how: Channel, phone: Phone) -> bool:
        """From now on this way, at this number; is the number confirmed already?"""

    async def end(self, person: PersonId) -> None:
        """No more notices; what waits for one goes the person's other way."""

    async def confirm(self, person: PersonId, phone: Phone) -> None:
        """Whoever answers at this number is the person; another number that they chose stays unconfirmed."""


@dataclass(frozen=True, slots=True)
class NoticeSettings:
    """What the settings show: the ways that are offered, the number that the person left, what they chose."""

    offered: tuple[Channel, ...]
    phone: str | None = None
    chosen: Chosen | None = None


@dataclass(frozen=True, slots=True)
class MyNotices(Query[NoticeSettings]):
    """The acting person's notices."""

    example: ClassVar[NoticeSettings] = NoticeSettings(
        (Channel.SMS, Channel.VOICE), "+380671234567", Chosen(Channel.SMS, True)
    )


async def my_notices(query: MyNotices, actor: Actor, work: Work) -> NoticeSettings:
    if actor.staff is not None:
        return NoticeSettings(())
    phone = (await work.people.get(actor.person)).profile.phone
    chosen = await work.notices.of(actor.person)
    return NoticeSettings(tuple(work.notices.offered), str(phone) if phone else None, chosen)


@dataclass(frozen=True, slots=True)
class ChooseNotices:
    """How to be told from now on; None: not by telephone."""

    how: Channel | None


async def choose_notices(command: ChooseNotices, actor: Actor, work: Work) -> Result:
    if command.how is None:
        await work.notices.end(actor.person)
        return Result((Say("notices-ended"),))
    phone = (await work.people.get(actor.person)).profile.phone
    if actor.staff is not None or command.how not in work.notices.offered:
        raise Refusal("notices-not-offered")
    if phone is None:
        raise Refusal("notices-no-phone")
    told: dict[str, Any] = {"phone": Private(str(phone)), "how": str(command.how)}
    if await work.notices.choose(actor.person, command.how, phone):
        return Result((Say("notices-done", told),))
    call = await calls.plan(Reason.NUMBER, actor.person, work)
    return Result((Say("notices-to-confirm", {**told, "by": AtTime(call.due, style="day")}),))


async def confirm_number(person: PersonId, work: Work) -> None:
    """A member of staff has just spoken with the person, at the number that the person left."""
    phone = (await work.people.get(person)).profile.phone
    if phone is not None:
        await work.notices.confirm(person, phone)


COMMANDS: dict[type, Any] = {ChooseNotices: choose_notices}
QUERIES: dict[type, Any] = {MyNotices: my_notices}
