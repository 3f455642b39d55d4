"""A platform shows a question and its "taken" is lost, so that it is sent again: whoever answers the first copy, or the
second, has answered. What was written before the first is still no answer."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram.types import Update
from sqlalchemy import text

from casework.actor import Channel
from casework.letters import Say
from demo.fakes.telegram import FakeTelegram, FakeUser
from demo.fakes.viber import FakeViber
from demo.patience import until
from dialogs.bursts import BURST
from dialogs.said import Text
from handlers.courier import Courier
from handlers.incoming import Incoming
from handlers.telegram import speaking
from handlers.telegram.incoming import read
from handlers.telegram.pace import TelegramPace
from handlers.telegram.speaking import TelegramSpeaker
from handlers.viber.api import ViberApi
from handlers.viber.incoming import MessageCallback
from handlers.viber.incoming import read as read_callback
from handlers.viber.speaking import ViberSpeaker
from tests.visiting import WORDS, Guest, House

QUICK = timedelta(milliseconds=20)

pytestmark = pytest.mark.asyncio(loop_factories=["hurried"])


@dataclass
class Chat:
    """A person at a messenger's fake, before the real speaker; what they do is read as the platform tells it."""

    house: House
    user: Any
    read: Callable[[Any], Any]
    loses: Callable[[], None]
    """From the next message on its sender hears nothing, once."""
    seen: int = field(default=0)

    async def hands_in(self, update: Any) -> None:
        """What the person did comes to us, now."""
        incoming = self.read(update)
        assert isinstance(incoming, Incoming)
        self.seen = len(self.user.sees)
        await self.house.desk.receive(incoming)

    async def does(self, update: Any) -> None:
        """The same, and the answer comes."""
        await self.hands_in(update)
        await self.answers_come()

    async def answers_come(self) -> None:
        """All of them: after a failure a chat is left in peace for a while."""
        await until(self._nothing_waits)

    async def _nothing_waits(self) -> bool:
        self.house.clock.pass_by(seconds=6)
        await self.house.deliver()
        async with self.house.database.work(self.house.clock()) as work:
            return not await work.connection.scalar(text("SELECT count(*) FROM letters WHERE state = 'waiting'"))

    def hears(self, name: str, **args: str) -> bool:
        return any(WORDS.say("uk", Say(name, args)) in shown.text for shown in self.user.sees[self.seen :])

    def copies(self, name: str) -> int:
        return sum(WORDS.say("uk", Say(name)) in shown.text for shown in self.user.sees)


@asynccontextmanager
async def telegram(house: House) -> AsyncIterator[Chat]:
    async with FakeTelegram(second=QUICK.total_seconds(), clock=lambda: house.clock().timestamp()) as fake:
        speaker = TelegramSpeaker(speaking.connect(fake.token, fake.url), pace=TelegramPace(QUICK, QUICK * 1.2))
        house.couriers[Channel.TELEGRAM] = Courier(house.database.work, WORDS, speaker, house.clock)
        user = fake.user(101, "Олена", "uk")
        yield Chat(
            house,
            user,
            lambda update: read(Update.model_validate(update), 7777777, house.clock()),
            lambda: fake.trouble("sendMessage", "reset", after_effect=True),
        )
        await speaker.close()
        assert fake.faults == []


@asynccontextmanager
async def viber(house: House) -> AsyncIterator[Chat]:
    async with FakeViber(clock=lambda: house.clock().timestamp()) as fake:
        api = ViberApi(fake.token, fake.url)
        speaker = ViberSpeaker(api, WORDS, page="https://zviazok.example", link=lambda file: None)
        house.couriers[Channel.VIBER] = Courier(house.database.work, WORDS, speaker, house.clock)
        user = fake.user(101, "Олена", "uk")
        user.subscribed, fake.delivery.url, fake.delivery.stopped = True, "http://127.0.0.1:1", True
        yield Chat(
            house,
            user,
            lambda event: read_callback(MessageCallback.model_validate(event)),
            lambda: fake.trouble("reset", after_effect=True),
        )
        await api.close()
        assert fake.faults == []


@pytest.fixture(params=[telegram, viber], ids=["telegram", "viber"])
async def chat(request: pytest.FixtureRequest, house: House) -> AsyncIterator[Chat]:
    async with request.param(house) as chat:
        yield chat


async def at_the_kinship(chat: Chat) -> None:
    for words in ("/start", "Погоджуюся", "/register"):
        await chat.does(await chat.user.says(words))
    assert chat.hears("kinship")


async def asked_for_the_name_and_not_heard_of(chat: Chat) -> None:
    """The question has been shown, and the courier does not know it."""
    await at_the_kinship(chat)
    await chat.hands_in(await chat.user.says("мати"))
    chat.loses()
    chat.house.clock.pass_by(seconds=BURST.total_seconds())
    await chat.house.deliver()
    assert chat.copies("missing-name") == 1
    chat.house.clock.pass_by(seconds=2)


async def test_an_answer_to_the_first_copy_before_the_second(chat: Chat) -> None:
    await asked_for_the_name_and_not_heard_of(chat)
    await chat.does(await chat.user.says("Петренко Іван"))
    assert chat.hears("born")
    # At Viber an answer that waited for more, and is not known to have come, is taken back by the next.
    assert chat.copies("missing-name") == (2 if isinstance(chat.user, FakeUser) else 1)


async def test_an_answer_to_the_first_copy_that_comes_after_the_second(chat: Chat) -> None:
    """At Telegram the second copy's number is larger than the answer's."""
    await asked_for_the_name_and_not_heard_of(chat)
    update = await chat.user.says("Петренко Іван")
    await chat.answers_come()
    assert chat.copies("missing-name") == 2
    await chat.does(update)
    assert chat.hears("born")


async def test_an_answer_to_the_second_copy(chat: Chat) -> None:
    await asked_for_the_name_and_not_heard_of(chat)
    await chat.answers_come()
    await chat.does(await chat.user.says("Петренко Іван"))
    assert chat.hears("born")


async def test_what_was_written_before_the_first_copy_is_no_answer(chat: Chat) -> None:
    await at_the_kinship(chat)
    await chat.hands_in(await chat.user.says("мати"))
    early, late = await chat.user.says("Петренко Іван"), await chat.user.says("Петренко Олег")
    chat.house.clock.pass_by(seconds=2)
    chat.loses()
    await chat.house.deliver()
    await chat.does(early)
    assert chat.hears("desk-early", text="Петренко Іван"), "before the second copy"
    await chat.does(late)
    assert chat.hears("desk-early", text="Петренко Олег"), "after it"


async def test_a_connection_that_never_came_about_has_shown_nothing(house: House) -> None:
    async with telegram(house) as chat:
        await at_the_kinship(chat)
        await chat.hands_in(await chat.user.says("мати"))
        nobody = TelegramSpeaker(speaking.connect("1:x", "http://127.0.0.1:1"), pace=TelegramPace(QUICK, QUICK))
        courier = house.couriers[Channel.TELEGRAM]
        courier.speaker, there = nobody, courier.speaker
        await house.deliver()
        courier.speaker = there
        house.clock.pass_by(seconds=2)
        await chat.does(await chat.user.says("Петренко Іван"))
        assert chat.hears("desk-early", text="Петренко Іван")
        await nobody.close()


async def asked_for_a_name(house: House) -> Guest:
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    await mother.presses("Мати")
    return mother


def writes(mother: Guest, words: str) -> Incoming:
    place = mother.house.boxes[mother.channel].place(mother.address)
    return Incoming(
        mother.channel, mother.address, f"quick-{words}", mother.house.clock(), Text(words), "uk", place=place
    )


async def leased(house: House, mother: Guest) -> None:
    """A process has taken the question and sent it, and does not mark it."""
    await house.desk.receive(writes(mother, "Петренко Іван"))
    house.clock.pass_by(seconds=2)
    async with house.database.work(house.clock()) as work:
        await work.leases.claim(Channel.TELEGRAM, 5, timedelta(seconds=60))
        await work.commit()
    house.boxes[Channel.TELEGRAM].place(mother.address)
    house.clock.pass_by(seconds=2)


@pytest.mark.parametrize("next_process", ["takes over", "finds the lease run out"])
async def test_whoever_sent_it_died_before_marking_it(house: House, next_process: str) -> None:
    mother = await asked_for_a_name(house)
    early = writes(mother, "Петренко Ганна")
    house.clock.pass_by(seconds=2)
    await leased(house, mother)
    answer = writes(mother, "12.03.1990")
    if next_process == "takes over":
        await house.couriers[Channel.TELEGRAM].take_over()
    house.clock.pass_by(minutes=2)
    await house.deliver()
    mother._read = len(mother.inbox)
    await house.desk.receive(early)
    await house.deliver()
    assert mother.hears("desk-early", text="Петренко Ганна")
    mother._read = len(mother.inbox)
    await house.desk.receive(answer)
    await house.deliver()
    assert mother.asked("own-name")


async def test_a_sending_that_hangs_holds_up_neither_the_answer_nor_what_else_the_person_does(house: House) -> None:
    mother = await asked_for_a_name(house)
    page = await house.another(mother, Channel.WEB)
    await leased(house, mother)
    begun = 0

    def begin(now: datetime) -> Any:
        nonlocal begun
        begun += 1
        return house.database.work(now)

    desk = replace(house.desk, begin=begin)
    answering = asyncio.create_task(desk.receive(writes(mother, "12.03.1990")))
    await until(lambda: begun >= 2)  # the turn was undone, and it is looked whether the letter is marked by now
    async with house.database.work(house.clock()) as work:
        row = text("SELECT id FROM people WHERE id = :id FOR UPDATE NOWAIT")
        assert await work.connection.scalar(row, {"id": await mother.person()})
    assert not answering.done()
    await answering
    async with house.database.work(datetime.now(UTC) + timedelta(days=9)) as work:
        await work.connection.execute(text("UPDATE addresses SET lease = NULL, leased_until = NULL"))
        await work.commit()
    await page.says("/menu")
    await house.deliver()
    assert mother.asked("own-name")
