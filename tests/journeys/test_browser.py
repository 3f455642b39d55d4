"""The page in a real browser: keyboard only, without scripts, narrow, enlarged, dark, on a bad line.

With SCREENSHOTS=1 it also draws docs/screenshots/.
"""

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page, Route, async_playwright, expect

from casework import rulebook
from casework.actor import Actor, Role
from casework.board import Row, Section
from casework.letters import say
from casework.work import Work
from tests.handlers.test_web_api import photo
from tests.handlers.test_web_staff import enrolled
from tests.handlers.web_site import Site, served
from tests.visiting import House

SCREENSHOTS = Path(__file__).parents[2] / "docs" / "screenshots"
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


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    """The system's Chromium; without one the test is skipped, except where CI=true says that it must be there."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        reason = "no Chromium: install the package chromium"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        await browser.close()


async def comes_to(page: Page, expression: str, wanted: object) -> bool:
    """Does it within seconds? Asked from here again and again: the page's own policy forbids a condition in words."""
    for _ in range(200):
        if await page.evaluate(expression) == wanted:
            return True
        await asyncio.sleep(0.05)
    return False


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
    page.set_default_timeout(10_000)
    try:
        yield page
        assert elsewhere == []
        assert wrong == []
    finally:
        await context.close()


async def begins(page: Page, site: Site) -> None:
    await page.goto(site.url)
    await page.get_by_role("button", name="Почати розмову").click()
    await expect(page.get_by_role("button", name="Погоджуюся", exact=True)).to_be_visible()


async def consents(page: Page) -> None:
    await page.get_by_role("button", name="Погоджуюся", exact=True).click()
    await expect(page.get_by_role("button", name="Повідомити про зниклу людину")).to_be_visible()


async def says(page: Page, text: str) -> None:
    await page.get_by_label("Ваше повідомлення").fill(text)
    await page.get_by_role("button", name="Надіслати", exact=True).click()
    await expect(page.locator("#thread .you .words", has_text=text).last).to_be_visible()


async def accessible(page: Page) -> None:
    """axe-core finds nothing, by the rules of WCAG 2.2 AA and its own best practice."""
    found = await Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()


async def fits(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    over = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0


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
        await tab_to(page, "Погоджуюся")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("button", name="Записатися на прийом")).to_be_visible()
        assert "Що зробимо?" in await focused(page)  # at the new question, its buttons one Tab away
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
        await page.get_by_text("Додати фото чи документ").click()
        await page.get_by_label("Фото або PDF").set_input_files(picture)
        await page.get_by_role("button", name="Надіслати файли").click()
        await expect(page.get_by_role("link", name="photo.jpg")).to_be_visible()
        await page.get_by_role("link", name="Перевірити, чи є нове").click()
        await page.get_by_role("button", name="English").click()
        await expect(page.get_by_role("button", name="Report a missing person")).to_be_visible()
        await page.get_by_role("link", name="Leave").click()
        await page.get_by_role("button", name="Yes, leave").click()
        await expect(page.get_by_role("heading", name="Ви вийшли")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("narrow", {"viewport": {"width": 320, "height": 568}}),
        ("dark", {"color_scheme": "dark"}),
        ("wide", {"viewport": {"width": 1280, "height": 800}}),
        ("contrast", {"forced_colors": "active"}),
        ("calm", {"reduced_motion": "reduce", "color_scheme": "dark", "viewport": {"width": 1280, "height": 800}}),
    ],
)
async def test_every_page_is_accessible(chromium: Browser, house: House, name: str, how: dict[str, Any]) -> None:
    async with served(house) as site, window(chromium, site, **how) as page:
        for path in ("/", "/privacy", "/staff", "/invite", "/nowhere"):
            await page.goto(site.url + path)
            await accessible(page)
            await fits(page)
        await begins(page, site)
        await fits(page)
        await accessible(page)
        await consents(page)
        await says(page, "Донецьк-Слов’янськ-Краматорськ-Костянтинівка-Дружківка" * 2)
        await page.get_by_text("Додати фото чи документ").click()
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
        await asyncio.wait_for(twice.wait(), 10)
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
        assert await comes_to(page, "sessionStorage.length", 0)


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
            await page.get_by_text("Додати фото чи документ").click()
            await page.get_by_label("Фото або PDF").set_input_files(file)
            await page.get_by_role("button", name="Надіслати файли").click()
            if file is bad:
                await expect(page.get_by_role("alert")).to_contain_text("не відкривається")
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


async def board(actor: Actor, work: Work) -> list[Section]:
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
        assert code not in page.url
        await page.get_by_role("button", name="Скористатися запрошенням").click()
        await page.get_by_role("button", name="Показати ключ").click()
        await expect(page.get_by_role("img", name="QR-код")).to_be_visible()
        await accessible(page)
        await fits(page)
        assert not [url for url in asked if code in url.partition("#")[0]]


Scene = Callable[[Page, Site], Awaitable[None]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
async def test_screenshots(chromium: Browser, house: House, width: int, scheme: Any, tmp_path: Path) -> None:
    """What the README shows; with SCREENSHOTS=1 they are kept in docs/."""
    folder = SCREENSHOTS if os.environ.get("SCREENSHOTS") == "1" else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    await house.guest().registers()
    operator = await house.staff(Role.OPERATOR)
    how = {"viewport": {"width": width, "height": 780}, "color_scheme": scheme, "device_scale_factor": 1.5}
    async with served(house, board=rulebook.board) as site, window(chromium, site, **how) as page:

        async def draw(name: str, *, whole: bool = False) -> None:
            await page.mouse.move(0, 0)
            await page.wait_for_timeout(400)
            await page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=whole)

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
