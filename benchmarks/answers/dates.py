"""Days: of a birth, of a loss, in the forms of five languages, misspelt; and words that name none."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from babel.dates import format_date

from benchmarks.answers.frame import ASKED, Answer, Case, Kind
from benchmarks.answers.people import split
from benchmarks.answers.writing import slipped
from casework.values import PartialDate
from dialogs.answers import birth_day, loss_day

FEW: Final = 60
TODAY: Final = date(2026, 11, 24)
FORMS: Final = (
    ("uk", "d.MM.y"),
    ("uk", "dd.MM.y"),
    ("uk", "d/M/y"),
    ("uk", "dd-MM-y"),
    ("uk", "dd MM y"),
    ("uk", "dd,MM,y"),
    ("uk", "y-MM-dd"),
    ("uk", "ddMMy"),
    ("uk", "d MMMM y"),
    ("uk", "d MMMM y 'року'"),
    ("uk", "d MMM y"),
    ("uk", "'народився' d MMMM y"),
    ("uk", "dd.MM.y 'р.н.'"),
    ("uk", "dd.MM.y'р'"),
    ("ru", "d MMMM y"),
    ("ru", "d MMMM y 'года'"),
    ("en", "d MMMM y"),
    ("en", "MMMM d, y"),
    ("pl", "d MMMM y"),
    ("de", "d. MMMM y"),
)
MONTHS: Final = (("uk", "LLLL y"), ("ru", "LLLL y"), ("en", "LLLL y"), ("uk", "MM.y"), ("uk", "y"))
NONE: Final = """
не знаю точно; давно; недавно; колись; весна 2022; влітку; восени минулого року; минулого тижня; десь у березні; у
90-х; 37; 42; 25 років; йому 37; мені 60; 18 лет; 33 роки; тридцять сім; ровесник; дорослий; молодий; пенсіонер;
student; 1.13.1999; 3.25.1990; 2/30/1990; 31.02.1990; 30.02.2025; 32.01.1990; 0.0.0; 00.00.0000; 12.13.2025;
31.04.2025; 31.06.2024; 29.02.2023; завтра; післязавтра; 01.12.2026; 2027; 2030; 12.12.2099; 01.01.1800; 5000;
12.03; 5 березня; у березні; березень; 15 мая; march; 12; 31; 1; сто; тому; назад; дата; день; рік; місяць; вчора
або сьогодні; 12-15 березня 2022; березень-квітень 2022; між 5 і 7 травня 2024; після 12 березня 2022; до 5.03.2025;
приблизно 12 березня 2022; близько 5.05.2024; ~12.03.2025; два тижні тому; тиждень тому; місяць тому; рік тому; пів
року тому; неделю назад; месяц назад; a month ago; last week; минулої середи; у понеділок; в прошлую пятницу; last
friday; на вихідних; на Великдень; під Новий рік; на Різдво; у неділю; не пам'ятаю; не скажу; що; дата чого; чому;
навіщо; допоможіть; добрий день; мій син; петренко іван; 067 123 45 67; 1234-5678; 01.12.26; 05.03.27; 5.03.27;
31.12.26; 25.11.26; 24.12.28; 12.03.2222; 3 роки тому; п'ять тижнів тому; two weeks ago; весь березень; спитайте у
частині; у сповіщенні є; коли подзвонив; ввечері; зранку; о 10:00; 10:30; листопад 22; квітень; 201203; 12 03; 20.11
"""


def of_birth(typed: str) -> Answer:
    taken = birth_day(typed, TODAY)
    return str(taken) if isinstance(taken, PartialDate) else ASKED


def of_loss(typed: str) -> Answer:
    taken = loss_day(typed, TODAY)
    return str(taken) if isinstance(taken, PartialDate) else ASKED


def today_fills(typed: str) -> Answer:
    """The fault: what is missing, or strange, is today's."""
    return str(TODAY)


def _day(chance: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randrange((last - first).days + 1))


def _written(day: date, chance: random.Random) -> str:
    language, pattern = chance.choice(FORMS)
    typed = format_date(day, pattern, locale=language)
    return chance.choice((typed, typed, typed, typed.upper(), f" {typed}.", typed.replace(" ", "  ")))


def _births(chance: random.Random, few: bool) -> Sequence[Case]:
    days = [_day(chance, date(1945, 1, 1), date(2008, 12, 31)) for _ in range(FEW if few else 300)]
    short = [_day(chance, date(1945, 1, 1), date(2008, 12, 31)) for _ in range(10 if few else 60)]
    return [
        *(Case(_written(day, chance), {str(day)}) for day in days),
        *(Case(f"{day:%d.%m.%y}", {str(day)}) for day in short),
    ]


def _losses(chance: random.Random, few: bool) -> Sequence[Case]:
    first = date(2022, 2, 24)
    cases = [
        Case(_written(day, chance), {str(day)})
        for day in (_day(chance, first, TODAY) for _ in range(FEW if few else 200))
    ]
    cases += [
        Case(f"{day:%d.%m.%y}", {str(day)}) for day in (_day(chance, first, TODAY) for _ in range(10 if few else 60))
    ]
    words = ("один", "два", "три", "чотири", "п’ять", "шість", "сім", "вісім", "дев’ять", "десять")
    for count, word in enumerate(words, start=1):
        then = {str(TODAY - timedelta(days=count))}
        unit = "день" if count == 1 else "дні" if count < 5 else "днів"
        cases += [
            Case(f"{word} {unit} тому", then),
            Case(f"{count} {unit} тому", then),
            Case(f"{count} дней назад", then),
        ]
    for typed, back in (("вчора", 1), ("позавчора", 2), ("сьогодні", 0), ("вчера вечером", 1), ("yesterday", 1)):
        cases.append(Case(typed, {str(TODAY - timedelta(days=back))}))
    return cases


def _months(chance: random.Random, few: bool) -> Sequence[Case]:
    cases = []
    for _ in range(FEW if few else 160):
        day = _day(chance, date(2014, 3, 1), date(2026, 10, 31))
        language, pattern = chance.choice(MONTHS)
        right = PartialDate(day.year) if pattern == "y" else PartialDate(day.year, day.month)
        cases.append(Case(format_date(day, pattern, locale=language), {str(right)}))
    return cases


def _misspelt(chance: random.Random, few: bool) -> Sequence[Case]:
    cases = []
    for _ in range(FEW if few else 300):
        day = _day(chance, date(1950, 1, 1), date(2008, 12, 31))
        month = slipped(format_date(day, "MMMM", locale=chance.choice(("uk", "ru"))), chance)
        cases.append(Case(f"{day.day} {month} {day.year}", {str(day)}))
    return cases


def _none(chance: random.Random, few: bool) -> Sequence[Case]:
    return [Case(one) for one in split(NONE)]


KINDS: Final = (
    Kind("dates-birth", "a birth date, in five languages", _births, of_birth, today_fills),
    Kind("dates-loss", "a day of loss, in figures and words", _losses, of_loss, today_fills),
    Kind("dates-month", "a month or a year alone", _months, of_loss, today_fills),
    Kind("dates-misspelt", "a birth date with a slip in the month", _misspelt, of_birth, today_fills),
    Kind("dates-none-birth", "no birth date, or not all of it", _none, of_birth, today_fills),
    Kind("dates-none-loss", "no day of loss, or not all of it", _none, of_loss, today_fills),
)
