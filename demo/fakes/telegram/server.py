"""A Bot API server for tests and the demo, over real HTTP: it refuses what Telegram refuses, and shows chats as people
see them."""

import asyncio
import itertools
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from aiohttp import web

from demo.fakes.storm import Storm
from demo.fakes.telegram.delivery import Delivery, Post, Update
from demo.fakes.telegram.methods import Methods, Upload
from demo.fakes.telegram.people import FakeGroup, FakeUser
from demo.fakes.telegram.rules import COUNTED, PARAMETERS, STRUCTURED, ApiError, Flood

TOKEN = "7777777:AAFakeTokenOfATelegramThatIsNotThere00"


@dataclass(frozen=True)
class Request:
    """One call of the bot's. `at` is the loop's time of its arrival; `error` what it was refused with."""

    method: str
    params: dict[str, Any]
    at: float
    error: str | None = None


@dataclass
class Trouble:
    """What befalls the next calls. With `after_effect` the call is carried out and only its answer is lost."""

    method: str
    kind: Literal["429", "500", "hang", "reset"]
    times: int
    seconds: float
    chat: int | None
    after_effect: bool
    skips: int = 0


@dataclass
class Counter:
    events: int = 0

    def tick(self) -> int:
        self.events += 1
        return self.events


class FakeTelegram:
    """Start it, point `TELEGRAM_API_URL` at `url`, and speak through `user(…)`.

    `second` shortens the pace of a chat (1 message a second) and nothing else; `burst` is how many Telegram tolerates
    in that time; `repeat_after` is the webhook's first pause (2 s at Telegram). What a bot must never do (an unknown
    method or parameter) is collected in `faults`; every call stands in `requests`.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        second: float = 1.0,
        burst: int = 1,
        repeat_after: float = 2.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.token = token
        self.bot = {"id": int(token.split(":")[0]), "is_bot": True, "first_name": "Zviazok", "username": "zviazok_bot"}
        self.clock = clock
        self.requests: list[Request] = []
        self.faults: list[str] = []
        self.users: dict[int, FakeUser] = {}
        self.groups: dict[int, FakeGroup] = {}
        self.files: dict[str, bytes] = {}
        self.callbacks: set[str] = set()
        self.acknowledged: list[str] = []
        self.settings: dict[str, Any] = {}
        self.commands: dict[str, dict[str, str]] = {}  # by scope and language: see `rules.scope_of`
        self.counter = Counter()
        self.delivery = Delivery(clock, repeat_after=repeat_after)
        self.gone = False
        self.url = ""
        self.flood = Flood(second=second, in_chat=burst)
        self._methods = Methods(self)
        self._troubles: list[Trouble] = []
        self._update_ids = itertools.count(500_001)
        self._message_ids = itertools.count(11)
        self._runner: web.AppRunner | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        self.url = site.name if port else f"http://{host}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self.delivery.close()
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> "FakeTelegram":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def user(self, id: int, name: str, language: str | None = "uk") -> FakeUser:
        """A person with Telegram. The bot may write only after the person wrote first."""
        return self.users.setdefault(id, FakeUser(self, id, name, language))

    def group(self, id: int, title: str) -> FakeGroup:
        """A group (its id is negative)."""
        return self.groups.setdefault(id, FakeGroup(self, id, title))

    def trouble(
        self,
        method: str,
        kind: Literal["429", "500", "hang", "reset"],
        *,
        times: int = 1,
        seconds: float = 1,
        chat: int | None = None,
        after_effect: bool = False,
        skips: int = 0,
    ) -> None:
        """Let the next `times` calls of `method` ("*": any) fail, after `skips`.

        `seconds` is retry_after or how long it hangs."""
        self._troubles.append(Trouble(method, kind, times, seconds, chat, after_effect, skips))

    def storm(self, storm: Storm) -> None:
        """From now on the weather is this one's."""
        self.delivery.storm = storm

    def goes(self) -> None:
        """Telegram is out of reach, in both directions; what people write meanwhile it keeps for a day."""
        self.gone = self.delivery.stopped = True

    def comes_back(self) -> None:
        self.gone = False
        self.delivery.resume()

    async def deliver(self, kind: str, event: dict[str, Any]) -> Update:
        """Something happened; the update that tells of it."""
        update = {"update_id": next(self._update_ids), kind: event}
        self.delivery.add(update)
        return update

    async def deliver_raw(self, update: Update) -> Update:
        """Any update whatever, with an id if it brings none; it may be such as no library can parse."""
        whole = {"update_id": next(self._update_ids), **update}
        self.delivery.add(whole)
        return whole

    async def send_again(self, update: Update, times: int = 1) -> None:
        """Deliver the very same update again, as Telegram does when it has not heard that it was taken."""
        for _ in range(times):
            self.delivery.add(dict(update), again=True)

    @property
    def posts(self) -> list[Post]:
        """What was delivered to the webhook, with its answers."""
        return self.delivery.posts

    def sent(self, method: str) -> list[Request]:
        """The calls of a method that were carried out."""
        return [each for each in self.requests if each.method == method and each.error is None]

    def keep_file(self, content: bytes) -> str:
        """Keep a file that `getFile` gives; its id."""
        return self._methods.keep(content)

    def next_message_id(self) -> int:
        return next(self._message_ids)

    async def _call(self, http: web.Request) -> web.StreamResponse:
        arrived = asyncio.get_running_loop().time()
        method = http.match_info["method"]
        params = await _params(http)
        self._weather(method, params)
        try:
            if self.gone and http.transport is not None:
                http.transport.abort()
                raise ApiError(500, "gone")
            if http.match_info["token"] != self.token:
                raise ApiError(401, "Unauthorized")
            await self._befall(http, method, params, after_effect=False)
            self._judge(method, params)
            if method in COUNTED:
                self.flood.check(int(params["chat_id"]), arrived)
            result = await self._methods.call(method, params)
            self.requests.append(Request(method, params, arrived))
            await self._befall(http, method, params, after_effect=True)
            return web.json_response({"ok": True, "result": result})
        except ApiError as error:
            self.requests.append(Request(method, params, arrived, error.description))
            body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
            if error.retry_after is not None:
                body["parameters"] = {"retry_after": error.retry_after}
            return web.json_response(body, status=error.code)

    def _weather(self, method: str, params: dict[str, Any]) -> None:
        """What the storm has in store for this call stands in line as its trouble."""
        storm = self.delivery.storm
        found = storm.befalls() if storm is not None else None
        if found is not None:
            kind, seconds, late = found
            self.trouble(method, kind, seconds=seconds, chat=_chat(params), after_effect=late)

    def _judge(self, method: str, params: dict[str, Any]) -> None:
        if method not in PARAMETERS:
            self.faults.append(f"unknown method {method}")
            raise ApiError(404, "Not Found: method not found")
        needed, others = (set(names.split()) for names in PARAMETERS[method])
        uploads = {name for name, value in params.items() if isinstance(value, Upload)}
        strangers = set(params) - needed - others - uploads
        self.faults += [f"unknown parameter {name} of {method}" for name in sorted(strangers)]
        missing = sorted(name for name in needed if params.get(name) is None)
        if missing:
            raise ApiError(400, f"Bad Request: parameter {missing[0]} is required")

    async def _befall(self, http: web.Request, method: str, params: dict[str, Any], *, after_effect: bool) -> None:
        for trouble in self._troubles:
            mine = trouble.method in {"*", method} and trouble.chat in {None, _chat(params)}
            if trouble.times and mine and trouble.after_effect is after_effect:
                if trouble.skips:
                    trouble.skips -= 1
                    continue
                trouble.times -= 1
                if trouble.kind == "429":
                    wait = round(trouble.seconds)
                    raise ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
                if trouble.kind == "500":
                    raise ApiError(500, "Internal Server Error")
                if trouble.kind == "hang":
                    await asyncio.sleep(trouble.seconds)
                elif http.transport is not None:
                    http.transport.abort()
                    raise ApiError(500, "connection reset")
                return

    async def _download(self, http: web.Request) -> web.Response:
        content = self.files.get(http.match_info["path"].rpartition("/")[2])
        if http.match_info["token"] != self.token or content is None:
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
        return web.Response(body=content, content_type="application/octet-stream")


async def _params(http: web.Request) -> dict[str, Any]:
    """Parameters however they were sent: structures are JSON, files are `Upload`s, the rest is text."""
    given: dict[str, Any] = dict(http.query)
    if http.content_type == "application/json":
        told = await http.json()  # numbers and truths as a form has them
        given |= {name: one if isinstance(one, str | dict | list) else json.dumps(one) for name, one in told.items()}
    elif http.can_read_body:
        for name, value in (await http.post()).items():
            if isinstance(value, web.FileField):
                given[name] = Upload(value.filename, value.content_type, value.file.read())
            else:
                given[name] = value
    for name in STRUCTURED & set(given):
        if isinstance(given[name], str):
            given[name] = json.loads(given[name])
    return given


def _chat(params: dict[str, Any]) -> int | None:
    chat = str(params.get("chat_id", ""))
    return int(chat) if chat.lstrip("-").isdecimal() else None
