"""How requests to Telegram are made: python-telegram-bot's own way for files, aiohttp's for all else.

httpx takes several times the processor time of aiohttp for a request, and sending is half of what a message costs.
Uploads are rare and keep the library's time-outs for writing, which aiohttp does not have. Words with their buttons go
without the library's types: to build these, and its `Message` out of the answer, takes as long as the request.
"""

import json
import ssl
from typing import Any, Final

import aiohttp
import certifi
from telegram.constants import ParseMode
from telegram.error import NetworkError, TimedOut
from telegram.ext import ExtBot
from telegram.request import BaseRequest, HTTPXRequest, RequestData

MOST_CONNECTIONS: Final = 128
"""Connections to Telegram at most."""

READS_WITHIN: Final = 20.0
"""Seconds without a word from Telegram. A reply that comes late is better than one sent twice: Telegram has no
idempotency key."""

CONNECTS_WITHIN: Final = 5.0
WAITS_WITHIN: Final = 10.0
"""Seconds for one of the connections, while all are in use."""

KEPT_FOR: Final = 5.0
"""Seconds that an idle connection is kept, as httpx does: far shorter than Telegram keeps it, so that a request seldom
meets one that is just being closed."""

NEVER_SENT: Final = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
"""What a request ends with that did not reach Telegram."""


class TelegramRequest(HTTPXRequest):
    """A request object of python-telegram-bot's. Like the library's, it raises `TimedOut` and `NetworkError`, each from
    its cause."""

    __slots__ = ("_session",)

    def __init__(self) -> None:
        # The environment's proxies are not used, as aiogram does not use them either.
        super().__init__(
            connection_pool_size=MOST_CONNECTIONS,
            read_timeout=READS_WITHIN,
            connect_timeout=CONNECTS_WITHIN,
            pool_timeout=WAITS_WITHIN,
            httpx_kwargs={"trust_env": False},
        )
        self._session: aiohttp.ClientSession | None = None

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None
        await super().shutdown()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Our own time-outs hold; those of a call are for uploads alone, and we set none."""
        if request_data is not None and request_data.multipart_data:
            return await super().do_request(
                url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
            )
        if self._session is None:
            self._session = _session()
        data, headers = None, {"User-Agent": self.USER_AGENT}
        if request_data is not None and (parameters := request_data.parameters):
            data = json.dumps(parameters).encode()  # at once; a form would take each parameter by itself
            headers["Content-Type"] = "application/json"
        try:
            async with self._session.request(method, url, data=data, headers=headers, allow_redirects=False) as answer:
                return answer.status, await answer.read()
        except TimeoutError as late:
            raise TimedOut from late
        except aiohttp.ClientError as error:
            # Not the error's own words: they hold the address, and in it the token.
            raise NetworkError(type(error).__name__) from error


class TelegramBot(ExtBot[int]):
    """python-telegram-bot's, with its limiter and its errors. `markup` is a keyboard as the Bot API has it."""

    __slots__ = ()

    async def send_words(
        self, chat: int, words: str, markup: dict[str, Any] | None, *, protect: bool, about: str | None = None
    ) -> int:
        """The id of the message, of HTML, which shows no links' pages. `about` is that of the message that it answers;
        where that was deleted, it comes without."""
        answers = {"message_id": int(about), "allow_sending_without_reply": True} if about else None
        more = {"chat_id": chat, "protect_content": protect, "reply_parameters": answers}
        shown = await self._post("sendMessage", _words(words, markup) | more)
        return int(shown["message_id"])

    async def edit_words(self, chat: int, message: int, words: str, markup: dict[str, Any] | None) -> None:
        await self._post("editMessageText", _words(words, markup) | {"chat_id": chat, "message_id": message})


def _words(words: str, markup: dict[str, Any] | None) -> dict[str, Any]:
    told = {"text": words, "parse_mode": str(ParseMode.HTML), "link_preview_options": {"is_disabled": True}}
    return told | {"reply_markup": markup}


def _session() -> aiohttp.ClientSession:
    trusted = ssl.create_default_context(cafile=certifi.where())
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=MOST_CONNECTIONS, keepalive_timeout=KEPT_FOR, ssl=trusted),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(
            total=None, connect=WAITS_WITHIN + CONNECTS_WITHIN, sock_connect=CONNECTS_WITHIN, sock_read=READS_WITHIN
        ),
    )
