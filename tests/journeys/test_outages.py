"""Viber or Telegram could not reach us for longer than they try: whoever may have written is asked to write again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import text

from bot.app import serving
from bot.settings import Settings
from bot.ticks import tidy
from casework import outages
from casework.actor import Channel, Role
from casework.costs import Tariff, month_of
from casework.outages import Outage, Signs
from demo.fakes.viber import FakeViber
from demo.patience import until
from handlers.viber.budget import Budget
from tests.journeys.test_viber import consents, hears, settings
from tests.visiting import MORNING, Clock, Guest, House

HEARD = Signs(reached=True)


async def look(house: House, channel: Channel = Channel.VIBER, signs: Signs = HEARD) -> Outage | None:
    async with house.database.work(house.clock()) as work:
        _, outage = await outages.look(channel, signs, work)
        await work.commit()
    return outage


async def tick(house: House) -> None:
    async with house.database.work(house.clock()) as work:
        await outages.ask_again(work)
        await work.commit()
    await house.deliver()


async def silence(house: House, **much: float) -> Outage | None:
    """Heard until now, then not for so long, then again."""
    assert await look(house) is None
    house.clock.pass_by(**much)
    return await look(house)


def asked(guest: Guest) -> int:
    """How often they were asked to write again."""
    return sum("ми не отримували повідомлень" in message.text for message in guest.inbox)


async def test_whoever_was_in_the_midst_of_something_is_asked_once_and_goes_on(house: House) -> None:
    mother, aunt = house.guest(Channel.VIBER), house.guest(Channel.TELEGRAM)
    await aunt.consents()
    await mother.consents()
    await mother.says("/register")
    await mother.says("1")
    assert mother.asked("missing-name")
    outage = await silence(house, hours=2)
    assert outage is not None
    assert outage.people == 1
    await tick(house)
    assert (asked(mother), asked(aunt)) == (1, 0)
    assert "вт, 24 листопада, 10:00 – 12:00" in mother.last.text
    assert "Viber" in mother.last.text
    await mother.presses("Продовжити")
    assert mother.asked("missing-name")
    await mother.says("Петренко Іван Миколайович")
    assert mother.asked("born")
    for _ in range(3):
        await look(house)
        await tick(house)
    assert asked(mother) == 1


async def test_what_viber_still_repeats_is_no_outage(house: House) -> None:
    mother = house.guest(Channel.VIBER)
    await mother.consents()
    assert await silence(house, minutes=45) is None
    await tick(house)
    assert asked(mother) == 0


async def test_several_processes_find_one_outage_and_ask_once(house: House) -> None:
    guests = [house.guest(Channel.VIBER) for _ in range(5)]
    for guest in guests:
        await guest.consents()
    assert await look(house) is None
    house.clock.pass_by(hours=1)
    found = await asyncio.gather(*(look(house) for _ in range(4)))
    assert [outage.people for outage in found if outage] == [5]
    await asyncio.gather(*(tick(house) for _ in range(4)))
    assert [asked(guest) for guest in guests] == [1] * 5
    async with house.database.work(house.clock()) as work:
        assert await work.connection.scalar(text("SELECT count(*) FROM outages")) == 1


async def test_whoever_said_nothing_lately_is_left_in_peace(house: House) -> None:
    old, fresh = house.guest(Channel.VIBER), house.guest(Channel.VIBER)
    await old.consents()
    house.clock.pass_by(days=2)
    await fresh.consents()
    outage = await silence(house, hours=1)
    assert outage is not None
    assert outage.people == 1
    await tick(house)
    assert (asked(old), asked(fresh)) == (0, 1)


async def test_nobody_is_woken_at_night(house: House) -> None:
    mother = house.guest(Channel.VIBER)
    await mother.consents()
    house.clock.pass_by(hours=9)
    await silence(house, hours=5)  # from 19:00 to midnight in Kyiv
    await tick(house)
    assert asked(mother) == 0
    house.clock.pass_by(hours=7, minutes=55)
    await tick(house)
    assert asked(mother) == 0
    house.clock.pass_by(minutes=6)
    await tick(house)
    assert asked(mother) == 1


async def test_whoever_writes_first_is_told_in_the_answer_and_not_asked_later(house: House) -> None:
    mother = house.guest(Channel.VIBER)
    await mother.consents()
    house.clock.pass_by(hours=9)
    await silence(house, hours=5)
    await tick(house)
    await mother.says("/human")
    assert mother.hears("call-when")
    assert asked(mother) == 1
    await mother.presses("Назад")
    house.clock.pass_by(hours=10)
    await tick(house)
    assert asked(mother) == 1


async def test_whoever_paused_is_told_when_they_write(house: House) -> None:
    mother = house.guest(Channel.VIBER)
    await mother.consents()
    await mother.says("/pause")
    await mother.presses("Так")
    await silence(house, hours=2)
    await tick(house)
    house.clock.pass_by(days=2)
    await tick(house)
    assert asked(mother) == 0
    await mother.says("/menu")
    assert asked(mother) == 1


async def test_an_outage_of_last_month_is_no_news(house: House) -> None:
    mother = house.guest(Channel.VIBER)
    await mother.consents()
    await mother.says("/pause")
    await mother.presses("Так")
    await silence(house, hours=2)
    await tick(house)
    house.clock.pass_by(days=31)
    async with house.database.work(house.clock()) as work:
        await tidy(work)
        await work.commit()
    await mother.says("/menu")
    assert asked(mother) == 0


async def test_nothing_is_paid_for_it(house: House) -> None:
    mother, aunt, telegram = house.guest(Channel.VIBER), house.guest(Channel.VIBER), house.guest(Channel.TELEGRAM)
    for guest in (mother, aunt):
        await guest.consents()
        await guest.says("/register")
        await guest.says("1")
    async with house.database.work(house.clock.at - timedelta(days=1)) as work:
        hash = work.seals.vault.lookup("address/telegram", telegram.address)
        await work.people.join_address(await aunt.person(), Channel.TELEGRAM, telegram.address, hash)
        await work.commit()
    house.clock.pass_by(hours=30)
    tariff = Tariff(Decimal(100), Decimal("0.02"), Decimal(50))
    house.database.tariff = tariff
    house.couriers[Channel.VIBER].paying = Budget(tariff)
    await silence(house, hours=2)
    await tick(house)
    assert (asked(mother), asked(aunt), asked(telegram)) == (0, 0, 1)
    await mother.says("/menu")
    assert asked(mother) == 1
    async with house.database.work(house.clock()) as work:
        assert await work.costs.spent(Channel.VIBER, month_of(work.now)) == []


async def test_telegram_keeps_everything_for_a_day(house: House) -> None:
    mother = house.guest(Channel.TELEGRAM)
    await mother.consents()
    assert await look(house, Channel.TELEGRAM, Signs(heard_at=house.clock())) is None
    house.clock.pass_by(hours=23)
    assert await look(house, Channel.TELEGRAM, Signs(heard_at=house.clock())) is None
    house.clock.pass_by(hours=25)
    assert await look(house, Channel.TELEGRAM, Signs()) is None, "no answer yet: it is still away"
    assert await look(house, Channel.TELEGRAM, Signs(heard_at=house.clock())) is not None


async def test_the_administrator_sees_outages_and_how_many_were_asked(house: House) -> None:
    mother, aunt = house.guest(Channel.VIBER), house.guest(Channel.VIBER)
    await mother.consents()
    await aunt.consents()
    await silence(house, hours=2)
    await aunt.says("/menu")
    administrator = await house.staff(Role.ADMINISTRATOR, center=None)
    await administrator.says("/outages")
    assert administrator.sees("вт, 24 листопада, 10:00 – вт, 24 листопада, 12:00")
    assert administrator.sees("просимо написати ще раз: 2, уже попросили: 1")
    assert not administrator.sees("Зараз не чуємо")
    house.clock.pass_by(minutes=6)
    await administrator.says("/outages")
    assert administrator.sees("Зараз не чуємо Viber")
    operator = await house.staff(Role.OPERATOR)
    await operator.says("/outages")
    assert not operator.sees("Viber")


async def test_whoever_is_erased_meanwhile_is_forgotten_here_too(house: House) -> None:
    mother = house.guest(Channel.VIBER)
    await mother.consents()
    await silence(house, hours=2)
    async with house.database.work(house.clock()) as work:
        await work.erasing.erase((await work.people.enter(Channel.VIBER, mother.address, "uk")).person.id)
        await work.commit()
    await tick(house)
    async with house.database.work(house.clock()) as work:
        assert await work.connection.scalar(text("SELECT count(*) FROM missed")) == 0


@asynccontextmanager
async def served(chosen: Settings, viber: FakeViber, clock: Clock) -> AsyncIterator[None]:
    """The service, while time goes on: what could not be sent at once is tried again."""

    async def goes_on() -> None:
        while True:
            await asyncio.sleep(0.1)
            clock.pass_by(seconds=0.5)

    going = asyncio.create_task(goes_on())
    try:
        async with serving(chosen, clock=clock, tick_every=0.2):
            await until(lambda: viber.delivery.url)
            yield
    finally:
        going.cancel()


async def test_what_viber_gave_up_is_asked_for_again_by_the_whole_service(tmp_path: Path, database_url: str) -> None:
    clock = Clock(MORNING)
    async with FakeViber(repeat_after=0.1, hour=0.3, clock=lambda: clock.at.timestamp()) as viber:
        mother = viber.user(4242, "Марія")
        chosen = settings(tmp_path, database_url, viber)
        async with served(chosen, viber, clock):
            await consents(mother)
            await mother.presses("Повідомити про зниклу людину")
            await mother.waits_for("1. ")
        lost = await mother.says("1")  # nobody is at home, and Viber gives up

        def gives_up() -> bool:
            clock.pass_by(seconds=0.05)  # the fake tries by this clock
            return viber.delivery.given_up == [lost]

        await until(gives_up)
        clock.pass_by(hours=2)
        async with served(chosen, viber, clock):
            await mother.waits_for("ми не отримували повідомлень у Viber")
            await mother.presses("Продовжити")
            await hears(mother, "kinship")
            await mother.says("1")
            await hears(mother, "missing-name")
        async with served(chosen, viber, clock):
            await mother.says("Петренко Іван Миколайович")
            await hears(mother, "born")
            assert sum("ми не отримували" in shown.text for shown in mother.sees) == 1
    assert viber.faults == []
