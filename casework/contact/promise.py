"""The promise to each relative: the longest silence that a center allows itself, and what keeping it costs.

There are two kinds, and a family is told each for what it is: a written word that was checked, and a human voice, which
is a word as well. The days are data of the center. Its head sets them after seeing what they cost; until then nothing
is promised there, and no date is told to anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Final

from casework.ids import StaffId

WRITTEN: Final = 30
VOICE: Final = 90
SOONER: Final = 30
"""Days that are proposed to a head who has not set any."""

SHORTEST_SILENCE: Final = 7
LONGEST_SILENCE: Final = 365
"""Days that can be promised: more often than each week nobody manages, less often than once a year is no contact."""

TALKS_A_DAY: Final = 6
"""Talks that one member holds on a working day, beside everything else."""

TALK_MINUTES: Final = 20
"""Our estimate of a talk with what is written down after it, until it is measured."""

WORKING_DAYS: Final = 21
"""Working days in thirty."""

MONTH: Final = 30
WORKING_WEEK: Final = 5

AHEAD: Final = timedelta(days=7)
"""The agreed days: so long before a promise runs out somebody is asked to keep it, never sooner."""

_SPREAD: Final = 2_654_435_761
"""Knuth's multiplier: ids that follow each other come to lie far apart."""


class PromiseKind(StrEnum):
    """What is due."""

    WRITTEN = "written"  # a checked written word, or a voice
    VOICE = "voice"  # a human voice


@dataclass(frozen=True, slots=True)
class Promise:
    """Days without a written word, without a voice, and without a voice for those whom it is to reach sooner. At most
    `limit` relatives a working day are put into the queue for it. In force `since`; `former` are the days of before."""

    written: int
    voice: int
    sooner: int
    limit: int
    since: datetime
    by: StaffId
    former: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class LastHeard:
    """When a relative and the center were last in contact, in any way and by voice; None for never. `began` is when
    they came to us; `sooner` whether a voice is to reach them sooner; `by_voice` whether only a human speaks with them
    about the search. `id` is that of their report: by it first dates are spread."""

    id: int
    began: datetime
    any: datetime | None = None
    spoken: datetime | None = None
    sooner: bool = False
    by_voice: bool = False


@dataclass(frozen=True, slots=True)
class NextContact:
    """By when they have to be in contact again, and how."""

    at: datetime
    kind: PromiseKind


def next_contact(heard: LastHeard, promise: Promise) -> NextContact:
    """Whichever runs out first. Where only a human speaks, a voice comes when a written word would."""
    new = heard.spoken is None and heard.began >= promise.since - timedelta(days=promise.sooner)
    usual, former = (1, promise.voice) if not (heard.sooner or new) else (2, promise.sooner)
    before = promise.former[usual] if promise.former else None
    spoken = _due(heard, heard.spoken or heard.began, former, before, promise)
    before = promise.former[0] if promise.former else None
    written = _due(heard, heard.any or heard.began, promise.written, before, promise)
    if heard.by_voice or spoken <= written:
        return NextContact(min(spoken, written), PromiseKind.VOICE)
    return NextContact(written, PromiseKind.WRITTEN)


def _due(heard: LastHeard, last: datetime, days: int, before: int | None, promise: Promise) -> datetime:
    """Counted from the last contact. What would have run out before there was this promise is spread over its days, by
    the id, so that not all are due at once; what had been promised until then stays."""
    due = last + timedelta(days=days)
    if due >= promise.since:
        return due
    first = promise.since + timedelta(days=days) * spread(heard.id)
    promised = last + timedelta(days=before) if before is not None else None
    return min(first, promised) if promised is not None and promised >= promise.since else first


def spread(id: int) -> float:
    """A part, from 0 to less than 1, that is always the same for an id, and far from that of the next."""
    return (id * _SPREAD % 2**32) / 2**32


@dataclass(frozen=True, slots=True)
class ContactCost:
    """What a promise costs a center: `words` are written words on a working day if all come written, and `words_each`
    of them for each member; `talks` a month if all of the voices are calls, `managed` what the members manage.
    `a_day` are the relatives who are due on a working day at the most, `minutes` a week what these cost if each is a
    talk; `shortest` is the shortest silence in days that its members manage by talks alone."""

    relatives: int
    members: int
    words: float
    words_each: float
    talks: float
    managed: int
    a_day: float
    minutes: int
    shortest: int

    @property
    def fits(self) -> bool:
        return self.a_day <= self.members * TALKS_A_DAY


def cost(
    relatives: int, members: int, written: int, voice: int, sooner: int = 0, sooner_days: int = SOONER
) -> ContactCost:
    """Of `relatives`, `sooner` are to hear a voice each `sooner_days`. Today every due word takes a human: one who
    calls, or writes an update of that one case."""
    months = MONTH / WORKING_DAYS
    words = relatives * months / written
    talks = ((relatives - sooner) / voice + sooner / sooner_days) * MONTH
    a_day = ((relatives - sooner) / min(written, voice) + sooner / min(written, sooner_days)) * months
    each_day = members * TALKS_A_DAY
    shortest = ceil(relatives * months / each_day) if each_day else LONGEST_SILENCE + 1
    return ContactCost(
        relatives,
        members,
        words,
        words / members if members else words,
        talks,
        each_day * WORKING_DAYS,
        a_day,
        round(a_day * WORKING_WEEK * TALK_MINUTES),
        max(shortest, SHORTEST_SILENCE),
    )
