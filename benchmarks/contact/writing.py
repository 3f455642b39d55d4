"""Families of the town write to their center, and members answer: one after the other as they wait, each member what is
theirs or nobody's, and what is late or of a colleague who is ill."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from benchmarks.contact.town import Member, Relative, Town
from casework.actor import Actor
from casework.centers import KYIV
from casework.correspondence import working_time
from casework.correspondence.answering import AnswerFamily, OpenCorrespondence
from casework.correspondence.writing import ReadAnswer, WriteToCenter
from casework.ids import CenterId, CorrespondenceId
from casework.rulebook import answer

OWN_WORDS: Final = "Чи можна передати листа, і коли ви подзвоните?"
ANSWER: Final = "Добрий день. Листа прийме координатор у центрі щодня до 17:00."
AT_ONCE: Final = 4
"""Answers that a member writes beside the calls in a third of a working day."""

MOST_A_DAY: Final = 60
"""Families that write on a day: 24,000 answers in a year tell a tenth of them as well as 80,000 do, which took a third
of a full run."""

PUT_OFF: Final = 0.15
"""The share of what a member sees and answers the next time only."""

Insist = Callable[[Any, Actor], Awaitable[bool]]


@dataclass
class Writing:
    """`ahead` are the moments of a day at which somebody writes; `since` is when each relative wrote the first words
    that nobody has answered; `waited` the working time of each first human answer, `unread` what is answered and not
    opened."""

    town: Town
    insist: Insist
    since: dict[CorrespondenceId, tuple[Relative, datetime]] = field(default_factory=dict)
    ahead: list[datetime] = field(default_factory=list)
    waited: list[timedelta] = field(default_factory=list)
    unread: dict[CorrespondenceId, Relative] = field(default_factory=dict)

    def begin(self, day: date) -> None:
        """One of a hundred relatives writes on a day, up to `MOST_A_DAY`, each at whatever minute of it, and of its
        night."""
        chance = self.town.chance
        many = min(max(len(self.town.relatives) // 100, 4), MOST_A_DAY)
        drawn = [chance.randrange(24 * 60) for _ in range(many)]
        self.ahead = [datetime.combine(day, time(*divmod(minute, 60)), KYIV) for minute in sorted(drawn)]

    async def write(self, until: time = time.max) -> None:
        """Whoever writes until then, each at their minute."""
        town, everybody = self.town, list(self.town.relatives.values())
        while self.ahead and self.ahead[0].time() <= until:
            at = self.ahead.pop(0)
            town.go_to(at.date(), at.time())
            relative = town.chance.choice(everybody)
            if relative.blocked or not await self.insist(WriteToCenter((OWN_WORDS,)), _acting(relative)):
                continue
            async with town.work() as work:
                found = await work.correspondences.of(relative.person)
            if found is not None:
                self.since.setdefault(found.id, (relative, town.at))

    async def answer(self, center: CenterId, there: list[Member], day: date) -> None:
        """Members of one center answer what waits there, the oldest first."""
        town = self.town
        async with town.work() as work:
            waiting = await work.correspondences.waiting(center)
        ill = {member.staff.id for member in town.members[center] if member.ill_until > day}
        room = len(there) * AT_ONCE
        for one in waiting:
            if room <= 0:
                break
            mine = [member for member in there if one.holder == member.staff.id]
            free = one.holder is None or one.holder in ill or one.late(town.at)
            able = mine or ([member for member in there if member.staff.id not in one.kept_from] if free else [])
            if able and town.chance.random() > PUT_OFF:
                room -= 1
                await self._answer(one.id, town.chance.choice(able))

    async def _answer(self, id: CorrespondenceId, member: Member) -> None:
        town, actor = self.town, self.town.acting(member.staff)
        async with town.work() as work:
            seen = (await answer(OpenCorrespondence(id), actor, work)).seen
            await work.commit()
        if await self.insist(AnswerFamily(id, (ANSWER,), seen), actor) and id in self.since:
            relative, since = self.since.pop(id)
            async with town.work() as work:
                center = await work.centers.get(relative.center)
            self.waited.append(working_time(center, since, town.at))
            self.unread[id] = relative

    async def read(self) -> None:
        """They open what was answered, some today, some later."""
        town = self.town
        for id, relative in list(self.unread.items()):
            if relative.blocked or town.chance.random() > relative.reads:
                continue
            if await self.insist(ReadAnswer(id), _acting(relative)):
                relative.any = relative.opened_at = town.at
                del self.unread[id]

    async def hours(self) -> list[float]:
        """What each has waited, and waits now, in working hours, in order."""
        async with self.town.work() as work:
            waits = [
                working_time(await work.centers.get(relative.center), since, self.town.at)
                for relative, since in self.since.values()
            ]
        return sorted(one / timedelta(hours=1) for one in [*self.waited, *waits])


def _acting(relative: Relative) -> Actor:
    return Actor(relative.person, "uk", relative.channel)
