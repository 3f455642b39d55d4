"""The courier on a channel that charges: what is paid for, what waits, what goes another way."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from casework.actor import Actor, Channel, Role
from casework.calls import Reason
from casework.costs import SOON, LetterRoute, Tariff, month_of
from casework.ids import PersonId
from casework.letters import Letter, Purpose, Say, Screen
from casework.rulebook import board
from handlers.channel import Away, Gone, Message, Postponed, Rejected, Unpaid
from handlers.courier import Courier
from handlers.viber.budget import Budget
from tests.visiting import WORDS, Guest, House, Mailbox, with_code

PRICE = Decimal("0.02")
COVER = WORDS.say("uk", Say("push"))


@dataclass
class Box(Mailbox):
    """A mailbox at Viber that may have no money for what we begin."""

    broke: bool = False
    refused: int = 0

    async def send(self, address: str, message: Message) -> str:
        if self.broke:
            self.refused += 1
            raise Unpaid(timedelta(hours=6), "no-balance")
        await asyncio.sleep(0)  # others are served meanwhile
        return await super().send(address, message)


@dataclass
class Shut:
    """A messenger that takes nothing."""

    channel: Channel
    why: Exception

    async def send(self, address: str, message: Message) -> str:
        raise self.why

    async def retract(self, address: str, ids: object) -> None: ...


@dataclass
class Service:
    """A house whose Viber has its price."""

    house: House
    box: Box

    def has(self, messages: int) -> None:
        """So many messages may be paid for this month."""
        tariff = Tariff(Decimal(100), PRICE, PRICE * messages)
        self.house.database.tariff = tariff
        courier = Courier(self.house.database.work, WORDS, self.box, self.house.clock, paying=Budget(tariff))
        self.house.couriers[Channel.VIBER] = courier

    async def family(self, *, quiet_for: int = 25) -> Guest:
        """A mother on Viber who wrote last so many hours ago."""
        mother = self.house.guest(Channel.VIBER)
        await mother.consents()
        self.house.clock.pass_by(hours=quiet_for)
        return mother

    async def sends(self, to: Guest, *purposes: Purpose) -> int:
        """Push for each purpose; how many messages came on Viber of it."""
        before, person = len(to.inbox), await to.person()
        async with self.house.database.work(self.house.clock()) as work:
            for purpose in purposes:
                await work.send(Letter(person, Screen((Say("welcome-done"),)), purpose=purpose))
            await work.commit()
        await self.house.deliver()
        return len(to.inbox) - before

    async def paid(self) -> dict[Purpose, tuple[int, Decimal]]:
        async with self.house.database.work(self.house.clock()) as work:
            spent = await work.costs.spent(Channel.VIBER, month_of(work.now))
        return {one.purpose: (one.messages, one.amount) for one in spent}

    async def calls(self, person: PersonId) -> list[tuple[Reason, timedelta]]:
        """Whom a human is to call, and how soon."""
        async with self.house.database.work(self.house.clock()) as work:
            return [(task.reason, task.due - work.now) for task in await work.calls.open_of(person, None)]


@pytest.fixture
def service(house: House) -> Service:
    service = Service(house, Box(Channel.VIBER, house.boxes[Channel.VIBER].sent))
    service.has(100)
    return service


async def test_within_a_day_of_the_family_s_words_nothing_is_paid(service: Service) -> None:
    mother = await service.family(quiet_for=23)
    assert await service.sends(mother, *Purpose) == len(Purpose)
    assert await service.paid() == {}


async def test_after_a_day_each_purpose_is_paid_for_or_waits(service: Service) -> None:
    mother = await service.family()
    sent = [Purpose.UPDATE, Purpose.APPOINTMENT, Purpose.APPOINTMENT, Purpose.KINSHIP, Purpose.CALL]
    assert await service.sends(mother, *sent, Purpose.ROUTINE) == len(sent)
    assert await service.paid() == {
        Purpose.UPDATE: (1, PRICE),
        Purpose.APPOINTMENT: (2, 2 * PRICE),
        Purpose.KINSHIP: (1, PRICE),
        Purpose.CALL: (1, PRICE),
    }
    assert await service.calls(await mother.person()) == []


async def test_what_can_wait_comes_free_when_the_family_writes(service: Service) -> None:
    mother = await service.family()
    assert await service.sends(mother, Purpose.ROUTINE, Purpose.ROUTINE) == 0
    assert await service.sends(mother, Purpose.UPDATE) == 1, "what waits holds up nothing behind it"
    await mother.says("/menu")
    assert mother.hears("menu")
    assert [message.text for message in mother.inbox].count(WORDS.say("uk", Say("push"))) == 3
    assert await service.paid() == {Purpose.UPDATE: (1, PRICE)}


async def test_a_free_messenger_is_taken_before_paying_where_the_purpose_allows(service: Service) -> None:
    mother = await service.family()
    telegram = await _also_on_telegram(service, mother)
    assert await service.sends(mother, Purpose.KINSHIP, Purpose.ROUTINE) == 0
    assert len(telegram.inbox) == 2
    assert await service.sends(mother, Purpose.UPDATE) == 1
    service.has(0)
    assert await service.sends(mother, Purpose.UPDATE, Purpose.APPOINTMENT) == 0
    assert len(telegram.inbox) == 4
    assert await service.calls(await mother.person()) == []


@pytest.mark.parametrize("perhaps", [True, False])
async def test_what_viber_may_have_taken_is_counted_though_its_answer_was_lost(service: Service, perhaps: bool) -> None:
    mother = await service.family()
    courier = service.house.couriers[Channel.VIBER]
    courier.speaker = Shut(Channel.VIBER, Away(timedelta(seconds=5), "answer lost", perhaps=perhaps))
    assert await service.sends(mother, Purpose.UPDATE) == 0
    assert await service.paid() == ({Purpose.UPDATE: (1, PRICE)} if perhaps else {})
    courier.speaker = service.box
    service.house.clock.pass_by(minutes=1)
    await service.house.deliver()
    assert await service.paid() == {Purpose.UPDATE: (1 + perhaps, (1 + perhaps) * PRICE)}


async def test_a_telephone_is_no_messenger_that_costs_nothing(service: Service) -> None:
    mother = await service.family()
    service.house.database.notices = (Channel.SMS,)
    async with service.house.database.work(service.house.clock() - timedelta(days=2)) as work:
        person = await mother.person()
        hash = work.seals.vault.lookup("address/sms", "+380671234567")
        await work.people.join_address(person, Channel.SMS, f"{person}:+380671234567", hash)
        await work.commit()
    assert await service.sends(mother, Purpose.KINSHIP, Purpose.CALL, Purpose.ROUTINE) == 2
    assert await service.paid() == {Purpose.KINSHIP: (1, PRICE), Purpose.CALL: (1, PRICE)}
    await mother.says("/menu")
    assert mother.sees(COVER), "what can wait has waited here"


async def test_where_the_family_chose_viber_it_is_paid_for_before_it_goes_elsewhere(service: Service) -> None:
    mother = await service.family()
    telegram = await _also_on_telegram(service, mother)
    async with service.house.database.work(service.house.clock()) as work:
        here = next(one for one in await work.people.addresses(await mother.person()) if one.channel is Channel.VIBER)
        await work.people.choose(await mother.person(), here.id)
        await work.commit()
    assert await service.sends(mother, Purpose.KINSHIP, Purpose.CALL, Purpose.ROUTINE) == 2
    assert telegram.inbox == []
    service.has(0)
    assert await service.sends(mother, Purpose.KINSHIP, Purpose.ROUTINE) == 0
    assert len(telegram.inbox) == 1
    await mother.says("/menu")
    assert [message.text for message in mother.inbox].count(COVER) == 4, "what can wait has waited"


async def test_what_telegram_has_given_up_is_paid_for(service: Service) -> None:
    mother = await service.family()
    telegram = await _also_on_telegram(service, mother)
    async with service.house.database.work(service.house.clock()) as work:
        there = next(
            one for one in await work.people.addresses(await mother.person()) if one.channel is Channel.TELEGRAM
        )
        await work.people.choose(await mother.person(), there.id)
        await work.commit()
    service.house.couriers[Channel.TELEGRAM].speaker = Shut(Channel.TELEGRAM, Rejected("bad request"))
    assert await service.sends(mother, Purpose.KINSHIP) == 1
    assert telegram.inbox == []
    assert await service.paid() == {Purpose.KINSHIP: (1, PRICE)}
    assert await service.calls(await mother.person()) == []


async def test_an_answer_after_its_session_is_a_push_and_paid_for(service: Service) -> None:
    mother = await service.family(quiet_for=0)
    service.house.couriers[Channel.VIBER].speaker = Shut(Channel.VIBER, Postponed(timedelta(minutes=1), "away"))
    await mother.says("/menu")
    service.house.clock.pass_by(hours=25)
    service.has(100)
    before = len(mother.inbox)
    await service.house.deliver()
    assert [message.text for message in mother.inbox[before:]] == [COVER]
    assert await service.paid() == {Purpose.REPLY: (1, PRICE)}
    await mother.reads_push()
    assert mother.hears("menu")
    assert await service.paid() == {Purpose.REPLY: (1, PRICE)}


@pytest.mark.parametrize("why", [Gone("blocked"), Gone("no such account", closed=True), Rejected("bad request")])
async def test_an_answer_that_goes_elsewhere_is_a_push_there(service: Service, why: Exception) -> None:
    mother = await service.family(quiet_for=0)
    telegram = await _also_on_telegram(service, mother)
    service.house.clock.pass_by(hours=25)
    service.house.couriers[Channel.TELEGRAM].speaker = Shut(Channel.TELEGRAM, why)
    await telegram.says("/menu")
    assert [message.text for message in mother.inbox[-1:]] == [COVER]
    assert await service.paid() == {Purpose.REPLY: (1, PRICE)}
    await mother.reads_push()
    assert mother.hears("menu")
    await mother.presses(mother.keys[0].label)
    assert not mother.hears("desk-old-button"), "what was asked there is answered here"


async def test_an_answer_that_came_back_twice_is_a_push_elsewhere(service: Service) -> None:
    mother = await service.family(quiet_for=0)
    telegram = await _also_on_telegram(service, mother)
    await mother.says("/menu")
    for _ in range(2):
        assert telegram.inbox == []
        async with service.house.database.work(service.house.clock()) as work:
            newest = "SELECT receipt FROM letters WHERE channel = 'viber' AND state = 'sent' ORDER BY position DESC"
            receipt = await work.connection.scalar(text(newest))
        await service.house.desk.returned(Channel.VIBER, receipt)
        await service.house.deliver()
    assert [message.text for message in telegram.inbox] == [COVER]
    await telegram.reads_push()
    assert telegram.hears("menu")


async def _also_on_telegram(service: Service, mother: Guest) -> Guest:
    telegram = service.house.guest()
    async with service.house.database.work(service.house.clock() - timedelta(days=2)) as work:
        person = await mother.person()
        hash = work.seals.vault.lookup("address/telegram", telegram.address)
        await work.people.join_address(person, Channel.TELEGRAM, telegram.address, hash)
        await work.commit()
    return telegram


async def test_the_budget_is_never_passed_though_many_are_served_at_once(service: Service) -> None:
    families = [await service.family(quiet_for=0) for _ in range(12)]
    service.house.clock.pass_by(hours=25)
    service.has(7)
    for mother in families:
        async with service.house.database.work(service.house.clock()) as work:
            await work.send(Letter(await mother.person(), Screen((Say("welcome-done"),)), purpose=Purpose.UPDATE))
            await work.commit()
    before = [len(mother.inbox) for mother in families]
    await service.house.deliver()
    came = [len(mother.inbox) - had for mother, had in zip(families, before, strict=True)]
    assert sum(came) == 7
    assert await service.paid() == {Purpose.UPDATE: (7, 7 * PRICE)}
    for mother, news in zip(families, came, strict=True):
        assert len(await service.calls(await mother.person())) == 1 - news, "told by a message or by a human"


async def test_what_is_paid_is_promised_no_longer(service: Service) -> None:
    """Whoever decides just after a payment sees it once: with money for two, the second goes."""
    mothers = [await service.family(), await service.family()]
    tariff, now = Tariff(Decimal(100), PRICE, PRICE * 2), service.house.clock
    budget = Budget(tariff)
    for mother in mothers:
        async with service.house.database.work(now()) as work:
            await work.send(Letter(await mother.person(), Screen(()), purpose=Purpose.UPDATE))
            await work.commit()
    async with service.house.database.work(now()) as work:
        claims = (await work.leases.claim(Channel.VIBER, 2, timedelta(seconds=60))).leased
        await work.commit()
    for claim in claims:
        (letter,) = claim.letters
        async with service.house.database.work(now()) as work:
            assert await budget.way(claim, letter, work) is LetterRoute.PAY
        async with service.house.database.work(now()) as work:
            await budget.pay(letter, work)
    assert await service.paid() == {Purpose.UPDATE: (2, 2 * PRICE)}


async def test_the_reserve_is_kept_for_what_cannot_wait(service: Service) -> None:
    mother = await service.family()
    service.has(5)
    assert await service.sends(mother, *[Purpose.KINSHIP] * 5) == 4
    assert await service.sends(mother, Purpose.APPOINTMENT) == 1
    person = await mother.person()
    assert [reason for reason, _ in await service.calls(person)] == [Reason.UNDELIVERED]
    assert await service.sends(mother, Purpose.APPOINTMENT) == 0
    (soon, _), (later, _) = sorted((due, reason) for reason, due in await service.calls(person))
    assert soon <= SOON < later <= timedelta(days=1)


async def test_a_new_month_has_its_own_budget(service: Service) -> None:
    mother = await service.family()
    service.has(1)
    assert await service.sends(mother, Purpose.UPDATE, Purpose.UPDATE) == 1
    service.house.clock.pass_by(days=10)
    assert await service.sends(mother, Purpose.UPDATE) == 1


async def test_without_a_budget_the_page_has_it_and_a_human_calls(service: Service) -> None:
    mother = await service.family()
    service.has(0)
    person = await mother.person()
    async with service.house.database.work(service.house.clock()) as work:
        await work.people.join_address(person, Channel.WEB, str(person), b"page")
        await work.commit()
    assert await service.sends(mother, Purpose.UPDATE) == 0
    assert service.house.boxes[Channel.WEB].sent[str(person)][-1].text == WORDS.say("uk", Say("welcome-done"))
    assert len(await service.calls(person)) == 1


async def test_an_empty_balance_sends_nobody_into_six_hours_of_waiting(service: Service) -> None:
    mother = await service.family()
    service.box.broke = True
    assert await service.sends(mother, Purpose.ROUTINE, Purpose.UPDATE, Purpose.APPOINTMENT) == 0
    assert service.box.refused == 1, "once refused, Viber is not asked again for each family"
    person = await mother.person()
    assert {reason for reason, _ in await service.calls(person)} == {Reason.UNDELIVERED}
    service.box.broke = False
    await mother.says("/menu")
    assert mother.hears("menu"), "whoever writes is answered at once"
    assert mother.sees(WORDS.say("uk", Say("push"))), "and has what could wait"
    assert await service.paid() == {}
    service.house.clock.pass_by(hours=25)
    assert await service.sends(mother, Purpose.UPDATE) == 1


async def test_staff_see_the_meter_the_warning_and_what_a_weekly_push_would_cost(service: Service) -> None:
    mother = await service.family()
    service.has(5)
    head = await service.house.staff(Role.HEAD)
    await service.sends(mother, *[Purpose.UPDATE] * 3)
    await head.says("/costs")
    assert head.sees("0,06 євро з 0,10 євро (60 %)")
    await service.sends(mother, Purpose.UPDATE)
    await head.says("/costs")
    assert head.sees("Перевірені повідомлення: 4 за 0,08 євро")
    assert head.sees("Увага")
    await head.says("6 000")
    assert head.sees("620,00 євро на місяць")
    await head.says("/costs мільйон")
    assert head.sees("Напишіть число родин")
    assert await _on_board(service, head) == ["costs-warning"]
    service.has(0)
    assert await _on_board(service, head) == ["costs-no-budget"]
    operator = await service.house.staff(Role.OPERATOR)
    assert await _on_board(service, operator) == []
    await operator.says("/costs")
    assert operator.hears("desk-command-not-yours", command="/costs")


async def _on_board(service: Service, member: Guest) -> list[str]:
    async with service.house.database.work(service.house.clock()) as work:
        person = await member.person()
        actor = Actor(person, "uk", Channel.WEB, await with_code(person, work))
        found = [section for section in await board(actor, work) if section.title == Say("costs-board")]
    cells = [row.cells[0] for section in found for row in section.rows]
    return [cell.name for cell in cells if isinstance(cell, Say)]
