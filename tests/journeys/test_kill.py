"""`kill -9` at random moments of the story: the same case, the same appointment, every message delivered.

A real service in a process of its own, with its embedded PostgreSQL, against the fake Telegram over HTTP. When it is
killed, its database goes down with it, unflushed; Telegram repeats what was not confirmed.
"""

import asyncio
import os
import random
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from sqlalchemy import text

from bot.app import now, opened
from bot.settings import Settings, load
from casework.actor import Role, Structure
from casework.ids import CenterId
from casework.letters import Say
from tests.fakes.telegram import TOKEN, FakeTelegram, FakeUser
from tests.visiting import WORDS

NAME = "Петренко Іван Миколайович"
KILLS = 6
PATIENCE = 60.0
"""Seconds for an answer that a death of the service, recovery and Telegram's repeats may stand before."""


class Mortal:
    """A service that somebody kills again and again, and that is started again each time."""

    def __init__(self, settings: Settings, telegram: FakeTelegram, chance: random.Random) -> None:
        self.env = os.environ | {
            "DATA_DIR": str(settings.data_dir),
            "ROOT_KEY_FILE": str(settings.root_key_file),
            "PORT": "0",
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": telegram.url,
        }
        self.chance = chance
        self.kills = 0

    async def start(self) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve", env=self.env, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        while line := await process.stdout.readline():
            if b"Telegram: " in line:
                return process
        raise AssertionError("the service did not start again")

    @asynccontextmanager
    async def living(self) -> AsyncIterator[None]:
        """Alive, but for the kills, while the block lasts; then stopped in order."""
        task = asyncio.create_task(self._live())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _live(self) -> None:
        process = await self.start()
        try:
            while self.kills < KILLS:
                await asyncio.sleep(self.chance.uniform(0.3, 4.0))
                process.kill()
                await process.wait()
                self.kills += 1
                process = await self.start()
            await asyncio.Event().wait()
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
                await asyncio.wait_for(process.wait(), 20)


def _settings(folder: Path) -> Settings:
    return load(data_dir=folder / "data", root_key_file=folder / "root.key", database_url=None)


async def _specialist(settings: Settings) -> None:
    """Somebody in Kharkiv whom a family can see."""
    async with opened(settings) as database, database.work(now()) as work:
        person = await work.people.add("uk")
        await work.staff.add(
            person, Role.SPECIALIST, center=CenterId("kharkiv"), structure=Structure.PSYCHOLOGIST, name="Коваль Олена"
        )
        await work.commit()


async def _hears(mother: FakeUser, name: str) -> None:
    wanted = max(WORDS.say("uk", Say(name)).split("\n"), key=len)
    await mother.waits_for(wanted, PATIENCE)


async def _says(mother: FakeUser, text: str, then: str) -> None:
    await mother.says(text)
    await _hears(mother, then)


async def _register(mother: FakeUser) -> None:
    await _says(mother, "/start", "consent")
    await _says(mother, "так", "menu")
    await _says(mother, "/register", "kinship")
    await _says(mother, "мати", "missing-name")
    await _says(mother, NAME, "born")
    await _says(mother, "12.03.1990", "own-name")
    await _says(mother, "Петренко Марія", "phone")
    await _says(mother, "067 123 45 67", "region")
    await _says(mother, "Харків", "registered")


async def _book(mother: FakeUser) -> None:
    await _says(mother, "/book kharkiv", "book-structure")
    await _says(mother, "1", "book-slot")
    await _says(mother, "1", "book-review")
    await _says(mother, "1", "menu")


async def test_the_story_survives_kills(tmp_path: Path) -> None:
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print(f"SEED={seed} repeats these moments")
    settings = _settings(tmp_path)
    await _specialist(settings)
    async with FakeTelegram(second=0.05, burst=20) as telegram:
        mortal = Mortal(settings, telegram, random.Random(seed))  # noqa: S311  moments, not secrets
        mother = telegram.user(4242, "Марія")
        async with mortal.living():
            await _register(mother)
            await _book(mother)
            while mortal.kills < KILLS:
                await mother.says("/menu")
                await _hears(mother, "menu")
            await asyncio.sleep(2)
    assert telegram.faults == []
    async with opened(settings) as database, database.work(now()) as work:
        (report,) = await work.reports.of(await work.connection.scalar(text("SELECT person_id FROM reports")))
        assert report.claim.name.full == NAME
        booked = await work.connection.scalar(text("SELECT count(*) FROM appointments WHERE state = 'booked'"))
        assert booked == 1
        waiting = await work.connection.scalar(
            text("SELECT count(*) FROM letters WHERE state = 'waiting' AND due_at < now()")
        )
        assert waiting == 0
        cases = await work.connection.scalar(text("SELECT count(*) FROM cases"))
        assert cases == 1
    assert any(str(report.number) in shown.text for shown in mother.sees)
