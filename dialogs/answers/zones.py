"""The clock of a place abroad: by a city, a country with one clock, or an offset from UTC."""

from __future__ import annotations

import re
from typing import Final

from casework.places import City, Country, meant
from casework.values import Unclear
from dialogs.answers.writing import ascii_digits, one_line, one_mark

_OFFSET: Final = re.compile(r"(?:utc|gmt|utc/gmt)?\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?(?:\s*(?:год\w*|час\w*|h\w*)?)")
_HALF_HOURS: Final = {
    "-03:30": "America/St_Johns",
    "+03:30": "Asia/Tehran",
    "+04:30": "Asia/Kabul",
    "+05:30": "Asia/Kolkata",
    "+05:45": "Asia/Kathmandu",
    "+06:30": "Asia/Yangon",
    "+09:30": "Australia/Adelaide",
}


def zone(text: str) -> str | Unclear:
    """The IANA zone of a city ("Прага"), a country with one clock ("в Ірландії"), or an offset from UTC ("+2")."""
    line = one_mark(ascii_digits(one_line(text))).casefold()
    several = Unclear("unclear-zone-several")
    offset = _OFFSET.fullmatch(line)
    if offset is not None:
        return _at_offset(*offset.groups())
    if len(line) > 60:
        return Unclear("unclear-zone")
    places = meant(line)
    if not places.sure:
        return Unclear("unclear-zone")
    zones = {place.zone if isinstance(place, City | Country) else "Europe/Kyiv" for place in places.places}
    return zones.pop() or several if len(zones) == 1 else several


def _at_offset(sign: str, hours: str, minutes: str | None) -> str | Unclear:
    """A zone without summer time; the names of `Etc` count the other way round."""
    if minutes not in (None, "00"):
        return _HALF_HOURS.get(f"{sign}{int(hours):02}:{minutes}", Unclear("unclear-zone"))
    if int(hours) > (14 if sign == "+" else 12):
        return Unclear("unclear-zone")
    return f"Etc/GMT{'-' if sign == '+' else '+'}{int(hours)}" if int(hours) else "Etc/UTC"
