"""The person's thread on the web page: the shape in which what was said is kept and shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from casework.ids import FileId
from casework.letters import Live


@dataclass(frozen=True, slots=True)
class ThreadMessage:
    """A message as the page shows it. `keys` are rows of (id, label); `files` are (id, name, type).

    `wants` is "contact" or "location" where the page may offer to share it. `marks` says of a key that is a checkbox
    whether it is marked. `pressed`, `question`, `holds` and `compares` are the screen's (`casework/letters.py`).
    `replaces` is the number of the message that says just the same with other keys: these stand there instead. `live`
    is the screen's: the words here name nobody, and the page fetches the rest when it shows them.
    """

    voice: Literal["service", "staff", "you"]
    text: str
    keys: tuple[tuple[tuple[str, str], ...], ...] = ()
    files: tuple[tuple[FileId, str, str], ...] = ()
    wants: str | None = None
    marks: tuple[tuple[str, bool], ...] = ()
    pressed: bool = False
    question: str | None = None
    holds: str | None = None
    replaces: int | None = None
    compares: bool = False
    live: Live | None = None


@dataclass(frozen=True, slots=True)
class NumberedMessage:
    """A message in its place. Numbers have gaps only where nothing was lost; `after` any of them misses nothing."""

    number: int
    at: datetime
    shown: ThreadMessage
