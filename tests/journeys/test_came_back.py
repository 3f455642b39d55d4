"""Blocked and back: what a platform tells late of a block is over by then, and silences nobody who has come back."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import pytest
from sqlalchemy import text

from casework.actor import Channel
from casework.ids import PersonId
from casework.letters import Letter, Purpose, Screen, say
from dialogs.said import Text
from handlers.channel import Gone, Message, Speaker
from handlers.courier import Courier
from handlers.incoming import Blocked, Content, Unblocked
from handlers.leasing import LEASE
from tests.visiting import WORDS, Guest, House

ON = pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VIBER])
BACK = pytest.mark.parametrize("back", [Text("/menu"), Unblocked()], ids=["writes", "unblocks"])


@dataclass
class RefusesOnce:
    """A platform whose next answer is that it takes nothing for this person; much may happen before that answer."""

    speaker: Speaker
    channel: Channel
    meanwhile: Callable[[], Awaitable[object]]
    refused: bool = False

    async def send(self, address: str, message: Message) -> str:
        if not self.refused:
            self.refused = True
            await self.meanwhile()
            raise Gone("blocked")
        return await self.speaker.send(address, message)

    async def retract(self, address: str, ids: Sequence[str]) -> None:
        await self.speaker.retract(address, ids)


async def writes(house: House, person: PersonId) -> None:
    async with house.database.work(house.clock()) as work:
        await work.send(Letter(person, Screen((say("menu"),)), purpose=Purpose.UPDATE))
        await work.commit()


async def hears_of_it(house: House, mother: Guest) -> bool:
    """Of something new, at her chat."""
    before = len(mother.inbox)
    await writes(house, await mother.person())
    await house.deliver()
    return any(message.text == WORDS.say("uk", say("push")) for message in mother.inbox[before:])


async def calls(house: House) -> int:
    async with house.database.engine.connect() as connection:
        return int(await connection.scalar(text("SELECT count(*) FROM calls WHERE reason = 'undelivered'")) or 0)


@ON
@BACK
async def test_a_block_of_before_is_over(house: House, channel: Channel, back: Content) -> None:
    """Viber repeats for an hour what was lost on its way, past all that the person does meanwhile."""
    mother = house.guest(channel)
    await mother.consents()
    left = house.clock()
    house.clock.pass_by(minutes=1)
    await mother.sends(back)
    await mother.sends(Blocked(), at=left)
    assert await hears_of_it(house, mother)
    assert await calls(house) == 0
    await mother.sends(Blocked())
    assert not await hears_of_it(house, mother), "this time it is true"
    assert await calls(house) == 1


@ON
async def test_a_clock_that_was_ahead_makes_nobody_come_back(house: House, channel: Channel) -> None:
    mother = house.guest(channel)
    await mother.consents()
    house.clock.pass_by(hours=26)
    await mother.says("/menu")
    house.clock.pass_by(hours=-26)
    await mother.sends(Blocked())
    assert not await hears_of_it(house, mother)


@ON
@BACK
async def test_a_refusal_of_before_is_over_too(house: House, channel: Channel, back: Content) -> None:
    """The platform says no, and the person is back before that answer is."""
    mother = house.guest(channel)
    await mother.consents()
    box = house.boxes[channel]
    house.couriers[channel].speaker = RefusesOnce(box, channel, lambda: mother.sends(back))
    assert await hears_of_it(house, mother), "it is tried again"
    assert await calls(house) == 0


@ON
async def test_a_courier_that_lost_its_lease_closes_no_chat(house: House, channel: Channel) -> None:
    """It was frozen in the midst of a refusal; another has delivered the letter since."""
    mother = house.guest(channel)
    await mother.consents()
    other = Courier(house.database.work, house.couriers[channel].words, house.boxes[channel], house.clock)

    async def lasts() -> None:
        house.clock.pass_by(seconds=LEASE.total_seconds() + 1)
        assert await other.deliver_due() == 1

    house.couriers[channel].speaker = RefusesOnce(house.boxes[channel], channel, lasts)
    assert await hears_of_it(house, mother)
    assert await hears_of_it(house, mother), "and so is the next"
    assert await calls(house) == 0


async def test_what_viber_could_not_show_once_does_not_close_the_chat_of_who_wrote_since(house: House) -> None:
    """It tells late that it failed, of the letter's plainest form too."""
    mother = house.guest(Channel.VIBER)
    await mother.consents()
    person = await mother.person()
    await writes(house, person)
    await house.deliver()
    await house.desk.returned(Channel.VIBER, await receipt(house))
    await house.deliver()
    plain = await receipt(house)
    house.clock.pass_by(minutes=1)
    await mother.says("/menu")
    await house.desk.returned(Channel.VIBER, plain)
    assert await hears_of_it(house, mother)


async def receipt(house: House) -> str:
    """Viber's number of the letter sent last."""
    async with house.database.engine.connect() as connection:
        found = await connection.scalar(
            text("SELECT receipt FROM letters WHERE state = 'sent' ORDER BY id DESC LIMIT 1")
        )
    return str(found)
