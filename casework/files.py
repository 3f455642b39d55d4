"""Photos and papers that families send: kept sealed, shown within a session only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol

from casework.ids import CaseId, CenterId, FileId, PersonId, ReportId
from casework.letters import Attached, Button, Letter, Private, Purpose, Say, Screen, say
from casework.queries import Query
from casework.result import Result

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.booking.attachments import Drawing
    from casework.work import Work

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes; what Telegram lets a bot download."""

ENDINGS = {
    "image/jpeg": ("photo", "jpg"),
    "image/png": ("photo", "png"),
    "application/pdf": ("paper", "pdf"),
    "audio/ogg": ("voice", "ogg"),
    "audio/mp4": ("voice", "m4a"),
    "audio/mpeg": ("voice", "mp3"),
    "audio/aac": ("voice", "aac"),
    "audio/wav": ("voice", "wav"),
    "audio/amr": ("voice", "amr"),
    "video/mp4": ("video", "mp4"),
    "video/webm": ("video", "webm"),
    "text/calendar": ("calendar", "ics"),
}
"""What a file of each type that is kept is called where nobody named it, and how its name ends."""

VAGUE = ("", "application/octet-stream", "binary/octet-stream", "application/x-download", "application/download")
"""Types that say nothing."""

PROMISING = ("jpg", "jpeg", "png", "webp", "pdf", "heic", "heif", "avif")
"""Endings of names worth a look, whatever the type beside them says."""


def is_recording(type: str) -> bool:
    """A voice message, a video note: something to listen to."""
    return type.startswith(("audio/", "video/"))


def may_be_kept(type: str, name: str = "") -> bool:
    """Is a file worth fetching, by what is said of it? What it is, its first bytes tell then. Only what names another
    kind clearly, a text document or an archive, is told so at once."""
    told = type.partition(";")[0].strip().lower()
    if told in VAGUE or told.startswith("image/") or is_recording(told) or "pdf" in told:
        return True
    return name.rpartition(".")[2].lower() in PROMISING


def name_of(type: str, name: str = "") -> str:
    """Under which name a file is given out: its own, with the ending of what it truly is."""
    plain, ending = ENDINGS.get(type, ("file", ""))
    stem, dot, old = name.rpartition(".")
    if not dot or not old.isalnum() or len(old) > 5:
        stem = name
    stem = stem.strip(". ") or plain
    return f"{stem}.{ending}" if ending else name or plain


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

    async def add_drawing(self, person: PersonId, drawing: Drawing, name: str) -> FileId:
        """A file of ours, which is drawn when it is read."""

    async def counted(self, person: PersonId, since: datetime) -> tuple[int, int]:
        """How many files the person has sent since then, and the bytes of all that are kept."""

    async def get(self, file: FileId) -> File | None: ...
    async def read(self, file: FileId) -> bytes: ...
    async def name(self, file: FileId) -> str:
        """As its sender called it; "" for one without a name."""

    async def give(self, files: Sequence[FileId], giver: PersonId, to: PersonId) -> None:
        """What a member of staff took in for a family becomes the family's: it is seen, and erased, with theirs."""

    async def refused(self, person: PersonId) -> Sequence[tuple[FileId, str]]:
        """Files of the person's that came to nothing, and the name of the words that say why."""

    async def sent_for(self, file: FileId) -> ReportId | None:
        """The report for whose kinship a file was sent."""

    async def drop(self, files: Sequence[FileId], person: PersonId) -> None:
        """Erase what a person sent and nothing has taken."""

    async def passed_on_to(self, file: FileId) -> Sequence[CenterId]:
        """The centers to which a family passed a file on with a call."""

    async def shown_in(self, file: FileId) -> Sequence[tuple[ReportId, CaseId]]:
        """The reports with which a file is shown to staff: that for whose kinship it was sent, and the sender's own if
        it was passed on with a call. What a report tells of itself is sealed, and not known here."""


async def exceeded(
    allowed: Allowance, person: PersonId, files: int, size: int, work: Work
) -> Literal["too-many-files", "too-many-bytes"] | None:
    """Would so many files more, of so many bytes together, be too many?"""
    today, kept = await work.files.counted(person, work.now - timedelta(days=1))
    if today + files > allowed.a_day:
        return "too-many-files"
    return "too-many-bytes" if kept + size > allowed.bytes else None


async def attached(files: Sequence[FileId], work: Work) -> tuple[Attached, ...]:
    """Files that are here, as they go with an answer."""
    found = []
    for position, id in enumerate(dict.fromkeys(files), 1):
        file = await work.files.get(id)
        if file is not None and file.state is FileState.HERE:
            found.append(Attached(id, name_of(file.type, str(position)), file.type))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class RefusedFiles(Query[tuple[tuple[FileId, str], ...]]):
    """Files that the acting person sent and that came to nothing: they count as not given."""

    example: ClassVar[tuple[tuple[FileId, str], ...]] = ()


async def refused_files(query: RefusedFiles, actor: Actor, work: Work) -> tuple[tuple[FileId, str], ...]:
    return tuple(await work.files.refused(actor.person))


async def tell_refused(file: File, name: str, why: str, work: Work) -> None:
    """The person is told which, and what to do now: a file that silently never arrives would cost weeks."""
    again = await _where_again(file, work)
    buttons = ((Button(f"/{again}", Say("file-again")),),) if again else ()
    told = say("file-refused", name=Private(name), why=say(why)) if name else say(why)
    screen = Screen((told,), buttons, keeps=True, neutral=True)
    await work.send(Letter(file.person, screen, purpose=Purpose.REPLY))


async def _where_again(file: File, work: Work) -> str | None:
    """Where it can be sent again; None while the question that it answered is still asked, or waits."""
    report = await work.files.sent_for(file.id)
    if report is not None:
        return f"papers {(await work.reports.get(report)).number}"
    for own in await work.reports.of(file.person):
        if own.account is not None and file.id in (*own.account.files, *own.account.photo):
            return f"details {own.number}"
    return None


@dataclass(frozen=True, slots=True)
class DropFiles:
    """What somebody sent was not meant for us."""

    files: tuple[FileId, ...]


async def drop_files(command: DropFiles, actor: Actor, work: Work) -> Result:
    await let_go(command.files, actor.person, work)
    return Result((Say("sent-dropped", {"files": len(command.files)}),))


async def let_go(files: Collection[FileId], person: PersonId, work: Work) -> None:
    """Erase what a person has taken back before anything took it: neither a report, nor a verifier, nor a call."""
    accounts = [report.account for report in await work.reports.of(person) if report.account is not None]
    told = {file for account in accounts for file in (*account.files, *account.photo)}
    await work.files.drop([file for file in files if file not in told], person)


COMMANDS: dict[type, Any] = {DropFiles: drop_files}
QUERIES: dict[type, Any] = {RefusedFiles: refused_files}
