"""Where browsers wait for what comes: woken by commits, here or in another process.

Nobody looks without being woken: whoever listens to commits wakes all when it has lost its connection, and each stream
ends after some minutes and is begun anew by its browser.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from casework.ids import PersonId
from handlers.web.problems import Problem

LOOKS_AT_ONCE = 3
"""Looks of waiting pages that are taken side by side: a thousand of them wait for each other, and nobody for them."""


@dataclass
class Rooms:
    """One for each person with a page open. `streams` is how many pages may wait at once for one. `looks` is taken for
    each look into the database that a waiting page takes."""

    streams: int
    closed: bool = False
    looks: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(LOOKS_AT_ONCE))
    _waiting: dict[PersonId, set[asyncio.Event]] = field(default_factory=dict)
    _streams: Counter[PersonId] = field(default_factory=Counter)

    def wake(self, what: str) -> None:
        """A commit has made a thread grow; or commits are listened to again, and nobody knows what they brought."""
        kind, _, person = what.partition(":")
        if kind == "thread":
            for event in self._waiting.get(PersonId(int(person)), ()):
                event.set()
        elif kind == "listening":
            self._wake_all()

    def close(self) -> None:
        """The service stops: nobody waits any longer."""
        self.closed = True
        self._wake_all()

    def _wake_all(self) -> None:
        for events in self._waiting.values():
            for event in events:
                event.set()

    @contextmanager
    def waiting(self, person: PersonId) -> Iterator[asyncio.Event]:
        """An event that is set when the person's thread grows."""
        event = asyncio.Event()
        self._waiting.setdefault(person, set()).add(event)
        try:
            yield event
        finally:
            self._waiting[person].discard(event)
            if not self._waiting[person]:
                del self._waiting[person]

    @contextmanager
    def streaming(self, person: PersonId) -> Iterator[None]:
        """One of the few pages that may wait at once."""
        if self._streams[person] >= self.streams:
            raise Problem(429, "too-many-streams")
        self._streams[person] += 1
        try:
            yield
        finally:
            self._streams[person] -= 1
            if not self._streams[person]:
                del self._streams[person]


async def wait(event: asyncio.Event, seconds: float) -> bool:
    """Wait for the event, at most so long; whether it came. It is cleared for the next wait."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    event.clear()
    return True
