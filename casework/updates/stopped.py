"""The word list: what stops the text of an update. A help to people, not a proof; the list itself says how it reads."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

_LIST: Final = Path(__file__).with_name("stopped.txt")
_SENTENCE: Final = re.compile(r"[.!?…;\n]+")
_STRESS: Final = "\u0301"
_WORD: Final = re.compile(r"\w+")
_APOSTROPHES: Final = re.compile(r"(?<=\w)['`´‘’‛′ʹʻʼʽˈꞌ＇\u00ad\u200b-\u200d\u2060](?=\w)")
# Latin letters that look like Cyrillic ones: whoever types "пoмер" with a Latin o has written the same word.
_ALIKE: Final = str.maketrans("aceiopxykmtbh", "асеіорхукмтвн")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word to look for: itself, or every word that begins so."""

    text: str
    stem: bool

    def fits(self, word: str) -> bool:
        return word.startswith(self.text) if self.stem else word == self.text


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the list. `together`: anywhere in a sentence; otherwise one after the other."""

    words: tuple[_Word, ...]
    together: bool

    def found(self, sentence: Sequence[str]) -> list[int]:
        """Where in a sentence the line's first match stands; empty if nowhere."""
        if self.together:
            places = [next((i for i, word in enumerate(sentence) if want.fits(word)), -1) for want in self.words]
            return sorted(places) if min(places) >= 0 else []
        for start in range(len(sentence) - len(self.words) + 1):
            if all(want.fits(sentence[start + i]) for i, want in enumerate(self.words)):
                return list(range(start, start + len(self.words)))
        return []


@dataclass(frozen=True, slots=True)
class _WordList:
    lines: tuple[_Line, ...]
    innocent: tuple[_Word, ...]


def stopped_by(text: str) -> tuple[str, ...]:
    """The words of `text` that stop it, as they were written, each once; empty if none does."""
    found: dict[str, None] = {}
    for sentence in _sentences(text):
        plain = ["" if _innocent(word) else word for _, word in sentence]
        for line in _list().lines:
            places = line.found(plain)
            if places:
                found[" … ".join(sentence[i][0] for i in places) if line.together else _said(sentence, places)] = None
    return tuple(found)


def _said(sentence: Sequence[tuple[str, str]], places: Sequence[int]) -> str:
    return " ".join(sentence[i][0] for i in places)


def _innocent(word: str) -> bool:
    return any(fine.fits(word) for fine in _list().innocent)


def _sentences(text: str) -> Iterator[list[tuple[str, str]]]:
    """Each sentence's words: as they were written, and as they are compared."""
    joined = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text).replace(_STRESS, ""))
    for sentence in _SENTENCE.split(joined):
        words = [(match[0], _compared(match[0])) for match in _WORD.finditer(sentence)]
        if words:
            yield words


def _compared(word: str) -> str:
    """Lower case, `ё` as `е`; Latin letters among Cyrillic ones as those that they look like."""
    plain = word.casefold().replace("ё", "е")
    if any("\u0400" <= c <= "\u04ff" for c in plain):
        plain = plain.translate(_ALIKE)
    return plain


@cache
def _list() -> _WordList:
    lines, innocent = [], []
    for raw in _LIST.read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("!"):
            innocent.append(_word(line[1:]))
        else:
            together = "+" in line
            parts = line.split("+") if together else line.split()
            lines.append(_Line(tuple(_word(part.strip()) for part in parts), together))
    return _WordList(tuple(dict.fromkeys(lines)), tuple(innocent))


def _word(written: str) -> _Word:
    return _Word(_compared(written.removesuffix("*")), written.endswith("*"))
