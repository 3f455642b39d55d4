"""What stands in a chat, as the person sees it now."""

import html
import re
from dataclasses import dataclass, field
from typing import Any

_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Key:
    """A key of the keyboard below the chat."""

    label: str
    does: str
    sends: str
    columns: int
    rows: int

    @classmethod
    def of(cls, button: dict[str, Any]) -> "Key":
        label = html.unescape(_TAG.sub("", button.get("Text", "")))
        does = button.get("ActionType", "reply")
        return cls(label, does, button["ActionBody"], button.get("Columns", 6), button.get("Rows", 1))


@dataclass
class Shown:
    """A message of the bot's. `media` is the address of its file, `at` the fake's count of events."""

    token: int
    text: str
    raw: dict[str, Any] = field(repr=False)
    at: int = 0
    media: str | None = None
