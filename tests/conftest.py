"""A real PostgreSQL for the whole session, and a database of its own for each test that asks for one."""

from __future__ import annotations

import asyncio
import gc
import itertools
import os
import shutil
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from typing import Any, Final, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.postgres import Server
from storage.database import migrate
from tests.visiting import MORNING, House, open_house

MIGRATED: Final = "template_migrated"

# Machines are shared and noisy: how long an example takes, or takes to be drawn, is no property of the program.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

T = TypeVar("T")

LONGEST: Final = (
    "rush",
    "kill",
    "replicas",
    "demo",
    "every_channel",
    "gone_and_back",
    "terminal",
    "access",
    "operator_day",
)
"""The modules with the longest tests, those first (`make test` tells how long the longest took). Begun last, one of
them would leave a worker waiting for the other."""

MEMORY: Final = Path("/dev/shm")  # noqa: S108  a folder of our own in it
ENOUGH: Final = 2 << 30
"""Bytes that must be free there: a worker's databases take some 60 MB at a time."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--shuffle", type=int, metavar="SEED", help="modules, and the tests of each, in an order by chance: the seed's"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Runs before pytest brings tests together that share a costly fixture's parameter."""
    seed: int | None = config.getoption("shuffle")
    if seed is None:
        order = {f"test_{name}": place for place, name in enumerate(LONGEST)}
        items.sort(key=lambda item: order.get(item.path.stem, len(order)))
    else:
        chance = Random(seed)  # noqa: S311  an order, not a secret
        modules: dict[Path, float] = {}
        items.sort(key=lambda item: (modules.setdefault(item.path, chance.random()), chance.random()))


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the collector need not look through it again and again, which
    took a tenth of all processor time."""
    gc.collect()
    gc.freeze()


class Databases:
    """One server without fsync; makes a database from a template in milliseconds.

    It has an event loop of its own, so that tests which are not async can have a database too. `strategy` is how
    PostgreSQL copies: a database is some 600 files, which are nothing in memory, and a third of a second on a disk.
    """

    def __init__(self, server_url: str, strategy: str) -> None:
        self.url, self._strategy = make_url(server_url), strategy
        self._numbers = itertools.count(1)
        self._runner = asyncio.Runner()
        self._admin = create_async_engine(self.url.set(database="postgres"), isolation_level="AUTOCOMMIT")

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)

    def address(self, name: str) -> str:
        return self.url.set(database=name).render_as_string(hide_password=False)

    def create(self, *, template: str, name: str | None = None) -> str:
        name = name or f"test_{next(self._numbers)}"
        self.run(self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY {self._strategy}'))
        return name

    def drop(self, name: str) -> None:
        self.run(self._execute(f'DROP DATABASE "{name}" WITH (FORCE)'))

    def close(self) -> None:
        self.run(self._admin.dispose())
        self._runner.close()

    async def _execute(self, statement: str) -> None:
        async with self._admin.connect() as connection:
            await connection.execute(text(statement))


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """The session's server, in memory where there is room for it."""
    with ExitStack() as stack:
        room = has_room()
        folder = stack.enter_context(in_memory()) if room else tmp_path_factory.mktemp("postgres")
        server = Server(folder, fsync=False)
        databases = Databases(server.start(), "FILE_COPY" if room else "WAL_LOG")
        stack.callback(server.stop)
        stack.callback(databases.close)
        yield databases


def has_room() -> bool:
    return MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH


@contextmanager
def in_memory() -> Iterator[Path]:
    """A folder that is gone afterwards; one that a killed session has left behind goes at the next."""
    for left in MEMORY.glob("zviazok-tests-*"):
        if not Path(f"/proc/{left.name.rpartition('-')[2]}").exists():
            shutil.rmtree(left, ignore_errors=True)
    folder = MEMORY / f"zviazok-tests-{os.getpid()}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated(databases: Databases) -> str:
    """A database with every migration applied, to be copied and never used."""
    name = databases.create(template="template0", name=MIGRATED)
    databases.run(migrate(databases.address(name)))
    return name


@pytest.fixture(scope="session")
def furnished(databases: Databases, migrated: str) -> str:
    """The same with what a new service begins with, as the house's own first start puts it there: to be copied."""
    name = databases.create(template=migrated, name="template_furnished")
    databases.run(furnish(databases.address(name)))
    return name


@pytest.fixture
def database_url(request: pytest.FixtureRequest, databases: Databases, migrated: str) -> Iterator[str]:
    """The address of a fresh database, gone after the test: migrated, and where a house will stand in it, furnished."""
    template = request.getfixturevalue("furnished") if "house" in request.fixturenames else migrated
    name = databases.create(template=template)
    yield databases.address(name)
    databases.drop(name)


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    """The address of a database without a table, for the tests of migrations themselves."""
    name = databases.create(template="template0")
    yield databases.address(name)
    databases.drop(name)


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """An engine over `database_url` with a fresh connection each time: none passes from one event loop to another."""
    engine = create_async_engine(database_url, poolclass=NullPool)
    yield engine
    await engine.dispose()


async def furnish(url: str) -> None:
    async with open_house(url, MORNING):
        pass


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    """The service without a messenger, on a Tuesday morning: see `tests/visiting.py`."""
    async with open_house(database_url, MORNING, furnished=True) as house:
        yield house
