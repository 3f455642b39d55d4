"""Many cases at once, written past the rules: persons with an address, a report and a case each, all of it sealed."""

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.trust.clusters import furnished
from bot.postgres import Server
from casework.actor import Channel
from casework.ids import PersonId
from casework.people import Profile
from casework.registering import Claim, Kinship
from casework.values import PersonName
from storage.addresses import addresses
from storage.changes import changes
from storage.database import Database
from storage.keyring import KeyOf, keys, place
from storage.people import people
from storage.registering import cases, reports
from storage.vault import LENGTH, Roots, SealBroken
from storage.work import StoredWork

NOW: Final = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BATCH: Final = 1000
CENTER: Final = "kharkiv"
FIRST: Final = ("Остап", "Данило", "Лука", "Марко", "Петро", "Семен", "Юхим", "Ілля")
LAST: Final = ("Савчук", "Дорош", "Лозовий", "Гайовий", "Яворський", "Гнатюк", "Бойко", "Мельник")


@dataclass(frozen=True, slots=True)
class Holding:
    """A person with a case, as the row remembers them. `name` is what the person has to be called afterwards."""

    person: PersonId
    key: int
    name: str


async def hold(database: Database, many: int, chance: Random) -> list[Holding]:
    """So many persons, each with a case; in the order in which they were committed."""
    held: list[Holding] = []
    async with database.work(NOW) as work:
        await work.seed()
        await work.commit()
    while len(held) < many:
        async with database.work(NOW) as work:
            held += await _some(work, min(BATCH, many - len(held)), chance)
            await work.commit()
    return held


async def _some(work: StoredWork, many: int, chance: Random) -> list[Holding]:
    seals, vault = work.seals, work.seals.vault
    ring: list[dict[str, Any]] = []
    rows: dict[str, list[dict[str, Any]]] = {"people": [], "addresses": [], "cases": [], "reports": [], "changes": []}
    held = []

    async def new_key(holder: KeyOf) -> int:
        id, plain = await work.people._ids.take(work.connection), os.urandom(LENGTH)
        wrapped = vault.wrap(place(id), plain)
        ring.append({"id": id, "holder": holder, "wrapped": wrapped, "made_at": NOW, "root": vault.current})
        vault.remember(id, plain)
        return id

    for _ in range(many):
        own, of_report, of_case = [await new_key(kind) for kind in (KeyOf.PERSON, KeyOf.REPORT, KeyOf.CASE)]
        person, address, case, report = [await work.people._ids.take(work.connection) for _ in range(4)]
        name = f"{chance.choice(LAST)} {chance.choice(FIRST)} {person}-й"
        profile = await seals.seal(people.c.profile, person, Profile(PersonName(name)), key=own)
        rows["people"].append(
            {"id": person, "key_id": own, "language": "uk", "consent": "consent-1", "made_at": NOW, "profile": profile}
        )
        rows["addresses"].append(
            {
                "id": address,
                "person_id": person,
                "channel": Channel.TELEGRAM,
                "hash": vault.lookup("address/telegram", str(person)),
                "address": await seals.seal(addresses.c.address, address, str(person), key=own),
                "made_at": NOW,
                "seen_at": NOW,
            }
        )
        rows["cases"].append({"id": case, "center": CENTER, "key_id": of_case, "opened_at": NOW})
        claim = Claim(Kinship.MOTHER, PersonName(f"{chance.choice(LAST)} {chance.choice(FIRST)}"))
        rows["reports"].append(
            {
                "id": report,
                "number": f"{report:08}",
                "case_id": case,
                "person_id": person,
                "key_id": of_report,
                "center": CENTER,
                "filed_at": NOW,
                "claim": await seals.seal(reports.c.claim, report, claim, key=of_report),
            }
        )
        rows["changes"] += [
            {"id": person, "kind": "person", "transaction": 3, "matched": True},
            {"id": report, "kind": "report", "transaction": 3, "matched": True},
        ]
        held.append(Holding(PersonId(person), own, name))
    async with seals.keyring.engine.connect() as connection:
        await connection.execute(keys.insert(), ring)
    for table in (people, addresses, cases, reports, changes):
        await work.connection.execute(table.insert(), rows[table.name])
    return held


async def accept(database: Database, chance: Random) -> Holding:
    """One more person, as the service itself takes one in."""
    async with database.work(NOW) as work:
        person = await work.people.get(await work.people.add("uk"))
        name = f"{chance.choice(LAST)} {chance.choice(FIRST)} {person.id}-й"
        await work.people.keep(replace(person, profile=Profile(PersonName(name))))
        key = await work.seals.person_key(person.id)
        await work.commit()
    return Holding(person.id, key, name)


async def readable(database: Database, held: Sequence[Holding]) -> int:
    """How many of these are there, open, and are called as they were."""
    names = {each.person: each.name for each in held}
    ids, right = list(names), 0
    for start in range(0, len(ids), BATCH):
        async with database.work(NOW) as work:
            with suppress(SealBroken):
                found = await work.people.many(ids[start : start + BATCH])
                right += sum(one.profile.name == PersonName(names[id]) for id, one in found.items())
    return right


def quiet(line: str) -> None:
    """What the commands tell is not a row's."""


class Machine:
    """One server without fsync for a row, with as many databases as it asks for."""

    def __init__(self, url: str) -> None:
        self._url, self._many = url, 0

    async def database(self, template: str = "zviazok") -> str:
        """The address of a new one: with every table, or empty (`template0`)."""
        self._many += 1
        name = f"row_{self._many}"
        engine = create_async_engine(self._url, isolation_level="AUTOCOMMIT")
        try:
            async with engine.connect() as connection:
                await connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        finally:
            await engine.dispose()
        return self._url.replace("/zviazok?", f"/{name}?")


@asynccontextmanager
async def machine(folder: Path) -> AsyncIterator[Machine]:
    await furnished(folder)
    server = Server(folder, fsync=False)
    url = server.start()
    try:
        yield Machine(url)
    finally:
        server.stop()


@asynccontextmanager
async def at(url: str, root: bytes | Roots) -> AsyncIterator[Database]:
    database = Database(url, root)
    try:
        yield database
    finally:
        await database.close()
