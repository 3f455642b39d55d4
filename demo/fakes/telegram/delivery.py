"""How updates reach the bot: `getUpdates` with its offset, or a webhook with its repeats.

What bad weather may do (a `Storm`): an update comes twice; a post or its answer gets lost, and is repeated while that
chat's next ones wait; and chats overtake each other. Within one chat the order stands: Telegram holds a chat's updates
back until the one before is taken.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import aiohttp

from demo.fakes.storm import Storm
from demo.fakes.telegram.rules import ApiError, bad_request

Update = dict[str, Any]

KEPT_FOR: Final = 24 * 3600.0
"""Seconds for which Telegram keeps an update that nobody takes."""

NOT_BY_DEFAULT: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_SECRET_LETTERS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


@dataclass(frozen=True)
class Post:
    """One delivery to the webhook, and what it answered; None: no answer."""

    update: Update
    status: int | None


@dataclass(frozen=True)
class _Webhook:
    url: str
    secret: str | None


class Delivery:
    """The updates that wait. `repeat_after` is the shortest pause before a webhook's second repeat (Telegram: 2 s)."""

    def __init__(self, clock: Callable[[], float], *, repeat_after: float) -> None:
        self.waiting: list[Update] = []
        self.posts: list[Post] = []
        self.storm: Storm | None = None
        self.stopped = False
        self._clock = clock
        self._since: dict[int, float] = {}  # by the update's identity in memory
        self._repeat_after = repeat_after
        self._forced: list[Update] = []
        self._allowed: list[str] = []
        self._arrived = asyncio.Event()
        self.polls = 0
        self._webhook: _Webhook | None = None
        self._places = asyncio.Semaphore(40)
        self._last_error: str | None = None
        self._chats: dict[object, asyncio.Task[None]] = {}
        self._client: aiohttp.ClientSession | None = None

    def add(self, update: Update, *, again: bool = False) -> None:
        """`again` delivers it although the bot may have confirmed it."""
        kind = next((key for key in update if key != "update_id"), "")
        if not again and (kind in NOT_BY_DEFAULT or self._allowed) and kind not in self._allowed and kind in _KINDS:
            return
        self.waiting.append(update)
        self._since[id(update)] = self._clock()
        if again:
            self._forced.append(update)
        elif self.storm is not None and self.storm.repeats():
            self.add(dict(update), again=True)
        self._arrived.set()
        self._arrived = asyncio.Event()
        self._start(update)

    async def get_updates(self, params: Mapping[str, Any]) -> list[Update]:
        if self._webhook:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        if "allowed_updates" in params:
            self._allowed = list(params["allowed_updates"])
        limit = int(params.get("limit", 100))
        if not 1 <= limit <= 100:
            raise bad_request("limit must be between 1 and 100")
        self.polls += 1
        mine = self.polls
        self._arrived.set()  # wakes an older poll, which then sees that it is not the last
        self._arrived = asyncio.Event()
        self._confirm(int(params.get("offset", 0)))
        self.forget_old()
        deadline = asyncio.get_running_loop().time() + float(params.get("timeout", 0))
        while not self.waiting:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                break
            try:
                await asyncio.wait_for(self._arrived.wait(), left)
            except TimeoutError:
                break
            if mine != self.polls:
                raise ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )
        found = self.waiting[:limit]
        self._forced = [each for each in self._forced if each not in found]
        if self.storm is not None and self.storm.blows:
            chats: dict[object, list[Update]] = {}
            for each in found:
                chats.setdefault(chat_of(each), []).append(each)
            return self.storm.mixed(list(chats.values()))
        return found

    def forget_old(self) -> None:
        """What nobody has taken for a day is lost."""
        oldest = self._clock() - KEPT_FOR
        self.waiting = [each for each in self.waiting if self._since[id(each)] >= oldest]

    def resume(self) -> None:
        """Telegram is back: to a webhook it posts what has waited."""
        self.stopped = False
        self.forget_old()
        for update in self.waiting:
            self._start(update)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.waiting = self.waiting[offset:]
        else:
            forced = [id(each) for each in self._forced]
            self.waiting = [
                each for each in self.waiting if each.get("update_id", offset) >= offset or id(each) in forced
            ]

    def set_webhook(self, params: Mapping[str, Any]) -> None:
        url = params["url"]
        secret = params.get("secret_token")
        if secret is not None and not (1 <= len(secret) <= 256 and set(secret) <= _SECRET_LETTERS):
            raise bad_request("secret token contains unallowed characters")
        if params.get("drop_pending_updates"):
            self.waiting.clear()
        if "allowed_updates" in params:
            self._allowed = list(params["allowed_updates"])
        self._webhook = _Webhook(url, secret) if url else None
        self._places = asyncio.Semaphore(int(params.get("max_connections", 40)))
        for update in self.waiting:
            self._start(update)

    def webhook_info(self) -> dict[str, Any]:
        info: dict[str, Any] = {
            "url": self._webhook.url if self._webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self.waiting),
        }
        if self._last_error:
            info |= {"last_error_date": 1, "last_error_message": self._last_error}
        return info

    async def close(self) -> None:
        tasks = list(self._chats.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._client:
            await self._client.close()

    def _start(self, update: Update) -> None:
        chat = chat_of(update)
        if self._posts and (chat not in self._chats or self._chats[chat].done()):
            self._chats[chat] = asyncio.create_task(self._deliver(chat))

    @property
    def _posts(self) -> bool:
        return self._webhook is not None and not self.stopped

    async def _deliver(self, chat: object) -> None:
        """One chat's updates in order, each until it is taken; what comes later waits behind it."""
        while self._webhook and (mine := [each for each in self.waiting if chat_of(each) == chat]):
            pause = 0.0
            while not await self._post(self._webhook, mine[0]):
                await asyncio.sleep(pause)
                pause = min(max(self._repeat_after, pause * 2), self._repeat_after * 30)
                if not self._posts:
                    return
            self.waiting = [each for each in self.waiting if each is not mine[0]]

    async def _post(self, webhook: _Webhook, update: Update) -> bool:
        self._client = self._client or aiohttp.ClientSession()
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        lost = None
        if self.storm is not None:
            await asyncio.sleep(self.storm.holds_back())
            lost = self.storm.loses()
        if lost == "way":
            return False
        try:
            async with self._places, self._client.post(webhook.url, json=update, headers=headers) as answer:
                status: int | None = answer.status
        except aiohttp.ClientError as error:
            status, self._last_error = None, type(error).__name__
        self.posts.append(Post(update, status))
        if lost == "answer":
            return False
        if status is not None and 200 <= status < 300:
            return True
        if status is not None:
            self._last_error = f"Wrong response from the webhook: {status}"
        return False


_KINDS: Final = frozenset(
    {
        *("message", "edited_message", "channel_post", "edited_channel_post", "callback_query", "inline_query"),
        *("my_chat_member", "chat_member", "poll", "poll_answer", "message_reaction", "message_reaction_count"),
    }
)


def chat_of(update: Update) -> object:
    event = next((value for key, value in update.items() if key != "update_id"), None)
    if not isinstance(event, dict):
        return None
    holder = event.get("message", event)
    chat = holder.get("chat") if isinstance(holder, dict) else None
    return chat.get("id") if isinstance(chat, dict) else None
