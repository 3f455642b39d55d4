"""A kinship as it is kept: its state, the papers sent for it, those by which it was verified."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from casework.ids import CaseId, FileId, PersonId, ReportId, StaffId


class KinshipState(StrEnum):
    DECLARED = "declared"  # as the relative says
    VERIFIED = "verified"  # against documents, by a verifier
    REFUSED = "refused"  # the documents do not show it
    MORE_ASKED = "more-asked"  # something is missing
    REVOKED = "revoked"  # was verified, and is no longer
    CHANGED = "changed"  # was verified; what the papers were compared with is another since: as good as declared


UNDECIDED = (KinshipState.DECLARED, KinshipState.CHANGED)
"""States in which whatever papers there are wait for a verifier."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A relative's kinship in one report. `reason` is what the relative was told of a refusal or of what is missing,
    sealed under the report's key, as `seen`, the papers by which it was verified last; `documents` are the files sent
    for it, oldest first, without those that came to nothing; `places` are their numbers, and `looked` tells of each
    whether it stood before whoever decided; `brought_in` by which member of staff it was taken in, None: the relative
    sent it."""

    report: ReportId
    state: KinshipState
    changed_at: datetime | None = None
    decided_by: StaffId | None = None
    reason: str = ""
    documents: tuple[FileId, ...] = ()
    words: tuple[str, ...] = ()
    seen: SeenPapers | None = None
    places: tuple[int, ...] = ()
    looked: tuple[bool, ...] = ()
    brought_in: tuple[StaffId | None, ...] = ()

    @property
    def not_looked_at(self) -> int:
        """How many of the documents nobody has decided on: all of them, where an answer that they were compared with
        is another since; else those that were not shown to whoever decided last."""
        return len(self.documents) if self.state in UNDECIDED else self.looked.count(False)

    def shown(self, files: Collection[FileId]) -> int:
        """Of these files before somebody's eyes, the place of the first document that is not among them: all before it
        are seen."""
        unseen = (place for file, place in zip(self.documents, self.places, strict=True) if file not in files)
        return next(unseen, max(self.places, default=-1) + 1)


class Kinships(Protocol):
    """How kinship is kept."""

    async def declare(self, report: ReportId) -> None:
        """A report was filed: its kinship stands as declared."""

    async def state(self, report: ReportId) -> KinshipState: ...
    async def get(self, report: ReportId) -> Tie: ...

    async def verified(self, case: CaseId) -> Sequence[PersonId]:
        """Every relative whose kinship to this case's person is verified and not revoked."""

    async def decide(
        self,
        report: ReportId,
        before: KinshipState,
        state: KinshipState,
        by: StaffId,
        reason: str = "",
        seen: SeenPapers | None = None,
        shown: int | None = None,
    ) -> bool:
        """Change the state from `before`; False if it is another one meanwhile. The documents before the place `shown`
        are looked at; without it, all."""

    async def unsettle(self, report: ReportId) -> bool:
        """What was verified is changed since; False if it was not verified."""

    async def add_documents(
        self, report: ReportId, files: Sequence[FileId], words: Sequence[str], by: StaffId | None = None
    ) -> None:
        """Papers that the relative sent, or a member of staff took in, with the relative's own words about them."""

    async def open(self, file: FileId, by: StaffId) -> None:
        """A member has opened a file; it counts if it was sent for a kinship."""

    async def opened(self, report: ReportId, by: StaffId) -> Collection[FileId]:
        """The papers of a report that the member has opened."""


class Presented(StrEnum):
    """How the papers came before the verifier's eyes."""

    SENT = "sent"
    BROUGHT = "brought"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class SeenPapers:
    """Papers that a verifier saw before confirming a kinship, and how. `why` is why they are enough, where they are not
    all that prove the tie or nobody else saw them; `second` has signed it then, or has seen the papers as well."""

    papers: tuple[str, ...]
    how: Presented
    why: str = ""
    second: StaffId | None = None


class Ground(StrEnum):
    """Why kinship is refused or revoked. Fixed words: nothing that a family should not read in a message slips in."""

    NAMES_DIFFER = "names-differ"
    NOT_SHOWN = "not-shown"
    ANOTHER_PERSON = "another-person"
    NO_KIN = "no-kin"  # close, but no relative in the eyes of the law
    MISTAKE = "mistake"  # the former decision was a mistake
