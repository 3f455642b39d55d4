"""The number of a report: seven digits that the database counts, and an eighth that catches a slip of the pen.

Relatives copy it by hand into a diary, read it out on the phone and type it on another device. The check digit is
H. Michael Damm's ("Total anti-symmetrische Quasigruppen", dissertation, Philipps-Universität Marburg, 2004): it
finds every wrong single digit and every swap of two neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from casework.values import Unclear

LARGEST_NUMBER: Final = 9_999_999

# The totally anti-symmetric quasigroup of order 10 that Damm's dissertation gives on page 111. Its diagonal is
# zero, so a number followed by its check digit always ends at zero.
_DAMM: Final = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)

# "№ 1234-5678", "номер 1234 5678", "#12345678": a word or a sign in front, and gaps between the digits.
_WRITTEN: Final = re.compile(r"[^\d]{0,20}((?:\d[\s\-‐‑‒–—−.]{0,3})+)[^\d\w]{0,3}")


@dataclass(frozen=True, slots=True)
class ReportNumber:
    """A report's number: eight digits of which the last is the check digit; `str()` shows it as `1234-5678`.

    `ValueError` for digits that do not check: a stored number is always a whole one.
    """

    digits: str

    def __post_init__(self) -> None:
        if not _checks(self.digits):
            raise ValueError(f"{self.digits!r} is not a report number; use make_number or parse_number")

    @property
    def seven(self) -> int:
        """The number that was counted, without its check digit."""
        return int(self.digits[:7])

    def __str__(self) -> str:
        return f"{self.digits[:4]}-{self.digits[4:]}"


def make_number(seven: int) -> ReportNumber:
    """The report number for a count from 0 to 9,999,999; `ValueError` beyond."""
    if not 0 <= seven <= LARGEST_NUMBER:
        raise ValueError(f"{seven} does not fit seven digits; the sequence must stay within 0 to {LARGEST_NUMBER}")
    digits = f"{seven:07}"
    return ReportNumber(f"{digits}{_walk(digits)}")


def written_number(text: str) -> ReportNumber:
    """A number as `str()` has written it; `ValueError` for anything else."""
    return ReportNumber(text.replace("-", ""))


def parse_number(text: str) -> ReportNumber | Unclear:
    """Read a number as people copy it: with spaces, hyphens, № or a word in front, in any script's digits."""
    written = _WRITTEN.fullmatch(text.strip())
    if written is None:
        return Unclear("unclear-number")
    digits = "".join(str(unicodedata.decimal(char)) for char in written[1] if char.isdecimal())
    if len(digits) != 8:
        return Unclear("unclear-number-length", {"digits": len(digits)})
    return ReportNumber(digits) if _checks(digits) else Unclear("unclear-number-mistyped")


def _walk(digits: str) -> int:
    """Damm's interim digit after all of `digits`: the check digit of a number, or 0 for a whole one."""
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return interim


def _checks(digits: str) -> bool:
    return len(digits) == 8 and digits.isascii() and digits.isdigit() and _walk(digits) == 0
