"""Checks: what the center asked about a case, and the word to its relatives that nothing is new, made of these only."""

from typing import Any

from casework.checks import noting, telling
from casework.checks.telling import tell_in_time

ACTS = noting.ACTS
COMMANDS: dict[type, Any] = {**noting.COMMANDS, **telling.COMMANDS}
QUERIES: dict[type, Any] = noting.QUERIES
SECTIONS: dict[str, Any] = noting.SECTIONS
READS: dict[str, Any] = {"no-news": telling.stands}
OPENS: dict[str, Any] = {"no-news": telling.told}

__all__ = ["ACTS", "COMMANDS", "OPENS", "QUERIES", "READS", "SECTIONS", "tell_in_time"]
