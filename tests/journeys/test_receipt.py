"""Whoever asks to be erased gets a receipt while there is a chat to give it in; later its number is known, no name."""

import re

import pytest
from sqlalchemy import text

from bot.ticks import erase
from casework.actor import Channel
from casework.erasing import PARTS
from casework.letters import Say
from tests.visiting import WORDS, Guest, House


async def asks(guest: Guest) -> str:
    await guest.says("/erase")
    await guest.presses("Так, стерти")
    await guest.presses("Так, стерти мої дані")
    found = re.search(r"№ (\d{4}-\d{4}-\d{4})", guest.news)
    assert found, guest.news
    return found[1]


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VIBER, Channel.WEB])
async def test_a_receipt_says_what_goes_and_what_stays_and_is_known_by_its_number(
    house: House, channel: Channel
) -> None:
    mother, stranger = house.guest(channel), house.guest()
    await mother.registers()
    await stranger.consents()
    number = await asks(mother)
    for part in PARTS:
        assert WORDS.say("uk", Say(part)) in mother.news
    assert ("receipt.pdf" in mother.news) is (channel is Channel.WEB)
    await stranger.says(f"/receipt {number}")
    assert stranger.sees("нічого не стерто")
    house.clock.pass_by(days=8)
    async with house.database.work(house.clock()) as work:
        await erase(work)
        assert await work.connection.scalar(text("SELECT count(*) FROM people WHERE erase_at IS NOT NULL")) == 0
    await stranger.says(f"/receipt {number.replace('-', ' ')}")
    assert stranger.sees("дані стерто, день стирання")
    await stranger.says("/receipt 1234-5678-901")
    assert stranger.sees("дванадцять цифр")
