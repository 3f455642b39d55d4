"""The two days that a report tells: of a birth, in a long century; of a loss, lately and never in the future."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from casework.values import PartialDate, Unclear
from dialogs.answers.day_words import AGO, DAYTIME, FILLERS, LAST, NUMBERS, SPANS, WEEKDAYS
from dialogs.answers.days import day
from dialogs.answers.doubts import Doubt, Reading
from dialogs.answers.writing import ascii_digits, one_line, one_mark

_OLD, _YOUNG = 95, 3
"""Years of age from which, and up to which, a year of two digits is asked about."""
_LONGEST_LIFE: Final = 115
_AGO_MOST: Final = 24
_OF_A_LOSS: Final = {
    **dict.fromkeys(("unclear-day", "unclear-day-vague", "unclear-day-age", "unclear-day-too-old"), "unclear-loss"),
    "unclear-day-impossible": "unclear-loss-impossible",
    "unclear-day-future": "unclear-loss-future",
}
_SWAPPED: Final = re.compile(r"\D*?(\d{1,2})([./ -])(\d{1,2})\2(\d{4})\D*")
_OF_WHOM: Final = FILLERS | {"йому", "їй", "мені", "ему", "ей", "мне", "he", "she", "зараз", "сейчас", "вже", "уже"}
_WORD: Final = re.compile(r"\d+|[^\W\d_]+(?:’[^\W\d_]+)*")


def birth_day(text: str, today: date) -> PartialDate | Unclear | Doubt[PartialDate]:
    """A birth date: never after today. A bare "37" is an age, which is no date; "12.03.25" may be of either century."""
    late, early = (day(text, today, centuries=(century,)) for century in (2000, 1900))
    if isinstance(early, Unclear):
        return _age(text) or _month_first(text, today) or early
    if late == early:
        return early
    if isinstance(late, PartialDate) and today.year - late.year > _YOUNG:
        return late
    if today.year - early.year < _OLD:
        return early
    return Doubt("doubt-day-year", tuple(Reading(one) for one in (early, late) if isinstance(one, PartialDate)))


def loss_day(text: str, today: date) -> PartialDate | Unclear | Doubt[PartialDate]:
    """The day of a loss: of this century, never after today. What has no year, or tells it from today, is asked."""
    found = day(text, today, centuries=(2000,))
    if isinstance(found, PartialDate):
        return found
    if found.reason == "unclear-day-year":
        dated = [day(f"{text} {today.year - back}", today, centuries=(2000,)) for back in (0, 1)]
        return _asked([one for one in dated if isinstance(one, PartialDate)]) or Unclear("unclear-loss")
    return _month_first(text, today) or _asked(_told_from(today, text)) or Unclear(_OF_A_LOSS[found.reason])


def _asked(days: list[PartialDate]) -> Doubt[PartialDate] | None:
    return Doubt("doubt-day", tuple(map(Reading, days))) if days else None


def _age(text: str) -> Unclear | None:
    """A number alone that may be somebody's years."""
    number = re.fullmatch(r"\D*(\d{1,3})\D*", ascii_digits(text))
    words = [word for word in _WORD.findall(one_line(text).casefold()) if not word.isdigit() and word not in _OF_WHOM]
    bare = number is not None and 0 < int(number[1]) <= _LONGEST_LIFE and not words
    return Unclear("unclear-day-age") if bare else None


def _month_first(text: str, today: date) -> Doubt[PartialDate] | None:
    """ "1.13.1999": a slip, or 13 January as Americans write it."""
    typed = _SWAPPED.fullmatch(ascii_digits(one_line(text)))
    if typed is None or int(typed[3]) <= 12:
        return None
    turned = day(f"{typed[3]}.{typed[1]}.{typed[4]}", today)
    return None if isinstance(turned, Unclear) else _asked([turned])


def _told_from(today: date, text: str) -> list[PartialDate]:
    """What "a week ago" and "last Wednesday" may be, the likeliest first."""
    words = [word for word in _WORD.findall(one_mark(ascii_digits(one_line(text))).casefold()) if word not in DAYTIME]
    named = [WEEKDAYS[word] for word in words if word in WEEKDAYS]
    if len(named) == 1 and all(word in WEEKDAYS or word in LAST or word in FILLERS for word in words):
        back = (today.weekday() - named[0] - 1) % 7 + 1
        weeks = (0, 7) if back <= today.weekday() and any(word in LAST for word in words) else (0,)
        return [PartialDate.of(today - timedelta(days=back + more)) for more in weeks]
    spans = [SPANS[word] for word in words if word in SPANS]
    counts = [int(word) if word.isdigit() else NUMBERS[word] for word in words if word.isdigit() or word in NUMBERS]
    known = all(word in SPANS or word in AGO or word.isdigit() or word in NUMBERS for word in words)
    if len(spans) != 1 or len(counts) > 1 or not known or not any(word in AGO for word in words):
        return []
    count = counts[0] if counts else 1
    return _ago(today, spans[0], count) if 0 < count <= _AGO_MOST else []


def _ago(today: date, span: int, count: int) -> list[PartialDate]:
    if span == 7:
        then = today - timedelta(days=span * count)
        return [PartialDate.of(then), PartialDate(then.year, then.month)]
    months = today.year * 12 + today.month - 1 - count * (1 if span == 30 else 12)
    month = PartialDate(months // 12, months % 12 + 1)
    return [month] if span == 30 else [month, PartialDate(month.year)]
