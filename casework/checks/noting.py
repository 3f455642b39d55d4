"""Noting a check: whom a member of staff asked about which cases, when, and with which answer.

In fixed words one member notes it: they say nothing of anybody, and one answer may be of hundreds of cases. What a
member adds in own words is of one case, passes the list of bad news, and goes nowhere until a second person has signed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final

from casework.asked import Asked
from casework.board import Row, Section
from casework.centers import KYIV
from casework.checks.rule import FRESH
from casework.checks.telling import tell
from casework.checks.values import CheckAnswer, ToAsk
from casework.ids import CaseId, CheckId, ReportId
from casework.letters import OnDay, Private, Say, say
from casework.numbers import ReportNumber, make_number
from casework.queries import Query
from casework.reference import Sort
from casework.refusal import Refusal
from casework.registering import for_staff
from casework.result import Result
from casework.staff.access import listed
from casework.staff.proposals import About, Act, Prepared
from casework.staff.relations import Facts
from casework.updates.forbidden_words import stopped_by
from casework.updates.values import Office

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

MOST_CASES: Final = 300
"""Cases of one check: a list that a body is asked."""

LATEST_AGAIN: Final = timedelta(days=90)
"""What is asked again later than that is told to nobody as a day."""

LONGEST_CHECK: Final = 500
"""Characters of a member's own words in a check."""


@dataclass(frozen=True, slots=True)
class CasesAsked:
    """Cases that were asked about. `told` is how many relatives may be told what came of it, `by_voice` in how many of
    the cases only a human speaks."""

    cases: int
    told: int
    by_voice: int


@dataclass(frozen=True, slots=True)
class WhoIsTold(Query[CasesAsked]):
    """How many relatives a check of these cases may reach."""

    numbers: tuple[ReportNumber, ...]
    example: ClassVar[CasesAsked] = CasesAsked(2, 3, 0)


async def who_is_told(query: WhoIsTold, actor: Actor, work: Work) -> CasesAsked:
    cases = await work.reports.cases_of(query.numbers)
    sides = await work.checks.sides(cases)
    told = sum(ground.entitled for ground in (await work.checks.told(sides)).values())
    by_voice = {side.case for side in sides if side.heard.by_voice}
    await work.audit.looked(actor, "to-check", cases=cases)
    return CasesAsked(len(set(cases)), told, len(by_voice))


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """A list that is asked again: of which body, and the cases that are still to be asked about."""

    body: str
    numbers: tuple[ReportNumber, ...]


@dataclass(frozen=True, slots=True)
class FormerCheck(Query[AskedBefore]):
    """A check of the member's center that is made again."""

    check: CheckId
    example: ClassVar[AskedBefore] = AskedBefore("nib", (make_number(1234567), make_number(7654321)))


async def former_check(query: FormerCheck, actor: Actor, work: Work) -> AskedBefore:
    former = await work.checks.get_to_ask(query.check)
    numbers = [await _number(case, actor, work) for case in former.cases] if former else []
    if former is None or not any(numbers):
        raise Refusal("checked-asked-already")
    return AskedBefore(former.body, tuple(number for number in numbers if number))


async def _number(case: CaseId, actor: Actor, work: Work) -> ReportNumber | None:
    """By which staff know the case; None if it is no longer their center's."""
    reports = await work.reports.in_case(case)
    facts = Facts.of(actor, work.now, centers=await work.reports.centers(case))
    return reports[0].number if reports and listed("FormerCheck", facts) else None


async def _named(numbers: Sequence[ReportNumber], work: Work) -> dict[CaseId, tuple[ReportNumber, ReportId]]:
    """Of each case that is named the first report that names it; nothing sealed is opened."""
    found: dict[CaseId, tuple[ReportNumber, ReportId]] = {}
    for number in numbers:
        report = await work.reports.whose(number)
        if report is not None:
            found.setdefault(report.case, (number, report.id))
    return found


@dataclass(frozen=True, slots=True)
class NoteCheck:
    """These cases were asked about. `now`: their relatives are told at once what came of it; else before the promise of
    a word to each of them runs out."""

    numbers: tuple[ReportNumber, ...]
    body: str
    on: date
    answer: CheckAnswer
    again: date | None = None
    now: bool = False


async def note_check(command: NoteCheck, actor: Actor, work: Work) -> Result:
    return await _noted(command, await _named(command.numbers[:MOST_CASES], work), "", actor, work)


@dataclass(frozen=True, slots=True)
class NoteCheckInWords:
    """One case was asked about, and nothing is new; what the relatives are told in the member's own words beside it."""

    number: ReportNumber
    body: str
    on: date
    again: date | None
    words: str
    now: bool = False

    @property
    def answer(self) -> CheckAnswer:
        return CheckAnswer.NOTHING_NEW


async def prepare_words(command: NoteCheckInWords, actor: Actor, work: Work) -> Prepared:
    report = await for_staff(command.number, actor, work, "case")
    _refuse_wrong(command, (command.number,), work)
    return Prepared(command, About(case=report.case, report=report.id))


async def show_words(command: NoteCheckInWords, work: Work) -> tuple[Say, ...]:
    body = Say(f"update-source.{command.body}")
    told = say("proposal-check", number=str(command.number), body=body, on=OnDay(command.on))
    return told, say("proposal-check-words", words=Private(command.words))


async def note_in_words(command: NoteCheckInWords, actor: Actor, work: Work) -> Result:
    return await _noted(command, await _named([command.number], work), command.words, actor, work)


async def _noted(
    command: NoteCheck | NoteCheckInWords,
    named: Mapping[CaseId, tuple[ReportNumber, ReportId]],
    words: str,
    actor: Actor,
    work: Work,
) -> Result:
    numbers, cases = tuple(number for number, _ in named.values()), [*named]
    _refuse_wrong(command, numbers, work)
    await work.checks.add(
        actor.acting.center,
        actor.acting.id,
        cases,
        body=command.body,
        on=command.on,
        answer=command.answer,
        again=command.again,
        words=words,
    )
    for case, (_, report) in named.items():
        await work.audit.acted(actor, "checked", case=case, report=report)
    says = [say("checked-done", cases=len(cases))]
    if command.answer is CheckAnswer.SOMETHING:
        says.append(say("checked-something", number=str(numbers[0])))
    elif command.now:
        told = await tell(await work.checks.sides(cases), work)
        says.append(say("checked-told", relatives=len(told)))
    else:
        says.append(say("checked-when-due"))
    return Result(tuple(says), keeps=True)


def _refuse_wrong(command: NoteCheck | NoteCheckInWords, numbers: Sequence[ReportNumber], work: Work) -> None:
    """`Refusal` of a body that is not there any more, of days that cannot be, and of words that are never written."""
    about, today = subject(numbers), work.now.astimezone(KYIV).date()
    if command.body not in set(Office) and not work.book.holds(Sort.STRUCTURE, command.body, today):
        raise Refusal("checked-body-gone", forget=(Asked.CHECKED_BODY.about(about),))
    if not today - FRESH <= command.on <= today:
        raise Refusal("unclear-checked-on", days=FRESH.days, forget=(Asked.CHECKED_ON.about(about),))
    if command.again is not None and not today < command.again <= today + LATEST_AGAIN:
        raise Refusal("unclear-checked-again", days=LATEST_AGAIN.days, forget=(Asked.CHECKED_AGAIN.about(about),))
    if isinstance(command, NoteCheckInWords) and (stopped := stopped_by(command.words)):
        said = Private(", ".join(stopped), keeps=True)  # of our own list
        forget = (Asked.CHECKED_WORDS.about(about),)
        raise Refusal("write-stopped", forget=forget, words=said, number=str(command.number))


def subject(numbers: Sequence[ReportNumber]) -> str:
    """What the questions of a check are about: the cases, or where there are many, the first and how many."""
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}.{len(numbers)}"


async def checks_section(actor: Actor, work: Work) -> Section | None:
    """For the board: whom the center promised families to ask again by today."""
    center = actor.acting.center
    today = work.now.astimezone(KYIV).date()
    due = await work.checks.to_ask(center, today) if center is not None else ()
    await work.audit.refreshed(actor, "board-checks", cases=[case for one in due for case in one.cases])
    return Section(Say("checks-board"), tuple(_row(one, today) for one in due)) if due else None


def _row(one: ToAsk, today: date) -> Row:
    late = "yes" if one.again < today else "no"
    told = say("checks-board.one", body=Say(f"update-source.{one.body}"), on=OnDay(one.again), late=late)
    cells = told, say("checks-cases", cases=len(one.cases))
    return Row(cells, ((Say("checks-board.again"), f"/checked {again(one.id)}"),))


def again(check: CheckId) -> str:
    """How a list that is asked again is named after the command."""
    return f"+{check}"


ACTS = (Act("check-words", NoteCheckInWords, prepare_words, show_words, private=True),)
COMMANDS: dict[type, Any] = {NoteCheck: note_check, NoteCheckInWords: note_in_words}
QUERIES: dict[type, Any] = {WhoIsTold: who_is_told, FormerCheck: former_check}
SECTIONS: dict[str, Any] = {"checks": checks_section}
