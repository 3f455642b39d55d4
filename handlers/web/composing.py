"""A screen as the page keeps it in the person's thread, and the thread as the HTTP interface gives it. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

from casework.thread import NumberedMessage, ThreadMessage
from handlers.channel import Message
from handlers.web.models import Attachment, Messages, PageButton, PageMessage

PUSH = "go."
"""How the buttons of a push begin: they work for as long as they are shown, the others on the newest screen only."""

TOGETHER_WITHIN = timedelta(minutes=1)
"""What comes within this of the message before, with nothing said between, answers the same."""


def shown(message: Message) -> ThreadMessage:
    """A message as the thread keeps it."""
    wants = "contact" if message.contact else "location" if message.location else None
    return ThreadMessage(
        "staff" if message.staff_voice else "service",
        message.text,
        tuple(tuple((key.id, key.label) for key in row) for row in message.keys),
        tuple((file.file, file.name, file.type) for file in message.enclosures if file.file is not None),
        wants,
        tuple((key.id, key.ticked) for row in message.keys for key in row if key.ticked is not None),
        message.pressed,
        message.question,
        message.holds,
        compares=message.compares,
        live=message.live,
    )


def in_place(new: ThreadMessage, thread: Sequence[NumberedMessage]) -> ThreadMessage:
    """A question that is asked again, in the place of the same words above, if these are what was asked last."""
    for each in reversed(thread):
        if asks(each):
            standing = each.shown.replaces or each.number
            return replace(new, replaces=standing) if each.shown.text == new.text else new
    return new


def message(numbered: NumberedMessage) -> PageMessage:
    shown = numbered.shown
    return PageMessage.model_validate(
        {
            "number": numbered.number,
            "from": shown.voice,
            "at": numbered.at,
            "text": shown.text,
            "buttons": [
                PageButton(id=id, label=label, ticked=dict(shown.marks).get(id))
                for row in shown.keys
                for id, label in row
            ],
            "attachments": [
                Attachment(name=name or str(id), type=type, url=f"/api/files/{id}") for id, name, type in shown.files
            ],
            "wants": shown.wants,
            "pressed": shown.pressed,
            "question": question_id(shown.question) or None,
            "holds": shown.holds,
            "compares": shown.compares,
            "replaces": shown.replaces,
        }
    )


def question_id(question: str | None) -> str:
    """What a browser knows a question by; its name holds a report's number. "" where nothing may be kept there."""
    return "" if question is None else sha256(question.encode()).hexdigest()[:12]


def messages(found: Iterable[NumberedMessage]) -> dict[str, Any]:
    return Messages(messages=[message(numbered) for numbered in found]).model_dump(mode="json", by_alias=True)


def folded(found: Iterable[NumberedMessage]) -> tuple[list[NumberedMessage], dict[int, list[int]]]:
    """The thread with each question once, with the buttons that it has now, and without the presses that changed only
    these; and which numbers stand at a message instead. `chat.js` does the same as they come."""
    thread: dict[int, NumberedMessage] = {}
    stands: dict[int, list[int]] = {}
    for each in found:
        standing = thread.get(each.shown.replaces or 0)
        if standing is None or standing.shown.text != each.shown.text:  # joining gives other numbers
            thread[each.number] = each
            continue
        here = stands.setdefault(standing.number, [])
        pressed = next(
            (n for n in thread if n > max([standing.number, *here]) and thread[n].shown.voice == "you"), None
        )
        if pressed is not None:
            del thread[pressed]
            here.append(pressed)
        here.append(each.number)
        thread[standing.number] = replace(
            standing, shown=replace(each.shown, text=standing.shown.text, files=standing.shown.files)
        )
    return list(thread.values()), stands


def with_live_buttons(thread: Sequence[NumberedMessage]) -> Iterator[NumberedMessage]:
    """The thread with only those buttons that still do something: the newest screen's, and those of pushes."""
    newest = max((each.number for each in thread if asks(each)), default=0)
    for each in thread:
        if each.number != newest and each.shown.keys:
            rows = tuple(tuple(key for key in row if key[0].startswith(PUSH)) for row in each.shown.keys)
            yield replace(each, shown=replace(each.shown, keys=tuple(row for row in rows if row), wants=None))
        elif each.number != newest:
            yield replace(each, shown=replace(each.shown, wants=None))
        else:
            yield each


def first_of_batch(thread: Sequence[NumberedMessage]) -> int:
    """The number of the first message of those that came together at the end: the answer stands there, the next
    question last. `chat.js` finds the same."""
    first: NumberedMessage | None = None
    for each in reversed(thread):
        own = each.shown.voice == "you"
        if first is not None and (own or first.at - each.at > TOGETHER_WITHIN):
            break
        first = each
        if own:
            break
    return first.number if first is not None else 0


def asks(each: NumberedMessage) -> bool:
    """Has it buttons of the conversation's own?"""
    return any(not id.startswith(PUSH) for row in each.shown.keys for id, _ in row)
