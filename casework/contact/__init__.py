"""Contact: the record of when a family and the center were in touch, and what is promised of the next time."""

from typing import Any

from casework.contact import promising, silences, wishes
from casework.contact.keeping import keep
from casework.contact.silences import SECTIONS
from casework.contact.wishes import asks_silence

COMMANDS: dict[type, Any] = {**promising.COMMANDS, **wishes.COMMANDS}
QUERIES: dict[type, Any] = {**promising.QUERIES, **silences.QUERIES, **wishes.QUERIES}

__all__ = ["COMMANDS", "QUERIES", "SECTIONS", "asks_silence", "keep"]
