"""Check codes: eight signs without look-alikes, in two groups, read from however they are typed or copied."""

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


def grouped(code: str) -> str:
    """As people read and copy it: `A3C4-K7MX`."""
    return f"{code[:4]}-{code[4:]}"


def read_code(text: str) -> str | None:
    """The code in what was typed; None where it cannot be one."""
    plain = _GAPS.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_ALIKE)
    return plain if _CODE.fullmatch(plain) else None
