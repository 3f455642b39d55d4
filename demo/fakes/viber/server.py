"""A Viber REST server for tests and the demo: it refuses what Viber refuses, and shows chats as people see them."""

import asyncio
import itertools
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import aiohttp
from aiohttp import web

from demo.fakes.storm import Storm
from demo.fakes.viber.delivery import Delivery, Event, Post, sign
from demo.fakes.viber.people import FakeUser
from demo.fakes.viber.rules import (
    HOUR,
    LARGEST_REQUEST,
    SESSION,
    STATUSES,
    Refused,
    Unanswered,
    bad,
    check_message,
    too_tall,
)
from demo.fakes.viber.shown import Key, Shown

TOKEN = "445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9"


@dataclass(frozen=True)
class Request:
    """One call of the bot's. `at` is the loop's time of its arrival."""

    method: str
    body: dict[str, Any]
    at: float
    status: int


@dataclass
class Trouble:
    """What befalls the next calls; a number is a status. With `after_effect` only the answer is lost."""

    kind: Literal["429", "500", "hang", "reset", "nonsense"] | int
    times: int
    seconds: float
    receiver: str | None
    after_effect: bool
    skips: int = 0


@dataclass
class Counter:
    events: int = 0

    def tick(self) -> int:
        self.events += 1
        return self.events


class FakeViber:
    """Start it, point `VIBER_API_URL` at `url`, and speak through `user(…)`.

    `repeat_after` is the pause before a callback's first repeat, `hour` how long Viber tries (and how long it counts a
    hundred unanswered messages). What a bot should not send is collected in `faults`; every call stands in `requests`.
    What Viber would be paid for is in `paid`: messages to somebody who has not written for a day.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        repeat_after: float = 30.0,
        hour: float = HOUR,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.token = token
        self.clock = clock
        self.requests: list[Request] = []
        self.faults: list[str] = []
        self.paid: list[dict[str, Any]] = []
        self.users: dict[str, FakeUser] = {}
        self.counter = Counter()
        self.delivery = Delivery(token, clock, repeat_after=repeat_after, hour=hour)
        self.gone = False
        self.unanswered = Unanswered(hour)
        self.registration: dict[str, Any] = {}
        self.url = ""
        self._media: dict[str, bytes] = {}
        self._troubles: list[Trouble] = []
        self._tokens = itertools.count(5_741_311_803_571_721_087)
        self._runner: web.AppRunner | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_post("/pa/{method}", self._call)
        app.router.add_get("/media/{id}/{name}", self._download)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self.delivery.close()
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> "FakeViber":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def user(self, number: int, name: str, language: str = "uk", *, desktop: bool = False) -> FakeUser:
        """A person with Viber. The bot may write only to a subscriber; writing subscribes."""
        user = FakeUser(self, number, name, language, desktop=desktop)
        return self.users.setdefault(user.id, user)

    def trouble(
        self,
        kind: Literal["429", "500", "hang", "reset", "nonsense"] | int,
        *,
        times: int = 1,
        seconds: float = 1,
        receiver: str | None = None,
        after_effect: bool = False,
        skips: int = 0,
    ) -> None:
        """Let the next `times` sendings fail, after `skips`.

        A number is a status (7, 23, 24…); `seconds` is how long it hangs."""
        self._troubles.append(Trouble(kind, times, seconds, receiver, after_effect, skips))

    def storm(self, storm: Storm) -> None:
        """From now on the weather is this one's."""
        self.delivery.storm = storm

    def goes(self) -> None:
        """Viber is out of reach, in both directions; what people write meanwhile it tries to post for an hour."""
        self.gone = self.delivery.stopped = True

    def comes_back(self) -> None:
        self.gone = self.delivery.stopped = False

    def event(self, kind: str, **more: Any) -> Event:
        """A callback with a fresh token and the present time."""
        return {"event": kind, "timestamp": round(self.clock() * 1000), "message_token": next(self._tokens), **more}

    async def send_again(self, event: Event, times: int = 1) -> None:
        """Deliver the very same callback again."""
        for _ in range(times):
            await self.delivery.deliver(event)

    @property
    def posts(self) -> list[Post]:
        return self.delivery.posts

    def sent(self, method: str = "send_message") -> list[dict[str, Any]]:
        """The bodies of the calls that were carried out."""
        return [each.body for each in self.requests if each.method == method and each.status == 0]

    def keep(self, content: bytes, name: str) -> str:
        """Keep a file that somebody sent; its address."""
        id = str(next(self._tokens))
        self._media[id] = content
        return f"{self.url}/media/{id}/{name}"

    async def fetch(self, url: str) -> tuple[int, bytes]:
        async with aiohttp.ClientSession() as client, client.get(url) as response:
            return response.status, await response.read()

    def welcome(self, user: FakeUser, answer: Any) -> None:
        """What came in the answer to an opened chat: a message like any other, without a receiver."""
        if isinstance(answer, dict) and answer:
            self.faults += check_message(answer, welcome=True)
            self._show(user, answer, next(self._tokens))

    async def _call(self, http: web.Request) -> web.Response:
        method, arrived = http.match_info["method"], asyncio.get_running_loop().time()
        raw = await http.read()
        try:
            body = json.loads(raw)
        except ValueError:
            body = {}
        token = next(self._tokens)
        self._weather(body)
        answer: dict[str, Any] = {"status": 0, "status_message": STATUSES[0]}
        try:
            if self.gone and http.transport is not None:
                http.transport.abort()
                raise Refused(3, "gone")
            if http.headers.get("X-Viber-Auth-Token") != self.token:
                raise Refused(2)
            if method == "set_webhook":
                await self._set_webhook(body)
            elif method == "get_account_info":
                answer |= {"name": "Зв’язок", "webhook": self.delivery.url, "event_types": sorted(self.delivery.wanted)}
            elif method == "send_message":
                await self._befall(http, body, after_effect=False)
                self._send(body, raw, token)
                await self._befall(http, body, after_effect=True)
            else:
                raise bad(f"no method {method}")
        except Refused as refused:
            self.requests.append(Request(method, body, arrived, refused.status))
            return web.json_response({"status": refused.status, "status_message": str(refused)})
        self.requests.append(Request(method, body, arrived, 0))
        return web.json_response(answer | {"message_token": token})

    def _weather(self, body: dict[str, Any]) -> None:
        """What the storm has in store for this sending stands in line as its trouble."""
        storm = self.delivery.storm
        found = storm.befalls() if storm is not None and "receiver" in body else None
        if found is not None:
            kind, seconds, late = found
            self.trouble(kind, seconds=seconds, receiver=body["receiver"], after_effect=late)

    async def _set_webhook(self, body: dict[str, Any]) -> None:
        strangers = set(body) - {"url", "event_types", "send_name", "send_photo"}
        self.faults += [f"unknown field {field} of set_webhook" for field in sorted(strangers)]
        self.registration = body
        self.delivery.wanted = set(body.get("event_types", []))
        if not body.get("url"):
            self.delivery.url = ""
        elif not await self.delivery.probe(body["url"], self.event("webhook")):
            raise Refused(1)

    def _send(self, body: dict[str, Any], raw: bytes, token: int) -> None:
        if not self.delivery.url:
            raise Refused(10)
        if len(raw) > LARGEST_REQUEST:
            raise bad("the request is larger than 30 KB")
        faults = check_message(body)
        user = self.users.get(body["receiver"])
        if user is None or not user.registered:
            raise Refused(5)
        if not user.subscribed:
            raise Refused(6)
        if body.get("min_api_version", 1) > user.api_version:
            raise Refused(13)
        self.unanswered.count(user.id, self.clock())
        if self.clock() - user.wrote_at >= SESSION:
            self.paid.append(body)
        self.faults += faults
        told = {"message_token": token, "user_id": user.id}
        if user.fails or too_tall(body.get("keyboard")):
            user.fails = max(user.fails - 1, 0)
            self.delivery.send(self.event("failed", desc="keyboard is not valid") | told)
            return
        self._show(user, body, token)
        self.delivery.send(self.event("delivered") | told)

    def _show(self, user: FakeUser, body: dict[str, Any], token: int) -> None:
        text = body.get("text", "") or body.get("file_name", "")
        user.sees.append(Shown(token, text, body, self.counter.tick(), body.get("media")))
        # A telephone shows the keyboard of the newest message, and none below a message that brings none.
        user.keyboard = [Key.of(button) for button in body.get("keyboard", {}).get("Buttons", [])]

    async def _befall(self, http: web.Request, body: dict[str, Any], *, after_effect: bool) -> None:
        for trouble in self._troubles:
            mine = trouble.receiver in (None, body.get("receiver")) and trouble.after_effect is after_effect
            if trouble.times and mine:
                if trouble.skips:
                    trouble.skips -= 1
                    continue
                trouble.times -= 1
                await self._happen(http, trouble)
                return

    @staticmethod
    async def _happen(http: web.Request, trouble: Trouble) -> None:
        match trouble.kind:
            case int() as status:
                raise Refused(status)
            case "429":
                raise web.HTTPTooManyRequests(headers={"Retry-After": str(round(trouble.seconds))})
            case "500":
                raise web.HTTPInternalServerError
            case "nonsense":
                raise web.HTTPOk(text="<html>")
            case "hang":
                await asyncio.sleep(trouble.seconds)
            case _ if http.transport is not None:
                http.transport.abort()
                raise Refused(3, "connection reset")

    async def _download(self, http: web.Request) -> web.Response:
        content = self._media.get(http.match_info["id"])
        if content is None:
            raise web.HTTPNotFound
        return web.Response(body=content, content_type="application/octet-stream")


__all__ = ["TOKEN", "FakeViber", "Request", "sign"]
