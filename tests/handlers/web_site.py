"""The page as it is served: the real desk, rules, storage and courier behind the real application, over HTTP."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from aiohttp import ClientResponse, ClientSession, DummyCookieJar, web

from casework.actor import Actor
from casework.board import Section, View
from casework.work import Work
from demo.patience import until
from dialogs.words import Words
from handlers.courier import Courier
from handlers.desk import Desk
from handlers.rate_limits import Limits
from handlers.web.application import build
from handlers.web.ports import Deps
from handlers.web.speaking import WebSpeaker
from tests.visiting import WORDS, House


async def no_board(actor: Actor, work: Work, view: View) -> Sequence[Section]:
    return ()


@dataclass
class Site:
    """A served page. `url` is where; `deps` what it was built with."""

    url: str
    house: House
    deps: Deps
    http: ClientSession

    async def begins(self, language: str = "uk") -> "Visitor":
        """Somebody opens the page by its interface."""
        answer = await self.post("/api/session", {"language": language})
        assert answer.status == 200, await answer.text()
        return Visitor(self, (await answer.json())["token"], language)

    async def post(self, path: str, body: Any, **headers: str) -> ClientResponse:
        return await self.http.post(self.url + path, json=body, headers=headers)

    async def get(self, path: str, **headers: str) -> ClientResponse:
        return await self.http.get(self.url + path, headers=headers, allow_redirects=False)


@dataclass
class Visitor:
    """A program that speaks the HTTP interface."""

    site: Site
    token: str
    language: str = "uk"
    after: int = 0
    buttons: list[dict[str, str]] = field(default_factory=list)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def post(self, path: str, body: Any) -> ClientResponse:
        return await self.site.post(path, body, **self.headers)

    async def get(self, path: str) -> ClientResponse:
        return await self.site.get(path, **self.headers)

    async def news(self, wait: int = 0) -> list[dict[str, Any]]:
        """What came since the last look."""
        answer = await self.get(f"/api/messages?after={self.after}&wait={wait}")
        assert answer.status == 200, await answer.text()
        messages: list[dict[str, Any]] = (await answer.json())["messages"]
        for message in messages:
            self.after = message["number"]
            self.buttons = message["buttons"] or self.buttons
        return messages

    async def hears(self) -> str:
        """What came, once the service has said something: at once as a rule, on a busy machine by the courier."""
        heard: list[dict[str, Any]] = []

        async def answered() -> bool:
            heard.extend(await self.news(wait=2))
            return any(message["from"] != "you" for message in heard)

        await until(answered)
        return "\n".join(message["text"] for message in heard)

    async def says(self, text: str) -> str:
        answer = await self.post("/api/messages", {"text": text})
        assert answer.status == 202, await answer.text()
        return await self.hears()

    async def presses(self, label: str) -> str:
        key = next(button for button in self.buttons if button["label"].startswith(label))
        answer = await self.post("/api/messages", {"choice": key["id"]})
        assert answer.status == 202, await answer.text()
        return await self.hears()

    async def consents(self) -> None:
        await self.hears()
        await self.presses("Погоджуюся" if self.language == "uk" else "I agree")


@asynccontextmanager
async def served(house: House, **changes: Any) -> AsyncIterator[Site]:
    """The page over a house's database, with the courier that speaks for it."""
    database = house.database
    deps = Deps(
        desk=Desk(database.work, WORDS, house.desk.scripts, house.clock),
        begin=database.work,
        words=Words(),
        clock=house.clock,
        woken=database.woken,
        board=no_board,
        limits=Limits(),
    )
    deps = replace(deps, **changes)
    courier = Courier(database.work, deps.words, WebSpeaker(database.work, house.clock), house.clock)
    runner = web.AppRunner(build(deps), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with database.woken(courier.wake), ClientSession(cookie_jar=DummyCookieJar()) as http:
        delivering = asyncio.create_task(courier.run())
        try:
            yield Site(f"http://127.0.0.1:{runner.addresses[0][1]}", house, deps, http)
        finally:
            delivering.cancel()
            await asyncio.gather(delivering, return_exceptions=True)
            await runner.cleanup()


class Browser:
    """A browser without scripts: keeps its cookie, sends the forms of the page it is on."""

    def __init__(self, site: Site, **headers: str) -> None:
        self.site, self.headers = site, headers
        self.cookies: dict[str, str] = {}
        self.page = ""
        self.status = 0
        self.answer: ClientResponse | None = None

    async def opens(self, path: str) -> str:
        return await self._takes(await self.site.http.get(self.site.url + path, **self._with()))

    async def sends(self, path: str, **form: str) -> str:
        """Send a form of the page: its hidden fields come by themselves."""
        data = {**self._hidden(path), **form}
        return await self._takes(await self.site.http.post(self.site.url + path, data=data, **self._with()))

    async def presses(self, label: str) -> str:
        """Press a choice in the chat."""
        found = re.search(r'name="choice" value="([^"]+)"[^>]*>' + re.escape(label), self.page)
        assert found, f"no button {label!r}"
        return await self.sends("/say", choice=found[1])

    def sees(self, text: str) -> bool:
        return text in self.page

    def _with(self) -> dict[str, Any]:
        return {"cookies": self.cookies, "headers": self.headers, "allow_redirects": False}

    async def _takes(self, answer: ClientResponse) -> str:
        for name, cookie in answer.cookies.items():
            if cookie.value and cookie["max-age"] != "0":
                self.cookies[name] = cookie.value
            else:
                self.cookies.pop(name, None)
        if answer.status in (302, 303):
            return await self.opens(answer.headers["Location"])
        self.status, self.page, self.answer = answer.status, await answer.text(), answer
        return self.page

    def _hidden(self, path: str) -> dict[str, str]:
        form = re.search(rf'<form[^>]*action="{path}".*?</form>', self.page, re.DOTALL)
        return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form[0])) if form else {}
