"""What a relative has told, as staff read it: every answer with its author and time, and what was said before it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from casework.account import STANDING, Telling, answers, question
from casework.centers import KYIV
from casework.files import FileState
from casework.ids import FileId
from casework.letters import AtTime, OnDay, Private, Say, private_day, say
from casework.registering import Report
from casework.values import PartialDate

if TYPE_CHECKING:
    from casework.work import Work


async def told_of(report: Report, work: Work) -> AsyncIterator[Say]:
    """The second part: each answer with who told it and when, and what was said before it; then the story, grown."""
    for name in STANDING:
        for answer in answers(report.tellings, name):
            by, on = await _teller(answer.telling, work), OnDay(answer.telling.at.astimezone(KYIV).date())
            for value in _values(name, answer.value):
                line = "case-told" if answer.stands else "case-told-before"
                yield say(line, what=Say(f"{question(name)}.label"), value=value, by=by, on=on)
    for telling in report.tellings:
        by, more = await _teller(telling, work), telling.account
        for one in more.known_as:
            value, on = Private(one.number), OnDay(telling.at.astimezone(KYIV).date())
            yield say("case-told", what=Say(f"numbers.{one.registry}"), value=value, by=by, on=on)
        parts = (("circumstances", more.circumstances, more.files), ("photo", (), more.photo))
        for name, texts, files in parts:
            if texts or files:
                what, text, count = Say(f"{name}.label"), Private("\n".join(texts)), await sent(files, work)
                yield say("case-story", what=what, text=text, files=count, by=by, at=AtTime(telling.at))


def _values(name: str, value: Any) -> Iterator[Say | Private | OnDay]:
    """An answer in words, under its question's choices; a list line by line."""
    match value:
        case None | ():
            yield Say("common.unknown" if value is None else "common.none")
        case bool():
            yield Say(f"military.{'yes' if value else 'no'}")
        case PartialDate():
            yield private_day(value)
        case tuple():
            yield from (Say(f"{question(name)}.{one}") for one in value)
        case StrEnum():
            yield Say(f"{name}.{value}")
        case _:
            yield Private(str(value))


async def sent(files: Sequence[FileId], work: Work) -> int:
    """How many of the files are here or on their way."""
    found = [await work.files.get(file) for file in files]
    return sum(file is not None and file.state is not FileState.REFUSED for file in found)


async def _teller(telling: Telling, work: Work) -> Say | Private:
    """Who told it: the family, or the member of staff who wrote it down for them."""
    return Say("case-by-family") if telling.by is None else Private(await work.staff.name(telling.by), keeps=True)
