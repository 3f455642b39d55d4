"""Countries and cities abroad by name, however spelt: GeoNames' cities of 15,000 people and more, CLDR's countries.

The names are one sorted text that ships beside this module and is searched by halving, as one searches a dictionary: it
costs its own megabyte and a half of memory, and nothing at the start.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from casework.places.regions import Point


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO code. `zone` is empty where people there live by several clocks."""

    code: str
    zone: str


@dataclass(frozen=True, slots=True)
class City:
    """A city abroad, or a part of a country that has one clock (`thousands` is 0 then, and it lies nowhere)."""

    country: Country
    zone: str
    name: str
    own: str
    """Its name as it is written there."""
    point: Point | None
    thousands: int
    capital: bool


@cache
def _names() -> bytes:
    return gzip.decompress((files(__package__) / "abroad-names.txt.gz").read_bytes())


@cache
def _rows() -> tuple[dict[str, Country], list[str]]:
    text = gzip.decompress((files(__package__) / "abroad.tsv.gz").read_bytes()).decode()
    countries, _, cities = text.partition("\n\n")
    known = (Country(*line.split("\t")) for line in countries.splitlines())
    return {country.code: country for country in known}, cities.splitlines()


def named(sound: str) -> list[Country | City]:
    """The countries and cities that are heard so (`skeleton`), countries and bigger ones first."""
    names, key = _names(), sound.encode() + b"\t"
    at = _first(key)
    if not names.startswith(key, at):
        return []
    return [_found(whose) for whose in names[at + len(key) : names.index(b"\n", at)].decode().split()]


def like(sound: str, most: int) -> list[tuple[str, int]]:
    """The names that differ from `sound` in at most `most` letters, and in how many; the first letter is right."""
    names = _names()[_first(sound[:1].encode()) : _first(sound[:1].encode() + b"~")].decode()
    sounds = [line[: line.index("\t")] for line in names.splitlines()]
    found = process.extract(sound, sounds, scorer=OSA.distance, score_cutoff=most, limit=40)
    return [(name, int(slips)) for name, slips, _ in found]


def _found(whose: str) -> Country | City:
    countries, cities = _rows()
    if not whose.isdecimal():
        return countries[whose]
    code, zone, name, own, latitude, longitude, thousands, capital = cities[int(whose)].split("\t")
    point = (float(latitude), float(longitude)) if latitude else None
    return City(countries[code], zone, name, own, point, int(thousands), bool(capital))


def _first(key: bytes) -> int:
    """Where the first line begins that is not before `key`."""
    names = _names()
    low, high = 0, len(names)
    while low < high:
        line = names.rfind(b"\n", low, (low + high) // 2) + 1 or low
        if names[line : line + len(key)] < key:
            low = names.index(b"\n", line) + 1
        else:
            high = line
    return low
