"""The tables that ship packed beside this module, kept as the bytes that they are: each costs its own megabyte or two,
and little at the start.

Names are searched by halving, as one searches a dictionary; a line is split when it is wanted.
"""

from __future__ import annotations

import gzip
import re
from array import array
from importlib.resources import files
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

_MOST_ALIKE: Final = 40


def read(file: str) -> bytes:
    """What a packed file holds."""
    return gzip.decompress((files(__package__) / file).read_bytes())


class TableLines:
    """The lines of a table by their numbers."""

    def __init__(self, table: bytes) -> None:
        self._table = table
        self._ends = array("I", (end.start() for end in re.finditer(b"\n", table)))

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> str:
        return self._table[self._begin(number) : self._ends[number]].decode()

    def from_key(self, key: str) -> int:
        """The number of the first line that is not before `key`, where the lines are in order."""
        wanted, low, high = key.encode(), 0, len(self)
        while low < high:
            middle = (low + high) // 2
            begin = self._begin(middle)
            if self._table[begin : begin + len(wanted)] < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _begin(self, number: int) -> int:
        return self._ends[number - 1] + 1 if number else 0


class Dictionary:
    """Lines in order, each what is heard of a name (`skeleton`), a tab, and whose it is."""

    def __init__(self, table: bytes) -> None:
        self._table = table

    def whose(self, sound: str) -> str:
        """Whose name is heard so; empty if nobody's is."""
        key = sound.encode() + b"\t"
        at = self._first(key)
        if not self._table.startswith(key, at):
            return ""
        return self._table[at + len(key) : self._table.index(b"\n", at)].decode()

    def like(self, sound: str, most: int) -> list[tuple[str, int]]:
        """The names that differ from `sound` in at most `most` letters, and in how many; the first letter is right."""
        names = self._table[self._first(sound[:1].encode()) : self._first(sound[:1].encode() + b"~")].decode()
        sounds = [line[: line.index("\t")] for line in names.splitlines()]
        found = process.extract(sound, sounds, scorer=OSA.distance, score_cutoff=most, limit=_MOST_ALIKE)
        return [(name, int(slips)) for name, slips, _ in found]

    def _first(self, key: bytes) -> int:
        """Where the first line begins that is not before `key`."""
        low, high = 0, len(self._table)
        while low < high:
            line = self._table.rfind(b"\n", low, (low + high) // 2) + 1 or low
            if self._table[line : line + len(key)] < key:
                low = self._table.index(b"\n", line) + 1
            else:
                high = line
        return low
