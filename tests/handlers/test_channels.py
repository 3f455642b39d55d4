"""What every channel's speaker must keep, whatever the channel: the same checks over all of them."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest

from casework.actor import Channel
from casework.letters import Letter, LetterKind, Say, Screen
from handlers.channel import Gone, Key, Message, Postponed, Rejected
from tests.handlers.lines import FALLIBLE, LEAVABLE, REFUSING, SPEAKING, STORED, Line
from tests.visiting import House, Mailbox

KEYS = ((Key("3.mother", "Мати"),), (Key("3.~back", "Назад"),))


@pytest.fixture
def url(request: pytest.FixtureRequest) -> str:
    """A database's address where one is needed: to copy one takes longer than most of these checks."""
    needed = request.node.callspec.params["line"] in STORED
    return str(request.getfixturevalue("database_url")) if needed else ""


@pytest.fixture
async def line(request: pytest.FixtureRequest, url: str) -> AsyncIterator[Line]:
    async with request.param(url) as line:
        yield line


def over(lines: Mapping[str, Any]) -> pytest.MarkDecorator:
    """Check each of these lines."""
    return pytest.mark.parametrize("line", lines.values(), ids=lines.keys(), indirect=True)


def test_no_channel_is_left_out() -> None:
    assert set(SPEAKING) == set(Channel)


@over(SPEAKING)
async def test_what_is_sent_one_after_another_arrives_so(line: Line) -> None:
    for at in range(5):
        while True:
            try:
                await line.speaker.send(line.address, Message((f"Слово {at}",), ref=str(at)))
                break
            except Postponed as later:
                await asyncio.sleep(later.after.total_seconds())
    assert await line.sees() == [f"Слово {at}" for at in range(5)]


@over(SPEAKING)
async def test_a_long_text_loses_no_letter_and_its_keys_come_last(line: Line) -> None:
    text = "\n\n".join(f"Абзац {at}. " + "слово " * 200 for at in range(12)).strip()
    receipt = await line.speaker.send(line.address, Message((text,), KEYS, ref="1"))
    assert receipt
    seen = await line.sees()
    assert len(seen) >= len(text) / line.longest
    assert all(len(part) <= line.longest for part in seen)
    assert "".join("".join(seen).split()).startswith("".join(text.split()))
    assert await line.keys() == ["Мати", "Назад"]


@over(SPEAKING)
async def test_letters_that_mean_something_elsewhere_are_only_letters(line: Line) -> None:
    message = Message(("<b>&amp; *Ірина* _& Co_",), ((Key("1.x", "<i>Так & ні"),),), ref="1")
    await line.speaker.send(line.address, message)
    assert (await line.sees())[0].startswith("<b>&amp; *Ірина* _& Co_")
    assert await line.keys() == ["<i>Так & ні"]


@over(FALLIBLE)
@pytest.mark.parametrize("trouble", ["500", "429", "reset"])
async def test_the_platform_s_trouble_postpones_and_nothing_is_lost(line: Line, trouble: str) -> None:
    line.trouble(trouble)
    with pytest.raises(Postponed) as postponed:
        await line.speaker.send(line.address, Message(("?",), ref="1"))
    assert timedelta(0) < postponed.value.after <= timedelta(minutes=1)
    line.rests()
    await asyncio.sleep(0.05)
    await line.speaker.send(line.address, Message(("?",), ref="1"))
    assert await line.sees() == ["?"]


@over(LEAVABLE)
async def test_whoever_left_is_gone(line: Line) -> None:
    await line.leaves()
    with pytest.raises(Gone):
        await line.speaker.send(line.address, Message(("?",), ref="1"))


@over(REFUSING)
@pytest.mark.parametrize(
    "message", [Message(("  ",)), Message(("?",), ((Key("", "Так"),),)), Message(("?",), ((Key("x" * 65, "Так"),),))]
)
async def test_what_cannot_be_sent_is_rejected(line: Line, message: Message) -> None:
    with pytest.raises(Rejected):
        await line.speaker.send(line.address, message)
    assert await line.sees() == []


class Refusing:
    """A mailbox whose platform takes nothing that we begin, for hours: no balance, a limit."""

    def __init__(self, box: Mailbox) -> None:
        self.channel, self._box, self.refuses = box.channel, box, False

    async def send(self, address: str, message: Message) -> str:
        if self.refuses:
            raise Postponed(timedelta(hours=6), "no balance")
        return await self._box.send(address, message)

    async def retract(self, address: str, ids: Sequence[str]) -> None:
        await self._box.retract(address, ids)


async def test_whoever_writes_is_answered_although_a_push_waits(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    speaker = Refusing(house.boxes[mother.channel])
    house.couriers[mother.channel].speaker = speaker
    speaker.refuses = True
    async with house.database.work(house.clock()) as work:
        await work.send(Letter(await mother.person(), Screen((Say("welcome-done"),), neutral=True), LetterKind.PUSH))
        await work.commit()
    await house.deliver()
    speaker.refuses = False
    await mother.says("/menu")
    assert mother.hears("menu")
    assert mother.hears("welcome-done")


@pytest.mark.parametrize("part", [0, 1, 2])
async def test_whichever_part_of_a_letter_fails_it_is_told_again(house: House, part: int) -> None:
    mother = house.guest(Channel.VIBER)
    await mother.consents()
    box, courier = house.boxes[Channel.VIBER], house.couriers[Channel.VIBER]
    receipts = [f"57413118035717210{number}" for number in range(87, 90)]

    class InParts:
        channel, retract = Channel.VIBER, box.retract

        async def send(self, address: str, message: Message) -> str:
            courier.speaker = box
            await box.send(address, message)
            return " ".join(receipts)

    courier.speaker = InParts()
    await mother.says("/register")
    assert not mother.last.plain
    for _ in range(2):  # each of several parts may fail
        await house.desk.returned(Channel.VIBER, receipts[part])
    await house.deliver()
    assert [message.plain for message in mother.inbox[-2:]] == [False, True]
    assert mother.asked("kinship")


async def test_what_follows_a_question_that_shares_says_so(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    for answer in ("1", "Петренко Іван Миколайович", "12.03.1990", "Петренко Марія"):
        await mother.says(answer)
        assert not mother.last.unshares
    assert mother.last.contact
    await mother.shares_phone("+380671234567")
    assert mother.last.unshares
