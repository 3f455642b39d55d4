"""A screen as lines of a terminal. Pure."""

import re
from collections.abc import Sequence
from typing import Final

from handlers.channel import Message, Rejected, option_of
from handlers.plain import numbered, said

_STEERS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Signs that would steer the terminal or turn the direction of writing, wherever they came from."""


def compose(message: Message, notes: Sequence[str] = ()) -> str:
    """The text, `notes` of the terminal's own, the choices with their numbers, other keys in brackets.

    A terminal has no limits. What every messenger refuses is refused here too, so that it is found out here.
    """
    keys = [key for row in message.keys for key in row]
    if any(not 1 <= len(key.id.encode()) <= 64 for key in keys):
        raise Rejected("a button's id must take 1 to 64 bytes")
    if any(not key.label.strip() for key in keys):
        raise Rejected("a key needs a label")
    others = " ".join(f"[{key.label}]" for key in keys if (option_of(key.id) or "~").startswith("~"))
    parts = [part for part in (said(message), *notes, numbered(message.keys), others) if part]
    if not parts:
        raise Rejected("nothing to send")
    return _STEERS.sub("", "\n\n".join(parts))
