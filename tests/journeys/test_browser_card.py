"""The card for printing, found and opened in a real browser."""

from playwright.async_api import Browser, expect

from tests.handlers.test_web_cards import text_of
from tests.handlers.web_site import served
from tests.journeys.browsing import ONE_BROWSER, accessible, begins, consents, fits, says, window
from tests.visiting import House

pytestmark, house, chromium = ONE_BROWSER


async def test_a_mother_finds_the_card_of_her_report(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site) as page:
        await begins(page, site)
        await consents(page)
        await page.get_by_role("link", name="Картка для друку").click()
        await expect(page.get_by_text("Звернення ще немає.")).to_be_visible()
        await page.get_by_role("link", name="Повернутися на початок").click()
        for text in ("/register", "Мати", "Петренко Іван", "12.03.1990", "Петренко Марія", "067 123 45 67", "Харків"):
            await says(page, text)
        await says(page, "так")
        await expect(page.get_by_text("Звернення зареєстровано.")).to_be_visible()
        await page.get_by_role("link", name="Картка для друку").click()
        await accessible(page)
        await fits(page)
        card = page.locator(".attachments a")
        number = (await card.inner_text()).removesuffix(" (PDF)")
        answer = await page.request.get(site.url + str(await card.get_attribute("href")))
        assert answer.headers["content-type"] == "application/pdf"
        assert number in text_of(await answer.body())
