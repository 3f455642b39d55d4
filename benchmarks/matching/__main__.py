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
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any, Final

import asyncpg

from benchmarks.matching import persons, queries
from benchmarks.matching.engines import SHOWN, Engine, Ours, Trigrams
from benchmarks.matching.persons import Person
from benchmarks.matching.queries import Sought
from bot.postgres import Server

MANY: Final = 100_000
FEW: Final = 20_000
EACH: Final = 100
"""Queries of each kind."""


@dataclass
class Measured:
    """Of one engine: at which place the person meant stood for each query (0: not among those shown), and the times."""

    name: str
    places: list[tuple[str, int]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def recall(self, at: int, kind: str | None = None) -> float:
        among = [place for of, place in self.places if kind in (None, of)]
        return sum(0 < place <= at for place in among) / max(1, len(among))

    @property
    def kinds(self) -> Sequence[str]:
        return sorted({kind for kind, _ in self.places})

    def worst(self) -> tuple[float, str]:
        return min((self.recall(SHOWN, kind), kind) for kind in self.kinds)

    def quantile(self, percent: int) -> float:
        """Milliseconds."""
        return quantiles(self.times, n=100)[percent - 1] * 1000

    def as_json(self) -> dict[str, Any]:
        return {
            "recall_at_1": round(self.recall(1), 4),
            "recall_at_5": round(self.recall(SHOWN), 4),
            "by_kind": {
                kind: {"recall_at_1": round(self.recall(1, kind), 4), "recall_at_5": round(self.recall(SHOWN, kind), 4)}
                for kind in self.kinds
            },
            "p50_ms": round(self.quantile(50), 3),
            "p95_ms": round(self.quantile(95), 3),
        }


def place(found: Sequence[int], sought: Sought, known: Mapping[int, Person]) -> int:
    """Where the person meant stands, from 1; 0 for nowhere. Who names neither a birth date nor a patronymic has found
    the person when full namesakes of theirs are shown."""
    meant = known[sought.meant]
    for at, number in enumerate(found, 1):
        one = known[number]
        if number == sought.meant:
            return at
        if not (sought.born or sought.patronymic) and (one.surname, one.given) == (meant.surname, meant.given):
            return at
    return 0


async def measure(
    engines: Mapping[str, Engine], people: Sequence[Person], sought: Sequence[Sought]
) -> dict[str, Measured]:
    """Each query by each engine in turn."""
    known = {one.number: one for one in people}
    measured = {name: Measured(name) for name in engines}
    for one in sought:
        for name, engine in engines.items():
            begun = time.perf_counter()
            found = await engine.find(one)
            measured[name].times.append(time.perf_counter() - begun)
            measured[name].places.append((one.kind, place(found, one, known)))
    return measured


async def run(url: str, people: Sequence[Person], sought: Sequence[Sought]) -> dict[str, Measured]:
    connection = await asyncpg.connect(url.replace("postgresql+asyncpg", "postgresql"))
    try:
        trigrams = await Trigrams.over(people, connection)
        return await measure({"ours": Ours(people), "pg_trgm": trigrams}, people, sought)
    finally:
        await connection.close()


def show(measured: Mapping[str, Measured]) -> None:
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
