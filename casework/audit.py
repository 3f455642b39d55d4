"""Who looked at what, and who did what: written in the same transaction as the deed, read by auditors.

The rows of a transaction are written as it commits, so that what cannot be recorded is never shown; each is chained to
the one before (`storage/chain.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from casework.ids import AddressId, CaseId, PersonId, ReportId, StaffId

if TYPE_CHECKING:
    from casework.actor import Actor
    from casework.who_looked import Look


class NotRecorded(Exception):  # noqa: N818  named as whoever asked is told: nothing is shown
    """The audit takes no row, so nothing of what was asked for is shown or done."""


class Deed(StrEnum):
    LOOKED = "looked"
    ACTED = "acted"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row. `what` is a short name ("case", "search", "kinship-verified"); the subjects are ids, never words. A list
    is one row, which holds the `cases` and `people` that it showed. `session` is the browser or chat."""

    at: datetime
    staff: StaffId
    deed: Deed
    what: str
    channel: str
    case: CaseId | None = None
    report: ReportId | None = None
    person: PersonId | None = None
    cases: tuple[CaseId, ...] = ()
    people: tuple[PersonId, ...] = ()
    session: AddressId | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows: of a case (lists that showed it too), of a person, by a member; from a moment on, before another."""

    case: CaseId | None = None
    person: PersonId | None = None
    member: StaffId | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that are alike in all but the time, within an hour: `newest` of them, and how many there are."""

    newest: AuditEntry
    count: int = 1


@dataclass(frozen=True, slots=True)
class Groups:
    """A page of groups, the newest first; how many groups and how many rows there are in all."""

    page: tuple[Group, ...]
    groups: int
    rows: int


BY_SHELL: Final = StaffId(0)
"""In the place of a member: whoever has a shell on the server, of whom nothing is known."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a member looked at on the page: different cases opened, different searches that found somebody, and how many
    of these within the last minute."""

    cases: int = 0
    searches: int = 0
    lately: int = 0


class Audit(Protocol):
    """How the audit is kept. Whoever acts is a member of staff: for a relative's own data nothing is written. What is
    done in a visitor's name is written with both, whoever is named as its subject."""

    async def looked(
        self,
        actor: Actor,
        what: str,
        *,
        case: CaseId | None = None,
        report: ReportId | None = None,
        person: PersonId | None = None,
        cases: Collection[CaseId] = (),
        people: Collection[PersonId] = (),
        searched: str | None = None,
    ) -> None:
        """A member of staff has seen something. `searched` is kept as a keyed hash only."""

    async def refreshed(
        self, actor: Actor, what: str, *, cases: Collection[CaseId] = (), people: Collection[PersonId] = ()
    ) -> None:
        """A list that renews itself was shown: one row with what the member has not seen there today, if anything."""

    async def acted(
        self,
        actor: Actor,
        what: str,
        *,
        case: CaseId | None = None,
        report: ReportId | None = None,
        person: PersonId | None = None,
    ) -> None:
        """A member of staff has decided or changed something."""

    async def noticed(self, member: StaffId, what: str) -> None:
        """The service has noticed something about a member, on no order of theirs."""

    async def usage(
        self, members: Collection[StaffId] | None, since: datetime, until: datetime
    ) -> Mapping[StaffId, Usage]:
        """What members (None: all) looked at, in this transaction too; without those who looked at nothing."""

    async def seen(self, member: StaffId, since: datetime, *, case: CaseId | None, searched: str | None) -> bool:
        """Has the member opened this case, or searched for this, since then?"""

    async def did(self, member: StaffId, what: str, since: datetime) -> bool:
        """Is there a deed of the member, or one noticed about them, whose name begins so? In this transaction too."""

    async def was_shown(
        self, member: StaffId, what: str, since: datetime, *, report: ReportId | None, person: PersonId
    ) -> bool:
        """Has the member looked at this report, without one at this person, under that name since then?"""

    def count(self) -> int:
        """How many rows this transaction is about to write."""

    async def from_shell(self, what: str, *, person: PersonId | None = None) -> None:
        """Somebody has done or seen something by a command on the server."""

    async def groups(self, wanted: Filter, first: int, most: int) -> Groups:
        """A page of what was looked at and done: `most` groups from the `first` on."""

    async def rows(self, wanted: Filter) -> Sequence[AuditEntry]:
        """Every row, the oldest first."""

    async def looks_at(self, case: CaseId, report: ReportId, since: datetime, until: datetime) -> Sequence[Look]:
        """Who looked at a case or at one of its reports, also in a list: each month, role and structure once."""

    async def opened(self, member: StaffId, limit: int) -> Sequence[ReportId]:
        """The reports, as far as there are any left, that a member looked at last."""
