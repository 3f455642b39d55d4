"""What the REST API takes and refuses. Written from its documentation (Viber REST Bot API 7.3)."""

import re
from collections import deque
from typing import Any, Final
from urllib.parse import urlsplit

LARGEST_REQUEST: Final = 30_000
HOUR: Final = 3600.0
UNANSWERED: Final = 100
SESSION: Final = 24 * HOUR
"""How long after a person's message nothing is paid for."""
MOST_ROWS: Final = 12

_COMMON: Final = {"receiver", "type", "sender", "tracking_data", "min_api_version", "keyboard"}
_OWN: Final[dict[str, tuple[set[str], set[str]]]] = {
    "text": ({"text"}, set()),
    "picture": ({"text", "media"}, {"thumbnail"}),
    "file": ({"media", "size", "file_name"}, set()),
    "location": ({"location"}, set()),
    "contact": ({"contact"}, set()),
    "url": ({"media"}, set()),
    "rich_media": ({"rich_media"}, {"alt_text"}),
}
"""Of each type: the fields that it needs, and the others."""

_ACTIONS: Final = {"reply": 1, "open-url": 1, "none": 2, "share-phone": 3, "location-picker": 3}
"""What a key may do, and the API version from which it can."""

_BUTTON: Final = {
    *("Columns", "Rows", "BgColor", "Silent", "ActionType", "ActionBody", "Image"),
    *("Text", "TextVAlign", "TextHAlign", "TextOpacity", "TextSize"),
}
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_TAGS: Final = re.compile(r"</?(?:b|i|u|br/?|font)(?: color=\"#[0-9A-Fa-f]{6}\")?>")

STATUSES: Final = {
    0: "ok",
    1: "invalidUrl",
    2: "invalidAuthToken",
    3: "badData",
    4: "missingData",
    5: "receiverNotRegistered",
    6: "receiverNotSubscribed",
    7: "publicAccountBlocked",
    8: "publicAccountNotFound",
    9: "publicAccountSuspended",
    10: "webhookNotSet",
    11: "receiverNoSuitableDevice",
    12: "tooManyRequests",
    13: "apiVersionNotSupported",
    14: "incompatibleWithVersion",
    15: "publicAccountNotAuthorized",
    23: "freeMessageLimitReached",
    24: "noBalance",
}


class Refused(Exception):  # noqa: N818
    def __init__(self, status: int, why: str = "") -> None:
        super().__init__(why or STATUSES.get(status, "general error"))
        self.status = status


def bad(why: str) -> Refused:
    return Refused(3, why)


def check_message(body: dict[str, Any], *, welcome: bool = False) -> list[str]:
    """Raises `Refused` for what Viber refuses; returns what it would pass over, and we should not send."""
    needed, others = _OWN.get(str(body.get("type")), (None, None))
    if needed is None or others is None:
        raise bad(f"type {body.get('type')!r}")
    missing = sorted(({"sender"} | needed | (set() if welcome else {"receiver"})) - set(body))
    if missing:
        raise Refused(4, f"missing {missing[0]}")
    name = body["sender"].get("name") if isinstance(body["sender"], dict) else None
    if not isinstance(name, str) or not 1 <= units(name) <= 28:
        raise bad("sender.name")
    if not isinstance(body.get("tracking_data", ""), str) or len(body.get("tracking_data", "")) > 4000:
        raise bad("tracking_data")
    version = body.get("min_api_version", 1)
    if not isinstance(version, int) or not 1 <= version <= 8:
        raise bad("min_api_version")
    _check_own(body)
    if "keyboard" in body:
        check_keyboard(body["keyboard"], version)
    return [f"unknown field {field}" for field in sorted(set(body) - _COMMON - needed - others)]


def _check_own(body: dict[str, Any]) -> None:
    match body["type"]:
        case "text":
            if not isinstance(body["text"], str) or not body["text"].strip() or units(body["text"]) > 7000:
                raise bad("text")
        case "picture":
            if not isinstance(body["text"], str) or units(body["text"]) > 768:
                raise bad("picture's text")
            _check_url(body["media"], (".jpg", ".jpeg", ".png", ".gif"))
        case "file":
            _check_url(body["media"], ("",))
            if not isinstance(body["size"], int) or not 0 < body["size"] <= 50 * 1024 * 1024:
                raise bad("size")
            if not 1 <= len(body["file_name"]) <= 256 or "." not in body["file_name"]:
                raise bad("file_name")
        case "rich_media":
            if body.get("min_api_version", 1) < 2 or units(body.get("alt_text", "")) > 7000:
                raise bad("rich_media")
            _check_carousel(body["rich_media"], body["min_api_version"])


def _check_carousel(carousel: Any, version: int) -> None:
    """Pages of at most 6 columns and 7 rows, of which there are at most six."""
    if not isinstance(carousel, dict) or carousel.get("Type") != "rich_media":
        raise bad("rich_media is not valid: Type")
    if set(carousel) - {"Type", "ButtonsGroupColumns", "ButtonsGroupRows", "BgColor", "Buttons"}:
        raise bad("rich_media is not valid: unknown field")
    columns, rows = carousel.get("ButtonsGroupColumns", 6), carousel.get("ButtonsGroupRows", 7)
    buttons = carousel.get("Buttons")
    if not 1 <= columns <= 6 or not 1 <= rows <= 7 or not isinstance(buttons, list):
        raise bad("rich_media is not valid: size")
    area = sum(button.get("Columns", columns) * button.get("Rows", 1) for button in buttons)
    if not 1 <= len(buttons) <= 6 * columns * rows or area > 6 * columns * rows:
        raise bad("rich_media is not valid: Buttons")
    for button in buttons:
        if button.get("Columns", columns) > columns or button.get("Rows", 1) > rows:
            raise bad("rich_media is not valid: size of a button")
        _check_button(button, version)


def _check_url(url: object, endings: tuple[str, ...]) -> None:
    parts = urlsplit(url if isinstance(url, str) else "")
    local = parts.scheme == "http" and parts.hostname == "127.0.0.1"
    if not (parts.scheme == "https" or local) or len(str(url)) > 2000 or not parts.path.lower().endswith(endings):
        raise bad("media")


def check_keyboard(keyboard: Any, version: int) -> None:
    if not isinstance(keyboard, dict) or keyboard.get("Type") != "keyboard":
        raise bad("keyboard is not valid. [object has missing required properties ([Type])]")
    if set(keyboard) - {"Type", "DefaultHeight", "BgColor", "Buttons", "InputFieldState"}:
        raise bad("keyboard is not valid")
    buttons = keyboard.get("Buttons")
    if not isinstance(buttons, list) or not buttons:
        raise bad("keyboard is not valid: Buttons")
    for colour in [keyboard.get("BgColor"), *(button.get("BgColor") for button in buttons)]:
        if colour is not None and not _COLOUR.fullmatch(colour):
            raise bad("keyboard is not valid: BgColor")
    for button in buttons:
        _check_button(button, version)


def _check_button(button: dict[str, Any], version: int) -> None:
    if set(button) - _BUTTON:
        raise bad("keyboard is not valid: unknown field")
    if not 1 <= button.get("Columns", 6) <= 6 or not 1 <= button.get("Rows", 1) <= 2:
        raise bad("keyboard is not valid: size")
    action = button.get("ActionType", "reply")
    if _ACTIONS.get(action, 99) > version:
        raise bad(f'keyboard is not valid. [instance value ("{action}") not found in enum]')
    if not isinstance(button.get("ActionBody"), str) or not 1 <= len(button["ActionBody"]) <= 250:
        raise bad("keyboard is not valid: ActionBody")
    text = button.get("Text")
    if text is not None and (units(text) > 250 or "<" in _TAGS.sub("", text)):
        raise bad("keyboard is not valid: Text")


def too_tall(keyboard: dict[str, Any] | None) -> bool:
    """Found only on the telephone: the message is taken, and fails there."""
    filled = tall = rows = 0
    for button in (keyboard or {}).get("Buttons", []):
        if filled + button.get("Columns", 6) > 6:
            rows, filled, tall = rows + tall, 0, 0
        filled += button.get("Columns", 6)
        tall = max(tall, button.get("Rows", 1))
    return rows + tall > MOST_ROWS


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class Unanswered:
    """A hundred messages an hour to one who does not answer; an answer begins anew. `hour` in seconds."""

    def __init__(self, hour: float = HOUR) -> None:
        self._hour = hour
        self._sent: dict[str, deque[float]] = {}

    def count(self, receiver: str, now: float) -> None:
        sent = self._sent.setdefault(receiver, deque())
        while sent and sent[0] <= now - self._hour:
            sent.popleft()
        if len(sent) >= UNANSWERED:
            raise Refused(12)
        sent.append(now)

    def answered(self, receiver: str) -> None:
        self._sent.pop(receiver, None)
