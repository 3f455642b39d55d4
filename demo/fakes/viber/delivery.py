"""How callbacks reach the bot: signed, at once, and again for about an hour until they are answered with 200.

What bad weather may do (a `Storm`): a callback or our answer to it gets lost, and a repeat comes later. Viber promises
no order: what a person writes next is posted meanwhile, so within a chat too a message may come after its follower.
Its documentation gives no times for the repeats. The pauses here double up to five minutes, by the fake's clock.
"""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import aiohttp

from demo.fakes.storm import Storm

LONGEST_PAUSE: Final = 300.0
"""Seconds between two repeats, at most."""

LOOK_EVERY: Final = 0.5
"""Seconds between two looks at the clock, which tests may turn forward."""

Event = dict[str, Any]


def sign(body: bytes, token: str) -> str:
    return hmac.new(token.encode("ascii"), body, hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Post:
    """One delivery, and what was answered; None: no answer."""

    event: Event
    status: int | None


class Delivery:
    """`repeat_after` is the pause before the first repeat, which doubles; `hour` how long Viber tries, in seconds."""

    def __init__(self, token: str, clock: Callable[[], float], *, repeat_after: float, hour: float) -> None:
        self.url = ""
        self.storm: Storm | None = None
        self.stopped = False
        self._clock = clock
        self.wanted: set[str] = set()
        self.posts: list[Post] = []
        self.given_up: list[Event] = []
        self._token = token
        self._repeat_after = repeat_after
        self._hour = hour
        self._tasks: set[asyncio.Task[None]] = set()
        self._client: aiohttp.ClientSession | None = None

    def wants(self, event: Event) -> bool:
        kind = event["event"]
        return bool(self.url) and (kind in ("message", "webhook") or kind in self.wanted)

    async def deliver(self, event: Event) -> Any:
        """Post it; what was answered, if that was JSON. A failure is repeated in the background."""
        if not self.wants(event):
            return None
        taken, answer = await self._post(event)
        if not taken:
            self._later(self._repeat(event))
        return answer

    def send(self, event: Event) -> None:
        self._later(self._alone(event))

    async def probe(self, url: str, event: Event) -> bool:
        """Does the address answer? Asked when a webhook is set."""
        before, self.url = self.url, url
        taken, _ = await self._post(event)
        if not taken:
            self.url = before
        return taken

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._client:
            await self._client.close()

    def _later(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _alone(self, event: Event) -> None:
        await self.deliver(event)

    async def _repeat(self, event: Event) -> None:
        pause, due, until = self._repeat_after, self._clock() + self._repeat_after, self._clock() + self._hour
        while due < until:
            while (left := due - self._clock()) > 0:  # noqa: ASYNC110  no event tells of a clock's being turned
                await asyncio.sleep(min(left, LOOK_EVERY))
            pause = min(pause * 2, max(LONGEST_PAUSE, self._repeat_after))
            due += pause
            if (await self._post(event))[0]:
                return
        self.given_up.append(event)

    async def _post(self, event: Event) -> tuple[bool, Any]:
        self._client = self._client or aiohttp.ClientSession()
        lost = self.storm.loses() if self.storm is not None else None
        if self.stopped or lost == "way":
            return False, None
        body = json.dumps(event).encode()
        headers = {"X-Viber-Content-Signature": sign(body, self._token), "Content-Type": "application/json"}
        try:
            async with self._client.post(self.url, data=body, headers=headers) as response:
                status: int | None = response.status
                text = await response.text()
        except aiohttp.ClientError:
            status, text = None, ""
        self.posts.append(Post(event, status))
        if lost == "answer":
            return False, None
        return status == 200, json.loads(text) if status == 200 and text.startswith("{") else None
