"""What a request to Telegram ends with: whether it may have been taken, and nothing that names the token."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import NetworkError, TelegramError, TimedOut

from demo.fakes.telegram import TOKEN, FakeTelegram
from handlers.channel import Away
from handlers.telegram import requesting, speaking
from handlers.telegram.refusals import as_ours
from handlers.telegram.requesting import TelegramRequest


@pytest.fixture
async def request_() -> AsyncIterator[TelegramRequest]:
    request = TelegramRequest()
    yield request
    await request.shutdown()


async def refused(request: TelegramRequest, url: str) -> TelegramError:
    with pytest.raises(NetworkError) as error:
        await request.do_request(f"{url}/bot{TOKEN}/sendMessage", "POST")
    assert TOKEN not in str(error.value)
    return error.value


async def test_what_no_server_took_was_certainly_not_sent(request_: TelegramRequest, unused_tcp_port: int) -> None:
    ours = as_ours(await refused(request_, f"http://127.0.0.1:{unused_tcp_port}"))
    assert isinstance(ours, Away)
    assert not ours.perhaps


async def test_what_was_cut_off_may_have_been_taken(request_: TelegramRequest, telegram: FakeTelegram) -> None:
    telegram.trouble("sendMessage", "reset")
    ours = as_ours(await refused(request_, telegram.url))
    assert isinstance(ours, Away)
    assert ours.perhaps


async def test_what_is_answered_too_late_may_have_been_taken(
    request_: TelegramRequest, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requesting, "READS_WITHIN", 0.05)
    telegram.trouble("sendMessage", "hang", seconds=60)
    error = await refused(request_, telegram.url)
    assert isinstance(error, TimedOut)
    ours = as_ours(error)
    assert isinstance(ours, Away)
    assert ours.perhaps


@pytest.mark.parametrize(
    ("error", "perhaps"),
    [
        (aiohttp.ConnectionTimeoutError(), False),
        (aiohttp.SocketTimeoutError(), True),
        (aiohttp.ServerDisconnectedError(), True),
        (aiohttp.ClientPayloadError(), True),
        (TimeoutError(), True),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_error_says_whether_it_may_have_been_taken(error: Exception, perhaps: bool) -> None:
    wrapped = NetworkError("…")
    wrapped.__cause__ = error
    ours = as_ours(wrapped)
    assert isinstance(ours, Away)
    assert ours.perhaps is perhaps


async def test_files_and_words_go_through_one_bot(telegram: FakeTelegram) -> None:
    for chat in (101, 102):
        telegram.user(chat, "Олена").started = True
    bot = speaking.connect(TOKEN, telegram.url)
    await bot.request.initialize()
    try:
        await bot.send_message(101, "Добрий день")
        await bot.send_document(102, b"%PDF-1.4", filename="visit.pdf")
    finally:
        await bot.request.shutdown()
    assert [each.method for each in telegram.requests] == ["sendMessage", "sendDocument"]
    assert telegram.faults == []


async def test_words_go_as_the_library_would_send_them(telegram: FakeTelegram) -> None:
    """What is told past its types is the same, to the letter, whatever its release."""
    for chat in (101, 102):
        telegram.user(chat, "Олена").started = True
    bot, words = speaking.connect(TOKEN, telegram.url), "Хто <b>ви</b>?"
    ours = {"inline_keyboard": [[{"text": "Мати", "callback_data": "1.mother"}]]}
    theirs = InlineKeyboardMarkup([[InlineKeyboardButton("Мати", callback_data="1.mother")]])
    as_theirs: Any = {"parse_mode": "HTML", "link_preview_options": LinkPreviewOptions(is_disabled=True)}
    await bot.request.initialize()
    try:
        first = await bot.send_words(101, words, ours, protect=True)
        second = await bot.send_message(102, words, reply_markup=theirs, protect_content=True, **as_theirs)
        await bot.edit_words(101, first, "Далі", None)
        await bot.edit_message_text("Далі", 102, second.message_id, **as_theirs)
    finally:
        await bot.request.shutdown()
    told = [(each.method, each.params | {"chat_id": 0, "message_id": 0}) for each in telegram.requests]
    assert told[0] == told[1]
    assert told[2] == told[3]
    assert telegram.faults == []
