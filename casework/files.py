"""Photos and papers that families send: kept sealed, shown within a session only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from casework.ids import CaseId, FileId, PersonId, ReportId
from casework.staff.access import CASEWORKERS

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

LARGEST = 20 * 1024 * 1024
"""Bytes; what Telegram lets a bot download."""

TYPES = ("image/jpeg", "image/png", "image/webp", "application/pdf")


class FileState(StrEnum):
    ARRIVING = "arriving"  # noted; an errand fetches it from the platform
    HERE = "here"
    REFUSED = "refused"  # not what it said it was, too large, or not to be had


@dataclass(frozen=True, slots=True)
class File:
    """A file's outside. `type` is that of what is kept: photos are re-encoded, papers turned into pictures."""

    id: FileId
    person: PersonId
    state: FileState
    type: str
    size: int
    at: datetime


class Files(Protocol):
    """How files are kept."""

    async def note(self, person: PersonId, *, channel: str, type: str, source: str, name: str = "") -> FileId:
        """A file on its way: `source` is the platform's reference, sealed until the errand fetches it."""

    async def add(self, person: PersonId, *, type: str, content: bytes, name: str = "") -> FileId:
        """A file that is here already, cleaned."""

    async def get(self, file: FileId) -> File | None: ...
    async def read(self, file: FileId) -> bytes: ...

    async def give(self, files: Sequence[FileId], giver: PersonId, to: PersonId) -> None:
        """What a member of staff took in for a family becomes the family's: it is seen, and erased, with theirs."""

    async def shown_in(self, file: FileId) -> Sequence[tuple[ReportId, CaseId]]:
        """The reports that a file belongs to: its sender's own, and that for whose kinship it was sent."""


async def may_open(actor: Actor, file: File, work: Work) -> bool:
    """May the actor see what is in a file? Its sender may; so may caseworkers of a center that answers for its case,
    on the page only, and that is recorded: commit."""
    if file.state is not FileState.HERE:
        return False
    if file.person == actor.person:
        return True
    if actor.staff is None or actor.staff.role not in CASEWORKERS or not actor.on_page:
        return False
    for report, case in await work.files.shown_in(file.id):
        if actor.staff.center in await work.reports.centers(case):
            await work.audit.looked(actor, "file", case=case, report=report, person=file.person)
            return True
    return False
