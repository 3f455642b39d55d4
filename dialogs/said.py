"""What a person can say to a question, once a channel has turned it into the same few forms."""

from dataclasses import dataclass
from datetime import datetime

from casework.ids import FileId


@dataclass(frozen=True, slots=True)
class Text:
    """Typed words. `at` is when they were written, where the platform tells."""

    text: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """A press on one of the question's buttons, by the option's id."""

    option: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A telephone number shared with a press. `own` is true only if the platform says that it is the sender's."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class Location:
    """A place shared with a press, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Files:
    """Photos or papers; each is noted under an id, though its bytes may still be on their way."""

    files: tuple[FileId, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """A form that the service does not take: "voice", "sticker", "video", "poll", "edited"… `text` is what an edited
    message says now."""

    form: str
    text: str = ""


Said = Text | Press | Contact | Location | Files | Other
