"""Where a case stands: moved by an update that two sign, with its source, and back only for a reason."""

from datetime import timedelta

import pytest

from casework.kinship import KinshipState
from casework.numbers import ReportNumber
from tests.journeys.updating import WORDS, Scene, set_out
from tests.visiting import Guest, House, with_code


@pytest.fixture
async def scene(house: House) -> Scene:
    return await set_out(house)


async def moves(scene: Scene, level: str, stage: str, on: str = "20.11.2026", number: str = "", why: str = "") -> None:
    """The author writes an update by which the case moves, and signs it."""
    author = scene.author
    await author.says(f"/update {number or scene.number}")
    await author.presses(level)
    await author.presses("Полон")
    await author.presses("Національне інформаційне бюро")
    await author.presses("документ")
    await author.says(on)
    await author.presses(stage)
    if why:
        assert author.asked("write-stage-why")
        await author.says(why)
    await author.says(WORDS)
    await author.presses("Без англійського тексту")
    await author.presses("Так, далі до підпису")
    await author.presses("Підписую")


async def card(scene: Scene, number: str = "") -> Guest:
    await scene.author.says(f"/case {number or scene.number}")
    return scene.author


async def test_an_update_moves_a_case_and_the_family_reads_where_it_stands(scene: Scene) -> None:
    await moves(scene, "У реєстрі НІБ", "У реєстрі НІБ, про полон невідомо")
    assert not (await card(scene)).sees("Стан справи"), "one signature moves nothing"
    await scene.head.says(f"/approve {scene.number}")
    assert scene.head.sees("Тема: Полон")
    assert scene.head.sees("Новий стан справи: У реєстрі НІБ, про полон невідомо")
    await scene.head.presses("Підписати й надіслати рідним")
    await scene.leaves()
    assert (await card(scene)).sees("Стан справи: У реєстрі НІБ, про полон невідомо, за джерелом від 20 листопада 2026")
    await scene.mother.presses("Прочитати")
    assert scene.mother.sees("Стан: запис у реєстрі Національного інформаційного бюро є, про полон поки невідомо")
    assert scene.mother.sees("Про що: Полон")


async def test_a_case_goes_back_for_a_reason_that_the_family_does_not_read(scene: Scene) -> None:
    await moves(scene, "Підтвердив Червоний Хрест", "Полон підтвердив Червоний Хрест")
    await scene.approves()
    await moves(scene, "У реєстрі НІБ", "Немає в реєстрі НІБ", "23.11.2026", why="Бюро виправило помилку в записі.")
    await scene.head.says(f"/approve {scene.number}")
    assert scene.head.sees("Стан справи зараз: Полон підтвердив Червоний Хрест")
    assert scene.head.sees("Причина від автора: «Бюро виправило помилку в записі.»")
    await scene.head.presses("Підписати й надіслати рідним")
    await scene.leaves()
    seen = (await card(scene)).news
    assert "Стан справи: Немає в реєстрі НІБ" in seen
    assert "Раніше стан справи: Полон підтвердив Червоний Хрест" in seen
    await scene.mother.presses("Прочитати")
    assert scene.mother.sees("ще немає")
    assert not scene.mother.sees("виправило")


async def test_a_case_that_moved_meanwhile_is_written_of_anew(scene: Scene) -> None:
    await moves(scene, "У реєстрі НІБ", "У реєстрі НІБ, про полон невідомо")
    await moves(scene, "Підтвердив Червоний Хрест", "Полон підтвердив Червоний Хрест")
    await scene.head.says(f"/approve {scene.number}")
    await scene.head.presses("Написано")
    await scene.head.presses("Підписати й надіслати рідним")
    await scene.leaves()
    await scene.head.says(f"/approve {scene.number}")
    assert scene.head.sees("стан справи змінився")
    assert [key.label for key in scene.head.keys][:1] == ["Повернути авторові"]


@pytest.mark.parametrize("alive", [True, False])
async def test_where_somebody_is_is_written_only_if_the_source_says_alive(scene: Scene, alive: bool) -> None:
    author = scene.author
    await author.says(f"/update {scene.number}")
    for pressed in ("Від частини", "Місце служби", "Військова частина", "документ"):
        await author.presses(pressed)
    await author.says("20.11.2026")
    await author.presses("Відомо, де перебуває")
    await author.presses("Так, джерело каже це" if alive else "Ні, або це незрозуміло")
    if not alive:
        assert author.sees("на розмову запрошують")
        assert author.asked("inviting"), "the only way that is left"
        return
    await author.presses("У військовій частині")
    await author.says(WORDS)
    await author.presses("Без англійського тексту")
    await author.presses("Так, далі до підпису")
    await author.presses("Підписую")
    await scene.approves()
    await scene.mother.presses("Прочитати")
    assert scene.mother.sees("Стан: людина жива. Вона перебуває у військовій частині.")


async def test_joined_cases_stand_where_the_later_source_says_and_parted_each_where_it_did(scene: Scene) -> None:
    sister = scene.house.guest()
    number = await sister.registers(own_name="Петренко Олена")
    await scene.kinship(number, KinshipState.VERIFIED)
    await moves(scene, "У реєстрі НІБ", "У реєстрі НІБ, про полон невідомо", "22.11.2026")
    await scene.approves()
    await moves(scene, "Підтвердив Червоний Хрест", "Полон підтвердив Червоний Хрест", "21.11.2026", number)
    await scene.head.says(f"/approve {number}")
    await scene.head.presses("Підписати й надіслати рідним")
    await scene.leaves()
    async with scene.house.database.work(scene.house.clock()) as work:
        own = await work.reports.by_number(ReportNumber(scene.number.replace("-", "")))
        theirs = await work.reports.by_number(ReportNumber(number.replace("-", "")))
        staff = await with_code(await scene.head.person(), work)
        assert own is not None
        assert theirs is not None
        assert staff is not None
        await work.cases.join(theirs.case, own.case, staff.id)
        await work.commit()
    for one in (scene.number, number):
        assert (await card(scene, one)).sees("Стан справи: У реєстрі НІБ, про полон невідомо")
    scene.house.clock.at += timedelta(minutes=1)
    await scene.author.says(f"/part {number}")
    await scene.author.presses("Так")
    assert (await card(scene, number)).sees("Стан справи: Полон підтвердив Червоний Хрест")
    assert (await card(scene)).sees("Стан справи: У реєстрі НІБ, про полон невідомо")
