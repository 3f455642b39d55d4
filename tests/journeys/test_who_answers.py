"""Who answers a relative: whoever takes it, the lead, whom it was handed to; and never again whom they did not want."""

from dataclasses import replace

import pytest

from casework.actor import Channel, Role
from casework.correspondence import look_after
from casework.ids import CenterId, StaffId
from casework.leads import Duty
from casework.letters import Say
from tests.journeys.corresponding import LETTER, REPLY, Scene, set_out
from tests.journeys.test_leads import assigns
from tests.visiting import WORDS, Guest, House


@pytest.fixture
async def scene(house: House) -> Scene:
    return await set_out(house)


async def member_of(scene: Scene, guest: Guest) -> StaffId:
    async with scene.house.database.work(scene.house.clock()) as work:
        member = await work.staff.member_of(await guest.person())
    assert member is not None
    return member.id


async def asks_for_another(scene: Scene) -> None:
    await scene.mother.says("/write")
    if not scene.mother.asked("correspondence-what"):
        await scene.mother.says("/write")
    await scene.mother.presses("Хай відповідає інша людина")
    await scene.mother.presses("Так, хай відповідає інша людина")


async def test_a_messenger_tells_a_member_only_that_words_wait(scene: Scene) -> None:
    away = await scene.house.staff(Role.OPERATOR, channel=Channel.TELEGRAM, name="Бойко Ірина")
    await scene.writes()
    assert away.hears("correspondence-waits")
    await away.presses("Відкрити листування")
    assert not away.sees("Командир")
    assert not away.sees("Петренко")
    assert "/" in away.last.text, "where the page is"


async def test_two_who_answer_at_once_the_second_sees_the_first_s_answer_before(scene: Scene) -> None:
    await scene.writes()
    await scene.opens(scene.operator)
    await scene.opens(scene.colleague)
    await scene.colleague.says("Приїжджайте в четвер")
    await scene.operator.says(REPLY)
    await scene.operator.presses("Надіслати")
    heard = len(scene.mother.inbox)
    await scene.colleague.presses("Надіслати")
    assert scene.colleague.hears("correspondence-changed")
    assert scene.colleague.sees(REPLY)
    assert scene.colleague.sees("Приїжджайте в четвер"), "nothing that was typed is lost"
    assert len(scene.mother.inbox) == heard
    await scene.colleague.presses("Надіслати")
    assert scene.colleague.hears("correspondence-sent")
    await scene.mother.presses("Прочитати відповідь")
    assert scene.mother.sees(REPLY)
    assert scene.mother.sees("Приїжджайте в четвер")


async def test_it_is_handed_on_with_a_note_that_no_family_reads(scene: Scene) -> None:
    psychologist = await scene.house.staff(Role.SPECIALIST, name="Мороз Дарина")
    await scene.writes()
    await scene.opens(psychologist)
    assert psychologist.hears("correspondence-gone"), "not theirs yet"
    await scene.opens(scene.operator)
    await scene.operator.presses("Передати колезі")
    await scene.operator.presses("Мороз Дарина")
    await scene.operator.says("Просить поради, дуже втомлена")
    assert scene.operator.sees("Далі відповідає Мороз Дарина")
    await scene.opens(psychologist)
    assert psychologist.sees(LETTER)
    assert psychologist.sees("Просить поради, дуже втомлена")
    await scene.answers(member=psychologist)
    await scene.mother.presses("Прочитати відповідь")
    assert scene.mother.sees(REPLY)
    assert not scene.mother.sees("втомлена")


async def test_whoever_is_a_neighbour_answers_no_more_and_sees_nothing(scene: Scene) -> None:
    await scene.writes()
    await scene.answers()
    await scene.mother.says("/write")
    assert scene.mother.sees(REPLY), "what was answered comes first"
    await scene.mother.says("/write")
    await scene.mother.presses("Хай відповідає інша людина")
    await scene.mother.presses("Так, хай відповідає інша людина")
    assert scene.mother.hears("correspondence-another-done")
    await scene.mother.says("Тепер можу розказати більше про нього")
    await scene.opens(scene.operator)
    assert scene.operator.hears("correspondence-gone")
    await scene.operator.says("/correspondence")
    assert scene.operator.hears("correspondence-none")
    await scene.opens(scene.colleague)
    assert scene.colleague.sees("Тепер можу розказати більше")
    assert scene.colleague.hears("correspondence-asked-another")


async def test_words_go_to_the_lead_and_whom_the_relative_does_not_want_is_neither(scene: Scene) -> None:
    lead = await scene.house.staff(Role.SPECIALIST, name="Мороз Дарина")
    async with scene.house.database.work(scene.house.clock()) as work:
        member = await work.staff.member_of(await lead.person())
        other = await work.staff.member_of(await scene.operator.person())
        [report] = await work.reports.of(await scene.mother.person())
        assert member is not None
        assert other is not None
        await work.leads.give(report.id, Duty(member.id, other.id, work.now))
        await work.commit()
    await scene.writes()
    assert (await scene.of(scene.mother)).holder == member.id
    await scene.opens(lead)
    assert lead.sees(LETTER)
    await scene.answers(member=scene.operator)
    assert (await scene.of(scene.mother)).holder == member.id, "a colleague helped out, and the lead stays"
    await scene.mother.presses("Прочитати відповідь")
    await scene.mother.says("/write")
    await scene.mother.presses("Хай відповідає інша людина")
    await scene.mother.presses("Так, хай відповідає інша людина")
    await scene.mother.says("Тепер розкажу більше про нього")
    for neighbour in (lead, scene.operator):
        await scene.opens(neighbour)
        assert neighbour.hears("correspondence-gone"), "who held it, and who answered last"
    third = await member_of(scene, scene.colleague)
    assert (await scene.of(scene.mother)).holder == third, "who leads now"
    async with scene.house.database.work(scene.house.clock()) as work:
        duty = await work.leads.of(report.id)
        assert duty is not None
        assert duty.lead == third, "one wish, whichever way it is said"


async def test_who_was_not_wanted_once_never_sees_it_again_however_many_follow(scene: Scene) -> None:
    await scene.writes()
    await scene.answers()
    await asks_for_another(scene)
    third = await scene.house.staff(Role.OPERATOR, name="Сорока Яна")
    await scene.mother.says("Тепер можу розказати більше про нього")
    await scene.answers(member=scene.colleague)
    await asks_for_another(scene)
    assert scene.mother.hears("correspondence-another-done")
    both = {await member_of(scene, scene.operator), await member_of(scene, scene.colleague)}
    assert (await scene.of(scene.mother)).kept_from == both
    for neighbour in (scene.operator, scene.colleague):
        await scene.opens(neighbour)
        assert neighbour.hears("correspondence-gone")
    await scene.opens(third)
    assert third.sees("Тепер можу розказати більше")


async def test_where_nobody_else_can_answer_somebody_still_reads_it_until_there_is_another(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    only = await house.staff(Role.OPERATOR)
    scene = Scene(house, mother, number, only, only)
    await assigns(house)
    await scene.writes()
    await mother.says(f"/otherlead {number}")
    await mother.presses("Так, хочу іншу")
    assert mother.hears("otherlead-none")
    await scene.answers()
    await asks_for_another(scene)
    assert mother.hears("correspondence-another-none", noted="true")
    await mother.says("Тепер можу розказати більше про нього")
    assert await scene.board_of(only), "or nobody would read it"
    await scene.opens(only)
    assert only.sees("Тепер можу розказати більше")
    other = await house.staff(Role.OPERATOR, name="Ткач Олег")
    await assigns(house)
    await scene.opens(only)
    assert only.hears("correspondence-gone"), "as soon as there is another"
    assert "відповідаєте ви" in await scene.board_of(other)


async def test_the_board_shows_who_waits_since_when_and_who_answers(scene: Scene) -> None:
    assert not await scene.board_of(scene.operator)
    await scene.writes()
    assert await scene.board_of(scene.operator) == ("чекає з 24 лист., 10:00 · ще ніхто не відповідає · Петренко Марія")
    scene.house.clock.pass_by(hours=31)
    assert "запізно" in await scene.board_of(scene.operator)
    await scene.answers()
    assert not await scene.board_of(scene.operator)
    await scene.mother.says("А що з собою взяти до вас")
    assert "відповідаєте ви" in await scene.board_of(scene.operator)
    assert "відповідає Коваль Олена" in await scene.board_of(scene.colleague)
    assert not await scene.board_of(await scene.house.staff(Role.OPERATOR, "lviv"))
    assert not await scene.board_of(await scene.house.staff(Role.SPECIALIST)), "nobody has handed it on"


async def test_what_a_closed_center_has_goes_to_the_one_that_answers_now(scene: Scene) -> None:
    await scene.writes()
    async with scene.house.database.work(scene.house.clock()) as work:
        center = await work.centers.get(CenterId("kharkiv"))
        for region in center.regions:
            await work.centers.answers(CenterId("vinnytsia"), region, work.now.date())
        await look_after(work)
        await work.commit()
    assert (await scene.of(scene.mother)).center == "vinnytsia"
    await scene.opens(scene.operator)
    assert scene.operator.hears("correspondence-gone")
    there = await scene.house.staff(Role.OPERATOR, "vinnytsia", name="Сорока Яна")
    await scene.answers(member=there)
    await scene.mother.presses("Прочитати відповідь")
    assert scene.mother.sees(REPLY)


async def test_whoever_calls_knows_that_words_wait_and_a_call_for_something_else_answers_nothing(scene: Scene) -> None:
    await scene.writes()
    id = (await scene.of(scene.mother)).id
    verifier = await scene.house.staff(Role.VERIFIER)
    await verifier.says(f"/call {scene.number}")
    assert not verifier.hears("call-written", id=str(id)), "it is not theirs to read"
    await scene.operator.says(f"/call {scene.number}")
    assert scene.operator.hears("call-written", id=str(id))
    await scene.operator.presses("Поговорили")
    assert (await scene.of(scene.mother)).waits_since is not None
    await scene.opens(scene.operator)
    await scene.operator.presses("Відповіли голосом")
    found = await scene.of(scene.mother)
    assert (found.waits_since, found.due) == (None, None)


async def test_where_only_who_is_kept_away_is_left_a_head_is_told_and_reads_it(scene: Scene) -> None:
    await scene.writes()
    await scene.answers()
    await asks_for_another(scene)
    head = await scene.house.staff(Role.HEAD, name="Мороз Ірина")
    await scene.mother.says("Тепер можу розказати більше про нього")
    async with scene.house.database.work(scene.house.clock()) as work:
        found = await work.correspondences.of(await scene.mother.person())
        assert found is not None
        asked = found.kept_from | {await member_of(scene, head)}
        await work.correspondences.keep(replace(found, kept_from=asked, waits_since=scene.house.clock()))
        await work.staff.deactivate(await member_of(scene, scene.colleague))
        await work.commit()
    await scene.opens(head)
    assert head.hears("correspondence-gone")
    async with scene.house.database.work(scene.house.clock()) as work:
        await look_after(work)
        await work.commit()
    await scene.house.deliver()
    assert WORDS.say("uk", Say("correspondence-nobody-else")) in head.last.text
    await scene.opens(head)
    assert head.sees("Тепер можу розказати більше")
    await scene.opens(scene.operator)
    assert scene.operator.hears("correspondence-gone"), "not wanted is not wanted"
