"""Ours as it drains its outbox: each letter claimed, unsealed, rendered, given to a speaker that takes all, marked.

Half are answers with two buttons, half pushes of which a messenger shows the cover alone; each to a person of its own.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

import structlog
from sqlalchemy import text

from benchmarks.speed.contestants import ours
from casework.actor import Channel
from casework.ids import AddressId, PersonId
from casework.letters import Button, Letter, LetterKind, Purpose, Screen, say
from dialogs.words import Words
from handlers.courier import Courier
from storage.database import Database

BUTTONS: Final = ((Button("done", say("common.done")), Button("away", say("common.away"))),)
TOGETHER: Final = 200
"""Letters that one transaction puts in."""


class Taking:
    """Takes everything at once, and counts. The planted fault: it lets nobody else work meanwhile."""

    channel = Channel.TELEGRAM

    def __init__(self, *, slow: bool) -> None:
        self.slow, self.said, self.waits, self.all = slow, Counter[str](), 0, asyncio.Event()

    async def send(self, address: str, message: Any) -> str:
        if self.slow:
            time.sleep(0.05)  # noqa: ASYNC251  the fault
        self.said[address] += 1
        self.waits -= 1
        if not self.waits:
            self.all.set()
        return str(self.said[address])

    async def retract(self, address: str, ids: Sequence[str]) -> None:
        pass


class Letters:
    """Its `wanted`: `url` of a migrated database, `chats`; `slow` for the planted fault."""

    async def open(self, wanted: dict[str, Any]) -> None:
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
        self.database = Database(wanted["url"], ours.ROOT)
        self.speaker = Taking(slow=bool(wanted.get("slow")))
        self.words = Words()
        self.people = list[tuple[PersonId, AddressId]]()
        self.put = 0
        self._draining: asyncio.Task[None] | None = None
        async with self.database.work(_noon()) as work:
            await work.seed()
            for chat in range(wanted["chats"]):
                guest = await work.people.enter(Channel.TELEGRAM, str(1000 + chat), "uk")
                self.people.append((guest.person.id, guest.address))
            await work.commit()

    async def prepare(self, many: int) -> None:
        for first in range(0, len(self.people), TOGETHER):
            async with self.database.work(_noon()) as work:
                for person, address in self.people[first : first + TOGETHER]:
                    for _ in range(many):
                        await work.outbox.add(self._letter(person), (address, Channel.TELEGRAM))
                await work.commit()
        self.speaker.waits, self._draining = many * len(self.people), None
        self.speaker.all.clear()

    def _letter(self, person: PersonId) -> Letter:
        self.put += 1
        says = (say("common.line", what="Лист", value=str(self.put)),)
        if self.put % 2:
            return Letter(person, Screen(says, BUTTONS, about_case=True), LetterKind.REPLY)
        return Letter(person, Screen(says), LetterKind.PUSH, purpose=Purpose.APPOINTMENT)

    async def take(self, chat: int, step: int) -> None:
        """All are drained together, from the first that is asked for on."""
        if self._draining is None:
            self._draining = asyncio.create_task(self._drain())
        await asyncio.shield(self._draining)

    async def _drain(self) -> None:
        courier: Any = Courier(self.database.work, self.words, self.speaker, _noon)
        running = asyncio.create_task(courier.run())
        await self.speaker.all.wait()
        running.cancel()  # what was sent is still marked
        await asyncio.gather(running, return_exceptions=True)

    async def check(self, chats: int, steps: int) -> list[str]:
        found = [f"{count} of {steps} letters to {to}" for to, count in self.speaker.said.items() if count != steps]
        async with self.database.engine.connect() as connection:
            asked = "SELECT count(*) FROM letters WHERE state = 'sent' AND receipt IS NOT NULL AND sent_at IS NOT NULL"
            kept = await connection.scalar(text(asked))
            leased = await connection.scalar(text("SELECT count(*) FROM addresses WHERE lease IS NOT NULL"))
        if kept != chats * steps or self.put != kept:
            found.append(f"{kept} letters are marked as sent, {self.put} were put in")
        return [*found, f"{leased} addresses are still leased"] if leased else found

    async def close(self) -> None:
        await self.database.close()


def _noon() -> datetime:
    """A moment of today's at which nobody sleeps: at night such pushes wait."""
    return datetime.now(UTC).replace(hour=10)


CONTESTANT = Letters
