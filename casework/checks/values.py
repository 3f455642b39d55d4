"""What a check is: somebody of the center has asked a body about a case. And what a relative is told of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from casework.contact.promise import CheckedLately
from casework.contact.sides import ContactSide
from casework.ids import CaseId, CenterId, CheckId, NoNewsId, PersonId, ReportId, StaffId


class CheckAnswer(StrEnum):
    """What the body answered, in fixed words."""

    NOTHING_NEW = "nothing-new"
    UNANSWERED = "unanswered"  # it was asked, and has not answered yet
    SOMETHING = "something"  # there is something: two people write it as an update, or a human says it


@dataclass(frozen=True, slots=True)
class CaseCheck:
    """A check as it concerns one case. `body` is a structure or an `Office`, asked on the day `on`; `again` is the day
    on which it is asked again. `at` is when the member `by` noted it. `words` are a member's own, which a second person
    has signed; empty in a check of many cases."""

    id: CheckId
    body: str
    on: date
    answer: CheckAnswer
    at: datetime
    by: StaffId
    again: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class WordGround:
    """How a relative stands to what they were told of a case. `entitled`: their kinship is verified at this moment.
    `by_voice`: only a human speaks of the case. `quiet`: they asked us not to write, or nothing is promised to them any
    more. `since` is our last word to them, opened or not, or the last contact; before the first, when they came to us:
    then `never`."""

    entitled: bool
    by_voice: bool
    quiet: bool
    since: datetime
    never: bool = False


@dataclass(frozen=True, slots=True)
class NoNews:
    """A word to one relative that nothing is new. `case` is that of their `report` at this moment; `checks` are those
    from which it was made, `since` the word before it, `by` who asked last; by `code` this person can check it."""

    id: NoNewsId
    person: PersonId
    report: ReportId
    case: CaseId
    checks: tuple[CheckId, ...]
    since: datetime
    never: bool
    sent_at: datetime
    by: StaffId
    opened_at: datetime | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class ToAsk:
    """A check whose body is to be asked again: of its cases, those that are still sought and that nobody has asked it
    about since."""

    id: CheckId
    center: CenterId
    body: str
    again: date
    cases: tuple[CaseId, ...]


class Checks(Protocol):
    """How checks are kept, and what was told of them. Words are sealed under the case's key."""

    async def add(
        self,
        center: CenterId | None,
        by: StaffId,
        cases: Sequence[CaseId],
        *,
        body: str,
        on: date,
        answer: CheckAnswer,
        again: date | None,
        words: str = "",
    ) -> CheckId:
        """`words` only with one case."""

    async def of_cases(self, cases: Collection[CaseId]) -> Mapping[CaseId, Sequence[CaseCheck]]:
        """The checks of each case and of those joined to it, the oldest first."""

    async def sides(self, cases: Collection[CaseId]) -> Sequence[ContactSide]:
        """How each relative of these cases stands."""

    async def told(self, sides: Sequence[ContactSide]) -> Mapping[ReportId, WordGround]:
        """How each of these relatives stands, by the report of their side."""

    async def tell(self, side: ContactSide, told: WordGround, checks: Sequence[CaseCheck]) -> NoNewsId | None:
        """A word to the relative, made from these checks, the newest last; None where the newest has been told them
        already, also by somebody at the same moment."""

    async def due(self, center: CenterId, until: datetime, first: date, after: int, most: int) -> Sequence[ReportId]:
        """Reports of the center whose relatives are to be in contact by then, and of whose case a body that was asked
        since the day `first` had nothing new, of which they were not told yet: in the order of their ids, at most so
        many `after` one."""

    async def lately(self, center: CenterId, since: datetime) -> Collection[tuple[PersonId, CaseId]]:
        """To whom of the center a word went since then that they have not opened, and of which case."""

    async def carried(self, center: CenterId) -> CheckedLately:
        """What checks did for the relatives of a center in the last weeks."""

    async def get(self, id: NoNewsId) -> NoNews | None: ...

    async def by_code(self, person: PersonId, code: str) -> NoNews | None:
        """The word of this very person under which the code stands."""

    async def opened(self, id: NoNewsId) -> bool:
        """Its relative has opened it; False where they had before."""

    async def to_ask(self, center: CenterId, day: date) -> Sequence[ToAsk]:
        """What the center promised to ask again by that day, the oldest promise first."""

    async def get_to_ask(self, check: CheckId) -> ToAsk | None:
        """A check that named a day on which it is asked again, whether that has come or not."""
