"""What the page looks like, for whoever writes or reads the README; and that all of it is accessible.

With SCREENSHOTS=1 docs/screenshots/ is drawn anew.
"""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from casework import rulebook
from casework.actor import Role
from tests.handlers.web_site import served
from tests.journeys.browsing import ONE_BROWSER, accessible, begins, comes_to, consents, fits, window
from tests.visiting import House

pytestmark, house, chromium = ONE_BROWSER

SCREENSHOTS = Path(__file__).parents[2] / "docs" / "screenshots"
DRAWN = os.environ.get("SCREENSHOTS") == "1"
LOOKS = [(360, "light"), (1280, "dark"), *([(360, "dark"), (1280, "light")] if DRAWN else [])]
"""Widths and schemes."""


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
async def test_screenshots(chromium: Browser, house: House, width: int, scheme: Any, tmp_path: Path) -> None:
    folder = SCREENSHOTS if DRAWN else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    await house.guest().registers()
    operator = await house.staff(Role.OPERATOR)
    how = {"viewport": {"width": width, "height": 780}, "color_scheme": scheme, "device_scale_factor": 1.5}
    async with served(house, board=rulebook.board) as site, window(chromium, site, **how) as page:

        async def draw(name: str, *, whole: bool = False) -> None:
            await page.mouse.move(0, 0)
            await comes_to(page, "document.fonts.status + document.getAnimations().length", "loaded0")
            await page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=whole)
            await accessible(page)
            await fits(page)

        await page.goto(site.url)
        await draw("first", whole=True)
        await begins(page, site)
        await draw("consent")
        await consents(page)
        await page.get_by_role("button", name="Повідомити про зниклу людину").click()
        await expect(page.get_by_role("button", name="Мати")).to_be_visible()
        await draw("register")
        await page.goto(site.url + "/privacy")
        await draw("privacy")
        await operator.says("/queue")
        await page.context.add_cookies([{"name": "session", "value": operator.address, "url": site.url}])
        await page.goto(site.url)
        await draw("staff")
        if width < 1024:
            await page.goto(site.url + "/board")
            await draw("board")
