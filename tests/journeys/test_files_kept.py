"""What was sent is not lost on the way: not by Back, not by "I don't know", and a label says what is kept."""

import pytest

from casework.ids import FileId
from dialogs.details import CIRCUMSTANCES, PHOTO
from dialogs.kinship import PAPERS
from dialogs.questions import Story
from handlers.incoming import Sent, SentFile
from tests.visiting import WORDS, Guest, House


async def _at_photo(house: House) -> tuple[Guest, str]:
    mother = house.guest()
    number = await mother.registers()
    await mother.says(f"/details {number}")
    for _ in range(20):
        if mother.asked("photo"):
            return mother, number
        await mother.presses("Ще")
        await mother.presses("Пізніше")
    raise AssertionError("no question for a photo")


async def _photos(house: House, mother: Guest) -> int:
    async with house.database.work(house.clock()) as work:
        (report,) = await work.reports.of(await mother.person())
    return len(report.account.photo) if report.account is not None else 0


async def _saves(mother: Guest) -> None:
    for _ in range(10):
        if mother.asked("details-review"):
            break
        await mother.presses("Ще")
        await mother.presses("Пізніше")
    await mother.presses("Так, зберегти")


async def test_a_photo_stays_when_its_sender_goes_back_and_on(house: House) -> None:
    mother, _ = await _at_photo(house)
    await mother.sends_photo()
    await mother.presses("Назад")
    assert mother.asked("marks", sex="unknown")
    await mother.presses("Ще")
    await mother.presses("Пізніше")
    assert mother.hears("photo.more", files=1)
    await mother.presses("Це все")
    await mother.presses("Назад")
    assert mother.hears("photo.more", files=1)
    await mother.sends_photo()
    assert mother.hears("photo.more", files=2)
    await mother.presses("Це все")
    await _saves(mother)
    assert await _photos(house, mother) == 2


@pytest.mark.parametrize("words", ["не знаю", "Не пам’ятаю"])
async def test_a_photo_stays_when_its_sender_says_i_do_not_know(house: House, words: str) -> None:
    mother, _ = await _at_photo(house)
    await mother.sends_photo()
    await mother.says(words)
    await mother.presses("Це все")
    await _saves(mother)
    assert await _photos(house, mother) == 1


async def test_a_photo_that_was_sent_by_mistake_can_be_left_out(house: House) -> None:
    mother, _ = await _at_photo(house)
    await mother.sends_photo()
    await mother.presses("Не додавати ці файли")
    assert mother.asked("photo")
    await mother.presses("Фото немає")
    await _saves(mother)
    assert await _photos(house, mother) == 0


@pytest.mark.parametrize(
    ("question", "files", "label"),
    [
        (PHOTO, 1, "1 фото"),
        (PAPERS, 2, "2 папери"),
        (PAPERS, 5, "5 паперів"),
        (CIRCUMSTANCES, 1, "1 файл"),
    ],
)
def test_a_label_says_what_is_kept(question: object, files: int, label: str) -> None:
    story = Story(files=tuple(FileId(number) for number in range(files)))
    assert WORDS.say("uk", question.show(story)) == label  # type: ignore[attr-defined]


def test_a_label_says_words_and_files() -> None:
    shown = CIRCUMSTANCES.show(Story(("Пішов на завдання.",), (FileId(1), FileId(2))))
    assert WORDS.say("uk", shown) == "Пішов на завдання. (і 2 файли)"  # type: ignore[arg-type]


async def test_a_document_that_is_none_is_refused_by_its_name_and_its_words_are_heard(house: House) -> None:
    mother = house.guest()
    number = await mother.registers()
    await mother.says(f"/papers {number}")
    await mother.sends(Sent((SentFile("application/zip", "a", "архів.zip"), SentFile("image/jpg", "b", "скан"))))
    assert mother.sees("«архів.zip» не додано")
    assert mother.hears("papers.more", texts=0, files=1)
