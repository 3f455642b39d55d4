"""What a person can say to a question, once a channel has turned it into the same few forms."""

from dataclasses import dataclass
from datetime import datetime

from casework.ids import FileId
from casework.letters import Private, Say


@dataclass(frozen=True, slots=True)
class Text:
    """Typed words. `at` is when they were written, where the platform tells."""

    text: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """A press on one of the question's buttons, by the option's id. `ticked` are those marked beside it, where marks
    are no presses of their own."""

    option: str
    ticked: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class SharedPhone:
    """A telephone number shared with a press. `own` is true only if the platform says that it is the sender's."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class Location:
    """A place shared with a press, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Unkept:
    """A file that was not taken: what its sender calls it ("" if nothing), and the name of the words that say why."""

    name: str
    why: str

    @property
    def say(self) -> Say:
        return Say("file-refused", {"name": Private(self.name), "why": Say(self.why)}) if self.name else Say(self.why)


@dataclass(frozen=True, slots=True)
class NotedFiles:
    """Photos or papers, and recordings; each is noted under an id, though its bytes may still be on their way. Each of
    several is taken or refused alone."""

    files: tuple[FileId, ...]
    caption: str = ""
    refused: tuple[Unkept, ...] = ()
    recordings: tuple[FileId, ...] = ()


@dataclass(frozen=True, slots=True)
class Other:
    """A form that the service does not take: "voice", "sticker", "video", "poll", "edited"… `text` is what was written
    with it, where the messenger tells: of that only the panic word is heeded."""

    form: str
    text: str = ""


Said = Text | Press | SharedPhone | Location | NotedFiles | Other
