"""All that we say to Viber, and the files that people sent, which it keeps for us."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final
from urllib.parse import urljoin, urlsplit

import aiohttp
from prometheus_client import Counter

from casework.actor import Channel
from casework.letters import Say
from dialogs.words import Words
from handlers.channel import Away, Enclosure, Gone, Key, Message, Postponed, Rejected, Superseded, option_of
from handlers.viber.api import SHORTLY, TOO_OLD, WEBHOOK_NOT_SET, ViberApi, meaning
from handlers.viber.composing import Body, Linked, Rows, ViberVoice, compose, plainer, welcome
from handlers.viber.pace import ViberPace

SENT: Final = Counter("zviazok_viber_sent", "Messages to Viber, by what became of them", ["outcome"])

MEDIA_HOSTS: Final = ("viber.com",)
"""Where the files are that people sent: these hosts and those below them, by https alone."""

MOST_REDIRECTS: Final = 3
FETCH_PATIENCE: Final = aiohttp.ClientTimeout(total=60)

_UNFINISHED: Final = 1000
_STANDING: Final = 20_000

NOTHING: Final = "…"
"""All that is said by the message which takes the keys away from a chat that was left: Viber lets none be empty."""


@dataclass(frozen=True, slots=True)
class HalfSentBodies:
    """A letter half sent when Viber stopped us: what is left of it, and the numbers of what is there."""

    rest: list[Body]
    sent: list[int]


@dataclass(frozen=True, slots=True)
class QuestionKeys:
    """The keys of the question that somebody is at, and whose chat that was (`Message.chat`)."""

    chat: int | None
    keys: Rows
    language: str


class ViberSpeaker:
    """A `Speaker`. Where one at a time speaks for a token, this object is that one.

    Nothing can be edited at Viber, so `replaces` is not heeded; forwarding cannot be forbidden, nor is `protect`.
    `link` gives a file of ours an address, or None for what is read on the page, which is at `page`.
    `webhook_lost` is set when Viber says that it knows no webhook of ours.
    """

    channel = Channel.VIBER

    def __init__(
        self,
        api: ViberApi,
        words: Words,
        *,
        page: str,
        link: Callable[[Enclosure], str | None],
        pace: ViberPace | None = None,
    ) -> None:
        self._api = api
        self._words = words
        self._page = page
        self._link = link
        self._pace = pace or ViberPace()
        self._unfinished: dict[tuple[str, str], HalfSentBodies] = {}
        self._standing: dict[str, QuestionKeys] = {}
        self.webhook_lost = asyncio.Event()

    async def send(self, address: str, message: Message) -> str:
        try:
            sent = await self._send(address, message)
        except (Postponed, Gone, Rejected) as ours:
            SENT.labels(type(ours).__name__.lower()).inc()
            raise
        SENT.labels("sent").inc()
        return " ".join(map(str, sent))

    async def _send(self, address: str, message: Message) -> list[int]:
        """Viber's numbers of its parts."""
        begun = self._unfinished.pop((address, message.ref), None)
        bodies, sent = (begun.rest, begun.sent) if begun else (self._compose(address, message), [])
        if not bodies:
            raise Rejected("nothing to send")
        for at, body in enumerate(bodies):
            try:
                await self._pace.turn()
                token = await self._deliver(address, body)
            except (Postponed, Superseded) as later:
                self._remember(address, message, HalfSentBodies(bodies[at:], sent))
                if isinstance(later, Away):
                    later.whole = body is bodies[-1]
                raise
            if token is not None:
                sent.append(token)
        if message.farewell:
            self._standing.pop(address, None)
        elif message.asks:
            self._standing.pop(address, None)
            self._standing[address] = QuestionKeys(message.chat, message.keys, message.language)
            if len(self._standing) > _STANDING:
                del self._standing[next(iter(self._standing))]
        return sent

    async def retract(self, address: str, ids: Sequence[str]) -> None:
        """Viber deletes nothing for a bot. But the keys below the chat may hold names, and would stay: those of a
        stranger take their place, under a message that says nothing."""
        left = self._standing.pop(address, None)
        for unfinished in [each for each in self._unfinished if each[0] == address]:
            del self._unfinished[unfinished]
        language = left.language if left else "uk"
        begin = Key("/start", self._words.say(language, Say("viber-welcome.begin")))
        await self._pace.turn()
        await self._deliver(address, welcome(NOTHING, begin, self._voice(language)))

    def _voice(self, language: str) -> ViberVoice:
        return ViberVoice(self._words.say(language, Say("viber-sender")), self._words.say(language, Say("viber-menu")))

    def _compose(self, address: str, message: Message) -> list[Body]:
        def words(name: Say) -> str:
            return self._words.say(message.language, name)

        linked, waiting = [], []
        for file in message.enclosures:
            url = None if message.plain else self._link(file)
            if url is None:
                waiting.append(file)
            else:
                linked.append(Linked(file, url))
        if waiting:
            notice = words(Say("viber-files", {"count": len(waiting), "page": self._page}))
            message = replace(message, paragraphs=(*message.paragraphs, notice))
        bound = [key.label for row in message.keys for key in row if not option_of(key.id)]
        if message.plain and bound:
            how = words(Say("viber-type", {"what": " / ".join(bound)}))
            message = replace(message, paragraphs=(*message.paragraphs, how))
        standing = self._standing.get(address)
        below = standing.keys if standing and standing.chat == message.chat and not message.farewell else ()
        return compose(message, self._voice(message.language), files=linked, standing=below)

    def _remember(self, address: str, message: Message, unfinished: HalfSentBodies) -> None:
        """Keep what is left of a letter, so that its next try does not repeat what the person has read."""
        if message.ref:
            self._unfinished[address, message.ref] = unfinished
            if len(self._unfinished) > _UNFINISHED:
                del self._unfinished[next(iter(self._unfinished))]

    async def _deliver(self, address: str, body: Body) -> int | None:
        """Viber's number of the message; None for a carousel that an old Viber cannot show: the text has it all."""
        answer = await self._api.call("send_message", {"receiver": address} | body)
        if answer.status in TOO_OLD and body["type"] == "rich_media":
            return None
        if answer.status in TOO_OLD and "min_api_version" in body:
            answer = await self._api.call("send_message", {"receiver": address} | plainer(body))
        if answer.status == 0:
            return answer.message_token
        if answer.status == WEBHOOK_NOT_SET:
            self.webhook_lost.set()
        raise meaning(answer.status)


class ViberFetcher:
    """A `Fetcher`: a file that somebody sent lies behind an address of Viber's for about an hour.

    The address comes from outside, though signed; so no other host is asked, also not when Viber's own sends us there.
    """

    def __init__(self, api: ViberApi) -> None:
        self._api = api
        base = urlsplit(api.url)
        self._base = (base.scheme, base.hostname, base.port)

    async def fetch(self, source: str, largest: int) -> bytes:
        url = source
        try:
            for _ in range(MOST_REDIRECTS + 1):
                self._check(url)
                async with self._api.client.get(url, allow_redirects=False, timeout=FETCH_PATIENCE) as response:
                    if response.status not in (301, 302, 303, 307, 308):
                        return await _content(response, largest)
                    url = urljoin(url, response.headers.get("Location", ""))
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Postponed(SHORTLY, type(error).__name__) from None
        except ValueError:
            raise Rejected("no address") from None
        raise Rejected("sent on and on")

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        host = parts.hostname or ""
        known = parts.scheme == "https" and parts.port in (None, 443) and not parts.username
        if known and any(host == one or host.endswith(f".{one}") for one in MEDIA_HOSTS):
            return
        if (parts.scheme, host, parts.port) != self._base or parts.username:
            raise Rejected("not an address of Viber's")


async def _content(response: aiohttp.ClientResponse, largest: int) -> bytes:
    if response.status == 429 or response.status >= 500:
        raise Postponed(timedelta(seconds=30), f"HTTP {response.status}")
    if response.status != 200:
        raise Rejected("not to be had")
    content = bytearray()
    async for chunk in response.content.iter_any():  # told lengths are not believed
        content += chunk
        if len(content) > largest:
            raise Rejected("too large")
    return bytes(content)
