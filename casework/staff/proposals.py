"""What must take two takes two persons: what one member proposes happens once another has signed it.

A command that the access table marks `proposes` is not carried out: it is kept as a proposal, with whoever proposed it,
and shown to those who may sign it. The rulebook carries it out, in the proposer's name, when a second person has signed
who is surely another (`casework/staff/lineage.py`). Where nobody could, a day of waiting stands in for the second
person (`DELAY`): everybody whom it concerns is told at once and can stop it. Any one person can stop a proposal.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, NewType, Protocol

from casework.actor import Role
from casework.board import Row, Section
from casework.ids import CaseId, CenterId, PersonId, ReportId, StaffId
from casework.letters import AtTime, Button, Letter, Private, Purpose, Say, Screen, say
from casework.queries import Query
from casework.refusal import Refusal
from casework.staff.access import listed
from casework.staff.lineage import Origin, are_two
from casework.staff.relations import Facts

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.centers import Center
    from casework.work import Work

ProposalId = NewType("ProposalId", int)

DELAY = timedelta(hours=24)
"""How long a proposal waits where no second person is there: hours in which the service ran and could be told to stop
it, counted tick by tick. What the clock says counts for nothing, so moving it gains nothing."""

MOST_AT_ONCE = timedelta(minutes=10)
"""What one tick counts at most: while the service stood still nobody could stop anything."""

CONFIRMED_WITHIN = 1
"""Working days of the center within which what is done already is looked at by a second person (`Act.stays`)."""

LASTS = timedelta(days=14)
"""Unsigned for so long, a proposal is over."""


class ProposalState(StrEnum):
    WAITING = "waiting"
    DONE = "done"  # signed, or its day is over
    REFUSED = "refused"  # by a second person
    STOPPED = "stopped"  # by whoever proposed it, or by somebody whom it concerns
    OVER = "over"  # nobody signed it
    FROZEN = "frozen"  # a family stopped it: nothing moves until somebody has spoken with them


@dataclass(frozen=True, slots=True)
class About:
    """What a proposal concerns, as far as anybody's part in it depends on that: the center that it belongs to, the
    member whose account it is, the case of a family and the report of the relative."""

    center: CenterId | None = None
    member: StaffId | None = None
    case: CaseId | None = None
    report: ReportId | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A command that may be proposed, checked. `waits`: a day, of which those whom it concerns are told, may stand in
    for the second person, also where one is there."""

    command: Any
    about: About = About()
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """A command that takes two. `name` is permanent: it is kept. `prepare` checks it when it is proposed, `shows` says
    what exactly it changes, to whoever signs. `private`: it holds personal data, and is kept sealed. `told` are letters
    to those whom it concerns. `against`: the member whom it is about has no say in it. `stays`: what it confirms is
    done already, so it can only be signed, and waits until it is, within a working day."""

    name: str
    command: type
    prepare: Callable[[Any, Actor, Work], Awaitable[Prepared]]
    shows: Callable[[Any, Work], Awaitable[tuple[Say, ...]]]
    private: bool = False
    told: Callable[[Proposal, Work], Awaitable[None]] | None = None
    against: bool = False
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """`waited` is how long it has been counted, where it is `delayed`: its day may stand in for a second person.
    `stays` as its act does."""

    id: ProposalId
    act: str
    command: Any
    by: StaffId
    at: datetime
    about: About = About()
    delayed: bool = False
    waited: timedelta = timedelta()
    state: ProposalState = ProposalState.WAITING
    stays: bool = False

    @property
    def left(self) -> timedelta:
        return max(DELAY - self.waited, timedelta())


class Proposals(Protocol):
    """How proposals are kept."""

    async def add(self, act: str, command: Any, by: StaffId, about: About, *, delayed: bool) -> ProposalId: ...

    async def get(self, id: ProposalId, *, lock: bool = False) -> Proposal | None: ...

    async def waiting(self) -> Sequence[Proposal]:
        """All that wait for a second person, the oldest first."""

    async def end(self, id: ProposalId, state: ProposalState, by: StaffId | None = None) -> None:
        """It waits no more; `by` is whoever signed, refused or stopped it, where that was a member of staff."""

    async def frozen(self, person: PersonId) -> datetime | None:
        """Since when a relative has stopped that their account is reached anew, and two have not opened it again."""

    async def thaw(self, person: PersonId) -> None:
        """Somebody has, and two have signed it."""

    async def count(self, passed: timedelta) -> Sequence[Proposal]:
        """So much time has passed for all that are delayed, but no more than the clock says since it was last counted;
        those whose day is over."""


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal in a list: what it is, who proposed it; `own`: the acting member did; `late`: what it confirms is
    done, and should have been looked at by now."""

    id: ProposalId
    act: str
    by: str
    at: datetime
    own: bool
    delayed: bool = False
    late: bool = False

    @property
    def what(self) -> Say:
        return Say(f"proposal-act.{self.act}")


@dataclass(frozen=True, slots=True)
class WaitingProposals(Query[tuple[ProposalLine, ...]]):
    """What waits for a second person and the acting member may sign, or has proposed; the oldest first."""

    example: ClassVar[tuple[ProposalLine, ...]] = (
        ProposalLine(ProposalId(1), "phone", "Бойко Ірина", datetime(2026, 11, 24, 8, tzinfo=UTC), own=False),
        ProposalLine(ProposalId(2), "member", "Коваль Олена", datetime(2026, 11, 24, 9, tzinfo=UTC), own=True),
    )


async def waiting_proposals(query: WaitingProposals, actor: Actor, work: Work) -> tuple[ProposalLine, ...]:
    found = []
    for one in await work.proposals.waiting():
        if listed("WaitingProposals", await facts_of(one, Facts.of(actor, work.now), work)):
            own = one.by == actor.acting.id
            name = await work.staff.name(one.by)
            found.append(ProposalLine(one.id, one.act, name, one.at, own, one.delayed, await _late(one, work)))
    return tuple(found)


def due_at(proposed: datetime, center: Center) -> datetime:
    """By when what is done already is to be looked at."""
    return center.after(proposed, CONFIRMED_WITHIN)


async def _late(proposal: Proposal, work: Work) -> bool:
    if not proposal.stays or proposal.about.center is None:
        return False
    return due_at(proposal.at, await work.centers.get(proposal.about.center)) < work.now


async def facts_of(proposal: Proposal, who: Facts, work: Work) -> Facts:
    """How somebody stands to a proposal."""
    about = proposal.about
    by = await work.staff.get(proposal.by)
    facts = Facts(
        who.person,
        who.staff,
        who.now,
        desk=about.center,
        member=about.member,
        author=proposal.by,
        written_by=by.person,
        case=about.case,
    )
    if about.case is None:
        return facts
    report = await work.reports.get(about.report) if about.report is not None else None
    reports = [one.id for one in await work.reports.in_case(about.case)]
    return Facts(
        facts.person,
        facts.staff,
        facts.now,
        number=str(report.number) if report else "",
        owner=report.person if report else None,
        centers=await work.reports.centers(about.case),
        author=proposal.by,
        written_by=by.person,
        case=about.case,
        reports=tuple(reports),
    )


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """A proposal as whoever is to sign it sees it: who proposed it, what exactly changes, how far one can trust that
    the two are two. `why_not`: why the acting member cannot sign it. `stays`: it can only be signed."""

    line: ProposalLine
    changes: tuple[Say, ...]
    trust: tuple[Say, ...]
    why_not: Say | None = None
    stays: bool = False


@dataclass(frozen=True, slots=True)
class OpenProposal(Query[ShownProposal]):
    """One proposal that waits."""

    proposal: ProposalId
    example: ClassVar[ShownProposal] = ShownProposal(
        ProposalLine(ProposalId(1), "phone", "Бойко Ірина", datetime(2026, 11, 24, 8, tzinfo=UTC), own=False), (), ()
    )


@dataclass(frozen=True, slots=True)
class AnswerProposal:
    """The second person signs what was shown, or refuses it."""

    proposal: ProposalId
    agreed: bool


@dataclass(frozen=True, slots=True)
class StopProposal:
    """One person is enough to stop it: it does not happen."""

    proposal: ProposalId


async def how_trusted(member: StaffId, work: Work) -> tuple[Say, ...]:
    """How a member came by their account, for whoever signs beside them and for the auditor: who invited, reset or
    vouched for them, and since when they have the second factor that they give."""
    name = Private(await work.staff.name(member), keeps=True)
    says = [await _told(origin, name, work) for origin in await work.lineage.all() if origin.member == member]
    enrolled = await work.staff.enrolled_at(member)
    if enrolled is not None:
        says.append(say("trust-factor", name=name, at=AtTime(enrolled)))
    return tuple(says) or (say("trust-before", name=name),)


async def _told(origin: Origin, name: Private, work: Work) -> Say:
    by = Private(await work.staff.name(origin.by), keeps=True) if origin.by is not None else Say("trust.shell")
    second: Private | Say = Say("trust.nobody")
    if origin.signed_by is not None:
        second = Private(await work.staff.name(origin.signed_by), keeps=True)
    elif origin.founding:
        second = Say("trust.founding")
    return Say(f"trust.{origin.how}", {"name": name, "by": by, "second": second, "at": AtTime(origin.at)})


async def only_administrator(member: StaffId, work: Work) -> bool:
    """Is there no other administrator who is surely another person?"""
    origins = await work.lineage.all()
    return not any(
        one.staff.role is Role.ADMINISTRATOR and one.staff.active and are_two(member, one.staff.id, origins)
        for one in await work.staff.all()
    )


async def tell_of_delay(proposal: Proposal, work: Work) -> None:
    """Every administrator and every head, at every address: it will happen by itself unless somebody stops it."""
    told = Say("proposal-delayed", {"what": Say(f"proposal-act.{proposal.act}"), "hours": DELAY // timedelta(hours=1)})
    look = Button(f"/proposals {proposal.id}", Say("proposal-look"))
    for one in await work.staff.all():
        if one.staff.active and one.staff.role in (Role.ADMINISTRATOR, Role.HEAD):
            await tell_everywhere(one.staff.person, Screen((told,), ((look,), (stop_button(proposal),))), work)


async def tell_everywhere(person: PersonId, screen: Screen, work: Work, purpose: Purpose = Purpose.URGENT) -> None:
    """The same letter to each address of a person, whichever they chose."""
    page = False
    for address in await work.people.addresses(person):
        if address.channel.on_page and page:
            continue
        page = page or address.channel.on_page  # every browser shows one thread
        await work.send(Letter(person, screen, at=address.id, purpose=purpose))


def stop_button(proposal: Proposal) -> Button:
    return Button(f"/stop {proposal.id}", Say("proposal-stop"))


async def proposals_section(actor: Actor, work: Work) -> Section | None:
    """For the board: what waits for a second person."""
    rows, urgent = [], False
    for one in await waiting_proposals(WaitingProposals(), actor, work):
        state = Say("proposals-board.own" if one.own else "proposals-board.waits")
        buttons = [(Say("proposals-board.look"), f"/proposals {one.id}")]
        if one.late:
            state = Say("proposals-board.late")
        if one.delayed:
            state = Say("proposals-board.delayed")
            buttons.append((Say("proposal-stop"), f"/stop {one.id}"))
        urgent = urgent or one.late or one.delayed
        rows.append(Row((one.what, one.by, state), tuple(buttons)))
    return Section(Say("proposals-board"), tuple(rows), urgent=urgent) if rows else None


async def still_waits(person: PersonId, id: int, work: Work) -> bool:
    """Is what a letter tells of still to be signed?"""
    proposal = await work.proposals.get(ProposalId(id))
    return proposal is not None and proposal.state is ProposalState.WAITING


async def open_account(person: PersonId, work: Work) -> None:
    """`Refusal` while a stranger may hold one of a relative's chats."""
    if await work.proposals.frozen(person):
        raise Refusal("account-frozen")


READS: dict[str, Any] = {"proposal": still_waits}
QUERIES: dict[type, Any] = {WaitingProposals: waiting_proposals}
