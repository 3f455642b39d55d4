"""The record of contacts: each time a relative and the center were truly in touch. It is only added to.

What was sent and not opened, tried and not answered, or missed is no contact. A contact is one relative's, of their own
report: another relative of the case has a record of their own. It holds no words, and outlives those that were said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from casework.ids import CenterId, PersonId, ReportId, StaffId

if TYPE_CHECKING:
    from casework.contact.promise import Promise
    from casework.contact.sides import ContactSide


class ContactKind(StrEnum):
    """How they were in touch."""

    UPDATE = "update"  # a checked update, which the relative opened
    NO_NEWS = "no-news"  # what was asked and brought nothing new, which the relative opened
    CALL = "call"  # a call, which they answered
    VISIT = "visit"  # a visit, to which they came
    ANSWER = "answer"  # a human's written answer to their words, which they opened


SPOKEN = frozenset({ContactKind.CALL, ContactKind.VISIT})
"""Contacts by a human voice."""


class ContactWish(StrEnum):
    """How a relative wants us to be in touch."""

    USUAL = "usual"  # as the center promises everybody
    SOONER = "sooner"  # a human voice more often
    SILENCE = "silence"  # nothing about the search by itself


@dataclass(frozen=True, slots=True)
class Contact:
    """`report` is None where they spoke of no case in particular; `by` is the member: who called, whom they visited,
    who wrote the update or the answer, who asked last."""

    person: PersonId
    report: ReportId | None
    kind: ContactKind
    at: datetime
    by: StaffId


class Contacts(Protocol):
    """How the record is kept."""

    async def add(self, contact: Contact, about: int) -> None:
        """`about` is the id of what it came of (the call, the visit, the copy of the update): it counts once."""

    async def of(self, person: PersonId) -> Sequence[Contact]:
        """All of a relative's, the newest first."""

    async def promise(self, center: CenterId, promise: Promise) -> None:
        """What the center promises from now on; what it promised before stays as history."""

    async def promise_nothing(self, center: CenterId, by: StaffId) -> None:
        """What the center promised ends now, and stays as history."""

    async def promises(self) -> Mapping[CenterId, Promise]:
        """Of each center that promises anything, what is in force."""

    async def in_turn(self, center: CenterId) -> bool:
        """Nobody else plans calls for the center until the transaction ends; False where somebody just does."""

    async def planned(self, center: CenterId, since: datetime) -> int:
        """How many calls were planned there since then to keep the promise."""

    async def wish(self, report: ReportId) -> ContactWish:
        """What the relative of a report wishes for its case: what they said last of any report of theirs in it."""

    async def wish_anew(self, report: ReportId, wish: ContactWish) -> None: ...

    async def sides(self, center: CenterId) -> Sequence[ContactSide]:
        """How each relative of a center stands, in each of their cases."""

    async def side(self, report: ReportId) -> ContactSide | None:
        """How the relative of a report stands in its case."""
