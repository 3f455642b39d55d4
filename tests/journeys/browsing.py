"""A real browser, its windows, and what must be true of whatever they show."""

import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page, Route, async_playwright, expect

from demo.patience import PATIENCE, until
from tests.handlers.web_site import Site
from tests.visiting import MORNING, House, open_house

expect.set_options(timeout=PATIENCE * 1000)

QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """The system's Chromium; without one the test is skipped, except where CI=true says that it must be there."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        reason = "no Chromium: install the package chromium"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared_chromium() -> AsyncIterator[Browser]:
    """A browser for all tests of a worker."""
    async with launched() as browser:
        yield browser


@pytest.fixture
def _chromium(shared_chromium: Browser) -> Browser:
    return shared_chromium


@pytest_asyncio.fixture(loop_scope="session")
async def _house(database_url: str) -> AsyncIterator[House]:
    async with open_house(database_url, MORNING) as house:
        yield house


NEW_WINDOW: Final = "about:blank"

ONE_BROWSER: Final = pytest.mark.asyncio(loop_scope="session"), _house, _chromium
"""For a module of tests with a browser: `pytestmark, house, chromium = ONE_BROWSER`. All share one, which lives in the
session's event loop, and so do they; each has windows of its own."""


async def comes_to(page: Page, expression: str, wanted: object) -> bool:
    """Asked from here again and again: the page's own policy forbids a condition in words."""
    await until(lambda: page.evaluate(expression), wanted)
    return True


@asynccontextmanager
async def window(chromium: Browser, site: Site, **how: Any) -> AsyncIterator[Page]:
    """A window of somebody in Ukraine. Whatever it asks of any other site fails the test, and so does any error."""
    how = {"locale": "uk-UA", "viewport": {"width": 360, "height": 740}, **how}
    context: BrowserContext = await chromium.new_context(**how)
    elsewhere: list[str] = []
    wrong: list[str] = []

    async def only_here(route: Route) -> None:
        if route.request.url.startswith(site.url):
            await route.continue_()
        else:
            elsewhere.append(route.request.url)
            await route.abort()

    await context.route(re.compile("^(?!data:)"), only_here)
    page = await context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if "Content Security" in message.text else None)
    page.set_default_timeout(PATIENCE * 1000)
    try:
        yield page
        assert elsewhere == []
        assert wrong == []
    finally:
        await context.close()


async def begins(page: Page, site: Site) -> None:
    """From a new window, or from the first page, which is there or is coming: nothing is opened over a page that may
    be going somewhere by itself. The chat is there with its scripts: before them, a press would load it anew."""
    if page.url == NEW_WINDOW:
        await page.goto(site.url)
    await page.get_by_role("button", name="Почати розмову").click()
    await expect(page.get_by_role("button", name="Погоджуюся", exact=True)).to_be_visible()
    await page.wait_for_load_state()


async def consents(page: Page) -> None:
    await page.get_by_role("button", name="Погоджуюся", exact=True).click()
    await expect(page.get_by_role("button", name="Повідомити про зниклу людину")).to_be_visible()


async def says(page: Page, text: str) -> None:
    await page.get_by_label("Ваше повідомлення").fill(text)
    await page.get_by_role("button", name="Надіслати", exact=True).click()
    await expect(page.locator("#thread .you .words", has_text=text).last).to_be_visible()


async def accessible(page: Page) -> None:
    """axe-core finds nothing, by the rules of WCAG 2.2 AA and its own best practice."""
    await page.wait_for_load_state()
    found = await Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()


async def fits(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    await page.wait_for_load_state()
    over = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0
