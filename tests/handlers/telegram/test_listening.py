"""Updates on their way to the desk, by polling and by webhook: nothing is lost, nothing is held up."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from io import BytesIO

import aiohttp
import pytest
from aiogram import Bot
from aiohttp import web

from demo.fakes.telegram import FakeTelegram, FakeUser
from demo.patience import until
from dialogs.said import Text
from handlers.channel import Message
from handlers.telegram import listening
from handlers.telegram.listening import (
    LARGEST_UPDATE,
    PATH,
    SECRET_HEADER,
    Backoff,
    Polling,
    TelegramReception,
    TelegramWebhook,
)
from handlers.telegram.speaking import TelegramSpeaker
from tests.handlers.telegram.conftest import hang_up, running
from tests.handlers.telegram.desk import NotingDesk

SECRET = "a-secret_of-the-webhook"

POISON = {"message": {"message_id": "not a number", "chat": {"id": 666, "type": "private"}, "text": "таємниця"}}


# By polling


async def test_a_batch_is_taken_and_confirmed(
    telegram: FakeTelegram, polling: Polling, desk: NotingDesk, olena: FakeUser
) -> None:
    for text in ("раз", "два", "три"):
        await olena.says(text)
    await polling.once()
    assert desk.contents == [Text("раз"), Text("два"), Text("три")]
    await olena.says("чотири")
    await polling.once()
    assert desk.contents[3:] == [Text("чотири")]
    assert desk.repeats == 0
    assert [each.params.get("offset") for each in telegram.requests] == [None, "500004"]


async def test_the_offset_stays_while_the_database_is_away(
    telegram: FakeTelegram, polling: Polling, desk: NotingDesk, olena: FakeUser
) -> None:
    petro = telegram.user(102, "Петро")
    await olena.says("раз")
    await petro.says("мій")
    await olena.says("два")
    desk.away = 3
    async with running(polling):
        await until(lambda: len(desk.taken) == 3)
        await until(lambda: not telegram.delivery.waiting)
    assert desk.from_chat(101) == [Text("раз"), Text("два")]
    assert desk.from_chat(102) == [Text("мій")]
    assert desk.away == 0


async def test_quarantine_waits_for_the_database_too(
    telegram: FakeTelegram, polling: Polling, desk: NotingDesk
) -> None:
    await telegram.deliver_raw(POISON)
    desk.away = 2
    async with running(polling):
        await until(lambda: desk.set_aside)


async def test_what_aiogram_cannot_parse_holds_up_nobody(
    telegram: FakeTelegram, polling: Polling, desk: NotingDesk, olena: FakeUser
) -> None:
    await olena.says("до")
    poison = await telegram.deliver_raw(POISON)
    await telegram.deliver_raw({"update_id": poison["update_id"] + 500, "message": "зовсім не те"})
    await olena.says("після")
    await polling.once()
    assert desk.contents == [Text("до"), Text("після")]
    assert [(each.message, each.address) for each in desk.set_aside] == [
        (f"7777777-{poison['update_id']}", "666"),
        (f"7777777-{poison['update_id'] + 500}", None),
    ]
    assert json.loads(desk.set_aside[0].raw)["message"]["text"] == "таємниця"


async def test_a_kind_of_update_that_nobody_knows_is_passed_over(
    telegram: FakeTelegram, polling: Polling, desk: NotingDesk, olena: FakeUser
) -> None:
    await telegram.deliver_raw({"telepathy": {"from": olena.account(), "thought": "таємниця"}})
    await olena.says("слово")
    await polling.once()
    assert desk.contents == [Text("слово")]
    assert desk.set_aside == []


async def test_a_message_at_which_the_desk_stumbles_is_set_aside(
    polling: Polling, desk: NotingDesk, olena: FakeUser, caplog: pytest.LogCaptureFixture
) -> None:
    desk.stumbles_at = Text("камінь")
    await olena.says("камінь")
    await olena.says("далі")
    await polling.once()
    assert desk.contents == [Text("далі")]
    assert [each.address for each in desk.set_aside] == ["101"]
    assert "камінь" in json.loads(desk.set_aside[0].raw)["message"]["text"]
    assert "secret" not in caplog.text


async def test_repeats_are_recognised(
    telegram: FakeTelegram, polling: Polling, desk: NotingDesk, olena: FakeUser
) -> None:
    update = await olena.says("один раз")
    await telegram.send_again(update, 4)
    await polling.once()
    await telegram.send_again(update)
    await polling.once()
    assert desk.contents == [Text("один раз")]
    assert desk.repeats == 5


async def test_chats_side_by_side_and_each_in_its_order(
    telegram: FakeTelegram, polling: Polling, desk: NotingDesk, olena: FakeUser
) -> None:
    petro = telegram.user(102, "Петро")
    for at in range(3):
        await olena.says(f"о{at}")
        await petro.says(f"п{at}")
    desk.slow = "101"
    await polling.once()
    assert desk.from_chat(101) == [Text("о0"), Text("о1"), Text("о2")]
    assert [each.address for each in desk.taken[:3]] == ["102", "102", "102"]


async def test_telegram_in_trouble(
    telegram: FakeTelegram, polling: Polling, desk: NotingDesk, olena: FakeUser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    telegram.trouble("getUpdates", "500")
    telegram.trouble("getUpdates", "reset")
    telegram.trouble("getUpdates", "429", seconds=0)
    await olena.says("слово")
    async with running(polling):
        await until(lambda: desk.contents == [Text("слово")])
    assert telegram.token not in caplog.text


async def test_another_process_polls(
    telegram: FakeTelegram,
    listener: Bot,
    polling: Polling,
    reception: TelegramReception,
    desk: NotingDesk,
    olena: FakeUser,
) -> None:
    quick = Backoff(first=timedelta(milliseconds=10), most=timedelta(milliseconds=50))
    async with running(polling), running(Polling(listener, reception, hold=timedelta(seconds=1), backoff=quick)):
        await until(lambda: any("Conflict" in (each.error or "") for each in telegram.requests))
        await olena.says("слово")
        await until(lambda: desk.contents == [Text("слово")])


async def test_polling_ends_a_webhook(
    telegram: FakeTelegram, listener: Bot, polling: Polling, desk: NotingDesk, olena: FakeUser
) -> None:
    await listener.set_webhook("http://127.0.0.1:9/nobody")
    async with running(polling):
        await olena.says("слово")
        await until(lambda: desk.contents == [Text("слово")])


async def test_only_what_we_read_is_asked_for(telegram: FakeTelegram, polling: Polling, olena: FakeUser) -> None:
    await olena.says("слово")
    await polling.once()
    asked = telegram.sent("getUpdates")[0].params["allowed_updates"]
    assert asked == ["message", "edited_message", "callback_query", "my_chat_member"]


# Manners


async def test_a_press_is_acknowledged_once_it_is_taken(
    telegram: FakeTelegram, polling: Polling, desk: NotingDesk, olena: FakeUser
) -> None:
    await olena.says("кнопки")
    for _ in range(5):
        await olena.presses_id("mother", olena.shown[-1])
    desk.away = 1
    async with running(polling):
        await until(lambda: len(telegram.acknowledged) == 5)
    assert len(desk.taken) == 6


async def test_an_acknowledgement_that_fails_disturbs_nobody(
    telegram: FakeTelegram, polling: Polling, desk: NotingDesk, olena: FakeUser, speaker: TelegramSpeaker
) -> None:
    telegram.trouble("answerCallbackQuery", "500")
    await olena.says("кнопки")
    await olena.presses_id("mother", olena.shown[-1])
    speaker.acknowledge("давно забута")
    await polling.once()
    assert len(desk.taken) == 2
    await until(lambda: len([each for each in telegram.requests if each.method == "answerCallbackQuery"]) == 2)


async def test_typing_is_shown_while_an_answer_takes_long(
    telegram: FakeTelegram, listener: Bot, desk: NotingDesk, speaker: TelegramSpeaker, olena: FakeUser
) -> None:
    petro = telegram.user(102, "Петро")
    slow = TelegramReception(listener, desk, speaker, clock=lambda: datetime.now(UTC), slow=timedelta(milliseconds=20))
    desk.slow = "101"
    updates = [await olena.says("повільно"), await petro.says("швидко")]
    await asyncio.gather(*(slow.take_raw(update) for update in updates))
    await until(lambda: telegram.sent("sendChatAction"))
    await asyncio.sleep(0.1)
    assert [each.params for each in telegram.sent("sendChatAction")] == [{"chat_id": "101", "action": "typing"}]


async def test_typing_that_fails_disturbs_nobody(
    telegram: FakeTelegram, listener: Bot, desk: NotingDesk, speaker: TelegramSpeaker, olena: FakeUser
) -> None:
    slow = TelegramReception(listener, desk, speaker, clock=lambda: datetime.now(UTC), slow=timedelta(milliseconds=10))
    desk.slow = "101"
    telegram.trouble("sendChatAction", "429")
    await slow.take_raw(await olena.says("повільно"))
    assert desk.contents == [Text("повільно")]
    await speaker.send("101", Message(("Відповідь",)))
    assert [shown.text for shown in olena.sees] == ["Відповідь"]


async def test_a_group_is_told_once_and_left(
    telegram: FakeTelegram, polling: Polling, desk: NotingDesk, olena: FakeUser
) -> None:
    group = telegram.group(-100500, "Родина")
    await group.adds_bot(olena)
    for _ in range(3):
        await group.hears(olena, "Бот, де мій тато?")
    await polling.once()
    await until(lambda: not group.bot_inside)
    assert len(group.sees) == 1
    assert "наодинці" in group.sees[0].text
    assert desk.taken == []


# By webhook


@pytest.fixture
async def webhook(listener: Bot, reception: TelegramReception) -> AsyncIterator[str]:
    """Its address; registered at Telegram."""
    webhook = TelegramWebhook(listener, reception, secret=SECRET)
    app = web.Application()
    app.router.add_post(PATH, webhook.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    await webhook.register(url + "/")
    yield url + PATH
    await listener.delete_webhook()
    await runner.cleanup()


async def post(url: str, body: bytes | BytesIO, secret: str | None = SECRET) -> tuple[int, str | None]:
    headers = {SECRET_HEADER: secret} if secret is not None else {}
    async with aiohttp.ClientSession() as client, client.post(url, data=body, headers=headers) as answer:
        return answer.status, answer.headers.get("Retry-After")


async def test_the_webhook_takes_what_telegram_posts(
    telegram: FakeTelegram, webhook: str, desk: NotingDesk, olena: FakeUser
) -> None:
    await olena.says("раз")
    await olena.says("два")
    await until(lambda: desk.contents == [Text("раз"), Text("два")])
    assert telegram.delivery.webhook_info()["url"] == webhook
    assert telegram.sent("setWebhook")[0].params["secret_token"] == SECRET


async def test_the_webhook_asks_for_a_repeat_while_the_database_is_away(
    telegram: FakeTelegram, webhook: str, desk: NotingDesk, olena: FakeUser
) -> None:
    desk.away = 2
    await olena.says("раз")
    await olena.says("два")
    await until(lambda: desk.contents == [Text("раз"), Text("два")])
    assert [each.status for each in telegram.posts][:3] == [503, 503, 200]
    desk.away = 1
    assert await post(webhook, b'{"update_id": 1, "message": 5}') == (503, "5")


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "ключ"])
async def test_the_webhook_believes_nobody_without_the_secret(
    webhook: str, desk: NotingDesk, secret: str | None
) -> None:
    assert await post(webhook, json.dumps({"update_id": 1} | POISON).encode(), secret) == (403, None)
    assert desk.set_aside == []
    assert desk.taken == []


@pytest.mark.parametrize("secret", ["", "with space", "ключ", "x" * 257])
def test_no_webhook_without_a_usable_secret(listener: Bot, reception: TelegramReception, secret: str) -> None:
    with pytest.raises(ValueError, match="TELEGRAM_SECRET"):
        TelegramWebhook(listener, reception, secret=secret)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
async def test_the_webhook_refuses_what_is_not_json(webhook: str, desk: NotingDesk, body: bytes) -> None:
    assert (await post(webhook, body))[0] == 400
    assert desk.set_aside == []


@pytest.mark.parametrize(
    ("body", "address"),
    [
        (json.dumps({"update_id": 9, "message": {"chat": {"id": 5}}}), "5"),
        (json.dumps({"update_id": "nine"}), None),
        (json.dumps([1, 2]), None),
        ('{"update_id": 9, "message": {"text": "\\ud800"}}', None),
        ("5", None),
    ],
)
async def test_the_webhook_sets_aside_what_is_no_update(
    webhook: str, desk: NotingDesk, body: str, address: str | None
) -> None:
    for _ in range(2):
        assert (await post(webhook, body.encode()))[0] == 200
    assert [(each.address, json.loads(each.raw)) for each in desk.set_aside] == [(address, json.loads(body))]


async def test_the_webhook_reads_no_endless_body(webhook: str, desk: NotingDesk) -> None:
    assert (await post(webhook, BytesIO(b" " * (LARGEST_UPDATE + 1))))[0] == 413


async def test_neither_the_token_nor_words_are_in_the_log(
    telegram: FakeTelegram,
    polling: Polling,
    reception: TelegramReception,
    olena: FakeUser,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    await olena.says("таємниця")
    await telegram.deliver_raw(POISON)
    await polling.once()
    nobody = listening.connect(telegram.token, "http://127.0.0.1:9")
    async with running(Polling(nobody, reception)):
        await asyncio.sleep(0.1)
    await hang_up(nobody)
    for written in (caplog.text, capsys.readouterr().out):
        assert "таємниця" not in written
        assert telegram.token not in written
