"""A time comes free and is offered to the first who waits for an earlier one; with a clock, by day, and to one only."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text

from bot.offers import Offering
from bot.ticks import tidy
from casework.actor import Channel, Role
from casework.booking.appointments import AppointmentState, Means
from casework.booking.finding import CALL
from casework.booking.lines import line_of
from casework.holding import specialist
from casework.ids import CenterId, PersonId, StructureId
from demo.patience import until
from storage.holding import held
from tests.journeys.booking import booked, kyiv, lawyer, own_center, visit
from tests.visiting import Guest, House

EARLIER, TAKE, NO, LEAVE = "Повідомити про раніший час", "Так, беру цей час", "Ні, не підходить", "Вийти з черги"
NAMES = ("Петренко Марія", "Петренко Степан", "Коваленко Ірина", "Бондар Олег", "Мельник Ганна", "Шевчук Лідія")


async def family(house: House, number: int = 0, channel: Channel = Channel.TELEGRAM) -> Guest:
    guest = house.guest(channel)
    await guest.registers(own_name=NAMES[number])
    return guest


async def one_lawyer(house: House) -> Guest:
    """The first free time is on Friday, 27 November, at 10:00."""
    ill = await lawyer(house)
    for words in ("/absent", "24.11", "26.11"):
        await ill.says(words)
    await ill.presses("Так, сповістити всіх")
    return ill


async def waits(guest: Guest) -> None:
    """None of the times that there are suits."""
    await guest.says("/book")
    await guest.presses(own_center(guest))
    await guest.presses("Юрист")
    await guest.presses(EARLIER)


async def ticks(house: House) -> int:
    """What a look does: until there is nothing to do. How much there was."""
    steps = 0
    while await step(house):
        steps += 1
    await house.deliver()
    return steps


async def step(house: House) -> bool:
    return await Offering(house.database, house.clock, 30).offer()


async def cancels(guest: Guest, number: str) -> None:
    await guest.says(f"/cancel {number}")
    await guest.presses("Так, скасувати")


async def offers(house: House) -> list[tuple[PersonId, datetime, str]]:
    """Whom what was offered, and what has become of it."""
    made = text(
        "SELECT person_id, starts_at, state FROM offers JOIN waiting ON waiting.id = waiting_id ORDER BY made_at"
    )
    async with house.database.work(house.clock()) as work:
        return [(row.person_id, row.starts_at, row.state) for row in await work.connection.execute(made)]


async def reads(guest: Guest) -> None:
    if guest.channel is not Channel.WEB:
        await guest.reads_push()


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


async def test_what_is_offered_is_held_and_goes_to_the_next_when_nobody_answers(house: House) -> None:
    await one_lawyer(house)
    father, mother, aunt, other = [await family(house, number) for number in (1, 0, 2, 3)]
    first = await booked(father)
    await waits(mother)
    await waits(aunt)
    await cancels(father, first)
    assert await ticks(house) == 1
    ours, hers = await mother.person(), await aunt.person()
    assert await offers(house) == [(ours, kyiv(27, 10), "open")]
    await booked(other)
    assert other.sees("27 листопада 2026 року, 11:00"), "what is offered is not there for others"
    house.clock.pass_by(hours=2, minutes=55)
    assert await ticks(house) == 0
    house.clock.pass_by(minutes=10)
    assert await ticks(house) == 2, "one is over, the next is made"
    assert await offers(house) == [(ours, kyiv(27, 10), "lapsed"), (hers, kyiv(27, 10), "open")]
    await mother.reads_push()
    assert mother.hears("push-gone")
    await aunt.reads_push()
    await aunt.presses(NO)
    assert aunt.hears("offer-declined")
    assert await ticks(house) == 0, "both were asked: it is there for everybody"
    await booked(father)
    assert father.sees("27 листопада 2026 року, 10:00")
    await mother.says("/visits")
    assert mother.sees("Ви в черзі"), "who was silent still waits"


async def test_a_button_of_an_offer_that_is_over_takes_nothing(house: House) -> None:
    await one_lawyer(house)
    father, mother, aunt = [await family(house, number) for number in (1, 0, 2)]
    first = await booked(father)
    await waits(mother)
    await waits(aunt)
    await cancels(father, first)
    await ticks(house)
    await mother.reads_push()
    house.clock.pass_by(hours=4)
    await ticks(house)
    await mother.presses(TAKE)
    assert mother.hears("offer-over")
    await aunt.reads_push()
    await aunt.presses(TAKE)
    assert aunt.sees("Вас записано")
    await aunt.says("/visits")
    assert not aunt.sees("Ви в черзі"), "has what they waited for"


async def test_at_night_it_is_held_and_the_morning_brings_it(house: House) -> None:
    await one_lawyer(house)
    father, mother = await family(house, 1), await family(house)
    first = await booked(father)
    await waits(mother)
    before = len(mother.inbox)
    house.clock.go_to(kyiv(24, 21, 30))
    await cancels(father, first)
    await ticks(house)
    assert len(mother.inbox) == before
    assert len(await offers(house)) == 1, "nobody takes it over the night"
    house.clock.go_to(kyiv(25, 3))
    assert await ticks(house) == 0
    assert len(mother.inbox) == before
    house.clock.go_to(kyiv(25, 8, 1))
    await ticks(house)
    await mother.reads_push()
    assert mother.sees("Притримуємо цей час для вас до 11:00 (середа, 25 листопада 2026 року)")


async def test_the_night_does_not_count(house: House) -> None:
    await one_lawyer(house)
    father, mother = await family(house, 1), await family(house)
    first = await booked(father)
    await waits(mother)
    house.clock.go_to(kyiv(24, 20))
    await cancels(father, first)
    await ticks(house)
    await mother.reads_push()
    assert mother.sees("до 10:00 (середа, 25 листопада 2026 року)"), "an hour in the evening, two in the morning"


async def test_by_telephone_nobody_is_offered_their_own_night(house: House) -> None:
    """10:00 in Kyiv is 3:00 in Toronto; the first free time of the day there is at 15:00 here."""
    await one_lawyer(house)
    aunt = await family(house, 2)
    person, line = await aunt.person(), line_of(CALL, StructureId("lawyer"))
    before = len(aunt.inbox)
    async with house.database.work(house.clock()) as work:
        known = await work.people.get(person)
        away = replace(known.profile, region="abroad", zone="America/Toronto")
        await work.people.keep(replace(known, profile=away))
        await work.waiting.join(person, line, CenterId("kharkiv"), before=kyiv(28, 10), how=Means.PHONE)
        await work.commit()
    assert await ticks(house) == 1
    assert await offers(house) == [(person, kyiv(27, 15), "open")]
    assert len(aunt.inbox) == before, "it is night there now"
    house.clock.go_to(kyiv(24, 15, 1))
    await ticks(house)
    await aunt.reads_push()
    assert aunt.sees("Звільнився раніший час: п’ятниця, 27 листопада 2026 року, 15:00 за Києвом (у вас")
    assert aunt.sees("до 11:00 за вашим годинником (вівторок, 24 листопада 2026 року)")


async def test_what_leaves_no_time_for_an_answer_is_offered_to_nobody(house: House) -> None:
    """A visit to a hidden center on Friday at 10:00 has to be confirmed on Thursday."""
    await one_lawyer(house)
    father, mother = await family(house, 1), await family(house)
    first = await booked(father)
    await waits(mother)
    house.clock.go_to(kyiv(26, 16, 30))
    await cancels(father, first)
    assert await ticks(house) == 0
    assert await offers(house) == []


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


async def nothing_is_held(house: House) -> bool:
    async with house.database.work(house.clock()) as work:
        return (await work.connection.execute(select(held))).all() == []


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


async def test_of_many_who_wait_one_gets_it_however_many_processes_tick(house: House) -> None:
    await one_lawyer(house)
    father = await family(house, 1)
    first = await booked(father)
    line = [await family(house, number) for number in (0, 2, 3, 4, 5)]
    for guest in line:
        await waits(guest)
    await cancels(father, first)
    assert sum(await asyncio.gather(*(step(house) for _ in range(4)))) == 1
    assert len(await offers(house)) == 1
    house.clock.pass_by(hours=4)
    await asyncio.gather(*(step(house) for _ in range(4)))
    while await step(house):
        pass
    assert sorted(state for _, _, state in await offers(house)) == ["lapsed", "open"]
    async with house.database.work(house.clock()) as work:
        lawyers = await work.bookings.specialists(structure=StructureId("lawyer"))
        (busy,) = await work.bookings.taken(lawyers, work.now)
    assert (busy.resource, busy.starts) == (specialist(lawyers[0].staff), kyiv(27, 10))


async def test_one_who_takes_while_the_clock_runs_out_wins_or_loses_and_never_both(house: House) -> None:
    await one_lawyer(house)
    father, mother, aunt = [await family(house, number) for number in (1, 0, 2)]
    first = await booked(father)
    await waits(mother)
    await waits(aunt)
    await cancels(father, first)
    await ticks(house)
    await mother.reads_push()
    house.clock.pass_by(hours=4)
    await asyncio.gather(mother.presses(TAKE), step(house), step(house))
    await ticks(house)
    theirs = [one for one in await offers(house) if one[2] == "open"]
    assert mother.sees("Вас записано") != bool(theirs)


async def test_what_comes_free_is_offered_at_once(house: House) -> None:
    """By whoever commits it, in whatever process: nobody has to wait for the next look, and nobody comes in between."""
    await one_lawyer(house)
    father, mother, aunt = [await family(house, number) for number in (1, 0, 2)]
    first = await booked(father)
    await waits(mother)
    await waits(aunt)
    offering = Offering(house.database, house.clock, 3600)
    async with house.database.woken(offering.wake):
        looking = asyncio.create_task(offering.run())
        try:
            await cancels(father, first)
            await until(lambda: how_many_are_open(house), 1)
            await house.deliver()
            await mother.reads_push()
            await mother.presses(NO)
            await until(lambda: how_many_are_open(house), 1)
        finally:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)
    assert [state for _, _, state in await offers(house)] == ["declined", "open"]


async def how_many_are_open(house: House) -> int:
    return sum(state == "open" for _, _, state in await offers(house))


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
