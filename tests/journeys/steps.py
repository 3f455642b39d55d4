"""What families and staff do, step by step, the same on every channel; and what must be true in the database after."""

import asyncio
import re
from collections.abc import Coroutine, Sequence
from datetime import timedelta
from typing import Any, Final, TypeVar

from sqlalchemy import text

from casework.actor import Role
from casework.booking.appointments import Appointment
from casework.ids import CenterId, StructureId
from casework.kinship import KinshipState
from casework.letters import Say
from casework.numbers import ReportNumber
from casework.registering import Kinship, Report
from casework.releasing import STOPPABLE
from casework.values import PartialDate
from demo.cast import Player
from demo.fakes.hurried import PATIENCE
from tests.journeys.lines import Line

T = TypeVar("T")

MISSING: Final = "Петренко Іван Миколайович"
MOTHER: Final = "Петренко Марія"
BORN: Final = PartialDate(1990, 3, 12)
UPDATE: Final = "Ім’я внесено до реєстру Національного інформаційного бюро за зверненням родини."
NOTE: Final = "Просять писати на пошту."

NAMES: Final = re.compile(r"Петренк|Марі[яїю]|Іван|Миколайович|67 ?123|1234567|пошту|Лисенк|Шевченк")
"""What no messenger of staff may ever hold."""


def number_in(heard: str) -> str:
    """The first number of a report or an appointment."""
    found = re.search(r"\d{4}-\d{4}", heard)
    assert found is not None, heard
    return found[0]


async def specialist(line: Line, structure: StructureId) -> None:
    """Somebody in Kharkiv whom families can see."""
    async with line.service.database.work(line.clock()) as work:
        person = await work.people.add("uk")
        kharkiv = CenterId("kharkiv")
        await work.staff.add(person, Role.SPECIALIST, center=kharkiv, structure=structure, name="Лисенко Богдан")
        await work.commit()


async def agrees(mother: Player) -> None:
    await mother.opens(then="consent")
    await mother.presses("consent.agree", then="menu")


async def begins_to_register(mother: Player) -> None:
    """As far as the birth date."""
    await mother.presses("menu.register", then="kinship")
    await mother.presses("kinship.mother", then="missing-name")
    await mother.says(MISSING, then="born")


async def goes_on_registering(mother: Player) -> str:
    """From the birth date to the report's number."""
    await mother.says("12.03.1990", then="own-name")
    await mother.says(MOTHER, then="phone")
    await mother.says("067 123 45 67", then="region")
    await mother.says("Харьков", then="register-review")
    number = number_in(await mother.press_and_hear("register-review.send", "register-done"))
    await mother.hears("registered")
    return number


async def registers(mother: Player) -> str:
    await agrees(mother)
    await begins_to_register(mother)
    return await goes_on_registering(mother)


async def books(mother: Player, structure: StructureId) -> str:
    """The next free time with a specialist of the own center; the appointment's number."""
    await mother.says("/book", then="book-center")
    await mother.presses(mother.word("book-center.own", city=Say("center-kharkiv")), then="book-structure")
    await mother.presses(f"specialist.{structure}", then="book-slot")
    await mother.says("1", then="book-review")
    return number_in(after("Номер запису", await mother.press_and_hear("book-review.send", "booked")))


def after(words: str, heard: str) -> str:
    return heard.partition(words)[2] or heard


async def report_of(line: Line, number: str) -> Report:
    async with line.service.database.work(line.clock()) as work:
        report = await work.reports.by_number(ReportNumber(number.replace("-", "")))
    assert report is not None
    return report


async def visit_of(line: Line, number: str) -> Appointment:
    async with line.service.database.work(line.clock()) as work:
        visit = await work.bookings.by_number(ReportNumber(number.replace("-", "")))
    assert visit is not None
    return visit


async def verified(line: Line, number: str, by: Player) -> None:
    """The mother's papers have been looked at."""
    report = await report_of(line, number)
    async with line.service.database.work(line.clock()) as work:
        member = next(one for one in await work.staff.all() if one.name == by.name)
        await work.kinships.declare(report.id)
        state = await work.kinships.state(report.id)
        await work.kinships.decide(report.id, state, KinshipState.VERIFIED, member.staff.id)
        await work.commit()


async def writes(author: Player, number: str) -> None:
    """A specialist writes an update, and signs it."""
    await author.says(f"/update {number}", then="update-level")
    await author.presses("update-level.nib", then="update-subject")
    await author.presses("update-subject.none", then="update-source")
    await author.presses("update-source.nib", then="update-manner")
    await author.presses("update-manner.document", then="write-on")
    await author.says("20.11.2026", then="update-stage")
    await author.presses("update-stage.none", then="write-text")
    await author.says(UPDATE, then="write-english")
    await author.presses("write-english.without", then="write-review")
    await author.presses("write-review.send", then="write-sign")
    await author.presses("write-sign.sign", then="write-done")


async def approves(line: Line, head: Player, number: str) -> None:
    """A second person signs, and nobody stops it in the five minutes after that."""
    await head.says(f"/approve {number}", then="approve-decision")
    await head.presses("approve-decision.approve", then="approve-done", recipients=1, number=number)
    line.clock.go_to(line.clock() + STOPPABLE)


async def is_filed_once(line: Line, number: str) -> Report:
    """One report, as it was told, in one case."""
    report = await report_of(line, number)
    claim = report.claim
    assert (claim.kinship, claim.name.full, claim.born) == (Kinship.MOTHER, MISSING, BORN)
    async with line.service.database.work(line.clock()) as work:
        assert [one.id for one in await work.reports.of(report.person)] == [report.id]
        person = await work.people.get(report.person)
    assert person.profile.name is not None
    assert (person.profile.name.full, person.profile.region) == (MOTHER, "kharkiv")
    return report


async def all_is_delivered(line: Line) -> None:
    """Every letter that is due has been sent (but what waits on Viber until the person writes), none was given up,
    nothing was unreadable, and no fault was noted."""
    line.storm.blows = False
    await nothing_waits(line)
    given_up = await rows(line, "SELECT id, channel, kind, purpose, given_up FROM letters WHERE state = 'set-aside'")
    lost = [row for row in given_up if row.id not in line.former.given_up]
    assert not lost, f"given up: {lost}"
    unread = [row for row in await rows(line, "SELECT id FROM quarantine") if row.id not in line.former.quarantined]
    assert not unread, f"not understood: {unread}"
    assert not line.faults, line.faults


async def nothing_waits(line: Line) -> None:
    """Before time leaps: a letter that bad weather has delayed would be days old after it, and given up."""
    await comes_true(line, "letters WHERE state = 'waiting' AND due_at <= :now AND NOT for_session", 0)


async def leaves_and_comes_back(line: Line, mother: Player) -> None:
    """In the midst of it she blocks the service, and lets it write again. An answer that was on its way just then (the
    platform's own was lost) is given up; its question is asked anew."""
    assert line.blocks is not None
    assert line.unblocks is not None
    await line.blocks(mother)
    await comes_true(line, "addresses WHERE NOT active", len(line.former.closed) + 1)
    await line.unblocks(mother)
    await mother.says("/start", then="born")
    given_up = await rows(line, "SELECT id FROM letters WHERE state = 'set-aside' AND kind = 'reply'")
    line.former.given_up.update(row.id for row in given_up)


async def together(*doings: Coroutine[Any, Any, T]) -> list[T]:
    """What several people do at once. If one fails, the others go home: they would walk into the next journey."""
    async with asyncio.TaskGroup() as group:
        done = [group.create_task(doing) for doing in doings]
    return [task.result() for task in done]


async def comes_true(line: Line, what: str, count: int) -> None:
    """Wait until so many of these rows are there."""
    loop = asyncio.get_running_loop()
    until = loop.time() + PATIENCE
    while (found := await _count(line, what)) != count:
        assert loop.time() < until, f"{found} and not {count}: {what}"
        await asyncio.sleep(0.5)


async def _count(line: Line, what: str) -> int:
    return int((await rows(line, f"SELECT count(*) FROM {what}"))[0][0])  # noqa: S608  of the few in these tests


async def rows(line: Line, query: str) -> Sequence[Any]:
    """What a query finds; `:now` in it is the line's present moment."""
    async with line.service.database.work(line.clock()) as work:
        return (await work.connection.execute(text(query), {"now": work.now} if ":now" in query else {})).all()


def day_before(visit: Appointment, line: Line) -> None:
    """It is the moment of the day's reminder, or already later."""
    line.clock.go_to(visit.starts_at - timedelta(days=1) + timedelta(seconds=5))
