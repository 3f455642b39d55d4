"""What the Bot API takes and refuses: parameters, limits, HTML. Written from its documentation (Bot API 10.3)."""

import html
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_SENDING: Final = (
    "business_connection_id message_thread_id direct_messages_topic_id disable_notification protect_content "
    "allow_paid_broadcast message_effect_id suggested_post_parameters reply_parameters reply_markup"
)
_CAPTION: Final = "caption parse_mode caption_entities"

PARAMETERS: Final[Mapping[str, tuple[str, str]]] = {
    "getMe": ("", ""),
    "getUpdates": ("", "offset limit timeout allowed_updates"),
    "setWebhook": (
        "url",
        "certificate ip_address max_connections allowed_updates drop_pending_updates secret_token",
    ),
    "deleteWebhook": ("", "drop_pending_updates"),
    "getWebhookInfo": ("", ""),
    "sendMessage": ("chat_id text", f"{_SENDING} parse_mode entities link_preview_options"),
    "sendPhoto": ("chat_id photo", f"{_SENDING} {_CAPTION} show_caption_above_media has_spoiler"),
    "sendDocument": ("chat_id document", f"{_SENDING} {_CAPTION} thumbnail disable_content_type_detection"),
    "sendVenue": (
        "chat_id latitude longitude title address",
        f"{_SENDING} foursquare_id foursquare_type google_place_id google_place_type",
    ),
    "editMessageText": (
        "text",
        "business_connection_id chat_id message_id inline_message_id parse_mode entities link_preview_options "
        "reply_markup",
    ),
    "editMessageReplyMarkup": (
        "",
        "business_connection_id chat_id message_id inline_message_id reply_markup",
    ),
    "deleteMessage": ("chat_id message_id", ""),
    "deleteMessages": ("chat_id message_ids", ""),
    "answerCallbackQuery": ("callback_query_id", "text show_alert url cache_time"),
    "sendChatAction": ("chat_id action", "business_connection_id message_thread_id"),
    "leaveChat": ("chat_id", ""),
    "getFile": ("file_id", ""),
    "setMyCommands": ("commands", "scope language_code"),
    "deleteMyCommands": ("", "scope language_code"),
    "setMyDescription": ("", "description language_code"),
    "setMyShortDescription": ("", "short_description language_code"),
    "setChatMenuButton": ("", "chat_id menu_button"),
}
"""The methods that the fake knows: required parameters, and the others."""

COUNTED: Final = frozenset(
    {"sendMessage", "sendPhoto", "sendDocument", "sendVenue", "editMessageText", "editMessageReplyMarkup"}
)
"""What counts against the flood limits."""

CHAT_ACTIONS: Final = frozenset(
    {
        *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"),
        *("upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"),
    }
)

STRUCTURED: Final = frozenset(
    {
        *("allowed_updates", "caption_entities", "commands", "entities", "link_preview_options"),
        *("menu_button", "message_ids", "reply_markup", "reply_parameters", "scope"),
    }
)
"""Parameters that are JSON inside a form."""

_TAGS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
}
_TOKEN: Final = re.compile(
    r"<(?P<end>/?)(?P<tag>[a-zA-Z-]*)(?P<rest>[^>]*)>|&(?P<name>lt|gt|amp|quot|\#\d+|\#x[0-9a-fA-F]+);|<"
)


class ApiError(Exception):
    """An answer other than 200."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after


def bad_request(why: str) -> ApiError:
    return ApiError(400, f"Bad Request: {why}")


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """The text and its entities, or the refusal that Telegram gives."""
    text = ""
    entities: list[dict[str, Any]] = []
    open_tags: list[tuple[str, int, str]] = []
    at = 0
    for found in _TOKEN.finditer(source):
        text += source[at : found.start()]
        at = found.end()
        offset = len(source[: found.start()].encode())
        if found["name"]:
            text += html.unescape(found[0])
        elif found["tag"] is None or (not found["end"] and found["tag"].lower() not in _TAGS):
            raise bad_request(f'can\'t parse entities: Unsupported start tag "{found["tag"]}" at byte offset {offset}')
        elif not found["end"]:
            open_tags.append((found["tag"].lower(), units(text), found["rest"]))
        else:
            if not open_tags or open_tags[-1][0] != found["tag"].lower():
                raise bad_request(f"can't parse entities: Unmatched end tag at byte offset {offset}")
            tag, start, rest = open_tags.pop()
            entity: dict[str, Any] = {"type": _TAGS[tag], "offset": start, "length": units(text) - start}
            if tag == "a":
                entity["url"] = rest.partition("=")[2].strip("\"' ")
            entities.append(entity)
    if open_tags:
        raise bad_request(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1][0]}\"")
    text += source[at:]
    lead = units(text) - units(text.lstrip())
    text = text.strip()
    for entity in entities:
        entity["offset"] = max(0, entity["offset"] - lead)
        entity["length"] = min(entity["length"], units(text) - entity["offset"])
    return text, [entity for entity in entities if entity["length"] > 0]


def read_text(params: Mapping[str, Any], name: str, limit: int) -> tuple[str, list[dict[str, Any]]]:
    """A text or caption after its markup is read, within its limit."""
    source = str(params.get(name, ""))
    mode = params.get("parse_mode")
    if mode not in {None, "HTML"}:
        raise bad_request("unsupported parse_mode")
    text, entities = parse_html(source) if mode == "HTML" else (source.strip(), [])
    if units(text) > limit:
        raise bad_request("message is too long" if name == "text" else "message caption is too long")
    if name == "text" and not text:
        raise bad_request("message text is empty")
    return text, entities


_SCOPES: Final[Mapping[str, tuple[str, ...]]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
_MENU_BUTTONS: Final[Mapping[str, tuple[str, ...]]] = {"default": (), "commands": (), "web_app": ("text", "web_app")}


def scope_of(params: Mapping[str, Any]) -> str:
    """The scope and language that a list of commands is for: "chat 5", "all_private_chats/en"."""
    scope = params.get("scope") or {"type": "default"}
    fields = _SCOPES.get(scope.get("type", ""))
    if fields is None or set(scope) != {"type", *fields}:
        raise bad_request("BOT_COMMAND_SCOPE_INVALID")
    language = params.get("language_code", "")
    if not re.fullmatch(r"(?:[a-z]{2})?", language):
        raise bad_request("BOT_COMMAND_LANGUAGE_INVALID")
    name = " ".join([scope["type"], *(str(scope[field]) for field in fields)])
    return f"{name}/{language}" if language else name


def check_commands(commands: Any) -> None:
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for each in commands:
        if set(each) != {"command", "description"} or not re.fullmatch(r"[a-z0-9_]{1,32}", each["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= units(each["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def check_menu_button(button: Any) -> None:
    fields = _MENU_BUTTONS.get(button.get("type", "")) if isinstance(button, dict) else None
    if fields is None or set(button) != {"type", *fields}:
        raise bad_request("BUTTON_INVALID")


def check_markup(markup: Any) -> None:
    if not isinstance(markup, dict):
        raise bad_request("can't parse reply keyboard markup JSON object")
    if "inline_keyboard" in markup:
        for row in markup["inline_keyboard"]:
            for button in row:
                _check_inline(button)
        if sum(map(len, markup["inline_keyboard"])) > 100:
            raise bad_request("REPLY_MARKUP_TOO_LONG")
    elif "keyboard" in markup:
        if not markup["keyboard"]:
            raise bad_request("keyboard must not be empty")
    elif not markup.get("remove_keyboard"):
        raise bad_request("object expected as reply markup")


def _check_inline(button: Mapping[str, Any]) -> None:
    if not button.get("text", "").strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = set(button) - {"text", "style", "icon_custom_emoji_id"}
    if len(actions) != 1:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")


@dataclass
class Flood:
    """Telegram's limits on sending, in sliding windows. `second` shortens time for quick tests."""

    second: float = 1.0
    overall: int = 30
    in_chat: int = 1
    in_group: int = 20
    _all: deque[float] = field(default_factory=deque)
    _chats: dict[int, deque[float]] = field(default_factory=dict)

    def check(self, chat: int, now: float) -> None:
        times = self._chats.setdefault(chat, deque())
        _forget(self._all, now - 1)
        _forget(times, now - 60 * self.second)
        too_many = (
            len(self._all) >= self.overall
            or sum(at > now - self.second + 0.002 for at in times) >= self.in_chat
            or (chat < 0 and len(times) >= self.in_group)
        )
        if too_many:
            raise ApiError(429, "Too Many Requests: retry after 1", retry_after=1)
        self._all.append(now)
        times.append(now)


def _forget(times: deque[float], before: float) -> None:
    while times and times[0] <= before:
        times.popleft()
