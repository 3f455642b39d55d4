"""The second part of registering: everything that may help the search, each question on its own, none compulsory."""

from dataclasses import replace
from datetime import date
from functools import partial

from casework.queries import Today
from casework.registering import Account, Body, MyReport, Service, Sex, TellMore
from casework.values import PartialDate, Unclear
from dialogs import answers as parse
from dialogs.questions import Choice, Question, Review, Several, Story, Told, Typed, YesNo
from dialogs.reports import NUMBER
from dialogs.script import ask, look_up, perhaps, tell

LINE = 200
"""Characters of a short answer, such as a unit."""

SEX = Choice(name="sex", type=Sex, example=Sex.MAN, later=True)
MILITARY = Choice(name="military", type=YesNo, example=YesNo.YES, unknown=True, later=True)
SERVICE = Choice(name="service", type=Service, example=Service.ARMED_FORCES, unknown=True, later=True)


def _line(name: str, example: str, limit: int = LINE) -> Typed[str]:
    return Typed(
        name=name,
        type=str,
        example=example,
        unknown=True,
        later=True,
        parser=partial(parse.free_text if limit > LINE else parse.short_text, limit=limit),
        joins=limit // 8,  # words; the parser counts the letters
    )


UNIT = _line("unit", "А0000")
RANK = _line("rank", "солдат")
LOST_ON = Typed(
    name="lost-on",
    type=PartialDate,
    example=PartialDate(2025, 3),
    unknown=True,
    later=True,
    parser=lambda text: Unclear("unclear-day"),
)
LOST_WHERE = _line("lost-where", "Донеччина")
CIRCUMSTANCES = Told(name="circumstances", unknown=True, later=True)
CAPTIVITY = _line("captivity", "—", 2000)
MARKS = _line("marks", "—", 2000)
PHOTO = Told(name="photo", unknown=True, later=True, files_only=True, photos=5, example=Story())
NUMBERS = _line("numbers", "—", 1000)
SHARE = Several(name="share-with", among=tuple(Body), later=True, unknown=False)
REVIEW = Review(name="details-review", fixed=("number",))


def lost_on(today: date, born: PartialDate | None) -> Question[PartialDate]:
    """The day of the loss: not after today, not before the birth."""

    def check(day: PartialDate) -> Unclear | None:
        return Unclear("unclear-lost-before-born") if born and day.certainly_before(born) else None

    return replace(LOST_ON, parser=lambda text: parse.day(text, today), check=check)


async def details() -> TellMore:
    """Each answer is kept as it is given; what is not told now can be told later, or to an operator who calls."""
    number = await ask(NUMBER)
    report = await look_up(MyReport(number))
    today = await look_up(Today())
    await tell("details-begin", number=str(number), name=report.claim.name.full)
    sex = await perhaps(SEX.about(number))
    military = await perhaps(MILITARY.about(number))
    soldier = military == YesNo.YES
    service = unit = rank = None
    if soldier:
        service = await perhaps(SERVICE.about(number))
        unit = await perhaps(UNIT.about(number))
        rank = await perhaps(RANK.about(number))
    day = await perhaps(lost_on(today, report.claim.born).about(number))
    where = await perhaps(LOST_WHERE.about(number))
    story = await perhaps(CIRCUMSTANCES.about(number)) or Story()
    captivity = await perhaps(CAPTIVITY.about(number))
    marks = await perhaps(MARKS.about(number))
    photo = await perhaps(PHOTO.about(number)) or Story()
    numbers = await perhaps(NUMBERS.about(number))
    share = await perhaps(SHARE.about(number)) or ()
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
            numbers=numbers,
            files=story.files,
            photo=photo.files,
            share_with=tuple(Body(body) for body in share),
        ),
    )
