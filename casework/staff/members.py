"""Members of staff: who they are, invited by a one-time link, deactivated when they leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from casework.actor import Role, Staff
from casework.centers import KYIV
from casework.ids import CenterId, PersonId, StaffId, StructureId
from casework.letters import Letter, LetterKind, Private, Say, Screen
from casework.queries import Query
from casework.reference import Sort
from casework.refusal import Refusal
from casework.result import Result
from casework.staff.access import listed
from casework.staff.relations import Facts

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

WITHOUT_CENTER = (Role.ADMINISTRATOR, Role.AUDITOR)


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

    async def get(self, member: StaffId) -> Staff: ...
    async def member_of(self, person: PersonId) -> Staff | None: ...
    async def is_or_was_member(self, person: PersonId) -> bool: ...

    async def all(self, *, locked: bool = False) -> Sequence[Member]:
        """Every member, also those no longer active, by name; `locked` until the transaction ends."""

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
        return listed("members.Colleagues", Facts.of(actor, work.now, member=one.id, role=one.role, desk=one.center))

    return tuple([member for member in await work.staff.all() if managed(member.staff)])


@dataclass(frozen=True, slots=True)
class AddMember:
    """A new member; the answer holds a link for them alone."""

    role: Role
    center: CenterId | None
    structure: StructureId | None
    name: str


async def add_member(command: AddMember, actor: Actor, work: Work) -> Result:
    structure, today = command.structure, work.now.astimezone(KYIV).date()
    if structure is not None and not work.book.holds(Sort.STRUCTURE, structure, today):
        raise Refusal("unclear-choice-gone")
    person = await work.people.add("uk")
    center = None if command.role in WITHOUT_CENTER else command.center
    member = await work.staff.add(person, command.role, center=center, structure=command.structure, name=command.name)
    await work.audit.acted(actor, "staff-added", person=person)
    return await _invited(member, command.name, "staff-added", work)


async def _invited(member: StaffId, name: str, words: str, work: Work, *, reset: bool = False) -> Result:
    code = await work.staff.invite(member, reset=reset)
    return Result((Say(words, {"name": Private(name), "link": Private(f"{work.page}/invite#{code}")}),), keeps=True)


@dataclass(frozen=True, slots=True)
class InviteMember:
    """A new link for a member alone: to begin again with the second factor that they have or, with `reset`, for one
    who lost it, to enrol a new one."""

    member: StaffId
    reset: bool = False


async def invite(command: InviteMember, actor: Actor, work: Work) -> Result:
    member = await _active(command.member, work)
    await work.audit.acted(actor, "staff-reset" if command.reset else "staff-invited", person=member.staff.person)
    words = "staff-reset-done" if command.reset else "staff-invited-done"
    return await _invited(member.staff.id, member.name, words, work, reset=command.reset)


@dataclass(frozen=True, slots=True)
class Deactivate:
    """The member leaves the staff."""

    member: StaffId


async def deactivate(command: Deactivate, actor: Actor, work: Work) -> Result:
    """Never oneself, never the last administrator: somebody must be left who can let others in."""
    member = await _active(command.member, work)
    if actor.staff is not None and member.staff.id == actor.staff.id:
        raise Refusal("staff-not-oneself")
    active = [one for one in await work.staff.all() if one.staff.role is Role.ADMINISTRATOR and one.staff.active]
    if member.staff.role is Role.ADMINISTRATOR and len(active) == 1:
        raise Refusal("staff-last-administrator")
    await work.audit.acted(actor, "staff-deactivated", person=member.staff.person)
    await work.staff.deactivate(member.staff.id)
    for chat in await work.people.chats(member.staff.person):
        ended = Letter(member.staff.person, Screen((Say("staff-ended"),), keeps=True), LetterKind.REPLY, at=chat)
        await work.people.leave(chat, await work.send(ended))
    return Result((Say("staff-deactivated", {"name": Private(member.name)}),))


async def _active(wanted: StaffId, work: Work) -> Member:
    """A member who has not left, locked."""
    everybody = await work.staff.all(locked=True)
    found = next((one for one in everybody if one.staff.id == wanted and one.staff.active), None)
    if found is None:
        raise Refusal("staff-unknown")
    return found


COMMANDS: dict[type, Any] = {AddMember: add_member, InviteMember: invite, Deactivate: deactivate}
QUERIES: dict[type, Any] = {ManagedMembers: colleagues}
