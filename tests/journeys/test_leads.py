"""A person with a name: who answers a relative, while they are away too; a change is told before it happens."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from casework import leads, rulebook
from casework.actor import Actor, Channel, Role, Staff
from casework.booking.desk import BeAbsent
from casework.calls import Reason
from casework.cases.calling import RecordCall, ToBeCalled, Whom
from casework.cases.card import Take
from casework.cases.queue import Queue, ToCall
from casework.cases.records import Reached
from casework.ids import CenterId, PersonId, ReportId, StaffId
from casework.leads import AskForAnother, Duty, GiveLead, chosen, on_duty
from casework.letters import Say
from casework.numbers import ReportNumber
from casework.queries import Query
from casework.refusal import Refusal
from casework.staff.introducing import ShowName
from storage.leads import StoredLeads
from tests.journeys.test_contact import does
from tests.visiting import MORNING, WORDS, Guest, House, with_code

KHARKIV = CenterId("kharkiv")


def member(id: int, role: Role = Role.OPERATOR) -> Staff:
    return Staff(StaffId(id), PersonId(id), role, KHARKIV)


def test_who_leads_fewest_is_chosen_heads_last_and_alone_without_a_substitute() -> None:
    one, two, head = member(1), member(2), member(3, Role.HEAD)
    assert chosen([one, two, head], {StaffId(1): 5, StaffId(2): 4}) == (2, 1)
    assert chosen([one, head], {StaffId(1): 500}) == (1, 3)
    assert chosen([one], {}) == (1, None)
    assert chosen([one, two], {}, but={StaffId(1)}) == (2, None)
    assert chosen([one], {}, but={StaffId(1)}) is None
    assert chosen([member(4, Role.VERIFIER)], {}) is None
    assert chosen([one, two], {}, first=StaffId(2)) == (2, 1)


def test_duties_pass_while_the_lead_is_away_and_back() -> None:
    duty = Duty(StaffId(1), StaffId(2), MORNING)
    assert on_duty(duty, {StaffId(1), StaffId(2)}) == 1
    assert on_duty(duty, {StaffId(2)}) == 2
    assert on_duty(duty, {StaffId(3)}) is None


async def assigns(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        await leads.assign(work)
        await work.commit()
    await house.deliver()


async def named(house: House, role: Role, name: str, shown: str = "") -> tuple[Guest, StaffId]:
    guest = await house.staff(role, name=name)
    if shown:
        await does(house, guest, ShowName(shown))
    async with house.database.work(house.clock()) as work:
        staff = await work.staff.member_of(await guest.person())
    assert staff is not None
    return guest, staff.id


async def duty_of(house: House, number: str) -> Duty | None:
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(_number(number))
        assert report is not None
        return await work.leads.of(report.id)


def _number(number: str) -> ReportNumber:
    return ReportNumber(number.replace("-", ""))


async def test_a_relative_knows_who_answers_by_name_and_until_when_somebody_else_does(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    olena, first = await named(house, Role.OPERATOR, "Коваль Олена", "Олена")
    await assigns(house)
    duty = await duty_of(house, number)
    assert duty is not None
    assert (duty.lead, duty.substitute) == (first, None), "a center with one member"
    _, second = await named(house, Role.OPERATOR, "Бондар Ганна", "Ганна")
    head, _ = await named(house, Role.HEAD, "Мороз Ірина")
    await does(house, head, GiveLead(_number(number), second))
    await house.deliver()
    await mother.says("/reports")
    assert mother.sees("Вам відповідає Олена."), "until the next working day"
    assert mother.sees("25 листопада"), "and it was told beforehand"
    house.clock.pass_by(days=1)
    await mother.says("/reports")
    assert mother.sees("Вам відповідає Ганна.")
    assert mother.hears("standing-hours", opens="10:00", closes="17:00")
    today = house.clock.at.date()
    await does(house, head, BeAbsent(second, today, today + timedelta(days=2)))
    await mother.says("/reports")
    assert mother.sees("вам відповідає Олена."), "duties pass on by themselves"
    assert first != second
    await olena.says("/queue")
    async with house.database.work(house.clock()) as work:
        staff = await with_code(await olena.person(), work)
        mine = await rulebook.answer(Queue("mine"), Actor(await olena.person(), "uk", Channel.WEB, staff), work)
        board = await leads.away_section(Actor(await olena.person(), "uk", Channel.WEB, staff), work)
    assert [str(call.number) for call in mine.calls] == [number], "calls go to the substitute"
    assert board is not None
    assert len(board.rows) == 1
    house.clock.pass_by(days=3)
    await mother.says("/reports")
    assert not mother.sees("вам відповідає Олена."), "and back"


async def test_where_a_lead_has_left_the_substitute_follows_and_it_is_told(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    _, first = await named(house, Role.OPERATOR, "Коваль Олена", "Олена")
    _, second = await named(house, Role.OPERATOR, "Бондар Ганна", "Ганна")
    await assigns(house)
    assert (await duty_of(house, number) or Duty(first, None, MORNING)).substitute == second
    async with house.database.work(house.clock()) as work:
        await work.staff.deactivate(first)
        await work.commit()
    await assigns(house)
    duty = await duty_of(house, number)
    assert duty is not None
    assert (duty.lead, duty.substitute) == (second, None)
    await mother.reads_push()
    assert mother.sees("Ганна")


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VIBER, Channel.WEB])
async def test_a_neighbour_of_the_lead_asks_for_another_and_says_nothing_of_why(house: House, channel: Channel) -> None:
    mother = house.guest(channel)
    number = await mother.registers()
    olena, first = await named(house, Role.OPERATOR, "Коваль Олена", "Олена")
    await assigns(house)
    await mother.says(f"/otherlead {number}")
    await mother.presses("Так, хочу іншу")
    assert mother.hears("otherlead-none"), "a center with one member"
    _, second = await named(house, Role.OPERATOR, "Бондар Ганна", "Ганна")
    await mother.says(f"/otherlead {number}")
    await mother.presses("Так, хочу іншу")
    assert mother.sees("Тепер вам відповідає Ганна.")
    duty = await duty_of(house, number)
    assert duty is not None
    assert (duty.lead, duty.substitute) == (second, None), "not the substitute either"
    with pytest.raises(Refusal, match="take-led"):
        await does(house, olena, Take(_number(number)))
    await olena.says(f"/case {number}")
    assert not olena.sees("іншу людину"), "nothing tells the former lead why"
    head, _ = await named(house, Role.HEAD, "Мороз Ірина")
    with pytest.raises(Refusal, match="lead-not-here"):
        await does(house, head, GiveLead(_number(number), first))


async def test_as_soon_as_there_is_somebody_else_the_wish_is_granted(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await named(house, Role.OPERATOR, "Коваль Олена")
    await assigns(house)
    async with house.database.work(house.clock()) as work:
        actor = Actor(await mother.person(), "uk", Channel.TELEGRAM)
        await rulebook.carry_out(AskForAnother(_number(number)), actor, work)
        await work.commit()
    _, second = await named(house, Role.OPERATOR, "Бондар Ганна", "Ганна")
    await assigns(house)
    duty = await duty_of(house, number)
    assert duty is not None
    assert duty.lead == second
    await mother.reads_push()
    assert mother.sees("Ганна")


async def test_a_long_leave_is_told_before_it_begins(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    _, first = await named(house, Role.OPERATOR, "Коваль Олена", "Олена")
    await named(house, Role.OPERATOR, "Бондар Ганна", "Ганна")
    await assigns(house)
    head, _ = await named(house, Role.HEAD, "Мороз Ірина")
    await does(house, head, BeAbsent(first, date(2026, 12, 7), date(2026, 12, 18)))
    await house.deliver()
    await mother.reads_push()
    assert mother.sees("Олена: відпустка")
    assert mother.sees("Ганна")


async def test_a_substitute_who_is_away_too_is_not_named(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    _, first = await named(house, Role.OPERATOR, "Коваль Олена", "Олена")
    _, second = await named(house, Role.OPERATOR, "Бондар Ганна", "Ганна")
    await assigns(house)
    head, _ = await named(house, Role.HEAD, "Мороз Ірина")
    today = house.clock.at.date()
    await does(house, head, BeAbsent(second, today, today + timedelta(days=20)))
    await does(house, head, BeAbsent(first, today + timedelta(days=2), today + timedelta(days=9)))
    await house.deliver()
    await mother.reads_push()
    assert mother.sees("Олена: відпустка")
    assert mother.sees("інша людина з центру")
    assert not mother.sees("Ганна")
    house.clock.pass_by(days=2)
    await mother.says(f"/reports {number}")
    assert mother.sees("вам відповідає будь-хто з центру")
    assert not mother.sees("Ганна")


async def test_who_is_spoken_with_by_a_human_only_reads_of_no_leave_and_staff_are_told_that_no_letter_went(
    house: House,
) -> None:
    mother = house.guest()
    number = await mother.registers()
    _, first = await named(house, Role.OPERATOR, "Коваль Олена", "Олена")
    _, second = await named(house, Role.OPERATOR, "Бондар Ганна", "Ганна")
    await assigns(house)
    head, _ = await named(house, Role.HEAD, "Мороз Ірина")
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(_number(number))
        assert report is not None
        await work.voices.begin(report.id, None)
        await work.commit()
    heard = len(mother.inbox)
    await does(house, head, BeAbsent(first, date(2026, 12, 7), date(2026, 12, 18)))
    async with house.database.work(house.clock()) as work:
        person = await head.person()
        actor = Actor(person, "uk", Channel.WEB, await with_code(person, work))
        result = await rulebook.carry_out(GiveLead(_number(number), second), actor, work)
        await work.commit()
    await house.deliver()
    assert len(mother.inbox) == heard
    assert "наперед" not in " ".join(WORDS.say("uk", one) for one in result.says)


async def test_a_side_that_another_process_gave_a_lead_meanwhile_keeps_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    mother = house.guest()
    number = await mother.registers()
    await named(house, Role.OPERATOR, "Коваль Олена", "Олена")
    await assigns(house)
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(_number(number))
        assert report is not None
        given, of_before = report.id, StoredLeads.without

        async def read_before(leads: StoredLeads, most: int) -> list[ReportId]:
            return [given, *await of_before(leads, most)]

        monkeypatch.setattr(StoredLeads, "without", read_before)
        await leads.assign(work)
        rows = (await work.connection.execute(text("SELECT count(*) FROM leads"))).scalar_one()
    assert rows == 1


async def test_whom_the_relative_did_not_want_does_not_call_while_somebody_else_is_there(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    olena, _ = await named(house, Role.OPERATOR, "Коваль Олена")
    await assigns(house)
    hanna, _ = await named(house, Role.OPERATOR, "Бондар Ганна")
    await does(house, mother, AskForAnother(_number(number)))
    assert [one.number for one in await calls_seen(house, hanna)] == [_number(number)]
    assert await calls_seen(house, olena) == []
    with pytest.raises(Refusal, match="call-another"):
        await asks(house, olena, ToBeCalled(Whom(_number(number))))
    async with house.database.work(house.clock()) as work:
        await work.calls.add_task(
            Reason.CRISIS, person=await mother.person(), center=KHARKIV, due=house.clock(), report=None
        )
        await work.commit()
    assert await calls_seen(house, olena), "in despair whoever is there calls"
    await does(house, hanna, RecordCall(Whom(_number(number)), Reached.REACHED))


async def test_what_came_of_a_call_is_recorded_though_the_relative_wanted_another_meanwhile(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    olena, _ = await named(house, Role.OPERATOR, "Коваль Олена")
    await assigns(house)
    hanna, _ = await named(house, Role.OPERATOR, "Бондар Ганна")
    await does(house, mother, AskForAnother(_number(number)))
    await does(house, olena, RecordCall(Whom(_number(number)), Reached.REACHED))
    assert await calls_seen(house, hanna) == []


async def test_who_speaks_with_a_relative_records_it_though_another_was_asked_for_during_the_talk(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    olena, _ = await named(house, Role.OPERATOR, "Коваль Олена")
    await assigns(house)
    await named(house, Role.OPERATOR, "Бондар Ганна")
    await olena.says(f"/call {number}")
    await does(house, mother, AskForAnother(_number(number)))
    await olena.presses(WORDS.say("uk", Say("call-how.reached")))
    assert not olena.hears("call-another")
    assert olena.hears("call-done", number=number, tasks=1)
    house.clock.pass_by(hours=4)
    await olena.says(f"/call {number}")
    assert olena.hears("call-another")


async def test_a_refusal_shows_nothing_and_opens_no_way(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    olena, _ = await named(house, Role.OPERATOR, "Коваль Олена")
    await assigns(house)
    await named(house, Role.OPERATOR, "Бондар Ганна")
    await does(house, mother, AskForAnother(_number(number)))
    for _ in range(2):
        await olena.says(f"/call {number}")
        assert olena.hears("call-another")


async def test_whom_the_relative_did_not_want_calls_while_everybody_else_is_on_leave(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    olena, _ = await named(house, Role.OPERATOR, "Коваль Олена")
    await assigns(house)
    head, hanna = await named(house, Role.HEAD, "Бондар Ганна")
    await does(house, mother, AskForAnother(_number(number)))
    assert await calls_seen(house, olena) == []
    today = house.clock.at.date()
    await does(house, head, BeAbsent(hanna, today, today + timedelta(days=14)))
    assert [one.number for one in await calls_seen(house, olena)] == [_number(number)]
    await asks(house, olena, ToBeCalled(Whom(_number(number))))


async def test_whom_the_relative_did_not_want_calls_once_it_is_late(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    olena, _ = await named(house, Role.OPERATOR, "Коваль Олена")
    await assigns(house)
    await named(house, Role.OPERATOR, "Бондар Ганна")
    await does(house, mother, AskForAnother(_number(number)))
    assert await calls_seen(house, olena) == []
    house.clock.pass_by(days=14)
    assert [one.number for one in await calls_seen(house, olena)] == [_number(number)]
    await asks(house, olena, ToBeCalled(Whom(_number(number))))


async def calls_seen(house: House, guest: Guest) -> list[ToCall]:
    return list((await asks(house, guest, Queue())).calls)


async def asks(house: House, guest: Guest, query: Query[Any]) -> Any:
    async with house.database.work(house.clock()) as work:
        person = await guest.person()
        actor = Actor(person, "uk", Channel.WEB, await with_code(person, work))
        return await rulebook.answer(query, actor, work)
