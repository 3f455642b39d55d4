"""The rule on bad news: which words stop the text of an update. A help to people, not a proof."""

from functools import cache
from pathlib import Path

from casework.wordlist import WordList


def stopped_by(text: str) -> tuple[str, ...]:
    """The words of `text` that stop it, as they were written, each once; empty if none does."""
    return _list().found(text)


@cache
def _list() -> WordList:
    return WordList(Path(__file__).with_name("stopped.txt"))
