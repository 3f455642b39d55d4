"""What channels without markup share: a human's words behind a bar, and the choices with their numbers. Pure."""

from handlers.channel import Key, Message, option_of


def said(message: Message) -> str:
    """The text; a human's own words have a bar beside them, as quoted words have elsewhere."""
    text = message.text.strip()
    return "\n".join(f"┃ {line}".rstrip() for line in text.split("\n")) if message.staff_voice and text else text


def choices(rows: tuple[tuple[Key, ...], ...]) -> list[Key]:
    """The question's own choices, without the ways back and on."""
    return [key for row in rows for key in row if (option := option_of(key.id)) and not option.startswith("~")]


def numbered(rows: tuple[tuple[Key, ...], ...]) -> str:
    """The question's choices with the numbers by which they can be typed: keys may be folded away, or not be shown."""
    return "\n".join(f"{number}. {key.label}" for number, key in enumerate(choices(rows), 1))
