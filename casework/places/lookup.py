"""The settlements, read once from the file that ships beside this module, and the ways to find one."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from math import cos, radians
from statistics import fmean
from typing import Final

from rapidfuzz import fuzz, process

from casework.places.regions import ABOUT, Point, Region, distance_km, region
from casework.places.spelling import skeleton


class Kind(StrEnum):
    """What sort of settlement, by the law of 2023 on the order of administrative units."""

    CITY = "city"  # місто
    TOWN = "town"  # селище
    VILLAGE = "village"  # село


@dataclass(frozen=True, slots=True)
class Place:
    """A settlement with its official name and place."""

    code: str  # KATOTTH, such as UA63120270010096107
    name: str
    kind: Kind
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
class Found:
    """A place that may be meant, and how like its name is to what was typed: 100 is the same."""

    place: Place
    score: float


_KINDS: Final = {"M": Kind.CITY, "X": Kind.TOWN, "C": Kind.VILLAGE}
_LIKE: Final = 72.0
_PREFIX_SCORE: Final = 90.0
_LONGEST: Final = 120
_ABROAD_KM: Final = 60.0
_ELSEWHERE: Final = 25.0
_TYPES: Final = re.compile(
    r"\b(?:місто|місті|города?|городе|м|г|селище|селищі|смт|пгт|посёлок|поселок|село|селі|деревня|с|city|town|"
    r"village|of|in|живу|живемо|мешкаю|україна|украина|ukraine|із|зі|з|у|в)\b\.?"
)
_RAION: Final = re.compile(r"([\w’'ʼ`-]+)\s+(?:районі?у?|районе?|р-н\w*|raion|rayon|district)(?!\w)")
_OBLAST: Final = re.compile(r"((?:[\w’'ʼ`]+-)?[\w’'ʼ`]+)\s+(?:обл\w*\.?|oblast|region)(?!\w)")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was typed, taken apart: the settlement's skeleton, and the region and the raion if they were named."""

    sound: str
    region: Region | None
    raion: str


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
        self.regions = {about.katotth: where for where, about in ABOUT.items()}
        for line in text.splitlines():
            code, kind, name, *about = line.split("\t")
            if kind == "P":
                self.raions[code[:6]] = name
                continue
            n = len(self.lines)
            self.lines.append(line)
            latitude, longitude, population, others = about
            for sound in {skeleton(called) for called in (name, *others.split("|")) if called}:
                self.by_sound[sound].append(n)
            if latitude:
                self.points[n] = float(latitude), float(longitude)
                self.populations[n] = int(population or 0)
        self.sounds = list(self.by_sound)
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

    def place(self, n: int) -> Place:
        code, kind, name, *_ = self.lines[n].split("\t", 3)
        return Place(
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


@cache
def _atlas() -> _Atlas:
    return _Atlas(gzip.decompress((files(__package__) / "places.tsv.gz").read_bytes()).decode())


def find_place(text: str, limit: int = 5) -> list[Found]:
    """The settlements that `text` may mean, the likeliest first, bigger ones first among equals; none if none is.

    Misspelt names are found, in Ukrainian, Russian or Latin letters; a raion or a region beside the name narrows it
    down ("Іванівка, Полтавська область").
    """
    atlas = _atlas()
    wanted = _taken_apart(text[:_LONGEST])
    if len(wanted.sound) < 2:
        return []
    scores: dict[int, float] = {}
    for sound, score in _like(wanted.sound, atlas.sounds):
        for n in atlas.by_sound[sound]:
            scores[n] = max(score, scores.get(n, 0.0))
    for n in scores:
        raion = skeleton(atlas.raion(n))
        elsewhere = wanted.region not in (None, atlas.region(n)) or (
            wanted.raion and fuzz.ratio(wanted.raion, raion) < _LIKE
        )
        scores[n] -= _ELSEWHERE if elsewhere else 0.0
    best = sorted(scores, key=lambda n: (-_rank(scores[n], atlas, n), atlas.lines[n]))
    return [Found(atlas.place(n), round(scores[n], 1)) for n in best[:limit] if scores[n] >= _LIKE - _ELSEWHERE]


def place_by_code(code: str) -> Place | None:
    """The settlement with this KATOTTH code."""
    atlas = _atlas()
    return next((atlas.place(n) for n, line in enumerate(atlas.lines) if line[:19] == code), None)


def nearest(latitude: float, longitude: float) -> Place:
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


def _taken_apart(text: str) -> _Wanted:
    lowered = text.casefold()
    where, raion = None, ""
    if named := _OBLAST.search(lowered):
        where = region(named[0])
        lowered = lowered.replace(named[0], " , ")
    if named := _RAION.search(lowered):
        raion = skeleton(named[1])
        lowered = lowered.replace(named[0], " , ")
    parts = [part for part in (skeleton(_TYPES.sub(" ", p)).strip() for p in re.split(r"[,;()\n]", lowered)) if part]
    if len(parts) > 1 and where is None:
        where = next((r for p in re.split(r"[,;()\n]", lowered)[1:] if (r := region(p)) is not None), None)
    return _Wanted(parts[0] if parts else "", where, raion)


def _like(sound: str, sounds: Sequence[str]) -> list[tuple[str, float]]:
    """The names that sound like `sound`, and how much; the beginning of a name counts as well."""
    close = [
        (name, score)
        for name, score, _ in process.extract(sound, sounds, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=60)
    ]
    if len(sound) >= 4 and not any(score == 100.0 for _, score in close):
        close += [(name, _PREFIX_SCORE) for name in sounds if name.startswith(sound)]
    return close


def _rank(score: float, atlas: _Atlas, n: int) -> float:
    """Likeness, and a little for size: a slip in "Миколаїв" should not lead to a village of 50 that is spelt so.

    An exact name stays before any inexact one.
    """
    people = atlas.populations.get(n, 0)
    city = atlas.lines[n][20] == "M"
    size = 6.0 if people > 200_000 else 4.0 if people > 20_000 else 2.0 if city else 0.0
    return (score + size if score < 100.0 else 200.0) + people / 1e8
