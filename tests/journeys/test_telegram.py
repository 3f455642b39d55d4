"""A family on Telegram, with the whole service behind: by polling and by webhook, over real HTTP."""

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import RunningService, serving
from bot.settings import Settings, load
from casework.letters import Say, say
from demo.fakes.hurried import Clock
from demo.fakes.road import free_port
from demo.fakes.telegram import TOKEN, FakeTelegram, FakeUser
from demo.patience import until
from handlers.telegram.listening import PATH, SECRET_HEADER
from tests.visiting import MORNING, WORDS

SECRET = "a-secret-of-the-webhook"
READS = 0.5
"""Seconds that it takes to read: whoever answers sooner is asked whether that was the answer (`tests/handlers`)."""

pytestmark = pytest.mark.asyncio(loop_factories=["hurried"])


@pytest.fixture
async def clock() -> Clock:
    return Clock(MORNING, asyncio.get_running_loop().time)


@pytest.fixture
async def telegram(clock: Clock) -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(repeat_after=0.1, clock=lambda: clock().timestamp()) as fake:
        yield fake
    assert fake.faults == []


@pytest.fixture(params=["polling"])
async def service(
    request: pytest.FixtureRequest, tmp_path: Path, database_url: str, telegram: FakeTelegram, clock: Clock
) -> AsyncIterator[RunningService]:
    """By polling, where a test asks for nothing else."""
    chosen = settings(tmp_path, database_url, telegram, webhook=request.param == "webhook")
    async with serving(chosen, clock=clock, tick_every=1) as service:
        yield service


def settings(folder: Path, database_url: str, telegram: FakeTelegram, *, webhook: bool) -> Settings:
    port = free_port()
    return load(
        data_dir=folder / "data",
        root_key_file=folder / "root.key",
        database_url=database_url,
        port=port,
        public_url=f"http://127.0.0.1:{port}" if webhook else None,
        telegram_token=TOKEN,
        telegram_secret=SECRET if webhook else None,
        telegram_api_url=telegram.url,
    )


async def says(person: FakeUser, words: str, then: str) -> None:
    await person.says(words)
    await hears(person, then)


async def only_the_last_has_keys(person: FakeUser) -> None:
    """Within the chat's pace: a keyboard a second."""
    await until(lambda: [shown for shown in person.sees if shown.buttons] == person.sees[-1:])


async def hears(person: FakeUser, name: str) -> None:
    await person.waits_for(max(WORDS.say("uk", Say(name)).split("\n"), key=len))
    await asyncio.sleep(READS)


async def comes_true(engine: AsyncEngine, query: str, wanted: object) -> None:
    """Wait until this is what the database says."""

    async def look() -> Any:
        async with engine.connect() as connection:
            return await connection.scalar(text(query))

    await until(look, wanted)


@pytest.mark.parametrize("service", ["polling", "webhook"], indirect=True)
async def test_a_mother_registers(service: RunningService, telegram: FakeTelegram, engine: AsyncEngine) -> None:
    mother = telegram.user(480015523, "Марія", "ru")
    await says(mother, "/start", "consent")
    async with aiohttp.ClientSession() as http, http.get(service.url) as page:
        assert "https://t.me/zviazok_bot?start=register" in await page.text()
    await mother.presses("Погоджуюся")
    await hears(mother, "menu")
    await mother.presses("Повідомити")
    await hears(mother, "kinship")
    update = await mother.presses("Мати")
    await hears(mother, "missing-name")
    await telegram.send_again(update, 5)
    await telegram.deliver_raw({"update_id": 900_001, "message": {"message_id": "not a number", "chat": {}}})
    await says(mother, "Петренко Іван Миколайович", "born")
    await mother.speaks(b"OggS\0\2" + bytes(22) + b"\1\x13OpusHead")
    await mother.waits_for("Запис збережено й передано центру.")
    kept = "SELECT count(*) FROM inbox JOIN files ON files.id = file_id WHERE state = 'here' AND type = 'audio/ogg'"
    await comes_true(engine, kept, 1)
    await says(mother, "12.03.1990", "own-name")
    await says(mother, "Петренко Марія", "phone")
    await mother.shares_contact(own=False)
    await hears(mother, "unclear-contact-foreign")
    await mother.shares_contact(own=True)
    await hears(mother, "region")
    await says(mother, "Харьков", "register-review")
    await mother.presses("Так, усе правильно")
    await hears(mother, "registered")
    await mother.presses("Надіслати документи")
    await hears(mother, "papers")
    await mother.sends_photo(photo())
    await mother.waits_for(WORDS.say("uk", Say("papers")))
    await only_the_last_has_keys(mother)
    async with engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM reports")) == 1
        assert await connection.scalar(text("SELECT count(*) FROM quarantine")) == 1
    await comes_true(engine, "SELECT state FROM files WHERE type = 'image/jpeg'", "here")


async def test_an_album_is_answered_once(
    service: RunningService, telegram: FakeTelegram, engine: AsyncEngine, clock: Clock
) -> None:
    """From a telephone: four photos at once, then six papers, and nothing is lost."""
    mother = telegram.user(480015525, "Марія")
    await says(mother, "/start", "consent")
    await says(mother, "так", "menu")
    await says(mother, "/register", "kinship")
    await says(mother, "мати", "missing-name")
    await says(mother, "Петренко Іван Миколайович", "born")
    await says(mother, "12.03.1990", "own-name")
    await says(mother, "Петренко Марія", "phone")
    await says(mother, "067 123 45 67", "region")
    await says(mother, "Харків", "register-review")
    await says(mother, "так", "registered")
    await mother.presses("Надіслати документи")
    await hears(mother, "papers")
    before = len(mother.sees)
    clock.stands()  # however long a busy machine takes, they come at once
    await mother.sends_album([photo()] * 4, "Паспорт")
    await comes_true(engine, "SELECT count(*) FROM files", 4)
    clock.pass_by(seconds=2)
    await mother.waits_for(WORDS.say("uk", say("papers.more", texts=0, files=4)))
    await mother.sends_album([photo("PDF")] * 6, papers=True)
    await comes_true(engine, "SELECT count(*) FROM files", 10)
    clock.pass_by(seconds=2)
    await mother.waits_for(WORDS.say("uk", say("papers.more", texts=0, files=10)))
    assert len(mother.sees) == before + 2
    async with engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM files")) == 10


@pytest.mark.parametrize("service", ["webhook"], indirect=True)
async def test_a_webhook_that_is_not_genuine_is_not_heard(
    service: RunningService, telegram: FakeTelegram, engine: AsyncEngine
) -> None:
    forged = {
        "update_id": 1,
        "message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "x"},
    }
    async with aiohttp.ClientSession() as http:
        for headers in ({}, {SECRET_HEADER: ""}, {SECRET_HEADER: SECRET + "x"}):
            async with http.post(service.url + PATH, json=forged, headers=headers) as answer:
                assert answer.status in (401, 403)
        async with http.post(service.url + PATH, data=b"{", headers={SECRET_HEADER: SECRET}) as answer:
            assert answer.status == 400
        async with engine.connect() as connection:
            assert await connection.scalar(text("SELECT count(*) FROM people")) == 0
            assert await connection.scalar(text("SELECT count(*) FROM arrivals")) == 0


async def test_a_family_may_block_the_bot_and_come_back(
    service: RunningService, telegram: FakeTelegram, engine: AsyncEngine
) -> None:
    mother = telegram.user(480015524, "Марія")
    await says(mother, "/start", "consent")
    await mother.blocks()
    await comes_true(engine, "SELECT active FROM addresses", False)
    await mother.unblocks()
    await says(mother, "/start", "consent")


async def test_the_panic_word_empties_the_chat(
    service: RunningService, telegram: FakeTelegram, engine: AsyncEngine
) -> None:
    mother = telegram.user(480015525, "Марія")
    await says(mother, "/start", "consent")
    await mother.presses("Погоджуюся")
    await hears(mother, "menu")
    await says(mother, "/register", "kinship")
    await says(mother, "Мати", "missing-name")
    old = mother.shown[0]
    old.raw["date"] -= 48 * 3600
    assert len(mother.shown) > 5
    await mother.says("забудь мене")
    await until(lambda: mother.shown == [old])
    await says(mother, "/start", "consent")
    async with engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM people")) == 2


async def test_an_account_that_telegram_closed_is_nobody_s(
    service: RunningService, telegram: FakeTelegram, engine: AsyncEngine
) -> None:
    mother = telegram.user(480015526, "Марія")
    await says(mother, "/start", "consent")
    await mother.presses("Погоджуюся")
    await hears(mother, "menu")
    mother.deactivates()
    await mother.says("/register")
    await comes_true(engine, "SELECT count(*) FROM addresses WHERE expires_at IS NOT NULL", 1)
    mother.deactivated = False
    await says(mother, "/menu", "consent")


def photo(format: str = "JPEG") -> bytes:
    content = BytesIO()
    Image.new("RGB", (40, 30), "gray").save(content, format=format)
    return content.getvalue()
