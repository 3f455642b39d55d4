"""What somebody typed who looks for a person: the words of a name, and perhaps a birth date."""

import re
from dataclasses import dataclass
from typing import Final

Born = tuple[int, int, int]
"""Year, month and day as they were typed, each 0 where it is not known; they need not make a day that there is."""

_MONTHS: Final = (
    "січ янв jan",
    "лют фев feb",
    "бер мар mar",
    "кві апр apr",
    "тра май мая may",
    "чер июн jun",
    "лип июл jul",
    "сер авг aug",
    "вер сен sep",
    "жов окт oct",
    "лис ноя nov",
    "гру дек dec",
)
_MONTH: Final = {stem: number for number, stems in enumerate(_MONTHS, 1) for stem in stems.split()}
_SEPARATOR: Final = r"\s*[./\-,:юб\s]\s*"
"""`ю` and `б` are where a keyboard in Latin has its dot and comma."""
_DAY_FIRST: Final = re.compile(rf"(?<!\d)(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{4}}|\d{{2}})(?!\d)")
_YEAR_FIRST: Final = re.compile(rf"(?<!\d)(\d{{4}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})(?!\d)")
_IN_A_ROW: Final = re.compile(r"(?<!\d)(\d{2})(\d{2})((?:19|20)\d{2})(?!\d)")
_IN_WORDS: Final = re.compile(r"(?<!\d)(\d{1,2})\s+([^\W\d_]{3,12})\.?\s+(\d{4})(?!\d)")
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_BESIDE: Final = re.compile(
    r"(?<!\w)(?:р\s?\.\s?н|г\s?\.\s?р|р|г|року|рік|народження|года|год|рождения|born)\b\.?", re.I
)
_OLD: Final = 30
"""A year of two digits from here on is of the last century."""
_LETTERS: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Sought:
    """`words` as they were typed: a wrong layout makes letters of signs, so these are still there."""

    words: tuple[str, ...]
    born: Born | None = None


def sought(text: str) -> Sought:
    """What a line names."""
    rest, born = _born(text)
    if born is not None:
        rest = _BESIDE.sub(" ", rest)
    return Sought(tuple(word for word in rest.split() if _LETTERS.search(word)), born)


def _born(text: str) -> tuple[str, Born | None]:
    if found := _DAY_FIRST.search(text):
        day, month, year = map(int, found.groups())
        return _without(text, found), (_whole(year), month, day)
    if found := _YEAR_FIRST.search(text):
        year, month, day = map(int, found.groups())
        return _without(text, found), (year, month, day)
    if found := _IN_A_ROW.search(text):
        day, month, year = map(int, found.groups())
        return _without(text, found), (year, month, day)
    if (found := _IN_WORDS.search(text)) and (number := _MONTH.get(found[2].casefold()[:3])):
        return _without(text, found), (int(found[3]), number, int(found[1]))
    if found := _YEAR.search(text):
        return _without(text, found), (int(found[1]), 0, 0)
    return text, None


def _whole(year: int) -> int:
    return year if year > 99 else 1900 + year if year >= _OLD else 2000 + year


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
