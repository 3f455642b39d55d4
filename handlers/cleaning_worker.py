"""Turns a photo or a paper into plain JPEG pictures, in a process of its own with hard limits.

Whoever finds a hole in an image decoder holds this process, which has nothing: no environment, no key, no database, one
file on its standard input. Started by `handlers/cleaning.py` as a script, with the kind as its argument; writes each
picture as its length (4 bytes, big-endian) and its bytes. Exits with one of `FAILURES` where it cannot.
"""

import io
import resource
import sys
from typing import Any

import pypdfium2
from PIL import Image, ImageOps, MpoImagePlugin, WebPImagePlugin  # noqa: F401  loaded while files may be opened

MEMORY = 1024 * 1024 * 1024
SECONDS = 40
"""Of processor time."""

PIXELS = 64_000_000
JPEG_PIXELS = 220_000_000
"""A JPEG is scaled down while it is decoded, so a telephone's largest fit."""

EDGE = 3200
"""Pixels of the longer side of what is kept: an A4 page stays legible at 270 dots an inch."""

PAGES = 30
DAMAGED, TOO_MANY_PIXELS, TOO_MANY_PAGES, LOCKED = 3, 4, 5, 6


class Failure(Exception):  # noqa: N818  it ends the process with its code
    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def limit() -> None:
    """From here on little memory and time, and no file may be written or opened anew: what is needed is loaded."""
    Image.preinit()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def photo(content: bytes) -> bytes:
    Image.MAX_IMAGE_PIXELS = None  # judged below, before anything is decoded
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as image:
        most = JPEG_PIXELS if image.format in ("JPEG", "MPO") else PIXELS
        if image.width * image.height > most:
            raise Failure(TOO_MANY_PIXELS)
        image.draft("RGB", (EDGE, EDGE))
        image.load()
        return encoded(ImageOps.exif_transpose(image))


def encoded(image: Image.Image) -> bytes:
    """A JPEG without anything but the picture."""
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
    except (OSError, ValueError, SyntaxError, pypdfium2.PdfiumError):
        return DAMAGED
    for picture in pictures:
        sys.stdout.buffer.write(len(picture).to_bytes(4, "big") + picture)
    return 0 if pictures else DAMAGED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
