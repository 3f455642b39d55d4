"""Photos and papers made harmless before they are kept: decoded and drawn anew, in a process with limits.

What comes out is JPEG pictures and nothing else: no place where a photo was taken, no owner's name, no script, nothing
hidden under a black bar. What a file says of its type is not believed; its first bytes are. A recording is never
decoded here: it is kept as it came, and played by whoever listens.
"""

import asyncio
import re
import sys
from functools import cache
from pathlib import Path

from casework.files import LARGEST_FILE, is_recording

WORKER = Path(__file__).with_name("cleaning_worker.py")
CLEANED_WITHIN = 60.0
"""Seconds on the clock for one file."""

CLEANED_AT_ONCE = 2
"""Files that are cleaned side by side: each may take a gigabyte for some seconds."""

REASONS = {3: "file-damaged", 4: "file-too-many-pixels", 5: "file-too-many-pages", 6: "file-locked"}
"""What the worker's exit codes mean; anything else is a file that burst its limits."""


class NotClean(Exception):  # noqa: N818  it is an answer: `name` is the message that tells the person what to do
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def kind_of(content: bytes) -> str | None:
    """ "image", "pdf", or a recording's media type, by the first bytes; None for what is not taken."""
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return "image"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image"
    return _recording(content) or ("pdf" if b"%PDF-" in content[:1024] else None)


APPLE = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis")
"""Brands of pictures in a container that recordings share (ISO/IEC 23008-12)."""


def _recording(content: bytes) -> str | None:
    if content[4:8] == b"ftyp" and content[8:12] not in APPLE:
        return "audio/mp4" if content[8:12] in (b"M4A ", b"M4B ") else "video/mp4"
    if content.startswith(b"\x1aE\xdf\xa3") and b"webm" in content[:64]:
        return "video/webm"
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return "audio/wav"
    if content.startswith(b"OggS"):
        return "audio/ogg"
    if content.startswith(b"#!AMR"):
        return "audio/amr"
    if content[:1] == b"\xff" and content[1:2] and content[1] & 0xF6 == 0xF0:
        return "audio/aac"
    mp3 = content[:1] == b"\xff" and content[1:2] and content[1] & 0xE6 == 0xE2
    return "audio/mpeg" if mp3 or content.startswith(b"ID3") else None


@cache
def _places(loop: asyncio.AbstractEventLoop) -> asyncio.Semaphore:
    return asyncio.Semaphore(CLEANED_AT_ONCE)


async def clean(content: bytes) -> tuple[str, bytes]:
    """What is kept of a file, and its type: a photo as a JPEG, a paper of several pages as a PDF of its pictures, a
    recording as it came. Only the bytes decide. Raises `NotClean`."""
    kind = _admitted(content)
    return (kind, content) if is_recording(kind) else joined(await pictures(content, kind))


def _admitted(content: bytes) -> str:
    kind = kind_of(content)
    if len(content) > LARGEST_FILE:
        raise NotClean("recording-too-large" if kind and is_recording(kind) else "file-too-large")
    if kind is None:
        raise NotClean("file-heic" if content[4:8] == b"ftyp" else "file-kind")
    return kind


async def pictures(content: bytes, kind: str) -> list[bytes]:
    """A photo, or a paper's pages, as JPEGs. Raises `NotClean`."""
    async with _places(asyncio.get_running_loop()):
        return await _cleaned(content, kind)


async def _cleaned(content: bytes, kind: str) -> list[bytes]:
    worker = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        str(WORKER),
        kind,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # a decoder's words may quote the file
        env={},
        cwd="/",
    )
    try:
        out, _ = await asyncio.wait_for(worker.communicate(content), CLEANED_WITHIN)
    except TimeoutError:
        raise NotClean("file-too-heavy") from None
    finally:
        if worker.returncode is None:
            worker.kill()
            await worker.wait()
    if worker.returncode:
        raise NotClean(REASONS.get(worker.returncode, "file-too-heavy"))
    return _pictures(out)


def _pictures(out: bytes) -> list[bytes]:
    found, at = [], 0
    while at < len(out):
        size = int.from_bytes(out[at : at + 4], "big")
        found.append(out[at + 4 : at + 4 + size])
        at += 4 + size
    return found


def joined(pages: list[bytes]) -> tuple[str, bytes]:
    """What is kept of one file, with its type: a photo as it is, a paper of several pages as a PDF of its pictures."""
    if len(pages) == 1:
        return "image/jpeg", pages[0]
    return "application/pdf", _pdf(pages)


_PICTURE = re.compile(rb"/Filter/DCTDecode/Length (\d+)>>stream\n")


def pages_of(type: str, content: bytes) -> list[bytes]:
    """The JPEGs of which a kept photo or paper is made, the way back from `joined`; none of anything else."""
    if type == "image/jpeg":
        return [content]
    found, at = [], 0
    while type == "application/pdf" and (head := _PICTURE.search(content, at)):
        at = head.end() + int(head[1])
        found.append(content[head.end() : at])
    return found


def _pdf(pages: list[bytes]) -> bytes:
    """The smallest PDF that shows JPEGs one after the other: written by hand, so that no picture is decoded here."""
    kids = " ".join(f"{3 * n + 3} 0 R" for n in range(len(pages)))
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode()]
    for n, jpeg in enumerate(pages):
        width, height = _size(jpeg)
        page, wide = 3 * n + 3, 595
        high = round(wide * height / width)
        draw = f"q {wide} 0 0 {high} 0 0 cm /P Do Q".encode()
        bodies.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {wide} {high}]/Contents {page + 1} 0 R"
            f"/Resources<</XObject<</P {page + 2} 0 R>>>>>>".encode()
        )
        bodies.append(b"<</Length %d>>stream\n%b\nendstream" % (len(draw), draw))
        bodies.append(
            f"<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceRGB/BitsPerComponent 8"
            f"/Filter/DCTDecode/Length {len(jpeg)}>>stream\n".encode()
            + jpeg
            + b"\nendstream"
        )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    return bytes(out)


def _size(jpeg: bytes) -> tuple[int, int]:
    """Width and height, from the frame header of a JPEG that our worker wrote."""
    at = 2
    while at + 9 < len(jpeg):
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xC2:
            return int.from_bytes(jpeg[at + 7 : at + 9], "big"), int.from_bytes(jpeg[at + 5 : at + 7], "big")
        at += 2 + length
    raise NotClean("file-damaged")
