"""One relative's side of a case: when they were last in contact with the center, and what stands in the way."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from casework.contact.promise import LastHeard
from casework.ids import CallId, CaseId, CenterId, PersonId, ReportId

if TYPE_CHECKING:
    from casework.contact.record import ContactWish

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


@dataclass(frozen=True, slots=True)
class ContactDate:
    """By when a relative is to be in contact, None where nothing is promised; to be worked out anew at `look`."""

    side: ContactSide
    due: datetime | None
    look: datetime


class ContactDates(Protocol):
    """How it is kept by when the relatives of a center are to be in contact. Whatever moves such a date (a contact, a
    wish, another promise, a case that is joined or ends) makes it unknown, until it is worked out again."""

    async def unknown(self, center: CenterId, most: int) -> Sequence[ContactSide]:
        """At most so many of those whose date is not known."""

    async def how_many_unknown(self, center: CenterId) -> int:
        """How many they are, with those to whom nothing is promised."""

    async def to_look_at(self, center: CenterId, most: int) -> Sequence[ContactSide]:
        """At most so many: those whose date is not known, then those whose was worked out long ago. Whatever moves
        their dates waits from here on, or has moved them; whose dates are moved now are passed over."""

    async def keep(self, center: CenterId, dates: Sequence[ContactDate]) -> None: ...

    async def uncalled(self, center: CenterId, until: datetime, most: int | None = None) -> Sequence[ContactSide]:
        """Those with a known date until then whom nobody is asked to call: the nearest, in any order."""

    async def of(self, center: CenterId, these: Collection[ReportId]) -> Sequence[ContactSide]:
        """How the relatives of these reports stand."""

    async def nearest(self, center: CenterId, most: int) -> Sequence[ContactSide]:
        """Those with the nearest known dates, in any order."""

    async def needless(self, center: CenterId, after: datetime, most: int) -> Sequence[CallId]:
        """At most so many of the calls that were to keep a promise, and are not needed: its date is after that, or
        nothing is promised."""

    async def counted(self, center: CenterId, *until: datetime) -> Sequence[int]:
        """How many have a known date; then how many of them before each of these moments."""

    async def relatives(self, center: CenterId) -> int:
        """How many there are to whom something can be promised, and whoever asked us not to write."""

    async def with_updates(self, center: CenterId) -> Mapping[CaseId, int]:
        """In each case of which an update was released, how many of them there are."""

    async def wishes(self, center: CenterId) -> Mapping[ContactWish, int]:
        """How many of them wish what; who never said is not counted."""

    async def talked(self, center: CenterId, since: datetime) -> int:
        """How many contacts there were."""
