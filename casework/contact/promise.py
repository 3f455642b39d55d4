"""The promise to each relative: the longest silence that a center allows itself, and what keeping it costs.

There are two kinds, and a family is told each for what it is: a written word that was checked, and a human voice, which
is a word as well. The days are data of the center, for all or for a stage of the case. Its head sets them after seeing
what they cost; until then nothing is promised there, and no date is told to anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Final, NamedTuple

from casework.ids import StaffId
from casework.stages import CaseStage

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
"""Our estimate of a talk with what is written down after it, until the center has set its own."""

WORKING_DAYS: Final = 21
"""Working days in thirty."""

MONTH: Final = 30
WORKING_WEEK: Final = 5

AHEAD: Final = timedelta(days=7)
"""The agreed days: so long before a promise runs out somebody is asked to keep it, never sooner."""

MEASURED: Final = timedelta(days=28)
MEASURED_DAYS: Final = 20
"""Over so long it is measured what a center does, and the working days of it."""

OPENED_WITHIN: Final = timedelta(days=3)
"""So long a word may lie unopened before a human is asked to call."""

KNOWN_FROM: Final = 10
"""Words that checks have to have given before it is said how many they carry."""

_SPREAD: Final = 2_654_435_761
"""Knuth's multiplier: ids that follow each other come to lie far apart."""


class PromiseKind(StrEnum):
    """What is due."""

    WRITTEN = "written"  # a checked written word, or a voice
    VOICE = "voice"  # a human voice


class Terms(NamedTuple):
    """Days without a written word, without a voice, and without a voice for those whom it is to reach sooner."""

    written: int
    voice: int
    sooner: int


@dataclass(frozen=True, slots=True)
class Promise:
    """The days of `Terms` for everybody, and `stages` for those whose case stands at one. At most `limit` relatives a
    working day are put into the queue for it. In force `since`; `former` and `former_stages` are the days of before."""

    written: int
    voice: int
    sooner: int
    limit: int
    since: datetime
    by: StaffId
    former: tuple[int, int, int] | None = None
    stages: Mapping[CaseStage, Terms] = field(default_factory=dict)
    former_stages: Mapping[CaseStage, Terms] = field(default_factory=dict)

    @property
    def usual(self) -> Terms:
        return Terms(self.written, self.voice, self.sooner)

    @property
    def by_stage(self) -> bool:
        """Does it, or did it, depend on where a case stands?"""
        return bool(self.stages or self.former_stages)

    def at(self, stage: CaseStage | None) -> Promise:
        """What is promised where a case stands there."""
        if stage is None or not self.by_stage:
            return self
        written, voice, sooner = self.stages.get(stage, self.usual)
        former = self.former_stages.get(stage, self.former) if self.former else None
        return replace(self, written=written, voice=voice, sooner=sooner, former=former, stages={}, former_stages={})


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


def next_contact(heard: LastHeard, promise: Promise, stage: CaseStage | None = None) -> NextContact:
    """Whichever runs out first. Where only a human speaks, a voice comes when a written word would."""
    promise = promise.at(stage)
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
class CheckedLately:
    """What checks did at a center within `MEASURED`. `cases` were asked about `asked` times in all, with nothing new;
    `told` are the relatives of these who may be told. Of `sent` words, `opened` were opened before a human had to call.
    """

    told: int = 0
    cases: int = 0
    asked: int = 0
    sent: int = 0
    opened: int = 0

    @property
    def known(self) -> bool:
        return self.sent >= KNOWN_FROM

    def share(self, relatives: float, written: int) -> float:
        """The part of the words due to `relatives`, one in `written` days, that comes from checks if these go on as
        they did; none while that is not known."""
        if not (self.known and relatives and self.cases):
            return 0
        often = min(written * self.asked / (MEASURED.days * self.cases), 1)
        return min(self.told / relatives, 1) * self.opened / self.sent * often


NOTHING_CHECKED: Final = CheckedLately()


@dataclass(frozen=True, slots=True)
class Promised:
    """So many relatives to whom the same is promised, `sooner` of them a voice sooner. In parts, where it is not known
    which of them wished that."""

    relatives: float
    terms: Terms
    sooner: float = 0

    def rates(self) -> tuple[float, float]:
        """Voices and written words a day. A voice is a word as well: words are due only between two voices."""
        return (
            (self.relatives - self.sooner) / self.terms.voice + self.sooner / self.terms.sooner,
            (self.relatives - self.sooner) * _between(self.terms.voice, self.terms.written)
            + self.sooner * _between(self.terms.sooner, self.terms.written),
        )


def _between(voice: int, written: int) -> float:
    """Written words a day between voices."""
    return (voice - 1) // written / voice


@dataclass(frozen=True, slots=True)
class ContactCost:
    """What a promise costs a center. `words` are the contacts on a working day, and `words_each` those for each member,
    if all come as written words; `talks` a month if all of the voices are calls, `managed` what the members manage.
    `written` are the words on a working day that are due beside the voices, `carried` those of them that checks give;
    `a_day` the relatives for whom a human is needed on a working day, `minutes` a week what these cost."""

    relatives: int
    members: int
    words: float
    words_each: float
    talks: float
    managed: int
    written: float
    carried: float
    a_day: float
    minutes: int

    @property
    def fits(self) -> bool:
        return self.a_day <= self.members * TALKS_A_DAY


def cost(
    groups: Sequence[Promised], members: int, checked: CheckedLately = NOTHING_CHECKED, talk: int = TALK_MINUTES
) -> ContactCost:
    """Of a promise to all these relatives. A due word takes a human, who talks for `talk` minutes or writes an update
    of that one case, unless it comes from a check that serves many."""
    months = MONTH / WORKING_DAYS
    relatives = sum(group.relatives for group in groups)
    rates = [group.rates() for group in groups]
    shares = [checked.share(relatives, group.terms.written) for group in groups]
    voices, written = (months * sum(kind) for kind in zip(*rates, strict=True)) if rates else (0.0, 0.0)
    carried = months * sum(rate[1] * share for rate, share in zip(rates, shares, strict=True))
    a_day = voices + written - carried
    words = months * sum(group.relatives / group.terms.written for group in groups)
    return ContactCost(
        round(relatives),
        members,
        words,
        words / members if members else words,
        voices * WORKING_DAYS,
        members * TALKS_A_DAY * WORKING_DAYS,
        written,
        carried,
        a_day,
        round(a_day * WORKING_WEEK * talk),
    )


def longer(terms: Terms, fits: Callable[[Terms], bool]) -> Terms | None:
    """The shortest terms that fit, longer than these by the same part each; None where none do. A voice comes when a
    word would, so that none is due just before it."""
    for part in range(100, 100 * LONGEST_SILENCE // SHORTEST_SILENCE + 1):
        written, voice, sooner = (min(ceil(days * part / 100), LONGEST_SILENCE) for days in terms)
        wanted = Terms(written, _together(voice, written), _together(sooner, written))
        if fits(wanted):
            return wanted
    return None


def _together(voice: int, written: int) -> int:
    return voice - voice % written if voice > written else voice
