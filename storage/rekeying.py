"""Other data keys take the place of those of holders, while the service runs.

First each key gets its successor in the keyring, then rows come to name it, then every value is sealed anew. What is
still to be done is what the rows say, so it can end at any point and go on later. No row is waited for while others are
held: whoever writes just now is passed over, and comes in the next pass.

The old keys stay in the keyring for `OUTLIVES`, or a copy of the data from before would open no more; an erasure takes
them too, and their numbers stay for good, so that whoever is erased later is erased on such a copy as well.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Table, func, or_, select, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import SERVICE, Database
from storage.files import chunks
from storage.keyring import batches
from storage.people import drafts, people
from storage.registering import cases, reports
from storage.schema import AS_THEY_ARE, among, metadata, sealed_by
from storage.sealing import key_of, owned_keys
from storage.sweeping import bound_to, sealed_columns
from storage.vault import SealBroken
from storage.work import StoredWork

FEW: Final = 500
"""So many keys are looked for by the database; more of them, here."""
READ: Final = 5000
WRITTEN: Final = 500
OF_FILES: Final = 20
"""Rows that are read, and sealed anew, at once; pieces of files have up to megabytes each."""
PAUSE: Final = 0.05
PATIENCE: Final = 60.0
"""Seconds that are waited for the transactions that were under way: none of the service's lasts longer."""

Told = Callable[[int, int], object]


async def keys_of(connection: AsyncConnection, holder: str) -> set[int]:
    """The keys of one holder: "person:17" by the id, "report:12345678" by the number, "case:12345678" by that of a
    report in it. `LookupError` for what is not there."""
    kind, _, said = holder.partition(":")
    if not said.isdecimal() or kind not in ("person", "report", "case"):
        raise LookupError(f"{holder!r} is none: write person:17, report:12345678 or case:12345678")
    if kind == "person":
        id = int(said)
        owned = select(owned_keys.c.key_id).where(owned_keys.c.person_id == id)
        found = set(await connection.scalars(select(people.c.key_id).where(people.c.id == id)))
        found |= set(await connection.scalars(owned))
        for column, whose in ((people.c.active, people.c.id), (drafts.c.answers, drafts.c.person_id)):
            begun = await connection.scalars(select(column).where(whose == id, column.is_not(None)))
            found |= {key_of(blob) for blob in begun}
    elif kind == "report":
        found = set(await connection.scalars(select(reports.c.key_id).where(reports.c.number == said)))
    else:
        of = select(reports.c.case_id).where(reports.c.number == said).scalar_subquery()
        query = select(cases.c.key_id).where(or_(cases.c.id == of, cases.c.joined_to == of))
        found = set(await connection.scalars(query))
    if not found:
        raise LookupError(f"{holder} is not there")
    return found


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """`broken` values do not open: changed, or their holder's key is gone. They stay as they are."""

    keys: int
    values: int
    broken: int


async def renew(database: Database, only: Collection[int] | None, now: datetime, told: Told) -> Rekeyed:
    """Give keys their successors, all that were made until now or `only` these, and seal all that is under them anew. A
    renewal that was interrupted is brought to its end as well. `told` hears how many values are done, of how many."""
    ring = database.keyring
    await ring.load()
    begun = await ring.successors(unfinished=True)
    since = now if only is not None else min((each.at for each in begun), default=now)
    wanted = only if only is not None else await ring.not_renewed(since)
    async with database.engine.connect() as connection:
        for some in batches(sorted(set(wanted) - {each.key for each in begun})):
            await ring.renew({key: await database.ids.take(connection) for key in some}, since, now)
            await connection.commit()
    anew = {each.key: each.by for each in await ring.successors(unfinished=True)}
    renewal = _Renewal(database, anew, now)
    values = await renewal.run(told) if anew else 0
    await ring.renewed(anew, now)
    return Rekeyed(len(anew), values, len(renewal.broken))


class _Renewal:
    """`anew`: each key and its successor. `broken`: values that do not open, by table, row and column."""

    def __init__(self, database: Database, anew: Mapping[int, int], now: datetime) -> None:
        self._database, self._anew, self._now = database, anew, now
        self.broken = set[tuple[Any, ...]]()

    async def run(self, told: Told) -> int:
        done = 0
        while True:
            await self._name_all()
            while left := await self._left():
                for table in _TABLES:
                    async for some in self._pass(table):
                        done += some
                        told(done, max(done, left))
            # A transaction from before may still write under the old key that it has read.
            await self._others_end()
            if not await self._left() and not await self._named():
                return done

    async def _name_all(self) -> None:
        for table in _NAMING:
            for some in batches(sorted(self._anew)):
                while await self._name(table, some):  # noqa: ASYNC110  nobody tells that a row is free
                    await asyncio.sleep(PAUSE)

    async def _name(self, table: Table, old: Sequence[int]) -> bool:
        """Rows that nobody holds come to name the new keys; whether some are left."""
        named = among(table.c.key_id, old)
        query = select(*_row(table), table.c.key_id.label("named")).where(named)
        async with self._database.engine.begin() as connection:
            for row in (await connection.execute(query.with_for_update(skip_locked=True, key_share=True))).all():
                change = update(table).where(tuple_(*_row(table)) == tuple_(*row[:-1]))
                await connection.execute(change.values(key_id=self._anew[row.named]))
            return bool(await connection.scalar(select(func.count()).select_from(table).where(named)))

    async def _named(self) -> bool:
        async with self._database.engine.connect() as connection:
            for table in _NAMING:
                for some in batches(sorted(self._anew)):
                    if await connection.scalar(select(table.c.key_id).where(among(table.c.key_id, some)).limit(1)):
                        return True
        return False

    async def _left(self) -> int:
        """Values under an old key, at one moment: a draft that is parked just now is in one place or the other."""
        found = 0
        async with self._database.engine.connect() as plain:
            connection = await plain.execution_options(isolation_level="REPEATABLE READ")
            for table in _TABLES:
                for column in sealed_columns(table):
                    head = sealed_by(column)
                    query = select(head, func.count()).where(column.is_not(None)).group_by(head)
                    if len(self._anew) <= FEW:
                        query = query.where(head.in_(self._names()))
                    for name, many in await connection.execute(query):
                        found += many if int.from_bytes(name, "big") in self._anew else 0
        return found - len(self.broken)

    def _names(self) -> list[bytes]:
        return [key.to_bytes(8, "big") for key in self._anew]

    async def _pass(self, table: Table) -> AsyncIterator[int]:
        """A table from its first row to its last, by its primary key."""
        row, heads = _row(table), [sealed_by(column) for column in sealed_columns(table)]
        query = select(*row, *heads).order_by(*row).limit(READ)
        if len(self._anew) <= FEW:
            query = query.where(or_(*(head.in_(self._names()) for head in heads)))
        last: tuple[Any, ...] | None = None
        while True:
            async with self._database.engine.connect() as connection:
                after = query if last is None else query.where(tuple_(*row) > tuple_(*last))
                found = (await connection.execute(after)).all()
            old = [each[: len(row)] for each in found if self._is_old(each[len(row) :])]
            for some in batches(old, OF_FILES if table is chunks else WRITTEN):
                async with self._database.work(self._now) as work:
                    yield await self._seal(table, some, work)
                    await work.connection.commit()
            if len(found) < READ:
                return
            last = tuple(found[-1][: len(row)])

    def _is_old(self, heads: Sequence[bytes | None]) -> bool:
        return any(head is not None and int.from_bytes(head, "big") in self._anew for head in heads)

    async def _seal(self, table: Table, some: Sequence[Any], work: StoredWork) -> int:
        row, columns, done = _row(table), sealed_columns(table), 0
        query = select(table).where(tuple_(*row).in_([tuple(each) for each in some])).execution_options(**AS_THEY_ARE)
        locked = query.with_for_update(skip_locked=True, key_share=True).execution_options(**AS_THEY_ARE)
        found = (await work.connection.execute(locked)).mappings().all()
        old = [
            (each, column) for each in found for column in columns if self._is_old([(each[column.name] or b"")[1:9]])
        ]
        keys = {key_of(each[column.name]) for each, column in old}
        if unknown := work.seals.vault.unknown(keys | {self._anew[key] for key in keys}):
            await work.seals.keyring.fetch(unknown)
        for each, column in old:
            is_row, blob = tuple(each[key.name] for key in row), each[column.name]
            id, part = bound_to(table, each)
            try:
                anew = await work.seals.under(column, id, blob, self._anew[key_of(blob)], part=part)
            except SealBroken:
                self.broken.add((table.name, is_row, column.name))
                continue
            change = update(table).where(tuple_(*row) == tuple_(*is_row)).values({column.name: anew})
            await work.connection.execute(change)
            done += 1
        return done

    async def _others_end(self) -> None:
        """Until the service's transactions that are under way now are over."""
        others = text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = :service"
            " AND pid <> pg_backend_pid() AND xact_start < :began"
        )
        async with self._database.engine.connect() as connection:
            began = await connection.scalar(text("SELECT clock_timestamp()"))
            await connection.rollback()
            until = time.monotonic() + PATIENCE
            while time.monotonic() < until:
                if not await connection.scalar(others, {"service": SERVICE, "began": began}):
                    return
                await connection.rollback()
                await asyncio.sleep(PAUSE)


_NAMING: Final = (people, reports, cases, owned_keys)
"""Tables whose `key_id` names a holder's key."""

_TABLES: Final = tuple(table for table in metadata.sorted_tables if sealed_columns(table))


def _row(table: Table) -> list[Any]:
    """By which a row is found."""
    return list(table.primary_key.columns)
