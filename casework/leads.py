"""Who answers a relative: a lead and a substitute among the members of the center, for each relative's side of a case.

Words and calls go to the lead first. While the lead is away (leave, illness: `casework/presence.py`), duties pass to
the substitute by themselves, and back. Sides without a lead get one by a tick, whoever leads fewest; where a lead has
left, the substitute follows. A relative reads beforehand who answers from when on, by the first name that the member
agreed to; one who asks for another gives no reason, and none stands anywhere that the former lead sees.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol

from casework.actor import Role, Staff
from casework.board import Row, Section
from casework.centers import KYIV, Center
from casework.contact.record import ContactWish
from casework.ids import CenterId, PersonId, ReportId, StaffId, StructureId
from casework.letters import AtTime, Letter, OnDay, Private, Purpose, Say, Screen, say
from casework.numbers import ReportNumber
from casework.presence import Absence
from casework.queries import Query
from casework.refusal import Refusal
from casework.registering import Report, for_staff, own_or_staff
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

LEADING: Final = (Role.OPERATOR, Role.SPECIALIST, Role.HEAD)
"""Who may answer relatives; a head is given a side by itself only where there is nobody else."""

SIDES_AT_ONCE: Final = 200
"""Sides that get a lead in one tick."""

LONG: Final = timedelta(days=3)
"""A leave of more days than this is told to relatives before it begins; a shorter one they read when they look."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Who answers one relative from a moment on. No `substitute` where the center has no other member."""

    lead: StaffId
    substitute: StaffId | None
    since: datetime


class Leads(Protocol):
    """How it is kept; it is only added to."""

    async def of(self, report: ReportId) -> Duty | None:
        """In force now for the side of a report."""

    async def coming(self, report: ReportId) -> Duty | None:
        """What is told already and not in force yet."""

    async def at(
        self,
        center: CenterId,
        of: Collection[PersonId] | None = None,
        led_by: Collection[StaffId] | None = None,
    ) -> Mapping[ReportId, Duty]:
        """In force now at a center; `of`: for these relatives only; `led_by`: under these leads only."""

    async def loads(self, center: CenterId) -> Mapping[StaffId, int]:
        """How many sides each lead of a center answers now."""

    async def side(self, person: PersonId, center: CenterId) -> Duty | None:
        """In force now for the person's last report there."""

    async def give(self, report: ReportId, duty: Duty, *, instead_of: StaffId | None = None) -> None:
        """`instead_of`: the relative has asked for another than this member."""

    async def not_wanted(self, report: ReportId) -> frozenset[StaffId]:
        """Instead of whom the relative has asked for another."""

    async def not_wanted_at(self, center: CenterId) -> Mapping[PersonId, frozenset[StaffId]]:
        """The relatives of a center who have asked for another, and instead of whom."""

    async def without(self, most: int) -> Sequence[ReportId]:
        """Sides of open cases without a lead who is an active member of their center and whom the relative wants, as
        long as the center has one."""


def on_duty(duty: Duty, there: Collection[StaffId]) -> StaffId | None:
    """Who answers of those who are `there`: the lead, else the substitute; None: whoever of the center can."""
    return next((one for one in (duty.lead, duty.substitute) if one in there), None)


def chosen(
    members: Sequence[Staff], load: Mapping[StaffId, int], but: Collection[StaffId] = (), first: StaffId | None = None
) -> tuple[StaffId, StaffId | None] | None:
    """A lead and a substitute among the active members of a center: `first` if possible, else whoever leads fewest,
    heads last."""
    able = [one for one in members if one.role in LEADING and one.id not in but]
    order = sorted(able, key=lambda one: (one.id != first, one.role is Role.HEAD, load.get(one.id, 0), one.id))
    if not order:
        return None
    return order[0].id, order[1].id if len(order) > 1 else None


def away_on(absences: Sequence[Absence], day: date) -> frozenset[StaffId]:
    return frozenset(one.staff for one in absences if one.first <= day <= one.last)


async def members_of(center: CenterId, work: Work) -> list[Staff]:
    """The active members of a center who may answer relatives."""
    everybody = [one.staff for one in await work.staff.all()]
    return [one for one in everybody if one.active and one.center == center and one.role in LEADING]


async def there_today(center: CenterId, work: Work) -> frozenset[StaffId]:
    today = work.now.astimezone(KYIV).date()
    away = away_on(await work.bookings.absences(today), today)
    return frozenset(one.id for one in await members_of(center, work)) - away


async def answering(center: CenterId, of: Collection[PersonId], work: Work) -> Mapping[ReportId, StaffId]:
    """Who answers each side of these relatives today; sides that nobody in particular answers are left out."""
    there = await there_today(center, work)
    found = {report: on_duty(duty, there) for report, duty in (await work.leads.at(center, of)).items()}
    return {report: who for report, who in found.items() if who is not None}


async def others_call(member: Staff, work: Work) -> frozenset[PersonId]:
    """The relatives of the member's center who wanted another than them: whoever else is there today calls these.
    Where nobody else is, they are called all the same."""
    if member.center is None:
        return frozenset()
    asked = await work.leads.not_wanted_at(member.center)
    theirs = {person: members for person, members in asked.items() if member.id in members}
    here = await there_today(member.center, work) if theirs else frozenset()
    return frozenset(person for person, members in theirs.items() if here - members)


async def assign(work: Work) -> None:
    """A tick: each side without a lead gets one. A relative who had one is told."""
    centers: dict[CenterId, tuple[list[Staff], dict[StaffId, int]]] = {}
    for id in await work.leads.without(SIDES_AT_ONCE):
        report = await work.reports.get(id)
        if report.center not in centers:
            centers[report.center] = await members_of(report.center, work), dict(await work.leads.loads(report.center))
        members, load = centers[report.center]
        former, refused = await work.leads.of(id), await work.leads.not_wanted(id)
        if former is not None and former.lead not in refused and any(one.id == former.lead for one in members):
            continue  # another process has given it one meanwhile
        taken = (await work.cases.get(report.case)).taken_by if former is None else former.substitute
        pair = chosen(members, load, refused, taken)
        if pair is None:
            continue
        load[pair[0]] = load.get(pair[0], 0) + 1
        await _give(report, Duty(*pair, work.now), work, told=former is not None)
        if former is not None and former.lead in refused:
            await _keep_away(report, refused, pair[0], work)


async def _give(report: Report, duty: Duty, work: Work, *, told: bool) -> bool:
    """Was the relative told?"""
    await work.leads.give(report.id, duty)
    return told and await _tell(report, duty, work)


async def _reads_changes(report: ReportId, work: Work) -> bool:
    """Whoever asked for silence, or is spoken with by a human only, reads who answers when they look."""
    silent = await work.contacts.wish(report) is ContactWish.SILENCE
    return not silent and await work.voices.of(report) is None


async def _tell(report: Report, duty: Duty, work: Work) -> bool:
    """The relative reads who answers, from when on, unless they are not written to."""
    if not await _reads_changes(report.id, work):
        return False
    zone = (await work.people.get(report.person)).profile.zone
    who = await shown(duty.lead, work)
    told = say("lead-told", number=str(report.number), who=who, since=AtTime(duty.since, zone, "day"))
    screen, reads = Screen((told,), keeps=True), f"lead:{report.id}"
    await work.send(Letter(report.person, screen, reads=reads, purpose=Purpose.ROUTINE))
    return True


async def shown(member: StaffId, work: Work, unnamed: str = "lead-who.unnamed") -> Say:
    """A member as families may know them: first name and structure, if they agreed to be named."""
    name, structure = await work.staff.shown_as(member), (await work.staff.get(member)).structure
    if not name:
        return Say(unnamed)
    if structure is None:
        return say("lead-who", name=Private(name))
    return say("lead-who-of", name=Private(name), structure=Say(f"structure.{structure}"))


async def take_over(case_reports: Sequence[Report], member: Staff, work: Work) -> int:
    """A member answers from now on for the sides of a case that are their center's; where another answers them today,
    the relative is told and it is so from the next working day on. Not for whoever asked for another than them. How
    many sides that is."""
    taken = 0
    for report in case_reports:
        if report.center != member.center or member.id in await work.leads.not_wanted(report.id):
            continue
        taken += 1
        await hand_over(report, member.id, work)
    return taken


async def hand_over(
    report: Report, to: StaffId, work: Work, substitute: StaffId | None = None
) -> tuple[datetime, bool]:
    """From now on where nobody answers, else from the next working day on, which the relative is told. Since when, and
    whether they were told."""
    former, members = await work.leads.of(report.id), await members_of(report.center, work)
    known = former is not None and any(one.id == former.lead for one in members)
    if former is not None and former.lead == to and substitute in (None, former.substitute):
        return former.since, False
    if substitute is None:
        but = {to, *await work.leads.not_wanted(report.id)}
        pair = chosen(members, await work.leads.loads(report.center), but, former.lead if former else None)
        substitute = pair[0] if pair else None
    changes = known and former is not None and former.lead != to
    center = await work.centers.get(report.center)
    since = next_day(center, work.now) if changes else work.now
    return since, await _give(report, Duty(to, substitute, since), work, told=changes)


def next_day(center: Center, now: datetime) -> datetime:
    """When the center opens on the next working day."""
    return center.at(center.work_day(now.astimezone(KYIV).date(), 1), center.opens)


async def tell_of_leave(member: StaffId, first: date, last: date, work: Work) -> None:
    """A long leave that has not begun: whoever knows the member by name reads who answers meanwhile."""
    if first <= work.now.astimezone(KYIV).date() or last - first < LONG or not await work.staff.shown_as(member):
        return
    staff = await work.staff.get(member)
    if staff.center is None:
        return
    absences = await work.bookings.absences(first)
    for id, duty in (await work.leads.at(staff.center, led_by=[member])).items():
        if not await _reads_changes(id, work):
            continue
        report = await work.reports.get(id)
        there = duty.substitute is not None and not _away(duty.substitute, absences, first, last)
        instead = await shown(duty.substitute, work) if duty.substitute and there else Say("lead-who.unnamed")
        who = await shown(member, work)
        told = say("lead-leave-told", who=who, instead=instead, first=OnDay(first), last=OnDay(last))
        reads = f"lead:{id}"
        await work.send(Letter(report.person, Screen((told,), keeps=True), reads=reads, purpose=Purpose.ROUTINE))


def _away(member: StaffId, absences: Sequence[Absence], first: date, last: date) -> bool:
    """Are they away on one of these days?"""
    return any(one.staff == member and one.first <= last and one.last >= first for one in absences)


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers a relative, as the relative may know it: `who` leads, in the hours of the center; while they are away
    until a day, `instead` does. `coming` is who leads from when on."""

    who: Say
    opens: str
    closes: str
    until: date | None = None
    instead: Say | None = None
    coming: tuple[Say, datetime] | None = None
    named: tuple[str, StructureId | None] | None = None


async def answers_to(report: Report, work: Work) -> Answering | None:
    """None where nobody in particular does."""
    duty, members = await work.leads.of(report.id), await members_of(report.center, work)
    if duty is None or all(one.id != duty.lead for one in members):
        return None
    center, today = await work.centers.get(report.center), work.now.astimezone(KYIV).date()
    absences = await work.bookings.absences(today)
    until = max((one.last for one in absences if one.staff == duty.lead and one.first <= today), default=None)
    instead = None
    if until is not None and any(one.id == duty.substitute for one in members) and duty.substitute is not None:
        away = _away(duty.substitute, absences, today, until)
        instead = None if away else await shown(duty.substitute, work)
    coming = await work.leads.coming(report.id)
    name = await work.staff.shown_as(duty.lead)
    return Answering(
        await shown(duty.lead, work),
        f"{center.opens:%H:%M}",
        f"{center.closes:%H:%M}",
        until,
        instead,
        (await shown(coming.lead, work), coming.since) if coming else None,
        (name, (await work.staff.get(duty.lead)).structure) if name else None,
    )


@dataclass(frozen=True, slots=True)
class AskForAnother:
    """The relative of a report asks that another member answers them. They give no reason."""

    number: ReportNumber


async def ask_for_another(command: AskForAnother, actor: Actor, work: Work) -> Result:
    """At once, as the answer tells. Where the center has no other member, it is so as soon as there is one."""
    report = await own_or_staff(command.number, actor, work)
    duty = await work.leads.of(report.id)
    if duty is None:
        return Result((Say("otherlead-nobody-yet"),))
    await another_than(frozenset({duty.lead}), report, actor, work)
    given = await work.leads.of(report.id)
    if given is None or given.lead == duty.lead:
        return Result((Say("otherlead-none"),), keeps=True)
    return Result((say("otherlead-done", who=await shown(given.lead, work)),), keeps=True)


async def another_than(unwanted: frozenset[StaffId], report: Report, actor: Actor, work: Work) -> bool:
    """The relative of a report wants none of these to answer: another does at once, or as soon as there is one. False
    where nobody in particular answers yet, and nothing is noted."""
    duty = await work.leads.of(report.id)
    if duty is None:
        return False
    members, refused = await members_of(report.center, work), unwanted | await work.leads.not_wanted(report.id)
    first = duty.substitute if duty.lead in unwanted else duty.lead
    pair = chosen(members, await work.leads.loads(report.center), refused, first)
    await work.audit.acted(actor, "lead-changed", case=report.case, report=report.id)
    now = Duty(*pair, work.now) if pair is not None else replace(duty, since=work.now)
    for one in sorted(unwanted):
        await work.leads.give(report.id, now, instead_of=one)
    if pair is not None:
        await _keep_away(report, refused, pair[0], work)
    return True


async def _keep_away(report: Report, refused: frozenset[StaffId], lead: StaffId, work: Work) -> None:
    """Whom the relative does not want sees no more of what they write to the center; what one of these answered, the
    lead does."""
    found = await work.correspondences.of(report.person)
    if found is not None and found.center == report.center:
        holder = lead if found.holder in refused else found.holder
        await work.correspondences.keep(replace(found, kept_from=found.kept_from | refused, holder=holder))


@dataclass(frozen=True, slots=True)
class LeadOption:
    """A member who may answer a relative, by name; `relatives` they answer now. For the head."""

    staff: StaffId
    name: str
    relatives: int


@dataclass(frozen=True, slots=True)
class LeadChoice:
    """Who answers the relative of a report, by name, and who else could."""

    lead: str
    substitute: str
    options: tuple[LeadOption, ...]


@dataclass(frozen=True, slots=True)
class WhoMayLead(Query[LeadChoice]):
    """Whom the head may give the relative of a report to."""

    number: ReportNumber
    example: ClassVar[LeadChoice] = LeadChoice(
        "Коваль Олена", "", (LeadOption(StaffId(1), "Коваль Олена", 12), LeadOption(StaffId(2), "Бондар Ганна", 9))
    )


async def who_may_lead(query: WhoMayLead, actor: Actor, work: Work) -> LeadChoice:
    report = await for_staff(query.number, actor, work, "case")
    duty, members = await work.leads.of(report.id), await members_of(report.center, work)
    load, but = await work.leads.loads(report.center), await work.leads.not_wanted(report.id)
    options = [
        LeadOption(one.id, await work.staff.name(one.id), load.get(one.id, 0)) for one in members if one.id not in but
    ]
    if duty is None:
        return LeadChoice("", "", tuple(options))
    substitute = await work.staff.name(duty.substitute) if duty.substitute else ""
    return LeadChoice(await work.staff.name(duty.lead), substitute, tuple(options))


@dataclass(frozen=True, slots=True)
class GiveLead:
    """The head gives the relative of a report to a member."""

    number: ReportNumber
    lead: StaffId


async def give_lead(command: GiveLead, actor: Actor, work: Work) -> Result:
    report = await for_staff(command.number, actor, work, "case")
    members = await members_of(report.center, work)
    wanted = command.lead not in await work.leads.not_wanted(report.id)
    if not wanted or all(one.id != command.lead for one in members):
        raise Refusal("lead-not-here", number=str(report.number))
    await work.audit.acted(actor, "lead-given", case=report.case, report=report.id)
    since, told = await hand_over(report, command.lead, work)
    name = Private(await work.staff.name(command.lead), keeps=True)
    done = say("lead-given", number=str(report.number), name=name, since=AtTime(since), told=str(told).lower())
    return Result((done,), then=f"opened {report.number}")


async def stands(person: PersonId, report: int, work: Work) -> bool:
    """Is there still somebody who answers the relative of a report?"""
    return await work.leads.of(ReportId(report)) is not None


async def _name(member: StaffId, work: Work) -> Private:
    return Private(await work.staff.name(member), keeps=True)


async def away_section(actor: Actor, work: Work) -> Section | None:
    """For the board: who of the center is away, until when, and who answers their relatives meanwhile."""
    center = actor.acting.center
    if center is None:
        return None
    today = work.now.astimezone(KYIV).date()
    absences = [one for one in await work.bookings.absences(today) if one.first <= today + timedelta(days=7)]
    members = {one.id for one in await members_of(center, work)}
    duties = await work.leads.at(center, led_by={one.staff for one in absences if one.staff in members})
    there, rows = await there_today(center, work), []
    for one in (one for one in absences if one.staff in members):
        name = Private(await work.staff.name(one.staff), keeps=True)
        away = say("leads-away", name=name, first=OnDay(one.first), last=OnDay(one.last))
        cells: list[Say | str] = [away]
        theirs: dict[StaffId | None, int] = {}
        for duty in duties.values():
            if duty.lead == one.staff:
                instead = duty.substitute if duty.substitute in there else None
                theirs[instead] = theirs.get(instead, 0) + 1
        for instead, count in theirs.items():
            if instead is None:
                cells.append(say("leads-nobody", count=count))
            else:
                cells.append(say("leads-instead", name=await _name(instead, work), count=count))
        rows.append(Row(tuple(cells)))
    return Section(Say("leads-board"), tuple(rows)) if rows else None


COMMANDS: dict[type, Any] = {AskForAnother: ask_for_another, GiveLead: give_lead}
QUERIES: dict[type, Any] = {WhoMayLead: who_may_lead}
READS: dict[str, Any] = {"lead": stands}
SECTIONS: dict[str, Any] = {"leads": away_section}
