"""People at the end of a channel: each types, presses and reads, on Telegram, Viber or the page, as anybody could.

The demo's story is played by them, and so are the journeys of the tests, on every channel alike.
"""

import asyncio
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Protocol

import pyotp
from aiohttp import ClientSession, FormData
from fluent.syntax import parse
from fluent.syntax.ast import Message, TextElement

from casework.letters import Arg, Say
from dialogs.words import LOCALES, Words

ANSWERED_WITHIN = 30.0
"""Seconds that anybody waits for an answer; Telegram takes one message a second in a chat."""

MOST_KEYS = 12
"""A longer list of keys is printed by its first ones, `FIRST_KEYS`, and how many more there are."""
FIRST_KEYS = 5


class Missed(AssertionError):  # noqa: N818
    """A step did not come out as it should."""


class NotNow(Missed):
    """The service could not be asked just now, and says so: the same may be tried again."""


class Transcript:
    """The transcript, printed. What nobody says is told in its language."""

    def __init__(self, language: str = "uk") -> None:
        self.language = language
        self._silent = False

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Print nothing of what is played meanwhile: it is told already."""
        self._silent = True
        try:
            yield
        finally:
            self._silent = False

    def told(self, ukrainian: str, english: str) -> str:
        return ukrainian if self.language == "uk" else english

    def chapter(self, ukrainian: str, english: str) -> None:
        print(f"\n=== {self.told(ukrainian, english)}\n", flush=True)

    def line(self, who: str, text: str, buttons: list[str] | None = None, *, arrow: str = ":") -> None:
        if self._silent:
            return
        body = textwrap.indent(text.strip(), "    ")
        print(f"{who}{arrow}\n{body}" if "\n" in text or len(text) > 90 else f"{who}{arrow} {text.strip()}", flush=True)
        if buttons:
            print(f"    {self._keys(buttons)}", flush=True)

    def _keys(self, labels: list[str]) -> str:
        shown = labels if len(labels) <= MOST_KEYS else labels[:FIRST_KEYS]
        more = len(labels) - len(shown)
        return " ".join(f"[{label}]" for label in shown) + (
            self.told(f" … ще {more}", f" … {more} more") if more else ""
        )

    def stage(self, ukrainian: str, english: str) -> None:
        if not self._silent:
            print(f"    ({self.told(ukrainian, english)})", flush=True)


class Chat(Protocol):
    """One person's end of a channel."""

    async def open(self) -> None:
        """Come for the first time."""

    async def type(self, text: str) -> None: ...
    async def press(self, label: str) -> str:
        """Press the newest button whose label begins so; its whole label."""

    async def send_photo(self, content: bytes) -> None: ...
    async def news(self) -> list[tuple[str, list[str]]]:
        """What came since this was last called: texts, each with its buttons' labels."""


@dataclass
class Player:
    """A person of the story, with a name for the transcript. `patience` in seconds."""

    name: str
    chat: Chat
    book: Transcript
    words: Words
    language: str
    heard: str = ""
    everything: list[str] = field(default_factory=list)
    patience: float = ANSWERED_WITHIN

    async def opens(self, *, then: str) -> None:
        """Come for the first time; then wait as `says` does."""
        self.book.line(self.name, "→")
        self.heard = ""
        await self.chat.open()
        await self.hears(then)

    def word(self, name: str, /, **args: Arg) -> str:
        return self.words.say(self.language, Say(name, args))

    async def says(self, text: str, *, then: str | None = None, **args: Arg) -> None:
        """Type; then wait until the message `then` of the locales comes."""
        self.book.line(self.name, text)
        self.heard = ""
        await self.chat.type(text)
        if then is not None:
            await self.hears(then, **args)

    async def say_and_hear(self, text: str, then: str) -> str:
        """Type; what came, once the message `then` is among it."""
        await self.says(text, then=then)
        return self.heard

    async def presses(self, name: str, *, then: str | None = None, **args: Arg) -> None:
        """Press the button that carries this message of the locales (or begins with these words)."""
        label = self.word(name) if self.words.has(name) else name
        self.heard = ""
        pressed = await self._press(label)
        self.book.line(self.name, f"[{pressed}]")
        if then is not None:
            await self.hears(then, **args)

    async def _press(self, label: str) -> str:
        """Press a button once it is there: a question may come a moment after the words that were waited for."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self.patience
        while True:
            try:
                return await self.chat.press(label)
            except Missed:
                if loop.time() > deadline:
                    raise
            await self.listens()
            await asyncio.sleep(0.05)

    async def press_and_hear(self, name: str, then: str, **args: Arg) -> str:
        """Press; what came, once the message `then` is among it."""
        await self.presses(name, then=then, **args)
        return self.heard

    async def shows(self, content: bytes, what: str, *, then: str | None = None, **args: Arg) -> None:
        self.book.line(self.name, f"({what})")
        self.heard = ""
        await self.chat.send_photo(content)
        if then is not None:
            await self.hears(then, **args)

    async def hears(self, name: str, /, **args: Arg) -> str:
        """Wait for a message of the locales; where its arguments are not given, by its longest piece without any."""
        try:
            wanted = self.word(name, **args)
        except LookupError:
            wanted = longest_piece(self.language, name)
        return await self.waits_for(wanted)

    async def hears_one(self, *names: str) -> str:
        """Wait for one of these messages of the locales; its name."""
        pieces = {longest_piece(self.language, name): name for name in names}
        return pieces[await self._waits(*pieces)]

    async def waits_for(self, wanted: str) -> str:
        """Wait until these words stand in what came since this person's last act; all of what came."""
        await self._waits(wanted)
        return self.heard

    async def _waits(self, *wanted: str) -> str:
        """Which of these words came first."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self.patience
        while True:
            for words in wanted:
                if _plain(words) in _plain(self.heard):
                    return words
            if loop.time() > deadline:
                raise Missed(f"{self.name} waited for {' or '.join(map(repr, wanted))} and heard {self.heard!r}")
            await self.listens()
            await asyncio.sleep(0.05)

    async def listens(self) -> None:
        """Read what has come meanwhile."""
        for text, buttons in await self.chat.news():
            who = "Зв’язок" if self.language == "uk" else "Zviazok"
            self.book.line(who, text, buttons, arrow=f" → {self.name}:")
            self.heard += "\n" + text
            self.everything.append(text + "\n" + "\n".join(buttons))


def longest_piece(language: str, name: str) -> str:
    """The longest part of a message that does not depend on its arguments."""
    message, _, attribute = name.partition(".")
    entry = _messages(language).get(message)
    pattern = entry and next((one.value for one in entry.attributes if one.id.name == attribute), entry.value)
    texts = [part.value for part in pattern.elements if isinstance(part, TextElement)] if pattern else []
    lines = [line for text in texts for line in text.split("\n")]
    if not lines:
        raise Missed(f"no words for {name!r} in {language!r}")
    return max(lines, key=len).strip()


@cache
def _messages(language: str) -> dict[str, Message]:
    files = sorted((LOCALES / language).glob("*.ftl"))
    entries = [entry for file in files for entry in parse(file.read_text(encoding="utf-8")).body]
    return {entry.id.name: entry for entry in entries if isinstance(entry, Message)}


def _plain(text: str) -> str:
    return " ".join(text.split())


class TelegramChat:
    """A chat with the bot, at the other end of the fake Bot API server."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self._seen = 0
        self._read: set[tuple[int, str]] = set()

    async def open(self) -> None:
        await self.user.starts()

    async def type(self, text: str) -> None:
        await self.user.says(text)

    async def press(self, label: str) -> str:
        for shown in reversed(self.user.sees):
            for row in shown.buttons:
                for button in row:
                    if button.label.startswith(label):
                        await self.user.presses_id(button.id, shown)
                        return str(button.label)
        raise Missed(f"no button {label!r} in the chat")

    async def send_photo(self, content: bytes) -> None:
        await self.user.sends_photo(content)

    async def news(self) -> list[tuple[str, list[str]]]:
        fresh = sorted((s for s in self.user.sees if s.changed > self._seen), key=lambda s: s.changed)
        if fresh:
            self._seen = fresh[-1].changed
        news = []
        for shown in fresh:
            labels = [button.label for row in shown.buttons for button in row]
            only_taken_off = not labels and (shown.id, shown.text) in self._read
            self._read.add((shown.id, shown.text))
            if shown.text.strip() not in ("", "✓") and not only_taken_off:
                news.append((shown.text, labels))
        return news


class ViberChat:
    """A chat with the bot, at the other end of the fake Viber server."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self._seen = 0

    async def open(self) -> None:
        """Opening the chat says nothing yet: the welcome's key does, or a word where it did not arrive."""
        await self.user.starts()
        if self.user.keyboard:
            await self.user.presses_key(self.user.keyboard[0])
        else:
            await self.user.says("/start")

    async def type(self, text: str) -> None:
        await self.user.says(text)

    async def press(self, label: str) -> str:
        for key in self.user.keyboard:
            if key.label.startswith(label):
                await self.user.presses_key(key)
                return str(key.label)
        raise Missed(f"no key {label!r} below the chat: {[key.label for key in self.user.keyboard]}")

    async def send_photo(self, content: bytes) -> None:
        await self.user.sends_picture(content)

    async def news(self) -> list[tuple[str, list[str]]]:
        fresh = [shown for shown in self.user.sees if shown.at > self._seen]
        if fresh:
            self._seen = fresh[-1].at
        keys = [key.label for key in self.user.keyboard]
        return [(shown.text, keys if shown is fresh[-1] else []) for shown in fresh]


class PageChat:
    """A session on the page, over the public HTTP interface."""

    def __init__(self, http: ClientSession, base: str, language: str = "uk") -> None:
        self.http, self.base, self.language = http, base, language
        self.token = ""
        self.after = 0
        self.buttons: list[dict[str, str]] = []
        self.files: list[dict[str, str]] = []

    async def call(self, method: str, path: str, **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        async with self.http.request(method, self.base + path, headers=headers, **more) as answer:
            body = await answer.json()
            if answer.status == 503:
                raise NotNow(f"{method} {path}: {body}")
            if answer.status >= 300:
                raise Missed(f"{method} {path} answered {answer.status}: {body}")
            return body

    async def open(self) -> None:
        self.token = (await self.call("POST", "/api/session", json={"language": self.language}))["token"]

    async def enrol(self, code: str, now: datetime, name: str = "") -> str:
        """Begin a role with an invitation's code, under a `name` where none is known; the second factor's secret."""
        self.token = (await self.call("POST", "/api/session", json={"invite": code}))["token"]
        secret = str((await self.call("POST", "/api/session/factor", json={}))["secret"])
        await self.give_factor(secret, now, name)
        return secret

    async def give_factor(self, secret: str, now: datetime, name: str = "") -> None:
        totp = pyotp.TOTP(secret).at(int(now.timestamp()))
        self.token = (await self.call("POST", "/api/session/factor", json={"totp": totp, "name": name}))["token"]

    async def type(self, text: str) -> None:
        await self.call("POST", "/api/messages", json={"text": text})

    async def press(self, label: str) -> str:
        for button in reversed(self.buttons):
            if button["label"].startswith(label):
                await self.call("POST", "/api/messages", json={"choice": button["id"]})
                return button["label"]
        raise Missed(f"no button {label!r} on the page: {[b['label'] for b in self.buttons]}")

    async def send_photo(self, content: bytes) -> None:
        form = FormData()
        form.add_field("file", content, filename="photo.jpg", content_type="image/jpeg")
        await self.call("POST", "/api/files", data=form)

    async def news(self) -> list[tuple[str, list[str]]]:
        found = (await self.call("GET", f"/api/messages?after={self.after}&wait=1"))["messages"]
        for message in found:
            self.after = message["number"]
            if message["buttons"] and message["from"] != "you":
                self.buttons = message["buttons"]
            self.files += message["attachments"]
        return [(m["text"], [b["label"] for b in m["buttons"]]) for m in found if m["from"] != "you"]

    @property
    def urls(self) -> list[str]:
        """Where the files are that came, each once: a card that is shown again shows them again."""
        return [*dict.fromkeys(file["url"] for file in self.files)]

    async def open_file(self, url: str) -> bytes:
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.http.get(self.base + url, headers=headers) as answer:
            if answer.status != 200:
                raise Missed(f"GET {url} answered {answer.status}")
            return await answer.read()
