"""What is typed on the page and not sent yet survives whatever happens to the page, and goes where it must not stay."""

from playwright.async_api import Browser, Page, expect

from tests.handlers.web_site import served
from tests.journeys.browsing import ONE_BROWSER, begins, comes_to, consents, says, window
from tests.journeys.test_phone import presses, words
from tests.visiting import House

pytestmark, house, chromium = ONE_BROWSER

STORY = "Останній раз ми говорили в неділю, він сказав"
KEPT = "localStorage.length"


async def writes(page: Page, text: str = STORY) -> None:
    await page.get_by_label(words("web-chat-text")).fill(text)


async def finds(page: Page, text: str = STORY) -> None:
    await expect(page.get_by_label(words("web-chat-text"))).to_have_value(text)


async def to_the_name(page: Page) -> None:
    await presses(page, words("menu.register"))
    await presses(page, words("kinship.mother"))
    await expect(page.locator("#thread .words", has_text=words("missing-name")).last).to_be_visible()


async def test_it_survives_a_reload_the_privacy_page_and_the_other_language(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site) as page:
        await begins(page, site)
        await consents(page)
        await to_the_name(page)
        await writes(page)
        await page.reload()
        await finds(page)
        await page.get_by_role("link", name=words("web-title-privacy")).click()
        await page.get_by_role("link", name=words("web-problem-home")).click()
        await finds(page)
        await page.get_by_role("button", name="English").click()
        field = page.get_by_label(words("web-chat-text", "en"))
        await expect(field).to_have_value(STORY)
        await field.fill("Петренко Іван")
        await page.get_by_role("button", name=words("web-chat-send", "en"), exact=True).click()
        await expect(page.locator("#thread .you .words", has_text="Петренко Іван")).to_be_visible()
        assert await comes_to(page, KEPT, 0)


async def test_it_waits_at_its_own_question(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site) as page:
        await begins(page, site)
        await consents(page)
        await to_the_name(page)
        await writes(page, "Петренко Ів")
        await presses(page, words("nav.back"))
        await expect(page.get_by_role("button", name=words("kinship.father"), exact=True)).to_be_visible()
        await finds(page, "Петренко Ів")  # it is not taken out of one's hands
        await writes(page, "")
        await page.reload()
        await finds(page, "")
        await presses(page, words("kinship.father"))
        await finds(page, "Петренко Ів")


async def test_it_survives_the_end_of_a_session(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site) as page:
        await begins(page, site)
        await consents(page)
        await to_the_name(page)
        await writes(page)
        await page.context.clear_cookies()
        await page.get_by_role("button", name=words("web-chat-send"), exact=True).click()
        await expect(page.get_by_role("heading", name=words("web-left"))).to_be_visible()
        await begins(page, site)
        await consents(page)
        await to_the_name(page)
        await finds(page)
        await page.clock.install()
        await page.clock.fast_forward("25:00:00")
        await page.evaluate("drafts.keep('other', 'x')")
        assert "неділю" not in str(await page.evaluate("JSON.stringify(localStorage)"))


async def test_leaving_and_the_panic_word_clear_it(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site) as page:
        for ending in ("page", "word", "panic"):
            await begins(page, site)
            await consents(page)
            await to_the_name(page)
            await writes(page)
            assert await page.evaluate(KEPT) == 1
            if ending == "page":
                await page.get_by_role("link", name=words("web-chat-leave"), exact=True).click()
                await page.get_by_role("button", name=words("web-leave-yes")).click()
            elif ending == "word":
                await presses(page, words("nav.back"))
                await says(page, "/leave")
                await presses(page, words("leave.yes"))
            else:
                await writes(page, "забудь мене")
                await page.get_by_role("button", name=words("web-chat-send"), exact=True).click()
            await expect(page.get_by_role("button", name=words("web-first-begin"), exact=True)).to_be_visible()
            assert await page.evaluate(KEPT) == 0, ending


async def test_codes_and_staffs_words_are_never_kept(chromium: Browser, house: House) -> None:
    from tests.handlers.test_web_staff import enrolled

    async with served(house) as site, window(chromium, site) as page:
        await begins(page, site)
        await consents(page)
        await says(page, "/link")
        await expect(page.get_by_role("button", name=words("link.show"))).to_be_visible()
        await writes(page, "ABCD-2345")
        assert await page.evaluate(KEPT) == 0
        member, _ = await enrolled(site)
        await page.context.add_cookies([{"name": "session", "value": member.token, "url": site.url}])
        await page.goto(site.url)
        await writes(page)
        assert await page.evaluate(KEPT) == 0
