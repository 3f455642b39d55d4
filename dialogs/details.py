"""The second part of registering: everything that may help the search, in any order, none compulsory, never twice."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any, TypeVar

from casework.account import Account, Body, KnownAs, Registry, Service, Sex
from casework.details import TellMore
from casework.files import RefusedFiles
from casework.ids import FileId
from casework.letters import Say
from casework.numbers import ReportNumber
from casework.queries import Today
from casework.registering import MyReport
from casework.values import PartialDate, Unclear
from dialogs import answers as parse
from dialogs.numbers import KnownNumbers, Numbers
from dialogs.questions import (
    LATER,
    UNKNOWN,
    Answer,
    Choice,
    Option,
    Question,
    Review,
    Several,
    Spellings,
    Story,
    Told,
    Took,
    Typed,
    YesNo,
    pick,
)
from dialogs.questions.question import LONG_AGO
from dialogs.reports import numbered
from dialogs.said import Press, Said, Text
from dialogs.script import ask, hear, look_up, tell

T = TypeVar("T")

LINE = 200
"""Characters of a short answer, such as a unit."""

SEX = Choice(name="sex", type=Sex, example=Sex.MAN, later=True)
MILITARY = Choice(name="military", type=YesNo, example=YesNo.YES, unknown=True, later=True)
SERVICE = Choice(name="service", type=Service, example=Service.ARMED_FORCES, unknown=True, later=True)


def _line(name: str, example: str, limit: int = LINE, kind: type[Typed[str]] = Typed) -> Typed[str]:
    return kind(
        name=name,
        type=str,
        example=example,
        unknown=True,
        later=True,
        parser=partial(parse.free_text if limit > LINE else parse.short_text, limit=limit),
        words_in_parts=limit // 8,  # words; the parser counts the letters
        coordinates="left out",
    )


UNIT = _line("unit", "А0000")
RANKS = (
    *("солдат", "старший солдат", "молодший сержант", "сержант", "старший сержант", "головний сержант"),
    *("лейтенант", "старший лейтенант", "капітан", "майор"),
)
"""The commonest, as documents have them; any other is typed."""


class _Rank(Typed[str]):
    """A rank: a button, or typed."""

    def options(self, so_far: Any) -> tuple[Option, ...]:
        return tuple(Option(f"r{place}", Say("rank.one", {"rank": rank})) for place, rank in enumerate(RANKS))

    def read(self, said: Said, so_far: Any, words: Spellings) -> Took[Any] | Unclear:
        chosen = next((option.id for option in self.options(None) if said == Press(option.id)), None)
        if chosen is None and isinstance(said, Text) and said.text.strip().isdecimal():
            chosen = pick(self.options(None), said, words)
        return super().read(said, so_far, words) if chosen is None else Took(RANKS[int(chosen[1:])])


RANK = _line("rank", "солдат", kind=_Rank)
LOST_ON = Typed(
    name="lost-on",
    type=PartialDate,
    example=PartialDate(2025, 3),
    unknown=True,
    later=True,
    parser=lambda text: Unclear("unclear-day"),
)
LOST_WHERE = replace(_line("lost-where", "Донеччина"), coordinates="refused")
CIRCUMSTANCES = Told(name="circumstances", unknown=True, later=True, coordinates="left out")
CAPTIVITY = replace(_line("captivity", "—", 2000), blank="captivity.none")
MARKS = replace(_line("marks", "—", 2000), blank="marks.none")
PHOTO = Told(
    name="photo", unknown=True, blank="photo.none", later=True, files_only=True, noun="photo", photos=5, example=Story()
)
NUMBERS = KnownNumbers(name="numbers", unknown=True, later=True)
SHARE = Several(name="share-with", among=tuple(Body), later=True, unknown=False)
REVIEW = Review(name="details-review", fixed=("number",))


def lost_on(today: date, born: PartialDate | None) -> Question[PartialDate]:
    """The day of the loss: not after today, not before the birth."""

    def check(day: PartialDate) -> Unclear | None:
        return Unclear("unclear-lost-before-born") if born and day.certainly_before(born) else None

    return replace(LOST_ON, parser=lambda text: parse.loss_day(text, today), check=check)


@dataclass
class _Telling:
    """One telling: what was told before is taken as given, what is told now is noted beside it."""

    number: ReportNumber
    before: Account | None
    refused: Mapping[FileId, str]
    unknown: list[str] = field(default_factory=list)

    async def answer(self, question: Question[T], known: T | None) -> T | None:
        """The answer, or None; what was told before is asked only if the person wants to change it. Whoever told
        something before comes first to the review, where what is missing can be told in any order."""
        given: Answer | None = None
        if known is not None:
            given = question.remember(Took(known), "", LONG_AGO)
        elif self.before is not None:
            given = Answer(None, "", LONG_AGO, UNKNOWN if question.message in self.before.unknown else LATER)
        step = await hear(question.about(self.number), given)
        if step.answer.kind == UNKNOWN:
            self.unknown.append(question.message)
        value: T | None = step.value
        return value

    async def story(self, question: Told, before: Story) -> Story:
        """What is told now; what was told before stays and is only added to."""
        asked = replace(question, before=before.without(self.refused), refused_files=self.refused, unknown=not before)
        return await self.answer(asked, Story() if before else None) or Story()

    async def numbers(self, told: Account) -> tuple[KnownAs, ...]:
        """The numbers told now; those from before stay."""
        words = (KnownAs(Registry.OTHER, told.numbers),) if told.numbers else ()
        before = (*words, *told.known_as)
        asked = replace(NUMBERS, before=before, unknown=not before)
        given = await self.answer(asked, Numbers() if before else None)
        return given.known if given else ()


async def details() -> TellMore:
    """Each answer is kept as it is given; what is not told now can be told later, or to an operator who calls."""
    number = await numbered()
    report = await look_up(MyReport(number))
    today = await look_up(Today())
    refused = await look_up(RefusedFiles())
    told = report.account or Account()
    now = _Telling(number, report.account, dict(refused))
    begin = "details-begin" if report.account is None else "details-again"
    await tell(begin, number=str(number), name=report.claim.name.full)
    sex = await now.answer(SEX, told.sex)
    who = str(sex or "unknown")
    military = await now.answer(MILITARY.told(sex=who), _yes_no(told.military))
    soldier = military == YesNo.YES
    service = unit = rank = None
    if soldier:
        service = await now.answer(SERVICE.told(sex=who), told.service)
        unit = await now.answer(UNIT, told.unit)
        rank = await now.answer(RANK, told.rank)
    day = await now.answer(lost_on(today, report.claim.born), told.lost_on)
    where = await now.answer(LOST_WHERE, told.lost_where)
    story = await now.story(CIRCUMSTANCES, Story(told.circumstances, told.files))
    captivity = await now.answer(CAPTIVITY, told.captivity)
    marks = await now.answer(MARKS.told(sex=who), told.marks)
    photo = await now.story(PHOTO, Story(files=told.photo))
    numbers = await now.numbers(told)
    share = await now.answer(SHARE, told.share_with if told.share_with is None else tuple(map(str, told.share_with)))
    await ask(REVIEW.about(number))
    return TellMore(
        number,
        Account(
            sex=sex,
            military=None if military is None else soldier,
            service=service,
            unit=unit,
            rank=rank,
            lost_on=day,
            lost_where=where,
            circumstances=story.texts,
            captivity=captivity,
            marks=marks,
            known_as=numbers,
            files=story.files,
            photo=photo.files,
            share_with=None if share is None else tuple(Body(body) for body in share),
            unknown=tuple(now.unknown),
        ),
    )


def _yes_no(value: bool | None) -> YesNo | None:
    if value is None:
        return None
    return YesNo.YES if value else YesNo.NO
