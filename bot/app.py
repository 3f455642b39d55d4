"""Puts everything together, by hand: settings, database, desk, couriers, channels, ticks."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from aiohttp import web
from sqlalchemy.exc import DBAPIError

from bot.belonging import belongs, keep_ledger
from bot.heads import Publishing
from bot.joining import join, join_served
from bot.liveness import Heartbeat, LivenessProbe
from bot.matching import Matching
from bot.memory import giving_back
from bot.offers import Offering
from bot.postgres import check, embedded, running
from bot.rootkey import roots, source
from bot.settings import Settings, StartError
from bot.ticks import Ticks
from casework.actor import Channel
from casework.costs import Tariff
from casework.despair import despairs
from casework.places import meant
from casework.staff import members
from dialogs.scripts import SCRIPTS
from dialogs.wishes import wished
from dialogs.words import Words
from handlers.channel import Fetcher, Speaker
from handlers.courier import Courier
from handlers.deferring import Deferring
from handlers.desk import Desk, where
from handlers.errands import Errands
from handlers.leasing import LEASE
from handlers.outgoing import Paying
from handlers.web.application import empty
from handlers.web.connections import READ, Connections, standing
from storage.binding import bind_all
from storage.chain import adopt
from storage.connecting import engine_for
from storage.database import CONNECTS_WITHIN, STANDS_STILL, Database, migrate
from storage.keyring import Keyring, holds_keys
from storage.names.process import NameProcess
from storage.vault import Roots, SealBroken, Vault

log = structlog.get_logger()


def now() -> datetime:
    """The clock: only `bot/` has one."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class RunningService:
    """A running service. `url` is where its page is; `failed` ends when a part of it has."""

    url: str
    database: Database
    failed: asyncio.Future[None]


@asynccontextmanager
async def at_rest(settings: Settings) -> AsyncIterator[str]:
    """The address of the database, while no service of this folder runs."""
    if settings.database_url is not None:
        yield settings.database_url.get_secret_value()
        return
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StartError(
            f"DATA_DIR={settings.data_dir}: {error.strerror}. Name a folder that can be made or written to."
        ) from None
    async with embedded(settings.data_dir) as url:
        yield url


@asynccontextmanager
async def opened(
    settings: Settings, *, clock: Callable[[], datetime] = now, patience: float | None = None
) -> AsyncIterator[Database]:
    """The database, migrated and seeded: what every command of ours stands on. `patience` is how many seconds a
    connection to it may take, or a transaction stand still; None: as long as a service may."""
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(at_rest(settings))
        await _prepare(url, keyring_url(settings))
        database = Database(
            url,
            await _roots(url, settings),
            keyring_url=keyring_url(settings),
            page=page(settings),
            tariff=tariff(settings),
            notices=tuple(settings.gateways),
            patience=patience or CONNECTS_WITHIN,
            stands_still=patience or STANDS_STILL,
            names=NameProcess(),
        )
        stack.push_async_callback(database.close)
        keep_ledger(database, settings)
        await database.keyring.load()
        await bind_all(database.keyring, database.engine)
        async with database.work(clock()) as work:
            await belongs(work, settings)
            await work.seed()
            head = await adopt(work.connection, database.vault)
            await work.commit()
        database.heads.grown(head)
        yield database


@asynccontextmanager
async def beside(settings: Settings) -> AsyncIterator[Database]:
    """The database, whether or not a service has its embedded server running already. What a command has written into
    the audit is published at its end."""
    async with _beside(settings) as database:
        yield database
        if settings.heads_elsewhere is not None and database.heads.known.number:
            await Publishing(database, settings.heads_elsewhere).once()


@asynccontextmanager
async def _beside(settings: Settings) -> AsyncIterator[Database]:
    url = running(settings.data_dir) if settings.database_url is None else None
    if url is None:
        async with opened(settings) as database:
            yield database
        return
    database = Database(
        url,
        source(settings),
        keyring_url=keyring_url(settings),
        page=page(settings),
        notices=tuple(settings.gateways),
    )
    keep_ledger(database, settings)
    try:
        yield database
    finally:
        await database.close()


def tariff(settings: Settings) -> Tariff | None:
    """What Viber costs; None without Viber."""
    if settings.viber_token is None:
        return None
    return Tariff(settings.viber_monthly, settings.viber_price, settings.viber_budget)


def page(settings: Settings) -> str:
    """Where the page is, for links in what we say."""
    return (settings.public_url or f"http://{settings.host}:{settings.port}").rstrip("/")


def keyring_url(settings: Settings) -> str | None:
    """Where the keyring is, if not in the database itself."""
    return settings.keyring_url.get_secret_value() if settings.keyring_url is not None else None


async def _prepare(url: str, keyring_url: str | None) -> None:
    for setting, address in (("DATABASE_URL", url), ("KEYRING_URL", keyring_url)):
        if address is not None:
            await _ask(setting, address)
    await migrate(url, keyring_url=keyring_url)


async def _ask(setting: str, url: str) -> None:
    engine = engine_for(url)
    try:
        async with engine.connect() as connection:
            if setting == "DATABASE_URL":
                await check(connection)
    except (OSError, DBAPIError) as error:
        reason = type(error.orig).__name__ if isinstance(error, DBAPIError) else error.strerror or type(error).__name__
        raise StartError(
            f"{setting}: the database does not answer ({reason}). See that PostgreSQL runs there, that name, user"
            " and password are right; or leave it out to use the embedded one."
        ) from None
    finally:
        await engine.dispose()


async def _roots(url: str, settings: Settings) -> Roots:
    """The roots, tried on the keyring: a wrong one is found out now, not on the first message."""
    ring = keyring_url(settings) or url
    if ring != url and await holds_keys(url):
        raise StartError("KEYRING_URL: the keys are in the database of the data still; run: python -m bot keys move")
    roots(settings, needed=await holds_keys(ring))
    found = source(settings)
    keyring = Keyring(ring, Vault(found))
    try:
        await keyring.load()
    except SealBroken as wrong:
        raise StartError(
            f"ROOT_KEY_FILE={settings.root_key_file} is not the key of this database: name the right file. ({wrong})"
        ) from None
    finally:
        await keyring.close()
    return found


def read_ahead() -> None:
    """Read from our own files what would be read when it is first needed, places and lists of words: half a second that
    holds nobody up."""
    despairs("")
    for spelt in (True, False):
        wished("", spelt=spelt)
    meant("Париж, Франція")


@asynccontextmanager
async def serving(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = now,
    tick_every: float = 30.0,
    patience: float | None = None,
) -> AsyncIterator[RunningService]:
    """The whole service, until the block ends. `tick_every` is the seconds between looks at what is due; `patience` as
    for `opened`."""
    if settings.public_url is not None and not settings.trusted_proxies:
        log.warning(
            "PUBLIC_URL without TRUSTED_PROXIES: behind a proxy all families count as one address",
            remedy="set TRUSTED_PROXIES to where the proxy's connections come from, see docs/deploy.md",
        )
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(opened(settings, clock=clock, patience=patience))
        services = Services(settings, database, Words(book=database.book), clock, stack)
        app, connections = empty(), Connections()
        app.middlewares.append(connections.middleware())
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=5, read_bufsize=READ)
        await join_served(services, app)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        try:
            await stack.enter_async_context(standing(runner, connections, settings.host, settings.port))
        except OSError as error:
            raise StartError(
                f"HOST={settings.host}, PORT={settings.port}: {error.strerror}. Is another service there? Name another"
                " port (PORT=8081), or an address of this machine (HOST=127.0.0.1)."
            ) from None
        services.background(giving_back(connections))
        services.background(database.listen())
        if settings.heads_elsewhere is not None:
            services.background(Publishing(database, settings.heads_elsewhere).run())
        matching = Matching(database, clock)
        await stack.enter_async_context(database.woken(matching.heard))
        services.background(matching.run())
        offering = Offering(database, clock, tick_every)
        await stack.enter_async_context(database.woken(offering.wake))
        services.background(offering.run())
        await stack.enter_async_context(database.woken(services.deferring.wake))
        services.background(services.deferring.run())
        await stack.enter_async_context(Ticks(database, clock, tick_every))
        services.background(LivenessProbe(database, clock, services.heartbeats, settings.public_url, tick_every).run())
        host, port, *_ = runner.addresses[0]
        url = f"http://{host}:{port}"
        database.page = settings.public_url or url  # links that we send name the port that was free
        yield RunningService(url, database, services.over)


async def invitation(
    database: Database,
    *,
    clock: Callable[[], datetime] = now,
    first: bool = False,
    reset: bool = False,
    another: str | None = None,
) -> str | None:
    """A one-time code for the first administrator; with `first` only while there is no staff at all, else None.
    `another` is the name of one more administrator, who is added. What comes from the shell is kept as such."""
    async with database.work(clock()) as work:
        if first and await work.staff.any_enrolled():
            return None
        code = await members.from_shell(work, reset=reset, another=another)
        await work.commit()
    return code


class Services:
    """The parts of a service on their way up; each is let go in the reverse order. `over` ends when a part has failed,
    by its error, or when `end` is called."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        words: Words,
        clock: Callable[[], datetime],
        stack: AsyncExitStack,
    ) -> None:
        self.settings, self.database, self.words, self.clock, self.stack = settings, database, words, clock, stack
        self.chat_links: dict[Channel, str] = {}
        self.desk = Desk(database.work, words, SCRIPTS, clock)
        self.deferring = Deferring(self.desk.catch_up)
        self.heartbeats: list[Heartbeat] = []
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def heartbeat(self, channel: Channel, *, posted: bool) -> Heartbeat:
        """For what listens on a channel: what it hears proves that it can."""
        self.heartbeats.append(Heartbeat(channel, self.clock, posted))
        return self.heartbeats[-1]

    def background(self, work: Coroutine[Any, Any, None]) -> None:
        """Run beside everything else; if it ends by an error, the service is over: better restarted than half alive."""
        task = asyncio.create_task(work)
        task.add_done_callback(self._ended)
        self.stack.push_async_callback(self._cancel, task)

    @staticmethod
    async def _cancel(task: asyncio.Task[None]) -> None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if error is not None and not self.over.done():
            log.error("a part of the service has stopped", **where(error))
            self.over.set_exception(error)

    def end(self) -> None:
        """A channel is over by itself, and with it all: the terminal's input has ended."""
        if not self.over.done():
            self.over.set_result(None)

    async def courier(self, speaker: Speaker, *, lease: timedelta = LEASE, paying: Paying | None = None) -> Courier:
        """A channel's courier, woken by commits that bring letters for it; not running yet."""
        courier = Courier(self.database.work, self.words, speaker, self.clock, lease=lease, paying=paying)
        await self.stack.enter_async_context(self.database.woken(courier.wake))
        return courier

    async def errands(self, channel: Channel, fetcher: Fetcher) -> Errands:
        """A channel's errands, woken by commits that note a file; not running yet."""
        errands = Errands(self.database.work, channel, fetcher, self.clock)
        await self.stack.enter_async_context(self.database.woken(errands.wake))
        return errands


@asynccontextmanager
async def at_terminal(settings: Settings, *, clock: Callable[[], datetime] = now) -> AsyncIterator[Services]:
    """A conversation in this process's terminal, whether or not a service runs; await the house's `over`."""
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(beside(settings))
        services = Services(settings, database, Words(book=database.book), clock, stack)
        services.background(database.listen())
        await join("terminal", services, empty())
        yield services
