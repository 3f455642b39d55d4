"""What the journeys about the waiting list have in common: who waits, what comes free, what is offered."""

from datetime import datetime

from sqlalchemy import select, text

from bot.offers import Offering
from casework.actor import Channel
from casework.ids import PersonId
from storage.holding import held
from tests.journeys.booking import lawyer, own_center
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


async def nothing_is_held(house: House) -> bool:
    async with house.database.work(house.clock()) as work:
        return (await work.connection.execute(select(held))).all() == []
