"""Viber's REST API, as far as we use it: a request, its answer, and what the answer's status means for us."""

import json
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final, Literal

import aiohttp
import structlog
from prometheus_client import Counter
from pydantic import BaseModel, ValidationError

from handlers.channel import Away, Gone, Postponed, Rejected, Unpaid

API_URL: Final = "https://chatapi.viber.com"
TOKEN_HEADER: Final = "X-Viber-Auth-Token"  # noqa: S105  the header's name

SHORTLY: Final = timedelta(seconds=5)
"""When to try an address again after a time-out or a failure of Viber's; see `handlers/breaker.py` for all of them."""

WHILE: Final = timedelta(minutes=2)
"""When to try again at an address that has had its hundred messages. Whoever writes meanwhile is answered at once."""

SOON: Final = timedelta(minutes=1)
"""When to try again what a person has to mend: a token, a webhook."""

LATER: Final = timedelta(minutes=30)
"""When to try again while Viber has closed our account."""

PAID: Final = timedelta(hours=6)
"""When to try again what nobody pays for now. It is free as soon as the person writes."""

LARGEST_ANSWER: Final = 64 * 1024

REFUSED: Final = Counter("zviazok_viber_refused", "What Viber refused, by its status", ["status"])

log = structlog.get_logger(__name__)

NAMES: Final = {
    1: "invalid-url",
    2: "invalid-token",
    3: "bad-data",
    4: "missing-data",
    5: "receiver-not-registered",
    6: "receiver-not-subscribed",
    7: "account-blocked",
    8: "account-not-found",
    9: "account-suspended",
    10: "webhook-not-set",
    11: "no-suitable-device",
    12: "too-many-requests",
    13: "version-not-supported",
    14: "incompatible-with-version",
    15: "account-not-authorized",
    16: "inline-not-allowed",
    17: "account-not-inline",
    18: "no-public-chat",
    19: "cannot-broadcast",
    20: "broadcast-not-allowed",
    21: "unsupported-country",
    22: "payment-unsupported",
    23: "free-messages-used-up",
    24: "no-balance",
}

# Not the receiver's fault but our account's: the letters wait, and somebody has to act.
_OURS: Final = {
    2: (SOON, "set VIBER_TOKEN to the bot's present token"),
    7: (LATER, "Viber has blocked the bot's account: ask Viber"),
    8: (LATER, "the token is of no bot: set VIBER_TOKEN"),
    9: (LATER, "Viber has suspended the bot's account: ask Viber"),
    10: (SOON, "the webhook is lost and is being set anew; see that PUBLIC_URL can be reached"),
    15: (LATER, "the account may not use the API: ask Viber"),
    23: (PAID, "the free messages of this month are used up: top up the balance, or wait for the next month"),
    24: (PAID, "the balance is empty: top it up"),
}
_UNPAID: Final = {23, 24}
_GONE: Final = {5, 6, 11}
NOT_REGISTERED: Final = 5
WEBHOOK_NOT_SET: Final = 10
TOO_MANY: Final = 12
TOO_OLD: Final = (13, 14)
"""The receiver's Viber cannot show what the message asks for."""


class ViberAnswer(BaseModel):
    """`status` 0 is success, and everything else comes with HTTP 200 too. `webhook` is where Viber posts to."""

    status: int
    message_token: int = 0
    webhook: str = ""


class ViberApi:
    """One bot at Viber. Needs no network to be made; `close` it."""

    def __init__(self, token: str, api_url: str = API_URL, *, patience: timedelta = timedelta(seconds=20)) -> None:
        self.url = api_url.rstrip("/")
        self._token = token
        # A reply that comes late is better than one sent twice: Viber has no idempotency key.
        self._timeout = aiohttp.ClientTimeout(total=patience.total_seconds())
        self._client: aiohttp.ClientSession | None = None

    @property
    def client(self) -> aiohttp.ClientSession:
        if self._client is None:
            self._client = aiohttp.ClientSession(timeout=self._timeout, trust_env=False)
        return self._client

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()

    async def call(
        self, method: Literal["send_message", "set_webhook", "get_account_info"], body: dict[str, Any]
    ) -> ViberAnswer:
        """Viber's answer, whatever its status. Raises `Away` when there was none that means anything, and
        `Rejected` when Viber would not read what we sent."""
        headers = {TOKEN_HEADER: self._token, "Content-Type": "application/json; charset=utf-8"}
        try:
            async with self.client.post(
                f"{self.url}/pa/{method}", data=encoded(body), headers=headers, allow_redirects=False
            ) as response:
                return await _answer(response)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Away(SHORTLY, type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Away(SHORTLY, type(error).__name__, perhaps=True) from None


def encoded(body: dict[str, Any]) -> bytes:
    """As it goes over the line: the limit of 30 KB is counted in these bytes."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


async def _answer(response: aiohttp.ClientResponse) -> ViberAnswer:
    if response.status == 429:
        raise Postponed(_retry_after(response), "told to wait")
    if response.status in (401, 403):
        raise meaning(2)
    if response.status != 200:
        if 400 <= response.status < 500 and response.status not in (404, 408):
            raise Rejected(f"HTTP {response.status}")
        raise Away(SHORTLY, f"HTTP {response.status}", perhaps=response.status == HTTPStatus.GATEWAY_TIMEOUT)
    try:
        return ViberAnswer.model_validate_json(await response.content.read(LARGEST_ANSWER))
    except ValidationError:
        raise Away(SHORTLY, "no answer of Viber's", perhaps=True) from None


def _retry_after(response: aiohttp.ClientResponse) -> timedelta:
    told = response.headers.get("Retry-After", "")
    return timedelta(seconds=min(int(told), 3600)) if told.isdecimal() and len(told) < 10 else SHORTLY


def meaning(status: int) -> Postponed | Gone | Rejected:
    """What a status other than 0 is in the words that every channel shares. Viber's own text may quote ours, so it
    is not read."""
    name = NAMES.get(status, "unknown")
    REFUSED.labels(name).inc()
    if status in _GONE:
        return Gone(name, closed=status == NOT_REGISTERED)
    if status == TOO_MANY:
        return Postponed(WHILE, name)
    if status in _OURS:
        after, remedy = _OURS[status]
        log.error("viber-refuses-us", status=status, name=name, remedy=remedy)
        return Unpaid(after, name) if status in _UNPAID else Postponed(after, name)
    return Rejected(name) if status in NAMES else Postponed(SOON, name)
