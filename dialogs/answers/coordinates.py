"""Coordinates in what people write: found so that they are not kept. In the enemy's hands they cost lives."""

from __future__ import annotations

import re
from typing import Final

LEFT_OUT: Final = "[…]"
"""Stands in a story where coordinates were left out of it."""

_DEGREES: Final = r"\d{1,3}(?:[.,]\d+)?\s?(?:[°º˚]|град\w{0,5}\.?|deg\w{0,5})"
_MINUTES: Final = r"\s?\d{1,2}(?:[.,]\d+)?\s?(?:['′’ʼ`´]|хв\w{0,5}\.?|мин\w{0,4}\.?|min\w{0,4})"
_SECONDS: Final = r"(?:\s?\d{1,2}(?:[.,]\d+)?\s?(?:[\"″”“]|['′’]{2}|сек\w{0,5}\.?|sec\w{0,5}))?"
_SIDE: Final = r"(?:\s?(?:пн|пд|сх|зх|с|ю|в|з|ш|д|n|s|e|w)\b\.?(?:\s?[шд]\b\.?)?)"
# The east and the zones of Ukraine in the military grid; the letters are typed in either alphabet.
_GRID: Final = r"\b3[4-7]\s?[tuту]\s?[a-zа-я]{2}\s?(?:\d{5}\s?\d{5}|\d{4}\s?\d{4}|\d{3}\s?\d{3}|\d{2}\s?\d{2})\b"
_FAR: Final = r"(?<![\d.,])-?\d{1,3}[.,]\d{4,}(?:\s?[°º˚])?"
# Three decimals are a hundred metres, and as often a sum of money; so only within Ukraine, and no round thousands.
_NORTH: Final = r"(?<![\d.,])(?:4[3-9]|5[0-3])[.,](?!000)\d{3}\b"
_EAST: Final = r"(?<![\d.,])(?:2[1-9]|3\d|4[01])[.,](?!000)\d{3}\b"
_BETWEEN: Final = r"(?:[\s,;/nseпнсхшд.]|довгота|долгота|longitude|lon|lng){1,8}"
_MAPS: Final = (
    r"maps\.app\.goo\.gl|goo\.gl/maps|(?:www\.|maps\.)?google\.\w{2,3}(?:\.\w{2})?/maps|maps\.google|"
    r"maps\.apple\.com|(?:www\.)?openstreetmap\.org|osm\.org|(?:www\.)?waze\.com|w3w\.co|what3words\.com|"
    r"(?:www\.)?deepstatemap\.live|(?:www\.)?bing\.com/maps|wego\.here\.com|share\.here\.com|plus\.codes|"
    r"yandex\.\w{2,3}/maps|2gis\.\w{2,3}|mapy\.c\w{1,2}|wikimapia\.org"
)
_COORDINATES: Final = re.compile(
    "|".join(
        (
            rf"(?:https?://)?(?:{_MAPS})\S*",
            r"\bgeo:-?\d[\d.,;=?-]*",
            r"///\w+\.\w+\.\w+",
            r"\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b",
            rf"{_DEGREES}{_MINUTES}{_SECONDS}{_SIDE}?(?:[\s,;]{{1,3}}{_DEGREES}{_MINUTES}{_SECONDS}{_SIDE}?)?",
            rf"{_DEGREES}{_SIDE}[\s,;]{{1,3}}{_DEGREES}{_SIDE}",
            rf"{_FAR}{_BETWEEN}{_FAR}",
            rf"{_NORTH}{_BETWEEN}{_EAST}|{_EAST}{_BETWEEN}{_NORTH}",
            _GRID,
            r"\b[xх]\s?[:=]?\s?\d{5,7}\b[\s,;]{1,3}[yу]\s?[:=]?\s?\d{5,7}\b",
        )
    ),
    re.IGNORECASE,
)


def without_coordinates(text: str) -> str:
    """The text with `[…]` for decimal degrees, degrees and minutes, grid references and links to maps; the same text
    if it has none."""
    return _COORDINATES.sub(LEFT_OUT, text)
