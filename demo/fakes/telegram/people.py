"""The people at the other end: they type, press and look, as with a telephone in hand."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from demo.fakes.telegram.delivery import Update
from demo.fakes.telegram.shown import BelowKey, Shown
from demo.patience import PATIENCE, until

if TYPE_CHECKING:
    from demo.fakes.telegram.server import FakeTelegram

_MEDIA: Final[dict[str, dict[str, Any]]] = {
    "voice": {"duration": 3, "mime_type": "audio/ogg"},
    "video": {"width": 320, "height": 240, "duration": 3},
    "video_note": {"length": 240, "duration": 3},
    "audio": {"duration": 3, "title": "Аудіо"},
    "sticker": {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"},
    "animation": {"width": 320, "height": 240, "duration": 3},
}


class Chat:
    """A chat as the bot's methods see it."""

    def __init__(self, fake: FakeTelegram, id: int) -> None:
        self.fake = fake
        self.id = id
        self.shown: list[Shown] = []
        self.keyboard: list[list[BelowKey]] = []
        self.bot_inside = True

    def describe(self) -> dict[str, Any]:
        raise NotImplementedError

    def refuses_bot(self) -> str | None:
        """The reason of a 403."""
        raise NotImplementedError

    def lists(self, *scopes: str, language: str | None) -> list[str]:
        """The commands that the app offers: those of the first scope that has any, in its language or for all."""
        for scope in (*scopes, "default"):
            for name in (f"{scope}/{language}", scope):
                if self.fake.commands.get(name):
                    return list(self.fake.commands[name])
        return []

    @property
    def sees(self) -> list[Shown]:
        """What the bot wrote, as it stands now, oldest first."""
        return [each for each in self.shown if each.by_bot]

    async def _hears(self, sender: FakeUser, body: dict[str, Any], text: str = "") -> Update:
        raw = {
            "message_id": self.fake.next_message_id(),
            "from": sender.account(),
            "chat": self.describe(),
            "date": int(self.fake.clock()),
            **body,
        }
        sender.acted_at = self.fake.counter.tick()
        self.shown.append(Shown(raw["message_id"], text, False, raw, changed=sender.acted_at))
        return await self.fake.deliver("message", raw)


class FakeUser(Chat):
    """A person in a private chat with the bot. Each act returns its update, for `fake.send_again`."""

    def __init__(self, fake: FakeTelegram, id: int, name: str, language: str | None) -> None:
        super().__init__(fake, id)
        self.name = name
        self.language = language
        self.phone = f"380{id % 10**9:09d}"
        self.started = False
        self.blocked = False
        self.deactivated = False
        self.acted_at = 0

    def account(self) -> dict[str, Any]:
        account = {"id": self.id, "is_bot": False, "first_name": self.name}
        return account | ({"language_code": self.language} if self.language else {})

    def describe(self) -> dict[str, Any]:
        return {"id": self.id, "type": "private", "first_name": self.name}

    def refuses_bot(self) -> str | None:
        if self.deactivated:
            return "user is deactivated"
        if self.blocked:
            return "bot was blocked by the user"
        return None if self.started else "bot can't initiate conversation with a user"

    @property
    def commands(self) -> list[str]:
        return self.lists(f"chat {self.id}", "all_private_chats", language=self.language)

    async def starts(self, link: str = "") -> Update:
        return await self.says(f"/start {link}".strip())

    async def says(self, text: str) -> Update:
        body: dict[str, Any] = {"text": text}
        if text.startswith("/"):
            body["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        return await self._sends(body, text)

    async def presses(self, what: str, on: Shown | None = None) -> Update:
        """A button by label or id (of the newest message that has it, or of `on`), or a key of the keyboard below."""
        for shown in [on] if on else reversed(self.sees):
            button = shown.button(what)
            if button:
                return await self.presses_id(button.id, shown)
        for key in (key for row in self.keyboard for key in row):
            if what.casefold() in key.label.casefold():
                return await self._presses_below(key)
        buttons = [each.label for shown in self.sees for row in shown.buttons for each in row]
        raise LookupError(f"{self.name} sees no button {what!r}; the buttons are {buttons}, below {self.keyboard}")

    async def presses_id(self, id: str, on: Shown) -> Update:
        """A press on a button that may be gone by now: another telephone still shows it."""
        self.acted_at = self.fake.counter.tick()
        callback = uuid.uuid4().hex
        self.fake.callbacks.add(callback)
        press = {
            "id": callback,
            "from": self.account(),
            "message": on.raw,
            "chat_instance": str(self.id),
            "data": id,
        }
        return await self.fake.deliver("callback_query", press)

    async def _presses_below(self, key: BelowKey) -> Update:
        match key.sends:
            case "contact":
                return await self.shares_contact()
            case "location":
                return await self.shares_location(50.45, 30.52)
        return await self.says(key.label)

    async def shares_contact(self, *, own: bool = True, phone: str | None = None) -> Update:
        """Their own number with the keyboard's key, or somebody else's from the address book."""
        contact: dict[str, Any] = {"phone_number": phone or self.phone, "first_name": self.name}
        contact["user_id"] = self.id if own else self.id + 1
        return await self._sends({"contact": contact})

    async def shares_location(self, latitude: float, longitude: float, *, live: bool = False) -> Update:
        place: dict[str, Any] = {"latitude": latitude, "longitude": longitude}
        return await self._sends({"location": place | ({"live_period": 900} if live else {})})

    async def sends_photo(self, content: bytes, caption: str = "", *, album: str | None = None) -> Update:
        small = self._file(content[:100]) | {"width": 90, "height": 67}
        large = self._file(content) | {"width": 1280, "height": 960}
        body: dict[str, Any] = {"photo": [small, large]}
        return await self._sends(body | _optional(caption=caption, media_group_id=album), caption)

    async def sends_album(self, contents: Iterable[bytes], caption: str = "", *, papers: bool = False) -> list[Update]:
        """Up to ten photos or papers chosen together: a message each, the caption under the first."""
        album = uuid.uuid4().hex
        send = partial(self.sends_document, album=album) if papers else partial(self.sends_photo, album=album)
        return [await send(content, caption=caption if at == 0 else "") for at, content in enumerate(contents)]

    async def sends_document(
        self,
        content: bytes,
        name: str = "scan.pdf",
        type: str | None = "application/pdf",
        caption: str = "",
        *,
        album: str | None = None,
    ) -> Update:
        document = self._file(content) | {"file_name": name} | _optional(mime_type=type)
        return await self._sends({"document": document} | _optional(caption=caption, media_group_id=album), caption)

    async def speaks(self, content: bytes, form: str = "voice") -> Update:
        """A voice message; or a video_note, an audio, a video."""
        return await self._sends({form: self._file(content) | _MEDIA[form]})

    async def sends(self, form: str) -> Update:
        """Something that is neither words nor a photo: voice, video, video_note, audio, sticker, animation, dice,
        poll, story."""
        media: dict[str, Any]
        match form:
            case "dice":
                media = {"emoji": "🎲", "value": 4}
            case "poll":
                flags = {"is_closed": False, "is_anonymous": True, "allows_multiple_answers": False}
                more = {"allows_revoting": False, "members_only": False}
                options = [{"persistent_id": "1", "text": "так", "voter_count": 0}]
                question = {"id": "1", "question": "?", "options": options, "total_voter_count": 0}
                media = {**question, **flags, **more, "type": "regular"}
            case "story":
                media = {"chat": self.describe(), "id": 1}
            case _:
                media = self._file(form.encode()) | _MEDIA[form]
        body = {form: media}
        return await self._sends(body | ({"document": self._file(b"gif")} if form == "animation" else {}))

    async def edits(self, update: Update, text: str) -> Update:
        """Corrects what they wrote."""
        edited = update["message"] | {"text": text, "edit_date": int(self.fake.clock())}
        return await self.fake.deliver("edited_message", edited)

    async def blocks(self) -> Update:
        self.blocked = True
        return await self._membership("member", "kicked")

    async def unblocks(self) -> Update:
        self.blocked = False
        return await self._membership("kicked", "member")

    def deactivates(self) -> None:
        """Telegram closes the account; no update tells of it."""
        self.deactivated = True

    async def waits_for(self, substring: str, within: float = PATIENCE, *, anywhen: bool = False) -> Shown:
        """The newest message of the bot's with these words, sent or edited since this person last did something."""

        def newest() -> Shown | None:
            fresh = (shown for shown in reversed(self.sees) if anywhen or shown.changed > self.acted_at)
            return next((shown for shown in fresh if substring in shown.text), None)

        def sees() -> str:
            return f"for {substring!r}: {self.name} sees {[each.text for each in self.sees[-4:]]}"

        return await until(newest, within=within, sees=sees)

    async def _sends(self, body: dict[str, Any], text: str = "") -> Update:
        self.started = True
        return await self._hears(self, body, text)

    async def _membership(self, old: str, new: str) -> Update:
        return await self.fake.deliver("my_chat_member", membership(self.fake, self, self.describe(), old, new))

    def _file(self, content: bytes) -> dict[str, Any]:
        id = self.fake.keep_file(content)
        return {"file_id": id, "file_unique_id": id[:12], "file_size": len(content)}


class FakeGroup(Chat):
    """A group in which somebody may talk to the bot."""

    def __init__(self, fake: FakeTelegram, id: int, title: str) -> None:
        super().__init__(fake, id)
        self.title = title

    def describe(self) -> dict[str, Any]:
        return {"id": self.id, "type": "supergroup", "title": self.title}

    def refuses_bot(self) -> str | None:
        return None if self.bot_inside else "bot is not a member of the supergroup chat"

    @property
    def commands(self) -> list[str]:
        return self.lists(f"chat {self.id}", "all_group_chats", language="uk")

    async def hears(self, sender: FakeUser, text: str) -> Update:
        return await self._hears(sender, {"text": text}, text)

    async def adds_bot(self, by: FakeUser) -> Update:
        self.bot_inside = True
        change = membership(self.fake, by, self.describe(), "left", "member")
        return await self.fake.deliver("my_chat_member", change)


def membership(fake: FakeTelegram, by: FakeUser, chat: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    def member(status: str) -> dict[str, Any]:
        return {"user": fake.bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})

    return {
        "chat": chat,
        "from": by.account(),
        "date": int(fake.clock()),
        "old_chat_member": member(old),
        "new_chat_member": member(new),
    }


def _optional(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
