"""What is about a case cannot be forwarded; plain help can."""

import pytest

from casework.actor import Channel, Role
from handlers.incoming import ButtonPress
from tests.journeys.booking import booked, lawyer
from tests.visiting import House

PLAIN = ("/menu", "/steps", "/human", "/settings", "/language", "/help", "/erase")
OF_A_CASE = ("/register", "/reports", "/visits", "/updates", "/papers", "/details", "/correct", "/check", "/link")


@pytest.mark.parametrize("command", PLAIN)
async def test_plain_help_may_be_sent_on(house: House, command: str) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says(command)
    assert not mother.last.protect


@pytest.mark.parametrize("command", OF_A_CASE)
async def test_what_is_of_a_case_may_not(house: House, command: str) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says(command)
    assert mother.last.protect


async def test_numbers_papers_and_news_may_not(house: House) -> None:
    await lawyer(house)
    mother = house.guest()
    number = await mother.registers()
    of_the_report = [message.protect for message in mother.inbox[mother._read :]]
    assert all(of_the_report)
    appointment = await booked(mother)
    told = next(message for message in mother.inbox if appointment in message.text and message.enclosures)
    assert told.protect
    verifier = await house.staff(Role.VERIFIER, channel=Channel.TELEGRAM)
    await verifier.says(f"/case {number}")
    assert verifier.last.protect
    await verifier.says(f"/kinship {number}")
    assert verifier.last.protect
    on_page = await house.staff(Role.VERIFIER)
    await on_page.says(f"/kinship {number}")
    read = len(mother.inbox)
    await on_page.confirms()
    await mother.reads_push()
    cover, *news = mother.inbox[read:]
    assert cover.protect
    assert all(message.protect for message in news)
    assert "підтверджено" in mother.last.text


async def test_editing_does_not_protect_so_a_protected_answer_is_sent_anew(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    register = next(key for key in mother.keys if key.label.startswith("Повідомити"))
    await mother.sends(ButtonPress(register.id, on="17"))
    assert mother.asked("kinship")
    assert (mother.last.protect, mother.last.replaces) == (True, None)
    mother_key = next(key for key in mother.keys if key.label == "Мати")
    await mother.sends(ButtonPress(mother_key.id, on="18", protected=True))
    assert (mother.last.protect, mother.last.replaces) == (True, "18")
