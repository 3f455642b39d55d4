"""What channels without markup share: a human's words behind a bar, and the choices with their numbers. Pure."""

import re
from typing import Final

from handlers.channel import Key, Message

_OPTION: Final = re.compile(r"\d+\.(?P<option>.+)", re.DOTALL)


def option_of(id: str) -> str | None:
    """The option that a key of the question now asked stands for; None for a push's key, which is a signed command."""
    own = _OPTION.fullmatch(id)
    return own["option"] if own else None


def said(message: Message) -> str:
    """The text; a human's own words have a bar beside them, as quoted words have elsewhere."""
    text = message.text.strip()
    return "\n".join(f"┃ {line}".rstrip() for line in text.split("\n")) if message.staff_voice and text else text


def numbered(rows: tuple[tuple[Key, ...], ...]) -> str:
    """The question's choices with the numbers by which they can be typed."""
    found = [key for row in rows for key in row if (option := option_of(key.id)) and not option.startswith("~")]
    return "\n".join(f"{number}. {key.label}" for number, key in enumerate(found, 1))
