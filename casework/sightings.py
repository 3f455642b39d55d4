"""A sign of life: "I saw him in a video", "a man who came back saw him". One relative tells it, a named member looks.

What was told is sealed, has a number, and is one relative's own: no other relative learns that there is any. A link is
words: the program opens none. Somebody who works on cases takes it, the relative reads who; by a date it is answered,
in words that are fixed, for what is found in a video is never told by a message: somebody calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol

from casework import calls, leads
from casework.asked import Asked
from casework.board import Row, Section
from casework.calls import Reason
from casework.cases.card import named
from casework.files import attached
from casework.ids import CallId, CenterId, FileId, PersonId, ReportId, SightingId, StaffId
from casework.letters import AtTime, Letter, Private, Purpose, Say, Screen, say
from casework.numbers import ReportNumber, make_number
from casework.queries import Query
from casework.refusal import Refusal
from casework.registering import Report, for_staff, own_or_staff
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

ANSWERED_WITHIN: Final = 3
"""Working days within which a sign of life is answered."""

UNNAMED: Final = "sighting-who.unnamed"
"""A member who takes it and has not agreed to be named."""


class SightingKind(StrEnum):
    """Where the person was seen."""

    VIDEO = "video"  # a video or a photo, by a link or as a file
    WITNESS = "witness"  # somebody saw them, as one who came back
    OTHER = "other"


class Looked(StrEnum):
    """What is answered; nothing of what was found."""

    CALL = "call"  # somebody calls and speaks of it
    PASSED = "passed"  # it was passed on to those who search, and they look into it
    KNOWN = "known"  # it is known already, and adds nothing


@dataclass(frozen=True, slots=True)
class Seen:
    """What the relative told, in their words: a link among them; when it was, who saw."""

    words: tuple[str, ...] = ()
    when: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One sign of life. `call` is the task that stands for it until it is answered; the files stand with it. `due` is
    by when the relative hears; `taken_by` who looks into it."""

    id: SightingId
    number: ReportNumber
    report: ReportId
    kind: SightingKind
    seen: Seen
    at: datetime
    due: datetime
    call: CallId
    taken_by: StaffId | None = None
    answer: Looked | None = None


class Sightings(Protocol):
    """How they are kept."""

    async def add(self, report: ReportId, kind: SightingKind, seen: Seen, due: datetime, call: CallId) -> Sighting: ...
    async def get(self, sighting: SightingId) -> Sighting | None:
        """Locked until the transaction ends."""

    async def of(self, report: ReportId) -> Sequence[Sighting]:
        """All that the relative of a report has told of its case, the oldest first."""

    async def waiting(self, center: CenterId) -> Sequence[Sighting]:
        """Those of a center that are not answered, the nearest date first."""

    async def take(self, sighting: SightingId, by: StaffId) -> None: ...
    async def answered(self, sighting: SightingId, answer: Looked) -> None: ...


@dataclass(frozen=True, slots=True)
class FileSighting:
    """The relative of a report tells a sign of life."""

    number: ReportNumber
    kind: SightingKind
    seen: Seen
    files: tuple[FileId, ...] = ()


async def file_sighting(command: FileSighting, actor: Actor, work: Work) -> Result:
    """A receipt with a number, and by when they hear."""
    report = await own_or_staff(command.number, actor, work)
    if not any(command.seen.words) and not command.files:
        raise Refusal("sighting-empty", forget=(Asked.SIGHTING_SEEN.about(command.number),))
    center = await work.centers.get(report.center)
    due = calls.promised(center, work.now, ANSWERED_WITHIN)
    task = await work.calls.add_task(Reason.SIGHTING, person=report.person, center=center.id, report=report.id, due=due)
    kept = await work.sightings.add(report.id, command.kind, command.seen, due, task)
    for file in command.files:
        await work.inbox.add(report.person, "", at=work.now, channel=actor.channel, file=file, task=task)
    await work.audit.acted(actor, "sighting", case=report.case, report=report.id)
    zone = (await work.people.get(report.person)).profile.zone
    number, by = str(kept.number), AtTime(kept.due, zone, "day")
    return Result((say("sighting-done", number=number, by=by),), keeps=True, holds=number)


@dataclass(frozen=True, slots=True)
class ToldSighting:
    """A sign of life, as its relative may know how it stands."""

    number: ReportNumber
    at: datetime
    due: datetime
    who: Say | None = None
    answer: Looked | None = None


@dataclass(frozen=True, slots=True)
class MySightings(Query[tuple[ToldSighting, ...]]):
    """What the relative of a report has told, and how it stands."""

    number: ReportNumber
    example: ClassVar[tuple[ToldSighting, ...]] = (
        ToldSighting(
            make_number(1234567),
            datetime(2026, 11, 24, 8, tzinfo=UTC),
            datetime(2026, 11, 27, 8, tzinfo=UTC),
            Say("sighting-who.unnamed"),
        ),
    )


async def my_sightings(query: MySightings, actor: Actor, work: Work) -> tuple[ToldSighting, ...]:
    report = await own_or_staff(query.number, actor, work)
    told = []
    for one in await work.sightings.of(report.id):
        who = await leads.shown(one.taken_by, work, UNNAMED) if one.taken_by is not None else None
        told.append(ToldSighting(one.number, one.at, one.due, who, one.answer))
    return tuple(told)


@dataclass(frozen=True, slots=True)
class ShownSighting:
    """A sign of life, for staff on the page: `told` is what the relative said, a line each."""

    id: SightingId
    number: ReportNumber
    told: tuple[Say, ...]
    taken: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class SightingsOf(Query[tuple[ShownSighting, ...]]):
    """What the relative of a report has told."""

    number: ReportNumber
    example: ClassVar[tuple[ShownSighting, ...]] = (
        ShownSighting(SightingId(1), make_number(1234567), (), taken=False, answered=False),
        ShownSighting(SightingId(2), make_number(7654321), (), taken=True, answered=False),
    )


async def sightings_of(query: SightingsOf, actor: Actor, work: Work) -> tuple[ShownSighting, ...]:
    report = await for_staff(query.number, actor, work, "sighting")
    return tuple(
        [
            ShownSighting(one.id, one.number, await _told(one, work), one.taken_by is not None, one.answer is not None)
            for one in await work.sightings.of(report.id)
        ]
    )


async def _told(one: Sighting, work: Work) -> tuple[Say, ...]:
    head = say(
        "sighting-head",
        number=str(one.number),
        at=AtTime(one.at),
        kind=Say(f"sighting-kind.{one.kind}"),
        due=AtTime(one.due, style="day"),
    )
    lines = [head, *(say("sighting-words", text=Private(words)) for words in one.seen.words)]
    if one.seen.when:
        lines.append(say("sighting-when-told", text=Private(one.seen.when)))
    if one.seen.who:
        lines.append(say("sighting-who-told", text=Private(one.seen.who)))
    if one.taken_by is not None:
        lines.append(say("sighting-taken-by", by=await named(one.taken_by, work)))
    if one.answer is not None:
        lines.append(Say(f"sighting-answered.{one.answer}"))
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class TakeSighting:
    """The member looks into it; the relative reads who."""

    number: ReportNumber
    sighting: SightingId


async def take(command: TakeSighting, actor: Actor, work: Work) -> Result:
    report, one = await _known(command.number, command.sighting, actor, work)
    await work.sightings.take(one.id, actor.acting.id)
    await work.audit.acted(actor, "sighting-taken", case=report.case, report=report.id)
    who = await leads.shown(actor.acting.id, work, UNNAMED)
    await _tell(report, say("sighting-taken", number=str(one.number), who=who), work)
    files = [line.file for line in await work.inbox.of_tasks([one.call]) if line.file is not None]
    done = say("sighting-take-done", number=str(one.number), by=AtTime(one.due))
    return Result((done,), attached=await attached(files, work), then=f"sighting {report.number}")


@dataclass(frozen=True, slots=True)
class AnswerSighting:
    """The answer, in fixed words."""

    number: ReportNumber
    sighting: SightingId
    answer: Looked


async def answer(command: AnswerSighting, actor: Actor, work: Work) -> Result:
    """Where somebody calls, the relative reads by when; the call of the sign itself is done."""
    report, one = await _known(command.number, command.sighting, actor, work)
    if one.taken_by is None:
        raise Refusal("sighting-take-first", number=str(one.number))
    await work.calls.close(one.call)
    await work.sightings.answered(one.id, command.answer)
    await work.audit.acted(actor, "sighting-answered", case=report.case, report=report.id)
    number = str(one.number)
    if command.answer is Looked.CALL:
        task = await calls.plan(Reason.ASKED, report.person, work, report=report.id, note=number)
        zone = (await work.people.get(report.person)).profile.zone
        await _tell(report, say("sighting-call", number=number, by=AtTime(task.due, zone, "day")), work)
    else:
        await _tell(report, say(f"sighting-told-{command.answer}", number=number), work)
    return Result((say("sighting-answer-done", number=number),), then=f"opened {report.number}")


async def _tell(report: Report, words: Say, work: Work) -> None:
    """To whoever told it, and nobody else."""
    reads = f"sighting:{report.id}"
    await work.send(Letter(report.person, Screen((words,), keeps=True), reads=reads, purpose=Purpose.KINSHIP))


async def _known(number: ReportNumber, id: SightingId, actor: Actor, work: Work) -> tuple[Report, Sighting]:
    """Of this relative's, and not answered yet."""
    report = await for_staff(number, actor, work, "sighting")
    one = await work.sightings.get(id)
    own = {found.id for found in await work.sightings.of(report.id)}
    if one is None or one.id not in own or one.answer is not None:
        raise Refusal("sighting-over", number=str(number))
    return report, one


async def stands(person: PersonId, report: int, work: Work) -> bool:
    """Who told a sign of life may read what became of it."""
    return (await work.reports.get(ReportId(report))).person == person


async def sightings_section(actor: Actor, work: Work) -> Section | None:
    """For the board: what waits to be taken or answered, the nearest date first; no words."""
    center = actor.acting.center
    found = await work.sightings.waiting(center) if center is not None else ()
    numbers = await work.reports.numbers([one.report for one in found])
    await work.audit.refreshed(actor, "board-sightings", people=[])
    rows = []
    for one in found:
        number = str(numbers[one.report])
        due = say("queue-due", due=AtTime(one.due, style="short"), late=str(one.due < work.now).lower())
        by = await named(one.taken_by, work) if one.taken_by is not None else None
        state = say("sighting-taken-by", by=by) if by is not None else Say("sighting-free")
        kind = Say(f"sighting-kind.{one.kind}")
        press = (say("sighting-open", number=number), f"/sighting {number}")
        rows.append(Row((due, kind, number, state), (press,)))
    return Section(Say("sighting-board"), tuple(rows)) if rows else None


COMMANDS: dict[type, Any] = {FileSighting: file_sighting, TakeSighting: take, AnswerSighting: answer}
QUERIES: dict[type, Any] = {MySightings: my_sightings, SightingsOf: sightings_of}
READS: dict[str, Any] = {"sighting": stands}
SECTIONS: dict[str, Any] = {"sightings": sightings_section}
