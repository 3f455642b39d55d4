"""What a relative wishes of the contact: that we do not write, or that we talk more often."""

from dataclasses import replace

import pytest

from casework.actor import Actor, Channel
from casework.kinship import KinshipState
from casework.letters import Say
from casework.rulebook import board
from tests.journeys.families import families
from tests.journeys.test_promise import KHARKIV, promises, reached, tick
from tests.journeys.updating import NEWS, WORDS, set_out
from tests.visiting import House, with_code


async def test_nothing_is_written_to_whoever_asked_for_that_until_they_take_it_back(house: House) -> None:
    """Nor is anybody asked to call; what was released waits for them; the other relative notices nothing."""
    scene = await set_out(house)
    mother = scene.mother
    sister, number = await scene.another(KinshipState.VERIFIED)
    await mother.says("/reports")
    await mother.presses("Як ви озиваєтеся")
    await mother.presses("Не писати мені про пошук")
    assert mother.hears("wish-done-silence")
    await reached(house, scene.number, number)
    await promises(house, 30, 90, 30, limit=5)
    heard = len(mother.inbox)
    await scene.released()
    assert scene.head.hears("approve-quiet", number=scene.number, recipients=1)
    assert scene.head.hears("approve-done", number=scene.number, recipients=1)
    assert len(mother.inbox) == heard
    assert sister.last.text == NEWS
    async with house.database.work(house.clock()) as work:
        assert await work.calls.open_of(await mother.person(), None) == []
    house.clock.pass_by(days=27)
    assert [task.person for task in await tick(house)] == [await sister.person()]
    await mother.says("/reports")
    assert mother.hears("standing-quiet")
    await mother.says("/updates")
    await mother.presses(f"{scene.number}, 24 листопада 2026")
    assert mother.sees(WORDS), "it waited for them"
    await mother.says("/often")
    assert mother.hears("wish-now.silence")
    await mother.presses("Як обіцяє центр")
    assert mother.hears("wish-done-usual")
    await scene.writes(WORDS + " Ще раз.")
    await scene.approves()
    assert mother.last.text == NEWS


@pytest.mark.parametrize(
    ("channel", "language", "sooner", "silence"),
    [
        (Channel.TELEGRAM, "uk", "Частіше говорити", "Не писати мені"),
        (Channel.VIBER, "en", "Talk with a person more often", "Do not write to me"),
        (Channel.WEB, "uk", "Частіше говорити", "Не писати мені"),
    ],
)
async def test_more_is_granted_while_the_center_manages_it(
    house: House, channel: Channel, language: str, sooner: str, silence: str
) -> None:
    mother = house.guest(channel, language)
    if language == "en":
        await mother.consents()
    await reached(house, await mother.registers())
    await families(house, 40)
    await mother.says("/often")
    await mother.presses(sooner)
    assert mother.hears("wish-cannot-yet")
    await promises(house, 60, 120, 7, limit=1)
    await mother.says("/often")
    await mother.presses(sooner)
    assert mother.hears("wish-cannot", days=120)
    await promises(house, 60, 120, 7, limit=2)
    await mother.says("/often")
    await mother.presses(sooner)
    assert mother.hears("wish-done-sooner", days=7)
    await mother.says("/often")
    assert mother.hears("wish-now.sooner")
    await mother.presses(silence)
    assert mother.hears("wish-done-silence")


async def test_more_is_not_granted_beyond_the_minutes_of_a_week(house: House) -> None:
    """The center is open for a quarter of an hour by now: six talks a day would still be counted."""
    mother = house.guest()
    await reached(house, await mother.registers())
    await families(house, 40)
    head = await promises(house, 60, 120, 7, limit=5)
    async with house.database.work(house.clock()) as work:
        here = await work.centers.get(KHARKIV)
        await work.centers.keep(replace(here, closes=here.opens.replace(minute=here.opens.minute + 1)))
        await work.commit()
    await mother.says("/often")
    await mother.presses("Частіше говорити")
    assert mother.hears("wish-cannot", days=120)
    async with house.database.work(house.clock()) as work:
        person = await head.person()
        sections = await board(Actor(person, "uk", Channel.WEB, await with_code(person, work)), work)
        [section] = [one for one in sections if one.title == Say("contact-board")]
    assert "week" in [cell.args.get("why") for row in section.rows for cell in row.cells if isinstance(cell, Say)]
