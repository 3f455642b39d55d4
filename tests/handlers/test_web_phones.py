"""A telephone number can be pressed on every page: each of its texts is given one, and none may be bare digits."""

from html.parser import HTMLParser

from aiohttp import web

from casework.actor import Actor, Role
from casework.board import Row, Section, View
from casework.letters import Say, say
from casework.work import Work
from dialogs.words import Words
from handlers.web.application import build
from tests.handlers.test_web_staff import invited
from tests.handlers.web_site import Browser, Site, served
from tests.visiting import House

LIFELINE = "7333"
PRESSED_ITSELF = {"a", "button", "label", "legend", "summary", "title", "time", "option", "textarea"}
"""Where no link can stand: what is pressed itself, names a field, or is a time."""

VOID = {"meta", "link", "img", "input", "br"}


class WithNumbers(Words):
    """Words with the number of a line behind each text."""

    def say(self, language: str, what: Say, *, discreet: bool = False, on_page: bool = False) -> str:
        return f"{super().say(language, what, discreet=discreet, on_page=on_page)} {LIFELINE}"


class Bare(HTMLParser):
    """Finds the texts with the number that cannot be pressed; counts those that can."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.bare: list[str] = []
        self.pressed = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if LIFELINE not in data:
            return
        if ("a", f"tel:{LIFELINE}") in self.open:
            self.pressed += 1
        elif not PRESSED_ITSELF.intersection(tag for tag, _ in self.open):
            self.bare.append(data.strip())


async def board(actor: Actor, work: Work, view: View) -> list[Section]:
    row = Row(("1234-5676", say("web-chat"), f"Лінія {LIFELINE}"), ((say("web-chat-send"), "/menu"),))
    return [Section(say("web-board"), (row,)), Section(say("web-chat"))]


class Walk:
    """Every page in both languages, each looked at."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.seen: set[str] = set()

    async def opens(self, browser: Browser, *paths: str) -> None:
        for path in paths:
            self.looks(path, await browser.opens(path))

    def looks(self, path: str, page: str) -> None:
        found = Bare(page)
        assert found.bare == [], path
        assert found.pressed, path
        self.seen.add(path.partition("?")[0])


def pages(app: web.Application) -> set[str]:
    """The addresses at which there is a page to read."""
    paths = {route.resource.canonical for route in app.router.routes() if route.method == "GET" and route.resource}
    elsewhere = (
        "/api/",
        "/static/",
        "/health/",
        "/metrics",
        "/favicon",
        "/cards/",
        "/audit.csv",
        "/receipt.pdf",
        "/inquiries/",
    )
    return {path for path in paths if not path.startswith(elsewhere)}


async def test_on_every_page_a_number_can_be_pressed(house: House) -> None:
    operator = await house.staff(Role.OPERATOR)
    async with served(house, words=WithNumbers(), board=board) as site:
        walk = Walk(site)
        for language in ("uk", "en"):
            browser = Browser(site, **{"Accept-Language": language})
            await walk.opens(
                browser, "/", "/?left=left", "/?left=declined", "/privacy", "/staff", "/invite", "/join", "/nowhere"
            )
            walk.looks("/invite", await browser.sends("/invite", code="хибний"))
            await browser.opens("/")
            walk.looks("/", await browser.sends("/begin", language=language))
            await browser.presses("Погоджуюся" if language == "uk" else "I agree")
            await walk.opens(browser, "/?all", "/leave", "/cards")
            await browser.opens("/")
            walk.looks("/", await browser.sends("/say", text="довго " * 1700))
            newcomer = Browser(site, **{"Accept-Language": language})
            await newcomer.opens("/invite")
            walk.looks("/enrol", await newcomer.sends("/invite", code=await invited(house)))
            walk.looks("/enrol", await newcomer.sends("/enrol"))
            walk.looks("/enrol", await newcomer.sends("/factor", totp="000000"))
        desk = Browser(site)
        desk.cookies["session"] = operator.address
        await walk.opens(desk, "/", "/board", "/board/fragment", "/day", "/staff")
        files = Browser(site)
        files.cookies["session"] = (await house.staff(Role.AUDITOR)).address
        await walk.opens(files, "/audit")
        assert walk.seen >= pages(build(site.deps))
