"""How often we speak: 30 times a second over all, once a second in one chat, 20 times a minute in a group (Telegram's
limits).

What is over all is python-telegram-bot's rate limiter's; it does not slow down private chats one by one.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Final

from telegram.ext import AIORateLimiter

from handlers.channel import Postponed, Superseded

A_SECOND: Final = 28.9
"""Messages, over all chats. Telegram takes 30 in any second as they arrive: one that was on its way for up to 30 ms
longer than those after it, as the first on a new connection is, is still not the 31st."""

LATE: Final = 0.005
"""Seconds by which one may go later than it could have, and those after it all the same when they could: an event loop
wakes a millisecond too late, which would be one message in fifty."""

GROUP_MINUTE: Final = 20
_MANY: Final = 2000


SPEAKS: Final = ("send", "edit", "delete")
"""How the methods begin by which a letter goes; `sendChatAction` says nothing."""


class TelegramRateLimiter(AIORateLimiter):
    """All that goes to a chat, one after another. `leads` tells whether this process still speaks for the token: one
    that stood still while letters waited here for their turn has been replaced by another, which sends them. What says
    nothing in a chat (a press acknowledged, a file fetched, commands listed) any process may do."""

    def __init__(self) -> None:
        # Telegram counts sliding seconds: 30 at once and 30 more would be 60 in one. With retries (max_retries), one
        # chat's flood would put the whole bot to sleep.
        super().__init__(overall_max_rate=1 + LATE * A_SECOND, overall_time_period=1 / A_SECOND + LATE, max_retries=0)
        self.leads: Callable[[], bool] = lambda: True

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        speaks = endpoint.startswith(SPEAKS) and endpoint != "sendChatAction"

        async def in_turn(*args: Any, **kwargs: Any) -> Any:
            if speaks and not self.leads():
                raise Superseded
            return await callback(*args, **kwargs)

        return await super().process_request(in_turn, args, kwargs, endpoint, data, rate_limit_args)


class _Chat:
    __slots__ = ("free_at", "last", "lock")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.free_at = 0.0
        self.last: deque[float] = deque(maxlen=GROUP_MINUTE)


class TelegramPace:
    """Turns to speak in a chat. Chats do not wait for each other.

    The pause counts from Telegram's answer to the last message and not from our sending it: however long each took on
    its way, the two arrive a second apart.
    """

    def __init__(
        self, apart: timedelta = timedelta(seconds=1), longest_wait: timedelta = timedelta(seconds=1.2)
    ) -> None:
        self._apart = apart.total_seconds()
        self._longest_wait = longest_wait.total_seconds()
        self._chats: dict[int, _Chat] = {}

    @asynccontextmanager
    async def turn(self, chat: int, *, patient: bool = False) -> AsyncIterator[None]:
        """Wait for this chat's turn and hold it; a wait that is not short is the outbox's and not ours: `Postponed`.

        `patient` waits anyway: for the rest of something half sent.
        """
        known = self._known(chat)
        async with known.lock:
            wait = self._free_at(chat, known) - self._now()
            if wait > self._longest_wait and not patient:
                raise Postponed(timedelta(seconds=wait), "this chat's pace")
            if wait > 0:
                await asyncio.sleep(wait)
            try:
                yield
            finally:
                now = self._now()
                known.last.append(now)
                known.free_at = max(known.free_at, now + self._apart)

    @asynccontextmanager
    async def lull(self, chat: int) -> AsyncIterator[None]:
        """A turn for what nobody waits for: taken when the chat has been free for a while, so that answers go first."""
        while (wait := self._quiet_at(chat) - self._now()) > 0:  # noqa: ASYNC110  it moves as others speak
            await asyncio.sleep(wait)
        async with self.turn(chat, patient=True):
            yield

    def hold(self, chat: int, after: timedelta) -> None:
        """Say nothing in this chat for so long."""
        known = self._known(chat)
        known.free_at = max(known.free_at, self._now() + after.total_seconds())

    def _quiet_at(self, chat: int) -> float:
        return self._free_at(chat, self._known(chat)) + self._apart

    def _free_at(self, chat: int, known: _Chat) -> float:
        if chat < 0 and len(known.last) == GROUP_MINUTE:
            return max(known.free_at, known.last[0] + 60 * self._apart)
        return known.free_at

    def _known(self, chat: int) -> _Chat:
        if len(self._chats) > _MANY:
            long_ago = self._now() - 60
            self._chats = {
                each: known for each, known in self._chats.items() if known.lock.locked() or known.free_at > long_ago
            }
        return self._chats.setdefault(chat, _Chat())

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
