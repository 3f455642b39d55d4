"""How an administrator keeps reference data: a center, a line, a step, a paper, a structure is added, worded anew from
a day on, or ended. Each command is in the audit; what is typed goes by the rules of `casework/house_style.py`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import reduce
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar

from casework.centers import CRISIS, HEADQUARTERS, KYIV, Center, Disclosure, Line
from casework.house_style import wrong_in
from casework.ids import CenterId, StructureId
from casework.letters import OnDay, Say, say
from casework.queries import Query
from casework.reference import LANGUAGES, PARTS, ReferenceEntry, Sort
from casework.refusal import Refusal
from casework.result import Result
from casework.seed import POSITIONS_APART
from casework.staff.proposals import Act, Prepared

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

Words = Mapping[str, Mapping[str, str]]
"""By language and part, as in `ReferenceEntry`."""

_TITLES = {
    Sort.STEP: "steps.",
    Sort.PAPER: "paper.",
    Sort.LINE: "which-line.",
    Sort.STRUCTURE: "specialist.",
    Sort.CANNED: "canned.",
}
_SHOWN = {
    Sort.STEP: ("steps.", "step-"),
    Sort.PAPER: ("paper.", "paper-of."),
    Sort.STRUCTURE: ("specialist.", "structure.", "specialist-for-", "bring-", "update-source."),
    Sort.CANNED: ("canned.", "canned-text-"),
}

FIRST = "first"
"""In place of the entry after which another stands: before all."""


@dataclass(frozen=True, slots=True)
class ShownEntry(Query[tuple[Say, ...]]):
    """An entry as it is read today, for whoever changes or ends it; of a line also which lines its step keeps. A
    line that cannot end is refused."""

    sort: Sort
    name: str
    example: ClassVar[tuple[Say, ...]] = (Say("common.unknown"),)


async def shown(query: ShownEntry, actor: Actor, work: Work) -> tuple[Say, ...]:
    if query.sort is Sort.LINE:
        return await _line_shown(query.name, work)
    return tuple(Say(f"{beginning}{query.name}") for beginning in _SHOWN[query.sort])


async def _line_shown(name: str, work: Work) -> tuple[Say, ...]:
    lines = [line for line in await work.centers.lines() if line.phone]
    ending = next(line for line in lines if line.name == name)
    _may_end(ending)
    listed = {entry.name for entry in work.book.today(Sort.LINE)}
    others = [one for one in lines if one.step == ending.step and one.name != name and one.name in listed]
    left = Say("line-ends-left" if others else "line-ends-none")
    first, *rest = (Say(f"line-{one.name}", {"phone": one.phone}) for one in (ending, *others))
    return (Say("line-ends"), first, left, *rest)


def _may_end(line: Line) -> None:
    if line.step in (CRISIS, HEADQUARTERS):
        raise Refusal("line-needed", line=Say(f"which-line.{line.name}"))


@dataclass(frozen=True, slots=True)
class KeepEntry:
    """A step, a paper or a structure from a day on; `name` None makes a new one. `after` names the entry that it
    follows in the list, or `FIRST`; None leaves it where it is, a new one at the end. `needed_by` are a paper's
    kinships, `traits` those of a structure. What is None stays as it was."""

    sort: Sort
    name: str | None
    words: Words | None
    since: date
    after: str | None = None
    needed_by: tuple[str, ...] | None = None
    traits: tuple[str, ...] | None = None


async def prepare_entry(command: KeepEntry, actor: Actor, work: Work) -> Prepared:
    before = work.book.version(command.sort, command.name) if command.name else None
    words = command.words or (before.words if before else {})
    return Prepared(replace(command, words=_checked(command.sort, words, before)))


async def show_entry(command: KeepEntry, work: Work) -> tuple[Say, ...]:
    """Every word of it in every language: any of them could carry a number or an address."""
    before = (Say(f"{_TITLES[command.sort]}{command.name}"),) if command.name else ()
    shown = [*before, *_words_of(command.words or {}), say("entry-shown.since", since=OnDay(command.since))]
    if command.needed_by:
        said = [Say(f"kinship.{one}") for one in command.needed_by]
        shown.append(say("entry-shown.for", kinships=reduce(_and, said)))
    if command.sort is Sort.STRUCTURE and command.traits is not None:
        traits = [Say(f"structure-traits.{one}") for one in command.traits] or [Say("common.none-chosen")]
        shown.append(say("entry-shown.traits", traits=reduce(_and, traits)))
    return tuple(shown)


def _and(said: Say, also: Say) -> Say:
    return say("common.and-also", said=said, also=also)


def _words_of(words: Words) -> tuple[Say, ...]:
    return tuple(
        say("entry-shown.part", language=Say(f"in-{language}"), text=text)
        for language, parts in words.items()
        for text in parts.values()
    )


async def keep_entry(command: KeepEntry, actor: Actor, work: Work) -> Result:
    staff = actor.acting
    before = work.book.version(command.sort, command.name) if command.name else None
    since = max(command.since, work.now.astimezone(KYIV).date())
    entry = ReferenceEntry(
        command.sort,
        command.name or "",
        _position(command, before, work),
        command.words or {},
        since=since,
        needed_by=(before.needed_by if before else ()) if command.needed_by is None else command.needed_by,
        traits=(before.traits if before else ()) if command.traits is None else command.traits,
        by=staff.id,
    )
    name = entry.name or await _add(entry, work)
    if entry.name:
        await work.reference.keep(entry)
    await work.audit.acted(actor, f"{command.sort}-kept")
    return Result((say("entry-done", what=Say(f"{_TITLES[command.sort]}{name}"), since=OnDay(since)),))


@dataclass(frozen=True, slots=True)
class EndEntry:
    """From that day on a step, a paper, a line or a structure stands in no list; old letters still speak of it. The
    lines that answer where a center has no number, and a person in despair, have no end: only another number. What
    begins that day or later stands for its first day, or its words would be gone. A paper that shows a kinship has no
    end while it does: that it shows none any more is a change that two sign. Visits that were booked with a
    structure stand until somebody calls them off."""

    sort: Sort
    name: str
    since: date


async def end_entry(command: EndEntry, actor: Actor, work: Work) -> Result:
    since = max(command.since, work.now.astimezone(KYIV).date())
    begins = work.book.begins(command.sort, command.name)
    if begins is not None:
        since = max(since, begins + timedelta(days=1))
    if command.sort is Sort.LINE:
        _may_end(next(line for line in await work.centers.lines() if line.name == command.name))
    ending = work.book.version(command.sort, command.name)
    if ending is not None and ending.needed_by:  # one alone would leave a kinship to be shown by less
        raise Refusal("paper-needed", paper=Say(f"paper.{command.name}"))
    await work.reference.end(command.sort, command.name, since)
    await work.audit.acted(actor, f"{command.sort}-ended")
    says = [say("entry-ended", what=Say(f"{_TITLES[command.sort]}{command.name}"), since=OnDay(since))]
    if command.sort is Sort.STRUCTURE and (booked := await _booked(StructureId(command.name), since, work)):
        says.append(say("structure-booked", count=booked, since=OnDay(since)))
    return Result(tuple(says))


async def _booked(structure: StructureId, since: date, work: Work) -> int:
    """How many visits to it stand on that day and later."""
    starts = datetime.combine(since, time(), tzinfo=KYIV)
    found = await work.bookings.between(starts, starts + timedelta(days=366))
    return sum(one.structure == structure and one.stands for one in found)


@dataclass(frozen=True, slots=True)
class NewCenter:
    """A center that opens: in which city, who may learn its address, when it works, and for which region it answers
    from which day. Its telephone takes two people, its specialists are added by `/staff`."""

    words: Words
    city: tuple[float, float]
    disclosure: Disclosure
    hours: tuple[time, time]
    region: str
    since: date


async def prepare_center(command: NewCenter, actor: Actor, work: Work) -> Prepared:
    return Prepared(replace(command, words=_checked(Sort.CENTER, command.words, None)))


async def show_center(command: NewCenter, work: Work) -> tuple[Say, ...]:
    opens, closes = (f"{at:%H:%M}" for at in command.hours)
    shown = say(
        "proposal-center",
        disclosure=Say(f"center-disclosure.{command.disclosure}"),
        opens=opens,
        closes=closes,
        region=Say(f"region-{command.region}"),
        since=OnDay(command.since),
    )
    return (*_words_of(command.words), shown)


async def new_center(command: NewCenter, actor: Actor, work: Work) -> Result:
    staff = actor.acting
    today = work.now.astimezone(KYIV).date()
    entry = ReferenceEntry(Sort.CENTER, "", _last(Sort.CENTER, work), command.words, since=today, by=staff.id)
    name = CenterId(await _add(entry, work))
    opens, closes = command.hours
    await work.centers.keep(Center(name, (), (), *command.city, command.disclosure, opens=opens, closes=closes))
    since = max(command.since, today)
    await work.centers.answers(name, command.region, since)
    await work.audit.acted(actor, "center-new")
    region = Say(f"region-{command.region}")
    return Result((say("center-opened", center=Say(f"center-{name}"), region=region, since=OnDay(since)),))


@dataclass(frozen=True, slots=True)
class NewLine:
    """A telephone line under one of the family's steps. Whoever signs has called it."""

    words: Words
    step: str
    phone: str


async def prepare_line(command: NewLine, actor: Actor, work: Work) -> Prepared:
    if work.book.version(Sort.STEP, command.step) is None:
        raise Refusal("unclear-choice-gone")
    return Prepared(replace(command, words=_checked(Sort.LINE, command.words, None)))


async def show_line(command: NewLine, work: Work) -> tuple[Say, ...]:
    shown = say("proposal-line", step=Say(f"steps.{command.step}"), phone=command.phone)
    return (*_words_of(command.words), shown)


async def new_line(command: NewLine, actor: Actor, work: Work) -> Result:
    today = work.now.astimezone(KYIV).date()
    entry = ReferenceEntry(Sort.LINE, "", _last(Sort.LINE, work), command.words, since=today, by=actor.acting.id)
    name = await _add(entry, work)
    await work.centers.keep_line(Line(name, command.phone, command.step))
    await work.audit.acted(actor, "line-new")
    return Result((say("line-done"), Say(f"line-{name}", {"phone": command.phone})))


async def _add(entry: ReferenceEntry, work: Work) -> str:
    """Keep a new entry, under a name of its first English words and the first number that is free. No message of
    `locales/` has a number in its name, so none is hidden by an entry."""
    first = next(iter(PARTS[entry.sort]))
    plain = re.sub(r"[^a-z]+", "-", entry.words["en"][first].lower()).strip("-")[:20].strip("-") or entry.sort.value
    for number in count(1):
        named = replace(entry, name=f"{plain}-{number}")
        if await work.reference.add(named):
            return named.name
    raise AssertionError("numbers do not end")


def _checked(sort: Sort, words: Words, before: ReferenceEntry | None) -> Words:
    """All the words that an entry of the sort has, in every language; what people type for it stays as it was."""
    kept: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        kept[language] = {}
        for part, most in PARTS[sort].items():
            text = words[language][part].strip()
            wrong = wrong_in(text, language)
            if wrong is not None or not 0 < len(text) <= most:
                raise Refusal("entry-not-said", word=wrong.word if wrong else text[:40])
            kept[language][part] = text
        if before is not None and "also" in before.words[language]:
            kept[language]["also"] = before.words[language]["also"]
    return kept


def _position(command: KeepEntry, before: ReferenceEntry | None, work: Work) -> int:
    if command.after is None:
        return before.position if before else _last(command.sort, work)
    others = [entry for entry in work.book.today(command.sort) if entry.name != command.name]
    if command.after == FIRST:
        return others[0].position - POSITIONS_APART if others else POSITIONS_APART
    names = [entry.name for entry in others]
    if command.after not in names:
        return _last(command.sort, work)
    place = names.index(command.after)
    if place + 1 == len(others):
        return others[place].position + POSITIONS_APART
    return (others[place].position + others[place + 1].position) // 2


def _last(sort: Sort, work: Work) -> int:
    return max((entry.position for entry in work.book.today(sort)), default=0) + POSITIONS_APART


ACTS = (
    Act("entry", KeepEntry, prepare_entry, show_entry),
    Act("center", NewCenter, prepare_center, show_center),
    Act("line", NewLine, prepare_line, show_line),
)
COMMANDS: dict[type, Any] = {
    KeepEntry: keep_entry,
    EndEntry: end_entry,
    NewCenter: new_center,
    NewLine: new_line,
}
QUERIES: dict[type, Any] = {ShownEntry: shown}
