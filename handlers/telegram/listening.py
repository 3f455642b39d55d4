"""How updates arrive, by long polling or by webhook: Telegram hears "done" only when the desk has committed.

Driven by hand, with aiogram's `Bot`, methods and types: its own polling confirms an update while a handler may still
be running, and its webhook answers before it handles.
"""

import asyncio
import hashlib
import hmac
import json
import random
import re
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, Protocol

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import Update
from aiohttp import web
from prometheus_client import Counter
from pydantic import ValidationError

from casework.actor import Channel
from casework.letters import Say
from dialogs.words import Words, language_for
from handlers.channel import Message
from handlers.incoming import Incoming, Receipt, Receiver, Unavailable
from handlers.telegram.incoming import WANTED, Elsewhere, chat_of, id_of, read

PATH: Final = "/telegram/updates"
"""Where Telegram posts updates, under `PUBLIC_URL`."""

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name
LARGEST_UPDATE: Final = 1024 * 1024
"""Bytes of one update; Telegram's are a few kB."""

TYPING_LASTS: Final = 5.0
"""Seconds for which Telegram shows it."""

UPDATES: Final = Counter("zviazok_telegram_updates", "Updates from Telegram, by what became of them", ["outcome"])

log = structlog.get_logger(__name__)


class TelegramCourtesies(Protocol):
    """What is said to Telegram besides letters: at best effort, at once, and nobody waits for it."""

    def acknowledge(self, callback: str) -> None:
        """Let the pressed button stop turning."""

    def typing(self, chat: str) -> None:
        """Show for five seconds that an answer is being written."""

    def decline(self, chat: str, message: Message) -> None:
        """Say it once in a group, and leave the group."""


def connect(token: str, api_url: str = "https://api.telegram.org") -> Bot:
    """The listening half of the bot. Close with `await bot.session.close()`."""
    return Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api_url)))


class TelegramReception:
    """Takes updates one by one, however they came, and says by returning that each is committed or in quarantine."""

    def __init__(
        self,
        bot: Bot,
        desk: Receiver,
        manners: TelegramCourtesies,
        *,
        clock: Callable[[], datetime],
        words: Words | None = None,
        slow: timedelta = timedelta(seconds=1),
    ) -> None:
        """After `slow` without an answer, the chat shows that one is being written."""
        self._bot = bot
        self._desk = desk
        self._manners = manners
        self._clock = clock
        self._words = words or Words()
        self._slow = slow.total_seconds()

    async def take_raw(self, raw: object) -> None:
        """As `take`, of parsed JSON that may be anything."""
        update = self.parse(raw)
        if update is None:
            await self._set_aside(_id_in(raw), _chat_in(raw), json.dumps(raw))
        else:
            await self.take(update)

    def parse(self, raw: object) -> Update | None:
        try:
            return Update.model_validate(raw, context={"bot": self._bot})
        except (ValidationError, RecursionError):
            return None  # the error quotes what came, so it is neither logged nor chained

    async def take(self, update: Update) -> None:
        """Raises `Unavailable` when the desk took nothing."""
        try:
            incoming = read(update, self._bot.id, self._clock())
            receipt = await self._receive(incoming) if isinstance(incoming, Incoming) else None
        except Unavailable:
            raise
        except Exception as error:
            log.error("telegram-update-failed", update=update.update_id, error=type(error).__name__)
            raw = update.model_dump_json(exclude_unset=True, warnings=False)
            await self._set_aside(update.update_id, chat_of(update), raw)
            incoming = receipt = None
        else:
            UPDATES.labels(_outcome(incoming, receipt)).inc()
        if update.callback_query is not None:
            self._manners.acknowledge(update.callback_query.id)
        if isinstance(incoming, Elsewhere):
            words = self._words.say(language_for(incoming.language), Say("private-only"))
            self._manners.decline(incoming.chat, Message((words,)))

    async def _receive(self, incoming: Incoming) -> Receipt:
        typing = _Typing(partial(self._manners.typing, incoming.address), self._slow)
        try:
            return await self._desk.receive(incoming)
        finally:
            typing.end()

    async def _set_aside(self, update_id: object, chat: str | None, raw: str) -> None:
        if update_id is None:
            update_id = hashlib.sha256(raw.encode()).hexdigest()
        await self._desk.quarantine(Channel.TELEGRAM, id_of(update_id, self._bot.id), chat, raw)
        UPDATES.labels("quarantined").inc()


class _Typing:
    """Shows again and again that an answer is being written, when that takes long."""

    def __init__(self, show: Callable[[], None], after: float) -> None:
        self._show, self._loop = show, asyncio.get_running_loop()
        self._timer = self._loop.call_later(after, self._again)

    def _again(self) -> None:
        self._timer = self._loop.call_later(TYPING_LASTS, self._again)
        self._show()

    def end(self) -> None:
        self._timer.cancel()


def _outcome(incoming: Incoming | Elsewhere | None, receipt: Receipt | None) -> str:
    match incoming, receipt:
        case Elsewhere(), _:
            return "elsewhere"
        case _, None:
            return "nothing-said"
        case _, Receipt(repeat=True):
            return "repeat"
        case _, Receipt(quarantined=True):
            return "quarantined"
    return "taken"


def _id_in(raw: object) -> int | None:
    found = raw.get("update_id") if isinstance(raw, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _chat_in(raw: object) -> str | None:
    """The chat's id in an update that the library cannot parse, if it stands where it always does."""
    if not isinstance(raw, dict):
        return None
    for kind in WANTED:
        event = raw.get(kind)
        if isinstance(event, dict):
            holder = event.get("message") if kind == "callback_query" else event
            chat = holder.get("chat") if isinstance(holder, dict) else None
            found = chat.get("id") if isinstance(chat, dict) else None
            return str(found) if isinstance(found, int) else None
    return None


@dataclass
class Backoff:
    """Waits that double up to `most`, each a little by chance, so that not all come back in the same moment."""

    first: timedelta = timedelta(seconds=1)
    most: timedelta = timedelta(seconds=60)
    tries: int = 0

    def reset(self) -> None:
        self.tries = 0

    async def wait(self, at_least: float = 0) -> None:
        longest = min(self.first.total_seconds() * 2.0 ** min(self.tries, 30), self.most.total_seconds())
        self.tries += 1
        await asyncio.sleep(max(at_least, longest * random.uniform(0.5, 1)))  # noqa: S311  no secret hangs on it


class Polling:
    """Asks Telegram for updates, and goes on to the next only when all of these are committed or in quarantine."""

    def __init__(
        self,
        bot: Bot,
        reception: TelegramReception,
        *,
        hold: timedelta = timedelta(seconds=25),
        at_once: int = 8,
        backoff: Backoff | None = None,
        heard: Callable[[], None] = lambda: None,
    ) -> None:
        """`hold` is how long Telegram keeps an empty request open; `at_once` how many chats are handled side by side
        (each takes a database connection). `heard` is called for each answer that was taken in, also an empty one."""
        self._bot = bot
        self._reception = reception
        self._hold = round(hold.total_seconds())
        self._places = asyncio.Semaphore(at_once)
        self._backoff = backoff or Backoff()
        self._heard = heard
        self._offset: int | None = None

    async def run(self) -> None:
        """Until cancelled. What was not confirmed by then comes again at the next start and is recognised."""
        await self._insist(self._bot.delete_webhook)
        while True:
            await self._insist(self.once)

    async def once(self) -> None:
        """Take one batch and move on. Raises `Unavailable` without moving, or aiogram's error when none was had."""
        batch = await self._fetch()
        await self._take(batch)
        last = max((_update_id(each) for each in batch), default=-1)
        self._offset = max(self._offset or 0, last + 1)
        self._heard()

    async def _fetch(self) -> Sequence[Update | object]:
        """The next batch. What cannot be parsed stands in it as it came."""
        try:
            return await self._bot.get_updates(
                offset=self._offset, timeout=self._hold, allowed_updates=list(WANTED), request_timeout=self._hold + 10
            )
        except ClientDecodeError as error:
            # One bad update makes aiogram refuse the batch, and for ever: it would be asked for again and again.
            raws = error.data.get("result") if isinstance(error.data, dict) else None
            if not isinstance(raws, list):
                raise
            return [self._reception.parse(raw) or raw for raw in raws]

    async def _take(self, batch: Sequence[Update | object]) -> None:
        chats: dict[str | None, list[Update | object]] = {}
        for each in batch:
            chats.setdefault(chat_of(each) if isinstance(each, Update) else _chat_in(each), []).append(each)
        # Every chat is heard out before an error is raised: one chat's trouble is no reason to cancel another's.
        failures = await asyncio.gather(*map(self._take_in_order, chats.values()), return_exceptions=True)
        for failure in failures:
            if failure is not None:
                raise failure

    async def _take_in_order(self, updates: list[Update | object]) -> None:
        async with self._places:
            for each in updates:
                await (self._reception.take(each) if isinstance(each, Update) else self._reception.take_raw(each))

    async def _insist(self, step: Callable[[], Coroutine[Any, Any, object]]) -> None:
        """Try until it succeeds."""
        while True:
            try:
                await step()
            except Unavailable:
                log.warning("telegram-polling-waits", why="the database is away")
                await self._backoff.wait()
            except TelegramRetryAfter as error:
                await self._backoff.wait(at_least=error.retry_after)
            except TelegramConflictError:
                log.warning("telegram-polling-waits", why="another process polls with this token")
                await self._backoff.wait()
            except (TelegramUnauthorizedError, TelegramNotFound):
                log.error("telegram-token-refused", remedy="set TELEGRAM_TOKEN to the bot's present token")
                await self._backoff.wait(at_least=10)
            except Exception as error:
                # An aiogram error may quote what came. Any other is a bug, of quarantine itself perhaps; going on
                # would lose updates and stopping would silence everyone, so it is tried again, and told each time.
                level = log.warning if isinstance(error, AiogramError) else log.error
                level("telegram-polling-waits", why=type(error).__name__)
                await self._backoff.wait()
            else:
                self._backoff.reset()
                return


def _update_id(each: Update | object) -> int:
    found = each.update_id if isinstance(each, Update) else _id_in(each)
    return -1 if found is None else found


class TelegramWebhook:
    """Receives updates that Telegram posts to us: `app.router.add_post(PATH, webhook.handle)`.

    `heard` is called for each that was taken in: it proves that Telegram reaches us.
    """

    def __init__(
        self, bot: Bot, reception: TelegramReception, *, secret: str, heard: Callable[[], None] = lambda: None
    ) -> None:
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise ValueError(
                "a webhook without a secret would believe anybody: set TELEGRAM_SECRET to 1 to 256 of A-Z a-z 0-9 _ -"
            )
        self._bot = bot
        self._reception = reception
        self._secret = secret
        self._heard = heard

    async def register(self, public_url: str, *, connections: int = 20) -> None:
        """Tell Telegram where to post. `connections` is how many at once; raises aiogram's errors."""
        await self._bot.set_webhook(
            public_url.rstrip("/") + PATH,
            secret_token=self._secret,
            allowed_updates=list(WANTED),
            max_connections=connections,
        )

    async def handle(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret.encode()):
            UPDATES.labels("not-genuine").inc()
            return web.Response(status=403)
        body = await _body(request)
        if body is None:
            return web.Response(status=413)
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            UPDATES.labels("malformed").inc()
            return web.Response(status=400)
        try:
            await self._reception.take_raw(raw)
        except Unavailable:
            return web.Response(status=503, headers={"Retry-After": "5"})
        self._heard()
        return web.Response()


async def _body(request: web.Request) -> bytes | None:
    """All of it, or None when it is too long; told lengths are not believed."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LARGEST_UPDATE:
            return None
    return bytes(body)
