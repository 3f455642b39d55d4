"""Deep links: made on the page, kept through the consent; a forged one answers nothing that counts."""

import pytest
from sqlalchemy import text

from casework.actor import Channel
from tests.handlers.web_site import served
from tests.journeys.booking import lawyer
from tests.visiting import House


async def test_what_a_link_names_waits_behind_the_consent(house: House) -> None:
    await lawyer(house, "lviv")
    mother = house.guest()
    await mother.opens("book_lviv")
    assert mother.asked("consent")
    await mother.presses("Погоджуюся")
    await mother.says("Одеса")
    assert mother.sees("Юрист"), "the center was chosen by the link"


async def test_a_link_that_comes_twice_is_one(house: House) -> None:
    mother = house.guest()
    for _ in range(3):
        await mother.opens("register")
    await mother.presses("Погоджуюся")
    assert mother.asked("kinship")
    async with house.database.work(house.clock()) as work:
        assert await work.connection.scalar(text("SELECT count(*) FROM drafts")) == 0


FORGED = (
    "erase_yes",
    "erase",
    "leave",
    "welcome_agree",
    "linked_1_yes",
    "case_1234",
    "sign_1",
    "book_lviv_1_1_yes",
    "_",
    "-",
)


@pytest.mark.parametrize("link", FORGED)
async def test_a_forged_link_changes_nothing(house: House, link: str) -> None:
    mother = house.guest()
    await mother.opens(link)
    assert mother.asked("consent"), "nobody agrees by a link"
    await mother.presses("Погоджуюся")
    number = await mother.registers()
    await mother.opens(link)
    async with house.database.work(house.clock()) as work:
        person = await work.people.get(await mother.person())
        assert person.erase_at is None
        assert [str(report.number) for report in await work.reports.of(person.id)] == [number]
        assert await work.connection.scalar(text("SELECT count(*) FROM appointments")) == 0


async def test_a_link_takes_no_draft_away(house: House) -> None:
    """Also of somebody who is asked for the consent anew, as a new version of its text does."""
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    await mother.presses("Мати")
    async with house.database.work(house.clock()) as work:
        await work.connection.execute(text("UPDATE people SET consent = 'of long ago'"))
        await work.commit()
    await mother.opens("register")
    assert mother.asked("consent")
    await mother.presses("Погоджуюся")
    assert mother.asked("missing-name"), "the kinship is known still"


async def test_the_page_leads_to_the_messengers(house: House) -> None:
    chat_links: dict[Channel, str] = {}
    async with served(house, chat_links=chat_links) as site:
        assert "t.me" not in await (await site.get("/")).text()
        chat_links[Channel.TELEGRAM] = "https://t.me/zviazok_bot?start={}"  # known a moment later
        chat_links[Channel.VIBER] = "viber://pa?chatURI=zviazok&context={}"
        page = await (await site.get("/")).text()
        for address in ("https://t.me/zviazok_bot?start=register", "viber://pa?chatURI=zviazok&amp;context=book"):
            assert f'href="{address}"' in page
