"""A moment in the coming days, as staff type it: "14:30", "завтра о 10", "25.11 9:15", "у середу на 14"."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from casework.values import Unclear
from dialogs.answers.times import named_day, named_hour
from dialogs.answers.writing import ascii_digits, one_line, one_mark

_FULL: Final = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b")
_TODAY: Final = re.compile(r"[\s,]*")
_FURTHEST: Final = timedelta(days=92)


def moment(text: str, now: datetime, zone: ZoneInfo) -> datetime | Unclear:
    """A moment after `now` and within three months, typed by the clock of `zone`; a day without a year is the next."""
    named = named_hour(one_mark(ascii_digits(one_line(text))).casefold())
    if named is None:
        return Unclear("unclear-moment")
    clock, rest = named
    day = _day(rest, now.astimezone(zone).date())
    if day is None:
        return Unclear("unclear-moment")
    at = datetime.combine(day, clock, zone)
    if not now < at < now + _FURTHEST:
        return Unclear("unclear-moment-past")
    return at


def _day(words: str, today: date) -> date | None:
    """Today where nothing more is said."""
    if _TODAY.fullmatch(words):
        return today
    full = _FULL.search(words)
    if full is None:
        return named_day(words, today)
    try:
        return date(int(full[3]), int(full[2]), int(full[1]))
    except ValueError:
        return None
