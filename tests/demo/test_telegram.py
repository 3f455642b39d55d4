"""The fake itself: it must refuse what Telegram refuses, or the tests that rely on it prove nothing."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

import handlers.telegram  # noqa: F401  before aiogram, which is light so

# isort: split
from aiogram import methods

from demo.fakes.telegram import FakeTelegram, FakeUser
from demo.fakes.telegram.rules import PARAMETERS, ApiError, parse_html
from demo.patience import PATIENCE, until


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        yield fake


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as client:
        yield client


@pytest.fixture
def olena(telegram: FakeTelegram) -> FakeUser:
    user = telegram.user(101, "Олена")
    user.started = True
    return user


class Api:
    def __init__(self, telegram: FakeTelegram, http: aiohttp.ClientSession) -> None:
        self._base = f"{telegram.url}/bot{telegram.token}"
        self._http = http

    async def __call__(self, method: str, **params: Any) -> Any:
        """The result, or the refusal."""
        async with self._http.post(f"{self._base}/{method}", json=params) as answer:
            body = await answer.json()
            return body["result"] if body["ok"] else f"{answer.status} {body['description']}"


@pytest.fixture
def api(telegram: FakeTelegram, http: aiohttp.ClientSession) -> Api:
    return Api(telegram, http)


@pytest.mark.parametrize("method", PARAMETERS)
def test_parameters_are_those_of_the_bot_api(method: str) -> None:
    fields = getattr(methods, method[0].upper() + method[1:]).model_fields
    needed, others = (set(names.split()) for names in PARAMETERS[method])
    assert needed | others <= set(fields)
    assert {name for name, field in fields.items() if field.is_required()} <= needed


@pytest.mark.parametrize(
    ("source", "text", "kinds"),
    [
        ("a &lt;b&gt; &amp; &quot;c&quot; &nbsp; &#1111;", 'a <b> & "c" &nbsp; ї', []),
        ("<b>a <i>b</i></b> c", "a b c", [("italic", 2, 1), ("bold", 0, 3)]),
        ("  🕊<b>x</b>  ", "🕊x", [("bold", 2, 1)]),
    ],
)
def test_html_that_telegram_takes(source: str, text: str, kinds: list[tuple[str, int, int]]) -> None:
    parsed, entities = parse_html(source)
    assert (parsed, [(each["type"], each["offset"], each["length"]) for each in entities]) == (text, kinds)


@pytest.mark.parametrize("source", ["a < b", "<p>x</p>", "<b>x", "x</b>", "<b><i>x</b></i>", "<Олена>"])
def test_html_that_telegram_refuses(source: str) -> None:
    with pytest.raises(ApiError, match="can't parse entities"):
        parse_html(source)


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"text": ""}, "400 Bad Request: message text is empty"),
        ({"text": "🕊" * 2049}, "400 Bad Request: message is too long"),
        ({"text": "x", "chat_id": 999}, "400 Bad Request: chat not found"),
        ({"text": "x", "chat_id": 102}, "403 Forbidden: bot can't initiate conversation with a user"),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "ї" * 33}]]}},
            "400 Bad Request: BUTTON_DATA_INVALID",
        ),
    ],
)
async def test_messages_that_telegram_refuses(
    telegram: FakeTelegram, api: Api, olena: FakeUser, params: dict[str, Any], refusal: str
) -> None:
    telegram.user(102, "Петро")
    assert await api("sendMessage", **({"chat_id": 101} | params)) == refusal
    assert olena.sees == []


async def test_flood_limits(telegram: FakeTelegram, api: Api, olena: FakeUser) -> None:
    assert (await api("sendMessage", chat_id=101, text="раз"))["text"] == "раз"
    assert await api("sendMessage", chat_id=101, text="два") == "429 Too Many Requests: retry after 1"
    for id in range(200, 229):
        telegram.user(id, "Хтось").started = True
        assert isinstance(await api("sendMessage", chat_id=id, text="?"), dict)
    telegram.user(300, "Хтось").started = True
    assert await api("sendMessage", chat_id=300, text="?") == "429 Too Many Requests: retry after 1"


async def test_strange_calls_are_noted(telegram: FakeTelegram, api: Api, olena: FakeUser) -> None:
    await api("sendMessage", chat_id=101, text="x", disable_preview=True)
    await api("sendMesage", chat_id=101, text="x")
    assert telegram.faults == ["unknown parameter disable_preview of sendMessage", "unknown method sendMesage"]


async def test_updates_stay_until_the_offset_passes_them(api: Api, olena: FakeUser) -> None:
    ids = [(await olena.says(text))["update_id"] for text in ("раз", "два", "три")]
    assert [each["update_id"] for each in await api("getUpdates", limit=2)] == ids[:2]
    assert [each["update_id"] for each in await api("getUpdates", offset=ids[1])] == ids[1:]
    assert await api("getUpdates", offset=ids[2] + 1) == []
    assert await api("getUpdates") == []


async def test_a_poll_waits_for_the_next_update(telegram: FakeTelegram, api: Api, olena: FakeUser) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=PATIENCE, allowed_updates=["message"]))
    await until(lambda: telegram.delivery.polls)
    await olena.blocks()  # not asked for
    await olena.says("нарешті")
    assert [each["message"]["text"] for each in await poll] == ["нарешті"]


async def test_one_poll_at_a_time_and_none_beside_a_webhook(telegram: FakeTelegram, api: Api) -> None:
    first = asyncio.create_task(api("getUpdates", timeout=PATIENCE))
    await until(lambda: telegram.delivery.polls)
    await api("getUpdates")
    assert (await first).startswith("409 Conflict: terminated by other getUpdates")
    await api("setWebhook", url="http://127.0.0.1:9/")
    assert (await api("getUpdates")).startswith("409 Conflict: can't use getUpdates")


async def test_edits(telegram: FakeTelegram, api: Api, olena: FakeUser) -> None:
    id = (await api("sendMessage", chat_id=101, text="раз"))["message_id"]
    telegram.flood.in_chat = 10
    assert "message is not modified" in await api("editMessageText", chat_id=101, message_id=id, text="раз")
    assert "edit_date" in await api("editMessageText", chat_id=101, message_id=id, text="два")
    assert "message to edit not found" in await api("editMessageText", chat_id=101, message_id=1, text="три")
    assert await api("deleteMessage", chat_id=101, message_id=id) is True
    assert await api("deleteMessage", chat_id=101, message_id=id) == "400 Bad Request: message to delete not found"
    assert olena.sees == []


async def test_trouble_before_and_after_the_effect(telegram: FakeTelegram, api: Api, olena: FakeUser) -> None:
    telegram.trouble("sendMessage", "reset")
    telegram.trouble("sendMessage", "reset", after_effect=True)
    for seen in (0, 1):
        with pytest.raises(aiohttp.ClientError):
            await api("sendMessage", chat_id=101, text="раз")
        assert len(olena.sees) == seen


async def test_waiting_and_pressing_as_a_person_does(telegram: FakeTelegram, api: Api, olena: FakeUser) -> None:
    markup = {"inline_keyboard": [[{"text": "Так", "callback_data": "yes"}], [{"text": "Ні", "callback_data": "no"}]]}
    await olena.says("/start")
    waiting = asyncio.create_task(olena.waits_for("Почати"))
    await api("sendMessage", chat_id=101, text="Почати?", reply_markup=markup)
    assert (await waiting).button("Ні")
    press = await olena.presses("так")
    assert press["callback_query"]["data"] == "yes"
    assert await api("answerCallbackQuery", callback_query_id=press["callback_query"]["id"]) is True
    assert "query is too old" in await api("answerCallbackQuery", callback_query_id=press["callback_query"]["id"])
    with pytest.raises(LookupError, match="Так"):
        await olena.presses("Можливо")
    with pytest.raises(AssertionError, match="Почати"):
        await olena.waits_for("Почати", 0.01)  # that was before the press


@pytest.mark.parametrize(
    ("form", "hours", "deleted"),
    [("voice", 47, True), ("voice", 48, False), ("dice", 23, False), ("dice", 24, True), ("dice", 48, False)],
)
async def test_what_may_be_deleted_in_a_private_chat(
    api: Api, olena: FakeUser, form: str, hours: int, deleted: bool
) -> None:
    await olena.sends(form)
    (theirs,) = olena.shown
    theirs.raw["date"] -= hours * 3600
    refusal = "400 Bad Request: message can't be deleted"
    assert await api("deleteMessage", chat_id=101, message_id=theirs.id) == (True if deleted else refusal)
    assert bool(olena.shown) is not deleted


async def test_many_are_deleted_together_or_not_at_all(api: Api, telegram: FakeTelegram, olena: FakeUser) -> None:
    ids = [(await olena.says(str(n)))["message"]["message_id"] for n in range(3)]
    olena.shown[0].raw["date"] -= 48 * 3600
    assert await api("deleteMessages", chat_id=101, message_ids=ids) == "400 Bad Request: message can't be deleted"
    assert await api("deleteMessages", chat_id=101, message_ids=[*ids[1:], 999]) is True
    assert [shown.id for shown in olena.shown] == ids[:1]
    for many in ([], [*range(101)]):
        assert "invalid number" in await api("deleteMessages", chat_id=101, message_ids=many)
    group = telegram.group(-100, "Рідні")
    said = (await group.hears(olena, "привіт"))["message"]["message_id"]
    assert await api("deleteMessage", chat_id=-100, message_id=said) == "400 Bad Request: message can't be deleted"
