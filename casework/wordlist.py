"""A list of words and phrases, kept in a file by people, and looked for in what somebody wrote, however it is spelt.

A line of the file is one thing to look for, in any case, with any apostrophe; `#` begins a remark:

    word            this very word
    stem*           every word that begins so; *end: every word that ends so; *: any word
    =word           spelt just so, but for its case
    one|two*        either of them
    one two*        these words one after the other
    one .. two*     the same, with up to three words between
    one + two*      both, in any order, in the same sentence
    (number)        any number; (end): here the sentence ends
    word.           this word before a stop: a comma, a dash, the end of the sentence
    @who = he she   from here on `@who` stands for `he|she`
    !one two*       an innocent word or phrase, written like any other line: nothing is found in its words

Look-alike letters of another alphabet, digits for letters, letters set apart, starred or stretched, and signs that
nobody sees change nothing. Words of five letters and more are also found with `и`, `і` and `ы` mixed up, without soft
signs and with a letter doubled; with `slips`, also with one letter wrong, missing, added or exchanged with the next.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import prod
from pathlib import Path
from typing import Final, TypeVar

from casework.spelling import loose, plain, readings

_SENTENCE: Final = re.compile(r"[!?…;\n]+|\.(?!\w|\s*\d)|(?<=\w{3})\.(?!\s*\d)")
_WORD: Final = re.compile(r"[^\W_]+(?:[*@$]+[^\W_]+)*")
_PARTED: Final = re.compile(r"[^\W\d_]+(?:[-‐‑‒–—_.·•/|\\+~=]{1,3}[^\W\d_]+)+")
_STRETCHED: Final = re.compile(r"(\w)\1{3,}")
_ENDLESS: Final = re.compile(r"([^\W_]{60})[^\W_]+")
"""A word far longer than any of a list is looked at no further: each letter more costs as much as all before it."""
_STOP: Final = re.compile(r"\s*(?:$|[,:—–()«»\"]|-\s)")
_BETWEEN: Final = r"(?:[^\w\n]|_){1,3}"
_SET_APART: Final = re.compile(
    rf"(?<![^\W_])(?:(?:[^\W_]{_BETWEEN}){{2,}}[^\W_]|[^\W_]{{1,3}}{_BETWEEN}(?:[^\W_]{_BETWEEN}){{2,}}[^\W_]{{1,3}})(?![^\W_])"
)
_NOTHING: Final = frozenset[int]()
_MARKS: Final = ("(number)", "(end)")
_ROOM: Final = 3
"""How many words `..` leaves room for."""
_LONG: Final = 5
"""Letters from which a word of the list is also found misspelt; with `slips`, three."""
_MOST_GLUED: Final = 300
"""Phrases of one line that are also listed without spaces."""
_ENDING: Final = 2
"""Letters that may follow a stem in a word that is written in pieces."""
_PHRASES: Final = 1_000_000
"""From here on are the ids of phrases without spaces: some thousands, each a line of its own that is not kept."""
_LOOKED_UP: Final = 2_000
"""Words of texts of which a list remembers what they fit: there are dozens of lists."""
_One = TypeVar("_One")


@dataclass(frozen=True, slots=True)
class _Line:
    """The ids of its words; how far each may stand from the one before (None: anywhere in the sentence)."""

    words: tuple[int, ...]
    room: tuple[int, ...] | None

    def matches(self, sentence: Sequence[frozenset[int]]) -> Iterator[list[int]]:
        """All matches of words that follow one another; the first of words that may stand anywhere."""
        if self.room is None:
            places = [next((i for i, fits in enumerate(sentence) if word in fits), -1) for word in self.words]
            if min(places) >= 0:
                yield sorted(places)
            return
        begun = [[i] for i, fits in enumerate(sentence) if self.words[0] in fits]
        for word, room in zip(self.words[1:], self.room, strict=True):
            begun = [
                [*places, i]
                for places in begun
                for i in range(places[-1] + 1, min(places[-1] + 2 + room, len(sentence)))
                if word in sentence[i]
            ]
        yield from begun


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word of a text as it was written, and the words of the list that it fits."""

    written: str
    fits: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Pieces:
    """A word written in pieces, and all that it may be on a list: as a `whole`, or by the stem with which it begins."""

    written: str
    whole: frozenset[str]
    begun: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """Its words, each also with the stop that follows it (empty: none); and its words two or three together, by the
    place of the first."""

    words: tuple[tuple[str, str], ...]
    together: tuple[tuple[range, _Pieces], ...]
    whole: frozenset[str]
    begun: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Text:
    """What every list reads of a text: letters that are set apart, words parted by signs, sentences."""

    apart: tuple[str, ...]
    parted: tuple[_Pieces, ...]
    sentences: tuple[_Sentence, ...]


class WordList:
    """What a file lists. Made once, used for every text."""

    def __init__(self, file: Path, *, slips: bool = False) -> None:
        self._slips = slips
        self._long = 3 if slips else _LONG
        # Tuples: a set takes four times the memory, and nearly all hold one.
        self._exact: dict[str, tuple[int, ...]] = {}
        self._stems: dict[str, tuple[int, ...]] = {}
        self._loosely: dict[str, tuple[int, ...]] = {}
        self._loose_stems: dict[str, tuple[int, ...]] = {}
        self._ends: dict[str, tuple[int, ...]] = {}
        self._slipped: dict[str, tuple[tuple[str, int, bool], ...]] = {}
        self._lines: dict[int, list[_Line]] = defaultdict(list)
        self._innocent: dict[int, list[_Line]] = defaultdict(list)
        self._glued: set[int] = set()  # words of the list that are whole phrases, for who leaves out the spaces
        self._fitting: dict[str, frozenset[int]] = {}
        self._ids: dict[str, int] = {}  # these two while the file is read
        self._named: dict[str, list[str]] = {}
        for raw in file.read_text(encoding="utf-8").splitlines():
            line = raw.partition("#")[0].strip()
            if line.startswith("@") and " = " in line:
                name, _, words = line.partition(" = ")
                self._named[name] = [one for word in words.split() for one in self._either(word)]
            elif line:
                self._add(line.removeprefix("!"), self._innocent if line.startswith("!") else self._lines)
        self._ids.clear()
        self._named.clear()

    def found(self, text: str) -> tuple[str, ...]:
        """The words of `text` that are on the list, as they were written, each once; empty if none is."""
        return self._read(text, heed=True)

    def excused(self, text: str) -> tuple[str, ...]:
        """The words of `text` that are on the list and are let pass, since an innocent phrase holds them."""
        found = self.found(text)
        return tuple(words for words in self._read(text, heed=False) if words not in found)

    def _read(self, text: str, *, heed: bool) -> tuple[str, ...]:
        read = _read(text)
        found: dict[str, None] = {}
        for letters in read.apart:
            self._find(self._in_blob(letters), found)
        for word in read.parted:
            self._find(self._in_pieces(word, glued=True), found)
        for part in read.sentences:
            sentence = [*self._pieces(part), _Piece("", self._fits("(end)"))]
            phrases = self._innocent_in(sentence) if heed else []
            self._find(sentence, found, phrases)
            if self._exact.keys().isdisjoint(part.whole) and self._stems.keys().isdisjoint(part.begun):
                continue
            innocent = set[int]().union(*phrases)
            for places, word in part.together:
                if innocent.isdisjoint(places):
                    self._find(self._in_pieces(word, glued=False), found)
        return tuple(found)

    def _pieces(self, sentence: _Sentence) -> Iterator[_Piece]:
        for word, stop in sentence.words:
            yield _Piece(word, self._fits(word).union(self._exact.get(stop, ())))

    def _find(self, sentence: Sequence[_Piece], found: dict[str, None], phrases: Sequence[frozenset[int]] = ()) -> None:
        """Note what is on the list and in no innocent phrase; a listed one that holds it outweighs it."""
        fits = [piece.fits for piece in sentence]
        innocent = set[int]().union(*phrases)
        left = [_NOTHING if i in innocent else fit for i, fit in enumerate(fits)]
        for line in self._reached(self._lines, fits):
            longer = (one for one in line.matches(fits) if any(phrase < set(one) for phrase in phrases))
            places = next(line.matches(left), None) or next(longer, None)
            if places:
                mark = " … " if line.room is None else " "
                found[mark.join(sentence[i].written for i in places if sentence[i].written)] = None

    def _innocent_in(self, sentence: Sequence[_Piece]) -> list[frozenset[int]]:
        """Where in a sentence each innocent phrase stands."""
        fits = [piece.fits for piece in sentence]
        lines = self._reached(self._innocent, fits)
        return [frozenset(places) for line in lines for places in line.matches(fits)]

    def _reached(self, lines: dict[int, list[_Line]], sentence: Sequence[frozenset[int]]) -> Iterator[_Line]:
        """The lines whose every word is somewhere in the sentence."""
        there = _NOTHING.union(*sentence)
        for word in sorted(there):
            if word >= _PHRASES and lines is self._lines:
                yield _Line((word,), ())
            yield from (line for line in lines.get(word, ()) if there.issuperset(line.words))

    def _add(self, written: str, lines: dict[int, list[_Line]]) -> None:
        if "+" in written:
            self._keep([part.strip() for part in written.split("+")], None, lines)
            return
        words: list[str] = []
        gaps: list[int] = []
        gap = 0
        for part in written.split():
            if part == "..":
                gap = _ROOM
            else:
                words.append(part)
                gaps.append(gap)
                gap = 0
        self._keep(words, tuple(gaps[1:]), lines)
        if len(words) > 1:
            if lines is self._lines:
                self._glue(words)
            for i, word in enumerate(words[1:]):
                if "не" in self._either(words[i]) and not gaps[i + 1] and word not in _MARKS:
                    denied = "|".join(f"не{one}" for one in self._either(word))
                    self._keep(
                        [*words[:i], denied, *words[i + 2 :]], tuple([*gaps[: i + 1], *gaps[i + 2 :]][1:]), lines
                    )

    def _glue(self, words: Sequence[str]) -> None:
        """The phrase for whoever leaves out all spaces; its marks say nothing there."""
        choices = [self._either(word) for word in words if word not in _MARKS]
        if len(choices) < 2 or prod(map(len, choices)) > _MOST_GLUED:
            return
        for phrase in product(*choices):
            if not any("*" in word for word in phrase[:-1]) and not phrase[-1].startswith("*"):
                glued = "".join(phrase).removesuffix("*")
                if glued not in self._ids:
                    self._ids[glued] = _PHRASES + len(self._ids)
                    _put(self._stems if phrase[-1].endswith("*") else self._exact, glued, self._ids[glued])
                elif self._ids[glued] < _PHRASES:
                    self._glued.add(self._ids[glued])
                    self._keep([glued], (), self._lines)

    def _keep(self, words: Sequence[str], room: tuple[int, ...] | None, lines: dict[int, list[_Line]]) -> None:
        line = _Line(tuple(self._word(word) for word in words), room)
        if line not in lines[line.words[0]]:
            lines[line.words[0]].append(line)

    def _word(self, written: str) -> int:
        if written not in self._ids:
            id = self._ids[written] = len(self._ids)
            for one in self._either(written):
                self._list(one, id)
        return self._ids[written]

    def _either(self, written: str) -> list[str]:
        return [word for one in written.split("|") for word in self._named.get(one, [one])]

    def _list(self, written: str, id: int) -> None:
        if written in _MARKS or written.endswith("."):
            _put(self._exact, written, id)
            return
        just_so = written.startswith("=")
        text = plain(written.strip("=*")).casefold().replace("ё", "е")
        if written.startswith("*"):
            _put(self._ends, text, id)
            return
        stem = written.endswith("*")
        _put(self._stems if stem else self._exact, text, id)
        if not just_so and len(text) >= self._long and not (stem and text.endswith("ь")):  # it would be a shorter stem
            _put(self._loose_stems if stem else self._loosely, loose(text), id)
        if self._slips and not just_so and len(text) >= _LONG - 1:
            slip = (loose(text), id, stem)
            for form in _without_one(slip[0]):
                _put(self._slipped, form, slip)

    def _in_blob(self, blob: str) -> list[_Piece]:
        """Words of the list anywhere in letters that were set apart: where one word ends cannot be seen."""
        found = set(self._fits(blob)).difference(self._ends.get("", ()))
        first = 0 if found else len(blob)
        for form in readings(blob):
            for start in range(len(form) - 3):
                for end in range(start + 4, len(form) + 1):
                    fits = self._stems.get(form[start:end], ()) + self._exact.get(form[start:end], ())
                    found.update(fits)
                    first = min(first, start) if fits else first
        return [_Piece(blob[first:] or blob, frozenset(found))]

    def _in_pieces(self, word: _Pieces, *, glued: bool) -> list[_Piece]:
        """What of the list it is; `glued`: a whole phrase too."""
        found: set[int] = set()
        for form in self._exact.keys() & word.whole:
            found.update(self._exact[form])
        for form in self._stems.keys() & word.begun:
            found.update(self._stems[form])
        if not glued:
            found = {id for id in found - self._glued if id < _PHRASES}
        return [_Piece(word.written, frozenset(found))] if found else []

    def _fits(self, word: str) -> frozenset[int]:
        if word not in self._fitting:
            if len(self._fitting) > _LOOKED_UP:
                self._fitting.clear()
            self._fitting[word] = self._look(word)
        return self._fitting[word]

    def _look(self, word: str) -> frozenset[int]:
        found = set() if word in _MARKS else set(self._ends.get("", ()))
        if word.isdecimal():
            found.update(self._exact.get("(number)", ()))
        for reading in readings(word):
            if "*" in reading:
                found |= self._starred(reading)
            relaxed = loose(reading)
            found.update(self._exact.get(reading, ()), self._loosely.get(relaxed, ()))
            for end in range(1, len(reading) + 1):
                found.update(self._stems.get(reading[:end], ()), self._loose_stems.get(relaxed[:end], ()))
                found.update(self._ends.get(reading[-end:], ()))
            if self._slips:
                found |= self._with_a_slip(relaxed)
        return frozenset(found)

    def _starred(self, word: str) -> set[int]:
        """The words that it can be when each star stands for a letter; most of its letters have to be there."""
        if len(word) - word.count("*") < 3:
            return set()
        shape = re.compile(re.escape(word).replace(r"\*", "."))
        found: set[int] = set()
        for form, ids in self._exact.items():
            if len(form) > 3 and shape.fullmatch(form):
                found.update(ids)
        for form, ids in self._stems.items():
            if len(form) > 3 and re.match(re.escape(word[: len(form)]).replace(r"\*", "."), form):
                found.update(ids if word[: len(form)].count("*") < len(form) - 2 else ())
        return found

    def _with_a_slip(self, word: str) -> set[int]:
        found = set()
        for end in range(max(_LONG - 1, len(word) - 6), len(word) + 1):
            head = word[:end]
            for form in _without_one(head):
                for listed, id, stem in self._slipped.get(form, ()):
                    if (stem or end == len(word)) and _one_slip(head, listed):
                        found.add(id)
        return found


@lru_cache(maxsize=2)  # lists are asked one after the other for the same text
def _read(text: str) -> _Text:
    seen = _ENDLESS.sub(r"\1", _STRETCHED.sub(r"\1\1\1", plain(text)))
    apart = tuple(re.sub(r"[\W_]", "", match[0]) for match in _SET_APART.finditer(seen))
    parted = [_together(re.findall(r"[^\W_]+", match[0]), "-", 0) for match in _PARTED.finditer(seen)]
    sentences = (_sentence(part) for part in _SENTENCE.split(seen))
    return _Text(apart, tuple(filter(None, parted)), tuple(one for one in sentences if one.words))


def _sentence(part: str) -> _Sentence:
    found = list(_WORD.finditer(part))
    stops = (f"{match[0].casefold()}." if _STOP.match(part, match.end()) else "" for match in found)
    words = [match[0] for match in found]
    together: list[tuple[range, _Pieces]] = []
    for start, length in product(range(len(words) - 1), (2, 3)):
        word = _together(words[start : start + length], " ", _LONG)
        if word is not None:
            together.append((range(start, start + length), word))
    whole = frozenset[str]().union(*(word.whole for _, word in together))
    begun = frozenset[str]().union(*(word.begun for _, word in together))
    return _Sentence(tuple(zip(words, stops, strict=True)), tuple(together), whole, begun)


def _together(pieces: Sequence[str], mark: str, shortest: int) -> _Pieces | None:
    """A word of a list written in pieces, with a `mark` between them: it reaches into the last, and only an ending
    follows it. None: it can be no word."""
    if len(pieces) < 2 or not all(piece.isalpha() for piece in pieces):
        return None
    whole, begun = set[str](), set[str]()
    for form in readings("".join(pieces)):
        first = max(len(form) - len(pieces[-1]) + 1, shortest, 4)
        if first <= len(form):
            whole.add(form)
        if shortest:
            first = max(first, len(form) - _ENDING)
        begun.update(form[:end] for end in range(first, len(form) + 1))
    return _Pieces(mark.join(pieces), frozenset(whole), frozenset(begun))


def _put(table: dict[str, tuple[_One, ...]], key: str, one: _One) -> None:
    there = table.get(key, ())
    if one not in there:
        table[key] = (*there, one)


def _without_one(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _one_slip(one: str, other: str) -> bool:
    """Are they the same but for one letter wrong, missing, added, or exchanged with the next? The first is right."""
    if one[0] != other[0] or abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, tail = one[at:], other[at:]
    exchanged = len(rest) > 1 and len(tail) > 1 and rest[:2] == tail[1::-1] and rest[2:] == tail[2:]
    alike = rest[1:] == tail[1:] or rest[1:] == tail or rest == tail[1:]
    return exchanged or (alike and len(one) + len(other) > 2 * _LONG - 2)
