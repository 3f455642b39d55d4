"""One thing has one word: what is never said, and what is said instead. And what must stand beside a word."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from casework.house_style import INSTEAD
from tests.locale_lint.texts import Fault, Texts, said

KEPT: Final[Mapping[str, str]] = {
    "where-gone": "names a chat",
}
"""Texts that may say such a word, each with the reason."""

_DNA: Final = {"uk": re.compile(r"ДНК"), "en": re.compile(r"\bDNA\b")}
_EVERY: Final = {"uk": re.compile(r"кожн\w+ родин\w+"), "en": re.compile(r"every family")}
_FOUND: Final = {
    "uk": re.compile(r"не означає, що когось знайшли"),
    "en": re.compile(r"does not mean that anybody was found"),
}


def consistent(texts: Texts) -> Iterator[Fault]:
    """Words that are not the word for the thing; `-also` is what people may type, and passes."""
    table = {re.compile(rf"\b(?:{wrong})", re.IGNORECASE): right for wrong, right in INSTEAD[texts.language].items()}
    for text in texts:
        if text.attribute.endswith("-also") or text.name in KEPT:
            continue
        words = " ".join(said(text.pattern).split())
        for wrong, right in table.items():
            if found := wrong.search(words):
                yield text.fault(f"says {found[0]!r}", f"say: {right}")


def explained(texts: Texts) -> Iterator[Fault]:
    """A DNA sample is asked of every family, and whoever names it says so; on a button at least the first half."""
    for text in texts:
        words = said(text.pattern)
        if text.attribute.endswith("-also") or not _DNA[texts.language].search(words):
            continue
        needed = [_EVERY] if text.attribute and text.attribute not in ("why", "hint") else [_EVERY, _FOUND]
        if not all(pattern[texts.language].search(words) for pattern in needed):
            yield text.fault(
                "names a DNA sample", "say that it is asked of every family and does not mean that anybody was found"
            )
