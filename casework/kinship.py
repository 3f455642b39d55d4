"""Kinship: declared with a report, then verified against documents, or refused; what was verified can be revoked.

Only a verified relative ever receives anything about a case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from casework.ids import CaseId, FileId, PersonId, ReportId, StaffId


class KinshipState(StrEnum):
    DECLARED = "declared"  # as the relative says
    VERIFIED = "verified"  # against documents, by a verifier
    REFUSED = "refused"  # the documents do not show it
    MORE_ASKED = "more-asked"  # something is missing
    REVOKED = "revoked"  # was verified, and is no longer


@dataclass(frozen=True, slots=True)
class Tie:
    """A relative's kinship in one report. `reason` is what the relative was told of a refusal or of what is missing,
    sealed under the report's key; `documents` are the files sent for it, oldest first."""

    report: ReportId
    state: KinshipState
    changed_at: datetime | None = None
    decided_by: StaffId | None = None
    reason: str = ""
    documents: tuple[FileId, ...] = ()
    words: tuple[str, ...] = ()


class Kinships(Protocol):
    """How kinship is kept."""

    async def declare(self, report: ReportId) -> None:
        """A report was filed: its kinship stands as declared."""

    async def state(self, report: ReportId) -> KinshipState: ...
    async def get(self, report: ReportId) -> Tie: ...

    async def verified(self, case: CaseId) -> Sequence[PersonId]:
        """Every relative whose kinship to this case's person is verified and not revoked."""

    async def decide(self, report: ReportId, state: KinshipState, by: StaffId, reason: str = "") -> None: ...

    async def add_documents(self, report: ReportId, files: Sequence[FileId], words: Sequence[str]) -> None:
        """Papers that the relative sent, with their own words about them."""


COMMANDS: dict[type, Any] = {}
QUERIES: dict[type, Any] = {}
