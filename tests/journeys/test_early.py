"""A text written before its question was shown is no answer to it; a question that never came holds nobody up."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import zip_longest

import pytest
from sqlalchemy import text

from casework.actor import Channel
from casework.letters import SentLetter
from dialogs.bursts import BURST
from dialogs.said import Text
from handlers.incoming import Incoming
from tests.visiting import Guest, House


async def _asked_for_a_name(house: House) -> Guest:
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    await mother.presses("Мати")
    return mother


def _writes(mother: Guest, house: House, words: str, *, place: int | None = None) -> Incoming:
    at = house.clock()
    return Incoming(mother.channel, mother.address, f"quick-{words}", at, Text(words), "uk", place=place)


async def test_an_answer_between_the_platform_s_taking_the_question_and_our_marking_it(house: House) -> None:
    mother = await _asked_for_a_name(house)
    await house.desk.receive(_writes(mother, house, "Петренко Іван"))
    async with house.database.work(house.clock()) as work:
        (claim,) = (await work.leases.claim(Channel.TELEGRAM, 5, timedelta(seconds=60))).leased
        await work.commit()
    answering = asyncio.create_task(house.desk.receive(_writes(mother, house, "12.03.1990")))
    await asyncio.sleep(0.3)
    shown_at = house.clock() - timedelta(minutes=1)
    async with house.database.work(shown_at) as work:
        ids = [letter.id for letter in claim.letters]
        for letter, then in zip_longest(ids, ids[1:]):
            [marked] = await work.leases.mark(Channel.TELEGRAM, [SentLetter(claim, letter, "1", then)])
            assert marked.done
        await work.commit()
    await answering
    mother._read = len(mother.inbox)
    await house.deliver()
    assert mother.asked("own-name"), "it was shown when the answer came, though not yet marked"


async def test_a_question_that_no_platform_took_holds_nobody_up(house: House) -> None:
    mother = await _asked_for_a_name(house)
    await house.desk.receive(_writes(mother, house, "Петренко Іван"))
    async with house.database.work(house.clock()) as work:
        await work.connection.execute(text("UPDATE letters SET state = 'set-aside' WHERE state = 'waiting'"))
        await work.commit()
    await mother.says("12.03.1990")
    assert mother.hears("desk-early", text="12.03.1990")
    assert mother.asked("born")
    await mother.says("12.03.1990")
    assert mother.asked("own-name")


async def test_ids_of_messages_are_compared_within_one_chat_only(house: House) -> None:
    """The question was shown on the page, as its message 900; in the chat the person's next message is the 7th."""
    mother = await _asked_for_a_name(house)
    page = await house.another(mother, Channel.WEB)
    await page.says("Петренко Іван")
    assert page.asked("born")
    async with house.database.work(house.clock()) as work:
        await work.connection.execute(text("UPDATE letters SET receipt = '900' WHERE channel = 'web'"))
        await work.commit()
    await house.desk.receive(_writes(mother, house, "12.03.1990", place=7))
    mother._read = len(mother.inbox)
    await house.deliver()
    assert mother.asked("own-name")


async def test_what_stood_last_in_a_chat_tells_nothing_of_a_question_asked_elsewhere(house: House) -> None:
    mother = await _asked_for_a_name(house)
    page = await house.another(mother, Channel.WEB)
    await page.says("Петренко Іван")
    assert page.asked("born")
    await house.desk.receive(replace(_writes(mother, house, "12.03.1990"), answers=int(mother.last.ref)))
    mother._read = len(mother.inbox)
    await house.deliver()
    assert mother.asked("own-name")


async def test_the_page_goes_on_while_the_chat_s_platform_is_away(house: House) -> None:
    mother = await _asked_for_a_name(house)
    page = await house.another(mother, Channel.WEB)
    await house.desk.receive(_writes(mother, house, "Петренко Іван"))  # its answer waits for the platform
    del house.couriers[Channel.TELEGRAM]
    await page.says("12.03.1990")
    assert page.hears("desk-early", text="12.03.1990")
    await page.says("12.03.1990")
    assert page.asked("own-name")


@pytest.mark.parametrize("repeated", [True, False])
async def test_the_letter_that_an_answer_followed_tells_more_than_a_clock(house: House, repeated: bool) -> None:
    """Viber gives it back with the person's message; its clock may be a day ahead of ours, or behind."""
    mother = await _asked_for_a_name(house)
    kinship, name = [int(message.ref) for message in mother.inbox[-2:]]
    ahead = house.clock() + timedelta(days=1)
    await house.desk.receive(replace(_writes(mother, house, "Петренко Іван"), at=ahead, answers=kinship))
    mother._read = len(mother.inbox)
    await house.deliver()
    assert mother.hears("desk-early", text="Петренко Іван")
    behind = house.clock() - timedelta(days=1)
    followed = int(mother.last.ref) if repeated else name
    await house.desk.receive(replace(_writes(mother, house, "Петренко Олег"), at=behind, answers=followed))
    mother._read = len(mother.inbox)
    await house.deliver()
    assert mother.asked("born")


async def test_a_letter_that_is_not_theirs_tells_nothing(house: House) -> None:
    mother, other = await _asked_for_a_name(house), house.guest()
    await other.opens()
    forged = replace(_writes(mother, house, "Петренко Іван"), answers=int(other.last.ref))
    await house.desk.receive(forged)
    mother._read = len(mother.inbox)
    await house.deliver()
    assert mother.asked("born")


@pytest.mark.parametrize("channel", [Channel.VIBER, Channel.TELEGRAM])
async def test_all_early_answers_after_an_outage_are_mentioned(house: House, channel: Channel) -> None:
    mother = house.guest(channel)
    await mother.consents()
    await mother.says("/register")
    await mother.presses("Мати")
    mother._read = len(mother.inbox)
    early = ("12.03.1990", "Петренко Марія Іванівна", "0671234567")
    for words in ("Петренко Іван Миколайович", *early):
        await house.desk.receive(_writes(mother, house, words))
    house.clock.pass_by(seconds=BURST.total_seconds())
    await house.deliver()
    for words in early:
        assert mother.hears("desk-early", text=words)


async def test_a_long_early_story_is_kept_whole(house: House) -> None:
    mother = await _asked_for_a_name(house)
    story = "Він служить третій рік, писав щовечора, а тепер мовчить. " * 6
    for words in ("Петренко Іван Миколайович", story):
        await house.desk.receive(_writes(mother, house, words))
    await house.deliver()
    async with house.database.work(house.clock()) as work:
        (line,) = await work.inbox.waiting(await mother.person())
    assert line.words == story
