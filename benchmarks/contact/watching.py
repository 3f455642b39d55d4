"""What the program did, looked at from outside: by the rows of the database, the messages that were taken, and what
truly happened to each relative."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select

from benchmarks.contact.town import Relative, Town
from casework.calls import Reason
from casework.centers import KYIV
from casework.contact.promise import AHEAD
from casework.ids import PersonId
from casework.letters import Purpose
from casework.reaching import UNOPENED
from casework.rulebook import may_read
from storage.calls import calls
from storage.checks import no_news
from storage.outbox import LetterState, letters
from storage.reaching import reach_steps
from storage.registering import reports
from storage.schema import among

NUMBER: Final = re.compile(r"\b\d{4}-\d{4}\b")
WORD: Final = re.compile(r"\bЖ[а-ч]{5}енко")
INSTEAD: Final = frozenset({Reason.UNDELIVERED, Reason.VOICE, Reason.RELEASE})
"""Why a human calls instead of a letter."""

A_DAY: Final = timedelta(days=1)
SLACK: Final = timedelta(minutes=1)
"""Commands and ticks of one moment are milliseconds apart on the town's clock."""


@dataclass
class Watch:
    """Each of the fields is the matter of a row: `days` are the relatives to whom something was promised on an evening,
    and `silent` those of them who had heard nothing beyond it."""

    town: Town
    days: list[int] = field(default_factory=list)
    silent: list[int] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)
    tasks: int = 0
    early: list[str] = field(default_factory=list)
    messages: int = 0
    not_entitled: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)
    compared: int = 0
    hours: list[float] = field(default_factory=list)
    words: int = 0
    pretended: list[str] = field(default_factory=list)
    unopened: int = 0
    stuck: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    _sent: list[tuple[datetime, datetime, Relative]] = field(default_factory=list)
    written: int = 0
    _heard: int = 0
    _silenced: set[PersonId] = field(default_factory=set)
    _words: set[str] = field(default_factory=set)
    _ahead: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def worst(self) -> float:
        """The share of the silent on the worst evening."""
        return max((silent / many for silent, many in zip(self.silent, self.days, strict=True) if many), default=0.0)

    async def after_tick(self, before: datetime) -> None:
        """The calls that the tick has planned."""
        town = self.town
        planned = select(calls.c.person_id, calls.c.report_id, calls.c.center, calls.c.made_at).where(
            calls.c.reason == Reason.CONTACT, calls.c.made_at >= before
        )
        async with town.database.engine.connect() as connection:
            rows = (await connection.execute(planned)).all()
        for row in rows:
            self.tasks += 1
            relative = town.relatives[PersonId(row.person_id)]
            promise = town.promises[relative.center]
            due = relative.expected(promise).at
            if relative.report != row.report_id:
                self.other.append(f"call {row.report_id} of another relative's report")
            if due - row.made_at > AHEAD + SLACK or relative.quiet or not relative.promised:
                self.early.append(f"report {row.report_id}: planned {due - row.made_at} before")
            if due > row.made_at:
                day = f"{row.made_at.astimezone(KYIV):%F}"
                self._ahead[row.center, day] += 1
                if self._ahead[row.center, day] > promise.limit:
                    self.early.append(f"{row.center}, {day}: {self._ahead[row.center, day]} of {promise.limit}")

    async def evening(self) -> None:
        """Whom the day has left in silence, and whom of them nobody is asked to call."""
        town = self.town
        async with town.database.engine.connect() as connection:
            waiting = select(calls.c.person_id).where(calls.c.done_at.is_(None))
            called = {row.person_id for row in await connection.execute(waiting)}
        promised = [one for one in town.relatives.values() if one.promised and not one.quiet]
        self._silenced |= {one.person for one in town.relatives.values() if one.quiet}
        silent = [one for one in promised if one.expected(town.promises[one.center]).at < town.at]
        await self._look_for_stuck()
        self.days.append(len(promised))
        self.silent.append(len(silent))
        self.untold += [f"report {one.report} on {town.at:%F}" for one in silent if one.person not in called]
        if len(self.days) % 5 == 0:
            await self._compare()

    async def _compare(self) -> None:
        """The dates that are kept are those that follow from what happened to this relative alone."""
        known = select(reports.c.id, reports.c.person_id, reports.c.contact_due_at)
        async with self.town.database.engine.connect() as connection:
            rows = (await connection.execute(known.where(reports.c.contact_look_at.is_not(None)))).all()
        for row in rows:
            relative = self.town.relatives[PersonId(row.person_id)]
            due = relative.expected(self.town.promises[relative.center]).at
            if not relative.promised or relative.quiet:
                continue
            self.compared += 1
            if row.contact_due_at is None or abs(row.contact_due_at - due) > SLACK:
                self.other.append(f"report {row.id}: due {row.contact_due_at}, by what happened to it {due}")

    async def after_delivery(self) -> None:
        """The messages that were taken since."""
        town, heard = self.town, self.town.messenger.heard
        new = heard[self._heard :]
        self._heard = len(heard)
        if not new:
            return
        async with town.database.engine.connect() as connection:
            about = select(letters.c.id, letters.c.person_id, letters.c.reads)
            rows = await connection.execute(about.where(letters.c.id.in_({one.letter for one in new})))
            of = {row.id: row for row in rows}
        for message in new:
            self.messages += 1
            letter, relative = of[message.letter], town.by_address[message.address]
            kind = (letter.reads or "").partition(":")[0]
            search = kind in ("update", "no-news")
            if kind == "no-news" and letter.reads not in self._words:
                self._words.add(letter.reads)
                await self._look_at_word(int(letter.reads.partition(":")[2]), relative)
            if search and town.messenger.times[message.letter] == 1:
                self._sent.append((town.at, relative.word_at or town.at, relative))
            if letter.person_id != relative.person or (search and not _is_entitled(relative, town)):
                self.not_entitled.append(f"letter {message.letter} that reads {letter.reads}")
            self._overhears(message.text, relative)

    async def _look_at_word(self, id: int, relative: Relative) -> None:
        """A word that nothing is new comes from a check between our last word and this one, and is of no case that only
        a human speaks of."""
        self.words += 1
        async with self.town.database.engine.connect() as connection:
            made = (await connection.execute(select(no_news.c.sent_at).where(no_news.c.id == id))).scalar_one()
        before = [at for at in (relative.word_at, relative.any) if at is not None and at < made]
        since, relative.word_at = max(before, default=relative.began), made
        if not any(since < at <= made for at in self.town.checked.get(relative.case, ())):
            self.pretended.append(f"report {relative.report}: nothing was asked from {since} to {made}")
        if relative.case in self.town.by_voice:
            self.pretended.append(f"report {relative.report}: of its case only a human speaks")

    async def _look_for_stuck(self) -> None:
        """What was sent a week ago and nobody opened: something was tried since, or a human is asked to call."""
        town, week = self.town, self.town.at - UNOPENED - A_DAY
        old = [one for at, written, one in self._sent if at <= week and not _was_opened(one, written, town)]
        began = {one.person: at for at, _, one in self._sent if at <= week}
        self._sent = [sent for sent in self._sent if sent[0] > week]
        if not old:
            return
        async with town.database.engine.connect() as connection:
            last = select(reach_steps.c.person_id, func.max(reach_steps.c.at).label("at"))
            steps = await connection.execute(last.group_by(reach_steps.c.person_id))
            tried = {row.person_id: row.at for row in steps}
            asked = await connection.execute(select(calls.c.person_id).where(calls.c.done_at.is_(None)))
            called = {row.person_id for row in asked}
        for one in old:
            self.unopened += 1
            sent = began[one.person]
            ways = [at for at in (tried.get(one.person), one.spoken, one.tried_at) if at is not None and at > sent]
            if not ways and one.person not in called:
                self.stuck.append(f"report {one.report}: sent {sent:%F}, nothing tried since")

    def _overhears(self, words: str, relative: Relative) -> None:
        numbers = {number.replace("-", "") for number in NUMBER.findall(words)}
        if numbers - {relative.number.digits} or set(WORD.findall(words)) - {relative.word}:
            self.other.append(f"a message to report {relative.report} names another relative's")

    async def at_the_end(self) -> None:
        """Every letter to a relative was taken, or a human calls instead, or it may no longer be read."""
        town = self.town
        async with town.database.engine.connect() as connection:
            theirs = select(letters).where(among(letters.c.person_id, town.relatives))
            rows = (await connection.execute(theirs)).all()
            asked = select(calls.c.person_id).where(calls.c.reason.in_(INSTEAD))
            called = set((await connection.execute(asked)).scalars())
        for row in rows:
            self.written += 1
            times = town.messenger.times[row.id]
            if row.state == LetterState.WAITING or (row.state == LetterState.SENT and not times):
                self.lost.append(f"letter {row.id} is {row.state}, and nobody took it")
            if times > 1 and row.id not in town.messenger.excused:
                self.lost.append(f"letter {row.id} came {times} times")
            if row.state == LetterState.SET_ASIDE and row.person_id not in called and await self._readable(row):
                self.lost.append(f"letter {row.id} was set aside, and nobody was asked to call")
            if row.state == LetterState.DROPPED and await self._readable(row):
                self.lost.append(f"letter {row.id} was dropped, and could still be read")

    async def _readable(self, letter: Any) -> bool:
        """Could the relative read now what it is about, and did not ask us for silence meanwhile?"""
        if letter.purpose == Purpose.ROUTINE or letter.reads is None or letter.person_id in self._silenced:
            return False
        async with self.town.work() as work:
            return await may_read(PersonId(letter.person_id), letter.reads, work)


def _is_entitled(relative: Relative, town: Town) -> bool:
    """May words about the search go to them now?"""
    return relative.entitled and not relative.quiet and relative.case not in town.by_voice


def _was_opened(relative: Relative, written: datetime, town: Town) -> bool:
    """They opened something since it was written, perhaps in the menu before its message came; or may no longer be
    told."""
    opened = relative.opened_at is not None and relative.opened_at >= written
    return opened or not _is_entitled(relative, town)
