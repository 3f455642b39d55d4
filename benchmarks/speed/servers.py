"""The servers behind contestants: an embedded PostgreSQL that keeps what it has confirmed, and Debian's Redis."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import asyncpg
from sqlalchemy.engine import make_url

from benchmarks.trust.clusters import furnished
from bot.postgres import Server

REDIS: Final = "redis-server"
STARTS_WITHIN: Final = 10.0


class NotToBeHad(Exception):  # noqa: N818  a reason, not a fault
    """A row cannot be measured here; the words say why, and what would help."""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server; `url` is SQLAlchemy's address of its database, `pid` its process."""

    url: str
    pid: int

    @property
    def dsn(self) -> str:
        """asyncpg's address."""
        return make_url(self.url).set(drivername="postgresql").render_as_string(hide_password=False)

    async def promises(self) -> str:
        """What it does before it says "committed"."""
        connection = await asyncpg.connect(self.dsn)
        try:
            fsync, commit = [await connection.fetchval(f"SHOW {name}") for name in ("fsync", "synchronous_commit")]
        finally:
            await connection.close()
        return f"fsync {fsync}, synchronous_commit {commit}"


async def postgres(folder: Path) -> AbstractContextManager[Postgres]:
    """A server over a cluster with this tree's tables, with fsync, on the main thread."""
    await furnished(folder)
    return empty(folder)


@contextmanager
def empty(folder: Path) -> Iterator[Postgres]:
    """The same without any tables: whoever runs over it makes its own."""
    server = Server(folder)
    url = server.start()
    try:
        assert server._process is not None  # noqa: S101  it has just started
        yield Postgres(url, _postmaster(server._process.pid))
    finally:
        server.stop()


def _postmaster(pid: int) -> int:
    """The server itself: what was started may be a wrapper that waits for it."""
    while (Path(f"/proc/{pid}/comm")).read_text().strip() != "postgres":
        [pid] = map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    return pid


@contextmanager
def redis(folder: Path) -> Iterator[tuple[str, int]]:
    """The path of its socket, and its process id. It keeps nothing on disk, as its own settings begin."""
    program = shutil.which(REDIS)
    if program is None:
        raise NotToBeHad("redis-server is missing: apt-get install redis-server")
    socket = folder / "redis.sock"
    command = [program, "--port", "0", "--unixsocket", str(socket), "--save", "", "--appendonly", "no"]
    process = subprocess.Popen([*command, "--dir", str(folder)], stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + STARTS_WITHIN
        while not socket.exists():
            if time.monotonic() > deadline:
                raise NotToBeHad("redis-server does not start")
            time.sleep(0.02)
        yield str(socket), process.pid
    finally:
        process.terminate()
        process.wait()
