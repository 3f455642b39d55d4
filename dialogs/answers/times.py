"""A time that somebody wishes for, matched against the times that are free: "8 грудня о 12", "завтра після обіду"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dialogs.answers.day_words import MONTHS, RELATIVE_DAYS, WEEKDAYS
from dialogs.answers.writing import ascii_digits, one_line, one_mark

_HOURS: Final = {
    word: hour
    for hour, words in {
        9: "дев’ятій девять девятого дев’яту",
        10: "десятій десять десяту",
        11: "одинадцятій одинадцяту одиннадцать",
        12: "дванадцятій дванадцяту двенадцать полудень полудні опівдні noon",
        13: "першій першу час",
        14: "другій другу два",
        15: "третій третю три",
        16: "четвертій четверту четыре",
        17: "п’ятій п’яту пять",
    }.items()
    for word in words.split()
}
_CLOCK: Final = re.compile(r"(?:\b(о|об|на|в|у|к|at)\s*)?\b(\d{1,2})([:.])(\d{2})\b(?![./]\d)")
_AT_HOUR: Final = re.compile(
    r"\b(?:о|об|на|в|у|к|at)\s+(\d{1,2})(?:-?(?:й|ій|та|у))?(?!\d|[:./]\d)(?:\s*(?:год\w*|час\w*))?(\s*(?:pm|дня|вечора|вечера))?"
)
_AT_WORD: Final = re.compile(r"\b(?:(?:о|об|на|в|у|к|at)\s+|(?=опівдні\b|noon\b))([^\W\d_]+(?:’[^\W\d_]+)?)")
_PART_OF_HOUR: Final = re.compile(
    r"\b(?:(?:о|об|у|в|at)\s+)?(за\s+|без\s+)?(половин\w+|пів|пол|чверт\w+|четверт[ьи]|half|quarter)"
    r"\s*(?:(на|до|по|past|to)\s+)?([^\W\d_]+(?:’[^\W\d_]+)?|\d{1,2})"
)
"""Half past nine and its neighbours, which Ukrainian counts towards the hour to come: "пів на десяту" is 9:30."""

_STEMS: Final = {
    stem: hour
    for hour, stems in enumerate(
        (
            "перш одна час one",
            "друг два дві two",
            "трет три three",
            "четверт чотир четыр four",
            "п’ят пят five",
            "шост шіст шест six",
            "сьом сім седьм сем seven",
            "восьм вісім восем eight",
            "дев’ят девят nine",
            "десят ten",
            "одинадцят одиннадцат eleven",
            "дванадцят двенадцат twelve",
        ),
        start=1,
    )
    for stem in stems.split()
}
_DATED: Final = re.compile(r"\b(\d{1,2})[./](\d{1,2})(?:[./](?:20)?\d{2})?\b")
_NAMED: Final = re.compile(r"\b(\d{1,2})(?:-?го|-?е)?\s+([^\W\d_]{3,})")
_OF_MONTH: Final = re.compile(r"\b(\d{1,2})(?:-?го|-?е)?\s+числа\b|\b(\d{1,2})-?го\b")
_PARTS: Final = (
    (re.compile(r"після обіду|по обіді|пообіді|после обеда|afternoon|другій половині|вдень"), 13, 24),
    (re.compile(r"зранку|вранці|ранком|уранці|утром|з утра|morning|до обіду|до обеда|першій половині"), 0, 13),
    (re.compile(r"ввечері|увечері|під вечір|вечером|evening"), 16, 24),
)
_NOT: Final = re.compile(r"\b(?:не|ні|крім|окрім|кроме|без|not|except|no|нельзя|неможливо)\b")
_OPENS: Final = 7
"""Hours before it are said of the afternoon: "о 2" is 14:00."""

_EARLY: Final = re.compile(r"\b(?:ночі|ночи|ранку|утра|am|night)\b")

Test = Callable[[datetime], bool]


def times_wished(text: str, free: Sequence[datetime], now: datetime, zone: str) -> list[datetime] | None:
    """Those of the free times that the words mean, by the clock of `zone`; None where they name no time at all."""
    line = one_mark(ascii_digits(one_line(text))).casefold()
    if _NOT.search(line):
        return None
    clock = ZoneInfo(zone)
    hour, rest = _hour(line)
    day = _day(rest, now.astimezone(clock).date(), [at.astimezone(clock).date() for at in free])
    tests = [test for test in (hour, day) if test is not None]
    if not tests:
        return None
    return [at for at in free if all(test(at.astimezone(clock)) for test in tests)]


def _hour(line: str) -> tuple[Test | None, str]:
    """What the words say of the hour, and the words without it."""
    named = named_hour(line)
    if named is not None:
        clock, rest = named
        return (lambda at: (at.hour, at.minute) == (clock.hour, clock.minute)), rest
    for pattern, first, last in _PARTS:
        if pattern.search(line):
            return _between(first, last), pattern.sub(" ", line)
    return None, line


def named_hour(line: str) -> tuple[time, str] | None:
    """The time of day that a line in small letters names, and the line without it; None where it names none."""
    for found in _PART_OF_HOUR.finditer(line):
        parts = _part_of_hour(found)
        if parts is not None:
            return _clock(*parts, line), _without(found, line)
    for found in _CLOCK.finditer(line):
        hour, minute = int(found[2]), int(found[4])
        dated = found[3] == "." and found[1] not in ("о", "об", "at") and 0 < minute <= 12
        if hour < 24 and minute < 60 and not dated:
            return _clock(hour, minute, line), _without(found, line)
    for found in _AT_HOUR.finditer(line):
        follows = re.match(r"\s*([^\W\d_]+)", line[found.end() :])
        if int(found[1]) < 24 and not (follows and (follows[1] in MONTHS or follows[1] == "числа")):
            hour = int(found[1]) + (12 if found[2] and int(found[1]) < 12 else 0)
            return _clock(hour, 0, line), _without(found, line)
    for found in _AT_WORD.finditer(line):
        if found[1] in _HOURS:
            return _clock(_HOURS[found[1]] % 12 if _EARLY.search(line) else _HOURS[found[1]], 0, line), _without(
                found, line
            )
    return None


def _part_of_hour(found: re.Match[str]) -> tuple[int, int] | None:
    """Hour and minute of "пів на десяту", "за чверть десята", "quarter past nine"; None where no hour is named."""
    before, part, joint, word = found.groups()
    stem = next((hour for stem, hour in _STEMS.items() if word.startswith(stem)), None)
    hour = int(word) if word.isdigit() else stem
    if hour is None or not 0 < hour <= 24:
        return None
    half = part in ("пів", "пол", "half") or part.startswith("половин")
    if joint in ("по", "past"):
        return hour % 24, 30 if half else 15
    return hour - 1, 30 if half else 45 if before or joint == "to" else 15


def _without(found: re.Match[str], line: str) -> str:
    return line[: found.start()] + " " + line[found.end() :]


def _between(first: int, last: int) -> Test:
    return lambda at: first <= at.hour < last


def _clock(hour: int, minute: int, line: str) -> time:
    return time(hour + 12 if hour < _OPENS and not _EARLY.search(line) else hour, minute)


def _day(line: str, today: date, free: Sequence[date]) -> Test | None:
    """What the words say of the day: the nearest one of that name."""
    named = named_day(line, today, free)
    return None if named is None else (lambda at: at.date() == named)


def named_day(line: str, today: date, free: Sequence[date] = ()) -> date | None:
    """The day from `today` on that a line in small letters names: "завтра", "8 грудня", "у середу". A day of the month
    alone, or a weekday that is today's, is one of the `free` days before another."""
    for phrase, days in sorted(RELATIVE_DAYS.items(), key=lambda one: -len(one[0])):
        if days >= 0 and re.search(rf"\b{phrase}\b", line):
            return today + timedelta(days=days)
    found = _DATED.search(line)
    if found is not None:
        return _next(today, int(found[1]), int(found[2]))
    for named in _NAMED.finditer(line):
        if named[2] in MONTHS:
            return _next(today, int(named[1]), MONTHS[named[2]])
    of_month = _OF_MONTH.search(line)
    if of_month is not None:
        number = int(of_month[1] or of_month[2])
        return next((day for day in free if day.day == number), None) or _next(today, number, today.month)
    for word in re.findall(r"[^\W\d_]+(?:’[^\W\d_]+)?", line):
        if word in WEEKDAYS:
            nearest = today + timedelta(days=(WEEKDAYS[word] - today.weekday()) % 7)
            later = nearest + timedelta(days=7)
            return later if nearest not in free and nearest == today else nearest
    return None


def _next(today: date, number: int, month: int) -> date | None:
    for year in (today.year, today.year + 1):
        try:
            day = date(year, month, number)
        except ValueError:
            return None
        if day >= today:
            return day
    return None
