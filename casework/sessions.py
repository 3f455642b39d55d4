"""Sessions on the web page, and how a member of staff comes to one: an invitation, then a second factor."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import pyotp

from casework.actor import ASKED_BEFORE, FACTOR_LASTS, Actor, Channel, Staff
from casework.ids import AddressId, PersonId, StaffId

SESSION_LASTS = timedelta(days=30)
"""Unused for so long, a session ends."""

INVITE_LASTS = timedelta(minutes=15)
"""An invitation's code, and again the enrolment that its press begins."""

TRIES = 5
TRIES_WITHIN = timedelta(minutes=15)
"""Wrong codes of one member of staff, before the next is not even looked at."""

CODE_SHOWN_FOR = 30
"""Seconds for which one code of the second factor is shown (RFC 6238)."""


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that belongs to a person. `ends` moves on with use."""

    address: AddressId
    person: PersonId
    language: str
    ends: datetime
    consented: bool = False
    staff: Staff | None = None

    def asks_factor(self, now: datetime) -> bool:
        """Must a member of staff give the second factor in this session before they go on?"""
        return self.staff is not None and not self.staff.gave_factor(now, FACTOR_LASTS - ASKED_BEFORE)

    @property
    def actor(self) -> Actor:
        return Actor(self.person, self.language, Channel.WEB, self.staff, self.address)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A browser that has used an invitation: it may give or enrol the second factor, and nothing else.

    `known` tells that the member has a second factor already and gives that one; `shown` that the new one's secret has
    been told, which happens once; `named` that a name is known of them.
    """

    id: int
    staff: StaffId
    language: str
    ends: datetime
    known: bool
    shown: bool
    named: bool


class Verdict(StrEnum):
    """What became of a code of the second factor."""

    GIVEN = "given"
    WRONG = "wrong"  # not the code of now, or used before
    TOO_OFTEN = "too-often"  # five wrong ones: not looked at
    NOT_ENROLLED = "not-enrolled"  # there is no secret yet to compare it with


def step_of(secret: str, code: str, now: datetime, used: int | None) -> int | None:
    """The time step whose code this is: that of now, the one before or the one after; None if it is none of them.

    A step is good once: `used` is the last one that was. One that lies ahead was used by a clock that has been set
    back since: it alone is spent, and does not spend those of today.
    """
    factor = pyotp.TOTP(secret, interval=CODE_SHOWN_FOR)
    at = int(now.timestamp()) // CODE_SHOWN_FOR
    ahead = used is not None and used > at + 1
    for step in (at, at - 1, at + 1):
        if (used is None or ahead or step > used) and pyotp.utils.strings_equal(factor.generate_otp(step), code):
            return step
    return None
