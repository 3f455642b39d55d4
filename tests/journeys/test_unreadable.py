"""One value that does not open is one broken line: no screen is down, it is told, and nothing is decided by it."""

from html import escape

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.ticks import TICKS, tell_broken
from casework import rulebook
from casework.actor import Channel, Role
from casework.calls import Reason
from casework.centers import line_of_all
from casework.letters import Say
from casework.unreadable import REFUSED, UNREADABLE
from dialogs.said import Text
from handlers.incoming import ButtonPress
from storage.addresses import addresses
from storage.deferred import deferred
from storage.outbox import letters
from storage.people import people
from storage.registering import reports
from storage.updates import updates
from tests.handlers.web_site import Browser, served
from tests.journeys.breaking import SEALED, Town, altered, furnished, read_beside
from tests.visiting import WORDS, Guest, House

STAFF, FAMILY = (WORDS.say("uk", Say(f"unreadable.{who}")) for who in ("staff", "family"))

HEAD = "/queue", "/case {n}", "/kinship {n}", "/approve", "/proposals", "/call {n}", "/hold {n}", "/find Петренко"
SCREENS = {
    None: ("/reports", "/updates", "/details {n}", "/correct {n}", "/book", "/settings"),
    Role.HEAD: HEAD,
    Role.ADMINISTRATOR: ("/staff", "/center kharkiv"),
    Role.AUDITOR: ("/audit",),
}
"""Where families and staff are shown what is sealed."""


STAFF_PAGES = "/", "/board", "/board/fragment", "/day"

APART = frozenset({addresses.c.address, letters.c.screen, people.c.active})
"""What no screen can be sent without: by themselves below, and in tests/storage/test_outbox.py."""


@pytest.fixture(name="town")
async def _town(house: House) -> Town:
    return await furnished(house)


async def _is_shown(who: Guest, said: str) -> str:
    """A screen that is there, and nothing of it failed on the way."""
    with capture_logs() as logs:
        receipt = await who.sends(Text(said))
    assert not receipt.quarantined, said
    failed = [line for line in logs if line["log_level"] == "error" and "open" not in line["event"]]
    assert not failed, (said, failed)
    assert UNREADABLE not in who.news
    return who.news


async def test_no_screen_is_down_and_no_tick_whatever_does_not_open(town: Town) -> None:
    """Every value at once. Of each sealed column it is told, by a screen or by what reads it besides."""
    house, seen = town.house, set[str]()
    async with altered(house, *(column for column in SEALED if column not in APART)):
        for role, screens in SCREENS.items():
            who = town.mother if role is None else town.members[role]
            for screen in screens:
                news = await _is_shown(who, screen.format(n=town.number))
                seen |= {token for token in (STAFF, FAMILY) if token in news}
        for tick in TICKS:
            async with house.database.work(house.clock()) as work:
                await tick(work)
                await work.commit()
        for read in read_beside(town):
            async with house.database.work(house.clock()) as work:
                await read(work)
        told = house.database.broken.places
    assert seen == {STAFF, FAMILY}
    assert told >= {str(column) for column in SEALED if column not in APART}


async def test_no_page_is_down_and_no_list_of_it(town: Town) -> None:
    """Whole pages as a browser opens them: the thread, the board, the day, the cards, the audit."""
    house = town.house
    mother = await house.another(town.mother, Channel.WEB)
    opened = [(mother, path) for path in ("/", "/?all", "/cards")]
    opened += [(town.members[role], path) for role in (Role.HEAD, Role.OPERATOR, Role.VERIFIER) for path in STAFF_PAGES]
    opened += [(town.members[Role.AUDITOR], path) for path in ("/", "/audit", "/audit.csv")]
    everything = altered(house, *(column for column in SEALED if column not in APART))
    seen = set[str]()
    async with served(house, board=rulebook.board) as site, everything:
        for who, path in opened:
            browser = Browser(site)
            browser.cookies["session"] = who.address
            with capture_logs() as logs:
                page = await browser.opens(path)
            assert browser.status == 200, (who.address, path)
            assert not [line for line in logs if line["log_level"] == "error" and "open" not in line["event"]], path
            assert UNREADABLE not in page, path
            seen |= {path for token in (STAFF, FAMILY) if escape(token) in page}
    assert seen >= {"/board", "/audit"}, seen


async def test_one_broken_value_leaves_all_others(town: Town) -> None:
    head = town.members[Role.HEAD]
    for column in SEALED:
        if column in APART:
            continue
        async with altered(town.house, column) as many:
            assert many, f"{column}: put something into it in tests/journeys/breaking.py"
            news = await _is_shown(head, f"/case {town.number}")
        if column is reports.c.claim:
            assert STAFF in news
        else:
            assert "Петренко Іван" in news, column


async def test_it_is_told_and_nothing_is_decided_by_it(town: Town) -> None:
    house, mother, head, number = town.house, town.mother, town.members[Role.HEAD], town.number
    async with altered(house, reports.c.claim):
        with capture_logs() as logs:
            await mother.says("/reports")
        assert FAMILY in mother.news
        assert mother.hears("unreadable-family", phone=await _line_of_all(house))
        [line] = [line for line in logs if line["log_level"] == "error"]
        assert (line["column"], isinstance(line["id"], int)) == ("reports.claim", True)
        assert [await _told(town) for _ in range(3)] == [True, False, False], "an administrator hears of it once"

        await mother.says(f"/correct {number}")
        await mother.presses(WORDS.say("uk", Say("missing-name.label")))
        await mother.says("Петренко Петро Миколайович")
        assert mother.hears(REFUSED)
    await mother.says("/reports")
    assert "Петренко Іван" in mother.news, "it is not written over"
    async with altered(house, updates.c.statement):
        await head.says("/approve")
        await head.sends(ButtonPress(head.keys[0].id))
        assert head.hears(REFUSED)
    async with house.database.work(house.clock()) as work:
        assert len(await work.updates.waiting()) == 1
    await house.desk.receive(town.incoming("/steps"))
    async with altered(house, letters.c.screen):
        await house.deliver()
    async with house.database.work(house.clock()) as work:
        tasks = await work.calls.open_of(await mother.person(), None)
    assert any(task.reason is Reason.UNDELIVERED for task in tasks), "a human calls instead"
    await mother.says("/reports")
    assert "Петренко Іван" in mother.news, "it holds up no other"


async def _line_of_all(house: House) -> str:
    async with house.database.work(house.clock()) as work:
        return await line_of_all(work)


async def _told(town: Town) -> bool:
    """Does an administrator hear of it now?"""
    house, admin = town.house, town.members[Role.ADMINISTRATOR]
    before = len(admin.inbox)
    async with house.database.work(house.clock()) as work:
        await tell_broken(work)
        await work.commit()
    await house.deliver()
    return any(
        WORDS.say("uk", Say("unreadable-told", {"count": 1})) in message.text for message in admin.inbox[before:]
    )


async def test_what_was_being_answered_is_asked_again_and_told(house: House) -> None:
    wife = house.guest()
    await wife.consents()
    await wife.says("/register")
    await wife.says("Дружина")
    async with altered(house, people.c.active):
        await wife.says("Савчук Лука")
        assert wife.hears("unreadable-draft")
    await wife.says("Дружина")
    await wife.says("Савчук Лука")
    assert not wife.hears("unreadable-draft")
    async with house.database.work(house.clock()) as work:
        guest = await work.people.enter(wife.channel, wife.address, "uk")
        await work.deferred.add(guest.person.id, guest.address, wife.channel, "{}")
        await work.commit()
    async with altered(house, deferred.c.raw):
        await house.desk.catch_up()
        await house.deliver()
    assert WORDS.say("uk", Say("unreadable-message")) in wife.last.text


async def test_whose_key_does_not_open_gets_another(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    person = await mother.person()
    async with house.database.engine.begin() as connection:
        await connection.execute(people.update().where(people.c.id == person).values(key_id=7))
    with capture_logs() as logs:
        await mother.says("/reports")
    assert "Петренко Іван" in mother.news
    assert [line["table"] for line in logs if "data key" in line["event"]] == ["people"]
    async with house.database.engine.begin() as connection:
        assert await connection.scalar(select(people.c.key_id).where(people.c.id == person)) != 7
