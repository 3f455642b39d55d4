"""A platform that is away for long: tried ever less often, gone on with at once; letters that go another way."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from casework.actor import Channel
from casework.calls import Reason
from casework.ids import PersonId
from casework.letters import Letter, LetterKind, Purpose, Say, Screen
from handlers.breaker import FIRST, LONGEST_WAIT, CircuitBreaker
from handlers.channel import Away, Gone, Message, Postponed, Rejected
from handlers.courier import Courier
from tests.visiting import MORNING, WORDS, Clock, Guest, House, Mailbox


@dataclass
class Platform(Mailbox):
    """A mailbox that may be away, or refuse; `tries` are the moments at which something was sent to it."""

    clock: Clock = field(default_factory=lambda: Clock(MORNING))
    trouble: Exception | None = None
    only: str = ""
    tries: list[datetime] = field(default_factory=list)

    async def send(self, address: str, message: Message) -> str:
        self.tries.append(self.clock.at)
        await asyncio.sleep(0)
        if self.trouble is not None and self.only in ("", address):
            raise self.trouble
        return await super().send(address, message)


@pytest.fixture
def telegram(house: House) -> Platform:
    """Telegram's end, away when told."""
    box = Platform(Channel.TELEGRAM, house.boxes[Channel.TELEGRAM].sent, clock=house.clock)
    house.couriers[Channel.TELEGRAM] = Courier(house.database.work, WORDS, box, house.clock)
    return box


AWAY = Away(timedelta(seconds=5), "HTTP 502")


async def families(house: House, many: int) -> list[Guest]:
    guests = [house.guest() for _ in range(many)]
    for guest in guests:
        await guest.consents()
    return guests


async def write(
    house: House,
    to: PersonId,
    kind: LetterKind = LetterKind.PUSH,
    purpose: Purpose = Purpose.UPDATE,
    *,
    replaces: str | None = None,
) -> None:
    screen = Screen((Say("welcome-done"),), neutral=True, replaces=replaces)
    async with house.database.work(house.clock()) as work:
        await work.send(Letter(to, screen, kind, purpose=purpose))
        await work.commit()
    house.couriers[Channel.TELEGRAM].wake(Channel.TELEGRAM)  # as the commit does in the service


async def joins(house: House, guest: Guest, channel: Channel) -> Guest:
    """The same person on a second channel, used before the first."""
    other = house.guest(channel)
    person = await guest.person()
    async with house.database.work(house.clock.at - timedelta(days=1)) as work:
        hash = work.seals.vault.lookup(f"address/{channel}", other.address)
        await work.people.join_address(person, channel, other.address, hash)
        await work.commit()
    return other


async def passes(house: House, much: timedelta, step: timedelta = timedelta(seconds=1)) -> None:
    """Time passes, and the couriers look as often as they do."""
    until = house.clock.at + much
    while house.clock.at < until:
        house.clock.at += step
        for courier in house.couriers.values():
            await courier.deliver_due()


async def calls(house: House, person: PersonId) -> list[Reason]:
    async with house.database.work(house.clock()) as work:
        return [task.reason for task in await work.calls.open_of(person, None)]


async def test_a_platform_that_is_away_is_tried_ever_less_often_and_then_all_goes_on_at_once(
    house: House, telegram: Platform
) -> None:
    guests = await families(house, 12)
    before = [len(guest.inbox) for guest in guests]
    for guest in guests:
        await write(house, await guest.person())
    telegram.tries.clear()
    telegram.trouble = AWAY
    await passes(house, timedelta(minutes=30), FIRST)
    tries = len(telegram.tries)
    assert tries < 12 + 25, "twelve together, then probes: after 5, 10, 20, 40, 80 s and then every two minutes"
    apart = [after - at for at, after in zip(telegram.tries[-5:], telegram.tries[-4:], strict=False)]
    assert all(LONGEST_WAIT <= one <= LONGEST_WAIT + FIRST for one in apart)
    telegram.trouble = None
    await passes(house, LONGEST_WAIT + FIRST)
    assert [len(guest.inbox) for guest in guests] == [had + 1 for had in before]
    arrived = telegram.tries[tries:]
    assert arrived[-1] - arrived[0] <= timedelta(seconds=3), "the probe's arrival lets all others go"


async def test_one_letter_that_always_fails_holds_up_nobody_else(house: House, telegram: Platform) -> None:
    unlucky, lucky = await families(house, 2)
    telegram.trouble, telegram.only = AWAY, unlucky.address
    await write(house, await unlucky.person())
    await passes(house, timedelta(minutes=5), FIRST)
    had = len(lucky.inbox)
    await write(house, await lucky.person())
    await passes(house, FIRST + timedelta(seconds=1))
    assert len(lucky.inbox) == had + 1


async def test_whoever_writes_is_not_kept_waiting_for_the_next_probe(house: House, telegram: Platform) -> None:
    (mother,) = await families(house, 1)
    telegram.trouble = AWAY
    await write(house, await mother.person())
    await passes(house, timedelta(minutes=20), FIRST)
    telegram.trouble = None
    courier = house.couriers[Channel.TELEGRAM]
    courier.wake(Channel.TELEGRAM)
    had = len(mother.inbox)
    await passes(house, FIRST + timedelta(seconds=1))
    assert len(mother.inbox) == had + 1


def test_a_wave_of_failures_counts_once_and_a_hiccup_not_at_all() -> None:
    clock = Clock(datetime(2026, 11, 24, tzinfo=UTC))
    breaker = CircuitBreaker(clock)
    breaker.failed()
    breaker.failed()
    assert breaker.closed
    for _ in range(30):
        breaker.failed()
    assert not breaker.closed
    assert breaker.rest() <= FIRST.total_seconds()
    breaker.answered()
    breaker.failed()
    assert breaker.closed


async def test_a_push_goes_on_another_messenger_after_hours_and_an_answer_waits(
    house: House, telegram: Platform
) -> None:
    (mother,) = await families(house, 1)
    viber = await joins(house, mother, Channel.VIBER)
    telegram.trouble = AWAY
    await write(house, await mother.person(), LetterKind.REPLY)
    await passes(house, timedelta(hours=5, minutes=50), timedelta(minutes=5))
    assert viber.inbox == []
    await passes(house, timedelta(minutes=30), timedelta(minutes=5))
    assert viber.inbox == []
    telegram.trouble = None
    await passes(house, timedelta(minutes=5))
    house.clock.pass_by(hours=17)  # the next morning: at night a push waits anyhow
    telegram.trouble = AWAY
    await write(house, await mother.person())
    await write(house, await mother.person(), purpose=Purpose.ROUTINE)
    await passes(house, timedelta(hours=5, minutes=50), timedelta(minutes=5))
    assert viber.inbox == []
    await passes(house, timedelta(minutes=30), timedelta(minutes=5))
    assert len(viber.inbox) == 1, "what can wait waits"
    assert await calls(house, await mother.person()) == []


async def test_without_another_messenger_a_push_waits_for_three_days_and_then_a_human_calls(
    house: House, telegram: Platform
) -> None:
    (mother,) = await families(house, 1)
    person = await mother.person()
    had = len(mother.inbox)
    await write(house, person)
    telegram.trouble = AWAY
    await passes(house, timedelta(hours=23), timedelta(minutes=30))
    assert await calls(house, person) == []
    telegram.trouble = None
    await passes(house, timedelta(minutes=3))
    assert len(mother.inbox) == had + 1
    telegram.trouble = AWAY
    await write(house, person)
    await passes(house, timedelta(hours=73), timedelta(minutes=30))
    assert await calls(house, person) == [Reason.UNDELIVERED]


@pytest.mark.parametrize("kind", [LetterKind.REPLY, LetterKind.PUSH])
async def test_what_a_platform_refuses_goes_on_the_next_channel(
    house: House, telegram: Platform, kind: LetterKind
) -> None:
    (mother,) = await families(house, 1)
    viber = await joins(house, mother, Channel.VIBER)
    telegram.trouble = Rejected("bad request")
    await write(house, await mother.person(), kind, replaces="17")
    await house.deliver()
    assert [message.replaces for message in viber.inbox] == [None], "that message stands in another chat"
    assert await calls(house, await mother.person()) == []


async def test_what_every_platform_refuses_goes_round_once_and_a_human_calls(house: House, telegram: Platform) -> None:
    (mother,) = await families(house, 1)
    await joins(house, mother, Channel.VIBER)
    viber = Platform(Channel.VIBER, {}, clock=house.clock, trouble=Rejected("bad data"))
    house.couriers[Channel.VIBER].speaker = viber
    telegram.trouble = Rejected("bad request")
    telegram.tries.clear()
    await write(house, await mother.person())
    await house.deliver()
    assert (len(telegram.tries), len(viber.tries)) == (1, 1)
    assert await calls(house, await mother.person()) == [Reason.UNDELIVERED]


async def test_the_page_has_it_and_a_human_calls_all_the_same(house: House, telegram: Platform) -> None:
    (mother,) = await families(house, 1)
    page = await joins(house, mother, Channel.WEB)
    telegram.trouble = Rejected("bad request")
    await write(house, await mother.person())
    await house.deliver()
    assert len(page.inbox) == 1
    assert await calls(house, await mother.person()) == [Reason.UNDELIVERED]


@pytest.mark.parametrize("trouble", [Postponed(timedelta(seconds=3), "flood"), Gone("blocked")])
async def test_one_chat_s_trouble_says_nothing_of_the_platform(
    house: House, telegram: Platform, trouble: Exception
) -> None:
    *guests, other = await families(house, 5)
    telegram.trouble = trouble
    for guest in guests:
        await write(house, await guest.person())
    await passes(house, timedelta(seconds=30))
    telegram.trouble = None
    had = len(other.inbox)
    await write(house, await other.person())
    await house.couriers[Channel.TELEGRAM].deliver_due()
    assert len(other.inbox) == had + 1
