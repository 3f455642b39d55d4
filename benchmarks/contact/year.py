"""The days of the town: the service's own ticks, members who call, relatives who answer, read, block or wish for
silence, messengers that fail, centers whose hours change, and processes that are killed."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Any, Final

from sqlalchemy import select, text

from benchmarks.contact.messenger import Killed
from benchmarks.contact.town import BEGINS, Member, Relative, Town
from benchmarks.contact.watching import Watch
from benchmarks.contact.writing import Writing
from bot.ticks import Ticks, follow, keep_in_contact, look_after_correspondence
from casework.actor import Actor, Channel
from casework.cases.calling import RecordCall, Whom
from casework.cases.records import Reached
from casework.checks.noting import MOST_CASES, NoteCheck
from casework.checks.telling import ReadNoNews, tell_in_time
from casework.checks.values import CheckAnswer
from casework.contact import keep
from casework.contact.promise import TALKS_A_DAY
from casework.contact.promising import SetPromise
from casework.contact.record import ContactWish
from casework.contact.wishes import WishContact
from casework.ids import CallId, CaseId, CenterId, PersonId
from casework.kinship import KinshipState
from casework.refusal import Refusal
from casework.rulebook import carry_out
from casework.updates.reading import ReadUpdate
from casework.updates.values import Level, Manner, Office, Source, Statement, signature
from casework.updates.writing import Approve
from casework.work import Unavailable
from storage.calls import calls
from storage.checks import no_news
from storage.updates import readings

OPENS, CLOSES, EVENING = time(10), time(17), time(20)
SESSIONS: Final = 3
"""So often a day members call and look at what families wrote, at whatever minutes of their working day; a tick before
each, and one in the evening. The service ticks more often; a tick that comes less often plans later."""

AGAIN: Final = timedelta(hours=3)
GIVEN_TIME: Final = timedelta(days=7)
"""When a member calls again whom nobody has reached three times."""

ASKED_LATELY: Final = timedelta(days=25)
SOON: Final = timedelta(days=9)
"""Whoever is due by then is on the list that a body is asked."""

GIVEN_UP: Final = timedelta(days=30)
"""What is older nobody opens."""

TEXT: Final = "Ім’я внесено до реєстру Національного інформаційного бюро. Наступний крок: ми зателефонуємо вам."


@dataclass
class Year:
    """One town through its days. `watch` looks at what the program does, after each tick and each delivery."""

    town: Town
    days: int
    watch: Watch
    progress: Callable[[str], None]
    kills: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.writing = Writing(self.town, self._insist)

    async def pass_by(self) -> None:
        ticks = Ticks(self.town.database, self.town.clock, 30)
        for number in range(self.days):
            day = BEGINS + timedelta(days=number)
            await self._befalls(number, day)
            self.writing.begin(day)
            for clock in self._moments():
                await self.writing.write(clock)
                self.town.go_to(day, clock)
                await self._tick(ticks, number)
                await self._call(day)
                await self._deliver(number)
            await self.writing.write(EVENING)
            self.town.go_to(day, EVENING)
            await self._wish()
            await self._check(day)
            await self._release(day)
            await self._deliver(number)
            await self._read()
            await self._tick(ticks, number)
            await self.watch.evening()
            await self.writing.write()
            if number % 20 == 19:
                self.progress(f"day {number + 1}: {dict(self.town.seen)}, silent {self.watch.silent[-1]}")
        await self._drain()
        self.watch.hours = await self.writing.hours()

    def _moments(self) -> list[time]:
        """When members look today."""
        drawn = self.town.chance.sample(range(OPENS.hour * 60, CLOSES.hour * 60), SESSIONS)
        return [time(*divmod(minute, 60)) for minute in sorted(drawn)]

    # what befalls them

    async def _befalls(self, number: int, day: date) -> None:
        """By the number of the day: a messenger is down, illness, other hours, another promise, a head who is gone."""
        chance, town = self.town.chance, self.town
        town.messenger.down = set()
        if number % 23 in (7, 8):
            town.messenger.down = {Channel.TELEGRAM if number % 46 < 23 else Channel.VIBER}
        for center, members in town.members.items():
            wave = number % 90 in range(40, 46) and center == list(town.members)[number // 90 % 4]
            for member in members:
                if member.ill_until <= day and chance.random() < (0.25 if wave else 0.01):
                    member.ill_until = day + timedelta(days=chance.randrange(2, 9))
        if number % 20 == 5:
            await self._hours(number)
        if number == self.days // 2:
            await self._promise_anew()
        if number == self.days * 2 // 3:
            head = town.heads[list(town.heads)[1]]
            async with town.work() as work:
                await work.staff.deactivate(head.id)
                await work.commit()
        for relative in chance.sample(list(town.relatives.values()), max(len(town.relatives) // 4000, 1)):
            relative.blocked = True
            town.messenger.blocked.add(relative.address)
        await self._rights()

    async def _hours(self, number: int) -> None:
        """A center closes one more day a week, opens late, or has no hours at all, until it is another one's turn."""
        town = self.town
        id = list(town.centers)[number // 20 % len(town.centers)]
        usual = town.centers[id]
        changed = (
            replace(usual, weekdays=(0, 1, 2, 3)),
            replace(usual, opens=time(11), closes=time(15)),
            replace(usual, weekdays=()),
        )[number // 20 % 3]
        async with town.work() as work:
            for center in town.centers.values():
                await work.centers.keep(changed if center.id == id else center)
            await work.commit()

    async def _promise_anew(self) -> None:
        """One center promises a little less, and its limit grows."""
        town = self.town
        id, head = next(iter(town.heads.items()))
        now = town.promises[id]
        less = SetPromise(id, now.written + 3, now.voice, now.sooner, now.limit)
        await town.does(less, town.acting(head))
        await town.read_promises()

    async def _rights(self) -> None:
        """A kinship is revoked, a search ends."""
        town = self.town
        some = town.chance.sample(list(town.relatives.values()), max(len(town.relatives) // 8000, 1))
        async with town.work() as work:
            for relative in some:
                by = town.heads[relative.center].id
                if town.chance.random() < 0.5 and relative.entitled:
                    await work.kinships.decide(relative.report, KinshipState.VERIFIED, KinshipState.REVOKED, by)
                    relative.entitled = relative.promised = False
                elif town.chance.random() < 0.3:
                    await work.endings.end(relative.case, by)
                    for one in town.by_case[relative.case]:
                        one.promised = False
            await work.commit()

    # what the program and its processes do

    async def _tick(self, ticks: Ticks, number: int) -> None:
        """As the service does it; now and then the process dies before its commit, and another one comes."""
        before = self.town.at
        if self.town.chance.random() < 0.05:
            async with self.town.work() as work:
                for center in self.town.centers:
                    await keep(center, work, tell_in_time)
            self.kills["tick"] += 1
        for tick in (keep_in_contact, follow, look_after_correspondence):
            await ticks._run(tick)
        await self.watch.after_tick(before)

    async def _deliver(self, number: int) -> None:
        """Couriers take what is due; now and then one dies when the platform has taken a message."""
        town = self.town
        if town.chance.random() < 0.05:
            town.messenger.dies_after = town.chance.randrange(5)
        for channel in (Channel.TELEGRAM, Channel.VIBER):
            try:
                await self._all_of(channel)
            except Killed:
                self.kills["courier"] += 1
                town.messenger.dies_after = None
                town.messenger.on_its_way.clear()
                town.new_courier(channel)
                await town.couriers[channel].take_over()
                await self._all_of(channel)
        town.messenger.dies_after = None
        town.messenger.on_its_way.clear()
        await self.watch.after_delivery()

    async def _all_of(self, channel: Channel) -> None:
        delivering = asyncio.ensure_future(self._drained(channel))
        try:
            await delivering
        except Killed:
            others = [task for task in asyncio.all_tasks() if task.get_name().startswith("Task") and _serves(task)]
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            raise

    async def _drained(self, channel: Channel) -> None:
        while await self.town.couriers[channel].deliver_due():
            pass

    async def _drain(self) -> None:
        """The messengers are up, and all that waits has days to go."""
        self.town.messenger.down = set()
        for _ in range(16):
            self.town.at += timedelta(hours=6)
            await self._deliver(-1)
        await self.watch.at_the_end()

    async def _insist(self, command: Any, actor: Actor) -> bool:
        """As people do: again, until it is taken. Now and then the database ends the connection in the middle."""
        kills = self.town.chance.random() < 0.01
        try:
            async with self.town.work() as work:
                await carry_out(command, actor, work)
                if kills:
                    own = await work.connection.scalar(text("SELECT pg_backend_pid()"))
                    async with self.town.database.engine.connect() as other:
                        await other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": own})
                    self.kills["connection"] += 1
                await work.commit()
        except Unavailable:
            return await self._insist(command, actor)
        except Refusal:
            return False
        return True

    # what members do

    async def _call(self, day: date) -> None:
        for id, members in self.town.members.items():
            async with self.town.work() as work:
                center = await work.centers.get(id)
            if not center.works_on(day) or not center.open_at(self.town.at):
                continue
            there = [member for member in members if member.ill_until <= day]
            await self.writing.answer(id, there, day)
            room = len(there) * TALKS_A_DAY / SESSIONS
            for task, relative in await self._waiting(id, int(room * 3)):
                if room <= 0:
                    break
                room -= await self._rings(task, relative, self.town.chance.choice(there))

    async def _waiting(self, center: CenterId, most: int) -> list[tuple[CallId, Relative]]:
        """The queue of a center, as it is sorted; whom nobody reached a moment ago they leave for later."""
        query = select(calls.c.id, calls.c.person_id).where(calls.c.center == center, calls.c.done_at.is_(None))
        async with self.town.database.engine.connect() as connection:
            rows = (await connection.execute(query.order_by(calls.c.due_at, calls.c.id).limit(most))).all()
        found = [(CallId(row.id), self.town.relatives[PersonId(row.person_id)]) for row in rows]
        now = self.town.at
        return [(task, one) for task, one in found if one.tried_at is None or one.tried_at <= now - AGAIN]

    async def _rings(self, task: CallId, relative: Relative, member: Member) -> float:
        """How much of a talk it took."""
        answered = self.town.chance.random() < relative.answers
        again = None
        if not answered:
            relative.tries += 1
            again = self.town.at + GIVEN_TIME if relative.tries >= 3 else None
        how = Reached.REACHED if answered else Reached.NO_ANSWER
        command = RecordCall(Whom(number=relative.number), how, again_at=again)
        relative.tried_at = self.town.at
        if not await self._insist(command, self.town.acting(member.staff)):
            self.town.seen["refused"] += 1
            return 0.1
        if answered:
            relative.any = relative.spoken = self.town.at
            relative.tries = 0
            self.town.seen["talks"] += 1
            return 1
        self.town.seen["missed"] += 1
        return 0.15

    async def _release(self, day: date) -> None:
        """Updates of a few cases, under two signatures."""
        town = self.town
        if day.weekday() > 4:
            return
        for case in town.chance.sample(list(town.by_case), max(len(town.by_case) // 800, 1)):
            center = town.by_case[case][0].center
            source = Source(Office.NIB, Manner.DOCUMENT, day)
            statement = Statement(Level.NIB, source, TEXT)
            async with town.work() as work:
                recipients = await work.kinships.verified(case)
                seen = signature(case, statement, recipients)
                author = town.members[center][0].staff
                update = await work.updates.add(case, author.id, statement, seen)
                await work.commit()
            if recipients and await self._insist(Approve(update, seen), town.acting(town.heads[center])):
                town.seen["updates"] += 1
                for person in recipients:
                    town.relatives[person].word_at = town.at

    async def _check(self, day: date) -> None:
        """A member asks a body about the cases of which somebody is due within days, and notes the answer."""
        town = self.town
        if day.weekday() > 4:
            return
        for center, members in town.members.items():
            due = [case for case, both in town.by_case.items() if both[0].center == center and self._is_due(case, both)]
            numbers = tuple(town.by_case[case][0].number for case in due[:MOST_CASES])
            if not numbers:
                continue
            command = NoteCheck(numbers, Office.NIB, day, CheckAnswer.NOTHING_NEW, day + timedelta(days=30))
            if await self._insist(command, town.acting(members[0].staff)):
                town.seen["checked"] += len(numbers)
                for case in due[:MOST_CASES]:
                    town.checked.setdefault(case, []).append(town.at)
            if town.chance.random() < 0.05:  # a second later only a human speaks of one of them
                await self._by_voice(due[0])

    async def _by_voice(self, case: CaseId) -> None:
        town = self.town
        first = town.by_case[case][0]
        async with town.work() as work:
            await work.voices.begin(first.report, town.heads[first.center].id)
            await work.commit()
        town.by_voice.add(case)

    def _is_due(self, case: CaseId, both: Sequence[Relative]) -> bool:
        town = self.town
        checked = town.checked.get(case)
        if case in town.by_voice or (checked and checked[-1] > town.at - ASKED_LATELY):
            return False
        promise, soon = town.promises[both[0].center], town.at + SOON
        return any(one.entitled and one.promised and one.expected(promise).at <= soon for one in both)

    # what relatives do

    async def _read(self) -> None:
        """Those who were told that there is something to read, open it, some today, some later."""
        town = self.town
        unread = select(readings.c.update_id, readings.c.person_id).where(readings.c.opened_at.is_(None))
        async with town.database.engine.connect() as connection:
            rows = (await connection.execute(unread)).all()
        for row in rows:
            relative = town.relatives[PersonId(row.person_id)]
            if relative.blocked or not relative.entitled or town.chance.random() > relative.reads / 3:
                continue
            actor = Actor(relative.person, "uk", relative.channel)
            if await self._insist(ReadUpdate(row.update_id), actor) and relative.case not in town.by_voice:
                relative.any = relative.opened_at = town.at
                town.seen["read"] += 1
        await self._read_words()
        await self.writing.read()

    async def _read_words(self) -> None:
        """Words that nothing is new are opened, too."""
        town = self.town
        words = select(no_news.c.id, no_news.c.person_id).where(no_news.c.opened_at.is_(None))
        async with town.database.engine.connect() as connection:
            rows = (await connection.execute(words.where(no_news.c.sent_at > town.at - GIVEN_UP))).all()
        for row in rows:
            relative = town.relatives[PersonId(row.person_id)]
            if relative.blocked or town.chance.random() > relative.reads / 2:
                continue
            if await self._insist(ReadNoNews(row.id), Actor(relative.person, "uk", relative.channel)):
                async with town.work() as work:
                    word = await work.checks.get(row.id)
                if word is not None and word.opened_at is not None:
                    relative.any = relative.opened_at = town.at
                    town.seen["words read"] += 1

    async def _wish(self) -> None:
        """A few ask for silence, a few for a voice more often, a few take it back."""
        town = self.town
        some: Sequence[Relative] = town.chance.sample(
            list(town.relatives.values()), max(len(town.relatives) // 4000, 1)
        )
        for relative in some:
            wish = town.chance.choice((ContactWish.SILENCE, ContactWish.SOONER, ContactWish.USUAL))
            actor = Actor(relative.person, "uk", relative.channel)
            if not await self._insist(WishContact(relative.number, wish), actor):
                continue
            async with town.work() as work:
                now = await work.contacts.wish(relative.report)
            relative.quiet, relative.sooner = now is ContactWish.SILENCE, now is ContactWish.SOONER


def _serves(task: asyncio.Task[Any]) -> bool:
    return "_serve" in getattr(task.get_coro(), "__qualname__", "")
