"""The proof of constant contact sees a letter that is lost, whichever way it went wrong: `benchmarks/contact`."""

import random
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select, update

from benchmarks.contact.town import Relative, Town
from benchmarks.contact.watching import Watch
from casework.actor import Channel
from casework.calls import Reason
from casework.ids import PersonId
from casework.numbers import ReportNumber
from storage.outbox import LetterState, letters
from tests.journeys.updating import Scene, set_out
from tests.visiting import House

Wrong = Callable[[Town, int], Awaitable[None]]


async def watched(scene: Scene) -> tuple[Town, int]:
    """The town as it is in the house: one mother, who was told of an update; and that letter."""
    house = scene.house
    town = Town(house.database, random.Random(1), house.clock.at)  # noqa: S311  no secret
    person = await scene.mother.person()
    async with house.database.work(house.clock()) as work:
        report = await work.reports.by_number(ReportNumber(scene.number.replace("-", "")))
        assert report is not None
        query = select(letters).where(letters.c.person_id == person).order_by(letters.c.id)
        rows = (await work.connection.execute(query)).all()
    town.relatives[PersonId(person)] = Relative(
        person, report.id, report.number, report.case, report.center, "", Channel.TELEGRAM, "", report.filed_at, 1, 1
    )
    for row in rows:
        town.messenger.times[row.id] = 1
    return town, next(row.id for row in rows if (row.reads or "").startswith("update:"))


async def lost(town: Town) -> int:
    watch = Watch(town)
    await watch.at_the_end()
    return len(watch.lost)


async def stands(town: Town, letter: int, state: LetterState) -> None:
    async with town.work() as work:
        await work.connection.execute(update(letters).where(letters.c.id == letter).values(state=state))
        await work.commit()


@pytest.fixture
async def scene(house: House) -> Scene:
    told = await set_out(house)
    await told.released()
    return told


async def test_each_way_of_losing_a_letter_is_seen(scene: Scene) -> None:
    town, letter = await watched(scene)
    assert await lost(town) == 0
    for state in (LetterState.WAITING, LetterState.SET_ASIDE, LetterState.DROPPED):
        await stands(town, letter, state)
        assert await lost(town) == 1, state
    async with town.work() as work:
        [relative] = town.relatives.values()
        await work.calls.add_task(Reason.UNDELIVERED, person=relative.person, center=relative.center, due=town.at)
        await work.commit()
    await stands(town, letter, LetterState.SET_ASIDE)
    assert await lost(town) == 0, "a human calls instead"
    await stands(town, letter, LetterState.SENT)
    town.messenger.times[letter] = 0
    assert await lost(town) == 1, "marked as sent, and nobody took it"
    town.messenger.times[letter] = 2
    assert await lost(town) == 1, "it came twice"
    town.messenger.excused.add(letter)
    assert await lost(town) == 0, "a process had died with it"
