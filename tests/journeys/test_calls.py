"""A call says what it is for, and ends only by that; what was agreed is written down in the same step."""

from datetime import timedelta

from sqlalchemy import update

from casework.actor import Channel, Role, Structure
from casework.calls import CallTask, Reason
from casework.ids import CenterId
from casework.kinship import KinshipState
from casework.updates.values import Level, Manner, Office, Source, Statement, signature
from storage.kinship import kinships
from tests.visiting import Guest, House

UPDATE = "Ім’я внесено до реєстру за зверненням родини."


async def _tasks(house: House) -> list[CallTask]:
    async with house.database.work(house.clock()) as work:
        return list(await work.calls.waiting(CenterId("kharkiv")))


async def _booked(house: House, mother: Guest) -> str:
    await house.staff(Role.SPECIALIST, structure=Structure.LAWYER, name="Лисенко Богдан")
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


async def test_without_the_second_factor_the_talk_is_kept_and_the_visit_waits(house: House) -> None:
    report = await _booked(house, house.guest())
    operator = await house.staff(Role.OPERATOR)
    house.clock.pass_by(hours=13)
    await operator.says(f"/call {report}")
    await operator.presses("Поговорили")
    await operator.presses("Так, підтвердити")
    assert operator.hears("staff-factor-needed")
    assert [task.reason for task in await _tasks(house)] == [Reason.CONFIRM]


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
