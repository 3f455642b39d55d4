"""The clock of a place abroad: by a city, a country or an offset, in the languages that families write in.

The names are those of the Unicode CLDR (in babel) for the zones of the IANA database; both are installed, nothing is
asked for over the network.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from rapidfuzz import fuzz, process

from casework.places.spelling import skeleton
from casework.values import Unclear
from dialogs.answers.writing import ascii_digits, one_line, one_mark

_LANGUAGES: Final = ("uk", "en", "ru")
_ABROAD: Final = ("pl", "de")
"""Languages in which a country may be named, too."""
_CLOSE: Final = 84.0
_SHORTEST_GUESS: Final = 5
_SHORTEST_STEM: Final = 4
_OURS: Final = {"Europe/Kyiv", "Europe/Simferopol"}
_AROUND: Final = re.compile(r"\b(?:у|в|во|in|at|місто|м|город|city|країна|страна|country|time|час|як|как|like|the)\b")
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
_MAIN: Final = {
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "GL": "America/Nuuk",
    "MN": "Asia/Ulaanbaatar",
    "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
    "UA": "Europe/Kyiv",
}
"""Where a country has several clocks, and nearly everybody lives by one."""
_COUNTRIES: Final = {
    "US": "сша usa америка америці america",
    "RU": "росія россия росії россии рф russia",
    "GB": "англія england британія великобританія шотландія scotland вельс wales uk",
    "NL": "голландія holland",
    "CZ": "чехії чехии чеська-республіка czech-republic",
    "AE": "оае емірати emirates uae",
    "KR": "корея korea",
}
_CITIES: Final = {
    "America/New_York": "вашингтон washington бостон boston філадельфія philadelphia маямі miami атланта atlanta "
    "клівленд cleveland шарлотт charlotte пітсбург pittsburgh баффало buffalo флорида florida",
    "America/Chicago": "х’юстон houston даллас dallas остін austin міннеаполіс minneapolis сент-луїс техас texas",
    "America/Los_Angeles": "сіетл seattle портленд portland сакраменто sacramento сан-франциско san-francisco "
    "сан-дієго san-diego лас-вегас las-vegas каліфорнія california",
    "America/Toronto": "оттава ottawa монреаль montreal квебек quebec онтаріо ontario гамільтон hamilton",
    "America/Edmonton": "калгарі calgary альберта alberta",
    "America/Regina": "саскатун saskatoon саскачеван saskatchewan",
    "America/Winnipeg": "манітоба manitoba",
    "Australia/Sydney": "канберра canberra",
}
"""Names that stand for a clock and are in neither list."""


def zone(text: str) -> str | Unclear:
    """The IANA zone of a city ("Прага"), a country with one clock ("в Ірландії"), or an offset from UTC ("+2")."""
    line = one_mark(ascii_digits(one_line(text))).casefold()
    offset = _OFFSET.fullmatch(line)
    if offset is not None:
        return _at_offset(*offset.groups())
    if len(line) > 60:
        return Unclear("unclear-zone")
    called = [_called(part) for part in line.split(",")]  # "Прага, Чехія": the city says it
    return next((found for found in called if isinstance(found, str)), called[-1])


def is_abroad(text: str, *, guess: bool) -> bool:
    """Is this a country or a city of another country, in whatever case it stands ("в Польше", "США", "Торонто")?
    `guess`: also where it is only like one."""
    return any(_is_foreign(part, guess) for part in one_mark(one_line(text)).casefold().split(","))


def _is_foreign(words: str, guess: bool) -> bool:
    names, wanted = _names(), _wanted(words)
    if wanted in names:
        return names[wanted] not in _OURS
    stem = _stem(wanted)
    if len(stem) >= _SHORTEST_STEM and any(_stem(name) == stem and zone not in _OURS for name, zone in names.items()):
        return True
    called = _called(words) if guess else Unclear("unclear-zone")
    return called not in _OURS if isinstance(called, str) else called.reason == "unclear-zone-several"


def _stem(name: str) -> str:
    """Without the ending that tells the case."""
    return name.rstrip("aeiouy")


def _wanted(words: str) -> str:
    return skeleton(_AROUND.sub(" ", words).strip(" .!")).strip()


def _called(words: str) -> str | Unclear:
    names, wanted = _names(), _wanted(words)
    found = names.get(wanted)
    if found is None and len(wanted) >= _SHORTEST_GUESS:
        close = process.extract(wanted, list(names), scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=5)
        best = {names[name] for name, score, _ in close if score == close[0][1]}
        found = best.pop() if len(best) == 1 else None
    return Unclear("unclear-zone") if found is None else (found or Unclear("unclear-zone-several"))


def _at_offset(sign: str, hours: str, minutes: str | None) -> str | Unclear:
    """A zone without summer time; the names of `Etc` count the other way round."""
    if minutes not in (None, "00"):
        return _HALF_HOURS.get(f"{sign}{int(hours):02}:{minutes}", Unclear("unclear-zone"))
    if int(hours) > (14 if sign == "+" else 12):
        return Unclear("unclear-zone")
    return f"Etc/GMT{'-' if sign == '+' else '+'}{int(hours)}" if int(hours) else "Etc/UTC"


@cache
def _names() -> dict[str, str]:
    """Zones by the skeletons of what they are called; "" for a country where one has to name the city."""
    found: dict[str, str] = {}
    territories: Mapping[str, list[str]] = get_global("territory_zones")
    for language in (*_LANGUAGES, *_ABROAD):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code in territories:
                found[skeleton(name)] = _of_country(code, territories[code])
    for code, names in _COUNTRIES.items():
        found |= {skeleton(name): _of_country(code, territories[code]) for name in names.split()}
    for language in _LANGUAGES:
        for zone, known in Locale(language).time_zones.items():
            if "city" in known and not zone.startswith("Etc/"):
                found[skeleton(known["city"])] = _current(zone)
    for zone in (zone for zones in territories.values() for zone in zones if not zone.startswith("Etc/")):
        found.setdefault(skeleton(zone.rpartition("/")[2].replace("_", " ")), _current(zone))
    for zone, names in _CITIES.items():
        found |= {skeleton(name): zone for name in names.split()}
    found.pop("", None)
    return found


def _of_country(code: str, zones: list[str]) -> str:
    if code in _MAIN:
        return _MAIN[code]
    clocks = defaultdict(list)
    for zone in zones:
        clock = ZoneInfo(_current(zone))
        clocks[tuple(datetime(2026, month, 15, tzinfo=clock).utcoffset() for month in (1, 7))].append(zone)
    return _current(zones[0]) if len(clocks) == 1 else ""


def _current(zone: str) -> str:
    return "Europe/Kyiv" if zone == "Europe/Kiev" else zone
