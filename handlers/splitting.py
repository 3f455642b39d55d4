"""A long text in pieces that a messenger takes. Pure."""

from typing import Final

# Where a long text may be cut, best first.
_BORDERS: Final = ("\n\n", "\n", ". ", " ")


def units(text: str) -> int:
    """The length in UTF-16 code units, as messengers count it: a letter beyond the basic plane (most emoji) is two."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def split(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` units, cut between paragraphs, else lines, sentences or words."""
    pieces = []
    rest = text.strip()
    while units(rest) > limit:
        cut = _cut(rest, _fits(rest, limit))
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pieces, rest] if rest else pieces


def _fits(text: str, limit: int) -> int:
    """How many letters of a longer text fit."""
    taken = 0
    for at, letter in enumerate(text):
        taken += 2 if letter > "\uffff" else 1
        if taken > limit:
            return at
    return len(text)


def _cut(text: str, fits: int) -> int:
    """Where to cut, counted in letters: at the best border that does not leave a scrap of a message."""
    for border in _BORDERS:
        space = len(border) - len(border.rstrip())  # is dropped, so it need not fit
        at = text.rfind(border, 0, fits + space)
        if at >= fits // 4:
            return at + len(border)
    return fits
