"""Another root takes the place of the one that wraps the keyring, while the service runs; and the keyring moves.

Resumable at any point: what is still to be done is what the rows say. Processes that run keep both roots until the end.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.connecting import engine_for
from storage.keyring import BATCH, Keyring, identity, keys, ledger, place, prepare, replaced, rewrapped, roots, secrets
from storage.vault import SealBroken


async def rotate(keyring: Keyring, root: str, told: Callable[[int, int], object]) -> int:
    """Wrap every key by the named root, which the vault has, and let all others go. `told` hears how many keys are
    done, of how many. Returns how many were wrapped anew."""
    vault, done = keyring.vault, 0
    async with keyring.engine.connect() as connection:
        known = set(await connection.scalars(select(roots.c.id)))
        if missing := {old for old in known if not vault.has_root(old)}:
            raise SealBroken(f"keys are wrapped by {', '.join(sorted(missing))}: put that root beside the new one")
        await connection.execute(insert(roots).values(id=root).on_conflict_do_nothing())
        vault.current = root
        all_of_them = int(await connection.scalar(select(func.count()).where(keys.c.root != root)) or 0)
        while some := await _rewrap(keyring, connection, root):
            done += some
            told(done, max(all_of_them, done))
    for old in sorted(known - {root}):
        done += await _let_go(keyring, old, root)
    return done


async def _rewrap(keyring: Keyring, connection: AsyncConnection, root: str, only: str | None = None) -> int:
    """Some keys that another root wraps."""
    others = keys.c.root == only if only is not None else keys.c.root != root
    rows = (await connection.execute(select(keys).where(others).order_by(keys.c.id).limit(BATCH))).all()
    for old in {row.root for row in rows}:
        theirs = [row for row in rows if row.root == old]
        anew = [
            keyring.vault.wrap(place(row.id), keyring.vault.unwrap(place(row.id), old, row.wrapped), root)
            for row in theirs
        ]
        ids = [row.id for row in theirs]
        await connection.execute(rewrapped, {"ids": ids, "wrapped": anew, "root": root, "old": old})
    return len(rows)


async def _let_go(keyring: Keyring, old: str, root: str) -> int:
    """The last of a root: nothing new is wrapped by it once its row is locked."""
    vault, done = keyring.vault, 0
    async with keyring.engine.connect() as plain:
        connection = await plain.execution_options(isolation_level="READ COMMITTED")
        async with connection.begin():
            await connection.execute(text("SELECT 1 FROM keyring.roots WHERE id = :old FOR UPDATE"), {"old": old})
            while some := await _rewrap(keyring, connection, root, old):
                done += some
            for row in (await connection.execute(select(secrets).where(secrets.c.root == old))).all():
                name = f"secrets:{row.name}"
                anew = vault.wrap(name, vault.unwrap(name, old, row.wrapped), root)
                change = update(secrets).where(secrets.c.name == row.name)
                await connection.execute(change.values(wrapped=anew, root=root))
            await connection.execute(delete(roots).where(roots.c.id == old))
    return done


async def move(url: str, keyring_url: str, told: Callable[[int, int], object]) -> int:
    """Bring a keyring from the database of the data to one of its own; where it came from it is emptied at the end. It
    can be repeated. Returns how many keys are there."""
    await prepare(keyring_url)
    source, target = engine_for(url), engine_for(keyring_url)
    try:
        async with source.begin() as here:
            await here.execute(text("LOCK TABLE keyring.keys IN EXCLUSIVE MODE"))
            async with target.begin() as there:
                done = await _copy(here, there, told)
            emptied = ", ".join(f"keyring.{table.name}" for table in (keys, secrets, ledger, roots, replaced, identity))
            await here.execute(text(f"TRUNCATE {emptied}"))
        return done
    finally:
        await source.dispose()
        await target.dispose()


async def _copy(here: AsyncConnection, there: AsyncConnection, told: Callable[[int, int], object]) -> int:
    """The data know their keyring by its name, which moves with it. `SealBroken` where another one is there already."""
    name, other = await here.scalar(select(identity.c.name)), await there.scalar(select(identity.c.name))
    if name is not None and other not in (None, name):
        raise SealBroken("there is another keyring in the database of KEYRING_URL: name an empty one")
    for table in (identity, roots, secrets, ledger, replaced):
        rows = [dict(row) for row in (await here.execute(select(table))).mappings()]
        if rows:
            await there.execute(insert(table).on_conflict_do_nothing(), rows)
    all_of_them = int(await here.scalar(select(func.count()).select_from(keys)) or 0)
    done, last = 0, -1
    while rows := [dict(row) for row in (await here.execute(_after(last))).mappings()]:
        await there.execute(insert(keys).on_conflict_do_nothing(), rows)
        done, last = done + len(rows), rows[-1]["id"]
        told(done, all_of_them)
    return done


def _after(last: int) -> Select[Any]:
    return select(keys).where(keys.c.id > last).order_by(keys.c.id).limit(BATCH)
