"""A check code: valid for one recipient, shows again what was written under it, and unmasks a forgery."""

import pytest

from casework.kinship import KinshipState
from tests.journeys.updating import WORDS, Scene, code_in, set_out
from tests.visiting import House


@pytest.fixture
async def scene(house: House) -> Scene:
    return await set_out(house)


async def test_two_relatives_have_two_codes_and_each_checks_only_their_own(scene: Scene) -> None:
    sister, _ = await scene.another(KinshipState.VERIFIED)
    await scene.released()
    await scene.mother.presses("Прочитати")
    await sister.presses("Прочитати")
    mothers, sisters = code_in(scene.mother), code_in(sister)
    assert mothers != sisters
    await scene.mother.says(f"/check {mothers}")
    assert scene.mother.sees("Цей код справжній")
    assert scene.mother.sees(WORDS)
    await sister.says(f"/check {mothers}")
    of_another = sister.news
    await sister.says("/check A3C4-K7MX")
    assert sister.news == of_another
    assert "це повідомлення не від нас" in of_another
    assert "102" in of_another


async def test_a_copied_code_under_a_false_text_is_unmasked(scene: Scene) -> None:
    """Somebody has seen the mother's message and sends her, and her sister, a false one under its code."""
    sister, _ = await scene.another(KinshipState.VERIFIED)
    await scene.released()
    await scene.mother.presses("Прочитати")
    stolen = code_in(scene.mother)
    await scene.mother.says("/menu")
    await scene.mother.says(stolen.lower())
    assert scene.mother.sees(WORDS)
    assert scene.mother.sees("Якщо деінде під цим кодом стоїть інший текст, він не від нас")
    await sister.says("/menu")
    await sister.says(stolen)
    assert sister.sees("За цим кодом ми вам нічого не писали")
    assert sister.sees("ми ніколи не просимо грошей")
    assert not sister.sees(WORDS)


async def test_a_code_of_one_whose_kinship_was_revoked_shows_no_text(scene: Scene) -> None:
    await scene.released()
    await scene.mother.presses("Прочитати")
    code = code_in(scene.mother)
    await scene.kinship(scene.number, KinshipState.REVOKED)
    await scene.mother.says(f"/check {code}")
    assert scene.mother.sees("Цей код справжній")
    assert not scene.mother.sees(WORDS)


async def test_codes_cannot_be_guessed_one_after_another(scene: Scene) -> None:
    stranger = scene.house.guest()
    await stranger.consents()
    for _ in range(10):
        await stranger.says("/check A3C4-K7MX")
        assert stranger.sees("не від нас")
    await stranger.says("/check A3C4-K7MX")
    assert stranger.sees("Забагато кодів")
    scene.house.clock.pass_by(minutes=61)
    await stranger.says("/check A3C4-K7MX")
    assert stranger.sees("не від нас")


async def test_a_report_s_own_number_is_named_for_what_it_is_and_frightens_nobody(scene: Scene) -> None:
    mother = scene.mother
    for typed in (scene.number, scene.number.replace("-", ""), f"№ {scene.number}"):
        await mother.says(f"/check {typed}")
        assert mother.hears("check-own-report", number=scene.number), typed
        assert not mother.hears("check-not-ours")
    stranger = scene.house.guest()
    await stranger.consents()
    await stranger.says(f"/check {scene.number}")
    assert stranger.hears("check-not-ours"), "nobody learns whether a number exists"
