"""The demo's stage: a fresh service with a data folder, a clock and a Telegram of its own; the story; and a search."""

import asyncio
import logging
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import structlog
from aiohttp import ClientSession
from pydantic import SecretStr

from bot.app import invitation, serving
from bot.cluster import binaries
from bot.logs import set_up
from bot.postgres import running
from bot.settings import Settings, StartError, load
from demo.cast import Missed, Transcript
from demo.fakes.hurried import PATIENCE, Clock, HurriedLoop
from demo.fakes.road import free_port
from demo.fakes.telegram import TOKEN as TELEGRAM_TOKEN
from demo.fakes.telegram import FakeTelegram
from demo.fakes.viber import TOKEN as VIBER_TOKEN
from demo.fakes.viber import FakeViber
from demo.scene import SECOND
from demo.search import found_in
from demo.story import DemoStory
from dialogs.words import Words

BEGINS = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
"""A Tuesday, 10:00 in Kyiv: the centers have just opened."""


def play(language: str, keep: Path | None) -> int:
    """Play the story in a world where time runs faster; 0 if every step came out as it should and nothing personal
    lies anywhere in clear."""
    with asyncio.Runner(loop_factory=HurriedLoop) as runner:
        return runner.run(_play(language, keep))


async def _play(language: str, keep: Path | None) -> int:
    book = Transcript(language)
    with _folder(keep, book) as folder:
        tempfile.tempdir = str(folder / "tmp")
        (folder / "tmp").mkdir()
        try:
            said = await _played(language, folder, book)
        except Missed as step:
            print(f"\nThe story did not come out: {step}", file=sys.stderr)
            print(f"The log: {(folder / 'service.log').read_text(encoding='utf-8')[-3000:]}", file=sys.stderr)
            return 1
        finally:
            tempfile.tempdir = None
        book.chapter("Чи лежить щось із цього десь відкрито?", "Does any of it lie in clear?")
        found = found_in(folder, said)
        for what, where in found:
            print(f"    {what!r} stands in {where}", file=sys.stderr)
        book.stage(
            f"pg_dump, тека з даними, журнал і тимчасові файли: шукали імена, номери й речення ({len(said)}),"
            f" знайдено {len(found)}",
            f"pg_dump, the data folder, the log and temporary files: searched for {len(said)} names, numbers and"
            f" sentences, found {len(found)}",
        )
        return 1 if found else 0


async def _played(language: str, folder: Path, book: Transcript) -> list[str]:
    words, clock = Words(), Clock(BEGINS, asyncio.get_running_loop().time)
    port = free_port()
    async with AsyncExitStack() as stack:
        log = stack.enter_context((folder / "service.log").open("w", encoding="utf-8"))
        telegram = await stack.enter_async_context(FakeTelegram(clock=lambda: clock().timestamp()))
        viber = await stack.enter_async_context(FakeViber(clock=lambda: clock().timestamp()))
        settings = load(
            data_dir=folder / "data",
            root_key_file=folder / "data.key",
            database_url=None,
            host="127.0.0.1",
            port=port,
            public_url=f"http://127.0.0.1:{port}",
            telegram_token=SecretStr(TELEGRAM_TOKEN),
            telegram_secret=SecretStr(secrets.token_hex()),
            telegram_api_url=telegram.url,
            viber_token=SecretStr(VIBER_TOKEN),
            viber_api_url=viber.url,
            log_level="debug",
        )
        set_up(settings, log)
        book.stage(
            "запускається новий сервіс зі своїм PostgreSQL", "a fresh service is starting, with its own PostgreSQL"
        )
        async with serving(settings, clock=clock, tick_every=2, patience=PATIENCE) as service, ClientSession() as http:
            story = DemoStory(words, book, language, clock, http, service.url, telegram, viber)
            code = await invitation(service.database, clock=clock, first=True)
            second = await invitation(service.database, clock=clock, another=SECOND)
            if code is None or second is None:
                raise Missed("a fresh service has staff already")
            await story.play(code, second)
            _dump(settings, folder / "dump.sql")
        if faults := [*telegram.faults, *viber.faults]:
            raise Missed(f"a messenger was called as nobody may: {faults}")
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
def _folder(keep: Path | None, book: Transcript) -> Iterator[Path]:
    if keep is not None:
        if keep.exists() and any(keep.iterdir()):
            raise StartError(f"KEEP={keep} is not empty: name a new folder.")
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.absolute()
        book.stage(f"залишено в {keep}: data/, service.log, dump.sql", f"left in {keep}: data/, service.log, dump.sql")
        return
    with tempfile.TemporaryDirectory(prefix="zviazok-demo-") as folder:
        yield Path(folder)
