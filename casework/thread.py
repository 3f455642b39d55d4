"""The person's thread on the web page: the shape in which what was said is kept and shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from casework.ids import FileId


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as the page shows it. `keys` are rows of (id, label); `files` are (id, name, type).

    `wants` is "contact" or "location" where the page may offer to share it.
    """

    voice: Literal["service", "staff", "you"]
    text: str
    keys: tuple[tuple[tuple[str, str], ...], ...] = ()
    files: tuple[tuple[FileId, str, str], ...] = ()
    wants: str | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """A message in its place. Numbers have gaps only where nothing was lost; `after` any of them misses nothing."""

    number: int
    at: datetime
    shown: Shown
