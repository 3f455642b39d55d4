"""The people at the other end: they type, press and look, as with a telephone in hand."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

from demo.fakes.viber.delivery import Event
from demo.fakes.viber.shown import Key, Shown
from demo.patience import PATIENCE, until

if TYPE_CHECKING:
    from demo.fakes.viber.server import FakeViber

_FORMS: dict[str, dict[str, Any]] = {
    "sticker": {"sticker_id": 46105},
    "video": {"media": "https://dl-media.viber.com/1/v.mp4", "duration": 3, "size": 1000},
    "rich_media": {"rich_media": {}},
    "hologram": {},
}


class FakeUser:
    """A person at Viber. Each act returns its callback, for `fake.send_again`."""

    def __init__(self, fake: FakeViber, number: int, name: str, language: str, *, desktop: bool) -> None:
        self.fake = fake
        self.id = base64.b64encode(hashlib.md5(str(number).encode(), usedforsecurity=False).digest()).decode()
        self.name = name
        self.language = language
        self.desktop = desktop
        self.api_version = 10
        self.phone = f"380{number % 10**9:09d}"
        self.subscribed = False
        self.registered = True
        self.sees: list[Shown] = []
        self.keyboard: list[Key] = []
        self.acted_at = 0
        self.wrote_at = 0.0
        self.fails = 0  # so many next messages are taken by Viber and cannot be shown on the telephone

    def account(self) -> dict[str, Any]:
        return {"id": self.id, "language": self.language, "country": "UA", "api_version": self.api_version}

    async def starts(self, context: str = "") -> Event:
        """Opens the chat, perhaps by a link; that is no subscription."""
        self.acted_at = self.fake.counter.tick()
        event = self.fake.event("conversation_started", type="open", user=self.account(), subscribed=self.subscribed)
        event |= {"context": context} if context else {}
        self.fake.welcome(self, await self.fake.delivery.deliver(event))
        return event

    async def subscribes(self) -> Event:
        self.subscribed = True
        return await self._tells(self.fake.event("subscribed", user=self.account()))

    async def unsubscribes(self) -> Event:
        self.subscribed = False
        return await self._tells(self.fake.event("unsubscribed", user_id=self.id))

    async def says(self, text: str) -> Event:
        return await self._sends({"type": "text", "text": text})

    async def presses(self, label: str) -> Event:
        """A key of the keyboard that stands below the chat, by its label or the only one that contains it."""
        found = [key for key in self.keyboard if key.label == label]
        found = found or [key for key in self.keyboard if label.casefold() in key.label.casefold()]
        if len(found) != 1:
            raise LookupError(f"{self.name} sees no key {label!r}; the keys are {[k.label for k in self.keyboard]}")
        return await self.presses_key(found[0])

    async def presses_key(self, key: Key) -> Event:
        """Of a keyboard that may be gone by now. A computer shares neither number nor place: it sends the words."""
        if key.does == "share-phone" and not self.desktop:
            return await self.shares_contact(self.phone)
        if key.does == "location-picker" and not self.desktop:
            return await self.shares_location(50.45, 30.52)
        return await self.says(key.sends)

    async def presses_in(self, shown: Shown, label: str) -> Event:
        """A button of a carousel."""
        keys = [Key.of(button) for button in shown.raw["rich_media"]["Buttons"]]
        return await self.presses_key(next(key for key in keys if key.label == label))

    async def shares_contact(self, phone: str) -> Event:
        """With the key, or somebody's out of the address book: the bot cannot tell them apart."""
        return await self._sends({"type": "contact", "contact": {"name": self.name, "phone_number": phone}})

    async def shares_location(self, lat: float, lon: float) -> Event:
        return await self._sends({"type": "location", "location": {"lat": lat, "lon": lon}})

    async def sends_picture(self, content: bytes, caption: str = "") -> Event:
        url = self.fake.keep(content, "picture.jpg")
        return await self._sends({"type": "picture", "media": url, "thumbnail": url, "text": caption})

    async def sends_file(self, content: bytes, name: str = "scan.pdf") -> Event:
        url = self.fake.keep(content, name)
        return await self._sends({"type": "file", "media": url, "file_name": name, "size": len(content)})

    async def sends_video(self, content: bytes, caption: str = "") -> Event:
        url = self.fake.keep(content, "video.mp4")
        video = {"media": url, "duration": 3, "size": len(content), "text": caption}
        return await self._sends({"type": "video"} | video)

    async def sends_url(self, url: str) -> Event:
        return await self._sends({"type": "url", "media": url})

    async def sends(self, form: str) -> Event:
        """Something that is neither words nor a picture: sticker, video, rich_media, hologram."""
        return await self._sends({"type": form} | _FORMS[form])

    async def opens(self, shown: Shown) -> tuple[int, bytes]:
        """Fetch the file of a message, as the telephone does; the status and the bytes."""
        assert shown.media is not None
        return await self.fake.fetch(shown.media)

    async def waits_for(self, substring: str, within: float = PATIENCE, *, anywhen: bool = False) -> Shown:
        """The newest message with these words, since this person last did something."""

        def newest() -> Shown | None:
            fresh = (shown for shown in reversed(self.sees) if anywhen or shown.at > self.acted_at)
            return next((shown for shown in fresh if substring in shown.text), None)

        def sees() -> str:
            return f"for {substring!r}: {self.name} sees {[each.text for each in self.sees[-4:]]}"

        return await until(newest, within=within, sees=sees)

    async def _sends(self, message: dict[str, Any]) -> Event:
        self.wrote_at = self.fake.clock()
        self.subscribed = True  # writing subscribes, and no callback tells of it
        self.fake.unanswered.answered(self.id)
        if self.sees and "tracking_data" in self.sees[-1].raw:
            message = message | {"tracking_data": self.sees[-1].raw["tracking_data"]}
        return await self._tells(self.fake.event("message", sender=self.account(), message=message, silent=False))

    async def _tells(self, event: Event) -> Event:
        self.acted_at = self.fake.counter.tick()
        await self.fake.delivery.deliver(event)
        return event
