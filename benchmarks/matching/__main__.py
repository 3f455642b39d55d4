"""`make bench-matching`: recall and time of the search by name beside pg_trgm, on the same persons in the same run.

    python -m benchmarks.matching [--persons FILE --queries FILE]

CSV files: number, surname, given, patronymic, born; and surname, given, patronymic, born, kind, meant, any part empty,
swapped or mistyped. Without them persons and queries are made (SEED=7, FAST=1 fewer). JSON=1 ends with a line of JSON.
"""

import argparse
import asyncio
import json
import os
import random
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import asyncpg

from benchmarks.matching import persons, queries
from benchmarks.matching.engines import SHOWN, Engine, Ours, Trigrams
from benchmarks.matching.measuring import Seen, measure
from benchmarks.matching.persons import Person
from benchmarks.matching.queries import Sought
from bot.postgres import Server
from storage.names.process import NameProcess

MANY: Final = 100_000
FEW: Final = 20_000
EACH: Final = 100
"""Queries of each kind."""


async def run(url: str, people: Sequence[Person], sought: Sequence[Sought]) -> dict[str, Seen]:
    connection, names = await asyncpg.connect(url.replace("postgresql+asyncpg", "postgresql")), NameProcess()
    try:
        engines: dict[str, Engine] = {
            "ours": await Ours.over(people, names),
            "pg_trgm": await Trigrams.over(people, connection),
        }
        return await measure(engines, people, sought)
    finally:
        await names.close()
        await connection.close()


def show(measured: Mapping[str, Seen]) -> None:
    ours, theirs = measured["ours"], measured["pg_trgm"]
    print(f"{'kind':<32}{'at 1':>8}{'at 5':>8}{'pg_trgm at 5':>15}")
    for kind in ours.kinds:
        row = ours.recall(1, kind), ours.recall(SHOWN, kind), theirs.recall(SHOWN, kind)
        print(f"{kind:<32}{row[0]:>8.3f}{row[1]:>8.3f}{row[2]:>15.3f}")
    for one in measured.values():
        print(
            f"{one.name}: recall at 1 {one.recall(1):.4f}, at 5 {one.recall(SHOWN):.4f}, worst {one.worst()[1]}"
            f" {one.worst()[0]:.3f}; p50 {one.quantile(50):.2f} ms, p95 {one.quantile(95):.2f} ms"
        )
    print(f"p95 beside pg_trgm: {ours.quantile(95) / theirs.quantile(95):.3f}")


def main() -> None:
    options = argparse.ArgumentParser(prog="benchmarks.matching")
    options.add_argument("--persons", type=Path)
    options.add_argument("--queries", type=Path)
    options.add_argument("--many", type=int, default=FEW if os.environ.get("FAST") else MANY)
    options.add_argument("--each", type=int, default=EACH)
    given = options.parse_args()
    seed = int(os.environ.get("SEED", "7"))
    people = (
        persons.read(given.persons) if given.persons else persons.made(given.many, random.Random(seed))  # noqa: S311
    )
    sought = (
        queries.read(given.queries) if given.queries else queries.made(people, given.each, random.Random(seed + 1))  # noqa: S311
    )
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        try:
            measured = asyncio.run(run(server.start(), people, sought))
        finally:
            server.stop()
    print(f"{len(people)} persons, {len(sought)} queries, seed {seed}")
    show(measured)
    if os.environ.get("JSON"):
        beside = {"pg_trgm": measured["pg_trgm"].as_json(), "persons": len(people), "queries": len(sought)}
        print(json.dumps(measured["ours"].as_json() | beside, ensure_ascii=False))


if __name__ == "__main__":
    main()
