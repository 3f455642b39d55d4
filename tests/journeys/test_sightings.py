"""A sign of life: told on every channel at any moment, sealed, taken by somebody with a name, answered by a date."""

import pytest
from sqlalchemy import text

from casework.actor import Channel, Role
from casework.calls import Reason
from casework.ids import SightingId, StructureId
from casework.kinship import KinshipState
from casework.letters import Say
from casework.numbers import ReportNumber
from casework.refusal import Refusal
from casework.sightings import AnswerSighting, Looked, TakeSighting
from casework.staff.introducing import ShowName
from dialogs.words import language_for
from tests.journeys.test_contact import does
from tests.journeys.updating import set_out
from tests.visiting import WORDS, Guest, House

LINK = "https://t.me/example/777"
PRESSES = {
    "uk": ("Відео або фото", "Це все", "Не знаю"),
    "en": ("A video or a photo", "That is all", "I do not know"),
}


async def tells(relative: Guest, first: str = "/sighted") -> str:
    """A link, when and who; the number of the receipt."""
    video, done, _ = PRESSES[language_for(relative.language)]
    await relative.says(first)
    assert relative.hears("sighting-warns"), "not under the video, and no money"
    await relative.presses(video)
    await relative.says(f"{LINK} 2:14")
    await relative.presses(done)
    await relative.says("3 жовтня")
    await relative.says("Сусід знайшов")
    begins = WORDS.say(language_for(relative.language), Say("sighting-done", {"number": "#", "by": "#"})).split("#")[0]
    assert begins in relative.news
    return relative.news.split(begins)[1][:9]


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VIBER, Channel.WEB])
async def test_it_is_told_taken_by_name_and_answered(house: House, channel: Channel, language: str) -> None:
    mother = house.guest(channel, language)
    if language == "en":
        await mother.consents()
    number = await mother.registers()
    receipt = await tells(mother)
    lawyer = await house.staff(Role.SPECIALIST, structure=StructureId("police-investigator"), name="Бондар Ольга")
    await does(house, lawyer, ShowName("Ольга"))
    await lawyer.says(f"/sighting {number}")
    assert lawyer.sees(LINK)
    assert lawyer.sees("Сусід знайшов")
    await lawyer.presses(f"Взяти {receipt}")
    await house.deliver()
    if channel is not Channel.WEB:
        await mother.reads_push()
    assert "Ольга" in mother.news
    await mother.says("/sighted")
    assert receipt in mother.news
    await lawyer.says(f"/sighting {number}")
    await lawyer.presses(f"{receipt}: передано")
    await house.deliver()
    if channel is not Channel.WEB:
        await mother.reads_push()
    assert mother.hears("sighting-told-passed", number=receipt)
    async with house.database.work(house.clock()) as work:
        open_ones = [task.reason for task in await work.calls.open_of(await mother.person(), None)]
        kept = (await work.connection.execute(text("SELECT seen FROM sightings"))).scalar_one()
    assert Reason.SIGHTING not in open_ones
    assert LINK.encode() not in kept


async def test_own_words_lead_there_at_any_moment(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.says("/menu")
    await mother.says("Я бачила сина на відео")
    assert mother.hears("sighting-warns")
    await mother.says("/book")
    await mother.says("бачили його в полоні")
    await mother.presses(WORDS.say("uk", Say("menu.sighted")))
    assert mother.hears("sighting-warns")


async def test_no_other_relative_learns_of_it(house: House) -> None:
    scene = await set_out(house)
    sister, number = await scene.another(KinshipState.VERIFIED)
    receipt = await tells(scene.mother)
    await sister.says("/sighted")
    assert receipt not in sister.news
    await sister.says("/reports")
    assert receipt not in sister.news
    read = len(sister.inbox)
    await does(house, scene.author, TakeSighting(_number(scene.number), await _id(house)))
    assert len(sister.inbox) == read
    with pytest.raises(Refusal, match="sighting-over"):
        await does(house, scene.author, AnswerSighting(_number(number), await _id(house), Looked.KNOWN))


async def test_a_talk_alone_answers_nothing_and_only_who_took_it_answers(house: House) -> None:
    scene = await set_out(house)
    await tells(scene.mother)
    with pytest.raises(Refusal, match="sighting-take-first"):
        await does(house, scene.author, AnswerSighting(_number(scene.number), await _id(house), Looked.CALL))
    operator = await house.staff(Role.OPERATOR)
    await operator.says(f"/call {scene.number}")
    await operator.presses("Поговорили")
    assert operator.sees("звістка: хтось бачив")
    await does(house, scene.author, TakeSighting(_number(scene.number), await _id(house)))
    await does(house, scene.author, AnswerSighting(_number(scene.number), await _id(house), Looked.CALL))
    async with house.database.work(house.clock()) as work:
        open_ones = [task.reason for task in await work.calls.open_of(await scene.mother.person(), None)]
    assert open_ones == [Reason.ASKED]


def _number(number: str) -> ReportNumber:
    return ReportNumber(number.replace("-", ""))


async def _id(house: House) -> SightingId:
    async with house.database.work(house.clock()) as work:
        return SightingId((await work.connection.execute(text("SELECT id FROM sightings"))).scalar_one())
