"""The panic word: typed at any moment, it makes a chat nobody's at once, unasked. Never a button: a press slips."""

from rapidfuzz.distance import OSA

from casework.letters import Say
from dialogs.answers.writing import plain
from dialogs.questions import Spellings

COMMAND = "/forget"
LONGEST = 40
"""Characters; longer words are a story."""


def is_panic(text: str, words: Spellings) -> bool:
    """Is this the word, in any language, or the command?

    Hands tremble: spaces do not count, and one letter may be wrong, missing, too many or changed with its neighbour.
    """
    if len(text) > LONGEST:
        return False
    if text.strip().partition("@")[0].lower() == COMMAND:
        return True
    typed = _letters(text)
    return any(OSA.distance(typed, _letters(word)) <= 1 for word in words.spellings(Say("panic.word")))


def _letters(text: str) -> str:
    return plain(text).replace(" ", "")
