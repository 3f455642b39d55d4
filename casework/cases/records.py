"""What is kept of a case beside its reports, and who may open it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from casework.ids import CaseId, CenterId, PersonId, ReportId, StaffId


class CaseState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Case:
    """One missing person's record. `joined_to`: the case to which its reports were moved."""

    id: CaseId
    center: CenterId
    state: CaseState
    opened_at: datetime
    taken_by: StaffId | None = None
    joined_to: CaseId | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What a member of staff wrote for the others; sealed under the case's key."""

    at: datetime
    by: StaffId
    text: str


class Reached(StrEnum):
    """What came of a call."""

    REACHED = "reached"
    NO_ANSWER = "no-answer"
    AGAIN = "again"  # they asked to be called at another time


@dataclass(frozen=True, slots=True)
class CallAttempt:
    """A call of the center's, and what came of it. Those that reached the family are contacts as well."""

    at: datetime
    report: ReportId | None
    by: StaffId
    how: Reached


@dataclass(frozen=True, slots=True)
class Likely:
    """Two reports that may be of the same person; `score` from 0 to 100."""

    report: ReportId
    other: ReportId
    score: int


@dataclass(frozen=True, slots=True)
class Papers:
    """A report with papers that nobody has decided on; `since` the newest of them came."""

    report: ReportId
    person: PersonId
    since: datetime


class Cases(Protocol):
    """How cases are kept."""

    async def get(self, case: CaseId) -> Case: ...
    async def take(self, case: CaseId, by: StaffId) -> None: ...
    async def add_note(self, case: CaseId, by: StaffId, text: str) -> None: ...

    async def notes(self, case: CaseId) -> Sequence[Note]:
        """Oldest first; with those of the cases that were joined to it."""

    async def add_attempt(self, person: PersonId, report: ReportId | None, by: StaffId, how: Reached) -> int:
        """Returns its id."""

    async def attempts(self, case: CaseId) -> Sequence[CallAttempt]: ...

    async def join(self, case: CaseId, into: CaseId, by: StaffId) -> None:
        """Move the reports of one case to another; both are locked in the order of their ids."""

    async def part(self, report: ReportId, by: StaffId) -> bool:
        """Give a report back to the case that it came from; False if it was never joined."""

    async def was_joined(self, report: ReportId) -> bool:
        """Was it joined to the case in which it is, and not parted since?"""

    async def likely(self, reports: Sequence[ReportId]) -> Sequence[Likely]:
        """The likenesses of these reports with those of other cases, not yet decided on; most alike first."""

    async def likely_at(self, center: CenterId) -> Sequence[Likely]:
        """All that are not yet decided on and touch the center; most alike first."""

    async def alike(self, report: ReportId, others: Sequence[tuple[ReportId, int]]) -> None:
        """What the search for reports of the same person has found. It only adds: two processes may find one pair."""

    async def forget_likely(self, report: ReportId) -> None:
        """The report was corrected: what it was like no longer counts, unless staff decided on it."""

    async def apart(self, report: ReportId, other: ReportId) -> None:
        """Staff say that these are two persons: not proposed again."""

    async def papers_waiting(self, center: CenterId) -> Sequence[Papers]:
        """Reports with papers that came after the last decision on their kinship; the longest wait first."""
