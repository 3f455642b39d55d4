"""Invented persons. Surnames are Ukrainian ones of the package names-translator (MIT), given names and patronymics
those of Faker (MIT): neither is known to the index. How often each occurs falls as it does among people: few are borne
by many.
"""

import csv
import random
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Final

from faker.providers.person.uk_UA import Provider
from names_translator.dicts import NameDicts

WOMEN: Final = 0.12
DOUBLE: Final = 0.02
FIRST, LAST = 1965, 2006
"""Years of birth."""


@dataclass(frozen=True, slots=True)
class Person:
    """`born` as YYYY-MM-DD, or empty."""

    number: int
    surname: str
    given: str
    patronymic: str
    born: str
    woman: bool = False

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)


@dataclass(frozen=True)
class _Pool:
    """Words, the first of them the most frequent (Zipf's law, flattened)."""

    words: Sequence[str]
    heights: Sequence[float]

    @classmethod
    def of(cls, words: Sequence[str], flat: float) -> "_Pool":
        return cls(words, list(accumulate(1 / (rank + flat) for rank in range(1, len(words) + 1))))

    def draw(self, chance: random.Random) -> str:
        return self.words[bisect(self.heights, chance.random() * self.heights[-1])]


@cache
def russian(kind: str) -> dict[str, list[str]]:
    """Ukrainian names of a kind ("first", "last", "patronymic") in small letters, each with its Russian forms."""
    found: dict[str, list[str]] = NameDicts().as_dict(kind)
    return found


@cache
def _surnames(woman: bool) -> Sequence[str]:
    """Those that a man or a woman can bear, in an order that has nothing to do with the alphabet."""
    men = ("ий", "ов", "ев", "єв", "ін", "їн")
    women = ("а", "я")
    found = [
        word.capitalize()
        for word in russian("last")
        if 3 <= len(word) <= 14 and word.isalpha() and not word.endswith(men if woman else women)
    ]
    random.Random(20261130).shuffle(found)  # noqa: S311
    return found


def made(many: int, chance: random.Random) -> list[Person]:
    """So many persons, numbered from 1."""
    surnames = [_Pool.of(_surnames(woman), 200) for woman in (False, True)]
    given = [_Pool.of(_mixed(names, chance), 4) for names in (Provider.first_names_male, Provider.first_names_female)]
    fathers = [
        _Pool.of(_mixed(names, chance), 4) for names in (Provider.middle_names_male, Provider.middle_names_female)
    ]
    found = []
    for number in range(1, many + 1):
        woman = chance.random() < WOMEN
        surname = surnames[woman].draw(chance)
        if chance.random() < DOUBLE:
            surname = f"{surname}-{surnames[woman].draw(chance)}"
        born = f"{chance.randint(FIRST, LAST)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        found.append(Person(number, surname, given[woman].draw(chance), fathers[woman].draw(chance), born, woman))
    return found


def _mixed(names: Sequence[str], chance: random.Random) -> list[str]:
    mixed = sorted(set(names))
    chance.shuffle(mixed)
    return mixed


def read(file: Path) -> list[Person]:
    """Persons of a CSV file with the columns number, surname, given, patronymic, born."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [
            Person(int(row["number"]), row["surname"], row["given"], row["patronymic"], row["born"])
            for row in csv.DictReader(lines)
        ]
