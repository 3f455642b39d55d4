"""The staff's day: who has come, a specialist who is ill, whom to call and by when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from casework import calls
from casework.actor import Channel, Role
from casework.booking.appointments import AppointmentState
from casework.calls import Reason, Window
from tests.journeys.booking import (
    KYIV,
    booked,
    event,
    kyiv,
    labels,
    lawyer,
    number_in,
    sequence,
    taken_out,
    tasks,
    visit,
)
from tests.visiting import Guest, House

NAMES = ("Петренко Марія", "Шевчук Ольга", "Мельник Ніна", "Ткач Раїса")


def slot(day: int, hour: int) -> str:
    return str(int(kyiv(day, hour).timestamp()))


async def family(house: House, name: str, channel: Channel = Channel.TELEGRAM) -> Guest:
    guest = house.guest(channel)
    await guest.registers(own_name=name)
    return guest


async def test_who_has_come_is_marked_on_that_day_by_that_center(house: House) -> None:
    await lawyer(house)
    mother = await family(house, NAMES[0])
    number = await booked(mother, slot(25, 11))
    operator, elsewhere = await house.staff(Role.OPERATOR), await house.staff(Role.OPERATOR, "lviv")
    await operator.says(f"/attend {number}")
    await operator.presses("тут")
    assert operator.sees(f"Запис {number} призначено на середу, 25 листопада 2026 року, 11:00")
    house.clock.go_to(kyiv(25, 10, 50))
    await operator.says("/day")
    assert operator.sees("25 листопада 2026. 1 запис.")
    assert operator.sees(f"11:00 · {number} · Петренко Марія · Юрист · у центрі · очікуємо")
    await operator.says(f"/attend {number}")
    await operator.presses("не було")
    assert operator.sees("«не було» лише після початку")
    await elsewhere.says(f"/attend {number}")
    await elsewhere.presses("тут")
    assert elsewhere.sees(f"Запису {number} немає")
    await operator.says("/attend")
    assert any(number in label for label in labels(operator))
    for label, state in (
        ("тут", AppointmentState.ARRIVED),
        ("на прийомі", AppointmentState.IN),
        ("завершено", AppointmentState.DONE),
    ):
        await operator.says(f"/attend {number}")
        await operator.presses(label)
        assert operator.sees(f"Запис {number}: {label}.")
        assert (await visit(house, number)).state is state
    await mother.says(f"/cancel {number}")
    assert mother.sees("цього вже не зробити")


async def test_nobody_but_staff_marks_anything(house: House) -> None:
    await lawyer(house)
    mother = await family(house, NAMES[0])
    number = await booked(mother)
    for command in (f"/attend {number}", "/absent", "/day", f"/confirm {number}", "/door " + "A" * 22):
        await mother.says(command)
        assert mother.hears("desk-command-not-yours", command=command.split()[0]), command
    assert (await visit(house, number)).state is AppointmentState.BOOKED


async def test_a_specialist_is_ill_and_each_family_takes_another_time_with_one_press(house: House) -> None:
    """Two families of one center, a third who has only the page, and a fourth on another day."""
    ill = await lawyer(house)
    await lawyer(house, name="Лисенко Богдан")
    families = [
        await family(house, NAMES[0]),
        await family(house, NAMES[1]),
        await family(house, NAMES[2], Channel.WEB),
        await family(house, NAMES[3]),
    ]
    numbers = [await booked(families[0], slot(25, 11)), await booked(families[1], slot(25, 12))]
    numbers += [await booked(families[2], slot(25, 15)), await booked(families[3], slot(26, 11))]
    held = [(await visit(house, number)).specialist for number in numbers]
    assert len(set(held)) == 1, "the first of the center's lawyers"
    read = [len(guest.inbox) for guest in families]
    entries = [event(guest) for guest in families]
    operator = await house.staff(Role.OPERATOR)
    await operator.says("/absent")
    await operator.presses(next(label for label in labels(operator) if "Юрченко Ганна" in label))
    await operator.says("25.11")
    await operator.says("25.11")
    assert operator.sees("зачепить 3 записи. З них 1 родині треба зателефонувати")
    assert operator.sees("Кого не буде: Юрист (Юрченко Ганна"), "before it is confirmed"
    await operator.presses("Так, сповістити всіх")
    assert operator.sees("Сповіщено 3 родини")
    assert operator.sees(f"Кого не буде: Юрист ({held[0]})"), "the thread names nobody"
    assert [(await visit(house, number)).state for number in numbers] == [
        *[AppointmentState.SPECIALIST_ABSENT] * 3,
        AppointmentState.BOOKED,
    ]
    assert len(families[3].inbox) == read[3], "not touched, not troubled"
    offers = []
    for guest, hour, entry in zip(families[:3], (11, 12, 15), entries, strict=False):
        if guest.channel is not Channel.WEB:
            await guest.reads_push()
        assert guest.inbox[-1].text.startswith(
            f"Зустрічі, призначеної на середу, 25 листопада 2026 року, {hour}:00, не буде: це через нас."
        )
        assert taken_out(guest, of=entry), "the calendar loses its entry at once"
        assert labels(guest)[3:5] == ["Інший час", "Скасувати запис"]
        offers.append(labels(guest)[:3])
    assert not set(offers[0]) & set(offers[1]), "not all of them reach for the same time"
    (task,) = [task for task in await tasks(house, "kharkiv") if task.reason is Reason.REBOOK]
    assert task.person == await families[2].person()
    await families[0].presses(offers[0][0])
    assert families[0].sees(f"Перенесено. Номер запису той самий: {numbers[0]}")
    assert sequence(event(families[0])) > sequence(entries[0]) + 1, "and has it again at its new time"
    assert (await visit(house, numbers[0])).state is AppointmentState.BOOKED
    await families[1].presses("Скасувати запис")
    await families[1].presses("Так, скасувати")
    assert (await visit(house, numbers[1])).state is AppointmentState.CANCELLED
    await families[2].presses("Інший час")
    assert families[2].asked("move-slot")
    await families[2].says("1")
    assert families[2].sees("Перенесено")
    assert Reason.REBOOK not in {task.reason for task in await tasks(house, "kharkiv")}, "it has found its time"
    moved = [await visit(house, number) for number in (numbers[0], numbers[2])]
    assert len({(one.specialist, one.starts_at) for one in moved}) == 2
    day = kyiv(25, 0).date()
    assert all(one.starts_at.date() != day or one.specialist != held[0] for one in moved), "not with who is ill"
    await ill.says("/absent")
    assert not ill.sees("Лисенко"), "a specialist speaks for themselves only"


async def test_two_who_press_the_same_offered_time(house: House) -> None:
    """The second is told, and sees what is left."""
    await lawyer(house)
    mother, father = await family(house, NAMES[0]), await family(house, NAMES[1])
    first, second = await booked(mother, slot(25, 11)), await booked(father, slot(25, 12))
    operator = await house.staff(Role.OPERATOR)
    await operator.says("/absent")
    await operator.presses("Юрист")
    for text in ("25.11", "25.11"):
        await operator.says(text)
    await operator.presses("Так, сповістити всіх")
    target = slot(26, 10)
    await mother.says(f"/move {first} {target}")
    assert mother.sees("Перенесено")
    await father.says(f"/move {second} {target}")
    assert father.sees("Цей час уже зайнято")
    assert father.asked("move-slot")
    await father.says("1")
    assert father.sees("Перенесено")


async def test_a_confirmation_is_asked_for_once_by_the_center_of_the_visit(house: House) -> None:
    """The family lives in Lviv's region, and goes to Kharkiv: Kharkiv calls; moved, by another date; cancelled, not."""
    await lawyer(house)
    mother = house.guest()
    await mother.registers(region="Львів")
    await mother.says("/book")
    await mother.presses("Інше місто")
    await mother.says("Чугуїв")
    await mother.presses("Харків")
    await mother.presses("Юрист")
    await mother.says(slot(27, 11))
    await mother.presses("Так, записати")
    number = number_in(mother.news)
    (task,) = await tasks(house, "kharkiv")
    assert (task.reason, task.due.date()) == (Reason.CONFIRM, kyiv(25, 10).date())
    assert {task.reason for task in await tasks(house, "lviv")} == {Reason.NEW_REPORT}
    house.clock.go_to(kyiv(25, 10))
    await mother.says(f"/move {number} {slot(27, 15)}")
    await mother.presses("Так, перенести")
    (moved,) = await tasks(house, "kharkiv")
    assert moved.id == task.id
    assert moved.due.astimezone(KYIV).date() == kyiv(26, 10).date()
    await mother.says(f"/cancel {number}")
    await mother.presses("Так, скасувати")
    assert await tasks(house, "kharkiv") == []


async def test_lviv_does_not_settle_by_a_call_what_kharkiv_has_to_confirm(house: House) -> None:
    await lawyer(house)
    mother = house.guest()
    report = await mother.registers(region="Львів")
    await mother.says("/book kharkiv")
    await mother.presses("Юрист")
    await mother.says(slot(27, 11))
    await mother.presses("Так, записати")
    number = number_in(mother.news)
    lviv, kharkiv = await house.staff(Role.OPERATOR, "lviv"), await house.staff(Role.OPERATOR)
    await lviv.says(f"/call {report}")
    await lviv.presses("Поговорили")
    assert {task.reason for task in await tasks(house, "kharkiv")} == {Reason.CONFIRM}
    await kharkiv.says(f"/confirm {number}")
    assert kharkiv.sees(
        f"Візит {number} підтверджено. Родина побачить адресу з 18:00 напередодні (четвер, 26 листопада 2026 року"
    )
    assert await tasks(house, "kharkiv") == []


async def test_a_visit_of_today_is_confirmed_before_it_begins(house: House) -> None:
    await lawyer(house)
    await booked(await family(house, NAMES[0]), slot(24, 15))
    (task,) = [task for task in await tasks(house, "kharkiv") if task.reason is Reason.CONFIRM]
    assert task.due == kyiv(24, 15)
    house.clock.go_to(kyiv(24, 16))
    assert Reason.CONFIRM not in {task.reason for task in await tasks(house, "kharkiv")}, "it is over"


async def test_at_a_hidden_place_no_time_is_offered_before_somebody_can_call(house: House) -> None:
    """On Sunday for Monday morning nobody could confirm the visit; in Vinnytsia nobody has to."""
    await lawyer(house)
    await lawyer(house, "vinnytsia")
    mother = house.guest()
    await mother.registers()
    house.clock.go_to(kyiv(29, 12))
    await mother.says("/book kharkiv")
    await mother.presses("Юрист")
    assert labels(mother)[0] == "пн, 30 листопада, 12:00"
    await mother.says("/book vinnytsia")
    await mother.presses("Юрист")
    assert labels(mother)[0] == "пн, 30 листопада, 10:00"


@pytest.mark.parametrize(("region", "center"), [("lviv", "lviv"), ("sumy", "kharkiv"), ("odesa", "mykolaiv")])
async def test_who_has_reported_nobody_is_called_by_one_center(house: House, region: str, center: str) -> None:
    guest = house.guest()
    await guest.consents()
    person = await guest.person()
    async with house.database.work(house.clock()) as work:
        known = await work.people.get(person)
        await work.people.keep(replace(known, profile=replace(known.profile, region=region)))
        await work.commit()
    await guest.says("/human")
    await guest.presses("Будь-коли")
    await guest.says("Хочу спитати про виплати")
    await guest.says("067 123 45 67")
    shown = {name: len(await tasks(house, name)) for name in ("lviv", "mykolaiv", "vinnytsia", "kharkiv")}
    assert shown == dict.fromkeys(shown, 0) | {center: 1}


async def test_who_has_told_no_region_is_called_by_one_center_too(house: House) -> None:
    guest = house.guest()
    await guest.consents()
    await guest.says("/human")
    await guest.presses("Будь-коли")
    await guest.says("Хочу спитати про виплати")
    await guest.says("067 123 45 67")
    shown = [await tasks(house, name) for name in ("lviv", "mykolaiv", "vinnytsia", "kharkiv")]
    assert sum(map(len, shown)) == 1


async def test_the_wished_part_of_the_day_sets_the_date_and_is_shown_in_words(house: House) -> None:
    """Asked on Friday at 15:30 for a morning: Monday by 13:00, and both sides read the same."""
    mother = house.guest()
    number = await mother.registers()
    operator = await house.staff(Role.OPERATOR)
    await operator.says(f"/call {number}")
    await operator.presses("Поговорили")
    house.clock.go_to(kyiv(27, 15, 30))
    await mother.says("/human")
    await mother.says("зранку")
    await mother.says("Про виплати")
    assert mother.sees("Вам зателефонують до 13:00 за Києвом, не пізніше понеділка, 30 листопада 2026 року.")
    (task,) = await tasks(house, "kharkiv")
    assert (task.wished, task.note, task.due) == (Window.MORNING, "Про виплати", kyiv(30, 13))
    await operator.says("/queue")
    assert operator.sees(f"{number} · просять зателефонувати (зручно до 13:00) · до 30 лист., 13:00")
    await operator.says(f"/case {number}")
    assert operator.sees(
        "просять зателефонувати (зручно до 13:00), до понеділка, 30 листопада 2026 року, 13:00. Про виплати"
    )
    abroad = await house.staff(Role.OPERATOR)
    await abroad.says("/language")
    await abroad.presses("English")
    await abroad.says(f"/case {number}")
    assert abroad.sees("(best before 13:00)")
    assert not abroad.sees("morning")


async def test_a_report_of_friday_promises_wednesday_and_no_answer_promises_a_working_day(house: House) -> None:
    house.clock.go_to(kyiv(27, 15))
    mother = house.guest()
    number = await mother.registers()
    assert any("середи, 2 грудня 2026 року" in message.text for message in mother.inbox), mother.news
    operator = await house.staff(Role.OPERATOR)
    house.clock.go_to(kyiv(27, 16))
    before = len(mother.inbox)
    await operator.says(f"/call {number}")
    await operator.presses("Не відповідають")
    await house.deliver()
    assert len(mother.inbox) == before + 1
    await mother.reads_push()
    assert mother.sees("Зателефонуємо ще раз не пізніше понеділка, 30 листопада 2026 року")
    (task,) = await tasks(house, "kharkiv")
    assert task.due == kyiv(30, 10)


async def test_many_messages_that_nobody_takes_ask_for_one_call(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    person = await mother.person()
    async with house.database.work(house.clock()) as work:
        made = {(await calls.plan(Reason.UNDELIVERED, person, work)).id for _ in range(3)}
        await work.commit()
    assert len(made) == 1
    (due,) = [task.due for task in await tasks(house, "kharkiv") if task.reason is Reason.UNDELIVERED]
    assert timedelta(0) < due - kyiv(25, 10) < timedelta(minutes=1)
