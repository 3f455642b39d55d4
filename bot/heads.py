"""The audit's heads in a second place: a file outside the data folder, or an HTTP address. Lines are only ever added.

Whoever can write into the database could cut off the newest rows, or bring back an older state of all of them, and the
chain would still fit. It does not fit the heads that were published meanwhile.
"""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout
from sqlalchemy import select

from bot.settings import StartError
from storage.chain import RESTORED, Head, Judgement, adopt, audit, verify
from storage.database import Database, StoredWork

log = structlog.get_logger()

LACKING: Final = (
    "The audit's head is published nowhere outside DATA_DIR, so nobody can tell if its newest rows are cut off."
    " Set AUDIT_HEADS to a file elsewhere, or to an address."
)

AGAIN: Final = 10.0
"""Seconds until a place that took no line is tried again; the newest head is what it gets then."""

PATIENCE: Final = ClientTimeout(total=10)


class Publishing:
    """Adds the head to its place whenever rows were committed here."""

    def __init__(self, database: Database, place: str) -> None:
        self._database, self._place = database, place

    async def run(self) -> None:
        """For ever, as a task."""
        heads = self._database.heads
        await self._compare()
        while True:
            heads.grew.clear()
            if heads.known.number and not await self._published(heads.known):
                await asyncio.sleep(AGAIN)
                continue
            await heads.grew.wait()

    async def once(self) -> None:
        """The newest row that was chained here."""
        await self._published(self._database.heads.known)

    async def _published(self, head: Head) -> bool:
        try:
            await publish(self._place, head)
        except (OSError, ClientError, TimeoutError) as error:
            log.error("the audit's head could not be published; see AUDIT_HEADS", error=type(error).__name__)
            return False
        return True

    async def _compare(self) -> None:
        """At the start: is the newest head that was published there still a row of the audit?"""
        try:
            found = await published(self._place)
        except (OSError, ClientError, TimeoutError) as error:
            log.error("the audit's heads could not be read; see AUDIT_HEADS", error=type(error).__name__)
            return
        last = max(found, key=lambda head: head.number, default=None)
        if last is None:
            return
        async with self._database.engine.connect() as connection:
            link = await connection.scalar(select(audit.c.link).where(audit.c.number == last.number))
        if link != last.link:
            log.error("rows of the audit are gone; run: python -m bot audit verify", published=last.number)


async def publish(place: str, head: Head) -> None:
    """Add one line; `OSError`, `ClientError` or `TimeoutError` where it was not taken."""
    line = head.line() + "\n"
    if not _is_address(place):
        await asyncio.to_thread(_add, Path(place), line)
        return
    async with ClientSession(timeout=PATIENCE) as session, session.post(place, data=line) as response:
        response.raise_for_status()


def _add(file: Path, line: str) -> None:
    with file.open("a", encoding="ascii") as lines:
        lines.write(line)
        lines.flush()
        os.fsync(lines.fileno())


async def published(place: str) -> Sequence[Head]:
    """Every head that was published there; none where there is no such file yet."""
    if not _is_address(place):
        text = await asyncio.to_thread(_read, Path(place))
    else:
        async with ClientSession(timeout=PATIENCE) as session, session.get(place) as response:
            response.raise_for_status()
            text = await response.text()
    return [head for line in text.splitlines() if (head := Head.of(line)) is not None]


def _read(file: Path) -> str:
    return file.read_text(encoding="ascii", errors="replace") if file.exists() else ""


def _is_address(place: str) -> bool:
    return place.startswith(("http://", "https://"))


async def readable(place: str | None) -> Sequence[Head]:
    """Every head that was published there; `StartError` where they cannot be read."""
    try:
        return await published(place) if place is not None else []
    except (OSError, ClientError, TimeoutError) as error:
        raise StartError(
            f"AUDIT_HEADS={place}: the heads cannot be read ({type(error).__name__}). Name the place, or leave it out."
        ) from None


async def verified(database: Database, place: str | None) -> tuple[Judgement, int]:
    """What was read of the audit, and how many published heads it was read against."""
    heads = await readable(place)
    async with database.engine.connect() as connection:
        return await verify(connection, database.vault, heads), len(heads)


async def go_on(database: Database, work: StoredWork, heads: Sequence[Head]) -> None:
    """Data came back: the chain goes on behind every head that was published before, and says so. Commit at once."""
    await adopt(work.connection, work.seals.vault)
    database.heads.published = max((head.number for head in heads), default=0)
    await work.audit.from_shell(RESTORED)
