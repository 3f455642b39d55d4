"""Whoever asks to be erased gets a receipt while there is a chat to give it in; later its number is known, no name."""

import re

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.ticks import erase
from casework.actor import Channel
from casework.attempts import MOST, Guess
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


async def test_one_who_cannot_be_erased_stops_nobody_else(house: House) -> None:
    first, second = house.guest(), house.guest()
    for guest in (first, second):
        await guest.registers()
        await asks(guest)
    kept, goes = await first.person(), await second.person()
    async with house.database.work(house.clock()) as work:
        await work.connection.execute(text("CREATE TABLE bound_to (person_id bigint REFERENCES people (id))"))
        await work.connection.execute(text("INSERT INTO bound_to VALUES (:id)"), {"id": kept})
        await work.commit()
    house.clock.pass_by(days=8)
    with capture_logs() as log:
        async with house.database.work(house.clock()) as work:
            await erase(work)
    async with house.database.work(house.clock()) as work:
        assert set(await work.connection.scalars(text("SELECT id FROM people"))) & {kept, goes} == {kept}
        await work.connection.execute(text("DROP TABLE bound_to"))
        await work.commit()
    assert [line["error"] for line in log if line["log_level"] == "error"] == ["IntegrityError"]


async def test_numbers_of_receipts_cannot_be_tried_by_the_hundred(house: House) -> None:
    """Ten in an hour, right or wrong, and each thing that is guessed is counted by itself."""
    stranger, other = house.guest(), house.guest()
    for guest in (stranger, other):
        await guest.consents()
    for last in range(MOST[Guess.RECEIPT] + 2):
        await stranger.says(f"/receipt 1234-5678-90{last:02}")
        house.clock.pass_by(seconds=30)
        assert stranger.hears("receipt-too-often") is (last >= MOST[Guess.RECEIPT])
    await stranger.says("/check ABCD-EFGH")
    assert not stranger.sees("Забагато")
    await other.says("/receipt 1234-5678-9000")
    assert other.sees("нічого не стерто")
    house.clock.pass_by(hours=1)
    await stranger.says("/receipt 1234-5678-9000")
    assert stranger.sees("нічого не стерто")
