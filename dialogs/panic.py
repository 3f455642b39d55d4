"""The panic word: typed at any moment, it makes a chat nobody's at once, unasked. Never a button: a press slips."""

from casework.letters import Say
from dialogs.answers.writing import plain
from dialogs.questions import Spellings

COMMAND = "/forget"
LONGEST = 40
"""Characters; longer words are a story."""


def is_panic(text: str, words: Spellings) -> bool:
    """Is this the word, exactly, in any language, or the command?"""
    if len(text) > LONGEST:
        return False
    if text.strip().partition("@")[0].lower() == COMMAND:
        return True
    return plain(text) in {plain(word) for word in words.spellings(Say("panic.word"))}
