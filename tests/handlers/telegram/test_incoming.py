"""What Telegram delivers, read into the form that every channel shares."""

import warnings
from datetime import UTC, datetime
from typing import Any

import pytest
import telegram as ptb
from aiogram.types import Update

from casework.actor import Channel
from casework.files import may_be_kept
from demo.fakes.telegram import FakeTelegram, FakeUser
from dialogs.said import Location, Other, SharedPhone, Text
from dialogs.words import LANGUAGES, Words
from handlers.incoming import Blocked, ButtonPress, Content, Incoming, Opened, Sent, SentFile, Unblocked
from handlers.telegram.incoming import FORM_NAMES, Elsewhere, chat_of, read

BOT = 7777777
NOW = datetime(2026, 11, 23, 9, 30, 15, 250_000, tzinfo=UTC)


@pytest.fixture
def telegram() -> FakeTelegram:
    return FakeTelegram(clock=NOW.timestamp)


def taken(update: dict[str, Any]) -> Incoming | Elsewhere | None:
    """Read as aiogram parses it; python-telegram-bot has to find it in order as well."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ptb.warnings.PTBDeprecationWarning)
        assert ptb.Update.de_json(update, None).update_id == update["update_id"]
    return read(Update.model_validate(update), BOT, NOW)


def content(update: dict[str, Any]) -> Content:
    incoming = taken(update)
    assert isinstance(incoming, Incoming)
    return incoming.content


async def test_a_text(telegram: FakeTelegram) -> None:
    olena = telegram.user(101, "Олена", "uk")
    update = await olena.says("Добрий день")
    assert taken(update) == Incoming(
        channel=Channel.TELEGRAM,
        address="101",
        message=f"{BOT}-{update['update_id']}",
        at=NOW.replace(microsecond=0),
        content=Text("Добрий день"),
        language="uk",
        grain=taken(update).grain,  # type: ignore[union-attr]
        place=update["message"]["message_id"],
    )


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("/start", Opened()),
        ("/start book-lviv_2", Opened("book-lviv_2")),
        ("/start@zviazok_bot  book", Opened("book")),
        ("/start <b>" + "x" * 80, Opened()),  # no link of ours: a deep link has up to 64 plain letters
        ("/started", Text("/started")),
        ("/find 1042", Text("/find 1042")),
    ],
)
async def test_start_and_its_link(olena: FakeUser, text: str, opened: Content) -> None:
    assert content(await olena.says(text)) == opened


async def test_a_contact_is_own_only_if_telegram_says_so(olena: FakeUser) -> None:
    assert content(await olena.shares_contact(phone="380671234567")) == SharedPhone("+380671234567", own=True)
    assert content(await olena.shares_contact(own=False, phone="0671234567")) == SharedPhone("0671234567", own=False)


async def test_places(olena: FakeUser) -> None:
    assert content(await olena.shares_location(49.84, 24.03)) == Location(49.84, 24.03)
    update = await olena.shares_location(49.84, 24.03)
    place = update["message"].pop("location")
    update["message"]["venue"] = {"location": place, "title": "Дім", "address": "Львів"}
    assert content(update) == Location(49.84, 24.03)


async def test_a_live_location_moves_in_silence(olena: FakeUser) -> None:
    update = await olena.shares_location(49.84, 24.03, live=True)
    assert content(update) == Location(49.84, 24.03)
    moved = {"update_id": 1, "edited_message": update["message"] | {"edit_date": 1}}
    assert taken(moved) is None


async def test_the_largest_of_a_photos_sizes(olena: FakeUser, telegram: FakeTelegram) -> None:
    sent = content(await olena.sends_photo(b"x" * 5000, "тато"))
    assert isinstance(sent, Sent)
    assert sent.caption == "тато"
    assert [(file.type, file.size) for file in sent.files] == [("image/jpeg", 5000)]
    assert telegram.files[sent.files[0].source] == b"x" * 5000


async def test_an_album_is_a_message_for_each_photo_with_one_caption(olena: FakeUser) -> None:
    sent = [content(update) for update in await olena.sends_album([b"1", b"2", b"3"], "паспорт")]
    assert [each.caption for each in sent if isinstance(each, Sent)] == ["паспорт", "", ""]
    assert len({each.files[0].source for each in sent if isinstance(each, Sent)}) == 3


@pytest.mark.parametrize(
    ("name", "type", "taken"),
    [
        ("витяг.pdf", "application/pdf", True),
        ("фото.JPG", None, True),
        ("scan.pdf", "application/octet-stream", True),
        ("scan", "application/octet-stream", True),
        ("scan", "application/x-pdf", True),
        ("тато", "image/jpg", True),
        ("фото.heic", "image/heic", True),
        ("скан.pdf", "application/zip", True),
        ("запис", None, True),
        ("віньєтка.exe", "application/x-msdownload", False),
        ("лист.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", False),
    ],
)
async def test_a_paper_is_judged_by_its_bytes_unless_it_clearly_is_none(
    olena: FakeUser, name: str, type: str | None, taken: bool
) -> None:
    match content(await olena.sends_document(b"%PDF", name, type, caption="документ")):
        case Sent((SentFile() as file,), "документ"):
            assert (file.type, file.name, file.size) == (type or "", name, 4)
            assert may_be_kept(file.type, file.name) is taken
        case other:
            raise AssertionError(other)


@pytest.mark.parametrize(
    ("form", "type"),
    [("voice", "audio/ogg"), ("audio", "audio/mpeg"), ("video_note", "video/mp4"), ("video", "video/mp4")],
)
async def test_whatever_is_spoken_is_taken(olena: FakeUser, form: str, type: str) -> None:
    match content(await olena.speaks(b"OggS", form)):
        case Sent((SentFile() as file,), ""):
            assert (file.type, file.size) == (type, 4)
        case other:
            raise AssertionError(other)


@pytest.mark.parametrize("form", ["sticker", "animation", "dice", "poll", "story"])
async def test_forms_that_are_not_taken(olena: FakeUser, form: str) -> None:
    assert content(await olena.sends(form)) == Other(form.replace("_", "-"))


async def test_something_of_tomorrow(olena: FakeUser) -> None:
    update = await olena.says("")
    update["message"].pop("text")
    update["message"]["hologram"] = {"file_id": "1"}
    assert content(update) == Other("unknown")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_has_words(language: str) -> None:
    words = Words()
    assert [name for name in sorted(FORM_NAMES) if not words.has(f"form.{name}")] == []


async def test_a_correction_is_not_an_answer(olena: FakeUser) -> None:
    update = await olena.says("Іван")
    assert content(await olena.edits(update, "Петро")) == Other("edited", "Петро")


async def test_a_press_brings_its_message_and_its_own_time(telegram: FakeTelegram, olena: FakeUser) -> None:
    shown = await olena.says("кнопка")
    olena.shown[-1].raw["from"] = telegram.bot
    press = taken(await olena.presses_id("kinship:mother", olena.shown[-1]))
    assert isinstance(press, Incoming)
    assert press.content == ButtonPress("kinship:mother", str(shown["message"]["message_id"]))
    assert press.at == NOW


async def test_a_press_on_a_message_that_telegram_forgot(olena: FakeUser) -> None:
    await olena.says("давнє")
    update = await olena.presses_id("x", olena.shown[-1])
    update["callback_query"]["message"] = {"chat": olena.describe(), "message_id": 5, "date": 0}
    assert content(update) == ButtonPress("x", "5")
    del update["callback_query"]["message"]
    assert content(update) == ButtonPress("x", None)
    assert chat_of(Update.model_validate(update)) == "101"


async def test_blocked_and_back(olena: FakeUser) -> None:
    assert content(await olena.blocks()) == Blocked()
    assert content(await olena.unblocks()) == Unblocked()


async def test_groups_are_elsewhere(telegram: FakeTelegram, olena: FakeUser) -> None:
    group = telegram.group(-100500, "Родина")
    assert taken(await group.hears(olena, "/start")) == Elsewhere("-100500", "uk")
    assert taken(await group.adds_bot(olena)) == Elsewhere("-100500", "uk")


async def test_nobody_said_anything(telegram: FakeTelegram, olena: FakeUser) -> None:
    update = await olena.says("")
    update["message"].pop("text")
    update["message"]["message_auto_delete_timer_changed"] = {"message_auto_delete_time": 86400}
    assert taken(update) is None
    assert taken({"update_id": 1}) is None
    assert taken({"update_id": 2, "poll": (await olena.sends("poll"))["message"]["poll"]}) is None
    from_bot = await olena.says("я бот")
    from_bot["message"]["from"]["is_bot"] = True
    assert taken(from_bot) is None
