"""Viber: several messages within a second or two are answered once, and the first word opens the talk."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from casework.actor import Channel
from casework.letters import Letter, Purpose, Say, Screen
from dialogs.bursts import BURST
from dialogs.said import Text
from handlers.channel import Message
from handlers.courier import Courier
from handlers.incoming import Content, Incoming, Sent, SentFile
from handlers.viber.api import TOO_MANY, meaning
from storage.addresses import addresses
from tests.visiting import WORDS, Guest, House


async def _at_once(mother: Guest, house: House, *contents: Content) -> None:
    mother._read = len(mother.inbox)
    for number, content in enumerate(contents):
        id = f"{mother.address}-{number}-{content!r}"
        await house.desk.receive(Incoming(mother.channel, mother.address, id, house.clock(), content, "uk"))
        await house.deliver()
        house.clock.pass_by(seconds=BURST.total_seconds() / 2)
        await house.deliver()


async def _a_moment_later(house: House) -> None:
    house.clock.pass_by(seconds=BURST.total_seconds())
    await house.deliver()


def _answers(mother: Guest) -> int:
    return len(mother.inbox) - mother._read


async def test_a_name_in_three_messages_is_answered_once(house: House) -> None:
    mother = house.guest(Channel.VIBER)
    await mother.consents()
    await mother.says("/register")
    await mother.presses("Мати")
    await _at_once(mother, house, Text("Петренко"), Text("Іван"), Text("Миколайович"))
    await _a_moment_later(house)
    assert _answers(mother) == 1
    assert mother.asked("born")
    assert mother.sees("Петренко Іван Миколайович")


async def test_what_was_written_at_the_menu_is_answered_once_and_kept_whole(house: House) -> None:
    mother = house.guest(Channel.VIBER)
    await mother.consents()
    lines = ("Добрий день", "Він любив рибалити на Десні", "Ми з онуком чекаємо його щодня")
    await _at_once(mother, house, *map(Text, lines))
    await _a_moment_later(house)
    assert _answers(mother) == 1
    assert mother.hears("wish-greeting")
    async with house.database.work(house.clock()) as work:
        assert [line.words for line in await work.inbox.waiting(await mother.person())] == list(lines[1:])


async def test_photos_chosen_together_are_answered_once(house: House) -> None:
    mother = house.guest(Channel.VIBER)
    await mother.registers()
    await _at_once(mother, house, *(Sent((SentFile("image/jpeg", content=bytes([n])),)) for n in range(4)))
    await _a_moment_later(house)
    assert _answers(mother) == 1
    assert mother.hears("sent-kept", what=Say("common.counted-file", {"files": 4}))


async def test_a_press_and_a_command_are_answered_at_once(house: House) -> None:
    mother = house.guest(Channel.VIBER)
    await mother.consents()
    await _at_once(mother, house, Text("/register"))
    assert mother.asked("kinship")


@pytest.mark.parametrize("channel", [Channel.VIBER, Channel.TELEGRAM])
@pytest.mark.parametrize("word", ["так", "1", "Погоджуюся", "English", "Добрий день", "мама", "Почати"])
async def test_the_first_word_opens_the_talk_and_answers_nothing(house: House, channel: Channel, word: str) -> None:
    mother = house.guest(channel)
    await mother.says(word)
    assert mother.asked("consent")
    async with house.database.work(house.clock()) as work:
        person = await work.people.get(await mother.person())
    assert (person.consent, person.language) == (None, "uk")
    await mother.says("так")
    assert mother.asked("menu"), "once it was shown, it is answered"


async def test_the_first_word_after_a_link_is_no_kinship(house: House) -> None:
    mother = house.guest(Channel.VIBER)
    first = Incoming(Channel.VIBER, mother.address, "first", house.clock(), Text("мама"), "uk", link="register")
    await house.desk.receive(first)
    await _a_moment_later(house)
    assert mother.asked("consent")
    await mother.presses("Погоджуюся")
    assert mother.asked("kinship")


async def test_a_code_from_another_device_may_be_the_first_word(house: House) -> None:
    stranger = house.guest(Channel.VIBER)
    await stranger.says("ABCD-2345")
    assert stranger.hears("link-wrong")


class Tired:
    """A Viber that has sent somebody a hundred messages without an answer; while it says so of a push, they write."""

    channel = Channel.VIBER

    def __init__(self, house: House) -> None:
        self.house, self.refused = house, 0

    async def send(self, address: str, message: Message) -> str:
        if not self.refused:
            self.refused += 1
            came = Incoming(Channel.VIBER, address, "while", self.house.clock(), Text("/menu"), "uk")
            await self.house.desk.receive(came)
            raise meaning(TOO_MANY)
        return await self.house.boxes[Channel.VIBER].send(address, message)

    async def retract(self, address: str, ids: Sequence[str]) -> None:
        raise AssertionError("nothing is taken back here")


async def test_whoever_writes_while_a_push_is_refused_is_answered_at_once(house: House) -> None:
    mother = house.guest(Channel.VIBER)
    await mother.consents()
    async with house.database.work(house.clock()) as work:
        push = Screen((Say("settings-pause-ended"),), keeps=True, neutral=True)
        await work.send(Letter(await mother.person(), push, purpose=Purpose.CALL))
        await work.commit()
    house.couriers[Channel.VIBER] = Courier(house.database.work, WORDS, Tired(house), house.clock)
    mother._read = len(mother.inbox)
    await house.deliver()
    assert mother.hears("settings-pause-ended"), "what was refused goes too: they have answered"
    assert mother.asked("menu")
    async with house.database.work(house.clock()) as work:
        assert await work.connection.scalar(select(addresses.c.retry_at)) is None
