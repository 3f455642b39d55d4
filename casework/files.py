"""Photos and papers that families send: kept sealed, shown within a session only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from casework.ids import FileId, PersonId

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
