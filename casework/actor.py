"""Who acts: a relative, or a member of staff in a role."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from casework.ids import AddressId, CenterId, PersonId, StaffId, StructureId

FACTOR_LASTS = timedelta(hours=12)
"""How long the second factor, given in a session on the page, lets a member of staff work there."""

ASKED_BEFORE = timedelta(minutes=5)
"""So long before that the page asks for it anew: what is begun just then is not cut off."""


class Channel(StrEnum):
    WEB = "web"
    TELEGRAM = "telegram"
    VIBER = "viber"
    TERMINAL = "terminal"
    SMS = "sms"
    VOICE = "voice"

    @property
    def on_page(self) -> bool:
        """Is what goes there read on the web page? A telephone only says that it is there."""
        return self in (Channel.WEB, Channel.SMS, Channel.VOICE)

    @property
    def calls_out(self) -> bool:
        """Does a message there make itself noticed? The page and the terminal are read only by whoever opens them."""
        return self not in (Channel.WEB, Channel.TERMINAL)


TELEPHONE = (Channel.SMS, Channel.VOICE)
"""Channels that only tell that something waits; nobody writes on them."""


class Role(StrEnum):
    OPERATOR = "operator"  # answers, calls, takes cases
    SPECIALIST = "specialist"  # sees families, writes updates; has a structure
    VERIFIER = "verifier"  # decides on kinship
    HEAD = "head"  # of one center
    ADMINISTRATOR = "administrator"  # staff, centers; no right to read cases
    AUDITOR = "auditor"  # reads who looked at what


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff. `factor_at` is when the second factor was last given in the session on the page in which they
    act; None in any other, and on a messenger."""

    id: StaffId
    person: PersonId
    role: Role
    center: CenterId | None
    structure: StructureId | None = None
    factor_at: datetime | None = None
    active: bool = True

    def gave_factor(self, now: datetime, within: timedelta = FACTOR_LASTS) -> bool:
        """Was the second factor given in this session within so long? One that a clock gave which was set back since
        counts no longer than any other."""
        return self.factor_at is not None and abs(now - self.factor_at) <= within


@dataclass(frozen=True, slots=True)
class Actor:
    """The acting person, and where: `staff` is None for relatives; `on_page` tells a staff session on the web page.

    `address` is the chat or browser from which they act, where there is one. `by` is the member of staff who acts in
    the name of a visitor: `person` is then the visitor, and `staff` None, since nobody may do more in a relative's name
    than the relative. `second` has signed what is done now, as the second person.
    """

    person: PersonId
    language: str
    channel: Channel
    staff: Staff | None = None
    address: AddressId | None = None
    by: Staff | None = None
    second: StaffId | None = None

    def for_visitor(self, person: PersonId) -> Actor:
        """The same member of staff, in the name of a person whom they serve."""
        return replace(self, person=person, staff=None, address=None, by=self.staff)

    @property
    def member(self) -> Staff | None:
        """The member of staff who acts, in whoever's name; for the audit."""
        return self.staff or self.by

    @property
    def on_page(self) -> bool:
        return self.channel is Channel.WEB

    @property
    def discreet(self) -> bool:
        """A member of staff on a messenger, a stranger's cloud: numbers, states and times only."""
        return self.staff is not None and not self.on_page

    @property
    def acting(self) -> Staff:
        """The member of staff who acts, in a rule that the access table opens to staff alone."""
        if self.staff is None:
            raise LookupError("a relative came to a rule of staff; give it lines in casework/staff/access.py")
        return self.staff
