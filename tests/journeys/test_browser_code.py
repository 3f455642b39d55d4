"""The code of the member's app, asked for in the middle of a day: where they look, and nothing is lost."""

import pytest
from playwright.async_api import Browser, expect

from casework import rulebook
from tests.handlers.test_web_staff import an_operator, code_of
from tests.handlers.web_site import served
from tests.journeys.browsing import ONE_BROWSER, accessible, comes_to, fits, says, window
from tests.journeys.families import families
from tests.visiting import House

pytestmark, house, chromium = ONE_BROWSER

IN_VIEW = "(r => r.top >= 0 && r.bottom <= innerHeight)(document.getElementById('totp').getBoundingClientRect())"


@pytest.mark.parametrize("size", [(1366, 625), (360, 740)])
async def test_the_code_is_asked_for_where_the_member_looks(
    chromium: Browser, house: House, size: tuple[int, int]
) -> None:
    numbers = await families(house, 9)
    how = {"viewport": {"width": size[0], "height": size[1]}}
    async with served(house, board=rulebook.board) as site, window(chromium, site, **how) as page:
        member, secret = await an_operator(site)
        await page.context.add_cookies([{"name": "session", "value": member.token, "url": site.url}])
        await page.goto(site.url)
        for said in ("/queue", "/day", f"/case {numbers[3]}"):
            await says(page, said)
        await expect(page.get_by_text(f"Справа за зверненням {numbers[3]}").last).to_be_visible()
        field = page.get_by_label("Шість цифр із застосунку")
        await expect(field).to_have_count(0)

        # What is said once the twelve hours are over waits, and the form comes into view.
        house.clock.pass_by(hours=12)
        await page.get_by_label("Ваше повідомлення").fill(f"/case {numbers[5]}")
        await page.get_by_role("button", name="Надіслати", exact=True).click()
        await expect(field).to_be_focused()
        assert await comes_to(page, IN_VIEW, True)
        await accessible(page)
        await fits(page)

        # A page that is opened anew asks in the same place, and does not say that nothing waits.
        await page.goto(site.url)
        await expect(field).to_be_focused()
        assert await comes_to(page, IN_VIEW, True)
        if size[0] > 1000:
            await expect(page.get_by_text("Дошка відкриється, коли введете код.")).to_be_visible()
        await field.fill("000000")
        await page.get_by_role("button", name="Підтвердити").click()
        await expect(page.get_by_text("Цей код не підходить").last).to_be_visible()
        await field.fill(code_of(secret, house))
        await page.get_by_role("button", name="Підтвердити").click()
        await expect(page.get_by_text(f"Справа за зверненням {numbers[5]}").last).to_be_visible()
        await expect(field).to_have_count(0)
