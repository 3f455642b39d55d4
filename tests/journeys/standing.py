"""Somebody for each relation that the access table names, who stands so to something that is really there, and in no
other way; and a stranger to all of it."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from casework import holding
from casework.actor import Actor, Channel, Role, Staff
from casework.booking.appointments import Means, SlotRequest
from casework.booking.desk import Attend, Door, Touched
from casework.booking.families import Cancel
from casework.booking.lines import line_of
from casework.booking.reminding import Before
from casework.booking.slots import Specialist
from casework.calls import Reason
from casework.cases.calling import ToBeCalled, Whom
from casework.cases.doubtful import ClearUp
from casework.cases.joining import SideBySide
from casework.checks.telling import ReadNoNews
from casework.checks.values import CheckAnswer
from casework.correspondence.answering import OpenCorrespondence
from casework.ids import CenterId, FileId, PersonId, StructureId
from casework.inquiries.asking import OpenInquiry
from casework.inquiries.telling import ReadInquiry
from casework.kinship import KinshipState
from casework.numbers import ReportNumber
from casework.offers import DeclineOffer
from casework.registering import MyReport
from casework.releasing import STOPPABLE
from casework.staff import relations as so
from casework.staff.keeping import NewPhone, Withheld, Withhold
from casework.staff.lineage import How, Origin
from casework.staff.members import AddMember, Deactivate, Reset
from casework.staff.proposals import About, StopProposal
from casework.staff.relations import Of, Predicate
from casework.subjects import Reference
from casework.updates.reading import ReadUpdate
from casework.updates.recalling import Recall
from casework.updates.values import EXAMPLE
from casework.updates.writing import ToSign
from casework.waiting_list import Vacancy
from storage.database import StoredWork
from tests.visiting import with_code

HERE, SEEN, AWAY = CenterId("kharkiv"), CenterId("vinnytsia"), CenterId("lviv")
"""The case's center, the one where its family was seen of late, and one that has nothing to do with it."""

NAME = "Коваль Олена"


@dataclass(frozen=True)
class Standing:
    """Who stands in a relation to what is `asked`: a member of a center, a certain member, or a person."""

    asked: Any
    center: CenterId | None = HERE
    member: Staff | None = None
    person: PersonId | None = None


@dataclass(frozen=True)
class Scene:
    work: StoredWork
    stranger: PersonId
    standings: dict[tuple[Of, Predicate], Standing]
    author: Staff
    namer: Staff
    held: Staff
    references: dict[str, Reference]
    members: dict[tuple[Role, CenterId | None, str], Staff] = field(default_factory=dict)

    async def actor(self, role: Role | None, standing: Standing, *, age: float = 0, **how: Any) -> Actor:
        """Somebody in a role who stands so, with a second factor given so many hours ago; `name` is their own."""
        person, channel = standing.person or self.stranger, how.get("channel", Channel.WEB)
        if role is None:
            return Actor(person, "uk", channel)
        center = AWAY if standing.person is not None else standing.center
        staff = standing.member or await self._member(role, center, how.get("name", NAME))
        staff = replace(staff, role=role, factor_at=self.work.now - timedelta(hours=age))
        if how.get("serving"):
            return Actor(staff.person, "uk", channel, staff).for_visitor(person)
        return Actor(person if standing.person is not None else staff.person, "uk", channel, staff)

    async def _member(self, role: Role, center: CenterId | None, name: str) -> Staff:
        if (role, center, name) not in self.members:
            self.members[role, center, name] = await added(self.work, role, center, name)
        return self.members[role, center, name]

    def unrelated(self, standing: Standing) -> Standing:
        """The same thing, asked for by somebody who has nothing to do with it."""
        return Standing(standing.asked, AWAY, person=self.stranger if standing.person is not None else None)


async def added(
    work: StoredWork,
    role: Role,
    center: CenterId | None,
    name: str = NAME,
    structure: StructureId | None = None,
) -> Staff:
    person = await work.people.add("uk")
    await work.staff.add(person, role, center=center, structure=structure, name=name)
    member = await with_code(person, work)
    assert member is not None
    return member


async def set_out(work: StoredWork, number: str, other: str, mother: PersonId, visitor: PersonId) -> Scene:
    """Around two reports of one man: the mother's at `HERE`, the wife's elsewhere; and a visitor without a report."""
    report = await work.reports.by_number(ReportNumber(number.replace("-", "")))
    wifes = await work.reports.by_number(ReportNumber(other.replace("-", "")))
    assert report is not None
    assert wifes is not None
    author, head = await added(work, Role.SPECIALIST, HERE), await added(work, Role.HEAD, HERE)
    lawyer = await added(work, Role.SPECIALIST, HERE, structure=StructureId("lawyer"))
    elsewhere = await added(work, Role.SPECIALIST, SEEN, structure=StructureId("lawyer"))
    await work.kinships.decide(report.id, KinshipState.DECLARED, KinshipState.VERIFIED, head.id)
    waiting = await work.updates.add(report.case, author.id, EXAMPLE, "signed")
    released = await work.updates.add(report.case, author.id, EXAMPLE, "signed")
    await work.updates.release(released, head.id, [mother])
    leaving = await work.updates.add(report.case, author.id, EXAMPLE, "signed")
    await work.updates.release(leaving, head.id, [mother], at=work.now + STOPPABLE)
    yesterday, tomorrow = work.now - timedelta(days=1), work.now + timedelta(days=1)
    await work.checks.add(
        HERE, author.id, [report.case], body="nib", on=date(2026, 11, 24), answer=CheckAnswer.NOTHING_NEW, again=None
    )
    side = await work.contacts.side(report.id)
    assert side is not None
    ground = (await work.checks.told([side]))[report.id]
    word = await work.checks.tell(side, ground, (await work.checks.of_cases([report.case]))[report.case])
    assert word is not None
    due = (work.now + timedelta(days=20)).date()
    inquiry = await work.inquiries.add(
        HERE, report.case, report.id, author.id, body="nib", question="Чи внесено?", enclosed=(), due=due, law=""
    )
    await work.inquiries.sent(inquiry.id, due)
    past = await work.bookings.book(
        SlotRequest(mother, Specialist(elsewhere.id, StructureId("lawyer"), SEEN), yesterday), Means.VISIT, report.id
    )
    ahead = await work.bookings.book(
        SlotRequest(visitor, Specialist(lawyer.id, StructureId("lawyer"), HERE), tomorrow), Means.VISIT, None
    )
    assert past is not None
    assert ahead is not None
    await work.reminders.add(past[0].id, past[0].starts_at, [(Before.DAY, tomorrow)])
    reminder = (await work.connection.exec_driver_sql("SELECT id FROM reminders")).scalar_one()
    what = line_of("kharkiv", StructureId("lawyer"))
    await work.waiting.join(mother, what, HERE, before=work.now + timedelta(days=9), how=Means.VISIT)
    (in_line,) = await work.waiting.of(mother)
    hour = work.now + timedelta(days=3)
    vacancy = Vacancy(holding.specialist(lawyer.id), hour, hour + timedelta(minutes=45), hour)
    offer = await work.waiting.offer(in_line, vacancy, hour)
    assert offer is not None
    task = await work.calls.add_task(Reason.ASKED, person=visitor, center=HERE, due=tomorrow)
    namer, held = await added(work, Role.ADMINISTRATOR, None), await added(work, Role.OPERATOR, HERE)
    for by in (namer, author):
        await work.lineage.add(Origin(held.id, How.INVITED, by.id, work.now))
    of_center = await work.proposals.add("phone", NewPhone(HERE, "102"), namer.id, About(HERE), delayed=False)
    of_member = await work.proposals.add("reset", Reset(lawyer.id), namer.id, About(None, lawyer.id), delayed=False)
    about = About(case=report.case, report=report.id)
    of_case = await work.proposals.add("phone", NewPhone(HERE, "103"), namer.id, about, delayed=False)
    paper: FileId = await work.files.add(mother, type="image/png", content=b"paper")
    await work.kinships.add_documents(report.id, [paper], [])
    photo: FileId = await work.files.add(visitor, type="image/png", content=b"photo")
    await work.inbox.add(visitor, "", at=work.now, channel=Channel.WEB, file=photo, task=task)
    papers, photos = await work.files.get(paper), await work.files.get(photo)
    letters = replace(await work.correspondences.begin(mother, HERE), holder=author.id)
    await work.correspondences.keep(letters)
    asked = OpenCorrespondence(letters.id)
    mine, alike, both = MyReport(report.number), SideBySide(report.number, wifes.number), ClearUp((report.number,))
    same, called = SideBySide(report.number, report.number), ToBeCalled(Whom(report.number))
    absent = Touched(lawyer.id, date(2026, 11, 24), date(2026, 11, 24))
    operator, hidden = await added(work, Role.OPERATOR, HERE), Withhold(HERE, Withheld.PHONE)
    standings: dict[tuple[Of, Predicate], Standing] = {
        (Of.REPORT, so.own_center): Standing(mine),
        (Of.REPORT, so.grant): Standing(mine, SEEN),
        (Of.REPORT, so.owner): Standing(mine, person=mother),
        (Of.REPORTS, so.own_center): Standing(both),
        (Of.REPORTS, so.grant): Standing(both, SEEN),
        (Of.MENTIONED, so.owner): Standing(SimpleNamespace(report=report.number), person=mother),
        (Of.PAIR, so.own_center): Standing(same),
        (Of.PAIR, so.grant): Standing(same, SEEN),
        (Of.PAIR, so.beside): Standing(alike),
        (Of.CALL, so.own_center): Standing(called),
        (Of.CALL, so.grant): Standing(called, SEEN),
        (Of.CALL, so.desk): Standing(ToBeCalled(Whom(task=task))),
        (Of.VISIT, so.owner): Standing(Cancel(past[0].number), person=mother),
        (Of.VISIT, so.desk): Standing(Attend(ahead[0].number, ahead[0].state)),
        (Of.VISIT, so.own_hour): Standing(Attend(ahead[0].number, ahead[0].state), member=lawyer),
        (Of.OFFER, so.owner): Standing(DeclineOffer(offer.id), person=mother),
        (Of.DOOR, so.desk): Standing(Door(ahead[1])),
        (Of.CORRESPONDENCE, so.owner): Standing(asked, person=mother),
        (Of.CORRESPONDENCE, so.answers): Standing(asked),
        (Of.CORRESPONDENCE, so.holds): Standing(asked, member=author),
        (Of.UPDATE, so.own_center): Standing(ToSign(waiting)),
        (Of.UPDATE, so.grant): Standing(ToSign(waiting), SEEN),
        (Of.UPDATE, so.author): Standing(ToSign(waiting), member=author),
        (Of.LEAVING, so.signed): Standing(Recall(leaving), member=author),
        (Of.RELEASED, so.verified): Standing(ReadUpdate(released), person=mother),
        (Of.INQUIRY, so.own_center): Standing(OpenInquiry(inquiry.id)),
        (Of.INQUIRY, so.grant): Standing(OpenInquiry(inquiry.id), SEEN),
        (Of.INQUIRY, so.verified): Standing(ReadInquiry(inquiry.id), person=mother),
        (Of.NO_NEWS, so.verified): Standing(ReadNoNews(word), person=mother),
        (Of.FILE, so.owner): Standing(papers, person=mother),
        (Of.FILE, so.own_center): Standing(papers),
        (Of.FILE, so.grant): Standing(papers, SEEN),
        (Of.FILE, so.desk): Standing(photos),
        (Of.MEMBER, so.oneself): Standing(absent, member=lawyer),
        (Of.MEMBER, so.desk): Standing(absent),
        (Of.MEMBER, so.team): Standing(Deactivate(operator.id)),
        (Of.NEWCOMER, so.team): Standing(AddMember(Role.OPERATOR, HERE, None, "Ткач Олег")),
        (Of.CENTER, so.desk): Standing(hidden),
        (Of.UPDATE, so.found): Standing(ToSign(waiting), AWAY),
        (Of.PROPOSAL, so.found): Standing(StopProposal(of_case), AWAY),
        (Of.PROPOSAL, so.desk): Standing(StopProposal(of_center)),
        (Of.PROPOSAL, so.service): Standing(StopProposal(of_member), None),
        (Of.PROPOSAL, so.own_center): Standing(StopProposal(of_case)),
        (Of.PROPOSAL, so.grant): Standing(StopProposal(of_case), SEEN),
        (Of.PROPOSAL, so.owner): Standing(StopProposal(of_case), person=mother),
        (Of.PROPOSAL, so.began): Standing(StopProposal(of_case), None, member=namer),
        (Of.PROPOSAL, so.oneself): Standing(StopProposal(of_member), member=lawyer),
    }
    references = {
        "visit": Reference("visit", past[0].id),
        "address": Reference("address", past[0].id),
        "reminder": Reference("reminder", reminder),
        "offer": Reference("offer", offer.id),
        "update": Reference("update", released),
        "no-news": Reference("no-news", word),
        "inquiry": Reference("inquiry", inquiry.id),
        "crisis": Reference("crisis", task),
        "correspondence": Reference("correspondence", letters.id),
        "words": Reference("words", letters.id),
        "proposal": Reference("proposal", of_center),
        "kinship": Reference("kinship", report.id),
        "lead": Reference("lead", report.id),
        "sighting": Reference("sighting", report.id),
        "callword": Reference("callword", 1),
        "invitation": Reference("invitation", report.id),
    }
    return Scene(work, await work.people.add("uk"), standings, author, namer, held, references)
