"""What stands in a text beside words: telephone numbers that can be pressed, numbers that stay whole, and Ukrainian
within another language. `drawing.js` does the same. Pure."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Final

from markupsafe import Markup, escape

from casework import seed

_GAP: Final = "[ \u00a0-]"
_PHONES: Final = (
    r"\+\d[\d \u00a0()-]{8,16}\d",
    rf"\b0{_GAP}?800(?:{_GAP}\d{{2,3}}){{2,3}}\b",
    r"\b0800\d{6}\b",
    rf"\(0\d\d\){_GAP}?\d{{3}}{_GAP}?\d\d{_GAP}?\d\d\b",
    rf"\b0[3-9]\d{_GAP}?\d{{3}}{_GAP}?\d\d{_GAP}?\d\d\b",
    r"\b380\d{9}\b",
)
"""Telephone numbers as they are written; never a report's number or a date."""

EXAMPLES: Final = frozenset({"067 123 45 67", "+48 600 100 200"})
"""Numbers by which we show how one is written: whoever pressed one would call a stranger."""

_WHOLE: Final = r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b"
"""A report's number, a code: read and dictated as one."""

_UKRAINIAN: Final = r"[\u0400-\u04ff][\u0400-\u04ff'’ʼ -]*[\u0400-\u04ff]|[\u0400-\u04ff]"
_SHORT: Final = Markup(' class="whole"')
SHORT: Final = 5
"""Digits of a line that is told from other numbers only by being known."""


def short_lines(phones: Collection[str]) -> tuple[str, ...]:
    """Those of the lines' numbers that have few digits: 102, 16-48."""
    each = (one.strip() for phone in phones for one in phone.split(","))
    return tuple(sorted({one for one in each if sum(map(str.isdecimal, one)) <= SHORT}))


KNOWN: Final = short_lines([line.phone for line in seed.lines()])


def marked_up(text: str, language: str, short: tuple[str, ...] = KNOWN, *, pressed: bool = True) -> Markup:
    """The text as HTML; within what is a button itself, no number is `pressed`."""
    return Markup("").join(_pieces(text, language, short, pressed))


def _pieces(text: str, language: str, short: tuple[str, ...], pressed: bool) -> Iterator[Markup]:
    end = 0
    for found in _pattern(language, short).finditer(text):
        yield escape(text[end : found.start()])
        end, words = found.end(), found[0]
        if found["phone"] and (not pressed or words in EXAMPLES):
            yield Markup('<span class="whole">{}</span>').format(words)
        elif found["phone"]:
            number = re.sub("[^0-9+]", "", words)
            yield Markup('<a href="tel:{}"{}>{}</a>').format(number, _SHORT if len(number) <= SHORT else "", words)
        elif found["whole"]:
            yield Markup('<span class="whole">{}</span>').format(words)
        else:
            yield Markup('<span lang="uk">{}</span>').format(words)
    yield escape(text[end:])


@lru_cache
def _pattern(language: str, short: tuple[str, ...]) -> re.Pattern[str]:
    known = [rf"(?<![\d.,:-])(?:{'|'.join(map(re.escape, short))})(?![\d-]|[.,:]\d)"] if short else []
    ukrainian = rf"|(?P<ukrainian>{_UKRAINIAN})" if language != "uk" else ""
    return re.compile(rf"(?P<phone>{'|'.join((*_PHONES, *known))})|(?P<whole>{_WHOLE}){ukrainian}")
