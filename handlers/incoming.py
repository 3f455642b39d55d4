"""What a channel needs of the front desk: what came in (`dialogs/incoming.py`), and what became of it."""

from dataclasses import dataclass
from typing import Protocol

from casework.actor import Channel
from casework.work import Unavailable
from dialogs.incoming import (
    LINK,
    Blocked,
    ButtonPress,
    Content,
    Incoming,
    Opened,
    Sent,
    SentFile,
    Unblocked,
    spoken,
    written,
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message. `number` is its place in the person's thread on the page; None elsewhere."""

    repeat: bool = False
    number: int | None = None
    quarantined: bool = False


class Receiver(Protocol):
    """What a channel needs of the front desk (`handlers/desk.py`)."""

    async def receive(self, incoming: Incoming) -> Receipt:
        """Take one message; returns after the commit. Raises `Unavailable` while the database is away."""

    async def quarantine(self, channel: Channel, message: str, address: str | None, raw: str) -> Receipt:
        """Keep, sealed, what nobody could read, so that it is confirmed and the next one is not held up. `raw` is what
        came; `address` None when it does not tell. Raises `Unavailable` too."""

    async def returned(self, channel: Channel, receipt: str) -> None:
        """The platform could not deliver a message that it had taken. Raises `Unavailable` too."""


__all__ = [
    "LINK",
    "Blocked",
    "ButtonPress",
    "Content",
    "Incoming",
    "Opened",
    "Receipt",
    "Receiver",
    "Sent",
    "SentFile",
    "Unavailable",
    "Unblocked",
    "spoken",
    "written",
]
