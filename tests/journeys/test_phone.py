"""The page on a phone of 360 by 740: after each step the sentence that matters is in view, and nothing covers it."""

import re

from playwright.async_api import Browser, Locator, Page, expect

from casework.letters import Say
from tests.handlers.web_site import served
from tests.journeys.browsing import begins, consents, says, window
from tests.visiting import WORDS, House

IN_VIEW = """
(node) => {
  const box = node.getBoundingClientRect();
  if (!box.width || !box.height) return "not drawn";
  if (box.top < 0 || box.left < 0) return "above: " + box.top;
  if (box.bottom > innerHeight + 0.5 || box.right > innerWidth + 0.5) return "below: " + box.bottom;
  for (const y of [box.top + 2, (box.top + box.bottom) / 2, box.bottom - 2]) {
    const there = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), y);
    if (!there) return "nothing there";
    if (!node.contains(there) && !there.contains(node)) return "covered by " + there.outerHTML.slice(0, 80);
  }
  return "";
}
"""
"""Why a part of the page is not wholly in view, measured by its box and by what lies there; "" where it is."""


async def in_view(part: Locator) -> None:
    """Is this in view, once the page has come to rest? Looked at again and again: an answer comes in pieces."""
    await expect(part).to_be_visible(timeout=30_000)
    why, calm = "", 0
    for _ in range(300):
        why = await part.evaluate(IN_VIEW)
        calm = calm + 1 if not why else 0
        if calm == 3:
            return
        await part.page.wait_for_timeout(100)
    raise AssertionError(f"not in view ({why}): {await part.inner_text()!r}")


async def presses(page: Page, label: str) -> None:
    await page.get_by_role("button", name=label, exact=True).last.click()


def told(page: Page, words: str) -> Locator:
    """The newest paragraph with these words."""
    return page.locator("#thread .message:not(.you) .words", has_text=words).last


async def test_registering_on_a_phone(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site) as page:
        await begins(page, site)
        await consents(page)
        await presses(page, "Повідомити про зниклу людину")
        await in_view(told(page, WORDS.say("uk", Say("register-begin"))))
        await presses(page, "Мати")
        await says(page, "Петренко Іван Миколайович")
        await says(page, "12.03.1990")
        await says(page, "Петренко Марія")
        await says(page, "067 123 45 67")
        await says(page, "Харків")
        await in_view(told(page, "Його номер"))
        assert re.search(r"\d{4}-\d{4}", await page.locator("#thread").inner_text())
