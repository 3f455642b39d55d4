"""A moment in the coming days, as staff type it: "14:30", "завтра 10:00", "25.11 9:15"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from casework.values import Unclear
from dialogs.answers.writing import ascii_digits, one_line

_TIME: Final = re.compile(r"(?:^|(?<=\s))(\d{1,2})[:.](\d{2})$")
_DAY: Final = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?")
_WORDS: Final = {
    **dict.fromkeys(("", "сьогодні", "сегодня", "today"), 0),
    **dict.fromkeys(("завтра", "tomorrow"), 1),
    **dict.fromkeys(("післязавтра", "послезавтра", "the day after tomorrow"), 2),
}
_FURTHEST: Final = timedelta(days=92)


def moment(text: str, now: datetime, zone: ZoneInfo) -> datetime | Unclear:
    """A moment after `now` and within three months, typed by the clock of `zone`; a day without a year is the next."""
    line = ascii_digits(one_line(text)).casefold()
    clock = _TIME.search(line)
    if clock is None or int(clock[1]) > 23 or int(clock[2]) > 59:
        return Unclear("unclear-moment")
    today = now.astimezone(zone).date()
    day = _day(line[: clock.start()].strip(" ,о"), today)
    if day is None:
        return Unclear("unclear-moment")
    at = datetime.combine(day, time(int(clock[1]), int(clock[2])), zone)
    if not now < at < now + _FURTHEST:
        return Unclear("unclear-moment-past")
    return at


def _day(words: str, today: date) -> date | None:
    if words in _WORDS:
        return today + timedelta(days=_WORDS[words])
    typed = _DAY.fullmatch(words)
    if typed is None:
        return None
    try:
        day = date(int(typed[3] or today.year), int(typed[2]), int(typed[1]))
        return day if typed[3] or day >= today else day.replace(year=today.year + 1)
    except ValueError:
        return None
