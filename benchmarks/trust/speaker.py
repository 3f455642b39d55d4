"""A process that speaks for one token, as the service does, forked from the proof's.

The real lease, courier and outbox; the platform is a web address that takes a letter and answers when it likes. A fault
plants what a row is there to find: "silent" holds a leadership far too long, "stale" completes under another's lease.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import aiohttp
import structlog
from sqlalchemy import select

from casework.actor import Channel
from casework.letters import Leased, Marked, SentLetter
from dialogs.words import Words
from handlers.channel import Away, Message
from handlers.courier import Courier
from storage import leader
from storage.addresses import addresses
from storage.database import Database
from storage.leader import Leadership, as_leader
from storage.leases import StoredLeases

ROOT = bytes(range(32))
TOO_LONG = 16.0
"""Seconds for which a lease lasts where that is the fault."""

MOST_FILES = 1 << 16


class Sink:
    """A messenger that is one web address."""

    channel = Channel.VIBER

    def __init__(self, url: str, client: aiohttp.ClientSession) -> None:
        self._url, self._client = url, client

    async def send(self, address: str, message: Message) -> str:
        try:
            async with self._client.post(
                self._url, params={"pid": os.getpid(), "to": address, "ref": message.ref}
            ) as told:
                return await told.text()
        except aiohttp.ClientError as error:
            raise Away(timedelta(seconds=0.1), type(error).__name__) from error

    async def retract(self, address: str, ids: Sequence[str]) -> None:
        """Nothing is taken back here."""


MARK = StoredLeases.mark


async def told(
    leases: StoredLeases, channel: Channel, sent: Sequence[SentLetter], *, alone: bool = False
) -> Sequence[Marked]:
    """Completions, said aloud: whether each counted."""
    marked = await MARK(leases, channel, sent, alone=alone)
    for one, became in zip(sent, marked, strict=True):
        print("completed" if became.done else "refused", one.letter, flush=True)
    return marked


async def stale(
    leases: StoredLeases, channel: Channel, sent: Sequence[SentLetter], *, alone: bool = False
) -> Sequence[Marked]:
    for one in sent:
        lease = await leases._connection.scalar(select(addresses.c.lease).where(addresses.c.id == one.claim.address_id))
        print("completed", one.letter, lease == one.claim.lease, flush=True)
    return [Marked(done=True, waits=False, more=False) for _ in sent]


SERVE = Courier._serve


async def served(courier: Courier, claim: Leased) -> None:
    """An address, whatever came of its letters."""
    await SERVE(courier, claim)
    print("served", flush=True)


def speak(database_url: str, sink: str, fault: str, haste: float, ends: bool, says: int) -> None:
    """Speak for ever. `haste`: so many times as fast do leases run out. `ends`: it ends the connections of whom it
    follows, as the service does; otherwise only the lease of an address keeps the other from completing anything. What
    it does is written to the pipe `says`."""
    os.closerange(3, says)
    os.closerange(says + 1, MOST_FILES)
    sys.stdout = os.fdopen(says, "w")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    setattr(StoredLeases, "mark", stale if fault == "stale" else told)  # noqa: B010  it is seen from outside
    setattr(Courier, "_serve", served)  # noqa: B010
    if not ends:
        setattr(leader, "_END", "SELECT $1::int, $2::timestamptz")  # noqa: B010
    lasts = TOO_LONG if fault == "silent" else leader.LASTS
    for name, seconds in (("LASTS", lasts), ("RENEWED_EVERY", leader.RENEWED_EVERY), ("RETRY", leader.RETRY)):
        setattr(leader, name, seconds / haste)
    asyncio.run(_speak(database_url, sink))


async def _speak(database_url: str, sink: str) -> None:
    database = Database(database_url, ROOT)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as client:
        courier = Courier(database.work, Words(), Sink(sink, client), lambda: datetime.now(UTC))

        async def lead(leadership: Leadership) -> None:
            print("leads", flush=True)
            await courier.speak_alone(leadership.holds)

        async with database.woken(courier.wake):
            print("here", flush=True)
            await asyncio.gather(database.listen(), as_leader(database.dsn, "sink", lead))
