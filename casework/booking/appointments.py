"""Appointments: a relative, a specialist, a center or a call, a slot; and how they are kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Protocol

from casework.booking.slots import Specialist, Timetable
from casework.holding import BusyTimes
from casework.ids import AppointmentId, CenterId, FileId, OfferId, PersonId, ReportId, StaffId, StructureId
from casework.numbers import ReportNumber, make_number
from casework.presence import Absence


class Means(StrEnum):
    """How people meet."""

    VISIT = "visit"
    PHONE = "phone"
    VIDEO = "video"


class AppointmentState(StrEnum):
    BOOKED = "booked"
    ARRIVED = "arrived"  # at the door
    IN = "in"  # with the specialist
    DONE = "done"
    NOT_COME = "not-come"
    CANCELLED = "cancelled"  # by the family
    SPECIALIST_ABSENT = "specialist-absent"  # by us: the family may take another slot under the same number


AHEAD_STATES = frozenset({AppointmentState.BOOKED, AppointmentState.ARRIVED, AppointmentState.IN})
"""The appointment stands: its slot is held."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """`number` stays the same however often it is moved; `moves` counts that. `confirmed_at`: a member of staff, who
    had spoken to the family, confirmed this very time; moving takes it away. `door_code` is the sealed picture of the
    code for the door, None where there is none to show."""

    id: AppointmentId
    number: ReportNumber
    person: PersonId
    report: ReportId | None
    center: CenterId
    specialist: StaffId
    structure: StructureId
    means: Means
    starts_at: datetime
    ends_at: datetime
    state: AppointmentState = AppointmentState.BOOKED
    moves: int = 0
    confirmed_at: datetime | None = None
    coming_at: datetime | None = None
    door_code: FileId | None = None

    @property
    def stands(self) -> bool:
        return self.state in AHEAD_STATES

    def movable(self, now: datetime) -> bool:
        """It may be moved until it begins, and after we ourselves have called it off."""
        return self.state is AppointmentState.SPECIALIST_ABSENT or (
            self.state is AppointmentState.BOOKED and now < self.starts_at
        )


EXAMPLE = Appointment(
    AppointmentId(1),
    make_number(1234567),
    PersonId(1),
    None,
    CenterId("lviv"),
    StaffId(1),
    StructureId("lawyer"),
    Means.VISIT,
    datetime(2026, 11, 25, 8, tzinfo=UTC),
    datetime(2026, 11, 25, 8, 45, tzinfo=UTC),
)


@dataclass(frozen=True, slots=True)
class SlotRequest:
    """What is to be held: one specialist's time for one person."""

    person: PersonId
    specialist: Specialist
    starts_at: datetime

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + self.specialist.timetable.length


class Bookings(Protocol):
    """How appointments are kept. The database itself forbids that a specialist or a person has two at once."""

    async def specialists(
        self, center: CenterId | None = None, structure: StructureId | None = None
    ) -> Sequence[Specialist]:
        """Active specialists, at one center or at all."""

    async def names(self, staff: Sequence[StaffId]) -> Mapping[StaffId, str]:
        """What specialists are called; for their colleagues on the page."""

    async def taken(
        self, specialists: Collection[Specialist], person: PersonId | None, since: datetime, until: datetime
    ) -> BusyTimes:
        """What is taken of specialists, and of the person with whomever, between two moments."""

    async def absences(self, since: date) -> Sequence[Absence]: ...

    async def book(
        self, wish: SlotRequest, means: Means, report: ReportId | None, offer: OfferId | None = None
    ) -> tuple[Appointment, str] | None:
        """Hold the slot, with a number and the door's token (kept only as a keyed hash). None if it is gone. What an
        `offer` holds already is the appointment's from now on."""

    async def move(
        self, appointment: Appointment, wish: SlotRequest, offer: OfferId | None = None
    ) -> Appointment | None:
        """The new slot instead of the old one, all in one; None, and nothing has changed, if it is gone. `offer` as in
        `book`."""

    async def keep_door_code(self, appointment: AppointmentId, picture: FileId) -> None:
        """The picture of the code, so that it can be shown again; of its token nothing but the hash is kept apart."""

    async def mark(self, appointment: AppointmentId, state: AppointmentState) -> None:
        """A new state; one in which the appointment no longer stands frees its slot."""

    async def confirm(self, appointment: AppointmentId, by: StaffId) -> None: ...
    async def withdraw(self, person: PersonId) -> Sequence[Appointment]:
        """Take the confirmations of a person's visits ahead away; those visits."""

    async def coming(self, appointment: AppointmentId) -> None: ...
    async def get(self, appointment: AppointmentId) -> Appointment: ...
    async def by_number(self, number: ReportNumber) -> Appointment | None: ...
    async def by_token(self, token: str) -> Appointment | None: ...
    async def of(self, person: PersonId, since: datetime) -> Sequence[Appointment]:
        """The person's appointments that end after `since`, in their order, with those that we called off."""

    async def between(
        self, starts: datetime, ends: datetime, *, center: CenterId | None = None, specialist: StaffId | None = None
    ) -> Sequence[Appointment]:
        """What begins in that time at a center or with a specialist, cancelled ones too, in its order."""

    async def be_absent(self, absence: Absence, by: StaffId) -> None:
        """From now on nobody is booked with the specialist on those days; who is booking just now is waited for."""

    async def spoken_by(self, person: PersonId, since: datetime) -> Collection[StaffId]:
        """Which members of staff have spoken with the person since then, by what they wrote down themselves."""

    async def spoken_to(self, person: PersonId, *, but: StaffId | None = None) -> bool:
        """Has a member of staff, `but` this one, ever reached this person by a call?"""

    async def to_confirm(self, center: CenterId) -> Sequence[Appointment]:
        """Visits ahead that nobody has confirmed, nearest first."""

    async def keep_timetable(self, staff: StaffId, timetable: Timetable) -> None: ...
