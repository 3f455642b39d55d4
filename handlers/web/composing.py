"""A screen as the page keeps it in the person's thread, and the thread as the HTTP interface gives it. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from casework.thread import Numbered, Shown
from handlers.channel import Message as Screen
from handlers.web.models import Attachment, Button, Message, Messages

PUSH = "go."
"""How the buttons of a push begin: they work for as long as they are shown, the others on the newest screen only."""

AT_ONCE = timedelta(minutes=1)
"""What comes within this of the message before, with nothing said between, answers the same."""


def shown(message: Screen) -> Shown:
    """A message as the thread keeps it."""
    wants = "contact" if message.contact else "location" if message.location else None
    return Shown(
        "staff" if message.staff_voice else "service",
        message.text,
        tuple(tuple((key.id, key.label) for key in row) for row in message.keys),
        tuple((file.file, file.name, file.type) for file in message.enclosures if file.file is not None),
        wants,
    )


def message(numbered: Numbered) -> Message:
    shown = numbered.shown
    return Message.model_validate(
        {
            "number": numbered.number,
            "from": shown.voice,
            "at": numbered.at,
            "text": shown.text,
            "buttons": [Button(id=id, label=label) for row in shown.keys for id, label in row],
            "attachments": [
                Attachment(name=name or str(id), type=type, url=f"/api/files/{id}") for id, name, type in shown.files
            ],
            "wants": shown.wants,
        }
    )


def messages(found: Iterable[Numbered]) -> dict[str, Any]:
    return Messages(messages=[message(numbered) for numbered in found]).model_dump(mode="json", by_alias=True)


def with_live_buttons(found: Iterable[Numbered]) -> Iterator[Numbered]:
    """The thread with only those buttons that still do something: the newest screen's, and those of pushes."""
    thread = list(found)
    newest = max((each.number for each in thread if _screen(each)), default=0)
    for each in thread:
        if each.number != newest and each.shown.keys:
            rows = tuple(tuple(key for key in row if key[0].startswith(PUSH)) for row in each.shown.keys)
            yield replace(each, shown=replace(each.shown, keys=tuple(row for row in rows if row), wants=None))
        elif each.number != newest:
            yield replace(each, shown=replace(each.shown, wants=None))
        else:
            yield each


def first_of_batch(thread: Sequence[Numbered]) -> int:
    """The number of the first message of those that came together at the end: the answer stands there, the next
    question last. `chat.js` finds the same."""
    first: Numbered | None = None
    for each in reversed(thread):
        own = each.shown.voice == "you"
        if first is not None and (own or first.at - each.at > AT_ONCE):
            break
        first = each
        if own:
            break
    return first.number if first is not None else 0


def _screen(each: Numbered) -> bool:
    """Has it buttons of the conversation's own?"""
    return any(not id.startswith(PUSH) for row in each.shown.keys for id, _ in row)
