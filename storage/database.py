"""The database: the connections of one process, what its commits wake, and its migrations."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Final

import asyncpg
import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.actor import Channel
from casework.costs import Tariff
from casework.reference import ReferenceBook
from dialogs.conversation import Scripts
from dialogs.scripts import SCRIPTS
from storage import leader, origin  # noqa: F401  whoever opens the database knows all of its tables
from storage.announcing import Announcer
from storage.binding import BrokenRows
from storage.chain import Heads
from storage.connecting import NOTICED, PoolQueue, connect, engine_for
from storage.effects import WOKEN
from storage.ids import Ids
from storage.index import NameIndex
from storage.keyring import Keyring, prepare
from storage.names.asking import LocalNames, NameService
from storage.origin import origin as _origin  # noqa: F401  its table is one of `metadata`
from storage.revisions import newest, stands_at
from storage.schema import metadata
from storage.vault import Roots, Vault
from storage.work import StoredWork

log = structlog.get_logger()

TOLD_EVERY: Final = 60.0
"""Seconds for which a disk that was full is taken to be so."""

CONNECTS_WITHIN: Final = 10.0
"""Seconds that a connection may take; after that the database is away."""

STANDS_STILL: Final = 8.0
"""Seconds between two statements of a transaction after which it is undone. A process that stands still in its midst
holds rows that others pass over or wait for: reminders that are due, a person, an address. Nothing but the database is
awaited in one, so none of ours takes so long."""

HEARD_EVERY: Final = 10.0
ANSWERS_WITHIN: Final = 5.0
"""Seconds after which it is asked whether the server still hears whoever listens, and in which it answers."""

KEPT_BY_NOBODY: Final = {"synchronous_commit": "off"}
"""A NOTIFY is written down like any commit, but outlives no server: nobody waits until it is on disk."""

POOL: Final = 8
"""Connections of one process at most. They are made when they are first needed, and kept: a new one is a new process of
the server's. One thread of Python keeps no more of them busy; with 20, turns that wait for it lay about in open
transactions, and each cost the server half as much again. What waits for one waits milliseconds."""

SERVICE: Final = "zviazok"
"""How the names of our connections begin; each process has its own. A restore does not begin while there are any."""


class Room:
    """Whether the database's disk has room, as the last minute's transactions found it."""

    def __init__(self) -> None:
        self._lacked_at: float | None = None

    def lacked(self) -> None:
        """A transaction could not be kept for want of room; told in the log once a minute."""
        if not self.lacks():
            log.error("the database's disk is full: nothing can be kept; free some room on it")
            self._lacked_at = time.monotonic()

    def lacks(self) -> bool:
        return self._lacked_at is not None and time.monotonic() - self._lacked_at < TOLD_EVERY


class Database:
    """The connections of one process."""

    def __init__(
        self,
        url: str,
        roots: bytes | Roots,
        *,
        keyring_url: str | None = None,
        pool: int = POOL,
        page: str = "http://127.0.0.1:8080",
        tariff: Tariff | None = None,
        notices: Sequence[Channel] = (),
        scripts: Scripts = SCRIPTS,
        patience: float = CONNECTS_WITHIN,
        stands_still: float = STANDS_STILL,
        names: NameService | None = None,
    ) -> None:
        """`roots` is the root key, or where to ask for those that are there. The keyring is in the same database, or at
        an address of its own. `notices` are the ways by telephone for which there is a gateway. `patience` is how many
        seconds a connection may take, a new one or one of the pool: after that the database is away. `stands_still` is
        0 for a command that nobody waits for, and may take its time within a transaction. `names` holds the names that
        are searched, for as long as the database is open: this process where nothing else is said."""
        self.url, self.page, self.tariff, self.notices, self.scripts = url, page, tariff, notices, scripts
        self.index = NameIndex(names or LocalNames())
        self.book = ReferenceBook()
        self.name = f"{SERVICE} {secrets.token_hex(4)}"
        ours = NOTICED | {"application_name": self.name}
        undone = {"idle_in_transaction_session_timeout": f"{stands_still:.0f}s"}
        self.engine: AsyncEngine = engine_for(
            url,
            pool_size=pool,
            max_overflow=0,
            pool_timeout=patience,
            pool_use_lifo=True,  # the fewest connections, each with its prepared statements warm
            pool_pre_ping=False,
            connect_args={"timeout": patience, "server_settings": ours | undone},
        )
        self.vault = Vault(roots)
        self.keyring = Keyring(keyring_url or url, self.vault, timeout=patience, server_settings=ours)
        self.ids = Ids()
        self.room = Room()
        self.queue = PoolQueue(pool, patience)
        self.announcer = Announcer()
        self.heads = Heads()
        self.broken = BrokenRows()
        self._listeners: set[Callable[[str], object]] = set()

    @property
    def dsn(self) -> str:
        """For direct connections, under this process's name: leases and LISTEN must not go through a pooler."""
        url = self.engine.url.set(drivername="postgresql").update_query_dict({"application_name": self.name})
        return url.render_as_string(hide_password=False)

    def work(self, now: datetime) -> StoredWork:
        """A unit of work at a moment."""
        return StoredWork(self, now)

    def wake(self, name: str) -> None:
        """Tell every listener what a commit has brought; "listening": anything may have come, unheard."""
        if name in ("reference", "listening"):
            self.book.heard()
        if name.startswith("erased:"):
            self.vault.forget(int(name.removeprefix("erased:")))
        for listener in list(self._listeners):
            listener(name)

    @asynccontextmanager
    async def woken(self, listener: Callable[[str], object]) -> AsyncIterator[None]:
        """Call `listener` with what commits (here or in another process) have brought."""
        self._listeners.add(listener)
        try:
            yield
        finally:
            self._listeners.discard(listener)

    async def listen(self) -> None:
        """Pass on what other processes' commits bring, and tell them what ours have brought for couriers, for ever; a
        lost connection is made anew. Run as a task.

        A message sent while the connection was lost is not repeated: couriers look for due letters on a tick as well.
        """
        with self.announcer.opened():
            while True:
                try:
                    await self._listen_once()
                except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                    await asyncio.sleep(0.5)

    async def _listen_once(self) -> None:
        connection = await connect(self.dsn, server_settings=NOTICED | KEPT_BY_NOBODY)

        def heard(_: object, pid: int, __: str, what: object) -> None:
            if pid != connection.get_server_pid():  # whoever waits here was woken when we committed
                self.wake(str(what))

        try:
            connection.add_termination_listener(lambda *_: self.announcer.look())
            await connection.add_listener(WOKEN, heard)
            self.wake("listening")
            while True:
                await self.announcer.wait(HEARD_EVERY)
                if connection.is_closed():
                    return
                # Said now and then with nothing to tell: half open, the connection would be lost unnoticed.
                await self.announcer.tell(connection, within=ANSWERS_WITHIN)
        finally:
            with suppress(Exception):
                if self.announcer.pending:
                    await self.announcer.tell(connection, within=1)
            with suppress(Exception):  # a time-out here would stand in for the cancellation, and be taken for a loss
                await connection.close(timeout=1)

    async def close(self) -> None:
        await self.index.holder.close()
        await self.engine.dispose()
        await self.keyring.close()


async def migrate(url: str, to: str = "head", *, keyring_url: str | None = None) -> None:
    """Bring the database's tables to a revision: the newest by default, and with it the keyring's."""
    if to != "head" or await stands_at(url) != newest():
        from storage.migrating import upgrade

        await upgrade(url, to)
    if to == "head":
        await prepare(keyring_url or url)


__all__ = ["Database", "StoredWork", "metadata", "migrate"]
