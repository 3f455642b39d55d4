"""The demo's stage: a fresh service with a data folder, a clock and a Telegram of its own; the story; and a search."""

import logging
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from aiohttp import ClientSession
from pydantic import SecretStr

from bot.app import invitation, serving
from bot.cluster import binaries
from bot.demo.cast import Book, Missed
from bot.demo.search import found_in
from bot.demo.story import Story
from bot.logs import set_up
from bot.postgres import running
from bot.settings import Settings, StartError, load
from dialogs.words import Words

try:
    from tests.fakes.telegram import TOKEN, FakeTelegram
except ImportError as missing:
    raise StartError("The demo plays with the tests' Telegram: run it in a clone of the project.") from missing

BEGINS = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
"""A Tuesday, 10:00 in Kyiv: the centers have just opened."""


class Clock:
    """The demo's time: it runs as time does, from a fixed morning, and the story may turn it forward."""

    def __init__(self) -> None:
        self._ahead = BEGINS - datetime.now(UTC)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def go_to(self, moment: datetime) -> None:
        self._ahead += max(moment - self(), timedelta(0))


async def play(language: str, keep: Path | None) -> int:
    """Play the story; 0 if every step came out as it should and nothing personal lies anywhere in clear."""
    with _folder(keep) as folder:
        tempfile.tempdir = str(folder / "tmp")
        (folder / "tmp").mkdir()
        book = Book()
        try:
            secrets = await _played(language, folder, book)
        except Missed as step:
            print(f"\nThe story did not come out: {step}", file=sys.stderr)
            print(f"The log: {(folder / 'service.log').read_text(encoding='utf-8')[-3000:]}", file=sys.stderr)
            return 1
        finally:
            tempfile.tempdir = None
        book.chapter("Чи лежить щось із цього десь відкрито?" if language == "uk" else "Does any of it lie in clear?")
        found = found_in(folder, secrets)
        for what, where in found:
            print(f"    {what!r} stands in {where}", file=sys.stderr)
        searched = "pg_dump, the data folder, the log, temporary files"
        print(f"    Searched {searched} for {len(secrets)} names, numbers and sentences: {len(found)} found.")
        return 1 if found else 0


async def _played(language: str, folder: Path, book: Book) -> list[str]:
    words, clock = Words(), Clock()
    with (folder / "service.log").open("w", encoding="utf-8") as log:
        async with FakeTelegram(clock=lambda: clock().timestamp()) as telegram:
            settings = load(
                data_dir=folder / "data",
                root_key_file=folder / "data.key",
                database_url=None,
                host="127.0.0.1",
                port=0,
                public_url=None,
                telegram_token=SecretStr(TOKEN),
                telegram_api_url=telegram.url,
                log_level="debug",
            )
            set_up(settings, log)
            book.stage("a fresh service is starting, with a PostgreSQL of its own")
            async with serving(settings, clock=clock, tick_every=0.5) as service, ClientSession() as http:
                story = Story(words, book, language, clock, http, service.url, telegram)
                code = await invitation(service.database, clock=clock, first=True)
                if code is None:
                    raise Missed("a fresh service has staff already")
                await story.play(code)
                _dump(settings, folder / "dump.sql")
            if telegram.faults:
                raise Missed(f"Telegram was called as nobody may: {telegram.faults}")
    logging.shutdown()
    structlog.reset_defaults()
    return story.secrets


def _dump(settings: Settings, to: Path) -> None:
    url = running(settings.data_dir)
    if url is None:
        raise Missed("the database is not running")
    address = url.replace("postgresql+asyncpg", "postgresql")
    subprocess.run([binaries() / "pg_dump", "--dbname", address, "--file", to], check=True)


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        if keep.exists() and any(keep.iterdir()):
            raise StartError(f"KEEP={keep} is not empty: name a new folder.")
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.absolute()
        print(f"    Left in {keep}: data/, service.log, dump.sql")
        return
    with tempfile.TemporaryDirectory(prefix="zviazok-demo-") as folder:
        yield Path(folder)
