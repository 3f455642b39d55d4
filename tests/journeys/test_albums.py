"""Photos and papers that were chosen together come as a message each, and are answered once."""

from casework.letters import Say
from dialogs.bursts import ALBUM
from handlers.incoming import Incoming, Sent, SentFile
from tests.visiting import Guest, House


async def _asked_for_papers(house: House) -> Guest:
    mother = house.guest()
    await mother.registers()
    await mother.presses("Надіслати документи")
    return mother


async def _sends_album(mother: Guest, house: House, contents: list[bytes], type: str = "application/pdf") -> None:
    mother._read = len(mother.inbox)
    for content in contents:
        sent = Sent((SentFile(type, content=content),))
        id = f"{mother.address}-{content!r}"
        await house.desk.receive(
            Incoming(mother.channel, mother.address, id, house.clock(), sent, "uk", group="one album")
        )
        await house.deliver()


async def _a_moment_later(house: House) -> None:
    house.clock.pass_by(seconds=ALBUM.total_seconds())
    await house.deliver()


def _answers(mother: Guest) -> int:
    return len(mother.inbox) - mother._read


async def test_ten_papers_are_answered_once_and_kept_in_their_order(house: House) -> None:
    mother = await _asked_for_papers(house)
    papers = [f"%PDF {number}".encode() for number in range(10)]
    await _sends_album(mother, house, papers)
    assert _answers(mother) == 0, "the answer waits for the rest"
    await _a_moment_later(house)
    assert _answers(mother) == 1
    assert mother.hears("papers.more", texts=0, files=10)
    await mother.presses("Це все")
    await mother.says("Більше нічого немає")
    async with house.database.work(house.clock()) as work:
        (report,) = await work.reports.of(await mother.person())
        documents = (await work.kinships.get(report.id)).documents
        assert [await work.files.read(document) for document in documents] == papers


async def test_what_nothing_asked_for_is_asked_about_once(house: House) -> None:
    mother = house.guest()
    await mother.consents()
    await mother.says("/register")
    await mother.presses("Мати")
    await _sends_album(mother, house, [b"1", b"2", b"3"], "image/jpeg")
    await _a_moment_later(house)
    assert _answers(mother) == 1
    assert mother.hears("sent-kept-alone", what=Say("common.counted-file", {"files": 3}))
    assert mother.asked("sent-for")
    await mother.presses("Інше")
    assert mother.asked("missing-name")


async def test_one_that_does_not_open_is_told_beside_those_that_came(house: House) -> None:
    mother = await _asked_for_papers(house)
    await _sends_album(mother, house, [b"PK"], "application/zip")
    await _sends_album(mother, house, [b"%PDF 1", b"%PDF 2"])
    await _a_moment_later(house)
    assert _answers(mother) == 1
    assert mother.hears("file-kind")
    assert mother.hears("papers.more", texts=0, files=2)


async def test_whoever_goes_on_at_once_is_answered_at_once(house: House) -> None:
    mother = await _asked_for_papers(house)
    await _sends_album(mother, house, [b"%PDF 1", b"%PDF 2"])
    await mother.says("Це все")
    assert mother.asked("papers-words")
    await _a_moment_later(house)
    assert _answers(mother) == 1, "no question of before comes late"
