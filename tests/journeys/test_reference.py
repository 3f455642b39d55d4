"""A center, a line, a step and a paper, added by commands alone, stand on every screen that lists such things."""

from datetime import datetime, timedelta

import pytest

from casework.actor import Channel, Role
from casework.centers import KYIV
from casework.ids import StructureId
from casework.letters import Say
from casework.places import ABROAD
from casework.reference import Sort
from storage.database import Database
from tests.visiting import WORDS, Guest, House

CHANNELS = pytest.mark.parametrize("channel", [Channel.WEB, Channel.TELEGRAM, Channel.VIBER])


async def _adds_a_center(administrator: Guest, *, hidden: bool = False) -> None:
    """In Odesa, for Odesa region."""
    await administrator.says("/center new")
    assert administrator.asked("center-city")
    await administrator.says("Одеса")
    if not administrator.sees("назву міста українською"):
        await administrator.presses("Одеса")
    await administrator.says("Одеса")
    await administrator.says("Odesa")
    await administrator.presses("Ні, лише тим" if hidden else "Так, адреса публічна")
    await administrator.says("9:00-18:00")
    await administrator.says("Одеська")
    await administrator.presses("24 листопада 2026")
    assert administrator.sees("Це потребує двох людей: новий центр")
    second = await administrator.house.second()
    assert second.sees("Одеса: центр додано. Одеська область: він відповідає з 24 листопада 2026")


async def _adds_a_line(administrator: Guest, other: Guest) -> None:
    """Under the police's step; a second administrator calls it."""
    await administrator.says("/line new")
    assert administrator.asked("line-step")
    await administrator.presses("2. Заява до поліції")
    for text in ("Довідкова для родин", "Help desk for families", "Довідкова", "Help desk"):
        await administrator.says(text)
    await administrator.says("0 800 000 000")
    assert administrator.sees("номер 0 800 000 000. Зателефонуйте")
    await administrator.says("/proposals")
    await administrator.presses("нова лінія")
    assert administrator.hears("proposal-own"), "never one person alone"
    await other.signs()
    assert other.sees("Довідкова для родин: 0 800 000 000")


async def _adds_a_step(administrator: Guest) -> None:
    await administrator.says("/step new")
    for text in (
        "Інформаційний пункт",
        "Information point",
        "Прийдіть { $x } по пам’ятку.",
        "Come { $x } for a leaflet.",
    ):
        await administrator.says(text)
    assert administrator.asked("step-after")
    await administrator.presses("2. Заява до поліції")
    await administrator.presses("24 листопада 2026")
    second = await administrator.house.second()
    assert second.sees("3. Інформаційний пункт. Родини бачитимуть це з 24 листопада 2026")


async def _adds_a_paper(administrator: Guest) -> None:
    await administrator.says("/paper new")
    for text in ("довідка про склад сім’ї", "certificate of family", "довідка родини", "family’s certificate"):
        await administrator.says(text)
    await administrator.presses("Мати")
    await administrator.presses("Готово")
    await administrator.presses("24 листопада 2026")
    second = await administrator.house.second()
    assert second.sees("довідка про склад сім’ї. Родини бачитимуть це")


@CHANNELS
async def test_what_was_added_by_commands_is_on_every_screen(house: House, channel: Channel) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    other = await house.staff(Role.ADMINISTRATOR, None, name="Бойко Ірина")
    await _adds_a_center(administrator)
    await _adds_a_line(administrator, other)
    await _adds_a_step(administrator)
    await _adds_a_paper(administrator)

    mother = house.guest(channel)
    number = await mother.registers(region="Одеса")
    await mother.says("/human")
    assert mother.sees("Ваш центр: Одеса")
    await mother.says("/book")
    assert any("Одеса" in key.label for key in mother.keys)
    await mother.presses(mother_center(mother))
    assert mother.hears("book-nobody-there")
    await _walks_the_steps(mother, "Інформаційний пункт", "по пам’ятку", "Довідкова для родин: 0 800 000 000")
    await mother.says(f"/papers {number}")
    assert mother.sees("довідка про склад сім’ї")

    aunt = house.guest(channel, "en")
    number = await aunt.registers(region="Odesa")
    await aunt.says("/human")
    assert aunt.sees("Odesa")
    await _walks_the_steps(aunt, "Information point", "for a leaflet", "Help desk for families: 0 800 000 000")
    await aunt.says(f"/papers {number}")
    assert aunt.sees("certificate of family")


def mother_center(guest: Guest) -> str:
    return next(key.label for key in guest.keys if "Одеса" in key.label or "Odesa" in key.label)


async def _walks_the_steps(guest: Guest, title: str, text: str, line: str) -> None:
    await guest.says("/steps")
    labels = [key.label for key in guest.keys]
    assert f"3. {title}" in labels
    assert any(label.startswith("11. ") for label in labels), "those after it are counted on"
    await guest.presses(f"3. {title}")
    assert guest.sees(text)
    assert guest.sees("{ $x }"), "what staff type is text and no Fluent"
    await guest.says("/steps")
    await guest.presses("2. ")
    assert guest.sees(line)


async def test_a_specialist_of_the_new_center_is_booked_there(house: House) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    await _adds_a_center(administrator)
    await _adds_a_paper(administrator)
    center = (await _centers(house))[-1]
    await house.staff(Role.SPECIALIST, center, StructureId("lawyer"))
    operator = await house.staff(Role.OPERATOR, center)
    mother = house.guest()
    number = await mother.registers(region="Одеса")
    await mother.says("/book")
    await mother.presses(mother_center(mother))
    await mother.presses("Юрист")
    await mother.presses(next(key.label for key in mother.keys if ":" in key.label))
    assert mother.sees("довідка про склад сім’ї"), "the paper stands among what to bring"
    await mother.presses(WORDS.say("uk", Say("book-review.send")))
    assert mother.sees("Одеса")
    await operator.says(f"/case {number}")
    assert operator.sees("Одеса")
    await administrator.says("/staff")
    assert administrator.sees("Одеса")


async def _centers(house: House) -> list[str]:
    async with house.database.work(house.clock()) as work:
        return [center.id for center in await work.centers.all()]


async def test_a_step_changes_on_its_day_in_kyiv(house: House) -> None:
    administrator, mother = await house.staff(Role.ADMINISTRATOR, None), house.guest()
    await mother.consents()
    await administrator.says("/step police")
    assert administrator.sees("Подайте заяву до поліції")
    await administrator.presses("Написати інакше")
    for text in ("Заява", "Statement", "Подайте заяву онлайн.", "File it online."):
        await administrator.says(text)
    await administrator.presses("25 листопада 2026")
    await house.second()
    await mother.says("/steps")
    await mother.presses("2. Заява до поліції")
    assert mother.sees("приймають у будь-якому відділенні")
    house.clock.go_to(datetime(2026, 11, 25, 0, 1, tzinfo=KYIV))
    await mother.says("/steps")
    await mother.presses("2. Заява")
    assert mother.sees("Подайте заяву онлайн.")
    administrator = await house.staff(Role.ADMINISTRATOR, None)  # with a factor of this day
    await administrator.says("/step police")
    await administrator.presses("Більше не показувати")
    await administrator.presses("25 листопада 2026")
    assert administrator.sees("прибрати з 25 листопада 2026?")
    assert administrator.sees("Подайте заяву онлайн."), "as families read it"
    await administrator.presses("Так, прибрати")
    await mother.says("/steps")
    assert [key.label for key in mother.keys][1].startswith("2. Витяг")


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("Тіло знайдено", "Так родинам не пишуть: «Тіло"),
        ("Спорідненість", "Краще так: родинний зв’язок"),
        ("Сообщение выдано", "Так родинам не пишуть: «выдано»"),
        ("Крок 🙂", "Так родинам не пишуть: «🙂»"),
        ("Крок " * 20, "50"),
    ],
)
async def test_what_staff_type_goes_by_the_rules_of_all_words(house: House, typed: str, seen: str) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    await administrator.says("/step new")
    await administrator.says(typed)
    assert administrator.sees(seen)
    async with house.database.work(house.clock()) as work:
        assert len(work.book.today(Sort.STEP)) == 10


async def test_another_process_hears_of_it(house: House, database_url: str) -> None:
    other = Database(database_url, bytes(range(32)))
    async with other.work(house.clock()) as work:
        assert work.book.version(Sort.STEP, "information-point-1") is None
    await _adds_a_step(await house.staff(Role.ADMINISTRATOR, None))
    other.wake("reference")  # as its `listen` does
    async with other.work(house.clock()) as work:
        assert work.book.version(Sort.STEP, "information-point-1") is not None
    await other.close()


async def test_a_refused_number_shows_no_line(house: House) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    await administrator.says("/line new")
    await administrator.presses("2. Заява до поліції")
    for text in ("Довідкова для родин", "Help desk for families", "Довідкова", "Help desk", "0 800 000 000"):
        await administrator.says(text)
    other = await house.staff(Role.ADMINISTRATOR, None, name="Бойко Ірина")
    await other.says("/proposals")
    await other.presses("нова лінія")
    await other.presses("Ні, відхилити")
    mother = house.guest()
    await mother.consents()
    await mother.says("/steps")
    await mother.presses("2. ")
    assert not mother.sees("Довідкова")


async def test_a_line_ends_and_the_last_to_answer_stays(house: House) -> None:
    administrator, mother = await house.staff(Role.ADMINISTRATOR, None), house.guest()
    await mother.consents()
    await administrator.says("/line icrc")
    await administrator.presses("Лінії більше немає")
    assert administrator.sees("0 800 300 155"), "as families see it now"
    assert administrator.sees("0 800 50 17 20"), "what the step keeps"
    await administrator.presses("Ні, залишити")
    await mother.says("/steps")
    await mother.presses("8. ")
    assert mother.sees("0 800 300 155"), "one press ends nothing"
    await administrator.says("/line icrc")
    await administrator.presses("Лінії більше немає")
    await administrator.presses("Так, прибрати")
    assert administrator.sees("Червоний Хрест. У списках цього не буде з 24 листопада 2026")
    await mother.says("/steps")
    await mother.presses("8. ")
    assert mother.sees("0 800 50 17 20")
    assert not mother.sees("0 800 300 155")
    for name in ("headquarters", "lifeline"):
        await administrator.says(f"/line {name}")
        await administrator.presses("Лінії більше немає")
        assert administrator.sees("цю лінію не можна прибрати")


async def test_two_of_one_name_are_two(house: House) -> None:
    for _ in range(2):
        await _adds_a_center(await house.staff(Role.ADMINISTRATOR, None))
    assert (await _centers(house))[-2:] == ["odesa-1", "odesa-2"]


async def test_a_region_goes_to_the_new_center_on_its_day(house: House) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    another = await house.staff(Role.ADMINISTRATOR, None, name="Бондар Ігор")
    await _adds_a_center(administrator, hidden=True)
    center = (await _centers(house))[-1]
    await administrator.says(f"/center {center}")
    await administrator.presses("Передати сюди область")
    await administrator.presses("За кордоном")
    await administrator.says("1 грудня")
    async with house.database.work(house.clock() + timedelta(days=8)) as work:
        assert (await work.centers.answering_for(ABROAD)).id == "lviv", "one person moves no region"
    await another.signs()
    async with house.database.work(house.clock()) as work:
        assert (await work.centers.answering_for(ABROAD)).id == "lviv"
    async with house.database.work(house.clock() + timedelta(days=8)) as work:
        assert (await work.centers.answering_for(ABROAD)).id == center
