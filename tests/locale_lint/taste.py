"""What a family must never read, what does not fit, and what nobody has signed yet."""

import re
from collections.abc import Iterator, Mapping

from casework.house_style import EMOJI, FORBIDDEN
from tests.locale_lint.texts import UNSIGNED, Fault, Text, Texts, longest, said

MOST = 3500
"""Characters of a text; a messenger's limit is 4096, and names come in."""
MOST_ON_A_BUTTON = 64
NO_BUTTONS = ("why", "hint", "more", "again")

ALLOWED: Mapping[str, str] = {}
"""Texts that may say such a word, each with the reason (a promise never to write of it, the name of a paper)."""

_APOSTROPHE = re.compile(r"[а-яіїєґ]['`´‘ʼ][а-яіїєґ]", re.IGNORECASE)

SENSITIVE = (
    "captivity",
    "circumstances",
    "invitation",
    "line-lifeline",
    "loss",
    "marks",
    "release",
    "return",
    "step-dna",
    "update",
    "welcome-never",
)
"""Beginnings of messages on loss, invitation and release: a psychologist and families are to read them first."""

_SIGNED = re.compile(r"signed: \S.*, \d{4}-\d\d-\d\d")


def worded(texts: Texts, allowed: Mapping[str, str] = ALLOWED) -> Iterator[Fault]:
    """Words that hurt, signs that mock, apostrophes of another alphabet."""
    for text in texts:
        words = said(text.pattern)
        found = FORBIDDEN[text.language].search(words)
        if found and text.name not in allowed:
            yield text.fault(f"says {found[0]!r}", "say it otherwise, or name the reason in taste.ALLOWED")
        if emoji := EMOJI.search(words):
            yield text.fault(f"has the emoji U+{ord(emoji[0]):04X}", "take it out")
        if text.language == "uk":
            if straight := _APOSTROPHE.search(words):
                yield text.fault(f"has a foreign apostrophe in {straight[0]!r}", "write ’ (U+2019)")
            if '"' in words:
                yield text.fault("has straight quotation marks", "write «»")


def sized(texts: Texts) -> Iterator[Fault]:
    """Texts that a messenger or a button cuts off."""
    for text in texts:
        length, most = longest(text.pattern), MOST_ON_A_BUTTON if _on_a_button(text) else MOST
        if length > most:
            yield text.fault(f"has {length} characters of {most}", "say it shorter")


def _on_a_button(text: Text) -> bool:
    return bool(text.attribute) and text.attribute not in NO_BUTTONS and not text.attribute.endswith("-also")


def unsigned(texts: Texts) -> list[Text]:
    """The messages that say of themselves that nobody has signed them."""
    return [text for text in texts.messages.values() if UNSIGNED in text.comment.splitlines()]


def signed(texts: Texts) -> Iterator[Fault]:
    """Messages on loss, invitation and release that carry neither a signature nor the note that it is missing."""
    for text in texts.messages.values():
        sensitive = any(text.message == start or text.message.startswith(f"{start}-") for start in SENSITIVE)
        lines = text.comment.splitlines()
        if sensitive and UNSIGNED not in lines and not any(_SIGNED.fullmatch(line) for line in lines):
            yield text.fault(
                "is about loss, invitation or release, and nobody has signed it",
                f'write above it "# {UNSIGNED}", or "# signed: <who>, <year-month-day>"',
            )
