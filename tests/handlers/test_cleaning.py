"""Photos and papers are drawn anew, whatever they were."""

import io
import struct
import zlib

import pypdfium2
import pytest
from PIL import Image

from handlers.cleaning import NotClean, clean, kind_of


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
    type, picture = await clean(jpeg(exif=exif) + b"after the end: Kharkiv")
    image = opened(picture)
    assert type == "image/jpeg"
    assert image.size == (40, 60)
    assert not image.getexif()
    assert b"Kharkiv" not in picture


async def test_transparent_places_become_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    _, picture = await clean(out.getvalue())
    assert opened(picture).getpixel((5, 5)) == (255, 255, 255)


async def test_a_telephones_largest_photo_is_scaled_down() -> None:
    _, picture = await clean(jpeg((12000, 9000)))
    assert max(opened(picture).size) == 3200


async def test_a_paper_becomes_a_picture_a_page_and_is_kept_as_one_file() -> None:
    kind, content = await clean(pdf(3))
    assert kind == "application/pdf"
    paper = pypdfium2.PdfDocument(content)
    assert [round(w / h, 2) for w, h in (paper.get_page_size(n) for n in range(3))] == [0.67] * 3
    paper.close()


async def test_a_paper_of_one_page_is_kept_as_a_picture() -> None:
    kind, content = await clean(pdf(1))
    assert kind == "image/jpeg"
    assert opened(content).format == "JPEG"


async def test_a_paper_without_its_ending_opens() -> None:
    whole = pdf(2)
    kind, _ = await clean(whole[: whole.rindex(b"startxref")])
    assert kind == "application/pdf"


@pytest.mark.parametrize("pen", [0, 9000, 20000])
async def test_a_grey_scan_of_sixteen_bits_keeps_its_greys(pen: int) -> None:
    row = struct.pack("<30H", *[pen] * 30) + struct.pack("<30H", *[60000] * 30)
    scan = Image.frombytes("I;16", (60, 40), row * 40)
    out = io.BytesIO()
    scan.save(out, "PNG")
    _, picture = await clean(out.getvalue())
    greys = opened(picture).convert("L").tobytes()[20 * 60 : 21 * 60]
    assert greys[8] == pytest.approx(pen // 256, abs=3)
    assert greys[52] == pytest.approx(60000 // 256, abs=3)


def noise(mode: str = "RGB", **save: object) -> bytes:
    """A picture with something on every row."""
    out = io.BytesIO()
    Image.effect_noise((800, 600), 60).convert(mode).save(out, "JPEG", **save)
    return out.getvalue()


KINDS = [{}, {"progressive": True}, {"mode": "L"}, {"mode": "CMYK"}, {"subsampling": 0}]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lacks", [1, 2, 3, 40])
async def test_a_photo_without_its_last_bytes_opens(kind: dict[str, object], lacks: int) -> None:
    whole = noise(**kind)  # type: ignore[arg-type]
    _, picture = await clean(whole[:-lacks])
    assert opened(picture).size == (800, 600)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("half", [0.1, 0.5])
async def test_half_a_photo_is_told_as_such(kind: dict[str, object], half: float) -> None:
    whole = noise(**kind)  # type: ignore[arg-type]
    with pytest.raises(NotClean, match="file-damaged"):
        await clean(whole[: int(len(whole) * half)])


@pytest.mark.parametrize(
    ("content", "type"),
    [
        (b"OggS\0\2" + bytes(22) + b"\x01\x13OpusHead", "audio/ogg"),
        (b"\0\0\0\x1cftypM4A \0\0\2\0", "audio/mp4"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "video/mp4"),
        (b"\0\0\0\x14ftypqt  \0\0\2\0", "video/mp4"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm", "video/webm"),
        (b"ID3\4\0\0\0\0\0\0", "audio/mpeg"),
        (b"\xff\xfb\x90\x64\0", "audio/mpeg"),
        (b"\xff\xf1\x50\x80\0", "audio/aac"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav"),
        (b"#!AMR\n", "audio/amr"),
    ],
)
async def test_a_recording_is_known_by_its_first_bytes_and_kept_as_it_came(content: bytes, type: str) -> None:
    assert await clean(content) == (type, content)


@pytest.mark.parametrize("content", [b"\xff\xfes\0o\0", b"\xff", b"Ogg", b"ftyp", b"RIFF\0\0\0\0AVI "])
def test_what_only_looks_like_a_recording_is_none(content: bytes) -> None:
    assert kind_of(content) is None


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
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "file-heic"),
        (jpeg()[:200], "file-damaged"),
        (b"%PDF-1.7 and nothing more", "file-damaged"),
        (bomb(), "file-too-many-pixels"),
        (pdf(31, (20, 20)), "file-too-many-pages"),
        (b"\xff\xd8\xff" + bytes(20 * 1024 * 1024), "file-too-large"),
    ],
)
async def test_what_is_not_a_photo_or_a_paper_is_refused_by_name(content: bytes, why: str) -> None:
    with pytest.raises(NotClean) as refused:
        await clean(content)
    assert refused.value.name == why
