"""Which of the words typed make up a name, and which stand around it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from rapidfuzz import fuzz

from dialogs.answers.first_names import FIRST_NAMES, SURNAME_ENDINGS
from dialogs.answers.name_words import (
    AND,
    AROUND,
    BESIDE_LABEL,
    BESIDE_RANK,
    KIN,
    LABELS,
    OBLIQUE,
    PATRONYMIC,
    PHRASES,
    RANKS,
    SMALL,
    SPEECH,
)


class WordKind(Enum):
    """What a word is to a name."""

    NAME = auto()
    TITLE = auto()  # kinship or a rank: it may be a surname as well
    AROUND = auto()
    LABEL = auto()  # "прізвище": what stands on both sides of it is one name
    AND = auto()
    COMMA = auto()
    SPEECH = auto()


Sorted = tuple[str, WordKind]

_TITLES: Final = KIN | RANKS
_CLOSE: Final = 88.0
"""A first name of five letters or more with one of them wrong."""
_SENTENCE: Final = 4
"""So many words with capitals among them, and one without is no part of the name."""


def sort(words: Sequence[str]) -> list[Sorted]:
    """Each word with what it is. Commas and signs are words of their own."""
    bare = [_bare(word) for word in words]
    kinds = [_kind(place, words, bare) for place in range(len(words))]
    for place in range(len(words)):
        for phrase in PHRASES:
            if tuple(bare[place : place + len(phrase)]) == phrase:
                kinds[place : place + len(phrase)] = [WordKind.AROUND] * len(phrase)
    names = [word for word, kind in zip(words, kinds, strict=True) if kind is WordKind.NAME]
    if len(names) >= _SENTENCE and sum(word[0].isupper() for word in names) > 1:
        for place, word in enumerate(words):
            small = kinds[place] is WordKind.NAME and word[0].islower()
            if small and bare[place] not in SMALL and not bare[place].endswith(PATRONYMIC):
                kinds[place] = WordKind.SPEECH
    return [
        (word, kind)
        for word, kind in zip(words, kinds, strict=True)
        if kind is WordKind.COMMA or _bare(word) or word in AND
    ]


def _bare(word: str) -> str:
    return word.casefold().replace("ё", "е").strip(".-()").removesuffix("’s")


def stands_around(word: str) -> bool:
    """Is it no part of a name, so that a dash beside it joins nothing?"""
    return _bare(word.strip(",")) in AROUND | LABELS | _TITLES


def _kind(place: int, words: Sequence[str], bare: Sequence[str]) -> WordKind:
    word, beside = bare[place], {*bare[max(place - 1, 0) : place], *bare[place + 1 : place + 2]}
    if words[place] == ",":
        return WordKind.COMMA
    if _is_initial(place, words):
        return WordKind.NAME
    if word in LABELS or (word in BESIDE_LABEL and beside & LABELS):
        return WordKind.LABEL
    if word in AND or words[place] in AND:
        initial = place + 2 == len(words) and bare[-1].endswith(PATRONYMIC) and word
        return WordKind.NAME if not place or place + 1 == len(words) or initial else WordKind.AND
    if word in _TITLES or (word in BESIDE_RANK and beside & RANKS):
        return WordKind.TITLE
    if word in AROUND:
        return WordKind.AROUND
    inside = place > 0 and word in SMALL
    return WordKind.SPEECH if word in SPEECH and not inside else WordKind.NAME


def _is_initial(place: int, words: Sequence[str]) -> bool:
    """ "І." and "Я" after a surname are no "and" and no "I"."""
    word = words[place]
    if len(word.strip("().")) != 1 or not place:
        return False
    return word.endswith(".") or (word.isupper() and any(char.islower() for char in "".join(words[:place])))


def runs(words: Sequence[Sorted]) -> list[list[str]]:
    """The words of names that stand together. A comma parts two names, but no surname from its first name."""
    found: list[list[str]] = []
    before: WordKind | None = None
    for word, kind in words:
        if kind is WordKind.NAME:
            if not found or before in (WordKind.AROUND, WordKind.TITLE, WordKind.AND, WordKind.SPEECH):
                found.append([])
            elif before is WordKind.COMMA:
                found.append([","])
            found[-1].append(word)
        if kind is not WordKind.LABEL and not (kind is WordKind.COMMA and before is not WordKind.NAME):
            before = kind
    return _joined(found)


def _joined(found: list[list[str]]) -> list[list[str]]:
    joined: list[list[str]] = []
    for run in found:
        after_comma = run[0] == ","
        words = run[1:] if after_comma else run
        if after_comma and (len(words) < 2 or len(joined[-1]) < 2):
            joined[-1] += words
        else:
            joined.append(words)
    return joined


def lacks_surname(parts: Sequence[str]) -> bool:
    """One word alone, a first name with a patronymic, or mere initials."""
    initials = [part for part in parts if part.endswith(".") or len(part) == 1]
    father = len(parts) == 2 and _bare(parts[1]).endswith(PATRONYMIC) and not _bare(parts[0]).endswith(PATRONYMIC)
    return len(parts) == 1 or len(initials) == len(parts) or father


def may_be_surname(words: Sequence[Sorted], run: Sequence[str]) -> bool:
    """Is the one title beside two words of a name perhaps the surname, as in "Солдат Іван Петрович"?"""
    titles = [word for word, kind in words if kind is WordKind.TITLE]
    around = any(kind is WordKind.AROUND for _, kind in words)
    return len(titles) == 1 and not around and len(run) == 2 and titles[0][0].isupper()


def is_named(run: Sequence[str]) -> bool:
    """Is each of these words of a sentence written as a name is?"""
    return all(word[0].isupper() or word in SMALL for word in run)


def may_be_talk(run: Sequence[str]) -> bool:
    """Are these words no name that is known, and not written as one: in small letters or all in capitals?"""
    if is_named(run) and not all(word.isupper() for word in run):
        return False
    return not any(_is_known(_bare(word)) for word in run)


def _is_known(word: str) -> bool:
    if word in FIRST_NAMES or word.endswith((*PATRONYMIC, *SURNAME_ENDINGS)):
        return True
    return len(word) > 4 and any(
        fuzz.ratio(word, known, score_cutoff=_CLOSE) for known in FIRST_NAMES if len(known) > 4
    )


def is_declined(parts: Sequence[str]) -> bool:
    """Is it in another case than documents have it ("Петренка Івана Миколайовича")?"""
    return any(_bare(part).endswith(OBLIQUE) for part in parts)
