"""How callbacks arrive: Viber posts them, and hears 200 only when the desk has committed.

What is not signed with our token is not looked at. Viber repeats for about an hour what was not answered with 200.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import structlog
from aiohttp import web
from prometheus_client import Counter

from casework.actor import Channel
from casework.letters import Say
from dialogs.words import Words, language_for
from handlers.channel import Key
from handlers.incoming import Incoming, Receipt, Receiver, Unavailable
from handlers.viber.api import WEBHOOK_NOT_SET, ViberApi, encoded, meaning
from handlers.viber.composing import ViberVoice, welcome
from handlers.viber.incoming import Arriving, Callback, address_in, parse, read, sent_at, sent_in

PATH: Final = "/viber/updates"
"""Where Viber posts callbacks, under `PUBLIC_URL`."""

SIGNATURE_HEADER: Final = "X-Viber-Content-Signature"
LARGEST_CALLBACK: Final = 256 * 1024
"""Bytes of one callback; Viber's are a few kB."""

OLDEST: Final = timedelta(hours=2)
"""How old a callback may be. Viber gives up after about an hour, and tokens are remembered for three days: so what is
younger and comes again is recognised, and what is older is nobody's first try."""
FARTHEST: Final = timedelta(days=2)
"""How far a message may be ahead of the newest before it, where our own clock is wrong."""

EARLIEST: Final = timedelta(minutes=5)
"""How far its clock may be ahead of ours."""

WANTED: Final = ("delivered", "failed", "subscribed", "unsubscribed", "conversation_started")
"""What we ask for besides messages. Not "seen": nobody here needs to know when a family has read something."""

CALLBACKS: Final = Counter("zviazok_viber_callbacks", "Callbacks from Viber, by what became of them", ["outcome"])
NOTED: Final = ("webhook", "delivered", "seen", "failed")

_SIGNATURE: Final = re.compile(r"[0-9a-fA-F]{64}")

log = structlog.get_logger(__name__)


def signature(body: bytes, token: str) -> str:
    """As Viber signs: the hex HMAC-SHA256 of the body as it came, keyed with the bot's token."""
    return hmac.new(token.encode(), body, hashlib.sha256).hexdigest()


class ViberWebhook:
    """Receives what Viber posts to us: `app.router.add_post(PATH, webhook.handle)`.

    `heard` is called for all that is Viber's and was taken: it proves that Viber reaches us.
    """

    def __init__(
        self,
        desk: Receiver,
        words: Words,
        *,
        token: str,
        clock: Callable[[], datetime],
        heard: Callable[[], None] = lambda: None,
    ) -> None:
        if len(token) < 16:
            raise ValueError("callbacks that are signed with a short token could be anybody's: set VIBER_TOKEN")
        self._desk = desk
        self._words = words
        self._token = token
        self._newest: datetime | None = None
        self._clock = clock
        self._heard = heard

    async def register(self, api: ViberApi, public_url: str) -> None:
        """Tell Viber where to post; it tries the address at once. Raises `Postponed` or `Rejected`."""
        answer = await api.call(
            "set_webhook",
            {
                "url": public_url.rstrip("/") + PATH,
                "event_types": list(WANTED),
                "send_name": False,  # nobody's name or picture that we did not ask for
                "send_photo": False,
            },
        )
        if answer.status != 0:
            raise meaning(answer.status)

    async def is_registered(self, api: ViberApi, public_url: str) -> bool:
        """Does Viber still know where to post? Raises `Postponed` or `Rejected`."""
        answer = await api.call("get_account_info", {})
        if answer.status not in (0, WEBHOOK_NOT_SET):
            raise meaning(answer.status)
        return answer.webhook == public_url.rstrip("/") + PATH

    async def handle(self, request: web.Request) -> web.Response:
        body = await self._genuine(request)
        if isinstance(body, web.Response):
            return body
        callback = parse(body)
        sent = sent_in(body) if callback is None else sent_at(callback)
        if sent is None or not self._is_fresh(sent, readable=callback is not None):
            CALLBACKS.labels("stale").inc()
            if callback is None or self._newest is not None:  # a replay, for all that anybody can tell
                return web.Response()
            return web.Response(status=503, headers={"Retry-After": "60"})  # or a clock of ours that is wrong
        self._newest = max(sent, self._newest or sent)
        try:
            response = await (self._set_aside(body) if callback is None else self._take(callback, body))
        except Unavailable:
            return web.Response(status=503, headers={"Retry-After": "5"})
        self._heard()
        return response

    def _is_fresh(self, sent: datetime, *, readable: bool) -> bool:
        """By our clock; or, where that was set, beside the newest that was Viber's own: nobody else signs a newer."""
        if -EARLIEST <= self._clock() - sent <= OLDEST:
            return True
        return readable and self._newest is not None and self._newest - OLDEST <= sent <= self._newest + FARTHEST

    async def _genuine(self, request: web.Request) -> bytes | web.Response:
        """The body, once its signature is found to be Viber's; before that, nothing in it is looked at."""
        given = request.headers.get(SIGNATURE_HEADER, "")
        if _SIGNATURE.fullmatch(given) is None:
            CALLBACKS.labels("not-signed").inc()
            return web.Response(status=403)
        body = await _body(request)
        if body is None:
            CALLBACKS.labels("too-large").inc()
            return web.Response(status=413)
        if not hmac.compare_digest(given.lower().encode(), signature(body, self._token).encode()):
            CALLBACKS.labels("not-genuine").inc()
            return web.Response(status=403)
        return body

    async def _take(self, callback: Callback, body: bytes) -> web.Response:
        try:
            match read(callback):
                case Incoming() as incoming:
                    CALLBACKS.labels(_outcome(await self._desk.receive(incoming))).inc()
                case Arriving() as arriving:
                    CALLBACKS.labels("welcomed").inc()
                    return self._welcome(arriving)
                case None:
                    await self._note(callback)
        except Unavailable:
            raise
        except Exception as error:
            log.error("viber-callback-failed", event_kind=_kind(callback), error=type(error).__name__)
            return await self._set_aside(body, str(callback.message_token))
        return web.Response()

    def _welcome(self, arriving: Arriving) -> web.Response:
        """One message may be said in the answer itself, to somebody to whom nothing else may be sent yet. It is the
        same for all, and nothing is kept of who only looked in: what its key sends is their first message."""
        if arriving.subscribed and not arriving.link:
            return web.Response()  # at home already: the keys of the question that they are at stay
        language = language_for(arriving.language)

        def words(name: str) -> str:
            return self._words.say(language, Say(name))

        begin = Key(f"/start {arriving.link}".strip(), words("viber-welcome.begin"))
        voice = ViberVoice(words("viber-sender"), words("viber-menu"))
        body = encoded(welcome(words("viber-welcome"), begin, voice, arriving.link))
        return web.Response(body=body, content_type="application/json", charset="utf-8")

    async def _note(self, callback: Callback) -> None:
        CALLBACKS.labels(_kind(callback)).inc()
        if callback.event == "failed":  # its reason may quote what we said, and Viber knows whose its token is
            log.warning("viber-message-failed")
            await self._desk.returned(Channel.VIBER, str(callback.message_token))

    async def _set_aside(self, body: bytes, token: str | None = None) -> web.Response:
        """What is signed by Viber and still cannot be read: kept, answered if it tells whose it is, and confirmed."""
        text = body.decode("utf-8", "replace")
        try:
            raw = json.loads(text)
        except (ValueError, RecursionError):
            raw = None
        message = token or hashlib.sha256(body).hexdigest()
        await self._desk.quarantine(Channel.VIBER, message, address_in(raw), text)
        CALLBACKS.labels("quarantined").inc()
        return web.Response()


def _kind(callback: Callback) -> str:
    return callback.event if callback.event in (*NOTED, *WANTED, "message") else "unknown"


def _outcome(receipt: Receipt) -> str:
    if receipt.repeat:
        return "repeat"
    return "quarantined" if receipt.quarantined else "taken"


async def _body(request: web.Request) -> bytes | None:
    """All of it, or None when it is too long; told lengths are not believed."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LARGEST_CALLBACK:
            return None
    return bytes(body)
