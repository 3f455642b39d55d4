"""News of a release: held for each relative until a call reached them, and nothing tells that something waits."""

import pytest

from casework.actor import Channel, Role
from casework.audit import Deed, Filter
from casework.calls import Reason
from casework.kinship import KinshipState
from tests.journeys.updating import EVERYWHERE, NEWS, Scene, set_out, word
from tests.visiting import Guest, House

HOME = "Звільнення підтверджено, дорога додому триває. Ми поруч і підкажемо, що робити далі."


@pytest.fixture(params=[Channel.TELEGRAM, Channel.VIBER, Channel.WEB])
async def scene(house: House, request: pytest.FixtureRequest) -> Scene:
    return await set_out(house, request.param)


async def written(scene: Scene) -> None:
    author = scene.author
    await author.says(f"/update {scene.number}")
    for pressed in ("Звільнення", "Повернення", "Національне інформаційне бюро", "документ"):
        await author.presses(pressed)
    await author.says("23.11.2026")
    await author.presses("Звільнення")
    await author.says(HOME)
    await author.presses("Без англійського тексту")
    await author.presses("Так, далі до підпису")
    await author.presses("Підписую")


async def approved(scene: Scene) -> None:
    await written(scene)
    await scene.approves()


async def to_call(scene: Scene, guest: Guest) -> list[Reason]:
    """Why somebody is to call them."""
    async with scene.house.database.work(scene.house.clock()) as work:
        return [task.reason for task in await work.calls.open_of(await guest.person(), None)]


async def amends(scene: Scene, how: str, words: str = "") -> None:
    author = scene.author
    await author.says(f"/amend {scene.number}")
    await author.presses(author.keys[0].label)
    await author.presses(how)
    if words:
        await author.says(words)
        await author.presses("Без англійського тексту")
    await author.presses("Підписую")
    await scene.approves()


async def calls(scene: Scene, member: Guest, number: str, how: str = "Поговорили") -> None:
    await member.says(f"/call {number}")
    await member.presses(how)
    await scene.house.deliver()


async def knows_nothing(scene: Scene, guest: Guest, heard: int) -> None:
    """No line came, and none of what they can ask for tells that there is something."""
    assert len(guest.inbox) == heard
    await guest.says("/updates")
    assert guest.hears("updates-none")
    for asked in ("/reports", "/menu", "/often"):
        await guest.says(asked)
        for told in (HOME, word(guest, "update-level.released"), word(guest, "update-news")):
            assert told not in guest.news


@pytest.mark.parametrize(("channel", "language"), EVERYWHERE)
async def test_a_release_is_told_by_voice_and_each_relative_waits_for_their_own_call(
    house: House, channel: Channel, language: str
) -> None:
    scene = await set_out(house, channel, language)
    sister, number = await scene.another(KinshipState.VERIFIED, language)
    heard = len(scene.mother.inbox), len(sister.inbox)
    await approved(scene)
    assert any("спершу каже людина" in message.text for message in scene.head.inbox)
    await knows_nothing(scene, scene.mother, heard[0])
    await knows_nothing(scene, sister, heard[1])
    operator = await scene.house.staff(Role.OPERATOR, "kharkiv")
    await operator.says(f"/case {scene.number}")
    assert operator.sees("Чекає на дзвінок")
    await operator.says(f"/call {scene.number}")
    assert operator.sees(HOME), "whoever calls sees what is to be told"
    await operator.presses("Поговорили")
    assert operator.sees("тепер піде родичеві й текстом")
    await scene.house.deliver()
    assert scene.mother.last.text == word(scene.mother, "update-news")
    await scene.mother.presses(word(scene.mother, "update-news.read"))
    assert scene.mother.hears("update-means-released")
    assert scene.mother.sees(HOME)
    await sister.says("/updates")
    assert sister.hears("updates-none"), "the mother's call opens nothing to the sister"
    await calls(scene, operator, number)
    assert sister.last.text == word(sister, "update-news")


async def test_a_call_that_nobody_answered_lets_nothing_go(scene: Scene) -> None:
    heard = len(scene.mother.inbox)
    await approved(scene)
    operator = await scene.house.staff(Role.OPERATOR, "kharkiv")
    await operator.says(f"/call {scene.number}")
    await operator.presses("Не відповідають")
    assert not any(message.text == NEWS for message in scene.mother.inbox[heard:])
    await scene.mother.says("/updates")
    assert scene.mother.hears("updates-none")


async def test_a_call_that_one_of_the_signers_entered_does_not_count(scene: Scene) -> None:
    await approved(scene)
    for signer in (scene.author, scene.head):
        await calls(scene, signer, scene.number)
        assert any("його підписали ви" in message.text for message in signer.inbox[-4:])
    await scene.mother.says("/updates")
    assert scene.mother.hears("updates-none")
    assert Reason.RELEASE in await to_call(scene, scene.mother), "a colleague still has it in the queue"
    await calls(scene, await scene.house.staff(Role.OPERATOR, "kharkiv"), scene.number)
    assert Reason.RELEASE not in await to_call(scene, scene.mother)
    assert scene.mother.last.text == NEWS


async def test_the_head_lets_it_go_in_writing_and_to_one_relative_only(scene: Scene) -> None:
    sister, _ = await scene.another(KinshipState.VERIFIED)
    await approved(scene)
    await scene.head.says(f"/release {scene.number}")
    assert scene.head.sees("Ще не телефонували")
    await scene.head.presses("Так, надіслати")
    await scene.head.says("Третій день поза зв’язком, а обмін уже оголошено.")
    assert scene.mother.last.text == NEWS
    assert NEWS not in [message.text for message in sister.inbox]
    async with scene.house.database.work(scene.house.clock()) as work:
        deeds = [(entry.deed, entry.what) for entry in await work.audit.rows(Filter())]
        tasks = [task.reason for task in await work.calls.open_of(await sister.person(), None)]
    assert (Deed.ACTED, "release-let-go") in deeds
    assert Reason.RELEASE in tasks, "the sister is called all the same"
    await scene.author.says(f"/case {scene.number}")
    assert scene.author.sees("Третій день поза зв’язком"), "colleagues read why"


async def test_who_asked_for_silence_is_called_once_they_take_it_back(scene: Scene) -> None:
    mother, asked = scene.mother, "Не писати мені про пошук"
    await mother.says("/often")
    await mother.presses(asked)
    heard = len(mother.inbox)
    await approved(scene)
    assert scene.head.hears("approve-quiet-held", number=scene.number, recipients=1)
    await knows_nothing(scene, mother, heard)
    assert await release_calls(scene) == 0
    for wish in ("Як обіцяє центр", asked, "Як обіцяє центр"):
        await mother.says("/often")
        await mother.presses(wish)
        assert await release_calls(scene) == (0 if wish == asked else 1)
    await calls(scene, await scene.house.staff(Role.OPERATOR, "kharkiv"), scene.number)
    assert mother.last.text == NEWS


async def release_calls(scene: Scene) -> int:
    async with scene.house.database.work(scene.house.clock()) as work:
        tasks = await work.calls.open_of(await scene.mother.person(), None)
    return sum(task.reason is Reason.RELEASE for task in tasks)


async def test_only_a_head_lets_it_go(scene: Scene) -> None:
    await approved(scene)
    await scene.author.says(f"/release {scene.number}")
    assert scene.author.sees("вам недоступна")


async def test_who_is_revoked_before_the_call_gets_nothing(scene: Scene) -> None:
    await approved(scene)
    await scene.kinship(scene.number, KinshipState.REVOKED)
    operator = await scene.house.staff(Role.OPERATOR, "kharkiv")
    await calls(scene, operator, scene.number)
    assert NEWS not in [message.text for message in scene.mother.inbox]


async def test_who_calls_within_the_five_minutes_sees_nothing_of_it_and_ends_no_task(scene: Scene) -> None:
    await written(scene)
    await scene.head.says(f"/approve {scene.number}")
    await scene.head.presses("Підписати й надіслати рідним")
    operator = await scene.house.staff(Role.OPERATOR, "kharkiv")
    await operator.says(f"/call {scene.number}")
    assert not operator.sees(HOME)
    await operator.presses("Поговорили")
    await scene.leaves()
    assert NEWS not in [message.text for message in scene.mother.inbox]
    await operator.says(f"/call {scene.number}")
    assert operator.sees(HOME)
    assert Reason.RELEASE in await to_call(scene, scene.mother)


async def test_nobody_rings_about_a_release_that_was_stopped(scene: Scene) -> None:
    await written(scene)
    await scene.head.says(f"/approve {scene.number}")
    await scene.head.presses("Підписати й надіслати рідним")
    assert Reason.RELEASE in await to_call(scene, scene.mother)
    await scene.head.presses("Так, зупинити")
    assert Reason.RELEASE not in await to_call(scene, scene.mother)


async def test_a_withdrawal_is_told_to_whom_the_release_went_and_announced_to_nobody(scene: Scene) -> None:
    sister, number = await scene.another(KinshipState.VERIFIED)
    await approved(scene)
    operator = await scene.house.staff(Role.OPERATOR, "kharkiv")
    await calls(scene, operator, scene.number)
    heard = len(sister.inbox)
    await amends(scene, "Відкликати зовсім")
    assert "відкликано" in scene.mother.last.text
    await operator.says(f"/call {scene.number}")
    assert not operator.sees(HOME), "it is not told as true once more"
    assert Reason.RELEASE not in await to_call(scene, sister)
    await operator.says(f"/call {number}")
    assert not operator.sees(HOME)
    await knows_nothing(scene, sister, heard)
    await operator.says(f"/case {scene.number}")
    assert operator.sees("не треба спиратися")
    assert not operator.sees(HOME)
    await scene.mother.says("/updates")
    assert [key.label for key in scene.mother.keys if "відкликане повідомлення" in key.label]
    assert not [key.label for key in scene.mother.keys if "Звільнення" in key.label]
    await scene.mother.says("/reports")
    assert not scene.mother.sees("Звільнення"), "where the search stands is not what was taken back"


async def test_a_release_that_nobody_has_heard_yet_is_withdrawn_without_a_word(scene: Scene) -> None:
    heard = len(scene.mother.inbox)
    await approved(scene)
    await amends(scene, "Відкликати зовсім")
    assert Reason.RELEASE not in await to_call(scene, scene.mother)
    await knows_nothing(scene, scene.mother, heard)


async def test_a_stopped_withdrawal_brings_the_call_back(scene: Scene) -> None:
    await approved(scene)
    await scene.author.says(f"/amend {scene.number}")
    await scene.author.presses(scene.author.keys[0].label)
    await scene.author.presses("Відкликати зовсім")
    await scene.author.presses("Підписую")
    await scene.head.says(f"/approve {scene.number}")
    await scene.head.presses("Підписати й надіслати рідним")
    assert Reason.RELEASE not in await to_call(scene, scene.mother)
    await scene.head.presses("Так, зупинити")
    assert Reason.RELEASE in await to_call(scene, scene.mother)


async def test_a_correction_waits_only_for_whom_nobody_has_called_yet(scene: Scene) -> None:
    sister, number = await scene.another(KinshipState.VERIFIED)
    await approved(scene)
    operator = await scene.house.staff(Role.OPERATOR, "kharkiv")
    await calls(scene, operator, scene.number)
    heard = len(sister.inbox)
    right = "Звільнення підтверджено. Зустріч у Харкові, подробиці скажемо телефоном."
    await amends(scene, "Виправити слова", right)
    assert "виправлено" in scene.mother.last.text
    assert Reason.RELEASE not in await to_call(scene, scene.mother), "the mother knows it already"
    await knows_nothing(scene, sister, heard)
    await operator.says(f"/call {number}")
    assert operator.sees(right)
    assert not operator.sees(HOME), "only what is right is said"
