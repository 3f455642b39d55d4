"""`kill -9` at random moments of the whole story: the same case, the same appointment, every message delivered.

The demo's story, played by patient people against a real service that is killed again and again, with its database.
Telegram and Viber repeat what was not confirmed, and a browser sends again what it could not bring.
"""

import asyncio
import os
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from secrets import token_hex

import pytest
from aiohttp import ClientSession
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.app import invitation, opened
from bot.postgres import running
from bot.settings import Settings, load
from casework.numbers import ReportNumber
from demo.cast import Chat, PageChat, Player, Transcript
from demo.fakes.hurried import PATIENCE
from demo.fakes.road import free_port
from demo.fakes.telegram import TOKEN as TELEGRAM_TOKEN
from demo.fakes.telegram import FakeTelegram
from demo.fakes.viber import TOKEN as VIBER_TOKEN
from demo.fakes.viber import FakeViber
from demo.scene import MISSING, SECOND
from demo.stage import BEGINS
from demo.story import DemoStory
from storage.database import StoredWork
from tests.journeys.lines import PatientPage, PatientPerson, dice
from tests.journeys.mortal import Mortal, SharedClock
from tests.visiting import WORDS

KILLS = int(os.environ.get("KILLS", "5"))
PATIENT = PATIENCE * (KILLS + 1)
"""Seconds, of the hurried world, for an answer that every death, start and recovery may stand before: a life is shorter
than a busy machine needs for an answer."""


class UnderFire(DemoStory):
    """The same story, by people who send again what was not heard; the killing begins once the staff are at work."""

    mortal: Mortal

    def person(self, name: str, chat: Chat) -> Player:
        return PatientPerson(name, chat, self.book, self.words, self.language, patience=PATIENT)

    def page(self) -> PageChat:
        return PatientPage(self.http, self.base, self.language)

    async def mother_registers(self) -> Player:
        self.mortal.doom()
        return await super().mother_registers()


@pytest.mark.asyncio(loop_factories=["hurried"])
async def test_the_story_survives_kills(tmp_path: Path) -> None:
    clock = SharedClock(tmp_path / "clock", asyncio.get_running_loop().time)
    clock.go_to(BEGINS)
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(FakeTelegram(clock=lambda: clock().timestamp()))
        viber = await stack.enter_async_context(FakeViber(clock=lambda: clock().timestamp()))
        http = await stack.enter_async_context(ClientSession())
        environment = _environment(tmp_path, telegram, viber)
        settings = load(**environment)
        async with opened(settings, clock=clock, patience=PATIENCE) as database:
            code = await invitation(database, clock=clock, first=True)
            second = await invitation(database, clock=clock, another=SECOND)
        mortal = Mortal({name.upper(): value for name, value in environment.items()}, clock.file, dice(), KILLS)
        story = UnderFire(WORDS, Transcript(), "uk", clock, http, environment["public_url"], telegram, viber)
        story.mortal = mortal
        async with mortal.living():
            assert code
            assert second
            await story.play(code, second)
            await _nothing_waits(settings, clock)
    assert mortal.kills > 1
    assert [*telegram.faults, *viber.faults] == []
    async with opened(settings, clock=clock, patience=PATIENCE) as database, database.work(clock()) as work:
        await _all_is_there_once(story, work)


def _environment(folder: Path, telegram: FakeTelegram, viber: FakeViber) -> Mapping[str, str]:
    port = free_port()
    return {
        "data_dir": str(folder / "data"),
        "root_key_file": str(folder / "root.key"),
        "host": "127.0.0.1",
        "port": str(port),
        "public_url": f"http://127.0.0.1:{port}",
        "telegram_token": TELEGRAM_TOKEN,
        "telegram_secret": token_hex(),
        "telegram_api_url": telegram.url,
        "viber_token": VIBER_TOKEN,
        "viber_api_url": viber.url,
    }


async def _nothing_waits(settings: Settings, clock: SharedClock) -> None:
    """Wait until every letter that is due has gone out."""
    loop = asyncio.get_running_loop()
    until = loop.time() + PATIENT
    due = text("SELECT count(*) FROM letters WHERE state = 'waiting' AND due_at <= :now")
    left = None
    while left != 0:
        assert loop.time() < until, f"{left} letters wait"
        if url := running(settings.data_dir):
            engine = create_async_engine(url, poolclass=NullPool)
            with suppress(DBAPIError, OSError):  # it is being killed
                async with engine.connect() as connection:
                    left = await connection.scalar(due, {"now": clock()})
            await engine.dispose()
        await asyncio.sleep(2)


async def _all_is_there_once(story: DemoStory, work: StoredWork) -> None:
    """Two reports in one case and the visitor's in another, their appointments, an update that another corrects, a
    release, and no letter given up."""

    async def count(what: str) -> int:
        return int(await work.connection.scalar(text(f"SELECT count(*) FROM {what}")))  # noqa: S608  of these below

    report = await work.reports.by_number(ReportNumber(story.number.replace("-", "")))
    assert report is not None
    assert report.claim.name.full == MISSING
    assert await count("reports") == 3
    assert await count("(SELECT DISTINCT case_id FROM reports) AS whole") == 2
    assert await count("appointments") == await count("appointments WHERE state = 'booked'") == 2
    assert await count("updates WHERE state = 'released'") == 2
    assert await count("updates WHERE state = 'replaced'") == await count("updates") - 2 == 1
    assert await count("letters WHERE state IN ('set-aside', 'returned')") == 0
    assert await count("quarantine") == 0
