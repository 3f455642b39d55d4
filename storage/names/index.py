"""Who is meant by a name: persons by pairs of words, by single words, by the day of birth; then the few are compared.

No look at every name: a query reads some hundred short lists, whatever the number of persons.
"""

import heapq
import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import itemgetter
from typing import Final

from casework.names import Born, heard
from storage.names.postings import Postings
from storage.names.vocabulary import Vocabulary, Word

WORDS: Final = 6
"""So many words of a name are kept."""
NONE: Final = 0xFFFFFFFF
LEAST: Final = -(2**63)
_BETWEEN: Final = re.compile(r"[\s\-‐‑‒–—―/()]+")

ENOUGH: Final = 4000
"""So many persons are looked at for two words, or for one alone."""
COMPARED: Final = 48
"""So many are compared word by word."""
CLEARLY: Final = 84.0
CLEARLY_BORN: Final = 75.0
"""Who is so likely is meant, and nobody else is looked for further away; with a day of birth less is enough, since all
who were born on it have been looked at."""
LACKS: Final = 2.0
"""What each word counts that only one of two names has, a patronymic for instance, off 100."""
NAMED: Final = 0.7
"""How much of a score is the name's where a birth date is known too."""
UNKNOWN_DAY: Final = 85.0
"""What a birth date counts that the person has none to compare with."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How far one looks: so many words that may be meant by one, so many pairs of them; words alone too?"""

    words: int
    pairs: int
    alone: bool


FIRST_LOOK: Final = _Look(words=10, pairs=40, alone=False)
SECOND_LOOK: Final = _Look(words=40, pairs=240, alone=True)


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A person by its id, and how likely it is meant, 0 to 100."""

    id: int
    score: float


class Names:
    """Persons by ids: their names and birth dates."""

    def __init__(self) -> None:
        self._words = Vocabulary()
        self._ids = array("q")
        self._named = array("I")
        self._born = array("I")
        self._places = Postings()
        self._found = Postings()
        self._tags: list[str] = []
        """Those of each place, with a blank between two."""
        self._free: list[int] = []

    def __len__(self) -> int:
        return len(self._ids) - len(self._free)

    def known_words(self) -> list[str]:
        """The words of all names, as they are heard; empty where one was forgotten."""
        return self._words.sounds

    def entries(self) -> int:
        """How many keys lead to a person or a word."""
        return len(self._found) + len(self._places) + len(self._words)

    def looked_at(self, words: Sequence[str], born: Born | None) -> int:
        """How many persons some key leads to, at the widest look."""
        typed = [self._words.meant(part) for word in words for part in split(word)]
        return len(self._gather(typed, born, SECOND_LOOK))

    def put(self, id: int, name: str, born: Born | None = None, tags: Iterable[str] = ()) -> None:
        """A person, new or changed. `tags` are found whole: a telephone, its last digits."""
        self.drop(id)
        numbers = [self._words.take(sound) for word in split(name)[:WORDS] if (sound := heard(word))]
        place = self._place(id)
        self._named[place * WORDS : place * WORDS + WORDS] = array("I", numbers + [NONE] * (WORDS - len(numbers)))
        self._born[place] = _day(born)
        for key in _keys(numbers, self._born[place]):
            self._found.add(key, place)
        self._tags[place] = " ".join(tags)
        for tag in self._tags[place].split():
            self._found.add(hash(("tag", tag)), place)

    def _place(self, id: int) -> int:
        if self._free:
            place = self._free.pop()
            self._ids[place] = id
        else:
            place = len(self._ids)
            self._ids.append(id)
            self._named.extend([NONE] * WORDS)
            self._born.append(0)
            self._tags.append("")
        self._places.add(hash(("id", id)), place)
        return place

    def _where(self, id: int) -> int | None:
        return next((place for place in self._places.of(hash(("id", id))) if self._ids[place] == id), None)

    def drop(self, id: int) -> None:
        """A person is forgotten; its words too, where nobody else has them."""
        place = self._where(id)
        if place is None:
            return
        numbers = self._numbers(place)
        for key in _keys(numbers, self._born[place]):
            self._found.remove(key, place)
        for tag in self._tags[place].split():
            self._found.remove(hash(("tag", tag)), place)
        self._places.remove(hash(("id", id)), place)
        for number in numbers:
            self._words.let_go(number)
        self._ids[place], self._tags[place] = LEAST, ""
        self._named[place * WORDS : place * WORDS + WORDS] = array("I", [NONE] * WORDS)
        self._born[place] = 0
        self._free.append(place)

    def tagged(self, tag: str) -> list[int]:
        """The ids of those who have a tag."""
        found = self._found.of(hash(("tag", tag)))
        return sorted(self._ids[place] for place in found if tag in self._tags[place].split())

    def like(self, id: int, limit: int, at_least: float) -> list[NameMatch]:
        """Which of those with an id above 0 may be the same person as this one, itself left out."""
        place = self._where(id)
        if place is None:
            return []
        words = [self._words.meant(self._words.sounds[number]) for number in self._numbers(place)]
        found = self._likely(words, _born(self._born[place]), limit + 1, above=0)
        return [one for one in found if one.id != id and one.score >= at_least]

    def find(self, words: Sequence[str], born: Born | None, limit: int, at_least: float) -> list[NameMatch]:
        """Who may be meant by words as they were typed, in any order, and a birth date; the likeliest first."""
        typed = [self._words.meant(part) for word in words for part in split(word)]
        found = self._likely([word for word in typed if word.sounds], born, limit)
        return [one for one in found if one.score >= at_least]

    def _numbers(self, place: int) -> list[int]:
        return [number for number in self._named[place * WORDS : place * WORDS + WORDS] if number != NONE]

    def _likely(self, words: Sequence[Word], born: Born | None, limit: int, above: int = LEAST) -> list[NameMatch]:
        """Nearest first: a wider look is taken only where the nearer one has shown nobody clearly."""
        best: list[tuple[float, int]] = []
        for look in (FIRST_LOOK, SECOND_LOOK):
            places = self._gather(words, born, look)
            if above > LEAST:
                places = {place: score for place, score in places.items() if self._ids[place] > above}
            found = heapq.nlargest(max(COMPARED, 2 * limit), places.items(), key=itemgetter(1))
            best = sorted(((self._score(words, born, place), -self._ids[place]) for place, _ in found), reverse=True)
            if best and best[0][0] >= (CLEARLY_BORN if born is not None and born[2] else CLEARLY):
                break
        return [NameMatch(-id, score) for score, id in best[:limit]]

    def _gather(self, words: Sequence[Word], born: Born | None, look: "_Look") -> dict[int, float]:
        """Places that some key leads to, each with a guess at its score."""
        places: dict[int, float] = {}
        for one, other in combinations(words, 2):
            beside: dict[int, float] = {}
            for score, number, second in _pairs(one, other, look):
                for place in self._found.of(_pair(number, second)):
                    beside.setdefault(place, score)
                if len(beside) > ENOUGH:
                    break
            for place, score in beside.items():
                places[place] = places.get(place, 0.0) + score
        share = 1 / (max(1, len(words) - 1) * max(1, len(words)))
        places = {place: score * share for place, score in places.items()}
        if look.alone or len(words) == 1:
            for place in self._alone(words):
                places.setdefault(place, self._guess(words, place))
        if born is None:
            return places
        for day in {_day(born), _day((born[0], born[2], born[1]))} if born[2] else ():
            for place in self._found.of(hash(("day", day))):
                places.setdefault(place, self._guess(words, place))
        days: dict[int, float] = {0: UNKNOWN_DAY}
        for place, score in places.items():
            other_day = self._born[place]
            if (alike := days.get(other_day)) is None:
                alike = days[other_day] = same_day(born, _born(other_day) or born)
            places[place] = NAMED * score + (1 - NAMED) * alike
        return places

    def _alone(self, words: Sequence[Word]) -> set[int]:
        places: set[int] = set()
        for word in words:
            for number in word.known:
                places.update(self._found.of(hash(("word", number)), ENOUGH))
                if len(places) > ENOUGH:
                    break
        return places

    def _guess(self, words: Sequence[Word], place: int) -> float:
        numbers = self._numbers(place)
        return sum(max(map(word.likely, numbers), default=0.0) for word in words) / len(words) if words else 0.0

    def _score(self, words: Sequence[Word], born: Born | None, place: int) -> float:
        """How likely a person is meant, 0 to 100. Words that no key has led to are compared as well."""
        named = self._name_score(words, self._numbers(place))
        if born is None:
            return named
        other = _born(self._born[place])
        return NAMED * named + (1 - NAMED) * (UNKNOWN_DAY if other is None else same_day(born, other))

    def _name_score(self, words: Sequence[Word], numbers: Sequence[int]) -> float:
        fewer = min(len(words), len(numbers))
        if not fewer:
            return 0.0
        pairs = []
        for at, word in enumerate(words):
            for beside, number in enumerate(numbers):
                score = word.likely(number) or word.score(self._words.sounds[number], self._words.rough[number])
                pairs.append((score, at, beside))
        pairs.sort(reverse=True)
        total, taken, given = 0.0, set[int](), set[int]()
        for score, at, beside in pairs:
            if at not in taken and beside not in given:
                total += score
                taken.add(at)
                given.add(beside)
        return max(0.0, total / fewer - LACKS * (len(words) + len(numbers) - 2 * fewer))


def split(name: str) -> list[str]:
    """The words of a name; each half of a double one is a word."""
    return [word for word in _BETWEEN.split(name) if word]


def _pairs(one: Word, other: Word, look: "_Look") -> list[tuple[float, int, int]]:
    """The likeliest pairs of words for two that were typed, the best first."""
    firsts, seconds = list(one.known.items())[: look.words], list(other.known.items())[: look.words]
    pairs = [(first + second, number, beside) for number, first in firsts for beside, second in seconds]
    pairs.sort(reverse=True)
    return pairs[: look.pairs]


def _pair(one: int, other: int) -> int:
    return hash(("pair", min(one, other), max(one, other)))


def _keys(numbers: Sequence[int], day: int) -> set[int]:
    found = {hash(("word", number)) for number in numbers}
    found |= {_pair(one, other) for one, other in combinations(numbers, 2)}
    if day % 100:
        found.add(hash(("day", day)))
    return found


def _day(born: Born | None) -> int:
    return born[0] * 10_000 + born[1] * 100 + born[2] if born else 0


def _born(day: int) -> Born | None:
    return (day // 10_000, day // 100 % 100, day % 100) if day else None


def same_day(one: Born, other: Born) -> float:
    """How likely two birth dates are of one person, 0 to 100: the same, day and month changed round, a slip."""
    if one == other:
        return 100.0
    if not (one[2] and other[2]):
        known = [(a, b) for a, b in zip(one, other, strict=True) if a and b]
        return 90.0 if all(a == b for a, b in known) else 0.0
    if one == (other[0], other[2], other[1]):
        return 95.0
    wrong = sum(a != b for a, b in zip(one, other, strict=True))
    if wrong == 1:
        near = next(abs(a - b) for a, b in zip(one, other, strict=True) if a != b)
        return 90.0 if near == 1 or _digits(one, other) else 75.0
    if _digits(one, other):
        return 80.0
    return 30.0 if wrong == 2 else 0.0


def _digits(one: Born, other: Born) -> bool:
    """Do they differ by one digit, or by two that have changed places?"""
    first, second = f"{_day(one):08}", f"{_day(other):08}"
    apart = [at for at in range(8) if first[at] != second[at]]
    return len(apart) == 1 or (
        len(apart) == 2 and first[apart[0]] == second[apart[1]] and first[apart[1]] == second[apart[0]]
    )
