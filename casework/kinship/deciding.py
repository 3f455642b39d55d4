"""Papers for a kinship are sent or taken in; a verifier looks at them and decides, alone or with a second person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Any, ClassVar

from casework import calls
from casework.calls import Reason
from casework.cases.account import sent
from casework.files import attached
from casework.ids import FileId, PersonId
from casework.kinship.proof import proof_of
from casework.kinship.ties import KinshipState, SeenPapers
from casework.letters import AtTime, Button, Letter, Private, Purpose, Say, Screen, private_day, say
from casework.numbers import ReportNumber, written_number
from casework.queries import Query
from casework.reference import Sort
from casework.refusal import Refusal
from casework.registering import MAY_BE_YOUNG, Kinship, Report, for_staff, own_or_staff
from casework.result import Result
from casework.staff.proposals import About, Act, Prepared

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work


READABLE = "readable"
"""Asked for among the papers, and none: the same paper once more, so that it can be read."""


@dataclass(frozen=True, slots=True)
class SendPapers:
    """Papers for a report's kinship, sent by the relative or taken in by staff; `words` about them are optional."""

    number: ReportNumber
    files: tuple[FileId, ...]
    words: tuple[str, ...] = ()


async def send_papers(command: SendPapers, actor: Actor, work: Work) -> Result:
    report = await own_or_staff(command.number, actor, work)
    await work.audit.acted(actor, "papers", case=report.case, report=report.id)
    by = actor.member.id if actor.member is not None else None
    await work.kinships.add_documents(report.id, command.files, command.words, by)
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
        if tie.seen.second is not None:
            says.append(say("kinship-second", by=Private(await work.staff.name(tie.seen.second), keeps=True)))
        if tie.seen.why:
            says.append(say("kinship-why", text=Private(tie.seen.why)))
    if report.claim.kinship in MAY_BE_YOUNG and await work.minors.of(report.person) is None:
        says.append(say("kinship-young", number=str(report.number)))
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
    are the papers by which kinship is verified: all that prove the tie, opened as scans. What is verified can be looked
    at once more, by papers that came later.

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
    report = await for_staff(command.number, actor, work, "kinship")
    if command.state is KinshipState.VERIFIED:
        if not (command.seen and command.seen.papers):
            raise Refusal("kinship-nothing-seen")
        proof = await proof_of(report, actor.acting.id, work)
        if command.before is not KinshipState.VERIFIED and not proof.by_scans(command.seen):
            raise Refusal("kinship-takes-two", number=str(command.number))
    return await _decided(command, report, actor, work)


async def _decided(command: Decide, report: Report, actor: Actor, work: Work) -> Result:
    number, why = str(command.number), ";".join(command.why)
    if not await work.kinships.decide(
        report.id, command.before, command.state, actor.acting.id, why, command.seen, command.shown
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


@dataclass(frozen=True, slots=True)
class VerifyByTwo:
    """Kinship is verified by papers that were brought, which the second person saw as well; or by less than proves it,
    for a reason in writing (`SeenPapers.why`), which the second person signs."""

    number: ReportNumber
    before: KinshipState
    seen: SeenPapers
    shown: int | None = None


async def prepare_verify(command: VerifyByTwo, actor: Actor, work: Work) -> Prepared:
    report = await for_staff(command.number, actor, work, "kinship")
    if not command.seen.papers:
        raise Refusal("kinship-nothing-seen")
    if command.before is KinshipState.VERIFIED or await work.kinships.state(report.id) is not command.before:
        raise Refusal("kinship-changed", number=str(command.number))
    seen = replace(command.seen, why=command.seen.why.strip())
    if not seen.why and not (await proof_of(report, actor.acting.id, work)).by_eye(seen):
        raise Refusal("kinship-why-needed")
    return Prepared(replace(command, seen=seen), About(case=report.case, report=report.id))


async def show_verify(command: VerifyByTwo, work: Work) -> tuple[Say, ...]:
    """What was seen, what lacks, and what the second person answers for."""
    report = await work.reports.by_number(command.number)
    if report is None:
        raise Refusal("case-unknown", number=str(command.number))
    seen = command.seen
    says = [
        say(
            "proposal-kinship",
            number=str(command.number),
            kinship=Say(f"kinship.{report.claim.kinship}"),
            papers=_listed(seen.papers),
            how=Say(f"kinship-shown.{seen.how}"),
        )
    ]
    lacking = tuple(one for one in work.book.papers_for(report.claim.kinship) if one not in seen.papers)
    if lacking:
        says.append(say("proposal-kinship-lacking", papers=_listed(lacking)))
    if seen.why:
        return (*says, say("kinship-why", text=Private(seen.why)), Say("proposal-kinship-why"))
    return (*says, Say("proposal-kinship-seen"))


def _listed(papers: tuple[str, ...]) -> Say:
    return reduce(
        lambda said, also: say("common.and-also", said=said, also=also), (Say(f"paper-of.{p}") for p in papers)
    )


async def verify_by_two(command: VerifyByTwo, actor: Actor, work: Work) -> Result:
    """Without a reason the second person has seen the papers too, so it is one of the centers where the case is."""
    report = await for_staff(command.number, actor, work, "kinship")
    if not command.seen.why and actor.second is not None:
        second = await work.staff.get(actor.second)
        if second.center not in await work.reports.centers(report.case):
            raise Refusal("kinship-seen-here", number=str(command.number))
    seen = replace(command.seen, second=actor.second)
    decision = Decide(command.number, command.before, KinshipState.VERIFIED, (), seen, command.shown)
    return await _decided(decision, report, actor, work)


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


ACTS = (Act("kinship", VerifyByTwo, prepare_verify, show_verify, private=True),)
COMMANDS: dict[type, Any] = {
    SendPapers: send_papers,
    OpenKinship: open_kinship,
    Decide: decide,
    VerifyByTwo: verify_by_two,
}
SHOWS: dict[str, Any] = {"kinship": lambda said: OpenKinship(written_number(said))}
QUERIES: dict[type, Any] = {
    KinshipOf: kinship_of,
    NeededPapers: needed_papers,
    Askable: askable,
    Provable: provable,
    VerifiedReports: verified_reports,
}
