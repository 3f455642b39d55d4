"""What Viber posts, read into the form that every channel shares."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from casework.actor import Channel
from demo.fakes.viber import FakeUser, FakeViber
from dialogs.said import Location, Other, Text
from dialogs.words import LANGUAGES
from handlers.incoming import Blocked, ButtonPress, Content, Incoming, Opened, Sent, SentFile, Unblocked
from handlers.viber.incoming import FORMS, GRAIN, NOT_HELD, Arriving, parse, read
from tests.handlers.viber.conftest import WORDS

NOW = datetime(2026, 11, 23, 9, 30, 15, 250_000, tzinfo=UTC)


@pytest.fixture
def viber() -> FakeViber:
    """Without a network: its people's acts are looked at as they are."""
    return FakeViber(clock=NOW.timestamp)


@pytest.fixture
def olena(viber: FakeViber) -> FakeUser:
    return viber.user(101, "Олена")


def taken(event: dict[str, Any]) -> Incoming | Arriving | None:
    callback = parse(json.dumps(event).encode())
    assert callback is not None
    return read(callback)


def content(event: dict[str, Any]) -> Content:
    incoming = taken(event)
    assert isinstance(incoming, Incoming)
    return incoming.content


async def test_a_text(olena: FakeUser) -> None:
    event = await olena.says("Добрий день")
    assert event["message_token"] > 2**62  # no float would hold it
    assert taken(event) == Incoming(
        Channel.VIBER, olena.id, str(event["message_token"]), NOW, Text("Добрий день"), "uk", GRAIN
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/start", Opened()),
        ("/start book_lviv", Opened("book_lviv")),
        ("/start <b>" + "x" * 80, Opened()),
        ("/started", Text("/started")),
        ("▸12.mother", ButtonPress("12.mother")),
        ("▸go.AbCdEf12345.come 123", ButtonPress("go.AbCdEf12345.come 123")),
        ("12.03.1990", Text("12.03.1990")),  # a day, and not the third option of the twelfth turn
        ("12.mother", Text("12.mother")),
        ("▸", Text("▸")),
        ("▸ключ", Text("▸ключ")),
        ("▸" + "x" * 65, Text("▸" + "x" * 65)),
        (NOT_HELD, Text("")),
    ],
)
async def test_presses_come_as_text(olena: FakeUser, text: str, said: Content) -> None:
    assert content(await olena.says(text)) == said


@pytest.mark.parametrize(
    ("phone", "typed"), [("380671234567", "+380671234567"), ("0671234567", "0671234567"), ("+48 600", "+48 600")]
)
async def test_a_shared_contact_is_a_typed_number_and_no_proof(olena: FakeUser, phone: str, typed: str) -> None:
    assert content(await olena.shares_contact(phone)) == Text(typed)


async def test_a_place_a_link_a_picture(olena: FakeUser) -> None:
    assert content(await olena.shares_location(49.84, 24.03)) == Location(49.84, 24.03)
    assert content(await olena.sends_url("https://example.org")) == Text("https://example.org")
    event = await olena.sends_picture(b"jpeg", "тато")
    assert content(event) == Sent((SentFile("image/jpeg", event["message"]["media"]),), "тато")


@pytest.mark.parametrize("name", ["витяг.pdf", "ФОТО.JPG", "запис"])
async def test_a_file_is_judged_by_its_bytes(olena: FakeUser, name: str) -> None:
    event = await olena.sends_file(b"%PDF", name)
    assert content(event) == Sent((SentFile("", event["message"]["media"], name, 4),))


async def test_whatever_is_spoken_is_taken(olena: FakeUser) -> None:
    event = await olena.sends_video(b"....ftypmp42", "мій голос")
    assert content(event) == Sent((SentFile("video/mp4", event["message"]["media"], size=12),), "мій голос")
    event = await olena.sends_file(b"ID3", "запис.mp3")
    assert content(event) == Sent((SentFile("audio/mpeg", event["message"]["media"], "запис.mp3", 3),))


@pytest.mark.parametrize(
    ("form", "name"),
    [("sticker", "sticker"), ("rich_media", "formatted"), ("hologram", "unknown")],
)
async def test_forms_that_are_not_taken(olena: FakeUser, form: str, name: str) -> None:
    assert content(await olena.sends(form)) == Other(name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_has_words(language: str) -> None:
    assert all(WORDS.has(f"form.{name}") for name in (*FORMS.values(), "unknown"))


async def test_gone_and_back(olena: FakeUser) -> None:
    assert content(await olena.unsubscribes()) == Blocked()
    assert content(await olena.subscribes()) == Unblocked()


async def test_opening_the_chat_is_no_message(olena: FakeUser) -> None:
    assert taken(await olena.starts("book_lviv")) == Arriving("book_lviv", "uk", subscribed=False)
    assert taken(await olena.starts("<b>")) == Arriving("", "uk", subscribed=False)


@pytest.mark.parametrize("kind", ["delivered", "seen", "failed", "webhook", "telepathy"])
async def test_what_is_only_noted(viber: FakeViber, kind: str) -> None:
    assert taken(viber.event(kind, user_id="x", desc="?")) is None


async def test_where_others_read_along_nothing_is_heard(olena: FakeUser) -> None:
    assert taken(await olena.says("де тато?") | {"chat_id": "abc"}) is None


@pytest.mark.parametrize(
    "change",
    [
        {"message_token": "12"},
        {"message_token": -1},
        {"timestamp": None},
        {"timestamp": 10**15},
        {"sender": {"id": ""}},
        {"sender": "Олена"},
        {"message": {"type": "location", "location": {"lat": 91, "lon": 0}}},
        {"message": "текст"},
    ],
)
async def test_what_is_no_callback(olena: FakeUser, change: dict[str, Any]) -> None:
    assert parse(json.dumps(await olena.says("текст") | change).encode()) is None


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"5", b"\xff", b"[" * 100_000, b'{"timestamp": ' + b"9" * 5000])
def test_what_is_not_even_json(body: bytes) -> None:
    assert parse(body) is None
