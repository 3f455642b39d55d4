"""Turns a photo or a paper into plain JPEG pictures, in a process of its own with hard limits.

Whoever finds a hole in an image decoder holds this process, which has nothing: no environment, no key, no database, one
file on its standard input; nothing can be opened, and started by root it is nobody. The service's memory is shut
(`storage/memory.py`), so it cannot be read from here. Started by `handlers/cleaning.py` as a script, with the kind as
its argument; writes each picture as its length (4 bytes, big-endian) and its bytes. Exits with one of `FAILURES` where
it cannot.
"""

import ctypes
import io
import os
import resource
import sys
from contextlib import suppress
from typing import Any

import pypdfium2
from PIL import (  # noqa: F401  loaded while files may be opened
    Image,
    ImageChops,
    ImageOps,
    MpoImagePlugin,
    WebPImagePlugin,
)

MEMORY = 1024 * 1024 * 1024
SECONDS = 40
"""Of processor time."""

PIXELS = 64_000_000
JPEG_PIXELS = 220_000_000
"""A JPEG is scaled down while it is decoded, so a telephone's largest fit."""

EDGE = 3200
"""Pixels of the longer side of what is kept: an A4 page stays legible at 270 dots an inch."""

TAIL = 0.03
"""How much of a photo's height may lack at its end: less than anybody sees, more than the last bytes hold."""

UNDRAWN = (1, 254, 1, 254)
"""A colour, band by band, that no whole row of a picture has: where a decoder stopped, it is still there."""

END = b"\xff\xd9"
"""The end of a JPEG."""

PAGES = 30
DAMAGED, TOO_MANY_PIXELS, TOO_MANY_PAGES, LOCKED = 3, 4, 5, 6


NOBODY = 65533
"""A user that no account has: not PostgreSQL's 65534, whose memory would be open to it."""

PR_SET_NO_NEW_PRIVS = 38
CAPABILITIES_V3 = 0x20080522


class Failure(Exception):  # noqa: N818  it ends the process with its code
    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def renounce() -> None:
    """Give up what rights there are: root's, and those that a program could bring."""
    if os.geteuid() == 0:
        with suppress(OSError):  # in a container that forbids it, or knows no other user
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        libc.capset((ctypes.c_uint32 * 2)(CAPABILITIES_V3), (ctypes.c_uint32 * 6)())


def limit() -> None:
    """From here on little memory and time, and no file may be written or opened anew: what is needed is loaded."""
    Image.preinit()
    renounce()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))  # the three that are open stay


def photo(content: bytes) -> bytes:
    Image.MAX_IMAGE_PIXELS = None  # judged below, before anything is decoded
    image = opened(content)
    jpeg = image.format in ("JPEG", "MPO")
    if jpeg:
        image.im = blank(image).im
    try:
        image.load()
    except OSError:
        if not (jpeg and whole_but_its_tail(image, content)):
            raise
        image = opened(content + END)
        image.load()
    return encoded(ImageOps.exif_transpose(image))


def opened(content: bytes) -> Any:
    """The picture, not decoded yet; of a size that can be."""
    image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
    most = JPEG_PIXELS if image.format in ("JPEG", "MPO") else PIXELS
    if image.width * image.height > most:
        raise Failure(TOO_MANY_PIXELS)
    image.draft("RGB", (EDGE, EDGE))
    return image


def blank(image: Image.Image) -> Image.Image:
    bands = len(image.getbands())
    return Image.new(image.mode, image.size, UNDRAWN[0] if bands == 1 else UNDRAWN[:bands])


def whole_but_its_tail(image: Any, content: bytes) -> bool:
    """Was a JPEG that ends too soon drawn down to its last rows? Without its last bytes it opens everywhere."""
    if image.info.get("progressive"):
        return fully_refined(content)
    drawn = blank(image)
    drawn.im = image.im  # to look at the picture itself would begin to decode it again
    rows = ImageChops.difference(drawn, blank(image)).getbbox()
    return rows is not None and rows[3] >= image.height * (1 - TAIL) - 16  # the row of blocks under way


def fully_refined(content: bytes) -> bool:
    """Has the last scan of a progressive JPEG begun, which sharpens all that is there? (ITU T.81, B.2.3)"""
    at = 2
    while content[at + 1] != 0xDA:  # over what stands before the first scan: a small picture can hide in it
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    finest: dict[tuple[int, bool], int] = {}
    while (at := content.find(b"\xff\xda", at)) != -1 and at + 4 < len(content):
        bands = content[at + 4]
        start, end, precision = content[at + 5 + 2 * bands : at + 8 + 2 * bands]
        for band in range(bands):
            finest[content[at + 5 + 2 * band], start > 0] = precision & 15 if start == 0 or end == 63 else 15
        at += 2
    return bool(finest) and not any(finest.values())


def encoded(image: Image.Image) -> bytes:
    """A JPEG without anything but the picture."""
    if image.mode.startswith("I;16"):  # a grey scan: `convert` would cut all that is lighter than 255 to white
        image.info.pop("transparency", None)
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    image = image.convert("RGB")
    image.thumbnail((EDGE, EDGE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    Image.frombytes("RGB", image.size, image.tobytes()).save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def pages(content: bytes) -> list[bytes]:
    try:
        paper = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Failure(LOCKED if "password" in str(error).lower() else DAMAGED) from None
    try:
        if len(paper) > PAGES:
            raise Failure(TOO_MANY_PAGES)
        paper.init_forms()
        return [page_of(paper, number) for number in range(len(paper))]
    finally:
        paper.close()


def page_of(paper: Any, number: int) -> bytes:
    page = paper[number]
    try:
        width, height = page.get_size()
        scale = min(200 / 72, EDGE / max(width, height, 1))
        return encoded(page.render(scale=scale).to_pil())
    finally:
        page.close()


def main(kind: str) -> int:
    limit()
    content = sys.stdin.buffer.read()
    try:
        pictures = pages(content) if kind == "pdf" else [photo(content)]
    except Failure as failure:
        return failure.code
    except (OSError, ValueError, SyntaxError, IndexError, pypdfium2.PdfiumError):
        return DAMAGED
    for picture in pictures:
        sys.stdout.buffer.write(len(picture).to_bytes(4, "big") + picture)
    return 0 if pictures else DAMAGED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
