"""The 27 regions of Ukraine: 24 oblasts, the Autonomous Republic of Crimea, Kyiv and Sevastopol.

Their names for people are in `locales/*/places.ftl` (`region-lviv` and its `.short`); here are what a typed name
is recognised by, where the capital lies, and which center is proposed for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from casework.ids import CenterId
from casework.places.spelling import skeleton

EARTH_KM: Final = 6371.0088  # the mean radius (IUGG)
Point = tuple[float, float]
"""Latitude and longitude in degrees, WGS 84."""


class Region(StrEnum):
    """A region by the name of its capital, or by its own where the two differ."""

    CRIMEA = "ar-crimea"
    CHERKASY = "cherkasy"
    CHERNIHIV = "chernihiv"
    CHERNIVTSI = "chernivtsi"
    DNIPROPETROVSK = "dnipropetrovsk"
    DONETSK = "donetsk"
    IVANO_FRANKIVSK = "ivano-frankivsk"
    KHARKIV = "kharkiv"
    KHERSON = "kherson"
    KHMELNYTSKYI = "khmelnytskyi"
    KIROVOHRAD = "kirovohrad"
    KYIV = "kyiv"
    KYIV_CITY = "kyiv-city"
    LUHANSK = "luhansk"
    LVIV = "lviv"
    MYKOLAIV = "mykolaiv"
    ODESA = "odesa"
    POLTAVA = "poltava"
    RIVNE = "rivne"
    SEVASTOPOL = "sevastopol"
    SUMY = "sumy"
    TERNOPIL = "ternopil"
    VINNYTSIA = "vinnytsia"
    VOLYN = "volyn"
    ZAKARPATTIA = "zakarpattia"
    ZAPORIZHZHIA = "zaporizhzhia"
    ZHYTOMYR = "zhytomyr"


ABROAD: Final = "abroad"
"""Where a family that lives in no region of ours lives: some center answers for it as well."""

EVERYWHERE: Final[tuple[str, ...]] = (*Region, ABROAD)
"""All that a center can answer for."""


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """What is known of a region: KATOTTH's two digits, the capital's place (GeoNames), the names it goes by."""

    katotth: str
    capital: Point
    names: tuple[str, ...]


def _about(katotth: str, latitude: float, longitude: float, names: str) -> RegionFacts:
    return RegionFacts(katotth, (latitude, longitude), tuple(names.split(", ")))


ABOUT: Final[Mapping[Region, RegionFacts]] = {
    Region.CRIMEA: _about(
        "01",
        44.957,
        34.111,
        "Автономна Республіка Крим, АР Крим, Автономная Республика Крым, АРК, Крим, Крым, Crimea, "
        "Autonomous Republic of Crimea, Krym, Сімферополь, Симферополь",
    ),
    Region.CHERKASY: _about("71", 49.428, 32.062, "Черкаська, Черкасская, Черкащина, Черкаси, Черкассы"),
    Region.CHERNIHIV: _about("74", 51.506, 31.285, "Чернігівська, Черниговская, Чернігівщина, Чернігів, Чернигов"),
    Region.CHERNIVTSI: _about(
        "73", 48.29, 25.935, "Чернівецька, Черновицкая, Чернівеччина, Буковина, Чернівці, Черновцы"
    ),
    Region.DNIPROPETROVSK: _about(
        "12",
        48.467,
        35.04,
        "Дніпропетровська, Днепропетровская, Дніпропетровщина, Січеславська, Січеславщина, Дніпровська, Дніпро, "
        "Днепр, Дніпропетровськ, Днепропетровск, Dnipro",
    ),
    Region.DONETSK: _about("14", 48.023, 37.802, "Донецька, Донецкая, Донеччина, Донетчина, Донецьк, Донецк"),
    Region.IVANO_FRANKIVSK: _about(
        "26",
        48.922,
        24.71,
        "Івано-Франківська, Ивано-Франковская, Франківщина, Івано-Франківщина, Прикарпаття, Франківська, "
        "Івано-Франківськ, Ивано-Франковск, Франківськ, Франковск, Франик",
    ),
    Region.KHARKIV: _about("63", 49.981, 36.253, "Харківська, Харьковская, Харківщина, Харьковщина, Харків, Харьков"),
    Region.KHERSON: _about("65", 46.635, 32.617, "Херсонська, Херсонская, Херсонщина, Херсон"),
    Region.KHMELNYTSKYI: _about(
        "68", 49.423, 26.987, "Хмельницька, Хмельницкая, Хмельниччина, Хмельницький, Хмельницкий"
    ),
    Region.KIROVOHRAD: _about(
        "35",
        48.513,
        32.26,
        "Кіровоградська, Кировоградская, Кіровоградщина, Кропивницька, Кропивниччина, Кропивницький, Кропивницкий, "
        "Кіровоград, Кировоград",
    ),
    Region.KYIV: _about("32", 50.45, 30.524, "Київська, Киевская, Київщина, Киевщина"),
    Region.KYIV_CITY: _about("80", 50.45, 30.524, "Київ, Киев, Києві, Киеве, Kyiv, Kiev, Kyiv city, столиця"),
    Region.LUHANSK: _about("44", 48.567, 39.317, "Луганська, Луганская, Луганщина, Луганськ, Луганск, Lugansk"),
    Region.LVIV: _about("46", 49.838, 24.023, "Львівська, Львовская, Львівщина, Львовщина, Львів, Львов, Lemberg"),
    Region.MYKOLAIV: _about(
        "48", 46.976, 31.993, "Миколаївська, Николаевская, Миколаївщина, Николаевщина, Миколаїв, Николаев"
    ),
    Region.ODESA: _about("51", 46.486, 30.743, "Одеська, Одесская, Одещина, Одесчина, Одеса, Одесса"),
    Region.POLTAVA: _about("53", 49.593, 34.541, "Полтавська, Полтавская, Полтавщина, Полтава"),
    Region.RIVNE: _about("56", 50.62, 26.251, "Рівненська, Ровенская, Рівненщина, Ровенщина, Рівне, Ровно"),
    Region.SEVASTOPOL: _about("85", 44.608, 33.521, "Севастополь, Sevastopol"),
    Region.SUMY: _about("59", 50.922, 34.8, "Сумська, Сумская, Сумщина, Суми, Сумы"),
    Region.TERNOPIL: _about("61", 49.556, 25.606, "Тернопільська, Тернопольская, Тернопілля, Тернопіль, Тернополь"),
    Region.VINNYTSIA: _about("05", 49.232, 28.468, "Вінницька, Винницкая, Вінниччина, Вінниця, Винница"),
    Region.VOLYN: _about("07", 50.747, 25.329, "Волинська, Волынская, Волинь, Волынь, Луцьк, Луцк, Луцька"),
    Region.ZAKARPATTIA: _about(
        "21", 48.624, 22.295, "Закарпатська, Закарпатская, Закарпаття, Закарпатье, Ужгород, Transcarpathia"
    ),
    Region.ZAPORIZHZHIA: _about(
        "23", 47.838, 35.14, "Запорізька, Запорожская, Запоріжжя, Запорожье, Запоріжчина, Запорожчина"
    ),
    Region.ZHYTOMYR: _about("18", 50.255, 28.659, "Житомирська, Житомирская, Житомирщина, Житомир"),
}

# The eastern office's own published list; nothing is published for the other three.
_EAST: Final = frozenset(
    {
        Region.KHARKIV,
        Region.SUMY,
        Region.POLTAVA,
        Region.DONETSK,
        Region.LUHANSK,
        Region.ZAPORIZHZHIA,
        Region.DNIPROPETROVSK,
    }
)
_OTHER_CENTERS: Final = (Region.LVIV, Region.MYKOLAIV, Region.VINNYTSIA)


def region_called(sound: str) -> Region | None:
    """The region with a name that is heard so (`skeleton`); "Київ" is the city and "Київська" the oblast around it."""
    return _names().get(sound)


def regions_like(sound: str, most: int) -> list[tuple[str, int]]:
    """The names of regions that differ from `sound` in at most `most` letters, and in how many."""
    found = process.extract(sound, list(_names()), scorer=OSA.distance, score_cutoff=most, limit=8)
    return [(name, int(slips)) for name, slips, _ in found]


def distance_km(a: Point, b: Point) -> float:
    """The great-circle distance in kilometres between two points (haversine), good to 0.5 %."""
    (lat_a, lon_a), (lat_b, lon_b) = ((radians(p[0]), radians(p[1])) for p in (a, b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def proposed_center(where: str) -> CenterId:
    """The center that a new service lets answer for a region, until an administrator says otherwise.

    The eastern center's seven regions are published; the others go by the capital's distance from the other three
    centers, which is our own proposal (`center_is_published`), as is the center for families abroad.
    """
    if where in _EAST:
        return CenterId(Region.KHARKIV)
    if where == ABROAD:
        return CenterId(Region.LVIV)
    return CenterId(
        min(_OTHER_CENTERS, key=lambda c: distance_km(ABOUT[c].capital, ABOUT[Region(where)].capital)).value
    )


def center_is_published(where: str) -> bool:
    """Is `proposed_center` a published fact for this region, and not only our proposal?"""
    return where in _EAST


@cache
def _names() -> dict[str, Region]:
    return {skeleton(name): where for where, about in ABOUT.items() for name in about.names}
