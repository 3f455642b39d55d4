"""How staff work on cases: queue, search, the card, notes, calls, reports of the same person.

Whatever names somebody is `Private`, and questions for free words are asked on the page only.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial, reduce
from typing import Any, Literal

from casework.asked import Asked
from casework.call_words import AnnounceCall
from casework.calls import Reason, why
from casework.cases.calling import OpenSent, RecordCall, ToBeCalled, Whom
from casework.cases.card import AddNote, OpenCase, Take, due, sent
from casework.cases.go_between import RecordGoBetween
from casework.cases.joining import AlikeTo, Join, KeepApart, Part, SideBySide
from casework.cases.queue import A_SCREEN, ALL, FILTERS, MINE, OVERDUE, Queue, ToCall, label
from casework.cases.records import Reached
from casework.cases.search import Find
from casework.centers import KYIV
from casework.ids import CallId
from casework.inquiries.answering import InquiriesOfCase, line
from casework.letters import AtTime, Private, Say, named, private_day, say
from casework.minors import line as minor_line
from casework.numbers import ReportNumber, make_number, parse_number
from casework.queries import Now
from casework.staff import Acting
from casework.values import Unclear
from dialogs import answers as parse
from dialogs.questions import Choice, Option, Question, Spellings, Took, Typed, YesNo
from dialogs.questions.question import LONG_AGO
from dialogs.reports import NUMBER, ReportByNumber, at_hand
from dialogs.routing import Redirect
from dialogs.said import Said, Text
from dialogs.script import ask, hear, look_up, say_all, tell

MENU = "menu"


@dataclass(frozen=True, kw_only=True)
class Finds(Choice[str]):
    """One of what is offered; a name, a telephone, the last four digits or a number is looked for instead."""

    def read(self, said: Said, so_far: str | None, words: Spellings) -> Took[str] | Unclear:
        took = super().read(said, so_far, words)
        if not isinstance(took, Unclear) or not isinstance(said, Text):
            return took
        sought = parse.short_text(said.text, LONGEST)
        if isinstance(sought, Unclear) or not any(map(str.isalnum, sought)) or len(sought.split()) > MOST_WORDS:
            return took
        return Took(f"find {sought}")

    def refused(self, value: str) -> Unclear | None:
        return None if value.startswith("find ") else super().refused(value)


LONGEST, MOST_WORDS = 120, 5
"""Letters, and words, of what may be a name or a number."""

QUEUE_OF = Choice(name="queue-of", type=str, example=ALL, among=tuple(Option(of, label(of)) for of in FILTERS))
QUEUE_FROM = Typed(
    name="queue-from",
    type=int,
    example=0,
    parser=lambda text: (
        int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else Unclear("unclear-choice")
    ),
)


async def queue() -> Redirect:
    """What waits at the own center, one line a family, the oldest promise first; screen by screen."""
    of = str((await hear(QUEUE_OF, QUEUE_OF.remember(Took(ALL), "", LONG_AGO))).value)
    first = int((await hear(QUEUE_FROM, QUEUE_FROM.remember(Took(0), "", LONG_AGO))).value)
    waiting = await look_up(Queue(of, first))
    await tell("queue-head", calls=waiting.calls_in_all, papers=waiting.papers_in_all, likely=waiting.likely_in_all)
    if of != ALL or waiting.rows < waiting.rows_in_all:
        last = first + waiting.rows
        what = label(of)
        await tell("queue-part", of=what, first=min(first + 1, last), last=last, rows=waiting.rows_in_all)
    options = []
    for row in waiting.calls:
        await tell(
            "queue-call",
            number=str(_whom(row)),
            reason=_reasons(row),
            due=AtTime(row.due, style="short"),
            names=Private(f"{row.relative} → {row.missing}"),
        )
        number = str(row.number) if row.number else ""
        options.append(Option(f"call {_whom(row)}", say("queue-next.call", who=named(row.relative, str(_whom(row))))))
        if row.papers is not None and waiting.decides and number:
            options.append(Option(f"kinship {number}", say("queue-next.papers", who=named(row.relative, number))))
    for look in waiting.papers:
        number, names = str(look.number), Private(f"{look.relative} → {look.missing}")
        await tell("queue-papers", number=number, since=AtTime(look.since, style="short"), names=names)
        if waiting.decides:
            options.append(Option(f"kinship {number}", say("queue-next.papers", who=named(look.relative, number))))
    for pair in waiting.likely:
        number, other = str(pair.number), str(pair.other)
        await tell("queue-likely", number=number, other=other, score=pair.score, name=Private(pair.missing))
        options.append(Option(f"join {number} {other}", say("queue-next.likely", number=number, other=other)))
    if first + waiting.rows < waiting.rows_in_all:
        options.append(Option(f"queue {of} {first + A_SCREEN}", Say("queue-next.later")))
    if first:
        options.append(Option(f"queue {of} {max(first - A_SCREEN, 0)}", Say("queue-next.earlier")))
    for other in (ALL, MINE, OVERDUE):
        count = waiting.narrowed.get(other, 0)
        if other != of and count:
            options.append(Option(f"queue {other}", say("queue-next.of", of=label(other), count=count)))
    return Redirect(await ask(QUEUE_NEXT.of(*options, Option(MENU, Say("queue-next.menu")))))


def _reasons(row: ToCall) -> Say:
    """All that the family waits for, in a line."""
    reasons = [why(row.reason, row.wished), *_whys(row.also)]
    papers = [Say("queue-next.papers-wait")] if row.papers is not None else []
    return reduce(lambda said, also: say("common.and-also", said=said, also=also), [*reasons, *papers])


def _whys(reasons: Iterable[Reason]) -> list[Say]:
    return [why(one, None) for one in reasons]


def _whom(row: ToCall) -> Whom:
    return Whom(row.number) if row.number else Whom(task=row.task)


QUEUE_NEXT = Finds(name="queue-next", type=str, example=MENU)


@dataclass(frozen=True, kw_only=True)
class _Sought(Typed[str]):
    """A name, a phone or a number; only a bare number may stand on a messenger."""

    on_page: bool = True

    def discreet(self, value: str) -> bool:
        return isinstance(parse_number(value), ReportNumber) or (value.isdecimal() and len(value) <= FEW)


FEW = 4
"""So many digits say nothing to a stranger."""

SOUGHT = _Sought(name="sought", type=str, example="Петренко", parser=partial(parse.short_text, limit=LONGEST))
FOUND = Finds(name="found", type=str, example=MENU)


async def find() -> Redirect:
    """A whole number opens its case at once; all else shows whom it may mean, by full name and birth date."""
    text = await ask(SOUGHT)
    found = await look_up(Find(text))
    if isinstance(parse_number(text), ReportNumber) and len(found.hits) == 1:
        return Redirect(f"case {found.hits[0].number}")
    await tell("find-count", count=len(found.hits))
    options = []
    for hit in found.hits:
        number = str(hit.number)
        name, born, relative = Private(hit.name), private_day(hit.born), Private(hit.relative)
        await tell("find-hit", number=number, name=name, born=born, relative=relative)
        options.append(Option(f"case {number}", say("found.case", who=named(hit.name, number))))
    for center in found.elsewhere:
        await tell("find-elsewhere", center=Say(f"center-{center}"))
    if not found.whole:
        await tell("find-unread")
    chosen = FOUND.of(*options, Option("find", Say("found.find")), Option(MENU, Say("found.menu")))
    return Redirect(await ask(chosen))


def _which(text: str) -> ReportNumber | str | Unclear:
    """A report's number; a name, a telephone or the last four digits are looked for."""
    number, sought = parse_number(text), parse.short_text(text, LONGEST)
    if isinstance(number, ReportNumber) or isinstance(sought, Unclear):
        return number
    few = sum(map(str.isdecimal, text)) in (0, FEW)
    return sought if few or not isinstance(parse.phone(text), Unclear) else number


WHICH_CASE = ReportByNumber[ReportNumber | str](
    name="number", type=ReportNumber | str, example=make_number(1234567), parser=_which
)


async def case() -> OpenCase | Redirect:
    which = await at_hand(WHICH_CASE)
    return OpenCase(which) if isinstance(which, ReportNumber) else Redirect(f"find {which}")


OPENED = Finds(name="opened", type=str, example=MENU)


async def opened() -> Redirect:
    """What can follow on a card."""
    number = await ask(NUMBER)
    role = await look_up(Acting())
    alike = await look_up(AlikeTo(number))
    may = role.commands if role else ()
    names: list[str] = [name for name in ("call", "take", "note", "details", "kinship", "update") if name in may]
    names += ["serve"] if "walkin" in may else []
    options = [Option(name, Say(f"opened.{name}")) for name in names]
    options += [Option(f"join {number} {other}", say("opened.join", other=str(other))) for other in alike.numbers]
    asked = await look_up(InquiriesOfCase(number))
    for one in asked.waiting:
        await tell("case-inquiry", **line(one, asked.today).args)
        options.append(Option(f"inquired {one.id}", say("opened.inquired", number=one.named)))
    if alike.joined:
        options.append(Option("part", Say("opened.part")))
    chosen = await ask(OPENED.about(number).of(*options, Option(MENU, Say("opened.menu"))))
    return Redirect(chosen if chosen == MENU or " " in chosen else f"{chosen} {number}")


async def take() -> Take:
    return Take(await at_hand(NUMBER))


NOTE = Typed(name="note", type=str, example="—", on_page=True, parser=partial(parse.free_text, limit=3000))


async def note() -> AddNote:
    return AddNote(await at_hand(NUMBER), await ask(NOTE))


def whom(text: str) -> Whom | str | Unclear:
    """A report's number, or "t17" for a call without one; a name, a telephone or four digits are looked for."""
    if text[:1] == "t" and text[1:].isascii() and text[1:].isdecimal() and len(text) < 20:
        return Whom(task=CallId(int(text[1:])))
    number = _which(text)
    return Whom(number) if isinstance(number, ReportNumber) else number


WHOM = Typed[Whom | str](name="call-whom", type=Whom | str, example=Whom(make_number(1234567)), parser=whom)


@dataclass(frozen=True, slots=True)
class Spoken:
    """They spoke, and this is what colleagues should know of it."""

    note: str


Came = Reached | Literal["sent", "announce", "passed", "not-passed"] | Spoken
"""What came of a call; "sent": first what the family sent is heard or seen; "announce": first they are
told that a call comes; "passed": whom the relative named says that
they pass it on."""


@dataclass(frozen=True, kw_only=True)
class _How(Choice[Came]):
    """What came of a call; words are a note on the talk."""

    type: Any = Came
    example: Came = Reached.REACHED

    def read(self, said: Said, so_far: Came | None, words: Spellings) -> Took[Came] | Unclear:
        took = super().read(said, so_far, words)
        if not isinstance(took, Unclear) or not isinstance(said, Text):
            return took
        note = parse.free_text(said.text, 3000)
        return note if isinstance(note, Unclear) else Took(Spoken(note))

    def refused(self, value: Came) -> Unclear | None:
        return None if isinstance(value, Spoken) else super().refused(value)

    def show(self, value: Came) -> Say | str:
        return value.note if isinstance(value, Spoken) else super().show(value)


HOW = _How(name=Asked.CALL_HOW)
AGREED = Choice(name="call-confirms", type=YesNo, example=YesNo.NO)
AGAIN = Typed(
    name=Asked.CALL_AGAIN,
    type=datetime,
    example=datetime.fromisoformat("2026-11-25T10:00:00+02:00"),
    parser=lambda text: Unclear("unclear-moment"),
)


def again(now: datetime) -> Question[datetime]:
    """When to call again: after now, by Kyiv's clock."""
    return replace(AGAIN, parser=lambda text: parse.moment(text, now, KYIV))


CALL_WHICH = Choice(name="call-which", type=str, example="this")


async def call() -> RecordCall | RecordGoBetween | AnnounceCall | OpenSent | Redirect:
    """Whom to call and why; then what came of it."""
    family = await ask(WHOM)
    if isinstance(family, str):
        return Redirect(f"find {family}")
    known = await look_up(ToBeCalled(family))
    relative = Private(known.relative) if known.relative else Say("call-family.no-name")
    phone = Private(known.phone) if known.phone else Say("call-family.no-phone")
    if known.number:
        missing = Private(known.missing)
        await tell("call-family", number=str(known.number), relative=relative, phone=phone, missing=missing)
    elif known.elsewhere:
        await tell("call-family-elsewhere", relative=relative, phone=phone, center=Say(f"center-{known.elsewhere}"))
    else:
        await tell("call-family-alone", relative=relative, phone=phone)
    if known.another:
        await tell("call-another-meanwhile")
    if not known.phone:
        await tell("call-no-phone")
    if known.minor is not None:
        await tell("call-minor")
        await say_all(minor_line(known.minor))
    if known.written is not None:
        await tell("call-written", id=str(known.written))
    for task in known.tasks:
        line = due(task)
        await tell(line.name, **line.args)
    for written in known.lines:
        line = sent(written)
        await tell(line.name, **line.args)
    for update in known.untold:
        since = AtTime(update.released_at, style="day")
        if update.withdraws is not None:
            await tell("call-untold-withdrawn", on=AtTime(update.withdraws, style="day"))
            continue
        await tell(
            "call-untold-held" if update.held else "call-untold",
            level=update.level,
            on=since,
            text=Private(update.text),
        )
    for other in known.others:
        reasons = reduce(lambda said, also: say("common.and-also", said=said, also=also), _whys(other.reasons))
        await tell("call-other", number=str(other.number), relative=Private(other.relative), reason=reasons)
    if known.others and not known.tasks:
        ways = (
            Option(f"call {one.number}", say("call-which.other", who=named(one.relative, str(one.number))))
            for one in known.others
        )
        this = Option("this", say("call-which.this", who=named(known.relative, str(known.number))))
        chosen = await ask(CALL_WHICH.about(family).of(*ways, this))
        if chosen != "this":
            return Redirect(chosen)
    enclosed = ("sent",) if any(line.file for line in known.lines) else ()
    if known.word_until is not None:
        await tell("call-word-say", word=Private(known.word), until=AtTime(known.word_until, style="time"))
    asked: tuple[str, ...] = () if known.word_until is not None else ("announce",)
    if known.go_between is not None:
        name, number = Private(known.go_between.name), Private(known.go_between.phone)
        await tell("call-go-between", name=name, phone=number, relative=relative)
        asked = (*asked, "passed", "not-passed")
    offered = (Option(str(way), Say(f"call-how.{way}")) for way in (*asked, *enclosed, *Reached))
    how = await ask(HOW.about(family).of(*offered))
    if how == "sent":
        return OpenSent(family)
    if how == "announce":
        return AnnounceCall(family)
    if how == "passed" or how == "not-passed":
        return RecordGoBetween(family, passes=how == "passed")
    if how is Reached.REACHED or isinstance(how, Spoken):
        note = how.note if isinstance(how, Spoken) else ""
        for visit in known.visits:
            question = AGREED.about(visit.number).told(number=str(visit.number), at=AtTime(visit.starts_at))
            if await ask(question) is YesNo.YES:
                return RecordCall(family, Reached.REACHED, note=note, confirms=visit.number)
        return RecordCall(family, Reached.REACHED, note=note)
    if how is not Reached.AGAIN:
        return RecordCall(family, how)
    at = await ask(again(await look_up(Now())).about(family))
    return RecordCall(family, how, at)


OTHER = Typed(name="other-number", type=ReportNumber, example=make_number(7654321), parser=parse_number)
ONE_PERSON = Choice(name="one-person", type=YesNo, example=YesNo.NO)


async def join() -> Join | KeepApart:
    """Two reports side by side: one person, or two?"""
    number = await at_hand(NUMBER)
    other = await ask(OTHER)
    for side in (await look_up(SideBySide(number, other))).sides:
        await tell(
            "join-side",
            number=str(side.number),
            name=Private(side.name),
            born=private_day(side.born),
            relative=Private(side.relative),
            kinship=Say(f"kinship.{side.kinship}"),
            state=Say(f"kinship-state.{side.state}"),
        )
        if side.changed:
            await tell("join-side-changed", number=str(side.number))
    answer = await ask(ONE_PERSON.about(f"{number}.{other}"))
    return Join(number, other) if answer is YesNo.YES else KeepApart(number, other)


PART_SURE = Choice(name="part-sure", type=YesNo, example=YesNo.NO)


async def part() -> Part | Redirect:
    """Asked only of what was joined."""
    number = await at_hand(NUMBER)
    if not (await look_up(AlikeTo(number))).joined:
        return Part(number)
    if await ask(PART_SURE.about(number)) is YesNo.YES:
        return Part(number)
    return Redirect(f"opened {number}")
