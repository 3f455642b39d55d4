"""Members of staff: who they are, invited by a one-time link, deactivated when they leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from casework.actor import Role, Staff
from casework.centers import KYIV
from casework.ids import AddressId, CenterId, PersonId, StaffId, StructureId
from casework.letters import Button, Letter, LetterKind, Private, Purpose, Say, Screen, say
from casework.queries import Query
from casework.reference import Sort
from casework.refusal import Refusal
from casework.result import Result
from casework.staff.access import listed
from casework.staff.lineage import SHELL, How, Origin, outside
from casework.staff.proposals import (
    About,
    Act,
    Prepared,
    Proposal,
    how_trusted,
    stop_button,
    tell_everywhere,
)
from casework.staff.relations import Facts

if TYPE_CHECKING:
    from datetime import datetime

    from casework.actor import Actor
    from casework.work import Work

WITHOUT_CENTER = (Role.ADMINISTRATOR, Role.AUDITOR)

SIGNERS = (Role.ADMINISTRATOR, Role.HEAD, Role.VERIFIER, Role.AUDITOR)
"""Who signs what others propose, is told of it, or reads afterwards who did it: their going takes two."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff by name. `enrolled`: has a second factor."""

    staff: Staff
    name: str
    enrolled: bool


class Members(Protocol):
    """How members of staff are kept."""

    async def add(
        self,
        person: PersonId,
        role: Role,
        *,
        center: CenterId | None = None,
        structure: StructureId | None = None,
        name: str = "",
    ) -> StaffId: ...

    async def invite(self, member: StaffId, *, reset: bool = False) -> str:
        """A code that opens the page once, within 15 minutes."""

    async def administrator(self) -> StaffId | None:
        """The administrator who was made first, of those still active."""

    async def founding(self) -> bool:
        """Has no family come yet, and are there no more than `FOUNDERS` members?"""

    async def get(self, member: StaffId) -> Staff: ...
    async def member_of(self, person: PersonId, session: AddressId | None = None) -> Staff | None: ...
    async def is_or_was_member(self, person: PersonId) -> bool: ...

    async def all(self, *, locked: bool = False) -> Sequence[Member]:
        """Every member, also those no longer active, by name; `locked` until the transaction ends."""

    async def enrolled_at(self, member: StaffId) -> datetime | None:
        """Since when the member has the second factor that they give; None if that was not kept, or there is none."""

    async def name(self, member: StaffId) -> str:
        """The name; empty where it is not known."""

    async def shown_as(self, member: StaffId) -> str:
        """The first name that families may see; empty where the member has not agreed to any."""

    async def show_as(self, member: StaffId, name: str) -> None:
        """From now on families see this name, or none if it is empty."""

    async def deactivate(self, member: StaffId) -> None:
        """No longer one of the staff: every session of theirs ends at once, and no letter reaches them any more."""


@dataclass(frozen=True, slots=True)
class ManagedMembers(Query[tuple[Member, ...]]):
    """The members whom the acting one manages."""

    example: ClassVar[tuple[Member, ...]] = (
        Member(Staff(StaffId(1), PersonId(1), Role.OPERATOR, CenterId("lviv")), "Коваль Олена", True),
    )


async def colleagues(query: ManagedMembers, actor: Actor, work: Work) -> tuple[Member, ...]:
    def managed(one: Staff) -> bool:
        return listed("ManagedMembers", Facts.of(actor, work.now, member=one.id, role=one.role, desk=one.center))

    return tuple([member for member in await work.staff.all() if managed(member.staff)])


@dataclass(frozen=True, slots=True)
class AddMember:
    """A new member; once it is signed, whoever proposed it gets a link for them, and whoever signed a word."""

    role: Role
    center: CenterId | None
    structure: StructureId | None
    name: str


async def prepare_member(command: AddMember, actor: Actor, work: Work) -> Prepared:
    structure, today = command.structure, work.now.astimezone(KYIV).date()
    if structure is not None and not work.book.holds(Sort.STRUCTURE, structure, today):
        raise Refusal("unclear-choice-gone")
    center = None if command.role in WITHOUT_CENTER else command.center
    return Prepared(replace(command, center=center), About(center))


async def show_member(command: AddMember, work: Work) -> tuple[Say, ...]:
    return (say("proposal-member", **_named(command.name, command.role, command.center)),)


async def add_member(command: AddMember, actor: Actor, work: Work) -> Result:
    person = await work.people.add("uk")
    member = await work.staff.add(
        person, command.role, center=command.center, structure=command.structure, name=command.name
    )
    await work.audit.acted(actor, "staff-added", person=person)
    return await _held(member, command.name, How.INVITED, actor, work)


HELD = {How.INVITED: "staff-held-invited", How.RESET: "staff-held-reset"}


async def _held(member: StaffId, name: str, how: How, actor: Actor, work: Work) -> Result:
    """The account is in the hand of whoever proposed it; the word is the second person's, so that neither of the two
    can be the member alone."""
    word = await work.lineage.add(Origin(member, how, actor.acting.id, work.now, actor.second))
    link = Screen((say(HELD[how], name=Private(name, keeps=True)),), ((Button("/staff", Say("staff-give-link")),),))
    await work.send(Letter(actor.person, link, purpose=Purpose.WORK))
    if not word:
        return Result()
    return Result((say("staff-word", name=Private(name, keeps=True), word=Private(word, keeps=True)),), keeps=True)


@dataclass(frozen=True, slots=True)
class Reset:
    """A member who lost the second factor may enrol a new one."""

    member: StaffId


async def prepare_reset(command: Reset, actor: Actor, work: Work) -> Prepared:
    member = await _active(command.member, work)
    return Prepared(command, About(member.staff.center, member.staff.id))


async def show_reset(command: Reset, work: Work) -> tuple[Say, ...]:
    member = await _active(command.member, work)
    return (say("proposal-reset", **_named(member.name, member.staff.role, member.staff.center)),)


async def tell_reset(proposal: Proposal, work: Work) -> None:
    """Whoever is said to have lost the second factor learns of it wherever they are, before it happens."""
    await _tell(proposal, "reset-told", work)


async def reset(command: Reset, actor: Actor, work: Work) -> Result:
    member = await _active(command.member, work)
    await work.audit.acted(actor, "staff-reset", person=member.staff.person)
    return await _held(member.staff.id, member.name, How.RESET, actor, work)


@dataclass(frozen=True, slots=True)
class Vouch:
    """Two members know whose account it is, however it came about: from the shell, by one person's word, or by somebody
    in whose hand others are too. From now on it counts as a person of its own."""

    member: StaffId


async def prepare_vouch(command: Vouch, actor: Actor, work: Work) -> Prepared:
    member = await _active(command.member, work)
    if not outside(actor.acting.id, member.staff.id, await work.lineage.all()):
        raise Refusal("vouch-one-line")
    return Prepared(command, About(member.staff.center, member.staff.id))


async def show_vouch(command: Vouch, work: Work) -> tuple[Say, ...]:
    member = await _active(command.member, work)
    named = say("proposal-vouch", **_named(member.name, member.staff.role, member.staff.center))
    return (named, *await how_trusted(member.staff.id, work))


async def tell_vouch(proposal: Proposal, work: Work) -> None:
    await _tell(proposal, "vouch-told", work)


async def vouch(command: Vouch, actor: Actor, work: Work) -> Result:
    member = await _active(command.member, work)
    await work.audit.acted(actor, "staff-vouched", person=member.staff.person)
    await work.lineage.add(Origin(member.staff.id, How.VOUCHED, actor.acting.id, work.now, actor.second))
    return Result((say("vouch-done", name=Private(member.name, keeps=True)),))


async def _tell(proposal: Proposal, words: str, work: Work) -> None:
    member = await work.staff.get(proposal.command.member)
    by = Private(await work.staff.name(proposal.by), keeps=True)
    screen = Screen((say(words, by=by),), ((stop_button(proposal),),), keeps=True)
    await tell_everywhere(member.person, screen, work)


def _named(name: str, role: Role, center: CenterId | None) -> dict[str, Private | Say]:
    where = Say(f"center-{center}") if center else Say("staff-member.everywhere")
    return {"name": Private(name, keeps=True), "role": Say(f"role.{role}"), "center": where}


@dataclass(frozen=True, slots=True)
class InviteMember:
    """A new link for a member alone: to begin with the second factor that they have or, once two have signed that, to
    enrol one. For that it is given to whoever proposed it."""

    member: StaffId


async def invite(command: InviteMember, actor: Actor, work: Work) -> Result:
    member = await _active(command.member, work)
    origin = await work.lineage.open_for(member.staff.id)
    mine = origin is not None and origin.by == actor.acting.id
    if not mine and not member.enrolled:
        raise Refusal("staff-link-not-yours")
    reset = mine and origin is not None and origin.how is How.RESET
    await work.audit.acted(actor, "staff-invited", person=member.staff.person)
    code = await work.staff.invite(member.staff.id, reset=reset)
    words = "staff-invited-anew" if mine else "staff-invited-done"
    link = Private(f"{work.page}/invite#{code}", keeps=True)
    return Result((Say(words, {"name": Private(member.name, keeps=True), "link": link}),), keeps=True)


@dataclass(frozen=True, slots=True)
class Deactivate:
    """The member leaves the staff, at once."""

    member: StaffId


async def deactivate(command: Deactivate, actor: Actor, work: Work) -> Result:
    member = await _leaving(command.member, actor, work)
    if member.staff.role in SIGNERS:
        raise Refusal("staff-signer-takes-two")
    return await _gone(member, actor, work)


@dataclass(frozen=True, slots=True)
class LetSignerGo:
    """An administrator, a head, a verifier or an auditor leaves the staff. It takes two: alone, one could be rid of
    whoever would have to sign, or would see it. Whoever is to go has no say in it."""

    member: StaffId


async def prepare_let_go(command: LetSignerGo, actor: Actor, work: Work) -> Prepared:
    member = await _leaving(command.member, actor, work)
    return Prepared(command, About(member.staff.center, member.staff.id))


async def show_let_go(command: LetSignerGo, work: Work) -> tuple[Say, ...]:
    member = await _active(command.member, work)
    return (say("proposal-let-go", **_named(member.name, member.staff.role, member.staff.center)),)


async def let_go(command: LetSignerGo, actor: Actor, work: Work) -> Result:
    return await _gone(await _leaving(command.member, actor, work), actor, work)


async def _leaving(wanted: StaffId, actor: Actor, work: Work) -> Member:
    """Never oneself, never the last administrator: somebody must be left who can let others in."""
    member = await _active(wanted, work)
    if actor.staff is not None and member.staff.id == actor.staff.id:
        raise Refusal("staff-not-oneself")
    active = [one for one in await work.staff.all() if one.staff.role is Role.ADMINISTRATOR and one.staff.active]
    if member.staff.role is Role.ADMINISTRATOR and len(active) == 1:
        raise Refusal("staff-last-administrator")
    return member


async def _gone(member: Member, actor: Actor, work: Work) -> Result:
    await work.audit.acted(actor, "staff-deactivated", person=member.staff.person)
    await work.staff.deactivate(member.staff.id)
    for chat in await work.people.chats(member.staff.person):
        ended = Letter(member.staff.person, Screen((Say("staff-ended"),), keeps=True), LetterKind.REPLY, at=chat)
        await work.people.leave(chat, await work.send(ended))
    return Result((Say("staff-deactivated", {"name": Private(member.name, keeps=True)}),))


async def _active(wanted: StaffId, work: Work) -> Member:
    """A member who has not left, locked."""
    everybody = await work.staff.all(locked=True)
    found = next((one for one in everybody if one.staff.id == wanted and one.staff.active), None)
    if found is None:
        raise Refusal("staff-unknown")
    return found


async def from_shell(work: Work, *, reset: bool, another: str | None) -> str:
    """A code for an administrator: the first, or `another` of this name, who is added. Whoever has the shell could be
    the one who uses it, so it counts for no person of its own until two have vouched for it; but the first two do,
    before any family has come: there is nobody yet to ask."""
    member = None if another is not None else await work.staff.administrator()
    if member is None:
        member = await work.staff.add(await work.people.add("uk"), Role.ADMINISTRATOR, name=another or "")
        founding = await work.staff.founding()
        await work.lineage.add(Origin(member, How.INVITED, SHELL, work.now, founding=founding))
        await _tell_of_shell(member, "shell-invited-told", work)
    elif reset or (await work.staff.enrolled_at(member) is None and await work.lineage.open_for(member) is None):
        await work.lineage.add(Origin(member, How.RESET, SHELL, work.now))
        await _tell_of_shell(member, "shell-reset-told", work)
    what = "staff-reset" if reset else "staff-invited"
    await work.audit.from_shell(what, person=(await work.staff.get(member)).person)
    return await work.staff.invite(member, reset=reset)


async def _tell_of_shell(member: StaffId, words: str, work: Work) -> None:
    """Every administrator and head, and whose account it is, at every address: a command on the server did it."""
    name = Private(await work.staff.name(member), keeps=True)
    for one in await work.staff.all():
        if one.staff.active and (one.staff.id == member or one.staff.role in (Role.ADMINISTRATOR, Role.HEAD)):
            await tell_everywhere(one.staff.person, Screen((say(words, name=name),), keeps=True), work)


async def tell_of_enrolment(member: StaffId, work: Work) -> None:
    """A new second factor is in use: the member learns of it in every chat; browsers of before are theirs no more."""
    staff = await work.staff.get(member)
    for chat in await work.people.chats(staff.person):
        told = Screen((Say("enrolled-told"),), keeps=True)
        await work.send(Letter(staff.person, told, at=chat, purpose=Purpose.URGENT))


ACTS = (
    Act("member", AddMember, prepare_member, show_member, private=True),
    Act("reset", Reset, prepare_reset, show_reset, told=tell_reset),
    Act("vouch", Vouch, prepare_vouch, show_vouch, told=tell_vouch),
    Act("deactivate", LetSignerGo, prepare_let_go, show_let_go, against=True),
)
COMMANDS: dict[type, Any] = {
    AddMember: add_member,
    Reset: reset,
    Vouch: vouch,
    InviteMember: invite,
    Deactivate: deactivate,
    LetSignerGo: let_go,
}
QUERIES: dict[type, Any] = {ManagedMembers: colleagues}
