"""Letters as the courier hands them to Telegram's speaker."""

from handlers.channel import Key, Message

KEYS = ((Key("mother", "Мати"), Key("father", "Батько")), (Key("back", "Назад"),))
LONG = tuple(f"Абзац {at}. " + "слово " * 300 for at in range(4))


def said(text: str, **more: object) -> Message:
    return Message((text,), **more)  # type: ignore[arg-type]
