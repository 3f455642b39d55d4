"""A time comes free and is offered to the first who waits for an earlier one; what the family does, and staff."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.ticks import tidy
from casework.actor import Channel, Role
from casework.booking.appointments import AppointmentState
from tests.journeys.booking import booked, kyiv, lawyer, own_center, visit
from tests.journeys.in_line import (
    EARLIER,
    LEAVE,
    TAKE,
    cancels,
    family,
    nothing_is_held,
    offers,
    one_lawyer,
    reads,
    ticks,
    waits,
)
from tests.visiting import House


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.TELEGRAM, Channel.VIBER])
async def test_a_later_appointment_is_moved_with_one_press(house: House, channel: Channel) -> None:
    await one_lawyer(house)
    father, mother = await family(house, 1), await family(house, 0, channel)
    first, later = await booked(father), await booked(mother)
    assert (await visit(house, later)).starts_at == kyiv(27, 11)
    await mother.says("/visits")
    await mother.presses(f"{EARLIER} {later}")
    assert mother.sees("Ви в черзі. Юрист, Харків. Напишемо вам, щойно звільниться час, раніший за цей: п’ятниця")
    assert mother.sees("На вебсторінці ми не можемо вас покликати") == (channel is Channel.WEB)
    assert await ticks(house) == 0, "nothing is free"
    await cancels(father, first)
    assert await ticks(house) == 1
    await reads(mother)
    told = mother.last.text
    assert "Звільнився раніший час: п’ятниця, 27 листопада 2026 року, 10:00. Юрист, Харків." in told
    assert f"перенесемо на нього запис {later}. Зараз він такий: п’ятниця, 27 листопада 2026 року, 11:00" in told
    assert "Притримуємо цей час для вас до 13:0" in told
    await mother.presses(TAKE)
    assert mother.sees(f"Перенесено. Номер запису той самий: {later}. Тепер: п’ятниця, 27 листопада 2026 року, 10:00")
    assert (await visit(house, later)).starts_at == kyiv(27, 10)
    await mother.says("/visits")
    assert not mother.sees("Ви в черзі")
    await booked(father)
    assert father.sees("27 листопада 2026 року, 11:00"), "the time that was left"


async def test_whoever_has_none_yet_books_with_one_press_and_gets_what_comes_with_it(house: House) -> None:
    await one_lawyer(house)
    father, mother = await family(house, 1), await family(house)
    first = await booked(father)
    await waits(mother)
    assert mother.sees("раніший за цей: п’ятниця, 27 листопада 2026 року, 11:00")
    await cancels(father, first)
    await ticks(house)
    await mother.reads_push()
    assert not mother.sees("перенесемо")
    await mother.presses(TAKE)
    assert mother.sees("Вас записано")
    assert mother.sees("Адреси цього центру не публікують")
    assert {file.type for message in mother.inbox for file in message.enclosures} >= {"text/calendar", "image/png"}


async def test_who_cancels_the_later_appointment_first_can_still_take_what_is_offered(house: House) -> None:
    await one_lawyer(house)
    father, mother = await family(house, 1), await family(house)
    first, later = await booked(father), await booked(mother)
    await mother.says(f"/earlier {later}")
    await cancels(father, first)
    await ticks(house)
    await cancels(mother, later)
    await mother.says("/visits")
    assert mother.sees("Звільнився раніший час")
    assert not mother.sees("перенесемо")
    await mother.presses(TAKE)
    assert mother.sees("Вас записано")
    assert (await visit(house, later)).state is AppointmentState.CANCELLED


async def test_who_cancels_or_books_by_themselves_waits_for_nothing_else(house: House) -> None:
    await one_lawyer(house)
    father, mother = await family(house, 1), await family(house)
    first, later = await booked(father), await booked(mother)
    await mother.says(f"/earlier {later}")
    await cancels(mother, later)
    await mother.says("/visits")
    assert mother.hears("visits-none")
    await waits(mother)
    await booked(mother)
    await mother.says("/visits")
    assert mother.sees("раніший за цей: п’ятниця, 27 листопада 2026 року, 11:00"), "than what they have now"
    await cancels(father, first)
    assert await ticks(house) == 1


async def test_the_line_is_left_in_my_visits(house: House) -> None:
    await one_lawyer(house)
    father, mother, aunt = [await family(house, number) for number in (1, 0, 2)]
    first = await booked(father)
    await waits(mother)
    await waits(aunt)
    await cancels(father, first)
    await ticks(house)
    await mother.says("/menu")
    await mother.presses("Мої записи")
    assert mother.sees("Звільнився раніший час"), "a page shows it too"
    await mother.presses(LEAVE)
    assert mother.hears("waiting-stopped")
    assert await ticks(house) == 1
    assert [one[0] for one in await offers(house)] == [await aunt.person()]
    await mother.says("/visits")
    assert mother.hears("visits-none")


async def test_where_no_time_is_free_one_waits_for_whatever_comes(house: House) -> None:
    """An absence ends: the times behind it can be booked one day, and the first in line is asked before all."""
    ill = await lawyer(house)
    for words in ("/absent", "24.11", "31.12"):
        await ill.says(words)
    await ill.presses("Так, сповістити всіх")
    mother = await family(house)
    await mother.says("/book")
    await mother.presses(own_center(mother))
    await mother.presses("Юрист")
    assert mother.asked("book-nobody")
    await mother.presses("Повідомити, коли звільниться час")
    assert mother.sees("Напишемо вам, щойно звільниться час.")
    assert await ticks(house) == 0
    house.clock.go_to(kyiv(30, 12) + timedelta(days=3))
    assert await ticks(house) == 1
    await mother.reads_push()
    assert mother.sees("Звільнився раніший час: п’ятниця, 1 січня 2027 року, 10:00")


async def test_what_the_specialist_is_ill_for_is_no_longer_offered(house: House) -> None:
    ill = await one_lawyer(house)
    father, mother = await family(house, 1), await family(house)
    first = await booked(father)
    await waits(mother)
    await cancels(father, first)
    await ticks(house)
    await mother.reads_push()
    for words in ("/absent", "27.11", "27.11"):
        await ill.says(words)
    await ill.presses("Так, сповістити всіх")
    await mother.presses(TAKE)
    assert mother.hears("offer-over")
    assert [state for _, _, state in await offers(house)] == ["withdrawn"]
    assert await nothing_is_held(house)


async def test_whoever_is_erased_stands_in_no_line_and_holds_nothing(house: House) -> None:
    await one_lawyer(house)
    father, mother, aunt = [await family(house, number) for number in (1, 0, 2)]
    first = await booked(father)
    await waits(mother)
    await waits(aunt)
    await cancels(father, first)
    await ticks(house)
    gone = await mother.person()
    async with house.database.work(house.clock()) as work:
        await work.erasing.erase(gone)
        await work.commit()
    assert await ticks(house) == 1
    assert await offers(house) == [(await aunt.person(), kyiv(27, 10), "open")]


async def test_two_persons_who_are_one_stand_in_a_line_once(house: House) -> None:
    await one_lawyer(house)
    father, mother, again = [await family(house, number) for number in (1, 0, 2)]
    first = await booked(father)
    await waits(mother)
    await waits(again)
    await cancels(father, first)
    await ticks(house)
    async with house.database.work(house.clock()) as work:
        assert await work.links.join(await again.person(), await mother.person()) is not None
        await work.commit()
    assert await nothing_is_held(house), "the offer was the other's"
    assert await ticks(house) == 1
    await again.says("/visits")
    assert again.sees("Звільнився раніший час")


async def test_staff_see_how_many_wait(house: House) -> None:
    await one_lawyer(house)
    mother, aunt = await family(house), await family(house, 2)
    operator = await house.staff(Role.OPERATOR)
    elsewhere = await house.staff(Role.OPERATOR, "lviv")
    await operator.says("/day")
    assert not operator.sees("На раніший час")
    await waits(mother)
    await waits(aunt)
    await operator.says("/day")
    assert operator.sees("На раніший час чекають 2 родини.")
    await elsewhere.says("/day")
    assert not elsewhere.sees("На раніший час")


async def test_what_nobody_can_be_given_any_more_is_forgotten(house: House) -> None:
    await one_lawyer(house)
    mother = await family(house)
    await waits(mother)
    house.clock.go_to(kyiv(27, 12))
    await mother.says("/visits")
    assert mother.hears("visits-none")
    async with house.database.work(house.clock()) as work:
        await tidy(work)
        assert (await work.connection.execute(text("SELECT count(*) FROM waiting"))).scalar_one() == 0


async def test_another_s_offer_is_like_none(house: House) -> None:
    await one_lawyer(house)
    father, mother = await family(house, 1), await family(house)
    first = await booked(father)
    await waits(mother)
    await cancels(father, first)
    await ticks(house)
    async with house.database.work(house.clock()) as work:
        (mine,) = await work.waiting.of(await mother.person())
    assert mine.offer is not None
    await father.says(f"/accept {mine.offer.id}")
    assert not father.sees("Вас записано")
    assert [state for _, _, state in await offers(house)] == ["open"]


async def test_staff_answer_for_a_visitor_who_has_no_messenger(house: House) -> None:
    await one_lawyer(house)
    father, mother = await family(house, 1), await family(house, 0, Channel.WEB)
    first, later = await booked(father), await booked(mother)
    await mother.says(f"/earlier {later}")
    await cancels(father, first)
    await ticks(house)
    operator = await house.staff(Role.OPERATOR)
    await operator.says(f"/serve {later}")
    await operator.presses("Записи")
    assert operator.sees("Звільнився раніший час")
    await operator.presses(TAKE)
    assert operator.sees("Перенесено")
    assert (await visit(house, later)).starts_at == kyiv(27, 10)
