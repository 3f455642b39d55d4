"""How staff write an update: how sure it is, what it is about, whose words it is, the words; then they sign."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Literal

from casework.asked import Asked
from casework.letters import OnDay, Private, Say
from casework.numbers import ReportNumber
from casework.queries import Today
from casework.reference import Structures
from casework.stages import CaseStage
from casework.updates.reach import HowReached
from casework.updates.stages import Capacity, StageChange, Subject
from casework.updates.standing import SAYS, CaseStanding, goes_back, subjects
from casework.updates.values import Level, Manner, Office, Source, Statement, signature
from casework.updates.writing import (
    BeginUpdate,
    WriteUpdate,
)
from casework.values import Unclear
from dialogs import answers as parse
from dialogs.questions import Choice, Option, Question, Review, Typed, YesNo
from dialogs.reports import NUMBER, at_hand
from dialogs.routing import Redirect
from dialogs.script import answered, ask, look_up, tell
from dialogs.updates.questions import (
    INVITE,
    NONE,
    SIGNING,
    StatementWords,
    WholeDay,
    statement_text,
    tell_former,
    tell_reach,
    tell_readers,
    whole_day,
)

LONGEST_WHY = 500
"""Characters in which the author tells colleagues why a case goes back."""

LEVEL = Choice(name="update-level", type=Level, example=Level.NIB)
SUBJECT = Choice(name="update-subject", type=str, example=NONE)
STAGE = Choice(name="update-stage", type=str, example=NONE)
ALIVE = Choice(name="update-alive", type=YesNo, example=YesNo.YES)
CAPACITY = Choice(name="update-capacity", type=Capacity, example=Capacity.SERVING)
WHY_BACK = Typed(
    name="write-stage-why", type=str, example="—", on_page=True, parser=partial(parse.free_text, limit=LONGEST_WHY)
)
FROM_ANSWER = Choice(name="write-from-answer", type=YesNo, example=YesNo.YES)
BODY = Choice(name="update-source", type=str, example="nib")
MANNER = Choice(name="update-manner", type=Manner, example=Manner.DOCUMENT)
ON = WholeDay(name="write-on", type=date, example=date(2026, 11, 20), parser=lambda text: Unclear("unclear-day"))
TEXT = StatementWords(
    name=Asked.UPDATE_TEXT,
    type=str,
    example="Ім’я внесено до реєстру.",
    parser=lambda text: Unclear("unclear-text-wanted"),
    among=(Option("invite", Say("write-text.invite")),),
)
ENGLISH = StatementWords(
    name=Asked.UPDATE_ENGLISH,
    type=str,
    example="The name is in the register.",
    parser=lambda text: Unclear("unclear-text-wanted"),
    among=(Option("without", Say("write-english.without")),),
)
REVIEW = Review(name=Asked.UPDATE_REVIEW, fixed=("number",), on_page=True)


def statement_words(question: StatementWords, about: object, number: ReportNumber) -> Question[str]:
    """The question about one case, or one update of it: with the rule on bad news."""
    return replace(question, parser=partial(statement_text, number=str(number))).about(about)


def _on(today: date) -> Question[date]:
    return replace(ON, parser=lambda text: whole_day(text, today))


async def update() -> WriteUpdate | Redirect:
    """Level, source, words; then the author signs what they see, and whom it would reach."""
    number = await at_hand(NUMBER)
    begun = await look_up(BeginUpdate(number))
    today = await look_up(Today())
    recipients = len(begun.recipients)
    if not recipients:
        await tell("write-nobody", number=str(number))
        return Redirect("menu")
    await tell("write-begin", number=str(number), name=Private(begun.name), recipients=recipients)
    await tell_readers(begun.readers)
    if begun.former is not None:
        await tell_former(begun.former, begun.reason)
    earlier = LEVEL.about(number)
    begun_before = await answered(earlier)  # under a release that asked for no subject and no stage: it goes on so
    level = await ask(earlier if begun_before else LEVEL.about(f"{number}:stages"))
    about = NONE
    if not begun_before:
        about = await ask(SUBJECT.about(number).of(*_options("update-subject", subjects(level))))
    source = await _source(number, begun.answer, today)
    stage = None if begun_before else await _stage(number, level, source.on, begun.standing)
    if stage == INVITE:
        return Redirect(f"invitation {number}")
    text = await ask(statement_words(TEXT, number, number))
    if text == INVITE:
        return Redirect(f"invitation {number}")
    english = await ask(statement_words(ENGLISH, number, number))
    await ask(REVIEW.about(number))
    subject = None if about == NONE else Subject(about)
    statement = Statement(level, source, text, english, subject, stage)
    seen = signature(begun.case, statement, begun.recipients)
    await tell("write-reach", recipients=recipients)
    await tell_reach(await look_up(HowReached(number, level)))
    await ask(SIGNING.about(number).seeing(seen, "sign"))
    return WriteUpdate(number, statement, seen)


async def _source(number: ReportNumber, answer: Source | None, today: date) -> Source:
    """Whose words these are; filled in where an inquiry was answered of which no update tells yet."""
    if answer is not None:
        await tell("write-answered", body=Say(f"update-source.{answer.body}"), on=OnDay(answer.on))
        if await ask(FROM_ANSWER.about(f"{number}.{answer.body}.{answer.on}")) is YesNo.YES:
            return answer
    bodies = (*Office, *await look_up(Structures()))
    body = await ask(BODY.about(number).of(*(Option(one, Say(f"update-source.{one}")) for one in bodies)))
    manner = await ask(MANNER.about(number))
    return Source(body, manner, await ask(_on(today).about(number)))


def _options(message: str, among: Sequence[str]) -> Sequence[Option]:
    return [Option(one, Say(f"{message}.{one}")) for one in (*among, NONE)]


async def _stage(
    number: ReportNumber, level: Level, on: date, standing: CaseStanding | None
) -> StageChange | Literal["/invitation"] | None:
    """Where the case stands from now on, as far as what is so sure can bear it. "Located" is told only where the source
    says that the person is alive, and as what; else the family is invited."""
    if not SAYS[level]:
        return None
    if standing is not None:
        await tell("write-standing", stage=Say(f"update-stage.{standing.change.stage}"), on=OnDay(standing.sourced))
    chosen = await ask(STAGE.about(number).of(*_options("update-stage", SAYS[level])))
    if chosen == NONE:
        return None
    stage, capacity, why = CaseStage(chosen), None, ""
    if stage is CaseStage.LOCATED:
        if await ask(ALIVE.about(number)) is YesNo.NO:
            await tell("write-located", number=str(number))
            return INVITE
        capacity = await ask(CAPACITY.about(number))
    if standing is not None and goes_back(stage, on, standing):
        await tell("write-goes-back")
        why = await ask(WHY_BACK.about(number))
    return StageChange(stage, capacity, standing.update if standing is not None else None, why)
