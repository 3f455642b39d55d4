"""Ours with its courier: an update in, and its answer out through the outbox, to a speaker that takes all at once."""

import asyncio
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from sqlalchemy import text

from benchmarks.speed.contestants import ours
from casework.actor import Channel
from handlers.courier import Courier


class Taking:
    """Telegram without Telegram: whoever waits for a chat's answer hears of it. In a chat both sides' messages
    are numbered together: the answer to message 11 is 12."""

    channel = Channel.TELEGRAM

    def __init__(self) -> None:
        self._numbers: dict[str, Iterator[int]] = {}
        self._heard: dict[str, asyncio.Event] = {}

    def waiting(self, address: str) -> asyncio.Event:
        self._heard[address] = heard = asyncio.Event()
        return heard

    async def send(self, address: str, message: Any) -> str:
        if heard := self._heard.get(address):
            heard.set()
        return str(next(self._numbers.setdefault(address, count(12, 2))))

    async def retract(self, address: str, ids: Sequence[str]) -> None:
        pass


class Talk(ours.Ours):
    async def open(self, wanted: dict[str, Any]) -> None:
        await super().open(wanted)
        self.speaker = await self.speak(wanted)
        self.courier: Any = Courier(self.database.work, self.words, self.speaker, ours._now)
        self._listening = self.database.woken(self.courier.wake)
        await self._listening.__aenter__()
        self._courier = asyncio.create_task(self.courier.run())

    async def speak(self, wanted: dict[str, Any]) -> Any:
        return Taking()

    async def take(self, chat: int, step: int) -> None:
        heard = self.speaker.waiting(str(1000 + chat))
        await super().take(chat, step)
        await heard.wait()
        await self._settled(chat)

    async def _settled(self, chat: int) -> None:
        """The next message comes a moment later than the answer: people read."""
        await asyncio.sleep(0.02)

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
