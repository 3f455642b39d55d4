"""What every messenger's speaker must keep, whatever the messenger: the same checks over both."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest

from casework.actor import Channel
from casework.letters import Kind, Letter, Say, Screen
from dialogs.words import Words
from handlers.channel import Gone, Key, Message, Postponed, Rejected, Speaker
from handlers.telegram import speaking as telegram_speaking
from handlers.telegram.pace import Pace as TelegramPace
from handlers.telegram.speaking import TelegramSpeaker
from handlers.viber.api import Api
from handlers.viber.speaking import ViberSpeaker
from tests.fakes.telegram import FakeTelegram
from tests.fakes.viber import FakeViber
from tests.visiting import House, Mailbox

KEYS = ((Key("3.mother", "Мати"),), (Key("3.~back", "Назад"),))


@dataclass
class Line:
    """A speaker with a person at the other end. `trouble` befalls the next sending, `leaves` ends it for good;
    `rests` lets the wait pass that a speaker gives itself after trouble."""

    speaker: Speaker
    address: str
    sees: Callable[[], list[str]]
    keys: Callable[[], list[str]]
    trouble: Callable[[str], None]
    leaves: Callable[[], Awaitable[object]]
    rests: Callable[[], None]
    longest: int


def telegram_pace() -> TelegramPace:
    return TelegramPace(timedelta(seconds=0.02), timedelta(seconds=0.03))


async def telegram_line() -> AsyncIterator[Line]:
    async with FakeTelegram(second=0.02) as fake:
        speaker = TelegramSpeaker(telegram_speaking.connect(fake.token, fake.url), pace=telegram_pace())
        olena = fake.user(101, "Олена")
        olena.started = True

        def trouble(kind: str) -> None:
            fake.trouble("sendMessage", kind)  # type: ignore[arg-type]

        yield Line(
            speaker,
            "101",
            lambda: [shown.text for shown in olena.sees],
            lambda: [button.label for row in olena.sees[-1].buttons for button in row],
            trouble,
            olena.blocks,
            lambda: setattr(speaker, "_pace", telegram_pace()),
            4096,
        )
        await speaker.close()


async def viber_line() -> AsyncIterator[Line]:
    async with FakeViber() as fake:
        fake.delivery.url = "http://127.0.0.1:9/"
        api = Api(fake.token, fake.url)
        speaker = ViberSpeaker(api, Words(), page="https://zviazok.example", link=lambda file: None)
        olena = fake.user(101, "Олена")
        olena.subscribed = True

        def trouble(kind: str) -> None:
            fake.trouble(kind)  # type: ignore[arg-type]

        yield Line(
            speaker,
            olena.id,
            lambda: [shown.text for shown in olena.sees],
            lambda: [key.label for key in olena.keyboard],
            trouble,
            olena.unsubscribes,
            lambda: None,
            7000,
        )
        await api.close()


@pytest.fixture(params=[telegram_line, viber_line], ids=[Channel.TELEGRAM, Channel.VIBER])
async def line(request: pytest.FixtureRequest) -> AsyncIterator[Line]:
    async for line in request.param():
        yield line


async def test_what_is_sent_one_after_another_arrives_so(line: Line) -> None:
    for at in range(5):
        while True:
            try:
                await line.speaker.send(line.address, Message((f"Слово {at}",), ref=str(at)))
                break
            except Postponed as later:
                await asyncio.sleep(later.after.total_seconds())
    assert line.sees() == [f"Слово {at}" for at in range(5)]


async def test_a_long_text_loses_no_letter_and_its_keys_come_last(line: Line) -> None:
    text = "\n\n".join(f"Абзац {at}. " + "слово " * 200 for at in range(12)).strip()
    receipt = await line.speaker.send(line.address, Message((text,), KEYS))
    assert receipt
    assert len(line.sees()) > 1
    assert all(len(part) <= line.longest for part in line.sees())
    assert "".join("".join(line.sees()).split()).startswith("".join(text.split()))
    assert line.keys() == ["Мати", "Назад"]


async def test_letters_that_mean_something_elsewhere_are_only_letters(line: Line) -> None:
    await line.speaker.send(line.address, Message(("<b>&amp; *Ірина* _& Co_",), ((Key("1.x", "<i>Так & ні"),),)))
    assert line.sees()[0].startswith("<b>&amp; *Ірина* _& Co_")
    assert line.keys() == ["<i>Так & ні"]


@pytest.mark.parametrize("trouble", ["500", "429", "reset"])
async def test_the_platform_s_trouble_postpones_and_nothing_is_lost(line: Line, trouble: str) -> None:
    line.trouble(trouble)
    with pytest.raises(Postponed) as postponed:
        await line.speaker.send(line.address, Message(("?",), ref="1"))
    assert timedelta(0) < postponed.value.after <= timedelta(minutes=1)
    line.rests()
    await asyncio.sleep(0.05)
    await line.speaker.send(line.address, Message(("?",), ref="1"))
    assert line.sees() == ["?"]


async def test_whoever_left_is_gone(line: Line) -> None:
    await line.leaves()
    with pytest.raises(Gone):
        await line.speaker.send(line.address, Message(("?",)))


@pytest.mark.parametrize(
    "message", [Message(("  ",)), Message(("?",), ((Key("", "Так"),),)), Message(("?",), ((Key("x" * 65, "Так"),),))]
)
async def test_what_cannot_be_sent_is_rejected(line: Line, message: Message) -> None:
    with pytest.raises(Rejected):
        await line.speaker.send(line.address, message)
    assert line.sees() == []


class Refusing:
    """A mailbox whose platform takes nothing that we begin, for hours: no balance, a limit."""

    def __init__(self, box: Mailbox) -> None:
        self.channel, self._box, self.refuses = box.channel, box, False

    async def send(self, address: str, message: Message) -> str:
        if self.refuses:
            raise Postponed(timedelta(hours=6), "no balance")
        return await self._box.send(address, message)

    async def unsay(self, address: str, ids: Sequence[str]) -> None:
        await self._box.unsay(address, ids)


async def test_whoever_writes_is_answered_although_a_push_waits(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    speaker = Refusing(house.boxes[mother.channel])
    house.couriers[mother.channel].speaker = speaker
    speaker.refuses = True
    async with house.database.work(house.clock()) as work:
        await work.send(Letter(await mother.person(), Screen((Say("welcome-done"),), neutral=True), Kind.PUSH))
        await work.commit()
    await house.deliver()
    speaker.refuses = False
    await mother.says("/menu")
    assert mother.hears("menu")
    assert mother.hears("welcome-done")
