"""What a new service begins with, read from `seed.toml`: sources and days stand there, beside each entry."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from casework.centers import Center, Disclosure, Line
from casework.ids import CenterId
from casework.places import EVERYWHERE, center_is_published, proposed_center
from casework.reference import LANGUAGES, ReferenceEntry, Sort

POSITIONS_APART = 1000
"""Between the positions of neighbours, so that others go between them."""


@cache
def _file() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(Path(__file__).with_name("seed.toml").read_text(encoding="utf-8"))


@cache
def entries() -> tuple[ReferenceEntry, ...]:
    """Every entry with its words, in effect from ever on."""
    return tuple(
        ReferenceEntry(
            sort,
            told["name"],
            position * POSITIONS_APART,
            {language: told[language] for language in LANGUAGES},
            needed_by=tuple(told.get("needed_by", ())),
            traits=tuple(told.get("traits", ())),
            source=told["source"],
            read=told["read"],
        )
        for sort in Sort
        for position, told in enumerate(_file()[sort], start=1)
    )


def unsigned() -> frozenset[tuple[Sort, str, str]]:
    """Sort, name and part of the words that a psychologist and families have still to read."""
    every = ((sort, told) for sort in Sort for told in _file()[sort])
    return frozenset((sort, told["name"], part) for sort, told in every for part in told.get("unsigned", ()))


def lines() -> tuple[Line, ...]:
    """The lines that the bodies publish."""
    return tuple(Line(told["name"], told["phone"], told["step"]) for told in _file()[Sort.LINE])


def centers() -> tuple[Center, ...]:
    """The centers of April 2025, each with the regions that it answers for."""
    found = []
    for told in _file()[Sort.CENTER]:
        name, disclosure, address = told["name"], Disclosure(told["disclosure"]), told.get("address")
        place = told["latitude"], told["longitude"]
        regions = tuple(region for region in EVERYWHERE if proposed_center(region) == name)
        proposed = tuple(region for region in regions if not center_is_published(region))
        found.append(Center(CenterId(name), regions, proposed, *place, disclosure, address))
    return tuple(found)
