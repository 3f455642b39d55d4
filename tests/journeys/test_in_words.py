"""What we begin can be answered without a button: whoever types what stands on one presses it."""

from datetime import timedelta

import pytest

from casework.actor import Channel
from casework.letters import Letter, Purpose, Screen, say
from dialogs.said import Text
from handlers.incoming import Incoming
from tests.journeys.booking import booked, lawyer, reviews, ticks, visit
from tests.journeys.test_linking import shows_code
from tests.visiting import Guest, House

EVERYWHERE = pytest.mark.parametrize("channel", [Channel.VIBER, Channel.TELEGRAM])


async def push(house: House, mother: Guest, what: str) -> None:
    screen = Screen((say("common.line", what="Рядок", value=what),))
    async with house.database.work(house.clock()) as work:
        await work.send(Letter(await mother.person(), screen, purpose=Purpose.UPDATE))
        await work.commit()
    await house.deliver()


async def asked_to_confirm(house: House, old: Guest) -> Guest:
    """A new browser has typed the code that the old chat shows, and the old one is asked."""
    code = await shows_code(old)
    new = house.guest(Channel.WEB)
    await new.opens()
    await new.says(code)
    assert "ввели ваш код" in old.last.text
    return new


@EVERYWHERE
@pytest.mark.parametrize("word", ["Прочитати", "прочитати!", "прочитать", "Read", "відкрити"])
async def test_a_cover_opens_by_its_word(house: House, channel: Channel, word: str) -> None:
    mother = house.guest(channel)
    await mother.registers()
    await push(house, mother, "Перше")
    assert mother.hears("push")
    await mother.says(word)
    assert mother.sees("Перше")


async def test_several_covers_open_one_after_another(house: House) -> None:
    mother = house.guest(Channel.VIBER)
    await mother.registers()
    for what in ("Перше", "Друге", "Третє"):
        await push(house, mother, what)
    for what in ("Третє", "Друге", "Перше"):
        await mother.says("Прочитати")
        assert mother.sees(what)
    await mother.says("Прочитати")
    assert mother.hears("unclear-choice"), "there is nothing left to read"


async def test_nobody_s_name_is_what_stands_on_a_cover(house: House) -> None:
    mother = house.guest(Channel.VIBER)
    await mother.consents()
    await mother.says("/register")
    await mother.says("1")
    assert mother.asked("missing-name")
    await push(house, mother, "Перше")
    await mother.says("гм 5")
    await mother.says("Прочитати")
    assert mother.sees("Перше")
    await mother.says("Петренко Іван Миколайович")
    assert mother.asked("born")


@EVERYWHERE
@pytest.mark.parametrize("word", ["Так, це я", "так", "да"])
async def test_another_device_is_confirmed_in_words(house: House, channel: Channel, word: str) -> None:
    mother = house.guest(channel)
    number = await mother.registers()
    new = await asked_to_confirm(house, mother)
    await mother.says(word)
    assert mother.hears("link-done")
    new.mailbox = str(await mother.person())
    await new.says("/reports")
    assert new.sees(number)


async def test_the_question_s_own_choice_comes_first(house: House) -> None:
    await lawyer(house)
    mother = house.guest(Channel.VIBER)
    await mother.registers()
    code = await shows_code(mother)
    await reviews(mother)
    new = house.guest(Channel.WEB)
    await new.opens()
    await new.says(code)
    assert "ввели ваш код" in mother.last.text
    await mother.says("так")  # to "book it?", which begins so too
    assert not mother.hears("link-done")
    assert mother.sees("Вас записано")
    await mother.says("Так, це я")
    assert mother.hears("link-done")


async def test_a_mere_yes_answers_what_was_said_last(house: House) -> None:
    mother = house.guest(Channel.VIBER)
    await mother.registers()
    await asked_to_confirm(house, mother)
    await mother.says("що?")
    await mother.says("так")
    assert not mother.hears("link-done")
    await mother.says("так, це я")
    assert mother.hears("link-done")


@pytest.mark.parametrize("word", ["Буду", "так", "прийду"])
async def test_a_reminder_is_answered_in_words(house: House, word: str) -> None:
    await lawyer(house)
    mother = house.guest(Channel.VIBER)
    await mother.registers()
    number = await booked(mother, "6")
    house.clock.go_to((await visit(house, number)).starts_at - timedelta(hours=23))
    await ticks(house)
    await mother.says(word)
    assert mother.sees("Дякуємо")
    await mother.says("буду")
    assert mother.hears("inbox-kept"), "it was answered"


async def test_words_written_before_a_push_came_do_not_answer_it(house: House) -> None:
    mother = house.guest(Channel.VIBER)
    await mother.registers()
    written = house.clock()
    await asked_to_confirm(house, mother)
    await mother.sends(Text("так"), at=written)
    assert not mother.hears("link-done")


async def test_the_letter_that_words_followed_tells_more_than_a_clock(house: House) -> None:
    """Viber's clock may be ahead of ours, or behind."""
    mother = house.guest(Channel.VIBER)
    await mother.registers()
    before = int(mother.last.ref)
    await asked_to_confirm(house, mother)
    asked = int(mother.last.ref)

    async def says(word: str, answers: int, ahead: timedelta) -> None:
        at = house.clock() + ahead
        said = Incoming(Channel.VIBER, mother.address, f"{word}-{answers}", at, Text(word), "uk", answers=answers)
        mother._read = len(mother.inbox)
        await house.desk.receive(said)
        await house.deliver()

    await says("Так, це я", before, timedelta(days=1))
    assert not mother.hears("link-done")
    await says("Так, це я", asked, -timedelta(days=1))
    assert mother.hears("link-done")
