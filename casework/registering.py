"""Registering: what a relative reports of a missing person, in two parts, and the case that it opens."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol

from casework import calls
from casework.account import Account, Telling, account_of
from casework.calls import CALL_WITHIN, Reason
from casework.ids import CaseId, CenterId, PersonId, ReportId, StaffId
from casework.letters import AtTime, Letter, Purpose, Say, Screen, say
from casework.numbers import ReportNumber, make_number
from casework.queries import Query
from casework.refusal import Refusal
from casework.result import Result
from casework.values import PartialDate, PersonName, Phone

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

ANSWER_WITHIN = 3
"""Working days of the center within which a family hears from a human after a report: it is told the date."""


VERIFIED_BY = ("kinship", "missing-name", "born", "own-name")
"""Answers that the papers were compared with: when one changes after that, a human asks."""


class Kinship(StrEnum):
    """What the missing person is to the relative is told by what the relative is to them."""

    MOTHER = "mother"
    FATHER = "father"
    WIFE = "wife"
    HUSBAND = "husband"
    DAUGHTER = "daughter"
    SON = "son"
    SISTER = "sister"
    BROTHER = "brother"
    GRANDPARENT = "grandparent"
    OTHER_RELATIVE = "other-relative"
    CLOSE = "close"  # not a relative


MAY_BE_YOUNG: Final = frozenset(
    {
        Kinship.DAUGHTER,
        Kinship.SON,
        Kinship.SISTER,
        Kinship.BROTHER,
        Kinship.OTHER_RELATIVE,  # a grandchild, a nephew
        Kinship.CLOSE,
    }
)
"""Who is asked whether they are under 18: hardly any parent, spouse or grandparent is, and there is a way to say so."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The first part: who reports whom. Sealed under the report's key, as the second (`casework/account.py`)."""

    kinship: Kinship
    name: PersonName
    born: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One relative's report. `number` is what the relative knows it by, whatever case it is joined to."""

    id: ReportId
    number: ReportNumber
    case: CaseId
    person: PersonId
    claim: Claim
    center: CenterId
    filed_at: datetime
    tellings: tuple[Telling, ...] = ()

    @property
    def account(self) -> Account | None:
        """The second part as it stands, or None."""
        return account_of(self.tellings)


@dataclass(frozen=True, slots=True)
class Whose:
    """A report's outside."""

    id: ReportId
    case: CaseId
    person: PersonId
    center: CenterId


class Reports(Protocol):
    """How reports are kept."""

    async def add(self, person: PersonId, claim: Claim, center: CenterId) -> Report:
        """Keep a new report under the key of the draft that it came from, with a case of its own."""

    async def of(self, person: PersonId) -> Sequence[Report]:
        """The person's own reports, oldest first."""

    async def at(self, center: CenterId, first: int, most: int) -> Sequence[Report]:
        """So many reports of a center, oldest first, from the one that stands at `first` on."""

    async def count_at(self, center: CenterId) -> int:
        """How many reports a center has."""

    async def get(self, report: ReportId) -> Report: ...
    async def numbers(self, wanted: Sequence[ReportId]) -> dict[ReportId, ReportNumber]:
        """The numbers of reports, without opening them; those erased are left out."""

    async def people(self, wanted: Sequence[ReportId]) -> Mapping[ReportId, PersonId]:
        """Whose they are, without opening them."""

    async def cases_of(self, numbers: Collection[ReportNumber]) -> Sequence[CaseId]:
        """The cases of reports, without opening them."""

    async def in_case(self, case: CaseId) -> Sequence[Report]:
        """All reports of one missing person, oldest first."""

    async def centers(self, case: CaseId) -> Mapping[CenterId, datetime | None]:
        """The centers that answer for a case: its own and those of its reports without end (None); where its families
        are seen, until a month after."""

    async def whose(self, number: ReportNumber) -> Whose | None:
        """What a right to a report depends on; nothing sealed is opened."""

    async def by_number(self, number: ReportNumber) -> Report | None: ...
    async def correct(self, report: ReportId, claim: Claim) -> None: ...
    async def tell_more(self, report: ReportId, account: Account, by: StaffId | None) -> None:
        """Add what was told now: by the relative, or by a member of staff for them."""


@dataclass(frozen=True, slots=True)
class MyReports(Query[tuple[Report, ...]]):
    """The acting person's own reports."""

    example: ClassVar[tuple[Report, ...]] = ()


async def my_reports(query: MyReports, actor: Actor, work: Work) -> tuple[Report, ...]:
    return tuple(await work.reports.of(actor.person))


@dataclass(frozen=True, slots=True)
class MyReport(Query[Report]):
    """One report: the acting person's own, or any for staff who may open cases."""

    number: ReportNumber
    example: ClassVar[Report] = Report(
        ReportId(1),
        make_number(1234567),
        CaseId(1),
        PersonId(1),
        Claim(Kinship.MOTHER, PersonName("Петренко Іван")),
        CenterId("lviv"),
        datetime(2026, 11, 24, tzinfo=UTC),
    )


async def my_report(query: MyReport, actor: Actor, work: Work) -> Report:
    return await own_or_staff(query.number, actor, work)


@dataclass(frozen=True, slots=True)
class FileReport:
    """The first part is told: keep it. `minor`: the relative says that they are not 18 yet; `adult` is whom of the
    adults they trust, in their own words."""

    own_name: PersonName
    phone: Phone
    region: str
    zone: str
    claim: Claim
    minor: bool = False
    adult: str = ""


@dataclass(frozen=True, slots=True)
class Correct:
    """One answer of the first part changed. `field` is the question's name; `zone` goes with a region abroad."""

    number: ReportNumber
    field: str
    value: Any
    zone: str | None = None


async def correct(command: Correct, actor: Actor, work: Work) -> Result:
    """What a relative says of themselves changes for all their reports; what of the missing person, in this one. While
    a stranger may hold one of their chats, it stays as it was for staff too: the telephone tells who is who."""
    report = await own_or_staff(command.number, actor, work)
    if await work.proposals.frozen(report.person):
        raise Refusal("rejoin-frozen", number=str(report.number))
    person = await work.people.get(report.person)
    claim, profile = report.claim, person.profile
    match command.field:
        case "kinship":
            claim = replace(claim, kinship=command.value)
        case "missing-name":
            claim = replace(claim, name=command.value)
        case "born":
            claim = replace(claim, born=command.value)
        case "own-name":
            profile = replace(profile, name=command.value)
        case "phone":
            profile = replace(profile, phone=command.value)
        case "region":
            profile = replace(profile, region=command.value, zone=command.zone or "Europe/Kyiv")
    number = str(report.number)
    if (claim, profile) == (report.claim, person.profile):
        return Result((Say("correct-same", {"number": number}),), then=f"registered {number}")
    await work.audit.acted(actor, "corrected", case=report.case, report=report.id)
    told = await _unsettled(report, command.field, actor, work) if command.field in VERIFIED_BY else ()
    if command.field == "kinship" and command.value in MAY_BE_YOUNG and await work.minors.of(report.person) is None:
        told = (*told, say("kinship-young" if actor.staff else "correct-young", number=number))
    await work.cases.forget_likely(report.id)
    await work.reports.correct(report.id, claim)
    await work.people.keep(replace(person, profile=profile))
    return Result((Say("correct-done", {"number": number}), *told), then=f"registered {number}", keeps=bool(told))


async def _unsettled(report: Report, field: str, actor: Actor, work: Work) -> tuple[Say, ...]:
    """The papers were compared with an answer that is another now: verified kinship waits for a human's look again.
    Otherwise whoever is verified for one person could take another's name. What the relative is told at once."""
    of_the_relative = field == "own-name"
    whose = await work.reports.of(report.person) if of_the_relative else [report]
    touched = [one for one in whose if await work.kinships.unsettle(one.id)]
    if not touched:
        return ()
    asked = [await calls.plan(Reason.CORRECTED, one.person, work, report=one.id, days=ANSWER_WITHIN) for one in touched]
    last, zone = max(task.due for task in asked), (await work.people.get(report.person)).profile.zone
    by = AtTime(last, zone, "day")
    says = tuple(say("kinship-told-changed", number=str(one.number), by=by) for one in touched)
    if report.person == actor.person:
        return says
    screen, reads = Screen(says, keeps=True), f"kinship:{report.id}"
    await work.send(Letter(report.person, screen, reads=reads, purpose=Purpose.KINSHIP))
    return (say("correct-unsettled"),)


async def file_report(command: FileReport, actor: Actor, work: Work) -> Result:
    person = await work.people.get(actor.person)
    asked = person.profile.age_asked or command.minor or command.claim.kinship in MAY_BE_YOUNG
    profile = replace(
        person.profile,
        name=command.own_name,
        phone=command.phone,
        region=command.region,
        zone=command.zone,
        age_asked=asked,
    )
    await work.people.keep(replace(person, profile=profile))
    center = await work.centers.answering_for(command.region)
    report = await work.reports.add(actor.person, command.claim, center.id)
    await work.kinships.declare(report.id)
    if command.minor:
        await work.minors.begin(actor.person, None, adult=command.adult)
        await work.audit.acted(actor, "minor-said", case=report.case, report=report.id)
    young = command.minor or await work.minors.of(actor.person) is not None
    reason, days = (Reason.MINOR, CALL_WITHIN) if young else (Reason.NEW_REPORT, ANSWER_WITHIN)
    call = await calls.plan(reason, actor.person, work, report=report.id, days=days)
    by, done = AtTime(call.due, profile.zone, "day"), "register-done-minor" if young else "register-done"
    return Result(
        (Say(done, {"number": str(report.number), "by": by}),),
        then=f"registered {report.number}",
        keeps=True,
        holds=str(report.number),
    )


async def own_or_staff(number: ReportNumber, actor: Actor, work: Work) -> Report:
    """A report, which the rulebook has let the actor see; that a member of staff sees another's is recorded."""
    report = await _known(number, work)
    if report.person != actor.person:
        await work.audit.looked(actor, "report", case=report.case, report=report.id)
    return report


async def for_staff(number: ReportNumber, actor: Actor, work: Work, what: str = "") -> Report:
    """A report, which the rulebook has let the member of staff see. The look is recorded as `what`, unless that is
    empty: nothing of the family is shown."""
    report = await _known(number, work)
    if what:
        await work.audit.looked(actor, what, case=report.case, report=report.id)
    return report


async def _known(number: ReportNumber, work: Work) -> Report:
    report = await work.reports.by_number(number)
    if report is None:
        raise Refusal("case-unknown", number=str(number))
    return report


COMMANDS: dict[type, Any] = {FileReport: file_report, Correct: correct}
QUERIES: dict[type, Any] = {MyReports: my_reports, MyReport: my_report}
