"""The waiting list: who waits for a place of whatever has places, and to whom one is offered when it comes free.

First come, first offered. An offer holds its place for one person until its clock runs out; it is never sent at night,
and the night does not count. Whoever declines keeps their turn for the next place; whoever is silent goes to the end of
the line, so that a telephone that lies in a drawer keeps nobody waiting. One place is offered to one person once.

What has places tells how its free ones are found and what is said of them (`HasPlaces`); all kinds stand in
`casework/offers.py`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol
from zoneinfo import ZoneInfo

from casework.holding import Resource
from casework.ids import CenterId, OfferId, PersonId, ReportId, WaitingId
from casework.letters import Button, Letter, Purpose, Say, Screen
from casework.quiet_hours import is_quiet, morning, outside

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.result import Result
    from casework.work import Work

ANSWERED_WITHIN: Final = timedelta(hours=3)
"""How long an offer stands, the night not counted."""

AT_LEAST: Final = timedelta(hours=1)
"""What would leave less time for the answer is offered to nobody, and is there for everybody."""

MOVES_ON: Final = 4
"""A messenger that does not take an offer has this part of its time; then it goes the person's next way."""


class OfferState(StrEnum):
    OPEN = "open"
    DECLINED = "declined"
    LAPSED = "lapsed"  # nobody answered
    WITHDRAWN = "withdrawn"  # the place is not there after all


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A place that came free: what is held for it and when it is. Taken after `answer_by` it would be too late.
    `at_home`: one takes part from where one lives, so not at night there."""

    resource: Resource
    starts_at: datetime
    ends_at: datetime
    answer_by: datetime
    at_home: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A place that is held for one person until they answer, or until `until`."""

    id: OfferId
    resource: Resource
    starts_at: datetime
    ends_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class WaitingFor:
    """A person in line. `what` names the line, its kind first ("slot:kharkiv.lawyer"); `before`: only what begins
    earlier is waited for, and once that has passed nothing is. `how` is the kind's own word, as of a visit or a call.
    `center` is whose staff count it."""

    id: WaitingId
    person: PersonId
    what: str
    center: CenterId
    since: datetime
    before: datetime
    how: str = ""
    report: ReportId | None = None
    offer: Offer | None = None

    @property
    def kind(self) -> str:
        return self.what.partition(":")[0]


@dataclass(frozen=True, slots=True)
class HasPlaces:
    """Something that has places. `vacancies` of a line, the earliest first; `named`: what somebody waits for, in a
    line of their own; `told`: what is offered, and until when; `take` makes it theirs, and ends the waiting."""

    vacancies: Callable[[str, Work], Awaitable[Sequence[Vacancy]]]
    named: Callable[[WaitingFor, Work], Awaitable[Say]]
    told: Callable[[WaitingFor, Offer, Work], Awaitable[tuple[Say, ...]]]
    take: Callable[[WaitingFor, Offer, Actor, Work], Awaitable[Result]]


class WaitingList(Protocol):
    """How it is kept. Whoever is erased is in no line; what was held for them is free."""

    async def join(
        self,
        person: PersonId,
        what: str,
        center: CenterId,
        *,
        before: datetime,
        how: str = "",
        report: ReportId | None = None,
    ) -> bool:
        """Into the line; False if they stand there already: they keep their turn, and wait for what is earlier now."""

    async def waits_before(self, person: PersonId, what: str, before: datetime) -> None:
        """If they stand in that line, it is for what begins before that moment."""

    async def leave(self, person: PersonId, what: str) -> bool:
        """Out of the line, with what is offered; False if they do not stand there."""

    async def of(self, person: PersonId) -> Sequence[WaitingFor]:
        """What a person waits for, with the open offers."""

    async def count(self, center: CenterId) -> int:
        """How many wait, in all lines of a center."""

    async def lines(self) -> Sequence[str]:
        """In which somebody waits to whom nothing is offered just now."""

    async def line(self, what: str) -> Sequence[WaitingFor]:
        """Who waits there and is offered nothing, in their turn; locked until the transaction ends. Those that another
        process has locked are left out."""

    async def offered(self, waiting: WaitingId) -> frozenset[tuple[Resource, datetime]]:
        """What they have been offered already: of what, from when."""

    async def is_free(self, person: PersonId, vacancy: Vacancy) -> bool:
        """Has the person nothing else at that time?"""

    async def offer(self, waiting: WaitingFor, vacancy: Vacancy, until: datetime) -> Offer | None:
        """Hold the place for the person; None if it is gone. At most once in a transaction."""

    async def get(self, offer: OfferId, *, lock: bool = False) -> WaitingFor | None:
        """Whom an offer is for, with it, if it is open; `lock`: nobody else changes it until the transaction ends."""

    async def owner(self, offer: OfferId) -> PersonId | None:
        """Whom an offer was made, open or not."""

    async def overdue(self) -> WaitingFor | None:
        """One whose offer's clock has run out, locked; one that another process has locked is left."""

    async def end(self, offer: OfferId, state: OfferState) -> None:
        """The place is free again. Who was silent goes to the end of the line."""

    async def withdraw(self, resource: Resource, since: datetime, until: datetime) -> None:
        """End the offers of what is not there after all, between two moments."""

    async def forget_over(self) -> None:
        """Take those out of line for whom nothing can come any more."""


@dataclass(frozen=True, slots=True)
class OfferClock:
    """When an offer is sent, and until when it stands."""

    sent: datetime
    until: datetime


def clock(now: datetime, answer_by: datetime, zone: ZoneInfo) -> OfferClock | None:
    """For a person who lives in the zone; None if too little time would be left for an answer. At night the offer is
    made, and its place held, and the morning brings it."""
    sent = morning(now, zone) if is_quiet(now, zone) else now
    until = min(outside(sent, ANSWERED_WITHIN, zone), answer_by)
    return OfferClock(sent, until) if until - sent >= AT_LEAST and not is_quiet(until, zone) else None


async def offer_one(kind: HasPlaces, what: str, work: Work) -> bool:
    """Offer one vacancy of a line to the first for whom it is early enough and who can have it. False: to nobody."""
    vacancies = await kind.vacancies(what, work)
    if not vacancies:
        return False
    for waiting in await work.waiting.line(what):
        earlier = [one for one in vacancies if one.starts_at < waiting.before]
        if earlier and await _offer_to(waiting, earlier, kind, work):
            return True
    return False


async def _offer_to(waiting: WaitingFor, vacancies: Sequence[Vacancy], kind: HasPlaces, work: Work) -> bool:
    zone = ZoneInfo((await work.people.get(waiting.person)).profile.zone)
    offered = await work.waiting.offered(waiting.id)
    for vacancy in vacancies:
        when = clock(work.now, vacancy.answer_by, zone)
        at_night = vacancy.at_home and is_quiet(vacancy.starts_at, zone)
        if when is None or at_night or (vacancy.resource, vacancy.starts_at) in offered:
            continue
        if not await work.waiting.is_free(waiting.person, vacancy):
            continue
        offer = await work.waiting.offer(waiting, vacancy, when.until)
        if offer is not None:
            await work.send(await _letter(waiting, offer, when, kind, work))
            return True
    return False


async def _letter(waiting: WaitingFor, offer: Offer, when: OfferClock, kind: HasPlaces, work: Work) -> Letter:
    """Dropped if it has not gone before the offer is over."""
    buttons = tuple(
        (Button(f"/{name} {offer.id}", Say(f"offer-answer.{name}", {"place": 0})),) for name in ("accept", "decline")
    )
    screen = Screen(await kind.told(waiting, offer, work), buttons, keeps=True)
    moves_at = when.sent + (when.until - when.sent) / MOVES_ON
    return Letter(
        waiting.person,
        screen,
        due=when.sent if when.sent > work.now else None,
        reads=f"offer:{offer.id}",
        purpose=Purpose.APPOINTMENT,
        moves_at=moves_at,
    )
