"""The embedded PostgreSQL: whatever ends the program, no row is lost and no server is left behind."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot import cluster, postgres
from bot.cluster import binaries
from bot.postgres import Server, check, embedded, longer, running
from bot.settings import StartError
from demo.patience import PATIENCE, until

ROOT = os.geteuid() == 0
# Root in a namespace where it is called 1000 is an ordinary user to every program, and may still read this checkout.
AS_A_USER = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
USERS = [pytest.param((), id="as-itself"), *([pytest.param(AS_A_USER, id="as-a-user")] if ROOT else [])]

# A program that keeps a server and writes a row after a row, saying each number once it is committed.
WRITER = """
import asyncio, sys
from pathlib import Path
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from bot import postgres

async def main():
    async with postgres.embedded(Path(sys.argv[1])) as url:
        engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.execute(text("CREATE TABLE IF NOT EXISTS kept (n int PRIMARY KEY)"))
            n = await connection.scalar(text("SELECT coalesce(max(n), 0) FROM kept"))
            try:
                while True:
                    n += 1
                    await connection.execute(text("INSERT INTO kept VALUES (:n)"), {"n": n})
                    print(n, flush=True)
            finally:
                async with engine.connect() as another:
                    await another.execute(text("CREATE TABLE IF NOT EXISTS farewell ()"))
        await engine.dispose()

asyncio.run(main())
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder that every user may reach; pytest's own are root's alone."""
    path = Path(tempfile.mkdtemp(prefix="data-"))
    path.chmod(0o755)
    yield path / "var"
    shutil.rmtree(path)


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


def write_until(
    folder: Path,
    enough: int,
    stop: Callable[[subprocess.Popen[str]], None],
    *,
    prefix: tuple[str, ...] = (),
    program: str = WRITER,
) -> int:
    """Let the writer keep `enough` rows, `stop` it, and tell how many it said were kept."""
    with subprocess.Popen(
        [*prefix, sys.executable, "-c", program, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as writer:
        assert writer.stdout
        kept = 0
        for line in writer.stdout:
            if not line.strip().isdecimal():  # a line of the log
                continue
            kept = int(line)
            if kept == enough:
                stop(writer)
        return kept


def server_pid(folder: Path) -> int:
    return int((folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def gone(pid: int, within: float = PATIENCE) -> bool:
    """Whether the process ends in time; one that its adopter has not yet buried counts as ended."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].startswith("Z"):
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.02)
    return False


async def rows(folder: Path) -> int:
    async with embedded(folder) as url, connected(url) as connection:
        return int(await connection.scalar(text("SELECT count(*) FROM kept")) or 0)


async def test_it_starts_where_nothing_was_and_leaves_nothing_running(folder: Path) -> None:
    async with embedded(folder, fsync=False) as url:
        async with connected(url) as connection:
            await check(connection)
            assert await connection.scalar(text("SELECT current_database()")) == "zviazok"
        assert running(folder) == url
        pid = server_pid(folder)
        assert (folder / "postgres").stat().st_mode & 0o777 == 0o700
        assert folder.stat().st_mode & 0o777 == 0o700
    assert gone(pid)
    assert running(folder) is None


@pytest.mark.parametrize("prefix", USERS)
async def test_killed_the_program_takes_its_server_along_and_keeps_every_row(
    folder: Path, prefix: tuple[str, ...]
) -> None:
    pids = []

    def kill(writer: subprocess.Popen[str]) -> None:
        pids.append(server_pid(folder))
        writer.kill()

    kept = write_until(folder, 25, kill, prefix=prefix)
    assert gone(pids[0])
    kept = write_until(folder, kept + 25, kill, prefix=prefix)  # begun while the first server may still go down
    assert gone(pids[1])
    assert await rows(folder) in (kept, kept + 1)  # the last may have been kept and not yet said


async def test_without_setpriv_the_next_start_stops_what_was_left_behind(folder: Path) -> None:
    pids = []

    def kill(writer: subprocess.Popen[str]) -> None:
        pids.append(server_pid(folder))
        writer.kill()

    untied = WRITER.replace("async def main", "postgres.UNTIL_WE_END = ('no-such-program',)\n\nasync def main")
    kept = write_until(folder, 25, kill, program=untied)
    assert not gone(pids[0], within=0.5)
    assert await rows(folder) >= kept
    assert gone(pids[0])


async def test_ctrl_c_reaches_the_program_and_not_its_server(folder: Path) -> None:
    """The writer says farewell to the database after the interrupt that went to its whole terminal."""
    write_until(folder, 5, lambda writer: os.killpg(writer.pid, signal.SIGINT))
    async with embedded(folder, fsync=False) as url, connected(url) as connection:
        assert await connection.scalar(text("SELECT to_regclass('farewell') IS NOT NULL"))


async def test_a_second_program_on_the_folder_is_told_so(folder: Path) -> None:
    async with embedded(folder, fsync=False) as url:
        with pytest.raises(StartError, match=r"DATA_DIR=.* is in use by another program"):
            Server(folder).start()
        async with connected(url) as connection:  # and the first did not notice
            assert await connection.scalar(text("SELECT 1")) == 1


async def test_a_deep_folder_gets_a_short_socket(folder: Path) -> None:
    deep = folder.joinpath(*["a-folder-with-a-long-name"] * 6)
    async with embedded(deep, fsync=False) as url:
        sockets = Path(url.partition("?host=")[2])
        assert len(str(sockets)) < 40
        assert sockets.stat().st_mode & 0o777 == 0o700
        async with connected(url) as connection:
            assert await connection.scalar(text("SELECT 1")) == 1
    assert not sockets.exists()


async def test_the_mark_of_a_server_that_is_gone_does_not_hold_up_a_start(folder: Path) -> None:
    async with embedded(folder, fsync=False):
        mark = (folder / "postgres" / "postmaster.pid").read_text().splitlines()[1:]
    unburied = subprocess.Popen(["true"])
    while Path(f"/proc/{unburied.pid}/stat").read_text().rpartition(") ")[2][0] != "Z":
        time.sleep(0.01)
    for pid in (unburied.pid, os.getpid(), 2**22 - 1):  # a zombie, a number that another program has now, nobody
        (folder / "postgres" / "postmaster.pid").write_text("\n".join([str(pid), *mark]) + "\n")
        assert running(folder) is None
        async with embedded(folder, fsync=False) as url, connected(url) as connection:
            assert await connection.scalar(text("SELECT 1")) == 1
    unburied.wait()


async def test_another_version_s_files_are_refused(folder: Path) -> None:
    async with embedded(folder, fsync=False):
        pass
    (folder / "postgres" / "PG_VERSION").write_text("9\n")
    with pytest.raises(StartError, match=r"was made by PostgreSQL 9, .* pg_dump"):
        Server(folder).start()


async def test_another_user_s_folder_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with embedded(folder, fsync=False):
        pass
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(StartError, match=r"belongs to another user.*chown -R 12345"):
        Server(folder).start()


async def test_a_start_that_fails_tells_what_postgresql_said(folder: Path) -> None:
    async with embedded(folder, fsync=False):
        pass
    (folder / "postgres" / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(StartError, match="no_such_setting"):
        Server(folder).start()
    (folder / "postgres" / "postgresql.conf").write_text("")
    Server(folder)  # nothing holds the folder: the next start is free to try
    async with embedded(folder, fsync=False):
        pass


def test_it_starts_from_the_main_thread_only(folder: Path) -> None:
    refused: list[RuntimeError] = []

    def launch() -> None:
        try:
            Server(folder).launch()
        except RuntimeError as error:
            refused.append(error)

    thread = threading.Thread(target=launch)
    thread.start()
    thread.join()
    assert "main thread" in str(refused[0])


async def test_its_log_does_not_repeat_what_people_wrote(folder: Path) -> None:
    async with embedded(folder, fsync=False) as url, connected(url) as connection:
        await connection.execute(text("CREATE TABLE said (words text PRIMARY KEY)"))
        await connection.execute(text("INSERT INTO said VALUES ('Петренко')"))
        with pytest.raises(IntegrityError):
            await connection.execute(text("INSERT INTO said VALUES ('Петренко')"))
    journal = (folder / "postgres.log").read_text()
    assert "said_pkey" in journal
    assert "Петренко" not in journal


async def test_a_database_that_cannot_keep_promises_is_refused_with_every_reason(folder: Path) -> None:
    async with embedded(folder, fsync=False) as url:
        async with connected(url) as connection:
            await connection.execute(
                text("CREATE DATABASE plain TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'")
            )
        async with connected(url.replace("/zviazok?", "/plain?")) as connection:
            with pytest.raises(StartError) as refused:
                await check(connection)
    assert "DATABASE_URL" in str(refused.value)
    assert "SQL_ASCII" in str(refused.value)
    assert "їжак" in str(refused.value)


def test_without_the_wheel_the_system_s_programs_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr(cluster, "SYSTEM", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "on-path"))
    with pytest.raises(StartError, match="DATABASE_URL"):
        binaries()
    for place in ("9/bin", "16/bin", "on-path"):
        (tmp_path / place).mkdir(parents=True)
        for program in ("initdb", "postgres"):
            (tmp_path / place / program).touch(mode=0o755)
        expected = "on-path" if place == "on-path" else place
        assert binaries() == tmp_path / expected


async def test_where_root_cannot_be_given_up_it_is_told_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(cluster, "AS_NAMESAKE", ("false",))
    monkeypatch.setattr(cluster, "AS_NOBODY", ("no-such-program",))
    with pytest.raises(StartError, match=r"does not run as root.*DATABASE_URL"):
        Server(folder).start()


if ROOT:

    async def test_where_namespaces_are_forbidden_root_s_server_becomes_nobody(
        folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wheel = binaries().parents[1]  # copied to where nobody may read it: a checkout may be root's alone
        for part in (wheel, wheel.with_name(f"{wheel.name}.libs")):
            shutil.copytree(part, folder.parent / part.name)
        programs = folder.parent / wheel.name / "pginstall" / "bin"
        monkeypatch.setattr(cluster, "binaries", lambda: programs)
        monkeypatch.setattr(postgres, "binaries", lambda: programs)
        monkeypatch.setattr(cluster, "AS_NAMESAKE", ("false",))
        for _ in range(2):
            async with embedded(folder, fsync=False) as url, connected(url) as connection:
                await check(connection)
                assert Path(f"/proc/{server_pid(folder)}").stat().st_uid == cluster.NOBODY
        assert (folder / "postgres").stat().st_uid == cluster.NOBODY
        monkeypatch.undo()
        assert cluster.become(folder / "postgres")[1] == cluster.NOBODY  # the folder keeps its first owner


async def answers(url: str) -> int | None:
    """How many rows are kept; None while the server is away."""
    try:
        async with connected(url) as connection:
            return int(await connection.scalar(text("SELECT count(*) FROM kept")) or 0)
    except (OSError, DBAPIError):
        return None


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGQUIT, signal.SIGTERM], ids=lambda how: how.name)
async def test_a_server_that_ends_is_started_again_with_what_was_committed(folder: Path, how: signal.Signals) -> None:
    async with embedded(folder) as url:
        async with connected(url) as connection:
            await connection.execute(text("CREATE TABLE kept (n int)"))
        for n in range(1, 4):
            async with connected(url) as connection:
                await connection.execute(text("INSERT INTO kept VALUES (1)"))
            ended = server_pid(folder)
            os.kill(ended, how)
            assert await asyncio.to_thread(gone, ended)
            assert await until(lambda: answers(url)) == n
            assert server_pid(folder) != ended
    assert running(folder) is None


def test_a_server_left_behind_that_was_just_starting_is_stopped_once_it_says_who_it_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed at that moment, the program could not start again: it waited for a server that nobody had told to stop."""
    left = Server(folder, fsync=False)
    left.start()
    pid, mark = server_pid(folder), folder / "postgres" / "postmaster.pid"
    hidden = mark.rename(folder / "not-written-yet")
    sleep = time.sleep

    def writes_it(seconds: float) -> None:
        if hidden.exists():
            hidden.rename(mark)
        left._ended()  # as init does: a zombie is gone
        sleep(seconds)

    monkeypatch.setattr(time, "sleep", writes_it)
    postgres._let_go(left.cluster)
    assert gone(pid)
    assert not mark.exists()
    left.stop()


def test_pauses_grow_and_stay_short() -> None:
    """Killed fifty times in a minute, it was back after five seconds and a half, though nothing was wrong with it."""
    pauses = [0.0]
    for _ in range(50):
        pauses.append(longer(pauses[-1]))
    assert pauses[:6] == [0.0, 0.1, 0.2, 0.4, 0.8, 1.6]
    assert max(pauses) == pauses[-1] == 2.0


async def test_a_server_that_cannot_start_is_tried_until_it_can(folder: Path) -> None:
    async with embedded(folder) as url:
        async with connected(url) as connection:
            await connection.execute(text("CREATE TABLE kept (n int)"))
        settings = folder / "postgres" / "postgresql.auto.conf"
        right = settings.read_text()
        settings.write_text("shared_buffers = 'no size at all'\n")
        os.kill(server_pid(folder), signal.SIGKILL)
        journal = folder / "postgres.log"
        await until(lambda: journal.read_text().count("no size at all") > 1)
        assert await answers(url) is None
        settings.write_text(right)
        assert await until(lambda: answers(url), 0) == 0
