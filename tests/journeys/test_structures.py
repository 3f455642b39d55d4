"""A structure that an administrator adds, changes and ends by commands alone, on every screen that names one."""

from datetime import datetime, time, timedelta

import pytest

from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.booking.appointments import Appointment
from casework.centers import KYIV
from casework.ids import StructureId
from casework.kinship import KinshipState
from casework.letters import Say
from casework.numbers import ReportNumber
from casework.reference import Sort
from dialogs.words import Words
from tests.visiting import WORDS, Guest, House, with_code

WORDED = {
    "name": ("Представник перевезень { $x }", "Representative of Transport { $x }"),
    "staff": ("Служба перевезень", "Transport Service"),
    "why": ("Коли людина служить у перевезеннях.", "When the person serves in transport."),
    "bring": ("Також: дорожній лист.", "Also: the waybill."),
    "source": ("Державна служба перевезень", "State Transport Service"),
}
"""A structure's words, Ukrainian and English, part by part as they are asked for."""

NEW = StructureId("representative-of-tr-1")


async def _adds(administrator: Guest, *traits: str) -> None:
    await administrator.says("/structure new")
    for part in WORDED.values():
        for text in part:
            await administrator.says(text)
    assert administrator.asked("structure-traits")
    for trait in traits:
        await administrator.presses(trait)
    await administrator.presses("Готово")
    await administrator.presses("24 листопада 2026")
    assert administrator.sees("Це потребує двох людей: текст для родин")
    second = await administrator.house.second()
    assert second.sees(f"{WORDED['name'][0]}. Родини бачитимуть це з 24 листопада 2026")


async def _speaks(guest: Guest, language: str) -> None:
    guest.language = language
    await guest.says("/language")
    await guest.presses({"uk": "Українською", "en": "English"}[language])


async def _verified(house: House, number: str, by: Guest) -> None:
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(ReportNumber(number.replace("-", "")))
        staff = await with_code(await by.person(), work)
        assert report is not None
        assert staff is not None
        await work.kinships.decide(report.id, KinshipState.DECLARED, KinshipState.VERIFIED, staff.id)
        await work.commit()


async def _board(house: House, guest: Guest, language: str) -> list[str]:
    """What the board shows to a member of staff, line by line."""
    async with house.database.work(house.clock()) as work:
        person = await guest.person()
        sections = await rulebook.board(Actor(person, language, Channel.WEB, await with_code(person, work)), work)
    words = Words(book=house.database.book)
    cells = [cell for section in sections for row in section.rows for cell in row.cells]
    return [words.say(language, cell) for cell in cells if isinstance(cell, Say)]


async def _visits(house: House) -> list[Appointment]:
    async with house.database.work(house.clock()) as work:
        return list(await work.bookings.between(work.now, work.now + timedelta(days=31)))


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VIBER])
async def test_a_messenger_leads_to_the_page(house: House, channel: Channel) -> None:
    """A chat has no session in which a code can be given."""
    await _adds(await house.staff(Role.ADMINISTRATOR, None))
    administrator = await house.staff(Role.ADMINISTRATOR, None, channel=channel)
    for typed in ("/structure", "/structure new", f"/structure {NEW}"):
        await administrator.says(typed)
        assert "http://127.0.0.1:8080" in administrator.news, typed
        assert not administrator.sees("Більше не показувати"), typed


async def test_it_is_looked_at_and_ended_on_the_page(house: House) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    await _adds(administrator)
    await administrator.says(f"/structure {NEW}")
    for part in WORDED.values():
        assert administrator.sees(part[0]), "it is shown to whoever changes it"
    await administrator.presses("Більше не показувати")
    await administrator.presses("24 листопада 2026")
    await administrator.presses("Так, прибрати")
    assert administrator.sees("У списках цього не буде з 25 листопада 2026"), (
        "its first day stands, and so do its words"
    )
    await administrator.says(f"/structure {NEW}")
    assert administrator.sees(WORDED["name"][0])


@pytest.mark.parametrize("language", ["uk", "en"])
async def test_it_is_on_every_screen_of_staff(house: House, language: str) -> None:
    """The invitation, the sources of an update, the day, the case, an absence, the board."""
    said = {part: words[("uk", "en").index(language)] for part, words in WORDED.items()}

    def word(name: str) -> str:
        return WORDS.say(language, Say(name))

    administrator = await house.staff(Role.ADMINISTRATOR, None)
    await _adds(administrator)
    await _speaks(administrator, language)
    await administrator.says("/staff")
    for pressed in ("staff.add", "role.specialist", "center-kharkiv"):
        await administrator.presses(word(pressed))
    await administrator.presses(said["staff"])
    await administrator.says("Ткач Олег")
    assert administrator.hears("proposed-delayed", what=Say("proposal-act.member")), "there is one administrator"

    specialist = await house.staff(Role.SPECIALIST, structure=NEW, name="Юрченко Ганна")
    operator = await house.staff(Role.OPERATOR)
    mother = house.guest()
    number = await mother.registers()
    await mother.says("/book kharkiv")
    await mother.presses(WORDED["name"][0])
    await mother.presses(next(key.label for key in mother.keys if ":" in key.label))
    await mother.presses("Так, записати")
    await _verified(house, number, specialist)

    await _speaks(specialist, language)
    await specialist.says(f"/update {number}")
    await specialist.presses(word("update-level.nib"))
    await specialist.presses(word("update-subject.none"))
    assert said["source"] in [key.label for key in specialist.keys]
    await specialist.presses(said["source"])
    assert specialist.asked("update-manner")

    await _speaks(operator, language)
    (visit,) = await _visits(house)
    day = visit.starts_at.astimezone(KYIV).date()
    for typed in (f"/day {day:%d.%m.%Y}", f"/case {number}", "/absent"):
        await operator.says(typed)
        assert said["name"] in operator.news or any(said["name"] in key.label for key in operator.keys), typed
    house.clock.go_to(datetime.combine(day, time(8), tzinfo=KYIV))
    assert any(said["name"] in line for line in await _board(house, operator, language))


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("channel", [Channel.WEB, Channel.TELEGRAM, Channel.VIBER])
async def test_a_family_sees_it_on_every_screen(house: House, channel: Channel, language: str) -> None:
    """Booking, what to bring, the visits ahead, who leads the case."""
    said = {part: words[("uk", "en").index(language)] for part, words in WORDED.items()}
    await _adds(await house.staff(Role.ADMINISTRATOR, None))
    specialist = await house.staff(Role.SPECIALIST, structure=NEW, name="Юрченко Ганна")
    mother = house.guest(channel, language)
    number = await mother.registers(region="Харків" if language == "uk" else "Kharkiv")
    await mother.says("/book kharkiv")
    assert mother.sees(f"{said['name']}. {said['why']}")
    await mother.presses(said["name"])
    await mother.presses(next(key.label for key in mother.keys if ":" in key.label))
    assert mother.sees(said["bring"])
    await mother.presses(WORDS.say(language, Say("book-review.send")))
    assert mother.sees(said["name"])
    assert mother.sees(said["bring"])
    await mother.says("/visits")
    assert mother.sees(said["name"])
    await specialist.says(f"/take {number}")
    await specialist.says("/myname")
    await specialist.presses("Показувати")
    await specialist.says("Ганна")
    await mother.says("/reports")
    assert mother.sees(f"({said['staff']})")


async def test_what_rules_ask_of_it_is_data(house: House) -> None:
    """To a structure that is so marked nobody brings papers, and its specialists are told of despair; until it is
    unmarked."""
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    await _adds(administrator, "Паперів сюди не приносять", "Кличемо, коли людині нестерпно")
    specialist = await house.staff(Role.SPECIALIST, structure=NEW, channel=Channel.TELEGRAM)
    mother = house.guest()
    await mother.registers()
    await mother.says("/book kharkiv")
    await mother.presses(WORDED["name"][0])
    await mother.presses(next(key.label for key in mother.keys if ":" in key.label))
    assert mother.sees(WORDED["bring"][0])
    assert not mother.sees("паспорт")
    await mother.says("Я не хочу жити")
    assert specialist.hears("crisis-waits")

    await administrator.says(f"/structure {NEW}")
    await administrator.presses("Папери й підтримка")
    await administrator.presses("Готово")
    await administrator.presses("24 листопада 2026")
    await house.second()
    wife = house.guest()
    await wife.registers(own_name="Петренко Оксана")
    heard = len(specialist.inbox)
    await wife.says("/book kharkiv")
    await wife.presses(WORDED["name"][0])
    await wife.presses(next(key.label for key in wife.keys if ":" in key.label))
    assert wife.sees("паспорт")
    assert wife.sees(WORDED["bring"][0]), "its words stay"
    await wife.says("Я не хочу жити")
    assert len(specialist.inbox) == heard


async def test_it_ends_on_its_day_and_what_was_booked_stands(house: House) -> None:
    """Until then it is booked as before, from then on in no list; visits of later days are counted."""
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    await _adds(administrator)
    await house.staff(Role.SPECIALIST, structure=NEW)
    mother = house.guest()
    await mother.registers()
    await mother.says("/book kharkiv")
    await mother.presses(WORDED["name"][0])
    await mother.says("27 листопада об 11")
    await mother.presses("Так, записати")
    await administrator.says(f"/structure {NEW}")
    await administrator.presses("Більше не показувати")
    await administrator.says("26 листопада")
    await administrator.presses("Так, прибрати")
    assert administrator.sees("сюди вже записано: 1")

    wife = house.guest()
    await wife.registers(own_name="Петренко Оксана")
    await wife.says("/book kharkiv")
    await wife.presses(WORDED["name"][0])
    assert not any("26 листопада" in key.label or "27 листопада" in key.label for key in wife.keys)
    await wife.says("27 листопада об 11")
    assert wife.hears("unclear-slot-none")
    house.clock.go_to(datetime(2026, 11, 26, 9, tzinfo=KYIV))
    await wife.says("/book kharkiv")
    assert not any(key.label == WORDED["name"][0] for key in wife.keys)
    await mother.says("/visits")
    assert mother.sees(WORDED["name"][0]), "what was booked still reads as before"


async def test_whoever_signs_sees_what_rules_will_ask_of_it(house: House) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    for pressed, seen in (
        (("Кличемо, коли людині нестерпно",), "Кличемо, коли людині нестерпно"),
        ((), "нічого не обрано"),
    ):
        await administrator.says("/structure lawyer")
        await administrator.presses("Папери й підтримка")
        for trait in pressed:
            await administrator.presses(trait)
        await administrator.presses("Готово")
        await administrator.presses("24 листопада 2026")
        verifier = await house.staff(Role.VERIFIER, "lviv", name="Мороз Дарина")
        await verifier.says("/proposals")
        await verifier.presses([key.label for key in verifier.keys if "·" in key.label][-1])
        assert verifier.sees(f"Папери й підтримка: {seen}.")
        await verifier.presses("Так, підписую")


async def test_it_has_a_day_on_which_it_begins(house: House) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    await administrator.says("/structure new")
    for part in WORDED.values():
        for text in part:
            await administrator.says(text)
    await administrator.presses("Готово")
    await administrator.says("1 грудня")
    await house.second()
    async with house.database.work(house.clock()) as work:
        assert NEW not in [one.name for one in work.book.today(Sort.STRUCTURE)]
    async with house.database.work(house.clock() + timedelta(days=8)) as work:
        assert NEW in [one.name for one in work.book.today(Sort.STRUCTURE)]
