"""Free words: a story of many lines, a line such as a unit or a rank, a code of six digits."""

from __future__ import annotations

import re
from typing import Final

from casework.values import Unclear
from dialogs.answers.writing import one_line, visible

_BLANK_LINES: Final = re.compile(r"\n[ \n]*\n[ \n]*\n")


def free_text(text: str, limit: int) -> str | Unclear:
    """A person's own words with their line breaks; longer than `limit` characters is refused, never cut."""
    kept = _BLANK_LINES.sub("\n\n", visible(text)).strip()
    return _within(kept, limit)


def short_text(text: str, limit: int = 200) -> str | Unclear:
    """One line with at least a letter or a digit in it, such as a unit, a rank or a document's number."""
    line = one_line(text)
    if line and not any(char.isalnum() for char in line):
        return Unclear("unclear-text-words")
    return _within(line, limit)


def _within(text: str, limit: int) -> str | Unclear:
    if not text:
        return Unclear("unclear-text-empty")
    if len(text) > limit:
        return Unclear("unclear-text-long", {"limit": limit, "length": len(text)})
    return text
