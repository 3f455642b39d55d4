"""From a messenger to a hidden center's address on the page: three steps, for a browser that nobody knows yet."""

import re
from dataclasses import replace
from datetime import datetime

from playwright.async_api import Browser, expect

from casework.actor import Channel, Role
from casework.ids import CenterId
from tests.handlers.web_site import served
from tests.journeys.booking import booked, kyiv, lawyer
from tests.journeys.browsing import ONE_BROWSER, accessible, fits, window
from tests.journeys.test_hidden_address import ADDRESS, STREET, Scene, everything
from tests.journeys.test_phone import in_view, told, words
from tests.visiting import Guest, House

pytestmark, house, chromium = ONE_BROWSER


TELLABLE = kyiv(25, 18, 1)


async def on_the_eve(house: House, channel: Channel = Channel.TELEGRAM, at: datetime = TELLABLE) -> Scene:
    """A mother with a messenger alone, whose visit is confirmed, a minute after the address may be told."""
    async with house.database.work(house.clock()) as work:
        center = await work.centers.get(CenterId("kharkiv"))
        await work.centers.keep(replace(center, address=ADDRESS))
        await work.commit()
    await lawyer(house)
    mother = house.guest(channel)
    report = await mother.registers()
    number = await booked(mother, str(int(kyiv(26, 11).timestamp())))
    operator, verifier = await house.staff(Role.OPERATOR), await house.staff(Role.VERIFIER, name="Кравець Тарас")
    scene = Scene(house, mother, mother, report, number, operator, verifier, [])
    await scene.calls_back()
    await scene.confirms()
    house.clock.go_to(at)
    await mother.reads_push()
    return scene


def link_in(guest: Guest) -> str:
    said = "\n".join(message.text for message in guest.inbox)
    found: list[str] = re.findall(r"http://127\.0\.0\.1:8080(/join#[A-Z2-9]{4}-[A-Z2-9]{4})", said)
    assert found, said
    return found[-1]


async def test_three_steps_from_the_messenger_to_the_address(chromium: Browser, house: House) -> None:
    scene = await on_the_eve(house)
    mother = scene.guest
    await mother.presses("Показати адресу")  # it stands under the push that the visit is confirmed
    link, steps = link_in(mother), 0
    async with served(house) as site, window(chromium, site) as page:
        await page.goto(site.url + link)
        steps += 1
        await in_view(page.get_by_role("button", name=words("web-join-use")))
        assert "#" not in page.url, "no history keeps the code"
        await accessible(page)
        await fits(page)
        await page.get_by_role("button", name=words("web-join-use")).click()
        steps += 1
        await expect(told(page, words("link-confirm-there"))).to_be_in_viewport(ratio=0.9)
        await house.deliver()
        await mother.presses("Так, це я")
        steps += 1
        await expect(told(page, ADDRESS)).to_be_visible(timeout=30_000)
        await page.goto(site.url)
        await in_view(told(page, ADDRESS))
        assert steps <= 3
    assert not any(STREET in message.text for message in mother.inbox)
    assert STREET not in re.sub(r"center-kharkiv", "", link)


async def test_a_browser_that_is_joined_already_needs_two(chromium: Browser, house: House) -> None:
    scene = await on_the_eve(house)
    async with served(house) as site, window(chromium, site) as page:
        for last in (False, True):
            await scene.guest.says(f"/address {scene.number}")
            await page.goto(site.url + link_in(scene.guest))
            await page.get_by_role("button", name=words("web-join-use")).click()
            if not last:
                await expect(told(page, words("link-confirm-there"))).to_be_visible()
                await house.deliver()
                await scene.guest.presses("Так, це я")
                await expect(told(page, ADDRESS)).to_be_visible(timeout=30_000)
                house.clock.pass_by(minutes=2)
        await expect(page.locator("#thread .words", has_text=ADDRESS)).to_have_count(2)


async def test_the_code_alone_tells_nothing_and_a_no_ends_it(house: House) -> None:
    """Whoever has got hold of the link sees nothing before the owner's yes, and nothing at all after a no."""
    scene = await on_the_eve(house)
    await scene.guest.says(f"/address {scene.number}")
    code = link_in(scene.guest).partition("#")[2]
    thief = house.guest(Channel.WEB)
    await thief.says("Добрий день")
    await thief.says(code)
    assert thief.hears("link-confirm-there")
    await scene.guest.presses("Ні, це не я")
    await thief.says(code)
    assert STREET not in await everything(scene)


async def test_before_its_time_there_is_no_way(house: House) -> None:
    scene = await on_the_eve(house, Channel.VIBER, at=kyiv(25, 17, 59))
    await scene.guest.says(f"/way {scene.number}")
    await scene.guest.says(f"/address {scene.number}")
    assert not any("/join" in message.text for message in scene.guest.inbox)
    assert scene.guest.sees("Адресу можна буде побачити з 18:00 напередодні")
