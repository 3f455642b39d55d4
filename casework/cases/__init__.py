"""Cases, as staff work on them: the queue, search, the card, notes, calls, reports of the same person."""

from typing import Any

from casework.cases import calling, card, joining, queue, search

COMMANDS: dict[type, Any] = {**card.COMMANDS, **calling.COMMANDS, **joining.COMMANDS}
QUERIES: dict[type, Any] = {**queue.QUERIES, **search.QUERIES, **calling.QUERIES, **joining.QUERIES}
