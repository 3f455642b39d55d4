"""Clocks that change, jump and stand still: every reminder comes once and at the right hour, and nobody is refused.

Families in many zones have appointments around every change of a clock from 2026 to 2035, theirs or Kyiv's. When each
reminder has to come is worked out here anew, on the family's own clock: the day before at the same time and two hours
before, at 20:00 where that would be at night.

Then the machine's clock itself jumps by 26 hours and comes back, and for twelve hours nothing runs. While its clock is
wrong no program knows the hour; but none may come twice, nobody may be left without one, and whoever writes is heard on
every channel, and a code of the staff is taken.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from unittest import mock
from zoneinfo import ZoneInfo

import pyotp
from sqlalchemy import func, select

from benchmarks.row import Measured, Row, Run
from benchmarks.trust.edges import Delivery, Edges, Writer, edges
from bot.app import invitation
from bot.ticks import remind
from casework.actor import Channel, Role
from casework.booking import reminding
from casework.booking.appointments import Means, SlotRequest
from casework.booking.reminding import Before
from casework.booking.slots import Specialist
from casework.ids import AppointmentId, CenterId, StructureId
from casework.people import Profile
from storage.database import StoredWork
from storage.deferred import deferred
from storage.outbox import letters
from storage.quarantine import quarantine
from storage.reminding import reminders
from tests.visiting import MORNING

KYIV: Final = "Europe/Kyiv"
ZONES: Final = (
    KYIV,
    "Europe/Warsaw",
    "Europe/Lisbon",
    "America/New_York",
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Asia/Jerusalem",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
)
YEARS: Final = range(2026, 2036)
QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
JUMP: Final = timedelta(hours=26)
OUTAGE: Final = timedelta(hours=12)


def changes(zone: str, years: Sequence[int]) -> set[date]:
    """The days on which a zone's clock changes."""
    clock, found = ZoneInfo(zone), set[date]()
    for year in years:
        day = datetime(year, 1, 1, tzinfo=UTC)
        while day.year == year:
            if (day + DAY).astimezone(clock).utcoffset() != day.astimezone(clock).utcoffset():
                found.add((day + DAY).astimezone(clock).date())
            day += DAY
    return found


@dataclass(frozen=True)
class Visit:
    """An appointment of the row."""

    zone: str
    starts_at: datetime

    def wanted(self, before: Before) -> datetime:
        """What the family's clock shows when it is to be reminded."""
        clock = ZoneInfo(self.zone)
        if before is Before.DAY:
            wall = self.starts_at.astimezone(clock).replace(tzinfo=None) - DAY
        else:
            wall = (self.starts_at.astimezone(UTC) - 2 * HOUR).astimezone(clock).replace(tzinfo=None)
        if wall.time() >= time(21):
            return datetime.combine(wall.date(), time(20))
        return datetime.combine(wall.date() - DAY, time(20)) if wall.time() < time(8) else wall

    def fault(self, before: Before, came: datetime) -> str | None:
        """What is wrong with a reminder that came at this moment. An hour that the clock leaves out may be either."""
        clock = ZoneInfo(self.zone)
        shown, wanted = came.astimezone(clock).replace(tzinfo=None), self.wanted(before)
        there = wanted.replace(tzinfo=clock).astimezone(UTC).astimezone(clock).replace(tzinfo=None) == wanted
        if not time(8) <= shown.time() < time(21):
            return f"at night, at {shown:%H:%M}"
        late = shown - wanted
        if timedelta(0) <= late <= QUARTER or (not there and abs(late) <= HOUR + QUARTER):
            return None
        return f"at {shown:%d %H:%M} instead of {wanted:%d %H:%M}"


async def _specialists(work: StoredWork, many: int) -> list[Specialist]:
    lawyer, center, made = StructureId("lawyer"), CenterId("kharkiv"), list[Specialist]()
    for _ in range(many):
        person = await work.people.add("uk")
        id = await work.staff.add(person, Role.SPECIALIST, center=center, structure=lawyer, name="Юрист")
        made.append(Specialist(id, lawyer, center))
    return made


async def _book(work: StoredWork, visit: Visit, specialist: Specialist, number: int) -> AppointmentId:
    """Somebody who lives in a zone and has Telegram, with an appointment and its reminders."""
    person = await work.people.get(await work.people.add("uk"))
    await work.people.keep(replace(person, profile=Profile(zone=visit.zone), consent="consent-1", agreed_at=work.now))
    address = str(9_000_000 + number)
    hash = work.seals.vault.lookup("address/telegram", address)
    await work.people.join_address(person.id, Channel.TELEGRAM, address, hash)
    booked = await work.bookings.book(SlotRequest(person.id, specialist, visit.starts_at), Means.VISIT, None)
    assert booked is not None, "the row's own specialists have nothing else to do"  # noqa: S101
    await reminding.schedule(booked[0], visit.zone, work)
    return booked[0].id


async def _came(at: Edges) -> dict[AppointmentId, dict[Before, list[datetime]]]:
    """Which reminders went, and when: a letter that is held back goes when it is due."""
    found: dict[AppointmentId, dict[Before, list[datetime]]] = defaultdict(lambda: defaultdict(list))
    query = select(reminders.c.appointment_id, reminders.c.before, letters.c.due_at).join(
        letters, letters.c.reads == func.concat("reminder:", reminders.c.id)
    )
    async with at.house.database.engine.connect() as connection:
        for appointment, before, due in await connection.execute(query):
            found[AppointmentId(appointment)][Before(before)].append(due)
    return found


async def _tick(at: Edges) -> None:
    async with at.house.database.work(at.house.clock()) as work:
        await remind(work)
        await work.commit()


async def _changing(at: Edges, days: Sequence[tuple[str, date]]) -> tuple[int, list[str]]:
    """Around each change, four days of appointments in the zone; ticks by the quarter of an hour."""
    visits = [
        Visit(zone, datetime.combine(day + DAY * near, time(hour), tzinfo=ZoneInfo(KYIV)))
        for zone, day in days
        for near in (-1, 0, 1, 2)
        for hour in (10, 16)
    ]
    visits.sort(key=lambda visit: visit.starts_at)
    booked: dict[AppointmentId, Visit] = {}
    at.house.clock.go_to(visits[0].starts_at - 10 * DAY)
    async with at.house.database.work(at.house.clock()) as work:
        busy = Counter(visit.starts_at for visit in visits)
        specialists = await _specialists(work, max(busy.values()))
        placed = Counter[datetime]()
        for number, visit in enumerate(visits):
            booked[await _book(work, visit, specialists[placed[visit.starts_at]], number)] = visit
            placed[visit.starts_at] += 1
        await work.commit()
    due = select(func.min(reminders.c.due_at)).where(reminders.c.state == "waiting")
    while True:
        async with at.house.database.engine.connect() as connection:
            moment = await connection.scalar(due)
        if moment is None:
            break
        late = timedelta(seconds=-moment.timestamp() % QUARTER.total_seconds())
        at.house.clock.go_to(max(at.house.clock.at, moment + late))
        await _tick(at)
        await _tick(at)
    came, found = await _came(at), list[str]()
    for id, visit in booked.items():
        for before in (Before.DAY, Before.HOURS):
            moments, where = came[id][before], f"{visit.zone}, {visit.starts_at:%Y-%m-%d %H:%M} in Kyiv, {before}"
            if len(moments) != 1:
                found.append(f"{where}: came {len(moments)} times")
            elif fault := visit.fault(before, moments[0]):
                found.append(f"{where}: {fault}")
    return 2 * len(visits), found


@dataclass
class Member:
    """Somebody of the staff, with an application that shows codes."""

    at: Edges
    token: str = ""
    secret: str = ""

    async def enrols(self) -> None:
        code = await invitation(self.at.house.database, clock=self.at.house.clock, first=True)
        self.token = (await self._posts("/api/session", {"invite": code}))["token"]
        self.secret = (await self._posts("/api/session/factor", {}))["secret"]
        self.token = (await self._posts("/api/session/factor", {"totp": self._code()}))["token"]

    async def gives_code(self) -> int:
        """The status of the answer to the code that the application shows now."""
        body, headers = json.dumps({"totp": self._code()}).encode(), self._headers()
        return await self.at.deliver(Delivery("/api/session/factor", body, headers))

    def _code(self) -> str:
        return pyotp.TOTP(self.secret).at(self.at.house.clock.at)

    def _headers(self) -> dict[str, str]:
        return {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})

    async def _posts(self, path: str, body: dict[str, str | None]) -> dict[str, str]:
        async with self.at.http.post(self.at.url + path, json=body, headers=self._headers()) as answer:
            given: dict[str, str] = await answer.json()
            return given


@dataclass
class Wrong:
    """A clock of the machine that is wrong by so much, from one true hour to another; between some nothing runs."""

    name: str
    by: timedelta
    first: int
    last: int
    runs: bool = True


WRONGS: Final = (
    Wrong("26 h ahead", JUMP, 5, 8),
    Wrong("26 h behind", -JUMP, 5, 8),
    Wrong("26 h ahead for two days", JUMP, 5, 53),
    Wrong("an outage", timedelta(0), 5, 5 + OUTAGE // HOUR, runs=False),
)


async def _wrong(at: Edges, wrong: Wrong, number: int) -> tuple[int, list[str]]:
    """Four days with a clock that is wrong meanwhile; hour by hour, true time goes on."""
    begins = MORNING + 10 * number * DAY
    clock, found = at.house.clock, list[str]()
    clock.go_to(begins)
    async with at.house.database.work(clock()) as work:
        specialists = await _specialists(work, 3)
        visits = [
            Visit(zone, begins + day * DAY + hour * HOUR)
            for zone in ZONES[:3]
            for day in (1, 2, 3)
            for hour in (1, 4, 7)
        ]
        booked = {
            await _book(work, visit, specialists[place % 3], 1000 * (number + 1) + place): visit
            for place, visit in enumerate(sorted(visits, key=lambda visit: visit.starts_at))
        }
        await work.commit()
    writers = [Writer(at, channel, 100 * number + place) for place, channel in enumerate(CHANNELS)]
    member, heard = Member(at), 0
    await writers[2].opens_page()
    if number == 0:
        await member.enrols()
    for hour in range(90):
        true = begins + hour * HOUR
        is_wrong = wrong.first <= hour < wrong.last
        clock.go_to(true + (wrong.by if is_wrong else timedelta(0)))
        if is_wrong and not wrong.runs:
            continue
        await _tick(at)
        if hour in (wrong.first - 1, wrong.first, wrong.last - 1, wrong.last, wrong.last + 1):
            for writer in writers:
                heard += 1
                if (status := await at.deliver(writer.says(f"Слово о {hour}"))) not in (200, 202):
                    found.append(f"{wrong.name}, hour {hour}: {writer.channel} was answered with {status}")
            if member.secret and (status := await member.gives_code()) != 200:
                found.append(f"{wrong.name}, hour {hour}: a code of the staff was answered with {status}")
    came = await _came(at)
    for id, visit in booked.items():
        for before in (Before.DAY, Before.HOURS):
            if len(came[id][before]) > 1:
                found.append(f"{wrong.name}, {visit.starts_at:%d %H:%M}, {before}: came {len(came[id][before])} times")
        if _is_right(wrong, begins, visit.starts_at) and not came[id][Before.HOURS]:
            found.append(f"{wrong.name}, {visit.starts_at:%d %H:%M}: no reminder for the last hours")
        if not wrong.runs:
            shown = [(visit, moment) for moments in came[id].values() for moment in moments]
            found += [f"{wrong.name}: at night" for visit, moment in shown if _at_night(visit, moment)]
    return heard + len(visits), found


CHANNELS: Final = (Channel.TELEGRAM, Channel.VIBER, Channel.WEB)


def _is_right(wrong: Wrong, begins: datetime, starts_at: datetime) -> bool:
    """Does the clock tell the true hour from the last reminder to the beginning?"""
    hours = (starts_at - begins) // HOUR
    return hours < wrong.first or hours >= wrong.last + 14  # one for a morning comes the evening before


def _at_night(visit: Visit, moment: datetime) -> bool:
    return not time(8) <= moment.astimezone(ZoneInfo(visit.zone)).time() < time(21)


async def _put_off(at: Edges) -> int:
    async with at.house.database.engine.connect() as connection:
        kept = [await connection.scalar(select(func.count()).select_from(table)) for table in (deferred, quarantine)]
    return sum(count or 0 for count in kept)


async def clocks(run: Run) -> Measured:
    few = run.fast or run.broken
    years = YEARS[:1] if few else YEARS
    zones = (KYIV, "America/New_York") if few else ZONES
    own = changes(KYIV, years)
    days = sorted({(zone, day) for zone in zones for day in own | changes(zone, years)})
    n, found = 0, list[str]()
    with ExitStack() as stack:
        if run.broken:  # a day is 24 hours, whatever the clocks do
            stack.enter_context(mock.patch.object(reminding, "reminder_times", _by_hours))
        async with edges() as at:
            for part in [days[:2]] if few else [days]:
                many, wrong = await _changing(at, part)
                n, found = n + many, found + wrong
        async with edges() as at:
            for number, wrong_clock in enumerate(WRONGS[:1] if few else WRONGS):
                many, wrong = await _wrong(at, wrong_clock, number)
                n, found = n + many, found + wrong
            if put_off := await _put_off(at):
                found.append(f"{put_off} messages were put off or could not be handled")
    return Measured(n, len(found), tuple(found))


def _by_hours(starts_at: datetime, zone: str, booked_at: datetime) -> tuple[tuple[Before, datetime], ...]:
    """The fault: the day before is 24 hours before, and nobody's night is asked for."""
    return tuple(
        (before, starts_at - much)
        for before, much in ((Before.DAY, DAY), (Before.HOURS, 2 * HOUR))
        if starts_at - much > booked_at
    )


ROWS: Final = (
    Row(
        "clock",
        "clock changes 2026 to 2035, jumps of 26 h, an outage of 12 h: reminders wrong, persons refused",
        0,
        clocks,
    ),
)
