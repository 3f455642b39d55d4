"""What we pay Viber for: asked before each push, and written down with it.

One process at a time speaks for a token, so what is promised and not yet written down is known here; together with
what the database holds it never passes the budget.
"""

import asyncio
from datetime import datetime, timedelta
from typing import Final

import structlog

from casework import costs
from casework.actor import TELEPHONE, Channel
from casework.costs import WARN_FROM, LetterRoute, Tariff
from casework.letters import DueLetter, Leased, Purpose
from handlers.outgoing import CourierWork

BROKE: Final = timedelta(hours=6)
"""How long nothing that has its price is tried, once Viber has refused for want of money."""

log = structlog.get_logger(__name__)


class Budget:
    """A courier's `Paying`. A push to a messenger is one short text, so each is one message."""

    def __init__(self, tariff: Tariff) -> None:
        self._tariff = tariff
        self.deciding = asyncio.Lock()
        self._promised: set[int] = set()  # letters, each at its price
        self._broke_until: datetime | None = None

    def is_free(self, claim: Leased, now: datetime) -> bool:
        return claim.session_until is not None and now < claim.session_until

    async def way(self, claim: Leased, letter: DueLetter, work: CourierWork) -> LetterRoute:
        return LetterRoute.FREE if self.is_free(claim, work.now) else await self._outside(claim, letter, work)

    async def refused(self, claim: Leased, letter: DueLetter, work: CourierWork) -> LetterRoute:
        self._broke_until = work.now + BROKE
        return await self._outside(claim, letter, work)

    async def _outside(self, claim: Leased, letter: DueLetter, work: CourierWork) -> LetterRoute:
        """Outside of a session. Under `deciding`, so that no two promise the same money. A telephone is no messenger: a
        notice there has its own price, and tells only that something waits."""
        other = await work.people.reachable(claim.person, but={Channel.VIBER, *TELEPHONE, *letter.given_up})
        elsewhere = other is not None and other[1].calls_out
        affordable = await self._affordable(letter.purpose, work)
        way = costs.way(letter.purpose, session=False, affordable=affordable, elsewhere=elsewhere, chosen=claim.chosen)
        if way is LetterRoute.PAY:
            self._promised.add(letter.id)
        return way

    async def _affordable(self, purpose: Purpose, work: CourierWork) -> bool:
        if self._broke_until is not None and work.now < self._broke_until:
            return False
        return self._tariff.affords(purpose, await costs.total(work) + len(self._promised) * self._tariff.price)

    async def pay(self, letter: DueLetter, work: CourierWork) -> None:
        """Under `deciding`, or one who decides would see it twice, both paid and promised, or not at all."""
        tariff = self._tariff
        before = await costs.total(work)
        await work.costs.pay(Channel.VIBER, costs.month_of(work.now), letter.purpose, tariff.price)
        await work.commit()
        self.settle(letter)
        if tariff.used(before) < WARN_FROM <= tariff.used(before + tariff.price):
            log.warning("viber-budget", percent=WARN_FROM, remedy="raise VIBER_BUDGET, or see that families are called")

    def settle(self, letter: DueLetter) -> None:
        self._promised.discard(letter.id)
