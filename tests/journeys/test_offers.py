"""An offer has a clock, is told by day, and is made to one only, however many processes look."""

import asyncio
from dataclasses import replace

from sqlalchemy import select

from bot.offers import Offering
from casework.booking.appointments import Means
from casework.booking.finding import CALL
from casework.booking.lines import line_of
from casework.holding import specialist
from casework.ids import CenterId, StructureId
from demo.patience import until
from storage.holding import held
from tests.journeys.booking import booked, kyiv
from tests.journeys.in_line import (
    NO,
    TAKE,
    cancels,
    family,
    offers,
    one_lawyer,
    step,
    ticks,
    waits,
)
from tests.visiting import House


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
        taken = select(held.c.during).where(held.c.resource == specialist(lawyers[0].staff))
        assert [during.lower for during in await work.connection.scalars(taken)] == [kyiv(27, 10)]


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
