"""The promise of contact: what the head sets, whom the center is asked to call and when, what each side sees of it."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.calls import CallTask, Reason
from casework.cases.calling import RecordCall
from casework.cases.records import Reached
from casework.contact import keep
from casework.contact.promising import SetPromise
from casework.ids import CenterId
from casework.numbers import ReportNumber
from casework.people import ERASE_AFTER
from storage.people import people
from storage.registering import cases
from tests.journeys.families import families
from tests.journeys.test_contact import does, whom
from tests.visiting import WORDS, Guest, House, with_code

KHARKIV = CenterId("kharkiv")


async def promises(house: House, *days: int, limit: int) -> Guest:
    head = await house.staff(Role.HEAD, "kharkiv")
    for number in range(2):
        await house.staff(Role.OPERATOR, "kharkiv", name=f"Бондар {'Ганна' if number else 'Олена'}")
    written, voice, sooner = days
    await does(house, head, SetPromise(KHARKIV, written, voice, sooner, limit))
    return head


async def tick(house: House) -> list[CallTask]:
    """Returns the calls that are now due to keep the promise."""
    async with house.database.work(house.clock()) as work:
        await keep(KHARKIV, work)
        await work.commit()
    async with house.database.work(house.clock()) as work:
        return [task for task in await work.calls.waiting(KHARKIV) if task.reason is Reason.CONTACT]


async def reached(house: House, *numbers: str) -> Guest:
    operator = await house.staff(Role.OPERATOR, "kharkiv")
    for number in numbers:
        await does(house, operator, RecordCall(whom(number), Reached.REACHED))
    return operator


async def test_a_head_sees_what_a_promise_costs_before_it_is_made(house: House) -> None:
    head = await house.staff(Role.HEAD, "kharkiv")
    await families(house, 3)
    await head.says("/contact")
    assert head.hears("contact-none"), "nothing is promised by itself"
    await head.presses("Що обіцяє центр")
    assert head.sees("Рідних, за яких відповідає центр: 3. Працівників, які телефонують: 1.")
    await head.says("0")
    assert head.hears("unclear-promise", least=7, most=365)
    await head.says("10 років")
    assert head.hears("unclear-promise", least=7, most=365)
    for days in ("30 днів", "90", "30"):
        await head.says(days)
    await head.says("5")
    assert head.hears("promise-cost", relatives=1, minutes=14)
    await head.presses("Так, обіцяємо")
    assert head.hears("promise-done", written=30, voice=90, sooner=30)
    await head.says("/contact")
    assert head.hears("contact-counts", contact=3, due=0, silent=0, quiet=0)


async def test_what_nobody_manages_is_not_promised(house: House) -> None:
    head = await house.staff(Role.HEAD, "kharkiv")
    await families(house, 40)
    async with house.database.work(house.clock()) as work:
        assert await work.contacts.promises() == {}
    await head.says("/promise")
    for typed in ("7", "90", "30", "50"):
        await head.says(typed)
    assert head.sees("Вмістилося б, у днях: перевірене слово 10, живий голос 110, для нових 30.")
    await head.presses("Так, обіцяємо")
    assert head.sees("Вмістилося б, у днях: перевірене слово 10, живий голос 110, для нових 30.")
    for typed in ("30", "90", "30"):
        await head.says(typed)
    await head.presses("Ні")
    await head.says("/promise")
    for typed in ("30", "90", "30", "1"):
        await head.says(typed)
    await head.presses("Так, обіцяємо")
    assert head.hears("promise-limit-low", least=2)
    await head.says("2")
    await head.presses("Так, обіцяємо")
    assert head.hears("promise-done", written=30, voice=90, sooner=30)


@pytest.mark.parametrize(
    ("channel", "language", "promised"),
    [
        (Channel.TELEGRAM, "uk", "Навіть якщо новин не буде, ми напишемо або подзвонимо вам до"),
        (Channel.VIBER, "en", "Even if there is no news, we will write to you or call you by"),
        (Channel.WEB, "uk", "Навіть якщо новин не буде, ми напишемо або подзвонимо вам до"),
    ],
)
async def test_a_family_reads_the_day_and_somebody_is_asked_to_keep_it(
    house: House, channel: Channel, language: str, promised: str
) -> None:
    mother = house.guest(channel, language)
    if language == "en":
        await mother.consents()
    number = await mother.registers()
    operator = await reached(house, number)
    await mother.says("/reports")
    assert not mother.sees(promised), "the center has promised nothing yet"
    await promises(house, 30, 90, 30, limit=5)
    began = house.clock.at
    await mother.says("/reports")
    assert mother.sees(promised)
    assert mother.sees("24")
    house.clock.go_to(began + timedelta(days=22))
    assert await tick(house) == [], "not a day too early"
    house.clock.go_to(began + timedelta(days=24))
    [task] = await tick(house)
    assert task.due <= began + timedelta(days=30)
    assert [task] == await tick(house), "once"
    await operator.says("/contact")
    assert operator.sees("Озватися за тиждень: 1")
    assert operator.sees("Петренко Марія")
    house.clock.go_to(began + timedelta(days=31))
    await operator.says("/contact")
    assert operator.sees("Не чули від нас довше, ніж обіцяно: 1")
    assert operator.sees("ще ніхто не подзвонив")
    await mother.says("/reports")
    assert not mother.sees(promised), "a day that has passed is not named, and no new one"
    await does(house, operator, RecordCall(whom(number), Reached.REACHED))
    assert await tick(house) == []
    await mother.says("/reports")
    assert mother.sees(promised)


async def test_on_a_messenger_staff_see_numbers_and_no_names(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await reached(house, number)
    await promises(house, 30, 90, 30, limit=5)
    house.clock.pass_by(days=25)
    operator = await house.staff(Role.OPERATOR, "kharkiv", channel=Channel.TELEGRAM)
    await operator.says("/contact")
    assert operator.sees(number)
    assert not operator.sees("Петренко")


async def test_no_more_a_day_than_the_head_allows_and_the_nearest_first(house: House) -> None:
    numbers = await families(house, 7)
    await reached(house, *numbers)
    await promises(house, 30, 90, 30, limit=3)
    house.clock.pass_by(days=23, hours=1)  # a Thursday
    async with house.database.work(house.clock()) as work, house.database.work(house.clock()) as other:
        await keep(KHARKIV, work)
        await keep(KHARKIV, other)  # another process, at the same moment
        await other.commit()
        await work.commit()
    assert len(await tick(house)) == 3
    house.clock.pass_by(days=1)
    assert len(await tick(house)) == 6
    house.clock.pass_by(days=1)  # a Saturday: nobody is there to call
    assert len(await tick(house)) == 6
    house.clock.pass_by(days=2)
    assert len(await tick(house)) == 7


async def test_each_relative_has_a_side_of_their_own(house: House) -> None:
    """Nothing of one is counted for another: a call, a try, only a human's voice."""
    numbers = await families(house, 3)
    operator = await reached(house, numbers[0])
    await does(house, operator, RecordCall(whom(numbers[1]), Reached.NO_ANSWER))
    async with house.database.work(house.clock()) as work:
        for number in numbers[2:]:
            report = await work.reports.by_number(ReportNumber(number.replace("-", "")))
            assert report is not None
            await work.voices.begin(report.id, (await work.staff.all())[0].staff.id)
        sides = await work.contacts.sides(KHARKIV)
        assert [await work.contacts.side(side.report) for side in sides] == sides
    assert [side.heard.any is not None for side in sides] == [True, False, False]
    assert [side.heard.spoken is not None for side in sides] == [True, False, False]
    assert [side.called for side in sides] == [False, True, True]
    assert [side.tries for side in sides] == [0, 1, 0]
    assert [side.heard.by_voice for side in sides] == [False, False, True]


async def test_nobody_is_called_about_what_is_over_and_no_call_is_planned_twice(house: House) -> None:
    """An ended search, a relative who leaves, one who waits for another call already."""
    numbers = await families(house, 4)
    await reached(house, *numbers)
    await promises(house, 30, 90, 30, limit=9)
    reports = []
    async with house.database.work(house.clock()) as work:
        for number in numbers:
            report = await work.reports.by_number(ReportNumber(number.replace("-", "")))
            assert report is not None
            reports.append(report)
        await work.endings.end(reports[0].case, (await work.staff.all())[0].staff.id)
        gone = people.c.id == reports[1].person
        await work.connection.execute(update(people).where(gone).values(erase_at=work.now + ERASE_AFTER * 9))
        await work.calls.add_task(
            Reason.ASKED, person=reports[2].person, center=KHARKIV, due=work.now, report=reports[2].id
        )
        await work.commit()
    house.clock.pass_by(days=27)
    assert [task.person for task in await tick(house)] == [reports[3].person]
    async with house.database.work(house.clock()) as work:
        over = update(cases).where(cases.c.id == reports[3].case)
        await work.connection.execute(over.values(search_ended_at=work.now))
        await work.commit()
    assert await tick(house) == [], "what is no longer needed is taken out of the queue"


async def test_administrators_see_where_and_how_many_and_nobody_s_name(house: House) -> None:
    mother = house.guest()
    await reached(house, await mother.registers())
    await promises(house, 30, 90, 30, limit=5)
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    house.clock.pass_by(days=34)
    async with house.database.work(house.clock()) as work:
        person = await administrator.person()
        actor = Actor(person, "uk", Channel.WEB, await with_code(person, work))
        board = await rulebook.board(actor, work)
    rows = [row for section in board for row in section.rows]
    cells = [cell if isinstance(cell, str) else WORDS.say("uk", cell) for row in rows for cell in row.cells]
    assert any("понад обіцяне: 1" in cell for cell in cells)
    assert not any("Петренко" in cell for cell in cells)


async def test_a_promise_is_taken_back(house: House) -> None:
    """No day is named any more; a call that is in the queue stays, and what is promised later begins anew."""
    mother = house.guest()
    number = await mother.registers()
    await reached(house, number)
    head = await promises(house, 30, 90, 30, limit=5)
    await mother.says("/reports")
    assert mother.sees("Навіть якщо новин не буде")
    house.clock.pass_by(days=24)
    [task] = await tick(house)
    await head.says("/promise")
    await head.presses("Залишити, як є")
    assert await promised(house)
    await head.says("/promise")
    await head.presses("Більше не обіцяти")
    assert head.hears("promise-ended")
    assert not await promised(house)
    assert [one.id for one in await tick(house)] == [task.id]
    await mother.says("/reports")
    assert not mother.sees("Навіть якщо новин не буде")
    await head.says("/contact")
    assert head.hears("contact-none")
    await does(house, head, SetPromise(KHARKIV, 60, 90, 60, 5))
    async with house.database.work(house.clock()) as work:
        assert (await work.contacts.promises())[KHARKIV].former is None


async def promised(house: House) -> bool:
    async with house.database.work(house.clock()) as work:
        return KHARKIV in await work.contacts.promises()


async def test_whose_date_passes_beyond_the_limit_or_on_a_closed_day_is_called_all_the_same(house: House) -> None:
    numbers = await families(house, 4)
    await reached(house, *numbers)
    await promises(house, 30, 90, 30, limit=1)
    house.clock.pass_by(days=30, hours=-1)  # a Thursday; the ticks did not come for a week
    assert len(await tick(house)) == 1, "no more than the head allows ahead"
    house.clock.pass_by(days=2, hours=2)  # a Saturday
    assert len(await tick(house)) == 4, "nobody is silent without a human who knows it"


async def test_no_day_is_named_that_the_center_does_not_reach(house: House) -> None:
    """Twelve wait beyond their dates, and in four weeks one was called."""
    numbers = await families(house, 12)
    await reached(house, *numbers)
    await promises(house, 30, 90, 30, limit=5)
    house.clock.pass_by(days=33)
    assert len(await tick(house)) == 12
    mother = house.guest()
    number = await mother.registers()
    await reached(house, number)
    await mother.says("/reports")
    assert not mother.sees("Навіть якщо новин не буде")
    await reached(house, *numbers)
    await mother.says("/reports")
    assert mother.sees("Навіть якщо новин не буде")


async def test_the_head_reads_that_the_promise_needs_more_than_there_is(house: House) -> None:
    """More relatives came; where the head is gone, administrators see at once who is silent."""
    await families(house, 10)
    head = await promises(house, 30, 90, 30, limit=1)
    await families(house, 30)
    assert await on_board(house, head, "в чергу щодня йде не більше ніж 1")
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    house.clock.pass_by(days=31)
    assert not await on_board(house, administrator, "понад обіцяне")
    async with house.database.work(house.clock()) as work:
        for one in await work.staff.all():
            if one.staff.role is Role.HEAD:
                await work.staff.deactivate(one.staff.id)
        await work.commit()
    assert await on_board(house, administrator, "понад обіцяне: 40")


async def on_board(house: House, member: Guest, words: str) -> bool:
    async with house.database.work(house.clock()) as work:
        person = await member.person()
        board = await rulebook.board(Actor(person, "uk", Channel.WEB, await with_code(person, work)), work)
    cells = [cell for section in board for row in section.rows for cell in row.cells]
    return any(words in (cell if isinstance(cell, str) else WORDS.say("uk", cell)) for cell in cells)
