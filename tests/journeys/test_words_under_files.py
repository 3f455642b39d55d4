"""Words under a photo or a recording are read as words: an answer, a wish, despair."""

import pytest

from casework.actor import Channel
from casework.letters import Say
from handlers.incoming import Sent, SentFile
from tests.journeys.sending import CHANNELS, counted, file_ids, lines_of, speaks
from tests.visiting import House


async def test_the_words_under_a_photo_answer_the_question(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    await mother.sends_photo(caption="Мати")
    assert mother.asked("sent-for")
    await mother.presses("Інше")
    assert mother.asked("missing-name"), "the kinship was in the caption"


async def test_despair_under_a_photo_is_answered_first(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.sends_photo(caption="не хочу більше жити")
    assert mother.hears("despair")
    assert mother.asked("sent-for")


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    ("caption", "follows", "presses"),
    [
        ("скасуйте мій запис", "visits-none", False),
        ("Хочу записатися на прийом", "book-center", True),
        ("подзвоніть мені", "call-when", False),
        ("хочу змінити мову", "language", False),
    ],
)
async def test_a_wish_under_a_photo_opens_as_soon_as_the_photo_is_asked_about(
    house: House, channel: Channel, caption: str, follows: str, presses: bool
) -> None:
    mother = house.guest(channel)
    await mother.registers()
    await mother.says("/menu")
    await mother.sends_photo(caption=caption)
    assert mother.hears("sent-kept", what=counted(1))
    assert mother.asked("sent-for")
    await mother.presses("Фото для пошуку")
    assert mother.hears(follows)
    async with house.database.work(house.clock()) as work:
        (report,) = await work.reports.of(await mother.person())
    assert report.account is not None
    assert list(report.account.photo) == await file_ids(house)
    kept = () if presses else (caption,)
    assert report.account.circumstances == kept, "what says more than a button is kept"


async def test_a_wish_under_a_photo_in_the_middle_of_a_question_is_offered(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.says("/register")
    await mother.sends_photo(caption="скасуйте мій запис")
    assert mother.hears("wish-offered", what=Say("menu.visits"))
    assert mother.asked("sent-for")
    await mother.presses("Мої записи")
    assert mother.hears("visits-none")
    await mother.says("/menu")
    await mother.presses("Продовжити: фото")
    await mother.presses("Інше")
    (line,) = await lines_of(house, mother)
    assert (line.words, line.file is not None) == ("скасуйте мій запис", True)


async def test_a_wish_said_under_a_recording_opens_at_once(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.says("/menu")
    await speaks(mother, caption="скасуйте мій запис")
    assert len(await lines_of(house, mother)) == 1
    assert mother.hears("visits-none")


async def test_words_under_a_file_that_is_not_taken_are_words_all_the_same(house: House) -> None:
    mother = house.guest()
    await mother.registers()
    await mother.says("/menu")
    await mother.sends(Sent((SentFile("video/mp4", "v", size=21 * 1024 * 1024),), "скасуйте мій запис"))
    assert mother.hears("recording-too-large")
    assert mother.hears("visits-none")
    await mother.sends(Sent((SentFile("video/mp4", "w", size=21 * 1024 * 1024),), "Син любив рибалити на Дніпрі"))
    assert mother.hears("inbox-kept")
