"""The center's side: what waits, and humans who read, answer, hand on and close. On the page only.

One member answers, and the family reads it: no second signature is asked for, since it is a talk. What it may not say
is what no message may say (`casework/updates/forbidden_words.py`). Where only a human speaks about the search, a human
may answer here as well, since the family has written first; whoever answers is told so, and confirms that it says
nothing of the search.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar, Final

from casework import files
from casework.actor import Role
from casework.asked import Asked
from casework.board import Row, Section
from casework.calls import phone_of
from casework.correspondence.answer_times import working_time
from casework.correspondence.record import CenterAnswer, Correspondence
from casework.correspondence.writing import tell_member
from casework.ids import CorrespondenceId, FileId, PersonId, StaffId
from casework.inbox import InboxItem
from casework.letters import AtTime, Button, Letter, Private, Purpose, Say, Screen, named, say
from casework.numbers import ReportNumber, make_number
from casework.queries import Query
from casework.reference import Sort
from casework.refusal import Refusal
from casework.result import Result
from casework.staff.access import listed
from casework.staff.relations import Facts
from casework.updates.forbidden_words import stopped_by

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.registering import Report
    from casework.work import Work

LONGEST_ANSWER: Final = 3000
"""Characters of an answer: a member sees the whole of it before it goes, also on one screen of a messenger."""

LINES_SHOWN: Final = 30
"""Lines of a correspondence that a member sees at once, the newest."""

WRITES_TO_FAMILIES: Final = frozenset({Role.OPERATOR, Role.SPECIALIST, Role.VERIFIER, Role.HEAD})
"""To whom a correspondence may be handed on."""


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A line as members read it: `by` is a colleague's name, "" for the family's own words. `note`: for colleagues."""

    at: datetime
    words: str
    by: str = ""
    file: bool = False
    note: bool = False
    opened: bool = False


@dataclass(frozen=True, slots=True)
class OpenedCorrespondence:
    """A correspondence before a member. `seen` changes with each line: what is sent names what its writer had seen.
    `report` is the family's number at this center; `unverified`: no kinship of theirs is verified; `by_voice`: only a
    human speaks with them about the search. `colleagues` are those to whom it can be handed on; `canned` the texts that
    two have approved, none of which goes where only a human speaks about the search."""

    id: CorrespondenceId
    relative: str
    report: ReportNumber | None
    missing: str
    phone: str
    lines: tuple[WrittenLine, ...]
    seen: str
    waits_since: datetime | None
    holder: str = ""
    mine: bool = False
    closed: bool = False
    unverified: bool = False
    by_voice: bool = False
    files: bool = False
    earlier: int = 0
    another: bool = False
    colleagues: tuple[tuple[StaffId, str, Role], ...] = ()
    canned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenCorrespondence(Query[OpenedCorrespondence]):
    """What a relative and the center wrote to each other."""

    correspondence: CorrespondenceId
    example: ClassVar[OpenedCorrespondence] = OpenedCorrespondence(
        CorrespondenceId(1),
        "Петренко Марія",
        make_number(1234567),
        "Петренко Іван",
        "+380671234567",
        (WrittenLine(datetime(2026, 11, 24, 8, tzinfo=UTC), "Командир мовчить уже місяць", file=True),),
        "1",
        datetime(2026, 11, 24, 8, tzinfo=UTC),
        files=True,
        colleagues=((StaffId(2), "Ткач Олег", Role.OPERATOR),),
        canned=("read",),
    )


async def open_correspondence(query: OpenCorrespondence, actor: Actor, work: Work) -> OpenedCorrespondence:
    found = await _get(query.correspondence, work)
    report = await _report(found, work)
    await work.audit.looked(
        actor,
        "correspondence",
        person=found.person,
        case=report.case if report else None,
        report=report.id if report else None,
    )
    person = await work.people.get(found.person)
    written = await _written(found.id, work)
    lines = [await _line(one, work) for one in written[-LINES_SHOWN:]]
    names = person.profile.name
    reports = await work.reports.of(found.person)
    return OpenedCorrespondence(
        found.id,
        names.full if names else "",
        report.number if report else None,
        report.claim.name.full if report else "",
        str(await phone_of(person, work) or ""),
        tuple(lines),
        _seen(written, work),
        found.waits_since,
        await work.staff.name(found.holder) if found.holder is not None else "",
        mine=found.holder == actor.acting.id,
        closed=found.closed_at is not None,
        unverified=not any([found.person in await work.kinships.verified(one.case) for one in reports]),
        by_voice=await _by_voice(found, work),
        files=any(line.file for line in lines),
        earlier=max(len(written) - LINES_SHOWN, 0),
        another=bool(found.kept_from),
        colleagues=await _colleagues(found, actor.acting.id, work),
        canned=tuple(one.name for one in work.book.today(Sort.CANNED)),
    )


async def _get(id: CorrespondenceId, work: Work, *, lock: bool = False) -> Correspondence:
    """`Refusal` where it is gone: the relative was erased."""
    found = await work.correspondences.get(id, lock=lock)
    if found is None:
        raise Refusal("correspondence-gone")
    return found


async def _report(found: Correspondence, work: Work) -> Report | None:
    """The relative's last report at the center that reads it; else their last of all."""
    reports = await work.reports.of(found.person)
    here = [one for one in reports if one.center == found.center]
    return next(reversed(here or list(reports)), None)


async def _by_voice(found: Correspondence, work: Work) -> bool:
    return any([await work.voices.of(one.id) is not None for one in await work.reports.of(found.person)])


async def _written(id: CorrespondenceId, work: Work) -> list[InboxItem | CenterAnswer]:
    """What both sides wrote, in its order."""
    both: list[InboxItem | CenterAnswer] = [
        *await work.inbox.of_correspondence(id),
        *await work.correspondences.answers(id),
    ]
    return sorted(both, key=lambda one: (one.at, one.id))


async def _line(one: InboxItem | CenterAnswer, work: Work) -> WrittenLine:
    if not isinstance(one, CenterAnswer):
        return WrittenLine(one.at, one.words, file=one.file is not None)
    by, opened = await work.staff.name(one.by), one.opened_at is not None
    return WrittenLine(one.at, one.words, by, one.file is not None, one.note, opened)


def _seen(written: Sequence[InboxItem | CenterAnswer], work: Work) -> str:
    """The last line, and the canned texts as they are today."""
    texts = json.dumps([one.words for one in work.book.today(Sort.CANNED)], sort_keys=True, default=dict)
    return f"{max((one.id for one in written), default=0)}.{sha256(texts.encode()).hexdigest()[:8]}"


async def _colleagues(found: Correspondence, own: StaffId, work: Work) -> tuple[tuple[StaffId, str, Role], ...]:
    return tuple(
        (one.staff.id, one.name, one.staff.role)
        for one in await work.staff.all()
        if one.staff.active
        and one.staff.center == found.center
        and one.staff.role in WRITES_TO_FAMILIES
        and one.staff.id not in found.kept_from | {own}
    )


def line(one: WrittenLine) -> Say:
    """A line as it stands on the page."""
    at, words = AtTime(one.at, style="short"), Private(one.words)
    who = "note" if one.note else "center" if one.by else "family"
    name = Private(one.by, keeps=True)
    return say("correspondence-line", who=who, at=at, name=name, text=words, file=str(one.file).lower())


@dataclass(frozen=True, slots=True)
class AnswerFamily:
    """A member answers, having `seen` what was written up to then; by a `canned` text instead of words of their own."""

    correspondence: CorrespondenceId
    words: tuple[str, ...]
    seen: str
    files: tuple[FileId, ...] = ()
    canned: str | None = None


async def answer_family(command: AnswerFamily, actor: Actor, work: Work) -> Result:
    """The relative learns that there is an answer, and opens it. Whoever wrote at the same moment as a colleague, or as
    the family, sees that first; what they have typed stays."""
    found = await _get(command.correspondence, work, lock=True)
    if _seen(await _written(found.id, work), work) != command.seen:
        raise Refusal("correspondence-changed", forget=(Asked.SEND_ANSWER.about(found.id),))
    words = "\n\n".join(command.words) if command.canned is None else await _canned(command.canned, found, work)
    if stopped := stopped_by(words):
        forget = (Asked.ANSWER.about(found.id), Asked.ANSWER_STORY.about(found.id), Asked.SEND_ANSWER.about(found.id))
        raise Refusal("correspondence-stopped", forget=forget, words=Private(", ".join(stopped), keeps=True))
    member = actor.acting
    center = await work.centers.get(found.center)
    waited = working_time(center, found.waits_since, work.now) if found.waits_since is not None else None
    await work.files.give(command.files, actor.person, found.person)
    for file in command.files or (None,):
        await work.correspondences.answer(found, member.id, words, file=file, waited=waited)
        words, waited = "", None
    await work.correspondences.keep(
        replace(found, waits_since=None, due=None, holder=found.holder or member.id, closed_at=None)
    )
    report = await _report(found, work)
    case, about = (report.case, report.id) if report else (None, None)
    await work.audit.acted(actor, "correspondence-answered", person=found.person, case=case, report=about)
    button = Button(f"/answer {found.id}", Say("correspondence-answered.read"))
    screen = Screen((Say("correspondence-answered"),), ((button,),), neutral=True)
    await work.send(Letter(found.person, screen, reads=f"correspondence:{found.id}", purpose=Purpose.ANSWER))
    return Result((Say("correspondence-sent"),))


async def _canned(name: str, found: Correspondence, work: Work) -> str:
    """The text that two have approved and that is in effect today, in the relative's language."""
    entry = next((one for one in work.book.today(Sort.CANNED) if one.name == name), None)
    if entry is None or await _by_voice(found, work):
        raise Refusal("unclear-choice-gone", forget=(Asked.CANNED.about(found.id), Asked.SEND_ANSWER.about(found.id)))
    return entry.words[(await work.people.get(found.person)).language]["text"]


@dataclass(frozen=True, slots=True)
class CannedTexts(Query[tuple[str, ...]]):
    """The texts that members may answer with today, by name."""

    example: ClassVar[tuple[str, ...]] = ("read",)


async def canned_texts(query: CannedTexts, actor: Actor, work: Work) -> tuple[str, ...]:
    return tuple(one.name for one in work.book.today(Sort.CANNED))


@dataclass(frozen=True, slots=True)
class HandOn:
    """Another member answers from now on; `note` is what they should know."""

    correspondence: CorrespondenceId
    to: StaffId
    note: str = ""


async def hand_on(command: HandOn, actor: Actor, work: Work) -> Result:
    found = await _get(command.correspondence, work, lock=True)
    if command.to not in {id for id, _, _ in await _colleagues(found, actor.acting.id, work)}:
        raise Refusal("staff-unknown")
    if command.note:
        await work.correspondences.answer(found, actor.acting.id, command.note, note=True)
    await work.correspondences.keep(replace(found, holder=command.to))
    await work.audit.acted(actor, "correspondence-handed-on", person=found.person)
    await tell_member(await work.staff.get(command.to), "correspondence-yours", found, work)
    to = Private(await work.staff.name(command.to), keeps=True)
    return Result((say("correspondence-handed-on", to=to),))


@dataclass(frozen=True, slots=True)
class CloseCorrespondence:
    """Nothing is left to answer. When the family writes again, it is open again."""

    correspondence: CorrespondenceId
    seen: str


async def close(command: CloseCorrespondence, actor: Actor, work: Work) -> Result:
    found = await _get(command.correspondence, work, lock=True)
    if _seen(await _written(found.id, work), work) != command.seen:
        raise Refusal("correspondence-changed", forget=(Asked.ANSWER.about(found.id),))
    await work.correspondences.keep(replace(found, waits_since=None, due=None, closed_at=work.now))
    await work.audit.acted(actor, "correspondence-closed", person=found.person)
    return Result((Say("correspondence-closed"),))


@dataclass(frozen=True, slots=True)
class ShowEnclosed:
    """What a family and the center have sent each other to be seen or heard."""

    correspondence: CorrespondenceId


async def show_enclosed(command: ShowEnclosed, actor: Actor, work: Work) -> Result:
    """Each file is recorded when it is opened."""
    found = await _get(command.correspondence, work)
    written = [one for one in (await _written(found.id, work))[-LINES_SHOWN:] if one.file is not None]
    says = tuple([line(await _line(one, work)) for one in written])
    enclosed = await files.attached([one.file for one in written if one.file is not None], work)
    shown = f"enclosed {found.id}"
    return Result(says, attached=enclosed, keeps=True, then=f"correspondence {found.id}", shows=shown)


@dataclass(frozen=True, slots=True)
class WaitingWords:
    """A correspondence in which words wait. `holder` is "" where nobody answers it yet; `name` is for the page."""

    id: CorrespondenceId
    since: datetime
    name: str
    late: bool = False
    mine: bool = False
    holder: str = ""
    another: bool = False


@dataclass(frozen=True, slots=True)
class WaitingCorrespondence(Query[tuple[WaitingWords, ...]]):
    """What waits for an answer at the acting member's center: the own first, then the oldest."""

    example: ClassVar[tuple[WaitingWords, ...]] = (
        WaitingWords(CorrespondenceId(1), datetime(2026, 11, 24, 8, tzinfo=UTC), "Петренко Марія"),
    )


async def waiting_correspondence(query: WaitingCorrespondence, actor: Actor, work: Work) -> tuple[WaitingWords, ...]:
    found, people = await _waiting(actor, work)
    await work.audit.looked(actor, "correspondences", people=people)
    return found


async def _waiting(actor: Actor, work: Work) -> tuple[tuple[WaitingWords, ...], list[PersonId]]:
    """Those that the member may see; whoever they are kept from sees not even that there is one."""
    member, rows, people = actor.acting, [], []
    for one in await work.correspondences.waiting(member.center) if member.center else ():
        facts = Facts.of(actor, work.now, owner=one.person, desk=one.center, member=one.holder, kept_from=one.kept_from)
        if one.waits_since is None or not listed("WaitingCorrespondence", facts):
            continue
        name = (await work.people.get(one.person)).profile.name
        holder = await work.staff.name(one.holder) if one.holder is not None else ""
        mine = one.holder == member.id
        rows.append(
            WaitingWords(
                one.id,
                one.waits_since,
                name.full if name else "",
                one.late(work.now),
                mine,
                holder,
                bool(one.kept_from),
            )
        )
        people.append(one.person)
    return tuple(sorted(rows, key=lambda row: not row.mine)), people


def waits(one: WaitingWords) -> Say:
    """Since when, and whether that is late."""
    return say("correspondence-waiting", since=AtTime(one.since, style="short"), late=str(one.late).lower())


def whose(one: WaitingWords) -> Say:
    if one.mine:
        return Say("correspondence-whose.mine")
    return (
        say("correspondence-whose.of", name=Private(one.holder)) if one.holder else Say("correspondence-whose.nobody")
    )


async def correspondence_section(actor: Actor, work: Work) -> Section | None:
    """For the board: families that wait for a written answer; nothing where none does."""
    found, people = await _waiting(actor, work)
    await work.audit.refreshed(actor, "board-correspondence", people=people)
    rows = []
    for one in found:
        press = (say("correspondence-which.one", who=named(one.name, str(one.id))), f"/correspondence {one.id}")
        also = (Say("correspondence-whose.another"),) if one.another else ()
        rows.append(Row((waits(one), whose(one), *also, one.name), (press,)))
    return Section(Say("correspondence-board"), tuple(rows)) if rows else None


COMMANDS: dict[type, Any] = {
    AnswerFamily: answer_family,
    HandOn: hand_on,
    CloseCorrespondence: close,
    ShowEnclosed: show_enclosed,
}
QUERIES: dict[type, Any] = {
    OpenCorrespondence: open_correspondence,
    WaitingCorrespondence: waiting_correspondence,
    CannedTexts: canned_texts,
}
SHOWS: dict[str, Any] = {"enclosed": lambda said: ShowEnclosed(CorrespondenceId(int(said)))}
SECTIONS: dict[str, Any] = {"correspondence": correspondence_section}
