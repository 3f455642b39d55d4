"""The Bot API's methods, as far as we may use them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from demo.fakes.telegram.rules import (
    CHAT_ACTIONS,
    ApiError,
    bad_request,
    check_commands,
    check_markup,
    check_menu_button,
    read_text,
    scope_of,
    units,
)
from demo.fakes.telegram.shown import Attachment, BelowKey, Button, Shown

if TYPE_CHECKING:
    from demo.fakes.telegram.people import Chat
    from demo.fakes.telegram.server import FakeTelegram

LARGEST_DOWNLOAD = 20 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024
MOST_DELETED = 100
Params = Mapping[str, Any]


@dataclass(frozen=True)
class Upload:
    name: str
    type: str
    content: bytes = field(repr=False)


class Methods:
    def __init__(self, fake: FakeTelegram) -> None:
        self._fake = fake

    async def call(self, method: str, params: Params) -> Any:
        match method:
            case "getMe":
                return self._fake.bot | {"can_join_groups": True, "supports_inline_queries": False}
            case "getUpdates":
                allowed = params.get("allowed_updates")
                if allowed is not None and not isinstance(allowed, list):
                    raise bad_request("can't parse allowed updates")
                return await self._fake.delivery.get_updates(params)
            case "setWebhook":
                self._fake.delivery.set_webhook(params)
                return True
            case "deleteWebhook":
                self._fake.delivery.set_webhook({"url": "", **params})
                return True
            case "getWebhookInfo":
                return self._fake.delivery.webhook_info()
            case "sendMessage":
                return self._send_message(params)
            case "sendPhoto":
                return self._send_file("photo", params)
            case "sendDocument":
                return self._send_file("document", params)
            case "sendVenue":
                return self._send_venue(params)
            case "editMessageText":
                return self._edit_text(params)
            case "editMessageReplyMarkup":
                return self._edit_markup(params)
            case "deleteMessage":
                return self._delete(params)
            case "deleteMessages":
                return self._delete_many(params)
            case "answerCallbackQuery":
                return self._answer(params)
            case "sendChatAction":
                if params["action"] not in CHAT_ACTIONS:
                    raise bad_request("wrong parameter action in request")
                return bool(self._chat(params))
            case "leaveChat":
                self._chat(params).bot_inside = False
                return True
            case "getFile":
                return self._get_file(params)
            case _:
                return self._set(method, params)

    def _chat(self, params: Params) -> Chat:
        chat = int(params["chat_id"])
        found: Chat | None = self._fake.users.get(chat) or self._fake.groups.get(chat)
        if found is None:
            raise bad_request("chat not found")
        refusal = found.refuses_bot()
        if refusal:
            raise ApiError(403, f"Forbidden: {refusal}")
        return found

    def _send_message(self, params: Params) -> dict[str, Any]:
        chat = self._chat(params)
        text, entities = read_text(params, "text", 4096)
        return self._show(chat, params, {"text": text, "entities": entities}, text)

    def _send_file(self, kind: Literal["photo", "document"], params: Params) -> dict[str, Any]:
        chat = self._chat(params)
        upload = params[kind]
        if isinstance(upload, str) and upload.startswith("attach://"):
            upload = params.get(upload.removeprefix("attach://"))
        if not isinstance(upload, Upload):
            raise bad_request("wrong file identifier/HTTP URL specified")
        if not upload.content:
            raise bad_request("file must be non-empty")
        if kind == "photo" and len(upload.content) > LARGEST_PHOTO:
            raise bad_request("file is too big for a photo")
        caption, entities = read_text(params, "caption", 1024)
        id = self.keep(upload.content)
        size = {"file_id": id, "file_unique_id": id[:12], "file_size": len(upload.content)}
        body: dict[str, Any] = {"caption": caption, "caption_entities": entities}
        if kind == "photo":
            body["photo"] = [size | {"width": 800, "height": 600}]
        else:
            body["document"] = size | {"file_name": upload.name, "mime_type": upload.type}
        return self._show(chat, params, body, caption, Attachment(kind, upload.name, upload.type, upload.content))

    def _send_venue(self, params: Params) -> dict[str, Any]:
        place = {"latitude": float(params["latitude"]), "longitude": float(params["longitude"])}
        venue = {"location": place, "title": params["title"], "address": params["address"]}
        text = f"{params['title']}\n{params['address']}"
        attachment = Attachment("venue", params["title"], "", b"")
        return self._show(self._chat(params), params, {"venue": venue, "location": place}, text, attachment)

    def _show(
        self, chat: Chat, params: Params, body: dict[str, Any], text: str, attachment: Attachment | None = None
    ) -> dict[str, Any]:
        markup = params.get("reply_markup")
        if markup is not None:
            check_markup(markup)
        protected = str(params.get("protect_content", "")).lower() == "true"
        raw = {
            "message_id": self._fake.next_message_id(),
            "from": self._fake.bot,
            "chat": chat.describe(),
            "date": int(self._fake.clock()),
            **{name: value for name, value in body.items() if value},
        }
        if protected:
            raw["has_protected_content"] = True
        shown = Shown(raw["message_id"], text, True, raw, attachment=attachment, protected=protected)
        self._put_markup(chat, shown, markup)
        shown.changed = self._fake.counter.tick()
        chat.shown.append(shown)
        return raw

    @staticmethod
    def _put_markup(chat: Chat, shown: Shown, markup: dict[str, Any] | None) -> None:
        shown.buttons, shown.markup = [], None
        shown.raw.pop("reply_markup", None)
        if markup is None:
            return
        if "inline_keyboard" in markup:
            shown.markup = "inline"
            shown.raw["reply_markup"] = markup
            rows = markup["inline_keyboard"]
            shown.buttons = [[Button(each["text"], each.get("callback_data", "")) for each in row] for row in rows]
        else:
            shown.markup = "reply"
            chat.keyboard = [[_below(each) for each in row] for row in markup.get("keyboard", [])]

    def _own_message(self, params: Params) -> tuple[Chat, Shown]:
        chat = self._chat(params)
        found = next((each for each in chat.shown if each.id == int(params["message_id"])), None)
        if found is None:
            raise bad_request("message to edit not found")
        if not found.by_bot or found.markup == "reply":
            raise bad_request("message can't be edited")
        return chat, found

    def _edit_text(self, params: Params) -> dict[str, Any]:
        text, entities = read_text(params, "text", 4096)
        chat, shown = self._own_message(params)
        if shown.attachment:
            raise bad_request("there is no text in the message to edit")
        return self._edit(chat, shown, params, {"text": text, "entities": entities}, text)

    def _edit_markup(self, params: Params) -> dict[str, Any]:
        chat, shown = self._own_message(params)
        return self._edit(chat, shown, params, {}, shown.text)

    def _edit(self, chat: Chat, shown: Shown, params: Params, body: dict[str, Any], text: str) -> dict[str, Any]:
        markup = params.get("reply_markup")
        if markup is not None:
            check_markup(markup)
            if "inline_keyboard" not in markup:
                raise bad_request("inline keyboard expected")
        same_marks = "entities" not in body or body["entities"] == shown.raw.get("entities", [])
        if text == shown.text and same_marks and markup == shown.raw.get("reply_markup"):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly the same as a "
                "current content and reply markup of the message"
            )
        shown.raw |= {name: value for name, value in body.items() if value} | {"edit_date": int(self._fake.clock())}
        shown.text = text
        shown.edits += 1
        self._put_markup(chat, shown, markup)
        shown.changed = self._fake.counter.tick()
        return shown.raw

    def _delete(self, params: Params) -> bool:
        """One message: it must be there."""
        chat = self._chat(params)
        if not any(each.id == int(params["message_id"]) for each in chat.shown):
            raise bad_request("message to delete not found")
        return self._delete_from(chat, {int(params["message_id"])})

    def _delete_many(self, params: Params) -> bool:
        """What is not there is passed over; one that may not be deleted saves all the others."""
        wanted = params["message_ids"]
        if not isinstance(wanted, list) or not 1 <= len(wanted) <= MOST_DELETED:
            raise bad_request("invalid number of messages to delete")
        return self._delete_from(self._chat(params), {int(id) for id in wanted})

    def _delete_from(self, chat: Chat, ids: set[int]) -> bool:
        if not all(self._may_delete(chat, each) for each in chat.shown if each.id in ids):
            raise bad_request("message can't be deleted")
        chat.shown[:] = [each for each in chat.shown if each.id not in ids]
        self._fake.counter.tick()
        return True

    def _may_delete(self, chat: Chat, shown: Shown) -> bool:
        """The bot's own anywhere, people's in a private chat; younger than 48 hours, and a dice older than 24."""
        age = self._fake.clock() - shown.raw["date"]
        if "dice" in shown.raw and chat.id > 0 and age < 24 * 3600:
            return False
        return age < 48 * 3600 and (shown.by_bot or chat.id > 0)

    def _answer(self, params: Params) -> bool:
        id = params["callback_query_id"]
        if units(params.get("text", "")) > 200:
            raise bad_request("MESSAGE_TOO_LONG")
        if id not in self._fake.callbacks:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        self._fake.callbacks.discard(id)
        self._fake.acknowledged.append(id)
        self._fake.counter.tick()
        return True

    def keep(self, content: bytes) -> str:
        """Keep a file's bytes; its id."""
        id = f"file{len(self._fake.files)}_{hashlib.sha256(content).hexdigest()[:24]}"
        self._fake.files[id] = content
        return id

    def _get_file(self, params: Params) -> dict[str, Any]:
        id = params["file_id"]
        content = self._fake.files.get(id)
        if content is None:
            raise bad_request("invalid file_id")
        if len(content) > LARGEST_DOWNLOAD:
            raise bad_request("file is too big")
        return {"file_id": id, "file_unique_id": id[:12], "file_size": len(content), "file_path": f"documents/{id}"}

    def _set(self, method: str, params: Params) -> bool:
        """What the bot says of itself."""
        language = params.get("language_code", "")
        match method:
            case "setMyCommands":
                check_commands(params["commands"])
                self._fake.commands[scope_of(params)] = {
                    each["command"]: each["description"] for each in params["commands"]
                }
            case "deleteMyCommands":
                self._fake.commands.pop(scope_of(params), None)
            case "setChatMenuButton":
                check_menu_button(params.get("menu_button", {"type": "default"}))
                self._fake.settings[method] = dict(params)
            case _:
                if units(params.get("description", "")) > 512 or units(params.get("short_description", "")) > 120:
                    raise bad_request("BOT_DESCRIPTION_TOO_LONG")
                self._fake.settings[f"{method}:{language}"] = dict(params)
        return True


def _below(key: Any) -> BelowKey:
    if isinstance(key, str):
        return BelowKey(key)
    sends: Literal["text", "contact", "location"] = "text"
    if str(key.get("request_contact")).lower() == "true":
        sends = "contact"
    elif str(key.get("request_location")).lower() == "true":
        sends = "location"
    return BelowKey(key["text"], sends)
