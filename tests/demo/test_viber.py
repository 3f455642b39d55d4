"""The fake itself: it must refuse what Viber refuses, or the tests that rely on it prove nothing."""

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from demo.fakes.viber import FakeUser, FakeViber, sign
from demo.fakes.viber.rules import Refused, check_message, too_tall
from demo.patience import until

BUTTON: dict[str, Any] = {"ActionBody": "x", "Text": "Так"}


@pytest.fixture
async def viber() -> AsyncIterator[FakeViber]:
    async with FakeViber(repeat_after=0.01, hour=0.2) as fake:
        fake.delivery.url = "http://127.0.0.1:9/"
        yield fake


@pytest.fixture
def olena(viber: FakeViber) -> FakeUser:
    user = viber.user(101, "Олена")
    user.subscribed = True
    return user


async def call(viber: FakeViber, body: dict[str, Any], token: str | None = None) -> int:
    headers = {"X-Viber-Auth-Token": token or viber.token}
    raw = json.dumps(body, ensure_ascii=False).encode()
    async with (
        aiohttp.ClientSession() as client,
        client.post(f"{viber.url}/pa/send_message", data=raw, headers=headers) as answer,
    ):
        return int((await answer.json())["status"])


def text(olena: FakeUser, **more: Any) -> dict[str, Any]:
    return {"receiver": olena.id, "type": "text", "text": "?", "sender": {"name": "Бот"}} | more


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"Type": "keyboard", "Buttons": list(buttons)}


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({}, 0),
        ({"text": "я" * 7000}, 0),
        ({"text": "я" * 7001}, 3),
        ({"text": "—" * 7000, "keyboard": keyboard(*[BUTTON | {"Text": "—" * 250}] * 12)}, 3),
        ({"text": "🕊" * 3501}, 3),
        ({"text": " "}, 3),
        ({"sender": {"name": "Б" * 29}}, 3),
        ({"tracking_data": "x" * 4001}, 3),
        ({"type": "hologram"}, 3),
        ({"type": "file"}, 4),
        ({"type": "picture", "text": "", "media": "http://example.org/x.png"}, 3),
        ({"type": "picture", "text": "", "media": "https://example.org/x.pdf"}, 3),
        ({"type": "picture", "text": "", "media": "https://example.org/x.png"}, 0),
        ({"receiver": "bm9ib2R5"}, 5),
        ({"keyboard": {"Buttons": [BUTTON]}}, 3),
        ({"keyboard": keyboard()}, 3),
        ({"keyboard": keyboard(BUTTON)}, 0),
        ({"keyboard": keyboard(BUTTON | {"Columns": 7})}, 3),
        ({"keyboard": keyboard(BUTTON | {"BgColor": "red"})}, 3),
        ({"keyboard": keyboard(BUTTON | {"Text": "<script>"})}, 3),
        ({"keyboard": keyboard(BUTTON | {"Text": "x" * 251})}, 3),
        ({"keyboard": keyboard(BUTTON | {"ActionType": "share-phone"})}, 3),
        ({"keyboard": keyboard(BUTTON | {"ActionType": "share-phone"}), "min_api_version": 3}, 0),
        ({"min_api_version": 8}, 13),
        ({"keyboard": keyboard(*[BUTTON | {"ActionBody": "я" * 250}] * 60)}, 3),
    ],
)
async def test_messages_that_viber_takes_and_refuses(
    viber: FakeViber, olena: FakeUser, more: dict[str, Any], status: int
) -> None:
    olena.api_version = 7
    assert await call(viber, text(olena, **more)) == status
    assert len(olena.sees) == (0 if status else 1)


async def test_who_may_be_written_to(viber: FakeViber, olena: FakeUser) -> None:
    assert await call(viber, text(olena), token="another") == 2
    olena.subscribed = False
    assert await call(viber, text(olena)) == 6
    viber.delivery.url = ""
    await olena.says("я тут")  # subscribes
    assert await call(viber, text(olena)) == 10


async def test_a_hundred_messages_to_one_who_does_not_answer(viber: FakeViber, olena: FakeUser) -> None:
    viber.unanswered = type(viber.unanswered)(3600)
    assert [await call(viber, text(olena)) for _ in range(101)] == [0] * 100 + [12]
    await olena.says("я тут")
    assert await call(viber, text(olena)) == 0


async def test_what_a_telephone_cannot_show_fails_there(viber: FakeViber, olena: FakeUser) -> None:
    tall = keyboard(*[BUTTON] * 13)
    assert too_tall(tall)
    assert not too_tall(keyboard(*[BUTTON | {"Columns": 3}] * 24))
    assert await call(viber, text(olena, keyboard=tall)) == 0
    assert olena.sees == []


def test_strange_fields_are_noted() -> None:
    body = {"receiver": "x", "type": "text", "text": "?", "sender": {"name": "Бот"}, "parse_mode": "HTML"}
    assert check_message(body) == ["unknown field parse_mode"]
    with pytest.raises(Refused):
        check_message(body | {"receiver": "x", "keyboard": 5})


async def test_callbacks_are_signed_and_repeated_for_an_hour(viber: FakeViber, olena: FakeUser) -> None:
    statuses, bodies = [503, 503, 200], []

    async def handle(request: web.Request) -> web.Response:
        body = await request.read()
        assert request.headers["X-Viber-Content-Signature"] == sign(body, viber.token)
        bodies.append(body)
        return web.Response(status=statuses[len(bodies) - 1] if len(bodies) <= 3 else 503)

    app = web.Application()
    app.router.add_post("/", handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    viber.delivery.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await olena.says("раз")
    await until(lambda: len(bodies) == 3)
    assert len(set(bodies)) == 1
    lost = await olena.says("два")
    await until(lambda: viber.delivery.given_up == [lost])
    await runner.cleanup()


async def test_trouble_before_and_after_the_effect(viber: FakeViber, olena: FakeUser) -> None:
    viber.trouble("reset")
    viber.trouble("reset", after_effect=True)
    for seen in (0, 1):
        with pytest.raises(aiohttp.ClientError):
            await call(viber, text(olena))
        assert len(olena.sees) == seen


async def test_a_computer_shares_nothing(viber: FakeViber) -> None:
    petro = viber.user(102, "Петро", desktop=True)
    petro.subscribed = True
    shares = keyboard(BUTTON | {"ActionType": "share-phone", "ActionBody": "words"})
    await call(viber, text(petro, keyboard=shares, min_api_version=3))
    assert (await petro.presses("Так"))["message"] == {"type": "text", "text": "words"}
    petro.desktop = False
    assert (await petro.presses("Так"))["message"]["contact"]["phone_number"] == petro.phone
    with pytest.raises(LookupError, match="Так"):
        await petro.presses("Можливо")
