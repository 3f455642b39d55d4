"""Which addresses a courier serves next: they are leased, replies first; one as a probe while the platform is away.

The lease is on the address, not on the letter, so that the order is kept for each.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from casework.actor import Channel
from casework.ids import AddressId
from casework.letters import Claimed, DueLetter, Leased
from casework.work import Unavailable
from handlers.breaker import CircuitBreaker
from handlers.outgoing import CourierWork

LEASE = timedelta(seconds=60)
"""How long an address is leased; far longer than its letters take, far shorter than a family would wait."""

LOOK_EVERY = 5.0
"""Seconds between looks without being woken: a NOTIFY can be lost with its connection."""


@dataclass
class Leasing:
    """One channel's. `at_once`, `for_replies` and `lease` are the courier's; `serving` are the addresses that it serves
    now: never one twice at once, even if its lease has run out meanwhile; `full`: more could be due than there were
    places for, so that whoever has served an address looks again."""

    begin: Callable[[datetime], CourierWork]
    channel: Channel
    clock: Callable[[], datetime]
    breaker: CircuitBreaker
    at_once: int
    for_replies: int
    lease: timedelta
    serving: set[AddressId] = field(default_factory=set)
    full: bool = False
    _looked_at: float = float("-inf")

    async def look(self, busy: int) -> tuple[Sequence[Leased], float]:
        """Lease what is due, replies first; the last places are for replies alone, so that no broadcast fills all.
        While the platform is away there is one place, for a probe. With it, in how many seconds to look again."""
        places, kept = self.at_once - busy, self.for_replies
        if not self.breaker.closed:
            await self._move_on()
            places, kept = int(not busy and self.breaker.may_probe()), 0
        if places <= 0:
            self.full = True
            return (), max(self.breaker.rest(), 0.02) if not busy else LOOK_EVERY
        async with self.begin(self.clock()) as work:
            claims, due = await self._claim(places, places - kept, work)
            await work.commit()  # what of them could not be opened
        left = places - len(claims)
        self.full = left <= kept or not self.breaker.closed
        if due is None or (self.full and due <= work.now):
            return claims, LOOK_EVERY
        return claims, min(max((due - self.clock()).total_seconds(), self.breaker.rest(), 0.02), LOOK_EVERY)

    async def claim(self, busy: int) -> Sequence[Leased]:
        """As `look`, of everything that is due."""
        self._looked_at = float("-inf")
        claims, _ = await self.look(busy)
        return claims

    async def _claim(self, places: int, pushes: int, work: CourierWork) -> Claimed:
        """What can wait is looked for now and then, and when there is nothing else."""
        now = asyncio.get_running_loop().time()
        patient = now - self._looked_at >= LOOK_EVERY
        claimed = await work.leases.claim(
            self.channel, places, self.lease, pushes=pushes, patient=patient, but=self.serving, alone=True
        )
        if not claimed.leased and not patient:
            patient = True
            claimed = await work.leases.claim(
                self.channel, places, self.lease, pushes=pushes, but=self.serving, alone=True
            )
        if patient and len(claimed.leased) < pushes:
            self._looked_at = now
        return claimed

    async def _move_on(self) -> None:
        """While the platform is away only probes are tried: what would come too late goes another way untried."""
        async with self.begin(self.clock()) as work:
            claims, _ = await work.leases.claim(self.channel, self.at_once, self.lease, late=True, but=self.serving)
            for claim in claims:
                for letter in claim.letters:
                    if is_late(letter, work):
                        await elsewhere(claim, letter, work)
                await work.leases.release(claim)
            if claims:
                await work.commit()

    async def take_over(self) -> None:
        """Free what a process that died had leased on the channel: it is served at once."""
        while True:
            try:
                async with self.begin(self.clock()) as work:
                    await work.leases.take_over(self.channel)
                    await work.commit()
                return
            except Unavailable:
                await asyncio.sleep(1)


def is_late(letter: DueLetter, work: CourierWork) -> bool:
    return letter.moves_at is not None and letter.moves_at <= work.now


async def elsewhere(claim: Leased, letter: DueLetter, work: CourierWork) -> None:
    """The person's next channel; then a human, as `commit` finds."""
    if await work.leases.elsewhere(claim, letter.id) is None:
        await work.leases.set_aside(claim, letter.id)
