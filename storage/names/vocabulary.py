"""The words that names are made of: each once, found by how it sounds, with a slip, shortened or in another layout."""

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from casework.names import called, letter_rests, meant, readings, rests, rough, typed_rests
from storage.names.postings import Postings

WEAKEST: Final = 55.0
"""From here on, of 100, a word is one that may be meant."""
MOST: Final = 40
"""So many words that may be meant by one that was typed."""
SHORTENED: Final = 0.9
MISTAKEN: Final = 0.97
"""What a word counts that was read in another layout."""
CLEAR: Final = 90.0
"""Whose reading is so good needs none in another layout."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was typed: what it may sound like, each with what that counts, and the words that may be meant."""

    sounds: tuple[tuple[str, str, float], ...]
    """As heard, its rough sound, and its weight."""
    known: dict[int, float]
    """Words of the vocabulary by their numbers, 0 to 100 how likely they are meant."""

    def likely(self, number: int) -> float:
        return self.known.get(number, 0.0)

    def score(self, sound: str, rest: str) -> float:
        return max((_alike(*one, sound, rest) for one in self.sounds), default=0.0)


class Vocabulary:
    """Words by number; a word that no name has any more is forgotten."""

    def __init__(self) -> None:
        self.sounds: list[str] = []
        self.rough: list[str] = []
        self._uses = array("I")
        self._numbers: dict[str, int] = {}
        self._free: list[int] = []
        self._keys = Postings()

    def __len__(self) -> int:
        return len(self._keys)

    def take(self, sound: str) -> int:
        """The number of a word, which is used once more."""
        number = self._numbers.get(sound)
        if number is None:
            number = self._enter(sound)
        self._uses[number] += 1
        return number

    def _enter(self, sound: str) -> int:
        if self._free:
            number = self._free.pop()
            self.sounds[number], self.rough[number] = sound, rough(sound)
        else:
            number = len(self.sounds)
            self.sounds.append(sound)
            self.rough.append(rough(sound))
            self._uses.append(0)
        self._numbers[sound] = number
        for key in _keys(sound):
            self._keys.add(key, number)
        return number

    def let_go(self, number: int) -> None:
        """A word is used once less."""
        self._uses[number] -= 1
        if self._uses[number]:
            return
        sound = self.sounds[number]
        for key in _keys(sound):
            self._keys.remove(key, number)
        del self._numbers[sound]
        self.sounds[number] = self.rough[number] = ""
        self._free.append(number)

    def meant(self, typed: str) -> Word:
        """Which words may be meant by one as it was typed."""
        sounds = [(sound, rough(sound), 1.0) for sound in readings(typed)]
        found: dict[int, float] = {}
        for one in sounds:
            self._look(one, found)
        if letters := typed_rests(typed):
            self._keep_among(self._near(hash(("letters", one)) for one in letters), sounds[:1], found)
        short = [(other, rough(other), SHORTENED) for sound, _, _ in tuple(sounds) for other in called(sound)]
        for one in short:
            for number in self._keys.of(hash(("sound", one[1]))):
                self._keep(number, [one], found)
        sounds += short
        if re.search("[a-z]", typed, re.IGNORECASE) or max(found.values(), default=0.0) < CLEAR:
            mistaken = [(sound, rough(sound), MISTAKEN) for other in meant(typed) for sound in readings(other)]
            mistaken += [
                (other, rough(other), SHORTENED * MISTAKEN)
                for sound, _, _ in tuple(mistaken)
                for other in called(sound)
            ]
            for one in mistaken:
                self._look(one, found)
            sounds += mistaken
        best = sorted(found, key=lambda number: -found[number])[:MOST]
        return Word(tuple(dict.fromkeys(sounds)), {number: found[number] for number in best})

    def _look(self, one: tuple[str, str, float], found: dict[int, float]) -> None:
        near = self._near(hash(("sound", rest)) for rest in rests(one[0]))
        self._keep_among(near, [one], found)

    def _near(self, keys: Iterable[int]) -> set[int]:
        return {number for key in keys for number in self._keys.of(key)}

    def _keep_among(
        self, numbers: Iterable[int], sounds: Sequence[tuple[str, str, float]], found: dict[int, float]
    ) -> None:
        near = {number: self.sounds[number] for number in numbers}
        for one in sounds:
            most = 1 + len(one[0]) // 3
            for _, _, number in process.extract(
                one[0], near, scorer=OSA.distance, processor=None, score_cutoff=most, limit=None
            ):
                self._keep(number, [one], found)

    def _keep(self, number: int, sounds: Sequence[tuple[str, str, float]], found: dict[int, float]) -> None:
        sound, rest = self.sounds[number], self.rough[number]
        score = max(_alike(*one, sound, rest) for one in sounds)
        if score >= WEAKEST and score > found.get(number, 0.0):
            found[number] = score


def _keys(sound: str) -> set[int]:
    return {hash(("sound", rest)) for rest in rests(sound)} | {hash(("letters", rest)) for rest in letter_rests(sound)}


def _alike(sound: str, rest: str, weight: float, other: str, other_rest: str) -> float:
    """How alike two words are, 0 to 100: as they are heard, and as they are heard roughly."""
    if sound == other:
        return 100.0 * weight
    fine = OSA.normalized_similarity(sound, other)
    return 50.0 * weight * (fine + OSA.normalized_similarity(rest, other_rest))
