"""A primary is lost with its machine and its standby is promoted, under load: is all that was acknowledged there?

Two servers of the wheel with synchronous replication, as docs/deploy.md tells. The service has both in its address, for
the data and for the keyring, and finds by itself which one takes writes. Each round kills the primary, promotes the
other, and makes the first one the standby of that.
"""

import asyncio
import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

import aiohttp
import asyncpg
import structlog
from sqlalchemy import select

from benchmarks.row import Measured, Row, Run
from benchmarks.trust.clusters import furnished
from benchmarks.trust.stops import SETTLED, Seen, answered_after, kept, say
from benchmarks.webhooks import ROOT, served
from bot import postgres
from bot.cluster import binaries, environment
from bot.postgres import Server
from storage.addresses import addresses
from storage.connecting import connect
from storage.database import Database, migrate
from storage.vault import SealBroken

MANY, FEW = 20, 1
"""Primaries that are lost."""

AT_ONCE: Final = 6
EACH: Final = 3
"""Messages of one person; then somebody else comes, who needs a key."""

STANDBY: Final = "standby"
KEYS: Final = "keys"


class Pair:
    """Two servers, `primary` the one that takes writes."""

    def __init__(self, folder: Path) -> None:
        self.primary, self.standby = Server(folder / "one"), Server(folder / "two")
        self._sockets = [str(folder / name / "postgres") for name in ("one", "two")]

    def url(self, database: str) -> str:
        """Both, as DATABASE_URL names them."""
        hosts = "&".join(f"host={place}:5432" for place in self._sockets)
        return f"postgresql+asyncpg://postgres@/{database}?{hosts}"

    async def begin(self) -> None:
        self.primary.launch()
        await asyncio.to_thread(self.primary.wait_until_ready)
        await self.ask(self.primary, f"CREATE DATABASE {KEYS} TEMPLATE template0")
        await self.follow()

    async def follow(self) -> None:
        """Make the other server a standby of the primary, which from then on acknowledges nothing alone."""
        cluster, source = self.standby.cluster, self.primary.cluster
        shutil.rmtree(cluster, ignore_errors=True)
        cluster.parent.mkdir(mode=0o700, exist_ok=True)
        reach = f"host={source} user=postgres application_name={STANDBY}"
        command = [str(binaries() / "pg_basebackup"), "-d", reach, "-D", str(cluster), "-X", "stream", "-c", "fast"]
        done = await asyncio.to_thread(
            subprocess.run, [*command, "-R"], env=environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr  # noqa: S101  the proof cannot be run here
        (cluster / ".s.PGSQL.5432.lock").unlink(missing_ok=True)  # the primary's: its socket stands among its files
        with (cluster / "postgresql.auto.conf").open("a") as file:
            file.write("synchronous_standby_names = ''\n")  # promoted, it is alone
        self.standby.launch()
        await self.ask(self.primary, f"ALTER SYSTEM SET synchronous_standby_names = '{STANDBY}'")
        await self.ask(self.primary, "SELECT pg_reload_conf()")
        while await self.ask(self.primary, "SELECT sync_state FROM pg_stat_replication") != "sync":  # noqa: ASYNC110
            await asyncio.sleep(0.02)

    async def part(self) -> None:
        """The fault: the primary acknowledges alone, and the standby hears of nothing more."""
        for server, setting in ((self.primary, "synchronous_standby_names"), (self.standby, "primary_conninfo")):
            await self.ask(server, f"ALTER SYSTEM SET {setting} = ''")
            await self.ask(server, "SELECT pg_reload_conf()")
        while await self.ask(self.primary, "SELECT count(*) FROM pg_stat_replication"):  # noqa: ASYNC110
            await asyncio.sleep(0.02)

    async def lose(self) -> None:
        """The primary's machine is gone; the standby takes its place."""
        while there := postgres._inhabited(self.primary.cluster):
            for pid in there:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            await asyncio.sleep(0.01)
        await asyncio.to_thread(self.primary.stop)
        await self.ask(self.standby, "SELECT pg_promote()")
        await asyncio.to_thread(self.standby.wait_until_ready)
        self.primary, self.standby = self.standby, self.primary

    async def ask(self, server: Server, question: str) -> object:
        """Ask one server by itself, as soon as it answers."""
        while True:
            try:
                connection = await connect(server.url.replace("postgresql+asyncpg", "postgresql"))
            except (OSError, asyncpg.CannotConnectNowError):
                await asyncio.sleep(0.02)
                continue
            try:
                return await connection.fetchval(question)
            finally:
                await connection.close()

    async def end(self) -> None:
        for server in (self.primary, self.standby):
            await asyncio.to_thread(server.stop)


async def families(client: aiohttp.ClientSession, url: str, first: int, seen: Seen, over: asyncio.Event) -> None:
    """One person after another, each with a few messages, until it is over."""
    id = first
    while not over.is_set():
        id += 1
        for number in range(1, EACH + 1):
            await say(client, url, id, number, seen)


async def standby(run: Run) -> Measured:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    chance, rounds, seen = Random(run.seed), FEW if run.fast else MANY, Seen()  # noqa: S311  moments, not a secret
    pair, over = Pair(run.folder), asyncio.Event()
    try:
        await furnished(run.folder / "one")
        await pair.begin()
        url, keys = pair.url("zviazok"), pair.url(KEYS)
        await migrate(url, keyring_url=keys)
        async with served(url, keyring_url=keys) as at, aiohttp.ClientSession() as client:
            talks = [
                asyncio.create_task(families(client, at, n * 1_000_000, seen, over)) for n in range(1, AT_ONCE + 1)
            ]
            for number in range(rounds):
                if number:
                    await pair.follow()
                if run.broken:
                    await pair.part()
                await answered_after(seen, time.monotonic())
                await asyncio.sleep(chance.random() * SETTLED)
                await pair.lose()
                await answered_after(seen, time.monotonic())
            over.set()
            await asyncio.gather(*talks)
        there, closed = await kept(url), await _closed(url, keys)
    finally:
        await pair.end()
    found = [f"{seen.taken} acknowledged, {there} there"] if there != seen.taken else []
    found += [f"{closed} people whose key is gone"] if closed else []
    return Measured(rounds, abs(seen.taken - there) + closed, tuple(found))


async def _closed(url: str, keys: str) -> int:
    """How many people's addresses do not open: their key is not in the keyring that was promoted."""
    database, closed = Database(url, ROOT, keyring_url=keys), 0
    try:
        async with database.work(datetime.now(UTC)) as work:
            for row in await work.connection.execute(select(addresses.c.id, addresses.c.address)):
                try:
                    await work.seals.unseal(addresses.c.address, row.id, row.address)
                except SealBroken:
                    closed += 1
    finally:
        await database.close()
    return closed


ROWS: Final = (Row("standby", "acknowledged and lost when the primary is lost and its standby promoted", 0, standby),)
