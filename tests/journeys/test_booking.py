"""A family books, moves, cancels; what it takes along."""

from datetime import UTC, datetime

import pytest

from casework.actor import Channel, Role
from casework.booking.appointments import AppointmentState
from casework.ids import StructureId
from handlers.incoming import ButtonPress
from tests.journeys.booking import (
    KYIV,
    booked,
    enclosed,
    event,
    kyiv,
    labels,
    lawyer,
    number_in,
    reviews,
    sequence,
    taken_out,
    visit,
)
from tests.reading_codes import read_code
from tests.visiting import House, open_house


async def test_a_mother_books_a_lawyer(house: House) -> None:
    await lawyer(house)
    mother = house.guest()
    await mother.registers()
    await mother.presses("Записатися на прийом")
    assert [key.label for key in mother.keys][:3] == ["Харків: ваш центр", "Телефоном або відео", "Інше місто"]
    await mother.presses("Харків")
    assert mother.sees("Юрист. Виплати")
    await mother.presses("Юрист")
    assert [key.label for key in mother.keys][:2] == ["вт, 24 листопада, 13:00", "вт, 24 листопада, 14:00"]
    await mother.presses("Пізніший час")
    await mother.presses("Раніший час")
    await mother.presses("вт, 24 листопада, 14:00")
    assert mother.sees("свідоцтво про народження вашої дитини")
    assert mother.sees("Час: вт, 24 листопада, 14:00")
    await mother.presses("Так, записати")
    assert mother.sees("Вас записано")
    assert mother.sees("вівторок, 24 листопада 2026 року, 14:00")
    assert mother.sees("Адреси цього центру не публікують")
    assert event(mother).decoded("dtstart") == datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert enclosed(mother, "image/png").content.startswith(b"\x89PNG")
    await mother.says("/menu")
    await mother.presses("Мої записи")
    assert mother.sees("14:00. Юрист. Харків.")


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.TELEGRAM, Channel.VIBER])
async def test_a_time_in_words_or_a_day_first(house: House, channel: Channel) -> None:
    await lawyer(house)
    mother = house.guest(channel)
    await mother.registers()
    await mother.says("/book")
    await mother.presses("Харків")
    await mother.presses("Юрист")
    await mother.says("8 грудня о третій ночі")
    assert mother.hears("unclear-slot-none")
    await mother.presses("Обрати день")
    assert labels(mother)[:2] == ["вівторок, 24 листопада 2026 року", "середа, 25 листопада 2026 року"]
    await mother.presses("четвер, 26 листопада 2026 року")
    assert labels(mother)[0].startswith("чт, 26 листопада, 10:")
    await mother.says("у п’ятницю після обіду")
    assert labels(mother)[0].startswith("пт, 27 листопада, 13:")
    await mother.says("8 грудня о 12")
    assert mother.sees("Час: вт, 8 грудня, 12:00")


async def test_at_most_six_times_then_later(house: House) -> None:
    await lawyer(house)
    mother = house.guest()
    await mother.registers()
    await mother.says("/book")
    await mother.presses("Харків")
    await mother.presses("Юрист")
    times = [label for label in labels(mother) if "листопада" in label]
    assert len(times) == 6
    assert labels(mother)[6:8] == ["Пізніший час", "За тиждень"]
    await mother.presses("Пізніший час")
    later = [label for label in labels(mother) if "листопада" in label]
    assert len(later) == 6
    assert not set(later) & set(times)
    await mother.presses("За тиждень")
    assert labels(mother)[0].startswith("ср, 2 грудня")


async def test_an_appointment_is_moved_under_the_same_number_and_its_time_is_free_again(house: House) -> None:
    await lawyer(house)
    mother, father = house.guest(), house.guest()
    await mother.registers()
    await father.registers(own_name="Петренко Степан")
    number = await booked(mother)
    before = event(mother)
    assert (sequence(before), str(before["summary"])) == (0, "Зустріч")
    await mother.says("/menu")
    await mother.presses("Мої записи")
    await mother.presses(f"Перенести {number}")
    assert "вт, 24 листопада, 13:00" not in labels(mother), "that is the own time"
    await mother.presses("вт, 24 листопада, 15:00")
    assert mother.sees(f"Перенести запис {number}? Зараз: вівторок, 24 листопада 2026 року, 13:00.")
    assert mother.sees("Буде: вівторок, 24 листопада 2026 року, 15:00.")
    await mother.presses("Так, перенести")
    assert mother.sees(f"Перенесено. Номер запису той самий: {number}. Тепер: вівторок, 24 листопада 2026 року, 15:00")
    after = event(mother)
    assert after["uid"] == before["uid"], "a calendar moves its entry"
    assert sequence(after) > sequence(before)
    assert after.decoded("dtstart") == kyiv(24, 15)
    assert await booked(father) != number
    assert father.sees("вівторок, 24 листопада 2026 року, 13:00"), "the time that was left"


async def test_an_appointment_is_cancelled_and_its_time_is_free_again(house: House) -> None:
    await lawyer(house)
    mother, father = house.guest(), house.guest()
    await mother.registers()
    await father.registers(own_name="Петренко Степан")
    number = await booked(mother)
    entry = event(mother)
    assert str(entry["organizer"]).startswith("mailto:"), "RFC 5546: without it a calendar keeps a cancelled meeting"
    await mother.says(f"/cancel {number}")
    assert mother.sees(f"Скасувати запис {number} (вівторок, 24 листопада 2026 року, 13:00)?")
    await mother.presses("Ні, залишити")
    assert (await visit(house, number)).stands
    await mother.says(f"/cancel {number}")
    await mother.presses("Так, скасувати")
    assert mother.sees(f"Запис {number} (вівторок, 24 листопада 2026 року, 13:00) скасовано")
    assert taken_out(mother, of=entry), "the calendar loses its entry"
    assert (await visit(house, number)).state is AppointmentState.CANCELLED
    await mother.says(f"/move {number}")
    assert mother.sees("цього вже не зробити")
    await booked(father)
    assert father.sees("вівторок, 24 листопада 2026 року, 13:00")


async def test_of_two_who_reach_for_one_time_the_second_keeps_all_answers_and_takes_another(house: House) -> None:
    await lawyer(house)
    mother, father = house.guest(), house.guest(Channel.WEB)
    await mother.registers()
    await father.registers(own_name="Петренко Степан")
    await reviews(mother)
    await reviews(father)
    late = next(key for key in father.keys if key.label.startswith("Так"))
    await mother.presses("Так, записати")
    assert mother.sees("Вас записано")
    await father.sends(ButtonPress(late.id))
    assert father.sees("Цей час уже зайнято. Оберіть, будь ласка, інший.")
    assert labels(father)[0] == "вт, 24 листопада, 14:00"
    await father.presses("вт, 24 листопада, 14:00")
    assert father.sees("Фахівець: Юрист")
    await father.presses("Так, записати")
    assert father.sees("Вас записано")
    assert father.sees("вівторок, 24 листопада 2026 року, 14:00")


async def test_when_the_last_time_is_gone_there_is_another_way(house: House) -> None:
    specialist = await lawyer(house)
    await specialist.says("/absent")
    await specialist.says("25.11")
    await specialist.says("31.12")
    await specialist.presses("Так, сповістити всіх")
    for time in ("13:00", "14:00", "15:00", "16:00"):
        mother = house.guest()
        await mother.registers()
        await booked(mother)
        assert mother.sees(f"вівторок, 24 листопада 2026 року, {time}")
    father = house.guest()
    await father.registers(own_name="Петренко Степан")
    await father.says("/book")
    await father.presses("Харків")
    await father.presses("Юрист")
    assert father.asked("book-nobody")
    assert father.sees("Вільного часу тут поки що немає")
    await father.presses("Поговорити з людиною")
    assert father.asked("call-when")


async def test_a_center_without_specialists_says_so_and_offers_a_talk(house: House) -> None:
    await house.staff(Role.SPECIALIST, "vinnytsia", StructureId("psychologist"), name="Лисенко Ольга")
    mother = house.guest()
    await mother.registers()
    await mother.says("/book")
    await mother.presses("Харків")
    assert mother.hears("book-nobody-there")
    await mother.presses("Телефоном або відео")
    assert mother.asked("book-means")


async def test_by_video_with_a_specialist_of_whatever_center(house: House) -> None:
    """No code for a door, no address, no confirmation by a center; for a family abroad in its own time as well."""
    await house.staff(Role.SPECIALIST, "vinnytsia", StructureId("psychologist"), name="Лисенко Ольга")
    aunt = house.guest()
    await aunt.consents()
    await aunt.says("/book")
    await aunt.says("за кордоном")
    await aunt.presses("Як у Варшаві, Берліні, Римі")
    assert labels(aunt)[0] == "Телефоном або відео", "abroad the call comes first"
    await aunt.presses("Телефоном або відео")
    await aunt.presses("Відео")
    await aunt.presses("Психолог")
    await aunt.says("Коваль Ірина")
    await aunt.says("+49 30 901820")
    assert labels(aunt)[0] == "вт, 24 листопада, 13:00 (у вас вт, 24 листопада, 12:00)"
    await aunt.says("1")
    assert aunt.sees("Паперів не треба")
    await aunt.presses("Так, записати")
    assert aunt.sees(
        "вівторок, 24 листопада 2026 року, 13:00 за Києвом (у вас вівторок, 24 листопада 2026 року, 12:00)"
    )
    assert aunt.sees("відео: вам зателефонують і скажуть, як під’єднатися")
    assert not any(file.type == "image/png" for message in aunt.inbox for file in message.enclosures)
    assert (await visit(house, number_in(aunt.news))).center == "vinnytsia"


async def test_another_city_from_a_shared_place_the_nearest_comes_first(house: House) -> None:
    for center in ("lviv", "mykolaiv", "vinnytsia", "kharkiv"):
        await lawyer(house, center)
    mother = house.guest()
    await mother.registers()
    await mother.says("/book")
    await mother.presses("Інше місто")
    assert mother.last.location is not None, "a button that shares the place"
    await mother.shares_place(50.45, 30.52)  # Kyiv
    cities = [label.split(",")[0] for label in labels(mother)[:4]]
    assert cities == ["Вінниця", "Миколаїв", "Харків", "Львів"]
    await mother.presses("Вінниця")
    await mother.presses("Юрист")
    await mother.says("1")
    await mother.presses("Так, записати")
    assert mother.sees("Вінниця, вул. Театральна")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Микалаїв", "Миколаїв"),
        ("Николаев", "Миколаїв"),
        ("Дрогобичь", "Львів"),
        ("Дрогобыч", "Львів"),
        ("Чугуїв", "Харків"),
        ("Чугуев", "Харків"),
        ("Хмельницький", "Вінниця"),
        ("Хмельницкий", "Вінниця"),
    ],
)
async def test_another_city_from_a_settlement_however_it_is_spelt(house: House, typed: str, first: str) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/book")
    await mother.says("Суми")
    await mother.presses("Інше місто")
    await mother.says(typed)
    assert labels(mother)[0].startswith(first), labels(mother)


async def test_the_calendar_says_nothing_to_a_stranger_and_is_right_across_the_clock_change(database_url: str) -> None:
    """Booked on Friday in summer time for 11:00 on Monday, when the clocks have gone back."""
    async with open_house(database_url, datetime(2026, 10, 23, 15, tzinfo=KYIV)) as house:
        await lawyer(house)
        mother = house.guest()
        await mother.registers()
        await reviews(mother, str(int(datetime(2026, 10, 26, 11, tzinfo=KYIV).timestamp())))
        await mother.presses("Так, записати")
        assert mother.sees("понеділок, 26 жовтня 2026 року, 11:00")
        entry = event(mother)
        assert entry.decoded("dtstart") == datetime(2026, 10, 26, 9, tzinfo=UTC)
        assert entry.decoded("dtstart").astimezone(KYIV).hour == 11
        assert entry.decoded("dtend") == datetime(2026, 10, 26, 9, 45, tzinfo=UTC)
        fields = {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS", "ORGANIZER", "STATUS"}
        assert set(entry) == fields
        assert str(entry["summary"]) == "Зустріч"
        file = enclosed(mother, "text/calendar")
        assert file.name == "Зустріч 26.10.2026 11-00.ics"
        number = number_in(mother.news)
        for private in ("Харків", "Юрист", "Петренко", "Марія", number, number.replace("-", ""), "kharkiv", "lawyer"):
            assert private not in file.content.decode()


async def test_the_code_opens_the_door_to_a_staff_session_of_that_center_only(house: House) -> None:
    await lawyer(house)
    mother, stranger = house.guest(), house.guest()
    await mother.registers()
    number = await booked(mother)
    read = read_code(enclosed(mother, "image/png").content)
    assert read.startswith("/door ")
    assert number.replace("-", "") not in read
    for nobody in (stranger, mother):
        await nobody.says(read) if nobody.inbox else await nobody.consents()
        await nobody.says(read)
        assert not nobody.sees("Петренко")
        assert not nobody.sees(number)
    here, there = await house.staff(Role.OPERATOR), await house.staff(Role.OPERATOR, "lviv")
    await there.says(read)
    elsewhere = there.news
    foreign = "/door " + "A" * 22
    await here.says(foreign)
    assert here.news == elsewhere, "another center's code is like one that nobody has"
    assert here.hears("unclear-door")
    assert (await visit(house, number)).state is AppointmentState.BOOKED
    await here.says(read)
    assert here.sees(f"13:00 · {number} · Петренко Марія · Юрист. Відмічено: тут.")
    assert (await visit(house, number)).state is AppointmentState.ARRIVED


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VIBER, Channel.WEB])
async def test_the_code_is_shown_again_under_my_visits_as_long_as_the_visit_stands(
    house: House, channel: Channel
) -> None:
    await lawyer(house)
    mother, stranger = house.guest(channel), house.guest()
    await mother.registers()
    number = await booked(mother)
    first = enclosed(mother, "image/png").content
    await mother.says("/visits")
    await mother.presses(f"Показати код для входу {number}")
    assert mother.sees(f"Код для входу, запис {number}")
    assert mother.sees("вівторок, 24 листопада 2026 року, 13:00")
    shown = [file for message in mother.inbox for file in message.enclosures if file.type == "image/png"]
    assert [file.content for file in shown] == [first, first], "the same picture, and no other"
    await stranger.registers(own_name="Мельник Ніна")
    await stranger.says(f"/code {number}")
    assert stranger.hears("visit-unknown", number=number)
    await mother.says(f"/move {number}")
    await mother.presses(labels(mother)[0])
    await mother.presses("Так, перенести")
    await mother.says(f"/code {number}")
    assert enclosed(mother, "image/png").content == first, "moving changes neither number nor code"
    await mother.says(f"/cancel {number}")
    await mother.presses("Так, скасувати")
    await mother.says(f"/code {number}")
    assert mother.hears("visit-over", number=number)
    await mother.says("/visits")
    assert not mother.sees("код для входу")


async def test_a_call_has_no_code_for_the_door(house: House) -> None:
    await lawyer(house)
    mother = house.guest()
    await mother.registers()
    await mother.says("/book call")
    for key in ("Телефоном", "Юрист"):
        await mother.presses(key)
    await mother.presses(labels(mother)[0])
    await mother.presses("Так, записати")
    number = number_in(mother.news)
    await mother.says("/visits")
    assert not mother.sees("код для входу")
    await mother.says(f"/code {number}")
    assert mother.hears("door-code-none", number=number)


async def test_a_code_of_another_day_says_that_it_is_not_today(house: House) -> None:
    await lawyer(house)
    mother = house.guest()
    await mother.registers()
    number = await booked(mother, str(int(kyiv(25, 11).timestamp())))
    operator = await house.staff(Role.OPERATOR)
    await operator.says(read_code(enclosed(mother, "image/png").content))
    assert operator.sees(f"Запис {number} призначено на середу, 25 листопада 2026 року, 11:00")
    assert not operator.sees("Петренко")
    assert (await visit(house, number)).state is AppointmentState.BOOKED


async def test_what_is_promised_of_a_visit_is_still_to_come(house: House) -> None:
    """Booked for tomorrow, today and at once: no reminder is promised for an hour that has gone by."""
    await lawyer(house)
    for slot, promised in (
        (kyiv(26, 11), "reminded-twice"),
        (kyiv(24, 16), "reminded-shortly"),
        (kyiv(24, 13), "reminded-shortly"),
    ):
        mother = house.guest()
        await mother.registers()
        await booked(mother, str(int(slot.timestamp())))
        assert mother.hears(promised), slot
    house.clock.go_to(kyiv(24, 11, 30))
    late = house.guest()
    await late.registers()
    await booked(late, str(int(kyiv(24, 14).timestamp())))
    assert late.hears("reminded-shortly")


async def test_a_time_that_went_by_overnight_is_not_said_to_be_taken(house: House) -> None:
    await lawyer(house)
    mother = house.guest()
    await mother.registers()
    await reviews(mother)
    yes = next(key for key in mother.keys if key.label.startswith("Так"))
    house.clock.go_to(kyiv(25, 9))
    await mother.sends(ButtonPress(yes.id))
    assert mother.hears("unclear-slot-passed")
    assert mother.asked("book-slot")
    assert not mother.hears("unclear-slot-gone")
