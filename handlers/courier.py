"""The courier: takes letters out of the outbox and speaks them on one channel.

It leases an address at a time, sends that address's letters in their order, and marks each when the platform has taken
it. Text is made at the moment of sending, in the language that the person has then. Neither messenger has an
idempotency key: never lost; a repeat only after a crash between sending and marking, and it carries the same number.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import zip_longest
from typing import Final

import structlog

from casework import rulebook
from casework.actor import Channel
from casework.costs import LetterRoute
from casework.letters import DueLetter, Leased, LetterKind, Marked, Purpose, SentLetter
from casework.work import Unavailable
from dialogs.words import Words
from handlers.acknowledging import Acknowledging
from handlers.breaker import CircuitBreaker
from handlers.channel import Away, Gone, Message, Postponed, Rejected, Speaker, Superseded, Unpaid
from handlers.desk import where
from handlers.leasing import LEASE, LOOK_EVERY, Leasing, elsewhere, is_late
from handlers.outgoing import CourierWork, Paying
from handlers.rendering import Rendering
from handlers.waking import Wake

log = structlog.get_logger()

STOP_WITHIN = 3.0
"""Seconds that letters on their way have when the service stops."""

GIVE_UP = timedelta(hours=72)
"""A letter that no channel has taken for so long is set aside for a call."""

PUSH_PATIENCE = timedelta(hours=6)
"""What we begin goes on another messenger after so long, if there is one: most outages are over by then, and what came
up in the morning still arrives on the same day. An answer is looked for where the question was put: it waits there."""


OTHERWISE: Final = Marked(done=False, waits=False, more=True)
"""What became of a letter that was not sent and marked in one: the lease is ours still, and it is looked anew."""


@dataclass
class Courier:
    """One channel's courier. `begin` opens a unit of work at a moment; `clock` gives it, aware and in UTC. `paying` is
    there where pushes have their price.

    `at_once` is how many addresses are served side by side; `for_replies` how many of these places pushes never
    take; `lease` how long an address is theirs if they die; `leads` whether it may still speak on the channel.
    """

    begin: Callable[[datetime], CourierWork]
    words: Words
    speaker: Speaker
    clock: Callable[[], datetime]
    at_once: int = 30
    for_replies: int = 5
    lease: timedelta = LEASE
    paying: Paying | None = None
    leads: Callable[[], bool] = lambda: True

    @cached_property
    def _wake(self) -> Wake:
        return Wake(self.speaker.channel, LOOK_EVERY)

    @cached_property
    def _breaker(self) -> CircuitBreaker:
        return CircuitBreaker(self.clock)

    @cached_property
    def _leasing(self) -> Leasing:
        channel = self.speaker.channel
        return Leasing(self.begin, channel, self.clock, self._breaker, self.at_once, self.for_replies, self.lease)

    @cached_property
    def _acknowledging(self) -> Acknowledging:
        return Acknowledging(self.begin, self.speaker.channel, self.clock)

    @cached_property
    def _rendering(self) -> Rendering:
        return Rendering(self.words, self.speaker.channel)

    def wake(self, what: str) -> None:
        """A commit has written letters for a channel."""
        if self._wake(what):
            self._breaker.hurry()

    async def speak_alone(self, leads: Callable[[], bool]) -> None:
        """As `run`, for a channel on which one process at a time speaks, once this is the one. `leads` tells, before
        anything is sent, whether it still is: a process that was frozen and comes back sends nothing more."""
        self.leads = leads
        await self.take_over()
        await self.run()

    async def take_over(self) -> None:
        """Free what a process that died had leased on the channel: it is served at once."""
        await self._leasing.take_over()

    async def run(self) -> None:
        """Deliver for ever; run as a task. An address that takes long holds up no other."""
        serving: set[asyncio.Task[None]] = set()
        try:
            while True:
                self._wake.clear()
                for done in [task for task in serving if task.done()]:
                    serving.remove(done)
                    done.result()
                try:
                    claims, pause = await self._leasing.look(len(serving))
                except Unavailable:
                    claims, pause = (), 1.0
                serving |= {asyncio.create_task(self._serve(claim)) for claim in claims}
                await self._wake.wait(pause)
        finally:
            await self._finish(serving)

    @staticmethod
    async def _finish(serving: set[asyncio.Task[None]]) -> None:
        """Let what is on its way arrive and be marked: cut off, it would come twice, and wait for the lease's end."""
        if serving:
            await asyncio.wait(serving, timeout=STOP_WITHIN)
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)

    async def deliver_due(self) -> int:
        """Take what is due now to everybody who can be served, and wait for it; how many addresses that were."""
        claims = await self._leasing.claim(0)
        await asyncio.gather(*(self._serve(claim) for claim in claims))
        return len(claims)

    async def _serve(self, claim: Leased) -> None:
        """One address. Where the database is away, even only at the end, the lease runs out by itself."""
        self._leasing.serving.add(claim.address_id)
        more = True
        try:
            with suppress(Unavailable, Superseded):
                more = await self._deliver_all(claim)
        finally:
            self._leasing.serving.discard(claim.address_id)
            if more or self._leasing.full:
                self._wake.now()

    async def _deliver_all(self, claim: Leased) -> bool:
        """Its letters in order, until one has to wait. Is it worth looking at once whether more is due?"""
        retry_at, marked = None, Marked(done=True, waits=True, more=True)
        following = [letter.id for letter in claim.letters[1:]]
        try:
            for letter, then in zip_longest(claim.letters, following):
                marked = await self._deliver_or_give_up(claim, letter, then, marked)
            if claim.letters and marked.done:
                return marked.more
        except Postponed as later:
            retry_at = self.clock() + later.after
        except Gone as gone:
            await self._find_another_way(claim, closed=gone.closed)
        async with self.begin(self.clock()) as work:
            await work.leases.release(claim, retry_at)
            await work.commit()
        return True

    async def _deliver_or_give_up(self, claim: Leased, letter: DueLetter, then: int | None, before: Marked) -> Marked:
        """A bug in one letter must not hold up the next: it is logged, and a human calls. `before` tells of the letter
        before it, `then` is the one after it."""
        try:
            return await self._deliver(claim, letter, then, waits=before.waits)
        except (Postponed, Gone, Unavailable, Superseded):
            raise
        except Exception as error:
            log.error("letter could not be delivered", channel=self.speaker.channel, **where(error))
            await self._give_up(claim, letter)
            return OTHERWISE

    async def _deliver(self, claim: Leased, letter: DueLetter, then: int | None, *, waits: bool) -> Marked:
        """`waits`: it still does, as we have just seen, so the database need not be asked again."""
        if letter.kind is LetterKind.RETRACT:
            return await self._unsay(claim, letter, then)
        if self.paying is None or self.paying.is_free(claim, self.clock()):
            message = self._rendering.alone(claim, letter) if waits else None
            if message is not None:
                return await self._send_and_mark(claim, letter, then, LetterRoute.FREE, message)
            return await self._go(claim, letter, then, LetterRoute.FREE)
        async with self.paying.deciding, self.begin(self.clock()) as work:
            way = await self.paying.way(claim, letter, work)
        try:
            return await self._go(claim, letter, then, way)
        finally:
            if way is LetterRoute.PAY:
                self.paying.settle(letter)

    async def _go(self, claim: Leased, letter: DueLetter, then: int | None, way: LetterRoute) -> Marked:
        async with self.begin(self.clock()) as work:
            if not await work.leases.waits(claim, letter.id):
                return OTHERWISE
            if letter.kind is LetterKind.REPLY and way is not LetterRoute.FREE:
                letter = await work.leases.begin(claim, letter)
            if not await rulebook.may_go(letter, claim.person, work):
                if letter.due <= work.now:  # before that it is handed out early, and may be free to go by then
                    await work.leases.drop(claim, letter.id)
                    await work.commit()
                return OTHERWISE
            if letter.rests_until is not None:
                await work.leases.rest(claim, letter.id, letter.rests_until)
                await work.commit()
                return OTHERWISE
            if way not in (LetterRoute.FREE, LetterRoute.PAY):
                await self._divert(claim, letter, way, work)
                await work.commit()
                return OTHERWISE
            message = await self._rendering.message(claim, letter, work)
            await work.commit()
        return await self._send_and_mark(claim, letter, then, way, message)

    async def _send_and_mark(
        self, claim: Leased, letter: DueLetter, then: int | None, way: LetterRoute, message: Message
    ) -> Marked:
        since = self.clock()
        try:
            receipt = await self._send(claim.address, message)
        except Postponed as later:
            if isinstance(later, Away) and later.perhaps:
                async with self._deciding(way), self.begin(self.clock()) as work:
                    if later.whole:
                        await work.leases.perhaps(claim, letter.id, since)
                    await self._commit(letter, way, work)
            await self._try_later(claim, letter, later)
            return OTHERWISE
        except Rejected as refused:
            log.error("the platform refuses a letter", channel=self.speaker.channel, why=type(refused).__name__)
            await self._give_up(claim, letter)
            return OTHERWISE
        sent = SentLetter(claim, letter.id, receipt, then)
        if way is LetterRoute.FREE:
            marked = await self._acknowledging.mark(sent)
        else:
            async with self._deciding(way), self.begin(self.clock()) as work:
                [marked] = await work.leases.mark(self.speaker.channel, [sent])
                await self._commit(letter, way, work)
        if not marked.done:
            log.warning("a lease was lost while sending; the letter may come twice", letter=letter.id)
        return marked

    def _deciding(self, way: LetterRoute) -> AbstractAsyncContextManager[object]:
        """Around a transaction that pays: one after another, and nobody waits for that with a transaction open."""
        return self.paying.deciding if way is LetterRoute.PAY and self.paying is not None else nullcontext()

    async def _commit(self, letter: DueLetter, way: LetterRoute, work: CourierWork) -> None:
        """With the letter's price, if it has one."""
        if way is LetterRoute.PAY and self.paying is not None:
            await self.paying.pay(letter, work)
        else:
            await work.commit()

    async def _send(self, address: str, message: Message) -> str:
        """The platform's answer tells of the platform too. A wait of one chat's own tells nothing."""
        self._check_leads()
        try:
            receipt = await self.speaker.send(address, message)
        except Away:
            self._breaker.failed()
            raise
        except (Gone, Rejected):
            self._breaker.answered()
            raise
        self._breaker.answered()
        return receipt

    def _check_leads(self) -> None:
        if not self.leads():
            raise Superseded

    async def _unsay(self, claim: Leased, letter: DueLetter, then: int | None) -> Marked:
        """Take back what stands in the chat. Postponed, it is tried again, until nothing is young enough; what the
        platform never will do is no reason to call anybody."""
        async with self.begin(self.clock()) as work:
            if not await work.leases.waits(claim, letter.id):
                return OTHERWISE
            ids = await work.leases.standing(claim)
        self._check_leads()
        try:
            if ids is not None:
                await self.speaker.retract(claim.address, ids)
        except (Gone, Rejected) as refused:
            log.info("the platform takes nothing back", channel=self.speaker.channel, why=type(refused).__name__)
        async with self.begin(self.clock()) as work:
            [marked] = await work.leases.mark(self.speaker.channel, [SentLetter(claim, letter.id, "", then)])
            await work.commit()
        return marked

    async def _try_later(self, claim: Leased, letter: DueLetter, later: Postponed) -> None:
        """Raises it again for the whole address, unless this letter need not hold up those behind it."""
        if isinstance(later, Unpaid) and self.paying is not None and letter.kind is LetterKind.PUSH:
            async with self.paying.deciding, self.begin(self.clock()) as work:
                way = await self.paying.refused(claim, letter, work)
                await self._divert(claim, letter, way, work, later.after)
                await work.commit()
            return
        async with self.begin(self.clock()) as work:
            waits = work.now - (letter.tried_at or work.now)
            if waits >= GIVE_UP or is_late(letter, work):
                await elsewhere(claim, letter, work)
                await work.commit()
                return
            moved = waits >= PUSH_PATIENCE and letter.kind is LetterKind.PUSH and letter.purpose is not Purpose.ROUTINE
            if moved and await work.leases.elsewhere(claim, letter.id, but={Channel.WEB}):
                await work.commit()
                return
            await work.leases.tried(claim, letter.id)
            await work.commit()
        raise later

    async def _divert(
        self, claim: Leased, letter: DueLetter, way: LetterRoute, work: CourierWork, after: timedelta = timedelta()
    ) -> None:
        """Not here, or not now: it waits for the person to write, goes another way, or a human calls."""
        if way is LetterRoute.WAIT:
            await work.leases.wait(claim, letter.id, work.now + after)
        else:
            await elsewhere(claim, letter, work)

    async def _give_up(self, claim: Leased, letter: DueLetter) -> None:
        """This letter will not go here, and the next passes."""
        async with self.begin(self.clock()) as work:
            await elsewhere(claim, letter, work)
            await work.commit()

    async def _find_another_way(self, claim: Leased, *, closed: bool) -> None:
        """The address takes nothing any more: the person's next channel, then a human."""
        async with self.begin(self.clock()) as work:
            await work.leases.readdress(claim, closed=closed)
            await work.commit()
