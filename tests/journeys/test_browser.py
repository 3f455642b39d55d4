"""The page in a real browser: keyboard only, without scripts, narrow, enlarged, in strong contrast, on a bad line."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Route, expect

from casework.actor import Actor
from casework.board import Row, Section, View
from casework.letters import say
from casework.work import Work
from demo.patience import PATIENCE, until
from tests.handlers.test_web_files import photo
from tests.handlers.test_web_staff import enrolled
from tests.handlers.web_site import served
from tests.journeys.browsing import ONE_BROWSER, accessible, begins, consents, fits, says, window
from tests.visiting import House

pytestmark, house, chromium = ONE_BROWSER


async def test_a_conversation_without_reloading(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site) as page:
        await begins(page, site)
        await page.evaluate("window.stays = true")
        await consents(page)
        await says(page, "Добрий день")
        await expect(page.get_by_role("button", name="Погоджуюся", exact=True)).to_have_count(0)
        await expect(page.locator("#outbox .message")).to_have_count(0)
        assert await page.evaluate("window.stays")
        await accessible(page)


async def test_with_the_keyboard_only(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site, viewport={"width": 1280, "height": 800}) as page:
        await page.goto(site.url)
        await page.keyboard.press("Tab")
        assert await focused(page) == "Одразу до змісту"
        await page.keyboard.press("Enter")
        await tab_to(page, "Почати розмову")
        await page.keyboard.press("Enter")
        await expect(page.locator("#thread")).to_be_visible()
        await page.wait_for_load_state()
        await tab_to(page, "Погоджуюся")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("button", name="Записатися на прийом")).to_be_visible()
        assert "Чим допомогти?" in await focused(page)  # at the new question, its buttons one Tab away
        await page.keyboard.press("Tab")
        assert await focused(page) == "Повідомити про зниклу людину"
        await tab_to(page, "", tag="TEXTAREA")
        await page.keyboard.type("Добрий день")
        await page.keyboard.press("Enter")
        await expect(page.locator("#thread .you .words", has_text="Добрий день")).to_be_visible()
        assert await page.evaluate("document.activeElement.id") == "text"


async def focused(page: Page) -> str:
    text: str = await page.evaluate("document.activeElement.innerText")
    return text.strip()


async def tab_to(page: Page, label: str, tag: str = "BUTTON") -> None:
    for _ in range(40):
        await page.keyboard.press("Tab")
        there = await page.evaluate("[document.activeElement.tagName, document.activeElement.innerText]")
        if there[0] == tag and (not label or there[1].strip() == label):
            return
    raise AssertionError(f"no way to {label or tag} with Tab")


async def test_without_scripts(chromium: Browser, house: House, tmp_path: Path) -> None:
    picture = tmp_path / "photo.jpg"
    picture.write_bytes(photo())
    async with served(house) as site, window(chromium, site, java_script_enabled=False) as page:
        await begins(page, site)
        await consents(page)
        await says(page, "Добрий день")
        await page.get_by_label("Додати фото").set_input_files(picture)
        await says(page, "Це фото мого брата")
        await expect(page.get_by_role("link", name="photo.jpg")).to_be_visible()
        await page.get_by_role("link", name="Перевірити, чи є нове").click()
        await page.get_by_role("button", name="English").click()
        await expect(page.get_by_role("button", name="Sent by mistake, erase it")).to_be_visible()
        await page.get_by_role("link", name="Leave").click()
        await page.get_by_role("button", name="Yes, leave").click()
        await expect(page.get_by_role("heading", name="Ви вийшли")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("narrow", {"viewport": {"width": 320, "height": 568}}),
        ("contrast", {"forced_colors": "active"}),
        ("calm", {"reduced_motion": "reduce", "color_scheme": "dark", "viewport": {"width": 1280, "height": 800}}),
    ],
)
async def test_every_page_is_accessible(chromium: Browser, house: House, name: str, how: dict[str, Any]) -> None:
    async with served(house) as site, window(chromium, site, **how) as page:
        for path in ("/privacy", "/staff", "/invite", "/nowhere", "/"):
            await page.goto(site.url + path)
            await accessible(page)
            await fits(page)
        await begins(page, site)
        await fits(page)
        await accessible(page)
        await consents(page)
        await says(page, "Донецьк-Слов’янськ-Краматорськ-Костянтинівка-Дружківка" * 2)
        await expect(page.locator("#thread .service .words", has_text="Чим допомогти?").nth(1)).to_be_visible()
        await page.get_by_label("Ваше повідомлення").click()
        chosen = {"name": f"{'Довідка' * 9}.jpg", "mimeType": "image/jpeg", "buffer": photo()}
        await page.get_by_label("Додати фото").set_input_files(chosen)  # type: ignore[arg-type]
        await fits(page)
        await accessible(page)
        await page.goto(site.url + "/leave")
        await accessible(page)


async def test_at_twice_the_text_size(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site, viewport={"width": 640, "height": 900}) as page:
        await begins(page, site)
        await consents(page)
        await page.evaluate("document.documentElement.style.setProperty('font-size', '237.5%')")
        await fits(page)
        for name in ("Повідомити про зниклу людину", "Налаштування", "Надіслати"):
            button = page.get_by_role("button", name=name, exact=True)
            await button.scroll_into_view_if_needed()
            cut = await button.evaluate("b => b.scrollWidth > b.clientWidth + 1 || b.scrollHeight > b.clientHeight + 1")
            assert not cut, name
        await accessible(page)


async def test_what_is_pressed_is_large_enough(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site) as page:
        await begins(page, site)
        await consents(page)
        sizes = await page.evaluate(
            "[...document.querySelectorAll('button, summary, .tools a')].filter(b => b.offsetParent)"
            ".map(b => [b.innerText, b.getBoundingClientRect().height])"
        )
        assert sizes
        assert [each for each in sizes if each[1] < 48] == []


async def test_a_bad_line_loses_and_doubles_nothing(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site) as page:
        await begins(page, site)
        await consents(page)
        await page.context.set_offline(True)
        await page.get_by_label("Ваше повідомлення").fill("Перше")
        await page.get_by_role("button", name="Надіслати", exact=True).click()
        await page.get_by_label("Ваше повідомлення").fill("Друге")
        await page.get_by_role("button", name="Надіслати", exact=True).click()
        await expect(page.get_by_role("status")).to_contain_text("Ще не надіслано")
        await expect(page.locator("#outbox .message")).to_have_count(2)
        await page.context.set_offline(False)
        await expect(page.locator("#thread .you .words", has_text="Друге")).to_be_visible()
        await expect(page.locator("#outbox .message")).to_have_count(0)
        said = await page.locator("#thread .you .words").all_inner_texts()
        assert said[-2:] == ["Перше", "Друге"]
        await expect(page.get_by_role("status")).to_have_text("")


async def test_an_answer_that_is_lost_on_the_way_is_not_said_twice(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site) as page:
        await begins(page, site)
        await consents(page)
        taken, twice = 0, asyncio.Event()

        async def swallow(route: Route) -> None:
            nonlocal taken
            taken += 1
            if taken == 1:
                await route.fetch()  # it reaches us, and the line breaks before our answer
                await route.abort()
            else:
                await route.continue_()
                twice.set()

        await page.route("**/api/messages", swallow)
        await says(page, "Лише один раз")
        await expect(page.locator("#outbox .message")).to_have_count(0)
        await asyncio.wait_for(twice.wait(), PATIENCE)
        await expect(page.get_by_role("status")).to_have_text("")
        assert await page.locator("#thread .you .words", has_text="Лише один раз").count() == 1


async def test_what_was_not_sent_survives_reloading(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site) as page:
        await begins(page, site)
        await consents(page)
        await page.route("**/api/messages", lambda route: route.abort())
        await page.get_by_label("Ваше повідомлення").fill("Не загубити")
        await page.get_by_role("button", name="Надіслати", exact=True).click()
        await expect(page.get_by_role("status")).to_contain_text("Ще не надіслано")
        await page.unroute("**/api/messages")
        await page.reload()
        await expect(page.locator("#thread .you .words", has_text="Не загубити")).to_be_visible()
        await until(lambda: page.evaluate("sessionStorage.length"), 0)


async def test_where_streams_do_not_pass_the_page_asks_again_and_again(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site) as page:
        await page.context.route("**/api/events*", lambda route: route.abort())
        await begins(page, site)
        await consents(page)
        await says(page, "Добрий день")


async def test_files_are_sent_with_the_script_and_a_bad_one_is_named(
    chromium: Browser, house: House, tmp_path: Path
) -> None:
    good, bad = tmp_path / "Довідка.jpg", tmp_path / "bad.jpg"
    good.write_bytes(photo())
    bad.write_bytes(b"\xff\xd8\xff not a photo")
    async with served(house) as site, window(chromium, site) as page:
        await begins(page, site)
        await consents(page)
        for file in (bad, good):
            await page.get_by_label("Ваше повідомлення").click()
            await page.get_by_label("Додати фото").set_input_files(file)
            await expect(page.get_by_role("list", name="Що буде надіслано")).to_contain_text(file.name)
            await page.get_by_label("Ваше повідомлення").fill("Це мій брат")
            await page.get_by_role("button", name="Надіслати", exact=True).click()
            if file is bad:
                await expect(page.get_by_role("alert")).to_contain_text("«bad.jpg» не додано")
                await expect(page.get_by_label("Ваше повідомлення")).to_have_value("Це мій брат")
        await expect(page.get_by_role("link", name="Довідка.jpg")).to_be_visible()
        await expect(page.get_by_role("alert")).to_have_count(0)
        await accessible(page)


async def test_leaving_by_a_word_leaves_nothing_on_the_page(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site) as page:
        await begins(page, site)
        await consents(page)
        await says(page, "/leave")
        await page.get_by_role("button", name="Так, вийти").click()
        await expect(page.get_by_role("heading", name="Ви вийшли")).to_be_visible()
        assert await page.context.cookies() == []


async def test_the_panic_word_leaves_no_farewell(chromium: Browser, house: House) -> None:
    async with served(house) as site, window(chromium, site) as page:
        await begins(page, site)
        await consents(page)
        await page.get_by_label("Ваше повідомлення").fill("забудь мене")
        await page.get_by_role("button", name="Надіслати", exact=True).click()
        await expect(page.get_by_role("button", name="Почати розмову")).to_be_visible()
        await expect(page.get_by_text("Ви вийшли")).to_have_count(0)
        await expect(page.get_by_text("забудь мене")).to_have_count(0)
        assert await page.context.cookies() == []


async def board(actor: Actor, work: Work, view: View) -> list[Section]:
    """As the columns will fill it."""
    rows = (
        Row((say("web-moment", at="1042-7718"), "Петренко Іван"), ((say("menu.human"), "/human"),)),
        Row(("1042-7725", "Шевчук Олена"), ((say("menu.steps"), "/steps"), (say("menu.human"), "/human"))),
    )
    return [Section(say("web-chat-thread"), rows), Section(say("web-chat"))]


@pytest.mark.parametrize("width", [360, 1280])
async def test_a_member_of_staff_enrols_and_has_a_board(chromium: Browser, house: House, width: int) -> None:
    async with (
        served(house, board=board) as site,
        window(chromium, site, viewport={"width": width, "height": 800}) as page,
    ):
        member, _ = await enrolled(site)
        cookie = {"name": "session", "value": member.token, "url": site.url}
        await page.context.add_cookies([cookie])  # type: ignore[list-item]
        await page.goto(site.url)
        await accessible(page)
        await fits(page)
        if width < 1024:
            await page.get_by_role("link", name="Дошка").click()
            await accessible(page)
            await fits(page)
        await page.get_by_role("button", name="Поговорити з людиною").first.click()
        await expect(page.locator("#thread .you .words").last).to_be_visible()


async def test_an_invitation_opens_by_a_press_only(chromium: Browser, house: House) -> None:
    from tests.handlers.test_web_staff import invited

    async with served(house) as site, window(chromium, site) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        code = await invited(house)
        await page.goto(f"{site.url}/invite#{code}")
        await expect(page).to_have_url(f"{site.url}/invite")
        await page.get_by_role("button", name="Скористатися запрошенням").click()
        await page.get_by_role("button", name="Показати ключ").click()
        await expect(page.get_by_role("img", name="QR-код")).to_be_visible()
        await accessible(page)
        await fits(page)
        assert not [url for url in asked if code in url.partition("#")[0]]
