"""Somebody comes, or calls: staff look whether the family is known, and register and book in its name."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from casework import rulebook
from casework.actor import Actor, Channel, Role, Staff
from casework.ids import StaffId, StructureId
from casework.linking import ShowCode
from casework.people import Erase, LeaveDevice
from casework.refusal import Refusal
from casework.registering import Claim, FileReport, Kinship
from casework.updates.reading import MyUpdates
from casework.values import PartialDate, PersonName, Phone
from storage.sealing import key_of
from tests.visiting import Guest, House, with_code

LINE = "Гнатюк Ганна, 093 111 22 33"


async def _welcomes(operator: Guest, line: str = LINE) -> None:
    await operator.says("/walkin")
    await operator.says(line)
    await operator.presses("Ні, оформити вперше")
    await operator.presses("Погоджується")


async def _registers(operator: Guest, name: str = "Гнатюк Остап") -> str:
    await operator.presses("Повідомити про зниклу людину")
    await operator.says("1")
    await operator.says(name)
    await operator.says("12.03.1994")
    await operator.says("Харків")
    await operator.presses("Так, усе правильно")
    return str(re.findall(r"\d{4}-\d{4}", operator.news)[0])


async def test_a_visitor_is_registered_and_booked_and_later_it_is_theirs(house: House) -> None:
    await house.staff(Role.SPECIALIST, structure=StructureId("psychologist"), name="Лисенко Богдан")
    operator = await house.staff(Role.OPERATOR)
    await _welcomes(operator)
    assert operator.sees("Ви оформлюєте за відвідувача: Гнатюк Ганна")
    number = await _registers(operator)
    assert operator.sees("Ви оформлюєте за відвідувача: Гнатюк Ганна")
    await operator.presses("Записатися на прийом")
    await operator.presses("Харків: ваш центр")
    await operator.presses("Психолог")
    await operator.says("1")
    await operator.presses("Так, записати")
    assert operator.sees("Усна згода: вівторок, 24 листопада 2026 року")
    assert operator.sees(f"Звернення {number}: Гнатюк Остап, дата народження: 12 березня 1994")
    await operator.presses("Код для картки")
    code = re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}", operator.news)[0]
    await operator.presses("Завершити")
    assert operator.asked("staff-menu")

    async with house.database.work(house.clock()) as work:
        row = (
            await work.connection.execute(
                text("SELECT id, consent, agreed_at, heard_by FROM people WHERE heard_by IS NOT NULL")
            )
        ).one()
        member = await with_code(await operator.person(), work)
        assert member is not None
        assert row.heard_by == member.id
        assert (row.agreed_at - house.clock.at) < timedelta(minutes=1)
        done = await work.connection.execute(
            text("SELECT deed, what FROM audit WHERE staff_id = :staff AND person_id = :person"),
            {"staff": member.id, "person": row.id},
        )
        recorded = {(one.deed, one.what) for one in done}
    assert {("acted", "visitor-welcomed"), ("acted", "for-file-report"), ("acted", "for-book")} <= recorded
    assert {("looked", "for-me"), ("looked", "for-free-slots"), ("acted", "for-hand-over")} <= recorded

    hanna = house.guest()
    await hanna.opens()
    await hanna.presses("Я тут не вперше")
    await hanna.says(code)
    assert hanna.hears("handed-done")
    await hanna.presses("Погоджуюся")
    await hanna.says("/reports")
    assert hanna.sees(number)
    await hanna.says("/visits")
    assert hanna.sees("Психолог") or hanna.sees("психолог")
    async with house.database.work(house.clock()) as work:
        person = await work.people.get(await hanna.person())
        assert (person.heard_by, person.profile.name and person.profile.name.full) == (None, "Гнатюк Ганна")
        assert person.agreed_at is not None

    spy = house.guest()
    await spy.opens()
    await spy.presses("Я тут не вперше")
    await spy.says(code)
    assert spy.hears("link-wrong")


async def test_what_staff_register_is_never_a_report_of_their_own(house: House) -> None:
    operator = await house.staff(Role.OPERATOR)
    for typed in ("/register", "/book", "/visits", "/visitor"):
        await operator.says(typed)
        assert operator.hears("visitor-whose")
        assert operator.asked("visitor-who")
    for link in ("register", "book_lviv"):
        await operator.opens(link)
        assert operator.hears("visitor-whose")
        assert operator.asked("visitor-who")
    verifier = await house.staff(Role.VERIFIER)
    for typed in ("/register", "/visitor"):
        await verifier.says(typed)
        assert not verifier.asked("kinship")
        assert not verifier.hears("visitor-whose")
        assert verifier.hears("desk-command-not-yours", command=typed)
    await verifier.opens("register")
    assert verifier.hears("desk-command-not-yours", command="/register")
    own, phone = PersonName("Ткач Олег"), Phone("+380671234567")
    filed = FileReport(own, phone, "kharkiv", "Europe/Kyiv", Claim(Kinship.BROTHER, own, PartialDate(1990)))
    async with house.database.work(house.clock()) as work:
        person = await operator.person()
        with pytest.raises(Refusal, match="staff-not-allowed"):
            await rulebook.carry_out(filed, Actor(person, "uk", Channel.WEB, await with_code(person, work)), work)
    async with house.database.work(house.clock()) as work:
        assert not await work.reports.of(await operator.person())


async def test_a_known_family_is_found_first(house: House) -> None:
    mother = house.guest()
    number = await mother.registers(name="Гнатюк Остап", own_name="Гнатюк Ганна")
    operator = await house.staff(Role.OPERATOR)
    await operator.says("/walkin")
    await operator.says("Гнатюк Ганна")
    assert operator.sees("Гнатюк Остап, дата народження: 12 березня 1990")
    await operator.presses(f"Це вони: звернення {number}")
    assert operator.sees("Ви оформлюєте за відвідувача: Гнатюк Ганна")
    await operator.presses("Код для картки")
    assert operator.hears("visitor-has-chat")
    elsewhere = await house.staff(Role.OPERATOR, "lviv")
    await elsewhere.says(f"/serve {number}")
    assert elsewhere.sees("відповідає інший центр")


async def test_nobody_who_does_not_agree_is_kept(house: House) -> None:
    operator = await house.staff(Role.OPERATOR)
    async with house.database.work(house.clock()) as work:
        before = await work.people.count()
    await operator.says("/walkin")
    await operator.says("Гнатюк Ганна")
    await operator.presses("Ні, оформити вперше")
    await operator.says("093 111 22 33")
    await operator.presses("Не погоджується")
    assert operator.asked("staff-menu")
    async with house.database.work(house.clock()) as work:
        assert await work.people.count() == before


async def test_what_is_the_person_s_alone_nobody_does_for_them(house: House) -> None:
    operator = await house.staff(Role.OPERATOR)
    await _welcomes(operator)
    async with house.database.work(house.clock()) as work:
        visitor = (await work.connection.execute(text("SELECT id FROM people WHERE heard_by IS NOT NULL"))).scalar_one()
        member = await with_code(await operator.person(), work)
        assert member is not None
        actor = Actor(member.person, "uk", Channel.WEB, member).for_visitor(visitor)
        for command in (Erase(on=True), LeaveDevice(), ShowCode()):
            with pytest.raises(Refusal, match="visitor-not-for-them"):
                await rulebook.carry_out(command, actor, work)
        with pytest.raises(Refusal, match="visitor-not-for-them"):
            await rulebook.answer(MyUpdates(), actor, work)
    for typed in ("/erase", "/link", "/updates"):
        await operator.says(typed)
    async with house.database.work(house.clock()) as work:
        assert (await work.people.get(visitor)).erase_at is None


async def test_two_visitors_are_never_mixed(house: House) -> None:
    """What was begun for one waits for that one, under their key, and says so when it goes on."""
    operator = await house.staff(Role.OPERATOR)
    await _welcomes(operator)
    await operator.presses("Повідомити про зниклу людину")
    await operator.says("1")
    await operator.says("Гнатюк Остап")
    await _welcomes(operator, "Кравець Ольга, 050 123 45 99")
    assert operator.sees("Кравець Ольга")
    await operator.presses("Повідомити про зниклу людину")
    assert operator.asked("kinship"), "not the other's draft"
    await operator.says("/walkin")
    async with house.database.work(house.clock()) as work:
        rows = (await work.connection.execute(text("SELECT of_id, answers FROM drafts"))).all()
        assert len({row.of_id for row in rows}) == len(rows) == 1


async def test_an_erased_visitor_leaves_nothing_with_the_operator(house: House) -> None:
    operator = await house.staff(Role.OPERATOR)
    await _welcomes(operator)
    await operator.presses("Повідомити про зниклу людину")
    await operator.says("1")
    await operator.says("Гнатюк Остап")
    async with house.database.work(house.clock()) as work:
        visitor = (await work.connection.execute(text("SELECT id FROM people WHERE heard_by IS NOT NULL"))).scalar_one()
        active = (
            await work.connection.execute(
                text("SELECT active FROM people WHERE serving = :visitor"), {"visitor": visitor}
            )
        ).scalar_one()
        own = await work.seals.person_key(await operator.person())
        assert key_of(active) != own
        await work.erasing.erase(visitor)
        await work.commit()
        left = await work.connection.execute(text("SELECT id FROM keyring.keys WHERE id = :id"), {"id": key_of(active)})
        assert left.first() is None
    await operator.says("/menu")
    assert operator.asked("staff-menu")


async def test_a_messenger_of_staff_serves_nobody(house: House) -> None:
    operator = await house.staff(Role.OPERATOR, channel=Channel.TELEGRAM)
    await operator.says("/walkin")
    assert operator.sees("Це відкривається на сторінці")
    await operator.says(LINE)
    assert "Гнатюк" not in operator.news


def test_a_member_who_left_serves_nobody() -> None:
    """The actor in a name has no rights of staff, whatever the role."""
    staff = Staff(StaffId(1), 2, Role.HEAD, None)  # type: ignore[arg-type]
    actor = Actor(staff.person, "uk", Channel.WEB, staff).for_visitor(3)  # type: ignore[arg-type]
    assert actor.staff is None
    assert actor.member == staff
