"""Free words: a story of many lines, a line such as a unit or a rank, a code of six digits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
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


LARGEST_PART: Final = 4096
SPLIT_FROM: Final = 2048
"""Characters, as Telegram counts them: it cuts a long message in parts of 4,096, where it can at the end of a sentence
or a word in the second half of each."""

SPLIT_WITHIN: Final = timedelta(seconds=1)
"""The parts are sent one right after the other; nobody types so fast."""


def may_go_on(text: str) -> bool:
    """Can there be more on its way, cut off by a messenger?"""
    return is_split(text) and len(text.encode("utf-16-le", "surrogatepass")) // 2 <= LARGEST_PART


def is_split(head: str) -> bool:
    """Can a messenger have cut these words off from what comes in the same second?"""
    return len(head.encode("utf-16-le", "surrogatepass")) // 2 >= SPLIT_FROM


def rejoined(head: str, tail: str) -> str:
    """What a messenger has cut in two, whole again. It drops the white space at which it cuts."""
    return f"{head} {tail}"


def shortened(text: str, most: int) -> str:
    """The beginning of a text, of at most so many characters, cut between words; "…" tells that there is more."""
    line = one_line(text)
    if len(line) <= most:
        return line
    whole, space, _ = line[:most].rpartition(" ")
    return f"{(whole if space else line[: most - 1]).rstrip(' ,;:–—-')}…"


def one_after_another(texts: Sequence[str]) -> str:
    """Several messages as one line. Where one ended is still seen: few people end a message with a full stop."""
    *before, last = [one_line(text) for text in texts] or [""]
    return " ".join([*(f"{line}." if line[-1:].isalnum() else line for line in before), last])


def _within(text: str, limit: int) -> str | Unclear:
    if not text:
        return Unclear("unclear-text-empty")
    if len(text) > limit:
        return Unclear("unclear-text-long", {"limit": limit, "length": len(text)})
    return text
