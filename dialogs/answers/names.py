"""A person's name, as the family writes it: the only place that makes a `PersonName`."""

# ruff: noqa: SIM905  a list of words is best read as words
from __future__ import annotations

import re
import unicodedata
from typing import Final

from casework.values import PersonName, Unclear
from dialogs.answers.choices import unknown, yes_no
from dialogs.answers.writing import APOSTROPHE, one_line, one_mark, visible

LONGEST: Final = 120
MOST_PARTS: Final = 5

_LEAD_IN: Final = re.compile(
    r"(?:(?:мене|його|її|меня|его|ее|её) (?:звати|звуть|зовут)|(?:my|his|her) name is|i am|"
    r"піб|п\.\s?і\.\s?б\.|фио|ф\.\s?и\.\s?о\.|ім’я|имя|name|прізвище)\s*[:-]?\s+",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"://|@|www\.|\b(?:t\.me|[\w-]+\.(?:com|net|org|ua|ru|me))\b", re.IGNORECASE)
# People without an apostrophe on the keyboard write Мар"яна or Мар*яна.
_STANDS_FOR_APOSTROPHE: Final = re.compile(r"(?<=[^\W\d_])[\"*](?=[^\W\d_])")
_AROUND_HYPHEN: Final = re.compile(r"\s*-[\s-]*")
_AFTER_DOT: Final = re.compile(r"\.[.\s]*(?=[^\W\d_])")

# Latin letters that look like Cyrillic ones: a Latin "i" in "Iван" is the commonest slip on a phone.
_LOOKALIKE: Final = str.maketrans("ABCEHIKMOPTXaceiopxyï", "АВСЕНІКМОРТХасеіорхуї")
# Parts of foreign names that stay small inside a name typed in one case.
_SMALL: Final = frozenset(
    "огли оглу кизи кизі оглы кызы фон ван дер де ла ле да ді ібн бен von van der de la le da di ibn ben".split()
)


def name(text: str) -> PersonName | Unclear:
    """Read a name in Ukrainian, Russian or Latin letters: 1 to 5 parts, initials, hyphens, apostrophes.

    Capitals are put right only where none or all were typed: a family knows better how its name is written.
    """
    answer = _read(text)
    # Rare letters change under a capital ("İ") and show something new to put right; two rounds settle them.
    for _ in range(3):
        if isinstance(answer, PersonName):
            answer = _read(answer.full)
    return answer


def _read(text: str) -> PersonName | Unclear:
    line = one_line(one_mark(unicodedata.normalize("NFKC", one_mark(visible(text)))))
    if line.startswith("/"):
        return Unclear("unclear-name-command")
    if _ADDRESS.search(line):
        return Unclear("unclear-name-letters")
    line = _STANDS_FOR_APOSTROPHE.sub(APOSTROPHE, _LEAD_IN.sub("", line, count=1))
    if len(line) > LONGEST:
        return Unclear("unclear-name-long", {"limit": LONGEST})
    if not line or unknown(line) or yes_no(line) is not None:
        return Unclear("unclear-name")
    if any(char.isnumeric() for char in line):
        return Unclear("unclear-name-digits")
    if not all(_belongs(char) for char in line):
        return Unclear("unclear-name-letters")
    letters = sum(char.isalpha() for char in line)
    if letters < 2:
        return Unclear("unclear-name-short" if letters else "unclear-name")
    full = unicodedata.normalize("NFC", " ".join(_capitals(_parts(line))))
    if full.count(" ") >= MOST_PARTS:
        return Unclear("unclear-name-parts", {"most": MOST_PARTS})
    return PersonName(full) if len(full) <= LONGEST else Unclear("unclear-name-long", {"limit": LONGEST})


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
    if lowered in _SMALL and not first:
        return lowered
    titled = re.sub(r"(?:^|(?<=[-(]))[^\W\d_]", lambda letter: letter[0].upper(), lowered)
    # O’Brien and D’Angelo, but Мар’яна.
    return re.sub(r"^([OD]’)([a-z])", lambda both: both[1] + both[2].upper(), titled)
