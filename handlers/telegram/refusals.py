"""Telegram's refusals, in the words that every channel shares."""

from datetime import timedelta
from typing import Final

import aiohttp
import httpx
import structlog
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from handlers.channel import Away, Gone, Postponed, Rejected
from handlers.telegram.requesting import NEVER_SENT

SHORTLY: Final = timedelta(seconds=5)
"""When to try a chat again after a time-out or a failure of Telegram's; see `handlers/breaker.py` for all of them."""

LATER: Final = timedelta(minutes=1)
"""When to try again while our token is refused: a person has to mend that."""

_NEVER_SENT: Final = (*NEVER_SENT, httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

log = structlog.get_logger(__name__)

_GONE: Final = ("chat not found", "user not found", "peer_id_invalid", "group chat was upgraded", "not enough rights")


def as_ours(error: TelegramError) -> Postponed | Gone | Rejected:
    """Telegram's refusal in the words that every channel shares. `BadRequest` is a `NetworkError` to the library."""
    said = error.message.lower()
    match error:
        case RetryAfter(retry_after=after):
            seconds = after if isinstance(after, timedelta) else timedelta(seconds=after)
            return Postponed(seconds, "told to wait")
        case Forbidden() | ChatMigrated():
            return Gone("forbidden", closed="user is deactivated" in said)
        case BadRequest() if any(words in said for words in _GONE):
            return Gone("no such chat")
        case BadRequest() | EndPointNotFound():
            return Rejected(_reason(said))
        case InvalidToken():
            log.error("telegram-token-refused", remedy="set TELEGRAM_TOKEN to the bot's present token")
            return Postponed(LATER, "our token is refused")
        case NetworkError() if "entity too large" in said:
            return Rejected("too large")
    return Away(SHORTLY, type(error).__name__, perhaps=_perhaps(error))


def _perhaps(error: TelegramError) -> bool:
    """May Telegram have done it, and only its answer have been lost? The library keeps the cause."""
    cause = error.__cause__
    if isinstance(cause, aiohttp.ClientError | TimeoutError | httpx.HTTPError):
        return not isinstance(cause, _NEVER_SENT)
    said = error.message.lower()
    return "gateway timeout" in said or "invalid server response" in said


def _reason(said: str) -> str:
    """Telegram's reason as far as it cannot quote what we sent: the words before the first colon or quote."""
    return said.split('"')[0].split(":")[0][:60]
