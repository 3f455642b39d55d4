"""Only by a human voice: nothing about the search is written to a family, and a person calls instead."""

import ast
from pathlib import Path

import pytest

import casework
from casework import rulebook
from casework.actor import Actor, Channel, Role
from casework.calls import Reason
from casework.human_voice import SEARCH
from casework.kinship import KinshipState
from casework.letters import Purpose, Say
from tests.journeys.updating import NEWS, WORDS, Scene, set_out
from tests.visiting import Guest, House, with_code


@pytest.fixture
async def scene(house: House) -> Scene:
    return await set_out(house)


async def reasons(scene: Scene, guest: Guest) -> list[Reason]:
    async with scene.house.database.work(scene.house.clock()) as work:
        return [task.reason for task in await work.calls.open_of(await guest.person(), None)]


async def sets(scene: Scene, member: Guest) -> None:
    await member.says(f"/voice {scene.number}")
    assert member.sees("Причину зазначати не треба")
    await member.presses("Так, лише голосом")


async def test_an_approved_update_is_told_by_a_call_to_every_relative(scene: Scene) -> None:
    sister, _ = await scene.another(KinshipState.VERIFIED)
    operator = await scene.house.staff(Role.OPERATOR, "kharkiv")
    await sets(scene, operator)
    assert operator.sees("2 дзвінки")
    heard = len(scene.mother.inbox), len(sister.inbox)
    await scene.released()
    assert scene.head.sees("2 людям про це скаже людина з центру")
    assert not scene.head.hears("approve-done", recipients=2, number=scene.number)
    assert (len(scene.mother.inbox), len(sister.inbox)) == heard, "nothing is written, also not that there is something"
    for relative in (scene.mother, sister):
        assert (await reasons(scene, relative)).count(Reason.VOICE) == 1
    await operator.says(f"/call {scene.number}")
    assert operator.sees(WORDS), "whoever calls sees what is to be told"
    await scene.mother.says("/updates")
    assert not scene.mother.sees(WORDS)
    assert not scene.mother.sees("24 листопада")


async def test_what_was_written_before_is_held_back_and_not_sent_afterwards(scene: Scene) -> None:
    """Set between the approval and the sending, and between the sending and the opening."""
    await scene.released()
    assert scene.mother.last.text == NEWS
    await sets(scene, scene.head)
    await scene.mother.presses("Прочитати")
    assert scene.mother.sees("Про це з вами поговорить людина з центру")
    assert not scene.mother.sees(WORDS)
    await scene.head.says(f"/voice {scene.number}")
    await scene.head.presses("Так, знову писати")
    assert scene.head.hears("proposal-write-again", number=scene.number)
    assert (await scene.house.second()).hears("voice-ended", number=scene.number)
    heard = len(scene.mother.inbox)
    await scene.house.deliver()
    assert len(scene.mother.inbox) == heard, "what was held back is said by voice"
    await scene.mother.says("/updates")
    await scene.mother.presses(f"{scene.number}, 24 листопада 2026")
    assert scene.mother.sees(WORDS), "from now on it may be read again"


async def test_what_was_read_stays_readable(scene: Scene) -> None:
    await scene.released()
    await scene.mother.presses("Прочитати")
    await sets(scene, scene.head)
    await scene.mother.says("/updates")
    await scene.mother.presses(f"{scene.number}, 24 листопада 2026")
    assert scene.mother.sees(WORDS)


async def test_a_relative_who_was_told_gets_no_more_and_nobody_else_notices(scene: Scene) -> None:
    sister, number = await scene.another(KinshipState.VERIFIED)
    await sister.says("/reports")
    await sister.presses("Нам уже повідомили")
    assert sister.sees("Розповідати тут нічого не треба")
    await sister.presses("Так, більше не пишіть про пошук")
    assert sister.sees("Про пошук ми вам більше не пишемо")
    heard = len(sister.inbox)
    await scene.released()
    assert scene.mother.last.text == NEWS, "the other relative gets what is released"
    assert len(sister.inbox) == heard
    assert Reason.VOICE in await reasons(scene, sister)
    assert Reason.VOICE not in await reasons(scene, scene.mother)
    await scene.head.says(f"/case {number}")
    assert scene.head.sees("Сказали: «нам уже повідомили»")
    await sister.says("/reports")
    assert sister.sees("Про пошук з вами говорить лише людина з центру")
    assert not sister.sees("Перевірених повідомлень поки немає")
    assert "Нам уже повідомили" not in [key.label for key in sister.keys]


async def test_reminders_of_a_visit_and_answers_still_come(scene: Scene) -> None:
    await sets(scene, scene.head)
    await scene.mother.says("/reports")
    assert scene.mother.sees("Про пошук з вами говорить лише людина з центру")
    await scene.mother.says("/visits")
    assert scene.mother.last.text


async def test_a_decision_on_the_kinship_is_told_by_a_call(scene: Scene) -> None:
    await sets(scene, scene.head)
    heard = len(scene.mother.inbox)
    verifier = await scene.house.staff(Role.VERIFIER, "kharkiv")
    await verifier.says(f"/kinship {scene.number}")
    await verifier.presses("Скасувати підтвердження")
    await verifier.presses(verifier.keys[0].label)
    assert verifier.sees(scene.number)
    assert len(scene.mother.inbox) == heard


async def test_lifting_it_takes_who_decides_and_a_factor_on_the_page(scene: Scene) -> None:
    operator = await scene.house.staff(Role.OPERATOR, "kharkiv")
    await sets(scene, operator)
    await operator.says(f"/voice {scene.number}")
    await operator.presses("Так, знову писати")
    assert operator.hears("staff-not-allowed")
    async with scene.house.database.work(scene.house.clock()) as work:
        assert await work.voices.of((await work.reports.of(await scene.mother.person()))[0].id) is not None


async def test_who_sets_it_alone_is_looked_at_within_a_working_day(scene: Scene) -> None:
    """It protects at once; and it holds back a family's news, so it is not left to one person for long."""
    operator = await scene.house.staff(Role.OPERATOR, "kharkiv")
    await sets(scene, operator)
    await operator.says("/proposals")
    await operator.presses("лише живим голосом")
    assert [key.label for key in operator.keys][:1] == ["Ще ні"], "nobody takes it out of sight"
    scene.house.clock.pass_by(hours=23)
    await scene.house.deliver()
    assert not any("другий працівник" in message.text for message in scene.head.inbox)
    scene.house.clock.pass_by(hours=2)
    await scene.house.deliver()
    assert any("другий працівник" in message.text for message in scene.head.inbox)
    async with scene.house.database.work(scene.house.clock()) as work:
        person = await scene.head.person()
        actor = Actor(person, "uk", Channel.WEB, await with_code(person, work))
        board = await rulebook.board(actor, work)
        assert Say("proposals-board.late") in [cell for section in board for row in section.rows for cell in row.cells]
        await work.commit()
    verifier = await scene.house.second()
    assert verifier.hears("voice-confirmed", number=scene.number)


async def test_signed_in_time_nobody_is_told(scene: Scene) -> None:
    operator = await scene.house.staff(Role.OPERATOR, "kharkiv")
    await sets(scene, operator)
    await scene.house.second()
    scene.house.clock.pass_by(hours=26)
    await scene.house.deliver()
    assert not any("другий працівник" in message.text for message in scene.head.inbox)


async def test_another_center_cannot_set_it(scene: Scene) -> None:
    stranger = await scene.house.staff(Role.OPERATOR, "lviv")
    await stranger.says(f"/voice {scene.number}")
    assert stranger.sees("відповідає інший центр")


async def test_a_case_that_is_joined_brings_it_along_and_takes_it_back(scene: Scene) -> None:
    """Two cases turn out to be one person's: the stricter holds for both, and parted again each keeps it."""
    sister = scene.house.guest()
    number = await sister.registers(own_name="Петренко Олена")
    async with scene.house.database.work(scene.house.clock()) as work:
        own = (await work.reports.of(await scene.mother.person()))[0]
        other = (await work.reports.of(await sister.person()))[0]
        staff = await with_code(await scene.head.person(), work)
        assert staff is not None
        await work.voices.begin(other.id, staff.id)
        assert await work.voices.of(own.id) is None
        await work.cases.join(other.case, own.case, staff.id)
        assert await work.voices.of(own.id) is not None
        await work.voices.begin(own.id, staff.id)
        await work.cases.part(other.id, staff.id)
        assert await work.voices.of(other.id) is not None
        assert await work.voices.of(own.id) is not None
        await work.voices.end(own.id)
        assert await work.voices.of(own.id) is None
        assert await work.voices.of(other.id) is not None
        await work.commit()
    assert number


def test_every_letter_about_the_search_names_what_it_tells_of() -> None:
    """Or it could not be held back: in the source, so that a new one cannot be forgotten."""
    found = 0
    for file in Path(casework.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Letter":
                given = {word.arg: ast.unparse(word.value) for word in node.keywords}
                purpose = given.get("purpose", "").removeprefix("Purpose.")
                if purpose in {one.name for one in SEARCH}:
                    found += 1
                    assert "reads" in given, f"{file.name}:{node.lineno} tells of the search and names nothing"
    assert found >= 3


async def test_whoever_asks_for_silence_is_not_called_instead_of_a_text_of_the_search(scene: Scene) -> None:
    sister, number = await scene.another(KinshipState.VERIFIED)
    await sets(scene, scene.head)
    for relative, report in ((scene.mother, scene.number), (sister, number)):
        async with scene.house.database.work(scene.house.clock()) as work:
            own = (await work.reports.of(await relative.person()))[0].id
            await rulebook.call_instead(await relative.person(), Purpose.UPDATE, f"invitation:{own}", work)
            await work.commit()
        assert set(await reasons(scene, relative)) >= {Reason.VOICE, Reason.SPOKEN}
        await relative.says(f"/often {report}")
        await relative.presses("Не писати мені про пошук")
        assert Reason.SPOKEN in await reasons(scene, relative), "an invitation is no news of the search"
    await scene.released()
    for relative in (scene.mother, sister):
        assert Reason.VOICE not in await reasons(scene, relative), "nor is a new call planned"
    await sister.says(f"/often {number}")
    await sister.presses("Як обіцяє центр")
    assert Reason.VOICE in await reasons(scene, sister)
    assert Reason.VOICE not in await reasons(scene, scene.mother)


async def test_nobody_is_called_where_all_asked_for_silence(scene: Scene) -> None:
    await scene.mother.says(f"/often {scene.number}")
    await scene.mother.presses("Не писати мені про пошук")
    await sets(scene, scene.head)
    assert scene.head.hears("voice-done-quiet", number=scene.number)
    assert Reason.VOICE not in await reasons(scene, scene.mother)
