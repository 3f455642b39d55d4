"""How the same word comes in many shapes: the apostrophes, hyphens, digits and invisible signs of keyboards."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

APOSTROPHE: Final = "’"
_APOSTROPHES: Final = dict.fromkeys(map(ord, "'`´‘’‛′ʹʻʼʽˈꞌ＇"), APOSTROPHE)
_HYPHENS: Final = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－⁃"), "-")
_SPACES: Final = re.compile(r"\s+")
_OTHER_DIGITS: Final = re.compile(r"[^\D0-9]")
_SIGNS: Final = re.compile(r"[^\w\s]|_")
# Joins the parts of an emoji, so it stays in free text; every other sign of the class Cf only hides or reorders.
_JOINER: Final = "\u200d"
# Letters and symbols of no look: Hangul fillers, the braille blank, the grapheme joiner. Four of them are no name.
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def one_line(text: str) -> str:
    """Unicode NFC without control and invisible signs, every run of white space one space, none at the ends."""
    return _SPACES.sub(" ", visible(text)).strip()


def visible(text: str) -> str:
    """Unicode NFC without lone surrogates, control signs (line breaks stay, as `\\n`), direction marks, blanks."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if not (lines.isprintable() and _BLANK.isdisjoint(lines)):
        hidden = {c for c in set(lines) if c in _BLANK or unicodedata.category(c) in ("Cc", "Cf", "Cs")} - {
            "\n",
            _JOINER,
        }
        lines = "".join(c for c in lines if c not in hidden)
    return unicodedata.normalize("NFC", lines)


def unadorned(text: str) -> str:
    """`visible` without what only changes the look of an emoji: its joiner, its variation, the frame of a keycap."""
    return "".join(c for c in visible(text) if c not in "\u200d\u20e3" and not "\ufe00" <= c <= "\ufe0f")


def one_mark(text: str) -> str:
    """One kind of apostrophe (`’`) and one kind of hyphen (`-`) for the many that keyboards send."""
    return text.translate(_APOSTROPHES).translate(_HYPHENS)


def ascii_digits(text: str) -> str:
    """Decimal digits of any script as 0 to 9; the rest as it was."""
    return _OTHER_DIGITS.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)


@lru_cache(maxsize=4096)  # the labels of the same buttons are compared with every message
def plain(text: str) -> str:
    """The words alone, for comparing: lower case, `ё` as `е`, no apostrophes, no punctuation, no emoji.

    "Мар'яна!" and "МАРʼЯНА" are both `маряна`; "10:30" is `10 30`.
    """
    lowered = unicodedata.normalize("NFKC", ascii_digits(one_mark(visible(text.replace("№", " "))))).casefold()
    lowered = one_mark(lowered).replace(APOSTROPHE, "").replace("ё", "е").replace(_JOINER, "")
    return " ".join(_SIGNS.sub(lambda sign: sign[0] if unicodedata.combining(sign[0]) else " ", lowered).split())
