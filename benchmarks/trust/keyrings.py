"""Keys, copies, erasures: another root under traffic, what a restore brings back, and who does not come with it."""

import asyncio
import math
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, Final
from unittest import mock

from sqlalchemy import func, select

from benchmarks.row import Measured, Row, Run
from benchmarks.trust import canaries
from benchmarks.trust.holdings import Holding, accept, at, hold, machine, quiet, readable
from bot import belonging, copying, ledger
from bot.app import opened
from bot.copying import backup, restore
from bot.rootkey import in_file, source
from bot.settings import Settings, StartError, load
from casework.ids import PersonId
from storage.database import Database, metadata
from storage.keyring import Keyring, keys
from storage.sweeping import sealed_columns
from storage.vault import root_id

CASES: Final = 50_000
FEW: Final = 200
KILLS: Final = 20


def _settings(run: Run, url: str) -> Settings:
    """A service over this database, with a root and a ledger in the row's folder."""
    return load(
        database_url=url,
        root_key_file=run.folder / "root.key",
        erasure_ledger=run.folder / "root.key.erased",
        data_dir=run.folder / "data",
    )


@dataclass
class Seen:
    """`reads` and `writes` of the traffic; `failed` of them."""

    reads: int = 0
    writes: int = 0
    failed: int = 0


async def _traffic(url: str, settings: Settings, held: list[Holding], chance: Random, seen: Seen) -> None:
    """A service with little memory: each read needs keys of the keyring, each new person makes one."""
    async with at(url, source(settings)) as database:
        while True:
            one = chance.choice(held)
            database.vault.forget(one.key)
            seen.reads += 1
            try:
                seen.failed += await readable(database, [one]) != 1
                if seen.reads % 10 == 0:
                    held.append(await accept(database, chance))
                    seen.writes += 1
            except Exception:  # whatever the error, a read or a write failed
                seen.failed += 1
            await asyncio.sleep(0)


async def rotation(run: Run) -> Measured:
    """Cases under traffic; another root and then other data keys, each rotation killed again and again."""
    many, kills, chance = (FEW, 1, Random(run.seed)) if run.fast else (CASES, KILLS // 2, Random(run.seed))  # noqa: S311
    async with AsyncExitStack() as stack:
        url = await (await stack.enter_async_context(machine(run.folder / "machine"))).database()
        settings = _settings(run, url)
        (old,) = in_file(settings.root_key_file, needed=False)
        async with at(url, source(settings)) as database:
            held = await hold(database, many, chance)
        if run.broken:  # a service that never asks for the roots again
            stack.enter_context(mock.patch.object(Keyring, "_look_again", _nothing))
        seen = Seen()
        serving = asyncio.create_task(_traffic(url, settings, held, chance, seen))
        await asyncio.sleep(0.05)
        for what in ((), ("--data",)):
            for _ in range(kills):
                await _rotates(settings, url, what, kill_after=chance.uniform(0.5, 1.0 if run.fast else 8.0))
            await _rotates(settings, url, what, kill_after=None)
        reads = seen.reads
        for _ in range(1000):  # also once nobody rotates any more
            await asyncio.sleep(0.01)
            if seen.reads >= reads + 20:
                break
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving
        async with at(url, source(settings)) as database, database.keyring.engine.connect() as connection:
            query = select(func.count()).select_from(keys).where(keys.c.root == root_id(old))
            left = int(await connection.scalar(query) or 0)
            left += await _under_old_keys(database)
            lost = len(held) - await readable(database, held)
    found = [f"{seen.reads} reads and {seen.writes} writes of the traffic, {seen.failed} failed"]
    found += [f"{left} rows on old keys, {lost} persons not readable"]
    bad = seen.failed + left + lost
    return Measured(len(held), bad, tuple(found) if bad else ())


async def _under_old_keys(database: Database) -> int:
    """Values that are sealed under a data key in whose place another came; holders who never got another key."""
    old = {each.key.to_bytes(8, "big") for each in await database.keyring.successors()}
    async with database.engine.connect() as connection:
        heads: list[bytes] = []
        for table in metadata.tables.values():
            for column in sealed_columns(table):
                heads += await connection.scalars(select(func.substring(column, 2, 8)).where(column.is_not(None)))
    return sum(head in old for head in heads) if old else len(heads)


async def _nothing(keyring: Keyring) -> None:
    """Stands in for asking again."""


async def _rotates(settings: Settings, url: str, what: Sequence[str], kill_after: float | None) -> None:
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "DATABASE_URL": url,
        "ROOT_KEY_FILE": str(settings.root_key_file),
        "ERASURE_LEDGER": str(settings.ledger),
        "DATA_DIR": str(settings.data_dir),
    }
    command = [sys.executable, "-m", "bot", "keys", "rotate", *what]
    rotating = await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        await asyncio.wait_for(rotating.wait(), kill_after)
    except TimeoutError:
        rotating.kill()
        await rotating.wait()
    if kill_after is None and rotating.returncode:
        raise AssertionError("the rotation did not end; run `python -m bot keys rotate` by hand to see why")


@dataclass(frozen=True, slots=True)
class Restored:
    """`minutes` that the restore took; `missing` of so `many` that were accepted before the copy."""

    minutes: float
    missing: int
    many: int


_measured: dict[tuple[bool, bool, int], Restored] = {}
"""Both rows are figures of one restore."""


async def _restored(run: Run, fault: Any) -> Restored:
    known = (run.fast, run.broken, run.seed)
    if run.broken or known not in _measured:
        _measured[known] = await _restore(run, fault)
    return _measured[known]


async def _restore(run: Run, fault: Any) -> Restored:
    many, chance = FEW if run.fast else CASES, Random(run.seed)  # noqa: S311
    async with machine(run.folder / "machine") as server:
        settings = _settings(run, await server.database())
        async with opened(settings) as database:
            held = await hold(database, many, chance)
            more = asyncio.create_task(_accepted(database, chance))
            await backup(settings, run.folder / "copies", None, quiet, tried=not run.fast)
            more.cancel()
            with suppress(asyncio.CancelledError):
                await more
        again = _settings(run, await server.database("template0"))
        began = time.monotonic()
        try:
            with fault():
                await restore(again, _copy(run.folder, "data"), _copy(run.folder, "keys"), [], quiet)
        except StartError:
            return Restored(math.inf, many, many)
        minutes = (time.monotonic() - began) / 60
        async with opened(again) as database:
            missing = many - await readable(database, held)
    return Restored(minutes, missing, many)


async def _accepted(database: Database, chance: Random) -> None:
    """The service goes on while the copy is made."""
    while True:
        await accept(database, chance)
        await asyncio.sleep(0)


def _copy(folder: Path, what: str, which: int = -1) -> Path:
    return sorted((folder / "copies").glob(f"*.{what}"))[which]


async def restore_minutes(run: Run) -> Measured:
    async def stuck(*_: Any) -> None:
        raise StartError("the copy does not come back")

    restored = await _restored(run, lambda: mock.patch.object(copying, "_pour", stuck) if run.broken else ExitStack())
    return Measured(restored.many, min(restored.minutes, 999))


async def restore_missing(run: Run) -> Measured:
    async def everybody(connection: Any, keyring: Keyring) -> list[int]:
        async with keyring.engine.connect() as ring:
            return list(await ring.scalars(select(keys.c.id)))

    replayed = mock.patch.object(belonging, "not_replayed", everybody)  # a ledger that names whoever lives
    restored = await _restored(run, lambda: replayed if run.broken else ExitStack())
    return Measured(restored.many, restored.missing)


async def erasure(run: Run) -> Measured:
    """Erasures between and after two copies; each copy of the data comes back with each copy of the keyring."""
    many, chance = (8, Random(run.seed)) if run.fast else (500, Random(run.seed))  # noqa: S311
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(machine(run.folder / "machine"))
        settings = _settings(run, await server.database())
        async with opened(settings) as database:
            held = await hold(database, 2 * many, chance)
            gone, stay = held[:many], held[many:]
            await backup(settings, run.folder / "copies", None, quiet, tried=False)
            await _erase(database, gone[: many // 2])
            await asyncio.sleep(1.1)  # copies are named by the second
            await backup(settings, run.folder / "copies", None, quiet, tried=False)
            await _erase(database, gone[many // 2 :])
        if run.broken:  # a restore that knows no ledger
            stack.enter_context(mock.patch.object(ledger, "read", return_value=[]))
            stack.enter_context(mock.patch.object(belonging, "not_replayed", _none))
        bad, tried, found = 0, 0, list[str]()
        for data, ring in ((0, 0),) if run.fast else ((0, 0), (0, 1), (1, 0), (1, 1)):
            again = _settings(run, await server.database("template0"))
            await restore(again, _copy(run.folder, "data", data), _copy(run.folder, "keys", ring), [], quiet)
            async with opened(again) as database:
                back, wrong = await _back(database, gone), len(stay) - await readable(database, stay)
            bad, tried = bad + back + wrong, tried + many
            if back or wrong:
                found.append(f"copy {data} of the data, {ring} of the keys: {back} came back, {wrong} others are gone")
    return Measured(tried, bad, tuple(found))


async def _none(*_: Any) -> list[int]:
    return []


async def _erase(database: Database, holdings: list[Holding]) -> None:
    for each in holdings:
        async with database.work(datetime.now(UTC)) as work:
            await work.erasing.erase(PersonId(each.person))
            await work.commit()


async def _back(database: Database, holdings: list[Holding]) -> int:
    """Of how many there is a row that opens, or a key."""
    async with database.keyring.engine.connect() as connection:
        there = set(await connection.scalars(select(keys.c.id).where(keys.c.id.in_([each.key for each in holdings]))))
    return max(len(there), await readable(database, holdings))


ROWS: Final = (
    *canaries.ROWS,
    Row(
        "rotation",
        "another root, other data keys, under traffic and kills: failed reads, rows on old keys",
        0,
        rotation,
    ),
    Row("restore-minutes", "minutes until copies of so many cases are back", 10, restore_minutes),
    Row("restore-missing", "accepted before the copy and missing after the restore", 0, restore_missing),
    Row("erasure", "erased, and readable again on whatever copy came back", 0, erasure),
)
