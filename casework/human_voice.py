"""A case that is spoken of only by a human voice: no message of ours tells its relatives anything of the search.

Staff set it for a case, without a reason (an illness, a dispute, a wish, or what may not be told by a message), and a
person of the center calls within a working day instead of every message. A relative who says "we were told" stops the
messages about the search to themselves alone: it is answered by a person, decides nothing about the case, and changes
nothing that another relative sees. A relative under 18 is told nothing alone (`casework/minors.py`): for them it is so
of every report of theirs.

Every letter about the search names what it tells of (`Letter.reads`), and `rulebook.may_read` asks `instead_of` when it
is about to be sent, so that what was written before is held back as well. `SEARCH` lists what is about the search.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol

from casework import calls
from casework.actor import Role
from casework.calls import Reason, phone_of
from casework.contact.record import ContactWish
from casework.ids import InquiryId, NoNewsId, PersonId, ReportId, StaffId, UpdateId
from casework.letters import AtTime, Button, Letter, Purpose, Say, Screen, say
from casework.numbers import ReportNumber, make_number
from casework.queries import Query
from casework.refusal import Refusal
from casework.registering import Report, for_staff, own_or_staff
from casework.result import Result
from casework.staff.proposals import About, Act, Prepared, ProposalState, due_at
from casework.values import PartialDate

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

VOICE: Final = "voice"
"""Under which name it is kept that a second person has still to look at it."""

SEARCH: Final = frozenset({Purpose.UPDATE, Purpose.KINSHIP})
"""What a letter about the search is for. Its `reads` names the update, or the report ("kinship:17")."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Since when only a human speaks; `by` the member who set it for the case, None where a relative said that they
    were told: then it is for that relative alone. `minor`: nobody has set it, and the relative is under 18."""

    since: datetime
    by: StaffId | None
    minor: bool = False


class Voices(Protocol):
    """How it is kept who is spoken to by a human only."""

    async def of(self, report: ReportId) -> Voice | None:
        """For the relative of a report: what was set for its case, or for a case joined to it; else what they said
        themselves; else that they are under 18."""

    async def begin(self, report: ReportId, by: StaffId | None) -> None:
        """From now on; for the whole case, or without a member for this relative alone."""

    async def end(self, report: ReportId) -> None:
        """Messages may go to the relative of a report again, and to the whole case."""


async def instead_of(person: PersonId, reads: str, work: Work) -> ReportId | None:
    """The report about which a human speaks to the person instead of a letter that names `reads`; None where the letter
    may go. What the person has opened is no news."""
    kind, _, id = reads.partition(":")
    report: ReportId | None = None
    if kind == "update":
        reading = await work.updates.reading(UpdateId(int(id)), person)
        report = reading.report if reading is not None and reading.opened_at is None else None
    elif kind == "no-news":
        word = await work.checks.get(NoNewsId(int(id)))
        report = word.report if word is not None and word.opened_at is None else None
    elif kind == "inquiry":
        report = await work.inquiries.report_of(InquiryId(int(id)), person)
    elif kind in ("kinship", "invitation", "sighting"):
        report = ReportId(int(id))
    return report if report is not None and await work.voices.of(report) is not None else None


OTHERWISE: Final = frozenset({"invitation", "sighting"})
"""What is said by voice and is no news of the search: whoever asked for silence still hears it."""


async def call(report: ReportId, person: PersonId, work: Work, kind: str = "") -> calls.CallTask:
    """Somebody calls within a working day; a call that is due already stands. `kind` is what a letter was to tell."""
    return await calls.plan(Reason.SPOKEN if kind in OTHERWISE else Reason.VOICE, person, work, report=report)


async def held(update: UpdateId, person: PersonId, work: Work) -> Say | None:
    """What a relative is told who opens an update of which only a human speaks; None where it may be read."""
    return await instead(person, f"update:{update}", work)


async def instead(person: PersonId, reads: str, work: Work) -> Say | None:
    """The same of whatever `reads` names, as a letter does."""
    report = await instead_of(person, reads, work)
    if report is None:
        return None
    task = await call(report, person, work)
    whose = await work.people.get(person)
    words = "voice-instead" if await work.minors.of(person) is None else "minor-instead"
    if words == "minor-instead" and await phone_of(whose, work) is None:
        return say("minor-instead-no-phone")
    return say(words, by=AtTime(task.due, whose.profile.zone, "day"))


async def _set(report: ReportId, work: Work) -> Voice | None:
    """What somebody has set or said, and can end; not that a relative is under 18."""
    voice = await work.voices.of(report)
    return None if voice is None or voice.minor else voice


@dataclass(frozen=True, slots=True)
class SpokenTo:
    """How a case is spoken of, for staff. `relatives` are those who are called."""

    number: ReportNumber
    name: str
    born: PartialDate | None
    relatives: int
    voice: Voice | None = None


@dataclass(frozen=True, slots=True)
class HowSpokenTo(Query[SpokenTo]):
    """Is this case spoken of by a human only?"""

    number: ReportNumber
    example: ClassVar[SpokenTo] = SpokenTo(
        make_number(1234567), "Петренко Іван", PartialDate(1990), 2, Voice(datetime(2026, 11, 24, tzinfo=UTC), None)
    )


async def how_spoken_to(query: HowSpokenTo, actor: Actor, work: Work) -> SpokenTo:
    report = await for_staff(query.number, actor, work, "case")
    relatives = {one.person for one in await work.reports.in_case(report.case)}
    claim = report.claim
    return SpokenTo(report.number, claim.name.full, claim.born, len(relatives), await _set(report.id, work))


@dataclass(frozen=True, slots=True)
class OnlyByVoice:
    """From now on a human speaks with every relative of the case. It needs no reason."""

    number: ReportNumber


async def only_by_voice(command: OnlyByVoice, actor: Actor, work: Work) -> Result:
    """Each relative is called within a working day, but those who asked us for silence. It is so at once, since it may
    protect a family today; but it also holds back their news, so a second person looks at it within a working day."""
    report = await for_staff(command.number, actor, work, "case")
    await work.voices.begin(report.id, actor.acting.id)
    await work.audit.acted(actor, "voice", case=report.case, report=report.id)
    await to_confirm(VOICE, KeepVoice(report.number), "voice-late", report, actor, work)
    first = {one.person: one for one in reversed(await work.reports.in_case(report.case))}
    called = [one for one in first.values() if await work.contacts.wish(one.id) is not ContactWish.SILENCE]
    if not called:
        return Result((say("voice-done-quiet", number=str(report.number)),))
    due = [(await call(one.id, one.person, work)).due for one in called]
    return Result((say("voice-done", number=str(report.number), calls=len(due), by=AtTime(max(due))),))


@dataclass(frozen=True, slots=True)
class KeepVoice:
    """A second person finds it right that only a human speaks. It is so already: whoever does not, proposes that
    messages go again."""

    number: ReportNumber


async def to_confirm(act: str, command: Any, words: str, report: Report, actor: Actor, work: Work) -> None:
    """What protects at once stands on the board until it is signed; what is late is told in these words to those who
    can sign it."""
    member = actor.acting
    if any(one.act == act and one.command == command for one in await work.proposals.waiting()):
        return
    about = About(report.center, None, report.case, report.id)
    id = await work.proposals.add(act, command, member.id, about, delayed=False)
    center = await work.centers.get(report.center)
    late = Screen((say(words, number=str(report.number)),), ((Button(f"/proposals {id}", Say("proposal-look")),),))
    for one in await work.staff.all():
        there = one.staff.center == report.center and one.staff.role in (Role.HEAD, Role.VERIFIER)
        if one.staff.active and there and one.staff.id != member.id:
            await work.send(
                Letter(
                    one.staff.person, late, due=due_at(work.now, center), reads=f"proposal:{id}", purpose=Purpose.URGENT
                )
            )


async def prepare_voice(command: KeepVoice, actor: Actor, work: Work) -> Prepared:
    report = await for_staff(command.number, actor, work, "case")
    if await _set(report.id, work) is None:
        raise Refusal("voice-none", number=str(report.number))
    return Prepared(command, About(report.center, None, report.case, report.id))


async def show_voice(command: KeepVoice, work: Work) -> tuple[Say, ...]:
    return (say("proposal-voice", number=str(command.number)),)


async def keep_voice(command: KeepVoice, actor: Actor, work: Work) -> Result:
    report = await for_staff(command.number, actor, work, "case")
    await work.audit.acted(actor, "voice-confirmed", case=report.case, report=report.id)
    return Result((say("voice-confirmed", number=str(report.number)),))


@dataclass(frozen=True, slots=True)
class WriteAgain:
    """Messages may go to the case's relatives again, and to the one of this report. It takes two: what was not to be
    told by a message is told by one, and cannot be taken back."""

    number: ReportNumber


async def prepare_again(command: WriteAgain, actor: Actor, work: Work) -> Prepared:
    report = await for_staff(command.number, actor, work, "case")
    if await _set(report.id, work) is None:
        raise Refusal("voice-none", number=str(report.number))
    return Prepared(command, About(case=report.case, report=report.id))


async def show_again(command: WriteAgain, work: Work) -> tuple[Say, ...]:
    return (say("proposal-write-again", number=str(command.number)),)


async def write_again(command: WriteAgain, actor: Actor, work: Work) -> Result:
    """Nothing that was held back is sent afterwards: it was said, or is said, by a human."""
    report = await for_staff(command.number, actor, work, "case")
    if await _set(report.id, work) is None:
        raise Refusal("voice-none", number=str(report.number))
    await work.voices.end(report.id)
    for one in await work.proposals.waiting():
        if one.act == VOICE and one.about.case == report.case:
            await work.proposals.end(one.id, ProposalState.OVER)
    await work.audit.acted(actor, "voice-ended", case=report.case, report=report.id)
    return Result((say("voice-ended", number=str(report.number)),))


@dataclass(frozen=True, slots=True)
class WeWereTold:
    """A relative was told by people: nothing more about the search is written to them."""

    number: ReportNumber


async def we_were_told(command: WeWereTold, actor: Actor, work: Work) -> Result:
    report = await own_or_staff(command.number, actor, work)
    if await _set(report.id, work) is None:
        await work.voices.begin(report.id, None)
    task = await call(report.id, report.person, work)
    person = await work.people.get(report.person)
    answer = "voice-told" if await calls.phone_of(person, work) else "voice-told-no-phone"
    return Result((say(answer, by=AtTime(task.due, person.profile.zone, "day")),), keeps=True)


@dataclass(frozen=True, slots=True)
class IsByVoice(Query[bool]):
    """Does only a human speak with the acting person about this report of theirs?"""

    number: ReportNumber
    example: ClassVar[bool] = False


async def is_by_voice(query: IsByVoice, actor: Actor, work: Work) -> bool:
    report = await own_or_staff(query.number, actor, work)
    return await work.voices.of(report.id) is not None


ACTS = (
    Act(VOICE, KeepVoice, prepare_voice, show_voice, stays=True),
    Act("write-again", WriteAgain, prepare_again, show_again),
)
COMMANDS: dict[type, Any] = {
    OnlyByVoice: only_by_voice,
    KeepVoice: keep_voice,
    WriteAgain: write_again,
    WeWereTold: we_were_told,
}
QUERIES: dict[type, Any] = {HowSpokenTo: how_spoken_to, IsByVoice: is_by_voice}
