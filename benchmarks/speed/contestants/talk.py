"""Ours with its courier: an update in, and its answer out through the outbox, to a speaker that takes all at once."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

from sqlalchemy import text

from benchmarks.speed.contestants import ours
from casework.actor import Channel
from handlers.courier import Courier


class Taking:
    """Telegram without Telegram. In a chat both sides' messages are numbered together: the answer to message 11 is
    12."""

    channel = Channel.TELEGRAM

    def __init__(self) -> None:
        self._numbers: dict[str, Iterator[int]] = {}

    async def send(self, address: str, message: Any) -> str:
        return str(next(self._numbers.setdefault(address, count(12, 2))))

    async def retract(self, address: str, ids: Sequence[str]) -> None:
        pass


class Marking:
    """The courier's units of work, of either release, which tell to whom a letter is marked as sent once that is
    committed: what is said sooner is no answer to its question. So chats go on as soon as they may, and wait for no
    clock."""

    def __init__(self, begin: Any, marked: Callable[[str], None]) -> None:
        self._begin, self._marked = begin, marked

    @asynccontextmanager
    async def __call__(self, now: Any) -> AsyncIterator[Any]:
        told = list[str]()
        async with self._begin(now) as work:
            sent: Any = getattr(work.leases, "sent", None)
            mark: Any = getattr(work.leases, "mark", None)

            async def noted_one(claim: Any, letter: int, receipt: str) -> Any:
                told.append(claim.address)
                return await sent(claim, letter, receipt)

            async def noted_all(channel: Channel, together: Sequence[Any], **how: Any) -> Any:
                told.extend(one.claim.address for one in together)
                return await mark(channel, together, **how)

            work.leases.sent, work.leases.mark = noted_one, noted_all
            yield work
        for address in told:
            self._marked(address)


class Talk(ours.Ours):
    async def open(self, wanted: dict[str, Any]) -> None:
        await super().open(wanted)
        self.speaker = await self.speak(wanted)
        marking: Any = Marking(self.database.work, self._settle)
        self.courier: Any = Courier(marking, self.words, self.speaker, ours._now)
        self._settled: dict[str, asyncio.Event] = {}
        self._listening = self.database.woken(self.courier.wake)
        await self._listening.__aenter__()
        self._courier = asyncio.create_task(self.courier.run())

    async def speak(self, wanted: dict[str, Any]) -> Any:
        return Taking()

    async def take(self, chat: int, step: int) -> None:
        self._settled[str(1000 + chat)] = settled = asyncio.Event()
        await super().take(chat, step)
        await settled.wait()

    def _settle(self, address: str) -> None:
        if settled := self._settled.get(address):
            settled.set()

    async def check(self, chats: int, steps: int) -> list[str]:
        found = await super().check(chats, steps)
        async with self.database.engine.connect() as connection:
            left = await connection.scalar(text("SELECT count(*) FROM letters WHERE state <> 'sent'"))
        return [*found, f"{left} letters are not marked as sent"] if left else found

    async def close(self) -> None:
        self._courier.cancel()
        await asyncio.gather(self._courier, return_exceptions=True)
        await self._listening.__aexit__(None, None, None)
        await super().close()


CONTESTANT = Talk
