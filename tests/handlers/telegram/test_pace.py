"""How fast we speak to Telegram: within its limits, in each chat and over all."""

import asyncio
from bisect import bisect_right
from datetime import timedelta

import pytest

from demo.fakes.telegram import FakeTelegram
from demo.patience import until
from handlers.channel import Message, Postponed, Superseded
from handlers.telegram import speaking
from handlers.telegram.pace import A_SECOND, LATE, TelegramPace, TelegramRateLimiter
from handlers.telegram.speaking import TelegramSpeaker
from tests.handlers.telegram.letters import LONG, said


async def test_thirty_in_any_second_from_the_first_on(telegram: FakeTelegram, speaker: TelegramSpeaker) -> None:
    """Fifty people at once; the fake refuses the 31st within a second as they arrive. On a busy machine one can be on
    its way for longer than is allowed for: then one or two are told to wait, and go again."""
    told_to_wait = 0

    async def sends(chat: str) -> None:
        nonlocal told_to_wait
        try:
            await speaker.send(chat, said("Новина"))
        except Postponed as postponed:
            told_to_wait += 1
            await asyncio.sleep(postponed.after.total_seconds())
            await speaker.send(chat, said("Новина"))

    for id in range(200, 250):
        telegram.user(id, "Хтось").started = True
    await asyncio.gather(*(sends(str(id)) for id in range(200, 250)))
    assert told_to_wait <= 3
    times = sorted(each.at for each in telegram.sent("sendMessage"))
    assert len(times) == 50
    in_a_second = max(bisect_right(times, at + 1) - i for i, at in enumerate(times))
    assert 10 <= in_a_second <= 30, "as many as Telegram takes, and on a busy machine as many as that can send"


def test_a_message_that_is_late_makes_no_second_too_full() -> None:
    """From the first of thirty to the thirty-first it is longer than a second, though the first was sent late, and on
    its way for 30 ms longer."""
    assert 30 / A_SECOND - LATE - 0.030 > 1


async def test_who_stood_still_while_letters_waited_for_their_turn_sends_none_of_them(telegram: FakeTelegram) -> None:
    for id in range(200, 220):
        telegram.user(id, "Хтось").started = True
    limiter = TelegramRateLimiter()
    speaker = TelegramSpeaker(speaking.connect(telegram.token, telegram.url, limiter))
    sending = [asyncio.create_task(speaker.send(str(id), said("Новина"))) for id in range(200, 220)]
    await sending[0]
    limiter.leads = lambda: False  # another process has taken over
    ended = await asyncio.gather(*sending, return_exceptions=True)
    await speaker.close()
    left = sum(isinstance(one, Superseded) for one in ended)
    assert left > 0
    assert len(telegram.sent("sendMessage")) + left == 20


async def test_who_no_longer_speaks_still_answers_presses_and_goes_on_where_a_letter_was_cut_off(
    telegram: FakeTelegram,
) -> None:
    telegram.user(200, "Хтось").started = True
    limiter, parts = TelegramRateLimiter(), Message(LONG, ref="1")
    speaker = TelegramSpeaker(speaking.connect(telegram.token, telegram.url, limiter))
    led = iter([True])
    limiter.leads = lambda: next(led, False)
    with pytest.raises(Superseded):
        await speaker.send("200", parts)
    speaker.typing("200")
    await until(lambda: telegram.sent("sendChatAction") or None)
    limiter.leads = lambda: True  # nobody followed
    await speaker.send("200", parts)
    await speaker.close()
    texts = [each.params["text"] for each in telegram.sent("sendMessage")]
    assert len(texts) == len(set(texts)) > 1


async def test_once_a_second_in_a_chat_and_no_other_chat_waits() -> None:
    async with FakeTelegram() as telegram:
        speaker = TelegramSpeaker(speaking.connect(telegram.token, telegram.url))
        for id in (101, 102, 103):
            telegram.user(id, "Хтось").started = True
        began = asyncio.get_running_loop().time()
        await asyncio.gather(
            speaker.send("101", Message(LONG)),
            speaker.send("102", said("Одне")),
            speaker.send("103", said("Одне")),
        )
        await speaker.close()
        sent = [(each.params["chat_id"], each.at - began) for each in telegram.sent("sendMessage")]
        assert [at for chat, at in sent if chat == "101"][1] > 1
        assert max(at for chat, at in sent if chat != "101") < 0.5
        assert len(telegram.requests) == 4  # none was refused


async def test_a_wait_that_is_not_short_is_the_outboxs() -> None:
    pace = TelegramPace(timedelta(seconds=0.05), longest_wait=timedelta(seconds=0.06))
    async with pace.turn(1):
        pass
    pace.hold(1, timedelta(seconds=1))
    with pytest.raises(Postponed) as postponed:
        async with pace.turn(1):
            pass
    assert timedelta(seconds=0.9) < postponed.value.after <= timedelta(seconds=1)
    async with pace.turn(2):
        pass


async def test_what_nobody_waits_for_gives_way() -> None:
    pace, done = TelegramPace(timedelta(seconds=0.1)), []

    async def tidy() -> None:
        async with pace.lull(1):
            done.append("tidied")

    async with pace.turn(1):
        aside = asyncio.create_task(tidy())
    for _ in range(3):
        async with pace.turn(1):
            done.append("answered")
    await aside
    assert done == ["answered"] * 3 + ["tidied"]


async def test_twenty_a_minute_in_a_group() -> None:
    """A "minute" of the pace is 60 of its seconds, here 0.6 s."""
    pace = TelegramPace(timedelta(seconds=0.01), longest_wait=timedelta(seconds=0.02))
    for _ in range(20):
        async with pace.turn(-100):
            pass
    with pytest.raises(Postponed):
        async with pace.turn(-100):
            pass
