"""May a relative be told that nothing is new, and from which checks? Pure.

Only what was truly asked since our last word to them is told, and only while nothing else is known: what nobody asked
about is never told as "no news".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from casework.checks.values import CaseCheck, CheckAnswer, WordGround
from casework.presence import KYIV

FRESH: Final = timedelta(days=30)
"""What was asked longer ago is not what is known today."""


def to_tell(told: WordGround, checks: Iterable[CaseCheck], now: datetime) -> tuple[CaseCheck, ...]:
    """The checks from which the relative may be told now that nothing is new, of each body the last, in the order in
    which they were asked; empty where nothing may be told."""
    if not told.entitled or told.by_voice or told.quiet:
        return ()
    noted = [one for one in checks if told.since < one.at <= now]
    if any(one.answer is CheckAnswer.SOMETHING for one in noted):
        return ()
    first, today = told.since.astimezone(KYIV).date(), now.astimezone(KYIV).date()
    asked = sorted((one for one in noted if first <= one.on and today - FRESH <= one.on), key=_order)
    last = {one.body: one for one in asked}
    if not any(one.answer is CheckAnswer.NOTHING_NEW for one in last.values()):
        return ()
    return tuple(sorted(last.values(), key=_order))


def still_so(told: WordGround, of_word: Iterable[CaseCheck], since: Iterable[CaseCheck]) -> bool:
    """May a word that has not been opened still be read? `of_word` are its checks as far as they are of the case now,
    `since` all that was noted of the case after the word before it."""
    if not told.entitled or told.by_voice or told.quiet:
        return False
    if any(one.answer is CheckAnswer.SOMETHING for one in since):
        return False
    return any(one.answer is CheckAnswer.NOTHING_NEW for one in of_word)


def _order(check: CaseCheck) -> tuple[object, ...]:
    return check.on, check.at, check.id
