"""The script that every contestant plays: typed questions, one after another, and then from the first again."""

from typing import Final

QUESTIONS: Final = 10


def answer(chat: int, step: int) -> str:
    """What is typed, in as many letters as a name and a village have."""
    return f"Відповідь {chat} на запитання {step % QUESTIONS + 1}, {step}"


def update(chat: int, step: int, text: str, now: int) -> dict[str, object]:
    """A message of a private chat, as Telegram posts it."""
    person = {"id": 1000 + chat, "is_bot": False, "first_name": "Олена", "language_code": "uk"}
    message = {"message_id": 11 + 2 * step, "from": person, "chat": {"id": 1000 + chat, "type": "private"}, "date": now}
    return {"update_id": 1 + step * 10_000 + chat, "message": message | {"text": text}}
