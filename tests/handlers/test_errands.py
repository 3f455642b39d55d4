"""Files that a messenger keeps are fetched, drawn anew and kept sealed; one that cannot be is told to the person."""

from datetime import timedelta
from io import BytesIO

from PIL import Image
from sqlalchemy import text

from casework.actor import Channel
from casework.files import FileState
from casework.ids import FileId
from handlers.channel import Postponed, Rejected
from handlers.errands import Errands
from handlers.incoming import Sent, SentFile
from tests.visiting import House


class Shelf:
    """A platform that keeps files by their reference."""

    def __init__(self, files: dict[str, bytes | Exception]) -> None:
        self.files = files

    async def fetch(self, source: str, largest: int) -> bytes:
        found = self.files[source]
        if isinstance(found, Exception):
            raise found
        return found


def _photo() -> bytes:
    """A photo that says where it was taken, and by whom."""
    image = Image.new("RGB", (64, 48), "gray")
    exif = Image.Exif()
    exif[0x010E] = "Позиція біля Покровська"
    kept = BytesIO()
    image.save(kept, format="JPEG", exif=exif)
    return kept.getvalue()


def _paper(pages: int) -> bytes:
    first, *rest = [Image.new("RGB", (200, 280), "white") for _ in range(pages)]
    kept = BytesIO()
    first.save(kept, format="PDF", save_all=True, append_images=rest)
    return kept.getvalue()


async def _sent(house: House, type: str, **files: bytes | Exception) -> tuple[Errands, list[FileId]]:
    mother = house.guest()
    number = await mother.registers()
    await mother.says(f"/details {number}")
    for source in files:
        await mother.sends(Sent((SentFile(type, source),)))
    async with house.database.work(house.clock()) as work:
        ids = (await work.connection.scalars(text("SELECT id FROM files ORDER BY id"))).all()
    errands = Errands(house.database.work, Channel.TELEGRAM, Shelf(dict(files)), house.clock)
    return errands, [FileId(id) for id in ids]


async def test_a_photo_is_kept_without_what_it_says_of_itself(house: House) -> None:
    errands, (id,) = await _sent(house, "image/jpeg", photo=_photo())
    assert await errands.fetch_next()
    assert not await errands.fetch_next()
    async with house.database.work(house.clock()) as work:
        file = await work.files.get(id)
        kept = await work.files.read(id)
    assert file is not None
    assert file.state is FileState.HERE
    assert Image.open(BytesIO(kept)).size == (64, 48)
    assert "Покровськ".encode() not in kept
    assert dict(Image.open(BytesIO(kept)).getexif()) == {}


async def test_a_paper_of_three_pages_stays_one_paper(house: House) -> None:
    errands, (id,) = await _sent(house, "application/pdf", paper=_paper(3))
    assert await errands.fetch_next()
    async with house.database.work(house.clock()) as work:
        file = await work.files.get(id)
    assert file is not None
    assert (file.state, file.type) == (FileState.HERE, "application/pdf")


async def test_what_cannot_be_had_is_told(house: House) -> None:
    errands, ids = await _sent(house, "image/jpeg", gone=Rejected("gone"), no_photo=b"#!/bin/sh")
    assert await errands.fetch_next()
    assert await errands.fetch_next()
    await house.deliver()
    async with house.database.work(house.clock()) as work:
        states = [file.state for id in ids if (file := await work.files.get(id))]
    assert states == [FileState.REFUSED, FileState.REFUSED]
    sent = [message.text for box in house.boxes[Channel.TELEGRAM].sent.values() for message in box[-2:]]
    assert any("не дійшов" in text for text in sent)


async def test_a_platform_that_is_away_is_asked_again(house: House) -> None:
    errands, (id,) = await _sent(house, "image/jpeg", photo=Postponed(timedelta(seconds=30), "away"))
    assert await errands.fetch_next()
    assert not await errands.fetch_next(), "not before its time"
    shelf = errands.fetcher
    assert isinstance(shelf, Shelf)
    shelf.files["photo"] = _photo()
    house.clock.pass_by(seconds=31)
    assert await errands.fetch_next()
    async with house.database.work(house.clock()) as work:
        file = await work.files.get(id)
    assert file is not None
    assert file.state is FileState.HERE
