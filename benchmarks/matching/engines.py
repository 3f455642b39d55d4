"""What looks for the persons: our index, as a search asks it, and PostgreSQL's pg_trgm on the same persons in clear."""

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Final, Protocol, Self

import asyncpg

from benchmarks.matching.persons import Person
from benchmarks.matching.queries import Sought
from casework.names import sought
from storage.names.asking import Entry, NameService

SHOWN: Final = 5
PORTION: Final = 500
"""Persons that go into the index at once."""


class Engine(Protocol):
    """Finds the numbers of the likeliest persons, the best first, at most `SHOWN`."""

    async def find(self, asked: Sought) -> Sequence[int]: ...


class Ours:
    """The index that a search asks, in the process that holds it."""

    def __init__(self, names: NameService) -> None:
        self._names = names

    @classmethod
    async def over(cls, persons: Sequence[Person], names: NameService) -> Self:
        await names.begin()
        for begin in range(0, len(persons), PORTION):
            portion = persons[begin : begin + PORTION]
            entries: list[Entry] = [(one.number, one.name, sought(one.born).born, []) for one in portion]
            await names.ask("put", entries)
        return cls(names)

    async def find(self, asked: Sought) -> Sequence[int]:
        line = sought(f"{asked.text} {asked.born}")
        found = await self._names.ask("find", line.words, line.born, SHOWN, 0.0)
        return [id for id, _ in found]


_FOUND = """
    SELECT number FROM matching_persons WHERE name % $1 OR born = $2
    ORDER BY similarity(name, $1) + CASE WHEN born = $2 THEN 0.5 ELSE 0 END DESC, number LIMIT 5
"""


class Trigrams:
    """pg_trgm with a GIN index, its usual threshold of 0.3, and a B-tree on the birth date."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    @classmethod
    async def over(cls, persons: Sequence[Person], connection: asyncpg.Connection) -> Self:
        await connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        await connection.execute("DROP TABLE IF EXISTS matching_persons")
        await connection.execute("CREATE TABLE matching_persons (number bigint, name text, born date)")
        rows = [(one.number, one.name.lower(), _day(one.born)) for one in persons]
        await connection.copy_records_to_table("matching_persons", records=rows)
        await connection.execute("CREATE INDEX ON matching_persons USING gin (name gin_trgm_ops)")
        await connection.execute("CREATE INDEX ON matching_persons (born)")
        await connection.execute("VACUUM ANALYZE matching_persons")
        return cls(connection)

    async def find(self, asked: Sought) -> Sequence[int]:
        found = await self._connection.fetch(_FOUND, asked.text.lower(), _day(asked.born))
        await asyncio.sleep(0)
        return [row["number"] for row in found]


def _day(written: str) -> date | None:
    """A day as YYYY-MM-DD or DD.MM.YYYY; None for what is no day."""
    parts = written.split(".")[::-1] if "." in written else written.split("-")
    try:
        return date(*map(int, parts))
    except (TypeError, ValueError):
        return None
