"""Lines of the inbox: sealed, part of one correspondence, erased when nobody passed them on."""

from datetime import timedelta

from sqlalchemy import text

from casework.actor import Actor, Channel
from casework.correspondence.own_words import PassOn, pass_on
from casework.ids import FileId
from casework.inbox import KEPT_FOR
from tests.visiting import Guest, House


async def _writes(house: House, mother: Guest, words: str, file: FileId | None = None) -> None:
    async with house.database.work(house.clock()) as work:
        await work.inbox.add(await mother.person(), words, at=work.now, channel=mother.channel, file=file)
        await work.commit()


async def _passes_on(house: House, mother: Guest) -> None:
    async with house.database.work(house.clock()) as work:
        await pass_on(PassOn(), Actor(await mother.person(), "uk", Channel.TELEGRAM), work)
        await work.commit()


async def test_twenty_sentences_are_one_correspondence_with_twenty_lines(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    person = await mother.person()
    for number in range(20):
        await _writes(house, mother, f"Речення {number}")
        if number in (3, 11):
            await _passes_on(house, mother)
    await _passes_on(house, mother)
    async with house.database.work(house.clock()) as work:
        found = await work.correspondences.of(person)
        assert found is not None
        lines = await work.inbox.of_correspondence(found.id)
        assert [line.words for line in lines] == [f"Речення {n}" for n in range(20)]
        assert not await work.inbox.waiting(person)
        assert await work.correspondences.open_at(found.center) == [found]


async def test_no_word_lies_in_clear(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await _writes(house, mother, "Хвилюємось за Петрика")
    async with house.database.work(house.clock()) as work:
        (blob,) = await work.connection.scalars(text("SELECT words FROM inbox"))
    assert "Петрика".encode() not in bytes(blob)


async def test_a_file_may_be_a_line_of_its_own(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    person = await mother.person()
    async with house.database.work(house.clock()) as work:
        file = await work.files.add(person, type="image/jpeg", content=b"photo")
        await work.inbox.add(person, "", at=work.now, channel=Channel.VIBER, file=file)
        (line,) = await work.inbox.waiting(person)
        assert (line.words, line.file, line.channel) == ("", file, Channel.VIBER)


async def test_what_nobody_passed_on_is_erased_after_a_week(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    person = await mother.person()
    await _writes(house, mother, "Передане")
    await _passes_on(house, mother)
    await _writes(house, mother, "Чернетка")
    house.clock.pass_by(days=KEPT_FOR.days)
    house.clock.at += timedelta(minutes=1)
    async with house.database.work(house.clock()) as work:
        await work.inbox.forget_old()
        assert not await work.inbox.waiting(person)
        found = await work.correspondences.of(person)
        assert found is not None
        assert [line.words for line in await work.inbox.of_correspondence(found.id)] == ["Передане"]
