"""One relative's side of a case: when they were last in contact with the center, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from casework.contact.promise import LastHeard
from casework.ids import CallId, CaseId, PersonId, ReportId

TRIED: Final = 3
"""Calls without an answer, after which it is no longer that nobody called."""


class WhySilent(StrEnum):
    """Why a relative has heard nothing for longer than was promised."""

    CLOSED = "closed"  # no chat takes anything, and nobody was reached by telephone
    UNANSWERED = "unanswered"  # three calls or more since the last contact
    NOT_CALLED = "not-called"  # nobody called, or not often enough


@dataclass(frozen=True, slots=True)
class ContactSide:
    """Nothing is promised where it `rests`: the search has ended, the case is held, the relative leaves, their kinship
    was refused, or they are `quiet`: they asked us not to write. `task` is the call that is due to keep the promise,
    `called` whether any call is due; `tries` are the calls without an answer since the last contact; `reachable`: some
    chat or page takes what we send."""

    person: PersonId
    case: CaseId
    report: ReportId
    heard: LastHeard
    task: CallId | None = None
    called: bool = False
    tries: int = 0
    reachable: bool = True
    rests: bool = False
    quiet: bool = False


def why_silent(side: ContactSide) -> WhySilent:
    if not side.reachable:
        return WhySilent.CLOSED
    return WhySilent.UNANSWERED if side.tries >= TRIED else WhySilent.NOT_CALLED
