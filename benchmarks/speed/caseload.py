"""What all processes hold with very many cases: names, keys, and what PostgreSQL shares out."""

import asyncio
import os
import random
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import count
from typing import Any, Final

import asyncpg

from benchmarks.matching import persons
from benchmarks.row import Measured, Row, Run
from benchmarks.speed.answers import bot_api
from benchmarks.speed.contestants.ours import ROOT
from benchmarks.speed.lengths import BEGIN
from benchmarks.speed.processes import processor_time
from benchmarks.speed.servers import Postgres, postgres
from benchmarks.speed.service import BURNED, held_by, served
from casework.ids import CenterId
from casework.numbers import make_number
from casework.people import Profile
from casework.registering import Claim, Kinship
from casework.unreadable import UNREADABLE
from casework.values import PartialDate, PersonName
from storage.binding import hashed
from storage.database import Database
from storage.keyring import KeyOf, place
from storage.people import people
from storage.registering import cases, reports
from storage.schema import binding_of

MANY, FEW = 100_000, 5_000
CENTER: Final = "kharkiv"
LOOKS_EVERY: Final = 3.0
SAMPLE: Final = 50
CALM: Final = 3
IDLE: Final = 0.03
"""A share of a core below which, for some looks, the service has read what it reads at its start: it takes more of a
busy machine than that while it reads."""


async def furnish(server: Postgres, many: int, seed: int) -> None:
    """So many cases, each with a report of a relative of its own, as they are filed: sealed, each under its key."""
    database, now, ids = Database(server.url, ROOT, stands_still=0), datetime.now(UTC), count(BEGIN)
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _COLUMNS}
    try:
        async with database.work(now) as work:
            await work.seed()
            await work.people.add("uk")  # the keyring's root is there from the first key on
            for one in persons.made(many, random.Random(seed)):  # noqa: S311
                relative, case, report = next(ids), next(ids), next(ids)
                keys = {holder: next(ids) for holder in (KeyOf.PERSON, KeyOf.CASE, KeyOf.REPORT)}
                for holder, key in keys.items():
                    plain = os.urandom(32)
                    database.vault.remember(key, plain)
                    wrapped = database.vault.wrap(place(key), plain)
                    rows["keyring.keys"].append((key, str(holder), wrapped, now, database.vault.current))
                profile = Profile(PersonName(f"{one.surname} Марія"))
                sealed = await work.seals.seal(people.c.profile, relative, profile, key=keys[KeyOf.PERSON])
                rows["people"].append((relative, keys[KeyOf.PERSON], "uk", now, sealed))
                bound = _bound(database, cases, case, CENTER, None, None)
                rows["cases"].append((case, CENTER, keys[KeyOf.CASE], now, bound))
                year, month, day = map(int, one.born.split("-"))
                claim = Claim(Kinship.MOTHER, PersonName(one.name), PartialDate(year, month, day))
                sealed = await work.seals.seal(reports.c.claim, report, claim, key=keys[KeyOf.REPORT])
                number = make_number(len(rows["reports"])).digits
                bound = _bound(database, reports, report, number, case, relative, CENTER)
                rows["reports"].append((report, number, case, relative, keys[KeyOf.REPORT], CENTER, now, sealed, bound))
            await work.commit()
    finally:
        await database.close()
    connection = await asyncpg.connect(server.dsn)
    try:
        for name, columns in _COLUMNS.items():
            schema, _, table = name.rpartition(".")
            await connection.copy_records_to_table(
                table, records=rows[name], columns=columns.split(), schema_name=schema or None
            )
        for table, kind in (("reports", "report"), ("people", "person")):
            chosen = f"SELECT id, '{kind}', pg_current_xact_id()::text::bigint, true FROM {table} WHERE id >= {BEGIN}"  # noqa: S608
            await connection.execute(f"INSERT INTO changes (id, kind, transaction, matched) {chosen}")
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


_COLUMNS: Final = {
    "keyring.keys": "id holder wrapped made_at root",
    "people": "id key_id language made_at profile",
    "cases": "id center key_id opened_at bound",
    "reports": "id number case_id person_id key_id center filed_at claim bound",
}


def _bound(database: Database, table: Any, id: int, *values: Any) -> bytes:
    binding = binding_of(table)
    assert binding is not None  # noqa: S101  all are bound
    return hashed(database.vault, binding, id, values)


async def memory_cases(run: Run) -> Measured:
    """Once the service has read all names into its index."""
    many = FEW if run.fast or run.broken else MANY
    with ExitStack() as stack:
        server = stack.enter_context(await postgres(run.folder / "kept"))
        await furnish(server, many, run.seed)
        key = run.folder / "root.key"
        key.write_text(ROOT.hex())
        key.chmod(0o600)
        api, broken = stack.enter_context(bot_api()), BURNED if run.broken else ""
        process = stack.enter_context(served(run.folder, api, broken=broken, DATABASE_URL=server.dsn))
        await _settled(process.pid)
        service, kept = held_by(process.pid), held_by(server.pid)
        await _opens(server, many)
    ours = service.pop(process.pid)
    line = (
        f"our process {ours:.0f} MB, that of the names {sum(service.values()):.0f}, PostgreSQL {sum(kept.values()):.0f}"
    )
    return Measured(many, ours + sum(service.values()) + sum(kept.values()), (line,))


async def _settled(service: int) -> None:
    """Until it does no more than tick."""
    before, calm = processor_time(service), 0
    while calm < CALM:
        await asyncio.sleep(LOOKS_EVERY)
        now = processor_time(service)
        calm = calm + 1 if now - before < IDLE * LOOKS_EVERY else 0
        before = now


async def _opens(server: Postgres, many: int) -> None:
    """`AssertionError` where a report is missing, or does not say about whom it is."""
    database = Database(server.url, ROOT)
    try:
        async with database.work(datetime.now(UTC)) as work:
            center = CenterId(CENTER)
            if (there := await work.reports.count_at(center)) != many:
                raise AssertionError(f"{there} reports, not {many}")
            for report in await work.reports.at(center, many // 2, SAMPLE):
                if report.claim.name.full == UNREADABLE:
                    raise AssertionError("a report does not open")
    finally:
        await database.close()


ROWS: Final = (Row("memory-cases", "MB of all processes with 100,000 cases", 300, memory_cases),)
