"""Several messages that are one: how long an answer waits for what may come with the message that it answers."""

from datetime import timedelta

from casework.actor import Channel
from dialogs.answers import may_go_on
from dialogs.incoming import Incoming, Sent, written
from dialogs.said import Text

ALBUM = timedelta(seconds=1.5)
"""How long the answer to a photo, or to a text that a messenger may have cut, waits for more that was sent with it."""

BURST = timedelta(seconds=0.8)
"""How long the answer to what was written on Viber waits for more: it tells of no album and shows only the newest
keyboard, and people write there as they speak, a line at a time."""


def patience(incoming: Incoming) -> timedelta | None:
    """How long the answer waits; None: it goes at once, as to a press or a command."""
    if incoming.group or (incoming.channel is Channel.TELEGRAM and may_go_on(written(incoming.content))):
        return ALBUM
    said = isinstance(incoming.content, Text | Sent) and not written(incoming.content).startswith("/")
    return BURST if incoming.channel is Channel.VIBER and said else None
