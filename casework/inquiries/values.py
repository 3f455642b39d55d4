"""An inquiry: a question that a center sends to a body about a case, by when it answers, and what came."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Protocol

from casework.account import Account, Body
from casework.ids import CallId, CaseId, CenterId, FileId, InquiryId, PersonId, ReportId, StaffId

CONSENTS: Final[Mapping[str, Body]] = {
    "nib": Body.NIB,
    "icrc": Body.ICRC,
    "unit": Body.UNIT,
    "commissioner-missing": Body.COMMISSIONER,
    "ombudsman": Body.OMBUDSMAN,
}
"""Whom a center may ask, by the name under which the body is a source of updates, and what a relative agreed to that
lets us give it their words."""


def agreed(account: Account | None, body: str) -> bool:
    """Did the relative agree that we give the body what they told us?"""
    return account is not None and CONSENTS.get(body) in (account.share_with or ())


class Enclosed(StrEnum):
    """What of a relative's words goes with an inquiry, beside the name and the birth date."""

    SERVICE = "service"
    LOSS = "loss"
    CIRCUMSTANCES = "circumstances"
    MARKS = "marks"
    NUMBERS = "numbers"


class Outcome(StrEnum):
    """What the body answered, in fixed words."""

    NOTHING_NEW = "nothing-new"
    SOMETHING = "something"  # it is told by an update that two sign, or by a human
    REFUSED = "refused"  # it does not say it to us
    PASSED_ON = "passed-on"  # another body is to answer


class InquiryState(StrEnum):
    WRITTEN = "written"  # to be sent by the staff's own means
    SENT = "sent"
    ANSWERED = "answered"
    STOPPED = "stopped"  # not asked any more


@dataclass(frozen=True, slots=True)
class Term:
    """Within how many days a body has to answer, and the law that says so. Where there is none, no law is named."""

    body: str
    days: int
    source: str


@dataclass(frozen=True, slots=True)
class Inquiry:
    """`number` counts the inquiries of a `center` in a `year`. `report` is of the relative by whose consent `enclosed`
    goes. The body has until `due`; `law` is the source of that, empty where a member set the day. `told_at`: the
    relatives were told after that day; `reminded` is how often the member was."""

    id: InquiryId
    center: CenterId
    year: int
    number: int
    case: CaseId
    report: ReportId
    by: StaffId
    body: str
    question: str
    enclosed: tuple[Enclosed, ...]
    due: date
    law: str
    made_at: datetime
    sent_at: datetime | None = None
    outcome: Outcome | None = None
    answered_on: date | None = None
    answered_at: datetime | None = None
    files: tuple[FileId, ...] = ()
    stopped_at: datetime | None = None
    told_at: datetime | None = None
    reminded: int = 0

    @property
    def state(self) -> InquiryState:
        if self.stopped_at is not None:
            return InquiryState.STOPPED
        if self.outcome is not None:
            return InquiryState.ANSWERED
        return InquiryState.WRITTEN if self.sent_at is None else InquiryState.SENT

    @property
    def named(self) -> str:
        """As it stands on the letter: "17/2026"."""
        return f"{self.number}/{self.year}"


@dataclass(frozen=True, slots=True)
class Punctuality:
    """Of the inquiries to a body that had to be answered by now, how many were answered late or not yet."""

    body: str
    late: int
    due: int


class Inquiries(Protocol):
    """How inquiries are kept. The question is sealed under the case's key."""

    async def add(
        self,
        center: CenterId,
        case: CaseId,
        report: ReportId,
        by: StaffId,
        *,
        body: str,
        question: str,
        enclosed: Sequence[Enclosed],
        due: date,
        law: str,
    ) -> Inquiry: ...

    async def get(self, id: InquiryId, *, lock: bool = False) -> Inquiry | None: ...

    async def at(self, center: CenterId) -> Sequence[Inquiry]:
        """Those of a center that are not over: to be sent or answered, the earliest due first; the question is left
        out."""

    async def of_case(self, case: CaseId) -> Sequence[Inquiry]:
        """All that was asked about it, the newest first; the question is left out."""

    async def punctuality(self, center: CenterId, day: date) -> Sequence[Punctuality]:
        """Of each body that the center asked, those that answer late first."""

    async def sent(self, id: InquiryId, due: date) -> None: ...
    async def answer(self, id: InquiryId, outcome: Outcome, on: date, files: Sequence[FileId]) -> None:
        """What came; where it came late, the relatives are still to be told of it."""

    async def stop(self, id: InquiryId) -> None: ...

    async def to_tell(self, day: date) -> Sequence[Inquiry]:
        """Those that had to be answered before that day, of which the relatives were not told since."""

    async def told(self, id: InquiryId) -> None: ...

    async def to_remind(self, soon: date, day: date) -> Sequence[Inquiry]:
        """Sent and unanswered: due by `soon`, of which the member was not reminded yet; or due before `day`, of which
        they were not reminded since."""

    async def reminded(self, id: InquiryId, times: int) -> None: ...

    def code(self, id: InquiryId, report: ReportId) -> str:
        """By which the relative of this report can check what they read of an inquiry. It is of the report, which stays
        theirs when two chats turn out to be one person's."""

    async def by_code(self, person: PersonId, code: str) -> Inquiry | None:
        """The inquiry about a case of this very person under which the code stands."""

    async def report_of(self, id: InquiryId, person: PersonId) -> ReportId | None:
        """The person's own report in the inquiry's case."""

    async def answered_since(self, case: CaseId) -> Inquiry | None:
        """The last inquiry of a case that was answered with something, of which no update was written since."""

    async def term(self, body: str) -> Term | None:
        """What is in force."""

    async def set_term(self, term: Term, by: StaffId) -> None: ...

    async def overtaken(self) -> Sequence[CallId]:
        """Open calls about an answer whose relatives could read an update since they were planned."""

    async def uncalled(self, since: datetime) -> Mapping[InquiryId, Collection[PersonId]]:
        """Inquiries that were answered with something since then, and the relatives with verified kinship in a
        search that goes on who have had neither a call about this case, or about none, nor an update of it, and for
        whom no call is planned."""

    async def released_since(self, case: CaseId, since: datetime) -> Collection[PersonId]:
        """To whom an update of the case that amends no other was released since then."""
