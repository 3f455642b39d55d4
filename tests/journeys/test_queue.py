"""The whole queue: its true count, page by page, narrowed, a row a family; and any case by a name or four digits."""

import re
from datetime import timedelta

import pytest

from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.board import Section, View
from casework.calls import Reason
from casework.cases.queue import A_PAGE
from casework.ids import CenterId
from tests.handlers.web_site import Browser, served
from tests.journeys.families import families
from tests.visiting import WORDS, Guest, House, with_code


async def _queue(house: House, member: Guest, of: str = "all", page: int = 1) -> Section:
    async with house.database.work(house.clock()) as work:
        person = await member.person()
        actor = Actor(person, "uk", Channel.WEB, await with_code(person, work))
        sections = await rulebook.board(actor, work, View(of, page))
    return sections[-1]


async def test_the_board_shows_all_of_it_in_pages_and_says_how_many(house: House) -> None:
    numbers = await families(house, 50)
    operator = await house.staff(Role.OPERATOR)
    pages = [await _queue(house, operator, page=page) for page in (1, 2, 3)]
    assert [page.in_all for page in pages] == [50, 50, 50]
    assert [len(page.rows) for page in pages] == [A_PAGE, A_PAGE, 50 - 2 * A_PAGE]
    assert pages[0].pages == 3
    shown = [text for page in pages for row in page.rows for _, text in row.commands if text.startswith("/case ")]
    assert sorted(shown) == sorted(f"/case {number}" for number in numbers)
    labels = [WORDS.say("uk", label) for page in pages for row in page.rows for label, _ in row.commands]
    assert len(labels) == len(set(labels)), "two buttons never read alike"
    assert all(re.search(r"[А-ЯІЇЄҐ][а-яіїєґ]+ [А-ЯІЇЄҐ][а-яіїєґ]+ · \d{4}-\d{4}", label) for label in labels)


async def test_one_row_a_family_and_every_filter_counts_rightly(house: House) -> None:
    numbers = await families(house, 12)
    operator = await house.staff(Role.OPERATOR)
    async with house.database.work(house.clock()) as work:
        first = (await work.calls.waiting(CenterId("kharkiv")))[0]
        for reason in (Reason.ASKED, Reason.UNDELIVERED):
            due = work.now - timedelta(hours=1)
            await work.calls.add_task(reason, person=first.person, center=first.center, due=due)
        await work.commit()
    await operator.says(f"/take {numbers[3]}")
    section = await _queue(house, operator)
    assert section.in_all == 12
    counts = {one.of: one.count for one in section.filters}
    assert counts == {"all": 12, "mine": 1, "overdue": 1, "new-report": 12, "asked": 1, "undelivered": 1}
    whys = [WORDS.say("uk", cell) for cell in section.rows[0].cells if not isinstance(cell, str)]
    assert whys[0].startswith("Прострочено")
    assert {"просять зателефонувати", "повідомлення не дійшло", "нове звернення"} <= set(whys)
    mine = await _queue(house, operator, "mine")
    assert [text for _, text in mine.rows[0].commands] == [f"/call {numbers[3]}", f"/case {numbers[3]}"]
    assert (await _queue(house, operator, "no such thing")).of == "all"
    assert not (await _queue(house, operator, "all", 9)).rows


async def test_in_a_chat_it_is_turned_by_presses(house: House) -> None:
    await families(house, 20)
    operator = await house.staff(Role.OPERATOR)
    await operator.says("/queue")
    assert operator.sees("20 дзвінків")
    assert operator.sees("1–8 із 20")
    await operator.presses("Показати далі")
    assert operator.sees("9–16 із 20")
    await operator.presses("Показати далі")
    assert operator.sees("17–20 із 20")
    await operator.presses("Показати попередні")
    assert operator.sees("9–16 із 20")
    house.clock.pass_by(days=9)
    await operator.says("/queue")
    await operator.presses("Прострочене: 20")
    assert operator.sees("Прострочене: 1–8 із 20")


@pytest.mark.parametrize("ask", ["/case {}", "/find {}", "{}"])
async def test_a_name_or_four_digits_find_and_a_press_opens(house: House, ask: str) -> None:
    numbers = await families(house, 30)
    operator = await house.staff(Role.OPERATOR)
    for words in ("шевчук ганна", "Shevchuk", numbers[8][-4:], "+38067100" + f"{104:04}"):
        await operator.says("/menu")
        await operator.says(ask.format(words))
        assert operator.sees("Шевчук"), words
        await operator.presses(f"Шевчук Остап · {numbers[8]}")
        assert operator.sees("Справа за зверненням"), words
        assert operator.sees("9 вересня 1990"), "by the full name and birth date"
    await operator.says("/menu")
    await operator.says(ask.format(numbers[8]))
    assert operator.sees(f"Справа за зверненням {numbers[8]}")


async def test_a_messenger_of_staff_shows_numbers_only(house: House) -> None:
    numbers = await families(house, 3)
    operator = await house.staff(Role.OPERATOR, channel=Channel.TELEGRAM)
    await operator.says("/queue")
    labels = [key.label for key in operator.keys]
    assert f"Зателефонувати: {numbers[0]}" in labels
    assert not any("Бондар" in label for label in labels)
    await operator.says("Бондар Ганна")
    assert "Бондар" not in operator.news


async def test_the_board_s_page_needs_no_scripts(house: House) -> None:
    await families(house, 45)
    member = await house.staff(Role.OPERATOR)
    async with served(house, board=rulebook.board) as site:
        browser = Browser(site)
        browser.cookies["session"] = member.address
        await browser.opens("/board")
        assert browser.sees("Сторінка 1 із 3")
        assert browser.sees("/board?of=all&amp;page=2")
        await browser.opens("/board?of=all&page=3")
        assert browser.sees("Сторінка 3 із 3")
        for wrong in ("?page=x", "?page=0", "?page=99999999999", "?of=%00%ff", "?of=all&page=-1"):
            await browser.opens(f"/board{wrong}")
            assert browser.sees("Черга")
