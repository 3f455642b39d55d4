"""The rule on bad news: which words stop the text of an update. A help to people, not a proof."""

from functools import cache
from pathlib import Path

from casework.wordlist import WordList


def stopped_by(text: str) -> tuple[str, ...]:
    """The words of `text` that stop it, as they were written, each once; empty if none does."""
    return _list().found(text)


def excused_in(text: str) -> tuple[str, ...]:
    """The words of `text` that would stop it, and do not, since they are plainly about something else: "тіло листа"."""
    return _list().excused(text)


@cache
def _list() -> WordList:
    return WordList(Path(__file__).with_name("forbidden_words.txt"))
