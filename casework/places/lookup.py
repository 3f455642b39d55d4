"""The settlements, read once from the file that ships beside this module, and the ways to find one."""

from __future__ import annotations

import gzip
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from math import cos, radians
from statistics import fmean
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from casework.places.regions import ABOUT, Point, Region, distance_km
from casework.places.spelling import skeleton


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


class _Atlas:
    """All settlements and an index of what each is called: some 30,000 lines, kept whole and split when wanted.

    A settlement is known here by the number of its line. A line begins with the code, 19 signs long.
    """

    def __init__(self, text: str) -> None:
        self.raions: dict[str, str] = {}
        self.lines: list[str] = []
        self.points: dict[int, Point] = {}
        self.populations: dict[int, int] = {}
        self.by_sound: dict[str, list[int]] = defaultdict(list)
        self.by_former: dict[str, list[int]] = defaultdict(list)
        self.regions = {about.katotth: where for where, about in ABOUT.items()}
        for line in text.splitlines():
            code, kind, name, *about = line.split("\t")
            if kind == "P":
                self.raions[code[:6]] = name
                continue
            n = len(self.lines)
            self.lines.append(line)
            latitude, longitude, population, others, former = about
            for names, index in (((name, *others.split("|")), self.by_sound), (former.split("|"), self.by_former)):
                for sound in {skeleton(called) for called in names if called}:
                    index[sound].append(n)
            if latitude:
                self.points[n] = float(latitude), float(longitude)
                self.populations[n] = int(population or 0)
        self.sounds: dict[str, list[str]] = defaultdict(list)
        for sound in {*self.by_sound, *self.by_former}:
            self.sounds[sound[:1]].append(sound)
        self.middles = self._middles()

    def _middles(self) -> dict[str, Point]:
        """The middle of the located settlements of each hromada and raion, by the start of their codes."""
        groups: dict[str, list[Point]] = defaultdict(list)
        for n, point in self.points.items():
            for digits in (9, 6):
                groups[self.lines[n][:digits]].append(point)
        return {start: (fmean(p[0] for p in group), fmean(p[1] for p in group)) for start, group in groups.items()}

    def region(self, n: int) -> Region:
        return self.regions[self.lines[n][2:4]]

    def raion(self, n: int) -> str:
        return self.raions.get(self.lines[n][:6], "")

    def point(self, n: int) -> Point:
        """Its own coordinates, else the middle of its hromada, its raion, or its region's capital."""
        code = self.lines[n]
        return (
            self.points.get(n)
            or self.middles.get(code[:9])
            or self.middles.get(code[:6])
            or ABOUT[self.region(n)].capital
        )

    def place(self, n: int) -> Settlement:
        code, kind, name, *_ = self.lines[n].split("\t", 3)
        return Settlement(
            code=code,
            name=name,
            kind=_KINDS[kind],
            region=self.region(n),
            raion=self.raion(n),
            latitude=self.point(n)[0],
            longitude=self.point(n)[1],
            approximate=n not in self.points,
            population=self.populations.get(n, 0),
        )

    def called(self, n: int, sound: str, *, former: bool) -> Called:
        _, _, name, _, _, _, others, once = self.lines[n].split("\t")
        names = frozenset(f"{name}|{others}|{once}".casefold().replace("-", " ").split("|"))
        return Called(self.place(n), former, names, official=skeleton(name) == sound)


@cache
def _atlas() -> _Atlas:
    return _Atlas(gzip.decompress((files(__package__) / "places.tsv.gz").read_bytes()).decode())


def called(sound: str) -> list[Called]:
    """The settlements that are heard so (`skeleton`), or once were."""
    atlas = _atlas()
    now, once = atlas.by_sound.get(sound, ()), atlas.by_former.get(sound, ())
    return [
        *(atlas.called(n, sound, former=False) for n in now),
        *(atlas.called(n, sound, former=True) for n in once if n not in now),
    ]


def sounds_like(sound: str, most: int) -> list[tuple[str, int]]:
    """The names that differ from `sound` in at most `most` letters, and in how many; the first letter is right."""
    found = process.extract(sound, _atlas().sounds.get(sound[:1], ()), scorer=OSA.distance, score_cutoff=most, limit=40)
    return [(name, int(slips)) for name, slips, _ in found]


def place_by_code(code: str) -> Settlement | None:
    """The settlement with this KATOTTH code."""
    atlas = _atlas()
    return next((atlas.place(n) for n, line in enumerate(atlas.lines) if line[:19] == code), None)


def nearest(latitude: float, longitude: float) -> Settlement:
    """The nearest settlement whose own coordinates are known."""
    atlas = _atlas()
    # Flat distances choose rightly among neighbours: a degree of longitude is shorter than one of latitude.
    shrunk = cos(radians(latitude))

    def squared(n: int) -> float:
        point = atlas.points[n]
        return (point[0] - latitude) ** 2 + ((point[1] - longitude) * shrunk) ** 2

    return atlas.place(min(atlas.points, key=squared))


def region_of(latitude: float, longitude: float) -> Region | None:
    """The region of the nearest settlement; None more than 60 km from any, which is abroad or at sea.

    Near a region's border it can be the neighbour: ask the person when it matters.
    """
    place = nearest(latitude, longitude)
    return place.region if distance_km((latitude, longitude), place.point) <= _ABROAD_KM else None
