"""Kinship: declared with a report, then verified against documents, or refused; what was verified can be revoked.

Only a verified relative ever receives anything about a case.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from casework import calls
from casework.calls import Reason
from casework.cases.account import sent
from casework.cases.card import attached
from casework.ids import CaseId, FileId, PersonId, ReportId, StaffId
from casework.letters import AtTime, Button, Letter, Private, Purpose, Say, Screen, private_day, say
from casework.numbers import ReportNumber, written_number
from casework.queries import Query
from casework.reference import Sort
from casework.refusal import Refusal
from casework.registering import Kinship, for_staff, own_or_staff
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


class KinshipState(StrEnum):
    DECLARED = "declared"  # as the relative says
    VERIFIED = "verified"  # against documents, by a verifier
    REFUSED = "refused"  # the documents do not show it
    MORE_ASKED = "more-asked"  # something is missing
    REVOKED = "revoked"  # was verified, and is no longer
    CHANGED = "changed"  # was verified; what the papers were compared with is another since: as good as declared


UNDECIDED = (KinshipState.DECLARED, KinshipState.CHANGED)
"""States in which whatever papers there are wait for a verifier."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A relative's kinship in one report. `reason` is what the relative was told of a refusal or of what is missing,
    sealed under the report's key, as `seen`, the papers by which it was verified last; `documents` are the files sent
    for it, oldest first, without those that came to nothing; `places` are their numbers, and `looked` tells of each
    whether it stood before whoever decided."""

    report: ReportId
    state: KinshipState
    changed_at: datetime | None = None
    decided_by: StaffId | None = None
    reason: str = ""
    documents: tuple[FileId, ...] = ()
    words: tuple[str, ...] = ()
    seen: SeenPapers | None = None
    places: tuple[int, ...] = ()
    looked: tuple[bool, ...] = ()

    @property
    def not_looked_at(self) -> int:
        """How many of the documents nobody has decided on: all of them, where an answer that they were compared with
        is another since; else those that were not shown to whoever decided last."""
        return len(self.documents) if self.state in UNDECIDED else self.looked.count(False)

    def shown(self, files: Collection[FileId]) -> int:
        """Of these files before somebody's eyes, the place of the first document that is not among them: all before it
        are seen."""
        unseen = (place for file, place in zip(self.documents, self.places, strict=True) if file not in files)
        return next(unseen, max(self.places, default=-1) + 1)


class Kinships(Protocol):
    """How kinship is kept."""

    async def declare(self, report: ReportId) -> None:
        """A report was filed: its kinship stands as declared."""

    async def state(self, report: ReportId) -> KinshipState: ...
    async def get(self, report: ReportId) -> Tie: ...

    async def verified(self, case: CaseId) -> Sequence[PersonId]:
        """Every relative whose kinship to this case's person is verified and not revoked."""

    async def decide(
        self,
        report: ReportId,
        before: KinshipState,
        state: KinshipState,
        by: StaffId,
        reason: str = "",
        seen: SeenPapers | None = None,
        shown: int | None = None,
    ) -> bool:
        """Change the state from `before`; False if it is another one meanwhile. The documents before the place `shown`
        are looked at; without it, all."""

    async def unsettle(self, report: ReportId) -> bool:
        """What was verified is changed since; False if it was not verified."""

    async def add_documents(self, report: ReportId, files: Sequence[FileId], words: Sequence[str]) -> None:
        """Papers that the relative sent, with their own words about them."""


READABLE = "readable"
"""Asked for among the papers, and none: the same paper once more, so that it can be read."""


class Presented(StrEnum):
    """How the papers came before the verifier's eyes."""

    SENT = "sent"
    BROUGHT = "brought"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class SeenPapers:
    """Papers that a verifier saw before confirming a kinship, and how."""

    papers: tuple[str, ...]
    how: Presented


class Ground(StrEnum):
    """Why kinship is refused or revoked. Fixed words: nothing that a family should not read in a message slips in."""

    NAMES_DIFFER = "names-differ"
    NOT_SHOWN = "not-shown"
    ANOTHER_PERSON = "another-person"
    NO_KIN = "no-kin"  # close, but no relative in the eyes of the law
    MISTAKE = "mistake"  # the former decision was a mistake


@dataclass(frozen=True, slots=True)
class SendPapers:
    """Papers for a report's kinship, sent by the relative or taken in by staff; `words` about them are optional."""

    number: ReportNumber
    files: tuple[FileId, ...]
    words: tuple[str, ...] = ()


async def send_papers(command: SendPapers, actor: Actor, work: Work) -> Result:
    report = await own_or_staff(command.number, actor, work)
    await work.audit.acted(actor, "papers", case=report.case, report=report.id)
    await work.kinships.add_documents(report.id, command.files, command.words)
    await work.files.give(command.files, actor.person, report.person)
    state = await work.kinships.state(report.id)
    words = "papers-done-verified" if state is KinshipState.VERIFIED else "papers-done"
    files = await sent(command.files, work)
    return Result((Say(words, {"number": str(report.number), "files": files}),), keeps=True)


@dataclass(frozen=True, slots=True)
class OpenKinship:
    """The claim and the papers, side by side."""

    number: ReportNumber


async def open_kinship(command: OpenKinship, actor: Actor, work: Work) -> Result:
    report = await for_staff(command.number, actor, work, "kinship")
    tie = await work.kinships.get(report.id)
    profile = (await work.people.get(report.person)).profile
    needed = work.book.papers_for(report.claim.kinship)
    says = [
        Say(
            "kinship-claim",
            {
                "number": str(report.number),
                "kinship": Say(f"kinship.{report.claim.kinship}"),
                "relative": Private(profile.name.full if profile.name else ""),
                "missing": Private(report.claim.name.full),
                "born": private_day(report.claim.born),
                "state": Say(f"kinship-state.{tie.state}"),
                "papers": len(tie.documents),
            },
        ),
        *(Say("kinship-paper", {"paper": Say(f"paper-of.{paper}")}) for paper in needed),
        *(Say("kinship-words", {"text": Private(text)}) for text in tie.words),
    ]
    if tie.state is KinshipState.CHANGED and tie.changed_at is not None:
        says.append(say("kinship-unsettled", at=AtTime(tie.changed_at)))
    elif tie.decided_by is not None and tie.changed_at is not None:
        by = Private(await work.staff.name(tie.decided_by), keeps=True)
        says.append(Say("kinship-decided", {"by": by, "at": AtTime(tie.changed_at)}))
    if tie.seen is not None:
        how = Say(f"kinship-shown.{tie.seen.how}")
        says += [say("kinship-paper-seen", paper=Say(f"paper-of.{paper}"), how=how) for paper in tie.seen.papers]
    for other in await work.reports.in_case(report.case):
        if other.id != report.id and (waiting := (await work.kinships.get(other.id)).not_looked_at):
            says.append(say("kinship-other", number=str(other.number), papers=waiting))
    if not actor.on_page:
        says.append(Say("staff-rest-on-page", {"link": work.page}))
    papers = await attached(tie.documents, work) if actor.on_page else ()
    shown = tie.shown([paper.file for paper in papers])
    then, shows = f"decide {report.number} {shown}", f"kinship {report.number}"
    return Result(tuple(says), attached=papers, then=then, shows=shows)


@dataclass(frozen=True, slots=True)
class KinshipOf(Query[KinshipState]):
    """How a report's kinship stands, for those who decide."""

    number: ReportNumber
    example: ClassVar[KinshipState] = KinshipState.DECLARED


async def kinship_of(query: KinshipOf, actor: Actor, work: Work) -> KinshipState:
    report = await for_staff(query.number, actor, work)
    return await work.kinships.state(report.id)


@dataclass(frozen=True, slots=True)
class NeededPapers(Query[tuple[str, ...]]):
    """The papers that show a kinship, by name."""

    kinship: Kinship
    example: ClassVar[tuple[str, ...]] = ("passport", "birth-missing")


async def needed_papers(query: NeededPapers, actor: Actor, work: Work) -> tuple[str, ...]:
    return work.book.papers_for(query.kinship)


@dataclass(frozen=True, slots=True)
class Askable(Query[tuple[str, ...]]):
    """All that a verifier may ask of a family, by name."""

    example: ClassVar[tuple[str, ...]] = ("passport", "birth-missing")


async def askable(query: Askable, actor: Actor, work: Work) -> tuple[str, ...]:
    return tuple(paper.name for paper in work.book.today(Sort.PAPER))


@dataclass(frozen=True, slots=True)
class Provable(Query[tuple[str, ...]]):
    """The papers by which a report's kinship can be shown, for those who decide; those that are needed come first."""

    number: ReportNumber
    example: ClassVar[tuple[str, ...]] = ("passport", "birth-missing")


async def provable(query: Provable, actor: Actor, work: Work) -> tuple[str, ...]:
    first = work.book.papers_for((await for_staff(query.number, actor, work)).claim.kinship)
    every = (paper.name for paper in work.book.today(Sort.PAPER) if paper.name != READABLE)
    return tuple(dict.fromkeys((*first, *every)))


@dataclass(frozen=True, slots=True)
class VerifiedReports(Query[tuple[ReportNumber, ...]]):
    """Of all reports of the relative whose this one is, those whose kinship is verified: a correction unsettles it."""

    number: ReportNumber
    example: ClassVar[tuple[ReportNumber, ...]] = ()


async def verified_reports(query: VerifiedReports, actor: Actor, work: Work) -> tuple[ReportNumber, ...]:
    person = (await own_or_staff(query.number, actor, work)).person
    reports = await work.reports.of(person)
    return tuple([r.number for r in reports if await work.kinships.state(r.id) is KinshipState.VERIFIED])


@dataclass(frozen=True, slots=True)
class Decide:
    """A verifier's decision. `why` is of `Ground` for a refusal or a revocation, names of papers for more; `seen`
    are the papers by which kinship is verified: without any it is not. What is verified can be verified once more, by
    papers that came later.

    `before` is the state that the verifier saw: if another has decided meanwhile, nothing happens. `shown` is the place
    up to which the papers stood before them: what came since still waits.
    """

    number: ReportNumber
    before: KinshipState
    state: KinshipState
    why: tuple[str, ...] = ()
    seen: SeenPapers | None = None
    shown: int | None = None


async def decide(command: Decide, actor: Actor, work: Work) -> Result:
    staff = actor.acting
    report = await for_staff(command.number, actor, work, "kinship")
    number = str(command.number)
    if command.state is KinshipState.VERIFIED and not (command.seen and command.seen.papers):
        raise Refusal("kinship-nothing-seen")
    why = ";".join(command.why)
    if not await work.kinships.decide(
        report.id, command.before, command.state, staff.id, why, command.seen, command.shown
    ):
        raise Refusal("kinship-changed", number=number)
    await work.audit.acted(actor, f"kinship-{command.state}", case=report.case, report=report.id)
    if command.state is not command.before:
        await work.send(
            Letter(report.person, news(command, number), reads=f"kinship:{report.id}", purpose=Purpose.KINSHIP)
        )
    if command.state in (KinshipState.REFUSED, KinshipState.REVOKED):
        await _withdraw(report.person, work)
    told = "kinship-done" if command.state is not command.before else "kinship-done-still"
    says = [Say(told, {"number": number, "state": Say(f"kinship-state.{command.state}")})]
    if unseen := (await work.kinships.get(report.id)).not_looked_at:
        says.append(say("kinship-unseen", papers=unseen))
    return Result(tuple(says))


async def _withdraw(person: PersonId, work: Work) -> None:
    """Whoever is not kin as they said is told no address that was promised before: staff look at each visit anew."""
    for visit in await work.bookings.withdraw(person):
        await calls.plan(Reason.CONFIRM, person, work, appointment=visit, before=visit.starts_at)


TOLD = {
    KinshipState.VERIFIED: "kinship-told-verified",
    KinshipState.MORE_ASKED: "kinship-told-more-asked",
    KinshipState.REFUSED: "kinship-told-refused",
    KinshipState.REVOKED: "kinship-told-revoked",
}


def news(command: Decide, number: str) -> Screen:
    """What the relative is told: plainly, and what can be done now. No names: it may be read over a shoulder."""
    says = [Say(TOLD[command.state], {"number": number})]
    kind = "paper" if command.state is KinshipState.MORE_ASKED else "kinship-ground"
    says += [Say("kinship-because", {"what": Say(f"{kind}.{why}")}) for why in command.why]
    buttons: tuple[tuple[Button, ...], ...] = ()
    if command.state is not KinshipState.VERIFIED:
        says.append(Say("kinship-now"))
        buttons = (
            (Button(f"/papers {number}", Say("kinship-next.papers")),),
            (Button("/book", Say("kinship-next.book")),),
            (Button("/human", Say("kinship-next.human")),),
        )
    return Screen(tuple(says), buttons, keeps=True)


COMMANDS: dict[type, Any] = {SendPapers: send_papers, OpenKinship: open_kinship, Decide: decide}
SHOWS: dict[str, Any] = {"kinship": lambda said: OpenKinship(written_number(said))}
QUERIES: dict[type, Any] = {
    KinshipOf: kinship_of,
    NeededPapers: needed_papers,
    Askable: askable,
    Provable: provable,
    VerifiedReports: verified_reports,
}
