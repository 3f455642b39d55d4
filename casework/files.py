"""Photos and papers that families send: kept sealed, shown within a session only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, Protocol

from casework.ids import CaseId, FileId, PersonId, ReportId
from casework.staff.access import CASEWORKERS

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

LARGEST = 20 * 1024 * 1024
"""Bytes; what Telegram lets a bot download."""

TYPES = ("image/jpeg", "image/png", "image/webp", "application/pdf")


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one person may send, on all channels together: files in a day, bytes in all."""

    a_day: int = 40
    bytes: int = 200 * 1024 * 1024


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

    async def counted(self, person: PersonId, since: datetime) -> tuple[int, int]:
        """How many files the person has sent since then, and the bytes of all that are kept."""

    async def get(self, file: FileId) -> File | None: ...
    async def read(self, file: FileId) -> bytes: ...

    async def give(self, files: Sequence[FileId], giver: PersonId, to: PersonId) -> None:
        """What a member of staff took in for a family becomes the family's: it is seen, and erased, with theirs."""

    async def shown_in(self, file: FileId) -> Sequence[tuple[ReportId, CaseId]]:
        """The reports that a file belongs to: its sender's own, and that for whose kinship it was sent."""


async def exceeded(
    allowed: Allowance, person: PersonId, files: int, size: int, work: Work
) -> Literal["too-many-files", "too-many-bytes"] | None:
    """Would so many files more, of so many bytes together, be too many?"""
    today, kept = await work.files.counted(person, work.now - timedelta(days=1))
    if today + files > allowed.a_day:
        return "too-many-files"
    return "too-many-bytes" if kept + size > allowed.bytes else None


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
