"""The panic word: a chat becomes nobody's, whatever is on its way to it."""

from dataclasses import dataclass

import pytest
from sqlalchemy import text

from casework.actor import Channel, Role
from casework.letters import Letter, LetterKind, Screen, say
from dialogs.said import Other, Text
from handlers.channel import Gone, Message
from handlers.incoming import Content, Incoming, Sent, SentFile
from tests.journeys.chats import told
from tests.journeys.test_linking import links
from tests.visiting import House

PANIC = ["забудь мене", "Забудь меня!", "forget me", "/forget", "/forget@zviazok_bot", "забудьмене", "Збаудь мене"]


@pytest.mark.parametrize("word", PANIC)
async def test_the_panic_word_makes_a_chat_nobody_s(house: House, word: str) -> None:
    mother, viber = house.guest(), house.guest(Channel.VIBER)
    number = await mother.registers()
    await links(mother, viber)
    await mother.says("/register")
    before = len(mother.inbox)
    assert before
    await mother.says(word)
    assert mother.inbox == [], "all is taken back, and nothing is answered"
    await told(house, viber)
    assert viber.last.text.startswith("новина")
    await mother.says("/reports")
    assert mother.asked("consent")
    assert not mother.sees(number)
    await viber.says("/reports")
    assert viber.sees(number)


@pytest.mark.parametrize("content", [Other("edited", "забудь мене"), Sent((SentFile("image/jpeg"),), "Забудь мене")])
async def test_wherever_it_is_written(house: House, content: Content) -> None:
    """Under a photo, or into a message that was sent before."""
    mother = house.guest()
    await mother.registers()
    await mother.sends(content)
    assert mother.inbox == []


@pytest.mark.parametrize("words", ["забудь", "не забудь мене", "Я тут не вперше, забудь мене", "/forgets"])
async def test_other_words_are_no_panic(house: House, words: str) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.says(words)
    await mother.says("/menu")
    assert mother.hears("menu")


async def test_the_panic_word_before_any_gate(house: House) -> None:
    new, member = house.guest(), await house.staff(Role.OPERATOR, channel=Channel.TELEGRAM)
    await new.opens()
    await new.says("забудь мене")
    assert new.inbox == []
    await member.says("/queue")
    await member.says("забудь мене")
    assert member.inbox == []
    await member.says("/queue")
    assert member.asked("consent")


async def test_the_panic_word_in_great_haste(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    slowed = 0
    for n in range(house.desk.limits.messages.many):
        await mother.says(f"слово {n}")
        slowed += mother.hears("desk-too-many")
    assert slowed == 1
    await mother.says("забудь мене")
    assert mother.inbox == []


async def test_what_is_on_its_way_is_taken_back_too(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    box, courier = house.boxes[Channel.TELEGRAM], house.couriers[Channel.TELEGRAM]

    class Slow:
        channel = Channel.TELEGRAM
        retract = box.retract

        async def send(self, address: str, message: Message) -> str:
            courier.speaker = box
            await mother.says("забудь мене")
            return await box.send(address, message)

    courier.speaker = Slow()
    await mother.says("/menu")
    await house.deliver()
    assert mother.inbox == []


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VIBER])
async def test_what_waits_behind_what_is_on_its_way_never_goes(house: House, channel: Channel) -> None:
    mother = house.guest(channel)
    await mother.registers()
    box, courier = house.boxes[channel], house.couriers[channel]

    @dataclass
    class Slow:
        channel: Channel

        async def send(self, address: str, message: Message) -> str:
            courier.speaker = box
            panic = Incoming(channel, address, "panic", house.clock(), Text("забудь мене"), "uk", place=99)
            await house.desk.receive(panic)
            return await box.send(address, message)

        async def retract(self, address: str, ids: object) -> None: ...

    async with house.database.work(house.clock()) as work:
        guest = await work.people.enter(channel, mother.address, "uk")
        for number in range(3):
            screen = Screen((say("common.line", what=f"відповідь {number}", value="Петренко"),))
            await work.outbox.add(Letter(guest.person.id, screen, LetterKind.REPLY), (guest.address, channel))
        await work.commit()
    courier.speaker = Slow(channel)
    before = len(mother.inbox)
    await courier.deliver_due()
    assert [message.text[:11] for message in mother.inbox[before:]] in ([], ["відповідь 0"])
    await house.deliver()
    assert not any(message.text.startswith(("відповідь 1", "відповідь 2")) for message in mother.inbox)


async def test_nothing_is_taken_back_in_a_chat_that_is_still_theirs(house: House) -> None:
    mother, viber = house.guest(), house.guest(Channel.VIBER)
    await mother.registers()
    await links(mother, viber)
    box, courier = house.boxes[Channel.TELEGRAM], house.couriers[Channel.TELEGRAM]

    class Blocked:
        channel = Channel.TELEGRAM
        retract = box.retract

        async def send(self, address: str, message: Message) -> str:
            courier.speaker = box
            await mother.says("забудь мене")
            raise Gone("blocked meanwhile")

    courier.speaker = Blocked()
    before = len(viber.inbox)
    await mother.says("/menu")
    await house.deliver()
    assert len(viber.inbox) >= before
    async with house.database.work(house.clock()) as work:
        assert not await work.connection.scalar(text("SELECT count(*) FROM letters WHERE state = 'waiting'"))


async def test_a_platform_that_takes_nothing_back_calls_nobody(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    box, courier = house.boxes[Channel.TELEGRAM], house.couriers[Channel.TELEGRAM]

    class Blocking:
        channel = Channel.TELEGRAM
        send = box.send

        async def retract(self, address: str, ids: object) -> None:
            raise Gone("blocked")

    courier.speaker = Blocking()
    before = len(mother.inbox)
    await mother.says("забудь мене")
    assert len(mother.inbox) == before
    async with house.database.work(house.clock()) as work:
        reasons = await work.connection.scalars(text("SELECT reason FROM calls"))
        assert set(reasons) == {"new-report"}
        waiting = await work.connection.scalar(text("SELECT count(*) FROM letters WHERE state = 'waiting'"))
        assert waiting == 0


async def test_the_settings_say_which_word_it_is(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.says("/settings")
    await mother.presses("Якщо телефон забирають")
    assert mother.hears("panic", word=say("panic.word"), command="/forget")
    assert mother.asked("settings")
