"""My reports: what families ask for most stands there, on every channel and in both languages."""

import pytest

from casework.actor import Channel, Role
from casework.ids import StructureId
from casework.letters import Say
from tests.visiting import WORDS, Guest, House


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.TELEGRAM, Channel.VIBER])
async def test_it_tells_how_the_report_stands(house: House, channel: Channel) -> None:
    mother = house.guest(channel)
    await mother.registers()
    await mother.says("/reports")
    assert mother.hears("standing-unknown")
    assert mother.sees("ще не перевірено за документами")
    assert mother.sees("Документів від вас ще немає.")
    assert mother.sees("центр: Харків.")
    assert mother.sees("Вам зателефонують не пізніше п’ятниці, 27 листопада 2026 року.")
    assert not mother.sees("Остання розмова")


async def test_it_tells_of_papers_the_lead_and_the_last_talk(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.says(f"/papers {number}")
    await mother.sends_photo()
    await mother.presses("Це все")
    await mother.says("Прізвище змінено після шлюбу")
    await mother.says("/reports")
    assert mother.sees("1 файл, ще не переглянуто")
    verifier, operator = await house.staff(Role.VERIFIER), await house.staff(Role.OPERATOR, name="Бондар Ігор")
    await verifier.says(f"/kinship {number}")
    await verifier.confirms()
    await operator.says(f"/take {number}")
    await mother.says("/reports")
    assert mother.sees("Родинний зв’язок: підтверджено.")
    assert mother.sees("2 файли, переглянуто")
    assert mother.sees("Вам відповідає один із працівників центру.")
    assert not mother.sees("Бондар"), "a member of staff is named only with their consent"


async def test_it_is_told_in_english_too(house: House) -> None:
    sister = house.guest(Channel.WEB, "en")
    await sister.consents()
    await sister.registers()
    await sister.says("/reports")
    assert sister.sees("not yet checked against documents")
    assert sister.sees("Somebody will call you by")


async def _sends_a_paper(mother: Guest, number: str) -> None:
    await mother.says(f"/papers {number}")
    await mother.sends_photo()
    await mother.presses("Це все")
    await mother.presses("Пояснювати нічого")


async def test_a_paper_that_came_after_the_last_look_is_not_looked_at(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await _sends_a_paper(mother, number)
    verifier = await house.staff(Role.VERIFIER)
    await verifier.says(f"/kinship {number}")
    await verifier.presses("Попросити ще документи")
    await verifier.presses("свідоцтво про шлюб")
    await verifier.presses("Готово")
    await mother.says("/reports")
    assert mother.sees("1 файл, переглянуто")
    house.clock.pass_by(hours=1)
    await _sends_a_paper(mother, number)
    await mother.says("/reports")
    assert mother.sees("2 файли, з них ще не переглянуто: 1.")


@pytest.mark.parametrize("decision", ["Підтвердити", "Попросити ще документи"])
async def test_a_paper_that_came_while_the_verifier_decides_is_not_looked_at(house: House, decision: str) -> None:
    """What was looked at is what was shown."""
    mother = house.guest()
    number = await mother.registers()
    await _sends_a_paper(mother, number)
    verifier = await house.staff(Role.VERIFIER)
    await verifier.opens_papers(number)
    await verifier.says(f"/kinship {number}")
    await verifier.presses(decision)
    await _sends_a_paper(mother, number)
    await verifier.presses("паспорт")
    if decision == "Підтвердити":
        await verifier.presses("свідоцтво про народження того, кого шукають")
    await verifier.presses("Готово")
    if decision == "Підтвердити":
        await verifier.presses("Надіслали")
    assert verifier.hears("kinship-unseen", papers=1)
    await mother.says("/reports")
    assert mother.sees("3 файли, з них ще не переглянуто: 1.")
    await verifier.says("/queue papers")
    await verifier.presses("Документи: ")
    assert [len(message.enclosures) for message in verifier.inbox if message.enclosures][-1] == 3
    await verifier.presses("Попросити" if decision != "Підтвердити" else "Лишити підтвердженим")
    await verifier.presses("паспорт")
    await verifier.presses("Готово")
    if decision == "Підтвердити":
        await verifier.presses("Надіслали")
        assert verifier.hears("kinship-done-still", number=number, state=Say("kinship-state.verified"))
    assert not verifier.sees("ще не бачили")
    await mother.says("/reports")
    assert mother.sees("3 файли, переглянуто")


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VIBER])
async def test_what_no_page_has_shown_nobody_has_looked_at(house: House, channel: Channel) -> None:
    """A messenger of staff shows no papers and takes no decision: what was sent goes on waiting."""
    mother = house.guest()
    number = await mother.registers()
    await _sends_a_paper(mother, number)
    verifier = await house.staff(Role.VERIFIER, channel=channel)
    await verifier.says(f"/kinship {number}")
    assert verifier.hears("staff-on-page", link="http://127.0.0.1:8080")
    await verifier.says("/queue papers")
    assert verifier.sees(number)


async def test_a_paper_sent_after_the_confirmation_waits_until_it_is_looked_at(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await _sends_a_paper(mother, number)
    verifier = await house.staff(Role.VERIFIER)
    await verifier.says(f"/kinship {number}")
    await verifier.confirms()
    house.clock.pass_by(hours=1)
    await verifier.says("/queue papers")
    assert not verifier.sees(number)
    await _sends_a_paper(mother, number)
    await mother.says("/reports")
    assert mother.sees("3 файли, з них ще не переглянуто: 1.")
    await verifier.says("/queue papers")
    assert verifier.sees(number)
    before = len(mother.inbox)
    await verifier.says(f"/kinship {number}")
    await verifier.presses("Лишити підтвердженим")
    await verifier.presses("паспорт того, хто звернувся")
    await verifier.presses("Готово")
    await verifier.presses("Надіслали")
    assert len(mother.inbox) == before, "nothing has changed, so nothing is told"
    await mother.says("/reports")
    assert mother.sees("3 файли, переглянуто")
    await verifier.says("/queue papers")
    assert not verifier.sees(number)


async def test_an_answer_that_was_changed_has_its_papers_looked_at_again(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await _sends_a_paper(mother, number)
    verifier = await house.staff(Role.VERIFIER)
    await verifier.says(f"/kinship {number}")
    await verifier.confirms()
    await mother.says(f"/correct {number}")
    await mother.presses("Дата народження")
    await mother.says("13.03.1990")
    await mother.says("/reports")
    assert mother.sees("2 файли, ще не переглянуто")


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.TELEGRAM, Channel.VIBER])
async def test_a_promise_that_was_not_kept_is_told_as_it_is(house: House, channel: Channel) -> None:
    mother = house.guest(channel)
    number = await mother.registers()
    house.clock.go_to(house.clock.at.replace(day=27, hour=13))  # Friday, 15:00 in Kyiv: they still can call today
    await mother.says("/reports")
    assert mother.sees("не пізніше п’ятниці, 27 листопада")
    house.clock.go_to(house.clock.at.replace(day=27, hour=16))  # 18:00, the center is closed
    await mother.says("/reports")
    assert mother.hears("standing-call-late")
    assert not mother.sees("27 листопада 2026"), "a day that has passed is promised to nobody"
    assert mother.hears("line-headquarters", phone="0 800 300 529"), "where somebody answers"
    operator = await house.staff(Role.OPERATOR)
    await operator.says("/queue overdue")
    assert operator.sees(number), "what is late stands in the queue"
    await mother.presses("Поговорити з людиною")
    assert mother.hears("call-when")


async def test_no_day_is_promised_for_an_answer_until_answers_were_measured(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    for day, heard in ((24, "correspondence-unmeasured"), (30, "inbox-joined")):
        house.clock.go_to(house.clock.at.replace(day=day))
        await mother.says("Командир мовчить уже місяць")
        if day == 24:
            await mother.presses("Передати")
        assert mother.hears(heard)
        assert not mother.sees("листопада")


async def test_who_leads_is_named_if_they_agreed_and_no_longer_than_that(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    lawyer = await house.staff(Role.SPECIALIST, structure=StructureId("lawyer"), name="Бондар Ольга")
    await lawyer.says(f"/take {number}")
    await mother.says("/reports")
    assert mother.sees("Вам відповідає один із працівників центру.")
    await lawyer.says("/myname")
    assert lawyer.hears("myname-hidden")
    await lawyer.presses("Показувати")
    await lawyer.says("Бондар Ольга")
    assert lawyer.hears("unclear-first-name")
    await lawyer.says("Ольга")
    await mother.says("/reports")
    assert mother.sees("Вам відповідає Ольга (юрист).")
    assert not mother.sees("Бондар")
    await lawyer.says("/settings")
    await lawyer.presses("Моє ім’я для родин")
    await lawyer.presses("Більше не показувати")
    await mother.says("/reports")
    assert not mother.sees("Ольга"), "withdrawn at once"
    assert mother.sees("Вам відповідає один із працівників центру.")


async def test_whoever_has_left_leads_nothing_and_is_named_nowhere(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    operator = await house.staff(Role.OPERATOR, name="Бондар Ольга")
    await operator.says(f"/take {number}")
    await operator.says("/myname")
    await operator.presses("Показувати")
    await operator.says("Ольга")
    await mother.says("/reports")
    assert mother.sees("Вам відповідає Ольга.")
    head = await house.staff(Role.HEAD)
    await head.says("/staff")
    await head.presses("Вимкнути доступ")
    await head.presses("Бондар Ольга")
    await head.presses("Так, вимкнути")
    await mother.says("/reports")
    assert not mother.sees("Ольга")
    assert mother.sees("Окремого працівника ще не призначено")


async def test_a_name_is_typed_on_the_page_only_and_kept_sealed(house: House) -> None:
    operator = await house.staff(Role.OPERATOR, channel=Channel.TELEGRAM)
    await operator.says("/myname")
    await operator.presses("Показувати")
    await operator.says("Ольга")
    assert operator.hears("staff-not-kept")
    on_page = await house.another(operator, Channel.WEB)
    await on_page.says("/myname")
    await on_page.presses("Показувати")
    await on_page.says("Ольга")
    async with house.database.work(house.clock()) as work:
        kept = (await work.connection.exec_driver_sql("SELECT shown_as FROM staff")).scalars().all()
    assert len(kept) == 1
    assert "Ольга".encode() not in kept[0]


async def test_families_have_no_such_setting(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.says("/settings")
    assert WORDS.say("uk", Say("settings.myname")) not in [key.label for key in mother.keys]
    await mother.says("/myname")
    assert mother.hears("desk-command-not-yours", command="/myname")
