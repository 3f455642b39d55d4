"""Reminders by tick, with their buttons; and whom a human calls instead."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from casework.actor import Channel, Role
from casework.booking import reminding
from casework.booking.appointments import AppointmentState
from casework.calls import Reason
from casework.letters import Say
from handlers.channel import Away, Message, Postponed
from handlers.incoming import ButtonPress
from tests.journeys.booking import booked, kyiv, lawyer, tasks, ticks, visit
from tests.visiting import WORDS, Guest, House

BUTTONS = ["Буду", "Перенести", "Скасувати"]


def slot(day: int, hour: int) -> str:
    """A slot as it is typed."""
    return str(int(kyiv(day, hour).timestamp()))


async def family(house: House, day: int, hour: int, channel: Channel = Channel.TELEGRAM) -> tuple[Guest, str]:
    """A mother with an appointment."""
    await lawyer(house)
    mother = house.guest(channel)
    await mother.registers()
    return mother, await booked(mother, slot(day, hour))


def since(mother: Guest, before: int) -> str:
    return "\n".join(message.text for message in mother.inbox[before:])


async def test_the_day_before_at_the_same_time_and_two_hours_before(house: House) -> None:
    mother, number = await family(house, 26, 11)
    before = len(mother.inbox)
    house.clock.go_to(kyiv(25, 10, 59))
    await ticks(house)
    assert len(mother.inbox) == before
    house.clock.go_to(kyiv(25, 11))
    await ticks(house)
    await ticks(house)
    assert since(mother, before) == "Завтра (четвер, 26 листопада 2026 року) о 11:00 у вас зустріч."
    assert [key.label for row in mother.last.keys for key in row] == BUTTONS
    house.clock.go_to(kyiv(26, 8, 59))
    await ticks(house)
    assert len(mother.inbox) == before + 1
    house.clock.go_to(kyiv(26, 9))
    await ticks(house)
    await ticks(house)
    assert len(mother.inbox) == before + 2
    assert mother.last.text == "Сьогодні (четвер, 26 листопада 2026 року) о 11:00 у вас зустріч."
    everything = since(mother, before)
    for private in ("Харків", "Юрист", "Петренко", number):
        assert private not in everything, "it may be read over a shoulder"
    house.clock.go_to(kyiv(27, 12))
    await ticks(house)
    assert len(mother.inbox) == before + 2


async def test_for_whoever_reads_on_the_page_only_it_is_there(house: House) -> None:
    mother, _ = await family(house, 26, 11)
    page = await house.another(mother, Channel.WEB)
    await mother.says("/settings")
    await mother.presses("Де відкривати повідомлення")
    await mother.presses("Лише на вебсторінці")
    before = len(mother.inbox)
    house.clock.go_to(kyiv(25, 11))
    await ticks(house)
    assert since(mother, before) == WORDS.say("uk", Say("push-on-page", {"page": house.database.page}))
    assert page.last.text == "Завтра (четвер, 26 листопада 2026 року) о 11:00 у вас зустріч."
    assert [key.label for row in page.last.keys for key in row] == BUTTONS


@dataclass
class Shut:
    """A Telegram that takes nothing."""

    why: Exception
    channel: Channel = Channel.TELEGRAM
    tries: int = 0

    async def send(self, address: str, message: Message) -> str:
        self.tries += 1
        raise self.why

    async def retract(self, address: str, ids: object) -> None: ...


async def passes(house: House, minutes: int, every: int = 1) -> None:
    """Time goes by, with a look at what is due every so many minutes."""
    for _ in range(0, minutes, every):
        house.clock.pass_by(minutes=every)
        await ticks(house)


@pytest.mark.parametrize(
    "why", [Postponed(timedelta(minutes=30), "account blocked"), Away(timedelta(seconds=5), "502")]
)
async def test_where_a_messenger_is_away_it_comes_on_the_next_one_in_time(house: House, why: Exception) -> None:
    await lawyer(house)
    families = []
    for hour in (11, 12, 13, 14, 15):
        mother = house.guest()
        await mother.registers()
        viber = await house.another(mother, Channel.VIBER)
        await booked(mother, slot(26, hour))
        families.append(viber)
    house.couriers[Channel.TELEGRAM].speaker = shut = Shut(why)
    house.clock.go_to(kyiv(25, 15))
    await ticks(house)
    assert [viber.inbox for viber in families] == [[]] * 5
    await passes(house, 6 * 60 - 10, every=5)
    assert [len(viber.inbox) for viber in families] == [1] * 5, "even those for whom nobody has tried it yet"
    assert shut.tries < 200
    house.clock.go_to(kyiv(26, 9))
    await passes(house, 60, every=5)
    assert families[0].last.text == "Сьогодні (четвер, 26 листопада 2026 року) о 11:00 у вас зустріч."
    assert Reason.REMINDER not in {task.reason for task in await tasks(house, "kharkiv")}


@pytest.mark.parametrize(
    "why", [Postponed(timedelta(minutes=30), "account blocked"), Away(timedelta(seconds=5), "502")]
)
async def test_where_there_is_no_other_messenger_a_human_reminds_in_time(house: House, why: Exception) -> None:
    _, number = await family(house, 26, 11)
    house.couriers[Channel.TELEGRAM].speaker = Shut(why)
    house.clock.go_to(kyiv(26, 9))
    await passes(house, 45)
    (task,) = [task for task in await tasks(house, "kharkiv") if task.reason is Reason.REMINDER]
    assert task.appointment == (await visit(house, number)).id
    assert task.due <= kyiv(26, 11)


async def test_a_reminder_whose_moment_passed_in_the_outbox_is_told_by_a_human(house: House) -> None:
    mother, _ = await family(house, 26, 11)
    house.clock.go_to(kyiv(25, 11))
    async with house.database.work(house.clock()) as work:
        await reminding.remind(work)
        await work.commit()
    before = len(mother.inbox)
    house.clock.go_to(kyiv(26, 9, 30))  # nothing of ours has run meanwhile
    await house.deliver()
    assert len(mother.inbox) == before
    assert Reason.REMINDER in {task.reason for task in await tasks(house, "kharkiv")}


async def test_a_reminder_of_what_was_cancelled_meanwhile_calls_nobody(house: House) -> None:
    mother, number = await family(house, 26, 11)
    house.clock.go_to(kyiv(25, 11))
    house.couriers[Channel.TELEGRAM].speaker = Shut(Postponed(timedelta(minutes=1), "busy"))
    await ticks(house)
    page = await house.another(mother, Channel.WEB)
    await page.says(f"/cancel {number}")
    await page.presses("Так, скасувати")
    assert (await visit(house, number)).state is AppointmentState.CANCELLED
    house.couriers[Channel.TELEGRAM].speaker = house.boxes[Channel.TELEGRAM]
    await passes(house, 2)
    assert Reason.REMINDER not in {task.reason for task in await tasks(house, "kharkiv")}


async def test_i_am_coming(house: House) -> None:
    mother, number = await family(house, 26, 11)
    house.clock.go_to(kyiv(25, 11))
    await ticks(house)
    await mother.presses("Буду")
    assert mother.sees("Дякуємо, чекаємо на вас: четвер, 26 листопада 2026 року, 11:00")
    assert (await visit(house, number)).coming_at is not None
    operator = await house.staff(Role.OPERATOR)
    await operator.says("/day 26.11")
    assert operator.sees(f"11:00 · {number} · Петренко Марія · Юрист · у центрі · очікуємо · обіцяють бути")


async def test_moved_from_a_reminder_it_is_reminded_of_at_its_new_time_only(house: House) -> None:
    mother, number = await family(house, 26, 11)
    house.clock.go_to(kyiv(25, 11))
    await ticks(house)
    await mother.presses("Перенести")
    assert mother.asked("move-slot")
    await mother.says(slot(27, 15))
    await mother.presses("Так, перенести")
    assert mother.sees(f"Перенесено. Номер запису той самий: {number}")
    before = len(mother.inbox)
    house.clock.go_to(kyiv(26, 10))
    await ticks(house)
    assert len(mother.inbox) == before, "the old time's reminder is void"
    house.clock.go_to(kyiv(26, 15))
    await ticks(house)
    assert since(mother, before) == "Завтра (п’ятниця, 27 листопада 2026 року) о 15:00 у вас зустріч."


async def test_cancelled_from_a_reminder_nothing_more_comes(house: House) -> None:
    mother, number = await family(house, 26, 11)
    house.clock.go_to(kyiv(25, 11))
    await ticks(house)
    await mother.presses("Скасувати")
    await mother.presses("Так, скасувати")
    assert (await visit(house, number)).state is AppointmentState.CANCELLED
    before = len(mother.inbox)
    house.clock.go_to(kyiv(26, 9))
    await ticks(house)
    assert len(mother.inbox) == before


async def test_a_button_of_a_reminder_works_for_its_recipient_only(house: House) -> None:
    mother, number = await family(house, 26, 11)
    house.clock.go_to(kyiv(25, 11))
    await ticks(house)
    stranger = house.guest()
    await stranger.consents()
    await stranger.sends(ButtonPress(next(key.id for key in mother.keys if key.label == "Скасувати")))
    await stranger.says(f"/cancel {number}")
    assert stranger.sees(f"Запису {number} немає серед ваших")
    assert (await visit(house, number)).state is AppointmentState.BOOKED


async def test_after_an_outage_one_reminder_comes_not_two(house: House) -> None:
    mother, _ = await family(house, 26, 11)
    before = len(mother.inbox)
    house.clock.go_to(kyiv(26, 10))
    await ticks(house)
    assert since(mother, before) == "Сьогодні (четвер, 26 листопада 2026 року) о 11:00 у вас зустріч."


async def test_abroad_it_goes_by_day_there_and_tells_both_times(house: House) -> None:
    """11:00 in Kyiv is 4:00 in New York: the day before at 4:00 is night there, so 20:00 before that."""
    await lawyer(house)
    aunt = house.guest()
    await aunt.registers()
    async with house.database.work(house.clock()) as work:
        person = await work.people.get(await aunt.person())
        await work.people.keep(replace(person, profile=replace(person.profile, zone="America/New_York")))
        await work.commit()
    await booked(aunt, slot(26, 11))
    before = len(aunt.inbox)
    house.clock.go_to(kyiv(25, 2, 59))
    await ticks(house)
    assert len(aunt.inbox) == before
    house.clock.go_to(kyiv(25, 3))  # 20:00 of the 24th in New York
    await ticks(house)
    assert since(aunt, before) == ("У вас зустріч: четвер, 26 листопада 2026 року, о 04:00.\n\nЗа Києвом це 11:00.")


async def test_who_has_only_the_page_is_called_the_day_before(house: House) -> None:
    mother, number = await family(house, 26, 11, Channel.WEB)
    operator, elsewhere = await house.staff(Role.OPERATOR), await house.staff(Role.OPERATOR, "lviv")
    house.clock.go_to(kyiv(25, 11))
    await ticks(house)
    await ticks(house)
    (task,) = [task for task in await tasks(house, "kharkiv") if task.reason is Reason.REMINDER]
    assert task.due == kyiv(25, 17), "while the center still works"
    assert task.appointment == (await visit(house, number)).id
    await operator.says("/queue")
    (row,) = [line for line in operator.news.splitlines() if "нагадати про прийом" in line]
    assert "Петренко Марія" in row
    await elsewhere.says("/queue")
    assert not elsewhere.sees("нагадати про прийом")
    assert mother.inbox[-1].text.startswith("Завтра"), "it stands on the page as well"


async def test_a_monday_is_reminded_of_by_a_call_on_friday(house: House) -> None:
    """On Sunday nobody calls."""
    await family(house, 30, 11, Channel.WEB)
    house.clock.go_to(kyiv(27, 11))
    await ticks(house)
    (task,) = [task for task in await tasks(house, "kharkiv") if task.reason is Reason.REMINDER]
    assert task.due == kyiv(27, 17)


async def test_nobody_is_called_who_can_be_written_to_or_has_said_that_they_come(house: House) -> None:
    await family(house, 26, 11)
    other = house.guest(Channel.WEB)
    await other.registers(own_name="Петренко Степан")
    number = await booked(other, slot(26, 12))
    await other.says(f"/coming {number}")
    house.clock.go_to(kyiv(25, 13))
    await ticks(house)
    assert Reason.REMINDER not in {task.reason for task in await tasks(house, "kharkiv")}


async def test_a_call_before_an_appointment_goes_when_the_appointment_moves_or_is_cancelled(house: House) -> None:
    mother, number = await family(house, 26, 11, Channel.WEB)
    house.clock.go_to(kyiv(25, 11))
    await ticks(house)
    await mother.says(f"/move {number} {slot(27, 11)}")
    await mother.presses("Так, перенести")
    assert mother.sees("Перенесено")
    assert Reason.REMINDER not in {task.reason for task in await tasks(house, "kharkiv")}
    house.clock.go_to(kyiv(26, 11))
    await ticks(house)
    assert [task.reason for task in await tasks(house, "kharkiv")].count(Reason.REMINDER) == 1
    await mother.says(f"/cancel {number}")
    await mother.presses("Так, скасувати")
    assert {task.reason for task in await tasks(house, "kharkiv")} == {Reason.NEW_REPORT}


async def test_a_clock_that_was_ahead_for_an_hour_has_taken_no_reminder_away(house: House) -> None:
    mother, _ = await family(house, 26, 11)
    house.clock.go_to(kyiv(25, 11))
    await ticks(house)
    before = len(mother.inbox)
    house.clock.go_to(kyiv(26, 14))
    await ticks(house)
    house.clock.go_to(kyiv(25, 13))
    await ticks(house)
    assert len(mother.inbox) == before, "it is over by that clock"
    house.clock.go_to(kyiv(26, 9))
    await ticks(house)
    await ticks(house)
    assert since(mother, before) == "Сьогодні (четвер, 26 листопада 2026 року) о 11:00 у вас зустріч."
    house.clock.go_to(kyiv(26, 12))
    await ticks(house)
    assert len(mother.inbox) == before + 1
