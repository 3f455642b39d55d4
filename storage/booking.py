"""Appointments. The time that one takes of its specialist and its person stands in `storage/holding.py`."""

from base64 import urlsafe_b64encode
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from os import urandom
from typing import Any, Final

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    bindparam,
    func,
    or_,
    select,
    update,
)
from sqlalchemy import Sequence as Counter
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.types import BigInteger

from casework import holding
from casework.actor import Role
from casework.booking.appointments import AHEAD_STATES, Appointment, AppointmentState, Means, SlotRequest
from casework.booking.slots import Specialist, Timetable
from casework.cases.records import Reached
from casework.centers import KYIV
from casework.holding import BusyTimes
from casework.ids import AppointmentId, CenterId, FileId, OfferId, PersonId, ReportId, StaffId, StructureId
from casework.numbers import ReportNumber, make_number
from casework.presence import Absence
from casework.reference import Sort
from storage.binding import BoundConnection
from storage.cases import call_attempts
from storage.holding import Holding
from storage.ids import Ids
from storage.schema import among, at_center, bound, key, metadata, moment, naming, put_in, ref
from storage.sealing import Seals
from storage.staff import staff

counter = Counter("appointment_numbers", metadata=metadata)

appointments = Table(
    "appointments",
    metadata,
    key(),
    Column("number", Text, nullable=False, unique=True),
    Column("token", LargeBinary, nullable=False, unique=True),
    ref("person_id", "people", cascade=True),
    Column("report_id", BigInteger, ForeignKey("reports.id", ondelete="SET NULL"), index=True),
    at_center(),
    ref("staff_id", "staff"),
    *naming("structure", Sort.STRUCTURE),
    Column("means", Text, nullable=False),
    moment("starts_at", null=False),
    moment("ends_at", null=False),
    Column("state", Text, nullable=False),
    Column("moves", Integer, nullable=False, server_default="0"),
    moment("made_at", null=False),
    ref("confirmed_by", "staff", null=True),
    moment("confirmed_at"),
    moment("coming_at"),
    Column("door_code_id", BigInteger, ForeignKey("files.id", ondelete="SET NULL"), index=True),
    bound("appointments", "person_id", "center", "staff_id"),
    Index("ix_appointments_center_starts_at", "center", "starts_at"),
)
"""`token` is the keyed hash of what the code for the door holds; `door_code_id` its sealed picture."""

absences = Table(
    "absences",
    metadata,
    key(),
    ref("staff_id", "staff"),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    ref("made_by", "staff"),
    moment("made_at", null=False),
)

timetables = Table(
    "timetables",
    metadata,
    Column("staff_id", BigInteger, ForeignKey("staff.id"), primary_key=True, autoincrement=False),
    Column("length", Integer, nullable=False),
    Column("pause", Integer, nullable=False),
)
"""Minutes, for specialists who do not keep the usual ones."""

_SPREAD, _START, _EVERY = 3_819_661, 1_414_213, 10_000_000

# Statements that every booking passes are made once.
_SPECIALISTS: Final = (
    select(staff, timetables.c.length, timetables.c.pause)
    .outerjoin(timetables, timetables.c.staff_id == staff.c.id)
    .where(
        staff.c.role == Role.SPECIALIST,
        staff.c.active,
        staff.c.structure.is_not(None),
        staff.c.center == func.coalesce(bindparam("center", type_=Text), staff.c.center),
    )
    .order_by(staff.c.id)
)
_ABSENCES: Final = select(absences).where(absences.c.last >= bindparam("since"))
_WORKS: Final = (
    select(staff.c.id)
    .where(staff.c.id == bindparam("specialist"), staff.c.active)
    .with_for_update(read=True, key_share=True)
)
_AWAY: Final = (
    select(absences.c.id)
    .where(absences.c.staff_id == bindparam("specialist"))
    .where(absences.c.first <= bindparam("day"), absences.c.last >= bindparam("day"))
    .limit(1)
)
_BOOK: Final = put_in(
    appointments,
    *("id", "number", "token", "person_id", "report_id", "center", "staff_id", "structure", "means", "starts_at"),
    *("ends_at", "state", "made_at", "bound"),
)
_COUNTED: Final = select(counter.next_value().label("count"))
_CODE: Final = (
    update(appointments).where(appointments.c.id == bindparam("which")).values(door_code_id=bindparam("picture"))
)
_ONE: Final = select(appointments).where(appointments.c.id == bindparam("id"))
_OF: Final = (
    select(appointments)
    .where(appointments.c.person_id == bindparam("person"), appointments.c.ends_at > bindparam("since"))
    .where(or_(*(appointments.c.state == one for one in [*AHEAD_STATES, AppointmentState.SPECIALIST_ABSENT])))
    .order_by(appointments.c.starts_at, appointments.c.id)
)


class StoredBookings:
    """How appointments are kept: `casework.booking.Bookings`."""

    def __init__(self, connection: BoundConnection, seals: Seals, ids: Ids, now: datetime, held: Holding) -> None:
        self._connection, self._seals, self._ids, self._now, self._holding = connection, seals, ids, now, held
        self._specialists: dict[CenterId | None, Sequence[Specialist]] = {}

    async def specialists(
        self, center: CenterId | None = None, structure: StructureId | None = None
    ) -> Sequence[Specialist]:
        if center not in self._specialists:  # read once in a transaction, of all structures
            self._specialists[center] = [
                Specialist(StaffId(row.id), StructureId(row.structure), CenterId(row.center), _timetable(row))
                for row in await self._connection.run(_SPECIALISTS, {"center": center})
            ]
        return [one for one in self._specialists[center] if structure in (None, one.structure)]

    async def names(self, wanted: Sequence[StaffId]) -> Mapping[StaffId, str]:
        rows = (await self._connection.execute(select(staff.c.id, staff.c.name).where(among(staff.c.id, wanted)))).all()
        await self._seals.learn(row.name for row in rows)
        return {
            StaffId(row.id): await self._seals.unseal(staff.c.name, row.id, row.name) if row.name else "—"
            for row in rows
        }

    async def taken(
        self, specialists: Collection[Specialist], person: PersonId | None, since: datetime, until: datetime
    ) -> BusyTimes:
        resources = [holding.specialist(one.staff) for one in specialists]
        if person is not None:
            resources.append(holding.person(person))
        return await self._holding.taken(resources, since, until)

    async def absences(self, since: date) -> Sequence[Absence]:
        found = await self._connection.run(_ABSENCES, {"since": since})
        return [Absence(StaffId(row.staff_id), row.first, row.last) for row in found]

    async def book(
        self, wish: SlotRequest, means: Means, report: ReportId | None, offer: OfferId | None = None
    ) -> tuple[Appointment, str] | None:
        id = AppointmentId(await self._ids.take(self._connection))
        if not await self._hold(wish, id, offer):
            return None
        [(count,)] = await self._connection.run(_COUNTED, {})
        token = urlsafe_b64encode(urandom(16)).decode().rstrip("=")
        row = {
            "id": id,
            "number": make_number((count * _SPREAD + _START) % _EVERY).digits,
            "token": self._hash(token),
            "person_id": wish.person,
            "report_id": report,
            "center": wish.specialist.center,
            "staff_id": wish.specialist.staff,
            "structure": wish.specialist.structure,
            "means": means,
            "starts_at": wish.starts_at,
            "ends_at": wish.ends_at,
            "state": AppointmentState.BOOKED,
            "made_at": self._now,
        }
        await self._connection.run(_BOOK, row)
        return await self.get(id), token

    async def move(
        self, appointment: Appointment, wish: SlotRequest, offer: OfferId | None = None
    ) -> Appointment | None:
        """The new time is taken before the old one is freed: two who swap never wait for each other."""
        new = await self._hold(wish, appointment.id, offer)
        if not new:
            return None
        await self._holding.free(appointment=appointment.id, but=new)
        await self._connection.execute(
            update(appointments)
            .where(appointments.c.id == appointment.id)
            .values(
                center=wish.specialist.center,
                staff_id=wish.specialist.staff,
                starts_at=wish.starts_at,
                ends_at=wish.ends_at,
                state=AppointmentState.BOOKED,
                moves=appointments.c.moves + 1,
                confirmed_by=None,
                confirmed_at=None,
                coming_at=None,
            )
        )
        return await self.get(appointment.id)

    async def _hold(self, wish: SlotRequest, appointment: AppointmentId, offer: OfferId | None) -> Sequence[int]:
        """Take the time of the specialist and the person: what holds it, or nothing if somebody has it."""
        if not await self._works(wish):
            return ()
        if offer is not None:
            return await self._holding.pass_on(offer, appointment)
        resources = (holding.specialist(wish.specialist.staff), holding.person(wish.person))
        return await self._holding.take(resources, wish.starts_at, wish.ends_at, appointment=appointment)

    async def _works(self, wish: SlotRequest) -> bool:
        """Is the specialist there that day? Until the transaction ends nobody marks them as absent."""
        specialist = wish.specialist.staff
        # Held against `be_absent` alone: those who book do not wait here for each other.
        if not await self._connection.run(_WORKS, {"specialist": specialist}):
            return False
        day = wish.starts_at.astimezone(KYIV).date()
        return not await self._connection.run(_AWAY, {"specialist": specialist, "day": day})

    async def keep_door_code(self, appointment: AppointmentId, picture: FileId) -> None:
        await self._connection.run(_CODE, {"which": appointment, "picture": picture})

    async def mark(self, appointment: AppointmentId, state: AppointmentState) -> None:
        await self._connection.execute(update(appointments).where(appointments.c.id == appointment).values(state=state))
        if state in (AppointmentState.CANCELLED, AppointmentState.SPECIALIST_ABSENT):
            await self._holding.free(appointment=appointment)

    async def confirm(self, appointment: AppointmentId, by: StaffId) -> None:
        await self._connection.execute(
            update(appointments).where(appointments.c.id == appointment).values(confirmed_by=by, confirmed_at=self._now)
        )

    async def withdraw(self, person: PersonId) -> Sequence[Appointment]:
        taken = await self._connection.execute(
            update(appointments)
            .where(
                appointments.c.person_id == person,
                appointments.c.confirmed_at.is_not(None),
                appointments.c.state == AppointmentState.BOOKED,
                appointments.c.ends_at > self._now,
            )
            .values(confirmed_by=None, confirmed_at=None)
            .returning(appointments.c.id)
        )
        return await self._read(among(appointments.c.id, taken.scalars().all()))

    async def coming(self, appointment: AppointmentId) -> None:
        await self._connection.execute(
            update(appointments).where(appointments.c.id == appointment).values(coming_at=self._now)
        )

    async def get(self, appointment: AppointmentId) -> Appointment:
        [row] = await self._connection.run(_ONE, {"id": appointment})
        return _appointment(row)

    async def by_number(self, number: ReportNumber) -> Appointment | None:
        found = await self._read(appointments.c.number == number.digits)
        return found[0] if found else None

    async def by_token(self, token: str) -> Appointment | None:
        found = await self._read(appointments.c.token == self._hash(token))
        return found[0] if found else None

    def _hash(self, token: str) -> bytes:
        return self._seals.vault.lookup("door", token)

    async def of(self, person: PersonId, since: datetime) -> Sequence[Appointment]:
        return [_appointment(row) for row in await self._connection.run(_OF, {"person": person, "since": since})]

    async def between(
        self, starts: datetime, ends: datetime, *, center: CenterId | None = None, specialist: StaffId | None = None
    ) -> Sequence[Appointment]:
        where = [appointments.c.starts_at >= starts, appointments.c.starts_at < ends]
        if center is not None:
            where.append(appointments.c.center == center)
        if specialist is not None:
            where.append(appointments.c.staff_id == specialist)
        return await self._read(*where)

    async def to_confirm(self, center: CenterId) -> Sequence[Appointment]:
        return await self._read(
            appointments.c.center == center,
            appointments.c.means == Means.VISIT,
            appointments.c.state == AppointmentState.BOOKED,
            appointments.c.starts_at > self._now,
            appointments.c.confirmed_at.is_(None),
        )

    async def be_absent(self, absence: Absence, by: StaffId) -> None:
        await self._connection.execute(select(staff.c.id).where(staff.c.id == absence.staff).with_for_update())
        await self._connection.execute(
            absences.insert().values(
                id=await self._ids.take(self._connection),
                staff_id=absence.staff,
                first=absence.first,
                last=absence.last,
                made_by=by,
                made_at=self._now,
            )
        )

    async def spoken_by(self, person: PersonId, since: datetime) -> Collection[StaffId]:
        reached = (
            call_attempts.c.person_id == person,
            call_attempts.c.how == Reached.REACHED,
            call_attempts.c.at > since,
        )
        found = await self._connection.execute(select(call_attempts.c.staff_id).where(*reached).distinct())
        return {StaffId(member) for member in found.scalars()}

    async def spoken_to(self, person: PersonId, *, but: StaffId | None = None) -> bool:
        reached = (
            call_attempts.c.person_id == person,
            call_attempts.c.how == Reached.REACHED,
            call_attempts.c.staff_id != (but or 0),
        )
        found = await self._connection.scalar(select(call_attempts.c.id).where(*reached).limit(1))
        return found is not None

    async def keep_timetable(self, member: StaffId, timetable: Timetable) -> None:
        self._specialists.clear()
        values = {
            "length": timetable.length // timedelta(minutes=1),
            "pause": timetable.pause // timedelta(minutes=1),
        }
        await self._connection.execute(
            insert(timetables)
            .values(staff_id=member, **values)
            .on_conflict_do_update(index_elements=["staff_id"], set_=values)
        )

    async def _read(self, *where: Any) -> list[Appointment]:
        found = await self._connection.execute(
            select(appointments).where(*where).order_by(appointments.c.starts_at, appointments.c.id)
        )
        return [_appointment(row) for row in found]


def _timetable(row: Any) -> Timetable:
    if row.length is None:
        return Timetable()
    return Timetable(timedelta(minutes=row.length), timedelta(minutes=row.pause))


def _appointment(row: Any) -> Appointment:
    return Appointment(
        AppointmentId(row.id),
        ReportNumber(row.number),
        PersonId(row.person_id),
        ReportId(row.report_id) if row.report_id else None,
        CenterId(row.center),
        StaffId(row.staff_id),
        StructureId(row.structure),
        Means(row.means),
        row.starts_at,
        row.ends_at,
        AppointmentState(row.state),
        row.moves,
        row.confirmed_at,
        row.coming_at,
        FileId(row.door_code_id) if row.door_code_id else None,
    )
