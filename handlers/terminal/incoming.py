"""A typed line in the form that every channel shares. Pure: no file is opened here, no clock is read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dialogs.answers.writing import plain
from dialogs.said import Location, Text
from handlers.channel import Key
from handlers.incoming import ButtonPress, Opened, spoken

LONGEST_LINE: Final = 20_000
"""Bytes of a line; what is longer was not typed."""

_UNTYPED: Final = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x1f\x7f-\x9f]")
"""What keys without letters leave in a line (an arrow is ESC [ A), and every other sign that steers a terminal."""

_FILE: Final = re.compile(r"(?:file|файл)\s+(?P<path>\S.*)", re.IGNORECASE)
_PLACE: Final = re.compile(
    r"(?:place|місце)\s+(?P<latitude>-?\d{1,2}(?:\.\d+)?)[,\s]\s*(?P<longitude>-?\d{1,3}(?:\.\d+)?)\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A file named by its path: the listening half reads and cleans it."""

    path: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """No text at all: not UTF-8, or far too long."""


def read(line: bytes, keys: Sequence[Key]) -> Text | ButtonPress | Opened | Location | Paper | Unreadable | None:
    """What was typed; None for an empty line. `keys` are those shown lately: their words, typed, press them.

    A choice's number is left to the question itself, which reads it on every channel.
    """
    if len(line) > LONGEST_LINE:
        return Unreadable()
    try:
        text = _UNTYPED.sub("", line.decode()).strip()
    except UnicodeDecodeError:
        return Unreadable()
    if not text:
        return None
    if file := _FILE.fullmatch(text):
        return Paper(file["path"].strip("\"' "))
    if place := _PLACE.fullmatch(text):
        latitude, longitude = float(place["latitude"]), float(place["longitude"])
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return Location(latitude, longitude)
    pressed = next((key for key in reversed(keys) if plain(key.label) == plain(text)), None)
    return spoken(text) if pressed is None else ButtonPress(pressed.id)
