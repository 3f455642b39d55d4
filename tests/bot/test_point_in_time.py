"""Back to a moment by PostgreSQL's own means, as docs/deploy.md tells: base copy, archived WAL, the keyring stays."""

import asyncio
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.app import opened
from bot.cluster import binaries, environment
from bot.copying import replay
from bot.settings import Settings, load
from storage.database import Database
from tests.bot.test_copying import names, somebody
from tests.visiting import MORNING


def clock() -> Any:
    return MORNING


def settings(folder: Path, keyring_url: str, data_dir: Path) -> Settings:
    return load(data_dir=data_dir, root_key_file=folder / "root.key", keyring_url=keyring_url, database_url=None)


async def test_data_go_back_and_the_erased_do_not_come_with_them(tmp_path: Path, empty_database_url: str) -> None:
    here = settings(tmp_path, empty_database_url, tmp_path / "data")
    wal, base = tmp_path / "wal", tmp_path / "older" / "postgres"
    wal.mkdir()
    async with opened(here, clock=clock) as database:
        await somebody(database, "Дорош Семен")
        async with database.engine.connect() as plain:
            connection = await plain.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text("ALTER SYSTEM SET archive_mode = on"))
            archive = f"test ! -f {wal}/%f && cp %p {wal}/%f"
            await connection.execute(text(f"ALTER SYSTEM SET archive_command = '{archive}'"))
    async with opened(here, clock=clock) as database:
        gone = await somebody(database, "Бойко Ганна")
        await _base_copy(database, base)
        await somebody(database, "Савчук Лука")
        moment = await _now(database)
        await somebody(database, "Гайовий Юхим")  # too late for the moment to which we go back
        async with database.work(datetime.now(UTC)) as work:
            await work.erasing.erase(gone)
            await work.commit()
        await _switch(database)
    (base / "recovery.signal").touch()
    target = f"restore_command = 'cp {wal}/%f %p'\nrecovery_target_time = '{moment}'\nhot_standby = off\n"
    with (base / "postgresql.auto.conf").open("a") as file:
        file.write(f"{target}recovery_target_action = 'promote'\narchive_mode = off\n")
    again = settings(tmp_path, empty_database_url, base.parent)
    await replay(again, [], lambda line: None)
    async with opened(again, clock=clock) as database:
        assert await names(database) == {"Дорош Семен", "Савчук Лука"}


async def _base_copy(database: Database, to: Path) -> None:
    to.parent.mkdir(mode=0o700)
    sockets = str(database.engine.url.query["host"])
    command = [
        str(binaries() / "pg_basebackup"),
        "-h",
        sockets,
        "-U",
        "postgres",
        "-D",
        str(to),
        "-X",
        "none",
        "-c",
        "fast",
    ]
    done = await asyncio.to_thread(
        subprocess.run, command, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


async def _now(database: Database) -> datetime:
    async with database.engine.connect() as connection:
        found: datetime = (await connection.execute(text("SELECT clock_timestamp()"))).scalar_one()
    return found


async def _switch(database: Database) -> None:
    """The last of it reaches the archive: a server that is stopped sees to it."""
    async with database.engine.connect() as connection:
        await connection.execute(text("SELECT pg_switch_wal()"))
