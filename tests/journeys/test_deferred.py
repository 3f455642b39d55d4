"""Who writes faster than sixty messages a minute loses none: they wait, and are taken in their order."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import TypeAdapter
from sqlalchemy import text

from casework.actor import Channel
from dialogs.said import Location, Other, SharedPhone, Text
from handlers.deferring import read_again, written_down
from handlers.incoming import ButtonPress, Content, Incoming, Opened, Sent, SentFile
from tests.visiting import Guest, House

AT = datetime(2026, 11, 24, 9, 0, 0, 5, tzinfo=UTC)


async def catches_up(house: House) -> None:
    """A minute and more goes by, second by second."""
    while await house.desk.catch_up():
        house.clock.pass_by(seconds=1)
    await house.deliver()


async def tells(house: House, mother: Guest, many: int) -> None:
    number = await mother.registers()
    await mother.says(f"/details {number}")
    for _ in range(2):
        await mother.presses("Ще")
        await mother.presses("Пізніше")
    for _ in range(2):
        await mother.says("не знаю")
    assert mother.asked("circumstances")
    mother._read = len(mother.inbox)
    for n in range(many):
        at = house.clock()
        await house.desk.receive(Incoming(mother.channel, mother.address, f"line-{n}", at, Text(f"рядок {n}"), "uk"))
    await house.deliver()


async def told(house: House, mother: Guest) -> list[str]:
    async with house.database.work(house.clock()) as work:
        guest = await work.people.enter(mother.channel, mother.address, "uk")
        answers = guest.talk.active.answers
        (story,) = [answer.value for name, answer in answers.items() if name.startswith("circumstances")]
        assert isinstance(story, dict)
        return TypeAdapter(list[str]).validate_python(story["texts"])


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VIBER])
async def test_a_story_of_eighty_messages_is_heard_whole_and_in_order(house: House, channel: Channel) -> None:
    mother = house.guest(channel)
    await tells(house, mother, 80)
    assert mother.hears("desk-too-many")
    assert len(await told(house, mother)) < 80
    await catches_up(house)
    assert await told(house, mother) == [f"рядок {n}" for n in range(80)]


async def test_what_comes_after_a_pause_waits_behind_what_is_kept(house: House) -> None:
    mother = house.guest()
    await tells(house, mother, 70)
    house.clock.pass_by(minutes=2)
    await mother.says("останній рядок")
    await catches_up(house)
    assert (await told(house, mother))[-2:] == ["рядок 69", "останній рядок"]


async def test_a_repeat_of_what_waits_is_one(house: House) -> None:
    mother = house.guest()
    await tells(house, mother, 75)
    repeat = Incoming(mother.channel, mother.address, "line-74", house.clock(), Text("рядок 74"), "uk")
    assert (await house.desk.receive(repeat)).repeat
    await catches_up(house)
    assert len(await told(house, mother)) == 75


async def test_what_waits_lies_sealed_and_goes_with_the_panic_word(house: House) -> None:
    mother = house.guest()
    await tells(house, mother, 75)
    async with house.database.work(house.clock()) as work:
        blobs = (await work.connection.scalars(text("SELECT raw FROM deferred"))).all()
    assert blobs
    assert not any("рядок".encode() in bytes(blob) or b"line-" in bytes(blob) for blob in blobs)
    await mother.says("забудь мене")
    async with house.database.work(house.clock()) as work:
        assert not await work.deferred.next_messages()


async def test_what_cannot_be_handled_holds_up_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    mother = house.guest()
    await tells(house, mother, 72)

    def breaks(*given: object, **more: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("dialogs.reading.take", breaks)
        house.clock.pass_by(seconds=1)
        await house.desk.catch_up()
    await catches_up(house)
    async with house.database.work(house.clock()) as work:
        assert len(await work.quarantine.all()) == 1
    assert len(await told(house, mother)) == 71


@pytest.mark.parametrize(
    "content",
    [
        Text("слова", AT),
        ButtonPress("12.yes", "17", protected=True),
        SharedPhone("+380671234567", own=False),
        Location(49.99, 36.23),
        Other("voice", "підпис"),
        Opened("book_lviv"),
        Sent((SentFile("image/jpeg", "AgAC", "фото.jpg", 17),), "підпис"),
    ],
)
def test_a_message_is_read_again_as_it_came(content: Content) -> None:
    incoming = Incoming(
        Channel.TELEGRAM, "77", "77:5", AT, content, "uk", timedelta(seconds=1), place=5, group="g", link="book"
    )
    assert read_again(written_down(incoming)) == incoming
