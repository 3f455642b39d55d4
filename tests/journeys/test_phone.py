"""The page on a phone of 360 by 740: after each step the sentence that matters is in view, and nothing covers it."""

import re

from playwright.async_api import Browser, Locator, Page, expect

from casework.letters import Say
from demo.patience import until
from tests.handlers.web_site import served
from tests.journeys.booking import lawyer
from tests.journeys.browsing import ONE_BROWSER, accessible, begins, consents, fits, says, window
from tests.visiting import WORDS, House

pytestmark, house, chromium = ONE_BROWSER

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

BROKEN = r"""
() => {
  const cut = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (!node.parentElement.offsetParent || node.parentElement.closest(".unseen, .skip, textarea, script")) continue;
    for (const found of node.data.matchAll(/[^\s\u00a0-]+|\d{4}-\d{4}/g)) {
      const range = document.createRange();
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      const boxes = Array.from(range.getClientRects()).filter((box) => box.width > 1);
      const lines = new Set(boxes.map((box) => Math.round(box.top)));
      if (lines.size > 1) cut.push(found[0]);
    }
  }
  return cut;
}
"""
"""Words that are broken over two lines."""


async def in_view(part: Locator) -> None:
    """Is this in view, once the page has come to rest? Looked at again and again: an answer comes in pieces."""
    await expect(part).to_be_visible()
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


def words(name: str, language: str = "uk") -> str:
    """The words of a message that needs no arguments."""
    return WORDS.say(language, Say(name))


async def registers(page: Page) -> None:
    await presses(page, words("menu.register"))
    await presses(page, words("kinship.mother"))
    for answer in ("Петренко Іван Миколайович", "12.03.1990", "Петренко Марія", "067 123 45 67", "Харків"):
        await says(page, answer)
    await expect(told(page, words("register-review"))).to_be_visible()
    await presses(page, words("register-review.send"))
    await expect(page.locator(".held .number")).to_be_visible()


async def test_the_door(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site) as page:
        await page.goto(site.url)
        await in_view(page.get_by_role("heading", name=words("web-first-lead")))
        await in_view(page.get_by_role("button", name=words("web-first-begin"), exact=True))
        await in_view(page.get_by_role("button", name=words("web-first-again"), exact=True))
        await begins(page, site)
        await in_view(told(page, words("consent")))
        for answer in ("agree", "link", "decline"):
            await in_view(page.get_by_role("button", name=words(f"consent.{answer}"), exact=True))
        top = await told(page, words("welcome")).evaluate("node => node.getBoundingClientRect().top")
        assert 0 <= top < 100, "it is read from its beginning"
        await consents(page)
        await in_view(told(page, words("menu")))
        for way in ("register", "book", "human"):
            await in_view(page.get_by_role("button", name=words(f"menu.{way}"), exact=True))


async def test_whoever_lost_a_session_finds_the_way_back_on_the_first_page(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site) as page:
        await page.goto(site.url)
        await page.get_by_role("button", name=words("web-first-again"), exact=True).click()
        await in_view(told(page, words("link")))
        await presses(page, words("link.lost"))
        await in_view(page.locator(".held .number"))


async def test_a_report_its_number_and_the_codes(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site) as page:
        await begins(page, site)
        await consents(page)
        await presses(page, words("menu.register"))
        await in_view(told(page, words("register-begin")))
        await in_view(told(page, words("kinship")))
        await page.goto(site.url)  # opened again, it stands there as it did
        await in_view(told(page, words("kinship")))
        await says(page, "/menu")
        await registers(page)
        number = page.locator(".held .number")
        await in_view(number)
        assert re.fullmatch(r"\d{4}-\d{4}", await number.inner_text())
        await in_view(page.get_by_role("button", name=words("web-held-copy")))
        await in_view(page.get_by_role("link", name=words("web-held-print")))
        await in_view(told(page, await number.inner_text()))  # what happens next
        await says(page, "/reports")
        await in_view(told(page, await number.inner_text()))
        await says(page, "/link")
        await in_view(told(page, words("link")))
        await presses(page, words("link.show"))
        await in_view(page.locator(".held .number").last)


async def test_the_code_for_the_door_is_a_picture_under_my_visits(chromium: Browser, house: House) -> None:
    await lawyer(house)
    async with served(house) as site, window(chromium, site) as page:
        await begins(page, site)
        await consents(page)
        await registers(page)
        await says(page, "/book")
        await page.get_by_role("button", name="ваш центр").last.click()
        await presses(page, words("specialist.lawyer"))
        await says(page, "1")
        await presses(page, words("book-review.send"))
        await expect(page.locator("#thread .service .code").last).to_be_visible()
        await says(page, "/visits")
        await page.get_by_role("button", name="Показати код для входу").last.click()
        await in_view(told(page, "Код для входу, запис"))
        picture = page.locator("#thread .service .code").last
        await in_view(picture)
        assert await picture.evaluate("img => img.complete && img.naturalWidth > 100 && img.offsetWidth > 150")
        await accessible(page)
        await fits(page)


async def test_more_and_change_take_the_place_of_the_buttons(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site) as page:
        await begins(page, site)
        await consents(page)
        await presses(page, words("menu.register"))
        await expect(told(page, words("kinship"))).to_be_visible()
        before = await page.locator("#thread .message").count()
        await presses(page, words("nav.more"))
        await in_view(page.get_by_role("button", name=words("nav.human"), exact=True).last)
        await expect(page.locator("#thread .words", has_text=words("kinship"))).to_have_count(1)
        await expect(page.locator("#thread .message:visible")).to_have_count(before)
        await page.goto(site.url)
        await in_view(page.get_by_role("button", name=words("kinship.mother"), exact=True))
        await expect(page.locator("#thread .words", has_text=words("kinship"))).to_have_count(1)
        await expect(page.get_by_role("button", name=words("nav.human"), exact=True)).to_have_count(1)
        await presses(page, words("kinship.mother"))
        await expect(page.locator("#thread .you .words").last).to_have_text(words("kinship.mother"))


async def test_where_only_buttons_answer_the_field_steps_back_and_still_takes_words(
    chromium: Browser, house: House
) -> None:
    async with served(house) as site, window(chromium, site) as page:
        await begins(page, site)
        height = "document.querySelector('.composer').offsetHeight"
        await consents(page)
        await until(lambda: page.evaluate(f"{height} < 80"), True)
        await presses(page, words("menu.register"))
        await presses(page, words("kinship.mother"))
        await expect(told(page, words("missing-name"))).to_be_visible()
        assert await page.evaluate(height) > 120
        await says(page, "/menu")
        await until(lambda: page.evaluate(f"{height} < 80"), True)
        field = page.get_by_label(words("web-chat-text"))
        await field.click()
        await expect(page.get_by_text(words("web-chat-files"))).to_be_visible()
        await says(page, "Добрий день")


async def test_no_word_breaks_at_twice_the_size(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site) as page:
        await page.goto(site.url)
        await larger(page)
        assert await page.evaluate(BROKEN) == []
        await begins(page, site)
        await larger(page)
        assert await page.evaluate(BROKEN) == []
        await consents(page)
        await registers(page)
        assert await page.evaluate(BROKEN) == []


async def larger(page: Page) -> None:
    await page.evaluate("document.documentElement.style.setProperty('font-size', '237.5%')")


async def test_a_number_on_a_button_stays_within_it(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site, viewport={"width": 320, "height": 740}) as page:
        await begins(page, site)
        await consents(page)
        await registers(page)
        await says(page, "/correct " + await page.locator(".held .number").inner_text())
        await expect(told(page, words("correct-field"))).to_be_visible()
        number = page.get_by_role("button", name=re.compile(r"\+380")).last
        assert await number.evaluate("b => b.scrollWidth <= b.clientWidth + 1 && b.offsetWidth <= innerWidth")
        assert "  " not in await number.inner_text()
        await fits(page)
