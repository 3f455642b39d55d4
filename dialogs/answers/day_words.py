"""The words that people put around the numbers of a date, in Ukrainian, Russian and English."""

# ruff: noqa: SIM905  a list of words is best read as words
from __future__ import annotations

from typing import Final


def _months() -> dict[str, int]:
    forms = (
        "січень січня січні січнем січ январь января январе янв january jan",
        "лютий лютого лютому лютім лют февраль февраля феврале фев февр february feb",
        "березень березня березні березнем бер берез март марта марте мар march mar",
        "квітень квітня квітні квітнем кві квіт апрель апреля апреле апр april apr",
        "травень травня травні травнем тра трав май мая мае may",
        "червень червня червні червнем чер черв июнь июня июне июн june jun",
        "липень липня липні липнем лип июль июля июле июл july jul",
        "серпень серпня серпні серпнем сер серп август августа августе авг august aug",
        "вересень вересня вересні вереснем вер верес сентябрь сентября сентябре сен сент september sep sept",
        "жовтень жовтня жовтні жовтнем жов жовт октябрь октября октябре окт october oct",
        "листопад листопада листопаді листопадом лис лист ноябрь ноября ноябре ноя нояб november nov",
        "грудень грудня грудні груднем гру груд декабрь декабря декабре дек december dec",
    )
    return {word: number for number, words in enumerate(forms, start=1) for word in words.split()}


MONTHS: Final = _months()
"""Every form of a month's name that people write, and its number."""


def _numbers() -> dict[str, int]:
    forms = (
        "один одна одне одного одну перше першого первое первого one first",
        "два дві двох друге другого две двух второе второго two second",
        "три трьох третє третього трех трёх третье третьего three third",
        "чотири чотирьох четверте четвертого четыре четырех четырёх четвертое four fourth",
        "п’ять п’яти п’яте п’ятого пять пяти пятое пятого пяте пятого five fifth",
        "шість шести шосте шостого шесть шестое шестого six sixth",
        "сім семи сьоме сьомого семь седьмое седьмого seven seventh",
        "вісім восьми восьме восьмого восемь восьмое eight eighth",
        "дев’ять дев’яти дев’яте дев’ятого девять девяти девятое девятого nine ninth",
        "десять десяти десяте десятого десятое ten tenth",
        "одинадцять одинадцятого одинадцяте одиннадцать одиннадцатого eleven eleventh",
        "дванадцять дванадцятого дванадцяте двенадцать двенадцатого twelve twelfth",
        "тринадцять тринадцятого тринадцяте тринадцать тринадцатого thirteen thirteenth",
        "чотирнадцять чотирнадцятого чотирнадцяте четырнадцать четырнадцатого fourteen fourteenth",
        "п’ятнадцять п’ятнадцятого п’ятнадцяте пятнадцать пятнадцатого fifteen fifteenth",
        "шістнадцять шістнадцятого шістнадцяте шестнадцать шестнадцатого sixteen sixteenth",
        "сімнадцять сімнадцятого сімнадцяте семнадцать семнадцатого seventeen seventeenth",
        "вісімнадцять вісімнадцятого вісімнадцяте восемнадцать восемнадцатого eighteen eighteenth",
        "дев’ятнадцять дев’ятнадцятого дев’ятнадцяте девятнадцать девятнадцатого nineteen nineteenth",
        "двадцять двадцятого двадцяте двадцать двадцатого двадцатое twenty twentieth",
    )
    found = {word: number for number, words in enumerate(forms, start=1) for word in words.split()}
    return found | dict.fromkeys("тридцять тридцятого тридцяте тридцать тридцатого thirty thirtieth".split(), 30)


NUMBERS: Final = _numbers()
"""Numbers as people write them in words before a day or a month, up to 20, and 30."""

WEEKDAYS: Final = {
    word: number
    for number, words in enumerate(
        (
            "понеділок понеділка понедельник понедельника monday",
            "вівторок вівторка вторник вторника tuesday",
            "середа середу середи среда среду среды wednesday",
            "четвер четверга четверг thursday",
            "п’ятниця п’ятницю п’ятниці пятниця пятницю пятница пятницу пятницы friday",
            "субота суботу суботи суббота субботу субботы saturday",
            "неділя неділю неділі воскресенье воскресенья sunday",
        )
    )
    for word in words.split()
}
"""Days of the week in the forms that stand after "у" and "минулої", and their numbers from Monday, 0."""

SPANS: Final = {
    **dict.fromkeys("тиждень тижня тижні тижнів тижнем неделю недели недель неделя week weeks".split(), 7),
    **dict.fromkeys("місяць місяця місяці місяців месяц месяца месяцев month months".split(), 30),
    **dict.fromkeys("рік року роки років год года лет year years".split(), 365),
}
"""Spans of time that "ago" may count, and about how many days each has."""

LAST: Final = frozenset("минулої минулого минулий минулу минула прошлой прошлого прошлую прошлый прошлое last".split())

RELATIVE_DAYS: Final = {
    **dict.fromkeys(("сьогодні", "сегодня", "today"), 0),
    **dict.fromkeys(("вчора", "учора", "вчера", "yesterday"), -1),
    **dict.fromkeys(("позавчора", "позаучора", "позавчера", "day before yesterday", "the day before yesterday"), -2),
    **dict.fromkeys(("завтра", "tomorrow"), 1),
    **dict.fromkeys(("післязавтра", "послезавтра", "day after tomorrow", "the day after tomorrow"), 2),
}
"""Phrases that name one day, and its distance from today."""

RELATIVE_MONTHS: Final = {
    **dict.fromkeys(
        (
            "цього місяця",
            "у цьому місяці",
            "в цьому місяці",
            "в этом месяце",
            "этого месяца",
            "this month",
        ),
        0,
    ),
    **dict.fromkeys(
        (
            "минулого місяця",
            "у минулому місяці",
            "в минулому місяці",
            "в прошлом месяце",
            "прошлого месяца",
            "last month",
        ),
        -1,
    ),
}
"""Phrases that name one month, and its distance from this month."""

RELATIVE_YEARS: Final = {
    "(?:цього року|у цьому році|в цьому році|в этом году|этого года|this year)": 0,
    "(?:минулого року|у минулому році|в минулому році|торік|в прошлом году|прошлого года|last year)": -1,
    "(?:позаминулого року|позаторік|в позапрошлом году|позапрошлого года)": -2,
}
"""Patterns of phrases that name one year, alone or beside a month, and its distance from this year."""

YEAR: Final = frozenset("р рік року році год года году г гг year yr".split())
AGE: Final = frozenset("років роки лет годков years yo".split())
DAYS: Final = frozenset("день дні днів дня дней day days доба доби діб".split())
AGO: Final = frozenset("тому назад ago".split())
ABOUT: Final = frozenset(
    "приблизно орієнтовно близько десь наче здається приблизительно примерно около вроде кажется "
    "where about around approximately approx circa ca maybe perhaps можливо мабуть может".split()
)
"""Words that make a day uncertain; a month or a year is as good with them as without."""

LOOSE_PART: Final = frozenset(
    "початок початку кінець кінці наприкінці середина середині начало начале конец конце середине "
    "beginning end middle early late mid".split()
)
"""A part of a month or of a year: the month or the year alone is kept."""

DAYTIME: Final = frozenset(
    "вранці зранку вдень увечері ввечері вночі уночі ранку вечора ночі обід обіду "
    "утром днем днём вечером ночью утра вечера morning afternoon evening night noon".split()
)
"""When in the day: not kept with the date."""

FILLERS: Final = frozenset(
    "у в на з с із від от о об of the in on at from since це був була було это был была it was is "
    "народився народилася народилась народжений народжена народження народився нар родился родилась "
    "рождения рожд born birth dob дата дату date д н зник зникла зникнення пропал пропала missing "
    "числа число місяць місяця місяці месяц месяца month н е "
    "понедельник вторник среда четверг пятница суббота воскресенье "
    "понеділок вівторок середа четвер п’ятниця пятниця субота неділя "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
"""Words that change nothing beside a date; alone they are no date."""

VAGUE: Final = frozenset(
    "тиждень тижня тижні тижнів тижнем неделя неделю недели недель неделе week weeks "
    "місяців месяцев months до після перед до после before after until між между between "
    "весна весни весною навесні весной весны весна spring літо літа влітку лето летом лета summer "
    "осінь осені восени осень осенью осени autumn fall зима зими взимку зимой зимы winter "
    "понеділка вівторка середу середи четверга п’ятницю пятницю п’ятниці суботу суботи неділю неділі "
    "понедельника среду среды пятницу пятницы субботу субботы воскресенья "
    "недавно нещодавно давно recently".split()
)
"""Words that no single day, month or year answers to."""
