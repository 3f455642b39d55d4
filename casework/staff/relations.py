"""How whoever acts stands to what they want to see or change: named, pure, over facts that are gathered once.

A new relation is a predicate here and the facts that it needs, which `casework/subjects.py` gathers. Dates are part of
the facts: a predicate compares them with `Facts.now`, and no line of the access table speaks of time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from casework.actor import Role, Staff
from casework.ids import CaseId, CenterId, PersonId, ReportId, StaffId

if TYPE_CHECKING:
    from casework.actor import Actor

OF_A_CENTER = (Role.OPERATOR, Role.SPECIALIST, Role.VERIFIER)
"""Whom a head may add and let go, in the own center; every other role is an administrator's."""

Until = Mapping[CenterId, datetime | None]
"""Centers that may open a case, and until when; None: without end."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a relation is decided on: who acts, when, and what is so of the thing that they name.

    `owner` is the relative whose it is; `verified` are those whose kinship to the case's person is shown; `centers` may
    open the case, `beside` the case with which this one is compared. `desk` is the center where a thing happens (a
    visit, a call) or that it belongs to (a member, a number); `answers` the one that staff of others are sent to.
    `member` is the colleague whom it is about, in their `role`; `author` who wrote or named what waits for a second
    person, `approver` that second person, and `written_by` that author as a person. `kept_from` are the members whom a
    relative does not want to answer. `case` and `reports` are for the record and for kin.
    """

    person: PersonId
    staff: Staff | None
    now: datetime
    number: str = ""
    owner: PersonId | None = None
    verified: frozenset[PersonId] = frozenset()
    centers: Until = field(default_factory=dict)
    beside: Until = field(default_factory=dict)
    desk: CenterId | None = None
    answers: CenterId | None = None
    member: StaffId | None = None
    role: Role | None = None
    author: StaffId | None = None
    approver: StaffId | None = None
    written_by: PersonId | None = None
    kept_from: frozenset[StaffId] = frozenset()
    case: CaseId | None = None
    reports: tuple[ReportId, ...] = ()

    @classmethod
    def of(cls, actor: Actor, now: datetime, **so: Any) -> Facts:
        """Who acts, and what is `so` of the thing."""
        return cls(actor.person, actor.staff, now, **so)

    @property
    def here(self) -> CenterId | None:
        """The acting member's center."""
        return self.staff.center if self.staff is not None else None


Predicate = Callable[[Facts], bool]


def owner(facts: Facts) -> bool:
    """The relative whose report, visit or file it is."""
    return facts.owner is not None and facts.person == facts.owner


def verified(facts: Facts) -> bool:
    """A relative whose kinship is verified at this moment."""
    return facts.person in facts.verified


def own_center(facts: Facts) -> bool:
    """The center of the case, or of one of its reports."""
    return facts.here is not None and facts.centers.get(facts.here, facts.now) is None


def grant(facts: Facts) -> bool:
    """A center that is let in until a date: the family was, or will be, seen there."""
    until = facts.centers.get(facts.here) if facts.here is not None else None
    return until is not None and facts.now < until


def beside(facts: Facts) -> bool:
    """Likely of the same person as a case that the center may open: shown beside it, so that staff can decide."""
    other = Facts(facts.person, facts.staff, facts.now, centers=facts.beside)
    return own_center(other) or grant(other)


def desk(facts: Facts) -> bool:
    """The center where it happens: of a visit, a call, a member, a number."""
    return facts.here is not None and facts.here == facts.desk


def everywhere(facts: Facts) -> bool:
    """A member without a center: works for all of them."""
    return facts.staff is not None and facts.here is None


def service(facts: Facts) -> bool:
    """A member without a center, for what is of the service and of no family."""
    return everywhere(facts) and facts.case is None


def oneself(facts: Facts) -> bool:
    """The member whom it is about."""
    return facts.staff is not None and facts.member == facts.staff.id


def answers(facts: Facts) -> bool:
    """A member of the center that reads it, unless the relative has asked for another person."""
    return desk(facts) and facts.staff is not None and facts.staff.id not in facts.kept_from


def holds(facts: Facts) -> bool:
    """The member who answers this family."""
    return answers(facts) and oneself(facts)


def own_hour(facts: Facts) -> bool:
    """A member's own hour, at their own center."""
    return desk(facts) and oneself(facts)


def team(facts: Facts) -> bool:
    """A member of the head's own center, below the head; or the head."""
    return desk(facts) and (facts.role in OF_A_CENTER or oneself(facts))


def author(facts: Facts) -> bool:
    """Who wrote it, as long as their center may open the case."""
    return facts.staff is not None and facts.author == facts.staff.id and (own_center(facts) or grant(facts))


def found(facts: Facts) -> bool:
    """Any member: it only has to be there. So a verifier of another center may sign, and no center is left without."""
    return facts.staff is not None


def began(facts: Facts) -> bool:
    """The very person who began it, in whatever account."""
    member = facts.staff is not None and facts.author == facts.staff.id
    return member or (facts.written_by is not None and facts.written_by == facts.person)


def signed(facts: Facts) -> bool:
    """One of the two who signed it."""
    return facts.staff is not None and facts.staff.id in (facts.author, facts.approver)


class Of(StrEnum):
    """What a command or query names: each has its gathering in `casework/subjects.py`."""

    REPORT = "report"
    REPORTS = "reports"
    MENTIONED = "report, where one is named"
    PAIR = "two reports"
    CALL = "call"
    VISIT = "visit"
    OFFER = "offer of a place"
    DOOR = "visit, by its code at the door"
    UPDATE = "update that waits"
    CORRESPONDENCE = "correspondence"
    LEAVING = "approved update, before it leaves"
    RELEASED = "released update"
    INQUIRY = "inquiry"
    NO_NEWS = "word that nothing is new"
    FILE = "file"
    MEMBER = "member"
    NEWCOMER = "new member"
    CENTER = "center"
    PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class Relation:
    """To what, and which of these predicates has to hold: of `every` thing that is named, or of one at least. `none`:
    what is said where there is no such thing, `other` where there is one and the actor has no part in it (as `none`,
    unless they may learn that much)."""

    of: Of
    any: tuple[Predicate, ...]
    none: str
    other: str = ""
    every: bool = True

    def holds(self, facts: Facts) -> bool:
        return any(predicate(facts) for predicate in self.any)


CASE = Relation(Of.REPORT, (own_center, grant), "case-unknown", "case-other-center")
CASES = Relation(Of.REPORTS, (own_center, grant), "case-unknown", "case-other-center")
PAIR = Relation(Of.PAIR, (own_center, grant, beside), "case-unknown", "case-other-center")
CALL = Relation(Of.CALL, (own_center, grant, desk), "call-gone", "case-other-center")
CALL_HERE = Relation(Of.CALL, (desk,), "call-gone")
UPDATE = Relation(Of.UPDATE, (own_center, grant), "write-decided", "case-other-center")
OWN_UPDATE = Relation(Of.UPDATE, (author,), "write-decided", "staff-not-allowed")
OWN_REPORT = Relation(Of.REPORT, (owner,), "report-unknown")
FOR_OWN_REPORT = Relation(Of.MENTIONED, (owner,), "report-unknown")
OWN_VISIT = Relation(Of.VISIT, (owner,), "visit-unknown")
OWN_OFFER = Relation(Of.OFFER, (owner,), "offer-over")
OWN_FILE = Relation(Of.FILE, (owner,), "report-unknown", every=False)
LEAVING = Relation(Of.LEAVING, (signed,), "recall-late", "staff-not-allowed")
RELEASED = Relation(Of.RELEASED, (verified,), "update-not-available")
OWN_WORD = Relation(Of.NO_NEWS, (verified,), "no-news-over")
OWN_CORRESPONDENCE = Relation(Of.CORRESPONDENCE, (owner,), "correspondence-no-answer")
CORRESPONDENCE_HERE = Relation(Of.CORRESPONDENCE, (answers,), "correspondence-gone")
CORRESPONDENCE_HELD = Relation(Of.CORRESPONDENCE, (holds,), "correspondence-gone")
INQUIRY = Relation(Of.INQUIRY, (own_center, grant), "inquiry-gone", "case-other-center")
ASKED_FOR = Relation(Of.INQUIRY, (verified,), "inquiry-over")
OWN_HOUR = Relation(Of.VISIT, (own_hour,), "visit-unknown")
VISIT_HERE = Relation(Of.VISIT, (desk,), "visit-unknown")
DOOR_HERE = Relation(Of.DOOR, (desk,), "unclear-door")
FILE_OF_CASE = Relation(Of.FILE, (own_center, grant, desk), "case-unknown", every=False)
THEMSELVES = Relation(Of.MEMBER, (oneself,), "staff-not-allowed")
COLLEAGUE = Relation(Of.MEMBER, (desk,), "staff-not-allowed")
TEAM = Relation(Of.MEMBER, (team,), "staff-unknown", "staff-own-center-only")
NEW_IN_TEAM = Relation(Of.NEWCOMER, (team,), "staff-own-center-only")
OWN_CENTER = Relation(Of.CENTER, (desk,), "staff-not-allowed")
ANY_UPDATE = Relation(Of.UPDATE, (found,), "write-decided")
PROPOSAL_OF_SERVICE = Relation(Of.PROPOSAL, (service,), "proposal-over", "staff-not-allowed")
PROPOSAL_HERE = Relation(Of.PROPOSAL, (desk, own_center, grant), "proposal-over", "staff-not-allowed")
PROPOSAL_OF_CASE = Relation(Of.PROPOSAL, (own_center, grant), "proposal-over", "staff-not-allowed")
OWN_ACCOUNT = Relation(Of.PROPOSAL, (owner,), "proposal-over")
ANY_PROPOSAL = Relation(Of.PROPOSAL, (found,), "proposal-over")
CONCERNED = Relation(Of.PROPOSAL, (desk, service, own_center, grant, began, oneself), "proposal-over")


@dataclass(frozen=True, slots=True)
class AnotherPerson:
    """It takes another person than who began it. `own`: what is said to the one who did; `line`: to whoever may be the
    same person in another account, or in the same third person's hand (`casework/staff/lineage.py`); `kin`: to whoever
    bears the family's name, where that is asked."""

    own: str = ""
    line: str = ""
    kin: str = ""
