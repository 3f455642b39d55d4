"""Notices by telephone: who gets them, what they say, and what they never say."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from casework.actor import Channel, Role
from casework.calls import Reason
from casework.centers import Line
from casework.ids import AddressId, PersonId
from casework.letters import Letter, LetterKind, Private, Purpose, Say, Screen
from casework.values import Phone
from dialogs.words import LANGUAGES, Words
from handlers.channel import Gone, Message, Postponed
from handlers.courier import Courier
from handlers.phone.composing import LONGEST_SMS, compose
from handlers.phone.gateway import GATEWAYS, ConsoleGateway
from handlers.phone.speaking import NoticeSpeaker
from handlers.splitting import units
from handlers.web.speaking import WebSpeaker
from tests.visiting import Guest, House

WORDS = Words()
PHONE = Phone("+380671234567")
OTHER = Phone("+380501112233")
NUMBER = "0 800 300 155"
SECRET = "Петренко Іван, 1234-5678"


def carried(house: House, channel: Channel = Channel.SMS) -> io.StringIO:
    """A console gateway joined to the house; what it writes."""
    sink = io.StringIO()
    page = WebSpeaker(house.database.work, house.clock)
    gateway = ConsoleGateway(channel, sink)
    speaker = NoticeSpeaker(channel, gateway, page, house.database.work, WORDS, house.clock)
    house.database.notices = (Channel.SMS, Channel.VOICE)
    house.couriers[channel] = Courier(house.database.work, WORDS, speaker, house.clock)
    return sink


async def pushes(house: House, person: PersonId) -> None:
    """Something about a case, as a rule would send it."""
    async with house.database.work(house.clock()) as work:
        what = Say("which-report.one", {"number": "1234-5678", "name": Private("Петренко Іван")})
        await work.send(Letter(person, Screen((what,)), LetterKind.PUSH, purpose=Purpose.UPDATE))
        await work.commit()
    await house.deliver()


async def goes_to(house: House, person: PersonId) -> Channel | None:
    async with house.database.work(house.clock()) as work:
        found = await work.people.reachable(person)
    return found[1] if found else None


async def blocks(house: House, guest: Guest) -> None:
    """The messenger is lost."""
    async with house.database.work(house.clock()) as work:
        address = (await work.people.enter(guest.channel, guest.address, "uk")).address
        assert await work.people.blocked(AddressId(address), work.now)
        await work.commit()


async def chooses(mother: Guest, what: str) -> None:
    await mother.says("/settings")
    await mother.presses("Сповіщення на телефон")
    await mother.presses(what)


async def is_reached(house: House, number: str) -> None:
    """An operator calls the family and speaks with them."""
    operator = await house.staff(Role.OPERATOR)
    await operator.says(f"/call {number}")
    await operator.presses("Поговорили")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [NUMBER, "(096) 123-45-67, (099) 123-45-67", "1" * 60])
def test_an_sms_takes_two_parts_at_most_and_has_no_link(language: str, number: str) -> None:
    notice = compose(Channel.SMS, language, WORDS, number)
    assert units(notice) <= LONGEST_SMS
    assert (number in notice) is (len(number) < 60)
    assert "http" not in notice
    assert "/" not in notice


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_voice_says_where_to_call(language: str) -> None:
    assert NUMBER in compose(Channel.VOICE, language, WORDS, NUMBER)


async def test_the_console_writes_one_line_for_a_notice(capsys: pytest.CaptureFixture[str]) -> None:
    gateway = GATEWAYS["console"](Channel.VOICE)
    assert await gateway.carry("+380671234567", "Привіт.", language="uk", ref="1") == "1"
    assert capsys.readouterr().out == "voice +380671234567: Привіт.\n"


async def test_a_mother_who_lost_her_messenger_is_told_by_sms_and_reads_it_on_the_page(house: House) -> None:
    sms, mother = carried(house), house.guest()
    number = await mother.registers()
    person = await mother.person()
    await chooses(mother, "SMS")
    assert mother.sees("+380671234567")
    await blocks(house, mother)
    assert await goes_to(house, person) is None  # a typed number may be anybody's
    await is_reached(house, number)
    assert await goes_to(house, person) is Channel.SMS
    await pushes(house, person)
    (line,) = sms.getvalue().splitlines()
    assert line.startswith("sms +380671234567: Зв’язок: для вас є повідомлення.")
    assert "Петренко" not in line
    assert "1234" not in line.partition(": ")[2]
    async with house.database.work(house.clock()) as work:
        thread = await work.threads.latest(person)
    assert [each.shown.text for each in thread] == ["1234-5678: Петренко Іван"]


async def test_a_messenger_goes_first_and_the_page_after(house: House) -> None:
    sms, mother = carried(house), house.guest()
    number = await mother.registers()
    person = await mother.person()
    await chooses(mother, "SMS")
    await is_reached(house, number)
    assert await goes_to(house, person) is Channel.TELEGRAM
    async with house.database.work(house.clock()) as work:
        await work.people.join_address(person, Channel.WEB, str(person), b"page")
        await work.commit()
    assert await goes_to(house, person) is Channel.TELEGRAM
    await blocks(house, mother)
    assert await goes_to(house, person) is Channel.SMS
    house.database.notices = ()  # the gateway is taken away
    assert await goes_to(house, person) is Channel.WEB
    assert sms.getvalue() == ""


async def test_the_choice_can_be_changed_and_ended(house: House) -> None:
    carried(house)
    mother = house.guest()
    number = await mother.registers()
    person = await mother.person()
    await chooses(mother, "SMS")
    await is_reached(house, number)
    await blocks(house, mother)
    await chooses(mother, "Дзвінком")  # writing makes the chat the first again
    assert mother.sees("Дзвонитимемо")  # at the same number: nobody has to call again
    await blocks(house, mother)
    assert await goes_to(house, person) is Channel.VOICE
    await chooses(mother, "Не треба")
    await blocks(house, mother)
    assert await goes_to(house, person) is None


async def test_one_call_is_asked_for_however_often_the_choice_changes(house: House) -> None:
    carried(house)
    mother = house.guest()
    await mother.registers()
    for what in ("SMS", "Дзвінком", "SMS"):
        await chooses(mother, what)
    async with house.database.work(house.clock()) as work:
        tasks = await work.calls.open_of(await mother.person(), None)
    assert [task.reason for task in tasks].count(Reason.NUMBER) == 1


async def test_two_who_share_a_telephone_stay_two(house: House) -> None:
    carried(house)
    mother, wife = house.guest(), house.guest()
    numbers = [await mother.registers(), await wife.registers(own_name="Петренко Олена")]
    for one in (mother, wife):
        await chooses(one, "SMS")
        await blocks(house, one)
    await is_reached(house, numbers[0])
    assert await goes_to(house, await mother.person()) is Channel.SMS
    assert await goes_to(house, await wife.person()) is None


async def test_nothing_goes_to_a_number_that_is_not_the_person_s_any_more(house: House) -> None:
    sms, mother = carried(house), house.guest()
    number = await mother.registers()
    person = await mother.person()
    await chooses(mother, "SMS")
    await is_reached(house, number)
    await blocks(house, mother)
    async with house.database.work(house.clock()) as work:
        known = await work.people.get(person)
        await work.people.keep(replace(known, profile=replace(known.profile, phone=OTHER)))
        await work.commit()
    await pushes(house, person)
    assert sms.getvalue() == ""
    async with house.database.work(house.clock()) as work:
        tasks = await work.calls.open_of(person, None)
    assert Reason.UNDELIVERED in [task.reason for task in tasks]


async def test_without_a_gateway_it_is_not_offered(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.says("/settings")
    assert "Сповіщення на телефон" not in [key.label for key in mother.keys]
    await mother.says("/notices")
    assert mother.hears("notices-not-offered")


async def speaker_for(house: House, channel: Channel) -> tuple[NoticeSpeaker, str, io.StringIO]:
    sink = carried(house, channel)
    mother = house.guest()
    await mother.registers()
    person = await mother.person()
    speaker = house.couriers[channel].speaker
    assert isinstance(speaker, NoticeSpeaker)
    return speaker, f"{person}:{PHONE}", sink


async def test_several_letters_in_an_hour_are_one_notice(house: House) -> None:
    speaker, address, sink = await speaker_for(house, Channel.SMS)
    for at in range(3):
        await speaker.send(address, Message((SECRET,), ref=str(10**6 + at)))
    assert len(sink.getvalue().splitlines()) == 1
    house.clock.pass_by(hours=1)
    await speaker.send(address, Message((SECRET,), ref=str(10**6 + 3)))
    assert len(sink.getvalue().splitlines()) == 2


@pytest.mark.parametrize("hour", [19, 23, 2, 5])  # 21:00 to 7:00 in Kyiv
async def test_no_telephone_rings_at_night(house: House, hour: int) -> None:
    speaker, address, sink = await speaker_for(house, Channel.VOICE)
    house.clock.go_to(datetime(2026, 11, 25, hour, 30, tzinfo=UTC))
    with pytest.raises(Postponed) as postponed:
        await speaker.send(address, Message((SECRET,), ref="1000000"))
    assert timedelta(0) < postponed.value.after <= timedelta(hours=1)
    assert sink.getvalue() == ""
    house.clock.go_to(datetime(2026, 11, 26, 6, 1, tzinfo=UTC))
    await speaker.send(address, Message((SECRET,), ref="1000000"))
    assert len(sink.getvalue().splitlines()) == 1


async def test_the_line_that_answers_for_all_is_named_until_the_center_has_a_number(house: House) -> None:
    speaker, address, sink = await speaker_for(house, Channel.SMS)
    async with house.database.work(house.clock()) as work:
        await work.centers.keep_line(Line("headquarters", "0 44 000 00 00", "headquarters"))
        await work.commit()
    await speaker.send(address, Message((SECRET,), ref="1000000", language="en"))
    assert "call 0 44 000 00 00" in sink.getvalue()


async def test_who_is_erased_is_gone(house: House) -> None:
    speaker, address, _ = await speaker_for(house, Channel.SMS)
    async with house.database.work(house.clock()) as work:
        await work.erasing.erase(PersonId(int(address.partition(":")[0])))
        await work.commit()
    with pytest.raises(Gone):
        await speaker.send(address, Message((SECRET,), ref="1000000"))
