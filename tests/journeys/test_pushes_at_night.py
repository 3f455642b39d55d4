"""What can wait disturbs nobody: not at night, and not in a pause."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from casework.actor import Channel, Role
from casework.booking.desk import BeAbsent
from casework.cases.calling import RecordCall, Whom
from casework.cases.records import Reached
from casework.centers import KYIV
from casework.kinship import KinshipState
from casework.letters import Purpose, Say
from casework.linking import Rejoin
from casework.people import PAUSE, Opens, Pause
from casework.quiet_hours import is_quiet
from storage.outbox import letters
from tests.journeys.booking import booked, lawyer
from tests.journeys.chats import claims
from tests.journeys.pushing import Family, verified_family
from tests.visiting import WORDS, House, with_code


@pytest.fixture
async def family(house: House) -> Family:
    return await verified_family(house)


async def test_a_pause_holds_back_only_what_can_wait(family: Family) -> None:
    mother = family.mother
    await mother.says("/pause")
    await mother.presses("Так, призупинити")
    covers = [message.text for message in mother.inbox].count(WORDS.say("uk", Say("push")))

    def new() -> int:
        return [message.text for message in mother.inbox].count(WORDS.say("uk", Say("push"))) - covers

    await family.sends(Purpose.ROUTINE)
    assert new() == 0
    for count, purpose in enumerate((Purpose.APPOINTMENT, Purpose.UPDATE, Purpose.KINSHIP, Purpose.CALL), 1):
        await family.sends(purpose)
        assert new() == count, purpose
    await mother.says("/menu")
    assert mother.hears("menu")
    assert new() == 4
    family.house.clock.pass_by(days=PAUSE.days, minutes=1)
    await family.house.deliver()
    assert new() == 5, "it waited, and was not lost"


async def test_a_pause_that_is_ended_lets_go_what_waited(family: Family) -> None:
    await family.does(family.mother, Pause(on=True))
    await family.sends(Purpose.ROUTINE)
    before = len(family.mother.inbox)
    await family.does(family.mother, Pause(on=False))
    assert len(family.mother.inbox) == before + 1


async def in_chicago(family: Family) -> None:
    async with family.house.database.work(family.house.clock()) as work:
        person = await work.people.get(await family.mother.person())
        await work.people.keep(replace(person, profile=replace(person.profile, zone="America/Chicago")))
        await work.commit()


async def test_what_can_wait_wakes_nobody_at_night(family: Family) -> None:
    """It is 10:00 in Kyiv and 02:00 in Chicago."""
    house, mother = family.house, family.mother
    await in_chicago(family)
    before = len(mother.inbox)
    await family.decides(KinshipState.VERIFIED)
    await family.releases_an_update()
    assert len(mother.inbox) == before
    house.clock.go_to(datetime(2026, 11, 24, 7, 59, tzinfo=ZoneInfo("America/Chicago")))
    await house.deliver()
    assert len(mother.inbox) == before
    house.clock.pass_by(minutes=1)
    await house.deliver()
    assert [message.text for message in mother.inbox[before:]] == [
        WORDS.say("uk", Say("push")),
        WORDS.say("uk", Say("update-news")),
    ]


async def test_the_page_wakes_nobody_and_has_it_at_once(family: Family) -> None:
    await in_chicago(family)
    await family.joins(Channel.WEB)
    page = await family.mother.person()
    async with family.house.database.work(family.house.clock()) as work:
        await work.people.keep(replace(await work.people.get(page), opens=Opens.PAGE))
        await work.commit()
    await family.decides(KinshipState.VERIFIED)
    async with family.house.database.work(family.house.clock()) as work:
        waiting = select(letters.c.channel).where(letters.c.person_id == page, letters.c.state == "waiting")
        assert (await work.connection.scalars(waiting)).all() == [Channel.TELEGRAM]


async def test_an_answer_and_a_guard_come_at_night(family: Family) -> None:
    house, mother = family.house, family.mother
    await in_chicago(family)
    await mother.says("/reports")
    assert mother.sees(str(family.number))
    before = len(mother.inbox)
    await family.does(family.staff[Role.OPERATOR], RecordCall(Whom(family.number), Reached.REACHED))
    code = await claims(house.guest())
    await family.does(family.staff[Role.OPERATOR], Rejoin(family.number, code.replace("-", ""), close=False))
    assert len(mother.inbox) > before, "somebody else may be at her case"


async def test_a_visit_that_is_off_is_told_at_night_where_it_is_near(family: Family) -> None:
    house, mother = family.house, family.mother
    absent = await lawyer(house)
    await booked(mother, "6")
    await in_chicago(family)
    async with house.database.work(house.clock()) as work:
        (visit,) = await work.bookings.of(await mother.person(), work.now)
        specialist = await with_code(await absent.person(), work)
    assert specialist is not None
    house.clock.go_to(visit.starts_at - timedelta(hours=5))
    assert is_quiet(house.clock(), ZoneInfo("America/Chicago"))
    before = len(mother.inbox)
    day = visit.starts_at.astimezone(KYIV).date()
    await family.does(family.staff[Role.HEAD], BeAbsent(specialist.id, day, day))
    assert len(mother.inbox) > before
