"""A day as people type it, kept exactly as precise as they were: a day, a month or a year.

The grammar for Ukrainian, Russian and English is our own, because dateparser fills what is missing with today's day.
It is asked only for what has a day, a month's name and a year in another language ("12 marca 1990"): many families
live abroad.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from rapidfuzz import fuzz

from casework.values import PartialDate, Unclear
from dialogs.answers.day_words import (
    ABOUT,
    AGE,
    AGO,
    DAYS,
    DAYTIME,
    FILLERS,
    LOOSE_PART,
    MONTHS,
    NUMBERS,
    RELATIVE_DAYS,
    RELATIVE_MONTHS,
    RELATIVE_YEARS,
    VAGUE,
    YEAR,
)
from dialogs.answers.writing import ascii_digits, one_line, one_mark

EARLIEST: Final = date(1900, 1, 1)
_LONGEST: Final = 80
_LONGEST_AGO: Final = 3660
_CLOSE: Final = 83.0

_OF_DAY: Final = r"годин\w*|год\b\.?(?!\s*[а-я])|часов|часа|час|ранку|утра|вечора|вечера|ночі|ночи|am\b|pm\b"
_MONTH_FOLLOWS: Final = rf"\s*(?:числа|{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b"
_TIME: Final = re.compile(
    r"(?:\b(?:о|об|в|at)\s*)?\b\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?![\d:])(?:z\b|[+-]\d\d:\d\d)?"
    # The hour alone: "о 12" after a day is no year.
    rf"|\b(?:о|об|at)\s+\d{{1,2}}(?:-?(?:й|ій|та))?(?!\d|[:./-]\d|{_MONTH_FOLLOWS})(?:\s*(?:{_OF_DAY}))?"
    rf"|\b(?:(?:у|в|к|на|близько|біля|около|about|around)\s+)?\d{{1,2}}(?:-?(?:й|ій|та|у))?\s*(?:{_OF_DAY})(?!\s*(?:тому|назад|ago))"
)
_ISO_TIME: Final = re.compile(r"(?<=\d)t(?=\d\d:\d\d)")
_ORDINAL: Final = re.compile(r"(?<=\d)-?(?:го|ого|е|му|й|ий|м|ому|ом|th|st|nd|rd)\b")
_SHORT_YEAR: Final = re.compile(r"’(\d\d)\b")
_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+(?:’[^\W\d_]+)*")
# "12.III.1990", as old papers have it, in Latin letters or in Cyrillic ones that look so.
_ROMAN: Final = re.compile(r"(?<=\d)[\s./-]+([ivxіх]{1,4})[\s./-]+(?=\d)")
_ROMAN_MONTHS: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


@dataclass(frozen=True, slots=True)
class _Limits:
    """Between which days it must be, and which centuries a year of two digits may belong to."""

    earliest: date
    latest: date
    centuries: tuple[int, ...]


@dataclass(slots=True)
class _Read:
    """What the words say: the months are certain, the numbers still wait for their place."""

    numbers: list[str] = field(default_factory=list)
    months: list[int] = field(default_factory=list)
    month_after: int = 0  # how many of the numbers came before the month's name
    about: bool = False
    year_word: bool = False
    ago: bool = False
    days_word: bool = False
    strange: list[str] = field(default_factory=list)


def day(
    text: str,
    today: date,
    *,
    earliest: date = EARLIEST,
    latest: date | None = None,
    centuries: tuple[int, ...] = (2000, 1900),
) -> PartialDate | Unclear:
    """Read a date of the past: not after `latest` (without it, `today`), not before `earliest`.

    A two-digit year is the latest that the limits allow, of these `centuries`. Day comes before month, as is written in
    Ukraine. What is vague ("last week", "about the 12th") is asked again, never made exact.
    """
    limits = _Limits(earliest, latest or today, centuries)
    line = one_mark(ascii_digits(one_line(text))).casefold()
    return _within(line, today, limits) if line and len(line) <= _LONGEST else Unclear("unclear-day")


def _within(line: str, today: date, limits: _Limits) -> PartialDate | Unclear:
    found = _understood(line, today, limits)
    if isinstance(found, Unclear):
        return found
    if found.first > limits.latest:
        return Unclear("unclear-day-future")
    if found.last < limits.earliest:
        return Unclear("unclear-day-too-old", {"earliest": str(limits.earliest.year)})
    return found


def _understood(line: str, today: date, limits: _Limits) -> PartialDate | Unclear:
    phrase = " ".join(w for w in _TOKEN.findall(_TIME.sub(" ", line)) if w not in DAYTIME)
    if phrase in RELATIVE_DAYS:
        return PartialDate.of(today + timedelta(days=RELATIVE_DAYS[phrase]))
    if phrase in RELATIVE_MONTHS:
        month = today.year * 12 + today.month - 1 + RELATIVE_MONTHS[phrase]
        return PartialDate(month // 12, month % 12 + 1)
    for words, years in RELATIVE_YEARS.items():
        line = re.sub(rf"\b{words}\b", f" {today.year + years} ", line)
    read = _words(line)
    if read.ago:
        return _days_ago(read, today)
    if read.strange:
        return _abroad(line, today) or _problem(read)
    if len(read.months) > 1 or len(read.numbers) > 3:
        return Unclear("unclear-day-vague")
    found = _placed(read, limits)
    if isinstance(found, PartialDate) and found.day is not None and read.about:
        return Unclear("unclear-day-vague")
    return found


def _words(line: str) -> _Read:
    """Sort the words: numbers, months, and those that change what the numbers mean."""
    line = _ROMAN.sub(_month_number, line)
    line = _TIME.sub(" ", _ISO_TIME.sub(" ", line))
    line = _SHORT_YEAR.sub(r" \1 year ", _ORDINAL.sub(" ", line))
    read = _Read(about="~" in line or "?" in line)
    for token in _TOKEN.findall(_in_digits(line)):
        if token.isdigit():
            read.numbers.append(token)
        elif (month := _month(token)) is not None:
            read.months.append(month)
            read.month_after = len(read.numbers)
        elif token in VAGUE:
            read.strange.insert(0, token)
        elif token in AGE:
            read.strange.append(token)
        else:
            read.about |= token in ABOUT
            read.year_word |= token in YEAR
            read.ago |= token in AGO
            read.days_word |= token in DAYS
            if not any(token in known for known in (ABOUT, YEAR, AGO, DAYS, DAYTIME, FILLERS, LOOSE_PART)):
                read.strange.append(token)
    return read


def _in_digits(line: str) -> str:
    """With numbers in words as digits: "два" as 2, "двадцять п’ятого" as 25."""
    words: list[str] = []
    for word in line.split():
        number = NUMBERS.get(word.strip(".,"))
        tens = words[-1] if words and words[-1] in ("20", "30") else None
        if number is not None and tens and number < 10:
            words[-1] = str(int(tens) + number)
        else:
            words.append(word if number is None else str(number))
    return " ".join(words)


def _month_number(roman: re.Match[str]) -> str:
    letters = roman[1].replace("і", "i").replace("х", "x")
    return f".{_ROMAN_MONTHS.index(letters) + 1}." if letters in _ROMAN_MONTHS else roman[0]


def _problem(read: _Read) -> Unclear:
    """Why these words make no date."""
    if any(word in VAGUE for word in read.strange):
        return Unclear("unclear-day-vague")
    if any(word in AGE for word in read.strange) and len(read.numbers) == 1 and not read.months:
        return Unclear("unclear-day-age")
    return Unclear("unclear-day")


def _month(word: str) -> int | None:
    """The month of a word, also of a slightly misspelt one if it is near to one month only."""
    if word in MONTHS:
        return MONTHS[word]
    if len(word) < 5 or word in FILLERS or word in VAGUE:
        return None
    near = {month for known, month in MONTHS.items() if len(known) > 4 and fuzz.ratio(word, known) >= _CLOSE}
    return near.pop() if len(near) == 1 else None


def _days_ago(read: _Read, today: date) -> PartialDate | Unclear:
    """ "3 days ago" is a day; "3 weeks ago" is said of many days."""
    counts = read.numbers or ["1"]  # "день тому"
    whole = read.days_word and not (read.months or read.strange or read.about)
    if whole and len(counts) == 1 and len(counts[0]) < 5 and int(counts[0]) <= _LONGEST_AGO:
        return PartialDate.of(today - timedelta(days=int(counts[0])))
    return Unclear("unclear-day-vague")


def _placed(read: _Read, limits: _Limits) -> PartialDate | Unclear:
    """Find for the numbers the only places that make a date."""
    if not read.numbers:
        return Unclear("unclear-day-year") if read.months else Unclear("unclear-day")
    if read.months:
        return _beside_month(read, limits)
    numbers = read.numbers
    match [len(number) for number in numbers]:
        case [4]:
            return _first([(numbers[0], None, None)], limits)
        case [2] if read.year_word:
            return _first([(numbers[0], None, None)], limits)
        case [8] | [6]:
            return _run_together(numbers[0], limits)
        case [1 | 2, 4]:
            return _first([(numbers[1], numbers[0], None)], limits)
        case [4, 1 | 2]:
            return _first([(numbers[0], numbers[1], None)], limits)
        case [1 | 2, 1 | 2]:
            return Unclear("unclear-day-year")
        case [4, 4]:
            return Unclear("unclear-day-vague")
        case [4, 1 | 2, 1 | 2]:
            return _first([(numbers[0], numbers[1], numbers[2])], limits)
        case [1 | 2, 1 | 2, 4 | 2]:
            # Never the month first: "1.13.1999" is a slip as often as an American's 13 January.
            return _first([(numbers[2], numbers[1], numbers[0])], limits)
        case _:
            return Unclear("unclear-day")


def _beside_month(read: _Read, limits: _Limits) -> PartialDate | Unclear:
    month = str(read.months[0])
    numbers = read.numbers
    match [len(number) for number in numbers]:
        case [4]:
            return _first([(numbers[0], month, None)], limits)
        case [2] if read.year_word:
            return _first([(numbers[0], month, None)], limits)
        case [1 | 2]:
            return Unclear("unclear-day-year")
        case [1 | 2, 1 | 2] if read.month_after == 2:
            return Unclear("unclear-day-vague")
        case [1 | 2, 4] | [1 | 2, 2]:
            return _first([(numbers[1], month, numbers[0])], limits)
        case [4, 1 | 2]:
            return _first([(numbers[0], month, numbers[1])], limits)
        case _:
            return Unclear("unclear-day-vague" if len(numbers) == 3 else "unclear-day")


def _run_together(digits: str, limits: _Limits) -> PartialDate | Unclear:
    """`12031990`, `19900312`, `120390`, `199003`: taken if only one way of cutting it gives a date in the limits."""
    ways: list[tuple[str, str | None, str | None]] = [
        (digits[4:], digits[2:4], digits[:2]),
        (digits[:4], digits[4:6], digits[6:] or None),
    ]
    if len(digits) == 8:
        return _first(ways, limits)
    dates = [found for way in ways if isinstance(found := _first([way], limits), PartialDate)]
    return dates[0] if len(dates) == 1 else Unclear("unclear-day")


def _first(ways: list[tuple[str, str | None, str | None]], limits: _Limits) -> PartialDate | Unclear:
    """The first of the ways that is a date within the limits; else the first date; else what is wrong."""
    dates = [found for year, month, number in ways for found in _dates(year, month, number, limits)]
    within = [found for found in dates if found.first <= limits.latest and found.last >= limits.earliest]
    if within or dates:
        return (within or dates)[0]
    return Unclear("unclear-day-impossible")


def _dates(year: str, month: str | None, number: str | None, limits: _Limits) -> Iterator[PartialDate]:
    """The date, if the calendar has it; for a two-digit year in each century that it may belong to."""
    for century in limits.centuries if len(year) == 2 else (0,):
        try:
            yield PartialDate(century + int(year), int(month) if month else None, int(number) if number else None)
        except ValueError:
            continue


def _abroad(line: str, today: date) -> PartialDate | None:
    """A whole date with the month's name in a language of those who took families in; None for anything else."""
    if not re.fullmatch(r"\D{0,20}(?:\d{1,2}\D+\d{4}|\d{4}\D+\d{1,2})\D{0,6}", line):
        return None
    import dateparser  # slow to import, and rarely needed

    found = dateparser.parse(
        line,
        languages=["pl", "de", "cs", "sk", "es", "it", "fr", "ro", "pt", "nl", "lt", "bg"],
        settings={
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month", "year"],
            "DATE_ORDER": "DMY",
            "RELATIVE_BASE": datetime.combine(today, time()),
        },
    )
    return PartialDate.of(found.date()) if found else None
