"""The courier: takes letters out of the outbox and speaks them on one channel.

It leases an address at a time, sends that address's letters in their order, and marks each when the platform has taken
it. Text is made at the moment of sending, in the language that the person has then. Neither messenger has an
idempotency key: never lost; a repeat only after a crash between sending and marking, and it carries the same number.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Protocol, Self

import structlog

from casework.actor import Channel
from casework.calls import CALL_WITHIN, Reason
from casework.ids import AddressId, FileId, PersonId
from casework.letters import Button, Kind, Say, Screen, Wants
from casework.work import Unavailable, Work
from dialogs.words import Words
from handlers.channel import Enclosure, Gone, Key, Message, Postponed, Rejected, Speaker
from handlers.desk import where

log = structlog.get_logger()

LEASE = timedelta(seconds=60)
"""How long an address is leased; far longer than its letters take, far shorter than a family would wait."""

LOOK_EVERY = 5.0
"""Seconds between looks without being woken: a NOTIFY can be lost with its connection."""

STOP_WITHIN = 3.0
"""Seconds that letters on their way have when the service stops."""

GIVE_UP = timedelta(hours=72)
"""A letter that no channel has taken for so long is set aside for a call."""


class Waiting(Protocol):
    """A letter that is due."""

    @property
    def id(self) -> int: ...
    @property
    def screen(self) -> Screen: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def reads(self) -> str | None: ...
    @property
    def due(self) -> datetime: ...


class Claim(Protocol):
    """An address leased to us, with what is due there."""

    @property
    def address_id(self) -> AddressId: ...
    @property
    def address(self) -> str: ...
    @property
    def person(self) -> PersonId: ...
    @property
    def language(self) -> str: ...
    @property
    def staff(self) -> bool: ...
    @property
    def letters(self) -> Sequence[Waiting]: ...


class Letters(Protocol):
    """The outbox as couriers use it. What comes from `claim` is handed back as it is."""

    async def claim(
        self, channel: Channel, many: int, lease_for: timedelta, *, replies_only: bool = False
    ) -> Sequence[Claim]: ...
    async def sent(self, claim: Any, letter: int, receipt: str) -> bool: ...
    async def set_aside(self, claim: Any, letter: int) -> bool: ...
    async def drop(self, claim: Any, letter: int) -> bool: ...
    async def take_over(self, channel: Channel) -> None: ...
    async def release(self, claim: Any, retry_at: datetime | None = None) -> None: ...
    async def readdress(self, claim: Any) -> int: ...
    async def next_due(self, channel: Channel) -> datetime | None: ...


class CourierWork(Work, Protocol):
    """A unit of work with what only couriers need: see `storage/database.py`."""

    @property
    def outbox(self) -> Letters: ...

    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def sign(self, person: PersonId, command: str) -> str: ...
    async def may_read(self, person: PersonId, reads: str) -> bool:
        """May the person still read what a letter tells of?"""

    async def opened(self, person: PersonId, opens: str, language: str) -> tuple[Say, ...]:
        """What a letter only names, as the person may read it now."""


@dataclass
class Courier:
    """One channel's courier. `begin` opens a unit of work at a moment; `clock` gives it, aware and in UTC.

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
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self, what: str) -> None:
        """A commit has written letters for a channel."""
        if what == self.speaker.channel:
            self._wake.set()

    async def speak_alone(self) -> None:
        """As `run`, for a channel on which one process at a time speaks, once this is the one: what a process that died
        had leased is taken over at once."""
        while True:
            try:
                async with self.begin(self.clock()) as work:
                    await work.outbox.take_over(self.speaker.channel)
                    await work.commit()
                break
            except Unavailable:
                await asyncio.sleep(1)
        await self.run()

    async def run(self) -> None:
        """Deliver for ever; run as a task. An address that takes long holds up no other."""
        serving: set[asyncio.Task[None]] = set()
        try:
            while True:
                self._wake.clear()
                try:
                    claims = await self._claim(self.at_once - len(serving))
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
            due = await work.outbox.next_due(self.speaker.channel)
        if due is None:
            return LOOK_EVERY
        return min(max((due - self.clock()).total_seconds(), 0.02), LOOK_EVERY)

    async def _claim(self, places: int) -> Sequence[Claim]:
        """Lease what is due, replies first; the last places are for replies alone, so that no broadcast fills all."""
        pushes = places - self.for_replies
        claims: list[Claim] = []
        if places > 0:
            async with self.begin(self.clock()) as work:
                claims += await work.outbox.claim(self.speaker.channel, places, self.lease, replies_only=True)
                if pushes > len(claims):
                    claims += await work.outbox.claim(self.speaker.channel, pushes - len(claims), self.lease)
                if claims:
                    await work.commit()
        return claims

    async def deliver_due(self) -> int:
        """Take what is due now to everybody who can be served, and wait for it; how many addresses that were."""
        claims = await self._claim(self.at_once)
        await asyncio.gather(*(self._serve(claim) for claim in claims))
        return len(claims)

    async def _serve(self, claim: Claim) -> None:
        """One address: its letters in order, until one has to wait."""
        retry_at = None
        try:
            for letter in claim.letters:
                await self._deliver_or_set_aside(claim, letter)
        except Postponed as later:
            retry_at = self.clock() + later.after
        except Gone:
            await self._find_another_way(claim)
        except Unavailable:
            return  # the lease runs out by itself
        async with self.begin(self.clock()) as work:
            await work.outbox.release(claim, retry_at)
            await work.commit()

    async def _deliver_or_set_aside(self, claim: Claim, letter: Waiting) -> None:
        """A bug in one letter must not hold up the next: it is logged, and a human calls."""
        try:
            await self._deliver(claim, letter)
        except (Postponed, Gone, Unavailable):
            raise
        except Exception as error:
            log.error("letter could not be delivered", channel=self.speaker.channel, **where(error))
            await self._set_aside(claim, letter)

    async def _deliver(self, claim: Claim, letter: Waiting) -> None:
        async with self.begin(self.clock()) as work:
            if letter.reads is not None and not await work.may_read(claim.person, letter.reads):
                await work.outbox.drop(claim, letter.id)
                await work.commit()
                return
            message = await self._message(claim, letter, work)
        try:
            receipt = await self.speaker.send(claim.address, message)
        except Postponed:
            if self.clock() - letter.due < GIVE_UP:
                raise
            await self._set_aside(claim, letter)
            return
        except Rejected as refused:
            log.error("the platform refuses a letter", channel=self.speaker.channel, why=type(refused).__name__)
            await self._set_aside(claim, letter)
            return
        async with self.begin(self.clock()) as work:
            if not await work.outbox.sent(claim, letter.id, receipt):
                log.warning("a lease was lost while sending; the letter may come twice", letter=letter.id)
            await work.commit()

    async def _set_aside(self, claim: Claim, letter: Waiting) -> None:
        """Out of tries: a human calls instead, and the next letter passes."""
        async with self.begin(self.clock()) as work:
            if await work.outbox.set_aside(claim, letter.id):
                await self._ask_for_call(claim, work)
            await work.commit()

    async def _find_another_way(self, claim: Claim) -> None:
        """The address takes nothing any more: the person's next channel, then a human."""
        async with self.begin(self.clock()) as work:
            if await work.outbox.readdress(claim):
                await self._ask_for_call(claim, work)
            await work.commit()

    async def _ask_for_call(self, claim: Claim, work: CourierWork) -> None:
        if not claim.staff:
            due = work.now + CALL_WITHIN
            await work.calls.add_task(Reason.UNDELIVERED, person=claim.person, due=due)

    async def _message(self, claim: Claim, letter: Waiting, work: CourierWork) -> Message:
        """The screen in words. For staff on a messenger what is private is a dash: it opens on the page."""
        screen, language = letter.screen, claim.language
        told = await work.opened(claim.person, screen.opens, language) if screen.opens else ()
        on_page = self.speaker.channel is Channel.WEB

        def words(what: Say) -> str:
            return self.words.say(language, what, discreet=claim.staff and not on_page, on_page=on_page)

        def key(button: Button) -> Key:
            id = button.id
            if id.startswith("/"):
                id = f"go.{work.sign(claim.person, id[1:])}.{id[1:]}"
            return Key(id, words(button.label))

        return Message(
            paragraphs=tuple(words(what) for what in (*screen.says, *told)),
            keys=tuple(tuple(key(button) for button in row) for row in screen.buttons),
            enclosures=tuple([await enclosed(file.file, file.name, file.type, work) for file in screen.attached]),
            contact=words(Say("common.share-contact")) if screen.wants is Wants.CONTACT else None,
            location=words(Say("common.share-location")) if screen.wants is Wants.LOCATION else None,
            staff_voice=screen.voice == "staff",
            replaces=None if screen.keeps or letter.kind is Kind.PUSH else screen.replaces,
            protect=screen.about_case,
            ref=str(letter.id),
            language=language,
        )


async def enclosed(file: FileId, name: str, type: str, work: Work) -> Enclosure:
    """A kept file as it goes with a message."""
    return Enclosure(name, type, await work.files.read(file), file)
