"""Who looked: whatever staff are shown of a family is fetched for that, recorded, and kept in no thread or letter."""

import re

import pytest
from sqlalchemy import delete, select, text

from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.booking.desk import Day
from casework.rulebook import QUERIES
from casework.staff import access, looks
from storage.chain import audit
from storage.outbox import letters
from storage.people import people
from storage.threads import thread
from tests.handlers.web_site import Browser, Visitor, served
from tests.visiting import Guest, House, with_code

NAMES = re.compile(r"Петренк|Марі|Іван|Миколай|67 ?123|671234567|пошту|date\(1990|03\.1990|березня 1990")


async def _kept(house: House, member: Guest) -> str:
    """All that the database holds of what was said to a member of staff and by them."""
    person = await member.person()
    found = []
    async with house.database.work(house.clock()) as work:
        for row in await work.connection.execute(select(thread).where(thread.c.person_id == person)):
            shown = await work.seals.unseal(thread.c.body, row.id, row.body)
            found.append(repr(shown))
        for row in await work.connection.execute(select(letters).where(letters.c.person_id == person)):
            screen = await work.seals.unseal(letters.c.screen, row.id, row.screen)
            found.append(repr(screen))
    return "\n".join(found)


async def _rows(house: House, member: Guest, what: str = "%") -> int:
    person = await member.person()
    async with house.database.work(house.clock()) as work:
        staff = await with_code(person, work)
        assert staff is not None
        found = audit.select().where(audit.c.staff_id == staff.id, audit.c.deed == "looked", audit.c.what.like(what))
        return len((await work.connection.execute(found)).all())


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.TELEGRAM, Channel.VIBER])
async def test_nothing_of_a_family_stays_with_the_member_who_saw_it(house: House, channel: Channel) -> None:
    mother, wife = house.guest(), house.guest()
    number = await mother.registers()
    other = await wife.registers(own_name="Петренко Оксана")
    head = await house.staff(Role.HEAD, channel=channel, name="Шевченко Ніна")
    for said in (
        "/queue",
        "/find Петренко",
        f"/case {number}",
        f"/take {number}",
        f"/note {number} Просять писати на пошту.",
        f"/call {number}",
        f"/kinship {number}",
        f"/join {number} {other}",
        f"/update {number}",
        "/day",
        "/walkin",
        "Петренко Марія, 067 123 45 67",
        "/Петренко",
        "Дзвонить Марія",
    ):
        await head.says(said)
    kept = await _kept(house, head)
    assert number in kept
    assert not NAMES.search(kept), [kept[max(m.start() - 150, 0) : m.end() + 30] for m in NAMES.finditer(kept)]


async def test_each_showing_of_a_case_is_a_row_and_further_above_it_names_nobody(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    operator = await house.staff(Role.OPERATOR)
    async with served(house) as site:
        program = Visitor(site, operator.address)
        assert "Петренко Марія" in await program.says(f"/case {number}")
        browser = Browser(site)
        browser.cookies["session"] = operator.address
        before = await _rows(house, operator, "case")
        for times in (1, 2):
            await browser.opens("/")
            assert browser.sees("Петренко Марія")
            assert browser.sees("+380671234567")
            assert await _rows(house, operator, "case") == before + times
        await program.says("/menu")
        await browser.opens("/")
        assert browser.sees(number)
        assert not NAMES.search(browser.page)
        assert await _rows(house, operator, "case") == before + 2


async def test_an_erased_family_is_shown_no_more(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    operator = await house.staff(Role.OPERATOR)
    async with served(house) as site:
        assert "Петренко Марія" in await Visitor(site, operator.address).says(f"/case {number}")
        async with house.database.work(house.clock()) as work:
            await work.erasing.erase(await mother.person())
            await work.commit()
        browser = Browser(site)
        browser.cookies["session"] = operator.address
        await browser.opens("/")
        assert browser.status == 200
        assert not NAMES.search(browser.page)


async def test_what_cannot_be_recorded_is_not_shown(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    operator = await house.staff(Role.OPERATOR)
    async with served(house, board=rulebook.board) as site:
        browser = Browser(site)
        browser.cookies["session"] = operator.address
        assert "Петренко Марія" in await Visitor(site, operator.address).says(f"/case {number}")
        await browser.opens("/board")
        assert browser.sees("Петренко Марія")
        async with house.database.engine.begin() as connection:
            await connection.execute(text("ALTER TABLE audit RENAME TO gone"))
        for path in ("/", "/board", "/board/fragment", "/day", "/api/messages"):
            await browser.opens(path)
            assert browser.status == 503, path
            assert not NAMES.search(browser.page), path


async def test_a_board_writes_only_what_is_new(house: House) -> None:
    await house.guest().registers()
    operator = await house.staff(Role.OPERATOR)
    async with served(house, board=rulebook.board) as site:
        browser = Browser(site)
        browser.cookies["session"] = operator.address
        for _ in range(3):
            await browser.opens("/board/fragment")
        assert await _rows(house, operator, "board-queue") == 1
        await house.guest().registers("Шевченко Олег", own_name="Шевченко Ніна")
        for _ in range(2):
            await browser.opens("/board/fragment")
        assert await _rows(house, operator, "board-queue") == 2
    async with house.database.work(house.clock()) as work:
        rows = (await work.connection.execute(audit.select().where(audit.c.what == "board-queue"))).all()
        one, other = (set(row.cases) for row in rows)
        assert len(one) == len(other) == 1
        assert not one & other


async def test_a_list_is_one_row_with_its_cases(house: House) -> None:
    for _ in range(3):
        await house.guest().registers()
    operator = await house.staff(Role.OPERATOR)
    await operator.says("/find Петренко")
    async with house.database.work(house.clock()) as work:
        rows = (await work.connection.execute(audit.select().where(audit.c.what == "search"))).all()
        assert all(len(row.cases) == 3 for row in rows)


def test_only_what_tells_nothing_of_a_family_is_read_without_a_row() -> None:
    """A new query is recorded until somebody says that it need not be; none of the list is gone."""
    names = {query.__name__ for query in QUERIES}
    assert names >= looks.TELLS_NOTHING, looks.TELLS_NOTHING - names
    staff = {name for name in names if access.who_may(name) & access.STAFF}
    assert {"Queue", "Find", "ToBeCalled", "Day", "SideBySide", "ToSign", "BeginUpdate"} <= staff - looks.TELLS_NOTHING


async def test_every_query_of_staff_writes_a_row_even_where_its_rule_forgets_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    mother = house.guest()
    await mother.registers()
    operator = await house.staff(Role.OPERATOR)

    async def forgetful(*what: object) -> tuple[()]:
        return ()

    monkeypatch.setitem(QUERIES, Day, forgetful)
    async with house.database.work(house.clock()) as work:
        person = await operator.person()
        actor = Actor(person, "uk", Channel.WEB, await with_code(person, work))
        await rulebook.answer(Day(house.clock.at.date()), actor, work)
        await work.commit()
    assert await _rows(house, operator, "day") == 1


async def test_the_threads_of_before_are_gone(house: House) -> None:
    """What a member's thread holds from before a release that fetches is not among what is kept: it is deleted."""
    operator = await house.staff(Role.OPERATOR)
    await operator.says("/menu")
    async with house.database.work(house.clock()) as work:
        await work.connection.execute(delete(letters))
        await work.connection.execute(people.update().values(asked_letter=None))
        await work.commit()
    await operator.says("/queue")
    assert operator.sees("Дзвінків немає")
