"""The panic word: typed at any moment, it makes a chat nobody's at once, unasked. Never a button: a press slips."""

from rapidfuzz.distance import OSA

from casework.letters import Say
from dialogs.answers.writing import plain
from dialogs.questions import Spellings

COMMAND = "/forget"
LONGEST_PANIC = 40
"""Characters; longer words are a story."""

SLIPS = 1
"""Letters that a trembling hand may miss, add or take for others. Two would take "не забудь мене" for it."""


def is_panic(text: str, words: Spellings) -> bool:
    """Is this the word and nothing else, in any language, in one word or two, or the command?"""
    if len(text) > LONGEST_PANIC:
        return False
    if text.strip().partition("@")[0].lower() == COMMAND:
        return True
    typed = plain(text).replace(" ", "")
    spellings = (word.replace(" ", "") for word in words.plain_spellings(Say("panic.word")))
    return any(OSA.distance(typed, word, score_cutoff=SLIPS) <= SLIPS for word in spellings)
