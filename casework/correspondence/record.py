"""What a relative and a center write to each other, and whose turn it is to answer.

A correspondence is one relative's: no other relative of the case learns that there is one. What the family wrote are
lines of the inbox that stand with it (`casework/inbox.py`), what humans of the center answered are `CenterAnswer`s.
Both are sealed under the relative's key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from casework.ids import AnswerId, CenterId, CorrespondenceId, FileId, PersonId, StaffId


@dataclass(frozen=True, slots=True)
class Correspondence:
    """`waits_since` is when the family wrote the first words that nobody has answered yet, None where none wait; `due`
    by when they are late. `holder` is the member who answers, None: whoever is there. `kept_from` are the members
    who neither see nor answer it, since the relative has asked for another person: it only grows."""

    id: CorrespondenceId
    person: PersonId
    center: CenterId
    began_at: datetime
    waits_since: datetime | None = None
    due: datetime | None = None
    holder: StaffId | None = None
    kept_from: frozenset[StaffId] = frozenset()
    closed_at: datetime | None = None

    def late(self, now: datetime) -> bool:
        return self.due is not None and self.due < now


@dataclass(frozen=True, slots=True)
class CenterAnswer:
    """What a member wrote: words, or a file, or both. A `note` is for colleagues; no family reads it. `opened_at` is
    when the relative first opened it."""

    id: AnswerId
    at: datetime
    by: StaffId
    words: str = ""
    file: FileId | None = None
    note: bool = False
    opened_at: datetime | None = None


class Correspondences(Protocol):
    """How they are kept."""

    async def begin(self, person: PersonId, center: CenterId) -> Correspondence: ...

    async def get(self, id: CorrespondenceId, *, lock: bool = False) -> Correspondence | None:
        """`lock`: nobody else answers or changes it until the transaction ends."""

    async def of(self, person: PersonId) -> Correspondence | None:
        """The person's own: the newest, where two persons turned out to be one."""

    async def keep(self, changed: Correspondence) -> None: ...

    async def waiting(self, center: CenterId) -> Sequence[Correspondence]:
        """Those of a center in which words wait for an answer, the oldest first."""

    async def kept(self) -> Sequence[Correspondence]:
        """Those with words that wait, and that are kept from somebody."""

    async def open_at(self, center: CenterId) -> Sequence[Correspondence]:
        """Those of a center that are not closed."""

    async def answer(
        self,
        to: Correspondence,
        by: StaffId,
        words: str,
        *,
        file: FileId | None = None,
        note: bool = False,
        waited: timedelta | None = None,
    ) -> AnswerId:
        """Add what a member wrote. `waited` is how long, in working hours, the family's first unanswered words had."""

    async def answers(self, of: CorrespondenceId) -> Sequence[CenterAnswer]:
        """In their order, notes too."""

    async def opened(self, of: CorrespondenceId) -> Sequence[AnswerId]:
        """The relative has opened all that was answered: those that were not opened before."""

    async def times(self, center: CenterId, most: int) -> Sequence[timedelta]:
        """How long the families whom the center answered last had waited, in working hours."""
