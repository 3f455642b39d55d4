"""A screen as Viber can show it: one message or several with a keyboard each, within its limits. Pure."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from handlers.channel import Enclosure, Key, Message, Rejected, option_of
from handlers.plain import choices, numbered, said
from handlers.splitting import split, units
from handlers.viber.api import encoded
from handlers.viber.incoming import BY_LINK, NOT_HELD, PRESS

LONGEST_TEXT: Final = 7000
LARGEST_REQUEST: Final = 30_000 - 300
"""Bytes of a request, less what the receiver takes."""
LONGEST_SENDER: Final = 28
LONGEST_LABEL: Final = 250
"""With its markup."""
LONGEST_FILE_NAME: Final = 256
LARGEST_PICTURE: Final = 1024 * 1024

COLUMNS: Final = 6
MOST_ROWS: Final = 12
"""What a telephone held upright shows; a keyboard that is taller fails there, and the person would see nothing."""
SIDE_BY_SIDE: Final = 3
LETTERS_IN_A_LINE: Final = 28
"""Letters that fit on one line of a key as wide as the keyboard."""

CAROUSEL: Final = 7
"""The API version that Viber's own example of a carousel asks for."""
PAGES, PAGE_ROWS = 6, 7
"""How far a carousel goes: so many pages, with so many rows each."""

SHARING: Final = 3
"""The API version from which a key can share the number or the place. Other messages ask for none."""

GROUND, KEY, FOOT, INK = "#FFFFFF", "#E4ECF2", "#F4F6F8", "#1B2A3A"
"""Calm, and readable in both of Viber's themes: every key brings its own ground and ink, of contrast above 12."""

_UNSHOWN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class ViberVoice:
    """Our own words beside a message, in its language: our name (at most 28 letters), the standing key's label."""

    sender: str
    menu: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A file that goes with the message as an address from which Viber fetches it."""

    file: Enclosure
    url: str


Body = dict[str, Any]
Rows = tuple[tuple[Key, ...], ...]


def compose(message: Message, voice: ViberVoice, *, files: Sequence[Linked] = (), standing: Rows = ()) -> list[Body]:
    """What to send, in order, without the receiver. Files come before the last text, so that the question is last.

    `standing` are the keys of the question that the person is at: a message that is not the question itself keeps
    them below its own, for Viber shows the latest keyboard only.
    """
    if message.plain:
        return _plain(message, voice)
    rows = message.keys if message.asks else (*message.keys, *standing)
    keys = _keyboard(message, rows, voice)
    frame: Body = {"sender": {"name": voice.sender[:LONGEST_SENDER]}, "keyboard": keys}
    if message.contact or message.location:
        frame["min_api_version"] = SHARING
    if message.ref:
        frame["tracking_data"] = message.ref
    text = _UNSHOWN.sub("", "\n\n".join(filter(None, (said(message), numbered(message.keys)))))
    enclosed = [_file(each) | frame for each in files]
    for longest in (LONGEST_TEXT, LONGEST_TEXT // 2, LONGEST_TEXT // 4):
        texts = [{"type": "text", "text": piece} | frame for piece in split(text, longest)]
        bodies = [*texts[:-1], *enclosed, *texts[-1:], *_carousel(message, frame)]
        if all(len(encoded(body)) <= LARGEST_REQUEST for body in bodies):
            return bodies
    raise Rejected("too large")


def _plain(message: Message, voice: ViberVoice) -> list[Body]:
    """Words and numbers alone, for a telephone that could not show the rest. The one key of the menu, as low as keys
    are, stays: without any the person would stand before an empty place, for a keyboard goes with its message."""
    text = _UNSHOWN.sub("", "\n\n".join(filter(None, (said(message), numbered(message.keys)))))
    frame: Body = {"sender": {"name": voice.sender[:LONGEST_SENDER]}, "keyboard": _framed(_menu(voice))}
    frame["tracking_data"] = message.ref
    return [{"type": "text", "text": piece} | frame for piece in split(text, LONGEST_TEXT // 4)]


def plainer(body: Body) -> Body:
    """The same for an old Viber: without the keys that share."""
    keyboard = body["keyboard"]
    buttons = [button for button in keyboard["Buttons"] if button["ActionType"] == "reply"]
    plain = {name: value for name, value in body.items() if name != "min_api_version"}
    return plain | {"keyboard": keyboard | {"Buttons": buttons}}


def welcome(text: str, begin: Key, voice: ViberVoice, link: str = "") -> Body:
    """The one message that may answer to a chat's being opened. The `link` that opened it comes back with the first
    message, whatever that says."""
    body: Body = {
        "sender": {"name": voice.sender[:LONGEST_SENDER]},
        "type": "text",
        "text": text,
        "keyboard": _framed([_button(begin.label, begin.id, COLUMNS, 1, KEY)]),
    }
    return body | ({"tracking_data": f"{BY_LINK}{link}"} if link else {})


def _carousel(message: Message, frame: Body) -> list[Body]:
    """The choices of a question for which the keyboard has too few rows, to leaf through and press, after the text that
    has them all with their numbers."""
    lines = [line for row in message.keys for line in _lines(row)]
    offered = choices(message.keys)[: PAGES * PAGE_ROWS]
    if len(lines) <= MOST_ROWS - bool(message.contact) - bool(message.location) or not offered:
        return []
    shown = {
        "Type": "rich_media",
        "ButtonsGroupColumns": COLUMNS,
        "ButtonsGroupRows": min(PAGE_ROWS, len(offered)),
        "BgColor": GROUND,
        "Buttons": [_button(key.label, _sends(key.id), COLUMNS, 1, KEY) for key in offered],
    }
    alternative = numbered(message.keys)[: LONGEST_TEXT // 4]
    return [frame | {"type": "rich_media", "rich_media": shown, "alt_text": alternative, "min_api_version": CAROUSEL}]


def _file(linked: Linked) -> Body:
    file = linked.file
    if file.type.startswith("image/") and len(file.content) <= LARGEST_PICTURE:
        return {"type": "picture", "text": "", "media": linked.url}
    name = file.name[-LONGEST_FILE_NAME:]
    return {"type": "file", "media": linked.url, "size": len(file.content), "file_name": name}


def _keyboard(message: Message, rows: Rows, voice: ViberVoice) -> Body:
    asks = [("share-phone", message.contact), ("location-picker", message.location)]
    shares = [_button(label, NOT_HELD, COLUMNS, _height(label, COLUMNS), KEY, does) for does, label in asks if label]
    lines = [line for row in rows for line in _lines(row)] or [_menu(voice)]
    return _framed([*shares, *(button for line in _fitting(lines, MOST_ROWS - _tall(shares)) for button in line)])


def _menu(voice: ViberVoice) -> list[Body]:
    return _line((Key("/menu", voice.menu),))


def _lines(row: tuple[Key, ...]) -> list[list[Body]]:
    """A row of keys, broken where they would be too narrow for their words."""
    width = COLUMNS // min(len(row), SIDE_BY_SIDE) if row else COLUMNS
    if len(row) > 1 and any(len(key.label) > 2 * LETTERS_IN_A_LINE * width // COLUMNS for key in row):
        return [_line((key,)) for key in row]
    return [_line(row[at : at + SIDE_BY_SIDE]) for at in range(0, len(row), SIDE_BY_SIDE)]


def _line(keys: Sequence[Key]) -> list[Body]:
    width = COLUMNS // len(keys)
    height = max(_height(key.label, width) for key in keys)
    return [_button(key.label, _sends(key.id), width, height, _ground(key.id)) for key in keys]


def _sends(id: str) -> str:
    if not 1 <= len(id.encode()) <= 64:
        raise Rejected("a button's id must take 1 to 64 bytes")
    return id if id.startswith("/") else f"{PRESS}{id}"


def _ground(id: str) -> str:
    return FOOT if (option_of(id) or "").startswith("~") else KEY


def _height(label: str, width: int) -> int:
    return 1 if len(label) <= LETTERS_IN_A_LINE * width // COLUMNS else 2


def _tall(line: Sequence[Body]) -> int:
    return sum(button["Rows"] for button in line if button["Columns"] == COLUMNS)


def _fitting(lines: list[list[Body]], room: int) -> list[list[Body]]:
    """Lower keys where they are too many, then the first of them and the last line; the text has them all."""
    if sum(line[0]["Rows"] for line in lines) > room:
        lines = [[button | {"Rows": 1} for button in line] for line in lines]
    return lines if len(lines) <= room else [*lines[: room - 1], lines[-1]]


def _framed(buttons: list[Body]) -> Body:
    return {"Type": "keyboard", "DefaultHeight": False, "BgColor": GROUND, "Buttons": buttons}


def _button(label: str, sends: str, columns: int, rows: int, ground: str, does: str = "reply") -> Body:
    if not label.strip():
        raise Rejected("a key needs a label")
    return {
        "Columns": columns,
        "Rows": rows,
        "BgColor": ground,
        "ActionType": does,
        "ActionBody": sends,
        "Text": _ink(label),
        "TextSize": "regular",
        "TextVAlign": "middle",
        "TextHAlign": "center",
    }


def _ink(label: str) -> str:
    shown, cut = label, len(label)
    while units(text := f'<font color="{INK}">{html.escape(shown, quote=False)}</font>') > LONGEST_LABEL:
        cut -= 1
        shown = label[:cut].rstrip() + "…"
    return text
