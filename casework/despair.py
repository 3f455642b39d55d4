"""Words of despair: does somebody write that they do not want to live? A help to people, and no diagnosis."""

from functools import cache
from pathlib import Path

from casework.wordlist import WordList


def despairs(text: str) -> bool:
    """Whether `text`, of any length and in any of the languages, holds a phrase of despair, also inside a story."""
    return bool(_list().found(text))


@cache
def _list() -> WordList:
    return WordList(Path(__file__).with_name("despair.txt"), slips=True)
