"""Cases, as staff work on them: the queue, search, the card, notes, calls, reports of the same person."""

from typing import Any

from casework.cases import at_hand, calling, card, doubtful, go_between, joining, queue, search
from casework.cases.queue import queue_section
from casework.cases.search import match

COMMANDS: dict[type, Any] = {
    **card.COMMANDS,
    **calling.COMMANDS,
    **go_between.COMMANDS,
    **joining.COMMANDS,
    **doubtful.COMMANDS,
}
QUERIES: dict[type, Any] = {
    **queue.QUERIES,
    **search.QUERIES,
    **at_hand.QUERIES,
    **calling.QUERIES,
    **joining.QUERIES,
    **doubtful.QUERIES,
}
ACTS = joining.ACTS
SHOWS: dict[str, Any] = {**card.SHOWS, **calling.SHOWS}

__all__ = ["ACTS", "COMMANDS", "QUERIES", "SHOWS", "match", "queue_section"]
