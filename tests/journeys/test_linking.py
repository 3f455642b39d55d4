"""A second chat or browser: a code shown on the old, typed on the new, confirmed on the old; or given back by staff."""

import re

import pytest
from sqlalchemy import text

from casework.actor import Channel, Role
from casework.ids import StructureId
from casework.letters import Letter, Screen, say
from tests.journeys.booking import booked, lawyer, number_in
from tests.visiting import Guest, House

CODE = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}")


def code_in(guest: Guest) -> str:
    found = CODE.search(guest.news)
    assert found is not None, guest.news
    return found[0]


async def shows_code(guest: Guest) -> str:
    await guest.says("/link")
    await guest.presses("Показати код")
    return code_in(guest)


async def links(old: Guest, new: Guest) -> None:
    """Join a chat that knows nobody yet, by a code that is typed bare."""
    code = await shows_code(old)
    await new.opens()
    await new.says(code)
    assert new.hears("link-confirm-there")
    await old.presses("Так, це я")
    if new.channel is Channel.WEB:
        new.mailbox = str(await old.person())


async def test_another_chat_is_joined_by_a_code_confirmed_on_the_old(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    code = await shows_code(mother)
    page = house.guest(Channel.WEB)
    await page.opens()
    await page.says(f"/link {code.lower()}")
    assert page.sees("Код правильний")
    assert "ввели ваш код" in mother.last.text
    await mother.presses("Так, це я")
    page.mailbox = str(await mother.person())
    await page.says("/reports")
    assert page.sees(number)
    again = house.guest()
    await again.says(f"/link {code}")
    assert again.sees("Цей код не діє")


async def test_staff_on_telegram_are_known_after_linking(house: House) -> None:
    operator = await house.staff(Role.OPERATOR)
    code = await shows_code(operator)
    chat = house.guest(Channel.TELEGRAM)
    await chat.says(f"/link {code}")
    await operator.presses("Так, це я")
    assert chat.news.endswith("Напишіть /menu."), "what is asked on the page is not for a messenger"
    await chat.says("/queue")
    assert chat.sees("Черга центру")


@pytest.mark.parametrize("answer", ["Ні, це не я", None])
async def test_a_code_that_was_spied_out_opens_nothing(house: House, answer: str | None) -> None:
    mother, thief = house.guest(), house.guest()
    number = await mother.registers()
    code = await shows_code(mother)
    await thief.consents()
    if answer is None:
        house.clock.pass_by(minutes=11)
    await thief.says(f"/link {code}")
    if answer is not None:
        await mother.presses(answer)
    await thief.says("/reports")
    assert not thief.sees(number)
    for _ in range(5):
        await thief.says("/link ABCD-2345")
    assert thief.sees("Забагато спроб")


async def test_a_code_typed_in_two_places_joins_neither(house: House) -> None:
    """A thief types it first; the owner, who types it too, would say that it was she."""
    mother, thief, browser = house.guest(), house.guest(Channel.VIBER), house.guest(Channel.WEB)
    number = await mother.registers()
    code = await shows_code(mother)
    await thief.says(f"/link {code}")
    assert mother.hears("link-asked", channel="Viber")
    await thief.says(f"/link {code}")
    assert thief.hears("link-confirm-there"), "the same device may type it again"
    await browser.says(f"/link {code}")
    assert browser.hears("link-wrong")
    assert "ввели у двох місцях" in mother.last.text
    await mother.presses("Так, це я")
    assert mother.hears("link-old")
    await thief.says("/reports")
    assert not thief.sees(number)


async def test_a_chat_with_reports_of_its_own_is_not_swallowed(house: House) -> None:
    mother, other = house.guest(), house.guest()
    await mother.registers()
    own = await other.registers("Шевченко Олег", own_name="Шевченко Ніна")
    code = await shows_code(mother)
    await other.says(f"/link {code}")
    assert other.sees("вже є власні звернення")
    await other.says("/reports")
    assert other.sees(own)


async def test_begun_on_one_continued_on_another_and_back(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    await mother.says("1")
    await mother.says("Петренко Іван Миколайович")
    assert mother.asked("born")
    await mother.says("/link")
    await mother.presses("Назад")
    assert mother.asked("born")
    await mother.says("/link")
    await mother.presses("Показати код")
    assert mother.asked("born"), "a code interrupts nothing"
    code = code_in(mother)
    page = house.guest(Channel.WEB)
    await page.opens()
    await page.says(code)
    page.mailbox = str(await mother.person())
    page._read = len(page.inbox)
    await mother.presses("Так, це я")
    assert mother.asked("born")
    assert page.hears("link-welcome")
    assert page.asked("born")
    await page.says("12.03.1990")
    assert page.asked("own-name")
    await mother.says("Петренко Марія")
    assert mother.asked("phone")
    await page.says("067 123 45 67")
    await page.says("Харків")
    await page.says("так")
    assert page.sees("Звернення зареєстровано")


async def test_a_viber_address_is_joined_like_any_other(house: House) -> None:
    mother, viber = house.guest(), house.guest(Channel.VIBER)
    number = await mother.registers()
    await links(mother, viber)
    assert viber.hears("link-welcome")
    assert viber.asked("registered"), "what is asked on the other device"
    await viber.says("/reports")
    assert viber.sees(number)


async def test_nothing_that_the_other_had_is_lost(house: House) -> None:
    await lawyer(house)
    mother, viber = house.guest(), house.guest(Channel.VIBER)
    number = await mother.registers()
    await viber.consents()
    await viber.says("/register")
    await viber.says("2")
    await viber.says("Петренко Олег")
    code = await shows_code(mother)
    await viber.says(f"/link {code}")
    assert viber.asked("born"), "a link code interrupts nothing"
    await mother.presses("Так, це я")
    await viber.says("/menu")
    assert "Продовжити: повідомити про зниклу людину" in [key.label for key in viber.keys]
    await viber.presses("Продовжити")
    assert viber.asked("born")
    await viber.says("не знаю")
    await viber.says("так")
    assert viber.sees("Звернення зареєстровано"), "what she said of herself is known"
    await viber.says("/reports")
    assert any(number in key.label for key in viber.keys)


async def test_letters_wait_through_a_joining(house: House) -> None:
    mother, viber = house.guest(), house.guest(Channel.VIBER)
    await mother.registers()
    code = await shows_code(mother)
    await viber.opens()
    await viber.says(code)
    async with house.database.work(house.clock()) as work:
        await work.send(Letter(await viber.person(), Screen((say("common.line", what="лист", value="чекає"),))))
        await work.commit()
    del house.couriers[Channel.VIBER]
    before = len(viber.inbox)
    await mother.presses("Так, це я")
    async with house.database.work(house.clock()) as work:
        waiting = await work.connection.scalars(
            text("SELECT person_id FROM letters WHERE channel = 'viber' AND state = 'waiting'")
        )
        assert set(waiting) == {await mother.person()}
    assert len(viber.inbox) == before


async def books_unregistered(guest: Guest, specialist: str) -> str:
    """From a chat without a report to an appointment's number."""
    await guest.consents()
    await guest.says("/book")
    for words in ("Харків", "1", specialist, "Петренко Марія", "067 123 45 67", "1"):
        await guest.says(words)
    await guest.presses("Так, записати")
    return number_in(guest.news)


async def test_appointments_come_along_unless_two_are_at_one_time(house: House) -> None:
    await lawyer(house)
    await house.staff(Role.SPECIALIST, "kharkiv", StructureId("psychologist"), name="Гнатюк Ірина")
    mother, viber = house.guest(), house.guest(Channel.VIBER)
    await mother.registers()
    own = await booked(mother)
    other = await books_unregistered(viber, "Психолог")
    await viber.says(f"/link {await shows_code(mother)}")
    await mother.presses("Так, це я")
    assert mother.hears("link-two-at-once", number=own, other=other)
    await mother.says(f"/cancel {own}")
    await mother.presses("Так, скасувати")
    await viber.says(f"/link {await shows_code(mother)}")
    await mother.presses("Так, це я")
    await mother.says("/visits")
    assert mother.sees(other)
