"""Reads a QR code as a phone does, from its picture (ISO/IEC 18004): version 3 of level Q, nothing damaged."""

from collections.abc import Callable, Iterator
from io import BytesIO

from PIL import Image

SCALE, BORDER, SIZE = 8, 4, 29
"""Pixels a module, modules of margin, modules a side."""

DATA = 34
"""Bytes of data, one by one from two blocks in turn."""

_MASKS: tuple[Callable[[int, int], int], ...] = (
    lambda row, column: (row + column) % 2,
    lambda row, column: row % 2,
    lambda row, column: column % 3,
    lambda row, column: (row + column) % 3,
    lambda row, column: (row // 2 + column // 3) % 2,
    lambda row, column: row * column % 2 + row * column % 3,
    lambda row, column: (row * column % 2 + row * column % 3) % 2,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2,
)
"""A module of data is turned over where its mask is 0."""


def read_code(png: bytes) -> str:
    picture = Image.open(BytesIO(png)).convert("L")
    assert picture.width == picture.height == (SIZE + 2 * BORDER) * SCALE, "not a code of version 3"
    middle = BORDER * SCALE + SCALE // 2
    dark = [
        [picture.getpixel((middle + SCALE * column, middle + SCALE * row)) == 0 for column in range(SIZE)]
        for row in range(SIZE)
    ]
    # Three bits of the format tell the mask; the format itself is masked by 10101…
    mask = _MASKS[(not dark[8][2]) * 4 + dark[8][3] * 2 + (not dark[8][4])]
    level = (not dark[8][0]) * 2 + dark[8][1]
    assert level == 3, "not of level Q"
    read = "".join(str(int(dark[row][column] ^ (mask(row, column) == 0))) for row, column in _data())
    words = [read[8 * at : 8 * at + 8] for at in range(DATA)]
    bits = "".join(words[::2] + words[1::2])
    assert bits.startswith("0100"), "not bytes"
    many = int(bits[4:12], 2)
    return bytes(int(bits[12 + 8 * at : 20 + 8 * at], 2) for at in range(many)).decode()


def _data() -> Iterator[tuple[int, int]]:
    """The modules that hold data, in their order: two columns at a time, up and down, from the right."""
    upwards = True
    for right in (*range(SIZE - 1, 6, -2), *range(5, 0, -2)):
        for row in range(SIZE - 1, -1, -1) if upwards else range(SIZE):
            for column in (right, right - 1):
                if not _function(row, column):
                    yield row, column
        upwards = not upwards


def _function(row: int, column: int) -> bool:
    """Is it part of the patterns by which a reader finds its way?"""
    finder = (row < 9 and (column < 9 or column >= SIZE - 8)) or (row >= SIZE - 8 and column < 9)
    aligned = 20 <= row <= 24 and 20 <= column <= 24
    return finder or aligned or row == 6 or column == 6
