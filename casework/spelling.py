"""What a word reads as, however it is spelt: look-alike letters, digits for letters, Latin for Cyrillic."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

_UNSEEN: Final = frozenset({"Cf", "Mn", "Me", "Cc", "Cs", "Co", "Cn"})
_ORDINARY: Final = re.compile("[\n -~«»–—’\u0400-\u045fҐґ]*")
"""Signs that are what they seem: nothing about them is to be looked up."""
_BLANKS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_APOSTROPHES: Final = re.compile(r"(?<=\w)['`´‘’‛′ʹʻʼʽˈꞌ＇](?=\w)")
_REPEATED: Final = re.compile(r"(.)\1+")
_STRETCHED: Final = re.compile(r"([^\W\d])\1{2,}")


def _table(pairs: str) -> Mapping[int, str]:
    return {ord(pair[0]): pair[1:] for pair in pairs.split()}


# Signs that look like Cyrillic letters; the second table reads the digits, and some letters, as other ones.
_ALIKE: Final = _table(
    "aа cс eе iі oо pр xх yу kк mм tт bв hн nп uи rг vу 0о 1і 3з 4ч 6б 8в @а $с |і !і αа βв εе ιі κк νу οо ρр τт υу χх"
)
_OTHERWISE: Final = {**_ALIKE, **_table("1и 3е 4а 5с 6ь 8б 9д bь uц mт nи")}
_SOUNDS: Final = {
    **_table("aа bб cц dд eе fф gг hг iі jй kк lл mм nн oо pп qк rр sс tт uу vв wв xх yи zз 0о 1і 3з 4ч 6б 8в @а $с")
}
_DIGRAPHS: Final = {"shch": "щ", "kh": "х", "zh": "ж", "ts": "ц", "ch": "ч", "sh": "ш", "yu": "ю", "ya": "я", "ye": "є"}
_DIGRAPH: Final = re.compile("|".join(_DIGRAPHS))
_LATIN: Final = {
    **_table("аa вb сc еe іi оo рp хx уy кk мm тt нh гr иu 0o 1i 3e 4a 5s 7t 8b @a $s !i |l"),
}
_ROUND: Final = _table("о0 o0 ο0")
_LOOSE: Final = str.maketrans({"і": "и", "ї": "и", "ы": "и", "й": "и", "э": "е", "є": "е", "ґ": "г", "ь": "", "ъ": ""})


def plain(text: str) -> str:
    """`text` without stress marks, apostrophes inside words and signs that nobody sees; full-width letters as usual."""
    return _APOSTROPHES.sub("", text if _ORDINARY.fullmatch(text) else _seen(unicodedata.normalize("NFKC", text)))


def _seen(composed: str) -> str:
    return "".join(
        c if c == "\n" else " " if c in "\r\t" else "" if c in _BLANKS or unicodedata.category(c) in _UNSEEN else c
        for c in composed
    )


@lru_cache(maxsize=8192)
def readings(word: str) -> tuple[str, ...]:
    """All that a word can be read as, in lower case, `ё` as `е`: itself, and where its letters are mixed or Latin, the
    Cyrillic or Latin word that it looks or sounds like. Letters that are stretched ("загииинув") are written once."""
    own = _STRETCHED.sub(r"\1", word.casefold().replace("ё", "е"))
    cyrillic = any("\u0400" <= c <= "\u04ff" for c in own)
    latin = any(c.isalpha() and c.isascii() for c in own)
    letters = cyrillic or latin or any(c.isalpha() for c in own)
    if not letters:
        return (own,)
    found = {own: None}
    if not own.isalpha() or not own.isascii():
        if own.isalpha() and cyrillic and not latin and all("\u0400" <= c <= "\u04ff" for c in own):
            return (own,)
        found[own.translate(_LATIN)] = None
        if own.translate(_ROUND).isdecimal():
            found[own.translate(_ROUND)] = None
    for reading in (own.translate(_ALIKE), own.translate(_OTHERWISE), _sounded(own)):
        if all("\u0400" <= c <= "\u04ff" or c == "*" for c in reading):
            found[reading] = None
    return tuple(found)


def _sounded(word: str) -> str:
    return _DIGRAPH.sub(lambda pair: _DIGRAPHS[pair[0]], word).translate(_SOUNDS)


@lru_cache(maxsize=8192)
def loose(word: str) -> str:
    """A word without what is easily misspelt: `и`, `і`, `ы`, `й` are one letter, soft signs and doubling none."""
    return _REPEATED.sub(r"\1", word.translate(_LOOSE))
