"""Five minutes in which either of the two who signed can stop an update; nobody else can, and nothing has left."""

import pytest

from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.letters import Letter, Purpose, Say, Screen
from tests.journeys.booking import kyiv
from tests.journeys.updating import NEWS, WORDS, Scene, set_out
from tests.visiting import Guest, House, with_code


@pytest.fixture
async def scene(house: House) -> Scene:
    return await set_out(house)


async def approved(scene: Scene) -> None:
    await scene.writes()
    await scene.head.says(f"/approve {scene.number}")
    await scene.head.presses("Підписати й надіслати рідним")


async def board(scene: Scene, member: Guest) -> list[str]:
    """What the member's board says of what is about to leave, as commands."""
    async with scene.house.database.work(scene.house.clock()) as work:
        person = await member.person()
        sections = await rulebook.board(Actor(person, "uk", Channel.WEB, await with_code(person, work)), work)
        rows = [row for one in sections if one.title == Say("board-leaving") for row in one.rows]
        assert all(row.cells[1].args["minutes"] in range(1, 6) for row in rows if isinstance(row.cells[1], Say))
        return [command for row in rows for _, command in row.commands]


@pytest.mark.parametrize("stopper", ["author", "head"])
async def test_either_of_the_two_stops_it_and_it_is_its_authors_again(scene: Scene, stopper: str) -> None:
    heard = len(scene.mother.inbox)
    await approved(scene)
    who, other = (scene.author, scene.head) if stopper == "author" else (scene.head, scene.author)
    [command] = await board(scene, who)
    assert await board(scene, other) == [command]
    await who.says(command)
    await who.presses("Так, зупинити")
    assert who.hears("recall-done", number=scene.number)
    assert "зупинено до надсилання" in other.last.text
    await scene.leaves()
    assert len(scene.mother.inbox) == heard, "neither the line nor a sign of it"
    await scene.mother.says("/updates")
    assert scene.mother.hears("updates-none")
    assert await board(scene, who) == []
    await scene.author.says(f"/update {scene.number}")
    assert scene.author.sees("зупинено до надсилання. Ваш текст"), "what was written is not lost"
    assert scene.author.sees(WORDS)


async def test_another_letter_just_before_does_not_take_the_line_with_it(scene: Scene) -> None:
    await approved(scene)
    scene.house.clock.pass_by(minutes=4, seconds=30)
    heard = len(scene.mother.inbox)
    async with scene.house.database.work(scene.house.clock()) as work:
        screen = Screen((Say("settings-pause-ended"),), neutral=True)
        await work.send(Letter(await scene.mother.person(), screen, purpose=Purpose.CALL))
        await work.commit()
    await scene.house.deliver()
    assert len(scene.mother.inbox) == heard + 1
    assert scene.mother.last.text != NEWS
    scene.house.clock.pass_by(seconds=30)
    await scene.house.deliver()
    assert scene.mother.last.text == NEWS


async def test_after_five_minutes_nobody_stops_it(scene: Scene) -> None:
    await approved(scene)
    [command] = await board(scene, scene.head)
    await scene.head.says(command)
    await scene.leaves()
    await scene.head.presses("Так, зупинити")
    assert scene.head.hears("recall-late")
    assert scene.mother.last.text == NEWS
    assert await board(scene, scene.head) == []


async def test_nobody_else_stops_it(scene: Scene) -> None:
    await approved(scene)
    [command] = await board(scene, scene.head)
    for role in (Role.HEAD, Role.VERIFIER, Role.SPECIALIST):
        other = await scene.house.staff(role, "kharkiv", name="Бойко Олег")
        await other.says(command)
        assert other.hears("recall-late")
        assert await board(scene, other) == []


async def test_within_the_five_minutes_nothing_tells_of_it(scene: Scene) -> None:
    await approved(scene)
    await scene.mother.says("/updates")
    assert scene.mother.hears("updates-none")


async def test_a_stopped_correction_sends_the_line_that_still_waited_for_the_family(scene: Scene) -> None:
    """At night the first has not left yet when its correction is approved: the line is dropped, and comes back once."""
    scene.house.clock.go_to(kyiv(24, 22))
    await approved(scene)
    scene.house.clock.pass_by(minutes=5)
    await scene.author.says(f"/amend {scene.number}")
    await scene.author.presses(scene.author.keys[0].label)
    await scene.author.presses("Виправити слова")
    await scene.author.says("Уточнення: ім’я внесено до реєстру 21 листопада.")
    await scene.author.presses("Без англійського тексту")
    await scene.author.presses("Підписую")
    await scene.head.says(f"/approve {scene.number}")
    await scene.head.presses("Підписати й надіслати рідним")
    await scene.head.presses("Так, зупинити")
    await scene.leaves()
    assert NEWS not in [message.text for message in scene.mother.inbox], "not at night"
    scene.house.clock.go_to(kyiv(25, 10))
    await scene.house.deliver()
    assert [message.text for message in scene.mother.inbox].count(NEWS) == 1
