"""A screen as Telegram can show it: one message or several, within its limits. Pure."""

import html
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from handlers.channel import Enclosure, Key, Message, Rejected, Venue
from handlers.splitting import split, units

LONGEST_TEXT: Final = 4096
LONGEST_CAPTION: Final = 1024
"""Both in UTF-16 code units, after the markup is read: that is how Telegram counts."""

LONGEST_DATA: Final = 64
"""Bytes that a button may bring back."""

DONE: Final = "✓"
"""All that is said by a message whose only use is to take the keyboard away: Telegram lets no message do that and
show buttons as well."""


class Asks(StrEnum):
    CONTACT = "contact"
    LOCATION = "location"


@dataclass(frozen=True, slots=True)
class MessagePart:
    """One message of Telegram's: a text, a file or a place, with at most one kind of keys."""

    text: str = ""  # HTML; the caption, where there is a file
    enclosure: Enclosure | None = None
    venue: Venue | None = None
    keys: tuple[tuple[Key, ...], ...] = ()
    asks: tuple[tuple[Asks, str], ...] = ()  # a keyboard below the chat: what it sends, and its labels
    clears: bool = False  # takes such a keyboard away

    @property
    def plain(self) -> bool:
        """Has no keys, so that there is room to clear a keyboard."""
        return not self.keys and not self.asks


def compose(message: Message, *, keyboard_shown: bool) -> list[MessagePart]:
    """What to send, in order. Files come before the text, so that its buttons stay at the end of the chat.

    The buttons that send the person's number or place can only stand below the chat, in a message of their own when
    the question has buttons too, after it: a chat takes one message a second, and nobody is asked to press a button
    for a question that has not come. `keyboard_shown` tells that they stand there still.
    """
    _check(message)
    parts = _text_and_files(message)
    if message.venue is not None:
        parts.insert(len(parts) - 1, MessagePart(venue=message.venue))
    asks = tuple(
        (what, label) for what, label in ((Asks.CONTACT, message.contact), (Asks.LOCATION, message.location)) if label
    )
    if asks and parts and parts[-1].plain:
        parts[-1] = replace(parts[-1], asks=asks)
    elif asks:
        labels = "\n".join(html.escape(label, quote=False) for _, label in asks)
        parts.append(MessagePart(f"{labels} ↓", asks=asks))
    elif keyboard_shown:
        _clear_keyboard(parts)
    return parts


def _text_and_files(message: Message) -> list[MessagePart]:
    text = message.text.strip()
    files = [MessagePart(enclosure=enclosure) for enclosure in message.enclosures]
    if len(files) == 1 and units(text) <= LONGEST_CAPTION:
        return [replace(files[0], text=_markup(text, message.staff_voice), keys=message.keys)]
    texts = [MessagePart(_markup(each, message.staff_voice)) for each in split(text, LONGEST_TEXT)]
    parts = [*texts[:-1], *files, *texts[-1:]]
    if parts:
        parts[-1] = replace(parts[-1], keys=message.keys)
    return parts


def _clear_keyboard(parts: list[MessagePart]) -> None:
    for at, part in enumerate(parts):
        if part.plain:
            parts[at] = replace(part, clears=True)
            return
    if parts:
        parts.insert(0, MessagePart(DONE, clears=True))


def _check(message: Message) -> None:
    for row in message.keys:
        for key in row:
            if not 1 <= len(key.id.encode()) <= LONGEST_DATA:
                raise Rejected(f"a button's id must take 1 to {LONGEST_DATA} bytes")


def _markup(text: str, staff_voice: bool) -> str:
    escaped = html.escape(text, quote=False)
    return f"<blockquote>{escaped}</blockquote>" if staff_voice and escaped else escaped
