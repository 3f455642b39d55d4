"""Search, likeness, joining and parting."""

import asyncio

from sqlalchemy import text

from casework.actor import Channel, Role
from casework.cases import match
from casework.cases.search import LIKELY, may_be_one
from casework.values import PartialDate
from dialogs.said import Text
from handlers.incoming import Incoming
from storage.audit import audit
from storage.database import Database
from storage.index import SINCE
from tests.visiting import Guest, House


def test_birth_dates_that_may_be_of_one_person() -> None:
    whole = PartialDate(1990, 3, 12)
    assert may_be_one(whole, None)
    assert may_be_one(whole, PartialDate(1990))
    assert may_be_one(whole, PartialDate(1991, 3, 12))
    assert may_be_one(whole, PartialDate(1990, 12, 3)), "a day written for the month"
    assert not may_be_one(whole, PartialDate(1990, 4, 12))
    assert not may_be_one(whole, PartialDate(1985))


async def test_a_number_from_another_institution_finds_the_report(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.says(f"/details {number}")
    while not mother.asked("numbers"):
        await mother.presses("Ще")
        await mother.presses("Пізніше")
    await mother.says("немає")
    assert mother.hears("unclear-numbers")
    await mother.presses("Витяг з ЄРДР")
    assert mother.sees("Напишіть номер: Витяг з ЄРДР")
    await mother.says("12024-0500 7701234")
    assert mother.hears("numbers-more", count=1)
    await mother.says("ТЦК 77/4512, у НІБ сказали 9-00417")
    assert mother.hears("numbers-more", count=3)
    await mother.presses("Це все")
    await mother.presses("Ще")
    await mother.presses("Пропустити решту")
    assert mother.sees("Номери документів: 12024-0500 7701234, ТЦК 77/4512")
    await mother.presses("Так, зберегти")
    operator, stranger = await house.staff(Role.OPERATOR), await house.staff(Role.OPERATOR, "lviv")
    for typed in ("1202405007701234", "12024-0500 7701234", "77/4512", "9-00417", "ТЦК 774512"):
        await operator.says(f"/find {typed}")
        assert operator.sees(f"{number}: Петренко Іван"), typed
    await operator.says("/find 12024-0500 7701235")
    assert not operator.sees(number)
    await stranger.says("/find 77/4512")
    assert not stranger.sees(number)
    await operator.says(f"/case {number}")
    assert operator.sees("Витяг з ЄРДР: 12024-0500 7701234 (родина")
    assert operator.sees("Звернення до НІБ: у НІБ сказали 9-00417 (родина")


async def test_a_misspelt_name_is_found_and_the_search_recorded(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    operator = await house.staff(Role.OPERATOR)
    for sought in ("Петрэнко Иван", "petrenko ivan", "067 123 45 67", "Марія Петренко", number):
        await operator.says(f"/find {sought}")
        assert operator.sees(number), sought
        assert operator.sees("Петренко Іван Миколайович")
    await operator.says("/find Шевчук Олена")
    assert operator.sees("нічого не знайдено")
    async with house.database.work(house.clock()) as work:
        found = (await work.connection.execute(audit.select().where(audit.c.what == "search"))).all()
    assert len({row.searched for row in found}) == 6
    assert all(b"\xd0\x9f" not in row.searched and len(row.searched) == 32 for row in found)


async def test_a_corrected_name_is_found_by_its_new_spelling(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    operator = await house.staff(Role.OPERATOR)
    await operator.says("/find Петренко Іван")
    await mother.says(f"/correct {number}")
    await mother.presses("Кого шукаємо")
    await mother.says("Задорожній Іван")
    await operator.says("/find Задорожный")
    assert operator.sees(number)


async def test_what_another_center_answers_for_is_named_and_not_shown(house: House) -> None:
    mother = house.guest()
    number = await mother.registers(region="Львів")
    operator = await house.staff(Role.OPERATOR, "kharkiv")
    await operator.says("/find Петренко Іван")
    assert operator.sees("Схоже є в іншому центрі: Львів")
    assert not operator.sees(number)
    assert not operator.sees("Миколайович")


async def test_reports_of_one_person_are_joined_and_parted(house: House) -> None:
    mother, wife = house.guest(), house.guest()
    first = await mother.registers()
    second = await wife.registers("Петренко Иван", own_name="Петренко Оксана")
    operator = await house.staff(Role.OPERATOR)
    await operator.says("/queue")
    assert operator.sees("збіг")
    await operator.says(f"/case {first}")
    assert operator.sees(f"Схоже на ту саму людину: звернення {second}")
    before = len(mother.inbox), len(wife.inbox)
    await operator.presses(f"Порівняти зі зверненням {second}")
    assert operator.sees("Петренко Оксана")
    await operator.presses("Так, об’єднати")
    assert operator.hears("proposal-join", number=first, other=second), "it decides who receives updates: it takes two"
    signer = await house.second()
    assert signer.hears("join-done", number=first, other=second)
    await operator.says(f"/case {first}")
    assert operator.sees("Петренко Марія")
    assert operator.sees("Петренко Оксана")
    assert (len(mother.inbox), len(wife.inbox)) == before
    await wife.says("/reports")
    assert wife.sees(second)
    assert not wife.sees(first)
    await operator.says(f"/part {second}")
    await operator.presses("Так, роз’єднати")
    assert operator.sees(f"Справа за зверненням {second}")
    assert not operator.sees("Петренко Марія")
    await operator.says("/queue")
    assert operator.sees("Схожих звернень немає")


async def test_two_persons_of_one_name_are_kept_apart(house: House) -> None:
    first = await house.guest().registers()
    second = await house.guest().registers()
    operator = await house.staff(Role.OPERATOR)
    await operator.says(f"/join {first} {second}")
    await operator.presses("Ні, це дві людини")
    await operator.says(f"/case {first}")
    assert not operator.sees("Схоже на ту саму людину")


async def test_the_center_of_a_likely_report_sees_both_sides(house: House) -> None:
    """Mother in Kharkiv, wife in Lviv: whoever notices may compare them, and then both centers answer."""
    here = await house.guest().registers(region="Харків")
    there = await house.guest().registers(region="Львів", own_name="Петренко Оксана")
    operator = await house.staff(Role.OPERATOR, "kharkiv")
    await operator.says(f"/case {there}")
    assert operator.sees("відповідає інший центр: Львів")
    await operator.says(f"/join {here} {there}")
    assert operator.sees("Петренко Оксана")
    await operator.presses("Так, об’єднати")
    await house.second()
    await operator.says(f"/case {there}")
    assert operator.sees("Петренко Марія")


async def test_two_reports_in_one_second_on_two_processes_meet(house: House) -> None:
    """Each process has an index of its own; whoever compares later has both commits before its look."""
    mother, wife = house.guest(), house.guest()
    other = Database(house.database.url, bytes(range(32)), pool=2)

    async def files(guest: Guest) -> None:
        right = Incoming(Channel.TELEGRAM, guest.address, f"{guest.address}-last", house.clock(), Text("так"))
        await house.desk.receive(right)

    async def compare(database: Database) -> None:
        async with database.work(house.clock()) as work:
            await match(work)
            await work.commit()

    try:
        for guest in (mother, wife):
            await guest.consents()
            for text in ("/register", "1", "Петренко Іван", "12.03.1990", "Петренко Ганна", "067 123 45 67", "Харків"):
                await guest.says(text)
        await asyncio.gather(files(mother), files(wife))
        await asyncio.gather(compare(other), compare(house.database))
        async with other.work(house.clock()) as work:
            reports = [*(await work.reports.of(await mother.person())), *(await work.reports.of(await wife.person()))]
            pairs = await work.cases.likely([reports[0].id])
        assert [(pair.report, pair.other) for pair in pairs] == [tuple(sorted(report.id for report in reports))]
        assert pairs[0].score >= LIKELY
    finally:
        await other.close()


async def test_joining_and_parting_are_decided_on_the_page_with_the_second_factor(house: House) -> None:
    """They decide who receives updates."""
    first = await house.guest().registers()
    second = await house.guest().registers(own_name="Петренко Оксана")
    away = await house.staff(Role.OPERATOR, channel=Channel.TELEGRAM)
    await away.says(f"/join {first} {second}")
    await away.presses("Так, об’єднати")
    assert away.sees("на сторінці, де видно все, що до нього потрібно: http")
    operator = await house.staff(Role.OPERATOR)
    operator.code_at = None
    house.clock.pass_by(hours=13)
    await operator.says(f"/join {first} {second}")
    assert operator.hears("staff-factor-needed")
    head = await house.staff(Role.HEAD)
    await head.says(f"/join {first} {second}")
    await head.presses("Так, об’єднати")
    assert (await house.second()).sees("тепер в одній справі")
    await operator.says(f"/part {second}")
    await operator.says("Так, роз’єднати")
    assert operator.hears("staff-factor-needed")
    await head.says(f"/part {second}")
    await head.presses("Так, роз’єднати")
    assert head.sees(f"Справа за зверненням {second}")


async def test_the_longest_story_and_the_longest_note_are_shown_whole(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.says(f"/details {number}")
    while not mother.asked("circumstances"):
        await mother.presses("Ще")
        await mother.presses("Пізніше")
    story, note = "Розповідь. " * 900, "Нотатка. " * 330
    await mother.says(story.strip())
    await mother.presses("Це все")
    await mother.presses("Ще")
    await mother.presses("Пропустити решту")
    await mother.presses("Так, зберегти")
    operator = await house.staff(Role.OPERATOR)
    await operator.says(f"/note {number} {note.strip()}")
    await operator.says(f"/case {number}")
    assert operator.sees(story.strip())
    assert operator.sees(note.strip())


async def test_transaction_ids_of_another_server_are_read_once(house: House) -> None:
    """After a restore they lie far ahead of this server's own, and would be read again at each search."""
    mother = house.guest()
    await mother.registers()
    async with house.database.work(house.clock()) as work:
        await work.connection.execute(text("UPDATE changes SET transaction = 9000000000000000"))
        await work.commit()
    house.database.index.seen = 0
    async with house.database.work(house.clock()) as work:
        assert len((await work.search.find("Петренко Марія", 10)).hits) == 1
        again = (
            await work.connection.execute(SINCE, {"seen": house.database.index.seen, "after": -1, "page": 9})
        ).all()
        assert [row.kind for row in again] == [None], "nothing but where the next look goes on"
    await mother.registers("Савчук Лука Тарасович")
    async with house.database.work(house.clock()) as work:
        assert len((await work.search.find("Савчук Лука Тарасович", 10)).hits) == 1
