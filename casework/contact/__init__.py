"""Contact: the record of when a family and the center were in touch, and what is promised of the next time."""

from typing import Any

from casework.contact import keeping, wishes
from casework.contact.keeping import SECTIONS, keep
from casework.contact.wishes import asks_silence

COMMANDS: dict[type, Any] = {**keeping.COMMANDS, **wishes.COMMANDS}
QUERIES: dict[type, Any] = {**keeping.QUERIES, **wishes.QUERIES}

__all__ = ["COMMANDS", "QUERIES", "SECTIONS", "asks_silence", "keep"]
