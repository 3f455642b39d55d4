"""Joining a second address to a person: by a code shown on the old, typed on the new, confirmed on the old.

Where nothing old is left, by staff: a code shown on the new, typed by an operator who has spoken with the family. Never
by a case's number, a name or a phone alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import product
from typing import TYPE_CHECKING, Any, NewType, Protocol

from casework import calls
from casework.actor import Channel
from casework.attempts import Guess
from casework.booking.addresses import is_known, tellable, told_there
from casework.calls import Reason
from casework.ids import AddressId, AppointmentId, PersonId, StaffId
from casework.letters import AtTime, Button, Letter, LetterKind, Purpose, Say, Screen, say
from casework.numbers import ReportNumber
from casework.refusal import Refusal
from casework.registering import for_staff
from casework.result import Result
from casework.staff.lineage import are_two
from casework.staff.proposals import About, Act, Prepared, Proposal, stop_button, tell_everywhere

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

CODE_LASTS = timedelta(minutes=10)
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without look-alikes: no I, L, O, 0, 1."""

LINK_CODE_LENGTH = 8
LinkId = NewType("LinkId", int)


class OwnerAnswer(StrEnum):
    """What the owner said on the old address."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Link:
    """A code that was shown to `person` at `shown_at`, and who has typed it since (not noted where staff typed it).
    A page that is joined by it goes on to the address of `visit`, if there is one."""

    id: LinkId
    person: PersonId
    shown_at: AddressId | None
    typed_by: PersonId | None
    expires_at: datetime
    visit: AppointmentId | None = None


class Links(Protocol):
    """How codes are kept: by their keyed hash."""

    async def show(
        self, person: PersonId, at: AddressId | None, until: datetime, visit: AppointmentId | None = None
    ) -> str:
        """A new code for a person; any earlier one works no more."""

    async def claim(self, person: PersonId, at: AddressId | None, until: datetime) -> str:
        """As `show`, a code that only staff can use."""

    async def claimed(self, code: str) -> Link | None:
        """What `claim` showed under a code. None if it is unknown, or old."""

    async def hand(self, person: PersonId, until: datetime) -> str:
        """As `show`, a code on paper for a visitor who has no chat yet."""

    async def handed(self, code: str) -> Link | None:
        """What `hand` gave under a code. None if it is unknown, or old."""

    async def shown(self, code: str) -> Link | None:
        """What `show` showed under a code, locked. None if it is unknown, or old."""

    async def typed(self, link: LinkId, by: PersonId) -> None:
        """Somebody has typed its code."""

    async def get(self, link: LinkId) -> Link | None: ...

    async def join(self, person: PersonId, other: PersonId) -> Sequence[tuple[AddressId, Channel]] | None:
        """Everything of `other` becomes the person's, who they were is dropped, and so are both's codes. Returns the
        addresses that came, the one they last wrote from at the end; None if one of them is just being served
        elsewhere."""

    async def end(self, link: LinkId) -> None: ...


@dataclass(frozen=True, slots=True)
class ShowCode:
    """A code for another chat or browser of mine."""


async def show_code(command: ShowCode, actor: Actor, work: Work) -> Result:
    until = work.now + CODE_LASTS
    code = await work.links.show(actor.person, actor.address, until)
    return Result(
        (Say("link-code", {"code": spaced(code), "until": AtTime(until, style="time")}),),
        keeps=True,
        holds=spaced(code),
    )


@dataclass(frozen=True, slots=True)
class ShowWay:
    """The way from a messenger to a hidden center's address: a link to the page, with a code that joins it."""

    number: ReportNumber


async def show_way(command: ShowWay, actor: Actor, work: Work) -> Result:
    """Neither the link nor the letter says anything of the place. The code is in the part of the link that browsers
    send to nobody, and works as any other: typed on the page by a press, confirmed where it was shown."""
    visit = await tellable(command.number, work)
    until = work.now + CODE_LASTS
    code = spaced(await work.links.show(actor.person, actor.address, until, visit.id))
    link = f"{work.page}/join#{code}"
    says = Say("address-way", {"link": link, "code": code, "until": AtTime(until, style="time")})
    return Result((says,), keeps=True, holds=code)


def spaced(code: str) -> str:
    """A code as it is shown: "ABCD-2345"."""
    return f"{code[:4]}-{code[4:]}"


@dataclass(frozen=True, slots=True)
class TypeCode:
    """The code that my other chat or browser shows."""

    code: str


async def type_code(command: TypeCode, actor: Actor, work: Work) -> Result:
    """A wrong code is an answer and not a refusal: it has to be counted."""
    if await work.staff.is_or_was_member(actor.person):
        raise Refusal("link-not-from-staff")
    own = await work.links.shown(command.code)
    if own is not None and own.person == actor.person and own.visit is not None and actor.channel is Channel.WEB:
        await work.links.end(own.id)  # a page that is joined already
        shown = told_there(own.visit)
        return Result(shown.says, keeps=True, opens=shown.opens)
    if await work.reports.of(actor.person):
        raise Refusal("link-has-reports")
    if not await work.attempts.may(actor.person, Guess.LINK):
        raise Refusal("link-too-often")
    handed = await work.links.handed(command.code)
    if handed is not None:
        return await _take_over(handed, actor, work)
    link = await work.links.shown(command.code)
    if link is None or link.person == actor.person:
        return Result((Say("link-wrong"),))
    if link.typed_by is not None and link.typed_by != actor.person:
        # One of the two has spied it out, and the owner, who has typed it too, would say "it was me" to either.
        await work.links.end(link.id)
        twice = Screen((Say("link-twice"),), keeps=True, neutral=True)
        await work.send(Letter(link.person, twice, at=link.shown_at, purpose=Purpose.REPLY))
        return Result((Say("link-wrong"),))
    await work.links.typed(link.id, actor.person)
    question = Screen(
        (Say("link-asked", {"channel": Say(f"channel.{actor.channel}")}),),
        (
            (Button(f"/linked {link.id} yes", Say("linked.yes")),),
            (Button(f"/linked {link.id} no", Say("linked.no")),),
        ),
        keeps=True,
        neutral=True,
    )
    await work.send(Letter(link.person, question, at=link.shown_at, purpose=Purpose.REPLY))
    return Result((Say("link-confirm-there"),))


async def _take_over(handed: Link, actor: Actor, work: Work) -> Result:
    """A visitor types the code from their paper: what was done in their name becomes theirs, and what they agreed to
    aloud they are asked in writing. Whoever has a chat already got nothing by it."""
    if await work.people.addresses(handed.person):
        await work.links.end(handed.id)
        return Result((Say("link-wrong"),))
    await _meet_once(actor.person, handed.person, work)
    mine, theirs = await work.people.get(actor.person), await work.people.get(handed.person)
    if await work.links.join(actor.person, handed.person) is None:
        raise Refusal("link-busy")
    await work.people.keep(replace(mine, profile=theirs.profile))
    return Result((Say("handed-done"),), then="reports" if mine.consent else "welcome")


@dataclass(frozen=True, slots=True)
class ConfirmLink:
    """The owner says whether it was they who typed the code."""

    link: LinkId
    answered: OwnerAnswer


async def confirm_link(command: ConfirmLink, actor: Actor, work: Work) -> Result:
    link = await work.links.get(command.link)
    if link is None or link.person != actor.person or link.typed_by is None or link.expires_at <= work.now:
        raise Refusal("link-old")
    if command.answered is OwnerAnswer.NO:
        await work.links.end(link.id)
        return Result((Say("link-refused"),))
    if await work.reports.of(link.typed_by) or await work.staff.is_or_was_member(link.typed_by):
        raise Refusal("link-has-reports")
    address, channel = await _join(actor.person, link.typed_by, work)
    await work.audit.acted(actor, "linked", person=actor.person)
    words = "link-welcome" if actor.staff is None else "link-welcome-staff"
    welcome = Screen((Say(words),), keeps=True, neutral=True)
    if link.visit is not None and channel is Channel.WEB:
        welcome = told_there(link.visit)
    await work.send(Letter(actor.person, welcome, LetterKind.REPLY, at=address))
    # What is shown to staff on the page is not for a messenger; and every browser shows one and the same thread.
    same = actor.staff is not None or channel is Channel.WEB is actor.channel
    return Result((Say("link-done"),), keeps=True, also_at=None if same else address)


async def _join(person: PersonId, other: PersonId, work: Work) -> tuple[AddressId, Channel]:
    """Make everything of `other` the person's. What they said of themselves stays, and is taken over where they said
    nothing."""
    await _meet_once(person, other, work)
    mine, theirs = await work.people.get(person), await work.people.get(other)
    joined = await work.links.join(person, other)
    if not joined:
        raise Refusal("link-busy")
    profile = mine.profile if mine.profile.name else theirs.profile
    agreed = mine if mine.consent else theirs
    kept = replace(mine, consent=agreed.consent, agreed_at=agreed.agreed_at, heard_by=agreed.heard_by)
    await work.people.keep(replace(kept, profile=profile))
    return joined[-1]


async def _meet_once(person: PersonId, other: PersonId, work: Work) -> None:
    """Nobody can be in two places at once: one of two such appointments is called off first, by whoever knows which."""
    mine = [one for one in await work.bookings.of(person, work.now) if one.stands]
    theirs = [one for one in await work.bookings.of(other, work.now) if one.stands]
    for one, two in product(mine, theirs):
        if one.starts_at < two.ends_at and two.starts_at < one.ends_at:
            raise Refusal("link-two-at-once", number=str(one.number), other=str(two.number))


@dataclass(frozen=True, slots=True)
class ShowClaimCode:
    """Nothing of mine is left but this chat: a code for it, to be told to staff."""


async def claim(command: ShowClaimCode, actor: Actor, work: Work) -> Result:
    if await work.staff.is_or_was_member(actor.person):
        raise Refusal("link-not-from-staff")
    until = work.now + CODE_LASTS
    code = await work.links.claim(actor.person, actor.address, until)
    shown = Say("claim-code", {"code": spaced(code), "until": AtTime(until, style="time")})
    phones = (
        Say("claim-phone", {"city": Say(f"center-{center.id}"), "phone": center.phone})
        for center in await work.centers.all()
        if center.phone
    )
    return Result((shown, *phones), keeps=True, holds=spaced(code))


@dataclass(frozen=True, slots=True)
class Rejoin:
    """A member of staff who has spoken with a family joins to it the chat that showed a code. `close`: every chat and
    browser of before is the family's no longer (a lost phone). The code works for minutes and what takes two waits
    longer, so `new`, whose chat showed it, is what is kept."""

    number: ReportNumber
    code: str
    close: bool
    new: PersonId | None = None


async def prepare_rejoin(command: Rejoin, actor: Actor, work: Work) -> Prepared:
    """Where no address of the family's is left that could be told, or where only whoever proposes it says that they
    have spoken with the family, no waiting stands in for the second person."""
    number = str(command.number)
    report = await for_staff(command.number, actor, work, "rejoin")
    if await work.proposals.frozen(report.person):
        raise Refusal("rejoin-frozen", number=number)
    if not await is_known(report.person, work):
        raise Refusal("rejoin-call-first", number=number)
    link = await work.links.claimed(command.code)
    if link is None:
        raise Refusal("rejoin-wrong")
    if link.person == report.person:
        raise Refusal("rejoin-same")
    if await work.staff.is_or_was_member(link.person):
        raise Refusal("link-not-from-staff")
    await work.links.end(link.id)
    told = bool(await work.people.addresses(report.person))
    known = await is_known(report.person, work, but=actor.acting.id)
    about = About(case=report.case, report=report.id)
    return Prepared(replace(command, code="", new=link.person), about, waits=told and known)


async def show_rejoin(command: Rejoin, work: Work) -> tuple[Say, ...]:
    closes = Say(f"rejoin-close.{'yes' if command.close else 'no'}")
    return (say("proposal-rejoin", number=str(command.number), closes=closes),)


async def tell_rejoin(proposal: Proposal, work: Work) -> None:
    """Whoever has the chats of before can stop it; the new chat learns that it waits."""
    report = await work.reports.get(proposal.about.report) if proposal.about.report else None
    if report is None:
        return
    asked = Screen((Say("rejoin-asked"),), ((stop_button(proposal),),), keeps=True)
    await tell_everywhere(report.person, asked, work, Purpose.CALL)
    for address in await work.people.addresses(proposal.command.new):
        waits = Screen((Say("rejoin-waits" if proposal.delayed else "rejoin-waits-second"),), keeps=True)
        await work.send(Letter(proposal.command.new, waits, LetterKind.REPLY, at=address.id))


async def freeze(actor: Actor, work: Work) -> Result:
    """A family has stopped it: who is right is not decided here, since a thief may hold the phone of before."""
    await calls.plan(Reason.ASKED, actor.person, work)
    return Result((Say("rejoin-stopped"),), keeps=True)


async def rejoin(command: Rejoin, actor: Actor, work: Work) -> Result:
    """A call counts only for somebody who did not enter it: the second person relies on another's, or on papers, and so
    does whoever proposed it, where nobody signs."""
    number = str(command.number)
    report = await for_staff(command.number, actor, work, "rejoin")
    if not await is_known(report.person, work, but=actor.second or actor.acting.id):
        raise Refusal("rejoin-call-by-another", number=number)
    new = command.new
    if new is None or new not in await work.people.many([new]) or await work.staff.is_or_was_member(new):
        raise Refusal("proposal-over")
    former = await work.people.addresses(report.person)
    joined, _ = await _join(report.person, new, work)
    await work.audit.acted(actor, "rejoined", case=report.case, report=report.id, person=report.person)
    if command.close:
        for address in former:
            await work.people.leave(address.id)
            await work.retract(report.person, address.id, address.channel)
    elif former:  # if it was not the family that asked, they learn of it where they wrote last
        told = Screen((Say("rejoin-told"),), keeps=True)
        await work.send(Letter(report.person, told, at=former[0].id, purpose=Purpose.CALL))
    go_on = ((Button("/here", Say("rejoined.go-on")),),)
    await work.send(Letter(report.person, Screen((Say("rejoined"),), go_on, keeps=True), LetterKind.REPLY, at=joined))
    closed = len(former) if command.close else 0
    return Result((Say("rejoin-done", {"number": number, "closed": closed}),))


@dataclass(frozen=True, slots=True)
class Thaw:
    """A human has spoken with the family, face to face or on the number that is verified, and knows whose the chats of
    before are: they open again. If they are not the family's, the new chat is joined instead, by `/rejoin` after it."""

    number: ReportNumber


async def prepare_thaw(command: Thaw, actor: Actor, work: Work) -> Prepared:
    report = await for_staff(command.number, actor, work, "rejoin")
    await _spoken_since(report.person, actor.acting.id, command.number, work)
    return Prepared(command, About(case=report.case, report=report.id))


async def _spoken_since(person: PersonId, member: StaffId, number: ReportNumber, work: Work) -> None:
    """`Refusal` unless somebody else has written down that they have spoken with the family since it was stopped, who
    is surely another person."""
    since = await work.proposals.frozen(person)
    if since is None:
        raise Refusal("thaw-not-needed", number=str(number))
    origins = await work.lineage.all()
    if not any(are_two(one, member, origins) for one in await work.bookings.spoken_by(person, since)):
        raise Refusal("thaw-speak-first", number=str(number))


async def show_thaw(command: Thaw, work: Work) -> tuple[Say, ...]:
    return (say("proposal-thaw", number=str(command.number)),)


async def thaw(command: Thaw, actor: Actor, work: Work) -> Result:
    report = await for_staff(command.number, actor, work, "rejoin")
    await _spoken_since(report.person, actor.acting.id, command.number, work)
    await work.audit.acted(actor, "thawed", case=report.case, report=report.id, person=report.person)
    await work.proposals.thaw(report.person)
    return Result((say("thaw-done", number=str(command.number)),))


@dataclass(frozen=True, slots=True)
class ShowAgain:
    """Where were we? The question under way is asked again."""


async def show_again(command: ShowAgain, actor: Actor, work: Work) -> Result:
    return Result()


ACTS = (
    Act("rejoin", Rejoin, prepare_rejoin, show_rejoin, told=tell_rejoin),
    Act("thaw", Thaw, prepare_thaw, show_thaw),
)
COMMANDS: dict[type, Any] = {
    Thaw: thaw,
    ShowCode: show_code,
    ShowWay: show_way,
    TypeCode: type_code,
    ConfirmLink: confirm_link,
    ShowClaimCode: claim,
    Rejoin: rejoin,
    ShowAgain: show_again,
}
QUERIES: dict[type, Any] = {}
