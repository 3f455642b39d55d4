"""Coming back after a loss, an address that was silent for long, and where messages come."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.ticks import erase
from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.addresses import SILENCE, LeaveAddress
from casework.calls import AskForCall, Reason, Window
from casework.ids import AddressId
from casework.letters import say
from casework.linking import ShowCode
from casework.numbers import ReportNumber
from casework.people import Erase, LeaveDevice
from casework.refusal import Refusal
from casework.registering import Correct
from casework.values import Phone
from handlers.channel import Message, Postponed
from handlers.incoming import Blocked, ButtonPress, Unblocked
from tests.journeys.chats import claims, told
from tests.journeys.test_linking import code_in, links
from tests.visiting import Guest, House


async def spoke(operator: Guest, number: str) -> None:
    await operator.says(f"/call {number}")
    await operator.presses("Поговорили")


@pytest.mark.parametrize("close", [True, False], ids=["phone lost", "phone kept"])
async def test_a_family_that_lost_its_chat_comes_back_through_staff(house: House, close: bool) -> None:
    mother, new = house.guest(), house.guest(Channel.VIBER)
    number = await mother.registers()
    await mother.says("/register")
    await mother.says("2")
    operator = await house.staff(Role.OPERATOR)
    code = await claims(new)
    await operator.says(f"/rejoin {number} {code}")
    await operator.presses("Так, закрити")
    assert operator.hears("rejoin-call-first", number=number)
    await spoke(operator, number)
    await operator.says(f"/rejoin {number} ABCD-2345")
    await operator.presses("Ні, залишити")
    assert operator.hears("rejoin-wrong")
    new._read = len(new.inbox)
    await operator.says(f"/rejoin {number} {code}")
    await operator.presses("Так, закрити" if close else "Ні, залишити")
    assert operator.hears("proposed", what=say("proposal-act.rejoin")), "the own word alone is not waited for"
    await mother.presses("Прочитати")
    assert mother.hears("rejoin-asked"), "the chats of before are told, and can stop it"
    assert new.hears("rejoin-waits-second")
    assert not new.hears("rejoined")
    second = await house.second()
    assert second.hears("rejoin-done", number=number, closed=int(close))
    assert new.hears("rejoined")
    if not close:
        await mother.presses("Прочитати")
        assert mother.hears("rejoin-told")
    await new.presses("Продовжити")
    assert new.asked("missing-name"), "in the middle of the question"
    await new.says("/reports")
    assert new.sees(number)
    await told(house, new)
    assert new.last.text.startswith("новина")
    await mother.says("/reports")
    assert mother.sees(number) is not close
    assert mother.asked("consent") is close
    await operator.says(f"/rejoin {number} {code}")
    await operator.presses("Ні, залишити")
    assert operator.hears("rejoin-wrong"), "a code is good once"
    async with house.database.work(house.clock()) as work:
        done = await work.connection.scalars(text("SELECT what FROM audit WHERE what LIKE 'rejoin%' ORDER BY id"))
        assert list(done) == ["rejoin", "rejoin", "rejoined"]


async def test_whoever_has_the_chats_of_before_stops_it_and_both_sides_wait_for_a_human(house: House) -> None:
    mother, thief = house.guest(), house.guest(Channel.VIBER)
    number = await mother.registers()
    operator = await house.staff(Role.OPERATOR)
    await spoke(operator, number)
    await operator.says(f"/rejoin {number} {await claims(thief)}")
    await operator.presses("Так, закрити")
    await mother.presses("Прочитати")
    await mother.presses("Зупинити")
    await mother.presses("Так, зупинити")
    assert mother.hears("rejoin-stopped")
    second = await house.staff(Role.VERIFIER, "lviv")
    await second.says("/proposals")
    assert second.hears("proposals-none")
    await mother.says("/link")
    await mother.presses("Показати код")
    assert mother.hears("account-frozen"), "a thief may hold her phone"
    await operator.says(f"/rejoin {number} {await claims(thief)}")
    await operator.presses("Так, закрити")
    assert operator.hears("rejoin-frozen", number=number)
    await operator.says("/queue")
    assert operator.sees("1 дзвінок") or operator.sees("дзвінки"), "somebody phones them"
    await operator.says(f"/thaw {number}")
    assert operator.hears("thaw-speak-first", number=number), "what was said before it was stopped counts no more"
    await spoke(operator, number)
    await operator.says(f"/thaw {number}")
    assert operator.hears("thaw-speak-first", number=number), "nor the own word"
    head = await house.staff(Role.HEAD, name="Мельник Юрій")
    await spoke(head, number)
    await operator.says(f"/thaw {number}")
    assert operator.hears("proposed", what=say("proposal-act.thaw"))
    await house.second()
    await mother.says("/link")
    await mother.presses("Показати код")
    assert not mother.hears("account-frozen")


async def test_while_it_is_stopped_nothing_is_destroyed_or_given_away(house: House) -> None:
    """A thief may hold her phone: what was asked for before is not carried out either, and the number that is called
    stays the one that was known."""
    mother, thief = house.guest(), house.guest(Channel.VIBER)
    number = await mother.registers()
    await mother.says("/erase")
    await mother.presses("Так, стерти")
    await mother.presses("Так, стерти мої дані")
    operator = await house.staff(Role.OPERATOR)
    await spoke(operator, number)
    await operator.says(f"/rejoin {number} {await claims(thief)}")
    await operator.presses("Так, закрити")
    await mother.presses("Прочитати")
    await mother.presses("Зупинити")
    await mother.presses("Так, зупинити")
    await mother.says("/erase")
    await mother.presses("Так, стерти")
    await mother.presses("Так, стерти мої дані")
    assert mother.hears("account-frozen")
    async with house.database.work(house.clock()) as work:
        person = await mother.person()
        actor = Actor(person, "uk", Channel.TELEGRAM)
        corrected, gone = Correct(parse(number), "own-name", None), LeaveAddress(AddressId(1))
        for command in (corrected, gone, ShowCode(), Erase(on=True)):
            with pytest.raises(Refusal, match="account-frozen"):
                await rulebook.carry_out(command, actor, work)
        await rulebook.carry_out(AskForCall(Window.ANY, "Це я", Phone("+380501112233")), actor, work)
        assert (await work.people.get(person)).profile.phone == "+380671234567"
        tasks = await work.calls.open_of(person, None)
        assert any("+380501112233" in task.note for task in tasks), "who phones reads the other number as what it is"
        await rulebook.carry_out(Erase(on=False), actor, work)
        await rulebook.carry_out(LeaveDevice(), actor, work)
    house.clock.pass_by(days=8)
    async with house.database.work(house.clock()) as work:
        await erase(work)
    async with house.database.work(house.clock()) as work:
        assert await work.reports.by_number(parse(number)) is not None


def parse(number: str) -> ReportNumber:
    return ReportNumber(number.replace("-", ""))


async def test_a_call_counts_only_for_somebody_who_did_not_enter_it(house: House) -> None:
    mother, new = house.guest(), house.guest(Channel.VIBER)
    number = await mother.registers()
    operator, head = await house.staff(Role.OPERATOR), await house.staff(Role.HEAD)
    await spoke(head, number)
    await operator.says(f"/rejoin {number} {await claims(new)}")
    await operator.presses("Так, закрити")
    await head.signs()
    assert head.hears("rejoin-call-by-another", number=number)
    await house.second()
    assert new.hears("rejoined")


async def test_reports_of_the_new_chat_come_along(house: House) -> None:
    mother, new = house.guest(), house.guest(Channel.WEB)
    number = await mother.registers()
    other = await new.registers("Шевченко Олег", own_name="Петренко М")
    await new.says("/link")
    await new.presses("Старого чату вже немає")
    code = code_in(new)
    head = await house.staff(Role.HEAD)
    await spoke(head, number)
    await head.says(f"/rejoin {number} {code}")
    await head.presses("Ні, залишити")
    await house.second()
    await mother.says("/reports")
    assert {number, other} <= {word for key in mother.keys for word in key.label.replace(":", " ").split()}
    async with house.database.work(house.clock()) as work:
        thread = await work.threads.latest(await mother.person())
        assert any("Шевченко Олег" in each.shown.text for each in thread), (
            "what was said on the page is read there still"
        )
        assert await work.people.count() == 3, "two are staff"
    async with house.database.work(house.clock()) as work:
        await work.erasing.erase(await mother.person())
        await work.commit()
        assert await work.connection.scalar(text("SELECT count(*) FROM keyring.keys WHERE holder = 'person'")) == 2
    await head.says(f"/case {number}")
    assert head.hears("case-unknown", number=number)


async def test_a_claim_is_nothing_without_staff_who_may(house: House) -> None:
    mother, thief = house.guest(), house.guest()
    number = await mother.registers()
    code = await claims(thief)
    accomplice = house.guest()
    await accomplice.opens()
    await accomplice.says(code)
    assert accomplice.hears("link-wrong"), "only staff can use it"
    for role in (Role.SPECIALIST, Role.VERIFIER, Role.ADMINISTRATOR):
        member = await house.staff(role)
        await member.says(f"/rejoin {number} {code}")
        assert member.hears("desk-command-not-yours", command="/rejoin")
    operator = await house.staff(Role.OPERATOR)
    await spoke(operator, number)
    elsewhere = await house.staff(Role.OPERATOR, "lviv")
    await elsewhere.says(f"/rejoin {number} {code}")
    await elsewhere.presses("Ні, залишити")
    assert elsewhere.sees("Харків")
    chat = await house.staff(Role.OPERATOR, channel=Channel.TELEGRAM)
    await chat.says(f"/rejoin {number} {code}")
    assert chat.sees("Це відкривається на сторінці")
    operator.code_at = None
    house.clock.pass_by(hours=13)
    fresh = await claims(thief)
    await operator.says(f"/rejoin {number} {fresh}")
    assert operator.hears("staff-factor-needed")
    house.clock.pass_by(minutes=11)
    latecomer = await house.staff(Role.OPERATOR)
    await latecomer.says(f"/rejoin {number} {fresh}")
    await latecomer.presses("Ні, залишити")
    assert latecomer.hears("rejoin-wrong")
    await thief.says("/reports")
    assert not thief.sees(number)


async def test_two_relatives_who_share_a_phone_stay_two(house: House) -> None:
    mother, wife = house.guest(), house.guest()
    number = await mother.registers()
    other = await wife.registers(own_name="Петренко Олена")
    assert await mother.person() != await wife.person()
    await wife.says("/reports")
    assert wife.sees(other)
    assert not wife.sees(number)


async def test_whoever_writes_after_long_silence_is_a_stranger_until_shown_otherwise(house: House) -> None:
    mother, page = house.guest(), house.guest(Channel.VIBER)
    number = await mother.registers()
    await links(mother, page)
    house.clock.pass_by(days=SILENCE.days - 1)
    await page.says("/menu")
    house.clock.pass_by(days=2)
    await told(house, mother, "прийом")
    assert page.last.text.startswith("прийом")
    await mother.says("так")
    assert mother.hears("door-silent")
    assert mother.asked("consent"), "and a word from before is no consent"
    await mother.says("/reports")
    assert not mother.sees(number)
    await told(house, page, "новина")
    assert not any(message.text.startswith("новина") for message in mother.inbox)
    await mother.opens()
    await page.says("/link")
    await page.presses("Показати код")
    await mother.says(code_in(page))
    await page.presses("Так, це я")
    await mother.says("/reports")
    assert mother.sees(number)


async def test_where_it_was_the_last_way_staff_call(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    person = await mother.person()
    pressed = mother.keys[0]
    house.clock.pass_by(days=SILENCE.days)
    await mother.sends(Blocked())
    await mother.sends(Unblocked())
    await told(house, mother)
    assert not mother.last.text.startswith("новина"), "nobody knows whose it is now"
    await mother.sends(ButtonPress(pressed.id))
    assert mother.hears("door-silent")
    async with house.database.work(house.clock()) as work:
        reasons = [task.reason for task in await work.calls.open_of(person, None)]
    assert reasons.count(Reason.SILENT) == 1
    operator = await house.staff(Role.OPERATOR)
    await operator.says("/queue")
    assert operator.sees("чи це родина?")
    await spoke(operator, number)
    await operator.says(f"/rejoin {number} {await claims(mother)}")
    await operator.presses("Так, закрити")
    await house.second()
    await mother.says("/reports")
    assert mother.sees(number)


async def test_messages_come_where_the_family_chose(house: House) -> None:
    mother, viber = house.guest(), house.guest(Channel.VIBER)
    await mother.registers()
    await links(mother, viber)
    await mother.says("/where")
    assert mother.hears("where-now", where=say("where.last"))
    await mother.presses("Viber, востаннє")
    assert mother.sees("Повідомлення надходитимуть сюди: «Viber")
    await mother.says("/menu")
    await told(house, mother)
    assert viber.last.text.startswith("новина")
    await viber.sends(Blocked())
    await told(house, mother, "друга")
    assert mother.last.text.startswith("друга")
    await viber.says("/where")
    assert viber.sees("Viber, тут")
    await viber.presses("Там, де я пишу")
    await mother.says("/menu")
    await told(house, mother, "третя")
    assert mother.last.text.startswith("третя")


async def test_only_on_the_page(house: House) -> None:
    mother, page = house.guest(), house.guest(Channel.WEB)
    await mother.registers()
    await links(mother, page)
    await mother.says("/settings")
    await mother.presses("Куди нам писати")
    await mother.presses("Вебсторінка")
    assert mother.hears("where-done-page")
    await mother.says("/menu")
    await told(house, mother)
    assert not mother.last.text.startswith("новина")
    assert page.last.text.startswith("новина")


async def test_another_chat_is_left_from_here(house: House) -> None:
    mother, lost = house.guest(), house.guest(Channel.VIBER)
    number = await mother.registers()
    await links(mother, lost)
    await mother.says("/where")
    await mother.presses("Закрити інший")
    await mother.presses("Viber")
    assert mother.sees("Закрито: «Viber")
    assert mother.asked("menu") is False, "a look at the settings interrupts nothing"
    await lost.says("/reports")
    assert lost.asked("consent")
    assert not lost.sees(number)


@dataclass
class Busy:
    """A messenger that has no ear just now."""

    channel: Channel

    async def send(self, address: str, message: Message) -> str:
        raise Postponed(timedelta(minutes=5), "busy")

    async def retract(self, address: str, ids: object) -> None: ...


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VIBER])
@pytest.mark.parametrize("how", ["by staff", "from another chat"])
async def test_a_lost_phone_gets_no_answer_that_waited_for_it(house: House, channel: Channel, how: str) -> None:
    lost, other = house.guest(channel), house.guest(Channel.WEB)
    number = await lost.registers()
    if how == "from another chat":
        await links(lost, other)
    courier, box = house.couriers[channel], house.boxes[channel]
    courier.speaker = Busy(channel)
    await lost.says("/reports")
    if how == "by staff":
        operator = await house.staff(Role.OPERATOR)
        code = await claims(other)
        await spoke(operator, number)
        await operator.says(f"/rejoin {number} {code}")
        await operator.presses("Так, закрити")
        await house.second()
    else:
        await other.says("/where")
        await other.presses("Закрити інший")
        await other.presses("Telegram" if channel is Channel.TELEGRAM else "Viber")
    courier.speaker = box
    house.clock.pass_by(minutes=10)
    had = 0 if channel is Channel.TELEGRAM else len(lost.inbox)
    await house.deliver()
    assert len(lost.inbox) == had, "nothing comes, and Telegram has taken back what stood there"
