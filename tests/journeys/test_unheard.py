"""A letter that wakes nobody, on the page only or nowhere: a human calls instead."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import text

from casework.actor import Channel, Role
from casework.calls import Reason
from casework.ids import PersonId
from casework.letters import Letter, LetterKind, Purpose, Screen, say
from handlers.channel import Gone, Message, Postponed, Rejected
from handlers.incoming import ButtonPress, Unblocked
from tests.journeys.test_linking import links
from tests.visiting import WORDS, Guest, House


@dataclass
class Shut:
    """A Telegram that takes nothing."""

    why: Exception
    channel: Channel = Channel.TELEGRAM

    async def send(self, address: str, message: Message) -> str:
        raise self.why

    async def retract(self, address: str, ids: object) -> None: ...


async def write(house: House, person: PersonId, *purposes: Purpose, kind: LetterKind = LetterKind.PUSH) -> None:
    async with house.database.work(house.clock()) as work:
        for purpose in purposes or (Purpose.UPDATE,):
            screen = Screen((say("common.line", what="новина", value="є"),))
            await work.send(Letter(person, screen, kind, purpose=purpose))
        await work.commit()
    await house.deliver()


async def calls(house: House, person: PersonId) -> list[Reason]:
    async with house.database.work(house.clock()) as work:
        return [task.reason for task in await work.calls.open_of(person, None)]


async def mother_of(house: House, *, page: bool) -> tuple[Guest, PersonId]:
    mother = house.guest()
    await mother.consents()
    if page:
        await links(mother, house.guest(Channel.WEB))
    return mother, await mother.person()


ENDS = pytest.mark.parametrize("page", [True, False], ids=["the page has it", "no way at all"])


@ENDS
@pytest.mark.parametrize("why", [Gone("blocked"), Gone("no account", closed=True), Rejected("bad")])
async def test_where_a_messenger_takes_nothing(house: House, page: bool, why: Exception) -> None:
    _, person = await mother_of(house, page=page)
    house.couriers[Channel.TELEGRAM].speaker = Shut(why)
    await write(house, person, Purpose.ROUTINE)
    assert await calls(house, person) == [], "what can wait is no reason to call"
    if not isinstance(why, Rejected):
        house.couriers[Channel.TELEGRAM].speaker = house.boxes[Channel.TELEGRAM]
        _, person = await mother_of(house, page=page)
        house.couriers[Channel.TELEGRAM].speaker = Shut(why)
    await write(house, person)
    assert await calls(house, person) == [Reason.UNDELIVERED]


@ENDS
async def test_where_a_chat_is_left_while_something_waits_there(house: House, page: bool) -> None:
    mother, person = await mother_of(house, page=page)
    house.couriers[Channel.TELEGRAM].speaker = Shut(Postponed(timedelta(minutes=5), "busy"))
    await write(house, person)
    assert await calls(house, person) == []
    await mother.says("забудь мене")
    assert await calls(house, person) == [Reason.UNDELIVERED]


@ENDS
async def test_where_a_platform_brings_it_back_twice(house: House, page: bool) -> None:
    mother = house.guest(Channel.VIBER)
    await mother.consents()
    if page:
        await links(mother, house.guest(Channel.WEB))
    person = await mother.person()
    await write(house, person)
    for _ in range(2):
        assert await calls(house, person) == []
        async with house.database.work(house.clock()) as work:
            newest = "SELECT receipt FROM letters WHERE channel = 'viber' AND state = 'sent' ORDER BY position DESC"
            receipt = await work.connection.scalar(text(newest))
        await house.desk.returned(Channel.VIBER, receipt)
        await house.deliver()
    assert await calls(house, person) == [Reason.UNDELIVERED]


async def test_where_nothing_is_left_to_send_to(house: House) -> None:
    mother, person = await mother_of(house, page=False)
    await mother.says("забудь мене")
    await write(house, person, Purpose.ROUTINE)
    await write(house, person, Purpose.REPLY, kind=LetterKind.REPLY)
    assert await calls(house, person) == []
    await write(house, person, Purpose.UPDATE, Purpose.KINSHIP, Purpose.APPOINTMENT)
    assert set(await calls(house, person)) == {Reason.UNDELIVERED}


async def test_nobody_calls_who_has_only_ever_had_the_page_nor_staff(house: House) -> None:
    page, member = house.guest(Channel.WEB), await house.staff(Role.OPERATOR, channel=Channel.TELEGRAM)
    await page.consents()
    await write(house, await page.person(), *Purpose)
    assert await calls(house, await page.person()) == []
    person = await member.person()
    await member.says("забудь мене")
    await write(house, person, *Purpose)
    assert await calls(house, person) == []


async def test_whoever_comes_back_is_told_first_what_could_not_be_delivered(house: House) -> None:
    """Blocked, two things happened meanwhile, and unblocked: both come before any answer, in their order, and once."""
    mother, person = await mother_of(house, page=False)
    house.couriers[Channel.TELEGRAM].speaker = Shut(Gone("blocked"))
    await write(house, person, Purpose.UPDATE)
    await write(house, person, Purpose.APPOINTMENT)
    house.couriers[Channel.TELEGRAM].speaker = house.boxes[Channel.TELEGRAM]
    await mother.sends(Unblocked())
    await mother.says("/menu")
    first, second, answer = mother.inbox[mother._read :]
    assert first.text == second.text == WORDS.say("uk", say("push")), "covered as ever"
    assert answer.text.startswith(WORDS.say("uk", say("menu")))
    await mother.sends(ButtonPress(first.keys[0][0].id))
    assert mother.sees("новина")
    await mother.says("/menu")
    assert not mother.hears("push"), "once"


async def test_what_was_written_to_a_lost_account_waits_for_the_new_one(house: House) -> None:
    _, person = await mother_of(house, page=True)
    house.couriers[Channel.TELEGRAM].speaker = Shut(Gone("no account", closed=True))
    async with house.database.work(house.clock()) as work:
        for address in await work.people.addresses(person):
            if address.channel is Channel.WEB:
                assert await work.people.blocked(address.id, work.now)
        await work.commit()
    await write(house, person)
    house.couriers[Channel.TELEGRAM].speaker = house.boxes[Channel.TELEGRAM]
    again = house.guest(Channel.VIBER)
    async with house.database.work(house.clock()) as work:
        hash = work.seals.vault.lookup(f"address/{again.channel}", again.address)
        await work.people.join_address(person, again.channel, again.address, hash)
        await work.commit()
    await again.says("/menu")
    assert again.hears("push")


async def test_an_answer_of_then_and_a_stranger_s_letters_do_not_come(house: House) -> None:
    mother, person = await mother_of(house, page=False)
    other, _ = await mother_of(house, page=False)
    house.couriers[Channel.TELEGRAM].speaker = Shut(Gone("blocked"))
    await write(house, person, Purpose.REPLY, kind=LetterKind.REPLY)
    await write(house, await other.person())
    house.couriers[Channel.TELEGRAM].speaker = house.boxes[Channel.TELEGRAM]
    await mother.sends(Unblocked())
    await mother.says("/menu")
    assert not mother.sees("новина")
    assert not mother.hears("push")
