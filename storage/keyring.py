"""The keyring: the keys of holders, wrapped, and the ledger of those that were erased.

It has a schema of its own (`keyring`), connections of its own, and can be a database of its own (`KEYRING_URL`) with
copies of its own, so that an old copy of the data does not bring back what was erased. A data key is committed here
before anything is sealed under it; one that nothing came to be sealed under is swept (`storage/sweeping.py`).

Which root wraps what is new is said here, by the latest row of `roots`. A root that is to go is deleted from it only
when no row names it, and the foreign keys see to it that none comes to name it afterwards: a process that still holds
it for the current one is refused, looks again, and writes with the new one.
"""

import asyncio
import os
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, TypeVar

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    bindparam,
    delete,
    exists,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.connecting import engine_for
from storage.schema import among, bindings
from storage.vault import LENGTH, SealBroken, Secret, Vault, with_bound

SCHEMA: Final = "keyring"
BATCH: Final = 1000
NO_ID: Final = 2**63
UNKNOWN: Final = "unknown"
OUTLIVES: Final = timedelta(days=35)
"""How long a data key that was replaced is kept: copies of the keyring are thrown away after a month, and with it no
older copy of the data needs to open (docs/deploy.md)."""
LOOKS_EVERY: Final = 2.0
"""Seconds: the operator's roots are not asked for more often than that because of a row that names none of them."""

ring = MetaData(schema=SCHEMA)

roots = Table(
    "roots",
    ring,
    Column("id", Text, primary_key=True),
    Column("since", DateTime(timezone=True), nullable=False, server_default=func.clock_timestamp()),
)
"""The roots that wrap something; the latest one wraps what is new."""

keys = Table(
    "keys",
    ring,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("holder", Text, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("root", Text, ForeignKey("keyring.roots.id", name="fk_keys_root"), index=True),
)
"""`holder` is a `KeyOf`. `root` is empty only between migration 0285 and the first start after it. `made_at` of a key
from before migration 0216 is the latest moment at which it can have been made."""

secrets = Table(
    "secrets",
    ring,
    Column("name", Text, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    Column("root", Text, ForeignKey("keyring.roots.id", name="fk_secrets_root"), nullable=False),
)
"""`name` is a `Secret`."""

ledger = Table(
    "ledger",
    ring,
    Column("key_id", BigInteger, primary_key=True, autoincrement=False),
    Column("holder", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Index("ix_ledger_at", "at"),
)
"""Which keys were erased and when: replayed on data that come back from a copy. It names nobody."""


replaced = Table(
    "replaced",
    ring,
    Column("key_id", BigInteger, primary_key=True, autoincrement=False),
    Column("by_id", BigInteger, nullable=False, index=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("done_at", DateTime(timezone=True)),
)
"""Data keys in whose place another has come (`storage/rekeying.py`): until `done_at`, values may still be sealed under
the old one. Rows stay for good: whoever is erased later is also erased on a copy from before."""


identity = Table(
    "identity",
    ring,
    Column("single", Boolean, primary_key=True, server_default="true"),
    Column("name", Text, nullable=False),
)
"""One row: by which data know that this is their keyring, on whatever server it is."""


class KeyOf(StrEnum):
    """What a data key was made for: where a row is that names it, and what its end erases."""

    PERSON = "person"
    REPORT = "report"  # its draft's before it is filed
    CASE = "case"
    CENTER = "center"  # an address that is not published
    QUARANTINE = "quarantine"  # a message whose writer nobody can tell


@dataclass(frozen=True, slots=True)
class Successor:
    """`key` was replaced by another, in the renewal of the keys that were made before `at`."""

    key: int
    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger: a key that was erased, what it was made for, when."""

    key: int
    holder: str
    at: datetime

    def line(self) -> str:
        return f"{self.key} {self.holder} {self.at.isoformat()}"

    @classmethod
    def of(cls, line: str) -> "Entry":
        """A line read again; `ValueError` if it is none."""
        key, holder, at = line.split()
        return cls(int(key), holder, datetime.fromisoformat(at))


def place(key: int) -> str:
    """To what a wrapped data key is bound."""
    return f"keys:{key}"


_OF_ONE_HOLDER = text(
    """
    WITH RECURSIVE one (id) AS (
        SELECT unnest(CAST(:ids AS bigint[]))
        UNION
        SELECT CASE WHEN r.by_id = one.id THEN r.key_id ELSE r.by_id END
        FROM one JOIN keyring.replaced r ON r.by_id = one.id OR r.key_id = one.id
    )
    SELECT id FROM one
    """
).bindparams(bindparam("ids", type_=ARRAY(BigInteger)))
"""Keys with those in whose place they came, and those that came in theirs."""

rewrapped = text(
    """
    UPDATE keyring.keys SET wrapped = new.wrapped, root = :root
    FROM unnest(CAST(:ids AS bigint[]), CAST(:wrapped AS bytea[])) AS new (id, wrapped)
    WHERE keys.id = new.id AND keys.root = :old
    """
).bindparams(bindparam("ids", type_=ARRAY(BigInteger)), bindparam("wrapped", type_=ARRAY(LargeBinary)))


class Keyring:
    """One process's connections to the keyring. Every statement commits by itself."""

    def __init__(self, url: str, vault: Vault, *, pool: int = 4, timeout: float = 10.0, **connect: Any) -> None:
        """`timeout`: seconds that a connection may take, a new one or one of the pool."""
        self.vault = vault
        self.engine: AsyncEngine = engine_for(
            url,
            isolation_level="AUTOCOMMIT",
            pool_size=pool,
            max_overflow=pool,
            pool_timeout=timeout,
            pool_use_lifo=True,
            connect_args={"timeout": timeout, **connect},
        )
        self._looked = 0.0
        self.beside: Callable[[Sequence[Entry]], None] | None = None
        """Keeps the ledger in a second place as well."""

    async def load(self) -> None:
        """Learn which root is current, and the secrets; what a new keyring needs is made. `SealBroken` if none of our
        roots is this keyring's."""
        async with self.engine.connect() as connection:
            there = (await connection.scalars(select(roots.c.id).order_by(roots.c.since, roots.c.id))).all()
            if not there:
                there = await self._begin(connection)
            self._choose(there)
            await self._make_secrets(connection)
            found: dict[Secret, bytes] = {}
            for row in await connection.execute(select(secrets)):
                plain = await self._unwrap(f"secrets:{row.name}", row.root, row.wrapped)
                found[Secret(row.name)] = plain
            self.vault.trust(found)

    async def bound(self, names: Iterable[str]) -> None:
        """From now on every row of these tables is bound. It is said within the secret without which nobody is found:
        whoever takes it away gains nothing."""
        async with self.engine.connect() as connection:
            done = 0
            while not done:
                row = (await connection.execute(select(secrets).where(secrets.c.name == Secret.LOOKUP))).one()
                plain = await self._unwrap(f"secrets:{row.name}", row.root, row.wrapped)
                anew = self.vault.wrap(f"secrets:{row.name}", with_bound(plain, names), row.root)
                change = update(secrets).where(secrets.c.name == row.name, secrets.c.wrapped == row.wrapped)
                done = (await connection.execute(change.values(wrapped=anew))).rowcount
        await self.load()

    def _choose(self, there: Sequence[str]) -> None:
        ours = [root for root in there if self.vault.has_root(root)]
        if not ours:
            raise SealBroken(f"no root here is this keyring's, which is wrapped by {', '.join(there)}; ROOT_KEY_FILE?")
        self.vault.current = ours[-1]

    async def _begin(self, connection: AsyncConnection) -> Sequence[str]:
        """The first root of a keyring: the one that opens the keys which an older release has left."""
        root = self.vault.roots[-1]
        one = (await connection.execute(select(keys).where(keys.c.root.is_(None)).limit(1))).one_or_none()
        if one is not None:
            root = next((root for root in self.vault.roots if self._opens(one, root)), "")
            if not root:
                raise SealBroken(f"data key {one.id} does not open; is ROOT_KEY_FILE the one of this database?")
        await connection.execute(insert(roots).values(id=root).on_conflict_do_nothing())
        await connection.execute(update(keys).where(keys.c.root.is_(None)).values(root=root))
        return (await connection.scalars(select(roots.c.id).order_by(roots.c.since, roots.c.id))).all()

    def _opens(self, row: Any, root: str) -> bool:
        try:
            self.vault.unwrap(place(row.id), root, row.wrapped)
        except SealBroken:
            return False
        return True

    async def _make_secrets(self, connection: AsyncConnection) -> None:
        known = set(await connection.scalars(select(secrets.c.name)))
        missing = [secret for secret in Secret if secret not in known]
        if not missing:
            return
        if known and {Secret.LOOKUP, Secret.BIND} & set(missing):
            raise SealBroken("secrets are gone from the keyring: put its rows back, from a copy")
        inherited = not known and await connection.scalar(select(keys.c.id).limit(1)) is not None
        made = []
        for secret in missing:
            plain = self.vault.fresh(secret, inherited=inherited)
            if secret is Secret.LOOKUP and not inherited:  # there is no row yet that is not bound
                plain = with_bound(plain, bindings())
            wrapped = self.vault.wrap(f"secrets:{secret}", plain)
            made.append({"name": secret, "wrapped": wrapped, "root": self.vault.current})
        # All at once, or a process beside us would take the others for gone. If one was first, its values count.
        await connection.execute(insert(secrets).values(made).on_conflict_do_nothing())

    async def _unwrap(self, name: str, root: str, wrapped: bytes) -> bytes:
        if not self.vault.has_root(root):
            await self._look_again()
        return self.vault.unwrap(name, root, wrapped)

    async def _look_again(self) -> None:
        """The operator may have put another root there; a command takes its time, and nobody waits for it twice."""
        now = time.monotonic()
        if now - self._looked >= LOOKS_EVERY:
            await asyncio.to_thread(self.vault.look_again)
            self._looked = time.monotonic()

    async def make(self, id: int, holder: KeyOf, at: datetime) -> None:
        """A new data key, committed before it seals anything."""
        plain = os.urandom(LENGTH)
        try:
            await self._keep(id, holder, plain, at)
        except IntegrityError:  # the root that we held for the current one is gone
            await asyncio.to_thread(self.vault.look_again)
            await self.load()
            await self._keep(id, holder, plain, at)
        self.vault.remember(id, plain)

    async def _keep(self, id: int, holder: KeyOf, plain: bytes, at: datetime) -> None:
        row = {"id": id, "holder": holder, "made_at": at, "root": self.vault.current}
        async with self.engine.connect() as connection:
            await connection.execute(insert(keys).values(**row, wrapped=self.vault.wrap(place(id), plain)))

    async def fetch(self, ids: Collection[int]) -> None:
        """Bring data keys into memory; those that are gone stay unknown, and what can be none's id."""
        ids = [id for id in ids if id < NO_ID]
        if not ids:
            return
        async with self.engine.connect() as connection:
            found = (await connection.execute(select(keys).where(among(keys.c.id, ids)))).all()
        for row in found:
            self.vault.remember(row.id, await self._unwrap(place(row.id), row.root, row.wrapped))

    async def erase(self, ids: Iterable[int], at: datetime, *, noted: bool = True) -> Sequence[int]:
        """Delete keys; `noted` in the ledger, with all that their holders ever had, so that no copy of the data brings
        them back. Returns which were deleted."""
        gone = sorted(ids)
        async with self.engine.connect() as connection:
            if noted:
                gone = sorted(await connection.scalars(_OF_ONE_HOLDER, {"ids": gone}))
            for some in batches(gone):
                if noted:
                    known = await connection.execute(select(keys.c.id, keys.c.holder).where(among(keys.c.id, some)))
                    holders = {row.id: row.holder for row in known}
                    entries = [Entry(id, holders.get(id, UNKNOWN), at) for id in some]
                    if self.beside is not None:  # first: what it lacks would come back
                        await asyncio.to_thread(self.beside, entries)
                    rows = [{"key_id": each.key, "holder": each.holder, "at": each.at} for each in entries]
                    await connection.execute(insert(ledger).values(rows).on_conflict_do_nothing())
                await connection.execute(delete(keys).where(among(keys.c.id, some)))
        for id in gone:
            self.vault.forget(id)
        return gone

    async def made_before(self, moment: datetime, after: int, many: int, *, renewed_before: datetime) -> Sequence[int]:
        """Keys that are at least so old, by id, from the one after `after`; without those that were replaced later than
        `renewed_before`, and what came in their place."""
        late = replaced.c.done_at.is_(None) | (replaced.c.done_at >= renewed_before)
        kept = exists().where(late, (replaced.c.key_id == keys.c.id) | (replaced.c.by_id == keys.c.id))
        query = select(keys.c.id).where(keys.c.made_at < moment, keys.c.id > after, ~kept).order_by(keys.c.id)
        async with self.engine.connect() as connection:
            return (await connection.scalars(query.limit(many))).all()

    async def not_renewed(self, before: datetime) -> Sequence[int]:
        """Keys that were made before a moment, and in whose place none has come."""
        has = exists().where(replaced.c.key_id == keys.c.id)
        async with self.engine.connect() as connection:
            return (await connection.scalars(select(keys.c.id).where(keys.c.made_at < before, ~has))).all()

    async def renew(self, successors: Mapping[int, int], at: datetime, now: datetime) -> None:
        """Make keys that come in the place of others, in the renewal of those made before `at`; nothing is sealed under
        them yet. Keys that are gone get none."""
        async with self.engine.connect() as connection:
            query = select(keys.c.id, keys.c.holder).where(among(keys.c.id, successors))
            holders = {row.id: row.holder for row in await connection.execute(query)}
            old = [id for id in successors if id in holders]
            made = [
                {
                    "id": successors[id],
                    "holder": holders[id],
                    "wrapped": self.vault.wrap(place(successors[id]), os.urandom(LENGTH)),
                    "made_at": now,
                    "root": self.vault.current,
                }
                for id in old
            ]
            rows = [{"key_id": id, "by_id": successors[id], "at": at} for id in old]
            if rows:  # a key without its row is swept; a row without its key could not be mended
                await connection.execute(insert(keys), made)
                await connection.execute(insert(replaced), rows)

    async def successors(self, *, unfinished: bool = False) -> Sequence[Successor]:
        """Which keys were replaced, and by which."""
        query = select(replaced).order_by(replaced.c.key_id)
        async with self.engine.connect() as connection:
            found = await connection.execute(query.where(replaced.c.done_at.is_(None)) if unfinished else query)
            return [Successor(row.key_id, row.by_id, row.at) for row in found]

    async def renewed(self, ids: Iterable[int], now: datetime) -> None:
        """Nothing is sealed under these any more."""
        async with self.engine.connect() as connection:
            for some in batches(sorted(ids)):
                done = update(replaced).where(among(replaced.c.key_id, some)).values(done_at=now)
                await connection.execute(done)

    async def name(self) -> str:
        """What this keyring is called, by chance, for as long as it is there."""
        async with self.engine.connect() as connection:
            found = await connection.scalar(select(identity.c.name))
            if found is None:
                first = insert(identity).values(single=True, name=os.urandom(8).hex()).on_conflict_do_nothing()
                await connection.execute(first)
                found = await connection.scalar(select(identity.c.name))
        return str(found)

    async def erased(self) -> Sequence[int]:
        """The keys in the ledger."""
        async with self.engine.connect() as connection:
            return (await connection.scalars(select(ledger.c.key_id).order_by(ledger.c.key_id))).all()

    async def entries(self) -> Sequence[Entry]:
        """The ledger, oldest first."""
        async with self.engine.connect() as connection:
            found = await connection.execute(select(ledger).order_by(ledger.c.at, ledger.c.key_id))
            return [Entry(row.key_id, row.holder, row.at) for row in found]

    async def take(self, entries: Sequence[Entry]) -> int:
        """Take over a ledger that was kept elsewhere, and erase the keys that it names. Returns how many were new."""
        new = 0
        async with self.engine.connect() as connection:
            for some in batches(entries):
                rows = [{"key_id": each.key, "holder": each.holder, "at": each.at} for each in some]
                done = await connection.execute(
                    insert(ledger).values(rows).on_conflict_do_nothing().returning(ledger.c.key_id)
                )
                new += len(done.all())
                await connection.execute(delete(keys).where(among(keys.c.id, [each.key for each in some])))
        for each in entries:
            self.vault.forget(each.key)
        return new

    async def last_id(self) -> int:
        """The highest id that a key here has or had."""
        async with self.engine.connect() as connection:
            found = await connection.scalar(
                select(func.greatest(select(func.max(keys.c.id)).scalar_subquery(), func.max(ledger.c.key_id)))
            )
        return int(found or 0)

    async def close(self) -> None:
        await self.engine.dispose()


T = TypeVar("T")


def batches(all_of_them: Sequence[T], many: int = BATCH) -> Iterable[Sequence[T]]:
    """So many at once."""
    for start in range(0, len(all_of_them), many):
        yield all_of_them[start : start + many]


async def prepare(url: str) -> None:
    """Make what a keyring needs and does not have yet."""
    engine = engine_for(url)
    try:
        async with engine.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": PREPARING})
            await connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
            await connection.run_sync(ring.create_all)
    finally:
        await engine.dispose()


PREPARING: Final = 0x5A56_4B45
"""The advisory lock that keeps two starting processes from making the tables at once ("ZVKE")."""


async def holds_keys(url: str) -> bool:
    """Whether there is a keyring with keys: its root must then be there, and is not made anew."""
    engine = engine_for(url)
    try:
        async with engine.connect() as connection:
            if not await connection.scalar(text("SELECT to_regclass('keyring.roots') IS NOT NULL")):
                return False
            return bool(await connection.scalar(select(select(keys.c.id).exists() | select(roots.c.id).exists())))
    finally:
        await engine.dispose()
