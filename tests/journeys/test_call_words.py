"""Before a call the family reads a word that the caller says: good once, for a quarter of an hour, never at night."""

import re

import pytest

from casework.actor import Channel, Role
from casework.call_words import AnnounceCall, words
from casework.despair import despairs
from casework.refusal import Refusal
from casework.updates.forbidden_words import stopped_by
from tests.journeys.booking import kyiv
from tests.journeys.test_contact import does, whom
from tests.visiting import House


def test_the_words_are_plain_and_many_and_say_nothing_of_loss() -> None:
    assert len(words()) > 100
    assert len(set(words())) == len(words())
    for word in words():
        assert re.fullmatch("[абвгґдеєжзиіїйклмнопрстуфхцчшщьюя]{3,12}", word), word
        assert not stopped_by(word), word
        assert not despairs(word), word


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VIBER])
async def test_the_family_reads_the_word_and_the_caller_sees_it(house: House, channel: Channel, language: str) -> None:
    mother = house.guest(channel, language)
    if language == "en":
        await mother.consents()
    number = await mother.registers()
    operator = await house.staff(Role.OPERATOR)
    await operator.says(f"/call {number}")
    await operator.presses("Спершу попередити")
    word = next(word for word in words() if f"«{word}»" in operator.news)
    await mother.reads_push()
    assert word in mother.news, "the same word"
    await operator.says(f"/call {number}")
    assert operator.sees(f"«{word}»")
    await operator.presses("Поговорили")
    await operator.says(f"/call {number}")
    assert not operator.sees(f"«{word}»"), "good once"


async def test_it_ends_after_its_time_and_another_is_drawn(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    operator = await house.staff(Role.OPERATOR)
    await does(house, operator, AnnounceCall(whom(number)))
    await operator.says(f"/call {number}")
    (first,) = [word for word in words() if f"«{word}»" in operator.news]
    house.clock.pass_by(minutes=16)
    await operator.says(f"/call {number}")
    assert not operator.sees(f"«{first}»")
    await house.deliver()
    await mother.reads_push()
    assert mother.hears("push-gone"), "what came too late is not told"
    await operator.says(f"/call {number}")
    await operator.presses("Спершу попередити")
    assert not operator.sees(f"«{first}»")


async def test_not_at_night_nor_where_nothing_calls_out(house: House) -> None:
    mother, page = house.guest(), house.guest(Channel.WEB)
    number, other = await mother.registers(), await page.registers()
    operator = await house.staff(Role.OPERATOR)
    with pytest.raises(Refusal, match="call-word-no-chat"):
        await does(house, operator, AnnounceCall(whom(other)))
    house.clock.go_to(kyiv(24, 23))
    with pytest.raises(Refusal, match="call-word-night"):
        await does(house, operator, AnnounceCall(whom(number)))
