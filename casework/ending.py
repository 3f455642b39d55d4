"""The end of a search, and what holds the erasure back.

What a family told is kept while the search lasts and three years after. So that the end has a date, two members set it;
no message tells it (`casework/human_voice.py`): what has to be said, people say. One member opens the search again.

A legal hold: a paper obliges the center to keep a case as it is (a court, an investigator). While it lasts nothing of
the case is erased, neither when its time comes nor when a relative asks; whoever asks is told so. It takes two to set
and two to release, and is looked at again every half year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol

from casework.board import Row, Section
from casework.ids import CaseId, PersonId, ReportId, StaffId
from casework.letters import AtTime, Private, Say, private_day, say
from casework.numbers import ReportNumber, make_number
from casework.queries import Query
from casework.refusal import Refusal
from casework.registering import for_staff
from casework.result import Result
from casework.staff.proposals import About, Act, Prepared
from casework.values import PartialDate

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.work import Work

LOOKED_AT: Final = timedelta(days=182)
"""After so long somebody has to say that a legal hold is still needed."""


@dataclass(frozen=True, slots=True)
class LegalHold:
    """Since when a case is held, and by which paper: `ground` is what staff wrote of it, sealed under the case's key.
    `by` proposed it, `second` signed it; from `look_at` on it waits on the board."""

    case: CaseId
    ground: str
    by: StaffId
    second: StaffId | None
    at: datetime
    look_at: datetime


class Endings(Protocol):
    """How it is kept when a search ended, and what is held."""

    async def ended_at(self, case: CaseId) -> datetime | None: ...
    async def end(self, case: CaseId, by: StaffId) -> None:
        """The search for this case's person is over, from now on."""

    async def open(self, case: CaseId) -> None: ...
    async def hold_of(self, case: CaseId) -> LegalHold | None:
        """What holds the case, or one that was joined to it."""

    async def hold(self, case: CaseId, ground: str, by: StaffId, second: StaffId | None, look_at: datetime) -> None: ...
    async def release(self, case: CaseId, by: StaffId) -> None: ...
    async def still(self, case: CaseId, look_at: datetime) -> None:
        """It is needed, and is looked at again then."""

    async def held(self, person: PersonId) -> bool:
        """Is a case held to which a report of this relative belongs?"""

    async def to_look_at(self, member: StaffId) -> Sequence[ReportId]:
        """Of each hold of the member's center whose time to look at it has come, a report of the case."""


@dataclass(frozen=True, slots=True)
class HowEnded:
    """How a case stands, for staff."""

    number: ReportNumber
    name: str
    born: PartialDate | None
    ended_at: datetime | None = None
    hold: LegalHold | None = None


@dataclass(frozen=True, slots=True)
class HowItEnded(Query[HowEnded]):
    """Is the search over? Is the case under a legal hold?"""

    number: ReportNumber
    example: ClassVar[HowEnded] = HowEnded(
        make_number(1234567),
        "Петренко Іван",
        PartialDate(1990),
        hold=LegalHold(
            CaseId(1),
            "…",
            StaffId(1),
            StaffId(2),
            datetime(2026, 11, 24, tzinfo=UTC),
            datetime(2027, 5, 25, tzinfo=UTC),
        ),
    )


async def how_it_ended(query: HowItEnded, actor: Actor, work: Work) -> HowEnded:
    report = await for_staff(query.number, actor, work, "ending")
    claim = report.claim
    ended, hold = await work.endings.ended_at(report.case), await work.endings.hold_of(report.case)
    return HowEnded(report.number, claim.name.full, claim.born, ended, hold)


async def lines_of(case: CaseId, work: Work) -> list[Say]:
    """For the card of a case."""
    says = []
    if ended := await work.endings.ended_at(case):
        says.append(say("case-search-ended", on=AtTime(ended, style="day")))
    if hold := await work.endings.hold_of(case):
        says.append(say("case-held", on=AtTime(hold.at, style="day"), look=AtTime(hold.look_at, style="day")))
        says.append(say("case-held-by", ground=Private(hold.ground)))
    return says


@dataclass(frozen=True, slots=True)
class EndSearch:
    """The search is over: from now on runs the time after which all of it is erased."""

    number: ReportNumber


async def prepare_end(command: EndSearch, actor: Actor, work: Work) -> Prepared:
    report = await for_staff(command.number, actor, work, "ending")
    if await work.endings.ended_at(report.case) is not None:
        raise Refusal("ended-already", number=str(command.number))
    return Prepared(command, About(case=report.case, report=report.id))


async def show_end(command: EndSearch, work: Work) -> tuple[Say, ...]:
    return (say("proposal-end-search", number=str(command.number)),)


async def end_search(command: EndSearch, actor: Actor, work: Work) -> Result:
    report = await for_staff(command.number, actor, work, "ending")
    await work.audit.acted(actor, "search-ended", case=report.case, report=report.id)
    await work.endings.end(report.case, actor.acting.id)
    return Result((say("ended-done", number=str(command.number)),))


@dataclass(frozen=True, slots=True)
class SearchAgain:
    """It was not over, or it begins again: nothing of the case has a date of its end any more."""

    number: ReportNumber


async def search_again(command: SearchAgain, actor: Actor, work: Work) -> Result:
    report = await for_staff(command.number, actor, work, "ending")
    if await work.endings.ended_at(report.case) is None:
        raise Refusal("ended-not", number=str(command.number))
    await work.audit.acted(actor, "search-again", case=report.case, report=report.id)
    await work.endings.open(report.case)
    return Result((say("search-again-done", number=str(command.number)),))


@dataclass(frozen=True, slots=True)
class Hold:
    """A paper obliges us to keep the case: nothing of it is erased until two release it."""

    number: ReportNumber
    ground: str


async def prepare_hold(command: Hold, actor: Actor, work: Work) -> Prepared:
    report = await for_staff(command.number, actor, work, "ending")
    if await work.endings.hold_of(report.case) is not None:
        raise Refusal("held-already", number=str(command.number))
    return Prepared(command, About(case=report.case, report=report.id))


async def show_hold(command: Hold, work: Work) -> tuple[Say, ...]:
    return (say("proposal-hold", number=str(command.number), ground=Private(command.ground)),)


async def hold(command: Hold, actor: Actor, work: Work) -> Result:
    report = await for_staff(command.number, actor, work, "ending")
    if await work.endings.hold_of(report.case) is not None:
        raise Refusal("held-already", number=str(command.number))
    await work.audit.acted(actor, "held", case=report.case, report=report.id)
    until = work.now + LOOKED_AT
    await work.endings.hold(report.case, command.ground, actor.acting.id, actor.second, until)
    return Result((say("hold-done", number=str(command.number), look=AtTime(until, style="day")),))


@dataclass(frozen=True, slots=True)
class ReleaseHold:
    """The paper obliges us no longer: what was to be erased meanwhile is erased now."""

    number: ReportNumber


async def prepare_release(command: ReleaseHold, actor: Actor, work: Work) -> Prepared:
    report = await for_staff(command.number, actor, work, "ending")
    if await work.endings.hold_of(report.case) is None:
        raise Refusal("held-not", number=str(command.number))
    return Prepared(command, About(case=report.case, report=report.id))


async def show_release(command: ReleaseHold, work: Work) -> tuple[Say, ...]:
    return (say("proposal-release-hold", number=str(command.number)),)


async def release_hold(command: ReleaseHold, actor: Actor, work: Work) -> Result:
    report = await for_staff(command.number, actor, work, "ending")
    await work.audit.acted(actor, "hold-released", case=report.case, report=report.id)
    await work.endings.release(report.case, actor.acting.id)
    return Result((say("hold-ended-done", number=str(command.number)),))


@dataclass(frozen=True, slots=True)
class StillHeld:
    """Somebody has looked at it: the paper still obliges us."""

    number: ReportNumber


async def still_held(command: StillHeld, actor: Actor, work: Work) -> Result:
    report = await for_staff(command.number, actor, work, "ending")
    if await work.endings.hold_of(report.case) is None:
        raise Refusal("held-not", number=str(command.number))
    await work.audit.acted(actor, "still-held", case=report.case, report=report.id)
    until = work.now + LOOKED_AT
    await work.endings.still(report.case, until)
    return Result((say("still-held-done", number=str(command.number), look=AtTime(until, style="day")),))


async def holds_section(actor: Actor, work: Work) -> Section | None:
    """For the board: legal holds of which somebody has to say whether they are still needed."""
    if actor.staff is None:
        return None
    due = await work.endings.to_look_at(actor.staff.id)
    numbers = await work.reports.numbers(due)
    rows = tuple(
        Row((str(number), Say("holds-board.due")), ((Say("holds-board.look"), f"/hold {number}"),))
        for number in numbers.values()
    )
    return Section(Say("holds-board"), rows) if rows else None


def told(ended: HowEnded) -> tuple[Say, ...]:
    """Whose case it is, and how it stands."""
    says = [say("ending-case", number=str(ended.number), name=Private(ended.name), born=private_day(ended.born))]
    if ended.ended_at is not None:
        says.append(say("case-search-ended", on=AtTime(ended.ended_at, style="day")))
    if ended.hold is not None:
        on, look = AtTime(ended.hold.at, style="day"), AtTime(ended.hold.look_at, style="day")
        says.append(say("case-held", on=on, look=look))
        says.append(say("case-held-by", ground=Private(ended.hold.ground)))
    return tuple(says)


ACTS = (
    Act("end-search", EndSearch, prepare_end, show_end),
    Act("hold", Hold, prepare_hold, show_hold, private=True),
    Act("release-hold", ReleaseHold, prepare_release, show_release),
)
COMMANDS: dict[type, Any] = {
    EndSearch: end_search,
    SearchAgain: search_again,
    Hold: hold,
    ReleaseHold: release_hold,
    StillHeld: still_held,
}
QUERIES: dict[type, Any] = {HowItEnded: how_it_ended}
SECTIONS: dict[str, Any] = {"holds": holds_section}
