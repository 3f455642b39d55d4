"""Inquiries: what a center asks a body about a case, by when it has to answer, what came, and what relatives read."""

from typing import Any

from casework.inquiries import answering, asking, telling
from casework.inquiries.telling import follow

ACTS = asking.ACTS
COMMANDS: dict[type, Any] = {**asking.COMMANDS, **answering.COMMANDS, **telling.COMMANDS}
QUERIES: dict[type, Any] = {**asking.QUERIES, **answering.QUERIES}
SECTIONS: dict[str, Any] = answering.SECTIONS
READS: dict[str, Any] = {"inquiry": telling.stands}
OPENS: dict[str, Any] = {"inquiry": telling.told}

__all__ = ["ACTS", "COMMANDS", "OPENS", "QUERIES", "READS", "SECTIONS", "follow"]
