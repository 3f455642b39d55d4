"""A day of staff: queue, calls, notes, members, centers, linking; and what nobody gets by trying."""

import re
from datetime import timedelta

import pytest

from casework.actor import Channel, Role
from casework.ids import StructureId
from casework.staff import commands_of
from dialogs.scripts import SCRIPTS
from tests.visiting import Guest, House

NAMES = re.compile(
    r"Петренк|Марі|Іван|Миколай|Шевченк|67 ?123|671234567|12 бригад|Дзвонив увечері|Потім тиша|пошту|Юрченк"
)


async def _told(mother: Guest, number: str) -> None:
    """The second part, as far as this test needs it."""
    await mother.says(f"/details {number}")
    await mother.presses("Чоловік")
    await mother.presses("Так, на службі")
    await mother.presses("Національна гвардія")
    await mother.says("12 бригада")
    await mother.presses("Ще")
    await mother.presses("Пропустити решту")
    await mother.presses("Так, зберегти")


async def test_an_operator_calls_and_the_promise_is_kept(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await _told(mother, number)
    operator = await house.staff(Role.OPERATOR)
    await operator.says("/queue")
    assert operator.sees("1 дзвінок")
    assert operator.sees("Петренко Марія → Петренко Іван Миколайович")
    await operator.presses(f"Зателефонувати: Петренко Марія · {number}")
    assert operator.sees("+380671234567")
    await operator.presses("Не відповідають")
    await mother.reads_push()
    assert "не додзвонилися" in mother.last.text
    await operator.says(f"/call {number}")
    await operator.presses("Просять зателефонувати пізніше")
    await operator.says("вчора 10:00")
    assert operator.sees("Не вдалося зрозуміти час")
    await operator.says("завтра 10:30")
    assert operator.sees("10:30")
    await operator.says(f"/call {number}")
    await operator.presses("Поговорили")
    assert operator.sees("Обіцяне виконано")
    await operator.says("/queue")
    assert operator.sees("Дзвінків немає")
    await operator.says(f"/take {number}")
    await operator.says(f"/note {number} Просять писати на пошту.")
    await operator.says(f"/case {number}")
    assert operator.sees("Веде: Коваль Олена")
    assert operator.sees("Частина: 12 бригада")
    assert operator.sees("Просять писати на пошту.")
    assert operator.sees("Поговорили")


async def test_who_asked_for_a_call_without_a_report_is_called(house: House) -> None:
    guest = house.guest()
    await guest.consents()
    await guest.says("/human")
    await guest.presses("До 13:00")
    await guest.says("Як подати звернення?")
    await guest.says("067 123 45 67")
    operator = await house.staff(Role.OPERATOR, "lviv")  # whoever has told no region is called by the first center
    await operator.says("/queue")
    await operator.presses("Зателефонувати: t")
    assert operator.sees("Як подати звернення?")
    await operator.presses("Поговорили")
    await operator.says("/queue")
    assert operator.sees("Дзвінків немає")


async def test_a_messenger_of_staff_never_holds_a_name(house: House) -> None:
    """The whole day on Telegram: numbers, states and times; everything else waits for the page."""
    mother, wife = house.guest(), house.guest()
    number = await mother.registers()
    await _told(mother, number)
    other = await wife.registers(own_name="Петренко Оксана")
    await mother.says(f"/papers {number}")
    await mother.sends_photo()
    await mother.presses("Це все")
    await mother.says("Дзвонив увечері.")
    await house.staff(Role.SPECIALIST, "kharkiv", StructureId("lawyer"), name="Юрченко Ганна")
    await mother.says("/book")
    await mother.presses("Харків: ваш центр")
    await mother.presses("Юрист")
    await mother.says("1")
    await mother.presses("Так, записати")
    head = await house.staff(Role.HEAD, channel=Channel.TELEGRAM, name="Шевченко Ніна")
    for said in (
        "/start",
        "/menu",
        "/help",
        "/queue",
        "/find Петренко Іван",
        f"/find {number}",
        f"/case {number}",
        f"/take {number}",
        f"/note {number} Просять писати на пошту.",
        "Потім тиша.",
        f"/call {number}",
        f"/details {number}",
        "12 бригада",
        f"/correct {number}",
        f"/papers {number}",
        f"/kinship {number}",
        f"/join {number} {other}",
        f"/update {number}",
        "Дзвонив увечері.",
        f"/invitation {number}",
        "/approve",
        "/day",
        "/attend",
        "/confirm",
        "/absent",
        "/staff",
        "/link",
        "/Петренко",
        "Петренко Іван",
    ):
        await head.says(said)
        for key in head.keys:
            assert not NAMES.search(key.label), (said, key.label)
    await head.presses("На початок") if any(key.label == "На початок" for key in head.keys) else None
    await head.says(f"/kinship {number}")
    assert head.sees("Це відкривається на сторінці")
    await head.says(f"/join {number} {other}")
    await head.presses("Так, об’єднати")
    everything = "\n".join(
        [message.text for message in head.inbox]
        + [key.label for message in head.inbox for row in message.keys for key in row]
    )
    assert number in everything
    assert not NAMES.search(everything), NAMES.findall(everything)
    assert not any(message.enclosures for message in head.inbox)
    async with house.database.work(house.clock()) as work:
        report = (await work.reports.of(await mother.person()))[0]
        assert not await work.cases.notes(report.case)


async def test_what_was_begun_on_a_messenger_goes_on_on_the_page(house: House) -> None:
    number = await house.guest().registers()
    operator = await house.staff(Role.OPERATOR, channel=Channel.TELEGRAM)
    page = await house.another(operator, Channel.WEB)
    page.code_at = house.clock.at - timedelta(days=1)
    await operator.says(f"/note {number} Дзвонив увечері.")
    assert operator.sees("Це відкривається на сторінці: http://127.0.0.1:8080")
    await operator.says("Дзвонив увечері.")
    assert operator.sees("ми не зберегли")
    await page.opens()
    assert page.asked("note")
    await page.says("Дзвонив увечері.")
    assert page.sees("Нотатку додано")


async def _adds(by: Guest, *presses: str, name: str = "Мельник Ігор") -> None:
    await by.says("/staff")
    await by.presses("Додати працівника")
    for label in presses:
        await by.presses(label)
    await by.says(name)
    assert by.sees("Це потребує двох людей: новий працівник")
    assert by.sees(f"Новий працівник: {name}")


async def _link(by: Guest, name: str = "Мельник Ігор") -> str:
    """A new link for a member, as whoever proposed them gets it."""
    await by.says("/staff")
    await by.presses("Дати нове посилання")
    await by.presses(name)
    link = re.search(r"http://127\.0\.0\.1:8080/invite#(\S+)", by.news)
    assert link is not None, by.news
    return link[1]


def _word(second: Guest) -> str:
    word = re.search(r"слово для входу ([A-Z2-9]{4}-[A-Z2-9]{4})", second.news)
    assert word is not None, second.news
    return word[1]


async def _opens(house: House, code: str) -> bool:
    async with house.database.work(house.clock()) as work:
        opened = await work.sessions.open_invite(code)
        await work.commit()
    return opened is not None


async def test_a_new_member_takes_two_and_neither_of_them_can_be_the_member(house: House) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, None, name="Бойко Ірина")
    await _adds(administrator, "фахівець", "Харків", "юрист")
    async with house.database.work(house.clock()) as work:
        assert not [one for one in await work.staff.all() if one.name == "Мельник Ігор"], "not before it is signed"
    second = await house.second()
    shown = "\n".join(message.text for message in second.inbox)
    assert "Новий працівник: Мельник Ігор, фахівець" in shown
    assert "Пропонує Бойко Ірина" in shown
    word = _word(second)
    assert word not in administrator.news
    async with house.database.work(house.clock()) as work:
        member = next(one for one in await work.staff.all() if one.name == "Мельник Ігор")
        assert (member.staff.role, member.staff.structure) == (Role.SPECIALIST, StructureId("lawyer"))
    code = await _link(administrator)
    assert not await _opens(house, code), "without the word the link opens nothing"
    assert not await _opens(house, f"{code}.ABCD-2345")
    assert await _opens(house, f"{code}.{word.lower()}")
    other = await house.staff(Role.ADMINISTRATOR, None, name="Ткач Олег")
    await other.says("/staff")
    await other.presses("Дати нове посилання")
    await other.presses("Мельник Ігор")
    assert other.hears("staff-link-not-yours"), "whoever had no part in it has no link"


async def test_a_reset_takes_two_and_the_member_can_stop_it(house: House) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, None, name="Бойко Ірина")
    verifier = await house.staff(Role.VERIFIER, name="Мельник Ігор")
    chat = await house.another(verifier, Channel.TELEGRAM)
    for stopped in (True, False):
        await administrator.says("/staff")
        await administrator.presses("Скинути код")
        await administrator.presses("Мельник Ігор")
        assert administrator.sees("Це потребує двох людей: скидання коду")
        assert "Якщо ви про це не просили, зупиніть" in verifier.last.text
        assert "Якщо ви про це не просили, зупиніть" in chat.last.text, "at every address"
        await verifier.says("/proposals")
        await verifier.presses("скидання коду")
        assert verifier.hears("second-one-line"), "whose account it is does not sign for it"
        if stopped:
            await chat.presses("Зупинити")
            await chat.presses("Так, зупинити")
            assert "Зупинено" in administrator.last.text
    second = await house.second()
    assert await _opens(house, f"{await _link(administrator)}.{_word(second)}")


async def test_one_who_leaves_is_let_go_by_one_but_whoever_signs_by_two(house: House) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, None, name="Бойко Ірина")
    await house.staff(Role.ADMINISTRATOR, None, name="Мельник Ігор")
    operator = await house.staff(Role.OPERATOR, name="Ткач Олег")
    await house.staff(Role.VERIFIER, name="Кравець Тарас")
    people = ("Ткач Олег", "доступ вимкнено"), ("Мельник Ігор", "Це потребує"), ("Кравець Тарас", "Це потребує")
    for name, done in people:
        await administrator.says("/staff")
        await administrator.presses("Вимкнути доступ")
        await administrator.presses(name)
        await administrator.presses("Так, вимкнути")
        assert administrator.sees(done)
    second = await house.second()
    await second.signs()
    for name in ("Кравець Тарас", "Мельник Ігор"):
        assert any(f"{name}: доступ вимкнено" in message.text for message in second.inbox)
    number = await house.guest().registers()
    operator.mailbox = ""
    await operator.says(f"/case {number}")
    assert not operator.sees(number)


async def test_nobody_locks_the_service_out_of_itself(house: House) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, None, name="Бойко Ірина")
    await administrator.says("/staff")
    await administrator.presses("Вимкнути доступ")
    await administrator.presses("Бойко Ірина")
    await administrator.presses("Так, вимкнути")
    assert administrator.sees("Власний доступ вимкнути не можна")
    await administrator.says("/erase")
    await administrator.presses("Так, стерти")
    await administrator.presses("Так, стерти мої дані")
    assert administrator.sees("Це робочий обліковий запис")


async def test_a_head_manages_the_own_center_only(house: House) -> None:
    await house.staff(Role.OPERATOR, "lviv", name="Львівська Оксана")
    head = await house.staff(Role.HEAD, "kharkiv", name="Харківський Петро")
    await head.says("/staff")
    assert not head.sees("Львівська Оксана")
    await head.presses("Додати працівника")
    assert "адміністратор" not in [key.label for key in head.keys]
    await head.presses("верифікатор")
    await head.says("Мельник Ігор")
    await house.second()
    async with house.database.work(house.clock()) as work:
        member = next(one for one in await work.staff.all() if one.name == "Мельник Ігор")
        assert member.staff.center == "kharkiv"


async def test_centers_and_lines_are_data(house: House) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    for what, said, seen in (
        ("Телефон", "(057) 700 00 00", "(057) 700 00 00"),
        ("Години", "9:00-18:00", "з 09:00 до 18:00"),
    ):
        await administrator.says("/center Харків")
        await administrator.presses(what)
        await administrator.says(said)
        if what == "Телефон":
            await house.second()
        await administrator.says("/center Харків")
        assert administrator.sees(seen)
    await administrator.says("/center Львів")
    await administrator.presses("Передати сюди область")
    await administrator.says("Полтавська")
    await administrator.presses("24 листопада 2026")
    assert (await house.second()).sees("Полтавська область: цей центр відповідає з 24 листопада 2026")
    await administrator.says("/center Вінниця")
    assert not administrator.sees("за кордоном")
    await administrator.presses("Передати сюди область")
    await administrator.says("за кордоном")
    await administrator.presses("1 грудня 2026")
    await house.second()
    async with house.database.work(house.clock()) as work:
        assert (await work.centers.answering_for("abroad")).id == "lviv"
    async with house.database.work(house.clock() + timedelta(days=7)) as work:
        assert (await work.centers.answering_for("abroad")).id == "vinnytsia"
    async with house.database.work(house.clock()) as work:
        assert (await work.centers.answering_for("poltava")).id == "lviv"
    await administrator.says("/line")
    await administrator.presses("НІБ, з-за кордону")
    await administrator.says("+38 044 000 00 00")
    second = await house.second()
    assert second.hears("line-done")
    assert second.sees("+38 044 000 00 00")


async def test_a_slip_in_a_number_or_a_place_reaches_no_family(house: House) -> None:
    """One digit is no number, and with the longitude first the center would lie in Arabia."""
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    for what, slips, right in (
        ("Телефон", ("5", "+(5)", "١٢٣٤٥٦", "-57"), "16-48"),
        ("Місце на карті", ("24.0198, 49.8123", "99.999, 99.999", "0.000, 0.000"), "49.8123, 24.0198"),
    ):
        await administrator.says("/center Львів")
        await administrator.presses(what)
        for slip in slips:
            await administrator.says(slip)
            assert not administrator.sees("Це потребує двох людей"), slip
        await administrator.says(right)
        assert administrator.sees("Це потребує двох людей")
    await administrator.says("/line")
    await administrator.presses("Поліція, цілодобово")
    await administrator.says("1")  # nor the only button, which would end the line
    assert administrator.asked("line-phone")
    await administrator.says("102")
    assert administrator.sees("Це потребує двох людей: номер лінії")


async def test_abroad_is_no_region(house: House) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    await administrator.says("/center Львів")
    assert administrator.sees("Областей: 6, з них ще не підтверджено: 6.")
    await administrator.presses("Підтвердити області")
    await administrator.presses("За кордоном")
    await administrator.presses("Готово")
    assert not administrator.sees("Не підтверджено областей")
    assert administrator.sees("Підтверджено: За кордоном")


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VIBER])
async def test_an_administrator_changes_nothing_on_a_messenger(house: House, channel: Channel) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, None, channel=channel)
    for said in ("/center Харків", "/line", "/line lifeline 7334", "/step", "/paper", "/structure"):
        await administrator.says(said)
        assert administrator.sees("на сторінці"), said
    async with house.database.work(house.clock()) as work:
        assert {line.phone for line in await work.centers.lines() if line.name == "lifeline"} == {"7333"}


async def test_what_changed_of_a_center_is_said_with_both(house: House) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    await administrator.says("/center Харків")
    await administrator.presses("Години")
    await administrator.says("9:00-18:00")
    assert administrator.sees("Години: були 10:00–17:00, тепер 09:00–18:00.")
    await administrator.says("/center Львів")
    await administrator.presses("Підтвердити області")
    await administrator.presses("Волинська область")
    await administrator.presses("Готово")
    assert administrator.sees("Підтверджено: Волинська область.")
    assert not administrator.sees("Тернопільська")


async def test_an_auditor_reads_who_looked_and_no_case(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    operator = await house.staff(Role.OPERATOR, name="Ткач Олег")
    await operator.says(f"/case {number}")
    auditor = await house.staff(Role.AUDITOR, None, name="Бойко Ірина")
    await auditor.says(f"/audit {number}")
    assert auditor.sees("Ткач Олег · відкрито справу")
    assert not auditor.sees("Петренко")
    await auditor.says(f"/case {number}")
    assert auditor.sees("вам недоступна")


async def test_a_relative_gives_no_command_of_staff(house: House) -> None:
    mother, stranger = house.guest(), house.guest()
    number = await mother.registers()
    await stranger.consents()
    for name, script in SCRIPTS.items():
        if None not in script.roles and script.command:
            house.clock.pass_by(seconds=2)  # there are more than sixty, and so many in a minute wait
            await stranger.says(f"/{name} {number}")
            assert stranger.sees("вам недоступна"), name
    for name in ("opened", "decide", "linked"):
        await stranger.says(f"/{name} {number}")
        assert not stranger.sees("Петренко")
    await stranger.says(f"/details {number}")
    assert stranger.sees("немає серед ваших")
    await stranger.says(f"/papers {number}")
    assert stranger.sees("немає серед ваших")


@pytest.mark.parametrize("role", list(Role))
async def test_a_role_gives_its_own_commands_only(house: House, role: Role) -> None:
    number = await house.guest().registers()
    member = await house.staff(role, None if role in (Role.ADMINISTRATOR, Role.AUDITOR) else "kharkiv")
    for name, script in SCRIPTS.items():
        if role not in script.roles and script.command:
            await member.says(f"/{name} {number}")
            assert member.sees("вам недоступна"), name
    await member.says("/help")
    for name in commands_of(role):
        assert member.sees(f"/{name}:")
    if role in (Role.ADMINISTRATOR, Role.AUDITOR):
        await member.says(f"/details {number}")
        assert not member.sees("Петренко")


async def test_another_centers_staff_learn_only_whose_it_is(house: House) -> None:
    number = await house.guest().registers(region="Харків")
    operator = await house.staff(Role.OPERATOR, "lviv")
    for command in ("case", "take", "call", "note", "details", "part"):
        await operator.says(f"/{command} {number}" + (" Текст" if command == "note" else ""))
        assert operator.sees("відповідає інший центр: Харків"), command
        assert not operator.sees("Петренко")


async def test_an_old_second_factor_manages_nobody(house: House) -> None:
    administrator = await house.staff(Role.ADMINISTRATOR, None)
    administrator.code_at = None
    house.clock.go_to(house.clock.at + timedelta(hours=13))
    await administrator.says("/line lifeline 7334")
    assert administrator.hears("staff-factor-needed")
    async with house.database.work(house.clock()) as work:
        assert {line.phone for line in await work.centers.lines() if line.name == "lifeline"} == {"7333"}


async def test_the_center_where_a_family_is_seen_opens_its_case(house: House) -> None:
    mother = house.guest()
    number = await mother.registers(region="Харків")
    specialist = await house.staff(Role.SPECIALIST, "lviv", StructureId("lawyer"), name="Юрченко Ганна")
    await specialist.says(f"/case {number}")
    assert specialist.sees("відповідає інший центр: Харків")
    await mother.says("/book")
    await mother.presses("Інше місто")
    await mother.says("Львів")
    await mother.presses("Львів")
    await mother.presses("Юрист")
    await mother.says("1")
    await mother.presses("Так, записати")
    await specialist.says(f"/case {number}")
    assert specialist.sees("Петренко Іван Миколайович")
    assert specialist.sees("у центрі, Львів. Юрист.")
    house.clock.pass_by(days=60)
    await specialist.says(f"/case {number}")
    assert specialist.sees("відповідає інший центр: Харків")
