"""Who looked at what, and who did what: written in the same transaction as the deed, read by auditors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from casework.ids import CaseId, PersonId, ReportId, StaffId

if TYPE_CHECKING:
    from casework.actor import Actor


class Deed(StrEnum):
    LOOKED = "looked"
    ACTED = "acted"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row. `what` is a short name ("case", "search", "kinship-verified"); the subjects are ids, never words."""

    at: datetime
    staff: StaffId
    deed: Deed
    what: str
    channel: str
    case: CaseId | None = None
    report: ReportId | None = None
    person: PersonId | None = None


class Audit(Protocol):
    """How the audit is kept. Whoever acts is a member of staff: for a relative's own data nothing is written. What is
    done in a visitor's name is written with both, whoever is named as its subject."""

    async def looked(
        self,
        actor: Actor,
        what: str,
        *,
        case: CaseId | None = None,
        report: ReportId | None = None,
        person: PersonId | None = None,
        searched: str | None = None,
    ) -> None:
        """A member of staff has seen something. `searched` is kept as a keyed hash only."""

    async def acted(
        self,
        actor: Actor,
        what: str,
        *,
        case: CaseId | None = None,
        report: ReportId | None = None,
        person: PersonId | None = None,
    ) -> None:
        """A member of staff has decided or changed something."""

    async def latest(self, *, case: CaseId | None = None, limit: int = 20) -> Sequence[AuditEntry]:
        """The newest first; of one case, or of all."""

    async def opened(self, member: StaffId, limit: int) -> Sequence[ReportId]:
        """The reports, as far as there are any left, that a member looked at last."""
