"""A verifier decides with the paper before their eyes: beside the claim, turned and enlarged, each look recorded."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from playwright.async_api import Browser, Locator, Page, expect
from sqlalchemy import func, select

from casework import rulebook
from casework.actor import Role
from casework.numbers import ReportNumber
from demo.patience import until
from handlers.cleaning import joined, pages_of
from storage.audit import audit
from tests.handlers.web_site import Visitor, served
from tests.journeys.browsing import ONE_BROWSER, accessible, fits, says, window
from tests.journeys.test_phone import in_view, presses, words
from tests.visiting import Guest, House, with_code

pytestmark, house, chromium = ONE_BROWSER


def paper(wide: int, high: int) -> bytes:
    """A sheet with a line across its upper part."""
    sheet = Image.new("RGB", (wide, high), "white")
    ImageDraw.Draw(sheet).rectangle((wide // 10, high // 10, wide * 9 // 10, high // 8), fill="black")
    out = BytesIO()
    sheet.save(out, "JPEG")
    return out.getvalue()


PHOTO, FIRST, SECOND = paper(600, 800), paper(500, 700), paper(700, 500)


async def claims(house: House) -> str:
    """A mother's report with a photo and a paper of two pages; the report's number."""
    mother = house.guest()
    number = await mother.registers()
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(ReportNumber(number.replace("-", "")))
        assert report is not None
        files = [
            await work.files.add(report.person, type=type, content=content)
            for type, content in (("image/jpeg", PHOTO), joined([FIRST, SECOND]))
        ]
        await work.kinships.add_documents(report.id, files, ("Прізвище змінено після шлюбу",))
        await work.commit()
    return number


async def looks(house: House, member: Guest) -> int:
    """How many looks at files are recorded of this member."""
    async with house.database.work(house.clock()) as work:
        staff = await with_code(await member.person(), work)
        assert staff is not None
        found = select(func.count()).where(audit.c.staff_id == staff.id, audit.c.what == "file")
        return int(await work.connection.scalar(found) or 0)


@asynccontextmanager
async def at_the_desk(chromium: Browser, house: House, verifier: Guest, wide: int, high: int) -> AsyncIterator[Page]:
    async with (
        served(house, board=rulebook.board) as site,
        window(chromium, site, viewport={"width": wide, "height": high}) as page,
    ):
        await page.context.add_cookies([{"name": "session", "value": verifier.address, "url": site.url}])
        await page.goto(site.url)
        yield page


def button(page: Page, name: str) -> Locator:
    return page.locator("#papers").get_by_role("button", name=words(name), exact=True)


async def stands(stage: Locator) -> tuple[str | None, str | None]:
    return await stage.get_attribute("data-turn"), await stage.get_attribute("data-size")


@pytest.mark.parametrize(("wide", "high"), [(1366, 625), (360, 740)])
async def test_the_paper_stands_beside_the_claim(chromium: Browser, house: House, wide: int, high: int) -> None:
    number = await claims(house)
    verifier = await house.staff(Role.VERIFIER)
    async with at_the_desk(chromium, house, verifier, wide, high) as page:
        await says(page, f"/kinship {number}")
        canvas = page.locator("#papers canvas")
        await in_view(canvas)
        sentence = page.locator("#papers .claim") if wide > 1024 else page.locator(".message .words", has_text=number)
        await in_view(sentence.last)
        for known in (number, "Петренко Іван Миколайович", "12 березня 1990"):
            await expect(sentence.last).to_contain_text(known)
        assert await canvas.evaluate("c => [c.width, c.height]") == [600, 800]
        await in_view(button(page, "web-papers-turn"))
        before = await looks(house, verifier)
        assert before == 1

        stage = page.locator("#papers .stage")
        await button(page, "web-papers-turn").click()
        assert await stands(stage) == ("1", "100")
        assert await canvas.evaluate("c => getComputedStyle(c).transform") == "matrix(0, 1, -1, 0, 0, 0)"
        await in_view(canvas)
        await in_view(sentence.last)
        await button(page, "web-papers-larger").focus()
        for _ in range(3):
            await page.keyboard.press("Enter")
        assert await stands(stage) == ("1", "300")
        assert await stage.evaluate("s => Math.min(s.scrollWidth, s.scrollHeight) > 2.9 * s.clientWidth")
        await expect(button(page, "web-papers-larger")).to_be_disabled()
        await stage.focus()
        left = await stage.evaluate("s => s.scrollLeft")
        assert left > 0, "the middle stays in the middle"
        await page.keyboard.press("ArrowRight")
        await until(lambda: stage.evaluate(f"s => s.scrollLeft > {left}"), True)
        assert await looks(house, verifier) == before, "turning and enlarging is the same look"

        await page.locator("#papers").get_by_role("button", name=f"{words('web-papers-paper')} 2").click()
        await until(lambda: canvas.evaluate("c => [c.width, c.height]"), [500, 700])
        assert await stands(stage) == ("0", "100")
        await button(page, "web-papers-next").click()
        await until(lambda: canvas.evaluate("c => [c.width, c.height]"), [700, 500])
        await expect(page.locator("#papers .told")).to_contain_text(f"{words('web-papers-page')} 2/2")
        assert await looks(house, verifier) == before + 2
        await accessible(page)
        await fits(page)

        await presses(page, words("kinship-decision.verified"))
        await page.get_by_label(words("paper-of.passport")).check()
        await expect(canvas).to_be_visible()
        await page.get_by_label(words("paper-of.birth-missing")).check()
        await presses(page, words("common.chosen"))
        await presses(page, words("kinship-shown.sent"))
        await expect(page.locator("#papers")).to_be_hidden()
        await expect(page.locator("#thread .words", has_text="підтверджено").last).to_be_visible()


async def test_a_paper_of_before_is_shown_by_a_press_on_its_name(chromium: Browser, house: House) -> None:
    number = await claims(house)
    verifier = await house.staff(Role.VERIFIER)
    async with at_the_desk(chromium, house, verifier, 1366, 625) as page:
        await says(page, f"/kinship {number}")
        await expect(page.locator("#papers canvas")).to_be_visible()
        await button(page, "web-papers-close").click()
        await expect(page.locator("#papers")).to_be_hidden()
        await says(page, "/menu")
        await expect(page.get_by_role("button", name=words("kinship-decision.verified"))).to_have_count(0)
        await page.goto(page.url)
        await expect(page.locator("#papers")).to_be_hidden()
        assert await looks(house, verifier) == 1
        await page.locator("#thread a.paper").first.press("Enter")
        await in_view(page.locator("#papers canvas"))
        await expect(button(page, "web-papers-turn")).to_be_focused()


async def test_a_page_of_a_paper_is_for_those_who_may_open_it(house: House) -> None:
    number = await claims(house)
    verifier = await house.staff(Role.VERIFIER)
    elsewhere = await house.staff(Role.VERIFIER, "lviv", name="Кравець Тарас")
    await verifier.says(f"/kinship {number}")
    [*_, photo, scan] = [file.file for message in verifier.inbox for file in message.enclosures]
    async with served(house) as site:
        for page, status, content in (
            (f"{photo}?page=1", 200, PHOTO),
            (f"{scan}?page=1", 200, FIRST),
            (f"{scan}?page=2", 200, SECOND),
            (f"{scan}?page=3", 404, None),
            (f"{scan}?page=x", 422, None),
        ):
            answer = await Visitor(site, verifier.address).get(f"/api/files/{page}")
            assert answer.status == status
            assert content is None or await answer.read() == content
            assert (await Visitor(site, elsewhere.address).get(f"/api/files/{page}")).status in (404, 422)


async def test_a_kept_paper_gives_back_its_pictures() -> None:
    for pages in ([PHOTO], [FIRST, SECOND], [SECOND] * 5):
        assert pages_of(*joined(pages)) == pages
    assert pages_of("image/png", PHOTO) == []
