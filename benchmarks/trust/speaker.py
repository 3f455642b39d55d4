"""A process that speaks for one token, as the service does: `python -m benchmarks.trust.speaker URL SINK FAULT`.

The real lease, courier and outbox; the platform is a web address that takes a letter and answers when it likes. FAULT
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
from casework.letters import Leased
from dialogs.words import Words
from handlers.channel import Away, Message
from handlers.courier import Courier
from storage import leader
from storage.addresses import addresses
from storage.database import Database
from storage.leader import Leadership, as_leader
from storage.leases import StoredLeases

ROOT = bytes(range(32))


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


SENT = StoredLeases.sent


async def told(leases: StoredLeases, claim: Leased, letter: int, receipt: str) -> bool:
    """A completion, said aloud: whether it counted."""
    counted = await SENT(leases, claim, letter, receipt)
    print("completed" if counted else "refused", letter, flush=True)
    return counted


async def stale(leases: StoredLeases, claim: Leased, letter: int, receipt: str) -> bool:
    lease = await leases._connection.scalar(select(addresses.c.lease).where(addresses.c.id == claim.address_id))
    print("completed", letter, lease == claim.lease, flush=True)
    return True


async def main(database_url: str, sink: str, fault: str) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    setattr(StoredLeases, "sent", stale if fault == "stale" else told)  # noqa: B010  it is seen from outside
    if fault == "silent":
        setattr(leader, "LASTS", 12.0)  # noqa: B010
    database = Database(database_url, ROOT)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as client:
        courier = Courier(database.work, Words(), Sink(sink, client), lambda: datetime.now(UTC))

        async def speak(leadership: Leadership) -> None:
            print("leads", flush=True)
            await courier.speak_alone(leadership.holds)

        async with database.woken(courier.wake):
            print("here", flush=True)
            await asyncio.gather(database.listen(), as_leader(database.dsn, "sink", speak))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
