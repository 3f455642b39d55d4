"""The outbox: order for each address, leases with tokens, one address's trouble is not another's."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from casework.actor import Channel
from casework.ids import PersonId
from casework.letters import Letter, LetterKind, Screen, SentLetter, say
from handlers.channel import Gone, Message, Postponed, Rejected
from handlers.courier import Courier
from storage.claiming import CLAIM
from storage.prepared import DriverStatement
from storage.turns import _BY_HASH
from tests.visiting import WORDS, House, Mailbox


def _letter(to: PersonId, text: str, kind: LetterKind = LetterKind.PUSH) -> Letter:
    return Letter(to, Screen((say("common.line", what=text, value="1"),), neutral=True), kind)


async def _write(house: House, *letters: Letter) -> None:
    async with house.database.work(house.clock()) as work:
        for letter in letters:
            await work.send(letter)
        await work.commit()


class Moody(Mailbox):
    """A speaker that does as told before it takes a message."""

    before: Callable[[str, Message], Awaitable[None]]

    async def send(self, address: str, message: Message) -> str:
        await self.before(address, message)
        return await super().send(address, message)


def _courier(house: House, before: Callable[[str, Message], Awaitable[None]]) -> Courier:
    box = Moody(Channel.TELEGRAM, house.boxes[Channel.TELEGRAM].sent)
    box.before = before
    return Courier(house.database.work, WORDS, box, house.clock)


async def test_what_was_not_committed_is_not_sent(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    person = await mother.person()
    async with house.database.work(house.clock()) as work:
        await work.send(_letter(person, "no"))
    before = len(mother.inbox)
    await house.deliver()
    assert len(mother.inbox) == before


async def test_a_letter_is_not_overtaken_by_one_whose_transaction_began_before(house: House) -> None:
    """The first waited for the person's row while the second wrote."""
    mother = house.guest()
    await mother.consents()
    person = await mother.person()
    for words, began in (("first", house.clock() + timedelta(seconds=20)), ("second", house.clock())):
        async with house.database.work(began) as work:
            await work.send(_letter(person, words))
            await work.commit()
    await house.deliver()
    assert [m.text.partition(":")[0] for m in mother.inbox[-2:]] == ["first", "second"]


async def test_letters_of_one_address_keep_their_order_through_a_flood_limit(house: House) -> None:
    mother, aunt = house.guest(), house.guest()
    await mother.consents()
    await aunt.consents()
    people = await mother.person(), await aunt.person()
    await _write(house, *(_letter(person, str(n)) for n in range(5) for person in people))
    floods = 2

    async def flooded(address: str, message: Message) -> None:
        nonlocal floods
        if address == mother.address and message.text.startswith("2") and floods:
            floods -= 1
            raise Postponed(timedelta(seconds=3), "flood")

    courier = _courier(house, flooded)
    await courier.deliver_due()
    assert [m.text[0] for m in aunt.inbox[-5:]] == list("01234")
    assert [m.text[0] for m in mother.inbox[-2:]] == list("01")
    assert await courier.deliver_due() == 0
    for _ in range(2):
        house.clock.pass_by(seconds=4)
        await courier.deliver_due()
    assert [m.text[0] for m in mother.inbox[-5:]] == list("01234")


async def test_a_reply_goes_before_many_pushes(house: House) -> None:
    guests = [house.guest() for _ in range(6)]
    for guest in guests:
        await guest.consents()
    *others, asking = guests
    await _write(house, *[_letter(await other.person(), str(n)) for n in range(3) for other in others])
    async with house.database.work(house.clock()) as work:
        entered = await work.people.enter(Channel.TELEGRAM, asking.address, "uk")
        await work.outbox.add(
            _letter(entered.person.id, "reply", LetterKind.REPLY), (entered.address, Channel.TELEGRAM)
        )
        await work.commit()
    order: list[str] = []

    async def noted(address: str, message: Message) -> None:
        order.append(address)

    courier = _courier(house, noted)
    courier.at_once, courier.for_replies = 3, 2
    await courier.deliver_due()
    assert order[0] == asking.address
    assert len(set(order)) == 1, "the places for replies are never a push's"


async def test_a_courier_that_lost_its_lease_cannot_finish_the_letter(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await _write(house, _letter(await mother.person(), "one"))
    async with house.database.work(house.clock()) as work:
        (slow,) = (await work.leases.claim(Channel.TELEGRAM, 10, timedelta(seconds=60))).leased
        await work.commit()
    async with house.database.work(house.clock()) as work:
        assert (await work.leases.claim(Channel.TELEGRAM, 10, timedelta(seconds=60))).leased == []
    house.clock.pass_by(seconds=61)
    async with house.database.work(house.clock()) as work:
        (fast,) = (await work.leases.claim(Channel.TELEGRAM, 10, timedelta(seconds=60))).leased
        await work.commit()
    async with house.database.work(house.clock()) as work:
        for lease, done in ((slow, False), (fast, True), (fast, False)):
            [marked] = await work.leases.mark(Channel.TELEGRAM, [SentLetter(lease, lease.letters[0].id, "1", None)])
            assert marked.done is done


async def test_many_couriers_send_each_letter_once(house: House) -> None:
    guests = [house.guest() for _ in range(8)]
    for guest in guests:
        await guest.consents()
    before = [len(guest.inbox) for guest in guests]
    await _write(house, *[_letter(await guest.person(), str(n)) for n in range(4) for guest in guests])

    async def slow(address: str, message: Message) -> None:
        await asyncio.sleep(0)

    couriers = [_courier(house, slow) for _ in range(4)]
    for courier in couriers:
        courier.at_once, courier.for_replies = 3, 0
    while sum(await asyncio.gather(*(courier.deliver_due() for courier in couriers))):
        pass
    for guest, had in zip(guests, before, strict=True):
        assert [m.text[0] for m in guest.inbox[had:]] == list("0123")


@pytest.mark.parametrize("why", [Gone("blocked"), Rejected("bad")])
async def test_where_no_channel_takes_it_a_human_calls(house: House, why: Exception) -> None:
    mother = house.guest()
    await mother.consents()
    person = await mother.person()
    await _write(house, _letter(person, "one"))

    async def refuses(address: str, message: Message) -> None:
        raise why

    await _courier(house, refuses).deliver_due()
    async with house.database.work(house.clock()) as work:
        reasons = await work.connection.scalars(text("SELECT reason FROM calls WHERE person_id = :id"), {"id": person})
        assert list(reasons) == ["undelivered"]


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "blocked"])
async def test_an_account_that_is_closed_is_its_next_owner_s_and_a_block_is_not(house: House, closed: bool) -> None:
    mother = house.guest()
    number = await mother.registers()
    await _write(house, _letter(await mother.person(), "one"))

    async def refuses(address: str, message: Message) -> None:
        raise Gone("refused", closed=closed)

    await _courier(house, refuses).deliver_due()
    await mother.says("/reports")
    assert mother.asked("consent") is closed
    assert mother.sees(number) is not closed


async def test_a_letter_goes_to_the_next_channel_when_the_first_is_blocked(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    person = await mother.person()
    async with house.database.work(house.clock()) as work:
        await work.people.join_address(person, Channel.WEB, str(person), b"page")
        await work.commit()
    await _write(house, _letter(person, "one"))

    async def blocked(address: str, message: Message) -> None:
        raise Gone("blocked")

    await _courier(house, blocked).deliver_due()
    await house.deliver()
    assert house.boxes[Channel.WEB].sent[str(person)][-1].text.startswith("one")


async def test_a_letter_that_somebody_moved_to_their_own_chat_goes_nowhere(house: House) -> None:
    mother, thief = house.guest(), house.guest()
    for guest in (mother, thief):
        await guest.consents()
    await _write(house, _letter(await mother.person(), "hers"))
    move = text(
        "UPDATE letters SET address_id = (SELECT id FROM addresses WHERE person_id = :thief) WHERE state = 'waiting'"
    )
    async with house.database.work(house.clock()) as work:
        await work.connection.execute(move, {"thief": await thief.person()})
        await work.commit()
    before = len(thief.inbox)
    await _write(house, _letter(await thief.person(), "theirs"))
    await house.deliver()
    assert len(thief.inbox) == before + 1
    assert "hers" not in str(thief.inbox[before:])


async def test_a_claim_walks_no_further_than_there_are_places(house: House) -> None:
    """However much is due, and however much is held back; and what somebody waits for comes first."""
    guests = [house.guest() for _ in range(3)]
    for guest in guests:
        await guest.consents()
    mother, aunt, sister = [await guest.person() for guest in guests]
    await _write(house, *(_letter(mother, str(n)) for n in range(30)), _letter(aunt, "one"))
    await _write(house, _letter(sister, "answer", LetterKind.REPLY))
    async with house.database.work(house.clock()) as work:
        await work.connection.execute(text("SET LOCAL enable_seqscan = off"))
        claims = (await work.leases.claim(Channel.TELEGRAM, 2, timedelta(seconds=60), pushes=1)).leased
        assert [claim.person for claim in claims] == [sister], "the last place is for replies alone"
        claims = (await work.leases.claim(Channel.TELEGRAM, 2, timedelta(seconds=60), pushes=2)).leased
        assert [claim.person for claim in claims] == [mother], "of the oldest letters, eight, all are hers"
        assert len(claims[0].letters) == 20
        claims = (await work.leases.claim(Channel.TELEGRAM, 2, timedelta(seconds=60), pushes=2)).leased
        assert [claim.person for claim in claims] == [aunt]
        assert await work.leases.claim(Channel.TELEGRAM, 2, timedelta(seconds=60)) == ([], None)


@pytest.mark.parametrize("statement", [CLAIM, _BY_HASH], ids=["claim", "turn"])
async def test_a_plan_that_is_made_once_reads_letters_by_their_indexes(house: House, statement: Any) -> None:
    """PostgreSQL keeps one for all claims, and one for the beginning of all turns, which knows none of their values."""
    claim = DriverStatement.of(statement)
    given = ", ".join(["NULL"] * len(set(re.findall(r"\$\d+", claim.sql))))
    async with house.database.work(house.clock()) as work:
        connection = await work.connection.get_raw_connection()
        driver: Any = connection.driver_connection
        await driver.execute("SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off")
        await driver.execute(f"PREPARE claim AS {claim.sql}")
        plan = await driver.fetch(f"EXPLAIN EXECUTE claim({given})")
        await driver.execute("DEALLOCATE claim; RESET plan_cache_mode; RESET enable_seqscan")
    assert not [line for (line,) in plan if "Seq Scan on letters" in line]
