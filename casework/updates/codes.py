"""Check codes: eight signs without look-alikes, in two groups, read from however they are typed or copied.

An update's is drawn by chance and kept with its copy. What is made of other things each time that it is read (that
nothing is new, whom we asked) has one that follows from a keyed hash of what it is and who reads it: nothing is kept.
"""

import re
import unicodedata
from typing import Final

ALPHABET: Final = "34679ACEFHJKMNPRTWXY"
"""20 signs, none of which is taken for another (no 0 and O, 1 and I, 5 and S, 8 and B…): 34 bits in eight of them."""

UPDATE_CODE_LENGTH: Final = 8

# Whoever copies a code by hand on a Ukrainian keyboard types letters that only look the same.
_ALIKE: Final = str.maketrans("АСЕНКМРТХУ", "ACEHKMPTXY")
_CODE: Final = re.compile(rf"[{ALPHABET}]{{{UPDATE_CODE_LENGTH}}}")
_GAPS: Final = re.compile(r"[\s\-‐‑‒–—−.:]+")


def code_from(digest: bytes) -> str:
    """A code that follows from a keyed hash."""
    rest, signs = int.from_bytes(digest), ""
    for _ in range(UPDATE_CODE_LENGTH):
        rest, sign = divmod(rest, len(ALPHABET))
        signs += ALPHABET[sign]
    return signs


def grouped(code: str) -> str:
    """As people read and copy it: `A3C4-K7MX`."""
    return f"{code[:4]}-{code[4:]}"


def read_code(text: str) -> str | None:
    """The code in what was typed; None where it cannot be one."""
    plain = _GAPS.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_ALIKE)
    return plain if _CODE.fullmatch(plain) else None
