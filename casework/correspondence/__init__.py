"""Correspondence: a relative writes to the center, and humans answer. One relative's own, on every channel."""

from typing import Any

from casework.correspondence import answering, own_words, writing
from casework.correspondence.answer_times import working_time
from casework.correspondence.answering import SECTIONS, SHOWS
from casework.correspondence.writing import CALLS, READS, add, await_answer, look_after, open_one, passed, told, write

COMMANDS: dict[type, Any] = {**writing.COMMANDS, **own_words.COMMANDS, **answering.COMMANDS}
QUERIES: dict[type, Any] = {**writing.QUERIES, **answering.QUERIES}

__all__ = [
    "CALLS",
    "COMMANDS",
    "QUERIES",
    "READS",
    "SECTIONS",
    "SHOWS",
    "add",
    "await_answer",
    "look_after",
    "open_one",
    "passed",
    "told",
    "working_time",
    "write",
]
