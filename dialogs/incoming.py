"""What came in, once a channel has checked that it is genuine: the same form for every channel."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final

from pydantic import ConfigDict

from casework.actor import Channel
from casework.numbers import ReportNumber, parse_number
from dialogs.said import Location, Other, SharedPhone, Text, Unkept


@dataclass(frozen=True, slots=True)
class ButtonPress:
    """A press. `on` is the platform's id of the message whose button it was, for a messenger that can edit it;
    `protected` tells that this one cannot be forwarded. `ticked` are the ids of the buttons that were marked beside it,
    where they are checkboxes."""

    id: str
    on: str | None = None
    protected: bool = False
    ticked: tuple[str, ...] | None = None

    @property
    def bound(self) -> bool:
        """Does it name a command, and whose it is? Otherwise it is a choice of a question."""
        return self.id.startswith("go.")


@dataclass(frozen=True, slots=True)
class Opened:
    """The person opened the service, perhaps by a deep link: `/start`, `conversation_started`, the page."""

    link: str = ""


_START: Final = re.compile(r"/start(?:@\w+)?(?:\s+(?P<link>\S.*))?\s*", re.DOTALL)
LINK: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a deep link may bring, by Telegram's rule; anything else brings nothing."""


def spoken(text: str) -> Text | Opened:
    """Typed words; "/start" opens the service, on every channel, perhaps by a deep link."""
    opened = _START.fullmatch(text)
    if opened is None:
        return Text(text)
    link = opened["link"] or ""
    return Opened(link if LINK.fullmatch(link) else "")


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file in a message. `source` is the platform's reference (Telegram's file_id), for the errand that fetches it;
    `content` its cleaned bytes where the channel has them already (the page). `size` in bytes, 0 if not told."""

    type: str
    source: str = ""
    name: str = ""
    size: int = 0
    content: bytes | None = None
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")


@dataclass(frozen=True, slots=True)
class Sent:
    """Photos or papers, with what was written under them, and those of them that the channel could not take."""

    files: tuple[SentFile, ...]
    caption: str = ""
    refused: tuple[Unkept, ...] = ()


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person blocked the bot (`by_choice`), or the platform closed the account."""


@dataclass(frozen=True, slots=True)
class Unblocked:
    """The person let the bot write again."""


Content = Text | ButtonPress | SharedPhone | Location | Other | Opened | Sent | Blocked | Unblocked


def written(content: Content) -> str:
    """What was typed, wherever: under a photo, or into a message from before."""
    match content:
        case Text(text) | Sent(caption=text) | Other(text=text):
            return text
        case _:
            return ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message in.

    `address` is the chat, Viber id or session; `message` identifies the message within the channel, so that a repeat is
    recognised; `at` when the platform says that it was sent, to within `grain` (Telegram counts whole seconds);
    `language` the platform's hint. `place` is the message's id in its chat, where such ids grow in the order in which
    both sides wrote; `answers` the letter that stood last in the chat when it was written, where the platform tells.
    `group` is the same for what was sent at once, as an album's photos are. `link` is the deep link by which the chat
    was opened, where this is the first that was said since.
    """

    channel: Channel
    address: str
    message: str
    at: datetime
    content: Content
    language: str | None = None
    grain: timedelta = timedelta(0)
    place: int | None = None
    answers: int | None = None
    group: str | None = None
    link: str = ""


_OURS: Final = re.compile(r"/[a-z]+|\d{1,4}|t\d+")


def beside_names(text: str) -> str:
    """What a member of staff typed, as their thread holds it: a command, numbers of ours; all else may name somebody,
    and is "…"."""
    words = text.split()
    digits = sum(word.isdecimal() for word in words)  # several are a telephone or a date

    def is_ours(word: str) -> bool:
        if isinstance(parse_number(word), ReportNumber):
            return True
        return _OURS.fullmatch(word) is not None and (digits < 2 or not word.isdecimal())

    kept = [word if is_ours(word) else "…" for word in words]
    return " ".join(word for at, word in enumerate(kept) if word != "…" or kept[at - 1 : at] != ["…"])
