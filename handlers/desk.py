"""The front desk: the one path that every message in takes, on every channel.

One transaction: note the message (a repeat ends here), lock the person's row, fetch facts, play the script, carry out a
command, write letters to the outbox, commit. All of it happens, or nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

import structlog

from casework import calls
from casework.actor import Actor, Channel
from casework.calls import Reason
from casework.files import LARGEST_FILE, exceeded, is_recording, may_be_kept, name_of
from casework.ids import FileId, PersonId
from casework.letters import Letter, LetterKind, Say, Screen
from casework.people import CONSENT
from casework.thread import ThreadMessage
from casework.work import Unavailable, Work
from dialogs.conversation import Scripts
from dialogs.early import QuestionInFlight
from dialogs.incoming import beside_names
from dialogs.needs import Begun, Guest
from dialogs.panic import is_panic
from dialogs.questions import DONE
from dialogs.said import Location, NotedFiles, Said, SharedPhone, Text, Unkept
from dialogs.turn import Turn
from dialogs.words import Words, language_for
from handlers.deferring import read_again, written_down
from handlers.desk_work import DeskWork
from handlers.incoming import Blocked, ButtonPress, Incoming, Opened, Receipt, Sent, SentFile, Unblocked, written
from handlers.rate_limits import Limits, Rate, RateLimiter
from handlers.visit import drive

log = structlog.get_logger()


MARKED_WITHIN = (0.01, 0.02, 0.04, *[0.1] * 19)
"""Seconds between looks whether a courier has marked a letter that the platform has just taken: it does so at once, or
within two seconds."""

T = TypeVar("T")


class Replayed(StrEnum):
    """What became of a message of the quarantine that was to be heard again."""

    HEARD = "heard"
    PASSED = "passed"  # its writer has gone on to another question: a human has its words, in the call task
    ELSEWHERE = "elsewhere"  # its chat is nobody's or somebody else's by now
    NOT = "not"  # it is not there, cannot be heard again, or has been


@dataclass(frozen=True)
class Desk:
    """Receives every message. `begin` opens a unit of work at a moment; `clock` gives it, aware and in UTC."""

    begin: Callable[[datetime], DeskWork]
    words: Words
    scripts: Scripts
    clock: Callable[[], datetime]
    limits: Limits = field(default_factory=Limits)

    @cached_property
    def _haste(self) -> RateLimiter:
        """Messages of one chat; the page has a turnstile of its own, which answers in HTTP."""
        return RateLimiter(self.limits.messages, self.clock)

    @cached_property
    def _chided(self) -> RateLimiter:
        """Chats that were asked to slow down: once a minute, or each of a flood would be answered."""
        return RateLimiter(Rate(1, timedelta(minutes=1)), self.clock)

    async def receive(self, incoming: Incoming) -> Receipt:
        """Take one message in. Returns after the commit; raises `Unavailable` if the database is away.

        A message that cannot be handled is a bug of ours: it is kept, sealed, and answered kindly, so that this
        person's next one is not held up.
        """
        try:
            return await self._receive(incoming)
        except Unavailable:
            raise
        except Exception as error:
            log.error("message could not be handled", channel=incoming.channel, **where(error))
            return await self._apologise(incoming, type(error).__name__)

    async def _receive(self, incoming: Incoming) -> Receipt:
        return await self._once_marked(lambda patient: self._take(incoming, patient))

    async def _once_marked(self, attempt: Callable[[bool], Awaitable[T]]) -> T:
        """A quick answer can come between the platform's taking the question and our marking that. Then the turn is
        undone and waits without holding anything, and is taken once more; the second does not wait."""
        try:
            return await attempt(True)
        except QuestionInFlight as leaving:
            for seconds in MARKED_WITHIN:
                await asyncio.sleep(seconds)
                async with self.begin(self.clock()) as work:
                    if not (await work.outbox.delivery_status(leaving.letter)).leaving:
                        break
        return await attempt(False)

    async def _take(self, incoming: Incoming, patient: bool) -> Receipt:
        async with self.begin(self.clock()) as work:
            begun = await work.begin_turn(incoming, language_for(incoming.language))
            if begun is None:
                return Receipt(repeat=True)
            guest = begun.guest
            if isinstance(incoming.content, Blocked | Unblocked):
                if isinstance(incoming.content, Unblocked):
                    await work.people.unblocked(guest.address)
                else:
                    await work.people.blocked(guest.address, incoming.at + incoming.grain)
                await work.commit()
                return Receipt()
            if is_panic(written(incoming.content), self.words):
                return await self._forget(guest, incoming.channel, work)
            # What is taken once more was counted when it came. A repeat is not counted: it is the platform's haste.
            if (patient and self._is_hasty(incoming)) or guest.deferred:
                return await self._defer(guest, incoming, work)
            return await self._hear(begun, incoming, work, patient)

    def _is_hasty(self, incoming: Incoming) -> bool:
        """Count one more message of its chat: is it too many?"""
        chat = incoming.channel, incoming.address
        return incoming.channel is not Channel.WEB and self._haste.wait(chat) is not None

    async def _hear(
        self, begun: Begun, incoming: Incoming, work: DeskWork, patient: bool, *, again: bool = False
    ) -> Receipt:
        """Take a message whose turn it is, and commit. `again`: it stands in the thread and was
        answered as not read."""
        greeting: tuple[Say, ...] = (Say("desk-heard-after-all"),) if again else ()
        if begun.guest.lapsed:
            incoming = replace(incoming, content=Opened())  # said to somebody whom we do not know
            begun = await work.gather(await self._door(begun.guest, incoming, work), incoming)
            greeting = (Say("door-silent"),)
        guest = begun.guest
        actor = Actor(guest.person.id, guest.person.language, incoming.channel, begun.staff, guest.address)
        agreed = begun.staff is not None or guest.person.consent == CONSENT
        said = said_in(incoming)
        if isinstance(incoming.content, Sent):
            said = await take_in(incoming.content, incoming.channel, actor.person, self.limits, work, agreed=agreed)
        number = None if again else await self._echo(incoming, guest, said, work, member=begun.staff is not None)
        turn = Turn(self.words, self.scripts, begun, actor, incoming, greeting=greeting, patient=patient)
        ended = await drive(turn.hear(said), actor.person, work)
        for name in ended.unknown:
            log.error("a stored name is unknown; add it to dialogs/retired.py", name=name)
        await work.end_turn(begun, ended)
        await work.commit()
        return Receipt(number=number)

    async def _defer(self, guest: Guest, incoming: Incoming, work: DeskWork) -> Receipt:
        """Too many messages within a minute: this one waits, and whatever the chat sends after it."""
        await work.deferred.add(guest.person.id, guest.address, incoming.channel, written_down(incoming))
        if self._chided.wait((incoming.channel, incoming.address)) is None:
            letter = Letter(guest.person.id, Screen((Say("desk-too-many"),), keeps=True), LetterKind.REPLY)
            await work.outbox.add(letter, (guest.address, incoming.channel))
        await work.commit()
        return Receipt()

    async def catch_up(self) -> int:
        """Hear what was put off, each chat in its order and at the pace that is allowed; how many chats still wait."""
        async with self.begin(self.clock()) as work:
            waiting = await work.deferred.next_messages()
        for id, raw in waiting:
            if raw is None:
                await self._lose(id)
                continue
            incoming = read_again(raw)
            if self._haste.wait((incoming.channel, incoming.address)) is None:
                await self._hear_deferred(id, incoming)
        return len(waiting)

    async def _lose(self, id: int) -> None:
        """One does not open: its writer is asked to write it again, and a human calls."""
        async with self.begin(self.clock()) as work:
            found = await work.deferred.lose(id)
            if found is None:
                return
            person, address, channel = found
            await calls.plan(Reason.UNREADABLE, person, work)
            letter = Letter(person, Screen((Say("unreadable-message"),), keeps=True), LetterKind.REPLY)
            await work.outbox.add(letter, (address, channel))
            await work.commit()

    async def _hear_deferred(self, id: int, incoming: Incoming) -> None:
        """As when it had just come; what cannot be handled goes to quarantine, and holds up nothing behind it."""
        try:
            await self._once_marked(lambda patient: self._take_deferred(id, incoming, patient))
        except Unavailable:
            raise
        except Exception as error:
            log.error("deferred message could not be handled", channel=incoming.channel, **where(error))
            async with self.begin(self.clock()) as work:
                if await work.deferred.take(id):
                    language = language_for(incoming.language)
                    guest = await work.people.enter(incoming.channel, incoming.address, language)
                    await self._set_aside(guest, incoming, type(error).__name__, work)

    async def _take_deferred(self, id: int, incoming: Incoming, patient: bool) -> None:
        async with self.begin(self.clock()) as work:
            language = language_for(incoming.language)
            guest = await work.people.enter(incoming.channel, incoming.address, language)
            if await work.deferred.take(id):
                await self._hear(await work.gather(guest, incoming), incoming, work, patient)

    async def replay(self, id: int) -> Replayed:
        """Hear a message of the quarantine again, after a release that mends what stopped it: at most once, and only if
        its question is asked still. Whatever stops it again is raised, and undone."""
        return await self._once_marked(lambda patient: self._replay(id, patient))

    async def _replay(self, id: int, patient: bool) -> Replayed:
        async with self.begin(self.clock()) as work:
            kept = await work.quarantine.replayable(id)
            if kept is None:
                return Replayed.NOT
            incoming = read_again(kept.raw)
            guest = await work.people.enter(incoming.channel, incoming.address, language_for(incoming.language))
            if guest.person.id != kept.person or guest.lapsed:
                return Replayed.ELSEWHERE
            if not await work.quarantine.replayed(id):
                return Replayed.NOT
            await work.audit.from_shell("quarantine-replayed", person=kept.person)
            begun = await work.gather(guest, incoming)
            if self._asked(kept.asked, kept.script) != self._asked(guest.talk.asked, guest.talk.active.script):
                await work.commit()
                return Replayed.PASSED
            await self._hear(begun, incoming, work, patient, again=True)
            return Replayed.HEARD

    def _asked(self, question: str | None, script: str | None) -> tuple[str | None, str | None]:
        """Script and question as they are called today."""
        today = self.scripts.retired.command(script) if script else None
        return today, self.scripts.retired.question(question, today or "") if question else None

    async def _forget(self, guest: Guest, channel: Channel, work: DeskWork) -> Receipt:
        """The panic word: at once, whatever was asked, and without an answer. What stands in the chat is taken back."""
        await work.people.leave(guest.address)
        await work.deferred.forget(guest.address)
        await work.retract(guest.person.id, guest.address, channel)
        await work.commit()
        return Receipt()

    async def _door(self, guest: Guest, incoming: Incoming, work: DeskWork) -> Guest:
        """After long silence an account or a number may be somebody else's: whoever writes from it is a stranger until
        they show that it is they. Where it was the family's last way, staff call."""
        await work.people.leave(guest.address)
        person = guest.person.id
        if await work.people.reachable(person) is None and await work.staff.member_of(person) is None:
            await calls.plan(Reason.SILENT, person, work)
        return await work.people.enter(incoming.channel, incoming.address, language_for(incoming.language))

    async def _apologise(self, incoming: Incoming, why: str) -> Receipt:
        async with self.begin(self.clock()) as work:
            begun = await work.begin_turn(incoming, language_for(incoming.language))
            if begun is None:
                return Receipt(repeat=True)
            return await self._set_aside(begun.guest, incoming, why, work)

    async def _set_aside(self, guest: Guest, incoming: Incoming, why: str, work: DeskWork) -> Receipt:
        person = guest.person.id
        raw, replayable = _kept(incoming)
        talk = guest.talk
        script, asked = talk.active.script, talk.asked
        await work.quarantine.add(
            incoming.channel, raw, why, person=person, script=script, asked=asked, replayable=replayable
        )
        written = await self._words_of(incoming, guest, work)
        await calls.plan(Reason.UNREADABLE, person, work, note=written)
        member = await work.staff.is_or_was_member(person)
        number = await self._echo(incoming, guest, None, work, member=member)
        letter = Letter(guest.person.id, Screen((Say("desk-not-handled"),), keeps=True), LetterKind.REPLY)
        await work.outbox.add(letter, (guest.address, incoming.channel))
        await work.commit()
        return Receipt(number=number, quarantined=True)

    async def _echo(
        self, incoming: Incoming, guest: Guest, said: Said | None, work: DeskWork, *, member: bool
    ) -> int | None:
        """On the page, what the person said stands in their thread too; of what a member of staff typed, what names
        nobody. Opening the page says nothing."""
        if incoming.channel is not Channel.WEB or isinstance(incoming.content, Opened):
            return None
        words = await self._words_of(incoming, guest, work)
        shown = ThreadMessage("you", beside_names(words) if member and _typed(incoming) else words)
        if isinstance(said, NotedFiles) and isinstance(incoming.content, Sent):
            sent = [file for file in incoming.content.files if unwanted(file) is None]
            sent.sort(key=lambda file: is_recording(file.type))  # as they are numbered; more than may be kept are none
            ids = (*said.files, *said.recordings)
            named = (str(at) if member else file.name for at, file in enumerate(sent, 1))
            names = [(name_of(file.type, name), file.type) for file, name in zip(sent, named, strict=True)]
            shown = replace(shown, files=tuple((id, *name) for id, name in zip(ids, names, strict=False)))
        number = await work.threads.add(guest.person.id, shown)
        await work.arrivals.numbered(incoming.channel, incoming.message, number)
        return number

    async def _words_of(self, incoming: Incoming, guest: Guest, work: DeskWork) -> str:
        match incoming.content:
            case Text(text) | Sent(caption=text):
                return text
            case ButtonPress(id, ticked=ticked) if ticked and id.endswith(f".{DONE}"):
                return "; ".join([await work.threads.label_of(guest.person.id, one) for one in ticked])
            case ButtonPress(id):
                return await work.threads.label_of(guest.person.id, id)
            case SharedPhone(phone):
                return phone
            case Location():
                return self.words.say(guest.person.language, Say("common.location"))
            case _:
                return ""

    async def returned(self, channel: Channel, receipt: str) -> None:
        """A platform could not deliver what it had taken: it is told another way, or a human calls.

        That may come before we have marked the letter as sent. What is no letter's receipt (a welcome's) is passed
        over."""
        for seconds in MARKED_WITHIN:
            async with self.begin(self.clock()) as work:
                letter = await work.outbox.sent_as(channel, receipt)
                if letter is not None:
                    await work.outbox.returned(letter)
                    await work.commit()
                    return
            await asyncio.sleep(seconds)

    async def quarantine(self, channel: Channel, message: str, address: str | None, raw: str) -> Receipt:
        """What no library could parse: kept, sealed, and answered if we can tell whom."""
        async with self.begin(self.clock()) as work:
            if not await work.arrivals.is_new(channel, message):
                return Receipt(repeat=True)
            guest = None if address is None else await work.people.enter(channel, address, "uk")
            person = guest.person.id if guest else None
            await work.quarantine.add(channel, raw, "unparsable", person=person, script=None)
            if guest is not None:
                letter = Letter(guest.person.id, Screen((Say("desk-not-read"),), keeps=True), LetterKind.REPLY)
                await work.outbox.add(letter, (guest.address, channel))
            await work.commit()
            return Receipt(quarantined=True)


def _kept(incoming: Incoming) -> tuple[str, bool]:
    """A message for the quarantine, and whether it can be heard again: what cannot be written down is only described.
    Whether somebody has blocked us is true of its moment alone."""
    try:
        return written_down(incoming), True
    except Exception as error:
        log.warning("message cannot be written down", channel=incoming.channel, **where(error))
        return repr(incoming), False


def said_in(incoming: Incoming) -> Said | None:
    """What was said, for the script; None for what is not said to a question, or is still to be kept: files."""
    match incoming.content:
        case Text(text):
            return Text(text, incoming.at)
        case content if isinstance(content, Said):
            return content
        case _:
            return None


async def take_in(
    sent: Sent, channel: Channel, person: PersonId, limits: Limits, work: Work, *, agreed: bool
) -> NotedFiles:
    """Files are noted, or kept where their bytes are here already, once the person has agreed to that."""
    if not agreed:
        return NotedFiles((), sent.caption, (Unkept("", "file-before-consent"),))
    good = [file for file in sent.files if unwanted(file) is None]
    bad = (*sent.refused, *(Unkept(file.name, why) for file in sent.files if (why := unwanted(file))))
    over = await exceeded(limits.files, person, len(good), sum(file.size for file in good), work)
    if good and over is not None:
        return NotedFiles((), sent.caption, (*bad, Unkept("", f"unclear-{over}")))
    kept: list[FileId] = []
    recorded: list[FileId] = []
    for file in good:
        if file.content is not None:
            id = await work.files.add(person, type=file.type, content=file.content, name=file.name)
        else:
            id = await work.files.note(person, channel=channel, type=file.type, source=file.source, name=file.name)
        (recorded if is_recording(file.type) else kept).append(id)
    return NotedFiles(tuple(kept), sent.caption, bad, tuple(recorded))


def unwanted(file: SentFile) -> str | None:
    """Why a file is not taken, as far as that can be told before its bytes are here."""
    if not may_be_kept(file.type, file.name):
        return "file-kind"
    if file.size <= LARGEST_FILE:
        return None
    return "recording-too-large" if is_recording(file.type) else "file-too-large"


def _typed(incoming: Incoming) -> bool:
    return isinstance(incoming.content, Text | Sent | SharedPhone)


def where(error: BaseException) -> dict[str, str]:
    """An error for the log: its type and the lines it came through; never its text, which may hold a name."""
    lines, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        lines.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}:{code.co_name}")
        trace = trace.tb_next
    return {"error": type(error).__name__, "through": " > ".join(lines[-12:])}
