"""Nobody is lost on the way: what nobody takes or opens goes another way, each step once, and only where it may go."""

import pytest
from sqlalchemy import select

from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.calls import Reason
from casework.cases.calling import RecordCall
from casework.cases.go_between import RecordGoBetween
from casework.cases.records import Reached
from casework.contact.record import ContactWish
from casework.contact.wishes import WishContact
from casework.ids import PersonId
from casework.letters import LetterKind, Say
from casework.numbers import ReportNumber
from casework.people import GoBetween
from casework.reaching import UNOPENED, NextWay, ReachKind, next_way
from casework.values import Phone
from handlers.channel import Gone
from storage.outbox import LetterState, letters
from tests.journeys.test_contact import does, whom
from tests.journeys.test_linking import links
from tests.journeys.test_unheard import Shut
from tests.journeys.updating import EVERYWHERE, Scene, set_out, word
from tests.visiting import WORDS, Guest, House

OLENA = GoBetween("Олена", Phone("+380501234567"))
NEXT = {Channel.TELEGRAM: Channel.VIBER, Channel.VIBER: Channel.TELEGRAM}
"""The other chat of whoever writes on a messenger; who is on the page has none."""


def test_the_next_way_is_a_rule() -> None:
    for named in (True, False):
        for asked in (True, False):
            for urgent in (True, False):
                ways = [next_way(channel=left, named=named, asked=asked, urgent=urgent) for left in (True, False)]
                person = NextWay.GO_BETWEEN if named and not asked and not urgent else NextWay.CALL
                assert ways == [NextWay.CHANNEL, person]


async def steps(house: House, person: PersonId) -> list[tuple[ReachKind, Channel | None]]:
    async with house.database.work(house.clock()) as work:
        return [(one.step, one.channel) for one in await work.reaching.of(person, 20)]


async def calls(house: House, person: PersonId) -> list[Reason]:
    async with house.database.work(house.clock()) as work:
        open_ones = [task.reason for task in await work.calls.open_of(person, None)]
        return [reason for reason in open_ones if reason is not Reason.NEW_REPORT]


async def follows(house: House, **passes: float) -> None:
    house.clock.pass_by(**passes)
    async with house.database.work(house.clock()) as work:
        await rulebook.follow(work)
        await work.commit()
    await house.deliver()


async def names(house: House, relative: Guest, named: GoBetween = OLENA) -> None:
    """As a relative does it in the settings."""
    await relative.says("/gobetween")
    await relative.presses(word(relative, "gobetween.name"))
    await relative.says(named.name)
    await relative.says(named.phone)
    assert relative.hears("gobetween-done", name=named.name, phone=named.phone)


@pytest.mark.parametrize(("channel", "language"), EVERYWHERE)
async def test_a_relative_names_who_can_find_them(house: House, channel: Channel, language: str) -> None:
    relative = house.guest(channel, language)
    await relative.registers()
    await relative.says("/gobetween")
    assert relative.hears("gobetween-none")
    await relative.presses(word(relative, "gobetween.name"))
    await relative.says("Олена")
    own = (await _profile_phone(house, relative)) or ""
    await relative.says(own)
    assert relative.hears("gobetween-own"), "their own number finds nobody else"
    await relative.says("050 123 45 67")
    assert relative.hears("gobetween-done", name="Олена", phone="+380501234567")
    await relative.says("/gobetween")
    assert relative.hears("gobetween-now", name="Олена", phone="+380501234567")
    await relative.presses(word(relative, "gobetween.remove"))
    assert relative.hears("gobetween-removed")


async def _profile_phone(house: House, relative: Guest) -> str | None:
    async with house.database.work(house.clock()) as work:
        return (await work.people.get(await relative.person())).profile.phone


async def released(house: House) -> tuple[Scene, PersonId]:
    """The mother on Telegram has an update that she has not opened."""
    scene = await set_out(house)
    await scene.released()
    return scene, await scene.mother.person()


@pytest.mark.parametrize(("first", "language"), EVERYWHERE)
async def test_return_to_contact(house: House, first: Channel, language: str) -> None:
    """The next channel where there is one, whom she named, a call; and the step is closed by speaking with her."""
    scene = await set_out(house, first, language)
    mother, person = scene.mother, await scene.mother.person()
    other = await house.another(mother, NEXT[first]) if first in NEXT else None
    await names(house, mother)
    await scene.released()
    assert mother.last.text == word(mother, "update-news")
    await follows(house, days=7, hours=1)
    if other is not None:
        assert other.hears("update-news"), "the same words in the other chat"
        await follows(house, days=7, hours=1)
    unopened = [first] if other is None else [first, NEXT[first]]
    assert await steps(house, person) == [*((ReachKind.UNOPENED, one) for one in unopened), (ReachKind.ASK, None)]
    assert await calls(house, person) == [Reason.GO_BETWEEN]
    operator = await house.staff(Role.OPERATOR)
    await does(house, operator, RecordGoBetween(whom(scene.number), passes=True))
    assert await calls(house, person) == [Reason.UNDELIVERED]
    await does(house, operator, RecordCall(whom(scene.number), Reached.REACHED))
    assert await calls(house, person) == []
    await mother.says("/updates")
    await mother.presses(f"{scene.number}, ")
    assert mother.hears("update-means-nib"), "nothing of it was lost"


async def test_unopened_for_seven_days_it_goes_on_the_next_channel_and_then_a_human_calls(house: House) -> None:
    scene, person = await released(house)
    viber = await house.another(scene.mother, Channel.VIBER)
    await follows(house, days=6)
    assert await steps(house, person) == []
    await follows(house, days=1, hours=1)
    assert viber.hears("update-news"), "the same words"
    assert await steps(house, person) == [(ReachKind.UNOPENED, Channel.TELEGRAM)]
    await follows(house, hours=1)
    assert len(await steps(house, person)) == 1, "each letter once"
    await follows(house, days=7, hours=1)
    assert await steps(house, person) == [
        (ReachKind.UNOPENED, Channel.TELEGRAM),
        (ReachKind.UNOPENED, Channel.VIBER),
        (ReachKind.CALL, None),
    ]
    assert await calls(house, person) == [Reason.UNDELIVERED]
    await follows(house, days=30)
    assert len(await steps(house, person)) == 3, "nothing repeats without end"
    operator = await house.staff(Role.OPERATOR)
    await operator.says(f"/case {scene.number}")
    for channel in ("Telegram", "Viber"):
        assert WORDS.say("uk", Say("reach-unopened", {"channel": channel})) in operator.news
    assert operator.sees(WORDS.say("uk", Say("reach-call")))


async def test_what_was_opened_anywhere_is_not_followed(house: House) -> None:
    scene, person = await released(house)
    viber = await house.another(scene.mother, Channel.VIBER)
    await viber.says("/updates")
    await viber.presses(f"{scene.number}, ")
    await follows(house, days=8)
    assert await steps(house, person) == []


async def test_whoever_may_not_be_told_any_more_is_not_followed(house: House) -> None:
    scene, person = await released(house)
    viber = await house.another(scene.mother, Channel.VIBER)
    async with house.database.work(house.clock()) as work:
        number = ReportNumber(scene.number.replace("-", ""))
        actor = Actor(person, "uk", Channel.TELEGRAM)
        await rulebook.carry_out(WishContact(number, ContactWish.SILENCE), actor, work)
        await work.commit()
    await follows(house, days=8)
    assert (await steps(house, person), await calls(house, person), viber.inbox) == ([], [], [])


async def test_whoever_was_spoken_with_is_not_followed(house: House) -> None:
    scene, person = await released(house)
    await does(house, await house.staff(Role.OPERATOR), RecordCall(whom(scene.number), Reached.REACHED))
    await follows(house, days=8)
    assert await steps(house, person) == []
    async with house.database.work(house.clock()) as work:
        left = select(letters.c.id).where(letters.c.offers, letters.c.state == LetterState.SENT)
        old = (
            letters.c.kind == LetterKind.PUSH,
            letters.c.followed_at.is_(None),
            letters.c.sent_at < work.now - UNOPENED,
        )
        assert (await work.connection.scalars(left.where(*old))).all() == [], "nor looked at for years"


async def test_whom_they_named_is_asked_before_they_are_called_and_told_nothing(house: House) -> None:
    scene, person = await released(house)
    await names(house, scene.mother)
    await follows(house, days=8)
    assert await calls(house, person) == [Reason.GO_BETWEEN]
    operator = await house.staff(Role.OPERATOR)
    await operator.says(f"/call {scene.number}")
    assert operator.sees("Олена, телефон +380501234567")
    await operator.presses("Пообіцяли передати")
    assert await calls(house, person) == [Reason.UNDELIVERED], "and then somebody calls"
    found = [step for step, _ in await steps(house, person)]
    assert found == [ReachKind.UNOPENED, ReachKind.ASK, ReachKind.PASSED_ON]
    async with house.database.work(house.clock()) as work:
        assert await work.contacts.of(person) == [], "it is no contact with the relative"
    await does(house, operator, RecordCall(whom(scene.number), Reached.REACHED))
    await scene.released()
    await follows(house, days=8)
    assert Reason.GO_BETWEEN not in await calls(house, person), "not asked again within a month"


async def test_where_it_is_not_passed_on_they_are_called_at_once(house: House) -> None:
    scene, person = await released(house)
    await names(house, scene.mother)
    await follows(house, days=8)
    operator = await house.staff(Role.OPERATOR)
    await does(house, operator, RecordGoBetween(whom(scene.number), passes=False))
    assert await calls(house, person) == [Reason.UNDELIVERED]
    assert [step for step, _ in await steps(house, person)] == [
        ReachKind.UNOPENED,
        ReachKind.ASK,
        ReachKind.NOT_PASSED_ON,
    ]


async def test_whoever_takes_the_name_back_is_called_themselves(house: House) -> None:
    scene, person = await released(house)
    await names(house, scene.mother)
    await follows(house, days=8)
    await scene.mother.says("/gobetween")
    await scene.mother.presses("Більше нікого не просити")
    assert await calls(house, person) == [Reason.UNDELIVERED]


async def test_a_blocked_bot_is_a_step_that_staff_see(house: House) -> None:
    scene = await set_out(house)
    await links(scene.mother, house.guest(Channel.VIBER))
    person = await scene.mother.person()
    for channel in (Channel.TELEGRAM, Channel.VIBER):
        house.couriers[channel].speaker = Shut(Gone("blocked"), channel)
    await scene.released()
    assert await steps(house, person) == [
        (ReachKind.NOT_TAKEN, Channel.TELEGRAM),
        (ReachKind.NOT_TAKEN, Channel.VIBER),
        (ReachKind.CALL, None),
    ]
    assert await calls(house, person) == [Reason.UNDELIVERED]
