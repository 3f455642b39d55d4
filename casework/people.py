"""Persons: what a relative says of themselves, consent, language, pause, leaving and erasure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from casework import erasing
from casework.ids import AddressId, PersonId, StaffId
from casework.letters import AtTime, Say, say
from casework.queries import Query
from casework.refusal import Refusal
from casework.result import Result
from casework.values import PersonName, Phone

if TYPE_CHECKING:
    from casework.actor import Actor, Channel
    from casework.addresses import Address
    from casework.work import Work

CONSENT = "2026-11"
"""The version of the consent's text; a new text asks everybody again."""

ERASE_AFTER = timedelta(days=7)
"""How long an erasure can be taken back."""

PAUSE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class GoBetween:
    """Somebody whom a relative has named: where nothing reaches the relative, they are asked to pass on "please call
    the center", and are told nothing of the case."""

    name: str
    phone: Phone


@dataclass(frozen=True, slots=True)
class Profile:
    """What a relative says of themselves; asked once, also for a second missing person.

    `region` is a region's id of `casework/places` or "abroad"; `zone` is the IANA zone where the person lives.
    `age_asked`: whether they are 18 was asked, or a human has spoken with them; not how old they are.
    """

    name: PersonName | None = None
    phone: Phone | None = None
    region: str | None = None
    zone: str = "Europe/Kyiv"
    go_between: GoBetween | None = None
    age_asked: bool = False


class Opens(StrEnum):
    """Where the content of what we send opens; on a lock screen it never does."""

    CHAT = "chat"  # where it came, on a tap
    PAGE = "page"  # on the web page only


@dataclass(frozen=True, slots=True)
class Person:
    """`consent` is the version of the text that they agreed to, `agreed_at` when; `heard_by` the member of staff who
    read it to them and heard them agree, until they have agreed themselves."""

    id: PersonId
    language: str
    profile: Profile
    consent: str | None = None
    paused_until: datetime | None = None
    erase_at: datetime | None = None
    opens: Opens = Opens.CHAT
    agreed_at: datetime | None = None
    heard_by: StaffId | None = None


class People(Protocol):
    """How persons are kept."""

    async def add(self, language: str) -> PersonId:
        """Somebody new."""

    async def get(self, person: PersonId) -> Person: ...
    async def typed_phone(self, person: PersonId) -> Phone | None:
        """A number of their own in what they have begun and not sent yet."""

    async def many(self, wanted: Sequence[PersonId]) -> Mapping[PersonId, Person]:
        """Persons by id, read at once."""

    async def keep(self, person: Person) -> None: ...
    async def reachable(
        self, person: PersonId, rather: AddressId | None = None, but: Collection[Channel] = ()
    ) -> tuple[AddressId, Channel] | None:
        """Where a push goes: to `rather` if it still is the person's, else where they chose, else to the messenger
        last used, else to the page; never on the channels `but`. None where nothing is left."""

    async def on_page(self, person: PersonId) -> AddressId | None:
        """A browser in which the person is signed in now."""

    async def page_only(self, person: PersonId) -> AddressId | None:
        """A browser of theirs, if that is the only place where they want to read."""

    async def chats(self, person: PersonId) -> Sequence[AddressId]:
        """The person's chats on messengers that take something."""

    async def addresses(self, person: PersonId, *, here: AddressId | None = None) -> Sequence[Address]:
        """The person's chats and browsers, the one last used first; `here` is the one they act from."""

    async def choose(self, person: PersonId, address: AddressId | None) -> None:
        """Where pushes go from now on, as long as the address takes them; None: wherever the person wrote last."""

    async def leave(self, address: AddressId, last: int | None = None) -> None:
        """Nobody is found behind the address any more; what we begin goes the person's other way, and of the answers
        only the letter `last` still comes."""

    async def due_for_erasure(
        self, now: datetime, but: Collection[PersonId] = (), most: int | None = None
    ) -> Sequence[PersonId]:
        """At most so many whose days are over, under a lock, without those in `but`."""


@dataclass(frozen=True, slots=True)
class Me(Query[Person]):
    """The acting person."""

    example: ClassVar[Person] = Person(PersonId(1), "uk", Profile())


async def me(query: Me, actor: Actor, work: Work) -> Person:
    return await work.people.get(actor.person)


@dataclass(frozen=True, slots=True)
class Agree:
    """The person agrees to what is kept, and for how long."""

    language: str


@dataclass(frozen=True, slots=True)
class Decline:
    """The person does not agree: nothing is kept of them."""


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """`then` is the script that follows; the menu if empty."""

    language: str
    then: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """No pushes of `Purpose.ROUTINE` for a month: they wait; `on` false ends it."""

    on: bool


@dataclass(frozen=True, slots=True)
class ChooseOpening:
    """Where what we send opens from now on."""

    opens: Opens


@dataclass(frozen=True, slots=True)
class LeaveDevice:
    """This chat or browser no longer belongs to the person."""


@dataclass(frozen=True, slots=True)
class Erase:
    """Withdraw and erase, after 7 days; `on` false takes it back."""

    on: bool


async def agree(command: Agree, actor: Actor, work: Work) -> Result:
    person = await work.people.get(actor.person)
    agreed = replace(person, consent=CONSENT, agreed_at=work.now, heard_by=None)
    await work.people.keep(replace(agreed, language=command.language))
    return Result((Say("welcome-done"),))


async def choose_language(command: ChooseLanguage, actor: Actor, work: Work) -> Result:
    person = await work.people.get(actor.person)
    await work.people.keep(replace(person, language=command.language))
    return Result((Say("settings-language-done"),), then=command.then)


async def decline(command: Decline, actor: Actor, work: Work) -> Result:
    lines = {line.name: line.phone for line in await work.centers.lines()}
    return Result((Say("welcome-declined", {"phone": lines["headquarters"]}),), leaves=True)


async def pause(command: Pause, actor: Actor, work: Work) -> Result:
    person = await work.people.get(actor.person)
    until = work.now + PAUSE if command.on else None
    await work.people.keep(replace(person, paused_until=until))
    if until is None:
        return Result((Say("settings-pause-ended"),))
    return Result((Say("settings-pause-done", {"until": AtTime(until, person.profile.zone, "day")}),))


async def choose_opening(command: ChooseOpening, actor: Actor, work: Work) -> Result:
    person = await work.people.get(actor.person)
    await work.people.keep(replace(person, opens=command.opens))
    if command.opens is Opens.CHAT:
        return Result((Say("settings-opens-chat"),))
    page = {"page": work.page}
    if await work.people.on_page(person.id) is None:
        return Result((Say("settings-opens-page", page), Say("push-page-first", page)))
    return Result((Say("settings-opens-page", page),))


async def leave_device(command: LeaveDevice, actor: Actor, work: Work) -> Result:
    return Result((Say("settings-left"),), leaves=True)


async def erase(command: Erase, actor: Actor, work: Work) -> Result:
    """A member of staff is let go by an administrator instead; what they did stays in the audit. While a stranger may
    hold one of a relative's chats, nothing is erased."""
    if command.on and await work.proposals.frozen(actor.person):
        raise Refusal("account-frozen")
    person = await work.people.get(actor.person)
    when = work.now + ERASE_AFTER if command.on else None
    await work.people.keep(replace(person, erase_at=when))
    if when is None:
        return Result((Say("settings-erase-taken-back"),))
    if await work.endings.held(actor.person):
        return Result((Say("settings-erase-held"),), then="menu", keeps=True)
    number, zone = await work.erasing.receipt(actor.person), person.profile.zone
    says = Say("settings-erase-done", {"on": AtTime(when, zone)}), *erasing.receipt(number, work.now, when, zone)
    if actor.on_page:
        says = (*says, say("receipt-page", link=f"{work.page}/receipt.pdf"))
    return Result(says, then="menu", keeps=True, holds=erasing.grouped_receipt(number))


COMMANDS: dict[type, Any] = {
    Agree: agree,
    Decline: decline,
    ChooseLanguage: choose_language,
    Pause: pause,
    ChooseOpening: choose_opening,
    LeaveDevice: leave_device,
    Erase: erase,
}
QUERIES: dict[type, Any] = {Me: me}
