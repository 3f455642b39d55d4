"""Callbacks on their way to the desk: only Viber's own, each once, and none lost."""

import json
import logging
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import aiohttp
import pytest

from demo.fakes.viber import FakeUser, FakeViber, sign
from demo.patience import until
from dialogs.said import Text
from handlers.channel import Postponed
from handlers.incoming import Blocked, Opened, Unblocked
from handlers.viber.api import ViberApi
from handlers.viber.listening import LARGEST_CALLBACK, SIGNATURE_HEADER, WANTED, ViberWebhook, signature
from tests.handlers.telegram.desk import NotingDesk
from tests.handlers.viber.conftest import WORDS, listening_at


async def post(url: str, body: bytes | BytesIO, signed: str | None) -> int:
    headers = {SIGNATURE_HEADER: signed} if signed is not None else {}
    async with aiohttp.ClientSession() as client, client.post(url, data=body, headers=headers) as answer:
        return answer.status


def test_the_signature_is_viber_s() -> None:
    body = '{"event":"message","text":"Ї"}'.encode()
    assert signature(body, "445da6az1s345z78") == sign(body, "445da6az1s345z78")
    assert signature(b"", "key") == "5d5d139563c95b5967b9bd9a8c9b233a9dedb45072794cd232dc1b74832607d0"


async def test_what_is_asked_of_viber(viber: FakeViber, webhook: str) -> None:
    asked = {"url": webhook, "event_types": list(WANTED), "send_name": False, "send_photo": False}
    assert viber.registration == asked
    assert [(each.event["event"], each.status) for each in viber.posts] == [("webhook", 200)]


async def test_an_address_that_does_not_answer_is_not_taken(viber: FakeViber, api: ViberApi, desk: NotingDesk) -> None:
    webhook = ViberWebhook(desk, WORDS, token=viber.token, clock=datetime.now)
    with pytest.raises(Exception, match="invalid-url"):
        await webhook.register(api, "http://127.0.0.1:9")
    stranger = ViberApi("not-the-token-at-all", viber.url)
    with pytest.raises(Postponed, match="invalid-token"):
        await webhook.register(stranger, "http://127.0.0.1:9")
    await stranger.close()


async def test_messages_are_taken_in_their_order(webhook: str, desk: NotingDesk, olena: FakeUser) -> None:
    for text in ("раз", "два", "три"):
        await olena.says(text)
    await olena.unsubscribes()
    await olena.subscribes()
    assert desk.contents == [Text("раз"), Text("два"), Text("три"), Blocked(), Unblocked()]


async def test_a_repeat_is_recognised(viber: FakeViber, webhook: str, desk: NotingDesk, olena: FakeUser) -> None:
    await viber.send_again(await olena.says("один раз"), 3)
    assert (desk.contents, desk.repeats) == ([Text("один раз")], 3)


async def test_viber_repeats_while_the_database_is_away(
    viber: FakeViber, webhook: str, desk: NotingDesk, olena: FakeUser
) -> None:
    desk.away = 2
    await olena.says("не загубіться")
    await until(lambda: desk.contents == [Text("не загубіться")])
    assert [each.status for each in viber.posts][-3:] == [503, 503, 200]


@pytest.mark.parametrize("signed", [None, "", "0" * 64, "ключ", "g" * 64, "0" * 63])
async def test_nobody_is_believed_without_the_signature(webhook: str, desk: NotingDesk, signed: str | None) -> None:
    assert await post(webhook, b'{"event":"message"}', signed) == 403
    assert await post(webhook, b"{", signed) == 403
    assert (desk.taken, desk.set_aside) == ([], [])


async def test_a_signature_is_of_one_body(viber: FakeViber, webhook: str, desk: NotingDesk, olena: FakeUser) -> None:
    event = await olena.says("правда")
    genuine = json.dumps(event).encode()
    for body in (genuine.replace(b"1", b"2", 1), genuine[:-1], genuine + b" ", genuine.upper()):
        assert await post(webhook, body, sign(genuine, viber.token)) == 403
    assert await post(webhook, genuine, sign(genuine, "another-token-of-somebody")) == 403
    assert await post(webhook, genuine, sign(genuine, viber.token).upper()) == 200  # the same number
    assert (desk.contents, desk.repeats) == ([Text("правда")], 1)


@pytest.mark.parametrize(("minutes", "counts"), [(-121, False), (-119, True), (4, True), (6, True)])
async def test_old_callbacks_are_dropped(
    viber: FakeViber, webhook: str, desk: NotingDesk, olena: FakeUser, minutes: int, counts: bool
) -> None:
    now = viber.clock
    viber.clock = lambda: now() + minutes * 60
    await olena.says("колись")
    assert viber.posts[-1].status == 200
    assert bool(desk.taken) is counts


@pytest.mark.parametrize("hours", [26, -26])
async def test_a_clock_of_ours_that_jumps_throws_nothing_away(
    viber: FakeViber, webhook: str, desk: NotingDesk, olena: FakeUser, hours: int
) -> None:
    await olena.says("до")
    desk.ahead = timedelta(hours=hours)
    await olena.says("коли годинник хибний")
    desk.ahead = timedelta()
    await olena.says("після")
    assert desk.contents == [Text("до"), Text("коли годинник хибний"), Text("після")]


async def test_where_our_clock_cannot_be_told_from_a_replay_viber_is_to_send_again(
    viber: FakeViber, api: ViberApi, desk: NotingDesk, olena: FakeUser
) -> None:
    """Started with a wrong clock, nothing of Viber's heard yet."""
    event = await olena.says("до")
    body = json.dumps(event).encode()
    late = ViberWebhook(desk, WORDS, token=viber.token, clock=lambda: datetime.now(UTC) + timedelta(hours=26))
    async with listening_at(late) as url:
        assert await post(url, body, sign(body, viber.token)) == 503


@pytest.mark.parametrize(
    ("body", "address"),
    [
        ('{"timestamp":NOW,"event":"message","sender":{"id":"abc="},"message":5}', "abc="),
        ('{"timestamp":NOW,"event":"subscribed","user":{"id":"abc="}}', "abc="),
        ('{"timestamp":NOW.5,"event":"message","sender":{"id":5}}', None),
    ],
)
async def test_what_viber_signed_and_nobody_can_read_is_set_aside(
    viber: FakeViber, webhook: str, desk: NotingDesk, body: str, address: str | None
) -> None:
    body = body.replace("NOW", str(round(time.time() * 1000)))
    desk.away = 1
    assert await post(webhook, body.encode(), sign(body.encode(), viber.token)) == 503
    for _ in range(2):
        assert await post(webhook, body.encode(), sign(body.encode(), viber.token)) == 200
    assert [(each.address, each.raw) for each in desk.set_aside] == [(address, body)]


@pytest.mark.parametrize(
    "body",
    [
        '{"timestamp":1457764197627,"event":"message","sender":{"id":"abc="},"message":5}',
        '{"timestamp":99999999999999,"event":"message","sender":{"id":"abc="},"message":5}',
        '{"timestamp":true,"event":"message","sender":{"id":"abc="},"message":5}',
        '{"timestamp":1e300,"event":"message","sender":{"id":"abc="}}',
        '{"event":"subscribed","user":{"id":"abc="}}',
        "{",
        "[1,2]",
        "[" * 100_000,
    ],
    ids=lambda body: body[:30],
)
async def test_what_nobody_can_read_and_does_not_tell_that_it_is_of_now_is_dropped(
    viber: FakeViber, webhook: str, desk: NotingDesk, body: str
) -> None:
    """A recorded body could be sent again for ever, each time with another answer to the person."""
    assert await post(webhook, body.encode(), sign(body.encode(), viber.token)) == 200
    assert (desk.taken, desk.set_aside) == ([], [])


async def test_a_message_at_which_the_desk_stumbles_is_set_aside(
    webhook: str, desk: NotingDesk, olena: FakeUser, caplog: pytest.LogCaptureFixture
) -> None:
    desk.stumbles_at = Text("камінь")
    event = await olena.says("камінь")
    await olena.says("далі")
    assert desk.contents == [Text("далі")]
    assert [each.message for each in desk.set_aside] == [str(event["message_token"])]
    assert "secret" not in caplog.text


async def test_no_endless_body_is_read(viber: FakeViber, webhook: str, desk: NotingDesk) -> None:
    assert await post(webhook, BytesIO(b" " * (LARGEST_CALLBACK + 1)), "0" * 64) == 413


async def test_who_looks_in_is_welcomed_in_the_answer(
    viber: FakeViber, webhook: str, desk: NotingDesk, olena: FakeUser
) -> None:
    maria = viber.user(102, "Марія", "en")
    await maria.starts("book_lviv")
    (shown,) = maria.sees
    assert "Zviazok" in shown.text
    assert desk.taken == []
    assert not maria.subscribed
    await maria.says("Hello")
    assert (desk.contents, desk.taken[0].link) == ([Text("Hello")], "book_lviv")
    desk.taken.clear()
    await maria.presses("Begin")
    assert desk.contents == [Opened("book_lviv")]
    await olena.starts()  # at home, and at some question: nothing changes below the chat
    assert olena.sees == []
    await olena.starts("book")
    assert [key.sends for key in olena.keyboard] == ["/start book"]


async def test_receipts_are_noted_and_a_failure_is_told(
    viber: FakeViber, webhook: str, desk: NotingDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    more: dict[str, Any] = {"user_id": "abc=", "desc": "таємниця"}
    for kind in ("delivered", "seen", "failed", "telepathy"):
        event = viber.event(kind, **more)
        body = json.dumps(event).encode()
        assert await post(webhook, body, sign(body, viber.token)) == 200
        if kind == "failed":
            assert desk.returns == [str(event["message_token"])]
    assert (desk.taken, len(desk.returns)) == ([], 1)
    told = capsys.readouterr().out
    assert "viber-message-failed" in told
    assert "таємниця" not in told


async def test_neither_the_token_nor_words_are_in_the_log(
    viber: FakeViber,
    webhook: str,
    olena: FakeUser,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    await olena.says("таємниця")
    await post(webhook, b"{", sign(b"{", viber.token))
    for written in (caplog.text, capsys.readouterr().out):
        assert "таємниця" not in written
        assert viber.token not in written


def test_a_short_token_is_refused(desk: NotingDesk) -> None:
    with pytest.raises(ValueError, match="VIBER_TOKEN"):
        ViberWebhook(desk, WORDS, token="short", clock=datetime.now)
