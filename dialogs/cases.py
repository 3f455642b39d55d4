"""How staff work on cases: queue, search, the card, notes, calls, reports of the same person.

Whatever names somebody is `Private`, and questions for free words are asked on the page only.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Literal

from casework.calls import why
from casework.cases.calling import OpenSent, RecordCall, ToBeCalled, Whom
from casework.cases.card import AddNote, OpenCase, Take, due, sent
from casework.cases.joining import AlikeTo, Join, Part, SideBySide
from casework.cases.kept import Reached
from casework.cases.queue import Queue, ToCall
from casework.cases.search import Find
from casework.centers import KYIV
from casework.ids import CallId
from casework.letters import AtTime, Private, Say, private_day, say
from casework.numbers import ReportNumber, make_number, parse_number
from casework.queries import Now
from casework.staff import Acting
from casework.values import Unclear
from dialogs import answers as parse
from dialogs.going import Go
from dialogs.questions import Choice, Option, Question, Typed, YesNo
from dialogs.reports import NUMBER
from dialogs.script import ask, look_up, tell

MENU = "menu"


async def queue() -> Go:
    """What waits at the own center, the oldest promise first."""
    waiting = await look_up(Queue())
    await tell("queue-head", calls=waiting.calls_in_all, papers=waiting.papers_in_all, likely=waiting.likely_in_all)
    options = []
    for row in waiting.calls:
        who = str(row.number) if row.number else Say("queue-next.no-number")
        await tell(
            "queue-call",
            number=who,
            reason=why(row.reason, row.wished),
            due=AtTime(row.due, style="short"),
            names=Private(f"{row.relative} → {row.missing}"),
        )
        options.append(Option(f"call {_whom(row)}", say("queue-next.call", number=who)))
    for look in waiting.papers:
        number, names = str(look.number), Private(f"{look.relative} → {look.missing}")
        await tell("queue-papers", number=number, since=AtTime(look.since, style="short"), names=names)
        if waiting.decides:
            options.append(Option(f"kinship {number}", say("queue-next.papers", number=number)))
    for pair in waiting.likely:
        number, other = str(pair.number), str(pair.other)
        await tell("queue-likely", number=number, other=other, score=pair.score, name=Private(pair.missing))
        options.append(Option(f"join {number} {other}", say("queue-next.likely", number=number, other=other)))
    return Go(await ask(QUEUE_NEXT.of(*options, Option(MENU, Say("queue-next.menu")))))


def _whom(row: ToCall) -> Whom:
    return Whom(row.number) if row.number else Whom(task=row.task)


QUEUE_NEXT = Choice(name="queue-next", type=str, example=MENU)


@dataclass(frozen=True, kw_only=True)
class _Sought(Typed[str]):
    """A name, a phone or a number; only a bare number may stand on a messenger."""

    on_page: bool = True

    def discreet(self, value: str) -> bool:
        return isinstance(parse_number(value), ReportNumber)


SOUGHT = _Sought(name="sought", type=str, example="Петренко", parser=partial(parse.short_text, limit=120))
FOUND = Choice(name="found", type=str, example=MENU)


async def find() -> Go:
    text = await ask(SOUGHT)
    found = await look_up(Find(text))
    await tell("find-count", count=len(found.hits))
    options = []
    for hit in found.hits:
        number = str(hit.number)
        name, born, relative = Private(hit.name), private_day(hit.born), Private(hit.relative)
        await tell("find-hit", number=number, name=name, born=born, relative=relative)
        options.append(Option(f"case {number}", say("found.case", number=number)))
    for center in found.elsewhere:
        await tell("find-elsewhere", center=Say(f"center-{center}"))
    chosen = FOUND.of(*options, Option("find", Say("found.find")), Option(MENU, Say("found.menu")))
    return Go(await ask(chosen))


async def case() -> OpenCase:
    return OpenCase(await ask(NUMBER))


OPENED = Choice(name="opened", type=str, example=MENU)


async def opened() -> Go:
    """What can follow on a card."""
    number = await ask(NUMBER)
    role = await look_up(Acting())
    alike = await look_up(AlikeTo(number))
    may = role.commands if role else ()
    names = [name for name in ("call", "take", "note", "details", "kinship", "update") if name in may]
    options = [Option(name, Say(f"opened.{name}")) for name in names]
    options += [Option(f"join {number} {other}", say("opened.join", other=str(other))) for other in alike.numbers]
    if alike.joined:
        options.append(Option("part", Say("opened.part")))
    chosen = await ask(OPENED.about(number).of(*options, Option(MENU, Say("opened.menu"))))
    return Go(chosen if chosen == MENU or " " in chosen else f"{chosen} {number}")


async def take() -> Take:
    return Take(await ask(NUMBER))


NOTE = Typed(name="note", type=str, example="—", on_page=True, parser=partial(parse.free_text, limit=3000))


async def note() -> AddNote:
    return AddNote(await ask(NUMBER), await ask(NOTE))


def whom(text: str) -> Whom | Unclear:
    """A report's number, or "t17" for a call without one."""
    if text[:1] == "t" and text[1:].isascii() and text[1:].isdecimal() and len(text) < 20:
        return Whom(task=CallId(int(text[1:])))
    number = parse_number(text)
    return Whom(number) if isinstance(number, ReportNumber) else number


WHOM = Typed(name="call-whom", type=Whom, example=Whom(make_number(1234567)), parser=whom)
HOW: Choice[Reached | Literal["sent"]] = Choice(
    name="call-how", type=Reached | Literal["sent"], example=Reached.REACHED
)
AGAIN = Typed(
    name="call-again",
    type=datetime,
    example=datetime.fromisoformat("2026-11-25T10:00:00+02:00"),
    parser=lambda text: Unclear("unclear-moment"),
)


def again(now: datetime) -> Question[datetime]:
    """When to call again: after now, by Kyiv's clock."""
    return replace(AGAIN, parser=lambda text: parse.moment(text, now, KYIV))


async def call() -> RecordCall | OpenSent:
    """Whom to call and why; then what came of it."""
    family = await ask(WHOM)
    known = await look_up(ToBeCalled(family))
    await tell(
        "call-family",
        number=str(known.number) if known.number else Say("queue-next.no-number"),
        relative=Private(known.relative),
        phone=Private(known.phone),
        missing=Private(known.missing),
    )
    for task in known.tasks:
        line = due(task)
        await tell(line.name, **line.args)
    for written in known.lines:
        line = sent(written)
        await tell(line.name, **line.args)
    enclosed = ("sent",) if any(line.file for line in known.lines) else ()
    how = await ask(HOW.about(family).of(*(Option(str(way), Say(f"call-how.{way}")) for way in (*enclosed, *Reached))))
    if how == "sent":
        return OpenSent(family)
    if how is not Reached.AGAIN:
        return RecordCall(family, how)
    at = await ask(again(await look_up(Now())).about(family))
    return RecordCall(family, how, at)


OTHER = Typed(name="other-number", type=ReportNumber, example=make_number(7654321), parser=parse_number)
ONE_PERSON = Choice(name="one-person", type=YesNo, example=YesNo.NO)


async def join() -> Join:
    """Two reports side by side: one person, or two?"""
    number = await ask(NUMBER)
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
    return Join(number, other, one=answer is YesNo.YES)


PART_SURE = Choice(name="part-sure", type=YesNo, example=YesNo.NO)


async def part() -> Part | Go:
    """Asked only of what was joined."""
    number = await ask(NUMBER)
    if not (await look_up(AlikeTo(number))).joined:
        return Part(number)
    if await ask(PART_SURE.about(number)) is YesNo.YES:
        return Part(number)
    return Go(f"opened {number}")
