"""Photos and papers are drawn anew, whatever they were."""

import io
import struct
import zlib

import pypdfium2
import pytest
from PIL import Image

from handlers.cleaning import NotClean, clean, joined


def jpeg(size: tuple[int, int] = (60, 40), **save: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG", **save)
    return out.getvalue()


def pdf(pages: int, size: tuple[int, int] = (200, 300)) -> bytes:
    paper = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        paper.new_page(*size).close()
    out = io.BytesIO()
    paper.save(out)
    paper.close()
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


async def test_a_photo_loses_where_it_was_taken_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by the phone
    exif[0x010E] = "Kharkiv"
    exif.get_ifd(0x8825)[2] = (50.0, 0.0, 0.0)
    [picture] = await clean(jpeg(exif=exif) + b"after the end: Kharkiv", "image/jpeg")
    image = opened(picture)
    assert image.size == (40, 60)
    assert not image.getexif()
    assert b"Kharkiv" not in picture


async def test_transparent_places_become_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    [picture] = await clean(out.getvalue(), "image/png")
    assert opened(picture).getpixel((5, 5)) == (255, 255, 255)


async def test_a_telephones_largest_photo_is_scaled_down() -> None:
    [picture] = await clean(jpeg((12000, 9000)), "image/jpeg")
    assert max(opened(picture).size) == 3200


async def test_a_paper_becomes_a_picture_a_page_and_is_kept_as_one_file() -> None:
    pages = await clean(pdf(3), "application/pdf")
    assert len(pages) == 3
    kind, content = joined(pages)
    assert kind == "application/pdf"
    paper = pypdfium2.PdfDocument(content)
    assert [round(w / h, 2) for w, h in (paper.get_page_size(n) for n in range(3))] == [0.67] * 3
    paper.close()
    assert joined(pages[:1]) == ("image/jpeg", pages[0])


async def test_the_bytes_decide_not_the_name_of_the_type() -> None:
    [picture] = await clean(jpeg(), "application/pdf")
    assert opened(picture).format == "JPEG"


def bomb() -> bytes:
    """A PNG of 30,000 by 30,000 pixels in a few hundred bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 9000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"GIF89a...", "file-kind"),
        (b"", "file-kind"),
        (b"<svg/>", "file-kind"),
        (jpeg()[:200], "file-damaged"),
        (b"%PDF-1.7 and nothing more", "file-damaged"),
        (bomb(), "file-too-many-pixels"),
        (pdf(31, (20, 20)), "file-too-many-pages"),
        (b"\xff\xd8\xff" + bytes(20 * 1024 * 1024), "file-too-large"),
    ],
)
async def test_what_is_not_a_photo_or_a_paper_is_refused_by_name(content: bytes, why: str) -> None:
    with pytest.raises(NotClean) as refused:
        await clean(content, "image/jpeg")
    assert refused.value.name == why
