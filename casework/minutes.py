"""What the rules of the program cost a center's members in minutes a week: a table of estimates, and what they sum to.

Every reason for a call has its minutes, so that a rule that plans tasks cannot be forgotten (`tests/casework/`). How
often each comes is measured at the center over the last weeks; what a promise of contact costs is worked out by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from casework.calls import Reason
from casework.centers import Center

MINUTES: Final[Mapping[Reason, int]] = {
    Reason.NEW_REPORT: 30,
    Reason.ASKED: 20,
    Reason.UNDELIVERED: 15,
    Reason.REMINDER: 5,
    Reason.CONFIRM: 10,
    Reason.REBOOK: 10,
    Reason.INVITATION: 30,
    Reason.NUMBER: 5,
    Reason.CORRECTED: 15,
    Reason.SILENT: 15,
    Reason.UNREADABLE: 15,
    Reason.WROTE: 15,
    Reason.DOUBTFUL: 10,
    Reason.VOICE: 30,
    Reason.CONTACT: 20,
    Reason.GO_BETWEEN: 10,
    Reason.INQUIRY: 15,
    Reason.SIGHTING: 40,
    Reason.RELEASE: 30,
    Reason.CRISIS: 60,
}
"""Of one task, with what is written down after it. All are our estimates, until somebody measures them."""

MEASURED: Final = timedelta(weeks=4)
"""So far back it is counted how often a task comes."""


@dataclass(frozen=True, slots=True)
class CenterWeek:
    """Minutes a week: what the tasks of the last weeks took at a center, without those of the promise, and what its
    members have while it is open."""

    others: int = 0
    managed: int = 0

    def fits(self, promise: int) -> bool:
        """Is there time for a promise that costs so many minutes a week?"""
        return self.others + promise <= self.managed


NOTHING_KNOWN: Final = CenterWeek()


def center_week(counted: Mapping[Reason, int], center: Center, members: int) -> CenterWeek:
    """`counted` are the tasks of `MEASURED`, by their reason."""
    taken = sum(MINUTES[reason] * many for reason, many in counted.items() if reason is not Reason.CONTACT)
    opens = (center.closes.hour - center.opens.hour) * 60 + center.closes.minute - center.opens.minute
    weeks = MEASURED / timedelta(weeks=1)
    return CenterWeek(round(taken / weeks), opens * len(center.weekdays) * members)
