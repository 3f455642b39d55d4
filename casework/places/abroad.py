"""Countries and cities abroad by name, however spelt: GeoNames' cities of 15,000 people and more, CLDR's countries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from casework.places.regions import Point
from casework.places.tables import Dictionary, TableLines, read


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
def _names() -> Dictionary:
    return Dictionary(read("abroad-names.txt.gz"))


@cache
def _rows() -> tuple[dict[str, Country], TableLines]:
    countries, _, cities = read("abroad.tsv.gz").partition(b"\n\n")
    known = (Country(*line.split("\t")) for line in countries.decode().splitlines())
    return {country.code: country for country in known}, TableLines(cities)


def named(sound: str) -> list[Country | City]:
    """The countries and cities that are heard so (`skeleton`), countries and bigger ones first."""
    return [_found(whose) for whose in _names().whose(sound).split()]


def like(sound: str, most: int) -> list[tuple[str, int]]:
    """The names that differ from `sound` in at most `most` letters, and in how many; the first letter is right."""
    return _names().like(sound, most)


def _found(whose: str) -> Country | City:
    countries, cities = _rows()
    if not whose.isdecimal():
        return countries[whose]
    code, zone, name, own, latitude, longitude, thousands, capital = cities[int(whose)].split("\t")
    point = (float(latitude), float(longitude)) if latitude else None
    return City(countries[code], zone, name, own, point, int(thousands), bool(capital))
