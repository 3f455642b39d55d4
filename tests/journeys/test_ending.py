"""The end of a search, set by two, and a legal hold: what is erased three years later, and what is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.cases.records import CaseState
from casework.ending import LOOKED_AT
from casework.kinship import KinshipState
from casework.staff import access
from dialogs.scripts import SCRIPTS
from storage.people import people
from storage.registering import cases, reports
from storage.retention import SEARCH, retain
from tests.casework.test_never_told_closed import CLOSING
from tests.journeys.updating import Scene, set_out
from tests.visiting import Guest, House, gave_factor, with_code

DAY = timedelta(days=1)


@pytest.fixture
async def scene(house: House) -> Scene:
    return await set_out(house)


async def signs(scene: Scene) -> Guest:
    """A verifier of another center signs what waits; whoever proposed it cannot."""
    await scene.head.says("/proposals")
    await scene.head.presses(scene.head.keys[0].label)
    assert scene.head.sees("Ви самі це запропонували")
    verifier = await scene.house.staff(Role.VERIFIER, "lviv")
    await verifier.signs()
    return verifier


async def erased(scene: Scene, after: timedelta) -> bool:
    """Has the mother's report gone once so much time is over?"""
    async with scene.house.database.work(scene.house.clock()) as work:
        person = await scene.mother.person()
        work.now += after
        for due in await work.people.due_for_erasure(work.now):
            await work.erasing.erase(due)
        await retain(work)
        gone = await work.connection.scalar(select(reports.c.id).where(reports.c.person_id == person)) is None
        left = await work.connection.scalar(select(people.c.id).where(people.c.id == person))
        assert gone is (left is None)
        return gone


async def _board(scene: Scene) -> list[str]:
    async with scene.house.database.work(scene.house.clock()) as work:
        person = await scene.head.person()
        actor = Actor(person, "uk", Channel.WEB, await with_code(person, work))
        return [section.title.name for section in await rulebook.board(actor, work)]


async def test_the_end_of_a_search_takes_two_and_tells_nobody(scene: Scene) -> None:
    heard = len(scene.mother.inbox)
    await scene.head.says(f"/ended {scene.number}")
    assert scene.head.sees("Рідним про це не пише ніхто й ніколи")
    await scene.head.presses("Так, завершити")
    assert not await erased(scene, 2 * SEARCH), "one person ends no search"
    await signs(scene)
    assert not await erased(scene, SEARCH - DAY)
    assert await erased(scene, SEARCH + DAY)
    assert len(scene.mother.inbox) == heard
    await scene.head.says(f"/case {scene.number}")
    assert scene.head.sees("Пошук завершено")
    await scene.head.says(f"/ended {scene.number}")
    await scene.head.presses("Так, знову")
    assert not await erased(scene, 2 * SEARCH)


async def test_nothing_that_a_family_opens_says_that_it_ended(scene: Scene) -> None:
    await scene.released()
    async with scene.house.database.work(scene.house.clock()) as work:
        [report] = await work.reports.of(await scene.mother.person())
        member = await work.staff.member_of(await scene.head.person())
        assert member is not None
        await work.endings.end(report.case, member.id)
        closed = update(cases).where(cases.c.id == report.case).values(state=CaseState.CLOSED)
        await work.connection.execute(closed)
        await work.commit()
    opened = [name for name, one in SCRIPTS.items() if one.about_case and access.who_may(f"/{name}") - access.STAFF]
    assert {"reports", "updates", "told", "often"} <= set(opened)
    for name in opened:
        await scene.mother.says(f"/{name} {scene.number}")
    said = [message.text for message in scene.mother.inbox]
    said += [key.label for message in scene.mother.inbox for row in message.keys for key in row]
    assert not [one for one in said if CLOSING.search(one)]


async def test_one_search_of_two_goes_alone(scene: Scene) -> None:
    other = await scene.mother.registers(name="Савчук Остап Ілліч")
    async with scene.house.database.work(scene.house.clock()) as work:
        first, second = await work.reports.of(await scene.mother.person())
        member = await work.staff.member_of(await scene.head.person())
        assert member is not None
        assert str(second.number) == other
        await work.endings.end(first.case, member.id)
        work.now += SEARCH + DAY
        await retain(work)
        assert [one.id for one in await work.reports.of(first.person)] == [second.id]


async def test_under_a_legal_hold_nothing_is_erased_and_whoever_asks_is_told_so(scene: Scene) -> None:
    sister, number = await scene.another(KinshipState.VERIFIED)
    await scene.head.says(f"/hold {scene.number}")
    await scene.head.says("суд")
    assert scene.head.sees("від кого вимога")
    await scene.head.says("Ухвала суду № 1 від 24.11.2026")
    await scene.head.presses("Так, зберігати")
    verifier = await signs(scene)
    for relative in (scene.mother, sister):
        await relative.says("/erase")
        await relative.presses("Так, стерти")
        await relative.presses("Так, стерти мої дані")
        assert relative.sees("діє письмова вимога зберегти справу")
        assert not relative.sees("Ухвала")
    assert not await erased(scene, 2 * SEARCH)
    await scene.head.says(f"/case {number}")
    assert scene.head.sees("Ухвала суду № 1")

    scene.house.clock.go_to(scene.house.clock() + LOOKED_AT + DAY)
    async with scene.house.database.work(scene.house.clock()) as work:
        await gave_factor(await scene.head.person(), work)
        await work.commit()
    assert "holds-board" in await _board(scene)
    await scene.head.says(f"/hold {scene.number}")
    await scene.head.presses("Так, діє")
    assert "holds-board" not in await _board(scene)

    await scene.head.says(f"/hold {scene.number}")
    await scene.head.presses("Ні, скасувати зберігання")
    assert not await erased(scene, 8 * DAY)
    async with scene.house.database.work(scene.house.clock()) as work:
        await gave_factor(await verifier.person(), work)
        await work.commit()
    await verifier.signs()
    assert await erased(scene, 8 * DAY)
