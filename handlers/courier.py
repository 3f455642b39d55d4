"""The courier: takes letters out of the outbox and speaks them on one channel.

It leases an address at a time, sends that address's letters in their order, and marks each when the platform has taken
it. Text is made at the moment of sending, in the language that the person has then. Neither messenger has an
idempotency key: never lost; a repeat only after a crash between sending and marking, and it carries the same number.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

import structlog

from casework import pushes
from casework.actor import Channel
from casework.booking.told import venue
from casework.costs import Way
from casework.ids import AddressId, CenterId, FileId
from casework.letters import Button, Kind, Purpose, Say, Wants
from casework.work import Unavailable, Work
from dialogs.menu import commands
from dialogs.words import Words
from handlers.channel import Away, Enclosure, Gone, Key, Message, Postponed, Rejected, Speaker, Unpaid, Venue
from handlers.desk import where
from handlers.line import Line
from handlers.outgoing import Claim, CourierWork, Paying, Waiting

log = structlog.get_logger()

LEASE = timedelta(seconds=60)
"""How long an address is leased; far longer than its letters take, far shorter than a family would wait."""

LOOK_EVERY = 5.0
"""Seconds between looks without being woken: a NOTIFY can be lost with its connection."""

STOP_WITHIN = 3.0
"""Seconds that letters on their way have when the service stops."""

GIVE_UP = timedelta(hours=72)
"""A letter that no channel has taken for so long is set aside for a call."""

PUSH_PATIENCE = timedelta(hours=6)
"""What we begin goes on another messenger after so long, if there is one: most outages are over by then, and what came
up in the morning still arrives on the same day. An answer is looked for where the question was put: it waits there."""


@dataclass
class Courier:
    """One channel's courier. `begin` opens a unit of work at a moment; `clock` gives it, aware and in UTC. `paying` is
    there where pushes have their price.

    `at_once` is how many addresses are served side by side; `for_replies` how many of these places pushes never
    take; `lease` how long an address is theirs if they die.
    """

    begin: Callable[[datetime], CourierWork]
    words: Words
    speaker: Speaker
    clock: Callable[[], datetime]
    at_once: int = 30
    for_replies: int = 5
    lease: timedelta = LEASE
    paying: Paying | None = None
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _serving: set[AddressId] = field(default_factory=set)  # never twice at once, even if a lease has run out meanwhile

    @cached_property
    def _line(self) -> Line:
        return Line(self.clock)

    def wake(self, what: str) -> None:
        """A commit has written letters for a channel."""
        if what == self.speaker.channel:
            self._line.hurry()
            self._wake.set()

    async def speak_alone(self) -> None:
        """As `run`, for a channel on which one process at a time speaks, once this is the one."""
        await self.take_over()
        await self.run()

    async def take_over(self) -> None:
        """Free what a process that died had leased on the channel: it is served at once."""
        while True:
            try:
                async with self.begin(self.clock()) as work:
                    await work.leases.take_over(self.speaker.channel)
                    await work.commit()
                return
            except Unavailable:
                await asyncio.sleep(1)

    async def run(self) -> None:
        """Deliver for ever; run as a task. An address that takes long holds up no other."""
        serving: set[asyncio.Task[None]] = set()
        try:
            while True:
                self._wake.clear()
                try:
                    claims = await self._claim(len(serving))
                    pause = 0.0 if claims else await self._pause()
                except Unavailable:
                    claims, pause = [], 1.0
                serving |= {asyncio.create_task(self._serve(claim)) for claim in claims}
                if pause:
                    await self._rest(serving, pause)
                for done in [task for task in serving if task.done()]:
                    serving.remove(done)
                    done.result()
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

    async def _rest(self, serving: set[asyncio.Task[None]], pause: float) -> None:
        """Until a commit brings letters, an address is served, or something is due."""
        woken = asyncio.create_task(self._wake.wait())
        try:
            await asyncio.wait({woken, *serving}, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()

    async def _pause(self) -> float:
        async with self.begin(self.clock()) as work:
            due = await work.leases.next_due(self.speaker.channel)
        if due is None:
            return LOOK_EVERY
        return min(max((due - self.clock()).total_seconds(), self._line.rest(), 0.02), LOOK_EVERY)

    async def _claim(self, busy: int) -> Sequence[Claim]:
        """Lease what is due, replies first; the last places are for replies alone, so that no broadcast fills all.
        While the line is down there is one place, for a scout."""
        places, kept = self.at_once - busy, self.for_replies
        if not self._line.up:
            await self._move_on()
            places, kept = int(not busy and self._line.may_scout()), 0
        pushes = places - kept
        claims: list[Claim] = []
        if places > 0:
            async with self.begin(self.clock()) as work:
                channel, mine = self.speaker.channel, self._serving
                claims += await work.leases.claim(channel, places, self.lease, replies_only=True, but=mine)
                if pushes > len(claims):
                    claims += await work.leases.claim(channel, pushes - len(claims), self.lease, but=mine)
                if claims:
                    await work.commit()
        return claims

    async def _move_on(self) -> None:
        """While the line is down only scouts are tried: what would come too late goes another way untried."""
        async with self.begin(self.clock()) as work:
            claims = await work.leases.claim(
                self.speaker.channel, self.at_once, self.lease, late=True, but=self._serving
            )
            for claim in claims:
                for letter in claim.letters:
                    if self._is_late(letter, work):
                        await self._elsewhere(claim, letter, work)
                await work.leases.release(claim)
            if claims:
                await work.commit()

    @staticmethod
    def _is_late(letter: Waiting, work: CourierWork) -> bool:
        return letter.moves_at is not None and letter.moves_at <= work.now

    async def deliver_due(self) -> int:
        """Take what is due now to everybody who can be served, and wait for it; how many addresses that were."""
        claims = await self._claim(0)
        await asyncio.gather(*(self._serve(claim) for claim in claims))
        return len(claims)

    async def _serve(self, claim: Claim) -> None:
        """One address. Where the database is away, even only at the end, the lease runs out by itself."""
        self._serving.add(claim.address_id)
        try:
            with suppress(Unavailable):
                await self._deliver_all(claim)
        finally:
            self._serving.discard(claim.address_id)

    async def _deliver_all(self, claim: Claim) -> None:
        """Its letters in order, until one has to wait."""
        retry_at = None
        try:
            for letter in claim.letters:
                await self._deliver_or_give_up(claim, letter)
        except Postponed as later:
            retry_at = self.clock() + later.after
        except Gone as gone:
            await self._find_another_way(claim, closed=gone.closed)
        async with self.begin(self.clock()) as work:
            await work.leases.release(claim, retry_at)
            await work.commit()

    async def _deliver_or_give_up(self, claim: Claim, letter: Waiting) -> None:
        """A bug in one letter must not hold up the next: it is logged, and a human calls."""
        try:
            await self._deliver(claim, letter)
        except (Postponed, Gone, Unavailable):
            raise
        except Exception as error:
            log.error("letter could not be delivered", channel=self.speaker.channel, **where(error))
            await self._give_up(claim, letter)

    async def _deliver(self, claim: Claim, letter: Waiting) -> None:
        if letter.kind is Kind.UNSAY:
            await self._unsay(claim, letter)
            return
        if self.paying is None:
            await self._go(claim, letter, Way.FREE)
            return
        async with self.begin(self.clock()) as work:
            way = await self.paying.way(claim, letter, work)
        try:
            await self._go(claim, letter, way)
        finally:
            if way is Way.PAY:
                self.paying.settle()

    async def _go(self, claim: Claim, letter: Waiting, way: Way) -> None:
        async with self.begin(self.clock()) as work:
            if not await work.leases.waits(claim, letter.id):
                return
            if letter.kind is Kind.REPLY and way is not Way.FREE:
                letter = await work.leases.begin(claim, letter)
            if letter.reads is not None and not await work.may_read(claim.person, letter.reads):
                await work.leases.drop(claim, letter.id)
                await work.commit()
                return
            if way not in (Way.FREE, Way.PAY):
                await self._divert(claim, letter, way, work)
                await work.commit()
                return
            message = await self._message(claim, letter, work)
            await work.commit()
        since = self.clock()
        try:
            receipt = await self._send(claim.address, message)
        except Postponed as later:
            if isinstance(later, Away) and later.perhaps:
                async with self.begin(self.clock()) as work:
                    await self._pay(letter, way, work)
                    if later.whole:
                        await work.leases.perhaps(claim, letter.id, since)
                    await work.commit()
            await self._try_later(claim, letter, later)
            return
        except Rejected as refused:
            log.error("the platform refuses a letter", channel=self.speaker.channel, why=type(refused).__name__)
            await self._give_up(claim, letter)
            return
        async with self.begin(self.clock()) as work:
            if not await work.leases.sent(claim, letter.id, receipt):
                log.warning("a lease was lost while sending; the letter may come twice", letter=letter.id)
            await self._pay(letter, way, work)
            await work.commit()

    async def _pay(self, letter: Waiting, way: Way, work: CourierWork) -> None:
        if way is Way.PAY and self.paying is not None:
            await self.paying.pay(letter.purpose, work)

    async def _send(self, address: str, message: Message) -> str:
        """The platform's answer tells of its line too. A wait of one chat's own tells nothing."""
        try:
            receipt = await self.speaker.send(address, message)
        except Away:
            self._line.failed()
            raise
        except (Gone, Rejected):
            self._line.answered()
            raise
        self._line.answered()
        return receipt

    async def _unsay(self, claim: Claim, letter: Waiting) -> None:
        """Take back what stands in the chat. Postponed, it is tried again, until nothing is young enough; what the
        platform never will do is no reason to call anybody."""
        async with self.begin(self.clock()) as work:
            if not await work.leases.waits(claim, letter.id):
                return
            ids = await work.leases.standing(claim)
        try:
            if ids is not None:
                await self.speaker.unsay(claim.address, ids)
        except (Gone, Rejected) as refused:
            log.info("the platform takes nothing back", channel=self.speaker.channel, why=type(refused).__name__)
        async with self.begin(self.clock()) as work:
            await work.leases.sent(claim, letter.id, "")
            await work.commit()

    async def _try_later(self, claim: Claim, letter: Waiting, later: Postponed) -> None:
        """Raises it again for the whole address, unless this letter need not hold up those behind it."""
        async with self.begin(self.clock()) as work:
            if isinstance(later, Unpaid) and self.paying is not None and letter.kind is Kind.PUSH:
                way = await self.paying.refused(claim, letter, work)
                await self._divert(claim, letter, way, work, later.after)
                await work.commit()
                return
            waits = work.now - (letter.tried_at or work.now)
            if waits >= GIVE_UP or self._is_late(letter, work):
                await self._elsewhere(claim, letter, work)
                await work.commit()
                return
            moved = waits >= PUSH_PATIENCE and letter.kind is Kind.PUSH and letter.purpose is not Purpose.ROUTINE
            if moved and await work.leases.elsewhere(claim, letter.id, but={Channel.WEB}):
                await work.commit()
                return
            await work.leases.tried(claim, letter.id)
            await work.commit()
        raise later

    async def _divert(
        self, claim: Claim, letter: Waiting, way: Way, work: CourierWork, after: timedelta = timedelta()
    ) -> None:
        """Not here, or not now: it waits for the person to write, goes another way, or a human calls."""
        if way is Way.WAIT:
            await work.leases.wait(claim, letter.id, work.now + after)
        else:
            await self._elsewhere(claim, letter, work)

    async def _give_up(self, claim: Claim, letter: Waiting) -> None:
        """This letter will not go here, and the next passes."""
        async with self.begin(self.clock()) as work:
            await self._elsewhere(claim, letter, work)
            await work.commit()

    @staticmethod
    async def _elsewhere(claim: Claim, letter: Waiting, work: CourierWork) -> None:
        """The person's next channel; then a human, as `commit` finds."""
        if await work.leases.elsewhere(claim, letter.id) is None:
            await work.leases.set_aside(claim, letter.id)

    async def _find_another_way(self, claim: Claim, *, closed: bool) -> None:
        """The address takes nothing any more: the person's next channel, then a human."""
        async with self.begin(self.clock()) as work:
            await work.leases.readdress(claim, closed=closed)
            await work.commit()

    async def _message(self, claim: Claim, letter: Waiting, work: CourierWork) -> Message:
        """The screen in words. A messenger gets a push's cover, for it may be shown on a lock screen; for staff there
        what is private is a dash: it opens on the page."""
        screen, language = letter.screen, claim.language
        on_page = self.speaker.channel.on_page
        if not on_page and pushes.is_covered(letter.kind, letter.purpose, screen):
            screen = pushes.cover(letter.id)
        told = await work.opened(claim.person, screen.opens, language) if screen.opens else ()
        offered = commands(claim.role) if claim.role else ()

        def words(what: Say) -> str:
            return self.words.say(language, what, discreet=claim.staff and not on_page, on_page=on_page)

        def key(button: Button) -> Key:
            id = button.id
            if id.startswith("/"):
                id = f"go.{work.sign(claim.person, id[1:])}.{id[1:]}"
            if button.ticked is None or on_page:
                return Key(id, words(button.label), button.ticked)
            mark = "common.marked" if button.ticked else "common.unmarked"
            return Key(id, words(Say(mark, {"what": button.label})))

        tidies = None if on_page else await self._receipt(claim, screen.tidies, work)
        return Message(
            paragraphs=tuple(words(what) for what in (*screen.says, *told)),
            keys=tuple(tuple(key(button) for button in row) for row in screen.buttons),
            enclosures=tuple([await enclosed(file.file, file.name, file.type, work) for file in screen.attached]),
            venue=await self._venue(screen.place, words, work),
            contact=words(Say("common.share-contact")) if screen.wants is Wants.CONTACT else None,
            location=words(Say("common.share-location")) if screen.wants is Wants.LOCATION else None,
            staff_voice=screen.quotes,
            replaces=None if screen.keeps or letter.kind is Kind.PUSH else screen.replaces,
            tidies=tidies,
            unshares=screen.unshares and tidies is not None,
            plain=letter.screen.plain,
            protect=screen.about_case or letter.kind is Kind.PUSH,
            commands=tuple((name, words(what)) for name, what in offered) if claim.staff else None,
            ref=str(letter.id),
            language=language,
            chat=claim.address_id,
            farewell=letter.screen.farewell,
            pressed=screen.pressed,
            same=screen.same,
            question=screen.question if not claim.staff else None,
            holds=screen.holds,
            compares=screen.compares,
        )

    @staticmethod
    async def _venue(place: CenterId | None, words: Callable[[Say], str], work: CourierWork) -> Venue | None:
        found = venue(await work.centers.get(place)) if place is not None else None
        return Venue(found.latitude, found.longitude, words(found.city), found.address) if found else None

    @staticmethod
    async def _receipt(claim: Claim, letter: int | None, work: CourierWork) -> str | None:
        """The platform's id of an earlier letter, if that went to the same address."""
        if letter is None:
            return None
        fate = await work.fate(letter)
        return fate.receipt if fate.address == claim.address_id else None


async def enclosed(file: FileId, name: str, type: str, work: Work) -> Enclosure:
    """A kept file as it goes with a message."""
    return Enclosure(name, type, await work.files.read(file), file)
