"""A person's name, as the family writes it: the only place that makes a `PersonName`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from casework.values import PersonName, Unclear
from dialogs.answers.choices import unknown, yes_no
from dialogs.answers.doubts import Doubt, Reading
from dialogs.answers.name_parts import (
    Sorted,
    WordKind,
    is_declined,
    is_named,
    lacks_surname,
    may_be_surname,
    may_be_talk,
    runs,
    sort,
    stands_around,
)
from dialogs.answers.name_words import SMALL
from dialogs.answers.writing import APOSTROPHE, one_line, one_mark, unadorned

LONGEST_NAME: Final = 120
MOST_PARTS: Final = 5

_ADDRESS: Final = re.compile(r"://|@|www\.|\b(?:t\.me|[\w-]+\.(?:com|net|org|ua|ru|me))\b", re.IGNORECASE)
# People without an apostrophe on the keyboard write Мар"яна or Мар*яна.
_STANDS_FOR_APOSTROPHE: Final = re.compile(r"(?<=[^\W\d_])[\"*](?=[^\W\d_])")
_AROUND_HYPHEN: Final = re.compile(r"\s*-[\s-]*")
_AFTER_DOT: Final = re.compile(r"\.[.\s]*(?=[^\W\d_])")
_QUOTES: Final = str.maketrans("", "", '«»„“”"')
_STOPS: Final = re.compile(r"[!?:;…,]+")
_DOTS: Final = re.compile(r"\.{2,}")
# The full stop of a sentence, and not of an initial.
_LAST_STOP: Final = re.compile(r"(?<=[^\W\d_]{2})\.$")
_DASH: Final = re.compile(r"(\S+)\s+-+\s+(?=(\S+))")
_JOINS: Final = re.compile(r"([&+,])")

# Latin letters that look like Cyrillic ones: a Latin "i" in "Iван" is the commonest slip on a phone.
_LOOKALIKE: Final = str.maketrans("ABCEHIKMOPTXaceiopxyï", "АВСЕНІКМОРТХасеіорхуї")


def name(text: str) -> PersonName | Unclear | Doubt[PersonName]:
    """Read a name in Ukrainian, Russian or Latin letters: 1 to 5 parts, initials, hyphens, apostrophes.

    What stands around it ("Мого чоловіка звуть …") is left out; where a word may belong to the name, where there is
    one word only, two persons or none, it is asked. Capitals are put right only where none or all were typed: a
    family knows better how its name is written. What was read is read again in the same way.
    """
    read = _read(text)
    if isinstance(read, Doubt):
        kept = {again: replace(one, value=again) for one in read.readings if (again := _settled(one.value)) is not None}
        return replace(read, readings=tuple(kept.values())) if kept else Unclear("unclear-name")
    return read if isinstance(read, Unclear) else _settled(read) or Unclear("unclear-name")


def _settled(value: PersonName) -> PersonName | None:
    """The name that is read in its own writing; None where each reading gives another."""
    for _ in range(3):
        again = _read(value.full)
        found = [one.value for one in again.readings] if isinstance(again, Doubt) else [again]
        if value in found:
            return value
        names = [one for one in found if isinstance(one, PersonName)]
        if not names:
            return None
        value = names[0]
    return None


def _read(text: str) -> PersonName | Unclear | Doubt[PersonName]:
    line = one_line(one_mark(unicodedata.normalize("NFKC", one_mark(unadorned(text)))))
    if line.startswith("/"):
        return Unclear("unclear-name-command")
    if _ADDRESS.search(line):
        return Unclear("unclear-name-letters")
    line = _STANDS_FOR_APOSTROPHE.sub(APOSTROPHE, line)
    if len(line) > LONGEST_NAME:
        return Unclear("unclear-name-long", {"limit": LONGEST_NAME})
    if not line or unknown(line) or yes_no(line) is not None:
        return Unclear("unclear-name")
    line = _DASH.sub(_dash, _STOPS.sub(", ", _DOTS.sub(".", line.translate(_QUOTES))))
    if any(char.isnumeric() for char in line):
        return Unclear("unclear-name-digits")
    if not all(_belongs(char) or char in "&+" for char in line):
        return Unclear("unclear-name-letters")
    letters = sum(char.isalpha() for char in line)
    if letters < 2:
        return Unclear("unclear-name-short" if letters else "unclear-name")
    return _meant(sort(_JOINS.sub(r" \1 ", _AROUND_HYPHEN.sub("-", line)).split()))


def _dash(found: re.Match[str]) -> str:
    """A stop in "мій чоловік — Петренко Іван", a hyphen in "Нечуй – Левицький"."""
    return f"{found[1]}, " if any(map(stands_around, found.groups())) else f"{found[1]}-"


def _meant(words: Sequence[Sorted]) -> PersonName | Unclear | Doubt[PersonName]:
    """The name among sorted words, if it is the only one that they can mean."""
    parts = runs(words)
    kinds = {kind for _, kind in words}
    if WordKind.SPEECH in kinds or not parts:
        found = [_named(part) for part in parts if len(part) > 1 and is_named(part)]
        return _doubt("doubt-name" if found else "doubt-name-none", *found[:3], _whole(words))
    if len(parts) > 1:
        people = WordKind.AND in kinds or not kinds & {WordKind.AROUND, WordKind.TITLE}
        found = [_named(part) for part in parts if people or len(part) > 1]
        return _doubt("doubt-name-two", *found) if people else _doubt("doubt-name", *found, _whole(words))
    read = _named(parts[0])
    if isinstance(read, Unclear):
        return read
    if lacks_surname(read.parts):
        titled = WordKind.TITLE in kinds and WordKind.AROUND not in kinds
        called = [_whole(words)] if titled or is_named([word for word, _ in words]) else []
        also = [Reading(one, "name") for one in called if isinstance(one, PersonName) and one != read]
        return Doubt("doubt-name-word", (Reading(read, "alone"), *also), {"typed": read.full})
    if may_be_talk(parts[0]):
        return _doubt("doubt-name", read)
    if may_be_surname(words, parts[0]):
        return _doubt("doubt-name", read, _whole(words))
    return _doubt("doubt-name-form", read) if is_declined(read.parts) else read


def _whole(words: Sequence[Sorted]) -> PersonName | Unclear:
    """All of it as one name, for whoever is called so."""
    return _named([word for word, kind in words if kind is not WordKind.COMMA and word not in "&+"])


def _doubt(reason: str, *found: PersonName | Unclear) -> Unclear | Doubt[PersonName]:
    names = list(dict.fromkeys(one for one in found if not isinstance(one, Unclear)))
    if names:
        return Doubt(reason, tuple(Reading(one, "name") for one in names))
    return next((one for one in found if isinstance(one, Unclear)), Unclear("unclear-name"))


def _named(words: Sequence[str]) -> PersonName | Unclear:
    """A name of these words, put right."""
    full = " ".join(words)
    # Rare letters change under a capital ("İ") and show something new to put right, as does a stop behind a hyphen; two
    # rounds settle them.
    for _ in range(3):
        line = _LAST_STOP.sub("", one_line(one_mark(unicodedata.normalize("NFKC", one_mark(full)))))
        before, full = full, unicodedata.normalize("NFC", " ".join(_capitals(_parts(line))))
        if full == before:
            break
    if sum(char.isalpha() for char in full) < 2:
        return Unclear("unclear-name-short")
    if full.count(" ") >= MOST_PARTS:
        return Unclear("unclear-name-parts", {"most": MOST_PARTS})
    return PersonName(full) if len(full) <= LONGEST_NAME else Unclear("unclear-name-long", {"limit": LONGEST_NAME})


def _belongs(char: str) -> bool:
    """Is it a letter, a mark over one, or a sign that names are written with?"""
    return char in " -.,()" + APOSTROPHE or unicodedata.category(char) in ("Lu", "Ll", "Lt", "Lo", "Mn", "Mc")


def _parts(line: str) -> list[str]:
    """The words of a name, with an initial's dot kept and a sentence's dropped."""
    spaced = _AFTER_DOT.sub(". ", _AROUND_HYPHEN.sub("-", line.replace(",", " ")))
    parts = []
    for typed in spaced.split():
        part = _one_alphabet(typed.strip("-.") + ("." if typed.endswith(".") else ""))
        letters = sum(char.isalpha() for char in part)
        if letters:
            parts.append(part.rstrip(".") if letters > 3 else part)
    return parts


def _one_alphabet(word: str) -> str:
    """A Cyrillic word with stray Latin lookalikes wholly in Cyrillic; any other word as it is."""
    cyrillic = any("\u0400" <= char <= "\u04ff" for char in word)
    return word.translate(_LOOKALIKE) if cyrillic and not re.search("[A-Za-z]", word.translate(_LOOKALIKE)) else word


def _capitals(parts: list[str]) -> list[str]:
    all_small = not any(char.isupper() for part in parts for char in part)
    return [
        _titled(part, first=place == 0) if all_small or _shouted(part) else part for place, part in enumerate(parts)
    ]


def _shouted(part: str) -> bool:
    return part.isupper() and sum(char.isalpha() for char in part) > 1


def _titled(part: str, *, first: bool) -> str:
    lowered = part.lower()
    if lowered in SMALL and not first:
        return lowered
    titled = re.sub(r"(?:^|(?<=[-(]))[^\W\d_]", lambda letter: letter[0].upper(), lowered)
    # O’Brien and D’Angelo, but Мар’яна.
    return re.sub(r"^([OD]’)([a-z])", lambda both: both[1] + both[2].upper(), titled)
