"""A call says what it is for, and ends only by that; what was agreed is written down in the same step."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from casework.actor import Channel, Role
from casework.calls import CallTask, Reason
from casework.ids import CenterId, StructureId
from casework.kinship import KinshipState
from casework.numbers import ReportNumber
from casework.updates.values import Level, Manner, Office, Source, Statement, signature
from storage.kinship import kinships
from tests.visiting import Guest, House

UPDATE = "Ім’я внесено до реєстру за зверненням родини."


async def _tasks(house: House) -> list[CallTask]:
    async with house.database.work(house.clock()) as work:
        return list(await work.calls.waiting(CenterId("kharkiv")))


async def _booked(house: House, mother: Guest) -> str:
    await house.staff(Role.SPECIALIST, structure=StructureId("lawyer"), name="Лисенко Богдан")
    report = await mother.registers()
    await mother.says("/book")
    await mother.presses("Харків: ваш центр")
    await mother.presses("Юрист")
    await mother.says("7")
    await mother.says("3")
    await mother.presses("Так, записати")
    return report


async def test_a_talk_does_not_confirm_a_visit_by_itself(house: House) -> None:
    report = await _booked(house, house.guest())
    operator = await house.staff(Role.OPERATOR)
    assert {task.reason for task in await _tasks(house)} == {Reason.NEW_REPORT, Reason.CONFIRM}
    await operator.says(f"/call {report}")
    await operator.presses("Поговорили")
    assert operator.sees("домовилися, підтвердити?")
    await operator.presses("Ні, ще ні")
    assert operator.sees("Ще чекає: підтвердити візит: адресу не публікують.")
    assert [task.reason for task in await _tasks(house)] == [Reason.CONFIRM]
    await operator.says(f"/call {report}")
    await operator.presses("Поговорили")
    await operator.presses("Так, підтвердити")
    assert operator.sees("підтверджено")
    assert not operator.sees("Ще чекає")
    assert not await _tasks(house)


async def test_who_may_not_confirm_leaves_it_to_those_who_may(house: House) -> None:
    report = await _booked(house, house.guest())
    verifier = await house.staff(Role.VERIFIER)
    await verifier.says(f"/call {report}")
    await verifier.presses("Поговорили")
    assert verifier.sees("Ще чекає: підтвердити візит")
    assert [task.reason for task in await _tasks(house)] == [Reason.CONFIRM]


async def test_without_the_code_of_the_day_no_family_is_shown_and_the_visit_waits(house: House) -> None:
    report = await _booked(house, house.guest())
    operator = await house.staff(Role.OPERATOR)
    operator.code_at = None
    house.clock.pass_by(hours=13)
    await operator.says(f"/call {report}")
    assert operator.hears("staff-factor-needed")
    assert not operator.sees("Петренко")
    assert Reason.CONFIRM in [task.reason for task in await _tasks(house)]


async def test_another_time_is_owed_until_it_is_taken_or_called_off(house: House) -> None:
    report = await _booked(house, house.guest())
    operator = await house.staff(Role.OPERATOR)
    async with house.database.work(house.clock()) as work:
        person = (await _tasks(house))[0].person
        visit = (await work.bookings.of(person, work.now))[0]
        await work.calls.add_task(
            Reason.REBOOK, person=person, center=visit.center, due=work.now, appointment=visit.id, report=visit.report
        )
        await work.commit()
    await operator.says(f"/call {report}")
    await operator.presses("Поговорили")
    await operator.presses("Ні, ще ні")
    assert operator.sees("Ще чекає: запропонувати інший час")
    await operator.says(f"/serve {report}")
    await operator.presses("Записи: перенести")
    await operator.presses("Скасувати")
    await operator.presses("Так")
    assert not await _tasks(house)


async def test_what_was_agreed_is_a_note_in_the_same_step(house: House) -> None:
    mother = house.guest()
    report = await mother.registers()
    operator = await house.staff(Role.OPERATOR)
    await operator.says(f"/call {report}")
    await operator.says("Домовилися зустрітися після свят, мати приїде з сестрою.")
    assert operator.sees("Обіцяне виконано")
    assert operator.sees("Нотатку додано")
    assert not await _tasks(house)
    await operator.says(f"/case {report}")
    assert operator.sees("мати приїде з сестрою")
    on_telegram = await house.staff(Role.OPERATOR, channel=Channel.TELEGRAM)
    await on_telegram.says(f"/call {report}")
    await on_telegram.says("Мати просила передзвонити.")
    assert on_telegram.hears("staff-not-kept")
    await operator.says(f"/case {report}")
    assert not operator.sees("просила передзвонити")


async def test_an_update_that_did_not_arrive_is_read_aloud(house: House) -> None:
    mother, wife = house.guest(), house.guest()
    report = await mother.registers()
    await wife.registers(own_name="Петренко Оксана")
    async with house.database.work(house.clock()) as work:
        person, other = await mother.person(), await wife.person()
        mine = (await work.reports.of(person))[0]
        member = await work.staff.add(await work.people.add("uk"), Role.SPECIALIST, center=CenterId("kharkiv"))
        verified = update(kinships).where(kinships.c.report_id == mine.id).values(state=KinshipState.VERIFIED)
        await work.connection.execute(verified)
        head = await work.staff.add(await work.people.add("uk"), Role.HEAD, center=CenterId("kharkiv"))
        statement = Statement(Level.NIB, Source(Office.NIB, Manner.DOCUMENT, work.now.date()), UPDATE)
        written = await work.updates.add(mine.case, member, statement, signature(mine.case, statement, (person,)))
        await work.updates.release(written, head, (person,))
        for one in (person, other):
            due = work.now + timedelta(hours=1)
            await work.calls.add_task(Reason.UNDELIVERED, person=one, center=mine.center, due=due)
        await work.commit()
    operator = await house.staff(Role.OPERATOR)
    await operator.says(f"/call {report}")
    assert operator.sees(UPDATE)
    await operator.presses("Поговорили")
    theirs = next(task for task in await _tasks(house) if task.reason is Reason.UNDELIVERED)
    await operator.says(f"/call t{theirs.id}")
    assert not operator.sees(UPDATE), "it was not for this relative"


async def _joined(house: House, mother_to: str = "Харків", wife_to: str = "Львів") -> tuple[str, str]:
    """Mother and wife, each by her own center; their reports are of one case."""
    mother, wife = house.guest(), house.guest()
    first = await mother.registers(region=mother_to)
    second = await wife.registers(own_name="Петренко Оксана", region=wife_to)
    head = await house.staff(Role.HEAD)
    await head.says(f"/join {first} {second}")
    await head.presses("Так, об’єднати")
    assert (await house.second()).hears("join-done", number=first, other=second)
    return first, second


@pytest.mark.parametrize("center", ["kharkiv", "lviv"])
async def test_after_joining_any_number_finds_whom_to_call(house: House, center: str) -> None:
    first, second = await _joined(house)
    operator = await house.staff(Role.OPERATOR, center=center)
    for number, whose, other in ((first, "Петренко Марія", second), (second, "Петренко Оксана", first)):
        await operator.says(f"/call {number}")
        assert operator.sees(whose)
        assert operator.sees(f"Ще чекає на дзвінок у цій справі: {other}")
    await operator.says(f"/call {second}")
    await operator.presses("Поговорили")
    await operator.says(f"/call {second}")
    assert operator.asked("call-which"), "nothing waits for her any more, and something for the other"
    await operator.presses("Зателефонувати: Петренко Марія")
    assert operator.asked("call-how")
    await operator.presses("Поговорили")
    assert operator.hears("call-done", number=first, tasks=1)


async def test_by_either_of_her_own_numbers_all_that_waits_is_found(house: House) -> None:
    """She reported the same man twice; the two reports were joined."""
    mother = house.guest()
    first = await mother.registers()
    second = await mother.registers(name="Петренко Іван")
    head, operator = await house.staff(Role.HEAD), await house.staff(Role.OPERATOR)
    await head.says(f"/join {first} {second}")
    await head.presses("Так, об’єднати")
    await house.second()
    await operator.says(f"/call {second}")
    await operator.presses("Поговорили")
    assert operator.hears("call-done", number=second, tasks=2)
    assert not await _tasks(house)


async def test_a_call_by_a_name_or_four_digits_finds_whom_is_meant(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    operator = await house.staff(Role.OPERATOR)
    for sought in (number[-4:], "Петренко"):
        await operator.says(f"/call {sought}")
        assert operator.hears("find-count", count=1)
        assert operator.sees("Петренко Марія")


async def test_papers_of_the_other_report_are_named_beside_the_claim(house: House) -> None:
    first, second = await _joined(house)
    async with house.database.work(house.clock()) as work:
        theirs = await work.reports.by_number(ReportNumber(second.replace("-", "")))
        assert theirs is not None
        file = await work.files.add(theirs.person, type="image/jpeg", content=b"\xff\xd8\xff")
        await work.kinships.add_documents(theirs.id, [file], [])
        await work.commit()
    verifier = await house.staff(Role.VERIFIER)
    await verifier.says(f"/kinship {first}")
    assert verifier.hears("kinship-other", number=second, papers=1)
