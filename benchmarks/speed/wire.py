"""What passes over the wire to the database."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass
class Sums:
    """Round trips to the database, and transactions begun."""

    round_trips: int = 0
    transactions: int = 0


@contextmanager
def counted(sums: Sums) -> Iterator[None]:
    """Count what this process sends to the database: one piece of the wire is one round trip."""
    transport: Any = asyncio.selector_events._SelectorSocketTransport  # type: ignore[attr-defined]
    write = transport.write

    def counting(self: Any, data: Any) -> None:
        sums.round_trips += 1
        sums.transactions += bytes(data[:1]) == b"Q" and bytes(data[5:10]) == b"BEGIN"
        write(self, data)

    transport.write = counting
    try:
        yield
    finally:
        transport.write = write
