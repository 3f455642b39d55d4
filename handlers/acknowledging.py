"""What the platform has taken is marked in the database: at once, but together with whatever else was taken meanwhile.

Couriers serve many addresses side by side. While one transaction marks, others' letters gather for the next: so the
price of a commit is shared, and nobody waits longer than for one.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from casework.actor import Channel
from casework.letters import Marked, SentLetter
from casework.work import Unavailable
from handlers.outgoing import CourierWork


@dataclass(eq=False)
class Acknowledging:
    """One channel's. `begin` opens a unit of work at a moment; `clock` gives it."""

    begin: Callable[[datetime], CourierWork]
    channel: Channel
    clock: Callable[[], datetime]
    _waiting: list[tuple[SentLetter, "asyncio.Future[Marked]"]] = field(default_factory=list)
    _marking: "asyncio.Task[None] | None" = None

    async def mark(self, sent: SentLetter) -> Marked:
        """What became of it, once that is committed. Raises `Unavailable`."""
        marked: asyncio.Future[Marked] = asyncio.get_running_loop().create_future()
        self._waiting.append((sent, marked))
        if self._marking is None or self._marking.done():
            self._marking = asyncio.create_task(self._mark_all())
        return await marked

    async def _mark_all(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting, []
            try:
                became = await self._commit([sent for sent, _ in together])
            except Exception as error:
                for sent, marked in together:
                    await self._alone(sent, marked, error, alone=len(together) == 1)
                continue
            for (_, marked), one in zip(together, became, strict=True):
                if not marked.done():
                    marked.set_result(one)

    async def _alone(
        self, sent: SentLetter, marked: "asyncio.Future[Marked]", error: Exception, *, alone: bool
    ) -> None:
        """What cannot be marked for want of a database tells so; anything else may be another letter's fault."""
        try:
            if alone or isinstance(error, Unavailable):
                raise error
            [one] = await self._commit([sent])
        except Exception as own:
            if not marked.done():
                marked.set_exception(own)
        else:
            if not marked.done():
                marked.set_result(one)

    async def _commit(self, sent: Sequence[SentLetter]) -> Sequence[Marked]:
        async with self.begin(self.clock()) as work:
            return await work.leases.mark(self.channel, sent, alone=True)
