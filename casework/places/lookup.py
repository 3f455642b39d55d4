"""The settlements, and the ways to find one. Each is known here by the number of its line."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import cos, radians
from statistics import fmean
from typing import Final

from casework.places.regions import ABOUT, Point, Region, distance_km
from casework.places.spelling import skeleton
from casework.places.tables import Dictionary, TableLines, read


class SettlementKind(StrEnum):
    """What sort of settlement, by the law of 2023 on the order of administrative units."""

    CITY = "city"  # місто
    TOWN = "town"  # селище
    VILLAGE = "village"  # село


@dataclass(frozen=True, slots=True)
class Settlement:
    """A settlement with its official name and place."""

    code: str  # KATOTTH, such as UA63120270010096107
    name: str
    kind: SettlementKind
    region: Region
    raion: str  # the adjective: "Полтавський"; empty for Kyiv and Sevastopol
    latitude: float
    longitude: float
    approximate: bool  # the coordinates are those of its hromada, raion or region
    population: int  # as GeoNames has it; 0 when unknown

    @property
    def point(self) -> Point:
        """Latitude and longitude in degrees."""
        return self.latitude, self.longitude


@dataclass(frozen=True, slots=True)
class Called:
    """A settlement that is called so, or was (`former`): whoever says a name of the past may mean another, too."""

    place: Settlement
    former: bool
    names: frozenset[str]
    """All its names, in small letters and without hyphens."""
    official: bool
    """Is it the official name that is heard so, and not another one?"""


_KINDS: Final = {"M": SettlementKind.CITY, "X": SettlementKind.TOWN, "C": SettlementKind.VILLAGE}
_ABROAD_KM: Final = 60.0
_RAION, _HROMADA = 6, 9
"""Signs with which the codes of a raion's, and of a hromada's, settlements begin."""

FORMER: Final = "*"
"""Before the number of whoever was once called so, in the dictionary of names."""
_REGIONS: Final = {about.katotth: where for where, about in ABOUT.items()}


@cache
def _rows() -> tuple[dict[str, str], TableLines]:
    """The raions by the start of their code, and the settlements in the order of theirs."""
    raions, _, settlements = read("places.tsv.gz").partition(b"\n\n")
    names = (line.split("\t") for line in raions.decode().splitlines())
    return {code[:_RAION]: name for code, name in names}, TableLines(settlements)


@cache
def _names() -> Dictionary:
    return Dictionary(read("places-names.txt.gz"))


def _place(line: str) -> Settlement:
    code, kind, name, latitude, longitude, population, *_ = line.split("\t")
    region = _REGIONS[code[2:4]]
    # Its own coordinates, else the middle of its hromada, its raion, or its region's capital.
    point = (
        (float(latitude), float(longitude))
        if latitude
        else _middle(code[:_HROMADA]) or _middle(code[:_RAION]) or ABOUT[region].capital
    )
    return Settlement(
        code=code,
        name=name,
        kind=_KINDS[kind],
        region=region,
        raion=_rows()[0].get(code[:_RAION], ""),
        latitude=point[0],
        longitude=point[1],
        approximate=not latitude,
        population=int(population or 0),
    )


@cache
def _middle(start: str) -> Point | None:
    """The middle of the located settlements whose codes begin so."""
    points = [point for line in _beginning(start) if (point := _own_point(line)) is not None]
    return (fmean(point[0] for point in points), fmean(point[1] for point in points)) if points else None


def _beginning(start: str) -> Iterator[str]:
    """The lines of the settlements whose codes begin so."""
    lines = _rows()[1]
    for n in range(lines.from_key(start), len(lines)):
        if not (line := lines[n]).startswith(start):
            return
        yield line


def _own_point(line: str) -> Point | None:
    _, _, _, latitude, longitude, _ = line.split("\t", 5)
    return (float(latitude), float(longitude)) if latitude else None


@cache
def _located() -> tuple[array[int], array[float], array[float]]:
    """The settlements whose own coordinates are known: their numbers, latitudes, longitudes."""
    numbers, latitudes, longitudes = array("I"), array("d"), array("d")
    for n in range(len(lines := _rows()[1])):
        if (point := _own_point(lines[n])) is not None:
            numbers.append(n)
            latitudes.append(point[0])
            longitudes.append(point[1])
    return numbers, latitudes, longitudes


def called(sound: str) -> list[Called]:
    """The settlements that are heard so (`skeleton`), or once were."""
    return [_called(whose, sound) for whose in _names().whose(sound).split()]


def _called(whose: str, sound: str) -> Called:
    line = _rows()[1][int(whose.removeprefix(FORMER))]
    _, _, name, _, _, _, others, once = line.split("\t")
    names = frozenset(f"{name}|{others}|{once}".casefold().replace("-", " ").split("|"))
    return Called(_place(line), whose.startswith(FORMER), names, official=skeleton(name) == sound)


def sounds_like(sound: str, most: int) -> list[tuple[str, int]]:
    """The names that differ from `sound` in at most `most` letters, and in how many; the first letter is right."""
    return _names().like(sound, most)


def place_by_code(code: str) -> Settlement | None:
    """The settlement with this KATOTTH code."""
    return next(map(_place, _beginning(f"{code}\t")), None)


def nearest(latitude: float, longitude: float) -> Settlement:
    """The nearest settlement whose own coordinates are known."""
    # Flat distances choose rightly among neighbours: a degree of longitude is shorter than one of latitude.
    shrunk = cos(radians(latitude))
    numbers, latitudes, longitudes = _located()

    def squared(at: int) -> float:
        return (latitudes[at] - latitude) ** 2 + ((longitudes[at] - longitude) * shrunk) ** 2

    return _place(_rows()[1][numbers[min(range(len(numbers)), key=squared)]])


def region_of(latitude: float, longitude: float) -> Region | None:
    """The region of the nearest settlement; None more than 60 km from any, which is abroad or at sea.

    Near a region's border it can be the neighbour: ask the person when it matters.
    """
    place = nearest(latitude, longitude)
    return place.region if distance_km((latitude, longitude), place.point) <= _ABROAD_KM else None
