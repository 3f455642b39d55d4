"""How staff note what they asked about cases, and how a relative opens the word that came of it."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from casework.asked import Asked
from casework.cases.at_hand import AtHand
from casework.checks.noting import (
    LATEST_AGAIN,
    LONGEST_CHECK,
    MOST_CASES,
    FormerCheck,
    NoteCheck,
    NoteCheckInWords,
    WhoIsTold,
    subject,
)
from casework.checks.rule import FRESH
from casework.checks.telling import ReadNoNews
from casework.checks.values import CheckAnswer
from casework.ids import CheckId, NoNewsId
from casework.letters import OnDay, Private, Say, named, say
from casework.minors import SayAdult, SayUnder18
from casework.numbers import ReportNumber, make_number, parse_number
from casework.queries import Today
from casework.reference import Structures
from casework.updates.forbidden_words import stopped_by
from casework.updates.values import Office
from casework.values import PartialDate, Precision, Unclear
from dialogs import answers as parse
from dialogs.ages import asked_age
from dialogs.questions import Choice, Option, Question, Spellings, Typed, YesNo
from dialogs.routing import Redirect
from dialogs.said import Press, Said
from dialogs.script import answered, ask, look_up, tell

NEVER: Final = date(1970, 1, 1)
"""In the place of a day on which nobody asks again."""

WITHOUT: Final = ""
"""No words of one's own."""

_FORMER: Final = re.compile(r"\+(\d{1,18})")
_APART: Final = re.compile(r"[,;\s]+")


def cases_in(text: str) -> str | Unclear:
    """Numbers as they were copied out of a list, each once; "+17" is the list of the check 17."""
    said = text.strip()
    if _FORMER.fullmatch(said):
        return said
    found = []
    for part in filter(None, _APART.split(said)):
        number = parse_number(part)
        if isinstance(number, Unclear):
            return Unclear("unclear-checked-numbers", {"part": parse.shortened(part, 40)})
        found.append(number)
    if not 1 <= len(found) <= MOST_CASES:
        return Unclear("unclear-checked-many", {"most": MOST_CASES})
    return " ".join(dict.fromkeys(str(number) for number in found))


@dataclass(frozen=True, kw_only=True)
class _CheckDay(Typed[date]):
    """A whole day, or a button instead."""

    type: Any = date
    parser: Any = None

    def answer_of(self, option: str) -> date:
        return NEVER if option == "never" else date.fromisoformat(option)

    def show(self, value: date) -> Say | str:
        return Say(f"{self.message}.never") if value == NEVER else say("write-day", on=OnDay(value))


def _asked_on(text: str, today: date) -> date | Unclear:
    read = parse.day(text, today, centuries=(2000,))
    if isinstance(read, Unclear):
        return read
    if read.precision is not Precision.DAY:
        return Unclear("unclear-day-whole")
    return read.first if today - FRESH <= read.first <= today else Unclear("unclear-checked-on", {"days": FRESH.days})


def coming_day(text: str, today: date, most: timedelta) -> date | Unclear:
    """A day after today, with its year or without: "17.12", "17 грудня"."""
    for typed in (text, f"{text.rstrip(' .')} {today.year}", f"{text.rstrip(' .')} {today.year + 1}"):
        first, last = today + timedelta(days=1), today + most
        read = parse.day(typed, today, earliest=first, latest=last, centuries=(2000,))
        if isinstance(read, PartialDate) and read.precision is Precision.DAY:
            return read.first
    return Unclear("unclear-coming-day", {"days": most.days})


@dataclass(frozen=True, kw_only=True)
class _OwnWords(Typed[str]):
    """What relatives read beside the fixed words, or a button instead; never shown to staff outside the page."""

    on_page: bool = True

    def picked(self, said: Said, words: Spellings) -> str | None:
        return super().picked(said, words) if isinstance(said, Press) else None

    def answer_of(self, option: str) -> str:
        return WITHOUT

    def show(self, value: str) -> Say | str:
        return Say(f"{self.message}.without") if value == WITHOUT else say("write-words", text=Private(value))


def own_words(text: str, number: str) -> str | Unclear:
    """Words to a family: not those that are never written."""
    read = parse.free_text(text, LONGEST_CHECK)
    if isinstance(read, Unclear):
        return read
    stopped = stopped_by(read)
    return Unclear("write-stopped", {"words": ", ".join(stopped), "number": number}) if stopped else read


CASES = Typed(name="checked-cases", type=str, example=str(make_number(1234567)), parser=cases_in)
BODY = Choice(name=Asked.CHECKED_BODY, type=str, example="nib")
ON = _CheckDay(name=Asked.CHECKED_ON, example=date(2026, 11, 20))
ANSWER = Choice(name="checked-answer", type=CheckAnswer, example=CheckAnswer.NOTHING_NEW)
AGAIN = _CheckDay(name=Asked.CHECKED_AGAIN, example=date(2026, 12, 17))
WORDS = _OwnWords(
    name=Asked.CHECKED_WORDS,
    type=str,
    example=WITHOUT,
    parser=lambda text: Unclear("unclear-text-wanted"),
    among=(Option("without", Say("checked-words.without")),),
)
NOW = Choice(name="checked-now", type=YesNo, example=YesNo.NO)


def _on(today: date) -> Question[date]:
    return replace(ON, parser=partial(_asked_on, today=today))


def _again(today: date) -> Question[date]:
    soon = [today + timedelta(days=14), today + timedelta(days=28)]
    days = [Option(day.isoformat(), say("write-day", on=OnDay(day))) for day in soon]
    asked = AGAIN.of(*days, Option("never", Say("checked-again.never")))
    return replace(asked, parser=partial(coming_day, today=today, most=LATEST_AGAIN))


async def checked() -> NoteCheck | NoteCheckInWords | Redirect:
    """Whom a member asked about which cases, when, and with which answer; then when the relatives are told."""
    named_cases, body = await _cases(), ""
    if former := _FORMER.fullmatch(named_cases):
        before = await look_up(FormerCheck(CheckId(int(former[1]))))
        numbers, body = before.numbers, before.body
    else:
        numbers = tuple(ReportNumber(one.replace("-", "")) for one in named_cases.split())
    who = await look_up(WhoIsTold(numbers))
    await tell("checked-begin", cases=who.cases, relatives=who.told, voice=who.by_voice)
    about, today = subject(numbers), await look_up(Today())
    if not body:
        bodies = (*Office, *await look_up(Structures()))
        body = await ask(BODY.about(about).of(*(Option(one, Say(f"update-source.{one}")) for one in bodies)))
    else:
        await tell("checked-again-body", body=Say(f"update-source.{body}"))
    on = await ask(_on(today).about(about))
    answer = await ask(ANSWER.about(about))
    if answer is CheckAnswer.SOMETHING:
        return NoteCheck(numbers, body, on, answer)
    day = await ask(_again(today).about(about))
    again = None if day == NEVER else day
    words = WITHOUT
    if len(numbers) == 1 and answer is CheckAnswer.NOTHING_NEW:
        number = str(numbers[0])
        words = await ask(replace(WORDS, parser=partial(own_words, number=number)).about(about))
    now = await ask(NOW.about(about)) is YesNo.YES
    if words != WITHOUT:
        return NoteCheckInWords(numbers[0], body, on, again, words, now)
    return NoteCheck(numbers, body, on, answer, again, now)


async def _cases() -> str:
    """As typed, or one of those that the member opened last."""
    if await answered(CASES):
        return await ask(CASES)
    near = await look_up(AtHand())
    options = (Option(str(one.number), say("number.one", who=named(one.name, str(one.number)))) for one in near)
    return await ask(CASES.of(*options))


WORD = Typed(
    name="read-word",
    type=NoNewsId,
    example=NoNewsId(1),
    parser=lambda text: NoNewsId(int(text)) if text.isdecimal() and len(text) < 19 else Unclear("unclear-choice"),
)


async def word() -> ReadNoNews | SayAdult | SayUnder18:
    """Behind the button of the neutral line."""
    word = await ask(WORD)
    return await asked_age(f"word {word}") or ReadNoNews(word)
