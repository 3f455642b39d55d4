"""When Telegram refuses or fails: who waits, who is gone, and what may have been taken all the same."""

import asyncio
import logging
from datetime import timedelta

import pytest

from demo.fakes.telegram import FakeTelegram, FakeUser
from demo.patience import PATIENCE
from handlers.channel import Gone, Key, Message, Postponed, Rejected
from handlers.telegram import speaking
from handlers.telegram.speaking import TelegramSpeaker
from tests.handlers.telegram.letters import KEYS, LONG, said


@pytest.mark.parametrize("kind", ["500", "reset"])
async def test_telegrams_failures_postpone(speaker: TelegramSpeaker, telegram: FakeTelegram, kind: str) -> None:
    telegram.user(101, "Олена").started = True
    telegram.trouble("sendMessage", kind)  # type: ignore[arg-type]
    with pytest.raises(Postponed) as postponed:
        await speaker.send("101", said("?"))
    assert timedelta(seconds=1) < postponed.value.after < timedelta(minutes=1)


async def test_a_flood_limit_postpones_that_chat_alone(
    speaker: TelegramSpeaker, telegram: FakeTelegram, olena: FakeUser
) -> None:
    petro = telegram.user(102, "Петро")
    petro.started = True
    telegram.trouble("sendMessage", "429", seconds=3600, chat=101)
    with pytest.raises(Postponed) as postponed:
        await speaker.send("101", said("?"))
    assert postponed.value.after == timedelta(hours=1)
    async with asyncio.timeout(PATIENCE):
        with pytest.raises(Postponed):  # without asking Telegram again
            await speaker.send("101", said("?"))
        await speaker.send("102", said("!"))
    assert len([each for each in telegram.requests if each.params["chat_id"] == "101"]) == 1


async def test_a_letter_half_sent_is_not_begun_again(
    speaker: TelegramSpeaker, telegram: FakeTelegram, olena: FakeUser
) -> None:
    telegram.trouble("sendMessage", "429", seconds=1, skips=1)
    with pytest.raises(Postponed):
        await speaker.send("101", Message(LONG, KEYS, ref="letter-1"))
    await asyncio.sleep(1)
    ids = await speaker.send("101", Message(LONG, KEYS, ref="letter-1"))
    assert [shown.text[:7] for shown in olena.sees] == ["Абзац 0", "Абзац 2"]
    assert ids == " ".join(str(shown.id) for shown in olena.sees)


@pytest.mark.parametrize("old", [0, 1], ids=["all at once", "one is too old"])
async def test_what_stands_in_a_chat_is_taken_back_as_far_as_telegram_lets(
    speaker: TelegramSpeaker, telegram: FakeTelegram, olena: FakeUser, old: int
) -> None:
    theirs = await olena.says("мати")
    ids = [str(theirs["message"]["message_id"]), *(await speaker.send("101", Message(LONG, KEYS))).split()]
    for shown in olena.shown[:old]:
        shown.raw["date"] -= 48 * 3600
    await speaker.retract("101", [*ids, "999"])
    assert len(olena.shown) == old
    assert len(telegram.sent("deleteMessages")) == 1 - old
    await speaker.retract("101", [])
    olena.blocked = True
    with pytest.raises(Gone):
        await speaker.retract("101", ids)
    telegram.trouble("deleteMessages", "429", seconds=3)
    with pytest.raises(Postponed):
        await speaker.retract("101", ids)


async def test_people_who_are_gone(speaker: TelegramSpeaker, telegram: FakeTelegram, olena: FakeUser) -> None:
    olena.blocked = True
    with pytest.raises(Gone) as blocked:
        await speaker.send("101", said("?"))
    olena.blocked, olena.deactivated = False, True
    with pytest.raises(Gone) as deactivated:
        await speaker.send("101", said("?"))
    assert (blocked.value.closed, deactivated.value.closed) == (False, True)
    telegram.user(102, "Петро")  # never wrote to the bot
    with pytest.raises(Gone):
        await speaker.send("102", said("?"))
    with pytest.raises(Gone):
        await speaker.send("103", said("?"))


async def test_what_telegram_refuses_for_what_it_is(speaker: TelegramSpeaker, olena: FakeUser) -> None:
    with pytest.raises(Rejected):
        await speaker.send("101", said("  "))
    with pytest.raises(Rejected, match=r"^inline keyboard button text must be non-empty$"):
        await speaker.send("101", said("Таємниця", keys=((Key("x", " "),),)))


async def test_a_refused_token_is_told_and_nothing_is_lost(
    telegram: FakeTelegram, olena: FakeUser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    stranger = TelegramSpeaker(speaking.connect("123456:not-the-token-at-all", telegram.url))
    with pytest.raises(Postponed):
        await stranger.send("101", said("Таємниця"))
    await stranger.close()
    assert "not-the-token" not in caplog.text
    assert "Таємниця" not in caplog.text
